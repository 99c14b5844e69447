"""One path in a large network whose nodes mostly lie on plain lines: lines are searched as single arcs.

A node with two neighbours offers no choice. Runs of such nodes become one arc each, between the nodes where
ways part; on these scipy searches. Of the railways of the world a third of the nodes is left. Weights change
and arcs are taken away without finding the lines anew, and the answer is exact.
"""

from __future__ import annotations

import itertools
import math
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cacorridor.shortest_paths.dijkstra import Search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.shortest_paths.dijkstra import Path


class Line(NamedTuple):
    """The way along plain nodes to the first one where ways part, or to a node that is looked for."""

    end: int
    arcs: list[int]


class ChainSearch:
    """Shortest paths between two nodes on one topology.

    Parameters
    ----------
    tail, head : ndarray of int, shape (arcs,)
        The node from which and the node to which each arc leads.
    weight : ndarray of float, shape (arcs,)
        Weights, not negative; an infinite weight is an absent arc.
    size : int
        Number of nodes.

    Examples
    --------
    >>> import numpy as np
    >>> tail, head = np.array([0, 1, 0]), np.array([1, 2, 2])
    >>> search = ChainSearch(tail, head, np.array([1.0, 1.0, 5.0]), size=3)
    >>> search.path(0, 2)
    (2.0, (0, 1))
    >>> search.without(np.array([True, False, False])).path(0, 2)
    (5.0, (2,))

    """

    def __init__(self, tail: np.ndarray, head: np.ndarray, weight: np.ndarray, size: int) -> None:
        self.weight = weight
        self._tail: list[int] = tail.tolist()
        self._head: list[int] = head.tolist()
        self._leaving, self._reaching = _arcs_by_node(tail, size), _arcs_by_node(head, size)

        # Lines between the nodes where ways part, which get numbers of their own.
        plain = _plain_nodes(tail, head, size)
        self._plain: list[bool] = plain.tolist()
        lines = self._all_lines()
        self._number = np.cumsum(~np.array(self._plain, dtype=bool)) - 1  # of the nodes where ways part

        # The arcs of all lines one after the other, and the smaller network on which scipy searches.
        ends = self._number[np.array([(self._tail[line.arcs[0]], line.end) for line in lines], dtype=int)]
        arcs = itertools.chain.from_iterable(line.arcs for line in lines)
        self._line_arcs = np.fromiter(arcs, dtype=int)
        self._line_start = np.cumsum([0, *(len(line.arcs) for line in lines)])
        starts, stops = ends.reshape(-1, 2).astype(np.int32).T
        self._search = Search(starts, stops, int(self._number[-1]) + 1)

    def without(self, removed: np.ndarray) -> ChainSearch:
        """Return the search without some arcs.

        Parameters
        ----------
        removed : ndarray of bool, shape (arcs,)
            Marks arcs that are not there.

        Returns
        -------
        ChainSearch
            On the same lines.

        """
        return self.with_weight(np.where(removed, np.inf, self.weight))

    def with_weight(self, weight: np.ndarray) -> ChainSearch:
        """Return the search under other weights.

        Parameters
        ----------
        weight : ndarray of float, shape (arcs,)
            Weights, not negative; an infinite weight is an absent arc.

        Returns
        -------
        ChainSearch
            On the same lines.

        """
        # The lines are shared; what was derived from the former weights is not.
        other = copy(self)
        for made in ("_line_weight", "_matrix"):
            vars(other).pop(made, None)
        other.weight = weight
        return other

    def path(self, origin: int, destination: int) -> tuple[float, Path] | None:
        """Find the best path between two nodes.

        Parameters
        ----------
        origin, destination : int
            The two nodes.

        Returns
        -------
        (float, Path) or None
            The sum of the weights in order of travel, and the arcs; None if there is no path.

        """
        if origin == destination:
            return 0.0, ()
        # From a node on a line one goes along it, in either direction; it may lead to the destination itself.
        is_plain = self._plain[origin]
        outward = list(self._lines_from(origin, until=destination)) if is_plain else [Line(origin, [])]
        candidates = [line.arcs for line in outward if line.end == destination and line.arcs]
        far = self._far(outward, destination)
        candidates += [] if far is None else [far]
        best = min(candidates, key=self._sum, default=[])
        cost = self._sum(best)
        return (cost, tuple(best)) if best and cost < math.inf else None

    # ------------------------------------------------------------ between the nodes where ways part

    def _far(self, outward: list[Line], destination: int) -> list[int] | None:
        """Find the best way over a node where ways part; None if there is none."""
        # Seeds of the search: how far it is to the first nodes where ways part.
        starts: dict[int, Line] = {}  # of two lines to one node the better one
        for line in sorted(outward, key=lambda line: -self._sum(line.arcs)):
            if not self._plain[line.end]:
                starts[int(self._number[line.end])] = line
        is_plain = self._plain[destination]
        inward = list(self._lines_to(destination)) if is_plain else [Line(destination, [])]
        if not starts or not inward:
            return None

        # Then the best of the lines on which the destination lies.
        distance, before = self._distances({node: self._sum(line.arcs) for node, line in starts.items()})
        last = min(inward, key=lambda line: distance[self._number[line.end]] + self._sum(line.arcs))
        node = int(self._number[last.end])
        if distance[node] == math.inf:
            return None

        # Back along the predecessors, and each line unfolded into its arcs.
        nodes = [node]
        while before[nodes[-1]] < len(distance) - 1:  # the last is the node from which all begins
            nodes.append(int(before[nodes[-1]]))
        lines = self._search.arcs_between(nodes[::-1], self._line_weight) if len(nodes) > 1 else ()
        between = itertools.chain.from_iterable(map(self._arcs_of, lines))
        return [*starts[nodes[-1]].arcs, *between, *last.arcs]

    def _arcs_of(self, line: int) -> list[int]:
        arcs: list[int] = self._line_arcs[self._line_start[line] : self._line_start[line + 1]].tolist()
        return arcs

    def _distances(self, seeds: dict[int, float]) -> tuple[np.ndarray, np.ndarray]:
        """Search from one node more, with an arc to each seed; return distances and predecessors."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        # The row of the new node goes behind the others, so that the matrix need not be sorted anew.
        matrix, size = self._matrix, self._matrix.shape[0]
        ends, costs = np.array(list(seeds), dtype=matrix.indices.dtype), list(seeds.values())
        columns, weights = np.concatenate([matrix.indices, ends]), np.concatenate([matrix.data, costs])
        bounds = np.append(matrix.indptr, matrix.indptr[-1] + len(seeds)).astype(matrix.indptr.dtype)
        more = csr_array((weights, columns, bounds), shape=(size + 1, size + 1))
        distance, before = dijkstra(more, indices=size, return_predecessors=True)
        return distance, before

    @cached_property
    def _line_weight(self) -> np.ndarray:
        """What each line weighs, shape (lines,)."""
        if not len(self._line_arcs):
            return np.zeros(0)
        return np.asarray(np.add.reduceat(self.weight[self._line_arcs], self._line_start[:-1]))

    @cached_property
    def _matrix(self) -> Any:
        return self._search.matrix(self._line_weight)

    def _sum(self, arcs: list[int]) -> float:
        return float(sum(self.weight[arcs].tolist())) if arcs else 0.0

    # ------------------------------------------------------------ along a line

    def _all_lines(self) -> list[Line]:
        """Follow every line; nodes of rings without a parting of ways are taken for such."""
        # Each round turns at least one node of a ring into a parting, so that it comes to an end.
        while True:
            partings = [node for node, plain in enumerate(self._plain) if not plain]
            lines = [line for node in partings for line in self._lines_from(node)]
            lost = self._not_on(lines)
            if not lost:
                return list(filter(self._is_between, lines))
            for node in lost:
                self._plain[node] = False

    def _not_on(self, lines: list[Line]) -> list[int]:
        """List the plain nodes that no line passes."""
        met: set[int] = set()
        for line in lines:
            met.update(map(self._head.__getitem__, line.arcs))
        return [node for node, plain in enumerate(self._plain) if plain and node not in met]

    def _is_between(self, line: Line) -> bool:
        """Tell whether a line leads to another node where ways part."""
        return line.end != self._tail[line.arcs[0]] and not self._plain[line.end]

    def _lines_from(self, node: int, until: int = -1) -> Iterator[Line]:
        """Follow each arc that leaves a node to where ways part, or to a node; a dead end leads nowhere."""
        for arc in self._leaving[node]:
            line = _follow_line(arc, node, self._head, self._leaving, self._plain, until)
            if line is not None:
                yield line

    def _lines_to(self, node: int) -> Iterator[Line]:
        """Follow each arc that reaches a node backwards; the arcs stand in order of travel."""
        for arc in self._reaching[node]:
            line = _follow_line(arc, node, self._tail, self._reaching, self._plain, -1)
            if line is not None and not self._plain[line.end]:
                yield Line(line.end, line.arcs[::-1])


def _follow_line(  # noqa: PLR0913, PLR0917  # one topology, forwards or backwards
    arc: int, start: int, other: list[int], arcs_at: list[list[int]], plain: list[bool], until: int
) -> Line | None:
    """Follow an arc along plain nodes."""
    arcs, before, node = [arc], start, other[arc]
    while plain[node] and node not in {until, start}:
        onward = next((each for each in arcs_at[node] if other[each] != before), None)
        if onward is None:
            return Line(node, arcs) if until < 0 else None
        arcs.append(onward)
        before, node = node, other[onward]
    return Line(node, arcs)


def _arcs_by_node(node: np.ndarray, size: int) -> list[list[int]]:
    """List the arcs of each node, in the order of the table."""
    order = np.argsort(node, kind="stable")
    bounds = np.searchsorted(node[order], np.arange(size + 1)).tolist()
    arcs = order.tolist()
    return [arcs[start:stop] for start, stop in itertools.pairwise(bounds)]


def _plain_nodes(tail: np.ndarray, head: np.ndarray, size: int) -> np.ndarray:
    """Mark the nodes with two neighbours and at most one arc from and to each."""
    # An arc as one number made of its ends, in both directions, so that each neighbour counts once.
    key = tail.astype(np.int64) * size + head
    turned = head.astype(np.int64) * size + tail
    both = np.unique(np.concatenate([key, turned]))
    plain: np.ndarray = np.bincount(both // size, minlength=size) == 2
    keys, count = np.unique(key, return_counts=True)
    for odd in (keys[count > 1], key[tail == head]):  # parallel arcs, and arcs from a node to itself
        plain[odd // size] = plain[odd % size] = False
    return plain
