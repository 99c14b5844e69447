"""Write the page of a named corridor: totals, legs, states, crossings, and every figure with its source."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from cacorridor.costs.measures import COST, EMISSIONS, columns
from cacorridor.network.model import SEA
from cacorridor.views import text
from cacorridor.views.markup import Html, tag
from cacorridor.views.report.figures import figure_names
from cacorridor.views.site.claims import claims_table
from cacorridor.views.site.facts import CORRIDOR, Facts, asked_in_explorer
from cacorridor.views.site.figures import name_figures
from cacorridor.views.site.shell import (
    between,
    evidence_cells,
    facts_list,
    figure_value,
    joined,
    number_cell,
    section,
    site_table,
    write_page,
)
from cacorridor.views.tables import rows_of
from cacorridor.views.words import names
from cacorridor.views.words.phrases import in_phrase, phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from cacorridor.costs.measures import Measure
    from cacorridor.routing.routes import Route
    from cacorridor.views.words.phrases import Part, Phrase

LEG_HEADS = ("From", "To", "By", "States")


def write_corridor(facts: Facts, key: str) -> str:
    """Write the page of one corridor."""
    route = facts.corridors[key]
    corridor = facts.network.corridors[key]
    about = phrase_of(corridor.text)
    parts = [
        tag("p", about, class_="lead"),
        facts_list([*_totals(route), *_corridor_facts(facts, key)]),
        _legs_section(facts, route),
        section("What the hours rest on", _hours(facts, route)),
        *_money_and_carbon(facts, route),
        _related_to_corridor(facts, key),
    ]
    return write_page(facts.network, corridor_title(facts, route), parts, about=about)


def corridor_title(facts: Facts, route: Route) -> Phrase:
    """Name a corridor with its ends; several pairs have one through the same state."""
    return say("{ends}: {route}", ends=facts.ends(route.query), route=phrase_of(route.name))


def _totals(route: Route) -> Iterator[tuple[str, Phrase]]:
    """Write each measure with its range."""
    # as on the map: the mean, and the range of what has one
    totals = route.totals()
    for measure in route.measures:
        mean, *bounds = (totals[name] for name in columns(measure))
        amount = text.figure(measure, mean)
        if bounds:
            span = text.figure_range(measure, *bounds)
            amount = say("{amount} ({range} in 8 of 10 cases)", amount=amount, range=span)
        yield measure.label, amount


def _corridor_facts(facts: Facts, key: str) -> Iterator[tuple[str, object]]:
    """Tell conditions, states, crossings and sources."""
    # what the route is held to, and whom it meets; an empty fact is left out of the page
    route, corridor = facts.corridors[key], facts.network.corridors[key]
    yield "Conditions", text.service_of(route)
    yield "States crossed", facts.states(route.states)
    yield "Touched", facts.states(route.touches) if route.touches else ""
    yield "Crossings", joined(map(facts.crossing, route.crossings), "; ")
    yield "Must pass", tuple(names.place(facts.network, place) for place in corridor.via)
    yield "Hours assumed", text.bare(text.per_cent(route.evidence_shares()["assumed"]))
    yield (
        "Sources of the corridor",
        joined(map(facts.cite, corridor.sources), "; ") if corridor.sources else "",
    )


def _legs_section(facts: Facts, route: Route) -> Html:
    """List the legs with every measure and its range."""
    # every measure of the data has its columns, dollars and grams too
    headings = itertools.chain.from_iterable(map(_headings, route.measures))
    head = [*LEG_HEADS, *headings, "Figures"]
    manners = {"border": "border by {mode}", "transfer": "transfer to {mode}"}

    # a leg that runs is told by its mode alone; a border, a transfer or a wait says so
    rows = [
        (
            names.called(facts.network, start),
            names.called(facts.network, end),
            say(manners[kind], mode=in_phrase(facts.labels.modes[mode]))
            if kind in manners
            else phrase_of(facts.labels.modes[mode]),
            tuple(_waters_or_state(facts, each) for each in states.split()),
            *amounts,
            tuple(phrase_of(text.humanize(each)) for each in basis.split(", ")),
        )
        for (start, end, kind, mode, states, basis), amounts in zip(
            rows_of(route.legs, "from", "to", "kind", "mode", "states", "basis"),
            _leg_cells(route),
            strict=True,
        )
    ]
    return section("Legs", site_table("Legs in order of travel", head, rows))


def _waters_or_state(facts: Facts, code: str) -> Part:
    """Name what a leg runs through: a state, or waters that are of none."""
    return say("at sea") if code == SEA else names.state(facts.network, code)


def _headings(measure: Measure) -> tuple[str, ...]:
    # labels with their unit stand in the catalogue as they are written
    label = f"{measure.label}, {text.unit(measure)}"
    return (label, "In 8 of 10 cases") if measure.ranged else (label,)


def _leg_cells(route: Route) -> list[list[Html]]:
    """Write the measures of each leg as cells."""
    # columns of the table of legs become cells of its rows, measure by measure
    legs: list[list[Html]] = [[] for _ in range(len(route.legs))]
    for measure in route.measures:
        for leg, (mean, *bounds) in zip(legs, rows_of(route.legs, *columns(measure)), strict=True):
            low, high = bounds or (mean, mean)
            leg += [number_cell(text.bare(cell)) for cell in text.measure_cells(measure, mean, low, high)]
    return legs


# ---------------------------------------------------------------- what it rests on


def _hours(facts: Facts, route: Route) -> Html:
    """List every figure behind the hours, with its basis and source."""
    # the whole evidence of the route; the report shows the largest figures of it
    called = figure_names(facts.labels, route)
    columns_ = ("factor", "time_h", "share", "value", "unit", "basis", "year", "source_id", "note")
    rows = [
        (
            called[factor],
            number_cell(text.hours_of(hours)),
            number_cell(text.per_cent(share)),
            number_cell(figure_value(figure, unit), wraps=True),
            *_evidence_behind(facts, basis, year, source, note),
        )
        for factor, hours, share, figure, unit, basis, year, source, note in rows_of(
            route.evidence(), *columns_
        )
    ]
    head = ("Figure", "Hours", "Share", "Value", "Basis", "Year", "Source", "Note")
    return site_table("Every figure behind the hours, the largest first", head, rows)


def _evidence_behind(facts: Facts, basis: str, year: Any, sources: str, note: str) -> tuple[object, ...]:
    """Write what a figure rests on; two factors of one figure have two sources."""
    cited = [facts.cite(source) for source in sources.split("; ") if source]
    return evidence_cells(basis, year, joined(cited, "; ") if cited else text.NOTHING, facts.remark(note))


def _money_and_carbon(facts: Facts, route: Route) -> Iterator[Html]:
    """List the figures behind the dollars and the grams, where the data have them."""
    if COST in route.measures:
        yield section("What the dollars rest on", _elements(facts, route.costs(), "figure", COST))
    if EMISSIONS in route.measures:
        yield section("What the emissions rest on", _elements(facts, route.emissions(), "figures", EMISSIONS))


def _elements(facts: Facts, elements: pd.DataFrame, figure: str, measure: Measure) -> Html:
    """Sum elements by the figure that they rest on, the largest first."""
    # figures of prices have a year, those of emissions have none
    if "year" not in elements:
        elements = elements.assign(year=None)
    sums: dict[tuple[Any, ...], float] = {}
    columns_ = (figure, "basis", "year", "source_id", "note", measure.column)
    for *key, amount in rows_of(elements, *columns_):
        # NaN is unlike itself: as a key it would never be met again
        figure_key = tuple(None if text.is_missing(each) else each for each in key)
        sums[figure_key] = sums.get(figure_key, 0.0) + amount

    # an unknown year stays missing, other unknown facts become empty texts
    rows = []
    for (name, basis, year, sources, note), amount in sorted(sums.items(), key=lambda each: -each[1]):
        evidence = _evidence_behind(facts, basis or "", year, sources or "", note or "")
        rows.append((name_figures(facts.labels, name), number_cell(text.figure(measure, amount)), *evidence))
    head = ("Figure of the data", measure.label, "Basis", "Year", "Source", "Note")
    caption = say("{measure}: every figure behind it, the largest first", measure=phrase_of(measure.label))
    return site_table(caption, head, rows)


def _related_to_corridor(facts: Facts, key: str) -> Html:
    """Link the explorer, the corridors between the same places, and what was published of them."""
    # the pair without its direction: corridors and claims of the way back belong here too
    route = facts.corridors[key]
    ends = {route.query.origin, route.query.destination}
    others = [
        tag(
            "li", facts.link(CORRIDOR, other, phrase_of(each.name)), between(": "), text.hours_of(each.time_h)
        )
        for other, each in facts.corridors.items()
        if other != key and {each.query.origin, each.query.destination} == ends
    ]
    claims = [claim for claim, row in facts.claims.items() if set(row["ends"]) == ends]
    link = asked_in_explorer(route.query, say("Ask the explorer"))
    about = say("(for the best way between the same places, by the same modes in the same year, not pinned)")
    parts = [tag("p", link, between(" "), about)]
    if others:
        parts.append(tag("ul", *others))
    if claims:
        parts.append(claims_table(facts, "What was published of these two places", claims))
    return section("The same two places", *parts)
