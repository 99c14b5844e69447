"""One topology, many weight vectors, few pairs: the best route of each pair under each vector.

The answers are those of Dijkstra's algorithm, bit for bit, however many scenarios are solved at once.
``elimination`` lays the computation (``plan``) out once; ``numba_engine`` (numba) or ``numpy_engine`` (numpy) runs it
for many scenarios together and says in which it cannot tell two routes apart; those, and small questions, go
to ``dijkstra`` (scipy).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, cast

import numpy as np

from cacorridor.errors import UsageError
from cacorridor.shortest_paths import elimination, numpy_engine
from cacorridor.shortest_paths.dijkstra import Path, Search
from cacorridor.shortest_paths.plan import DOUBTFUL, MOST, NOWHERE, Routes

if TYPE_CHECKING:
    from collections.abc import Callable

    from cacorridor.shortest_paths.plan import Program

    Stage = Callable[["Topology", np.ndarray, np.ndarray, np.ndarray], Routes]

Engine = Literal["numba", "numpy", "dijkstra"]

MANY, VERY_MANY = 1_000, 16_384  # scenarios from which laying out pays, and loading (or compiling) code
LOADED = 64  # the same where the code is loaded already
FEW = 50  # doubtful scenarios below which a search of each is quicker than 64-bit arrays
FIRST = 15  # scenarios that stand for all where the order of a search is chosen


@dataclass(frozen=True, eq=False)
class Topology:
    """Arcs from ``tail`` to ``head``, shape (arcs,), between nodes below ``size``; pairs of nodes to join."""

    tail: np.ndarray
    head: np.ndarray
    size: int
    pairs: tuple[tuple[int, int], ...]

    @cached_property
    def program(self) -> Program:
        """The computation for many scenarios."""
        return _laid_out(_bytes(self.tail), _bytes(self.head), self.pairs, self.size)

    @cached_property
    def search(self) -> Search:
        """The search for one scenario."""
        return Search(self.tail, self.head, self.size)

    def order(self, weights: np.ndarray) -> np.ndarray:
        """Sort the core by distance from each origin under median weights, shape (origins, core).

        Labels that are corrected in about this order are seldom corrected twice; answers do not depend on it.
        """
        program = self.program
        distance = np.zeros((len(program.origins), len(program.core)))
        if distance.size:
            with np.errstate(invalid="ignore"):  # what is not allowed is refused later
                usual = np.abs(np.median(weights[:, :FIRST], axis=1))
            for row, origin in zip(distance, program.origins.tolist(), strict=True):
                row[:] = self.search.distances(usual, origin, backwards=False)[program.core]
        return distance.argsort(axis=1, kind="stable").astype(np.int32)


@lru_cache(maxsize=8)
def _laid_out(tail: bytes, head: bytes, pairs: tuple[tuple[int, int], ...], size: int) -> Program:
    """Lay a topology out once, whoever asks: other weights on the same arcs are another ``Topology``."""
    ends = np.frombuffer(tail, dtype=np.int32), np.frombuffer(head, dtype=np.int32)
    return elimination.lay_out(*ends, pairs, size)


def _bytes(nodes: np.ndarray) -> bytes:
    return nodes.astype(np.int32).tobytes()


@dataclass(frozen=True, eq=False)
class Answers:
    """The best routes: cost and number of the route, both of shape (pairs, scenarios).

    The cost is infinite and the number -1 where there is none. ``routes`` holds the routes by number.
    """

    cost: np.ndarray
    number: np.ndarray
    routes: Routes

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """The routes by number, as arcs in order of travel."""
        bounds = self.routes.bounds.tolist()
        return tuple(tuple(self.routes.arcs[start:stop].tolist()) for start, stop in pairwise(bounds))

    def masks(self, mask: np.ndarray) -> np.ndarray:
        """Combine the bits of each route's arcs, shape (pairs, scenarios); none where there is no route."""
        route = np.repeat(np.arange(len(self.routes.bounds) - 1), np.diff(self.routes.bounds))
        combined = np.zeros(len(self.routes.bounds), dtype=np.uint64)  # number -1 is the last
        np.bitwise_or.at(combined, route, mask[self.routes.arcs])
        return np.asarray(combined[self.number])

    def usage(self) -> np.ndarray:
        """Count the scenarios that take each route, shape (pairs, routes)."""
        routes = len(self.routes.bounds) - 1
        counted = [np.bincount(row[row != NOWHERE], minlength=routes) for row in self.number]
        return np.array(counted, dtype=np.int64).reshape(len(self.number), routes)

    def counts(self) -> list[dict[Path, int]]:
        """Count for each pair the scenarios that take each of its routes."""
        return [{self.paths[route]: int(row[route]) for route in np.flatnonzero(row)} for row in self.usage()]


def solve(topology: Topology, weights: np.ndarray, *, engine: Engine | None = None) -> Answers:
    """Find the best route of each pair under each column of ``weights``, shape (arcs, scenarios).

    An infinite weight is an absent arc. Costs are 64-bit sums in order of travel, whether weights are 32-bit
    or 64-bit. Every engine gives the same answers; the choice falls by the number of scenarios.

    Raises
    ------
    UsageError
        If the shape does not fit, or a weight is NaN, negative, or finite and above 1e30.

    """
    weights = _as_matrix(topology, weights)
    cost = np.full((len(topology.pairs), weights.shape[1]), np.inf)
    number = np.full(cost.shape, DOUBTFUL, dtype=np.int32)
    routes = Routes(np.zeros(0, dtype=np.int32), np.zeros(1, dtype=np.int64))
    for stage in _stages(topology, weights, engine or _fitting(weights.shape[1])):
        doubtful = np.flatnonzero((number == DOUBTFUL).any(axis=0))
        if not len(doubtful):
            break
        part = slice(None) if len(doubtful) == weights.shape[1] else doubtful
        found = cost[:, part], number[:, part]
        routes, numbers = _merged(topology, routes, stage(topology, weights[:, part], *found))
        cost[:, part], number[:, part] = found[0], numbers[found[1]]
    return Answers(cost, number, routes)


def _as_matrix(topology: Topology, weights: np.ndarray) -> np.ndarray:
    if weights.ndim != 2 or len(weights) != len(topology.tail):
        raise UsageError(f"weights of shape {weights.shape}; allowed: ({len(topology.tail)}, scenarios)")
    kind = np.float32 if weights.dtype == np.float32 else np.float64
    return np.asarray(weights, dtype=kind)


def _fitting(scenarios: int) -> Engine:
    """Choose the quickest engine: laying out must pay, and loading compiled code, once in a process."""
    loaded = f"{__name__}.blocks" in sys.modules
    if scenarios >= (LOADED if loaded else VERY_MANY) and find_spec("numba"):
        return "numba"
    return "numpy" if scenarios >= MANY else "dijkstra"


def _stages(topology: Topology, weights: np.ndarray, engine: Engine) -> list[Stage]:
    """List what is tried one after the other; each settles what the one before left in doubt."""
    if engine == "dijkstra" or not weights.size:
        return [_by_search]
    together = partial(_together, engine, topology.order(weights))
    return [partial(together, np.float32), partial(together, np.float64), _by_search]


def _together(  # noqa: PLR0913, PLR0917  # a stage beside what it is run with
    engine: Engine,
    order: np.ndarray,
    kind: type[np.floating],
    topology: Topology,
    weights: np.ndarray,
    cost: np.ndarray,
    number: np.ndarray,
) -> Routes:
    """Run many scenarios through the program, on values of a kind."""
    if engine == "numba":
        from cacorridor.shortest_paths import numba_engine

        routes = numba_engine.run(topology.program, order, weights, kind, cost, number)
        if routes is None:
            _require_allowed(weights)
        return cast("Routes", routes)
    _require_allowed(weights)
    if kind is np.float64 and weights.shape[1] < FEW:
        return _by_search(topology, weights, cost, number)
    return numpy_engine.run(topology.program, order, weights, kind, cost, number)


def _by_search(topology: Topology, weights: np.ndarray, cost: np.ndarray, number: np.ndarray) -> Routes:
    _require_allowed(weights)
    known: dict[Path, int] = {}
    for scenario, weight in enumerate(weights.T.astype(np.float64)):
        for pair, ends in enumerate(topology.pairs):
            answer = topology.search.path(weight, *ends)
            cost[pair, scenario], path = answer or (np.inf, ())
            number[pair, scenario] = known.setdefault(path, len(known)) if answer else NOWHERE
    bounds = np.cumsum([0, *map(len, known)])
    return Routes(np.array([arc for path in known for arc in path], dtype=np.int32), bounds)


def _require_allowed(weights: np.ndarray) -> None:
    too_large = np.count_nonzero(weights > MOST) - np.count_nonzero(weights == np.inf)
    if not weights.min(initial=0.0) >= 0 or too_large:  # no weight is NaN, or the least is NaN
        allowed = (weights >= 0) & ((weights <= MOST) | np.isinf(weights))
        arc, scenario = np.argwhere(~allowed)[0].tolist()
        raise UsageError(
            f"weight of arc {arc} in scenario {scenario}: {weights[arc, scenario]}; "
            f"allowed: 0 to {MOST:g}, or infinity for an arc that is absent"
        )


def _merged(topology: Topology, routes: Routes, more: Routes) -> tuple[Routes, np.ndarray]:
    """Put routes together; return also the numbers that the second ones get, with -1 and -2 for none."""
    if not len(routes.bounds) > 1:
        return more, np.array([*range(len(more.bounds) - 1), DOUBTFUL, NOWHERE])
    known, sought = (_keys(topology.program.marks, each) for each in (routes, more))
    order = np.argsort(known)
    number = order[np.searchsorted(known, sought, sorter=order).clip(max=len(known) - 1)]
    is_new = known[number] != sought
    number[is_new] = len(known) + np.arange(np.count_nonzero(is_new))
    length = np.diff(more.bounds)
    arcs = np.concatenate([routes.arcs, more.arcs[np.repeat(is_new, length)]])
    bounds = np.concatenate([routes.bounds, len(routes.arcs) + np.cumsum(length[is_new])])
    return Routes(arcs, bounds), np.append(number, [DOUBTFUL, NOWHERE])


def _keys(marks: np.ndarray, routes: Routes) -> np.ndarray:
    """Sum the marks of each route's arcs."""
    sums = np.concatenate([[0], np.cumsum(marks[routes.arcs])])
    return np.asarray(sums[routes.bounds[1:]] - sums[routes.bounds[:-1]])
