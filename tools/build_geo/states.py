"""Dissolve time zones into states that neither overlap nor leave gaps, and simplify them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from tools.build_geo.geodesic import distance_km

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from tools.build_geo.carriers import Window
    from tools.build_geo.tables import Point

# Degrees; about 0.1 to 0.2 km of mean error, measured between 0.01 (0.10 km) and 0.02 (0.20 km).
DISPLAY_TOLERANCE = 0.03
DISPLAY_WINDOW: Window = (5.0, 20.0, 136.0, 62.0)  # St Petersburg and Helsinki in, the ocean out
# Square degrees: what is smaller than about 100 km2 cannot be seen on the map of a continent.
LEAST_ISLAND = 0.01


@dataclass(frozen=True)
class States:
    """States as a valid coverage, sorted by alpha-3 code; full resolution unless simplified."""

    codes: tuple[str, ...]
    shapes: tuple[BaseGeometry, ...]

    def tree(self) -> shapely.STRtree:
        """Return a spatial index of the shapes."""
        return shapely.STRtree(self.shapes)

    def shape(self, code: str) -> BaseGeometry:
        """Return the shape of one state."""
        return self.shapes[self.codes.index(code)]


def dissolve(zones: dict[str, list[shapely.Polygon]]) -> States:
    """Unite the zones of each state, then give doubly drawn areas to one of the two."""
    codes = tuple(sorted(zones))
    return States(codes, tuple(_without_overlaps([shapely.union_all(zones[c]) for c in codes])))


def _without_overlaps(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Give an area drawn in two states to the smaller one.

    A mechanical rule for disputed areas that needs no opinion. It also settles Abkhazia, which
    the zones of both Georgia and Russia cover.
    """
    shapes = list(shapes)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for i, j in zip(first, second, strict=True):
        if i < j and shapely.relate_pattern(shapes[i], shapes[j], "T********"):
            large, small = (i, j) if shapes[i].area > shapes[j].area else (j, i)
            shapes[large] = shapely.difference(shapes[large], shapes[small])
    return shapes


def for_display(states: States, window: Window = DISPLAY_WINDOW) -> States:
    """Clip to the window, drop islets, simplify the coverage as a whole."""
    clipped = [_clip(shape, window) for shape in states.shapes]
    kept = [i for i, shape in enumerate(clipped) if not shape.is_empty]
    shapes = shapely.coverage_simplify([clipped[i] for i in kept], DISPLAY_TOLERANCE)
    return States(tuple(states.codes[i] for i in kept), tuple(shapes))


def _clip(shape: BaseGeometry, window: Window) -> BaseGeometry:
    """Clip polygon by polygon: the whole of China at once takes minutes."""
    parts = [shapely.clip_by_rect(part, *window) for part in shapely.get_parts(shape)]
    pieces = shapely.get_parts(parts)
    large = shapely.area(pieces) >= LEAST_ISLAND
    return shapely.MultiPolygon([_without_pinholes(piece) for piece in pieces[large]])


def _without_pinholes(polygon: shapely.Polygon) -> shapely.Polygon:
    """Fill the holes of the exclaves that are too small to be drawn."""
    holes = [ring for ring in polygon.interiors if shapely.Polygon(ring).area >= LEAST_ISLAND]
    return shapely.Polygon(polygon.exterior, holes)


def coverage_faults(states: States) -> list[str]:
    """Return the states whose borders overlap or do not match those of a neighbour."""
    faults = shapely.coverage_invalid_edges(list(states.shapes))
    return [
        f"coverage: {code}: {fault.length:.4f} degrees of border do not match a neighbour"
        for code, fault in zip(states.codes, faults, strict=True)
        if not fault.is_empty
    ]


def states_at(states: States, points: list[Point]) -> list[str | None]:
    """Return the state that each point lies in; None at sea or outside the window."""
    found: list[str | None] = [None] * len(points)
    point, state = states.tree().query(shapely.points(points), predicate="intersects")
    for i, j in zip(point, state, strict=True):
        found[i] = states.codes[j]
    return found


def distance_to_state_km(states: States, code: str, point: Point) -> float:
    """Return how far a point is from a state, 0 inside it, infinite for an unknown state."""
    if code not in states.codes:
        return float("inf")
    # Nearest in degrees of equal size: longitudes shrink with the latitude of the point.
    scale = np.array([np.cos(np.radians(point[1])), 1.0])
    flat = shapely.transform(states.shape(code), lambda xy: xy * scale)
    here = shapely.Point(np.array(point) * scale)
    foot = shapely.get_coordinates(shapely.shortest_line(here, flat))[1] / scale
    return float(distance_km(point, foot))
