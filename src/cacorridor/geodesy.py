"""Lengths on the WGS 84 ellipsoid."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from pyproj import Geod
    from shapely.geometry.base import BaseGeometry

# of curvature, the largest there is: in every direction at the poles of WGS 84 (semi-major axis squared over
# semi-minor axis, NGA.STND.0036)
LARGEST_RADIUS_KM = 6_399.593_626


@cache
def wgs84() -> Geod:
    """Return the WGS 84 ellipsoid."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def line_length_km(line: BaseGeometry) -> float:
    """Measure a line in degrees (lon, lat) along geodesics, km."""
    return float(wgs84().geometry_length(line)) / 1000


def line_lengths_km(lines: Sequence[BaseGeometry]) -> NDArray[np.float64]:
    """Measure several lines in one call, km."""
    import shapely

    # All positions in one array: a step from one line to the next is no step.
    positions, line = shapely.get_coordinates(lines, return_index=True)
    lon, lat = positions.T
    same = line[1:] == line[:-1]
    steps_km = distance_km(lon[:-1], lat[:-1], lon[1:], lat[1:])[same]
    return np.asarray(np.bincount(line[1:][same], weights=steps_km, minlength=len(lines)), dtype=float)


def distance_km(
    lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike
) -> NDArray[np.float64]:
    """Measure geodesics between points in degrees, km; broadcasts like numpy."""
    # pyproj does not broadcast
    degrees = (np.asarray(angles, dtype=float) for angles in (lon_a, lat_a, lon_b, lat_b))
    a, b, c, d = np.broadcast_arrays(*degrees)
    # pyproj takes an array of one for a number, of which NumPy before 2.4 warns: so it gets a number
    ends: Any = [angles.item() if angles.size == 1 else angles for angles in (a, b, c, d)]
    _, _, metres = wgs84().inv(*ends)
    return np.asarray(metres, dtype=float).reshape(a.shape) / 1000


def most_km(lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike) -> NDArray[np.float64]:
    """Bound geodesics between points in degrees from above, km, without pyproj; at most 1.1 % too long.

    Along the great circle that has the same latitudes and longitudes the ellipsoid is nowhere longer than
    a sphere of its largest radius of curvature, and a geodesic is no longer than any line.
    """
    lon_a, lat_a, lon_b, lat_b = (np.radians(angles) for angles in (lon_a, lat_a, lon_b, lat_b))
    # haversine, which keeps its digits where points are near
    up, across = np.sin((lat_b - lat_a) / 2), np.sin((lon_b - lon_a) / 2)
    half_chord = np.sqrt(up**2 + np.cos(lat_a) * np.cos(lat_b) * across**2)
    return np.asarray(2 * LARGEST_RADIUS_KM * np.arcsin(np.minimum(half_chord, 1)), dtype=float)
