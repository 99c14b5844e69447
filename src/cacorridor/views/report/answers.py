"""The first screen: a card for each pair of places says how long, through whom, at what price round them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cacorridor.routing.telling.bypassed import best_way, bypassed_states
from cacorridor.views import sentences, text
from cacorridor.views.markup import Html, tag
from cacorridor.views.report.closures import closures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route
    from cacorridor.views.explorer.payload import MapRoute
    from cacorridor.views.report.closures import Closure


def answer_cards(network: Network, groups: Sequence[Sequence[MapRoute]], headings: Sequence[str]) -> Html:
    """Write the cards; each leads to its best way on the map."""
    cards = [_answer_card(network, heading, group) for heading, group in zip(headings, groups, strict=True)]
    return tag("ul", *cards, class_="cac-cards")


def _answer_card(network: Network, heading: str, group: Sequence[MapRoute]) -> Html:
    """Answer one comparison: the best way of today, what each closure adds, the ways of later years."""
    routes = [drawn.route for drawn in group]
    query = routes[0].query
    best = best_way(network, _today(query))
    if best is None:  # the pair waits for a link of a later year
        return tag("li", tag("h2", heading), tag("p", "No route today."))

    # the best way is on the map under a name of its own; of routes over the same links the first counts
    slugs = {drawn.route.links: drawn.slug for drawn in reversed(group)}
    lines = [*_prices(network, _today(query)), *_later(network, best, routes)]

    # three lines: hours and states, then range, length and how much is assumed, then what changes it
    through = text.name_states(network, best.transit_states)
    assumed = text.per_cent(best.evidence_shares()["assumed"])
    lead = tag("strong", text.duration(best.time_h))
    on_map = f"#{slugs.get(best.links, group[0].slug)}"
    return tag(
        "li",
        tag("h2", heading),
        tag("p", lead, f" today through {through}", class_="cac-lead"),
        tag(
            "p",
            f"{text.hour_range(best.time_low_h, best.time_high_h)} {text.IN_MOST_CASES}; "
            f"{text.kilometres(best.length_km)}; {assumed} of the hours assumed",
            class_="cac-note",
        ),
        tag("ul", *(tag("li", line) for line in lines)),
        tag("a", "Show on the map", href=on_map, class_="cac-needs-script"),
    )


def _today(query: Query) -> Query:
    """Put a question to the network of today."""
    return replace(query, year=None)


def _prices(network: Network, query: Query) -> Iterator[str]:
    """Say what each closure of a state adds."""
    for closure in closures(network, query):
        yield f"Without {network.state_name(closure.state)}: {_price(network, closure)}"


def _price(network: Network, closure: Closure) -> str:
    if closure.left is None:
        return "no way is left"
    through = text.name_states(network, closure.left.transit_states)
    if sentences.are_as_fast(closure.left, closure.best):
        return f"as fast, through {through}"
    return f"+{text.duration(closure.more_h)}, through {through}"


def _later(network: Network, best: Route, routes: Sequence[Route]) -> Iterator[str]:
    """Say how the routes of later years stand to the best way of today."""
    for route in routes:
        if route.query.year is None:
            continue
        bypassed = bypassed_states(route, best)  # of today's best way, which this is set beside
        keeps_out = f", keeping out of {text.name_states(network, bypassed)}" if bypassed else ""
        assumed = text.per_cent(route.evidence_shares()["assumed"])
        hours = "as fast" if sentences.are_as_fast(route, best) else _more(route.time_h - best.time_h)
        yield f"In {route.query.year}, {route.name}: {hours}{keeps_out}; {assumed} of the hours assumed"


def _more(hours: float) -> str:
    return f"{'+' if hours > 0 else text.MINUS}{text.duration(abs(hours))}"
