"""Dijkstra's algorithm by scipy on one topology, one weight vector at a time: the reference of the kernel."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Path = tuple[int, ...]  # arcs in order of travel


class Search:
    """Shortest paths on one topology, with weights that change from call to call.

    A sparse matrix has one entry for a pair of nodes, so parallel arcs compete first: arcs are sorted by
    their two ends, and the least weight of each run of equals counts. Infinite weight is absence.
    """

    def __init__(self, tail: np.ndarray, head: np.ndarray, size: int) -> None:
        from scipy.sparse import csr_array

        self.order = np.lexsort((head, tail))
        sorted_tail, sorted_head = tail[self.order], head[self.order]
        changes = (np.diff(sorted_tail, prepend=-1) != 0) | (np.diff(sorted_head, prepend=-1) != 0)
        self.starts = np.flatnonzero(changes)
        columns = sorted_head[self.starts].astype(np.int32)
        bounds = np.searchsorted(sorted_tail[self.starts], np.arange(size + 1)).astype(np.int32)
        self._pattern = csr_array((np.zeros(len(columns)), columns, bounds), shape=(size, size))
        pairs = zip(sorted_tail[self.starts].tolist(), columns.tolist(), strict=True)
        runs = np.split(self.order, self.starts[1:]) if len(self.order) else []
        self.parallel = {pair: run.tolist() for pair, run in zip(pairs, runs, strict=True)}

    def path(self, weight: np.ndarray, origin: int, destination: int) -> tuple[float, Path] | None:
        """Find the best path between two nodes, as its value and its arcs, or None."""
        from scipy.sparse.csgraph import dijkstra

        cost, before = dijkstra(self._matrix(weight), indices=origin, return_predecessors=True)
        if not np.isfinite(cost[destination]):
            return None
        path: list[int] = []
        came_from = before.tolist()
        here = destination
        while here != origin:
            arcs = self.parallel[came_from[here], here]
            path.append(arcs[0] if len(arcs) == 1 else min(arcs, key=weight.__getitem__))
            here = came_from[here]
        return float(cost[destination]), tuple(path[::-1])

    def distances(self, weight: np.ndarray, end: int, *, backwards: bool) -> np.ndarray:
        """Compute the best value from a node to every node, or from every node to it."""
        from scipy.sparse.csgraph import dijkstra

        matrix = self._matrix(weight)
        return np.asarray(dijkstra(matrix.T.tocsr() if backwards else matrix, indices=end))

    def _matrix(self, weight: np.ndarray) -> csr_array:
        matrix = copy(self._pattern)  # shallow, because threads share the pattern
        if len(self.starts):
            matrix.data = np.minimum.reduceat(weight[self.order], self.starts)
        return matrix
