"""Say what happens if a state closes: hours more, today and later, with ranges, and the ways round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cacorridor.costs.measures import TIME
from cacorridor.criticality.losses import excess_ranges
from cacorridor.routing.finding import route_of_query
from cacorridor.routing.telling.bypassed import best_way
from cacorridor.views import text
from cacorridor.views.markup import Html, join, table, tag
from cacorridor.views.report.leverage import leverage_fold
from cacorridor.views.words import names
from cacorridor.views.words.phrases import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route
    from cacorridor.views.report.leads import Leads, Section
    from cacorridor.views.words.phrases import Part


class Closure(NamedTuple):
    """A state of the best way, and the best way left without it, if any is."""

    state: str
    best: Route
    left: Route | None

    @property
    def query(self) -> Query:
        """The question without the state."""
        return replace(self.best.query, avoid=frozenset({self.state}))

    @property
    def more_h(self) -> float:
        """Hours that the closure adds; infinite where no way is left."""
        return float("inf") if self.left is None else self.left.time_h - self.best.time_h

    @property
    def range_h(self) -> tuple[float, float]:
        """The 10th and 90th percentile of these hours, both ways in the same draws."""
        low_h, high_h, *_ = excess_ranges(self.best.query, self.best, self.left, "penalty").values()
        return low_h, high_h


def closures(network: Network, query: Query) -> list[Closure]:
    """Close each transit state of the best way between two places in turn, the costliest first."""
    best = best_way(network, query)
    if best is None:
        return []
    closed: list[Closure] = []
    for state in best.transit_states:
        whole = Closure(state, best, None)
        closed.append(whole._replace(left=route_of_query(network, whole.query)))
    return sorted(closed, key=lambda closure: -closure.more_h)


def today(query: Query) -> Query:
    """Put a question to the network of today."""
    return replace(query, year=None)


def last_year(routes: Sequence[Route]) -> int | None:
    """Return the last year that routes speak of, if any but today."""
    return max((route.query.year for route in routes if route.query.year), default=None)


def closures_of(network: Network, section: Section) -> Html:
    """Lay out what the closure of each state adds, today and in the last year that the routes speak of."""
    # all routes of a comparison have the same ends; the year differs
    heading, routes = section.heading, section.routes
    query, later = today(routes[0].query), last_year(routes)
    tables: dict[int | None, list[Closure]] = {None: closures(network, query)}
    if later:
        tables[later] = closures(network, replace(query, year=later))
    dated = [(year, closure) for year, closed in tables.items() for closure in closed]
    if not dated:
        return Html("")

    # bars of both years are on one scale, so that a new line is seen to shorten them
    largest = max(_finite(closure) for _, closure in dated)
    rows = [
        (
            tag("th", names.state(network, closure.state), tag("small", _when(year)), scope="row"),
            _bar(closure, largest),
            _left(network, closure, section.leads),
        )
        for year, closure in dated
    ]
    head = (say("If this state closes"), say("Hours more than the best way"), say("The way left"))
    caption = say("{heading}: what the closure of a state adds", heading=heading)
    shown = table(caption, head, rows, class_="cac-closures")
    fold = leverage_fold(network, heading, query, later)
    title = tag("h3", say("If a state closes"), id=section.part("closures"))
    return join([title, shown, fold])


def _when(year: int | None) -> Part:
    """Tell the network of today from that of a later year."""
    return say("in {year}", year=str(year)) if year else say("today")


def _finite(closure: Closure) -> float:
    return 0.0 if closure.left is None else closure.more_h


def _bar(closure: Closure, largest: float) -> Html:
    """Write the hours more with their range, and draw them on the scale of the largest."""
    if closure.left is None:
        return tag("td", tag("strong", say("cut off")))
    style = f"--share: {text.per_cent(closure.more_h / largest if largest else 0.0, 1)}"
    return tag(
        "td",
        tag("strong", text.figure_difference(TIME, closure.more_h)),
        tag("small", text.figure_range(TIME, *closure.range_h)),
        tag("span", class_="cac-bar", style=style, aria_hidden="true"),
    )


def _left(network: Network, closure: Closure, leads: Leads) -> Html:
    """Tell the way that is left; it leads to the map if that has it, and to the explorer."""
    way_left = say("none in this network")
    if closure.left is not None:
        crossed = names.states_or_none(network, closure.left.transit_states)
        way_left = say("{hours} through {states}", hours=text.hours_of(closure.left.time_h), states=crossed)
    question = say("Without {state}", state=names.state(network, closure.state))
    return tag("td", leads.to_map(way_left, closure.left), leads.to_explorer(question, closure.query))
