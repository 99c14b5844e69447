"""Journeys laid out to be followed through drawn worlds: arrays alone, so that any worker can do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cacorridor.routing.supernetwork import DESTINATION, ORIGIN
from cacorridor.shortest_paths import Topology, solve
from cacorridor.uncertainty.draws import Uncertain, Worlds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cacorridor.routing.arcs import Arcs
    from cacorridor.routing.routes import Route
    from cacorridor.shortest_paths.dijkstra import Path

Ends = tuple[str, str]


class Part(NamedTuple):
    """What some draws gave: hours of shape (cases, draws), and how often each pair took which path."""

    times_h: np.ndarray
    counts: list[dict[Path, int]]


@dataclass(frozen=True, eq=False)
class Followed:
    """Pairs that choose their route in each world, their usual paths, and routes followed as they are.

    The rows of ``worlds`` are the hours of the arcs, then those of the routes. A pair has two cases,
    adaptive and fixed; its usual path is None if it has no route at all.
    """

    worlds: Worlds
    topology: Topology
    usual: tuple[Path | None, ...]

    def part(self, start: int, stop: int) -> Part:
        """Follow all through the draws from start to stop."""
        hours = self.worlds.hours(start, stop)
        arcs = len(self.topology.tail)
        answers = solve(self.topology, hours[:arcs])
        open_pairs = [path is not None for path in self.usual]
        times_h = np.full((2 * len(self.usual) + len(hours) - arcs, stop - start), np.inf)
        pairs = times_h[: 2 * len(self.usual)].reshape(-1, 2, stop - start)
        pairs[open_pairs, 0] = answers.cost
        for pair, path in enumerate(self.usual):
            if (
                path is not None
            ):  # summed in order of travel as the kernel does, so that equal routes are equal
                pairs[pair, 1] = np.add.accumulate(hours[list(path)], axis=0, dtype=np.float64)[-1]
        times_h[2 * len(self.usual) :] = hours[arcs:]
        counts = iter(answers.counts())
        return Part(times_h, [next(counts) if there else {} for there in open_pairs])


def lay_out(
    arcs: Arcs | None, usual: Mapping[Ends, Path | None], routes: Sequence[Route], seed: int
) -> Followed:
    """Lay out pairs, with their usual paths, on the arcs of a network, and routes beside them."""
    if arcs is None:
        empty = np.zeros(0, dtype=np.int32)
        topology = Topology(empty, empty, 0, ())
    else:
        there = [ends for ends, path in usual.items() if path is not None]
        numbers = tuple((arcs.number[start, ORIGIN], arcs.number[end, DESTINATION]) for start, end in there)
        topology = Topology(arcs.tail, arcs.head, len(arcs.number), numbers)
    sums = [*(_of_arcs(arcs) if arcs is not None else ()), *map(_of_route, routes)]
    return Followed(Worlds.of(sums, seed), topology, tuple(usual.values()))


def _of_arcs(arcs: Arcs) -> list[list[Uncertain]]:
    durations = [[step.duration for step in chain.steps] for chain in arcs.chains]
    return [
        [Uncertain(took.mean_h, took.low_h, took.high_h, took.group) for took in arc] for arc in durations
    ]


def _of_route(route: Route) -> list[Uncertain]:
    """List the uncertain hours of a route."""
    legs = route.legs[["time_h", "time_low_h", "time_high_h", "group"]]
    return [Uncertain(*row) for row in legs.itertuples(index=False)]
