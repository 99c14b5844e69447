"""Shortest paths as a fixed sequence of additions and minima: eliminate one node after the other.

Taking a node away leaves the distances between the others unchanged if each way through it becomes an arc
of its own (Carre 1971). Which arcs arise depends on the topology alone, so the whole computation can be
laid out once and repeated for any weights, many at a time, without a queue or a branch
(Dibbelt, Strasser and Wagner 2016 do so for road networks). At the end only the ends of the
pairs are left, and the arcs between them carry the distances.

::

    o ---> x ---> d        x eliminated:    o ----------> d     least of (o,x) + (x,d) and (o,d)
     `-----------^
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

NOWHERE = -1  # the row of a pair that no way joins, and the number of the route where there is none
DOUBTFUL = -2  # the number of a route that another one comes too close to, in 32 bits
MOST = 1e30  # the largest weight but for infinity; sums stay within the range of 32 bits


class Routes(NamedTuple):
    """Routes by number: the arcs of all in one array, and where each begins and the last ends."""

    arcs: np.ndarray
    bounds: np.ndarray


@dataclass(frozen=True, eq=False)
class Program:
    """The sequence of computations; row by row, each row the least of sums of two earlier rows.

    Rows below ``arcs`` are the weights given, row ``arcs`` is zero, and row ``arcs + 1 + i`` is the least of
    ``left + right`` over the *alternatives* ``first[i]`` to ``first[i + 1]``. An arc of the network as an
    alternative is its own weight plus zero. ``roots`` are the rows of the pairs; ``size`` counts the nodes,
    ``ends`` numbers the rows i of arcs from an origin or to a destination, with -1 for others: every route
    passes many of these.
    """

    arcs: int
    first: np.ndarray
    left: np.ndarray
    right: np.ndarray
    roots: np.ndarray
    size: int
    ends: np.ndarray

    @property
    def rows(self) -> int:
        """Count the rows."""
        return self.arcs + len(self.first)

    @property
    def derived(self) -> int:
        """The first row that is computed."""
        return self.arcs + 1

    @cached_property
    def height(self) -> np.ndarray:
        """Count for each row the most additions on top of each other."""
        height = [0] * self.derived
        left, right = self.left.tolist(), self.right.tolist()
        for start, stop in pairwise(self.first.tolist()):
            height.append(1 + max(map(height.__getitem__, left[start:stop] + right[start:stop])))
        return np.array(height, dtype=np.int32)

    def precision(self, kind: type[np.floating]) -> np.ndarray:
        """By which share of its value each row must be less than another alternative to be told apart.

        Taking in the weights, and each addition on top of another, errs by half a last digit at most, on
        either side; so does the comparison itself.
        """
        return np.asarray((self.height + 3) * np.finfo(kind).eps, dtype=kind)

    def slack(self, kind: type[np.floating]) -> tuple[np.floating, np.floating]:
        """By how much more: a share of the route's cost, because costs are summed in 64 bits, arc by arc.

        The second number stands for values so small that they lose digits when they are taken in.
        """
        return kind(self.size * np.finfo(np.float64).eps), kind(self.rows * np.finfo(kind).tiny)


def lay_out(tail: np.ndarray, head: np.ndarray, pairs: Sequence[tuple[int, int]], size: int) -> Program:
    """Lay out the computation of the distances of pairs, for arcs between nodes below ``size``."""
    graph = _Graph(tail, head, pairs, size)
    for node in _order(tail, head, size):
        graph.eliminate(node)
    return graph.program()


def _order(tail: np.ndarray, head: np.ndarray, size: int) -> list[int]:
    """Order the nodes so that few arcs arise: by minimum degree, as for a sparse symmetric matrix."""
    from scipy.sparse import csc_array, eye_array
    from scipy.sparse.linalg import splu

    if not size:
        return []
    pattern = csc_array((np.ones(len(tail)), (tail, head)), shape=(size, size))
    matrix = pattern + pattern.T + 4 * (len(tail) + 1) * eye_array(size)  # dominant, so that no pivot moves
    options = {"SymmetricMode": True}
    factors = splu(matrix.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=options)
    order: list[int] = np.argsort(factors.perm_c).tolist()
    return order


class _Graph:
    """The arcs that are left and those that arose; every pair has an origin and a destination of its own.

    ``out`` and ``into`` hold the number of each arc by its other end. Origins and destinations stand beside
    the network and are never eliminated, so the nodes of the network all are.
    """

    def __init__(
        self, tail: np.ndarray, head: np.ndarray, pairs: Sequence[tuple[int, int]], size: int
    ) -> None:
        origins = {node: size + at for at, node in enumerate(dict.fromkeys(pair[0] for pair in pairs))}
        ends = size + len(origins)
        destinations = {node: ends + at for at, node in enumerate(dict.fromkeys(pair[1] for pair in pairs))}
        self.size, self.arcs = size, len(tail)
        self.pairs = [(origins[start], destinations[end]) for start, end in pairs]
        self.wanted: dict[int, set[int]] = {}
        for start, end in self.pairs:
            self.wanted.setdefault(start, set()).add(end)
        self.out: list[dict[int, int]] = [{} for _ in range(ends + len(destinations))]
        self.into: list[dict[int, int]] = [{} for _ in self.out]
        self.finished: list[int] = []  # arcs in the order in which nothing is added to them any more
        self.count = 0
        self.of_ends = bytearray()  # of each arc, whether it leads from an origin or to a destination
        self.target, self.left, self.right = array("i"), array("i"), array("i")  # numbers of arcs
        ways_in = [(origins[node], node) for node in origins]
        ways_out = [(node, destinations[node]) for node in destinations]
        given = [*zip(tail.tolist(), head.tolist(), strict=True), *ways_in, *ways_out]
        self.given = [self._arc(*ends) if ends[0] != ends[1] else NOWHERE for ends in given]

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

    def program(self) -> Program:
        """Bring the arcs into the order in which they are finished, and write down their alternatives."""
        ends = [self.out[start].get(end, NOWHERE) for start, end in self.pairs]
        order = [*self.finished, *dict.fromkeys(end for end in ends if end != NOWHERE)]
        row = np.empty(self.count + 1, dtype=np.int64)
        row[order] = self.arcs + 1 + np.arange(self.count)
        row[NOWHERE] = NOWHERE
        target = row[np.concatenate([self.given, self.target]).astype(np.int64)]
        own = np.minimum(np.arange(len(self.given)), self.arcs)  # ways in and out weigh nothing
        left = np.concatenate([own, row[np.asarray(self.left, dtype=np.int64)]])
        right = np.concatenate([np.full(len(own), self.arcs), row[np.asarray(self.right, dtype=np.int64)]])
        sort = np.argsort(target, kind="stable")[np.count_nonzero(target == NOWHERE) :]  # without loops
        first = np.searchsorted(target[sort], self.arcs + 1 + np.arange(self.count + 1))
        of_ends = np.empty(self.count, dtype=bool)
        of_ends[row[: self.count] - self.arcs - 1] = np.frombuffer(self.of_ends, dtype=bool)
        roots = row[np.asarray(ends)]
        return _reduced(Program(self.arcs, first, left[sort], right[sort], roots, self.size, of_ends))


def _reduced(program: Program) -> Program:
    """Leave out rows that only repeat a weight, and rows that no pair needs."""
    derived, first = program.derived, program.first
    alias = np.arange(program.rows)
    single = np.flatnonzero(np.diff(first) == 1)
    repeats = single[program.right[first[single]] == program.arcs]
    alias[derived + repeats] = program.left[first[repeats]]
    left, right = alias[program.left], alias[program.right]
    needed = np.zeros(program.rows + 1, dtype=bool)  # the last stands for NOWHERE
    needed[program.roots] = True
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
    return Program(
        arcs=program.arcs,
        first=np.concatenate([[0], np.cumsum(np.diff(first)[kept])]).astype(np.int32),
        left=number[left[ways_kept]],
        right=number[right[ways_kept]],
        roots=number[program.roots],
        size=program.size,
        ends=_numbered(program.ends[kept]),
    )


def _numbered(marked: np.ndarray) -> np.ndarray:
    """Count through what is marked, from 0, with -1 for the rest."""
    return np.where(marked, np.cumsum(marked) - 1, -1).astype(np.int32)
