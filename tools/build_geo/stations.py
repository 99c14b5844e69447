"""Make the places that railway links name nodes of the railway graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from tools.build_geo.geodesic import Floats, boxes_around, distance_km, feet
from tools.build_geo.railgraph import Integers, RailGraph, split_edges

if TYPE_CHECKING:
    from tools.build_geo.tables import Point

# Edges this long have lost their stations: the carrier keeps their length but draws a chord.
CONTRACTED_KM = 5.0
# A point lies on a contracted edge if the way over it is at most this much longer.
RUBBER_BAND_RATIO = 1.03
ON_TRACK_KM = 1.0
SPUR_KM = 10.0
# Shorter networks are yards and trams, never the line of a station.
LEAST_NETWORK_KM = 40.0


@dataclass(frozen=True)
class Stop:
    """Where a point is on the graph: its node, and how far that is from the point."""

    node: int
    gap_km: float


@dataclass(frozen=True)
class Nearest:
    """The nearest place on the track for each of many points; an infinite gap where none is."""

    edge: Integers
    share: Floats
    foot: Floats
    gap: Floats
    node: Integers

    @classmethod
    def nothing(cls, count: int) -> Nearest:
        """Return a record of points without any track nearby."""
        zeros = np.zeros(count, dtype=np.int64)
        empty = np.zeros((count, 2))
        return cls(zeros, np.zeros(count), empty, np.full(count, np.inf), zeros.copy())


def insert_stations(graph: RailGraph, points: list[Point]) -> tuple[RailGraph, dict[Point, Stop]]:
    """Give each point a node: on the track nearby, else on a contracted edge, else on a spur.

    Returns
    -------
    the graph with the new nodes, and the stop of each point that has track within 10 km
    """
    graph = _short_edges_first(graph)
    wanted = np.array(sorted(set(points)), dtype=float).reshape(-1, 2)
    near = _nearest_track(graph, wanted)
    distant = np.flatnonzero(near.gap > ON_TRACK_KM)
    graph, bands = _rubber_band(graph, wanted[distant])
    stops = {_key(wanted[distant[i]]): Stop(node, 0.0) for i, node in bands.items()}
    rest = [i for i, point in enumerate(wanted) if _key(point) not in stops]
    graph, snapped = _snap(graph, near, np.array(rest, dtype=np.int64))
    stops |= {_key(wanted[i]): stop for i, stop in snapped.items()}
    return graph, stops


def _snap(graph: RailGraph, near: Nearest, points: Integers) -> tuple[RailGraph, dict[int, Stop]]:
    """Give each point the nearest true place on the track, if there is one in reach."""
    inside = (near.share[points] > 0) & (near.share[points] < 1)
    reached = near.gap[points] <= SPUR_KM
    on_edge, on_node = points[reached & inside], points[reached & ~inside]
    graph, numbers = split_edges(graph, near.edge[on_edge], near.share[on_edge], near.foot[on_edge])
    nodes = np.r_[near.node[on_node], numbers]
    return graph, {
        int(i): Stop(int(node), float(near.gap[i]))
        for i, node in zip(np.r_[on_node, on_edge], nodes, strict=True)
    }


def _key(point: Floats) -> Point:
    return float(point[0]), float(point[1])


def _short_edges_first(graph: RailGraph) -> RailGraph:
    """Sort the contracted edges last, so that cutting them leaves the other numbers alone."""
    order = np.argsort(graph.km >= CONTRACTED_KM, kind="stable")
    return RailGraph(graph.nodes, graph.ends[order], graph.km[order])


def _nearest_track(graph: RailGraph, points: Floats) -> Nearest:
    """Find the nearest true place on the track within 10 km of each point.

    Of a short edge every point is true, of a contracted edge only the two ends.
    """
    edges = np.flatnonzero(_in_network(graph))
    tree = shapely.STRtree(graph.segments()[edges])
    point, hit = tree.query(boxes_around(points, SPUR_KM))
    edge = edges[hit]
    starts, ends = graph.nodes[graph.ends[edge]].transpose(1, 0, 2)
    share, foot, _ = feet(points[point], starts, ends)
    share = np.where(graph.km[edge] < CONTRACTED_KM, share, np.round(share))
    foot = starts + share[:, None] * (ends - starts)
    gap = distance_km(points[point], foot)
    order = np.lexsort((edge, gap, point))
    best = order[np.unique(point[order], return_index=True)[1]]
    near = Nearest.nothing(len(points))
    near.edge[point[best]], near.share[point[best]] = edge[best], share[best]
    near.foot[point[best]], near.gap[point[best]] = foot[best], gap[best]
    near.node[point[best]] = graph.ends[edge[best], np.round(share[best]).astype(int)]
    return near


def _in_network(graph: RailGraph) -> np.ndarray:
    component = graph.components()[graph.ends[:, 0]]
    return np.bincount(component, weights=graph.km)[component] >= LEAST_NETWORK_KM


def _rubber_band(graph: RailGraph, points: Floats) -> tuple[RailGraph, dict[int, int]]:
    """Insert each point into the contracted edge that it lies on; its km are split in proportion.

    One at a time: a chord of hundreds of kilometres takes several stations, and each one makes
    the next one fit better.
    """
    long = graph.km >= CONTRACTED_KM
    kept = RailGraph(graph.nodes, graph.ends[~long], graph.km[~long])
    chords = RailGraph(graph.nodes, graph.ends[long], graph.km[long])
    bands: dict[int, int] = {}
    for i, point in enumerate(points):
        found = _edge_over(chords, point)
        if found is not None:
            edge, share = found
            chords, node = split_edges(chords, np.array([edge]), np.array([share]), point[None, :])
            bands[i] = int(node[0])
    ends, km = np.vstack([kept.ends, chords.ends]), np.r_[kept.km, chords.km]
    return RailGraph(chords.nodes, ends, km), bands


def _edge_over(chords: RailGraph, point: Floats) -> tuple[int, float] | None:
    """Return the contracted edge that the point lies on best, and its share of the length."""
    starts, ends = chords.nodes[chords.ends].transpose(1, 0, 2)
    to_u, to_v = distance_km(starts, point), distance_km(ends, point)
    ratio = (to_u + to_v) / chords.km
    fits = np.flatnonzero(ratio <= RUBBER_BAND_RATIO)
    if len(fits) == 0:
        return None
    beside = feet(np.repeat(point[None, :], len(fits), axis=0), starts[fits], ends[fits])[2]
    edge = int(fits[beside.argmin()])
    return edge, float(to_u[edge] / (to_u[edge] + to_v[edge]))
