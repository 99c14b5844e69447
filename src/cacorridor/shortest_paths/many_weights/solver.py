"""Solve all scenarios: choose an engine, and let the next one settle what one cannot tell apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, get_args

import numpy as np

from cacorridor.shortest_paths.many_weights import numpy_engine
from cacorridor.shortest_paths.many_weights.engines import Engine, fastest_engine
from cacorridor.shortest_paths.many_weights.plan import MAX_WEIGHT, NO_ROUTE, UNRESOLVED, Output, Routes
from cacorridor.shortest_paths.many_weights.solution import Solution, merge_routes

if TYPE_CHECKING:
    from cacorridor.shortest_paths.dijkstra import Path
    from cacorridor.shortest_paths.topology import Topology

Stage = Callable[[np.ndarray, Output], Routes]  # fills in an output for weights of shape (arcs, scenarios)

SEARCH_BELOW = 50  # unresolved scenarios: so few are searched faster than 64 bits are planned or compiled


def solve(
    topology: Topology, weights: np.ndarray, *, engine: Engine | None = None, expected: int = 0
) -> Solution:
    """Find the best route of each pair under each column of weights.

    Parameters
    ----------
    topology : Topology
        The arcs and pairs.
    weights : ndarray, shape (arcs, scenarios)
        Weights from 0 to ``MAX_WEIGHT``; an infinite weight is an absent arc. They may be of 32 or 64 bits.
    engine : {"numba", "numpy", "dijkstra"}, optional
        What solves them. Each gives the same solution; by default the number of scenarios decides.
    expected : int, optional
        Number of scenarios that all calls together will ask for, where they are asked in parts: whether to
        compile is decided by it.

    Returns
    -------
    Solution
        Costs, as 64-bit sums in order of travel, and routes. Of routes with equal costs, the one that
        scipy's Dijkstra finds.

    Raises
    ------
    ValueError
        If the shape of the weights does not fit, a weight is NaN, negative, or finite and above
        ``MAX_WEIGHT``, or the engine does not exist.

    Examples
    --------
    >>> import numpy as np
    >>> from cacorridor.shortest_paths import Topology
    >>> triangle = Topology(np.array([0, 1, 0]), np.array([1, 2, 2]), size=3, pairs=((0, 2),))
    >>> solution = solve(triangle, np.array([[1.0, 2.0], [1.0, 2.0], [3.0, 3.0]]))
    >>> solution.cost
    array([[2., 3.]])
    >>> solution.paths
    ((0, 1), (2,))

    """
    weights = _as_matrix(topology, weights)
    cost = np.full((len(topology.pairs), weights.shape[1]), np.inf)
    route_index = np.full(cost.shape, UNRESOLVED, dtype=np.int32)
    routes = Routes(np.zeros(0, dtype=np.int32), np.zeros(1, dtype=np.int64))
    for stage in _stages(topology, weights, engine or fastest_engine(weights.shape[1], expected)):
        unresolved = np.flatnonzero((route_index == UNRESOLVED).any(axis=0))
        if not len(unresolved):
            break

        # A slice is a view, which saves copying the weights where all scenarios are still to be solved.
        part = slice(None) if len(unresolved) == weights.shape[1] else unresolved
        output = Output(cost[:, part], route_index[:, part])
        more = stage(weights[:, part], output)
        routes, index = merge_routes(routes, more, len(topology.tail))

        # A selection of columns is a copy, so that what was filled in goes back to its place.
        cost[:, part], route_index[:, part] = output.cost, index[output.route_index]
    return Solution(cost, route_index, routes)


def _as_matrix(topology: Topology, weights: np.ndarray) -> np.ndarray:
    if weights.ndim != 2 or len(weights) != len(topology.tail):
        raise ValueError(f"weights of shape {weights.shape}; allowed: ({len(topology.tail)}, scenarios)")
    kind = np.float32 if weights.dtype == np.float32 else np.float64
    return np.asarray(weights, dtype=kind)


def _stages(topology: Topology, weights: np.ndarray, engine: Engine) -> list[Stage]:
    """List what is tried one after the other; each settles what the one before left unresolved."""
    if engine not in get_args(Engine):
        raise ValueError(f"engine {engine!r}; allowed: {', '.join(get_args(Engine))}")
    search = partial(_search, topology)
    if engine == "dijkstra" or not weights.size or not topology.pairs:
        return [search]
    order = topology.search_order(weights)
    return [_PlanStage(topology, engine, order, kind) for kind in (np.float32, np.float64)] + [search]


@dataclass(frozen=True, eq=False)
class _PlanStage:
    """Carry out the plan for many scenarios together, on distances of a kind."""

    topology: Topology
    engine: Engine
    order: np.ndarray
    kind: type[np.floating]

    def __call__(self, weights: np.ndarray, output: Output) -> Routes:
        # In 64 bits only what 32 bits left unresolved is still to be done.
        few = self.kind is np.float64 and weights.shape[1] < SEARCH_BELOW
        if self.engine == "numba" and not few:
            from cacorridor.shortest_paths.many_weights import numba_engine

            routes = numba_engine.run_compiled(self.topology.plan, self.order, weights, self.kind, output)
            if routes is not None:
                return routes
        _require_allowed(weights)
        if few:
            return _search(self.topology, weights, output)
        return numpy_engine.run_in_numpy(self.topology.plan, self.order, weights, self.kind, output)


def _search(topology: Topology, weights: np.ndarray, output: Output) -> Routes:
    """Search one scenario and pair after the other."""
    _require_allowed(weights)
    index_of: dict[Path, int] = {}
    for scenario, weight in enumerate(weights.T.astype(np.float64)):
        for pair, ends in enumerate(topology.pairs):
            cost, path = topology.search.path(weight, *ends) or (np.inf, None)
            index = NO_ROUTE if path is None else index_of.setdefault(path, len(index_of))
            output.cost[pair, scenario], output.route_index[pair, scenario] = cost, index
    bounds = np.cumsum([0, *map(len, index_of)])
    return Routes(np.array([arc for path in index_of for arc in path], dtype=np.int32), bounds)


def _require_allowed(weights: np.ndarray) -> None:
    # Three passes that need no array of their own; a minimum with a NaN among its numbers is NaN.
    too_large = np.count_nonzero(weights > MAX_WEIGHT) - np.count_nonzero(weights == np.inf)
    if weights.min(initial=0.0) >= 0 and not too_large:
        return
    allowed = (weights >= 0) & ((weights <= MAX_WEIGHT) | np.isinf(weights))
    arc, scenario = np.argwhere(~allowed)[0].tolist()
    raise ValueError(
        f"weight of arc {arc} in scenario {scenario}: {weights[arc, scenario]}; "
        f"allowed: 0 to {MAX_WEIGHT:g}, or infinity for an arc that is absent"
    )
