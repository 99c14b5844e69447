"""The first screen: a card for each pair of places says how long, through whom, at what price round them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cacorridor.costs.measures import LENGTH, TIME
from cacorridor.routing.telling.bypassed import best_way, bypassed_states
from cacorridor.views import sentences, text
from cacorridor.views.markup import Html, tag
from cacorridor.views.report.closures import closures, today
from cacorridor.views.report.leads import SIGN
from cacorridor.views.words import names
from cacorridor.views.words.phrases import join_parts, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route
    from cacorridor.views.explorer.payload import MapRoute
    from cacorridor.views.report.closures import Closure
    from cacorridor.views.report.leads import Leads, Section
    from cacorridor.views.words.phrases import Part


class CardLine(NamedTuple):
    """One line of a card, the question that it answers, and the route that it tells of."""

    said: Part
    query: Query
    route: Route | None


def answer_cards(network: Network, sections: Sequence[Section]) -> Html:
    """Write the cards; each line of them leads to the view of the map that shows it, and to the explorer."""
    cards = [_answer_card(network, section, f"answer-{n}") for n, section in enumerate(sections, start=1)]
    return tag("ul", *cards, class_="cac-cards")


def _answer_card(network: Network, section: Section, anchor: str) -> Html:
    """Answer one comparison: the best way of today, what each closure adds, the ways of later years."""
    title = tag("h2", section.heading, id=anchor)
    query = today(section.routes[0].query)
    best = best_way(network, query)
    if best is None:  # the pair waits for a link of a later year
        return tag("li", title, tag("p", say("No route today.")))

    # the best way is on the map under a name of its own; of routes over the same links the first counts
    leads, group = section.leads, section.group
    closed = closures(network, query)
    prices = [CardLine(_price(network, each), each.query, each.left) for each in closed]
    later = list(_later(network, best, group))

    # hours and states, then range, length and how much is assumed, then what changes it, today and later
    through = say("today through {states}", states=names.states_or_none(network, best.transit_states))
    lead = tag("strong", text.hours_of(best.time_h))
    on_map = f"#{leads.slugs.get(best.links, group[0].slug)}"
    asked = leads.address(best.query)
    ways_on = [tag("a", say("Show on the map"), href=on_map, class_="cac-needs-script")]
    if asked:
        ask = tag("span", say("Ask the explorer"))
        ways_on.append(tag("a", ask, f" {SIGN}", href=asked, class_="cac-ask"))
    return tag(
        "li",
        title,
        tag("p", lead, " ", through, class_="cac-lead"),
        tag("p", _how_sure(best), class_="cac-note"),
        tag("ul", *(_linked(line, leads) for line in prices)),
        tag("p", say("Later"), class_="cac-when") if later else "",
        tag("ul", *(_linked(line, leads) for line in later)) if later else "",
        tag("p", *ways_on, class_="cac-ways-on"),
    )


def _linked(line: CardLine, leads: Leads) -> Html:
    """Write a line; it leads to its route on the map, and its sign to its question in the explorer."""
    return tag("li", leads.to_map(line.said, line.route), leads.to_explorer(line.said, line.query))


def _how_sure(best: Route) -> Part:
    return say(
        "{range} in 8 of 10 cases; {length}; {share} of the hours assumed",
        range=text.figure_range(TIME, best.time_low_h, best.time_high_h),
        length=text.figure(LENGTH, best.length_km),
        share=text.per_cent(best.evidence_shares()["assumed"]),
    )


def _price(network: Network, closure: Closure) -> Part:
    """Say what the closure of a state adds, with its range."""
    state = names.state(network, closure.state)
    if closure.left is None:
        return say("Without {state}: no way is left", state=state)
    through = names.states_or_none(network, closure.left.transit_states)
    if sentences.are_as_fast(closure.left, closure.best):
        return say("Without {state}: as fast, through {states}", state=state, states=through)
    return say(
        "Without {state}: {hours} ({range}), through {states}",
        state=state,
        hours=text.figure_difference(TIME, closure.more_h),
        range=text.figure_range(TIME, *closure.range_h),
        states=through,
    )


def _later(network: Network, best: Route, group: Sequence[MapRoute]) -> Iterator[CardLine]:
    """Say how the routes of later years stand to the best way of today."""
    for drawn in group:
        route = drawn.route
        if route.query.year is None:
            continue
        is_as_fast = sentences.are_as_fast(route, best)
        hours = say("as fast") if is_as_fast else text.figure_difference(TIME, route.time_h - best.time_h)
        share = text.per_cent(route.evidence_shares()["assumed"])
        when = say("In {year}, {route}: {hours}", year=str(route.query.year), route=drawn.label, hours=hours)
        bypassed = bypassed_states(route, best)  # of today's best way, which this is set beside
        states = names.states(network, bypassed)
        keeps_out = say("keeping out of {states}", states=states) if bypassed else ""
        assumed = say("{share} of the hours assumed", share=share)
        yield CardLine(join_parts([when, keeps_out, assumed], "; "), route.query, route)
