"""Say which of several routes is the quickest, which the next, and what later years bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.costs.measures import LENGTH, TIME
from cacorridor.views import sentences, text
from cacorridor.views.explorer import naming
from cacorridor.views.words import names
from cacorridor.views.words.phrases import join_parts, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route
    from cacorridor.views.words.phrases import Part, Phrase


def describe_comparison(network: Network, routes: Sequence[Route]) -> str:
    """Compare the routes of one year: the quickest, the next, and how sure that is; the future apart.

    Parameters
    ----------
    network
        Names the states.
    routes
        One or more.

    Returns
    -------
    str
        The sentences.

    """
    return str(join_parts([*rank_routes(network, routes), *foresee_routes(network, routes)]))


def rank_routes(network: Network, routes: Sequence[Route]) -> list[Phrase]:
    """Say which of the routes of today is the quickest, which the next, and how sure that is."""
    # routes of today are ranked among each other; without any, those of later years are
    best, *others = _by_hours(routes)
    quickest = _quickest(network, best)
    assumed = text.per_cent(best.evidence_shares()["assumed"])
    share = say("{share} of the hours of the quickest rest on assumptions.", share=assumed)
    return [quickest, *([_next(network, best, others[0])] if others else []), share]


def _quickest(network: Network, best: Route) -> Phrase:
    """Say how far and how long the quickest route is; the best way of all may have no name of its own."""
    figures: dict[str, Part] = {
        "length": text.figure(LENGTH, best.length_km),
        "hours": text.hours_of(best.time_h),
        "range": text.figure_range(TIME, best.time_low_h, best.time_high_h),
        "states": names.states(network, best.states),
    }
    if best.name == naming.BEST:
        return say(
            "The quickest is none of the named ways: "
            "{length} in {hours} ({range} in 8 of 10 cases), crossing {states}.",
            **figures,
        )
    return say(
        "The quickest is {route}: {length} in {hours} ({range} in 8 of 10 cases), crossing {states}.",
        route=naming.label(network, best),
        **figures,
    )


def foresee_routes(network: Network, routes: Sequence[Route]) -> list[Phrase]:
    """Set routes of later years beside the quickest of today; none if there is no route of today."""
    best, later = _by_hours(routes)[0], [route for route in routes if route.query.year is not None]
    if best.query.year is not None:
        return []
    return [
        say(
            "In {year}, {route} {slower} and {longer}.",
            year=str(route.query.year),
            route=naming.label(network, route),
            slower=_slower(best, route),
            longer=_longer(best, route),
        )
        for route in later
    ]


def _by_hours(routes: Sequence[Route]) -> list[Route]:
    today = [route for route in routes if route.query.year is None]
    return sorted(today or routes, key=lambda route: route.time_h)


def _next(network: Network, best: Route, rival: Route) -> Phrase:
    """Set the next route beside the quickest."""
    overlaps = rival.time_low_h < best.time_high_h
    return say(
        "The next, {route}, {slower} and {longer}; {overlap}.",
        route=naming.label(network, rival),
        slower=_slower(best, rival),
        longer=_longer(best, rival),
        overlap=say("the ranges overlap, so either may be quicker")
        if overlaps
        else say("the ranges do not overlap"),
    )


def _slower(best: Route, route: Route) -> Phrase:
    if sentences.are_as_fast(best, route):
        return say("is as fast ({hours})", hours=text.hours_of(route.time_h))
    more_h = route.time_h - best.time_h
    hours = text.hours_of(abs(more_h))
    return say("takes {hours} more", hours=hours) if more_h > 0 else say("takes {hours} less", hours=hours)


def _longer(best: Route, route: Route) -> Phrase:
    more_km = route.length_km - best.length_km
    length = text.figure(LENGTH, abs(more_km))
    return (
        say("is {length} longer", length=length)
        if more_km >= 0
        else say("is {length} shorter", length=length)
    )
