"""What elimination lays out and the engines run: a sequence of additions and minima, and how exact it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import isqrt
from typing import NamedTuple

import numpy as np

NOWHERE = -1  # the row of a pair that no way joins, and the number of the route where there is none
DOUBTFUL = -2  # the number of a route that another one comes too close to, in 32 bits
MOST = 1e30  # the largest weight but for infinity; sums stay within the range of 32 bits
PROVEN = 0.75  # of the slack of labels may be used up by a route; the rest is for the rounding of the proof


class Routes(NamedTuple):
    """Routes by number: the arcs of all in one array, and where each begins and the last ends."""

    arcs: np.ndarray
    bounds: np.ndarray


@dataclass(frozen=True, eq=False)
class Program:
    """The sequence of computations; row by row, each row the least of sums of two other rows.

    Rows below ``arcs`` are the weights of the network's arcs, from ``tail`` to ``head`` among ``size`` nodes.
    Row ``arcs`` is zero, and row ``arcs + 1 + i`` is the least of ``left + right`` over the *alternatives*
    ``first[i]`` to ``first[i + 1]``. An arc of the network as an alternative is its own weight plus zero.
    ``roots`` are the rows of the pairs. ``ends`` numbers the rows i of arcs from an origin or to a
    destination, with -1 for others: every route passes many of these.

    Alternatives are of earlier rows, but for *labels*: row ``labels + o * len(core) + i`` is the distance of
    node ``core[i]`` from ``origins[o]``, an alternative of it the label before the last arc plus this arc.
    Before the labels, from row ``ways``, stand all arcs into, from, and last those inside the core: by their
    tails, those of node i from ``out[i]`` to ``out[i + 1]``, with the places of their ``heads`` in the core.
    """

    tail: np.ndarray
    head: np.ndarray
    size: int
    first: np.ndarray
    left: np.ndarray
    right: np.ndarray
    roots: np.ndarray
    ends: np.ndarray
    origins: np.ndarray
    core: np.ndarray
    ways: int
    labels: int
    out: np.ndarray
    heads: np.ndarray

    @property
    def arcs(self) -> int:
        """Count the arcs of the network."""
        return len(self.tail)

    @property
    def rows(self) -> int:
        """Count the rows."""
        return self.arcs + len(self.first)

    @property
    def derived(self) -> int:
        """The first row that is computed."""
        return self.arcs + 1

    @property
    def searched(self) -> slice:
        """The rows of the labels."""
        return slice(self.labels, self.labels + len(self.origins) * len(self.core))

    @cached_property
    def height(self) -> np.ndarray:
        """Count for each row the most additions on top of each other, above labels and weights."""
        height = [0] * self.derived
        left, right = self.left.tolist(), self.right.tolist()
        searched = range(self.rows)[self.searched]
        for row, (start, stop) in enumerate(pairwise(self.first.tolist()), start=self.derived):
            below = [] if row in searched else left[start:stop] + right[start:stop]
            height.append(1 + max(map(height.__getitem__, below), default=-1))
        return np.array(height, dtype=np.int32)

    @cached_property
    def marks(self) -> np.ndarray:
        """Draw a number for each arc: a route is known by their sum."""
        return np.random.default_rng(0).integers(-(2**63), 2**63 - 1, self.arcs)

    def precision(self, kind: type[np.floating]) -> np.ndarray:
        """By which share of its value each row must be less than another alternative to be told apart.

        Taking in the weights, and each addition on top of another, errs by half a last digit at most, on
        either side; so does the comparison itself. Ways of the core were made shorter on purpose.
        """
        digits = self.height + 3
        digits[self.ways : self.labels] *= 2
        return np.asarray(digits * np.finfo(kind).eps, dtype=kind)

    def factor(self, kind: type[np.floating]) -> np.ndarray:
        """By what to multiply each way of the core, so that no sum with it is above that without rounding."""
        return np.asarray(1 - (self.height + 4) * np.finfo(kind).eps / 2, dtype=kind)

    def slack(self, kind: type[np.floating]) -> tuple[np.floating, np.floating, np.floating]:
        """By how much more: a share of the route's cost, because costs are summed in 64 bits, arc by arc.

        The second share is for labels, which are never above the true distance but below it by more with
        each arc. What it must be is known when the route is: ``numba_engine`` and ``numpy_engine`` then doubt those that
        cost more than the labels by three quarters of it. The third number stands for values so small that
        they lose digits when they are taken in.
        """
        digits, nodes = np.finfo(kind).eps, len(self.core)
        share = self.size * np.finfo(np.float64).eps
        most = 4 * nodes + 4 * self.size if kind == np.float64 else 2 * isqrt(nodes)
        lost = (int(self.height.max()) + 8 + most) * digits if nodes else 0.0
        return kind(share), kind(share + lost), kind(self.rows * np.finfo(kind).tiny)
