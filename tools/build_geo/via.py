"""Find the points that a link passes: places, towns of GeoNames, coordinates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.build_geo.carriers import Town, read_towns
from tools.build_geo.geodesic import distance_km

if TYPE_CHECKING:
    from tools.build_geo.tables import Link, Point, Tables

TOWN = re.compile(r"([A-Z]{2}):(.+)")
COORDINATES = re.compile(r"(-?\d+(?:\.\d+)?)[ ,]\s*(-?\d+(?:\.\d+)?)")
# A namesake is out if passing it makes the way this much longer than the best namesake does.
NAMESAKE_SLACK_KM = 60.0


class UnknownViaError(ValueError):
    """A via entry that is neither a place nor a known town nor a pair of coordinates."""


def points_of(link: Link, tables: Tables) -> list[Point]:
    """Return the points of a link in order of travel, both ends included."""
    start, end = tables.ends(link)
    return [start.point, *(_point(entry, link, tables) for entry in link.via), end.point]


def _point(entry: str, link: Link, tables: Tables) -> Point:
    if entry in tables.places:
        return tables.places[entry].point
    if found := COORDINATES.fullmatch(entry):
        return float(found[2]), float(found[1])
    if found := TOWN.fullmatch(entry):
        start, end = tables.ends(link)
        towns = read_towns().get((found[1], found[2].strip().casefold()), [])
        if towns:
            return choose_town(towns, start.point, end.point).point
    raise UnknownViaError(f"{entry!r} is no place, no town of GeoNames and not 'lat lon'")


def choose_town(towns: list[Town], start: Point, end: Point) -> Town:
    """Return the largest of the namesakes that lie about as well on the way as the best one."""
    way = [float(distance_km(start, t.point) + distance_km(t.point, end)) for t in towns]
    near = [t for t, km in zip(towns, way, strict=True) if km <= min(way) + NAMESAKE_SLACK_KM]
    return max(near, key=lambda town: (town.population, town.point))
