"""The style that all charts share, and the way of a chart into a page."""

from __future__ import annotations

import functools
import hashlib
import io
import re
import sys
import textwrap
import warnings
from typing import TYPE_CHECKING, Any, ParamSpec, cast

from cacorridor.errors import UsageError
from cacorridor.extras import require_extra
from cacorridor.views.markup import Html, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cacorridor.routing.routes import Route

P = ParamSpec("P")

# Okabe and Ito (2008): distinct to readers with any colour vision
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
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
LONGEST_NAME = 72
LINE = 34  # letters; a longer name takes two lines beside the rows of a chart
WIDTH = 7.2  # inches; a page shows a chart at about this width


def styled(plot: Callable[P, Axes]) -> Callable[P, Axes]:
    """Draw in the style of the charts, whatever style the caller has set."""

    @functools.wraps(plot)
    def drawn(*arguments: P.args, **options: P.kwargs) -> Axes:
        require_extra("matplotlib", "a chart")
        import matplotlib as mpl

        with mpl.rc_context(STYLE):
            return plot(*arguments, **options)

    return drawn


def routes_to_draw(routes: Route | Sequence[Route]) -> list[Route]:
    """List the routes to draw; one route is a list of one.

    Raises
    ------
    UsageError
        If there is none.

    """
    from cacorridor.routing.routes import Route

    drawn = [routes] if isinstance(routes, Route) else list(routes)
    if not drawn:
        raise UsageError("no routes: a chart shows one route or more")
    return drawn


def axes_of(ax: Axes | None, width: float, height: float) -> Axes:
    """Take the axes given, or make a figure of a size in inches, which shows itself in a notebook."""
    if ax is not None:
        return ax
    from matplotlib.figure import Figure

    from cacorridor.views.charts.chart import Chart

    pyplot = sys.modules.get("matplotlib.pyplot")  # ``plt.show()`` shows the figures that pyplot keeps
    make_figure = Figure if pyplot is None else pyplot.figure
    return cast("Axes", make_figure(figsize=(width, height)).add_subplot(axes_class=Chart))


def short(name: str) -> str:
    """Cut a name that no row of a chart has room for."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}\u2026"


def name_rows(axes: Axes, names: Sequence[str]) -> None:
    """Name the rows of a chart of bars, the first on top."""
    axes.set_yticks(range(len(names)), [textwrap.fill(short(name), LINE) for name in names])
    axes.tick_params(axis="y", length=0, labelcolor="#26323b")
    axes.spines["left"].set_visible(False)
    axes.set_ylim(len(names) - 0.4, -0.6)


def svg(axes: Axes, title: str) -> Html:
    """Write a chart as one SVG element that names itself and shares no id with another.

    Parameters
    ----------
    axes
        What was drawn.
    title
        What the chart shows, for readers who do not see it.

    Returns
    -------
    Html
        Markup for a page.

    """
    import matplotlib as mpl

    # ids are salted with the title: charts of a page share none, and the same chart gives the same bytes
    figure: Figure = axes.get_figure(root=True)  # type: ignore[assignment]
    stream = io.StringIO()
    salt = hashlib.blake2b(title.encode(), digest_size=4).hexdigest()
    with mpl.rc_context({**STYLE, "svg.hashsalt": salt}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # the reader's fonts draw the text
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)  # it stands in a page now

    # from a file to an element: without prolog, metadata and style, as wide as the page lets it be
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
