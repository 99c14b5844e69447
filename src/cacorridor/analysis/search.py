"""The best path through the supernetwork that meets every condition."""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import networkx as nx

from cacorridor.analysis import supernetwork
from cacorridor.analysis.supernetwork import DESTINATION, ORIGIN, UNDERWAY, Edge, Node
from cacorridor.network.schema import MODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.network.model import Network

BRANCHES = 400  # paths that double back are split until one does not; more is hopeless

Layered = tuple[Node, int]


@dataclass(frozen=True)
class Query:
    """A question to the network, in ids and sets; ``through`` in no order, ``via`` in order."""

    origin: str
    destination: str
    via: tuple[str, ...] = ()
    through: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset(MODES)
    level: str = "express"
    year: int | None = None
    criterion: str = "time"
    allow_touch: bool = False


def best_path(network: Network, query: Query) -> list[Edge] | None:
    """Find the steps of the best route that visits no place twice, or None.

    States and places to be visited make layers of the graph; a shortest path through the layers may
    double back, so such a path is split: the place visited twice is barred from one layer or the other.
    """
    graph = _allowed_graph(network, query)
    source, target = (query.origin, ORIGIN), (query.destination, DESTINATION)
    if source not in graph or target not in graph:
        return None
    layers = _layers(graph, query)
    goal = (1 << len(_wishes(query))) - 1
    ends: tuple[Layered, Layered] = ((source, 0), (target, goal))
    counter = itertools.count()
    heap = [_attempt(layers, ends, frozenset(), counter)]
    for _ in range(BRANCHES):
        if not heap:
            return None
        _, _, path, barred = heapq.heappop(heap)
        if path is None:
            return None
        doubled = _first_doubling(path)
        if doubled is None:
            nodes = [node for node, _ in path]
            steps = (graph.edges[u, v]["step"] for u, v in itertools.pairwise(nodes) if u != v)
            return [step for step in steps if step is not None]
        place, masks = doubled
        for mask in masks:
            heapq.heappush(heap, _attempt(layers, ends, barred | {(place, mask)}, counter))
    return None


def _attempt(
    layers: nx.DiGraph[Layered],
    ends: tuple[Layered, Layered],
    barred: frozenset[tuple[str, int]],
    counter: Iterable[int],
) -> tuple[float, int, list[Layered] | None, frozenset[tuple[str, int]]]:
    """Solve one branch: the shortest layered path without the barred (place, layer) pairs."""
    view = nx.subgraph_view(layers, filter_node=lambda node: (node[0][0], node[1]) not in barred)
    ticket = next(iter(counter))
    try:
        cost, path = nx.bidirectional_dijkstra(view, *ends)
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return float("inf"), ticket, None, barred
    return float(cost), ticket, path, barred


def _wishes(query: Query) -> list[tuple[str, str]]:
    """List what must be visited, one bit of a layer each."""
    return [("place", place) for place in query.via] + [("state", state) for state in sorted(query.through)]


def _layers(graph: nx.DiGraph[Node], query: Query) -> nx.DiGraph[Layered]:
    """Copy the graph into one layer for each set of wishes fulfilled."""
    wishes = _wishes(query)
    layered: nx.DiGraph[Layered] = nx.DiGraph()
    for mask in range(1 << len(wishes)):
        if not _in_order(mask, len(query.via)):
            continue
        for u, v, data in graph.edges(data=True):
            reached = _fulfil(mask, v, data["step"], wishes)
            layered.add_edge((u, mask), (v, reached), weight=data["weight"])
    return layered


def _in_order(mask: int, ordered: int) -> bool:
    """Tell whether the places of via are fulfilled from the first one on, without gaps."""
    bits = mask & ((1 << ordered) - 1)
    return (bits & (bits + 1)) == 0


def _fulfil(mask: int, node: Node, step: Edge | None, wishes: Sequence[tuple[str, str]]) -> int:
    """Add the wishes that a step fulfils: a place of via in its turn, a state that it stops or runs in."""
    for bit, (kind, wanted) in enumerate(wishes):
        if kind == "place":
            earlier = (1 << bit) - 1
            met = node[0] == wanted and mask & earlier == earlier
        else:
            met = step is not None and step.state == wanted and not step.touches
        mask |= met << bit
    return mask


def _first_doubling(path: list[Layered]) -> tuple[str, tuple[int, int]] | None:
    """Find a place that the path leaves and comes back to, with the two layers."""
    seen: dict[str, int] = {}
    for key, group in itertools.groupby(path, key=lambda item: item[0][0]):
        mask = next(iter(group))[1]
        if key in seen:
            return key, (seen[key], mask)
        if key != UNDERWAY:
            seen[key] = mask
    return None


def _allowed_graph(network: Network, query: Query) -> nx.DiGraph[Node]:
    whole = _supernetwork(network, query.level, query.criterion, query.year)
    return whole.allowing(modes=query.modes, avoid=query.avoid, allow_touch=query.allow_touch)


@lru_cache(maxsize=16)
def _supernetwork(
    network: Network, level: str, criterion: str, year: int | None
) -> supernetwork.Supernetwork:
    """Keep the last few supernetworks: networks are frozen, and questions come in rows."""
    return supernetwork.build(network, level=level, criterion=criterion, year=year)
