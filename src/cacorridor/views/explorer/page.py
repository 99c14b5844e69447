"""Build the explorer: the map by folium, around it the switches, the legend and the legs of each route."""

from __future__ import annotations

import html
import itertools
import json
import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from cacorridor.network.about import data_version
from cacorridor.routing.telling.bypassed import best_way
from cacorridor.views import sentences, text
from cacorridor.views.accuracy import describe_accuracy
from cacorridor.views.explorer import controls, payload
from cacorridor.views.explorer.conditions import NO_OPTIONS, MapOptions
from cacorridor.views.explorer.legend import PATTERNS, legend
from cacorridor.views.explorer.naming import heading_of
from cacorridor.views.explorer.records import InternTable
from cacorridor.views.labels import leg_headings
from cacorridor.views.markup import Html, join, packed_element, table, tag
from cacorridor.views.offline import OfflineFigure, PageParts, asset
from cacorridor.views.words.phrases import join_parts, phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.corridors import Comparison
    from cacorridor.routing.routes import Route
    from cacorridor.views.explorer.payload import MapRoute
    from cacorridor.views.labels import Labels, Leg
    from cacorridor.views.words.phrases import Part, Phrase

MIDDLE = (43.0, 66.0)  # degrees; the script fits the map to the chosen route at once
CLOSEST_ZOOM = 9  # the outlines carry no more detail
ATTRIBUTION = (
    "\u00a9 OpenStreetMap contributors (ODbL) via scgraph_data and timezone-boundary-builder; "
    "GeoNames (CC BY 4.0)"
)
DISCLAIMER = (
    "Lines of states are drawn to count kilometres and to orient the reader. They express no position on the "
    "sovereignty over any area."
)
PHRASES = re.compile(r'( data-say(?:-label)?=)"([^"]*)"')
REMARK = re.compile(r"^(?://.*|/\*[^*]*(?:\*(?!/)[^*]*)*\*/)\n|^\n", re.MULTILINE)  # on lines of its own
SCRIPTS = (
    "tools",
    "words",
    "map",
    "stops",
    "labels",
    "panel",
    "legend",
    "lists",
    "charts",
    "main",
)  # one after the other in one function


def render_map(
    labels: Labels,
    comparisons: Sequence[Comparison],
    page: PageParts,
    options: MapOptions = NO_OPTIONS,
    *,
    charts: bool = False,
) -> str:
    """Render a page with one explorer between what the page says before and after it.

    With ``charts`` the data hold what the diagrams of the page draw under every condition.
    """
    import folium

    # groups are the comparisons of the page; the map draws the routes of all of them
    network, groups = labels.network, payload.draw_list(labels.network, comparisons)
    drawn = list(itertools.chain.from_iterable(groups))
    content = payload.payload(labels, drawn, options, charts=charts)

    # folium's map stands between two pieces of markup: one opens the figure, the other closes it
    opening = _open_figure([heading_of(network, each) for each in comparisons], groups, content)
    closing = f"</div>{_caption(network, drawn)}</figure>{_panel(labels, drawn)}</div>{page.after}"
    phrases = InternTable()
    figure = OfflineFigure(
        PageParts(
            title=page.title,
            before=_number_phrases(page.before + PATTERNS + opening, phrases),
            after=_number_phrases(closing, phrases),
            style=asset("explorer.css") + page.style,
            script=map_script(),
            block=packed_element({**content, "phrases": phrases.items}, "cac-data"),
            about=page.about,
        )
    )

    # no tiles: the ground is drawn from the outlines that the page carries
    view: dict[str, Any] = {
        "zoomSnap": 0.25,
        "maxZoom": CLOSEST_ZOOM,
        "wheelPxPerZoomLevel": 90,
        "attributionControl": False,  # stands below the map, where it covers nothing
    }
    figure.add_child(folium.Map(location=MIDDLE, zoom_start=4, tiles=None, **view))
    return figure.render()


def _number_phrases(markup: str, phrases: InternTable) -> str:
    """Replace the phrases that elements carry by their numbers; the phrases go into the packed data."""
    # attributes are the only place where quotes are not escaped, so that no text can look like one
    return PHRASES.sub(
        lambda match: f'{match[1]}"{phrases.add(json.loads(html.unescape(match[2])))}"', markup
    )


def map_script() -> str:
    """Join the parts of the script into one function, so that they share names with each other only."""
    # names are compared as in every other search of ours
    spelling = asset("fold.mjs", room="atlas").replace("export const", "const")
    texts = [spelling, *(asset(f"explorer.{name}.js") for name in SCRIPTS)]
    lines = (line.strip() for text in texts for line in text.splitlines())
    parts = REMARK.sub("", "\n".join(lines))  # a page carries no remarks
    return f'(async () => {{\n"use strict";\n{parts}}})();\n'


def _open_figure(headings: Sequence[Part], groups: list[list[MapRoute]], content: dict[str, Any]) -> str:
    """Write the choices and open the figure that folium's map stands in."""
    return (
        f'<div class="cac-explorer">{controls.route_choice(headings, groups)}'
        f'<figure class="cac-figure cac-needs-script">{controls.switches(content)}'
        '<div class="cac-map" role="region" aria-label="Map of the routes" data-t-label>'
    )


def _caption(network: Network, drawn: Sequence[MapRoute]) -> Html:
    """Explain the signs, say how good the hours are and from when the figures, credit and disclaim."""
    notes = [
        describe_accuracy(network),
        data_date(network, [each.route for each in drawn]),
        phrase_of(DISCLAIMER),
        say("Map data: {credit}. Drawn with {library}.", credit=ATTRIBUTION, library="Leaflet"),
    ]
    return tag(
        "figcaption",
        legend(network, drawn),
        tag("p", join_parts(note for note in notes if note)),
    )


def data_date(network: Network, routes: Sequence[Route]) -> Phrase:
    """Say from which day the data are, how new the sources of the routes are, and what wrote the page."""
    from cacorridor import __version__

    # the newest source bounds how fresh the answers can be, whatever day the data are of
    years = [source["year"] for source in sources_of(network, routes) if source["year"] is not None]
    newest = str(max(years)) if years else text.NOT_KNOWN
    return say(
        "Newest source of the figures: {year}; data of {day}, cacorridor {version}.",
        year=newest,
        day=data_version(network).dated or text.NOT_KNOWN,
        version=__version__,
    )


def sources_of(network: Network, routes: Sequence[Route]) -> list[dict[str, Any]]:
    """List the sources that the hours and links of routes rest on, by title."""
    # figures behind the hours, and the links themselves: both are shown
    used = {source for route in routes for source in _figure_sources(route)}
    used.update(link["source_id"] for link in payload.links_of(network, routes))
    cited = (source for source in network.rows("sources") if source["id"] in used)
    return sorted(cited, key=itemgetter("title"))


def _figure_sources(route: Route) -> set[str]:
    """List the sources of the figures that the hours of a route rest on."""
    figures = route.table.components.rows
    return {figures[number].source_id for number in route.table.component.tolist()}


# ---------------------------------------------------------------- panel


def _panel(labels: Labels, drawn: Sequence[MapRoute]) -> Html:
    """Write what stands beside the map; without a script every route is shown."""
    return tag(
        "section",
        tag("div", id="cac-compared", class_="cac-needs-script", hidden=True),
        *(_article(labels, each, best_way(labels.network, each.route.query)) for each in drawn),
        _actions(),
        id="cac-panel",
        class_="cac-panel",
        aria_label="Chosen route",
        data_t_label=True,
        tabindex="0",
    )


def _actions() -> Html:
    """Offer the table shown as a file, and the address of the view."""
    return tag(
        "p",
        tag("button", say("Download this table (CSV)"), type="button", id="cac-download"),
        tag("button", say("Copy the link to this view"), type="button", id="cac-copy"),
        tag("button", say("Copy a citation"), type="button", id="cac-cite"),
        tag("button", say("Copy a line to embed"), type="button", id="cac-embed"),
        tag("a", say("Link to this view"), href="#", id="cac-permalink"),
        tag("output", id="cac-copied", class_="cac-note"),
        class_="cac-actions cac-needs-script",
    )


def _article(labels: Labels, drawn: MapRoute, best: Route | None) -> Html:
    """Write one route: name, figures, sentence, legs."""
    # in English, for who has no script: it writes the chosen route anew in the reader's language
    route = drawn.route
    sentence = str(sentences.describe_route(labels.network, route, best))
    return tag(
        "article",
        tag("h2", drawn.label, id=f"route-{drawn.slug}"),
        tag("p", sentence, class_="cac-sentence"),
        _figures(route),
        leg_table(labels, route, drawn.label),
        class_="cac-route",
        data_route=drawn.slug,
    )


def _figures(route: Route) -> Html:
    """Set the figures that a reader looks for first."""
    entries: list[Html] = []
    for name, amount, note in sentences.key_figures(route, text.service_of(route)):
        written = tag("dd", tag("strong", str(amount)), tag("span", str(note)))
        entries.append(tag("div", tag("dt", phrase_of(name)), written))
    return tag("dl", *entries, class_="cac-figures")


def _leg_cell(labels: Labels, leg: Leg) -> Html:
    """Name the ends of a leg, and below them how it is passed."""
    ends = tag("span", sentences.describe_ends(leg.start, leg.end))
    manner = str(sentences.describe_leg(labels, leg))
    return join([ends, tag("small", manner)])


def leg_table(labels: Labels, route: Route, name: Part) -> Html:
    """Write the legs of a route as a table, each with a bar of its hours moving and standing."""
    rows = ((_leg_cell(labels, leg), leg.length, *leg.amounts) for leg in labels.legs(route))
    head = map(phrase_of, ("Leg", *leg_headings()))
    return table(say("Legs of {route}", route=name), list(head), rows, class_="cac-legs")
