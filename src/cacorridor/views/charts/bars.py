"""Draw charts with matplotlib; each returns its axes, and ``svg`` turns them into markup for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor.network.model import records
from cacorridor.routing.accounts import CAUSES, time_by_cause
from cacorridor.routing.corridors import openings
from cacorridor.views.charts.style import COLOURS, WIDTH, axes_of, listed, name_rows, styled, svg
from cacorridor.views.charts.time_distance import plot_tcd
from cacorridor.views.text import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

__all__ = ["plot_leverage", "plot_openings", "plot_ranges", "plot_tcd", "plot_time_by_cause", "svg"]

CAUSE_COLOURS = dict(
    zip(CAUSES, ("#0072B2", "#56B4E9", "#009E73", "#D55E00", "#CC79A7", "#E69F00", "#F0E442"), strict=True)
)


@styled
def plot_time_by_cause(routes: Route | Sequence[Route], *, ax: Axes | None = None) -> Axes:
    """Draw what the hours of each route are spent on as stacked bars."""
    table = time_by_cause(listed(routes))
    axes = axes_of(ax, WIDTH, 1.2 + 0.45 * len(table))
    places = range(len(table))
    start = [0.0] * len(table)
    for cause in (cause for cause in CAUSES if table[cause].sum() > 0):
        hours = list(table[cause])
        axes.barh(
            places, hours, left=start, color=CAUSE_COLOURS[cause], edgecolor="white", label=cause, height=0.62
        )
        start = [a + b for a, b in zip(start, hours, strict=True)]
    for place, total in zip(places, start, strict=True):
        axes.annotate(f"{total:.0f} h", (total, place), (4, 0), textcoords="offset points", va="center")
    name_rows(axes, list(table.index))
    axes.set(xlabel="Expected hours")
    axes.margins(x=0.1)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=4, fontsize=9)
    return axes


@styled
def plot_ranges(routes: Route | Sequence[Route], *, ax: Axes | None = None) -> Axes:
    """Draw expected hours as dots and the range of 8 in 10 cases as lines, the quickest on top."""
    drawn = sorted(listed(routes), key=lambda route: route.time_h)
    axes = axes_of(ax, WIDTH, 0.9 + 0.42 * len(drawn))
    for place, route in enumerate(drawn):
        axes.plot(
            [route.time_low_h, route.time_high_h], [place, place], color=COLOURS[0], linewidth=3, alpha=0.45
        )
        axes.plot([route.time_h], [place], "o", color=COLOURS[0], markersize=8)
        text = f"{route.time_h:.0f} h ({route.time_low_h:.0f}\u2013{route.time_high_h:.0f})"
        axes.annotate(text, (route.time_high_h, place), (6, 0), textcoords="offset points", va="center")
    name_rows(axes, [route.name for route in drawn])
    axes.set(xlabel="Hours")
    axes.set_xlim(left=0)
    axes.margins(x=0.18)
    axes.grid(visible=True, axis="x", color="#d9dfe4", linewidth=0.6)
    return axes


@styled
def plot_leverage(
    before: pd.DataFrame,
    after: pd.DataFrame | None = None,
    *,
    labels: tuple[str, str] = ("before", "after"),
    most: int = 10,
    ax: Axes | None = None,
) -> Axes:
    """Draw the leverage of states, of one table or of two side by side, the largest on top.

    The tables are those of ``leverage``; of two, ``labels`` name them. ``most`` bounds the number of states.
    """
    tables = [before] if after is None else [before, after]
    hours = [dict(zip(table["state"], table["leverage_h"], strict=True)) for table in tables]
    names = {
        state: name
        for table in tables
        for state, name in zip(table["state"], table["state_name"], strict=True)
    }
    states = sorted(names, key=lambda state: -max(own.get(state, 0.0) for own in hours))[:most]
    axes = axes_of(ax, WIDTH, 1.0 + 0.5 * len(states))
    thick = 0.8 / len(tables)
    for number, (own, label) in enumerate(zip(hours, labels, strict=False)):
        places = [place + (number - (len(tables) - 1) / 2) * thick for place in range(len(states))]
        values = [own.get(state, 0.0) for state in states]
        bars = axes.barh(
            places,
            values,
            height=thick,
            color=COLOURS[number],
            edgecolor="white",
            hatch="//" * number,
            label=label,
        )
        axes.bar_label(bars, fmt="%.0f h", padding=3)
    name_rows(axes, [names[state] for state in states])
    axes.set(xlabel="Leverage: hours saved that fall to the state (Shapley value)")
    axes.margins(x=0.1)
    if len(tables) > 1:
        axes.legend(loc="lower right")
    return axes


@styled
def plot_openings(network: Network, *, ax: Axes | None = None) -> Axes:
    """Draw from which year each named corridor is open, by pair of ends: a dot, hollow if expected."""
    table = openings(network)
    names: list[str] = []
    headings: list[int] = []
    axes = axes_of(ax, WIDTH, 1.0 + 0.4 * (len(table) + table["pair"].nunique()))
    known = table["year"].dropna()
    first, last = (int(known.min()) - 4, int(known.max()) + 4) if len(known) else (1990, 2030)
    for pair, own in table.groupby("pair", sort=False):
        headings.append(len(names))
        names.append(str(pair))
        for row in records(own):
            _opening(axes, row, len(names), (first, last))
            names.append(row["corridor"])
    name_rows(axes, names)
    for place in headings:
        axes.get_yticklabels()[place].set_fontweight("bold")
    axes.set(xlabel="Year from which every link is open")
    axes.set_xlim(first, last)
    return axes


def _opening(axes: Axes, row: dict[str, Any], place: int, span: tuple[int, int]) -> None:
    """Draw one corridor: a line from the year in which the last of its links opens, dashed until it does."""
    old, is_open = pd.isna(row["year"]), row["status"] == "operational"
    start = span[0] if old else int(row["year"])
    line: Any = {"color": COLOURS[0], "linestyle": "-" if is_open else (0, (4, 2))}
    axes.plot([start, span[1]], [place, place], linewidth=3, alpha=0.5, **line)
    if old:
        return
    face = COLOURS[0] if is_open else "white"
    axes.plot([start], [place], "o", color=COLOURS[0], markerfacecolor=face, markersize=8)
    text = f"{start}" if is_open else f"{start}, {STATUS_WORDS.get(row['status'], row['status'])}"
    axes.annotate(
        text, (start, place), (-8, 0), textcoords="offset points", ha="right", va="center", fontsize=9
    )
