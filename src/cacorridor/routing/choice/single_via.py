"""Ways over one more place: the best way to it and the best way on, where that is no silly detour."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.routing.graph.arcs import CONNECTOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.shortest_paths.dijkstra import Path

# Abraham et al. (2013) allow a detour of a quarter on roads, where there are many; of the few corridors
# between states a second one is wanted at up to twice the value: a choice, not a measurement.
STRETCH = 1.0  # a detour may exceed the part of the best way that it replaces by this share of it
LOCAL = 0.25  # of the value of the best way: stretches as long as that must be best themselves
ROUNDING = 1e-9


def single_via_paths(arcs: Arcs, over: np.ndarray | None = None, stretch: float = STRETCH) -> Iterator[Path]:
    """Go through the ways over each node, or each of some, the best by the criterion first.

    Those that pass a place twice, or whose detour is too long, are left out; so are those that are worse
    than the best way by more than ``stretch`` of its value.
    """
    start, end = arcs.start[arcs.query.origin], arcs.end[arcs.query.destination]
    best = arcs.shortest_path(start, end)
    if best is None:
        return
    # two searches give the best way over every node
    through = arcs.distances(start) + arcs.distances(end, to=True)
    limit = (1 + stretch) * best[0]
    seen: set[Path] = {best[1]}
    nodes = np.arange(len(through)) if over is None else over
    for node in nodes[np.argsort(through[nodes], kind="stable")].tolist():
        if not through[node] <= limit:
            return
        # the two halves; where they overlap, the way doubles back
        first, second = arcs.shortest_path(start, node), arcs.shortest_path(node, end)
        path = (*first[1], *second[1]) if first and second else ()
        if path in seen or not _is_simple(arcs, path) or not _detour_is_bounded(arcs, path, best[1]):
            continue
        seen.add(path)
        yield path


def locally_optimal(arcs: Arcs, path: Path) -> bool:
    """Say whether no stretch of a path, up to a share of the best way, has a better way round.

    Every stretch of the given value is tested, not those at one node alone.
    """
    start, end = arcs.start[arcs.query.origin], arcs.end[arcs.query.destination]
    best = arcs.shortest_path(start, end)
    if best is None:
        return False
    # value from the start to each node of the path
    reached = np.concatenate([[0.0], np.cumsum(arcs.weight[list(path)])])
    nodes = [start, *arcs.head[list(path)].tolist()]
    last = 0
    for first in range(len(path)):
        # the shortest stretch from here that is as long as the share
        until = int(np.searchsorted(reached, reached[first] + LOCAL * best[0]))
        if until >= len(nodes) and last >= len(nodes) - 1:
            break
        stop = min(until, len(nodes) - 1)
        if stop <= last:  # the stretch is part of one that was tested
            continue
        last = stop
        other = arcs.shortest_path(nodes[first], nodes[stop])
        along = reached[stop] - reached[first]
        if other is not None and other[0] < along * (1 - ROUNDING) - ROUNDING:
            return False
    return True


def _is_simple(arcs: Arcs, path: Path) -> bool:
    """Say whether a path leads on and comes to no place twice."""
    # connectors stand for no place; a change of mode is a stay at one
    inner = list(filter(None, map(arcs.place_of, arcs.head[list(path)].tolist())))
    visits = [place for place, _ in itertools.groupby(inner)]
    return bool(path) and len(set(visits)) == len(visits)


def _detour_is_bounded(arcs: Arcs, path: Path, best: Path) -> bool:
    """Compare what a path has alone with what the best way has alone."""
    alone = [arc for arc in set(path) - set(best) if arcs.arc[arc] != CONNECTOR]
    replaced = [arc for arc in set(best) - set(path) if arcs.arc[arc] != CONNECTOR]
    return bool(arcs.weight[alone].sum() <= (1 + STRETCH) * arcs.weight[replaced].sum())
