"""On which figures the hours of some steps rest, and of what kind these are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cacorridor.routing.graph.steps import FIGURE_COLUMNS

if TYPE_CHECKING:
    from cacorridor.routing.graph.steps import StepTable

EVIDENCE_COLUMNS = {  # of the figures behind the hours: the name of the same thing in ``Component``
    name: FIGURE_COLUMNS[name] for name in ("factor", "value", "unit", "basis", "year", "source_id", "note")
}
EVIDENCE = {
    "published": "sourced",
    "survey": "sourced",
    "derived": "derived",
    "state_average": "averaged",
    "assumed": "assumed",
}


def evidence_columns(table: StepTable) -> dict[str, list[Any]]:
    """List the figures that hours rest on, as columns, the largest first; of a tie the one met first."""
    # hours of each figure, known by what is told of it
    rows = table.components.rows
    hours: dict[tuple[Any, ...], list[float]] = {}
    for number, step_h in zip(table.component.tolist(), table.hours.tolist(), strict=True):
        figure = tuple(getattr(rows[number], name) for name in EVIDENCE_COLUMNS.values())
        hours.setdefault(figure, []).append(step_h)
    # the same figure may stand behind several components: summed exactly, so that order is no matter
    totals = {figure: math.fsum(steps_h) for figure, steps_h in hours.items()}
    time_h = float(table.hours.sum())
    # largest first, column by column
    columns: dict[str, list[Any]] = {name: [] for name in (*EVIDENCE_COLUMNS, "time_h", "share")}
    for figure, total_h in sorted(totals.items(), key=lambda total: -total[1]):
        for column, cell in zip(columns.values(), (*figure, total_h, total_h / time_h), strict=True):
            column.append(cell)
    return columns


def shares_by_evidence(table: StepTable) -> dict[str, float]:
    """Share of the hours that rests on sourced, derived, averaged and assumed figures."""
    shares, time_h = dict.fromkeys(EVIDENCE.values(), 0.0), float(table.hours.sum())
    rows = table.components.rows
    for number, hours in zip(table.component.tolist(), table.hours.tolist(), strict=True):
        shares[EVIDENCE[rows[number].basis]] += hours / time_h
    return shares
