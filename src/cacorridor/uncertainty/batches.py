"""Journeys laid out to be evaluated draw by draw: arrays alone, so that any executor can do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cacorridor.costs.measures import TIME
from cacorridor.shortest_paths import Topology, solve
from cacorridor.uncertainty.draws import HourDraws

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cacorridor.costs.measures import Measure
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.routing.routes import Route
    from cacorridor.shortest_paths.dijkstra import Path

Ends = tuple[str, str]


class DrawBlock(NamedTuple):
    """What some draws gave: hours, or what else is drawn, of shape (cases, draws); how often which path."""

    amounts: np.ndarray
    counts: list[dict[Path, int]]


@dataclass(frozen=True, eq=False)
class JourneyBatch:
    """Pairs that choose their route in each draw, their baseline paths, and routes followed as they are.

    The rows of ``draws`` are the hours of the arcs, then those of the routes. A pair has two cases, adaptive
    and fixed; its baseline path is None if it has no route at all. ``expected`` is the number of draws that
    all parts and batches of a simulation have together.
    """

    draws: HourDraws
    topology: Topology
    baseline: tuple[Path | None, ...]
    expected: int = 0

    def evaluate(self, start: int, stop: int) -> DrawBlock:
        """Evaluate all journeys in the draws from start to stop."""
        # one row an arc, then one a route that is followed
        hours = self.draws.hours(start, stop)
        arcs, pairs = len(self.topology.tail), len(self.baseline)
        solution = solve(self.topology, hours[:arcs], expected=self.expected)
        is_open = [path is not None for path in self.baseline]

        # two cases a pair, adaptive and fixed, then the routes; without a route infinite
        amounts = np.full((2 * pairs + len(hours) - arcs, stop - start), np.inf)
        of_pairs = amounts[: 2 * pairs].reshape(-1, 2, stop - start)
        of_pairs[is_open, 0] = solution.cost
        for pair, path in enumerate(self.baseline):
            if path is not None:
                of_pairs[pair, 1] = _sum_along(path, hours)
        amounts[2 * pairs :] = hours[arcs:]

        # the solution knows open pairs only
        counts = iter(solution.counts())
        return DrawBlock(amounts, [next(counts) if has_path else {} for has_path in is_open])


def _sum_along(path: Path, hours: np.ndarray) -> np.ndarray:
    """Sum the hours of a path in order of travel, as the search does, so that equal routes are equal."""
    return np.asarray(np.add.accumulate(hours[list(path)], axis=0, dtype=np.float64)[-1])


def build_batch(
    arcs: Arcs | None,
    baseline: Mapping[Ends, Path | None],
    routes: Sequence[Route],
    seed: int,
    measure: Measure = TIME,
) -> JourneyBatch:
    """Lay out pairs, with their baseline paths, on the arcs of a network, and routes beside them."""
    count = 0 if arcs is None else len(arcs.arc)
    # sums to draw: one an arc, one a route
    tables = [] if arcs is None else [(arcs.supernetwork.steps, _arc_of_step(arcs))]
    tables += [
        (route.table, np.full(len(route.table), count + position)) for position, route in enumerate(routes)
    ]
    draws = HourDraws.of(tables, count + len(routes), seed, measure)
    topology = _topology(arcs, baseline)
    return JourneyBatch(draws, topology, tuple(baseline.values()))


def _arc_of_step(arcs: Arcs) -> np.ndarray:
    """Find the arc that each step of the supernetwork belongs to; -1 where the query leaves none."""
    sn = arcs.supernetwork
    number = np.full(len(sn.tail), -1)
    kept = np.flatnonzero(arcs.arc >= 0)
    number[arcs.arc[kept]] = kept
    return np.repeat(number, np.diff(sn.arc_start))


def _topology(arcs: Arcs | None, baseline: Mapping[Ends, Path | None]) -> Topology:
    # a batch of routes alone chooses nothing
    if arcs is None:
        empty = np.zeros(0, dtype=np.int32)
        return Topology(empty, empty, 0, ())
    is_open = [ends for ends, path in baseline.items() if path is not None]
    numbers = tuple((arcs.start[start], arcs.end[end]) for start, end in is_open)
    return Topology(arcs.tail, arcs.head, arcs.size, numbers)
