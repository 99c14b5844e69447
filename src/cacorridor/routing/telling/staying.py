"""Whether a journey between places of one customs territory leaves it, and what it costs to stay within."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cacorridor.network.memberships import customs_territory, members
from cacorridor.network.model import SEA

if TYPE_CHECKING:
    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route


@dataclass(frozen=True)
class Excursion:
    """A way that leaves the customs territory of both its ends, and comes back over its border.

    Parameters
    ----------
    home
        The states of the territory: one, or the members of a customs union.
    territory
        What it is called: the code of the state, or the union.
    abroad
        States beyond its border in which the way stops, in order of travel.
    within
        The best way to the same question that keeps to the territory; None where there is none.
    more
        How much worse it is, in the unit of what was asked for; None where there is none.

    """

    home: frozenset[str]
    territory: str
    abroad: tuple[str, ...]
    within: Route | None
    more: float | None


def excursion_of(route: Route) -> Excursion | None:
    """Tell whether a route between two places of one customs territory leaves it.

    A train that runs through another state without a stop at its border does not leave.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    Excursion or None
        None where the ends lie in two territories, where the way stays, and where the question itself asks
        for a state or a place abroad.

    """
    from cacorridor.routing.finding import route_of_query

    network, query = route.network, route.query
    year = query.year if query.year is not None else _year_of(network)
    territory = customs_territory(network, network.state_of[query.origin], year)
    home = members(network, territory, year) or frozenset({territory})
    if network.state_of[query.destination] not in home or _is_sent_abroad(network, query, home):
        return None
    abroad = tuple(dict.fromkeys(state for state in route.states if state not in home))
    if not abroad:
        return None
    # the same question, with every state of the world beyond the territory avoided
    others = {*network.state_names, *network.state_of.values()} - home - {SEA}
    touching = query.allow_touch or not query.avoid
    within = route_of_query(
        network, replace(query, avoid=query.avoid | others, allow_touch=touching, notes=()), route.name
    )
    if within is None:
        return Excursion(home, territory, abroad, None, None)
    amount = query.measure.amount
    more = float(amount(within.table).sum() - amount(route.table).sum())
    return Excursion(home, territory, abroad, within, more)


def _year_of(network: Network) -> int | None:
    """Return the year of today, as the data mean it."""
    return int(network.as_of[:4]) if network.as_of else None


def _is_sent_abroad(network: Network, query: Query, home: frozenset[str]) -> bool:
    """Tell whether a question pins the way to a state beyond its territory."""
    pinned = {*query.through, *(network.state_of[place] for place in query.via)}
    return not pinned <= home
