"""By what ways may be weighed against each other: the measures, and the number of borders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np

from cacorridor.costs.measures import COST, GENERALISED, MEASURES, measures_of
from cacorridor.errors import UsageError
from cacorridor.routing.doors import choice, words
from cacorridor.routing.graph.search import usable_arcs
from cacorridor.routing.graph.steps import BORDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.costs.measures import Criterion
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.routing.graph.steps import StepTable
    from cacorridor.routing.query import Query

BORDERS = "borders"  # crossings from one state to another, counted
USUAL = ("time", "cost", "emissions", BORDERS)
ALLOWED = (*MEASURES, GENERALISED, BORDERS)
SIDES = 2  # steps at a crossing: its two sides


def objectives(arcs: Arcs, criteria: str | Sequence[str] | None) -> tuple[str, ...]:
    """Bring the criteria of a question into one form; by default the usual ones that the data can serve.

    Raises
    ------
    UsageError
        If one is unknown, named twice, or lacks figures on some link, with which.

    """
    if criteria is None:
        # what the data hold figures for
        known = {measure.name for measure in measures_of(arcs.supernetwork.steps.components)}
        return tuple(name for name in USUAL if name == BORDERS or name in known)
    names = words(criteria, "criteria")
    for name in names:
        choice(name, "criteria", ALLOWED)
    if len(set(names)) < max(len(names), 1):
        raise UsageError(f"criteria {', '.join(names) or 'none'}; allowed: each at most once, one or more")
    return names


def amounts(query: Query, name: str, table: StepTable) -> np.ndarray:
    """Compute how much each step adds by a criterion, shape (steps,)."""
    if name == BORDERS:
        return np.where(table.is_kind(BORDER), 1 / SIDES, 0.0)
    if name == GENERALISED and query.value_of_time is None:
        raise UsageError("criterion generalised needs value_of_time: dollars an hour, or a word for goods")
    return np.asarray(replace(query, criterion=cast("Criterion", name)).measure.amount(table))


def weights(arcs: Arcs, criteria: Sequence[str]) -> np.ndarray:
    """Weigh each arc by each criterion, shape (criteria, arcs).

    Raises
    ------
    UsageError
        If the data lack a price or a factor somewhere, with where.

    """
    rows = [arcs.per_arc(amounts(arcs.query, name, arcs.supernetwork.steps)) for name in criteria]
    for name, row in zip(criteria, rows, strict=True):
        if not np.isfinite(row).all():
            lacking = replace(arcs.query, criterion=cast("Criterion", name))
            usable_arcs(arcs.supernetwork, lacking)  # it names what is lacking
    return np.array(rows)


def unit_of(name: str) -> str:
    """Name the unit of a criterion."""
    if name == BORDERS:
        return BORDERS
    return COST.unit if name == GENERALISED else MEASURES[name].unit
