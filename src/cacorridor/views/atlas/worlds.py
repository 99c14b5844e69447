"""Lay out the network for the search in the page: arcs, steps and what they weigh, by level and month.

The page is given the arrays of the supernetwork of each service level. In a month only links with a closure
differ, so a month is written as what it changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cacorridor.costs.measures import measures_of
from cacorridor.costs.ranges import STRATA, normal_strata, order_key
from cacorridor.network.schema import SERVICE_LEVELS
from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.routing.graph.steps import KINDS
from cacorridor.views.atlas.months import monthly_changes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.costs.components import Component
    from cacorridor.network.model import Network
    from cacorridor.routing.graph.steps import StepTable
    from cacorridor.routing.graph.supernetwork import Supernetwork
    from cacorridor.views.atlas.arrays import Pool
    from cacorridor.views.atlas.months import Change

WORDS = 4  # of 32 bits in the key that orders the strata of a group
NO_YEAR = 0


class Figure(NamedTuple):
    """What a reader is told of a figure."""

    value: float
    unit: str
    basis: str
    year: int
    source: str
    note: str


@dataclass
class Numbers:
    """Numbers of things, given in the order in which they are first met."""

    known: dict[Any, int] = field(default_factory=dict)

    def of(self, thing: Any) -> int:
        """Return the number of a thing."""
        return self.known.setdefault(thing, len(self.known))


class Worlds:
    """The supernetworks of a network at all service levels and in all months, as arrays of a pool."""

    def __init__(self, network: Network, pool: Pool) -> None:
        self.network, self.pool = network, pool
        self.groups, self.figures = Numbers(), Numbers()
        self.places = {place: number for number, place in enumerate(network.tables["places"]["id"])}
        self.states = {state: number for number, state in enumerate([*network.state_shapes.index, "sea"])}
        self.modes = {mode: number for number, mode in enumerate(network.modes)}
        self.measures = measures_of(supernetwork_of(network, SERVICE_LEVELS[0]).steps.components)

    def describe(self) -> dict[str, Any]:
        """Write everything that the search reads."""
        levels = {level: self._level(level) for level in SERVICE_LEVELS}
        return {
            "kinds": KINDS,
            "measures": [
                {"name": each.name, "unit": each.unit, "column": each.column} for each in self.measures
            ],
            "levels": levels,
            "groups": self.pool.add(_keys(self.groups.known)),
            "lower_normals": self.pool.add(normal_strata()[: STRATA // 2]),
            "figures": self._figures(),
        }

    # ------------------------------------------------------------ levels

    def _level(self, level: str) -> dict[str, Any]:
        """Write the supernetwork of a level, and what each month changes of it."""
        whole = supernetwork_of(self.network, level)
        used, component = np.unique(whole.steps.component, return_inverse=True)
        components = [whole.steps.components.rows[number] for number in used.tolist()]
        months = [self._month(change, components) for change in monthly_changes(self.network, whole, level)]
        return {
            **{name: self.pool.add(column) for name, column in self._topology(whole).items()},
            "component": self.pool.add(component),
            "amounts": self._amounts(whole.steps),
            "months": months,
            **self._components(components),
        }

    def _topology(self, whole: Supernetwork) -> dict[str, Any]:
        steps = whole.steps
        states = np.array([self.states[state] for state in steps.names.states], dtype=int)
        return {
            "node_place": [self.places[place] for place, _ in whole.nodes],
            "node_mode": [self.modes[mode] for _, mode in whole.nodes],
            "tail": whole.tail,
            "head": whole.head,
            "steps_each": np.diff(whole.arc_start),
            "kind": steps.kind,
            "link": steps.link,
            "state": states[steps.state],
            "touching": np.flatnonzero(steps.touches),
        }

    def _amounts(self, steps: StepTable) -> dict[str, int]:
        """Write what steps amount to by each measure."""
        return {each.name: self.pool.add(each.amount(steps)) for each in self.measures}

    def _month(self, change: Change, components: list[Component]) -> dict[str, Any]:
        """Write what a month changes; figures that hold in it alone are added to the components."""
        rows = change.steps.components.rows
        numbers = {row: number for number, row in reversed(list(enumerate(components)))}
        for row in (rows[number] for number in change.steps.component.tolist()):
            if numbers.setdefault(row, len(components)) == len(components):
                components.append(row)
        return {
            "months": change.months,
            "absent": self.pool.add(change.absent),
            "gone": self.pool.add(change.gone),
            "steps": self.pool.add(change.rows),
            "component": self.pool.add([numbers[rows[number]] for number in change.steps.component.tolist()]),
            "amounts": self._amounts(change.steps),
        }

    # ------------------------------------------------------------ components

    def _components(self, components: list[Component]) -> dict[str, Any]:
        """Write the figures behind the hours, and how they vary: groups and loadings of each, in a row."""
        loadings = [row.loadings for row in components]
        pairs = [(self.groups.of(group), sd) for row in loadings for group, sd in row.items()]
        return {
            "figure": self.pool.add([self.figures.of(_figure(row)) for row in components]),
            "loading_start": self.pool.add(np.cumsum([0, *map(len, loadings)])),
            "loading_group": self.pool.add(np.array([group for group, _ in pairs], dtype=int)),
            "loading_sd": self.pool.add(np.array([sd for _, sd in pairs], dtype=float)),
        }

    def _figures(self) -> dict[str, Any]:
        """Write the figures as columns; texts are kept once."""
        figures = list(self.figures.known)
        texts = {name: Numbers() for name in ("unit", "basis", "source", "note")}
        written = {
            name: self.pool.add(np.array([numbers.of(getattr(row, name)) for row in figures], dtype=int))
            for name, numbers in texts.items()
        }
        return {
            "value": self.pool.add(np.array([row.value for row in figures], dtype=float)),
            "year": self.pool.add(np.array([row.year for row in figures], dtype=int)),
            **written,
            "texts": {name: list(numbers.known) for name, numbers in texts.items()},
        }


def _figure(row: Component) -> Figure:
    return Figure(row.value, row.unit, row.basis, row.year or NO_YEAR, row.source_id, row.note)


def _keys(groups: Iterable[str]) -> np.ndarray:
    """List the keys of groups, each as words, the lowest first."""
    keys = (order_key(group) for group in groups)
    return np.array([key >> 32 * word & 0xFFFFFFFF for key in keys for word in range(WORDS)], dtype=np.int64)
