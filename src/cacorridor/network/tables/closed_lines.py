"""Lines inside a state that no freight crosses, such as an administrative boundary after a war.

A link of the tables stands or not, whatever lies between its ends. The lines matter where roads are supposed:
a town is joined to places on its own side alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cacorridor.errors import UsageError

if TYPE_CHECKING:
    from shapely.geometry import LineString

    from cacorridor.network.model import Network

Point = tuple[float, float]  # longitude and latitude, degrees

TABLE = "closed_lines"
COORDINATES = re.compile(r"(-?\d{1,2}(?:\.\d+)?) (-?\d{1,3}(?:\.\d+)?)")
ALLOWED = "two or more points 'lat lon', separated by ;"


class ClosedLine(NamedTuple):
    """A line that parts a state: its name, the year since when it is closed, and its points in order."""

    name: str
    state: str
    since: int | None
    course: tuple[Point, ...]


def parse_course(text: str) -> tuple[Point, ...]:
    """Read the points of a line, written as latitude and longitude and separated by semicolons.

    Raises
    ------
    UsageError
        With what is allowed, if these are no two or more points.

    """
    found = [COORDINATES.fullmatch(entry.strip()) for entry in text.split(";")]
    points = tuple((float(point[2]), float(point[1])) for point in found if point)
    is_on_earth = all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in points)
    if len(points) < max(len(found), 2) or not is_on_earth:
        raise UsageError(ALLOWED)
    return points


def closed_lines_of(network: Network) -> tuple[ClosedLine, ...]:
    """List the closed lines; the network keeps them."""
    if ClosedLine not in network.derived:
        rows = network.rows(TABLE) if TABLE in network.tables else []
        network.derived[ClosedLine] = tuple(
            ClosedLine(row["name"], row["state"], row["since"], parse_course(row["course"])) for row in rows
        )
    lines: tuple[ClosedLine, ...] = network.derived[ClosedLine]
    return lines


def line_between(network: Network, state: str, between: LineString) -> ClosedLine | None:
    """Find a closed line that parts the ends of a straight line in a state; None if none does.

    A way that crosses the line twice comes back to its side: a road may lead round what the straight line
    between two points cuts off. So an odd number of crossings parts them.
    """
    import shapely

    for line in closed_lines_of(network):
        crossed = shapely.intersection(between, shapely.LineString(line.course))
        if line.state == state and len(shapely.get_coordinates(crossed)) % 2:
            return line
    return None
