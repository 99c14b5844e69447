"""Questions about states in kilometres, dollars and grams; break-even in prices; the answer is known by hand.

::

        a1 (AAA) ---100 km--- b1 (BBB) ---100 km--- c1 (CCC)      the middle: 200 km
           |                                         |
           `------150 km---- d1 (DDD) ----150 km-----'            the south: 300 km

By rail. A kilometre costs 1 dollar of 2020, a side of a border 80; a dollar of 2020 is 1.25 of 2025: the
middle costs 250 + 400 dollars, the south 375 + 400. Rail is not electrified: 5 g of diesel a tonne-kilometre.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cacorridor import (
    CacorridorError,
    Scenario,
    UsageError,
    apply_scenarios,
    break_even,
    bypass,
    find_route,
    leverage,
    minimal_cuts,
    simulate,
    vital_links,
)
from tests.criticality.test_state_questions import MIDDLE, SOUTH, STATES
from tests.networks import money_rows, network_of, toy_network, without

MIDDLE_USD, SOUTH_USD = 650.0, 775.0
UNITS = {"time": "h", "length": "km", "cost": "usd", "emissions": "kg", "generalised": "usd"}


@pytest.fixture
def square():
    return network_of(STATES, MIDDLE + SOUTH, **money_rows())


def options(criterion):
    return {"criterion": criterion, **({"value_of_time": 10} if criterion == "generalised" else {})}


def worth(route, criterion):
    """What a route is worth by a criterion, from its own properties."""
    own = {
        "time": route.time_h,
        "length": route.length_km,
        "cost": route.cost_usd,
        "emissions": route.co2e_kg,
    }
    return own.get(criterion, route.cost_usd + 10 * route.time_h)


def test_the_two_ways_cost_what_the_tables_say(square):
    assert find_route(square, "a1", "c1").cost_usd == pytest.approx(MIDDLE_USD)
    assert find_route(square, "a1", "c1", avoid="BBB").cost_usd == pytest.approx(SOUTH_USD)


@pytest.mark.parametrize("criterion", UNITS)
def test_the_price_of_a_bypass_is_told_by_every_measure(square, criterion):
    row = bypass(square, "a1", "c1", **options(criterion)).iloc[0]
    best, other = find_route(square, "a1", "c1"), find_route(square, "a1", "c1", avoid="BBB")
    for name in ("time", "length", "cost", "emissions"):
        assert row[f"penalty_{UNITS[name]}"] == pytest.approx(worth(other, name) - worth(best, name))
    assert row["cost_without_usd"] == pytest.approx(SOUTH_USD)
    assert row["co2e_without_kg"] == pytest.approx(other.co2e_kg)


@pytest.mark.parametrize("criterion", UNITS)
def test_the_loss_of_a_link_is_told_by_every_measure(square, criterion):
    table = vital_links(square, "a1", "c1", **options(criterion))
    assert set(table["delta_usd"].round(6)) == {125.0}
    assert set(table["delta_km"]) == {100.0}
    if criterion == "generalised":
        assert set(table["delta_generalised_usd"].round(6)) == {125 + 10 * 2.5}


@pytest.mark.parametrize("criterion", UNITS)
def test_leverage_is_a_game_about_the_criterion(square, criterion):
    best = worth(find_route(square, "a1", "c1"), criterion)
    other = worth(find_route(square, "a1", "c1", avoid="BBB"), criterion)
    table = leverage(square, "a1", "c1", outside=other + 100, **options(criterion)).set_index("state")
    unit = UNITS[criterion]
    # BBB saves other - best more than DDD; what both can save, 100, they share
    assert table[f"leverage_{unit}"]["BBB"] == pytest.approx(other - best + 50, abs=1e-3)
    assert table[f"leverage_{unit}"]["DDD"] == pytest.approx(50, abs=1e-3)
    assert set(table[f"saving_{unit}"].round(2)) == {round(other - best + 100, 2)}


def test_a_cut_may_be_one_that_adds_dollars(square):
    cheap, dear = (minimal_cuts(square, "a1", "c1", criterion="cost", more_than=usd) for usd in (100, 150))
    assert cheap[["states", "size"]].to_numpy().tolist() == [["BBB", 1]]
    assert cheap["delta_usd"].tolist() == [pytest.approx(125)]
    assert dear["states"].tolist() == ["BBB DDD"]
    assert np.isinf(dear["cost_without_usd"]).all()


@pytest.mark.parametrize(
    ("question", "given"),
    [
        (leverage, {"criterion": "cost", "outside_h": 5}),
        (leverage, {"outside": 5, "outside_h": 5}),
        (minimal_cuts, {"criterion": "length", "more_than_h": 5}),
        (break_even, {"at": "BBB", "what": "fee", "criterion": "cost", "up_to_h": 5}),
        (break_even, {"at": "BBB", "what": "fee", "criterion": "cost", "up_to": 0}),
        (break_even, {"what": "tariff", "criterion": "cost"}),
        (break_even, {"at": "nowhere", "what": "fee", "criterion": "cost"}),
        (break_even, {"what": "carbon", "criterion": "time"}),
    ],
    ids=lambda each: getattr(each, "__name__", str(each)),
)
def test_amounts_in_another_unit_are_refused(square, question, given):
    with pytest.raises(CacorridorError):
        question(square, "a1", "c1", **given)


# ---------------------------------------------------------------- break-even in prices


def test_up_to_which_transit_fee_a_state_wins(square):
    table = break_even(square, "a1", "c1", at="BBB", what="fee", criterion="cost")
    assert table["to_usd"].tolist() == pytest.approx([SOUTH_USD - MIDDLE_USD, 10_000], abs=1e-3)
    assert table["states"].tolist() == ["AAA BBB CCC", "AAA DDD CCC"]
    assert table["is_today"].tolist() == [True, False]
    assert table["cost_from_usd"].tolist() == pytest.approx([MIDDLE_USD, SOUTH_USD])
    assert table["cost_to_usd"].tolist() == pytest.approx([SOUTH_USD, SOUTH_USD], abs=1e-3)


def test_a_fee_at_a_crossing_is_one_on_those_who_pass_it(square):
    table = break_even(square, "a1", "c1", at="rail_1520:b1:c1", what="fee", criterion="cost")
    assert table["to_usd"].iloc[0] == pytest.approx(125, abs=1e-3)


def test_up_to_which_tariff_a_state_wins(square):
    table = break_even(square, "a1", "c1", at="BBB", what="tariff", criterion="cost")
    # 100 km in BBB, at 1.25 dollars today, may cost 125 dollars more
    assert table["to_usd_per_km"].iloc[0] == pytest.approx(2.5, abs=1e-4)
    assert table["today_usd_per_km"].iloc[0] == pytest.approx(1.25)


def test_a_price_of_carbon_counts_for_all_and_changes_nothing_where_the_short_way_is_cleaner(square):
    table = break_even(square, "a1", "c1", what="carbon", criterion="cost")
    route = find_route(square, "a1", "c1")
    assert len(table) == 1
    assert table["cost_to_usd"].iloc[0] == pytest.approx(
        route.cost_usd + route.co2e_kg
    )  # 1,000 dollars a tonne


def test_a_price_of_fuel_counts_for_the_litres_that_the_factors_stand_for(square):
    table = break_even(square, "a1", "c1", what="fuel", criterion="cost", up_to=2)
    route = find_route(square, "a1", "c1")
    # the square's trains burn diesel, 4 g CO2e a gram; a litre weighs 840 g; lifts burn none
    elements = route.emissions().query("element == 'transport'")
    litres = elements["co2e_kg"].sum() * 1000 / 4 / 840
    assert litres > 0
    assert table["cost_to_usd"].iloc[0] == pytest.approx(route.cost_usd + 2 * litres)
    assert table["today_usd_per_l"].tolist() == [0.0] * len(table)


def test_dear_fuel_makes_electric_railways_win(net):
    ends = {"criterion": "cost", "modes": ["rail", "road"]}
    table = break_even(net, "Xi'an", "Istanbul", what="fuel", up_to=20, **ends)
    assert len(table) > 1
    # where two pieces meet, both ways cost the same
    assert table["cost_to_usd"].tolist()[:-1] == pytest.approx(table["cost_from_usd"].tolist()[1:], abs=0.05)


def test_fuel_without_a_factor_of_diesel_is_refused():
    with pytest.raises(CacorridorError, match="no carbon of diesel"):
        break_even(toy_network(without("emissions", "diesel")), "a1", "c1", what="fuel", criterion="cost")


def test_an_hour_at_a_border_counts_at_the_value_of_time(square):
    table = break_even(square, "a1", "c1", at="b1", criterion="generalised", value_of_time=50)
    # two crossings of 4 h today; the south is dearer by 125 dollars and 2.5 h
    assert table["to_h"].iloc[0] == pytest.approx(4 + (125 / 50 + 2.5) / 2, abs=1e-4)
    assert table["today_h"].iloc[0] == pytest.approx(4)


LAND = {"modes": ["rail", "road"]}
EURASIA = "Xi'an", "Istanbul"
CLOSE = 1e-3  # to either side of a break-even


def ways_beside(table, unit):
    """Each break-even with the ways that the table has below and above it."""
    ends = zip(table[f"to_{unit}"], table["length_km"], table["length_km"][1:], strict=False)
    return [(end + side, km) for end, *both in ends for side, km in zip((-CLOSE, CLOSE), both, strict=True)]


def test_beside_each_break_even_in_the_value_of_time_the_search_finds_the_same_way(net):
    table = break_even(net, *EURASIA, what="value_of_time", criterion="cost", up_to=100, **LAND)
    assert len(table) > 2
    for usd, km in ways_beside(table, "usd_per_h"):
        route = find_route(net, *EURASIA, criterion="generalised", value_of_time=usd, **LAND)
        assert route.length_km == pytest.approx(km)
    assert table["today_usd_per_h"].tolist() == [0.0] * len(table), "by cost alone an hour is worth nothing"
    # dearer hours buy quicker and dearer ways
    assert table["time_h"].is_monotonic_decreasing
    assert table["cost_usd"].is_monotonic_increasing


def test_beside_each_break_even_in_a_tariff_the_search_finds_the_same_way(net):
    ends = {"criterion": "cost", "modes": ["rail"]}
    table = break_even(net, *EURASIA, at="KAZ", what="tariff", **ends)
    assert len(table) > 2
    today = table["today_usd_per_km"].iloc[0]
    for usd, km in ways_beside(table, "usd_per_km"):
        edit = {"table": "rates", "row": "run:rail:kaz:express", "operation": "multiply", "note": "dearer"}
        edits = pd.DataFrame([{**edit, "column": "low;mean;high", "value": f"{usd / today:.12f}"}])
        dear = apply_scenarios(net, Scenario.of("tariff", edits))
        assert find_route(dear, *EURASIA, **ends).length_km == pytest.approx(km)


def test_a_value_of_time_holds_everywhere(square):
    with pytest.raises(UsageError, match="takes no at"):
        break_even(square, "a1", "c1", at="BBB", what="value_of_time", criterion="cost")
    with pytest.raises(UsageError, match="needs criterion cost or generalised, not time"):
        break_even(square, "a1", "c1", what="value_of_time")
    table = break_even(square, "a1", "c1", what="value_of_time", criterion="generalised", value_of_time=7)
    assert table["today_usd_per_h"].iloc[0] == pytest.approx(7)


def test_where_a_fee_is_less_than_the_break_even_the_search_agrees(net):
    table = break_even(
        net, "Xi'an", "Istanbul", at="KAZ", what="fee", criterion="cost", modes=["rail", "road"]
    )
    dear = find_route(net, "Xi'an", "Istanbul", avoid="KAZ", criterion="cost", modes=["rail", "road"])
    assert table["cost_from_usd"].iloc[-1] <= dear.cost_usd + 1e-6
    assert table["from_usd"].tolist()[1:] == table["to_usd"].tolist()[:-1]


# ---------------------------------------------------------------- draws


@pytest.mark.parametrize("criterion", UNITS)
def test_what_is_drawn_has_the_mean_that_is_expected(square, criterion):
    simulation = simulate(square, ("a1", "c1"), draws=4000, **options(criterion))
    unit = UNITS[criterion]
    route = find_route(square, "a1", "c1", **options(criterion))
    row = simulation.summary().set_index("kind").loc["fixed"]
    assert simulation.unit == unit
    assert row[f"mean_{unit}"] == pytest.approx(worth(route, criterion), rel=0.03)
    if criterion == "cost":
        assert row["p10_usd"] == pytest.approx(route.cost_low_usd, rel=0.05)
        assert row["p90_usd"] == pytest.approx(route.cost_high_usd, rel=0.05)
        with pytest.raises(UsageError, match="not hours"):
            _ = simulation.times_h
