"""The best routes of all pairs and scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.shortest_paths.many_weights.plan import NO_ROUTE, UNRESOLVED, Routes, arc_hashes

if TYPE_CHECKING:
    from cacorridor.shortest_paths.dijkstra import Path


@dataclass(frozen=True, eq=False)
class Solution:
    """The best route of each pair in each scenario.

    Parameters
    ----------
    cost : ndarray of float64, shape (pairs, scenarios)
        Sum of the weights in order of travel; infinite where there is no route.
    route_index : ndarray of int32, shape (pairs, scenarios)
        Which of ``routes`` it is; ``NO_ROUTE`` (-1) where there is none.
    routes : Routes
        The different routes, each once, of all pairs together.

    """

    cost: np.ndarray
    route_index: np.ndarray
    routes: Routes

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """The routes by index, each as a tuple of arcs in order of travel."""
        bounds = self.routes.bounds.tolist()
        return tuple(tuple(self.routes.arcs[start:stop].tolist()) for start, stop in pairwise(bounds))

    def masks(self, mask: np.ndarray) -> np.ndarray:
        """Combine the bits of each route's arcs.

        Parameters
        ----------
        mask : ndarray of uint64, shape (arcs,)
            Bits of each arc.

        Returns
        -------
        ndarray of uint64, shape (pairs, scenarios)
            The bits that any arc of the route has; 0 where there is no route.

        """
        bounds = self.routes.bounds
        route = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        combined = np.zeros(len(bounds), dtype=np.uint64)  # the last stands for NO_ROUTE
        np.bitwise_or.at(combined, route, mask[self.routes.arcs])
        return np.asarray(combined[self.route_index])

    def usage(self) -> np.ndarray:
        """Count the scenarios in which each pair takes each route.

        Returns
        -------
        ndarray of int64, shape (pairs, routes)
            Number of scenarios.

        """
        routes = len(self.routes.bounds) - 1
        counted = [np.bincount(row[row != NO_ROUTE], minlength=routes) for row in self.route_index]
        return np.array(counted, dtype=np.int64).reshape(len(self.route_index), routes)

    def counts(self) -> list[dict[Path, int]]:
        """Count for each pair the scenarios that take each of its routes.

        Returns
        -------
        list of dict
            For each pair the number of scenarios by path, without paths that it never takes.

        """
        counts = []
        for row in self.usage():
            taken = np.flatnonzero(row).tolist()
            counts.append({self.paths[route]: int(row[route]) for route in taken})
        return counts


def merge_routes(routes: Routes, more: Routes, arc_count: int) -> tuple[Routes, np.ndarray]:
    """Add routes that are not there yet.

    Parameters
    ----------
    routes, more : Routes
        Routes that are there, and those to add.
    arc_count : int
        Number of the topology's arcs.

    Returns
    -------
    routes : Routes
        All of them; those that were there keep their index.
    index : ndarray of int
        The index that each route of ``more`` has got. The two last entries are ``UNRESOLVED`` and
        ``NO_ROUTE``, so that these, being -2 and -1, stay what they are.

    """
    if not len(routes.bounds) > 1:
        return more, np.array([*range(len(more.bounds) - 1), UNRESOLVED, NO_ROUTE])

    # Routes are the same if their hashes are: sorted once, each new one is sought in O(log n).
    known, sought = (_hashes(arc_hashes(arc_count), each) for each in (routes, more))
    order = np.argsort(known)
    index = order[np.searchsorted(known, sought, sorter=order).clip(max=len(known) - 1)]
    is_new = known[index] != sought
    index[is_new] = len(known) + np.arange(np.count_nonzero(is_new))

    length = np.diff(more.bounds)
    arcs = np.concatenate([routes.arcs, more.arcs[np.repeat(is_new, length)]])
    bounds = np.concatenate([routes.bounds, len(routes.arcs) + np.cumsum(length[is_new])])
    return Routes(arcs, bounds), np.append(index, [UNRESOLVED, NO_ROUTE])


def _hashes(arc_hash: np.ndarray, routes: Routes) -> np.ndarray:
    """Sum the hashes of each route's arcs."""
    sums = np.concatenate([[0], np.cumsum(arc_hash[routes.arcs])])
    return np.asarray(sums[routes.bounds[1:]] - sums[routes.bounds[:-1]])
