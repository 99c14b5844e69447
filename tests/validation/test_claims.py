"""Published figures beside the model."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from cacorridor import check_claims, check_indicators, find_route, simulate
from cacorridor.views.verdicts import claims_view, describe_chance, verdicts
from tests.networks import added, edited, toy_network, toy_rows


def checked(**claim: str) -> dict[str, Any]:
    [row] = check_claims(toy_network(edited("claims", "km-a1-c1", **claim))).to_dict("records")
    return row


def test_a_published_length_stands_beside_the_shortest_route_by_its_modes() -> None:
    row = checked()  # 170 + 24 + 210 + 24 + 170 by road; published are 610
    assert (row["origin"], row["destination"], row["low"], row["model"]) == (
        "A1",
        "C1",
        610,
        598,
    )
    assert row["deviation"] == pytest.approx(598 / 610 - 1)


@pytest.mark.parametrize(
    ("low", "high", "deviation"),
    [("590", "600", 0), ("500", "580", 598 / 580 - 1), ("620", "700", 598 / 620 - 1)],
)
def test_the_deviation_counts_from_the_nearer_bound(low: str, high: str, deviation: float) -> None:
    assert checked(low=low, high=high)["deviation"] == pytest.approx(deviation)


def test_a_claim_goes_over_the_places_it_names_in_the_year_it_speaks_of() -> None:
    assert checked(via="d1")["model"] == 804
    assert checked(via="d1")["via"] == "D1"
    assert checked(via="b1", modes="road;rail_1520")["model"] == 598
    assert checked(as_of="2030", via="a3;c3")["model"] == 598  # the new road is longer, 604 km


def test_a_claim_without_a_way_has_no_deviation() -> None:
    row = checked(modes="rail_1435")
    assert math.isnan(row["model"])
    assert math.isnan(row["deviation"])


def test_a_length_that_comes_from_the_claims_own_source_is_told() -> None:
    rows = edited("links", "road:a1:a3", length_km="170", length_basis="published", source_id="s1")
    [row] = check_claims(toy_network(rows)).to_dict("records")
    assert row["informed"] == ("road:a1:a3",)
    assert checked()["informed"] == ()


def hours(**claim: str) -> dict[str, Any]:
    """The row of a claim about the railway a1 - c1: the model takes 22 h, 12 to 35 in 8 of 10 cases."""
    return checked(what="h", modes="rail_1520", level="express", **claim)


@pytest.mark.parametrize(
    ("low", "high", "promised", "observed"),
    [
        ("20", "24", "agrees", "agrees"),
        ("5", "5", "optimistic", "model slower"),
        ("44", "46", "pessimistic", "model quicker"),
    ],
)
def test_a_promise_is_judged_but_of_an_observation_only_the_model(
    low: str, high: str, promised: str, observed: str
) -> None:
    rows = [hours(low=low, high=high, standing=standing) for standing in ("promised", "observed")]
    assert [row["verdict"] for row in rows] == [promised, observed]
    assert rows[0]["model_low"] < rows[0]["model"] < rows[0]["model_high"]
    assert rows[0]["factor"] == pytest.approx(rows[0]["model"] / ((float(low) + float(high)) / 2))


def test_the_chance_is_the_share_of_journeys_that_take_the_published_hours_or_less() -> None:
    row = hours(low="20", high="20")
    chances = [
        hours(low=f"{limit:.4f}", high=f"{limit:.4f}")["chance"]
        for limit in (row["model_low"], row["model_high"])
    ]
    assert chances == pytest.approx([0.1, 0.9], abs=0.002)
    assert hours(low="1", high="1")["chance"] == 0
    assert hours(low="20", high="90")["chance"] > 0.99  # of a range, its upper end counts


def test_the_chance_is_that_of_draws() -> None:
    network = toy_network()
    route = find_route(network, "a1", "c1", modes=["rail_1520"])
    drawn = simulate(network, [route], draws=20_000, seed=3).summary().iloc[0]
    assert route.chance_within(drawn["p50_h"]) == pytest.approx(0.5, abs=0.02)
    assert route.chance_within(drawn["p10_h"]) == pytest.approx(0.1, abs=0.02)


def test_a_claim_names_its_source_with_date_and_address() -> None:
    row = checked()
    assert (row["source"], row["publisher"]) == ("A survey", "A bank")
    assert row["published"] == 2023
    assert row["address"] == ""


def test_what_a_reader_gets_is_a_chance_a_factor_and_no_key_of_a_row() -> None:
    rows = edited("claims", "km-a1-c1", what="h", modes="rail_1520", level="express", low="5", high="5")
    for standing, words in (("promised", "optimistic"), ("observed", "model slower, 4.5 times")):
        rows["claims"][0]["standing"] = standing
        table = check_claims(toy_network(rows))
        assert verdicts(table) == [f"{words} (5 h or less: fewer than 1 of 100 journeys)"]
        view = claims_view(table)
        assert not any("km-a1-c1" in cell for row in view.rows for cell in row)
    assert str(describe_chance(24, 0.043)) == "24 h or less: 4 of 100 journeys"
    assert str(describe_chance(24, 0.999)) == "24 h or less: more than 99 of 100 journeys"


def test_a_longer_length_is_told_by_a_factor() -> None:
    table = check_claims(toy_network(edited("claims", "km-a1-c1", low="560", high="560")))
    assert verdicts(table) == ["model longer, 7%"]


def test_hours_without_a_service_level_are_not_compared() -> None:
    row = checked(what="h")
    assert (row["verdict"], row["reason"]) == ("not comparable", "no service level is told")


def test_a_figure_that_is_set_aside_is_not_judged_but_shown() -> None:
    row = hours(low="5", high="5", set_aside="other ends")
    assert (row["verdict"], row["reason"]) == ("not comparable", "other ends")
    assert row["model"] == pytest.approx(22.3, abs=0.1)


def test_hours_that_rest_on_the_claims_own_source_tell_the_parameters() -> None:
    assert "speeds/rail_1520-express" in hours(low="20", high="20")["informed"]


def test_a_length_within_six_per_cent_agrees() -> None:
    assert checked()["verdict"] == "agrees"
    assert checked(low="500", high="500")["verdict"] == "model longer"


def test_a_claim_can_be_picked_by_its_unit() -> None:
    rows = toy_rows()
    rows["claims"].append({**rows["claims"][0], "id": "hours", "what": "h"})
    assert check_claims(toy_network(rows), what=("km",))["id"].tolist() == ["km-a1-c1"]


def test_a_surveyed_speed_stands_beside_that_of_the_models_journey() -> None:
    [row] = check_indicators(toy_network()).to_dict("records")
    run_h = (12 + 210 + 12) / 40  # moving; two drivers stand a third of the day, one half of it
    assert row["model_swod_kmh"] == pytest.approx(40)
    assert row["model_swd_kmh"] == pytest.approx(234 / (1.5 * run_h + 10 + 10))
    assert row["model_nights_kmh"] == pytest.approx(234 / (2 * run_h + 10 + 10))
    assert row["deviation"] == pytest.approx(row["model_swd_kmh"] / 9 - 1)


def test_no_claims_make_an_empty_table() -> None:
    assert isinstance(check_claims(toy_network({**toy_rows(), "claims": []})), pd.DataFrame)


# ---------------------------------------------------------------- prices


def price_claim(**changes: str) -> pd.DataFrame:
    """A published price of the toy's road, 598 km: 1,420 dollars of 2020 by its rates."""
    claim = {"id": "usd-a1-c1", "what": "usd_truck", "low": "1200", "high": "1600", "year": "2020"}
    rows = added("claims", {**claim, **changes})
    return check_claims(toy_network(rows), what=["usd", "usd_truck"])


def test_a_price_is_compared_in_dollars_of_its_year() -> None:
    [row] = price_claim().to_dict("records")
    assert row["model"] == pytest.approx(2 * 598 + 4 * 40 + 8 * 4 * 2)
    assert row["deviation"] == pytest.approx(1420 / 1400 - 1)
    assert row["model_low"] < 1420 < row["model_high"]
    assert row["verdict"] == "agrees"


def test_a_price_whose_source_set_a_rate_is_informed() -> None:
    [row] = price_claim().to_dict("records")
    assert "rates/run:road" in row["informed"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"year": ""}, "no year is told"),
        ({"set_aside": "promised, not paid"}, "promised, not paid"),
        ({"year": "1999"}, "the data have no prices, or no price level of the year"),
    ],
)
def test_a_price_that_cannot_be_compared_says_why(changes: dict[str, str], reason: str) -> None:
    [row] = price_claim(**changes).to_dict("records")
    assert (row["verdict"], row["reason"]) == ("not comparable", reason)
