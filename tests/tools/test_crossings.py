"""The list of border crossings: long enough, each with its standing, no pair of posts told twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.crossings import crossing_rows, page

if TYPE_CHECKING:
    import cacorridor as cc

STANDINGS = ("open", "seasonal", "closed since", "construction", "planned")


def test_the_list_has_the_crossings_of_the_region_and_their_standing(net: cc.Network) -> None:
    rows = crossing_rows(net)
    posts = {(row["posts"], row["way"]) for row in rows}
    assert len(posts) == len(rows) >= 150
    assert all(row["standing"].startswith(STANDINGS) for row in rows)
    assert {row["way"].split()[0] for row in rows} == {"rail", "road"}


def test_what_is_closed_in_reality_is_closed(net: cc.Network) -> None:
    standing = {row["posts"]: row["standing"] for row in crossing_rows(net)}
    assert standing["Torkham (AFG) - Torkham (PAK)"].startswith("closed since")
    assert standing["Spin Boldak - Chaman"].startswith("closed since")


def test_the_page_has_a_table_for_each_pair_of_states(net: cc.Network) -> None:
    told = page(net)
    for row in crossing_rows(net):
        assert f"\n## {row['states']}\n" in told
