"""Write the sections of a report: the table, the matrix of states, itineraries, evidence, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.network.model import records
from cacorridor.routing.comparison import compare_routes, crossing_matrix
from cacorridor.views import text as words
from cacorridor.views.explorer.page import itinerary
from cacorridor.views.explorer.payload import source_line
from cacorridor.views.markup import Html, address, table, tag
from cacorridor.views.report import findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.corridors import Comparison
    from cacorridor.routing.routes import Route

FIGURES_SHOWN = 12  # of the evidence, largest first
FIGURE_WORDS = {
    "speeds": "Running",
    "crossings": "Border dwell",
    "closures": "Wait for a pass to open",
    "transfers": "Transfer",
    "services": "Sailing",
}
LETTERS = {"crosses": "C", "touches": "T", "bypasses": "B", "neither": "\u2013"}
NOTHING = "\u2013"


def comparison(network: Network, anchor: str, told: Comparison, slugs: Sequence[str]) -> Html:
    """Write one comparison: heading, sentence, table, matrix, and the details of each route."""
    heading, routes = told.heading, told.routes
    text = told.text or words.in_three_sentences(network, routes)
    return tag(
        "section",
        tag("h2", heading, id=anchor),
        tag("p", text, class_="cac-answer"),
        _overview(network, heading, routes, slugs),
        findings.charts_of(heading, routes),
        _matrix(network, heading, routes),
        findings.leverage_of(network, heading, routes),
        findings.claims_of(network, heading, routes),
        findings.assumptions_of(heading, routes),
        tag("h3", "The routes one by one"),
        *(_details(network, route) for route in routes),
        class_="cac-comparison",
    )


def _overview(network: Network, heading: str, routes: Sequence[Route], slugs: Sequence[str]) -> Html:
    """Set the routes side by side."""
    rows = records(compare_routes(routes))
    longest_h = max(row["time_high_h"] for row in rows)
    return table(
        f"{heading}: the routes side by side",
        (
            "Route",
            "Length",
            "Transit time",
            "Crosses",
            "Touches",
            "Bypasses",
            "Border crossings",
            "Transfers",
            "Gauge breaks",
            "Hours assumed",
        ),
        (
            (
                _name(row["route"], route, slug),
                _figure(words.kilometres(row["length_km"])),
                _time(row, longest_h),
                words.state_names(network, row["states"].split()),
                words.state_names(network, row["touches"].split()),
                words.state_names(network, row["bypasses"].split()),
                *(_figure(str(row[key])) for key in ("border_crossings", "transfers", "gauge_breaks")),
                _figure(words.share(row["assumed_share"])),
            )
            for row, route, slug in zip(rows, routes, slugs, strict=True)
        ),
        class_="cac-overview",
    )


def _name(name: str, route: Route, slug: str) -> Html:
    show = tag("a", "Show on the map", href=f"#{slug}", class_="cac-needs-script")
    return tag("th", name, tag("small", words.service(route)), tag("small", show), scope="row")


def _figure(text: str) -> Html:
    return tag("td", text, class_="cac-number")


def _time(row: dict[str, Any], longest_h: float) -> Html:
    """Write expected hours and range, and draw both on the scale of the comparison."""
    low, mean, high = (100 * row[key] / longest_h for key in ("time_low_h", "time_h", "time_high_h"))
    style = f"--low: {low:.1f}%; --mean: {mean:.1f}%; --high: {high:.1f}%"
    span = words.hour_range(row["time_low_h"], row["time_high_h"])
    return tag(
        "td",
        tag("strong", words.hours(row["time_h"])),
        tag("small", f"{span}; {words.days(row['time_h'])}"),
        tag("span", tag("i"), class_="cac-range", style=style, aria_hidden="true"),
        class_="cac-time",
    )


def _matrix(network: Network, heading: str, routes: Sequence[Route]) -> Html:
    """Lay routes against states: who is crossed, touched, bypassed."""
    matrix = crossing_matrix(routes)
    key = ", ".join(f"{letter} {word}" for word, letter in LETTERS.items())
    return table(
        f"{heading}: states ({key})",
        ("Route", *(tag("span", network.state_name(str(state))) for state in matrix)),
        (
            (name, *map(_relation, relations))
            for name, relations in zip(matrix.index, matrix.to_numpy(), strict=True)
        ),
        class_="cac-matrix",
    )


def _relation(word: str) -> Html:
    return tag("td", tag("abbr", LETTERS[word], title=word), data_relation=word)


def _details(network: Network, route: Route) -> Html:
    """Write the legs of a route and the figures that its time rests on."""
    summary = tag(
        "summary",
        tag("strong", route.name),
        f" {words.kilometres(route.length_km)}, {words.hours(route.time_h)}",
    )
    return tag("details", summary, itinerary(network, route), _evidence(network, route))


def _evidence(network: Network, route: Route) -> Html:
    """List the largest figures behind the hours."""
    frame = route.evidence()
    rows = records(frame.head(FIGURES_SHOWN))
    rest = len(frame) - len(rows)
    caption = f"What the hours of {route.name} rest on" + (
        f" (the {len(rows)} largest of {len(frame)})" if rest else ""
    )
    return table(
        caption,
        ("Figure", "Hours", "Share", "Basis", "Source", "Note"),
        (
            (
                _figure_name(row["factor"]),
                _figure(words.hours(row["time_h"])),
                _figure(words.share(row["share"])),
                ", ".join(filter(None, (words.plain(row["basis"]), words.year(row["year"])))),
                source_line(network, row["source_id"]) or NOTHING,
                row["note"] or NOTHING,
            )
            for row in rows
        ),
        class_="cac-evidence",
    )


def _figure_name(factor: str) -> Html:
    name, _, key = factor.partition("/")
    waiting = key.endswith(".headway")
    word = "Wait for a ship" if waiting else FIGURE_WORDS.get(name, words.plain(name))
    return tag("th", word, tag("small", key.removesuffix(".headway")), scope="row")


def sources(network: Network, routes: Iterable[Route]) -> Html:
    """List the sources of the routes' hours and links."""
    route_list = list(routes)
    used = {key for route in route_list for key in route.steps["source_id"]}
    used |= set(network.links.loc[list({link for route in route_list for link in route.links}), "source_id"])
    frame = network.table("sources")
    rows = records(frame[frame.index.isin(used)].sort_values("title"))
    return tag(
        "section",
        tag("h2", "Sources"),
        table(
            "Sources of the figures used above",
            ("Title", "Publisher", "Year", "Licence", "Address"),
            (
                (
                    row["title"],
                    row["publisher"],
                    words.year(row["year"]) or words.NOT_KNOWN,
                    row["licence"] or NOTHING,
                    address(row["address"]) if row["address"] else NOTHING,
                )
                for row in rows
            ),
            class_="cac-sources",
        ),
    )
