"""Draw charts with matplotlib; each returns its axes, and ``svg`` turns them into markup for a page."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor.errors import UsageError
from cacorridor.routing.accounts import CAUSES, time_by_cause
from cacorridor.routing.corridors import openings
from cacorridor.views import text
from cacorridor.views.charts.style import COLOURS, WIDTH, axes_of, name_rows, routes_to_draw, styled, svg
from cacorridor.views.charts.time_distance import plot_tcd
from cacorridor.views.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

__all__ = ["plot_leverage", "plot_openings", "plot_ranges", "plot_tcd", "plot_time_by_cause", "svg"]

CAUSE_COLOURS = dict(
    zip(CAUSES, ("#0072B2", "#56B4E9", "#009E73", "#D55E00", "#CC79A7", "#E69F00", "#F0E442"), strict=True)
)
OTHER_COLOURS = ("#000000", "#7f6a93", "#8c5a2b", "#5b6670")  # of causes that are not known here
SAVED = {"h": "hours", "km": "kilometres", "usd": "US dollars", "kg": "kilograms of CO2 equivalent"}
HATCHES = ("//", "..", "xx")  # three for four colours: twelve looks


def cause_looks(table: pd.DataFrame) -> dict[str, Any]:
    """Give every cause that some hours are spent on a colour; one that is not known here is hatched too."""
    looks: dict[str, Any] = {cause: {"color": colour} for cause, colour in CAUSE_COLOURS.items()}
    # a cause of somebody's own table must not look like another one, nor be left out
    others = [str(cause) for cause in table if cause not in looks]
    for cause, colour, hatch in zip(
        others, itertools.cycle(OTHER_COLOURS), itertools.cycle(HATCHES), strict=False
    ):
        looks[cause] = {"color": colour, "hatch": hatch}
    return {cause: look for cause, look in looks.items() if table[cause].sum() > 0}


@styled
def plot_time_by_cause(routes: Route | Sequence[Route], *, ax: Axes | None = None) -> Axes:
    """Draw what the hours of each route are spent on as stacked bars.

    Parameters
    ----------
    routes
        One route, or several.
    ax
        Axes to draw into; a figure of its size is made by default.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn into.

    Raises
    ------
    UsageError
        If there is no route.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> cc.plot_time_by_cause(route).get_xlabel()
    'Expected hours'

    """
    # a bar a route, a piece a cause, in the order of the legend
    table = time_by_cause(routes_to_draw(routes))
    axes = axes_of(ax, WIDTH, 1.2 + 0.45 * len(table))
    places = range(len(table))
    start = [0.0] * len(table)
    for cause, look in cause_looks(table).items():
        hours = list(table[cause])
        axes.barh(places, hours, left=start, edgecolor="white", label=cause, height=0.62, **look)
        start = [a + b for a, b in zip(start, hours, strict=True)]

    # where the pieces end stands the sum of them
    for place, total in zip(places, start, strict=True):
        axes.annotate(
            text.fixed(total, unit="h"), (total, place), (4, 0), textcoords="offset points", va="center"
        )
    name_rows(axes, list(table.index))
    axes.set(xlabel="Expected hours")
    axes.margins(x=0.1)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=4, fontsize=9)
    return axes


@styled
def plot_ranges(routes: Route | Sequence[Route], *, ax: Axes | None = None) -> Axes:
    """Draw expected hours as dots and the range of 8 in 10 cases as lines, the quickest on top.

    Parameters
    ----------
    routes
        One route, or several.
    ax
        Axes to draw into; a figure of its size is made by default.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn into.

    Raises
    ------
    UsageError
        If there is no route.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> cc.plot_ranges(route).get_xlabel()
    'Hours'

    """
    # a thick pale line from the 10th to the 90th percentile, a dot at the mean
    drawn = sorted(routes_to_draw(routes), key=lambda route: route.time_h)
    axes = axes_of(ax, WIDTH, 0.9 + 0.42 * len(drawn))
    for place, route in enumerate(drawn):
        axes.plot(
            [route.time_low_h, route.time_high_h], [place, place], color=COLOURS[0], linewidth=3, alpha=0.45
        )
        axes.plot([route.time_h], [place], "o", color=COLOURS[0], markersize=8)
        label = text.with_range(route.time_h, route.time_low_h, route.time_high_h, unit="h", dash=text.DASH)
        axes.annotate(label, (route.time_high_h, place), (6, 0), textcoords="offset points", va="center")
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

    Parameters
    ----------
    before, after
        Tables of ``leverage``; the second may be left out.
    labels
        What the two tables are called.
    most
        The largest number of states.
    ax
        Axes to draw into; a figure of its size is made by default.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn into.

    Raises
    ------
    UsageError
        If a table is none of ``leverage``, or the two are by different criteria.

    Examples
    --------
    >>> table = cc.leverage(net, "Kashgar", "Tashkent", modes=["road"], outside_h=1000)
    >>> len(cc.plot_leverage(table, most=3).patches)
    3

    """
    # dollars are not set beside hours: both tables are by the same criterion
    tables = [before] if after is None else [before, after]
    unit = _unit_of(tables)
    savings, names = _side_by_side(tables, f"leverage_{unit}", most)
    axes = axes_of(ax, WIDTH, 1.0 + 0.5 * len(savings))
    count = len(savings.columns)

    # bars of one state lie side by side around its place
    thick = 0.8 / count
    for number, label in zip(range(count), labels, strict=False):
        middle = (number - (count - 1) / 2) * thick
        look: Any = {"color": COLOURS[number], "edgecolor": "white", "hatch": "//" * number}
        places = [place + middle for place in range(len(savings))]
        bars = axes.barh(places, savings[number], height=thick, label=label, **look)
        shown = text.UNITS.get(unit, unit)
        axes.bar_label(bars, [text.fixed(amount, unit=shown) for amount in savings[number]], padding=3)
    name_rows(axes, names)
    axes.set(xlabel=f"Leverage: {SAVED[unit]} saved that fall to the state (Shapley value)")
    axes.margins(x=0.1)
    if count > 1:
        axes.legend(loc="lower right")
    return axes


def _unit_of(tables: Sequence[pd.DataFrame]) -> str:
    """Tell by the columns in which unit tables of leverage are, which is the same for all of them."""
    for unit in SAVED:
        if all(f"leverage_{unit}" in table for table in tables):
            return unit
    raise UsageError("tables of leverage are needed, all by the same criterion")


def _side_by_side(tables: Sequence[pd.DataFrame], column: str, most: int) -> tuple[pd.DataFrame, list[str]]:
    """Set tables of leverage side by side, the states that hold most in any of them on top; name these."""
    # a state that one table lacks saves nothing there
    indexed = [table.set_index("state") for table in tables]
    savings = pd.concat([table[column] for table in indexed], axis=1, ignore_index=True).fillna(0.0)
    order = savings.max(axis=1).sort_values(ascending=False, kind="stable").index[:most]
    names = pd.concat([table["state_name"] for table in indexed])
    return savings.loc[order], [str(names[~names.index.duplicated()][state]) for state in order]


@styled
def plot_openings(network: Network, *, ax: Axes | None = None) -> Axes:
    """Draw from which year each named corridor is open, by pair of ends: a dot, hollow if expected.

    Parameters
    ----------
    network
        What exists, with its named corridors.
    ax
        Axes to draw into; a figure of its size is made by default.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn into.

    Examples
    --------
    >>> cc.plot_openings(net).get_xlabel()
    'Year from which every link is open'

    """
    # a heading for each pair of ends takes a row of its own, in bold
    table = openings(network)
    names: list[str] = []
    headings: list[int] = []
    axes = axes_of(ax, WIDTH, 1.0 + 0.4 * (len(table) + table["pair"].nunique()))

    # some years of room at both sides; corridors without a year have been open longer than the tables know
    known = table["year"].dropna()
    first, last = (int(known.min()) - 4, int(known.max()) + 4) if len(known) else (1990, 2030)
    for pair, corridors in table.groupby("pair", sort=False):
        headings.append(len(names))
        names.append(str(pair))
        for corridor, year, status in rows_of(corridors, "corridor", "year", "status"):
            _draw_opening(axes, year, status, len(names), (first, last))
            names.append(corridor)
    name_rows(axes, names)
    for place in headings:
        axes.get_yticklabels()[place].set_fontweight("bold")
    axes.set(xlabel="Year from which every link is open")
    axes.set_xlim(first, last)
    return axes


def _draw_opening(axes: Axes, year: Any, status: str, row: int, span: tuple[int, int]) -> None:
    """Draw one corridor: a line from the year in which the last of its links opens, dashed until it does."""
    is_old, is_open = pd.isna(year), status == "operational"
    start = span[0] if is_old else int(year)
    line: Any = {"color": COLOURS[0], "linestyle": "-" if is_open else (0, (4, 2))}
    axes.plot([start, span[1]], [row, row], linewidth=3, alpha=0.5, **line)
    if is_old:
        return
    # the year stands to the left of its dot, where nothing is drawn yet
    face = COLOURS[0] if is_open else "white"
    axes.plot([start], [row], "o", color=COLOURS[0], markerfacecolor=face, markersize=8)
    label = (
        text.year_cell(start)
        if is_open
        else f"{text.year_cell(start)}, {text.STATUS_WORDS.get(status, status)}"
    )
    axes.annotate(
        label, (start, row), (-8, 0), textcoords="offset points", ha="right", va="center", fontsize=9
    )
