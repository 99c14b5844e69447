"""The best path where nothing pins the way: one search on arrays, prepared once for each set of conditions.

A heap finds what is near and what is asked first. When many questions are asked, or scipy is there already,
scipy computes the distances and the path is read off them. Both give the same path, by one rule: of equally
good ways the one over the nearer node counts, then over the lower node number, then the first arc.

Which arcs are at a node is the supernetwork's; conditions are weights alone, infinite where nothing may go.
"""

from __future__ import annotations

import heapq
import math
import sys
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np

    from cacorridor.routing.graph.supernetwork import Supernetwork

SCIPY = "scipy.sparse.csgraph"
MANY = 100  # searches after which importing scipy pays
SMALL = 4_096  # nodes; in a smaller network scipy has looked at all sooner than a heap at a few
NEAR = 32  # one node in so many of a larger one is visited by the heap before scipy looks at all of them
KEPT = 32  # sets of conditions that a supernetwork keeps, and places from which one of them has distances
NOWHERE = -1  # no node

Arc = tuple[int, int]  # the node at its other end, its number


@dataclass(eq=False)
class PlainSearch:
    """The arcs that some conditions leave, with their weights.

    ``usable`` marks them and ``weight`` is their value by a criterion, both of shape (arcs,).
    """

    supernetwork: Supernetwork
    usable: np.ndarray
    weight: np.ndarray
    searches: int = field(default=0, init=False)  # of paths, so far
    _from_place: dict[tuple[str, bool], list[float]] = field(default_factory=dict, init=False)

    def path(self, origin: str, destination: str) -> list[int] | None:
        """Find the arcs of the best path between two places, or None if there is no path."""
        starts, goals = self.nodes_of(origin), set(self.nodes_of(destination))
        size = len(self.supernetwork.nodes)
        self.searches += 1
        if not (SCIPY in sys.modules or self.searches > MANY):
            return self._near(starts, goals, None) or None
        # a short way is found by a heap before scipy has looked at all nodes
        near = None if size < SMALL else self._near(starts, goals, size // NEAR)
        return self._far(starts, goals) if near is None else near or None

    def distances_to(
        self, seeds: Mapping[int, float], *, onward: bool = False, until: Iterable[int] = ()
    ) -> list[float]:
        """Compute the least value from each node to any of some nodes that have a value each.

        ``onward`` computes it from those nodes to each one instead. With ``until``, nodes beyond the farthest
        of these may be told as far as it only: so much is a lower bound.
        """
        if not seeds:
            return [math.inf] * len(self.supernetwork.nodes)
        if SCIPY in sys.modules:
            return self._distances_by_scipy(seeds, onward=onward)
        return self._distances_by_heap(seeds, onward=onward, until=until)

    # ------------------------------------------------------------ between a place and every node

    def distances_from_place(self, place: str, *, onward: bool) -> list[float]:
        """Compute the least value from a place to each node (``onward``), or from each node to it.

        The last few are kept: questions about many pairs share their ends.
        """
        kept, key = self._from_place, (place, onward)
        if key not in kept:
            if len(kept) >= KEPT:
                eldest = next(iter(kept))
                kept.pop(eldest)
            seeds = dict.fromkeys(self.nodes_of(place), 0.0)
            kept[key] = self.distances_to(seeds, onward=onward)
        return kept[key]

    def path_between(self, place: str, node: int, *, onward: bool) -> list[int] | None:
        """Find the arcs of the best path from a place to a node (``onward``), or from the node to it."""
        distance = self.distances_from_place(place, onward=onward)
        if distance[node] == math.inf:
            return None
        at_place = set(self.nodes_of(place))
        path = self._descend(distance, node, at_place, self._arcs_along(onward=not onward))
        if path is None:  # arcs that weigh nothing go in a circle
            return self._near(at_place, {node}, None) if onward else self._near({node}, at_place, None)
        return path[::-1] if onward else path

    def nodes_of(self, place: str) -> list[int]:
        """List the nodes of a place; none if it has none."""
        return self.supernetwork.nodes_at.get(place, [])

    def _descend(
        self, distance: Sequence[float], node: int, ends: set[int], arcs_at: list[list[Arc]]
    ) -> list[int] | None:
        """Walk down distances, along arcs that fit them, to a node that they count from.

        Of arcs equally good the one to the nearer node counts, so that ties are broken by one rule. Returns
        None where arcs that weigh nothing go in a circle.
        """
        path, seen, weights = [], {node}, self.weights
        while node not in ends:
            reached, closer = distance[node], []
            for other, arc in arcs_at[node]:
                known = distance[other]
                if known + weights[arc] == reached and other not in seen:
                    closer.append((known, other, arc))
            if not closer:
                return None
            _, node, arc = min(closer)
            seen.add(node)
            path.append(arc)
        return path

    # ------------------------------------------------------------ by a heap

    def _distances_by_heap(
        self, seeds: Mapping[int, float], *, onward: bool = False, until: Iterable[int] = ()
    ) -> list[float]:
        # all seeds are in the heap at once: Dijkstra from many nodes, along the arcs or against them
        arcs_at, weights = self._arcs_along(onward=onward), self.weights
        distance, pop, push = [math.inf] * len(arcs_at), heapq.heappop, heapq.heappush
        heap = [(cost, node) for node, cost in seeds.items()]
        for cost, node in heap:
            distance[node] = cost
        heapq.heapify(heap)
        waited_for = self._reachable(until, seeds, onward=onward) or {NOWHERE}
        while heap:
            cost, node = pop(heap)
            if cost > distance[node]:  # left in the heap when a better value came
                continue
            waited_for.discard(node)
            if not waited_for:
                return _at_most(cost, distance)
            for other, arc in arcs_at[node]:
                further = cost + weights[arc]
                if further < distance[other]:
                    distance[other] = further
                    push(heap, (further, other))
        return distance

    def _reachable(self, nodes: Iterable[int], seeds: Mapping[int, float], *, onward: bool) -> set[int]:
        """Leave out nodes to which no arc leads, or from which none does: waiting for them would not end."""
        reaching, weights = self._arcs_along(onward=not onward), self.weights
        return {
            node
            for node in nodes
            if node in seeds or any(weights[arc] < math.inf for _, arc in reaching[node])
        }

    def _near(self, starts: Iterable[int], goals: set[int], limit: int | None) -> list[int] | None:
        """Search for the nearest goal: its arcs, none if there is no way, None beyond a limit of visits."""
        leaving, weights = self.supernetwork.leaving, self.weights
        pop, push = heapq.heappop, heapq.heappush
        # least cost so far, and by which arc; ties go to the node of the lower number
        cost_to = dict.fromkeys(starts, 0.0)
        came_by: dict[int, tuple[int, int]] = {}
        heap = [(0.0, node) for node in sorted(cost_to)]
        visits = math.inf if limit is None else limit
        while heap:
            cost, node = pop(heap)
            if node in goals:
                return _path_back(came_by, node)
            if cost > cost_to[node]:
                continue
            visits -= 1
            if visits < 0:
                return None
            for head, arc in leaving[node]:
                further = cost + weights[arc]
                if further < cost_to.get(head, math.inf):
                    cost_to[head], came_by[head] = further, (node, arc)
                    push(heap, (further, head))
        return []

    def _arcs_along(self, *, onward: bool) -> list[list[Arc]]:
        return self.supernetwork.leaving if onward else self.supernetwork.reaching

    @cached_property
    def weights(self) -> list[float]:
        """What each arc weighs; infinite where the conditions ban it."""
        marked = zip(self.weight.tolist(), self.usable.tolist(), strict=True)
        return [weight if is_usable else math.inf for weight, is_usable in marked]

    # ------------------------------------------------------------ by scipy

    def _far(self, starts: list[int], goals: set[int]) -> list[int] | None:
        """Read the path off the distances from the start to every node."""
        from scipy.sparse.csgraph import dijkstra

        if not starts or not goals:
            return None
        # distances alone say the way: go back along arcs that fit them, whose weights are Python's numbers
        distance = memoryview(dijkstra(self._matrix, indices=starts, min_only=True))
        goal = min(goals, key=lambda node: (distance[node], node))
        if distance[goal] == math.inf:
            return None
        path = self._descend(distance, goal, set(starts), self.supernetwork.reaching)
        if path is None:  # arcs that weigh nothing go in a circle
            return self._near(starts, {goal}, None)
        return path[::-1] or None

    def _distances_by_scipy(self, seeds: Mapping[int, float], *, onward: bool = False) -> list[float]:
        """Search along the arcs or against them, from a node beyond all others, with an arc to each seed."""
        import numpy as np
        from scipy.sparse.csgraph import dijkstra

        arcs, size = self._matrix if onward else self._turned, len(self.supernetwork.nodes)
        # its row is the last of the matrix, and empty so far: it leads to the seeds by their values
        more = copy(arcs)
        more.data = np.append(arcs.data, list(seeds.values()))
        more.indices = np.append(arcs.indices, np.array(list(seeds), dtype=arcs.indices.dtype))
        more.indptr = arcs.indptr.copy()
        more.indptr[-1] += len(seeds)
        distance = dijkstra(more, indices=size)
        known: list[float] = distance[:size].tolist()
        return known

    @cached_property
    def _turned(self) -> Any:
        return self._matrix.T.tocsr()

    @cached_property
    def _matrix(self) -> Any:
        import numpy as np

        # of parallel arcs the matrix keeps the least weight; what is infinite is no arc
        return self.supernetwork.topology.matrix(np.array(self.weights))


def _at_most(limit: float, amounts: list[float]) -> list[float]:
    """Put a limit in the place of what lies beyond it."""
    # min() would take ten times as long, and the amounts are as many as the nodes
    return [amount if amount < limit else limit for amount in amounts]  # noqa: FURB136


def arcs_at(node: np.ndarray, other: np.ndarray, size: int) -> list[list[Arc]]:
    """List the arcs at each node, in the order of the table, with the node at their other end."""
    # Python's own numbers, which a heap compares quicker than NumPy's
    nodes, others = node.tolist(), other.tolist()
    arcs: list[list[Arc]] = [[] for _ in range(size)]
    for arc in sorted(range(len(nodes)), key=nodes.__getitem__):  # those of a node lie together in memory
        arcs[nodes[arc]].append((others[arc], arc))
    return arcs


def _path_back(came_by: dict[int, tuple[int, int]], node: int) -> list[int]:
    """Follow the arcs back to where the search began."""
    path: list[int] = []
    while node in came_by:
        node, arc = came_by[node]
        path.append(arc)
    return path[::-1]
