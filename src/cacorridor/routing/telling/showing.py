"""How a route is shown and handed on: on the ground, as GeoJSON, on a map, in a notebook."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from cacorridor.drawing import drawer

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from shapely.geometry import LineString

    from cacorridor.drawing import Page
    from cacorridor.routing.routes import Route


class Shown:
    """What a ``Route`` offers to maps, notebooks and other programs; a class of its own for brevity alone."""

    # what draws is imported when it is asked for: a route in a table needs no shapes

    @cached_property
    def geometry(self) -> LineString:
        """The whole route as one line, in the direction of travel (longitude and latitude, WGS 84)."""
        from cacorridor.routing.telling.shapes import route_line

        return route_line(cast("Route", self))

    def to_geodataframe(self) -> gpd.GeoDataFrame:
        """List the legs with their geometry: lines where it runs, points where it stands (WGS 84)."""
        from cacorridor.routing.telling.shapes import legs_on_ground

        return legs_on_ground(cast("Route", self))

    def to_geojson(self) -> str:
        """Write the legs as GeoJSON, with the conditions and the version of the data."""
        from cacorridor.routing.telling.shapes import geojson_of_route

        return geojson_of_route(cast("Route", self))

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """The legs as a feature collection, as libraries for maps read it."""
        collection: dict[str, Any] = json.loads(self.to_geojson())
        return collection

    def explore(  # noqa: PLR0913  # as map_routes
        self,
        *,
        title: str | None = None,
        years: Sequence[int] | None = None,
        levels: Sequence[str] = ("express", "typical"),
        months: Sequence[int] = (),
        height: int = 640,
        rivals: bool = True,
    ) -> Page:
        """Draw the route on a map; options are those of ``map_routes``."""
        route = cast("Route", self)
        options = {"title": title, "years": years, "levels": levels, "months": months, "height": height}
        page: Page = drawer("explore")(route.network, route, rivals=rivals, **options)
        return page

    def plot(self, *, ax: Any = None) -> Any:
        """Draw the time-distance diagram of the route, as ``plot_tcd`` does, into axes or a new figure."""
        return drawer("plot")(self, ax=ax)

    def _repr_html_(self) -> str:
        """Show the route in a notebook: totals, conditions, legs."""
        return str(drawer("card")(self))
