"""Write the sections of a report: the table, the charts, the matrix of states, and the appendix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.costs.measures import columns
from cacorridor.routing.accounts import time_by_cause
from cacorridor.routing.comparison import crossing_matrix
from cacorridor.routing.corridors import openings
from cacorridor.routing.telling.bypassed import best_way
from cacorridor.views import sentences, text
from cacorridor.views.charts.small import diagrams
from cacorridor.views.explorer.page import sources_of
from cacorridor.views.markup import Html, address, table, table_of, tag
from cacorridor.views.report.claims import claims_of
from cacorridor.views.report.closures import closures_of
from cacorridor.views.report.figures import assumptions_of, evidence_of
from cacorridor.views.tables import TableColumn, TableView, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network
    from cacorridor.routing.corridors import Comparison
    from cacorridor.routing.routes import Route
    from cacorridor.views.explorer.payload import MapRoute
    from cacorridor.views.labels import Labels

LETTERS = {"crosses": "C", "touches": "T", "bypasses": "B", "neither": text.NOTHING}


def comparison(labels: Labels, anchor: str, shown: Comparison, group: Sequence[MapRoute]) -> Html:
    """Write one comparison: heading, sentence, table, charts, states, closures, claims."""
    network, heading = labels.network, shown.heading
    routes = [item.route for item in group]
    named = sentences.describe_comparison(network, shown.routes)
    return tag(
        "section",
        tag("h2", heading, id=anchor),
        tag("p", shown.text or named, class_="cac-answer"),
        _overview(network, heading, group),
        _charts(network, heading, group),
        closures_of(network, heading, routes),
        claims_of(network, heading, routes),
        _matrix(network, heading, group),
        class_="cac-comparison",
    )


def appendix(labels: Labels, comparisons: Sequence[Comparison], groups: Sequence[Sequence[MapRoute]]) -> Html:
    """Write what stands behind the answers: assumptions, legs and evidence of each route, sources."""
    parts: list[Html] = []
    for shown, group in zip(comparisons, groups, strict=True):
        routes = [item.route for item in group]
        parts += [
            tag("h3", shown.heading),
            assumptions_of(labels, shown.heading, routes),
            _causes(shown.heading, routes),
            *(_details(labels, item) for item in group),
        ]
    every = [item.route for group in groups for item in group]
    return tag(
        "section",
        tag("h2", "Appendix: the routes one by one, and the sources", id="appendix"),
        *parts,
        _openings(labels.network),
        _sources_table(labels.network, every),
        class_="cac-appendix",
    )


# ---------------------------------------------------------------- side by side


def _overview(network: Network, heading: str, group: Sequence[MapRoute]) -> Html:
    """Set the routes side by side, those of later years below those of today."""
    measures = group[0].route.measures
    totals = [item.route.totals() for item in group]
    largest = {measure.name: max(total[columns(measure)[-1]] for total in totals) for measure in measures}
    ordered = sorted(group, key=lambda item: (item.route.query.year or 0, item.route.time_h))
    head = (
        "Route",
        *(measure.label for measure in measures),
        "Against the best way",
        "Crosses",
        "Bypasses",
        "Assumed",
    )
    rows = (
        (
            _name(item),
            *_amount_cells(item.route, largest),
            _against(item.route, best_way(network, item.route.query)),
            text.name_states(network, item.route.states),
            text.name_states(network, item.route.bypasses),
            _figure_cell(text.per_cent(item.route.evidence_shares()["assumed"])),
        )
        for item in ordered
    )
    return table(f"{heading}: the routes side by side", head, rows, class_="cac-overview")


def _name(item: MapRoute) -> Html:
    show = tag("a", "Show on the map", href=f"#{item.slug}", class_="cac-needs-script")
    year = item.route.query.year
    when = text.service_of(item.route) if year is None else f"not before {year}: a later year"
    return tag(
        "th", str(item.label), tag("small", str(when)), tag("small", show), scope="row", data_slug=item.slug
    )


def _figure_cell(content: str) -> Html:
    return tag("td", content, class_="cac-number")


def _against(route: Route, best: Route | None) -> Html:
    if best is None or route.links == best.links:
        return _figure_cell("the best")
    if sentences.are_as_fast(route, best):
        return _figure_cell("as fast")
    more_h = route.time_h - best.time_h
    return _figure_cell(f"{'+' if more_h > 0 else text.MINUS}{text.duration(abs(more_h))}")


def _amount_cells(route: Route, largest: Mapping[str, float]) -> Iterator[Html]:
    """Write the measures of a route, one with a range on the scale of the largest."""
    totals = route.totals()
    for measure in route.measures:
        value, *bounds = (totals[name] for name in columns(measure))
        yield (
            _ranged(measure, (value, *bounds), largest[measure.name])
            if bounds
            else _figure_cell(text.amount(measure, value))
        )


def _ranged(measure: Measure, value: Sequence[float], largest: float) -> Html:
    """Write an expected value and its range, and draw both on the scale of the comparison."""
    mean, low, high = value
    places = {"low": low, "mean": mean, "high": high}
    style = "; ".join(f"--{name}: {text.per_cent(value / largest, 1)}" for name, value in places.items())
    return tag(
        "td",
        tag("strong", text.amount(measure, mean)),
        tag("small", str(text.range_note(measure, mean, low, high))),
        tag("span", tag("i"), class_="cac-range", style=style, aria_hidden="true"),
        class_="cac-time",
    )


def _charts(network: Network, heading: str, group: Sequence[MapRoute]) -> Html:
    """Draw hours over kilometres of each route on one scale; the chosen one is marked."""
    drawn = diagrams(network, [item.route for item in group])
    figures = (
        tag(
            "figure",
            chart,
            tag("figcaption", tag("a", str(item.label), href=f"#{item.slug}")),
            data_slug=item.slug,
        )
        for chart, item in zip(drawn, group, strict=True)
    )
    caption = (
        f"{heading}: hours since departure over kilometres, on one scale. Upright stretches are borders, "
        f"transfers and waits; the shade holds 8 of 10 cases; each route in its own year, express service."
    )
    return tag("div", tag("p", caption, class_="cac-note"), tag("div", *figures, class_="cac-charts"))


def _matrix(network: Network, heading: str, group: Sequence[MapRoute]) -> Html:
    """Lay routes against states: who is crossed, touched, bypassed."""
    relations = crossing_matrix([item.route for item in group])
    key = ", ".join(f"{letter} {word}" for word, letter in LETTERS.items())
    rows = (
        (str(item.label), *map(_relation_cell, words))
        for item, words in zip(group, relations.to_numpy(), strict=True)
    )
    head = ("Route", *(tag("span", network.state_name(state)) for state in map(str, relations)))
    return table(f"{heading}: states ({key})", head, rows, class_="cac-matrix")


def _relation_cell(word: str) -> Html:
    return tag("td", tag("abbr", LETTERS[word], title=word), data_relation=word)


# ---------------------------------------------------------------- the appendix


def _causes(heading: str, routes: Sequence[Route]) -> Html:
    """Write what the hours of each route are spent on."""
    hours = time_by_cause(routes)
    spent = hours.loc[:, hours.sum() > 0].rename_axis("Route").reset_index()
    columns = {"Route": TableColumn("Route")}
    columns |= {cause: TableColumn(cause, align="right", write=text.number) for cause in spent.columns[1:]}
    return table_of(
        TableView.from_frame(spent, columns, f"{heading}: expected hours by cause"), class_="cac-hours"
    )


def _details(labels: Labels, item: MapRoute) -> Html:
    """Write the figures that the time of a route rests on; its legs stand beside the map."""
    totals = item.route.totals()
    amounts = (text.amount(measure, totals[measure.column]) for measure in item.route.measures)
    summary = tag("summary", tag("strong", str(item.label)), f" {', '.join(amounts)}")
    return tag("details", summary, evidence_of(labels, item.route))


def _openings(network: Network) -> Html:
    """List from which year each named corridor is open; nothing if there is none."""
    opened = openings(network)
    if opened.empty:
        return Html("")
    columns = {
        "corridor": TableColumn("Corridor"),
        "pair": TableColumn("Between"),
        "year": TableColumn("Year", write=lambda year: text.year_cell(year) or "earlier"),
        "status": TableColumn("Its least finished link", write=text.humanize),
    }
    title = "The year from which every link of a corridor is open"
    return table_of(TableView.from_frame(opened, columns, title))


def _sources_table(network: Network, routes: Sequence[Route]) -> Html:
    """List the sources of the routes' hours and links."""
    used = rows_of(sources_of(network, routes), "title", "publisher", "year", "licence", "address")
    rows = (
        (
            title,
            publisher,
            text.year_cell(year) or text.NOTHING,
            licence or text.NOTHING,
            address(place) if place else text.NOTHING,
        )
        for title, publisher, year, licence, place in used
    )
    head = ("Title", "Publisher", "Year", "Licence", "Address")
    return table("Sources of the figures used above", head, rows, class_="cac-sources")
