"""A sketch of one route over the land of the network, as light SVG."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from cacorridor.views.markup import Html, tag
from cacorridor.views.words import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route
    from cacorridor.views.words.phrases import Part

WIDTH = 520  # of the drawing
MARGIN = 3.0  # degrees around land and route
COAST_TOLERANCE, LEAST_ISLAND = 0.4, 2.0  # degrees, square degrees
LINE_TOLERANCE = 0.2  # degrees
LETTER = 6.4  # width of a letter of a name


class Frame(NamedTuple):
    """The part of the earth that is drawn: degrees become units of the drawing."""

    west: float
    north: float
    scale: float  # units a degree

    def point(self, lon: float, lat: float) -> tuple[int, int]:
        """Place a point; degrees of both kinds are as long as each other."""
        return round((lon - self.west) * self.scale), round((self.north - lat) * self.scale)

    def path(self, coords: Iterable[tuple[float, ...]]) -> str:
        """Write a line; a point that stands twice is written once."""
        points = (self.point(lon, lat) for lon, lat, *_ in coords)
        return "M" + "L".join(f"{x} {y}" for (x, y), _ in itertools.groupby(points))


def sketch(network: Network, route: Route, title: Part) -> Html:
    """Draw a route by the colours of its modes, with the names of the places where it changes mode.

    Parameters
    ----------
    network
        Has the land, the lines and the modes.
    route
        What is drawn.
    title
        What it shows, for who does not see it.

    Returns
    -------
    Html
        An SVG element.

    """
    land = _land(network)
    links = network.links.loc[list(route.links)]
    bounds = np.array([land.bounds, links.total_bounds] if not land.is_empty else [links.total_bounds])
    west, south = bounds[:, :2].min(axis=0) - MARGIN
    east, north = bounds[:, 2:].max(axis=0) + MARGIN
    frame = Frame(west, north, WIDTH / (east - west))

    # the land, the route over it, and where it changes from one mode to another
    coast = "".join(f"{frame.path(part.exterior.coords)}Z" for part in shapely.get_parts(land))
    parts = [tag("path", d=coast, class_="cac-sketch-land"), *_draw_links(network, links, frame)]
    parts += _draw_places(network, route, frame)
    box = f"0 0 {WIDTH} {round((north - south) * frame.scale)}"
    return tag("svg", tag("title", title), *parts, class_="cac-sketch", viewBox=box, role="img")


def _land(network: Network) -> Any:
    """Join the outlines of the states, without small islands."""
    joined = shapely.union_all(shapely.make_valid(network.states.geometry.to_numpy()), grid_size=0.01)
    parts = shapely.get_parts(shapely.simplify(joined, COAST_TOLERANCE))
    large = [part for part in parts if part.geom_type == "Polygon" and part.area >= LEAST_ISLAND]
    return shapely.multipolygons(large)


def _draw_links(network: Network, links: Any, frame: Frame) -> Iterator[Html]:
    """Draw the links, a path a mode."""
    modes = network.table("modes")
    for mode in links["mode"].unique():
        simplified = shapely.simplify(links.loc[links["mode"] == mode, "geometry"].to_numpy(), LINE_TOLERANCE)
        drawn = "".join(frame.path(part.coords) for part in shapely.get_parts(simplified))
        dash = modes.loc[mode, "dash"] or None
        yield tag("path", d=drawn, class_="cac-halo")
        yield tag("path", d=drawn, class_="cac-line", stroke=modes.loc[mode, "colour"], stroke_dasharray=dash)


def _draw_places(network: Network, route: Route, frame: Frame) -> Iterator[Html]:
    """Name the ends of the route, and the places where it changes mode."""
    legs = route.legs
    changes = legs.loc[legs["kind"] == "transfer", "from"]
    called = {route.origin, *changes, route.destination}
    keys = [key for key, name in route.place_name.items() if name in called]
    for key in dict.fromkeys(keys):
        place = network.places.geometry[key]
        x, y = frame.point(place.x, place.y)
        name = names.place(network, key)

        # to the left of the place where the drawing would end before its longest name does
        room = LETTER * max(map(len, name[:3]))
        is_left = x + room > WIDTH
        yield tag("circle", cx=x, cy=y, r=4, class_="cac-sketch-place")
        anchor = "end" if is_left else None
        yield tag("text", name, x=x - 7 if is_left else x + 7, y=y + 4, text_anchor=anchor)
