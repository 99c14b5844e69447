"""The plan of a computation, a sequence of additions and minima, and how exact its values are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from math import isqrt
from typing import NamedTuple

import numpy as np

NO_ROUTE = -1  # the route index where no route exists
UNRESOLVED = -2  # the route index where another route is too close to be told apart in this precision
NO_ROW = -1  # instead of a row, or of a place in a list, where there is none
MAX_WEIGHT = 1e30  # the largest finite weight; sums then stay within the range of 32 bits
PROVEN_SHARE = 0.75  # of the slack of labels may be used up by a route; the rest covers the proof's rounding


class Routes(NamedTuple):
    """Routes by index: route i has the arcs ``arcs[bounds[i]:bounds[i + 1]]`` in order of travel."""

    arcs: np.ndarray
    bounds: np.ndarray


class Output(NamedTuple):
    """What an engine fills in, both of shape (pairs, scenarios)."""

    cost: np.ndarray
    route_index: np.ndarray


class Slack(NamedTuple):
    """What an alternative must cost more than the best one, beside ``Plan.precision``, to be told apart.

    ``share`` and ``label_share`` are shares of the cost of the whole route, above labels and at labels;
    ``least`` is an amount.
    """

    share: np.floating
    label_share: np.floating
    least: np.floating


@lru_cache(maxsize=8)
def arc_hashes(arc_count: int) -> np.ndarray:
    """Draw a 64-bit number for each arc: a route is known by their sum (as in Zobrist hashing).

    Parameters
    ----------
    arc_count : int
        Number of arcs.

    Returns
    -------
    ndarray of int64, shape (arcs,)
        The same numbers each time.

    """
    return np.random.default_rng(0).integers(-(2**63), 2**63 - 1, arc_count)


@dataclass(frozen=True, eq=False)
class Plan:
    """A sequence of computations: row by row, each the least of sums of two other rows.

    Parameters
    ----------
    tail, head : ndarray, shape (arcs,)
        Ends of the network's arcs. Rows below ``arc_count`` are their weights; row ``arc_count`` is zero.
    size : int
        Number of the network's nodes.
    bounds, left, right : ndarray
        Row ``first_sum + i`` is the least of ``left + right`` over its *alternatives*, ``bounds[i]`` to
        before ``bounds[i + 1]``. An arc of the network as an alternative is its weight plus zero.
    roots : ndarray, shape (pairs,)
        The row of each pair, or ``NO_ROW`` where no path can exist.
    end_index : ndarray
        Numbers the rows of arcs from an origin or to a destination, with ``NO_ROW`` for the other rows:
        every route passes many of these.
    origins : ndarray
        The different origins of the pairs.
    core : ndarray
        The nodes that are searched instead of being eliminated.
    first_core_arc, first_label : int
        Where the rows of the core's arcs begin, and where they end and the labels begin.
    core_bounds, core_heads : ndarray
        The arcs inside the core are the last of the core's arcs, sorted by tail: node i of the core has
        those from ``core_bounds[i]`` to before ``core_bounds[i + 1]``, with heads as places in the core.

    Notes
    -----
    Alternatives are sums of earlier rows, except for *labels*: row ``first_label + o * len(core) + i`` is
    the distance of node ``core[i]`` from ``origins[o]``, and its alternatives are the label before the last
    arc plus this arc. Of the core's arcs, those into the core come first, then those out of it.

    """

    tail: np.ndarray
    head: np.ndarray
    size: int
    bounds: np.ndarray
    left: np.ndarray
    right: np.ndarray
    roots: np.ndarray
    end_index: np.ndarray
    origins: np.ndarray
    core: np.ndarray
    first_core_arc: int
    first_label: int
    core_bounds: np.ndarray
    core_heads: np.ndarray

    @property
    def arc_count(self) -> int:
        """Number of the network's arcs, and the row that is zero."""
        return len(self.tail)

    @property
    def row_count(self) -> int:
        """Number of rows."""
        return self.arc_count + len(self.bounds)

    @property
    def first_sum(self) -> int:
        """The first row that is computed."""
        return self.arc_count + 1

    @property
    def core_arcs(self) -> slice:
        """The rows of the core's arcs."""
        return slice(self.first_core_arc, self.first_label)

    @property
    def labels(self) -> slice:
        """The rows of the labels."""
        return slice(self.first_label, self.first_label + len(self.origins) * len(self.core))

    @cached_property
    def height(self) -> np.ndarray:
        """Count for each row the most additions on top of each other, above labels and weights."""
        # Row by row, because each rests on earlier ones: O(rows + alternatives), once for each plan.
        height = [0] * self.first_sum
        left, right = self.left.tolist(), self.right.tolist()
        labels = range(self.row_count)[self.labels]
        for row, (start, stop) in enumerate(pairwise(self.bounds.tolist()), start=self.first_sum):
            below = [] if row in labels else left[start:stop] + right[start:stop]
            height.append(1 + max(map(height.__getitem__, below), default=-1))
        return np.array(height, dtype=np.int32)

    @property
    def arc_hash(self) -> np.ndarray:
        """The number of each arc whose sum identifies a route."""
        return arc_hashes(self.arc_count)

    def precision(self, kind: type[np.floating]) -> np.ndarray:
        """Return the share of its value by which each row must undercut an alternative to be told apart.

        Converting the weights, and each addition on top of another, errs by half a last digit at most, on
        either side; so does the comparison itself. The core's arcs were made shorter on purpose.

        Parameters
        ----------
        kind : type
            ``float32`` or ``float64``: the kind of the values.

        Returns
        -------
        ndarray, shape (rows,)
            Shares of the value of each row.

        """
        digits = self.height + 3
        digits[self.core_arcs] *= 2
        return np.asarray(digits * np.finfo(kind).eps, dtype=kind)

    def factor(self, kind: type[np.floating]) -> np.ndarray:
        """Return the factor of each of the core's arcs with which no sum exceeds the unrounded one.

        Parameters
        ----------
        kind : type
            ``float32`` or ``float64``: the kind of the values.

        Returns
        -------
        ndarray, shape (rows,)
            Factors just below 1; those of other rows are not used.

        """
        return np.asarray(1 - (self.height + 4) * np.finfo(kind).eps / 2, dtype=kind)

    def slack(self, kind: type[np.floating]) -> Slack:
        """Return by how much more an alternative must cost, beside ``precision``.

        The first share is there because costs are summed in 64 bits, arc by arc. The second is for labels:
        they are never above the true distance, but each arc takes them further below it. How much it must
        be is known when the route is: the engines leave a route unresolved that costs more than its labels
        by ``PROVEN_SHARE`` of it. The amount is for values so small that they lose digits when converted.

        Parameters
        ----------
        kind : type
            ``float32`` or ``float64``: the kind of the values.

        Returns
        -------
        Slack
            Two shares of the cost of a route, and an amount.

        """
        digits, nodes = np.finfo(kind).eps, len(self.core)
        share = self.size * np.finfo(np.float64).eps
        steps = 4 * nodes + 4 * self.size if kind == np.float64 else 2 * isqrt(nodes)
        lost = (int(self.height.max()) + 8 + steps) * digits if nodes else 0.0
        return Slack(kind(share), kind(share + lost), kind(self.row_count * np.finfo(kind).tiny))
