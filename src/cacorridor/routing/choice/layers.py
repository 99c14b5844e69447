"""Arcs in layers for questions whose way is pinned: places to pass in order, and states to cross.

A layer says which of these wishes are fulfilled, so that every path through the layers meets them all. A
path may come to a place in two layers; such paths are split into two questions, each of which bans the
place from one of the two, as ``graph.search`` does for one criterion.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cacorridor.routing.graph.arcs import CONNECTOR, Arcs
from cacorridor.routing.graph.search import usable_arcs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.routing.graph.supernetwork import Supernetwork
    from cacorridor.routing.query import Query
    from cacorridor.shortest_paths.dijkstra import Path


class Revisit(NamedTuple):
    """A place that a path visits in two layers."""

    place: str
    before: int
    after: int


@dataclass(frozen=True, eq=False)
class PinnedArcs(Arcs):
    """Arcs in ``layers`` copies of the graph; a node of a layer is numbered ``layer * nodes + node``.

    The lowest bits of a layer, one for each of ``wished_states``, are the states that have been crossed.
    """

    layers: int = 1
    wished_states: int = 0

    @property
    def size(self) -> int:
        """Number of nodes in all layers, with the two of the connectors."""
        return self.layers * len(self.supernetwork.nodes) + 2

    def place_of(self, node: int) -> str:
        """Name the place of a node; nothing for that of a connector."""
        nodes = self.supernetwork.nodes
        return nodes[node % len(nodes)][0] if node < self.layers * len(nodes) else ""

    def first_revisit(self, path: Path) -> Revisit | None:
        """Find a place that a path visits in two layers."""
        # a change of mode is a stay: consecutive nodes of a place count once, in the first layer
        seen: dict[str, int] = {}
        count = len(self.supernetwork.nodes)
        heads = (node for node in self.head[list(path)].tolist() if node < self.layers * count)
        for place, visits in itertools.groupby(heads, key=self.place_of):
            layer = next(visits) // count
            if seen.setdefault(place, layer) != layer:
                return Revisit(place, seen[place], layer)
        return None

    def split(self, path: Path, revisit: Revisit) -> tuple[np.ndarray, np.ndarray]:
        """Mark the arcs to take away in two questions, so that each path without doubling survives in one."""
        place, before, after = revisit
        crossed = (before ^ after) & ((1 << self.wished_states) - 1)
        if crossed:
            # a turn at the border: either the state is entered elsewhere, or here and for good
            bit = crossed & -crossed
            entries = self._entries(bit)
            first = next(arc for arc in path if entries[arc])
            this_entry = entries & self._alike(first)
            if self.place_of(self.tail[first]) == place:
                with_bit = [layer for layer in range(self.layers) if layer & bit]
                return this_entry, (entries & ~this_entry) | self._leading_to(place, with_bit)
        return self._leading_to(place, [before]), self._leading_to(place, [after])

    def _entries(self, bit: int) -> np.ndarray:
        """Mark the arcs by which a state is entered for the first time."""
        count = len(self.supernetwork.nodes)
        inner = (self.tail < self.layers * count) & (self.head < self.layers * count)
        tail_layer, head_layer = self.tail // count, self.head // count
        return np.asarray(inner & (head_layer & bit > 0) & (tail_layer & bit == 0))

    def _alike(self, arc: int) -> np.ndarray:
        """Mark the arcs that leave the place of an arc's tail for the place of its head, in any layer."""
        count, nodes_at = len(self.supernetwork.nodes), self.supernetwork.nodes_at
        ends = self.place_of(self.tail[arc]), self.place_of(self.head[arc])
        at_tail, at_head = (np.array(nodes_at[place]) for place in ends)
        alike = np.isin(self.tail % count, at_tail) & np.isin(self.head % count, at_head)
        return np.asarray(alike & (self.arc != CONNECTOR))

    def _leading_to(self, place: str, layers: Sequence[int]) -> np.ndarray:
        """Mark the arcs that lead to a place in some layers."""
        count, nodes_at = len(self.supernetwork.nodes), self.supernetwork.nodes_at
        gone = [layer * count + node for layer in layers for node in nodes_at[place]]
        return np.asarray(np.isin(self.head, gone))


@dataclass(frozen=True, eq=False)
class Wishes:
    """Places to pass and states to cross; a layer is the places passed, then the states as bits."""

    via: tuple[str, ...]
    states: int
    place: np.ndarray  # marks the nodes of each place, shape (via, nodes)
    bits: np.ndarray  # the states that each arc crosses, shape (arcs,)

    @classmethod
    def of(cls, supernetwork: Supernetwork, query: Query) -> Wishes:
        """Mark the nodes of the places, and the arcs in the states, that are to be reached."""
        # a place has a node for each mode; any of them fulfils the wish
        marks = np.zeros((len(query.via), len(supernetwork.nodes)), dtype=bool)
        for number, place in enumerate(query.via):
            marks[number, list(supernetwork.nodes_at.get(place, ()))] = True
        names = supernetwork.steps.names.states
        # running through without a stop does not cross a state, as in find_route
        bits = np.zeros(len(supernetwork.tail), dtype=np.int64)
        for bit, state in enumerate(sorted(query.through)):
            if state in names:
                bits |= np.where(supernetwork.arc_states_stopping[:, names.index(state)], 1 << bit, 0)
        return cls(query.via, len(query.through), marks, bits)

    @property
    def layers(self) -> int:
        """How many sets of wishes can be fulfilled."""
        return (len(self.via) + 1) << self.states

    def onward(self, layer: int, arcs: np.ndarray, heads: np.ndarray) -> np.ndarray:
        """Compute the layers that some arcs of a layer lead to."""
        passed, crossed = layer >> self.states, layer & ((1 << self.states) - 1)
        # one place an arc: the next of via, if the arc leads there
        further = np.full(len(arcs), passed)
        if passed < len(self.via):
            further += self.place[passed, heads]
        return np.asarray((further << self.states) | crossed | self.bits[arcs])


def build_layers(supernetwork: Supernetwork, query: Query, wishes: Wishes) -> PinnedArcs:
    """Copy the arcs that a query leaves into every layer, each leading to the layer of what it fulfils."""
    count = len(supernetwork.nodes)
    start, end = wishes.layers * count, wishes.layers * count + 1
    numbers, tails, heads = [], [], []
    for layer in range(wishes.layers):
        # the modes of a stretch hold up to the next place of via
        used = np.flatnonzero(usable_arcs(supernetwork, query, layer >> wishes.states))
        head = supernetwork.head[used]
        numbers.append(used)
        tails.append(supernetwork.tail[used] + layer * count)
        heads.append(head + wishes.onward(layer, used, head) * count)
    # a journey begins with no wish fulfilled, and ends with all of them
    first, last = (
        np.array(supernetwork.nodes_at.get(place, ()), dtype=np.int64)
        for place in (query.origin, query.destination)
    )
    tails += [np.full(len(first), start), last + (wishes.layers - 1) * count]
    heads += [first, np.full(len(last), end)]
    connectors = np.full(len(first) + len(last), CONNECTOR)
    used = np.concatenate(numbers)
    weights = supernetwork.weights(query.measure)[used]
    return PinnedArcs(
        supernetwork=supernetwork,
        query=query,
        arc=np.append(used, connectors).astype(np.int32),
        tail=np.concatenate(tails).astype(np.int32),
        head=np.concatenate(heads).astype(np.int32),
        weight=np.append(weights, np.zeros(len(connectors))),
        start={query.origin: start},
        end={query.destination: end},
        layers=wishes.layers,
        wished_states=wishes.states,
    )
