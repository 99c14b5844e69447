"""The best path through the supernetwork that meets every condition.

Places to be passed in order and states to be crossed make layers of the graph: a layer says which of these
wishes are fulfilled. The layers are made as they are reached, and the search (A*) is led by exact distances
to the destination, one for each wish that is still open, from searches backwards over the plain graph. So
it looks at few nodes of few layers, however many wishes there are.
"""

from __future__ import annotations

import functools
import heapq
import itertools
import math
import operator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.routing.graph.plain import KEPT, PlainSearch
from cacorridor.routing.graph.steps import describe_lack

if TYPE_CHECKING:
    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network
    from cacorridor.routing.graph.supernetwork import Supernetwork
    from cacorridor.routing.query import Query
    from cacorridor.vectors import Column

SEARCHES = 100  # plain searches whose work a question may take while paths that double back are split

Layered = tuple[int, int]  # a node, and the wishes fulfilled on the way to it: one bit each
Ban = tuple[str, int]  # a place that must not be visited in a layer
Reached = tuple[Layered, float, int]  # a node, what it costs to be there, the arc that leads to it
Path = list[tuple[Layered, int]]  # each node with the arc that leads to it; -1 to the first


def supernetwork_for(network: Network, query: Query) -> Supernetwork:
    """Return the supernetwork that a query is asked in."""
    return supernetwork_of(network, query.level, query.month, query.survey_year, query.load)


def usable_arcs(supernetwork: Supernetwork, query: Query, stretch: int = 0) -> Column:
    """Mark the arcs that a query leaves: open in its year, of its modes, in no avoided state.

    Raises
    ------
    UsageError
        If the data lack a price or a factor of the criterion on some of them, with which.

    """
    banned = supernetwork.in_states(query.avoid, touching=not query.allow_touch)
    by_mode = supernetwork.by_modes(query.modes_on(stretch))
    usable: Column = supernetwork.open_in(query.year) & by_mode & ~banned
    if query.measure.table:
        _require_figures(supernetwork, query.measure, usable)
    return usable


def _require_figures(supernetwork: Supernetwork, measure: Measure, usable: Column) -> None:
    """Refuse a criterion of which the data lack figures: a way must not be left out for want of a price."""
    # only what the question may use counts: a lack elsewhere is not its business, and makes a sum no number
    if not math.isfinite(supernetwork.weights(measure)[usable].sum()):
        used = itertools.compress(itertools.count(), usable.tolist())
        table = supernetwork.steps.take(supernetwork.steps_of(used))
        raise UsageError(describe_lack(table, measure))


def best_path(network: Network, query: Query, *, doubling: bool = False) -> list[int] | None:
    """Find the arcs of the best route that does not double back (or, if it may, of the best), or None.

    A shortest path through the layers may double back; such a path is split into two questions, each of
    which bans the place visited twice from one of the two layers. Every path without doubling survives in
    one of them. Of equally good paths the one found first counts: arcs are tried in the order of the tables.
    The splitting ends when it has looked at as many nodes as ``SEARCHES`` plain searches would.
    """
    if not (query.via or query.through):
        return plain_search(supernetwork_for(network, query), query).path(query.origin, query.destination)
    return _best_pinned_path(network, query, doubling=doubling)


def _best_pinned_path(network: Network, query: Query, *, doubling: bool) -> list[int] | None:
    """Search the layers, and split what doubles back."""
    # the best path in layers; one that doubles back is split by banning either of the two visits
    layers = _Layers(supernetwork_for(network, query), query)
    tickets = itertools.count()
    first = layers.shortest(frozenset())
    heap = [] if first is None else [(first[0], next(tickets), first[1], frozenset[Ban]())]
    while heap and layers.visits < SEARCHES * len(layers.supernetwork.nodes):
        _, _, path, bans = heapq.heappop(heap)
        doubled = None if doubling else layers.first_revisit(path)
        if doubled is None:
            return [arc for _, arc in path[1:]] or None
        for ban in doubled:
            other = layers.shortest(bans | {ban})
            if other is not None:
                heapq.heappush(heap, (other[0], next(tickets), other[1], bans | {ban}))
    return None


def plain_search(supernetwork: Supernetwork, query: Query, stretch: int = 0) -> PlainSearch:
    """Prepare the search under the conditions of a query; the supernetwork keeps the last few."""
    best = query.criterion, query.value_of_time
    key = best, query.year, query.modes_on(stretch), query.avoid, query.allow_touch
    kept = supernetwork.searches
    if key not in kept:
        if len(kept) >= KEPT:
            eldest = next(iter(kept))
            kept.pop(eldest)
        usable = usable_arcs(supernetwork, query, stretch)
        kept[key] = PlainSearch(supernetwork, usable, supernetwork.weights(query.measure))
    return kept[key]


@dataclass(frozen=True)
class _Layer:
    """What a layer's nodes share; ``left`` are exact distances over each wish that is still open."""

    weights: list[float]
    entered: frozenset[int]  # nodes of the next place of via
    passing: int
    left: list[list[float]]

    def bound(self, node: int) -> float:
        """Bound what is left from a node: the longest of the distances over the open wishes."""
        # the longest of several lower bounds is one too, and the closest
        left = self.left
        return left[0][node] if len(left) == 1 else max([known[node] for known in left])


@dataclass(eq=False)
class _Layers:
    """The layered graph of one query: the lowest bits of a layer are the places of via, then come states.

    ``visits`` counts the nodes that its searches have looked at, ``reached`` are the layers so far.
    """

    supernetwork: Supernetwork
    query: Query
    visits: int = 0
    reached: dict[int, _Layer] = field(default_factory=dict)

    # ------------------------------------------------------------ what the query leaves of the graph

    @cached_property
    def searches(self) -> list[PlainSearch]:
        """The arcs that may be used, for each stretch between places of via."""
        graph, query = self.supernetwork, self.query
        return [plain_search(graph, query, stretch) for stretch in range(len(query.via) + 1)]

    @cached_property
    def anywhere(self) -> PlainSearch:
        """The arcs that may be used on some stretch."""
        first = self.searches[0]
        usable = functools.reduce(operator.or_, (search.usable for search in self.searches))
        return first if not self.query.stretches else PlainSearch(self.supernetwork, usable, first.weight)

    @cached_property
    def state_bits(self) -> list[int]:
        """Bits of the states of ``through`` in which each arc runs or stops."""
        bits = [0] * len(self.supernetwork.tail)
        for bit, arcs in self._arcs_stopping.items():
            for arc, _, _ in arcs:
                bits[arc] |= bit
        return bits

    @cached_property
    def _arcs_stopping(self) -> dict[int, list[tuple[int, int, int]]]:
        """Arcs that run or stop in each state of ``through``, by its bit, with their ends."""
        numbered = enumerate(sorted(self.query.through), start=len(self.query.via))
        return {1 << number: self.supernetwork.stopping_in.get(state, []) for number, state in numbered}

    @cached_property
    def goal(self) -> int:
        """The layer in which every wish is fulfilled."""
        return (1 << (len(self.query.via) + len(self.query.through))) - 1

    def layer(self, number: int) -> _Layer:
        """Return what the search needs to know of a layer, which is the same for all its nodes."""
        if number in self.reached:
            return self.reached[number]
        # places of via that are passed: the lowest bits, set one after the other. Bits of states stand above
        # them: a full row of the lower ones counts no further
        lowest_unset = (~number & (number + 1)).bit_length() - 1
        via = self.query.via
        stretch = min(lowest_unset, len(via))
        entered = self.supernetwork.nodes_at.get(via[stretch], ()) if stretch < len(via) else ()
        over_via, over_state = self.bounds
        left = [over_via[stretch], *(known for bit, known in over_state.items() if not number & bit)]
        layer = _Layer(self.searches[stretch].weights, frozenset(entered), 1 << stretch, left)
        return self.reached.setdefault(number, layer)

    # ------------------------------------------------------------ bounds

    @cached_property
    def bounds(self) -> tuple[list[list[float]], dict[int, list[float]]]:
        """Exact distances to the destination: over the places of via still open, and over each state.

        Both are lower bounds of what is left from a node, and what they leave out only lengthens it.
        """
        nodes_at, via = self.supernetwork.nodes_at, self.query.via
        goals = dict.fromkeys(nodes_at.get(self.query.destination, ()), 0.0)
        # backwards, one search a stretch: each begins with the values at the place that ends it, and need go
        # no further than the place where the stretch begins, unless states are to be crossed beyond it
        begins = [
            nodes_at.get(place, ()) if not self.query.through else () for place in (self.query.origin, *via)
        ]
        over_via = [self.searches[-1].distances_to(goals, until=begins[-1])]
        for number in range(len(via) - 1, -1, -1):  # the last place first
            known = over_via[0]
            seeds = {node: known[node] for node in nodes_at.get(via[number], ())}
            over_via.insert(0, self.searches[number].distances_to(seeds, until=begins[number]))
        # a state still to be crossed: the way on to an arc in it, and on from its head
        bits = self._arcs_stopping
        plain = self.anywhere.distances_to(goals) if via and bits else over_via[0]
        return over_via, {bit: self._distances_over(bit, plain) for bit in bits}

    def _distances_over(self, bit: int, plain: list[float]) -> list[float]:
        """Compute the distance from each node to the destination over some arc with a bit."""
        # seeds: the tails of the arcs in the state, with the value from there to the destination
        weights = self.anywhere.weights
        seeds: dict[int, float] = {}
        for arc, tail, head in self._arcs_stopping[bit]:
            left = weights[arc] + plain[head]
            if left < seeds.get(tail, math.inf):
                seeds[tail] = left
        return self.anywhere.distances_to(seeds)

    # ------------------------------------------------------------ the search

    def shortest(self, bans: frozenset[Ban]) -> tuple[float, Path] | None:
        """Find the shortest path through the layers that visits no place in a layer in which it is banned."""
        goal, goals = self.goal, set(self.supernetwork.nodes_at.get(self.query.destination, ()))
        # A*: cost so far and an exact bound of what is left
        heap = self._starts(bans)
        cost_to: dict[Layered, float] = {start: cost for _, cost, start in heap}
        came_by: dict[Layered, tuple[Layered, int]] = {}
        while heap:
            bound, cost, layered = heapq.heappop(heap)
            # nothing in the heap can fulfil its wishes any more
            if bound == math.inf:
                return None
            node, number = layered
            if number == goal and node in goals:
                return cost, _follow_back(came_by, layered)
            if cost > cost_to[layered]:
                continue
            self.visits += 1
            for onward, further, arc in self._onward(layered, cost, bans):
                if further < cost_to.get(onward, math.inf):
                    cost_to[onward], came_by[onward] = further, (layered, arc)
                    left = self.layer(onward[1]).bound(onward[0])
                    heapq.heappush(heap, (further + left, further, onward))
        return None

    def _starts(self, bans: frozenset[Ban]) -> list[tuple[float, float, Layered]]:
        """List the nodes at which the journey may begin: bound, cost, node and layer."""
        if (self.query.origin, 0) in bans:
            return []
        first, starts = self.layer(0), self.supernetwork.nodes_at.get(self.query.origin, ())
        return sorted((first.bound(start), 0.0, (start, 0)) for start in starts)

    def _onward(self, layered: Layered, cost: float, bans: frozenset[Ban]) -> list[Reached]:
        """List where the arcs lead that leave a node in a layer, and the cost of being there."""
        # both wishes at once: the arc may run through a state, its head may be a place of via
        (node, number), bits = layered, self.state_bits
        layer = self.layer(number)
        weights, entered, passed = layer.weights, layer.entered, number | layer.passing
        onward = [
            ((head, (passed if head in entered else number) | bits[arc]), cost + weights[arc], arc)
            for head, arc in self.supernetwork.leaving[node]
        ]
        nodes = self.supernetwork.nodes
        return [each for each in onward if (nodes[each[0][0]][0], each[0][1]) not in bans] if bans else onward

    def first_revisit(self, path: Path) -> tuple[Ban, Ban] | None:
        """Find a place that the path visits in two layers.

        Within one layer a place may return: freight passes it again on the way from a terminal beyond it.
        """
        # modes of one place in a row are one visit
        seen: dict[str, int] = {}
        nodes = self.supernetwork.nodes
        for place, visit in itertools.groupby(path, key=lambda visit: nodes[visit[0][0]][0]):
            layer = next(visit)[0][1]
            if seen.setdefault(place, layer) != layer:
                return (place, seen[place]), (place, layer)
        return None


def _follow_back(came_by: dict[Layered, tuple[Layered, int]], layered: Layered) -> Path:
    """Follow the path back from its end; each node stands with the arc that leads to it."""
    path: Path = []
    while layered in came_by:
        before, arc = came_by[layered]
        path.append((layered, arc))
        layered = before
    return [(layered, -1), *path[::-1]]
