"""Write the list of border crossings: ``python -m tools.crossings [FILE]``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

import cacorridor as cc

if TYPE_CHECKING:
    from cacorridor import Network

TEXT = """\
# Border crossings

This page is generated (`python -m tools.crossings`) from `data/geo`. A row is a pair of posts, one on each
side, with a road or a railway between them. *Closed since* names the last year with traffic; *seasonal* the
months in which nothing passes. Months in which a post is shut for a part of the days only stand in
`data/geo/closures.csv`. The source is that of the crossing itself where one was found; a post without one
rests on general knowledge. Some posts serve people and cars first: the note in `data/geo/links.csv` says so
where it is known. Many positions are assumed: such posts stand beside the frontier near where the road or the
railway crosses it.

{counts}
{tables}"""
HEAD = "| states | way | posts | state of the crossing | source |\n|---|---|---|---|---|\n"
WAYS = {
    "road": "road",
    "rail_1435": "rail 1,435 mm",
    "rail_1520": "rail 1,520 mm",
    "rail_1676": "rail 1,676 mm",
}
SHUT = 1.0  # share of a month in which nothing passes at all
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def page(network: Network) -> str:
    """Compose the page: counts, then one table a pair of states."""
    crossings = crossing_rows(network)
    groups: dict[str, list[dict[str, str]]] = {}
    for row in crossings:
        groups.setdefault(row["states"], []).append(row)
    tables = "\n".join(f"## {states}\n\n{HEAD}{''.join(map(_line, rows))}" for states, rows in groups.items())
    return TEXT.format(counts=_counts(crossings), tables=tables)


def crossing_rows(network: Network) -> list[dict[str, str]]:
    """List the land crossings: ``states, way, posts, standing, source``, sorted by states, way and posts."""
    links = network.links
    border = links[links["is_border"] & (links["mode"] != "sea")]
    shut = _shut_months(network)
    rows = [_row(network, link, shut.get(str(key), ())) for key, link in border.iterrows()]
    return sorted(rows, key=lambda row: (row["states"], row["way"], row["posts"]))


def _row(network: Network, link: pd.Series, shut: tuple[int, ...]) -> dict[str, str]:
    ends = sorted(
        (network.state_name(link[f"{end}_state"]), network.place_name(link[end])) for end in ("from", "to")
    )
    return {
        "states": " - ".join(state for state, _ in ends),
        "way": WAYS.get(str(link["mode"]), str(link["mode"])),
        "posts": " - ".join(place for _, place in ends),
        "standing": _standing(link, shut),
        "source": _source(network, str(link["source_id"])),
    }


def _standing(link: pd.Series, shut: tuple[int, ...]) -> str:
    """Say whether a crossing is open, seasonal, closed or yet to come."""
    opened = _year(link["opened"])
    if link["status"] != "operational":
        return f"{link['status']}, expected {opened}"
    if closed := _year(link["closed"]):
        return f"closed since {closed}"
    if shut:
        return f"seasonal: shut {_names(shut)}"
    return f"open since {opened}" if opened else "open"


def _year(value: Any) -> str:
    """Write a year; nothing where there is none."""
    return "" if pd.isna(value) else str(int(value))


def _names(months: tuple[int, ...]) -> str:
    return ", ".join(MONTHS[month - 1] for month in months)


def _shut_months(network: Network) -> dict[str, tuple[int, ...]]:
    """Return the months in which a link is shut on every day."""
    shut: dict[str, tuple[int, ...]] = {}
    for row in network.rows("closures"):
        if row["closed_share"] >= SHUT:
            months = {int(month) for month in row["months"]} | set(shut.get(row["link"], ()))
            shut[row["link"]] = tuple(sorted(months))
    return shut


def _source(network: Network, key: str) -> str:
    """Link to a publication; its publisher alone where it has no address."""
    if not key:
        return ""
    source = network.table("sources").loc[key]
    name = f"{source['publisher']} {_year(source['year'])}".strip()
    address = str(source["address"])
    return f"[{name}]({address})" if address.startswith("http") else name


def _line(row: dict[str, str]) -> str:
    cells = (row["states"], row["way"], row["posts"], row["standing"], row["source"])
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"


def _counts(crossings: list[dict[str, str]]) -> str:
    words = ("open", "seasonal", "closed", "construction", "planned")
    head = f"| way | pairs of posts | {' | '.join(words)} | with a source |\n"
    rule = f"|---|---:|{'---:|' * (len(words) + 1)}\n"
    lines = []
    for way in sorted({row["way"] for row in crossings}):
        rows = [row for row in crossings if row["way"] == way]
        lines.append(_count_line(way, rows, words))
    return f"{head}{rule}{''.join(lines)}{_count_line('all', crossings, words)}"


def _count_line(way: str, rows: list[dict[str, str]], words: tuple[str, ...]) -> str:
    counts = [sum(row["standing"].startswith(word) for row in rows) for word in words]
    sourced = sum(bool(row["source"]) for row in rows)
    return f"| {way} | {len(rows)} | {' | '.join(map(str, counts))} | {sourced} |\n"


def main(path: Path = Path("docs/crossings.md")) -> None:
    """Write the page."""
    path.write_text(page(cc.load_network()), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
