"""Why a way is much longer than the straight line: every one in the data has a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.circuity import NETS, measure, pairs_of
from tools.pages.detours import LIES_BETWEEN, grouped

from tools import detours

if TYPE_CHECKING:
    import cacorridor as cc


def reasons(net: cc.Network, name: str) -> dict[tuple[str, str], tuple[str, str]]:
    table = detours.explain(net, name)
    keys = zip(table["from"], table["to"], strict=True)
    return dict(zip(keys, zip(table["reason"], table["border"], strict=True), strict=True))


def test_every_long_way_of_the_data_has_a_reason(net: cc.Network) -> None:
    for name in NETS:
        pairs = pairs_of(measure(net, name))
        long = pairs[(pairs["straight_km"] >= 30) & (pairs["circuity"] > 2.5) | pairs["km"].isna()]
        found = detours.explain(net, name)
        assert len(found) == len(long)
        assert set(found["reason"]) <= set(detours.REASONS)


def test_what_no_rule_explains_is_explained_by_hand(net: cc.Network) -> None:
    odd = grouped(net)
    by_hand = odd[odd["reason"].isin([detours.RELIEF, detours.NO_WAY])]
    assert set(zip(by_hand["net"], by_hand["states"], strict=True)) <= set(LIES_BETWEEN)


def test_the_reason_is_what_a_reader_of_the_map_would_say(net: cc.Network) -> None:
    road, rail = reasons(net, "road"), reasons(net, "rail")
    assert road["kabul", "peshawar"] == (detours.CLOSED, "")  # Torkham, shut since October 2025
    assert rail["kashgar", "osh"] == (detours.UNBUILT, "")
    assert rail["baku", "turkmenbashi"] == (detours.WATER, "")
    assert rail["islamabad", "kashgar"][0] == detours.BORDER
    assert rail["burgas", "edirne"] == (detours.RELIEF, "")
