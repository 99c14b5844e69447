"""Shortest paths as a fixed sequence of additions and minima: eliminate one node after the other.

Taking a node away leaves the distances between the others unchanged if each way through it becomes an arc
of its own (Carre 1971). Which arcs arise depends on the topology alone, so the whole computation can be
laid out once and repeated for any weights, many at a time, without a queue or a branch
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

from array import array
from dataclasses import replace
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.shortest_paths.plan import NOWHERE, Program

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FEW = 100  # nodes of which no core is made
_ARC, _NODE = 5, 100  # what the search of an arc and a node of the core costs, in sums for each origin


def lay_out(
    tail: np.ndarray,
    head: np.ndarray,
    pairs: Sequence[tuple[int, int]],
    size: int,
    *,
    order: Iterable[int] | None = None,
) -> Program:
    """Lay out the computation of the distances of pairs, for arcs between nodes below ``size``.

    ``order`` lists the nodes to eliminate; without it as many go as pays.
    """
    graph = _Graph(tail, head, pairs, size)
    core = dict.fromkeys(range(size))
    for node in _order(graph.neighbours(), size, len(graph.origins)) if order is None else order:
        graph.eliminate(node)
        del core[node]
    return graph.program(list(core))


def _order(neighbours: list[set[int]], size: int, origins: int) -> list[int]:
    """List the nodes to eliminate: always the one that costs least, until that is more than it saves."""
    costs = {node: _cost(neighbours, node, origins) for node in range(size)}
    queue = [(cost, node) for node, cost in costs.items()]
    heapify(queue)
    order = []
    while queue:
        cost, node = heappop(queue)
        if costs.get(node) != cost:
            continue  # it has changed since
        if cost > 0 and len(costs) > _FEW:
            break
        order.append(node)
        del costs[node]
        for other in _join(neighbours, node) & costs.keys():
            cost = _cost(neighbours, other, origins)
            if cost != costs[other]:
                costs[other] = cost
                heappush(queue, (cost, other))
    return order


def _cost(neighbours: list[set[int]], node: int, origins: int) -> int:
    """Count what it costs to eliminate a node rather than to search it, in sums.

    A sum for each way from one neighbour to another, and two arcs to search for each two neighbours that
    were not joined; less the search of the node and its arcs.
    """
    around = neighbours[node]
    ways = len(around) * (len(around) - 1)
    arise = ways - sum(len(around & neighbours[other]) for other in around)
    return ways + origins * (_ARC * (arise - 2 * len(around)) - _NODE)


def _join(neighbours: list[set[int]], node: int) -> set[int]:
    """Take a node away and join its neighbours; return the nodes for which that changes a cost."""
    around = neighbours[node]
    changed = set(around)
    for one in around:
        for other in around - neighbours[one] - {one}:
            changed |= neighbours[one] & neighbours[other]
        neighbours[one] |= around
        neighbours[one] -= {one, node}
    return changed


class _Graph:
    """The arcs that are left and those that arose; every pair has an origin and a destination of its own.

    ``out`` and ``into`` hold the number of each arc by its other end. Origins and destinations stand beside
    the network and are never eliminated.
    """

    def __init__(
        self, tail: np.ndarray, head: np.ndarray, pairs: Sequence[tuple[int, int]], size: int
    ) -> None:
        self.origins = {node: size + at for at, node in enumerate(dict.fromkeys(pair[0] for pair in pairs))}
        ends = size + len(self.origins)
        destinations = {node: ends + at for at, node in enumerate(dict.fromkeys(pair[1] for pair in pairs))}
        self.size, self.tail, self.head = size, tail, head
        self.pairs = [(self.origins[start], destinations[end]) for start, end in pairs]
        self.wanted: dict[int, set[int]] = {}
        for start, end in self.pairs:
            self.wanted.setdefault(start, set()).add(end)
        self.out: list[dict[int, int]] = [{} for _ in range(ends + len(destinations))]
        self.into: list[dict[int, int]] = [{} for _ in self.out]
        self.finished: list[int] = []  # arcs in the order in which nothing is added to them any more
        self.count = 0
        self.of_ends = bytearray()  # of each arc, whether it leads from an origin or to a destination
        self.target, self.left, self.right = array("i"), array("i"), array("i")  # numbers of arcs
        ways_in = [(self.origins[node], node) for node in self.origins]
        ways_out = [(node, destinations[node]) for node in destinations]
        given = [*zip(tail.tolist(), head.tolist(), strict=True), *ways_in, *ways_out]
        self.given = [self._arc(*ends) if ends[0] != ends[1] else NOWHERE for ends in given]

    def neighbours(self) -> list[set[int]]:
        """List for each node those that an arc joins it to."""
        return [set(out) | set(into) for out, into in zip(self.out, self.into, strict=True)]

    def _arc(self, start: int, end: int) -> int:
        """Return the number of an arc, a new one if there is none."""
        number = self.out[start].get(end)
        return self._new(start, end) if number is None else number

    def _new(self, start: int, end: int) -> int:
        """Add an arc and return its number."""
        number = self.out[start][end] = self.into[end][start] = self.count
        self.of_ends.append(start >= self.size or end >= self.size)
        self.count += 1
        return number

    def eliminate(self, node: int) -> None:
        """Take a node away and join whatever it joined."""
        into, out = self.into[node], self.out[node]
        self.finished += [*into.values(), *out.values()]
        for start, first in into.items():
            ways = self.out[start]
            del ways[node]
            ends = out if start < self.size and start not in out else self._wanted(start, out)
            for end in ends:
                if end not in ways:
                    self._new(start, end)
            self.target.extend([ways[end] for end in ends])
            self.left.extend([first] * len(ends))
            self.right.extend(ends.values())
        for end in out:
            del self.into[end][node]

    def _wanted(self, start: int, out: dict[int, int]) -> dict[int, int]:
        """Leave out ways back to the start, and from an origin those to destinations of other pairs."""
        allowed = self.wanted.get(start)
        return {
            end: arc
            for end, arc in out.items()
            if end != start and (allowed is None or end < self.size or end in allowed)
        }

    def program(self, core: list[int]) -> Program:
        """Bring the arcs into the order in which they are finished, and write down their alternatives."""
        place = {node: at for at, node in enumerate(core)}
        inner = [{place[end]: arc for end, arc in self.out[node].items() if end in place} for node in core]
        ways = [
            self.out[start][end] for start in self.origins.values() for end in self.out[start] if end in place
        ]
        ways += [self.out[node][end] for node in core for end in self.out[node] if end not in place]
        ways += [arc for out in inner for arc in out.values()]
        ends = [self._root(*pair, place) for pair in self.pairs]
        labels = self._add_labels(core, place, ends)
        order = [*self.finished, *ways, *range(self.count, labels), *dict.fromkeys(ends)]
        order = [number for number in order if number != NOWHERE]
        arcs, derived = len(self.tail), len(self.tail) + 1
        row = np.empty(labels + 2, dtype=np.int64)  # the last two stand for zero and NOWHERE
        row[order] = derived + np.arange(len(order))
        row[labels:] = arcs, NOWHERE
        target = row[np.concatenate([self.given, self.target]).astype(np.int64)]
        own = np.minimum(np.arange(len(self.given)), arcs)  # ways in and out weigh nothing
        left = np.concatenate([own, row[np.asarray(self.left, dtype=np.int64)]])
        right = np.concatenate([np.full(len(own), arcs), row[np.asarray(self.right, dtype=np.int64)]])
        sort = np.argsort(target, kind="stable")[np.count_nonzero(target == NOWHERE) :]  # without loops
        of_ends = np.zeros(labels, dtype=bool)
        of_ends[: self.count] = np.frombuffer(self.of_ends, dtype=bool)
        program = Program(
            tail=self.tail,
            head=self.head,
            size=self.size,
            first=np.searchsorted(target[sort], derived + np.arange(len(order) + 1)),
            left=left[sort],
            right=right[sort],
            roots=row[np.asarray(ends)],
            ends=of_ends[order],
            origins=np.array(list(self.origins), dtype=np.int32),
            core=np.array(core, dtype=np.int32),
            ways=derived + len(self.finished),
            labels=derived + len(self.finished) + len(ways),
            out=np.cumsum([0, *map(len, inner)]).astype(np.int32),
            heads=np.array([end for out in inner for end in out], dtype=np.int32),
        )
        return _reduced(program)

    def _root(self, start: int, end: int, place: dict[int, int]) -> int:
        """Return the number of the arc that stands for a pair, if there can be a way."""
        through_core = any(self._from_core(end, place))
        return self._arc(start, end) if through_core else self.out[start].get(end, NOWHERE)

    def _from_core(self, node: int, place: dict[int, int]) -> Iterator[tuple[int, int]]:
        """List the arcs from the core to a node, by the places of their tails."""
        return ((place[tail], arc) for tail, arc in self.into[node].items() if tail in place)

    def _add_labels(self, core: list[int], place: dict[int, int], roots: list[int]) -> int:
        """Write down the alternatives of labels, and of pairs through them; return the number after them."""
        first = {origin: self.count + at * len(core) for at, origin in enumerate(self.origins.values())}
        zero = self.count + len(first) * len(core)
        for origin, label in first.items():
            for at, node in enumerate(core):
                if node in self.out[origin]:
                    self._add(label + at, self.out[origin][node], zero)
                for tail, arc in self._from_core(node, place):
                    self._add(label + at, label + tail, arc)
        for root, (origin, end) in dict(zip(roots, self.pairs, strict=True)).items():
            for tail, arc in self._from_core(end, place):
                self._add(root, first[origin] + tail, arc)
        return zero

    def _add(self, target: int, left: int, right: int) -> None:
        """Add an alternative."""
        self.target.append(target)
        self.left.append(left)
        self.right.append(right)


def _reduced(program: Program) -> Program:
    """Leave out rows that only repeat a weight, and rows that no pair needs; not those of the core."""
    derived, first = program.derived, program.first
    core = slice(program.ways, program.searched.stop)
    alias = np.arange(program.rows)
    single = np.flatnonzero(np.diff(first) == 1)
    repeats = single[program.right[first[single]] == program.arcs]
    repeats = repeats[(derived + repeats < core.start) | (derived + repeats >= core.stop)]
    alias[derived + repeats] = program.left[first[repeats]]
    left, right = alias[program.left], alias[program.right]
    needed = np.zeros(program.rows + 1, dtype=bool)  # the last stands for NOWHERE
    needed[program.roots] = needed[core] = True
    for row in range(program.rows - 1, derived - 1, -1):
        if needed[row]:
            ways = slice(first[row - derived], first[row - derived + 1])
            needed[left[ways]] = needed[right[ways]] = True
    kept = needed[derived:-1]
    kept[repeats] = False
    number = np.arange(program.rows + 1, dtype=np.int32)
    number[derived:-1][kept] = derived + np.arange(np.count_nonzero(kept))
    number[NOWHERE] = NOWHERE
    ways_kept = np.repeat(kept, np.diff(first))
    return replace(
        program,
        first=np.concatenate([[0], np.cumsum(np.diff(first)[kept])]).astype(np.int32),
        left=number[left[ways_kept]],
        right=number[right[ways_kept]],
        roots=number[program.roots],
        ends=_numbered(program.ends[kept]),
        ways=derived + int(np.count_nonzero(kept[: program.ways - derived])),
        labels=derived + int(np.count_nonzero(kept[: program.labels - derived])),
    )


def _numbered(marked: np.ndarray) -> np.ndarray:
    """Count through what is marked, from 0, with -1 for the rest."""
    return np.where(marked, np.cumsum(marked) - 1, -1).astype(np.int32)
