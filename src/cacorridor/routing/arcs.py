"""The supernetwork as arrays, for questions that are asked a thousand times: one arc a chain of steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.errors import UsageError
from cacorridor.network.model import SEA
from cacorridor.routing.search import supernetwork_of
from cacorridor.routing.supernetwork import DESTINATION, ORIGIN, Chain
from cacorridor.shortest_paths.dijkstra import Path, Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.search import Query
    from cacorridor.routing.supernetwork import Edge, Node

MASK_BITS = 64


@dataclass(frozen=True, eq=False)
class Arcs:
    """One arc for each chain: tail and head as numbers of nodes, weight, and its states as bits.

    ``weight`` is the chain's value by the query's criterion (hours or kilometres), shape (arcs,);
    ``mask`` has a bit for each of ``states`` in which the chain runs or stops, shape (arcs,).
    """

    chains: tuple[Chain, ...]
    number: dict[Node, int]
    tail: np.ndarray
    head: np.ndarray
    weight: np.ndarray
    states: tuple[str, ...]
    mask: np.ndarray

    def bits(self, states: Iterable[str]) -> int:
        """Return the mask of a set of states; a state in which no arc lies has no bit."""
        return sum(1 << self.states.index(state) for state in set(states) if state in self.states)

    def named(self, mask: int) -> tuple[str, ...]:
        """List the states of a mask."""
        return tuple(state for bit, state in enumerate(self.states) if mask >> bit & 1)

    def within(self, mask: int) -> np.ndarray:
        """Mark the arcs that lie in any state of a mask."""
        return np.asarray((self.mask & np.uint64(mask)) != 0)

    def of_links(self, links: Iterable[str]) -> np.ndarray:
        """Mark the arcs, in both directions, of some links."""
        wanted = set(links)
        return np.array([bool(chain.steps) and chain.steps[0].link in wanted for chain in self.chains])

    def mask_of(self, path: Path) -> int:
        """Return the states of a path as bits."""
        return int(np.bitwise_or.reduce(self.mask[list(path)]))

    def steps(self, path: Path) -> list[Edge]:
        """List the steps of a path."""
        return [step for arc in path for step in self.chains[arc].steps]

    def best(
        self,
        origin: str,
        destination: str,
        absent: np.ndarray | None = None,
        weight: np.ndarray | None = None,
    ) -> tuple[float, Path] | None:
        """Find the best path between two places, as its value and its arcs, or None.

        ``absent`` marks arcs that are not there; ``weight`` replaces the arcs' own.
        """
        return self.path((origin, ORIGIN), (destination, DESTINATION), absent, weight)

    def path(
        self,
        start: Node,
        end: Node,
        absent: np.ndarray | None = None,
        weight: np.ndarray | None = None,
    ) -> tuple[float, Path] | None:
        """Find the best path between two nodes, as ``best`` does between places."""
        if start not in self.number or end not in self.number:
            return None
        values = self.weight if weight is None else weight
        values = values if absent is None else np.where(absent, np.inf, values)
        return self._search.path(values, self.number[start], self.number[end])

    def distances(self, node: Node, *, to: bool = False) -> np.ndarray:
        """Compute the best value from a node to every node, or from every node to it."""
        return self._search.distances(self.weight, self.number[node], backwards=to)

    @cached_property
    def _search(self) -> Search:
        return Search(self.tail, self.head, len(self.number))


@lru_cache(maxsize=64)
def lay_out(network: Network, query: Query, ends: tuple[tuple[str, str], ...] = ()) -> Arcs:
    """Lay out the arcs that a query's modes and bans leave, with ways in and out at the ends.

    ``ends`` are pairs of origin and destination; the query's own pair by default. The query's ``via``,
    ``through`` and ``stretches`` belong to one route and do not count here.

    Raises
    ------
    UsageError
        If the arcs lie in more states than a mask has bits.
    """
    pairs = ends or ((query.origin, query.destination),)
    chains = [chain for chain in supernetwork_of(network, query).chains if _allowed(query, chain)]
    nodes = list(dict.fromkeys(node for chain in chains for node in chain[:2]))
    origins, destinations = (dict.fromkeys(places) for places in zip(*pairs, strict=True))
    chains += [Chain((place, ORIGIN), node, ()) for place in origins for node in _at(nodes, place)]
    chains += [Chain(node, (place, DESTINATION), ()) for place in destinations for node in _at(nodes, place)]
    number = {
        node: at for at, node in enumerate(dict.fromkeys(node for chain in chains for node in chain[:2]))
    }
    states = tuple(sorted({state for chain in chains for state in _states(query, chain)}))
    if len(states) > MASK_BITS:
        raise UsageError(f"the network lies in {len(states)} states; questions by state allow {MASK_BITS}")
    bit = {state: 1 << at for at, state in enumerate(states)}
    return Arcs(
        chains=tuple(chains),
        number=number,
        tail=np.array([number[chain.tail] for chain in chains], dtype=np.int32),
        head=np.array([number[chain.head] for chain in chains], dtype=np.int32),
        weight=np.array(
            [sum(step.weight(query.criterion) for step in chain.steps) for chain in chains], float
        ),
        states=states,
        mask=np.array([sum(bit[s] for s in _states(query, chain)) for chain in chains], dtype=np.uint64),
    )


def _allowed(query: Query, chain: Chain) -> bool:
    return all(query.allows(step, 0) for step in chain.steps)


def _at(nodes: Sequence[Node], place: str) -> list[Node]:
    return [node for node in nodes if node[0] == place]


def _states(query: Query, chain: Chain) -> set[str]:
    """Name the states whose ban removes a chain."""
    return {
        step.state for step in chain.steps if step.state != SEA and not (query.allow_touch and step.touches)
    }
