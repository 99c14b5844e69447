"""On which figures the hours of some steps rest, and of what kind these are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cacorridor.routing.graph.steps import FIGURE_COLUMNS

if TYPE_CHECKING:
    from cacorridor.routing.graph.steps import StepTable

EVIDENCE_COLUMNS = {  # of the figures behind the hours: the name of the same thing in ``Component``
    name: FIGURE_COLUMNS[name]
    for name in ("factor", "value", "unit", "duty_h_per_day", "basis", "year", "source_id", "note")
}
EVIDENCE_ORDER = (
    "factor", "value", "unit", "duty_h_per_day", "multiplier", "basis", "year", "source_id", "note", "time_h",
    "share",
)  # fmt: skip
EVIDENCE = {
    "published": "sourced",
    "survey": "sourced",
    "derived": "derived",
    "state_average": "averaged",
    "assumed": "assumed",
}


def evidence_columns(table: StepTable) -> dict[str, list[Any]]:
    """List the figures that hours rest on, as columns, the largest first; of a tie the one met first."""
    # steps of each figure, known by what is told of it
    steps: dict[tuple[Any, ...], list[tuple[float, float]]] = {}
    for number, step_h in zip(table.component.tolist(), table.hours.tolist(), strict=True):
        component = table.components.rows[number]
        figure = tuple(getattr(component, name) for name in EVIDENCE_COLUMNS.values())
        steps.setdefault(figure, []).append((step_h, component.multiplier))
    # the same figure may stand behind several components: summed exactly, so that order is no matter
    totals = {figure: math.fsum(step_h for step_h, _ in stood) for figure, stood in steps.items()}
    time_h = float(table.hours.sum())
    # largest first, column by column
    columns: dict[str, list[Any]] = {name: [] for name in EVIDENCE_ORDER}
    for figure, total_h in sorted(totals.items(), key=lambda total: -total[1]):
        cells = dict(zip(EVIDENCE_COLUMNS, figure, strict=True))
        cells |= {"multiplier": _multiplier(steps[figure]), "time_h": total_h, "share": total_h / time_h}
        for name, column in columns.items():
            column.append(cells[name])
    return columns


def _multiplier(steps: list[tuple[float, float]]) -> float:
    """Tell by what the hours of a figure are multiplied: that of its kind of time, or the mean of several."""
    # steps are hours and multipliers; the mean is such that the hours follow from the figure's own
    several = {multiplier for _, multiplier in steps}
    total_h = math.fsum(step_h for step_h, _ in steps)
    if len(several) == 1 or total_h == 0:
        return steps[0][1]
    return total_h / math.fsum(step_h / multiplier for step_h, multiplier in steps)


def shares_by_evidence(table: StepTable) -> dict[str, float]:
    """Share of the hours that rests on sourced, derived, averaged and assumed figures."""
    shares, time_h = dict.fromkeys(EVIDENCE.values(), 0.0), float(table.hours.sum())
    rows = table.components.rows
    for number, hours in zip(table.component.tolist(), table.hours.tolist(), strict=True):
        shares[EVIDENCE[rows[number].basis]] += hours / time_h
    return shares
