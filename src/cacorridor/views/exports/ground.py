"""Where the rows of an answer lie: on links, in states, at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.routing.telling.shapes import WGS_84, legs_on_ground

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from cacorridor.network.model import Network
    from cacorridor.views.exports.findings import Findings

    Find = Callable[[Network, str], BaseGeometry | None]


def on_ground(findings: Findings) -> gpd.GeoDataFrame:
    """Give geometry to an answer: the legs of its routes, else the rows of a table that names something.

    Parameters
    ----------
    findings
        What was found out.

    Returns
    -------
    geopandas.GeoDataFrame
        In WGS 84; a row that names nothing on the ground has no geometry.

    """
    import geopandas as gpd
    import pandas as pd

    if findings.routes:
        frames = [legs_on_ground(route).assign(route=route.name) for route in findings.routes]
        legs = pd.concat(frames, ignore_index=True)
        return gpd.GeoDataFrame(legs, geometry="geometry", crs=WGS_84)
    # the first table whose rows name something on the ground, by the most telling of their columns
    first, *others = findings.frames.values()
    placed = (table for table in (first, *others) if FINDERS.keys() & set(table))
    table = next(placed, first)
    table = table.reset_index(drop=True)
    column = next((name for name in FINDERS if name in table), None)
    shapes: list[BaseGeometry | None] = [None] * len(table)
    if column is not None:
        shapes = [FINDERS[column](findings.network, str(name)) for name in table[column]]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=WGS_84)


def _draw_links(network: Network, names: str) -> BaseGeometry | None:
    """Draw the links that a cell names."""
    return _unite(network.link_shapes, names)


def _draw_states(network: Network, names: str) -> BaseGeometry | None:
    """Draw the states that a cell names by their codes."""
    return _unite(network.state_shapes, names)


def _unite(drawn: gpd.GeoDataFrame, names: str) -> BaseGeometry | None:
    """Unite the shapes that a cell names."""
    import shapely

    # what a user's own table names need not be there
    shapes = [drawn.geometry[name] for name in names.split() if name in drawn.index]
    return shapely.union_all(shapes) if shapes else None


def _draw_place(network: Network, name: str) -> BaseGeometry | None:
    """Locate the place that a cell names by its id."""
    import shapely

    places = network.tables["places"]
    row = places[places["id"] == name]
    return shapely.Point(row["lon"].iloc[0], row["lat"].iloc[0]) if len(row) else None


FINDERS: dict[str, Find] = {  # by column, the most telling first
    "link": _draw_links,
    "crossings": _draw_links,
    "states": _draw_states,
    "state": _draw_states,
    "place": _draw_place,
}
