"""Write the sections of a report: the table, the charts, the matrix of states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.costs.measures import TIME, columns
from cacorridor.routing.comparison import crossing_matrix
from cacorridor.routing.telling.bypassed import best_way
from cacorridor.views import sentences, text
from cacorridor.views.charts.small import diagrams
from cacorridor.views.explorer.naming import BEST
from cacorridor.views.markup import Html, row_across, table, tag
from cacorridor.views.report.claims import claims_of
from cacorridor.views.report.closures import closures_of
from cacorridor.views.report.ranking import foresee_routes, rank_routes
from cacorridor.views.words import names
from cacorridor.views.words.phrases import phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network
    from cacorridor.routing.corridors import Comparison
    from cacorridor.routing.routes import Route
    from cacorridor.views.explorer.payload import MapRoute
    from cacorridor.views.report.leads import Leads, Section
    from cacorridor.views.words.phrases import Part

PARTING = say("Later: not open today; set against the best way of its own year")
LETTERS = {"crosses": "C", "touches": "T", "bypasses": "B", "neither": text.NOTHING}


def comparison(network: Network, section: Section) -> Html:
    """Write one comparison: heading, sentences, table, charts, states, closures, claims."""
    heading, group = section.heading, section.group
    return tag(
        "section",
        tag("h2", heading, id=section.anchor),
        *_tell_answer(network, section.shown, section.routes),
        _overview(network, section),
        *_charts(network, heading, group),
        closures_of(network, section),
        claims_of(network, section),
        _matrix(network, heading, group),
        class_="cac-comparison",
    )


def _tell_answer(network: Network, shown: Comparison, routes: Sequence[Route]) -> Iterator[Html]:
    """Answer the comparison in words, the future apart from today."""
    # a text written for the corridors stands for the sentences that the figures give
    if shown.text:
        yield tag("p", phrase_of(shown.text), class_="cac-answer")
        return
    # the best way of all is ranked too: the cards and the table set the others against it
    named = {route.links for route in shown.routes}
    best = [route for route in routes if route.name == BEST and route.links not in named]
    ranked = [*best, *shown.routes]
    yield tag("p", *_spaced(rank_routes(network, ranked)), class_="cac-answer")
    later = foresee_routes(network, ranked)
    if later:
        label = tag("strong", say("Later"), class_="cac-when")
        yield tag("p", label, " ", *_spaced(later), class_="cac-answer cac-later")


def _spaced(parts: Iterable[Part]) -> Iterator[object]:
    """Write sentences one after the other."""
    for part in parts:
        yield tag("span", part)
        yield " "


# ---------------------------------------------------------------- side by side


def _overview(network: Network, section: Section) -> Html:
    """Set the routes side by side, those of later years below those of today."""
    # bars of a column share the scale of its largest upper bound
    group = section.group
    measures = group[0].route.measures
    totals = [drawn.route.totals() for drawn in group]
    largest = dict(_largest_figures(measures, totals))
    ordered = sorted(group, key=lambda drawn: (drawn.route.query.year or 0, drawn.route.time_h))
    head = [
        say("Route"),
        *(phrase_of(measure.label) for measure in measures),
        say("Against the best way"),
        say("Crosses"),
        say("Bypasses"),
        say("Assumed"),
    ]
    rows: list[Html | tuple[Html, ...]] = []
    for drawn, before in zip(ordered, [None, *ordered], strict=False):
        if before and drawn.route.query.year and before.route.query.year is None:
            rows.append(row_across(PARTING, len(head)))
        rows.append(_overview_row(network, drawn, largest, section.leads))
    return table(
        say("{heading}: the routes side by side", heading=section.heading), head, rows, class_="cac-overview"
    )


def _overview_row(
    network: Network, drawn: MapRoute, largest: Mapping[str, float], leads: Leads
) -> tuple[Html, ...]:
    """Write what one route comes to; each cell names itself where a phone shows it alone."""
    route = drawn.route
    against = _against(route, best_way(network, route.query))
    assumed = text.per_cent(route.evidence_shares()["assumed"])
    return (
        _name(drawn, leads),
        *_amount_cells(route, largest),
        _called_cell(say("Against the best way"), against, class_="cac-number"),
        _called_cell(say("Crosses"), names.states_or_none(network, route.states)),
        _called_cell(say("Bypasses"), names.states(network, route.bypasses) or text.NOTHING),
        _called_cell(say("Assumed"), assumed, class_="cac-number"),
    )


def _largest_figures(
    measures: Iterable[Measure], totals: Sequence[Mapping[str, float]]
) -> Iterator[tuple[str, float]]:
    """Find the largest figure that a column shows of each measure: its upper bound if it has one."""
    for measure in measures:
        high = columns(measure)[-1]
        yield measure.name, max(total[high] for total in totals)


def _name(drawn: MapRoute, leads: Leads) -> Html:
    show = tag("a", say("Show on the map"), href=f"#{drawn.slug}", class_="cac-needs-script")
    ask = leads.to_explorer(drawn.label, drawn.route.query)
    # a route of a later year says so beside its name: it is no way of today
    year = drawn.route.query.year
    when = say("not before {year}", year=str(year)) if year else text.service_of(drawn.route)
    return tag(
        "th", drawn.label, tag("small", when), tag("small", show, ask), scope="row", data_slug=drawn.slug
    )


def _called_cell(heading: Part, content: Part, class_: str | None = None) -> Html:
    """Write a cell with the name of its column, which only a narrow screen shows."""
    return tag("td", tag("small", heading, class_="cac-column"), " ", content, class_=class_)


def _against(route: Route, best: Route | None) -> Part:
    if best is None or route.links == best.links:
        return say("the best")
    if sentences.are_as_fast(route, best):
        return say("as fast")
    return text.figure_difference(TIME, route.time_h - best.time_h)


def _amount_cells(route: Route, largest: Mapping[str, float]) -> Iterator[Html]:
    """Write the measures of a route, one with a range on the scale of the largest."""
    totals = route.totals()
    for measure in route.measures:
        amounts = [totals[name] for name in columns(measure)]
        if measure.ranged:
            whole = largest[measure.name]
            parts = _moving_and_standing(route, whole) if measure is TIME else Html("")
            yield _ranged(measure, amounts, whole, parts)
        else:
            yield tag("td", text.figure(measure, *amounts), class_="cac-number")


def _moving_and_standing(route: Route, largest_h: float) -> Html:
    """Tell how many of the hours a vehicle moves and stands, drawn on the scale of the comparison."""
    # standing is all the rest, as in the account of a route: borders, transfers, waits, rests on the way
    moving_h = float(route.table.moving_h.sum())
    hours = {"moving": text.hours_of(moving_h), "standing": text.hours_of(route.time_h - moving_h)}
    ends = {"moving": moving_h, "whole": route.time_h}
    style = "; ".join(f"--{name}: {text.per_cent(end / largest_h, 1)}" for name, end in ends.items())
    said = tag("small", say("moving {moving}, standing {standing}", **hours))
    return Html(said + tag("span", class_="cac-parts", style=style, aria_hidden="true"))


def _ranged(measure: Measure, amounts: Sequence[float], largest: float, parts: Html) -> Html:
    """Write an expected value and its range, and draw both on the scale of the comparison."""
    # the style draws the bar from low to high and a mark at the mean, in per cent of the cell
    mean, low, high = amounts
    places = {"low": low, "mean": mean, "high": high}
    style = "; ".join(f"--{name}: {text.per_cent(place / largest, 1)}" for name, place in places.items())
    return tag(
        "td",
        tag("strong", text.figure(measure, mean)),
        tag("small", text.range_note(measure, mean, low, high)),
        tag("span", tag("i"), class_="cac-range", style=style, aria_hidden="true"),
        parts,
        class_="cac-time",
    )


def _charts(network: Network, heading: Part, group: Sequence[MapRoute]) -> Iterator[Html]:
    """Draw hours over kilometres of each route on one scale; the chosen one is marked."""
    # each diagram is called by its route below it, which leads to the route on the map
    charts = diagrams(network, group)
    figures: list[Html] = []
    for chart, drawn in zip(charts, group, strict=True):
        name = tag("a", drawn.label, href=f"#{drawn.slug}")
        service = tag("small", text.service_of(drawn.route), class_="cac-service")
        figures.append(tag("figure", chart, tag("figcaption", name, " ", service), data_slug=drawn.slug))
    caption = say(
        "{heading}: hours since departure over kilometres, on one scale. Upright stretches are borders, "
        "transfers and waits; the shade holds 8 of 10 cases. Year and service are those chosen at the map.",
        heading=heading,
    )
    yield tag("p", caption, class_="cac-note")
    yield tag("div", *figures, class_="cac-charts")


def _matrix(network: Network, heading: Part, group: Sequence[MapRoute]) -> Html:
    """Lay routes against states: who is crossed, touched, bypassed; the script makes the cells a way in."""
    # letters beside colours, so that the table can be read without them and in print
    relations = crossing_matrix([drawn.route for drawn in group])
    states = list(map(str, relations))
    caption = say(
        "{heading}: states (C crosses, T touches, B bypasses, {nothing} neither)",
        heading=heading,
        nothing=text.NOTHING,
    )
    rows = (
        (
            tag("th", tag("a", drawn.label, href=f"#{drawn.slug}"), scope="row", data_slug=drawn.slug),
            *map(_relation_cell, words),
        )
        for drawn, words in zip(group, relations.to_numpy(), strict=True)
    )
    head = [say("Route"), *(tag("span", names.state(network, state), data_of=state) for state in states)]
    return table(caption, head, rows, class_="cac-matrix")


def _relation_cell(word: str) -> Html:
    return tag("td", phrase_of(LETTERS[word]), data_relation=word)
