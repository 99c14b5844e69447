"""What is lost: a route beside what is left without something, by every measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cacorridor.costs.measures import MEASURES, difference_columns, time_first, without_column
from cacorridor.costs.ranges import HIGH, LOW
from cacorridor.errors import UsageError
from cacorridor.routing.doors import weight

if TYPE_CHECKING:
    from cacorridor.costs.measures import Measure
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route


def measures_compared(query: Query) -> list[Measure]:
    """List the measures of a table: all, hours first, and that of the criterion if it is none of them."""
    measures = time_first()
    return measures if query.criterion in MEASURES else [*measures, query.measure]


def loss_columns(query: Query, what: str) -> list[str]:
    """Name the columns of ``losses``."""
    # three columns a measure: with, without, difference
    measures = measures_compared(query)
    differences = difference_columns(what, measures)
    names: list[str] = []
    for measure in measures:
        names += [measure.column, without_column(measure), differences[measure.column]]
    return names


def losses(query: Query, best: Route, left: Route | None, what: str) -> dict[str, object]:
    """Set a route beside what is left of it, infinite if nothing is: value, value without, difference."""
    amounts: list[float] = []
    for measure in measures_compared(query):
        before = float(measure.amount(best.table).sum())
        after = np.inf if left is None else float(measure.amount(left.table).sum())
        amounts += [before, after, after - before]
    names = loss_columns(query, what)
    return dict(zip(names, amounts, strict=True))


def excess_columns(query: Query, what: str) -> dict[str, tuple[str, str]]:
    """Name the columns of the range of a difference, for measures that have one, by its own column."""
    measures = measures_compared(query)
    differences = difference_columns(what, measures)
    names: dict[str, tuple[str, str]] = {}
    for measure in measures:
        if measure.ranged:
            difference = differences[measure.column]
            rest = difference.removeprefix(f"{what}_")
            names[difference] = f"{what}_low_{rest}", f"{what}_high_{rest}"
    return names


def excess_ranges(query: Query, best: Route, left: Route | None, what: str) -> dict[str, float]:
    """Compute the 10th and 90th percentile of what a detour takes beyond a route, by every ranged measure.

    Both routes are followed as they are in the same draws, as if both set out on the same day: what both rest
    on weighs on neither. Infinite if nothing is left.
    """
    measures = [measure for measure in measures_compared(query) if measure.ranged]
    ranges: dict[str, float] = {}
    for measure, names in zip(measures, excess_columns(query, what).values(), strict=True):
        bounds = [np.inf, np.inf]
        if left is not None:
            bounds = left.table.excess_quantiles(measure, (LOW, HIGH), best.table).tolist()
        ranges |= dict(zip(names, bounds, strict=True))
    return ranges


def amount_without(arcs: Arcs, removed: np.ndarray) -> float:
    """Return what the best route without some arcs is worth by the criterion; infinite if there is none."""
    best = arcs.best(arcs.query.origin, arcs.query.destination, removed)
    return np.inf if best is None else arcs.amount(best[1])


def in_unit(query: Query, name: str, amount: float | None, amount_h: float | None) -> float | None:
    """Take an amount in the unit of the criterion, or under its name in hours if that is the criterion.

    Raises
    ------
    UsageError
        If both are given, hours are no unit of the criterion, or it is no amount.

    """
    # the plain name holds in every unit; the one in hours is older, and holds in hours alone
    if amount_h is None:
        return None if amount is None else weight(amount, name)
    unit = query.measure.unit
    if unit != "h" or amount is not None:
        raise UsageError(f"{name}_h is in hours: with criterion {query.criterion} name {name}, in {unit}")
    return amount_h
