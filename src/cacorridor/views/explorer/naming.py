"""Names of routes on maps and in reports, by which each can be told from the others, in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.views import text
from cacorridor.views.labels import mode_labels
from cacorridor.views.words import names
from cacorridor.views.words.phrases import phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.network.model import Network
    from cacorridor.routing.corridors import Comparison
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route
    from cacorridor.views.words.phrases import Part

BEST = "The best way"  # the name of a route


def without(network: Network, query: Query) -> Part:
    """Name the best way that keeps out of the states of a question."""
    return say("The best way without {states}", states=names.states(network, sorted(query.avoid)))


def label_all(network: Network, routes: Iterable[Route]) -> list[Part]:
    """Name routes so that each can be told from the others; names made here speak three languages."""
    # a name that two routes share tells neither: where both have it from their ends, they are told apart
    routes = list(routes)
    given = [route.name for route in routes]
    return [
        _name_by_manner(network, route)
        if given.count(route.name) > 1 and _is_of_ends(route)
        else label(network, route)
        for route in routes
    ]


def label(network: Network, route: Route) -> Part:
    """Name a route: by its ends if it has no name of its own, else by that name."""
    if _is_of_ends(route):
        return ends(network, route)
    named = without(network, route.query)
    return named if route.name == str(named) else phrase_of(route.name)


def heading_of(network: Network, comparison: Comparison) -> Part:
    """Name a comparison: by the ends of its routes in three languages, unless it has a heading of its own."""
    if not comparison.routes:
        return phrase_of(comparison.heading)
    # pairs have their heading from the table, with a hyphen
    first = comparison.routes[0]
    named = ends(network, first)
    is_of_ends = comparison.heading in (str(named), f"{first.origin} - {first.destination}")
    return named if is_of_ends else phrase_of(comparison.heading)


def ends(network: Network, route: Route) -> Part:
    """Name the ends of a route."""
    return say(
        f"{{origin}} {text.DASH} {{destination}}",
        origin=names.place(network, route.query.origin),
        destination=names.place(network, route.query.destination),
    )


def _is_of_ends(route: Route) -> bool:
    return route.name == f"{route.origin} - {route.destination}"


def _name_by_manner(network: Network, route: Route) -> Part:
    """Tell a route from others between the same ends: by modes, states in between and hours."""
    # each mode once, in the order of travel; ends lie in states that both routes share
    labels = mode_labels(network)
    modes = tuple(phrase_of(labels[mode]) for mode in dict.fromkeys(route.modes))
    return say(
        "{modes}; through {states}; {hours}",
        modes=modes,
        states=names.states(network, route.transit_states) or say("no other state"),
        hours=text.hours_of(route.time_h),
    )
