"""Axes that show themselves in a notebook, whether pyplot knows their figure or not."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backend_bases import FigureManagerBase

from cacorridor.views.charts.style import STYLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS_PER_INCH = 96  # of the picture as it is shown; it holds twice as many for sharp screens


class Chart(Axes):
    """Axes of a chart; the last line of a cell shows their figure."""

    def _repr_png_(self) -> tuple[bytes, dict[str, int]] | None:
        """Draw the whole figure, with the size in pixels at which it is shown."""
        figure: Figure = self.get_figure(root=True)  # type: ignore[assignment]
        if not leave_pyplot(figure):
            return None
        stream = io.BytesIO()
        with mpl.rc_context(STYLE):
            figure.savefig(stream, format="png", dpi=2 * DOTS_PER_INCH, metadata={"Software": None})
        width, height = (round(inches * DOTS_PER_INCH) for inches in figure.get_size_inches())
        return stream.getvalue(), {"width": width, "height": height}


def leave_pyplot(figure: Figure) -> bool:
    """Take a figure from pyplot, which would show it a second time; one with a window of its own stays."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    manager = figure.canvas.manager
    if pyplot is None or manager is None or manager.num not in pyplot.get_fignums():
        return True
    if type(manager) is not FigureManagerBase:  # a window, or a widget of the notebook, shows it
        return False
    pyplot.close(figure)
    return True
