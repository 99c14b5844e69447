"""What the page is given of each step: amounts, and the numbers of the figures that these rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cacorridor.costs.components import NO_FIGURE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.costs.components import Component, Components
    from cacorridor.costs.measures import Measure
    from cacorridor.routing.graph.steps import StepTable

# columns of a table of steps by the measure that needs them; the page sums them as ``costs.measures`` does
AMOUNTS = {"length": ("km",), "time": ("hours",), "cost": ("usd", "usd_per_h"), "emissions": ("grams",)}
FIGURES_OF = {  # an amount: columns of the figures whose product it is
    "km": (),
    "hours": ("component",),
    "usd": ("price",),
    "usd_per_h": ("hour_price",),
    "grams": ("energy", "carbon"),
}


class Columns:
    """The columns that some measures need, and the figures that steps at a service level rest on."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        names = [measure.name for measure in measures]
        self.amounts = [column for name in names for column in AMOUNTS[name]]
        self.figures = [column for amount in self.amounts for column in FIGURES_OF[amount]]
        self.rows: list[Component] = []
        self._numbers: dict[Component, int] = {}
        self._met: dict[Component, int] = {}  # figures of all networks that were compared
        self._ids: dict[int, tuple[Components, np.ndarray]] = {}

    def number(self, steps: StepTable) -> dict[str, np.ndarray]:
        """Give the figures of some steps their numbers, by column; one that is new gets the next number."""
        # only figures of these steps: the page is given no other
        rows = steps.components.rows
        numbers = {name: self._of(getattr(steps, name), rows) for name in self.figures}
        return {name: np.array(column, dtype=int) for name, column in numbers.items()}

    def _of(self, numbers: np.ndarray, rows: tuple[Component, ...]) -> list[int]:
        """Turn numbers of the components of a network into those of the page."""
        distinct = {
            number: NO_FIGURE if number == NO_FIGURE else self._number(rows[number])
            for number in dict.fromkeys(numbers.tolist())
        }
        return [distinct[number] for number in numbers.tolist()]

    def _number(self, row: Component) -> int:
        number = self._numbers.setdefault(row, len(self.rows))
        if number == len(self.rows):
            self.rows.append(row)
        return number

    def differ(self, steps: StepTable, others: StepTable) -> np.ndarray:
        """Mark the steps that are not the same in two tables of the same length: an amount or a figure."""
        apart = [
            ~_same(getattr(steps, name).astype(float), getattr(others, name).astype(float))
            for name in self.amounts
        ]
        # figures by what they are: two networks number them differently
        first, second = self._ids_of(steps.components), self._ids_of(others.components)
        apart += [first[getattr(steps, name)] != second[getattr(others, name)] for name in self.figures]
        return np.asarray(np.any(apart, axis=0))

    def _ids_of(self, components: Components) -> np.ndarray:
        """Give all figures of a network numbers that are the same in every network; no figure is last."""
        # kept beside the figures, which must live as long as their address is their key
        if id(components) not in self._ids:
            numbers = [self._met.setdefault(row, len(self._met)) for row in components.rows]
            self._ids[id(components)] = components, np.array([*numbers, NO_FIGURE])
        return self._ids[id(components)][1]


def _same(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Compare numbers; what is not known is as unknown in both."""
    return np.asarray((one == other) | (np.isnan(one) & np.isnan(other)))
