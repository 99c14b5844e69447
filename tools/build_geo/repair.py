"""Close the gaps of the railway graph: short bridges, dead ends on long edges, named patches."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from tools.build_geo.geodesic import Floats, boxes_around, distance_km, feet
from tools.build_geo.railgraph import (
    Integers,
    RailGraph,
    add_edges,
    add_nodes,
    split_edges,
    walk_km,
)

if TYPE_CHECKING:
    from tools.build_geo.tables import Patch

BRIDGE_KM = 3.0
# A dead end beside an edge is bridged to it only if the way round is this many times longer.
DETOUR_FACTOR = 8.0
# Coordinates of the carrier have three decimals.
ROUNDING_KM = 0.1
# A dead end may be a station on a contracted edge if the way over it is hardly longer.
ELLIPSE_RATIO = 1.01
# It is one only if the graph knows no way to the ends of that edge of this many times its length.
LOOP_FACTOR = 2.0
CONTRACTED_KM = 5.0
PATCH_SNAP_KM = 2.0
KEEP_OPEN_KM = 5.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Gaps:
    """Gaps between dead ends and edges: the nearest point of the edge, and how wide the gap is."""

    tip: Integers
    edge: Integers
    share: Floats
    foot: Floats
    km: Floats

    def only(self, rows: Integers) -> Gaps:
        """Return the named rows, in that order."""
        return Gaps(self.tip[rows], self.edge[rows], self.share[rows], self.foot[rows], self.km[rows])


def repair(graph: RailGraph, patches: list[Patch]) -> RailGraph:
    """Close the gaps in the order of confidence: bridges, patches, dead ends on long edges."""
    closed = [patch for patch in patches if patch.kind == "keep_open"]
    bridged = bridge_dead_ends(graph, keep_open=np.array([patch.start for patch in closed]))
    patched = apply_patches(bridged, [patch for patch in patches if patch.kind == "join"])
    return join_on_ellipses(patched)


def bridge_dead_ends(
    graph: RailGraph, reach_km: float = BRIDGE_KM, keep_open: Floats | None = None
) -> RailGraph:
    """Lead each dead end to the near edges that it cannot reach, or only by a long detour.

    At 3 km no bridge in Central Asia crosses a border wrongly but the one in Abkhazia. Dead ends
    within 5 km of the points ``keep_open`` are left alone.
    """
    gaps = _gaps(graph, _free_tips(graph, keep_open), reach_km)
    bridges = gaps.only(_useful(graph, gaps, DETOUR_FACTOR * reach_km))
    log.info("bridges: %d, %.1f km", len(bridges.km), bridges.km.sum())
    graph, landings = split_edges(graph, bridges.edge, bridges.share, bridges.foot)
    return add_edges(graph, np.column_stack([bridges.tip, landings]), bridges.km)


def _free_tips(graph: RailGraph, keep_open: Floats | None) -> Integers:
    tips = graph.tips()
    if keep_open is None or len(keep_open) == 0:
        return tips
    away = distance_km(graph.nodes[tips][:, None, :], keep_open[None, :, :])
    return tips[(away > KEEP_OPEN_KM).all(axis=1)]


def _gaps(graph: RailGraph, tips: Integers, reach_km: float) -> Gaps:
    """Return the gaps between dead ends and foreign edges, by dead end, nearest first."""
    tree = shapely.STRtree(graph.segments())
    near, edge = tree.query(boxes_around(graph.nodes[tips], reach_km))
    tip = tips[near]
    starts, ends = graph.nodes[graph.ends[edge]].transpose(1, 0, 2)
    share, foot, km = feet(graph.nodes[tip], starts, ends)
    is_foreign = (graph.ends[edge] != tip[:, None]).all(axis=1)
    order = np.lexsort((edge, km, tip))
    return Gaps(tip, edge, share, foot, km).only(order[(is_foreign & (km <= reach_km))[order]])


def _useful(graph: RailGraph, gaps: Gaps, walk_limit_km: float) -> Integers:
    """Return the gaps worth a bridge: no short way round yet, not even over a nearer bridge.

    One bridge is not enough: of a cut double track each end lies nearest to its twin.
    """
    matrix = graph.matrix()
    chosen: list[int] = []
    walked, reached = -1, dict[int, float]()
    for i, tip in enumerate(gaps.tip.tolist()):
        if walked != tip:
            walked, reached = tip, walk_km(matrix, tip, walk_limit_km)
        edge_km = graph.km[gaps.edge[i]]
        u, v = graph.ends[gaps.edge[i]].tolist()
        to_u, to_v = gaps.share[i] * edge_km, (1.0 - gaps.share[i]) * edge_km
        round_km = min(reached.get(u, np.inf) + to_u, reached.get(v, np.inf) + to_v)
        if round_km <= DETOUR_FACTOR * max(gaps.km[i], ROUNDING_KM):
            continue
        chosen.append(i)
        for node, km in ((u, gaps.km[i] + to_u), (v, gaps.km[i] + to_v)):
            for other, more in walk_km(matrix, node, walk_limit_km - km).items():
                reached[other] = min(reached.get(other, np.inf), km + more)
    return np.array(chosen, dtype=np.int64)


def join_on_ellipses(graph: RailGraph) -> RailGraph:
    """Make a dead end a node of the contracted edge that it lies on but has no short way to.

    Contracted edges are drawn as chords, kilometres beside the track: the plain gap says little.
    """
    tip, edge, to_u, to_v = _tips_on_long_edges(graph)
    matrix = graph.matrix()
    lost = [
        i
        for i in range(len(tip))
        if not set(graph.ends[edge[i]].tolist())
        & walk_km(matrix, int(tip[i]), LOOP_FACTOR * graph.km[edge[i]]).keys()
    ]
    best = np.array(lost, dtype=np.int64)[np.unique(tip[lost], return_index=True)[1]]
    log.info("dead ends joined to long edges: %s", graph.nodes[tip[best]].tolist())
    share = to_u[best] / (to_u[best] + to_v[best])
    graph, landing = split_edges(graph, edge[best], share, graph.nodes[tip[best]])
    return add_edges(graph, np.column_stack([tip[best], landing]), np.zeros(len(best)))


def _tips_on_long_edges(graph: RailGraph) -> tuple[Integers, Integers, Floats, Floats]:
    """Return the pairs of a dead end and a long edge it fits, best first, and both distances."""
    tips = graph.tips()
    tree = shapely.STRtree(shapely.points(graph.nodes[tips]))
    long = np.flatnonzero(graph.km >= CONTRACTED_KM)
    middle = graph.nodes[graph.ends[long]].mean(axis=1)
    near, hit = tree.query(boxes_around(middle, graph.km[long] * ELLIPSE_RATIO / 2))
    edge, tip = long[near], tips[hit]
    starts, ends = graph.nodes[graph.ends[edge]].transpose(1, 0, 2)
    to_u = distance_km(graph.nodes[tip], starts)
    to_v = distance_km(graph.nodes[tip], ends)
    ratio = (to_u + to_v) / graph.km[edge]
    fits = (ratio <= ELLIPSE_RATIO) & (graph.ends[edge] != tip[:, None]).all(axis=1)
    order = np.lexsort((edge, ratio, tip))
    order = order[fits[order]]
    return tip[order], edge[order], to_u[order], to_v[order]


def apply_patches(graph: RailGraph, patches: list[Patch]) -> RailGraph:
    """Add the named missing stretches; an end away from any track becomes a new node."""
    for patch in patches:
        graph, start = _node_at(graph, patch.start)
        graph, end = _node_at(graph, patch.end)
        graph = add_edges(graph, np.array([[start, end]]), np.array([patch.km]))
    return graph


def _node_at(graph: RailGraph, point: tuple[float, float]) -> tuple[RailGraph, int]:
    gaps = distance_km(graph.nodes, point)
    nearest = int(gaps.argmin())
    if gaps[nearest] <= PATCH_SNAP_KM:
        return graph, nearest
    graph, numbers = add_nodes(graph, np.array([point]))
    return graph, int(numbers[0])
