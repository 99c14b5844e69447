"""Lay out the network for the search in the page: arcs, steps and what they weigh, by level and month.

The page is given the arrays of the supernetwork of each service level. In a month only links with a closure
differ, and under a scenario only what it edits, so both are written as what they change.
"""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cacorridor.costs.measures import measures_of
from cacorridor.costs.strata import STRATA, normal_strata
from cacorridor.errors import UsageError
from cacorridor.network.schema import SERVICE_LEVELS
from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.routing.graph.steps import KINDS
from cacorridor.views.atlas.worlds.amounts import factor_amounts
from cacorridor.views.atlas.worlds.columns import FIGURES_OF, Columns
from cacorridor.views.atlas.worlds.months import monthly_changes
from cacorridor.views.atlas.worlds.scenarios import changes_under, describe_links_under, edited_networks
from cacorridor.views.explorer.conditions import service_years

if TYPE_CHECKING:
    from cacorridor.costs.components import Component
    from cacorridor.network.model import Network
    from cacorridor.routing.graph.steps import StepTable
    from cacorridor.routing.graph.supernetwork import Supernetwork
    from cacorridor.views.atlas.worlds.changes import Difference
    from cacorridor.views.atlas.worlds.pool import Pool
    from cacorridor.views.atlas.worlds.scenarios import Supposed

NO_YEAR = 0


class Figure(NamedTuple):
    """What a reader is told of a figure."""

    amount: float
    unit: str
    basis: str
    year: int
    source: str
    note: str


@dataclass
class Numbers:
    """Numbers of things, given in the order in which they are first met."""

    known: dict[Any, int] = field(default_factory=dict)

    def of(self, key: Any) -> int:
        """Return the number of what has a key."""
        return self.known.setdefault(key, len(self.known))


class Worlds:
    """The supernetworks of a network at all service levels and in all months, as arrays of a pool."""

    def __init__(self, network: Network, pool: Pool) -> None:
        self.network, self.pool = network, pool
        # figures and groups are shared by all levels, components are a level's own
        self.groups, self.figures = Numbers(), Numbers()
        self.places = {place: number for number, place in enumerate(network.tables["places"]["id"])}
        self.states = {state: number for number, state in enumerate([*network.state_shapes.index, "sea"])}
        self.modes = {mode: number for number, mode in enumerate(network.modes)}
        # dollars and grams only where the data know any
        self.measures = measures_of(supernetwork_of(network, SERVICE_LEVELS[0]).steps.components)
        self.columns: dict[str, Columns] = {}

    def describe(self) -> dict[str, Any]:
        """Write everything that the search reads."""
        self.columns = {level: Columns(self.measures) for level in SERVICE_LEVELS}
        levels: dict[str, dict[str, Any]] = {level: self._level(level) for level in SERVICE_LEVELS}
        # scenarios may bring figures of their own, so figures are written last
        scenarios = self._scenarios()
        for level, columns in self.columns.items():
            levels[level] |= self._components(columns.rows)
        return {
            "kinds": KINDS,
            "measures": [
                {"name": each.name, "unit": each.unit, "column": each.column} for each in self.measures
            ],
            "levels": levels,
            "scenarios": scenarios,
            "groups": self._names(list(self.groups.known)),
            "lower_normals": self.pool.add(normal_strata()[: STRATA // 2]),
            "figures": self._figures(),
        }

    # ------------------------------------------------------------ levels

    def _level(self, level: str) -> dict[str, Any]:
        """Write the supernetwork of a level, and what each month changes of it."""
        whole, columns = supernetwork_of(self.network, level), self.columns[level]
        steps = {name: self.pool.add(column) for name, column in self._topology(whole).items()}
        steps |= self._steps(whole.steps, columns)
        months = monthly_changes(self.network, whole, level, columns)
        return {**steps, "months": [self._change(change, columns) for change in months]}

    def _topology(self, whole: Supernetwork) -> dict[str, Any]:
        # states of the page are those with an outline, and the sea
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

    def _steps(self, steps: StepTable, columns: Columns) -> dict[str, Any]:
        """Write the amounts of steps, and the figures that these rest on."""
        figures = columns.number(steps)
        amounts = {
            name: self._amount(getattr(steps, name), steps.km, [figures[each] for each in FIGURES_OF[name]])
            for name in columns.amounts
        }
        return amounts | {name: self.pool.add(numbers) for name, numbers in figures.items()}

    def _amount(
        self, amounts: np.ndarray, km: np.ndarray, figures: list[np.ndarray]
    ) -> int | tuple[int, ...]:
        """Write amounts as factors and units of the last place, or as they are."""
        factored = factor_amounts(amounts, km, figures) if figures else None
        return self.pool.add(amounts) if factored is None else tuple(map(self.pool.add, factored))

    def _change(self, change: Difference, columns: Columns) -> dict[str, Any]:
        """Write what some months, or a scenario in some months, change."""
        return {
            "months": change.months,
            "arcs": self.pool.add(change.arcs),
            "absent": self.pool.add(change.absent),
            "gone": self.pool.add(change.gone),
            "rows": self.pool.add(change.rows),
            **self._steps(change.steps, columns),
        }

    # ------------------------------------------------------------ scenarios

    def _scenarios(self) -> list[dict[str, Any]]:
        """Write what each scenario of the data changes; one that adds ways is left out."""
        written = []
        for supposed in edited_networks(self.network):
            with contextlib.suppress(UsageError):
                written.append({"id": supposed.name, **supposed.words, **self._scenario(supposed)})
        return written

    def _scenario(self, supposed: Supposed) -> dict[str, Any]:
        """Write what an edited network has other than the network: places, years of links, steps."""
        edited = supposed.network
        links = describe_links_under(self.network, edited)
        levels = {
            level: [
                self._change(each, columns) for each in changes_under(self.network, supposed, level, columns)
            ]
            for level, columns in self.columns.items()
        }
        return {
            "closed_places": sorted(edited.closed_places - self.network.closed_places),
            "years": service_years(edited),
            **{name: self.pool.add(column) for name, column in links.items()},
            "levels": levels,
        }

    # ------------------------------------------------------------ components

    def _components(self, components: list[Component]) -> dict[str, Any]:
        """Write the figures behind the hours, and how they vary: groups and loadings of each, in a row."""
        # lists of unequal length in one row: where each begins stands beside them
        loadings = [row.loadings for row in components]
        # groups as they are met here: numbers that follow each other compress, those of all levels do not
        met = Numbers()
        pairs = [(met.of(group), sd) for row in loadings for group, sd in row.items()]
        return {
            "figure": self.pool.add([self.figures.of(_figure_of(row)) for row in components]),
            "groups": self.pool.add([self.groups.of(group) for group in met.known]),
            "loading_start": self.pool.add(np.cumsum([0, *map(len, loadings)])),
            "loading_group": self.pool.add(np.array([group for group, _ in pairs], dtype=int)),
            "loading_sd": self.pool.add(np.array([sd for _, sd in pairs], dtype=float)),
        }

    def _names(self, names: list[str]) -> dict[str, Any]:
        """Write names as what each has in common with the one before, and the rest of it.

        They are made of ids, which are letters of one unit in Python and in the page.
        """
        common = [_letters_in_common(*pair) for pair in itertools.pairwise(["", *names])]
        rests = [name[same:] for name, same in zip(names, common, strict=True)]
        return {"common": self.pool.add(np.array(common, dtype=int)), "rests": rests}

    def _figures(self) -> dict[str, Any]:
        """Write the figures as columns; texts are kept once."""
        # few texts are told of many figures
        figures = list(self.figures.known)
        texts = {name: Numbers() for name in ("unit", "basis", "source", "note")}
        written = {
            name: self.pool.add(np.array([numbers.of(getattr(row, name)) for row in figures], dtype=int))
            for name, numbers in texts.items()
        }
        return {
            "value": self.pool.add(np.array([row.amount for row in figures], dtype=float)),
            "year": self.pool.add(np.array([row.year for row in figures], dtype=int)),
            **written,
            "texts": {name: list(numbers.known) for name, numbers in texts.items()},
        }


def _figure_of(row: Component) -> Figure:
    return Figure(row.value, row.unit, row.basis, row.year or NO_YEAR, row.source_id, row.note)


def _letters_in_common(one: str, other: str) -> int:
    """Count the letters with which both begin."""
    alike = (first == second for first, second in zip(one, other, strict=False))
    return sum(itertools.takewhile(bool, alike))
