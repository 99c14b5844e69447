"""Published lengths beside the model."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from cacorridor.analysis.claims import check_lengths
from tests.toys import edited, toy_network, toy_rows


def checked(**claim: str) -> dict[str, Any]:
    [row] = check_lengths(toy_network(edited("claims", "km-a1-c1", **claim))).to_dict("records")
    return row


def test_a_published_length_stands_beside_the_shortest_route_by_its_modes() -> None:
    row = checked()  # 170 + 24 + 210 + 24 + 170 by road; published are 610
    assert (row["origin"], row["destination"], row["published_low_km"], row["model_km"]) == (
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
    assert checked(via="d1")["model_km"] == 804
    assert checked(via="d1")["via"] == "D1"
    assert checked(via="b1", modes="road;rail_1520")["model_km"] == 598
    assert checked(as_of="2030", via="a3;c3")["model_km"] == 598  # the new road is longer, 604 km


def test_a_claim_without_a_way_has_no_deviation() -> None:
    row = checked(modes="rail_1435")
    assert math.isnan(row["model_km"])
    assert math.isnan(row["deviation"])


def test_a_length_that_comes_from_the_claims_own_source_is_told() -> None:
    rows = edited("links", "road:a1:a3", length_km="170", length_basis="published", source_id="s1")
    [row] = check_lengths(toy_network(rows)).to_dict("records")
    assert row["sets_links"] == ("road:a1:a3",)
    assert checked()["sets_links"] == ()


def test_claims_of_hours_are_left_to_others() -> None:
    rows = toy_rows()
    rows["claims"].append({**rows["claims"][0], "id": "hours", "what": "h"})
    assert check_lengths(toy_network(rows))["id"].tolist() == ["km-a1-c1"]


def test_no_claims_make_an_empty_table() -> None:
    assert isinstance(check_lengths(toy_network({**toy_rows(), "claims": []})), pd.DataFrame)
