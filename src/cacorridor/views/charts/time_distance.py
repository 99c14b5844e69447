"""Draw the time-distance diagram of the United Nations' commission for Asia and the Pacific (UNESCAP)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.network.model import SEA
from cacorridor.routing.accounts import time_distance
from cacorridor.views import text
from cacorridor.views.charts.stretches import state_stretches, stops_of
from cacorridor.views.charts.style import COLOURS, GREY, WIDTH, axes_of, routes_to_draw, short, styled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from cacorridor.routing.routes import Route

DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 3)), (0, (1, 1)))
BANDS = ("#eef3f7", "#dde7ee")  # two greys for states in turn
ROOM = 0.035  # of the height of a diagram: the least distance between two labels

STRIP = 0.055  # of the height of a diagram: one row of states below the axis
WIDE_ENOUGH = 0.045  # of its width: room for the code of a state


@styled
def plot_tcd(routes: Route | Sequence[Route], *, ax: Axes | None = None) -> Axes:
    """Draw the time-distance diagram: hours since departure over kilometres from the origin (UNESCAP).

    Vertical jumps are borders, transfers and waits; the ribbon holds 8 of 10 cases. The states of a
    single route are bands, and stops of an hour or more are named; those of several routes stand in
    strips below the axis.

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
    >>> cc.plot_tcd(route).get_xlabel()
    'Distance from the origin, km'

    """
    # one route has the whole height for its states; several share the axes and have a strip each below
    drawn = routes_to_draw(routes)
    tables = [time_distance(route) for route in drawn]
    axes = axes_of(ax, WIDTH, 4.4 if len(drawn) == 1 else 4.2 + 0.38 * len(drawn))
    for number, (route, table) in enumerate(zip(drawn, tables, strict=True)):
        _draw_hours(axes, table, short(route.name), number)
    axes.set(xlabel="Distance from the origin, km", ylabel="Hours since departure")
    axes.set_xlim(left=0, right=1.01 * max(table["km_to"].iloc[-1] for table in tables))
    axes.set_ylim(0, 1.04 * max(table["high_h"].max() for table in tables))
    axes.grid(visible=True, axis="y", color="#d9dfe4", linewidth=0.6)
    if len(drawn) == 1:
        _band(axes, tables[0])
        _name_stops(axes, tables[0])
    else:
        _strips(axes, tables)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), fontsize=9)
    return axes


def _draw_hours(axes: Axes, table: pd.DataFrame, name: str, number: int) -> None:
    """Draw the expected hours of a route as a line and their range as a ribbon."""
    style: Any = {"color": COLOURS[number % len(COLOURS)], "linestyle": DASHES[number % len(DASHES)]}
    # each step begins where the one before it ended: upright where it stands, sloping where it runs
    km = [0.0, *table[["km_from", "km_to"]].to_numpy().ravel()]
    hours = [0.0, *table[["h_from", "h_to"]].to_numpy().ravel()]
    axes.plot(km, hours, **style, linewidth=2, label=name)
    reached, low, high = ([0.0, *table[name]] for name in ("km_to", "low_h", "high_h"))
    axes.fill_between(reached, low, high, color=style["color"], alpha=0.12, linewidth=0)


def _state_label(state: str) -> str:
    return "at sea" if state == SEA else state


def _band(axes: Axes, table: pd.DataFrame) -> None:
    """Shade the states of a route in turn and name each where there is room, upright where it is scarce."""
    whole = table["km_to"].iloc[-1]
    for number, stretch in enumerate(state_stretches(table)):
        start, end = stretch.start_km, stretch.end_km
        axes.axvspan(start, end, color=BANDS[number % 2], linewidth=0, zorder=0)
        if (end - start) / whole > 0.006:  # less has no room for a letter
            axes.text(
                stretch.middle_km,
                0.985,
                _state_label(stretch.state),
                transform=axes.get_xaxis_transform(),
                ha="center",
                va="top",
                color=GREY,
                rotation=0 if (end - start) / whole > 0.08 else 90,
            )


def _strips(axes: Axes, tables: Sequence[pd.DataFrame]) -> None:
    """Lay the states of each route in a strip of its own below the axis, framed in the route's colour."""
    # the strips hang below zero, so the marks of the hours are kept as they were without them
    top, longest = axes.get_ylim()[1], max(table["km_to"].iloc[-1] for table in tables)
    marks = [mark for mark in axes.get_yticks() if 0 <= mark <= top]
    for number, table in enumerate(tables):
        colour, low = COLOURS[number % len(COLOURS)], -top * STRIP * (number + 1.15)
        for turn, (state, start, end) in enumerate(state_stretches(table)):
            bar: Any = {"facecolor": BANDS[turn % 2], "edgecolor": colour, "linewidth": 0.9}
            axes.broken_barh([(start, end - start)], (low, top * STRIP * 0.8), **bar)
            if (end - start) / longest > WIDE_ENOUGH:
                middle = (start + end) / 2, low + top * STRIP * 0.38
                axes.text(
                    *middle, _state_label(state), ha="center", va="center", fontsize=7.5, color="#26323b"
                )
    axes.set_yticks(marks)
    axes.set_ylim(-top * STRIP * (len(tables) + 0.4), top)


def _name_stops(axes: Axes, table: pd.DataFrame) -> None:
    """Name where an hour or more is spent standing, from the bottom up, so that no two labels meet."""
    whole_h, whole_km = table["high_h"].max(), table["km_to"].iloc[-1]
    lowest = 0.0
    for stop in stops_of(table):
        if stop.time_h < 1:
            continue
        height = max(stop.middle_h, lowest + ROOM * whole_h)
        right = stop.km < 0.6 * whole_km  # beyond that a label has more room to its left
        axes.annotate(
            f"{short(stop.place)}, {text.fixed(stop.time_h, unit='h')}",
            (stop.km, stop.middle_h),
            (stop.km + (0.015 if right else -0.015) * whole_km, height),
            ha="left" if right else "right",
            va="center",
            fontsize=8.5,
        )
        lowest = height
