"""Rules that measure: places against outlines, links against lines, shares against lengths."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.errors import Fault
from cacorridor.geodesy import distance_km, most_km
from cacorridor.network.checks.faults import fault_of, marked, positions_of, rows_of
from cacorridor.network.held import records
from cacorridor.network.model import SEA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shapely import Point
    from shapely.geometry.base import BaseGeometry

    from cacorridor.network.model import Network

STATE_TOLERANCE_KM = 3.0  # the display outlines are simplified: 1.08 km at the worst crossing measured
BORDER_PAIR_KM = 60.0  # two posts of one border; further apart one of them is misplaced
DEVIATION_TO_EXPLAIN = 0.06  # published against measured length of a railway
LINE_RATIO = (0.97, 1.6)  # length of a road against the line drawn through its towns
SUM_TOLERANCE_KM = 0.2  # shares are written with one decimal


def places_lie_in_their_states(network: Network) -> Iterator[Fault]:
    """Require that each place lies in its own state; tell coordinates that look swapped."""
    import shapely

    places, shapes = network.columns("places"), vars(network)["state_shapes"]
    number = {state: place for place, state in enumerate(shapes.columns["iso3"])}
    is_known = np.array([state in number for state in places["state"]], dtype=bool)
    for row in marked(places, ~is_known):
        yield fault_of(network, "places", row, "state", "a state of states.geojson")
    # inside for nearly all; the distance is measured only for those outside
    rows = list(marked(places, is_known))
    outlines = shapes.geometry[[number[row["state"]] for row in rows]]
    (positions,) = positions_of(network, [row["id"] for row in rows])
    points = np.asarray(shapely.points(positions))
    for row, point, outline, is_inside in zip(
        rows, points, outlines, shapely.within(points, outlines), strict=True
    ):
        if not is_inside and _distance_to_outline_km(point, outline) > STATE_TOLERANCE_KM:
            is_swapped = shapely.within(shapely.Point(row["lat"], row["lon"]), outline)
            hint = " (lat and lon look swapped)" if is_swapped else ""
            yield fault_of(network, "places", row, "lat", f"a position in {row['state']}{hint}")


def _distance_to_outline_km(point: Point, outline: BaseGeometry) -> float:
    from shapely.ops import nearest_points

    near = nearest_points(point, outline)[1]
    return float(distance_km(point.x, point.y, near.x, near.y))


def links_are_as_long_as_the_ground_allows(network: Network) -> Iterator[Fault]:
    """Require lengths not below the straight line, and a note where one is unlike the measured."""
    links = network.link_columns
    starts, ends = positions_of(network, links["from"], links["to"])
    lengths, measured, line, published = (
        np.array(links[name], dtype=float) for name in ("length_km", "measured_km", "line_km", "published_km")
    )
    # nothing is shorter than a straight line, but for rounding; measured is what may be, mostly nothing
    corners = *starts.T, *ends.T
    straight = most_km(*corners)
    doubtful = lengths < _shortest_km(straight)
    if doubtful.any():
        straight[doubtful] = distance_km(*(degrees[doubtful] for degrees in corners))
    too_short = lengths < _shortest_km(straight)
    for row, km in zip(marked(links, too_short), straight[too_short], strict=True):
        yield _too_odd(network, row, f"at least the straight line, {km:.0f} km")
    # along a track lengths agree closely; a line through towns cuts its corners
    track = np.array(links["drawn"]) == "track"
    odd_track = track & (np.abs(lengths / measured - 1) > DEVIATION_TO_EXPLAIN)
    # roads and lines drawn through towns, in wider bounds
    ratio = lengths / line
    odd_line = ~track & ((ratio < LINE_RATIO[0]) | (ratio > LINE_RATIO[1]))
    unexplained = (odd_track | odd_line) & (np.array(links["note"]) == "") & ~np.isnan(published)
    for row in marked(links, unexplained):
        about = f"about {row['measured_km']:.0f} km"
        yield _too_odd(network, row, f"{about}, or a note that explains the difference")


def _shortest_km(straight: np.ndarray) -> np.ndarray:
    """Tell how short a length may be beside a straight line, km: lines and lengths are rounded."""
    return 0.97 * straight - 1


def _too_odd(network: Network, row: Any, allowed: str) -> Fault:
    return fault_of(
        network, "links", {"id": row["id"], "length_km": round(row["length_km"], 1)}, "length_km", allowed
    )


def shares_sum_to_the_link(network: Network) -> Iterator[Fault]:
    """Require that the kilometres in each state sum to the link and lie in states it may lie in."""
    for row in records(network.link_columns):
        # rounding grows with the factor by which the measured shares were stretched
        shares: Mapping[str, float] = row["state_km"]
        if abs(sum(shares.values()) - row["length_km"]) > SUM_TOLERANCE_KM * max(
            1.0, row["length_km"] / row["measured_km"]
        ):
            yield Fault("link_shapes.geojson", None, "km", str(shares), f"shares that sum to {row['id']}")
        # states in which the link may lie: its ends, and what it says it touches
        allowed = {SEA} if row["mode"] == SEA else {row["from_state"], row["to_state"], *row["touches"]}
        for state in sorted(set(shares) - allowed):
            yield fault_of(
                network,
                "links",
                row,
                "touches",
                f"{state} as well: {shares[state]:.1f} km of the line lie there",
            )
        # and each state that it says it touches it must enter
        if row["mode"] != SEA:
            for state in sorted(allowed - set(shares) - {row["from_state"], row["to_state"]}):
                yield fault_of(network, "links", row, "touches", f"not {state}: the line never enters it")


def border_posts_stand_together(network: Network) -> Iterator[Fault]:
    """Require that the two posts of a land border stand near each other, or a note."""
    links = network.link_columns
    is_border = [border and mode != SEA for border, mode in rows_of(links, "is_border", "mode")]
    posts = list(marked(links, is_border))
    starts, ends = positions_of(network, *([row[side] for row in posts] for side in ("from", "to")))
    for row, km in zip(posts, distance_km(*starts.T, *ends.T), strict=True):
        if km > BORDER_PAIR_KM and not row["note"]:
            allowed = f"a post within {BORDER_PAIR_KM:.0f} km of the other, or a note"
            yield fault_of(network, "links", row, "to", allowed)


def state_outlines_fit_together(network: Network) -> Iterator[Fault]:
    """Require outlines that are valid and leave neither gaps nor overlaps."""
    import shapely

    # each outline alone, then all of them beside each other
    shapes = vars(network)["state_shapes"]
    for iso3 in compress(shapes.columns["iso3"], ~shapely.is_valid(shapes.geometry)):
        yield Fault("states.geojson", None, "geometry", iso3, "a valid polygon")
    if not shapely.coverage_is_valid(shapes.geometry):
        yield Fault("states.geojson", None, "geometry", "overlap or gap", "a valid coverage")
