"""Dollars and grams: what a step costs and emits, by hand from the figures that the tables print."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

import cacorridor as cc
from cacorridor.costs.measures import COST, EMISSIONS, MEASURES, TIME, generalised
from cacorridor.costs.prices import _of_the_pandemic
from cacorridor.costs.ranges import log_sigma
from cacorridor.network.checks import rules
from tests.networks import added, edited, row_number, toy_network, toy_rows, without, write_toy

if TYPE_CHECKING:
    from pathlib import Path

    from cacorridor import Network, Route
    from cacorridor.costs.measures import Measure

# The toy's prices are dollars of 2020, a quarter more in those of 2025. By road from a1 to c1 there are
# 598 km, four border sides of 2 h, and nothing else: 2 a km, 40 a side, 8 an hour at the border.
ROAD_USD = 1.25 * (2 * 598 + 4 * 40 + 8 * 4 * 2)
ROAD_KG = 20 * 598 * 100 / 1000
RAIL = {"modes": ["rail"]}


@pytest.fixture(scope="module")
def toy() -> Network:
    return toy_network()


@pytest.fixture(scope="module")
def data() -> Network:
    return cc.load_network()


# ---------------------------------------------------------------- by hand


def test_a_route_by_road_costs_what_its_prices_say(toy: Network) -> None:
    route = cc.find_route(toy, "a1", "c1", modes=["road"], avoid=["DDD"])
    assert route.length_km == 598
    assert route.cost_usd == pytest.approx(ROAD_USD)
    assert route.co2e_kg == pytest.approx(ROAD_KG)


def test_a_railway_without_known_traction_burns_diesel_and_says_so(toy: Network) -> None:
    """5 g of fuel a tonne-km, 4 g CO2e of a gram of fuel."""
    route = cc.find_route(toy, "a1", "c1", **RAIL)
    assert route.co2e_kg == pytest.approx(20 * route.length_km * 5 * 4 / 1000)
    elements = route.emissions()
    assert set(elements["basis"]) == {"assumed; published"}
    assert elements["note"].str.contains("traction of the line not known: diesel taken").all()


def test_an_electric_railway_emits_what_the_grid_does() -> None:
    """0.02 kWh a tonne-km, 500 g CO2e a kWh."""
    rows = toy_rows()
    for row in rows["links"]:
        row["traction"] = "electric" if row["mode"] == "rail_1520" else ""
    route = cc.find_route(toy_network(rows), "a1", "c1", **RAIL)
    assert route.co2e_kg == pytest.approx(20 * route.length_km * 0.02 * 500 / 1000)
    assert set(route.emissions()["basis"]) == {"published"}


def test_a_ship_costs_its_kilometres_and_both_ports(toy: Network) -> None:
    route = cc.find_route(toy, "aport", "cport", modes=["sea"])
    assert route.cost_usd == pytest.approx(1.25 * (0.5 * 560 + 2 * 20))
    through_ports = cc.find_route(toy, "a1", "c1", via=["aport", "cport"])
    hubs = through_ports.emissions().query("element == 'hub'")
    assert hubs["co2e_kg"].tolist() == [10.0, 10.0]


def test_cost_is_the_sum_of_printed_quantities_and_prices(data: Network) -> None:
    route = cc.find_route(data, "Xi'an", "Istanbul", modes=["rail", "sea"])
    printed = route.costs()
    assert (printed["quantity"] * printed["usd_per_unit"]).sum() == pytest.approx(route.cost_usd)
    assert (printed["basis"] != "").all()

    # from the tables alone: the price in its currency, what it was worth, and what inflation made of it
    worth = {
        (row["currency"], int(row["year"])): row["usd_per_unit"] * row["usd_2025_per_usd"]
        for row in data.rows("currencies")
    }
    total = 0.0
    for row in printed.to_dict("records"):
        currency, _, unit = row["price_unit"].partition("/")
        per_feu = {"feu": 1, "teu": 2, "truck": 1, "t": 20}[unit.partition("-")[0]]
        total += row["quantity"] * row["price"] * worth[currency, int(row["year"])] * per_feu
    assert total == pytest.approx(route.cost_usd)


def test_emissions_are_the_product_of_printed_factors(data: Network) -> None:
    route = cc.find_route(data, "Xi'an", "Istanbul", modes=["rail", "sea"])
    grams = 0.0
    for row in route.emissions().to_dict("records"):
        if row["element"] == "hub":
            grams += row["factor"]  # one container
            continue
        energy_or_direct = row["load_t"] * row["distance_km"] * row["factor"]
        grams += energy_or_direct * (1 if math.isnan(row["carbon"]) else row["carbon"])
    assert grams / 1000 == pytest.approx(route.co2e_kg)
    elements = route.emissions()
    assert {"transport", "hub"} == set(elements["element"])
    assert (elements["standard"] != "").all()
    assert (elements["distance_basis"] == "network").equals(elements["element"] == "transport")


def test_dollars_and_grams_are_followed_along_the_way(data: Network) -> None:
    route = cc.find_route(data, "Xi'an", "Istanbul", modes=["rail", "sea"])
    followed = cc.time_distance(route)
    for unit, total in (("usd", route.cost_usd), ("kg", route.co2e_kg), ("km", route.length_km)):
        assert followed[f"{unit}_to"].iloc[-1] == pytest.approx(total)
        assert followed[f"{unit}_from"].tolist()[1:] == pytest.approx(followed[f"{unit}_to"].tolist()[:-1])


@pytest.mark.parametrize("lane", ["shanghai:hamburg", "shanghai:karachi", "poti:istanbul"])
def test_only_who_passes_the_canal_saves_its_dues_round_the_cape(data: Network, lane: str) -> None:
    """Dollars of a kilometre at sea, today and round the Cape of Good Hope."""
    at_sea = []
    for scenario in (None, "cape"):
        route = cc.find_route(data, *lane.split(":"), modes=["sea"], scenario=scenario)
        run = route.costs().query("kind == 'run'")
        at_sea.append(run["cost_usd"].sum() / (run["quantity"].sum() or 1))
    today, round_cape = at_sea
    assert round_cape == pytest.approx(today * (0.97 if lane == "shanghai:hamburg" else 1))


def test_every_ship_has_a_fare_of_its_own_lane(data: Network) -> None:
    """What a kilometre costs on the ocean is no price of a short crossing."""
    priced = {row["link"] for row in data.rows("rates") if row["mode"] == "sea" and row["link"]}
    assert {row["id"] for row in data.rows("links") if row["mode"] == "sea"} <= priced
    assert not [
        row for row in data.rows("rates") if row["mode"] == "sea" and row["what"] == "run" and not row["link"]
    ]


# ---------------------------------------------------------------- loads


def test_a_tonne_is_a_twentieth_of_a_container(data: Network) -> None:
    feu, tonne = (cc.find_route(data, "Xi'an", "Tashkent", load=load) for load in ("feu", "t"))
    assert tonne.cost_usd == pytest.approx(feu.cost_usd / 20)
    assert tonne.co2e_kg == pytest.approx(feu.co2e_kg / 20)


def test_a_truck_pays_its_own_fare_on_the_ferry(data: Network) -> None:
    fares = {
        load: cc.find_route(data, "Turkmenbashi", "Baku", modes=["sea"], load=load).costs()["figure"].iloc[1]
        for load in ("feu", "truck20t")
    }
    assert fares == {
        "feu": "rates/sailing:turkmenbashi:baku:feu",
        "truck20t": "rates/sailing:turkmenbashi:baku:truck",
    }


# ---------------------------------------------------------------- which price


def test_the_price_of_a_level_goes_before_the_general_one() -> None:
    own = {"id": "run:rail:express", "what": "run", "mode": "rail", "unit": "feu", "level": "express"}
    network = toy_network(added("rates", {**own, "low": "0.1", "mean": "0.25", "high": "0.5", "goods": ""}))
    usd = {
        level: cc.find_route(network, "a1", "a2", level=level, **RAIL).cost_usd
        for level in ("express", "block", "typical")
    }
    assert usd == pytest.approx({"express": 1.25 * 40, "block": 1.25 * 40, "typical": 1.25 * 160})


def test_the_price_of_a_state_goes_before_that_of_all() -> None:
    own = {"id": "run:road:bbb", "what": "run", "mode": "road", "unit": "truck", "state": "BBB"}
    network = toy_network(added("rates", {**own, "low": "5", "mean": "10", "high": "20"}))
    route = cc.find_route(network, "b1", "b4", modes=["road"])
    assert route.cost_usd == pytest.approx(1.25 * 10 * 210)


def test_surveyed_payments_at_a_crossing_go_before_the_rate() -> None:
    rows = toy_rows()
    survey = {**rows["crossings"][0], "id": "own", "link": "road:a3:b1", "state": "AAA", "mode": "road"}
    rows["crossings"].append(
        {**survey, "direction": "outbound", "level": "typical", "year": "2020", "cost_usd": "999"}
    )
    route = cc.find_route(toy_network(rows), "a3", "b1")
    assert route.cost_usd == pytest.approx(1.25 * (2 * 24 + 2 * 40 + 8 * 4)), "a survey of the pandemic"
    rows["crossings"][-1]["year"] = ""
    route = cc.find_route(toy_network(rows), "a3", "b1")
    assert route.cost_usd == pytest.approx(999 + 1.25 * (2 * 24 + 40 + 8 * 4))


def test_a_border_inside_a_customs_union_has_payments_of_its_own() -> None:
    rows = toy_rows()
    rows["memberships"] = [
        {**rows["memberships"][0], "id": f"{state.lower()}-eaeu", "state": state, "bloc": "EAEU"}
        for state in ("AAA", "BBB")
    ]
    union = {"id": "union:road", "what": "union", "mode": "road", "unit": "truck", "goods": ""}
    rows["rates"].append({**rows["rates"][0], **union, "low": "1", "mean": "4", "high": "8"})
    network = toy_network(rows)
    usd = {
        pair: cc.find_route(network, *pair, modes=["road"]).cost_usd for pair in (("a3", "b1"), ("b4", "c3"))
    }
    assert usd == pytest.approx(
        {("a3", "b1"): 1.25 * (2 * 24 + 2 * 4 + 8 * 4), ("b4", "c3"): 1.25 * (2 * 24 + 2 * 40 + 8 * 4)}
    )


# ---------------------------------------------------------------- criteria


@pytest.mark.parametrize("criterion", ["cost", "emissions", "generalised"])
def test_the_best_route_by_a_criterion_is_no_worse_than_any_other(data: Network, criterion: str) -> None:
    options = {"value_of_time": 20} if criterion == "generalised" else {}
    measure = generalised(20) if criterion == "generalised" else MEASURES[criterion]
    pair = "Xi'an", "Tashkent"
    best = cc.find_route(data, *pair, criterion=criterion, **options)
    rivals = [
        cc.find_route(data, *pair, criterion=other) for other in ("time", "length", "cost", "emissions")
    ]
    rivals += [cc.find_route(data, *pair, avoid=["KAZ"]), cc.find_route(data, *pair, modes=["rail"])]
    own, others = measure.amount(best.table).sum(), [measure.amount(rival.table).sum() for rival in rivals]
    assert own <= min(others) + 1e-6


def test_an_hour_of_value_nothing_is_cost_and_of_great_value_is_time(toy: Network) -> None:
    cheap, quick = (
        cc.find_route(toy, "a1", "c1", criterion="generalised", value_of_time=value) for value in (0, 1e6)
    )
    assert cheap.links == cc.find_route(toy, "a1", "c1", criterion="cost").links
    assert quick.links == cc.find_route(toy, "a1", "c1", criterion="time").links


def test_goods_have_a_value_of_time(toy: Network) -> None:
    """One dollar of 2020 an hour and tonne, 20 t."""
    route = cc.find_route(toy, "a1", "c1", criterion="generalised", value_of_time="fruit")
    assert route.query.value_of_time == pytest.approx(1.25 * 20)


# ---------------------------------------------------------------- ranges


def drawn(route: Route, measure: Measure, draws: int = 200_000) -> list[float]:
    """The percentiles that plain random numbers give."""
    random = np.random.default_rng(1)
    rows = route.table.components.rows
    normal: dict[str, np.ndarray] = {}
    total = np.zeros(draws)
    assert measure.terms is not None
    for term in measure.terms(route.table):
        for step, amount in enumerate(term.amount):
            factor = np.ones(draws)
            for number in {int(figures[step]) for figures in term.figures} - {-1}:
                for group, sigma in rows[number].loadings.items():
                    z = normal.setdefault(group, random.standard_normal(draws))
                    factor *= np.exp(sigma * z - sigma**2 / 2)
            total += amount * factor
    return [float(each) for each in np.quantile(total, [0.1, 0.9])]


@pytest.mark.parametrize("measure", [COST, EMISSIONS, TIME], ids=lambda measure: measure.name)
def test_a_range_is_what_drawing_gives(toy: Network, measure: Measure) -> None:
    route = cc.find_route(toy, "a1", "c1", modes=["road"], avoid=["DDD"])
    assert route.range_of(measure) == pytest.approx(drawn(route, measure), rel=0.03)


def test_dollars_by_the_hour_vary_with_the_hours() -> None:
    """An hourly price that is certain leaves the range of the hours."""
    rows = without("rates", "hour:road")
    hour = {"id": "hour:road", "what": "hour", "mode": "road", "unit": "truck", "goods": ""}
    rows["rates"].append({**rows["rates"][0], **hour, "low": "100", "mean": "100", "high": "100"})
    for rate in rows["rates"]:
        rate["low"] = rate["high"] = rate["mean"]
    route = cc.find_route(toy_network(rows), "a3", "b1")
    standing = route.table.usd_per_h > 0
    low_h, high_h = route.table.quantiles(TIME, (0.1, 0.9), standing[None, :])[:, 0]
    fixed = 1.25 * (2 * 24 + 2 * 40)
    assert route.cost_low_usd == pytest.approx(fixed + 125 * low_h, rel=0.01)
    assert route.cost_high_usd == pytest.approx(fixed + 125 * high_h, rel=0.01)


def test_a_single_price_gives_its_own_range(toy: Network) -> None:
    route = cc.find_route(toy, "b1", "b4", modes=["road"])
    sigma = log_sigma(0.5, 2)
    median = route.cost_usd * math.exp(-(sigma**2) / 2)
    bounds = [median * math.exp(-1.2816 * sigma), median * math.exp(1.2816 * sigma)]
    assert [route.cost_low_usd, route.cost_high_usd] == pytest.approx(bounds, rel=0.01)


def test_a_sensitivity_may_be_of_dollars_and_grams(toy: Network) -> None:
    """One price makes the whole range; of several each has its share."""
    alone = cc.sensitivity(cc.find_route(toy, "b1", "b4", modes=["road"]), criterion="cost")
    route = cc.find_route(toy, "b1", "b4", modes=["road"])
    [row] = alone.to_dict("records")
    assert (row["low_usd"], row["high_usd"]) == pytest.approx(
        (route.cost_low_usd, route.cost_high_usd), rel=0.01
    )
    longer = cc.find_route(toy, "a1", "c1", criterion="generalised", value_of_time=5)
    for criterion, unit in (("cost", "usd"), ("emissions", "kg"), ("generalised", "usd")):
        table = cc.sensitivity(longer, criterion=criterion)
        assert table["variance_share"].sum() == pytest.approx(1)
        assert (table[f"low_{unit}"] <= table[f"high_{unit}"]).all()
    with pytest.raises(cc.UsageError, match="allowed: time, cost, emissions, generalised"):
        cc.sensitivity(route, criterion="length")
    with pytest.raises(cc.UsageError, match="asked with a value_of_time"):
        cc.sensitivity(route, criterion="generalised")


# ---------------------------------------------------------------- what is refused


def faults(rows: dict[str, list[dict[str, str]]]) -> list[tuple[str, int | None, str]]:
    return [(fault.file, fault.row, fault.column) for fault in rules.find_faults(toy_network(rows))]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"currency": "XYZ"}, "currency"),
        ({"year": "1999"}, "currency"),
        ({"mode": "barge"}, "mode"),
        ({"low": "3"}, "mean"),
        ({"place": "a1"}, "place"),
    ],
)
def test_a_price_that_does_not_fit_is_told_by_row_and_column(changes: dict[str, str], column: str) -> None:
    found = faults(edited("rates", "run:road", **changes))
    assert ("rates.csv", row_number("rates", "run:road"), column) in found


def test_payments_at_a_crossing_of_a_year_without_a_price_level_are_told() -> None:
    rows = edited("crossings", "road-outbound-express", cost_usd="50", year="2010")
    assert ("crossings.csv", row_number("crossings", "road-outbound-express"), "year") in faults(rows)


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"mean": "-1"}, "mean"), ({"mean": ""}, "mean"), ({"unit": "barrel"}, "unit"), ({"low": "-2"}, "low")],
)
def test_a_value_of_time_that_is_none_is_told_by_row_and_column(
    tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    folder = write_toy(tmp_path / "toy", edited("rates", "time:fruit", **cells))
    with pytest.raises(cc.DataError) as caught:
        cc.load_network(folder)
    [fault] = caught.value.faults
    assert (fault.file, fault.row, fault.column) == ("rates.csv", row_number("rates", "time:fruit"), column)


def test_payments_under_the_controls_of_the_pandemic_are_no_price() -> None:
    """Of 2021 in any state, and in China of 2022: 500 dollars there are not taken."""
    usual = cc.find_route(toy_network(), "a1", "c1", modes=["road"]).cost_usd
    for state, year in (("AAA", 2021), ("CHN", 2022)):
        assert _of_the_pandemic({"state": state, "year": year})
    paid = toy_network(edited("crossings", "road-outbound-express", cost_usd="500", year="2021"))
    assert cc.find_route(paid, "a1", "c1", modes=["road"]).cost_usd == pytest.approx(usual)
    assert not _of_the_pandemic({"state": "AAA", "year": 2022})


@pytest.mark.parametrize("column", ["currency", "year", "unit"])
def test_a_price_without_currency_year_or_unit_is_refused(tmp_path: Path, column: str) -> None:
    folder = write_toy(tmp_path / "toy", edited("rates", "run:road", **{column: ""}))
    with pytest.raises(cc.DataError) as caught:
        cc.load_network(folder)
    [fault] = caught.value.faults
    assert (fault.file, fault.row, fault.column) == ("rates.csv", row_number("rates", "run:road"), column)


def test_an_unknown_unit_of_a_factor_is_told() -> None:
    assert ("emissions.csv", row_number("emissions", "grid"), "unit") in faults(
        edited("emissions", "grid", unit="g/tkm")
    )


def test_a_criterion_that_the_data_cannot_serve_names_the_link() -> None:
    network = toy_network(without("rates", "run:sea"))
    with pytest.raises(cc.UsageError, match=r"rates\.csv cannot tell the cost of link sea:aport:cport$"):
        cc.find_route(network, "a1", "c1", criterion="cost")
    assert cc.find_route(network, "a1", "c1", criterion="cost", modes=["road", "rail"]).cost_usd > 0
    by_sea = cc.find_route(network, "aport", "cport", modes=["sea"])
    assert by_sea.time_h > 0
    assert math.isnan(by_sea.totals()["cost_usd"])
    with pytest.raises(cc.UsageError, match="link sea:aport:cport"):
        _ = by_sea.cost_usd


def test_a_folder_without_prices_answers_hours_and_kilometres(tmp_path: Path) -> None:
    folder = write_toy(tmp_path / "toy")
    for name in ("rates", "emissions", "currencies"):
        (folder / f"{name}.csv").unlink()
    network = cc.load_network(folder)
    route = cc.find_route(network, "a1", "c1")
    assert route.time_h > 0
    assert math.isnan(cc.compare_routes([route])["cost_usd"].iloc[0])
    assert math.isnan(cc.ledger(route)["co2e_kg"].iloc[-1])
    for ask in (lambda: route.cost_usd, lambda: cc.find_route(network, "a1", "c1", criterion="cost")):
        with pytest.raises(cc.UsageError, match=r"no cost can be told: the data have no rows in rates\.csv"):
            ask()


def test_a_scenario_may_change_a_tariff(toy: Network) -> None:
    rows = toy_rows()
    rows["scenarios"].append(
        {
            **rows["scenarios"][0],
            "id": "dear",
            "scenario": "dear",
            "table": "rates",
            "row": "what=run&mode=road",
        }
        | {"column": "low;mean;high", "value": "2", "note": "fuel"}
    )
    dear = cc.apply_scenarios(toy_network(rows), "dear")
    before, after = (cc.find_route(network, "b1", "b4", modes=["road"]).cost_usd for network in (toy, dear))
    assert after == pytest.approx(2 * before)
