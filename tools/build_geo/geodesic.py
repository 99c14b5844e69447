"""Lengths on the WGS 84 ellipsoid, in kilometres; points are ``(lon, lat)`` rows in degrees."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

from cacorridor.geodesy import wgs84

Floats = NDArray[np.float64]

ELLIPSOID = wgs84()
# Checked on the edges of 3 to 50 km: weight / great-circle length has its lower bound at 1.0000.
CARRIER_SPHERE = Geod(a=6_371_000.0, b=6_371_000.0)
KM_PER_DEGREE = 111.195


def distance_km(start: ArrayLike, end: ArrayLike, on: Geod = ELLIPSOID) -> Floats:
    """Return the shortest distance between matching points."""
    a, b = np.broadcast_arrays(np.asarray(start, dtype=float), np.asarray(end, dtype=float))
    columns = a[..., 0], a[..., 1], b[..., 0], b[..., 1]
    # pyproj takes an array of one for a number, of which NumPy before 2.4 warns: so it gets a number
    metres: Any = on.inv(*(column.item() if column.size == 1 else column for column in columns))[2]
    return np.asarray(metres, dtype=float).reshape(a.shape[:-1]) / 1000.0


def line_km(points: ArrayLike) -> float:
    """Return the length of a line through the points."""
    line = np.asarray(points, dtype=float)
    return float(distance_km(line[:-1], line[1:]).sum())


def feet(points: Floats, starts: Floats, ends: Floats) -> tuple[Floats, Floats, Floats]:
    """Drop each point onto its own segment.

    The plane is flat around each point, which is good for segments of some tens of kilometres.

    Returns
    -------
    fraction of the segment at the foot, the foot ``(n, 2)``, the gap in km
    """
    scale = np.column_stack([np.cos(np.radians(points[:, 1])), np.ones(len(points))])
    along = (ends - starts) * scale
    offset = (points - starts) * scale
    squared = np.maximum((along**2).sum(axis=1), 1e-18)
    fraction = np.clip((along * offset).sum(axis=1) / squared, 0.0, 1.0)
    foot = starts + fraction[:, None] * (ends - starts)
    return fraction, foot, distance_km(points, foot)


def boxes_around(points: Floats, reach_km: float | Floats) -> NDArray[np.object_]:
    """Return a rectangle around each point that holds everything within ``reach_km``."""
    tall = reach_km / KM_PER_DEGREE
    wide = tall / np.cos(np.radians(points[:, 1]))
    x, y = points[:, 0], points[:, 1]
    return shapely.box(x - wide, y - tall, x + wide, y + tall)  # type: ignore[no-any-return]
