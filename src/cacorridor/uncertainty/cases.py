"""The cases of a simulation: in each scenario every pair, free to choose and on its baseline route."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cacorridor.costs.measures import TIME
from cacorridor.errors import NoRouteError
from cacorridor.network.scenarios.scenarios import BASE
from cacorridor.routing.diagnosis import describe_query, diagnose
from cacorridor.routing.graph.arcs import build_arcs, route_on
from cacorridor.routing.graph.steps import BORDER
from cacorridor.routing.query import build_open_query, build_query
from cacorridor.uncertainty.batches import build_batch
from cacorridor.uncertainty.draws import terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.routing.graph.steps import StepTable
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route
    from cacorridor.shortest_paths.dijkstra import Path
    from cacorridor.uncertainty.batches import DrawBlock, JourneyBatch

Pair = tuple[str, str]
CaseName = tuple[str, str, str]  # scenario, journey, kind
Taken = Counter["Path"]  # how often each path was taken
USAGE_COLUMNS = ["scenario", "journey", "kind", "what", "used_share", "usual"]


@dataclass(frozen=True, eq=False)
class ScenarioCases:
    """The pairs in one scenario: the arcs of its network, and the path that is best on average, if any."""

    scenario: str
    network: Network
    arcs: Arcs | None
    pairs: tuple[Pair, ...]
    baseline: dict[Pair, Path]
    measure: Measure  # what is drawn, and by what routes are chosen

    @classmethod
    def build(
        cls, scenario: str, network: Network, journeys: Sequence[Pair], conditions: ConditionOptions
    ) -> ScenarioCases:
        """Lay out the arcs for all pairs, and find each one's best path on average.

        Raises
        ------
        NoRouteError
            If a pair has no route in the network as it is.

        """
        measure = criterion_of(network, conditions)
        ends = ((network.find_place(start), network.find_place(end)) for start, end in journeys)
        pairs = tuple(dict.fromkeys(ends))
        queries = _queries(scenario, network, pairs, conditions)
        if not queries:
            return cls(scenario, network, None, pairs, {}, measure)
        arcs = build_arcs(network, queries[0], pairs)
        # one search a pair; a scenario may leave a pair without a route, the network itself may not
        baseline: dict[Pair, Path] = {}
        for query in queries:
            best = arcs.best(query.origin, query.destination)
            if best is not None:
                baseline[query.origin, query.destination] = best[1]
            elif scenario == BASE:
                raise NoRouteError(describe_query(network, query), diagnose(network, query))
        return cls(scenario, network, arcs, pairs, baseline, measure)

    def batch(self, routes: Sequence[Route], seed: int) -> JourneyBatch:
        """Lay out the pairs, and routes beside them, to be evaluated draw by draw."""
        baseline = {pair: self.baseline.get(pair) for pair in self.pairs}
        return build_batch(self.arcs, baseline, routes, seed, self.measure)

    def names(self) -> list[CaseName]:
        """Name the cases: scenario, journey, kind."""
        names = []
        for origin, destination in self.pairs:
            journey = f"{self.network.place_name(origin)} - {self.network.place_name(destination)}"
            names += [(self.scenario, journey, "adaptive"), (self.scenario, journey, "fixed")]
        return names

    def spreads(self, taken: Sequence[Taken]) -> list[dict[str, float]]:
        """List for each case what makes its hours vary, with the largest spread of each."""
        # the two cases of a pair: all paths it took, and the one it keeps to
        spreads = []
        for pair, paths in zip(self.pairs, taken, strict=True):
            fixed = [self.baseline[pair]] if pair in self.baseline else []
            spreads += [self._spread(paths), self._spread(fixed)]
        return spreads

    def _spread(self, paths: Iterable[Path]) -> dict[str, float]:
        # steps that several paths share count once more each, which changes no largest spread
        steps = [] if self.arcs is None else [self.arcs.steps(path) for path in paths]
        if self.arcs is None or not steps:
            return {}
        used = self.arcs.supernetwork.steps.take(np.concatenate(steps))
        return largest_spreads(used, self.measure)

    def usage(self, taken: Sequence[Taken]) -> pd.DataFrame:
        """Compute in which share of the draws each pair used each state and crossing."""
        rows: list[tuple[object, ...]] = []
        for pair, paths in zip(self.pairs, taken, strict=True):
            rows += self._usage(pair, paths)
        return pd.DataFrame(rows, columns=USAGE_COLUMNS)

    def _usage(self, pair: Pair, taken: Taken) -> list[tuple[object, ...]]:
        if self.arcs is None or not taken:
            return []
        # how often each state and crossing was used
        counts: Counter[tuple[str, str]] = Counter()
        for path, count in taken.items():
            used = _places_used(self.arcs, path)
            counts.update(dict.fromkeys(used, count))
        # what the route best on average uses
        query = replace(self.arcs.query, origin=pair[0], destination=pair[1])
        fixed = route_on(self.network, replace(self.arcs, query=query), self.baseline[pair])
        usual = {*fixed.states, *fixed.touches, *fixed.crossings}
        ordered = sorted(counts.items(), key=lambda used: (used[0][0], -used[1], used[0]))
        return [
            (self.scenario, fixed.name, kind, what, count / taken.total(), what in usual)
            for (kind, what), count in ordered
        ]


def _queries(
    scenario: str, network: Network, pairs: Sequence[Pair], conditions: ConditionOptions
) -> list[Query]:
    """Build the queries of the pairs whose ends a scenario leaves open."""
    open_pairs = [pair for pair in pairs if scenario == BASE or network.closed_places.isdisjoint(pair)]
    return [build_query(network, *pair, **conditions) for pair in open_pairs]


def criterion_of(network: Network, conditions: ConditionOptions) -> Measure:
    """Return the measure by which the conditions of a question call a route the best."""
    return build_open_query(network, "", "", **conditions).measure


def _places_used(arcs: Arcs, path: Path) -> set[tuple[str, str]]:
    """List the states and the crossings of a path."""
    steps = arcs.supernetwork.steps.take(arcs.steps(path))
    borders = steps.link[steps.is_kind(BORDER)].tolist()
    states = {("state", state) for state in arcs.states_in(arcs.path_mask(path))}
    return states | {("crossing", steps.names.links[link]) for link in borders}


def paths_taken(blocks: Sequence[DrawBlock]) -> list[Taken]:
    """Add up how often each pair took which path."""
    counts = zip(*(block.counts for block in blocks), strict=True)
    return [sum(map(Counter, of_pair), Counter()) for of_pair in counts]


def largest_spreads(table: StepTable, measure: Measure = TIME) -> dict[str, float]:
    """List the groups that the figures of some steps vary with, with the largest spread of each."""
    # a step of no hours or dollars varies nothing, whatever its figure
    largest: dict[str, float] = {}
    for term in terms_of(measure, table):
        figures = np.column_stack(term.figures)[term.amount > 0]
        for numbers in np.unique(figures, axis=0).tolist():
            for group, sigma in table.components.loadings_of(numbers).items():
                largest[group] = max(sigma, largest.get(group, 0.0))
    return largest


def told_apart(names: Sequence[CaseName]) -> list[CaseName]:
    """Give cases of one name numbers: a route beside its own pair, or two routes between the same ends."""
    met: Counter[CaseName] = Counter()
    apart = []
    for scenario, journey, kind in names:
        met[scenario, journey, kind] += 1
        number = met[scenario, journey, kind]
        apart.append((scenario, journey if number == 1 else f"{journey} ({number})", kind))
    return apart
