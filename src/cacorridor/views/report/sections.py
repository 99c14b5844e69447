"""Write the sections of a report: the table, the matrix of states, legs, evidence, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.costs.measures import columns
from cacorridor.routing.comparison import compare_routes, crossing_matrix
from cacorridor.views import sentences, text
from cacorridor.views.explorer.page import leg_table, sources_of
from cacorridor.views.markup import Html, address, table, tag
from cacorridor.views.report import findings
from cacorridor.views.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network
    from cacorridor.routing.corridors import Comparison
    from cacorridor.routing.routes import Route
    from cacorridor.views.labels import Labels

FIGURES_SHOWN = 12  # of the evidence, largest first
FIGURE_WORDS = {
    "speeds": "Running",
    "crossings": "Border dwell",
    "closures": "Wait for a pass to open",
    "transfers": "Transfer",
    "services": "Sailing",
}
LETTERS = {"crosses": "C", "touches": "T", "bypasses": "B", "neither": text.NOTHING}


def comparison(labels: Labels, anchor: str, shown: Comparison, slugs: Sequence[str]) -> Html:
    """Write one comparison: heading, sentence, table, matrix, and the details of each route."""
    network, heading, routes = labels.network, shown.heading, shown.routes
    return tag(
        "section",
        tag("h2", heading, id=anchor),
        tag("p", shown.text or sentences.describe_comparison(network, routes), class_="cac-answer"),
        _overview(network, heading, routes, slugs),
        findings.charts_of(heading, routes),
        _matrix(network, heading, routes),
        findings.leverage_of(network, heading, routes),
        findings.claims_of(network, heading, routes),
        findings.assumptions_of(heading, routes),
        tag("h3", "The routes one by one"),
        *(_details(labels, route) for route in routes),
        class_="cac-comparison",
    )


def _overview(network: Network, heading: str, routes: Sequence[Route], slugs: Sequence[str]) -> Html:
    """Set the routes side by side."""
    compared = compare_routes(routes)
    amounts = zip(*(_amounts(measure, routes) for measure in routes[0].measures), strict=True)
    states = rows_of(compared, "states", "touches", "bypasses")
    counts = rows_of(compared, "border_crossings", "transfers", "gauge_breaks")
    rows = (
        (
            _name(route, slug),
            *amount,
            *(text.state_names(network, keys.split()) for keys in groups),
            *(_figure(str(count)) for count in numbers),
            _figure(text.share(assumed)),
        )
        for route, slug, amount, groups, numbers, assumed in zip(
            routes, slugs, amounts, states, counts, compared["assumed_share"].tolist(), strict=True
        )
    )
    head = (
        "Route", *(measure.label for measure in routes[0].measures), "Crosses", "Touches", "Bypasses",
        "Border crossings", "Transfers", "Gauge breaks", "Hours assumed",
    )  # fmt: skip
    return table(f"{heading}: the routes side by side", head, rows, class_="cac-overview")


def _name(route: Route, slug: str) -> Html:
    show = tag("a", "Show on the map", href=f"#{slug}", class_="cac-needs-script")
    return tag("th", route.name, tag("small", text.service_of(route)), tag("small", show), scope="row")


def _figure(content: str) -> Html:
    return tag("td", content, class_="cac-number")


def _amounts(measure: Measure, routes: Sequence[Route]) -> list[Html]:
    """Write a measure of each route, one with ranges on the scale of the largest."""
    values = [[route.totals()[name] for name in columns(measure)] for route in routes]
    if not measure.ranged:
        return [_figure(text.amount(measure, value)) for (value,) in values]
    largest = max(high for _, _, high in values)
    return [_ranged(measure, value, largest) for value in values]


def _ranged(measure: Measure, value: Sequence[float], largest: float) -> Html:
    """Write an expected value and its range, and draw both on the scale of the comparison."""
    mean, low, high = value
    places = {"low": low, "mean": mean, "high": high}
    style = "; ".join(f"--{name}: {text.share(value / largest, 1)}" for name, value in places.items())
    return tag(
        "td",
        tag("strong", text.amount(measure, mean)),
        tag("small", text.range_note(measure, mean, low, high)),
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


def _details(labels: Labels, route: Route) -> Html:
    """Write the legs of a route and the figures that its time rests on."""
    totals = route.totals()
    amounts = (text.amount(measure, totals[measure.column]) for measure in route.measures)
    summary = tag("summary", tag("strong", route.name), f" {', '.join(amounts)}")
    return tag("details", summary, leg_table(labels, route), _evidence(labels, route))


def _evidence(labels: Labels, route: Route) -> Html:
    """List the largest figures behind the hours."""
    frame = route.evidence()
    largest = frame.head(FIGURES_SHOWN)
    part = f" (the {len(largest)} largest of {len(frame)})" if len(frame) > len(largest) else ""
    names = ("factor", "time_h", "share", "basis", "year", "source_id", "note")
    rows = (
        (
            _figure_name(factor),
            _figure(text.hours(time_h)),
            _figure(text.share(share)),
            ", ".join(filter(None, (text.humanize(basis), text.year(year)))),
            labels.sources.get(source) or text.NOTHING,
            note or text.NOTHING,
        )
        for factor, time_h, share, basis, year, source, note in rows_of(largest, *names)
    )
    head = ("Figure", "Hours", "Share", "Basis", "Source", "Note")
    return table(f"What the hours of {route.name} rest on{part}", head, rows, class_="cac-evidence")


def _figure_name(factor: str) -> Html:
    name, _, key = factor.partition("/")
    waiting = key.endswith(".headway")
    word = "Wait for a ship" if waiting else FIGURE_WORDS.get(name, text.humanize(name))
    return tag("th", word, tag("small", key.removesuffix(".headway")), scope="row")


def sources(network: Network, routes: Sequence[Route]) -> Html:
    """List the sources of the routes' hours and links."""
    used = rows_of(sources_of(network, routes), "title", "publisher", "year", "licence", "address")
    rows = (
        (
            title,
            publisher,
            text.year(year) or text.NOT_KNOWN,
            licence or text.NOTHING,
            address(place) if place else text.NOTHING,
        )
        for title, publisher, year, licence, place in used
    )
    head = ("Title", "Publisher", "Year", "Licence", "Address")
    return tag(
        "section",
        tag("h2", "Sources"),
        table("Sources of the figures used above", head, rows, class_="cac-sources"),
    )
