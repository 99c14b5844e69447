"""Fewer nodes for searches by several criteria: nodes without a choice are bridged by longer arcs."""

from __future__ import annotations

import itertools
from collections import defaultdict, deque
from operator import add, le
from typing import TYPE_CHECKING

from cacorridor.shortest_paths.dijkstra import Path

if TYPE_CHECKING:
    import numpy as np

Vector = tuple[float, ...]  # a cost by each criterion
Bridge = tuple[int, Vector, Path]  # where it leads, what it weighs, and the arcs that it stands for

MOST_NEIGHBOURS = 2


def contract(
    tail: np.ndarray, head: np.ndarray, weight: np.ndarray, kept: tuple[int, ...], names: np.ndarray
) -> dict[int, list[Bridge]]:
    """Bridge every node that is a dead end, or joins two others and no more.

    Parameters
    ----------
    tail, head : ndarray of int, shape (arcs,)
        The node from which and the node to which each arc leads.
    weight : ndarray of float, shape (criteria, arcs)
        Weights by each criterion, not negative.
    kept : tuple of int
        Nodes that stay, whatever they join.
    names : ndarray of int, shape (arcs,)
        What each arc is called in the paths of bridges.

    Returns
    -------
    dict
        The bridges that leave each node. The Pareto sets between nodes that are left are those of before.

    Examples
    --------
    >>> import numpy as np
    >>> contract(np.array([0, 1]), np.array([1, 2]), np.array([[1.0, 2.0]]), (0, 2), np.array([7, 8]))
    {0: [(2, (3.0,), (7, 8))]}

    """
    graph = _ContractedGraph()
    columns = zip(tail.tolist(), head.tolist(), weight.T.tolist(), names.tolist(), strict=True)
    for start, end, cost, name in columns:
        if start != end:  # a loop is never part of a path that no other betters
            graph.add(start, end, tuple(cost), (name,))

    # A node is looked at again when the arcs of a neighbour of its have changed.
    waiting = deque(sorted({*graph.leaving, *graph.reaching} - set(kept)))
    while waiting:
        node = waiting.popleft()
        if len(graph.neighbours(node)) <= MOST_NEIGHBOURS:
            bridges = graph.bridges(node)
            waiting.extend(sorted(graph.neighbours(node) - set(kept)))
            graph.remove(node)
            for start, end, cost, path in bridges:
                graph.add(start, end, cost, path)
    return graph.bridges_from()


class _ContractedGraph:
    """Arcs by their two ends; of parallel arcs those that no other betters."""

    def __init__(self) -> None:
        self.arcs: dict[tuple[int, int], list[tuple[Vector, Path]]] = {}
        self.leaving: defaultdict[int, dict[int, None]] = defaultdict(dict)  # nodes that one leads to
        self.reaching: defaultdict[int, dict[int, None]] = defaultdict(dict)

    def add(self, start: int, end: int, weight: Vector, path: Path) -> None:
        """Add an arc, unless a parallel one is as good; take out those that it betters."""
        parallel = self.arcs.get((start, end), [])
        if any(all(map(le, other, weight)) for other, _ in parallel):
            return
        left = [each for each in parallel if not all(map(le, weight, each[0]))]
        self.arcs[start, end] = [*left, (weight, path)]
        self.leaving[start][end] = self.reaching[end][start] = None

    def neighbours(self, node: int) -> set[int]:
        """List the nodes that an arc joins to a node."""
        return {*self.leaving[node], *self.reaching[node]}

    def bridges(self, node: int) -> list[tuple[int, int, Vector, Path]]:
        """Join each arc that reaches a node with each that leaves it for elsewhere."""
        bridges = []
        for start, end in itertools.product(self.reaching[node], self.leaving[node]):
            if start == end:
                continue
            for (before, path_in), (after, path_out) in itertools.product(
                self.arcs[start, node], self.arcs[node, end]
            ):
                cost = tuple(map(add, before, after))
                bridges.append((start, end, cost, path_in + path_out))
        return bridges

    def remove(self, node: int) -> None:
        """Take out a node and its arcs."""
        for start in self.reaching.pop(node):
            del self.arcs[start, node], self.leaving[start][node]
        for end in self.leaving.pop(node):
            del self.arcs[node, end], self.reaching[end][node]

    def bridges_from(self) -> dict[int, list[Bridge]]:
        """List the arcs that leave each node."""
        out: dict[int, list[Bridge]] = {}
        for (start, end), parallel in self.arcs.items():
            out.setdefault(start, []).extend((end, weight, path) for weight, path in parallel)
        return out
