"""Draw a Pareto front: what each way costs by two of its criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.costs.measures import COST, GENERALISED, MEASURES
from cacorridor.errors import UsageError
from cacorridor.views.charts.style import COLOURS, WIDTH, axes_of, styled
from cacorridor.views.choices import describe_best

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cacorridor.routing.choice.pareto import ParetoFront

HEIGHT = 4.2  # inches


@styled
def plot_pareto(front: ParetoFront, *, x: str = "time", y: str = "cost", ax: Axes | None = None) -> Axes:
    """Draw the ways of a front as dots, filled if no other is better by the two criteria shown.

    Parameters
    ----------
    front
        From ``pareto``; thin it first where it is long.
    x, y
        Two of its criteria.
    ax
        Axes to draw into; a figure of its size is made by default.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn into.

    Raises
    ------
    UsageError
        If the front does not weigh a criterion.

    Examples
    --------
    >>> front = cc.pareto(net, "Kashgar", "Osh", criteria=["time", "cost"])
    >>> cc.plot_pareto(front).get_ylabel()
    'Cost, USD'

    """
    from cacorridor.shortest_paths import undominated

    for name in (x, y):
        if name not in front.criteria:
            raise UsageError(f"criterion {name!r}; allowed: {', '.join(front.criteria)}")
    # filled by the two criteria shown: a way may be in the front for a third one alone
    shown = front.amounts[:, [front.criteria.index(x), front.criteria.index(y)]]
    axes = axes_of(ax, WIDTH, HEIGHT)
    for amounts, is_best in zip(shown.tolist(), undominated(shown).tolist(), strict=True):
        face = COLOURS[0] if is_best else "white"
        axes.plot(*amounts, "o", color=COLOURS[0], markerfacecolor=face, markersize=7)

    # only ways that are best at something are named: a front is too dense for more.
    for amounts, names in zip(shown.tolist(), front.best_at, strict=True):
        if names:
            axes.annotate(
                describe_best(names),
                amounts,
                (6, 6),
                textcoords="offset points",
                fontsize=9,
                annotation_clip=False,
            )
    axes.set(xlabel=_axis_label(x), ylabel=_axis_label(y))
    axes.set_ylim(bottom=0)
    return axes


def _axis_label(name: str) -> str:
    """Name an axis: the criterion and its unit."""
    if name == GENERALISED:
        return f"Generalised cost, {COST.unit.upper()}"
    if name not in MEASURES:
        return name.capitalize()
    measure = MEASURES[name]
    return f"{measure.label}, {measure.unit.upper() if measure.unit == COST.unit else measure.unit}"
