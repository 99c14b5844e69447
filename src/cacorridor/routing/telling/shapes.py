"""Where a route runs on the ground: its legs and stops with their geometry, in the direction of travel."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from cacorridor.routing.sums.legs import number_legs
from cacorridor.routing.telling.provenance import provenance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd
    from shapely.geometry import LineString, Point
    from shapely.geometry.base import BaseGeometry

    from cacorridor.routing.routes import Route

WGS_84 = "EPSG:4326"
DIGITS = 12  # of figures in text; beyond stand errors of binary sums alone


def link_lines(route: Route) -> dict[str, LineString]:
    """Draw each link of a route in the direction of travel, by id."""
    import shapely

    # a line is drawn from the place that its link names first
    drawn, table = route.network.link_shapes.geometry, route.table
    starts = dict(
        zip(route.network.tables["links"]["id"], route.network.tables["links"]["from"], strict=True)
    )
    lines: dict[str, LineString] = {}
    for link, tail in zip(table.link.tolist(), table.tail.tolist(), strict=True):
        if link >= 0 and (name := table.names.links[link]) not in lines:
            along = table.names.places[tail] == starts[name]  # else the line was drawn the other way
            lines[name] = drawn[name] if along else shapely.reverse(drawn[name])
    return lines


def route_line(route: Route) -> LineString:
    """Draw a whole route as one line from its origin to its destination.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    LineString
        Longitude and latitude, WGS 84; links meet at places, where no point stands twice.

    """
    lines = link_lines(route).values()
    return _joined_lines(list(lines))


def legs_on_ground(route: Route) -> gpd.GeoDataFrame:
    """List the legs of a route with their geometry.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    geopandas.GeoDataFrame
        As ``route.legs``, with a line for each leg that runs and a point for each that stands; WGS 84.

    """
    import geopandas as gpd

    lines, table = link_lines(route), route.table
    links_of: dict[int, list[LineString]] = {}
    place_of: dict[int, str] = {}
    # the lines of each leg in order of travel, each once; a leg without a line stands at a place
    legs = zip(number_legs(route), table.link.tolist(), table.head.tolist(), strict=True)
    for leg, link, head in legs:
        place_of[leg] = table.names.places[head]
        if link >= 0:
            line = lines[table.names.links[link]]
            if line not in links_of.setdefault(leg, []):
                links_of[leg].append(line)
    points = place_points(route)
    shapes: list[BaseGeometry] = [
        _joined_lines(links_of[leg]) if leg in links_of else points[place] for leg, place in place_of.items()
    ]
    return gpd.GeoDataFrame(route.legs, geometry=shapes, crs=WGS_84)


def stops_on_ground(route: Route) -> gpd.GeoDataFrame:
    """List the places of a route in order of travel, with what it does there.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    geopandas.GeoDataFrame
        ``place``, ``name``, ``state``, ``does`` (begins, border, transfer, board, wait, ends) and ``time_h``,
        the hours that the journey stands there; a point each, WGS 84.

    """
    import geopandas as gpd

    # every place on the way, also where nothing is done
    points, state_of = place_points(route), route.network.state_of
    does: dict[str, list[str]] = {place: [] for place in points}
    stands_h = dict.fromkeys(points, 0.0)
    # what is done there besides running through, each kind once, and for how long
    does[route.query.origin].append("begins")
    steps = route.steps
    standing = steps[steps["kind"] != "run"]
    for place, kind, hours in zip(standing["from_id"], standing["kind"], standing["time_h"], strict=True):
        does[place] += [] if kind in does[place] else [kind]
        stands_h[place] += hours
    does[route.query.destination].append("ends")
    columns = {
        "place": list(points),
        "name": [route.place_name[place] for place in points],
        "state": [state_of[place] for place in points],
        "does": [" ".join(kinds) for kinds in does.values()],
        "time_h": list(stands_h.values()),
    }
    return gpd.GeoDataFrame(columns, geometry=list(points.values()), crs=WGS_84)


def place_points(route: Route) -> dict[str, Point]:
    """Locate the places of a route, in order of travel, by id."""
    import shapely

    places = route.network.tables["places"]
    rows = zip(places["id"], places["lon"], places["lat"], strict=True)
    where = {key: (lon, lat) for key, lon, lat in rows if key in route.place_name}
    # both ends of each step, step after step; a place met again keeps its first position
    table = route.table
    steps = zip(table.tail.tolist(), table.head.tolist(), strict=True)
    met = dict.fromkeys(table.names.places[code] for ends in steps for code in ends)
    return {place: shapely.Point(*where[place]) for place in met}


def _joined_lines(lines: list[LineString]) -> LineString:
    """Join lines, each of which begins where the one before it ends."""
    import shapely

    # the point where two lines meet stands once; lines that do not meet are joined straight
    points: list[tuple[float, ...]] = []
    for line in lines:
        coordinates = list(line.coords)
        points += coordinates[1:] if points and points[-1] == coordinates[0] else coordinates
    return shapely.LineString(points)


# ---------------------------------------------------------------- GeoJSON


def geojson_of_route(route: Route) -> str:
    """Write a route as GeoJSON (RFC 7946): one feature a leg, with what the answer rests on.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    str
        A ``FeatureCollection``; its member ``cacorridor`` holds the release, the version of the data, the
        conditions, and the totals of the route.

    """
    about = {**provenance(route.network, route.query), "route": totals(route)}
    return feature_collection(legs_on_ground(route), about)


def totals(route: Route) -> dict[str, Any]:
    """Sum up a route: its name and ends, its measures, its states, borders and shares of evidence."""
    return {
        "name": route.name,
        "origin": route.origin,
        "destination": route.destination,
        **plain(route.totals()),
        "states": list(route.states),
        "touches": list(route.touches),
        "bypasses": list(route.bypasses),
        "crossings": list(route.crossings),
        "modes": list(route.modes),
        "evidence_shares": plain(route.evidence_shares()),
        "notes": list(route.notes),
    }


def feature_collection(frame: gpd.GeoDataFrame, about: Mapping[str, Any]) -> str:
    """Write a frame with geometry as GeoJSON, one feature a line; what is missing is null.

    Parameters
    ----------
    frame
        With geometry in WGS 84.
    about
        What the answer rests on, for the member ``cacorridor``.

    Returns
    -------
    str
        Text of the file.

    """
    features = ",\n".join(dump(feature) for feature in _features(frame))
    head = f'{{"type": "FeatureCollection", "cacorridor": {dump(about)}'
    return f'{head}, "features": [\n{features}\n]}}\n'


def _features(frame: gpd.GeoDataFrame) -> Iterator[dict[str, Any]]:
    from shapely.geometry import mapping

    # an answer without a shape is a feature all the same: RFC 7946 knows null
    columns = [str(name) for name in frame if name != frame.geometry.name]
    cells = [frame[name].tolist() for name in columns]
    for shape, *row in zip(frame.geometry, *cells, strict=True):
        empty = shape is None or shape.is_empty
        yield {
            "type": "Feature",
            "properties": dict(zip(columns, row, strict=True)),
            "geometry": None if empty else mapping(shape),
        }


def dump(content: Any) -> str:
    """Write JSON on one line."""
    return json.dumps(plain(content), ensure_ascii=False, allow_nan=False)


def plain(content: Any) -> Any:
    """Turn cells of a table into what JSON knows: what is missing or infinite is null, a set is a list."""
    if isinstance(content, dict):
        return {str(key): plain(cell) for key, cell in content.items()}
    if isinstance(content, (set, frozenset)):
        return sorted(content)
    if isinstance(content, (list, tuple)):
        return [plain(cell) for cell in content]
    return _plain_cell(content.item() if hasattr(content, "item") else content)  # NumPy's own numbers


def significant(figure: float) -> float:
    """Round to the digits that say something, so that sums such as 870.6999999999999 read 870.7."""
    return float(f"{figure:.{DIGITS}g}")


def _plain_cell(cell: Any) -> Any:
    """Turn one cell into what JSON knows; pandas' marks of what is missing are null."""
    if isinstance(cell, float):
        return significant(cell) if math.isfinite(cell) else None
    if cell is None or isinstance(cell, (str, bool, int)):
        return cell
    # pandas only now: most cells of most answers need no look at its marks
    import pandas as pd

    return None if cell is pd.NA or cell is pd.NaT else str(cell)
