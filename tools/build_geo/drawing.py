"""Draw each link: along the railway graph, through the towns it names, or over the sea."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import dijkstra

from tools.build_geo.geodesic import Floats, distance_km, line_km
from tools.build_geo.stations import Stop, insert_stations
from tools.build_geo.via import UnknownViaError, points_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from tools.build_geo.railgraph import RailGraph
    from tools.build_geo.tables import Link, Point, Tables

# The search goes no further than this; a longer way is no way.
SEARCH_FACTOR = 4.0
SEARCH_SLACK_KM = 100.0
SOURCED = ("published", "derived")


class NoTrackError(ValueError):
    """The railway graph has no way between two points of a link."""


@dataclass(frozen=True)
class Drawn:
    """The line of a link and what is measured on it.

    ``straight_km`` runs through the ends and vias, ``line_km`` along the line; ``measured_km`` is
    the track length of a railway, or ``line_km`` times the circuity of roads.
    """

    link: Link
    line: Floats
    straight_km: float
    line_km: float
    measured_km: float
    basis: str
    gap_km: float = 0.0


@dataclass(frozen=True)
class Tracks:
    """The repaired railways with a stop for every point that railway links name."""

    graph: RailGraph
    matrix: csr_array
    stops: dict[Point, Stop]


@dataclass(frozen=True)
class Drawings:
    """The links as drawn, the circuity used, and what could not be drawn as the table asks."""

    drawn: list[Drawn]
    circuity: float
    failures: list[str]


def draw_links(tables: Tables, railways: RailGraph) -> Drawings:
    """Draw all links in the order of their ids."""
    ways, failures = _ways(tables)
    tracks = _tracks(tables, railways, ways)
    circuity = road_circuity(tables, ways)
    drawn = []
    for key, way in ways.items():
        link = tables.links[key]
        try:
            is_track = link.drawn == "track"
            drawn.append(
                _along_track(link, way, tracks) if is_track else _through_points(link, way, circuity)
            )
        except NoTrackError as error:
            failures.append(f"unroutable: {key}: {error}; drawn as a line through its vias")
            drawn.append(_through_points(link, way, circuity))
    return Drawings(drawn, circuity, failures)


def _ways(tables: Tables) -> tuple[dict[str, list[Point]], list[str]]:
    """Return the points that each link names, and the links that name an unknown one."""
    ways, failures = {}, []
    for key, link in sorted(tables.links.items()):
        try:
            ways[key] = points_of(link, tables)
        except UnknownViaError as error:
            failures.append(f"unknown via: {key}: {error}")
    return ways, failures


def _tracks(tables: Tables, railways: RailGraph, ways: dict[str, list[Point]]) -> Tracks:
    named = [point for key, way in ways.items() if tables.links[key].drawn == "track" for point in way]
    graph, stops = insert_stations(railways, named)
    return Tracks(graph, graph.matrix(), stops)


def road_circuity(tables: Tables, ways: dict[str, list[Point]]) -> float:
    """Return the median over the sources of road lengths: published kilometres a drawn one.

    It stands for the bends that a line through towns leaves out; 1 where no road has a length. A source
    counts once, however many links its kilometres are shared out to: the shares all have its one ratio.
    """
    published: dict[str, float] = defaultdict(float)
    drawn: dict[str, float] = defaultdict(float)
    for key, link in sorted(tables.links.items()):
        if key in ways and _is_sourced_road(link) and link.length_km:
            source = link.source_id or key
            published[source] += link.length_km
            drawn[source] += line_km(ways[key])
    ratios = [published[source] / drawn[source] for source in published]
    return round(median(ratios), 4) if ratios else 1.0


def _is_sourced_road(link: Link) -> bool:
    return link.mode == "road" and link.drawn == "towns" and link.length_basis in SOURCED


def _through_points(link: Link, way: list[Point], circuity: float) -> Drawn:
    km = line_km(way)
    factor = 1.0 if link.drawn == "sea" else circuity
    return Drawn(link, np.array(way), km, km, km * factor, "line")


def _along_track(link: Link, way: list[Point], tracks: Tracks) -> Drawn:
    """Draw a railway from stop to stop; its length is the sum of the edges of the graph."""
    for point in way:
        if point not in tracks.stops:
            raise NoTrackError(_nearest_track(tracks.graph, point))
    nodes, track_km = [tracks.stops[way[0]].node], 0.0
    for start, end in pairwise(way):
        limit = SEARCH_FACTOR * float(distance_km(start, end)) + SEARCH_SLACK_KM
        path, km = shortest_path(tracks.matrix, tracks.stops[start].node, tracks.stops[end].node, limit)
        if not path:
            raise NoTrackError(f"no way under {limit:.0f} km from {start} to {end} (lon lat)")
        nodes, track_km = nodes + path[1:], track_km + km
    line = without_repeats(np.vstack([way[0], tracks.graph.nodes[nodes], way[-1]]))
    gap_km = max(tracks.stops[point].gap_km for point in way)
    return Drawn(link, line, line_km(way), line_km(line), track_km, "track", gap_km)


def _nearest_track(graph: RailGraph, point: Point) -> str:
    gaps = distance_km(graph.nodes, point)
    lon, lat = graph.nodes[gaps.argmin()]
    return (
        f"no track within reach of {point[1]:.3f} {point[0]:.3f} (lat lon); "
        f"nearest node {lat:.3f} {lon:.3f}, {gaps.min():.0f} km off"
    )


def shortest_path(matrix: csr_array, start: int, end: int, limit_km: float) -> tuple[list[int], float]:
    """Return the nodes and the length of the shortest way; no nodes if it is over the limit."""
    km, before = dijkstra(matrix, indices=start, limit=limit_km, return_predecessors=True)
    if not np.isfinite(km[end]):
        return [], float("inf")
    path = [end]
    while path[-1] != start:
        path.append(int(before[path[-1]]))
    return path[::-1], float(km[end])


def without_repeats(line: Floats) -> Floats:
    """Drop points that repeat the one before; keep two at least."""
    changed = np.r_[True, (np.diff(line, axis=0) != 0).any(axis=1)]
    return line[changed] if changed.sum() > 1 else line[[0, -1]]
