"""The best path through the supernetwork that meets every condition."""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from cacorridor.network.schema import MODES
from cacorridor.routing import supernetwork
from cacorridor.routing.supernetwork import DESTINATION, ORIGIN, UNDERWAY, Edge, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from cacorridor.network.model import Network

BRANCHES = 400  # paths that double back are split until one does not; more is hopeless

Layered = tuple[Node, int]  # a node and the wishes fulfilled on the way to it, one bit each
Path = list[tuple[Layered, Edge | None]]
Bar = tuple[str, int]  # a place that must not be visited in a layer


@dataclass(frozen=True)
class Query:
    """A question to the network, in ids and sets; ``through`` in no order, ``via`` in order."""

    origin: str
    destination: str
    via: tuple[str, ...] = ()
    stretches: tuple[frozenset[str] | None, ...] = ()  # modes up to each place of via, then to the end
    through: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset(MODES)
    level: str = "express"
    year: int | None = None
    month: int | None = None
    survey_year: int | None = None
    criterion: str = "time"
    allow_touch: bool = False
    scenarios: tuple[str, ...] = ()  # those that the network stands under

    def allows(self, step: Edge, mask: int) -> bool:
        """Tell whether a step uses the modes given and lies in no avoided state; a ban is a ban."""
        by_mode = step.kind == "transfer" or step.mode in self.modes_on(mask)
        return by_mode and (step.state not in self.avoid or (self.allow_touch and step.touches))

    def modes_on(self, mask: int) -> frozenset[str]:
        """Return the modes allowed on the stretch that a layer stands for."""
        own = self.stretches[self.turn(mask)] if self.stretches else None
        return self.modes if own is None else own

    def turn(self, mask: int) -> int:
        """Count the places of ``via`` that are passed: the lowest bits, set one after the other."""
        lowest_unset = (~mask & (mask + 1)).bit_length() - 1
        return min(lowest_unset, len(self.via))

    @cached_property
    def states_wanted(self) -> tuple[str, ...]:
        """The states of ``through`` in the order of their bits, after those of ``via``."""
        return tuple(sorted(self.through))

    @cached_property
    def all_fulfilled(self) -> int:
        """The layer in which every wish is fulfilled."""
        return (1 << (len(self.via) + len(self.states_wanted))) - 1

    def fulfil(self, mask: int, node: Node, step: Edge | None) -> int:
        """Add the wishes that a step fulfils: the next place of ``via``, a state it stops or runs in."""
        turn = self.turn(mask)
        if turn < len(self.via) and node[0] == self.via[turn]:
            mask |= 1 << turn
        if step is not None and step.state in self.through and not step.touches:
            mask |= 1 << (len(self.via) + self.states_wanted.index(step.state))
        return mask


def best_path(network: Network, query: Query) -> list[Edge] | None:
    """Find the steps of the best route that does not double back, or None.

    States and places to be visited make layers of the graph. A shortest path through the layers may
    double back; such a path is split into two questions, each of which bars the place visited twice
    from one of the two layers. Every path without doubling survives in one of them.
    """
    graph = supernetwork_of(network, query).graph
    tickets = itertools.count()
    cost, path = _shortest(graph, query, frozenset())
    heap = [(cost, next(tickets), path, frozenset[Bar]())] if path else []
    for _ in range(BRANCHES):
        if not heap:
            return None
        _, _, path, bars = heapq.heappop(heap)
        doubled = _first_doubling(path)
        if doubled is None:
            return [step for _, step in path if step is not None] or None
        for bar in doubled:
            cost, other = _shortest(graph, query, bars | {bar})
            if other:
                heapq.heappush(heap, (cost, next(tickets), other, bars | {bar}))
    return None


def _shortest(graph: nx.MultiDiGraph[Node], query: Query, bars: frozenset[Bar]) -> tuple[float, Path]:
    """Run Dijkstra's algorithm over the layers, which are made as they are reached.

    networkx searches only graphs that are laid out beforehand; here most of each layer is never seen.
    """
    start: Layered = ((query.origin, ORIGIN), 0)
    goal: Layered = ((query.destination, DESTINATION), query.all_fulfilled)
    if start[0] not in graph:
        return float("inf"), []
    came_from: dict[Layered, tuple[Layered, Edge | None]] = {}
    cost_to: dict[Layered, float] = {start: 0.0}
    heap: list[tuple[float, Layered]] = [(0.0, start)]
    while heap:
        cost, here = heapq.heappop(heap)
        if here == goal:
            return cost, _walk_back(came_from, here)
        if cost > cost_to[here]:
            continue
        for there, step, weight in _steps_from(graph, query, here, bars):
            if cost + weight < cost_to.get(there, float("inf")):
                cost_to[there] = cost + weight
                came_from[there] = here, step
                heapq.heappush(heap, (cost + weight, there))
    return float("inf"), []


def _steps_from(
    graph: nx.MultiDiGraph[Node], query: Query, here: Layered, bars: frozenset[Bar]
) -> Iterator[tuple[Layered, Edge | None, float]]:
    """List the steps that the query allows, with where they lead; parallel links are steps of their own."""
    node, mask = here
    for target, parallel in graph.adj[node].items():
        for data in parallel.values():
            step: Edge | None = data["step"]
            if step is None or query.allows(step, mask):
                reached = query.fulfil(mask, target, step)
                if (target[0], reached) not in bars:
                    yield (target, reached), step, data["weight"]


def _walk_back(came_from: dict[Layered, tuple[Layered, Edge | None]], end: Layered) -> Path:
    """Follow the path back from its end; each node stands with the step that leads to it."""
    path: Path = []
    here = end
    while here in came_from:
        before, step = came_from[here]
        path.append((here, step))
        here = before
    return [(here, None), *path[::-1]]


def _first_doubling(path: Path) -> tuple[Bar, Bar] | None:
    """Find a place that the path visits in two layers.

    Within one layer a place may return: freight passes it again on the way from a terminal beyond it.
    """
    seen: dict[str, int] = {}
    for place, visit in itertools.groupby(path, key=lambda item: item[0][0][0]):
        mask = next(visit)[0][1]
        if place != UNDERWAY and seen.setdefault(place, mask) != mask:
            return (place, seen[place]), (place, mask)
    return None


def supernetwork_of(network: Network, query: Query) -> supernetwork.Supernetwork:
    """Return the supernetwork that a query is asked in."""
    return _built(network, query.level, query.criterion, query.year, query.month, query.survey_year)


@lru_cache(maxsize=16)
def _built(  # noqa: PLR0913, PLR0917  # the parts of a query that shape the graph, as a key
    network: Network,
    level: str,
    criterion: str,
    year: int | None,
    month: int | None,
    survey_year: int | None,
) -> supernetwork.Supernetwork:
    """Keep the last few supernetworks: networks are frozen, and questions come in rows."""
    return supernetwork.build(
        network, level=level, criterion=criterion, year=year, month=month, survey_year=survey_year
    )
