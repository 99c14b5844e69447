"""Dijkstra's algorithm by scipy on one topology, one weight vector at a time: the engines' reference."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

Path = tuple[int, ...]  # arcs in order of travel


class Search:
    """Shortest paths on one topology, with weights that change from call to call.

    Parameters
    ----------
    tail, head : ndarray of int, shape (arcs,)
        The node from which and the node to which each arc leads.
    size : int
        Number of nodes.

    Notes
    -----
    A sparse matrix has one entry for a pair of nodes, so parallel arcs compete first: arcs are sorted by
    their two ends, and the least weight of each run of equals counts. Infinite weight is absence.

    Examples
    --------
    >>> import numpy as np
    >>> search = Search(np.array([0, 1, 0]), np.array([1, 2, 2]), size=3)
    >>> search.path(np.array([1.0, 1.0, 5.0]), 0, 2)
    (2.0, (0, 1))
    >>> search.distances(np.array([1.0, 1.0, 5.0]), 2, backwards=True)
    array([2., 1., 0.])

    """

    def __init__(self, tail: np.ndarray, head: np.ndarray, size: int) -> None:
        from scipy.sparse import csr_array

        # Runs of parallel arcs stand side by side; ``starts`` is where each begins.
        self.order = np.lexsort((head, tail))
        sorted_tail, sorted_head = tail[self.order], head[self.order]
        changes = (np.diff(sorted_tail, prepend=-1) != 0) | (np.diff(sorted_head, prepend=-1) != 0)
        self.starts = np.flatnonzero(changes)

        # The pattern of the matrix, and a key for each of its entries: its two ends as one number.
        columns = sorted_head[self.starts].astype(np.int32)
        bounds = np.searchsorted(sorted_tail[self.starts], np.arange(size + 1)).astype(np.int32)
        self._pattern = csr_array((np.zeros(len(columns)), columns, bounds), shape=(size, size))
        self._keys = sorted_tail[self.starts].astype(np.int64) * size + columns
        self._stops = np.append(self.starts[1:], len(self.order))

        # Nearly all runs are of one arc; the few others are laid side by side, to compete by themselves.
        self._first = self.order[self.starts]
        self._several = np.flatnonzero(self._stops - self.starts > 1)
        lengths = (self._stops - self.starts)[self._several]
        self._rivals = self.order[np.repeat(self._stops - self.starts > 1, self._stops - self.starts)]
        self._rival_starts = np.cumsum(lengths) - lengths

    def path(
        self, weight: np.ndarray, origin: int, destination: int, *, below: float = np.inf
    ) -> tuple[float, Path] | None:
        """Find the best path between two nodes.

        Parameters
        ----------
        weight : ndarray of float, shape (arcs,)
            Weights, not negative; an infinite weight is an absent arc.
        origin, destination : int
            The two nodes.
        below : float
            A path whose sum is not below this is none, and the search goes no further.

        Returns
        -------
        (float, Path) or None
            The sum of the weights in order of travel, and the arcs; None if there is no path.

        """
        return self.paths(weight, origin, [destination], below=below)[0]

    def paths(
        self, weight: np.ndarray, origin: int, destinations: Sequence[int], *, below: float = np.inf
    ) -> list[tuple[float, Path] | None]:
        """Find the best path from a node to each of several, in one search; see ``path``."""
        from scipy.sparse.csgraph import dijkstra

        # scipy still finds what is as far as its limit, which must not be negative
        limit = max(np.nextafter(below, 0.0), 0.0)
        cost, before = dijkstra(self.matrix(weight), indices=origin, return_predecessors=True, limit=limit)
        paths: list[tuple[float, Path] | None] = []
        for end in destinations:
            is_reached = bool(cost[end] < below)
            path = self._walk_back(before, weight, origin, end) if is_reached else ()
            paths.append((float(cost[end]), path) if is_reached else None)
        return paths

    def _walk_back(self, before: np.ndarray, weight: np.ndarray, origin: int, destination: int) -> Path:
        """Walk back from a destination."""
        nodes, came_from = [destination], before.item  # a plain number, several times as fast as indexing
        while nodes[-1] != origin:
            nodes.append(came_from(nodes[-1]))
        return self.arcs_between(nodes[::-1], weight)

    def arcs_between(self, nodes: list[int], weight: np.ndarray) -> Path:
        """List the arcs from node to node, the least of parallel ones.

        Parameters
        ----------
        nodes : list of int
            Nodes in order of travel, each joined to the next.
        weight : ndarray of float, shape (arcs,)
            Weights, as for ``path``.

        Returns
        -------
        Path
            One arc for each two nodes.

        """
        # The entry of each two nodes, by the key that is made of both.
        steps = np.array(nodes, dtype=np.int64)
        keys = steps[:-1] * self._pattern.shape[0] + steps[1:]
        entries = np.searchsorted(self._keys, keys)
        first, stop = self.starts[entries], self._stops[entries]

        # Nearly always one arc joins them; of several the least counts, of equals the first.
        arcs = self.order[first]
        for step in np.flatnonzero(stop - first > 1).tolist():
            run = self.order[first[step] : stop[step]]
            arcs[step] = run[weight[run].argmin()]
        return tuple(arcs.tolist())

    def distances(self, weight: np.ndarray, end: int, *, backwards: bool) -> np.ndarray:
        """Compute the best value from a node to every node, or from every node to it.

        Parameters
        ----------
        weight : ndarray of float, shape (arcs,)
            Weights, not negative; an infinite weight is an absent arc.
        end : int
            The node.
        backwards : bool
            Whether paths lead to the node instead of from it.

        Returns
        -------
        ndarray of float64, shape (nodes,)
            Distances, infinite where there is no path.

        """
        from scipy.sparse.csgraph import dijkstra

        matrix = self.matrix(weight)
        return np.asarray(dijkstra(matrix.T.tocsr() if backwards else matrix, indices=end))

    def matrix(self, weight: np.ndarray) -> csr_array:
        """Lay weights out as the sparse matrix that scipy searches, the least of parallel arcs in each entry.

        Parameters
        ----------
        weight : ndarray of float, shape (arcs,)
            Weights, not negative; an infinite weight is an absent arc.

        Returns
        -------
        csr_array
            Of shape (nodes, nodes).

        """
        matrix = copy(self._pattern)  # shallow, because threads share the pattern
        matrix.data = weight[self._first]
        if len(self._several):
            matrix.data[self._several] = np.minimum.reduceat(weight[self._rivals], self._rival_starts)
        return matrix
