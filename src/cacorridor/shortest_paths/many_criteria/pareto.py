"""Shortest paths by several criteria at once: every cost vector that no other path betters, exactly.

Multi-criteria label setting, led by exact distances to the destination: NAMOA* (Mandow and Perez de la Cruz
2010), with the first criterion left out of the comparisons, because labels are settled in its order (Pulido,
Mandow and Perez de la Cruz 2015). Chains of nodes between junctions are contracted first.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from operator import add, le, sub
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cacorridor.shortest_paths.dijkstra import Search
from cacorridor.shortest_paths.many_criteria.contraction import contract

if TYPE_CHECKING:
    from cacorridor.shortest_paths.dijkstra import Path
    from cacorridor.shortest_paths.many_criteria.contraction import Vector

KNOWN = -2  # stands for the label before one that has no path
ROUNDING = 1e-9  # of the least cost by a criterion; sums that differ by less are equal


@dataclass(frozen=True, eq=False)
class Front:
    """Paths of which none betters another.

    Attributes
    ----------
    cost : ndarray of float64, shape (paths, criteria)
        The sums of the weights, in ascending order of the first criterion, then of the second, and so on.
    paths : tuple of Path
        The arcs of each, in order of travel.

    """

    cost: np.ndarray
    paths: tuple[Path, ...]


def pareto_front(  # noqa: PLR0913  # a graph is three arrays
    tail: np.ndarray,
    head: np.ndarray,
    size: int,
    weight: np.ndarray,
    ends: tuple[int, int],
    *,
    known: np.ndarray | None = None,
) -> Front:
    """Find the Pareto set of paths between two nodes, one path for each cost vector.

    Parameters
    ----------
    tail, head : ndarray of int, shape (arcs,)
        The node from which and the node to which each arc leads; arcs may be parallel.
    size : int
        Number of nodes.
    weight : ndarray of float, shape (criteria, arcs)
        Weights by each criterion, not negative; an arc with an infinite weight is absent.
    ends : (int, int)
        Origin and destination, two nodes.
    known : ndarray of float, shape (vectors, criteria)
        Costs that can be had elsewhere: paths that one of them equals or betters are left out.

    Returns
    -------
    Front
        Without paths, if there is no way, or none that is better than what is known.

    Raises
    ------
    ValueError
        If there is no criterion, a weight is negative or not a number, or shapes do not fit.

    Examples
    --------
    Three ways from 0 to 3: quick and dear, slow and cheap, and one between; by the arc from 0 to 3 none.

    >>> import numpy as np
    >>> tail, head = np.array([0, 1, 0, 2, 1, 0]), np.array([1, 3, 2, 3, 2, 3])
    >>> hours, dollars = [1.0, 1.0, 4.0, 4.0, 1.0, 9.0], [5.0, 5.0, 1.0, 1.0, 1.0, 9.0]
    >>> front = pareto_front(tail, head, 4, np.array([hours, dollars]), (0, 3))
    >>> front.cost
    array([[ 2., 10.],
           [ 6.,  7.],
           [ 8.,  2.]])
    >>> front.paths
    ((0, 1), (0, 4, 3), (2, 3))

    """
    weight = np.asarray(weight, dtype=np.float64)
    _require_weights(tail, head, weight)
    bounds = _lower_bounds(tail, head, size, weight, ends[1])
    if not np.isfinite(bounds[:, ends[0]]).all():
        return Front(np.zeros((0, len(weight))), ())
    paths = _Labels(tail, head, weight, bounds, ends).settle([] if known is None else known.tolist())
    return _sorted_front(weight, paths, ROUNDING * bounds[:, ends[0]])


def thin_front(cost: np.ndarray, share: float) -> list[int]:
    """Choose the paths of a front that stand for all: the others are within a share of one of them.

    Parameters
    ----------
    cost : ndarray of float, shape (paths, criteria)
        Cost vectors, not negative.
    share : float
        A path is left out if one that is kept costs at most ``1 + share`` times as much by every criterion
        (epsilon-dominance; Papadimitriou and Yannakakis 2000). The best by each criterion is always kept.

    Returns
    -------
    list of int
        Rows that are kept, ascending.

    Examples
    --------
    >>> import numpy as np
    >>> thin_front(np.array([[100.0, 9.0], [101.0, 8.9], [102.0, 3.0], [140.0, 2.0]]), 0.03)
    [0, 2, 3]

    """
    if not len(cost):
        return []
    kept = list(dict.fromkeys(np.argmin(cost, axis=0).tolist()))  # of a tie the first, best by the first

    # Then, from the best compromise on, whatever none of those kept stands for.
    largest = cost.max(axis=0)
    compromise = np.argsort((cost / np.where(largest > 0, largest, 1.0)).sum(axis=1), kind="stable")
    for row in compromise.tolist():
        if not (cost[kept] <= (1 + share) * cost[row]).all(axis=1).any():
            kept.append(row)
    return sorted(kept)


def undominated(cost: np.ndarray, slack: np.ndarray | float = 0.0) -> np.ndarray:
    """Mark the cost vectors that no other betters; of equal ones the first.

    Parameters
    ----------
    cost : ndarray of float, shape (paths, criteria)
        Cost vectors.
    slack : float or ndarray of float, shape (criteria,)
        What differs by less is equal.

    Returns
    -------
    ndarray of bool, shape (paths,)
        Whether each is in the Pareto set.

    Examples
    --------
    >>> import numpy as np
    >>> undominated(np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 1.0], [1.0, 5.0]])).tolist()
    [True, False, True, False]

    """
    no_worse = (cost[:, None] <= cost[None] + slack).all(axis=2)  # whether row i is no worse than row j
    first = np.arange(len(cost))
    better = no_worse & (~no_worse.T | (first[:, None] < first))
    return np.asarray(~better.any(axis=0))


# ---------------------------------------------------------------- the parts


def _require_weights(tail: np.ndarray, head: np.ndarray, weight: np.ndarray) -> None:
    """Refuse weights that are no costs of these arcs."""
    if weight.ndim != 2 or not len(weight) or weight.shape[1:] != tail.shape or tail.shape != head.shape:
        raise ValueError(f"weights of shape {weight.shape} for {len(tail)} arcs; needed: (criteria, arcs)")
    if not (weight >= 0).all():
        raise ValueError("weights must be numbers that are not negative")


def _lower_bounds(
    tail: np.ndarray, head: np.ndarray, size: int, weight: np.ndarray, destination: int
) -> np.ndarray:
    """Compute the exact distance to the destination by each criterion, shape (criteria, nodes)."""
    search = Search(tail, head, size)
    present = np.where(np.isfinite(weight).all(axis=0), weight, np.inf)  # absent by one is absent by all
    return np.array([search.distances(row, destination, backwards=True) for row in present])


class _Label(NamedTuple):
    """A path to a node, as the cost of the best way on from there by each criterion; smallest cost first."""

    cost: Vector
    node: int
    before: int  # the settled label that it continues
    path: Path  # the arcs from there


class _Labels:
    """The labels of one question: those that wait, and the costs settled at each node."""

    def __init__(
        self,
        tail: np.ndarray,
        head: np.ndarray,
        weight: np.ndarray,
        bounds: np.ndarray,
        ends: tuple[int, int],
    ) -> None:
        self.origin, self.destination = ends
        self.first: Vector = tuple(bounds[:, self.origin].tolist())
        self.slack: Vector = tuple((ROUNDING * bounds[1:, self.origin]).tolist())

        # An arc weighs what it adds to the bound, so that a label is the bound of a whole path.
        arcs = np.flatnonzero(np.isfinite(weight).all(axis=0) & np.isfinite(bounds[0][head]))
        added = weight[:, arcs] + bounds[:, head[arcs]] - bounds[:, tail[arcs]]
        self.leaving = contract(tail[arcs], head[arcs], np.maximum(added, 0.0), ends, arcs)
        self.settled: dict[int, list[Vector]] = {node: [] for node in (*ends, *self.leaving)}

    def settle(self, known: list[list[float]]) -> list[Path]:
        """Settle labels in order of their cost, and return the paths of those at the destination.

        Costs known beforehand settle at the destination as labels without a path.
        """
        waiting = [_Label(tuple(cost), self.destination, KNOWN, ()) for cost in known]
        heapq.heapify(waiting)
        heapq.heappush(waiting, _Label(self.first, self.origin, -1, ()))
        chain: list[tuple[int, Path]] = []
        paths: list[Path] = []
        at_destination = self.settled[self.destination]
        while waiting:
            cost, node, before, path = heapq.heappop(waiting)
            rest = cost[1:]
            if _is_bettered(rest, at_destination) or _is_bettered(rest, self.settled[node]):
                continue

            # No other path to this node betters it: it is settled, and continued unless it has arrived.
            self._enter(node, rest)
            if before == KNOWN:
                continue
            chain.append((before, path))
            if node == self.destination:
                paths.append(_walk_back(chain))
                continue
            for onward, added, arcs in self.leaving.get(node, ()):
                further = tuple(map(add, cost, added))
                rest = further[1:]
                if not (_is_bettered(rest, at_destination) or _is_bettered(rest, self.settled[onward])):
                    heapq.heappush(waiting, _Label(further, onward, len(chain) - 1, arcs))
        return paths

    def _enter(self, node: int, rest: Vector) -> None:
        """Enter a cost at a node, less the slack; what it betters in all but the first is needed no more."""
        limit = tuple(map(sub, rest, self.slack))
        settled = self.settled[node]
        settled[:] = [limit, *(other for other in settled if not all(map(le, limit, other)))]


def _is_bettered(rest: Vector, settled: list[Vector]) -> bool:
    """Say whether a settled cost is no worse by any criterion but the first, by which it never is."""
    if not rest:  # by one criterion whatever is settled is no worse
        return bool(settled)
    # the two ends are looked at first, which spares most of the calls: this is where a search spends its time
    start, end = rest[0], rest[-1]
    for place, other in enumerate(settled):
        if other[-1] <= end and other[0] <= start and all(map(le, other, rest)):
            settled[0], settled[place] = other, settled[0]  # it is likely to better the next one as well
            return True
    return False


def _walk_back(chain: list[tuple[int, Path]]) -> Path:
    """Follow the last settled label back to the origin."""
    parts: list[Path] = []
    label = len(chain) - 1
    while label >= 0:
        label, path = chain[label]
        parts.append(path)
    return tuple(arc for part in reversed(parts) for arc in part)


def _sorted_front(weight: np.ndarray, paths: list[Path], slack: np.ndarray) -> Front:
    """Sum the weights in order of travel, drop what rounding alone has kept, and sort."""
    cost = np.array([weight[:, list(path)].sum(axis=1) for path in paths]).reshape(len(paths), len(weight))
    kept = np.flatnonzero(undominated(cost, slack))
    order = kept[np.lexsort(cost[kept].T[::-1])]
    return Front(cost[order], tuple(paths[row] for row in order.tolist()))
