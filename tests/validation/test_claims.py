"""Published figures beside the model."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from cacorridor import check_claims, check_indicators
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
    ("low", "high", "verdict"),
    [
        ("20", "24", "agrees"),
        ("5", "5", "optimistic by 78%"),
        ("44", "46", "pessimistic by 102%"),
    ],
)
def test_hours_agree_if_their_middle_lies_in_the_range_of_the_model(
    low: str, high: str, verdict: str
) -> None:
    row = hours(low=low, high=high)
    assert row["verdict"] == verdict
    assert row["model_low"] < row["model"] < row["model_high"]


def test_hours_without_a_service_level_are_not_compared() -> None:
    assert checked(what="h")["verdict"] == "not comparable: no service level is told"


def test_a_figure_that_is_set_aside_is_not_judged_but_shown() -> None:
    row = hours(low="5", high="5", set_aside="other ends")
    assert row["verdict"] == "not comparable: other ends"
    assert row["model"] == pytest.approx(22.3, abs=0.1)


def test_hours_that_rest_on_the_claims_own_source_tell_the_parameters() -> None:
    assert "speeds/rail_1520-express" in hours(low="20", high="20")["informed"]


def test_a_length_within_six_per_cent_agrees() -> None:
    assert checked()["verdict"] == "agrees"
    assert checked(low="500", high="500")["verdict"] == "optimistic by 16%"


def test_a_claim_can_be_picked_by_its_unit() -> None:
    rows = toy_rows()
    rows["claims"].append({**rows["claims"][0], "id": "hours", "what": "h"})
    assert check_claims(toy_network(rows), what=("km",))["id"].tolist() == ["km-a1-c1"]


def test_a_surveyed_speed_stands_beside_that_of_the_models_journey() -> None:
    [row] = check_indicators(toy_network()).to_dict("records")
    run_h = (12 + 210 + 12) / 40  # moving; by road half the day stands still
    assert row["model_swod_kmh"] == pytest.approx(40)
    assert row["model_swd_kmh"] == pytest.approx(234 / (2 * run_h + 10 + 10))
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
    ("changes", "verdict"),
    [
        ({"year": ""}, "not comparable: no year is told"),
        ({"set_aside": "promised, not paid"}, "not comparable: promised, not paid"),
        ({"year": "1999"}, "not comparable: the data have no prices, or no price level of the year"),
    ],
)
def test_a_price_that_cannot_be_compared_says_why(changes: dict[str, str], verdict: str) -> None:
    assert price_claim(**changes)["verdict"].tolist() == [verdict]
