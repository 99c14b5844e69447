"""Build the explorer: the map by folium, beside it the choice, the legend and the legs of each route."""

from __future__ import annotations

import html
import itertools
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cacorridor.network.model import SEA, records
from cacorridor.views import payload, words
from cacorridor.views.markup import Html, join, table, tag
from cacorridor.views.offline import OfflineFigure, Page, asset

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.analysis.comparison import Comparison
    from cacorridor.analysis.routes import Route
    from cacorridor.network.model import Network
    from cacorridor.views.payload import Drawn

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
PATTERNS = Html(
    '<svg class="cac-patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="cac-hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)">'
    '<rect class="cac-ground" width="7" height="7"/><rect class="cac-stroke" width="2" height="7"/></pattern>'
    '<pattern id="cac-dots" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="cac-ground" width="7" height="7"/>'
    '<circle class="cac-stroke" cx="3.5" cy="3.5" r="1.3"/></pattern>'
    "</defs></svg>"
)


def render(network: Network, comparisons: Sequence[Comparison], page: Page) -> str:
    """Render a page with one explorer between what the page says before and after it."""
    import folium

    groups = payload.draw_list(comparisons)
    drawn = list(itertools.chain.from_iterable(groups))
    caption = tag("figcaption", legend(network, drawn), tag("p", DISCLAIMER))
    panel = _panel(network, drawn)
    figure = OfflineFigure(
        Page(
            title=page.title,
            before=page.before + PATTERNS + _opening([heading for heading, _, _ in comparisons], groups),
            after=f"</div>{caption}</figure>{panel}</div>{page.after}",
            style=asset("explorer.css") + page.style,
            script=asset("explorer.js"),
            data=payload.block(network, drawn),
        )
    )
    options: dict[str, Any] = {"zoomSnap": 0.25, "maxZoom": CLOSEST_ZOOM, "wheelPxPerZoomLevel": 90}
    figure.add_child(folium.Map(location=MIDDLE, zoom_start=4, tiles=None, **options))
    return figure.render()


def _opening(headings: list[str], groups: list[list[Drawn]]) -> str:
    """Write the choice of a route and open the figure that folium's map stands in."""
    attribution = html.escape(ATTRIBUTION)
    return (
        f'<div class="cac-explorer">{_choice(headings, groups)}<figure class="cac-figure cac-needs-script">'
        f'<div class="cac-map" role="region" aria-label="Map of the routes" data-attribution="{attribution}">'
    )


def _choice(headings: list[str], groups: list[list[Drawn]]) -> Html:
    numbers = itertools.count()
    options = [[tag("option", item.route.name, value=next(numbers)) for item in group] for group in groups]
    content = (
        options[0]
        if len(groups) == 1
        else [
            tag("optgroup", *group, label=heading) for heading, group in zip(headings, options, strict=True)
        ]
    )
    select = tag("select", *content, id="cac-choice", autocomplete="off")
    return tag("div", tag("label", "Route", for_="cac-choice"), select, class_="cac-choice cac-needs-script")


# ---------------------------------------------------------------- panel


def _panel(network: Network, drawn: Sequence[Drawn]) -> Html:
    """Write what stands beside the map; without a script every route is shown."""
    return tag(
        "section",
        tag("p", id="cac-status", class_="cac-status cac-needs-script", aria_live="polite"),
        *(_article(network, item) for item in drawn),
        id="cac-panel",
        class_="cac-panel",
        aria_label="Chosen route",
        tabindex="0",
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
    span = words.hour_range(route.time_low_h, route.time_high_h)
    figures = [
        ("Length", words.kilometres(route.length_km), words.service(route)),
        ("Transit time", words.hours(route.time_h), f"{span}; {words.days(route.time_h)}"),
        ("Borders", str(len(route.crossings)), f"{len(route.states)} states crossed"),
    ]
    return tag(
        "dl",
        *(
            tag("div", tag("dt", name), tag("dd", tag("strong", value), tag("span", note)))
            for name, value, note in figures
        ),
        class_="cac-figures",
    )


@lru_cache(maxsize=64)
def itinerary(network: Network, route: Route) -> Html:
    """Write the stretches of a route as a table; a report shows it twice."""
    rows = records(route.itinerary())
    return table(
        f"Legs of {route.name}",
        ("Leg", "km", "Hours", "Range"),
        (
            (
                join([tag("span", _ends(row)), tag("small", _manner(network, row))]),
                words.number(row["length_km"]) if row["length_km"] else "\u2013",
                words.number(row["time_h"]),
                words.hour_range(row["time_low_h"], row["time_high_h"]).removesuffix(" h"),
            )
            for row in rows
        ),
        class_="cac-legs",
    )


def _ends(row: dict[str, Any]) -> str:
    return row["from"] if row["from"] == row["to"] else f"{row['from']} \u2192 {row['to']}"


def _manner(network: Network, row: dict[str, Any]) -> str:
    """Say how a stretch is passed, where, and on which kind of figure its time rests."""
    mode = str(network.table("modes")["label"][row["mode"]])
    kinds = {"border": f"border, {mode}", "transfer": f"transfer to {mode}", "run": mode, "sea": mode}
    states = [network.state_name(state) for state in str(row["states"]).split() if state != SEA]
    figures = ", ".join(words.plain(basis) for basis in str(row["basis"]).split(", "))
    return " \u00b7 ".join(
        part for part in (kinds[row["kind"]], ", ".join(states), f"{figures} figures") if part
    )


# ---------------------------------------------------------------- legend


def legend(network: Network, drawn: Iterable[Drawn]) -> Html:
    """Explain the colours, marks and lines that the routes use."""
    routes = [item.route for item in drawn]
    links = payload.links_of(network, routes)
    items = [_state_sample("crossed", "state crossed")]
    if any(route.touches for route in routes):
        items.append(_state_sample("touched", "touched: run through without a border stop"))
    items.append(_state_sample("bypassed", "bypassed: another route crosses it"))
    items.append(_state_sample("other", "other state"))
    modes = network.table("modes")
    items += [_line_sample(modes.loc[mode], str(modes["label"][mode])) for mode in links["mode"].unique()]
    if (links["status"] != "operational").any():
        items.append(_line_sample(None, "not open yet (hollow)"))
    items.append(_sample('<path d="M1 7H29" class="cac-rival"/>', "another route"))
    items += [_sample(mark, text) for mark, text in _MARKS]
    return tag("ul", *items, class_="cac-legend", aria_label="Legend")


_MARKS = (
    ('<rect x="9" y="1.5" width="11" height="11" class="cac-mark cac-border"/>', "border crossing point"),
    ('<path d="M15 1L22 13H8Z" class="cac-mark cac-port"/>', "port"),
    ('<circle cx="15" cy="7" r="5" class="cac-mark cac-hub"/>', "origin, destination, hub"),
    ('<path d="M15 0L22 7L15 14L8 7Z" class="cac-mark cac-transfer"/>', "change of mode or gauge"),
)


def _sample(drawing: str, text: str) -> Html:
    box = {"width": 30, "height": 14, "viewBox": "0 0 30 14", "focusable": "false"}
    svg = tag("svg", Html(drawing), **box, aria_hidden="true")
    return tag("li", svg, tag("span", text))


def _state_sample(relation: str, text: str) -> Html:
    return _sample(
        f'<rect width="28" height="13" x="1" y=".5" class="cac-state" data-relation="{relation}"/>', text
    )


def _line_sample(mode: Any, text: str) -> Html:
    """Draw a line of a mode, or a hollow one for what is not open yet."""
    path: dict[str, Any] = {"d": "M1 7H29", "class_": "cac-line", "stroke_width": 4}
    if mode is None:
        hollow = tag("path", d="M1 7H29", class_="cac-hollow", stroke_width=2)
        return _sample(tag("path", **path, stroke="#3b4754") + hollow, text)
    return _sample(tag("path", **path, stroke=mode["colour"], stroke_dasharray=mode["dash"] or None), text)
