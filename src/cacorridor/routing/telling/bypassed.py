"""Whom a route bypasses: the states on the best way of its pair that it keeps out of."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route

KEPT = 1024  # best ways that a network remembers


def unpinned(query: Query) -> Query:
    """Free a question of what pins or bans: any mode, state and place; all that tells what is best stays."""
    return replace(
        query,
        avoid=frozenset(),
        allow_touch=False,
        modes=frozenset(),
        via=(),
        stretches=(),
        through=frozenset(),
        notes=(),
    )


def best_way(network: Network, query: Query) -> Route | None:
    """Find the best way between the ends of a question, whatever the question pins or bans.

    Level, year, month, survey year, criterion, load and scenarios stay. The network remembers the answer.

    Parameters
    ----------
    network
        What exists.
    query
        A question between the same ends.

    Returns
    -------
    Route or None
        None where there is no way at all.

    """
    from cacorridor.routing.finding import route_of_query

    # every question between the same ends leads to the same free one, so the answer is worth keeping
    free = unpinned(query)
    kept: dict[Query, Route | None] = network.derived.setdefault(best_way, {})
    if free in kept:
        return kept[free]
    best = route_of_query(network, free)
    if len(kept) < KEPT:
        kept[free] = best
    return best


def bypassed_states(route: Route, best: Route | None) -> tuple[str, ...]:
    """List the states that the best way crosses or touches and a route neither crosses nor touches."""
    entered = {*route.states, *route.touches}
    met = () if best is None else (*best.states, *best.touches)
    return tuple(state for state in dict.fromkeys(met) if state not in entered)


def avoided_in_vain(route: Route) -> tuple[str, ...]:
    """List the states that a question avoids although the same way would be best if they were let in.

    Parameters
    ----------
    route
        The answer to the question.

    Returns
    -------
    tuple of str
        Codes in order of the alphabet; whichever of them are let in, alone or together, no best way enters
        them, while the others stay avoided.

    """
    from cacorridor.routing.finding import route_of_query

    network, query = route.network, route.query

    def way_with(let_in: Iterable[str]) -> Route | None:
        return route_of_query(network, replace(query, avoid=query.avoid.difference(let_in), notes=()))

    # a state that matters alone is out; two may matter together only, as Iran and Turkmenistan do
    idle = {state for state in query.avoid if _same_way(way_with([state]), route)}
    while idle and not _same_way(together := way_with(idle), route):
        entered = set() if together is None else idle & {*together.states, *together.touches}
        idle = idle - entered if entered else set()
    return tuple(sorted(idle))


def _same_way(way: Route | None, route: Route) -> bool:
    return way is not None and way.links == route.links


class BesideBest:
    """What a ``Route`` tells of itself beside the best way of its pair."""

    @cached_property
    def bypasses(self) -> tuple[str, ...]:
        """States on the best way between the same ends that this route keeps out of; the best way has none.

        The best way is that of the same level, year, month, criterion and scenarios, by any modes and with
        no state avoided, so that it never depends on what else is compared.
        """
        route = cast("Route", self)
        return bypassed_states(route, best_way(route.network, route.query))
