"""Draw charts with matplotlib; each returns its axes, and ``svg`` turns them into markup for a page."""

from __future__ import annotations

import functools
import hashlib
import io
import re
import sys
import warnings
from typing import TYPE_CHECKING, Any, ParamSpec, cast

from cacorridor.analysis.diagram import CAUSES, openings, time_by_cause, time_distance
from cacorridor.errors import UsageError
from cacorridor.network.model import SEA
from cacorridor.views.markup import Html, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cacorridor.analysis.routes import Route
    from cacorridor.network.model import Network

P = ParamSpec("P")

# Okabe and Ito (2008): told apart by readers with any colour vision
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 3)), (0, (1, 1)))
CAUSE_COLOURS = dict(
    zip(CAUSES, ("#0072B2", "#56B4E9", "#009E73", "#D55E00", "#CC79A7", "#E69F00", "#F0E442"), strict=True)
)
BANDS = ("#eef3f7", "#dde7ee")  # two greys for states in turn
GREY = "#5b6670"
STYLE: Any = {  # matplotlib's own type lists three hundred literal names
    "svg.fonttype": "none",  # text stays text: it can be read, found and copied
    "text.parse_math": False,  # a name with two dollar signs is a name
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": "#26323b",
    "xtick.color": GREY,
    "ytick.color": GREY,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
}
ROOM = 0.035  # of the height of a diagram: the least distance between two labels
LONGEST_NAME = 52
WIDTH = 7.2  # inches; a page shows a chart at about this width


def styled(plot: Callable[P, Axes]) -> Callable[P, Axes]:
    """Draw in the style of the charts, whatever style the caller has set."""

    @functools.wraps(plot)
    def drawn(*arguments: P.args, **options: P.kwargs) -> Axes:
        import matplotlib as mpl

        with mpl.rc_context(STYLE):
            return plot(*arguments, **options)

    return drawn


@styled
def plot_tcd(routes: Route | Sequence[Route], *, ax: Axes | None = None) -> Axes:
    """Draw the time-distance diagram: hours since departure over kilometres from the origin (UNESCAP).

    Vertical jumps are borders, transfers and waits; the ribbon holds 8 of 10 cases. The states of a
    single route are bands; borders and ports that take an hour or more are named.

    Raises
    ------
    UsageError
        If there is no route.

    """
    drawn = _listed(routes)
    axes = _axes(ax, WIDTH, 4.4)
    if len(drawn) == 1:
        _band(axes, time_distance(drawn[0]))
    for number, route in enumerate(drawn):
        table = time_distance(route)
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        km = [0.0, *(km for pair in zip(table["km_from"], table["km_to"], strict=True) for km in pair)]
        h = [0.0, *(h for pair in zip(table["h_from"], table["h_to"], strict=True) for h in pair)]
        axes.plot(km, h, color=colour, linestyle=dash, linewidth=2, label=_short(route.name))
        axes.fill_between(
            table["km_to"], table["low_h"], table["high_h"], color=colour, alpha=0.13, linewidth=0
        )
        if len(drawn) == 1:
            _name_stops(axes, table)
    axes.set(xlabel="Distance from the origin, km", ylabel="Hours since departure")
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.grid(visible=True, axis="y", color="#d9dfe4", linewidth=0.6)
    if len(drawn) > 1:
        axes.legend(loc="upper left")
    return axes


@styled
def plot_time_by_cause(routes: Route | Sequence[Route], *, ax: Axes | None = None) -> Axes:
    """Draw what the hours of each route are spent on as stacked bars."""
    table = time_by_cause(_listed(routes))
    axes = _axes(ax, WIDTH, 1.2 + 0.45 * len(table))
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
    _name_rows(axes, list(table.index))
    axes.set(xlabel="Expected hours")
    axes.margins(x=0.1)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3)
    return axes


@styled
def plot_ranges(routes: Route | Sequence[Route], *, ax: Axes | None = None) -> Axes:
    """Draw expected hours as dots and the range of 8 in 10 cases as lines, the quickest on top."""
    drawn = sorted(_listed(routes), key=lambda route: route.time_h)
    axes = _axes(ax, WIDTH, 0.9 + 0.42 * len(drawn))
    for place, route in enumerate(drawn):
        axes.plot(
            [route.time_low_h, route.time_high_h], [place, place], color=COLOURS[0], linewidth=3, alpha=0.45
        )
        axes.plot([route.time_h], [place], "o", color=COLOURS[0], markersize=8)
        text = f"{route.time_h:.0f} h ({route.time_low_h:.0f}\u2013{route.time_high_h:.0f})"
        axes.annotate(text, (route.time_high_h, place), (6, 0), textcoords="offset points", va="center")
    _name_rows(axes, [route.name for route in drawn])
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
    axes = _axes(ax, WIDTH, 1.0 + 0.5 * len(states))
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
    _name_rows(axes, [names[state] for state in states])
    axes.set(xlabel="Leverage: hours saved that fall to the state (Shapley value)")
    axes.margins(x=0.1)
    if len(tables) > 1:
        axes.legend(loc="lower right")
    return axes


@styled
def plot_openings(network: Network, *, ax: Axes | None = None) -> Axes:
    """Draw from which year each named corridor is open: a dot, hollow where it is expected."""
    table = openings(network)
    axes = _axes(ax, WIDTH, 1.0 + 0.36 * len(table))
    known = table["year"].dropna()
    first = int(known.min()) - 3 if len(known) else 1990
    last = int(known.max()) + 3 if len(known) else 2030
    for place, row in enumerate(table.itertuples()):
        old = row.year not in set(known)
        start = first if old else int(str(row.year))
        is_open = row.status == "operational"
        line = "-" if is_open else (0, (4, 2))
        axes.plot([start, last], [place, place], color=COLOURS[0], linewidth=3, alpha=0.5, linestyle=line)
        if not old:
            face = COLOURS[0] if is_open else "white"
            axes.plot([start], [place], "o", color=COLOURS[0], markerfacecolor=face, markersize=8)
            text = f"{start}" if is_open else f"{start}, expected"
            axes.annotate(text, (start, place), (0, 7), textcoords="offset points", ha="center", fontsize=8)
    _name_rows(axes, [f"{row.pair}: {row.corridor}" for row in table.itertuples()])
    axes.set(xlabel="Year from which every link is open")
    axes.set_xlim(first, last)
    return axes


# ---------------------------------------------------------------- parts


def _listed(routes: Route | Sequence[Route]) -> list[Route]:
    from cacorridor.analysis.routes import Route

    drawn = [routes] if isinstance(routes, Route) else list(routes)
    if not drawn:
        raise UsageError("no routes: a chart shows one route or more")
    return drawn


def _axes(ax: Axes | None, width: float, height: float) -> Axes:
    """Take the axes given, or make a figure of a size in inches."""
    if ax is not None:
        return ax
    from matplotlib.figure import Figure

    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:  # a notebook shows the figures that pyplot keeps
        return cast("Axes", pyplot.subplots(figsize=(width, height))[1])
    return Figure(figsize=(width, height)).add_subplot()


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}\u2026"


def _name_rows(axes: Axes, names: Sequence[str]) -> None:
    """Name the rows of a chart of bars, the first on top."""
    axes.set_yticks(range(len(names)), [_short(name) for name in names])
    axes.tick_params(axis="y", length=0, labelcolor="#26323b")
    axes.spines["left"].set_visible(False)
    axes.set_ylim(len(names) - 0.4, -0.6)


def _band(axes: Axes, table: pd.DataFrame) -> None:
    """Shade the states of a route in turn and name each where there is room."""
    runs = table[table["km_to"] > table["km_from"]]
    changes = (runs["state"] != runs["state"].shift()).cumsum()
    whole = runs["km_to"].iloc[-1]
    for number, (_, own) in enumerate(runs.groupby(changes)):
        start, end = own["km_from"].iloc[0], own["km_to"].iloc[-1]
        axes.axvspan(start, end, color=BANDS[number % 2], linewidth=0, zorder=0)
        name = str(own["state"].iloc[0])
        if (end - start) / whole > 0.03:
            place = ((start + end) / 2, 0.985)
            text = "at sea" if name == SEA else name
            axes.text(*place, text, transform=axes.get_xaxis_transform(), ha="center", va="top", color=GREY)


def _name_stops(axes: Axes, table: pd.DataFrame) -> None:
    """Name where an hour or more is spent standing, from the bottom up, so that no two labels meet."""
    standing = table[(table["kind"] != "run") & (table["h_to"] - table["h_from"] > 0)]
    groups = (standing["km_to"] != standing["km_to"].shift()).cumsum()
    whole_h, whole_km = table["high_h"].max(), table["km_to"].iloc[-1]
    lowest = 0.0
    for _, own in standing.groupby(groups):
        hours = own["h_to"].iloc[-1] - own["h_from"].iloc[0]
        if hours < 1:
            continue
        km, middle = own["km_to"].iloc[0], (own["h_from"].iloc[0] + own["h_to"].iloc[-1]) / 2
        height = max(middle, lowest + ROOM * whole_h)
        right = km < 0.6 * whole_km
        axes.annotate(
            f"{_short(own['from'].iloc[0])}, {hours:.0f} h",
            (km, middle),
            (km + (0.015 if right else -0.015) * whole_km, height),
            ha="left" if right else "right",
            va="center",
            fontsize=8.5,
        )
        lowest = height


# ---------------------------------------------------------------- markup


def svg(axes: Axes, title: str) -> Html:
    """Write a chart as one SVG element that tells its title and shares no id with another."""
    import matplotlib as mpl

    figure: Figure = axes.get_figure(root=True)  # type: ignore[assignment]
    stream = io.StringIO()
    salt = hashlib.blake2b(title.encode(), digest_size=4).hexdigest()
    with mpl.rc_context({**STYLE, "svg.hashsalt": salt}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # the reader's fonts draw the text
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)  # it stands in a page now
    drawing = stream.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    drawing = re.sub(r"<(metadata|style)\b.*?</\1>", "", drawing, flags=re.DOTALL)  # it would style the page
    drawing = re.sub(r'(\bid="|xlink:href="#|url\(#)', rf"\g<1>c{salt}-", drawing)
    size = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', drawing)
    drawing = drawing.replace(size.group(0), 'width="100%"', 1) if size else drawing
    label = f' role="img" aria-labelledby="c{salt}-title" stroke-linejoin="round" class="cac-chart">'
    named = tag("title", title, id=f"c{salt}-title")
    head, _, body = drawing.partition(">")
    return Html(f"{head}{label}{named}{body}".strip())
