"""Why a way is much longer than the straight line: every one in the data has a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tools.circuity import NETS, measure, pairs_of
from tools.pages.detours import LIES_BETWEEN, grouped

from tools import detours

if TYPE_CHECKING:
    import pandas as pd

    import cacorridor as cc


@pytest.fixture(scope="module")
def odd(net: cc.Network) -> pd.DataFrame:
    """All odd pairs of both nets, with their reasons."""
    return grouped(net)


def reasons(odd: pd.DataFrame, name: str) -> dict[tuple[str, str], tuple[str, str]]:
    table = odd[odd["net"] == name]
    keys = zip(table["from"], table["to"], strict=True)
    return dict(zip(keys, zip(table["reason"], table["border"], strict=True), strict=True))


def test_every_long_way_of_the_data_has_a_reason(net: cc.Network, odd: pd.DataFrame) -> None:
    for name in NETS:
        pairs = pairs_of(measure(net, name))
        long = pairs[(pairs["straight_km"] >= 30) & (pairs["circuity"] > 2.5) | pairs["km"].isna()]
        found = odd[odd["net"] == name]
        assert len(found) == len(long)
        assert set(found["reason"]) <= set(detours.REASONS)


def test_what_no_rule_explains_is_explained_by_hand(odd: pd.DataFrame) -> None:
    by_hand = odd[odd["reason"].isin([detours.RELIEF, detours.NO_WAY])]
    assert set(zip(by_hand["net"], by_hand["states"], strict=True)) <= set(LIES_BETWEEN)


def test_the_reason_is_what_a_reader_of_the_map_would_say(odd: pd.DataFrame) -> None:
    road, rail = reasons(odd, "road"), reasons(odd, "rail")
    assert road["kabul", "peshawar"] == (detours.CLOSED, "")  # Torkham, shut since October 2025
    assert rail["kashgar", "osh"] == (detours.UNBUILT, "")
    assert rail["baku", "turkmenbashi"] == (detours.WATER, "")
    assert rail["islamabad", "kashgar"][0] == detours.BORDER
    assert rail["burgas", "edirne"] == (detours.RELIEF, "")
