"""Named corridors: their routes, compared where they share both ends, and since when they are open."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cacorridor.errors import NoRouteError
from cacorridor.routing.comparison import compare_routes
from cacorridor.routing.finding import find_route

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route


@dataclass(frozen=True)
class Comparison:
    """Routes to be set side by side, under a heading; ``text`` introduces them where there is one to say.

    Parameters
    ----------
    heading
        Its heading.
    routes
        Routes to set side by side.
    text
        Introduction.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> cc.Comparison("By road", [route]).heading
    'By road'

    """

    heading: str
    routes: list[Route]
    text: str = ""

    def _repr_html_(self) -> str:
        """Show the routes side by side in a notebook; pandas escapes the names."""
        return compare_routes(self.routes).round(1).to_html(index=False)


def corridor_routes(network: Network) -> Iterator[tuple[str, Route]]:
    """Find the route of every named corridor that is open; with the key of the corridor."""
    for key, corridor in network.corridors.items():
        if len(corridor.via) > 1:
            with contextlib.suppress(NoRouteError):  # a corridor may not be open yet, or no more
                yield key, find_route(network, corridor.via[0], corridor.via[-1], corridor=key)


def compare_corridors(network: Network) -> list[Comparison]:
    """Find the route of every named corridor and group those that share both ends, two or more of them.

    Parameters
    ----------
    network
        What exists, from ``load_network``.

    Returns
    -------
    list[Comparison]
        One comparison for each pair of ends, in the order of the corridors.

    Examples
    --------
    >>> comparisons = cc.compare_corridors(net)
    >>> "Kashgar - Tashkent" in [comparison.heading for comparison in comparisons]
    True

    """
    # corridors with the same two ends answer one question
    groups: dict[tuple[str, str], list[Route]] = {}
    for key, route in corridor_routes(network):
        via = network.corridors[key].via
        groups.setdefault((via[0], via[-1]), []).append(route)
    return [
        Comparison(f"{routes[0].origin} - {routes[0].destination}", routes)
        for routes in groups.values()
        if len(routes) > 1
    ]


def openings(network: Network) -> pd.DataFrame:
    """Tell from which year each named corridor is open, one corridor a row.

    ``year`` is that in which the last of its links opens, empty where all have been open for long;
    ``status`` is operational, or that of its least finished link. A corridor that has no route is left out.
    """
    import pandas as pd

    # a corridor is open when the last of its links is
    rows = []
    links = {link["id"]: link for link in network.rows("links")}
    for _, route in corridor_routes(network):
        on_route = [links[key] for key in route.links]
        years = [link["opened"] for link in on_route if link["opened"] is not None]
        rows.append(
            {
                "corridor": route.name,
                "pair": f"{route.origin} - {route.destination}",
                "year": max(years, default=None),
                "status": _least_finished(on_route),
            }
        )
    table = pd.DataFrame(rows, columns=["corridor", "pair", "year", "status"])
    return table.astype({"year": "Int64"})


def _least_finished(links: list[dict[str, Any]]) -> str:
    # from the farthest from a train to the nearest
    statuses = {link["status"] for link in links}
    return next((status for status in ("planned", "construction") if status in statuses), "operational")
