"""The arcs that a query leaves, for questions that are asked a thousand times on one topology."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.errors import NoRouteError
from cacorridor.network.model import SEA
from cacorridor.routing.diagnosis import describe_query, diagnose
from cacorridor.routing.graph.search import supernetwork_for, usable_arcs
from cacorridor.routing.graph.steps import codes_of
from cacorridor.routing.graph.supernetwork import bits_of_rows
from cacorridor.routing.routes import Route
from cacorridor.shortest_paths.dijkstra import Path, Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.graph.supernetwork import Supernetwork
    from cacorridor.routing.query import Query

CONNECTOR = -1  # stands for the arc of the supernetwork where a journey begins or ends


@dataclass(frozen=True, eq=False)
class Arcs:
    """Usable arcs of a supernetwork, with connectors where journeys begin and end.

    ``arc`` are their numbers in the supernetwork (-1 for a connector), ``tail`` and ``head`` their nodes,
    ``weight`` their value by the query's criterion, each of shape (arcs,). ``start`` and ``end`` are the
    nodes at which a journey from or to a place begins or ends.
    """

    supernetwork: Supernetwork
    query: Query
    arc: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    weight: np.ndarray
    start: dict[str, int]
    end: dict[str, int]

    @property
    def size(self) -> int:
        """Number of nodes, those of the connectors included."""
        return len(self.supernetwork.nodes) + len(self.start) + len(self.end)

    def place_of(self, node: int) -> str:
        """Name the place of a node; nothing for that of a connector."""
        nodes = self.supernetwork.nodes
        return nodes[node][0] if node < len(nodes) else ""

    # ------------------------------------------------------------ states

    @cached_property
    def states(self) -> tuple[str, ...]:
        """States in which some arc lies, sorted; the sea is none."""
        names = self.supernetwork.steps.names.states
        codes = np.flatnonzero(self._marks.any(axis=0)).tolist()
        return tuple(sorted({names[code] for code in codes} - {SEA}))

    @cached_property
    def _marks(self) -> np.ndarray:
        """Mark the states whose ban removes each arc, shape (arcs, states of the supernetwork)."""
        sn = self.supernetwork
        marks = sn.arc_states_stopping if self.query.allow_touch else sn.arc_states
        return np.asarray(marks[self.arc] & (self.arc != CONNECTOR)[:, None])

    @cached_property
    def _bits(self) -> list[int]:
        """States of each arc as bits in the order of ``states``."""
        columns = [self.supernetwork.steps.names.states.index(state) for state in self.states]
        return bits_of_rows(self._marks[:, columns])

    def state_mask(self, states: Iterable[str]) -> int:
        """Return the bits of a set of states; a state in which no arc lies has no bit."""
        return sum(1 << self.states.index(state) for state in set(states) if state in self.states)

    def states_in(self, mask: int) -> tuple[str, ...]:
        """List the states of a mask."""
        return tuple(state for bit, state in enumerate(self.states) if mask >> bit & 1)

    def in_states(self, mask: int) -> np.ndarray:
        """Mark the arcs that lie in any state of a mask."""
        names = self.supernetwork.steps.names.states
        columns = [names.index(state) for state in self.states_in(mask)]
        return np.asarray(self._marks[:, columns].any(axis=1))

    def path_mask(self, path: Path) -> int:
        """Return the states of a path as bits."""
        # integers of any size, so that more than 64 states have bits too
        mask = 0
        for arc in path:
            mask |= self._bits[arc]
        return mask

    # ------------------------------------------------------------ arcs and steps

    def of_links(self, links: Iterable[str]) -> np.ndarray:
        """Mark the arcs, in both directions, of some links."""
        return np.asarray(self.supernetwork.of_links(links)[self.arc] & (self.arc != CONNECTOR))

    def stand_at(self, links: Iterable[str], kind: str) -> np.ndarray:
        """Mark the steps of one kind on some links, shape (steps,)."""
        table = self.supernetwork.steps
        codes = codes_of(table.names.links, links)
        return np.asarray(table.is_kind(kind) & np.isin(table.link, codes))

    def steps(self, path: Path) -> np.ndarray:
        """List the steps of a path, as rows of the supernetwork's table."""
        # connectors have no steps
        numbers = self.arc[list(path)]
        return np.asarray(self.supernetwork.steps_of(numbers[numbers != CONNECTOR].tolist()))

    def links_on(self, path: Path) -> list[str]:
        """List the links of a path in order of travel."""
        table = self.supernetwork.steps
        # the steps of one link follow each other; a transfer has none
        codes = table.link[self.steps(path)].tolist()
        return [table.names.links[code] for code in dict.fromkeys(codes) if code >= 0]

    def hours(self, path: Path) -> float:
        """Sum the expected hours of a path."""
        return float(self.supernetwork.steps.hours[self.steps(path)].sum())

    def amount(self, path: Path) -> float:
        """Sum what a path is worth by the criterion, free of what breaks ties."""
        return float(self.query.measure.amount(self.supernetwork.steps)[self.steps(path)].sum())

    def per_arc(self, per_step: np.ndarray) -> np.ndarray:
        """Sum what is given for each step of the supernetwork over each arc, shape (arcs,)."""
        # one zero more at the end, for the position -1 of connectors
        sums = np.append(np.add.reduceat(per_step, self.supernetwork.arc_start[:-1]), 0.0)
        return np.asarray(sums[self.arc])

    def of_whole_arc(self, per_step: np.ndarray) -> np.ndarray:
        """Sum what is given for each step over the arc that the step belongs to, shape (steps,)."""
        start = self.supernetwork.arc_start
        return np.repeat(np.add.reduceat(per_step, start[:-1]), np.diff(start))

    # ------------------------------------------------------------ search

    def best(
        self,
        origin: str,
        destination: str,
        removed: np.ndarray | None = None,
        weight: np.ndarray | None = None,
        *,
        below: float = np.inf,
    ) -> tuple[float, Path] | None:
        """Find the best path between two places, as its value and its arcs, or None.

        ``removed`` marks arcs that are not there; ``weight`` replaces the arcs' own; a path whose value is
        not ``below`` a bound is none.
        """
        return self.shortest_path(self.start[origin], self.end[destination], removed, weight, below=below)

    def shortest_path(
        self,
        start: int,
        end: int,
        removed: np.ndarray | None = None,
        weight: np.ndarray | None = None,
        *,
        below: float = np.inf,
    ) -> tuple[float, Path] | None:
        """Find the best path between two nodes, as ``best`` does between places."""
        # an arc of infinite weight is no arc to the search
        weights = self.weight if weight is None else weight
        weights = weights if removed is None else np.where(removed, np.inf, weights)
        return self._search.path(weights, start, end, below=below)

    def best_of_each(self, origin: str, destinations: Sequence[str]) -> list[tuple[float, Path] | None]:
        """Find the best path from a place to each of several, in one search; see ``best``."""
        return self._search.paths(
            self.weight, self.start[origin], [self.end[place] for place in destinations]
        )

    def distances(self, node: int, *, to: bool = False) -> np.ndarray:
        """Compute the best value from a node to every node, or from every node to it."""
        return self._search.distances(self.weight, node, backwards=to)

    @cached_property
    def _search(self) -> Search:
        return Search(self.tail, self.head, self.size)

    def with_hours(self, hours: np.ndarray) -> Arcs:
        """Return the arcs over steps with other expected hours, shape (steps,); ranges keep their ratios."""
        # the weight hangs on the hours by the criterion, also where that counts dollars
        sn = self.supernetwork
        table = replace(sn.steps, hours=hours)
        changed = replace(self, supernetwork=replace(sn, steps=table))
        per_step = self.query.measure.weight(table)
        return replace(changed, weight=changed.per_arc(per_step))


def build_arcs(network: Network, query: Query, ends: Sequence[tuple[str, str]] = ()) -> Arcs:
    """Select the arcs that a query's year, modes and bans leave, with connectors at the ends.

    ``ends`` are pairs of origin and destination; the query's own pair by default. The query's ``via``,
    ``through`` and ``stretches`` belong to one route and do not count here.
    """
    pairs = ends or [(query.origin, query.destination)]
    supernetwork = supernetwork_for(network, query)
    unpinned = replace(query, stretches=())
    used = np.flatnonzero(usable_arcs(supernetwork, unpinned))
    # one node more for each end, beside those of the supernetwork
    origins, destinations = (dict.fromkeys(places) for places in zip(*pairs, strict=True))
    first = len(supernetwork.nodes)
    start = {place: node for node, place in enumerate(origins, start=first)}
    end = {place: node for node, place in enumerate(destinations, start=first + len(start))}
    # connectors weigh nothing: a journey may begin and end in any mode of its place
    joined: list[tuple[int, int]] = []
    for place, node in start.items():
        joined += [(node, first_stop) for first_stop in supernetwork.nodes_at.get(place, ())]
    for place, node in end.items():
        joined += [(last_stop, node) for last_stop in supernetwork.nodes_at.get(place, ())]
    tail, head = np.array(joined, dtype=np.int32).reshape(-1, 2).T
    connectors, no_weight = np.full(len(tail), CONNECTOR), np.zeros(len(tail))
    weights = supernetwork.weights(query.measure)[used]
    return Arcs(
        supernetwork=supernetwork,
        query=query,
        arc=np.append(used, connectors).astype(np.int32),
        tail=np.append(supernetwork.tail[used], tail),
        head=np.append(supernetwork.head[used], head),
        weight=np.append(weights, no_weight),
        start=start,
        end=end,
    )


def route_on(network: Network, arcs: Arcs, path: Path, name: str = "") -> Route:
    """Build the route of a path on arcs."""
    steps = arcs.supernetwork.steps.take(arcs.steps(path))
    return Route.from_steps(network, arcs.query, steps, name)


def best_route(network: Network, arcs: Arcs) -> Route:
    """Find the best route of the arcs' query.

    Raises
    ------
    NoRouteError
        With what blocks the way.

    """
    query = arcs.query
    best = arcs.best(query.origin, query.destination)
    if best is None:
        raise NoRouteError(describe_query(network, query), diagnose(network, query))
    return route_on(network, arcs, best[1])
