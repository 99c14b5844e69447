"""Turn outlines of states and lines of links into short text that the explorer script reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cacorridor.network.model import Network

PICTURE_TOLERANCE = 0.01  # degrees, about 1 km: two pixels at the closest zoom
LABEL_TOLERANCE = 0.1  # degrees; a label need not sit more exactly
UNITS_A_DEGREE = 1000  # coordinates are whole thousandths of a degree


def states(network: Network) -> list[dict[str, Any]]:
    """Draw the states: outlines, and where the name stands with the room it has, degrees."""
    frame = network.states
    shapes = _simplified(frame.geometry.to_numpy())
    labels = shapely.maximum_inscribed_circle(shapely.simplify(shapes, LABEL_TOLERANCE), LABEL_TOLERANCE)
    return [
        {
            "id": iso3,
            "name": network.state_name(iso3),
            "at": point(shapely.get_point(label, 0)),
            "room": round(float(shapely.length(label)), 2),
            "area": [[encode(ring.coords) for ring in _rings(part)] for part in shapely.get_parts(shape)],
        }
        for iso3, shape, label in zip(frame.index, shapes, labels, strict=True)
    ]


def lines(geometry: shapely.Geometry) -> list[str]:
    """Write each part of a line as text."""
    return [encode(part.coords) for part in shapely.get_parts(geometry)]


def point(place: shapely.Point) -> list[float]:
    """Write a point as latitude and longitude."""
    return [round(place.y, 3), round(place.x, 3)]


def _simplified(shapes: np.ndarray) -> np.ndarray:
    """Thin out the borders together, so that neighbours still fit; leave what is no coverage alone."""
    if not (shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes)):
        return shapes
    return np.asarray(shapely.coverage_simplify(shapes, PICTURE_TOLERANCE))


def _rings(polygon: shapely.Polygon) -> Iterator[shapely.LinearRing]:
    yield polygon.exterior
    yield from polygon.interiors


def encode(coords: Iterable[Sequence[float]]) -> str:
    """Write a line as text: differences of whole units, five bits a letter, low bits first."""
    points = np.rint(np.asarray(coords)[:, 1::-1] * UNITS_A_DEGREE).astype(int)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=int))
    moved = steps.any(axis=1)
    moved[0] = True
    return "".join(map(_letters, steps[moved].ravel().tolist()))


def _letters(value: int) -> str:
    """Write one whole number; the sign is the lowest bit."""
    rest = ~(value << 1) if value < 0 else value << 1
    text = ""
    while rest >= 32:
        text += chr((rest & 31 | 32) + 63)
        rest >>= 5
    return text + chr(rest + 63)
