"""The best path where nothing pins the way: one search on arrays, prepared once for each set of conditions.

A heap finds what is near and what is asked first. When many questions are asked, or scipy is there already,
scipy computes the distances and the path is read off them. Both give the same path, by one rule: of equally
good ways the one over the nearer node counts, then over the lower node number, then the first arc.
"""

from __future__ import annotations

import heapq
import math
import sys
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, Any

from cacorridor.vectors import array_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np

    from cacorridor.routing.graph.supernetwork import Supernetwork

SCIPY = "scipy.sparse.csgraph"
MANY = 100  # searches after which importing scipy pays
NEAR = 32  # one node in so many is visited by the heap before scipy looks at all of them
KEPT = 32  # sets of conditions that a supernetwork keeps

Arc = tuple[int, float, int]  # the node at its other end, its weight, its number


@dataclass(eq=False)
class PlainSearch:
    """The arcs that some conditions leave, with their weights.

    ``usable`` marks them and ``weight`` is their value by a criterion, both of shape (arcs,).
    """

    supernetwork: Supernetwork
    usable: np.ndarray
    weight: np.ndarray
    searches: int = field(default=0, init=False)  # of paths, so far

    def path(self, origin: str, destination: str) -> list[int] | None:
        """Find the arcs of the best path between two places, or None if there is no path."""
        nodes_at = self.supernetwork.nodes_at
        starts, goals = nodes_at.get(origin, []), set(nodes_at.get(destination, ()))
        self.searches += 1
        # a short way is found by a heap before scipy has looked at all nodes
        by_scipy = SCIPY in sys.modules or self.searches > MANY
        limit = len(self.supernetwork.nodes) // NEAR if by_scipy else None
        near = self._near(starts, goals, limit)
        return self._far(starts, goals) if near is None and by_scipy else near or None

    def distances_to(self, seeds: Mapping[int, float]) -> list[float]:
        """Compute the least value from each node to any of some nodes that have a value each."""
        if not seeds:
            return [math.inf] * len(self.supernetwork.nodes)
        return self._distances_by_scipy(seeds) if SCIPY in sys.modules else self._distances_by_heap(seeds)

    # ------------------------------------------------------------ by a heap

    def _distances_by_heap(self, seeds: Mapping[int, float]) -> list[float]:
        # all seeds are in the heap at once: Dijkstra from many nodes, against the arcs
        backward, distance = self._backward, [math.inf] * len(self.supernetwork.nodes)
        heap = [(cost, node) for node, cost in seeds.items() if cost < math.inf]
        for cost, node in heap:
            distance[node] = cost
        heapq.heapify(heap)
        while heap:
            cost, node = heapq.heappop(heap)
            if cost > distance[node]:  # left in the heap when a better value came
                continue
            for before, weight, _ in backward[node]:
                further = cost + weight
                if further < distance[before]:
                    distance[before] = further
                    heapq.heappush(heap, (further, before))
        return distance

    def _near(self, starts: Iterable[int], goals: set[int], limit: int | None) -> list[int] | None:
        """Search for the nearest goal: its arcs, none if there is no way, None beyond a limit of visits."""
        onward, pop, push = self.onward, heapq.heappop, heapq.heappush
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
            for head, weight, arc in onward[node]:
                further = cost + weight
                if further < cost_to.get(head, math.inf):
                    cost_to[head], came_by[head] = further, (node, arc)
                    push(heap, (further, head))
        return []

    @cached_property
    def onward(self) -> list[list[Arc]]:
        """Arcs that leave each node, in the order of the table."""
        return self._arcs_at(self.supernetwork.tail, self.supernetwork.head)

    @cached_property
    def _backward(self) -> list[list[Arc]]:
        """Arcs that reach each node."""
        return self._arcs_at(self.supernetwork.head, self.supernetwork.tail)

    def _arcs_at(self, node: np.ndarray, other: np.ndarray) -> list[list[Arc]]:
        # Python's own numbers, which a heap compares quicker than NumPy's
        nodes, others, weights = node.tolist(), other.tolist(), self.weight.tolist()
        used = list(compress(range(len(nodes)), self.usable.tolist()))
        used.sort(key=nodes.__getitem__)  # the arcs of a node lie together in memory, too
        arcs_at: list[list[Arc]] = [[] for _ in self.supernetwork.nodes]
        for arc in used:
            arcs_at[nodes[arc]].append((others[arc], weights[arc], arc))
        return arcs_at

    # ------------------------------------------------------------ by scipy

    def _far(self, starts: list[int], goals: set[int]) -> list[int] | None:
        """Read the path off the distances from the start to every node."""
        from scipy.sparse.csgraph import dijkstra

        if not starts or not goals:
            return None
        # distances alone say the way: go back along arcs that fit them
        distance = dijkstra(self._matrix, indices=starts, min_only=True)
        goal = min(goals, key=lambda node: (distance[node], node))
        if distance[goal] == math.inf:
            return None
        path: list[int] = []
        # of arcs equally good the one from the nearer node, so that ties are broken by one rule
        seen, begin = {goal}, set(starts)
        while goal not in begin:
            before = [
                (distance[node], node, arc)
                for node, weight, arc in self._backward[goal]
                if distance[node] + weight == distance[goal] and node not in seen
            ]
            if not before:  # arcs that weigh nothing go in a circle
                return self._near(starts, {goal}, None)
            _, goal, arc = min(before)
            seen.add(goal)
            path.append(arc)
        return path[::-1] or None

    def _distances_by_scipy(self, seeds: Mapping[int, float]) -> list[float]:
        """Search backwards from one node more, from which an arc leads to each seed."""
        import numpy as np
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        back, size = self._turned, len(self.supernetwork.nodes)
        # the matrix against the arcs, with one row more that leads to the seeds by their values
        pattern = (
            np.concatenate([back.data, list(seeds.values())]),
            np.concatenate([back.indices, np.array(list(seeds), dtype=back.indices.dtype)]),
            np.append(back.indptr, back.indptr[-1] + len(seeds)).astype(back.indptr.dtype),
        )
        distance = dijkstra(csr_array(pattern, shape=(size + 1, size + 1)), indices=size)
        known: list[float] = distance[:size].tolist()
        return known

    @cached_property
    def _turned(self) -> Any:
        return self._matrix.T.tocsr()

    @cached_property
    def _matrix(self) -> Any:
        import numpy as np

        from cacorridor.shortest_paths.dijkstra import Search

        # of parallel arcs the matrix keeps the least weight
        used = np.flatnonzero(self.usable)
        columns = self.supernetwork.tail, self.supernetwork.head, self.weight
        tail, head, weight = (array_of(column)[used] for column in columns)
        return Search(tail, head, len(self.supernetwork.nodes)).matrix(weight)


def _path_back(came_by: dict[int, tuple[int, int]], node: int) -> list[int]:
    """Follow the arcs back to where the search began."""
    path: list[int] = []
    while node in came_by:
        node, arc = came_by[node]
        path.append(arc)
    return path[::-1]
