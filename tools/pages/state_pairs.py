"""Write what the page on states says of one pair."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor import bypass, coalitions, leverage, minimal_cuts, vital_links
from cacorridor.views import text
from cacorridor.views.markdown import to_markdown
from cacorridor.views.tables import TableColumn, TableView, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from cacorridor import Network

BEFORE, AFTER = 2026, 2031
SHOWN = 8  # rows of a long table


def pair_section(network: Network, heading: str, origin: str, destination: str, extra: dict[str, Any]) -> str:
    """Describe one pair: ways round each state, leverage before and after, what is vital, what blocks."""
    ask = partial(_both_years, network, origin, destination, extra)
    parts = [f"## {heading}: {origin} - {destination}"]
    for year, table in ask(bypass).items():
        parts += [f"Best route and the ways round, {year}:", _bypass_table(network, table)]
    parts += ["Leverage, before and after:", _leverage_table(ask(leverage))]
    parts += [f"The coalitions that carry a better route than any smaller one, {AFTER}:"]
    parts += [markdown_table(ask(coalitions)[AFTER].head(SHOWN), {"states": "states", "time_h": "hours"})]
    lost = ask(vital_links)[AFTER].head(5)
    parts += [f"The most vital links, {AFTER}:"]
    parts += [
        markdown_table(
            lost, {"name": "link", "mode": "mode", "delta_h": "hours added", "detour_states": "detour"}
        )
    ]
    for of, limit in (("states", np.inf), ("crossings", 48.0)):
        sets = ask(partial(minimal_cuts, of=of, more_than_h=limit))[AFTER]
        what = (
            "cuts the pair"
            if limit == np.inf
            else f"cuts the pair or adds more than {text.fixed(limit)} hours"
        )
        parts += [f"The smallest sets of {of}, up to three, whose absence {what}, {AFTER}:"]
        columns = {of: of, "size": "size", "delta_h": "hours added"}
        parts += [markdown_table(sets.head(SHOWN), columns) if len(sets) else "There is none."]
    return "\n\n".join(parts) + "\n"


def _both_years(
    network: Network,
    origin: str,
    destination: str,
    extra: dict[str, Any],
    question: Callable[..., pd.DataFrame],
) -> dict[int, pd.DataFrame]:
    return {year: question(network, origin, destination, year=year, **extra) for year in (BEFORE, AFTER)}


def _bypass_table(network: Network, table: pd.DataFrame) -> str:
    links = network.links
    shown = table.assign(
        best=[
            f"{text.fixed(km, unit='km')}, {text.fixed(h, unit='h')}"
            for km, h in rows_of(table, "length_km", "time_h")
        ],
        hangs=[
            f"{network.place_name(links['from'][link])} - {network.place_name(links['to'][link])}"
            if link in links.index
            else ""
            for link in table.get("critical_link", [])
        ],
    )
    columns = {
        "states": "without",
        "role": "role",
        "best": "best route",
        "penalty_h": "penalty, h",
        "penalty_km": "penalty, km",
        "detour_states": "way round",
        "hangs": "hangs most on",
        "critical_link_delta_h": "its loss adds, h",
    }
    return markdown_table(shown, columns)


def _leverage_table(by_year: dict[int, pd.DataFrame]) -> str:
    """Set the leverage of both years side by side, the largest of the later year first."""
    before, after = (by_year[year].set_index("state") for year in (BEFORE, AFTER))
    both = after[["state_name", "leverage_h", "leverage_share"]].join(
        before[["leverage_h", "leverage_share"]].add_suffix("_before"), how="outer"
    )
    both["state_name"] = both["state_name"].fillna(before["state_name"])
    both = both.fillna({column: 0.0 for column in both if column != "state_name"})
    both = both.sort_values("leverage_h", ascending=False).head(SHOWN)
    columns = {
        "state_name": "state",
        "leverage_h_before": f"{BEFORE}, h",
        "leverage_share_before": f"{BEFORE}, share",
        "leverage_h": f"{AFTER}, h",
        "leverage_share": f"{AFTER}, share",
    }
    sums = ", ".join(
        f"{year}: {_first(table, 'saving_h')} saved against {_first(table, 'outside_h')} by sea"
        for year, table in by_year.items()
        if len(table)
    )
    return f"{markdown_table(both, columns)}\n\n{sums}."


def _first(table: pd.DataFrame, column: str) -> str:
    return text.fixed(table[column].iloc[0], unit="h")


def markdown_table(frame: pd.DataFrame, columns: dict[str, str]) -> str:
    """Write columns of a table in Markdown under other names."""
    shown = {
        name: TableColumn(label, write=text.page_share if "share" in name else text.page_cell)
        for name, label in columns.items()
    }
    return to_markdown(TableView.from_frame(frame, shown))
