"""What a route is set against: the best way between its ends, and the best without each state on that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cacorridor.routing.finding import route_of_query
from cacorridor.routing.telling.bypassed import best_way
from cacorridor.views.explorer.naming import BEST, without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route


def ways_round(network: Network, routes: Sequence[Route]) -> list[Route]:
    """Find the best way between the ends of the first route, and the best without each of its transit states.

    Parameters
    ----------
    network
        What exists.
    routes
        Routes that are shown already; what runs as one of them is left out.

    Returns
    -------
    list[Route]
        Of today, or of the one year that all the routes share.

    """
    # routes of several years share no year but today
    years = {route.query.year for route in routes}
    query = replace(routes[0].query, year=years.pop() if len(years) == 1 else None)
    best = best_way(network, query)
    if best is None:
        return []

    # a way that is on the map already keeps the name it has there
    shown = {route.links for route in routes}
    named = replace(best, name=BEST)
    candidates = [named, *(_without(network, best.query, state) for state in best.transit_states)]
    unseen = {route.links: route for route in candidates if route is not None and route.links not in shown}
    return list(unseen.values())


def _without(network: Network, query: Query, state: str) -> Route | None:
    banned = replace(query, avoid=frozenset({state}))
    return route_of_query(network, banned, str(without(network, banned)))
