"""Draw routes on a map that opens offline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.network.schema import LEVELS
from cacorridor.routing.corridors import Comparison
from cacorridor.routing.routes import Route
from cacorridor.views.explorer.conditions import MapOptions
from cacorridor.views.explorer.widget import RoutePage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.views.labels import Labels
    from cacorridor.views.words.phrases import Part

NOTEBOOK_HEIGHT_PX = 640


@dataclass(frozen=True, eq=False)
class RouteMap(RoutePage):
    """A map of routes, ready to be shown in a notebook or saved as one HTML file.

    Parameters
    ----------
    network
        In which the routes were found.
    routes
        What it shows.
    title
        Of the page.
    options
        What a reader may switch to.
    height
        Of the frame in a notebook, pixels.
    rivals
        Whether one route alone is set against the best way of its ends.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> page = cc.map_routes(net, route, years=(), levels=(), height=480)
    >>> page.height
    480

    """

    network: Network
    routes: tuple[Route, ...]
    title: str
    options: MapOptions = field(default_factory=MapOptions)
    height: int = NOTEBOOK_HEIGHT_PX  # of the frame in a notebook, pixels
    rivals: bool = True

    def html(self) -> str:
        """Build the page.

        Returns
        -------
        str
            One HTML text that makes no request.

        """
        # folium and shapely are slow to import: a map that nobody looks at need not wait for them
        from cacorridor.views.explorer import page as explorer
        from cacorridor.views.labels import Labels
        from cacorridor.views.markup import tag
        from cacorridor.views.offline import PageParts
        from cacorridor.views.words.phrases import say

        # first, as this refuses a route of another network, which may have places that this one lacks
        shown = self._with_rivals()

        # what stands above the map; a link leads past it for who reads by keyboard
        labels = Labels.of(self.network)
        lede = say("{routes}; expected hours, with the range of 8 in 10 cases", routes=self._lede())
        header = tag("header", tag("h1", self._heading()), tag("p", lede), class_="cac-header")
        skip = tag("a", say("Skip to the route"), href="#cac-panel", class_="cac-skip")
        opening = f'{skip}<main class="cac-app">{header}'

        # below it, folded, the sources of everything that it shows
        closing = f"{_sources_fold(labels, shown)}</main>"
        page = PageParts(title=self.title, before=opening, after=closing, about=str(lede))
        return explorer.render_map(labels, [Comparison("", shown)], page, self.options)

    def _with_rivals(self) -> list[Route]:
        """List the routes, of one alone also the ways that it is set against."""
        from cacorridor.views.explorer.payload import links_of
        from cacorridor.views.explorer.rivals import ways_round

        links_of(self.network, self.routes)  # refuses a route of another network before anything is searched
        alone = len(self.routes) == 1 and self.rivals
        return [*self.routes, *(ways_round(self.network, self.routes) if alone else ())]

    def _lede(self) -> Part:
        """Name the ends that all routes share, else count the routes."""
        from cacorridor.views.explorer.naming import ends
        from cacorridor.views.words.phrases import say

        if len({(route.origin, route.destination) for route in self.routes}) == 1:
            return ends(self.network, self.routes[0])
        return say("routes: {count}", count=str(len(self.routes)))

    def _heading(self) -> Part:
        """Say the title in three languages, if it was made here."""
        from cacorridor.views.explorer.naming import label
        from cacorridor.views.words.phrases import phrase_of

        # a title of one's own stays as it is; one made of names has them in each language
        made = [label(self.network, self.routes[0]), self._lede()]
        return next((part for part in made if str(part) == self.title), phrase_of(self.title))

    def route_at(self, address: str) -> Route:
        """Find the route that an address of the page shows.

        Parameters
        ----------
        address
            Of the page, or what stands behind its ``#``; without it, the first route.

        Returns
        -------
        Route
            As it was compared, or asked again under the year, level or month of the address.

        Raises
        ------
        UsageError
            If the page has no such route, or there is none under these conditions.

        Examples
        --------
        >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"], name="By road")
        >>> cc.map_routes(net, route, years=(2031,)).route_at("#by-road&year=2031").query.year
        2031

        """
        from cacorridor.views.explorer.address import read_address

        return read_address(self.network, self._with_rivals(), address)

    def __repr__(self) -> str:
        """Name the map and count its routes in one line."""
        noun = "route" if len(self.routes) == 1 else "routes"
        return f"<RouteMap {self.title}: {len(self.routes)} {noun}; save(path) writes it>"


def _sources_fold(labels: Labels, routes: Sequence[Route]) -> str:
    """List the sources of the routes below the map."""
    from cacorridor.views.explorer.page import sources_of
    from cacorridor.views.markup import address, tag
    from cacorridor.views.words.phrases import say

    sources = sources_of(labels.network, routes)
    entries = (tag("li", labels.sources[source["id"]], " ", address(source["address"])) for source in sources)
    heading = say("Sources of the figures ({count})", count=str(len(sources)))
    return tag("details", tag("summary", heading), tag("ul", *entries), class_="cac-origins")


def map_routes(  # noqa: PLR0913  # what a reader may switch is independent of what is drawn
    network: Network,
    routes: Route | Sequence[Route],
    *,
    title: str | None = None,
    years: Sequence[int] | None = None,
    levels: Sequence[str] = LEVELS,
    months: Sequence[int] = (),
    height: int = NOTEBOOK_HEIGHT_PX,
    rivals: bool = True,
) -> RouteMap:
    """Draw one route or several on one map; a reader chooses which of them is highlighted.

    One route alone is set against the best way between its ends, and the best without each state on that,
    drawn faintly. A state is shown as bypassed by a route if the best way between its ends meets it and the
    route keeps out of it, whatever else is drawn. Years and levels are combined, months are those of the
    routes as they are; each combination is solved here, in about 0.1 s and 10 ms a route.

    Parameters
    ----------
    network
        The network in which the routes were found.
    routes
        One route, or several.
    title
        Of the page; by default the name of the route, or the ends that all routes share.
    years
        What the reader may switch to; by default the years from 2024 in which a link opens, and those of
        the routes. Empty leaves the switch out, here and below.
    levels
        Service levels to switch to.
    months
        Months to switch to, 1 to 12.
    height
        Of the frame in a notebook, pixels.
    rivals
        Whether one route alone is set against these ways; several routes are set against each other.

    Returns
    -------
    RouteMap
        Shown in a notebook, or saved by ``save(path)`` as one HTML file that opens offline.

    Raises
    ------
    UsageError
        If there is no route, something else than a route, or an unknown level or month.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> page = cc.map_routes(net, route, title="By road", years=(), levels=())
    >>> page.title
    'By road'
    >>> page.save("kashgar-tashkent.html")  # doctest: +SKIP

    """
    # misuse is refused here, at the call, and not when the page is built
    chosen = (routes,) if isinstance(routes, Route) else tuple(routes)
    if not chosen:
        raise UsageError("no routes: a map shows one route or more")
    for route in chosen:
        if not isinstance(route, Route):
            raise UsageError(f"a map shows routes, not {type(route).__name__}")
    options = MapOptions(years, levels, months)
    options.validate()
    return RouteMap(network, chosen, title or _title(chosen), options, height, rivals)


def _title(routes: Sequence[Route]) -> str:
    """Name a map after its route, else after the ends that all routes share."""
    if len(routes) == 1 and routes[0].name != f"{routes[0].origin} - {routes[0].destination}":
        return routes[0].name
    # without shared ends there is no pair that could give the map its name
    ends = {(route.origin, route.destination) for route in routes}
    return " \u2013 ".join(ends.pop()) if len(ends) == 1 else "Routes compared"
