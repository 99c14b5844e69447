"""Write what stands behind the answers: assumptions, hours by cause, evidence of each route, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.routing.accounts import time_by_cause
from cacorridor.routing.corridors import openings
from cacorridor.views import text
from cacorridor.views.explorer.page import sources_of
from cacorridor.views.markup import Html, address, table, tag
from cacorridor.views.report.figures import assumptions_of, evidence_of
from cacorridor.views.tables import rows_of
from cacorridor.views.words import names
from cacorridor.views.words.phrases import join_parts, phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route
    from cacorridor.views.explorer.payload import MapRoute
    from cacorridor.views.labels import Labels
    from cacorridor.views.report.leads import Section
    from cacorridor.views.words.phrases import Part

AS_READ = (
    "each is the page that was read; where only a copy or a mirror of the original was within reach, "
    "that copy is named"
)


def appendix(labels: Labels, sections: Sequence[Section]) -> Html:
    """Write the appendix of a report."""
    # in the order of the comparisons: assumptions and causes of all routes, then each route by itself
    parts: list[Html] = []
    for section in sections:
        parts += [
            tag("h3", section.heading, id=section.part("appendix")),
            assumptions_of(labels, section),
            _causes(section.heading, section.group),
            *(_details(labels, drawn) for drawn in section.group),
        ]
    every = [route for section in sections for route in section.routes]
    return tag(
        "section",
        tag("h2", say("Appendix: the routes one by one, and the sources"), id="appendix"),
        *parts,
        _openings(labels.network),
        _sources_table(labels.network, every),
        class_="cac-appendix",
    )


def _causes(heading: Part, group: Sequence[MapRoute]) -> Html:
    """Write what the hours of each route are spent on."""
    # causes that no route of the comparison spends an hour on have no column
    hours = time_by_cause([drawn.route for drawn in group])
    spent = hours.loc[:, hours.sum() > 0]
    rows = [
        (drawn.label, *(tag("td", text.bare(text.number(each)), class_="cac-number") for each in cells))
        for drawn, cells in zip(group, spent.to_numpy().tolist(), strict=True)
    ]
    head = [say("Route"), *map(phrase_of, spent.columns)]
    return table(say("{heading}: expected hours by cause", heading=heading), head, rows, class_="cac-hours")


def _details(labels: Labels, drawn: MapRoute) -> Html:
    """Write the figures that the time of a route rests on; its legs stand beside the map."""
    totals = drawn.route.totals()
    amounts = tuple(text.figure(measure, totals[measure.column]) for measure in drawn.route.measures)
    summary = tag("summary", tag("strong", drawn.label), " ", tag("span", amounts))
    return tag("details", summary, evidence_of(labels, drawn))


def _openings(network: Network) -> Html:
    """List from which year each named corridor is open; nothing if there is none."""
    # a corridor is open from the year in which the last of its links is
    opened = openings(network)
    if opened.empty:
        return Html("")
    rows = []
    for corridor, pair, year, status in rows_of(opened, "corridor", "pair", "year", "status"):
        ends = tuple(names.called(network, place) for place in pair.split(" - "))
        between = say(f"{{origin}} {text.DASH} {{destination}}", origin=ends[0], destination=ends[-1])
        since = text.year_cell(year) or say("earlier")
        rows.append((phrase_of(corridor), between, since, phrase_of(text.humanize(status))))
    head = map(say, ("Corridor", "Between", "Year", "Its least finished link"))
    return table(say("The year from which every link of a corridor is open"), list(head), rows)


def _sources_table(network: Network, routes: Sequence[Route]) -> Html:
    """List the sources of the routes' hours and links."""
    rows = (
        (
            source["title"],
            source["publisher"],
            text.year_cell(source["year"]) or text.NOTHING,
            source["licence"] or text.NOTHING,
            address(source["address"]) if source["address"] else text.NOTHING,
        )
        for source in sources_of(network, routes)
    )
    head = map(say, ("Title", "Publisher", "Year", "Licence", "Address"))
    # what was read is cited, though an original may stand behind a copy
    caption = join_parts([say("Sources of the figures used above"), say(AS_READ)], ": ")
    return table(caption, list(head), rows, class_="cac-sources")
