"""Build the explorer: the map by folium, around it the switches, the legend and the legs of each route."""

from __future__ import annotations

import html
import itertools
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cacorridor.network.model import records
from cacorridor.views import text as words
from cacorridor.views.explorer import controls, payload
from cacorridor.views.explorer import records as answers
from cacorridor.views.explorer.conditions import NO_SWITCHES, Switches
from cacorridor.views.explorer.legend import PATTERNS, legend
from cacorridor.views.markup import Html, join, table, tag
from cacorridor.views.offline import OfflineFigure, Page, asset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.corridors import Comparison
    from cacorridor.routing.routes import Route
    from cacorridor.views.explorer.payload import Drawn

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
SCRIPTS = ("tools", "map", "labels", "panel", "main")  # one after the other in one function


def render(
    network: Network, comparisons: Sequence[Comparison], page: Page, switches: Switches = NO_SWITCHES
) -> str:
    """Render a page with one explorer between what the page says before and after it."""
    import folium

    groups = payload.draw_list(comparisons)
    drawn = list(itertools.chain.from_iterable(groups))
    data = payload.payload(network, drawn, switches)
    opening = _opening([comparison.heading for comparison in comparisons], groups, data)
    figure = OfflineFigure(
        Page(
            title=page.title,
            before=page.before + PATTERNS + opening,
            after=f"</div>{_caption(network, drawn)}</figure>{_panel(network, drawn)}</div>{page.after}",
            style=asset("explorer.css") + page.style,
            script=script(),
            data=payload.block(data),
        )
    )
    options: dict[str, Any] = {"zoomSnap": 0.25, "maxZoom": CLOSEST_ZOOM, "wheelPxPerZoomLevel": 90}
    figure.add_child(folium.Map(location=MIDDLE, zoom_start=4, tiles=None, **options))
    return figure.render()


def script() -> str:
    """Join the parts of the script into one function, so that they share names with each other only."""
    parts = "\n".join(asset(f"explorer.{name}.js") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _opening(headings: list[str], groups: list[list[Drawn]], data: dict[str, Any]) -> str:
    """Write the choices and open the figure that folium's map stands in."""
    attribution = html.escape(ATTRIBUTION)
    return (
        f'<div class="cac-explorer">{controls.choice(headings, groups)}'
        f'<figure class="cac-figure cac-needs-script">{controls.switches(data)}'
        f'<div class="cac-map" role="region" aria-label="Map of the routes" data-attribution="{attribution}">'
    )


def _caption(network: Network, drawn: Sequence[Drawn]) -> Html:
    """Explain the signs, say from when the figures are, and disclaim."""
    return tag(
        "figcaption",
        legend(network, drawn),
        tag(
            "p", tag("span", data_date(network, [item.route for item in drawn]), " "), tag("span", DISCLAIMER)
        ),
    )


def data_date(network: Network, routes: Sequence[Route]) -> str:
    """Say how new the sources of the routes are."""
    years = sources_of(network, routes)["year"].dropna()
    newest = int(years.max()) if len(years) else words.NOT_KNOWN
    return f"Newest source of the figures: {newest}. Names of states are in English only."


def sources_of(network: Network, routes: Sequence[Route]) -> Any:
    """Select the sources that the hours and links of routes rest on, by title."""
    used = {key for route in routes for key in route.steps["source_id"]}
    used |= set(payload.links_of(network, routes)["source_id"])
    frame = network.table("sources")
    return frame[frame.index.isin(used)].sort_values("title")


# ---------------------------------------------------------------- panel


def _panel(network: Network, drawn: Sequence[Drawn]) -> Html:
    """Write what stands beside the map; without a script every route is shown."""
    return tag(
        "section",
        tag("p", id="cac-status", class_="cac-status cac-needs-script", aria_live="polite"),
        tag("div", id="cac-compared", class_="cac-needs-script", hidden=True),
        *(_article(network, item) for item in drawn),
        _actions(),
        id="cac-panel",
        class_="cac-panel",
        aria_label="Chosen route",
        tabindex="0",
    )


def _actions() -> Html:
    """Offer the table shown as a file, and the address of the view."""
    return tag(
        "p",
        tag("button", "Download this table (CSV)", type="button", id="cac-download"),
        tag("a", "Link to this view", href="#", id="cac-permalink"),
        class_="cac-actions cac-needs-script",
    )


def _article(network: Network, drawn: Drawn) -> Html:
    """Write one route: name, figures, sentence, legs."""
    route = drawn.route
    return tag(
        "article",
        tag("h2", route.name),
        tag("p", words.told(network, route, drawn.rivals), class_="cac-told"),
        _figures(route),
        itinerary(network, route),
        class_="cac-route",
        data_route=drawn.slug,
    )


def _figures(route: Route) -> Html:
    """Set the three figures that a reader looks for first."""
    names = ("Length", "Transit time", "Borders")
    told = zip(names, answers.figures(route, words.service(route)), strict=True)
    return tag(
        "dl",
        *(
            tag("div", tag("dt", name), tag("dd", tag("strong", value), tag("span", note)))
            for name, (value, note) in told
        ),
        class_="cac-figures",
    )


@lru_cache(maxsize=64)
def itinerary(network: Network, route: Route) -> Html:
    """Write the stretches of a route as a table; a report shows it twice."""
    rows = records(route.legs)
    return table(
        f"Legs of {route.name}",
        ("Leg", "km", "Hours", "Range"),
        (
            (
                join([tag("span", _ends(row)), tag("small", answers.manner(network, row))]),
                answers.length(row),
                *answers.hours(row),
            )
            for row in rows
        ),
        class_="cac-legs",
    )


def _ends(row: dict[str, Any]) -> str:
    return row["from"] if row["from"] == row["to"] else f"{row['from']} \u2192 {row['to']}"
