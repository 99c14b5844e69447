"""Shortest paths as a fixed sequence of additions and minima: eliminate one node after the other.

Taking a node away leaves the distances between the others unchanged if each path through it becomes an arc
of its own (Carre 1971). Which arcs arise depends on the topology alone, so the whole computation can be
planned once and repeated for any weights, many at a time, without a queue or a branch
(Dibbelt, Strasser and Wagner 2016 do so for road networks). On a small network only the ends of the pairs
are left, and the arcs between them carry the distances.

::

    o ---> x ---> d        x eliminated:    o ----------> d     least of (o,x) + (x,d) and (o,d)
     `-----------^

On a large network the last nodes have so many neighbours that more arcs would arise than it takes to
search: they stay as the *core*, and each origin's distances in it are labels that are corrected until none
becomes shorter.
"""

from __future__ import annotations

import itertools
from array import array
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.shortest_paths.many_weights.node_order import elimination_order
from cacorridor.shortest_paths.many_weights.plan import NO_ROW, Plan
from cacorridor.shortest_paths.many_weights.pruning import numbered, pruned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def build_plan(
    tail: np.ndarray,
    head: np.ndarray,
    pairs: Sequence[tuple[int, int]],
    size: int,
    *,
    order: Iterable[int] | None = None,
) -> Plan:
    """Plan the computation of the distances of some pairs.

    Parameters
    ----------
    tail, head : ndarray of int, shape (arcs,)
        Ends of the arcs.
    pairs : sequence of (int, int)
        Origins and destinations.
    size : int
        Number of nodes.
    order : iterable of int, optional
        The nodes to eliminate, in this order; by default as many as pays.

    Returns
    -------
    Plan
        The computation, for any weights.

    Examples
    --------
    On a line of three nodes rows 0 and 1 are the weights, and row 2 is zero. Row 3 is 2 + 0, row 4 is 3 + 1,
    and row 5, the distance of the ends, is 4 + 2: zero is where a journey begins and ends.

    >>> plan = build_plan(np.array([0, 1]), np.array([1, 2]), [(0, 2)], size=3)
    >>> plan.left.tolist(), plan.right.tolist(), plan.roots.tolist()
    ([2, 3, 4], [0, 1, 2], [5])

    """
    graph = _EliminationGraph(tail, head, pairs, size)
    if order is None:
        order = elimination_order(graph.neighbours(), size, len(graph.origins))
    core = dict.fromkeys(range(size))
    for node in order:
        graph.eliminate(node)
        del core[node]
    return pruned(_Layout(graph, list(core)).plan())


class _EliminationGraph:
    """The arcs that are left and those that arose, with the sums from which each may come.

    Every pair has an origin and a destination of its own: nodes from ``size`` on, which stand beside the
    network and are never eliminated. ``out`` and ``into`` hold the number of each arc by its other end. Sum
    i is an alternative of arc ``target[i]``: arc ``left[i]`` followed by arc ``right[i]``.
    """

    def __init__(
        self, tail: np.ndarray, head: np.ndarray, pairs: Sequence[tuple[int, int]], size: int
    ) -> None:
        self.size, self.tail, self.head = size, tail, head
        self.origins = _numbered_from(size, [origin for origin, _ in pairs])
        first_destination = size + len(self.origins)
        self.destinations = _numbered_from(first_destination, [destination for _, destination in pairs])
        self.pairs = [(self.origins[start], self.destinations[end]) for start, end in pairs]
        self.wanted: dict[int, set[int]] = {}  # the destinations of each origin
        for start, end in self.pairs:
            self.wanted.setdefault(start, set()).add(end)

        nodes = first_destination + len(self.destinations)
        self.out: list[dict[int, int]] = [{} for _ in range(nodes)]
        self.into: list[dict[int, int]] = [{} for _ in range(nodes)]
        self.finished: list[int] = []  # arcs in the order in which nothing is added to them any more
        self.arc_count = 0
        self.is_end = bytearray()  # of each arc, whether it leads from an origin or to a destination
        self.target, self.left, self.right = array("i"), array("i"), array("i")
        self.given = self._given_arcs()

    def _given_arcs(self) -> list[int]:
        """Return the numbers of the network's arcs, then of those to and from the ends; a loop has none."""
        network = zip(self.tail.tolist(), self.head.tolist(), strict=True)
        entries = [(extra, node) for node, extra in self.origins.items()]
        exits = [(node, extra) for node, extra in self.destinations.items()]
        return [
            NO_ROW if start == end else self.arc(start, end) for start, end in [*network, *entries, *exits]
        ]

    def neighbours(self) -> list[set[int]]:
        """List for each node those that an arc joins it to."""
        return [set(out) | set(into) for out, into in zip(self.out, self.into, strict=True)]

    def arc(self, start: int, end: int) -> int:
        """Return the number of an arc, a new one if there is none."""
        number = self.out[start].get(end)
        return self._new_arc(start, end) if number is None else number

    def _new_arc(self, start: int, end: int) -> int:
        """Add an arc and return its number."""
        number = self.out[start][end] = self.into[end][start] = self.arc_count
        self.is_end.append(start >= self.size or end >= self.size)
        self.arc_count += 1
        return number

    def eliminate(self, node: int) -> None:
        """Take a node away and join whatever it joined."""
        into, out = self.into[node], self.out[node]
        self.finished += [*into.values(), *out.values()]
        for start, first in into.items():
            onward = self.out[start]
            del onward[node]

            # In the usual case every arc out continues the one in, and no dictionary is built.
            ends = out if start < self.size and start not in out else self._wanted(start, out)
            for end in ends:
                if end not in onward:
                    self._new_arc(start, end)
            self.target.extend([onward[end] for end in ends])
            self.left.extend([first] * len(ends))
            self.right.extend(ends.values())
        for end in out:
            del self.into[end][node]

    def _wanted(self, start: int, out: dict[int, int]) -> dict[int, int]:
        """Leave out arcs back to the start, and from an origin those to destinations of other pairs."""
        allowed = self.wanted.get(start)
        return {
            end: arc
            for end, arc in out.items()
            if end != start and (allowed is None or end < self.size or end in allowed)
        }

    def add_sum(self, target: int, left: int, right: int) -> None:
        """Add an alternative."""
        self.target.append(target)
        self.left.append(left)
        self.right.append(right)


def _numbered_from(first: int, nodes: Iterable[int]) -> dict[int, int]:
    """Give the different nodes new numbers in the order in which they come."""
    return {node: number for number, node in enumerate(dict.fromkeys(nodes), start=first)}


class _Layout:
    """The rows of a plan: finished arcs, arcs of the core, labels, and last the pairs.

    Until the rows are numbered, arcs keep the numbers of the graph; from ``graph.arc_count`` on follow the
    labels, and ``zero`` stands for no length at all.
    """

    def __init__(self, graph: _EliminationGraph, core: list[int]) -> None:
        self.graph, self.core = graph, core
        self.place = {node: place for place, node in enumerate(core)}
        self.inner = [self._inner_arcs(node) for node in core]
        self.core_arcs = self._core_arcs()
        self.roots = [self._root(start, end) for start, end in graph.pairs]  # may add an arc
        self.zero = graph.arc_count + len(graph.origins) * len(core)
        self._add_label_sums()

    def _inner_arcs(self, node: int) -> dict[int, int]:
        """Find the arcs from a node of the core to others of it, by the places of their heads."""
        return {self.place[end]: arc for end, arc in self.graph.out[node].items() if end in self.place}

    def _core_arcs(self) -> list[int]:
        """List the arcs into the core, out of it, and inside it."""
        out, place = self.graph.out, self.place
        into: list[int] = []
        for start in self.graph.origins.values():
            into += [arc for end, arc in out[start].items() if end in place]
        away: list[int] = []
        for node in self.core:
            away += [arc for end, arc in out[node].items() if end not in place]
        inside = itertools.chain.from_iterable(arcs.values() for arcs in self.inner)
        return [*into, *away, *inside]

    def _root(self, start: int, end: int) -> int:
        """Return the number of the arc that stands for a pair, if there can be a path."""
        through_core = any(self._from_core(end))
        return self.graph.arc(start, end) if through_core else self.graph.out[start].get(end, NO_ROW)

    def _from_core(self, node: int) -> Iterator[tuple[int, int]]:
        """List the arcs from the core to a node, by the places of their tails."""
        into = self.graph.into[node]
        return ((self.place[tail], arc) for tail, arc in into.items() if tail in self.place)

    def _add_label_sums(self) -> None:
        """Write down the alternatives of labels, and those of pairs through labels."""
        # The labels of an origin are a block of rows, one for each node of the core.
        graph, count = self.graph, len(self.core)
        first = {node: graph.arc_count + number * count for number, node in enumerate(graph.origins.values())}
        for origin, start in first.items():
            for label, node in enumerate(self.core, start=start):
                # An arc from the origin itself is followed by nothing; any other arc continues a label.
                if node in graph.out[origin]:
                    graph.add_sum(label, graph.out[origin][node], self.zero)
                for tail, arc in self._from_core(node):
                    graph.add_sum(label, start + tail, arc)
        for root, (origin, end) in dict(zip(self.roots, graph.pairs, strict=True)).items():
            for tail, arc in self._from_core(end):
                graph.add_sum(root, first[origin] + tail, arc)

    def plan(self) -> Plan:
        """Give rows their numbers and sort the alternatives by them."""
        graph, first_sum = self.graph, len(self.graph.tail) + 1
        labels = range(graph.arc_count, self.zero)
        order = [*graph.finished, *self.core_arcs, *labels, *dict.fromkeys(self.roots)]
        order = [number for number in order if number != NO_ROW]
        row = np.empty(self.zero + 2, dtype=np.int64)  # the last two stand for zero and NO_ROW
        row[order] = first_sum + np.arange(len(order))
        row[self.zero :] = len(graph.tail), NO_ROW

        target, left, right = self._alternatives(row)
        is_end = np.zeros(self.zero, dtype=bool)
        is_end[: graph.arc_count] = np.frombuffer(graph.is_end, dtype=bool)
        first_core_arc = first_sum + len(graph.finished)
        return Plan(
            tail=graph.tail,
            head=graph.head,
            size=graph.size,
            bounds=np.searchsorted(target, first_sum + np.arange(len(order) + 1)),
            left=left,
            right=right,
            roots=row[np.asarray(self.roots, dtype=np.int64)],
            end_index=numbered(is_end[order]),
            origins=np.array(list(graph.origins), dtype=np.int32),
            core=np.array(self.core, dtype=np.int32),
            first_core_arc=first_core_arc,
            first_label=first_core_arc + len(self.core_arcs),
            core_bounds=np.cumsum([0, *map(len, self.inner)]).astype(np.int32),
            core_heads=np.array(list(itertools.chain.from_iterable(self.inner)), dtype=np.int32),
        )

    def _alternatives(self, row: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return target, left and right of all sums as rows, sorted by target."""
        graph, zero = self.graph, len(self.graph.tail)
        target = row[np.concatenate([graph.given, graph.target]).astype(np.int64)]

        # A given arc is its own weight plus zero; those that join the ends of pairs weigh nothing.
        first, second = (row[np.asarray(part, dtype=np.int64)] for part in (graph.left, graph.right))
        weight = np.arange(len(graph.given)).clip(max=zero)
        left = np.concatenate([weight, first])
        right = np.concatenate([np.full(len(weight), zero), second])
        sort = np.argsort(target, kind="stable")[np.count_nonzero(target == NO_ROW) :]  # without loops
        return target[sort], left[sort], right[sort]
