"""Set routes side by side."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pandas as pd

from cacorridor.errors import NoRouteError
from cacorridor.network.schema import RAIL
from cacorridor.routing.routes import Route, find_route

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.network.model import Network


def compare_routes(routes: Sequence[Route]) -> pd.DataFrame:
    """Compare routes, one a row.

    ``states`` are crossed in order of travel, ``touches`` run through without a border stop, and
    ``bypasses`` are crossed by another route of the comparison but neither crossed nor touched by
    this one. ``assumed_share`` is the share of the hours that rests on assumed figures.
    """
    return pd.DataFrame([_row(route, bypassed_states(route, routes)) for route in routes])


def bypassed_states(route: Route, rivals: Iterable[Route]) -> tuple[str, ...]:
    """List the states that a rival crosses and the route neither crosses nor touches."""
    crossed = dict.fromkeys(state for rival in rivals for state in rival.states)
    return tuple(state for state in crossed if state not in {*route.states, *route.touches})


def crossing_matrix(routes: Sequence[Route]) -> pd.DataFrame:
    """Tell how each route stands to each state that any of them enters: routes x states, in words.

    A route *crosses* a state, *touches* it without a border stop, *bypasses* it if a rival crosses it, or
    does *neither*. States stand in the order in which the routes enter them.
    """
    states = list(dict.fromkeys(state for route in routes for state in (*route.states, *route.touches)))
    cells = [[_relation(route, state, routes) for state in states] for route in routes]
    return pd.DataFrame(cells, index=[route.name for route in routes], columns=states)


def _relation(route: Route, state: str, rivals: Sequence[Route]) -> str:
    if state in route.states:
        return "crosses"
    if state in route.touches:
        return "touches"
    return "bypasses" if state in bypassed_states(route, rivals) else "neither"


def _row(route: Route, bypassed: tuple[str, ...]) -> dict[str, object]:
    legs = route.legs
    transfers = legs[legs["kind"] == "transfer"]
    return {
        "route": route.name,
        "length_km": route.length_km,
        "time_h": route.time_h,
        "time_low_h": route.time_low_h,
        "time_high_h": route.time_high_h,
        "states": " ".join(route.states),
        "touches": " ".join(route.touches),
        "bypasses": " ".join(bypassed),
        "border_crossings": len(route.crossings),
        "transfers": len(transfers),
        "gauge_breaks": gauge_breaks(route),
        "assumed_share": route.evidence_shares()["assumed"],
    }


def gauge_breaks(route: Route) -> int:
    """Count changes from one gauge to the other, with nothing between but the transfer."""
    pairs = zip(route.modes, route.modes[1:], strict=False)
    return sum(a != b and a in RAIL and b in RAIL for a, b in pairs)


Comparison = tuple[str, str, list[Route]]


def compare_corridors(network: Network) -> list[Comparison]:
    """Find the route of every named corridor and group those that share both ends.

    Returns (heading, text, routes) for each pair of ends that two open corridors or more serve.
    """
    groups: dict[tuple[str, str], list[Route]] = {}
    for key, corridor in network.corridors.items():
        if len(corridor.via) > 1:
            with contextlib.suppress(NoRouteError):  # a corridor may not be open yet, or no more
                route = find_route(network, corridor.via[0], corridor.via[-1], corridor=key)
                groups.setdefault((corridor.via[0], corridor.via[-1]), []).append(route)
    return [
        (f"{routes[0].origin} - {routes[0].destination}", in_three_sentences(network, routes), routes)
        for routes in groups.values()
        if len(routes) > 1
    ]


def in_three_sentences(network: Network, routes: Sequence[Route]) -> str:
    """Answer a comparison from its numbers: the quickest, the next, who is bypassed and how sure that is."""
    ordered = sorted(routes, key=lambda route: route.time_h)
    best, *others = ordered
    crossed = ", ".join(map(network.state_name, best.states))
    sentences = [
        f"The quickest is {best.name}: {_figures(best)}, crossing {crossed}.",
    ]
    if others:
        rival = others[0]
        more_km = rival.length_km - best.length_km
        overlap = (
            "the ranges overlap, so either may be quicker"
            if rival.time_low_h < best.time_high_h
            else "the ranges do not overlap"
        )
        sentences.append(
            f"The next, {rival.name}, takes {rival.time_h - best.time_h:.0f} h more and is "
            f"{abs(more_km):,.0f} km {'longer' if more_km >= 0 else 'shorter'}; {overlap}."
        )
    names = ", ".join(map(network.state_name, bypassed_states(best, routes)))
    bypassed = names or "no state that another crosses"
    assumed = best.evidence_shares()["assumed"]
    sentences.append(f"The quickest bypasses {bypassed}; {assumed:.0%} of its hours rest on assumptions.")
    return " ".join(sentences)


def _figures(route: Route) -> str:
    span = f"{route.time_low_h:.0f}\u2013{route.time_high_h:.0f} h in 8 of 10 cases"
    return f"{route.length_km:,.0f} km in {route.time_h:.0f} h ({span})"
