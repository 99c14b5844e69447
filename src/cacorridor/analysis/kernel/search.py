"""Dijkstra's algorithm by scipy on one topology, one weight vector at a time: the reference of the kernel."""

from __future__ import annotations

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
        self.size = size
        self.order = np.lexsort((head, tail))
        sorted_tail, sorted_head = tail[self.order], head[self.order]
        changes = (np.diff(sorted_tail, prepend=-1) != 0) | (np.diff(sorted_head, prepend=-1) != 0)
        self.starts = np.flatnonzero(changes)
        self.columns = sorted_head[self.starts].astype(np.int32)
        self.bounds = np.searchsorted(sorted_tail[self.starts], np.arange(self.size + 1)).astype(np.int32)
        stops = np.append(self.starts[1:], len(self.order))
        pairs = zip(sorted_tail[self.starts].tolist(), self.columns.tolist(), strict=True)
        self.runs = {pair: slice(a, b) for pair, a, b in zip(pairs, self.starts, stops, strict=True)}

    def path(self, weight: np.ndarray, origin: int, destination: int) -> tuple[float, Path] | None:
        """Find the best path between two nodes, as its value and its arcs, or None."""
        from scipy.sparse.csgraph import dijkstra

        cost, before = dijkstra(self._matrix(weight), indices=origin, return_predecessors=True)
        if not np.isfinite(cost[destination]):
            return None
        path: list[int] = []
        here = destination
        while here != origin:
            run = self.order[self.runs[int(before[here]), here]]
            path.append(int(run[np.argmin(weight[run])]))
            here = int(before[here])
        return float(cost[destination]), tuple(path[::-1])

    def distances(self, weight: np.ndarray, end: int, *, backwards: bool) -> np.ndarray:
        """Compute the best value from a node to every node, or from every node to it."""
        from scipy.sparse.csgraph import dijkstra

        matrix = self._matrix(weight)
        return np.asarray(dijkstra(matrix.T.tocsr() if backwards else matrix, indices=end))

    def _matrix(self, weight: np.ndarray) -> csr_array:
        from scipy.sparse import csr_array

        if not len(self.starts):
            return csr_array((self.size, self.size))
        least = np.minimum.reduceat(weight[self.order], self.starts)
        return csr_array((least, self.columns, self.bounds), shape=(self.size, self.size))
