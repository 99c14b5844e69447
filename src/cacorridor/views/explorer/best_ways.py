"""The best way of a pair, whatever a route is pinned to: what a route bypasses is measured against it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cacorridor.routing.finding import solve
from cacorridor.routing.query import Query, expand_modes
from cacorridor.views import text
from cacorridor.views.words import names
from cacorridor.views.words.phrases import say, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route
    from cacorridor.views.words.phrases import Part

BEST = "The best way"


def unpinned(network: Network, query: Query) -> Query:
    """Free a question of its pins: any mode, any state, any place; level, year and month stay."""
    return Query(
        origin=query.origin,
        destination=query.destination,
        modes=expand_modes(network, None),
        level=query.level,
        year=query.year,
        month=query.month,
        survey_year=query.survey_year,
        criterion=query.criterion,
        scenarios=query.scenarios,
    )


class BestWays:
    """The best ways of pairs under conditions, each searched once."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._found: dict[Query, Route | None] = {}

    def of(self, query: Query) -> Route | None:
        """Find the best way between the ends of a question under its level, year and month."""
        free = unpinned(self.network, query)
        if free not in self._found:
            self._found[free] = solve(self.network, free, BEST)
        return self._found[free]


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
    years = {route.query.year for route in routes}
    query = replace(routes[0].query, year=years.pop() if len(years) == 1 else None)
    best = BestWays(network).of(query)
    if best is None:
        return []
    shown = {route.links for route in routes}
    found = [best, *(_without(network, best.query, state) for state in best.transit_states)]
    ways = {route.links: route for route in found if route is not None and route.links not in shown}
    return list(ways.values())


def _without(network: Network, query: Query, state: str) -> Route | None:
    banned = replace(query, avoid=frozenset({state}))
    return solve(network, banned, str(without(network, banned)))


def without(network: Network, query: Query) -> Part:
    """Name the best way that keeps out of the states of a question."""
    return say("The best way without {states}", states=names.states(network, sorted(query.avoid)))


# ---------------------------------------------------------------- names of routes


def label_all(network: Network, routes: Iterable[Route]) -> list[Part]:
    """Name routes so that each can be told from the others; names made here speak three languages."""
    routes = list(routes)
    given = [route.name for route in routes]
    return [
        _manner(network, route)
        if given.count(route.name) > 1 and _is_of_ends(route)
        else label(network, route)
        for route in routes
    ]


def label(network: Network, route: Route) -> Part:
    """Name a route: by its ends if it has no name of its own, else by that name."""
    if _is_of_ends(route):
        return ends(network, route)
    named = without(network, route.query)
    return named if route.name == str(named) else word(route.name)


def ends(network: Network, route: Route) -> Part:
    """Name the ends of a route."""
    places = (names.place(network, key) for key in (route.query.origin, route.query.destination))
    return say(
        f"{{origin}} {text.DASH} {{destination}}", **dict(zip(("origin", "destination"), places, strict=True))
    )


def _is_of_ends(route: Route) -> bool:
    return route.name == f"{route.origin} - {route.destination}"


def _manner(network: Network, route: Route) -> Part:
    """Tell a route from others between the same ends: by modes, states in between and hours."""
    labels = dict(zip(network.tables["modes"]["id"], network.tables["modes"]["label"], strict=True))
    modes = tuple(word(str(labels[mode])) for mode in dict.fromkeys(route.modes))
    return say(
        "{modes}; through {states}; {hours}",
        modes=modes,
        states=names.states(network, route.transit_states) or say("no other state"),
        hours=text.hours_of(route.time_h),
    )
