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
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    routes = [drawn.route for drawn in group]
    # a text written for the corridors comes before the sentences that the figures give
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
    # in the order of the comparisons: assumptions and causes of all routes, then each route by itself
    parts: list[Html] = []
    for shown, group in zip(comparisons, groups, strict=True):
        routes = [drawn.route for drawn in group]
        parts += [
            tag("h3", shown.heading),
            assumptions_of(labels, shown.heading, routes),
            _causes(shown.heading, routes),
            *(_details(labels, drawn) for drawn in group),
        ]
    every = [drawn.route for group in groups for drawn in group]
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
    # bars of a column share the scale of its largest upper bound
    measures = group[0].route.measures
    totals = [drawn.route.totals() for drawn in group]
    largest = dict(_largest_figures(measures, totals))
    ordered = sorted(group, key=lambda drawn: (drawn.route.query.year or 0, drawn.route.time_h))
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
            _name(drawn),
            *_amount_cells(drawn.route, largest),
            _against(drawn.route, best_way(network, drawn.route.query)),
            text.name_states(network, drawn.route.states),
            text.name_states(network, drawn.route.bypasses),
            _figure_cell(text.per_cent(drawn.route.evidence_shares()["assumed"])),
        )
        for drawn in ordered
    )
    return table(f"{heading}: the routes side by side", head, rows, class_="cac-overview")


def _largest_figures(
    measures: Iterable[Measure], totals: Sequence[Mapping[str, float]]
) -> Iterator[tuple[str, float]]:
    """Find the largest figure that a column shows of each measure: its upper bound if it has one."""
    for measure in measures:
        high = columns(measure)[-1]
        yield measure.name, max(total[high] for total in totals)


def _name(drawn: MapRoute) -> Html:
    show = tag("a", "Show on the map", href=f"#{drawn.slug}", class_="cac-needs-script")
    # a route of a later year says so beside its name: it is no way of today
    year = drawn.route.query.year
    when = text.service_of(drawn.route) if year is None else f"not before {year}: a later year"
    return tag(
        "th", str(drawn.label), tag("small", str(when)), tag("small", show), scope="row", data_slug=drawn.slug
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
        amounts = [totals[name] for name in columns(measure)]
        if measure.ranged:
            yield _ranged(measure, amounts, largest[measure.name])
        else:
            yield _figure_cell(text.amount(measure, *amounts))


def _ranged(measure: Measure, amounts: Sequence[float], largest: float) -> Html:
    """Write an expected value and its range, and draw both on the scale of the comparison."""
    # the style draws the bar from low to high and a mark at the mean, in per cent of the cell
    mean, low, high = amounts
    places = {"low": low, "mean": mean, "high": high}
    note = str(text.range_note(measure, mean, low, high))
    style = "; ".join(f"--{name}: {text.per_cent(place / largest, 1)}" for name, place in places.items())
    return tag(
        "td",
        tag("strong", text.amount(measure, mean)),
        tag("small", note),
        tag("span", tag("i"), class_="cac-range", style=style, aria_hidden="true"),
        class_="cac-time",
    )


def _charts(network: Network, heading: str, group: Sequence[MapRoute]) -> Html:
    """Draw hours over kilometres of each route on one scale; the chosen one is marked."""
    # each diagram is called by its route below it, which leads to the route on the map
    charts = diagrams(network, [drawn.route for drawn in group])
    figures: list[Html] = []
    for chart, drawn in zip(charts, group, strict=True):
        name = tag("a", str(drawn.label), href=f"#{drawn.slug}")
        figures.append(tag("figure", chart, tag("figcaption", name), data_slug=drawn.slug))
    caption = (
        f"{heading}: hours since departure over kilometres, on one scale. Upright stretches are borders, "
        f"transfers and waits; the shade holds 8 of 10 cases; each route in its own year, express service."
    )
    return tag("div", tag("p", caption, class_="cac-note"), tag("div", *figures, class_="cac-charts"))


def _matrix(network: Network, heading: str, group: Sequence[MapRoute]) -> Html:
    """Lay routes against states: who is crossed, touched, bypassed."""
    # letters beside colours, so that the table can be read without them and in print
    relations = crossing_matrix([drawn.route for drawn in group])
    key = ", ".join(f"{letter} {word}" for word, letter in LETTERS.items())
    rows = (
        (str(drawn.label), *map(_relation_cell, words))
        for drawn, words in zip(group, relations.to_numpy(), strict=True)
    )
    head = ("Route", *(tag("span", network.state_name(state)) for state in map(str, relations)))
    return table(f"{heading}: states ({key})", head, rows, class_="cac-matrix")


def _relation_cell(word: str) -> Html:
    return tag("td", tag("abbr", LETTERS[word], title=word), data_relation=word)


# ---------------------------------------------------------------- the appendix


def _causes(heading: str, routes: Sequence[Route]) -> Html:
    """Write what the hours of each route are spent on."""
    # causes that no route of the comparison spends an hour on have no column
    hours = time_by_cause(routes)
    spent = hours.loc[:, hours.sum() > 0].rename_axis("Route").reset_index()
    columns = {"Route": TableColumn("Route")}
    columns |= {cause: TableColumn(cause, align="right", write=text.number) for cause in spent.columns[1:]}
    return table_of(
        TableView.from_frame(spent, columns, f"{heading}: expected hours by cause"), class_="cac-hours"
    )


def _details(labels: Labels, drawn: MapRoute) -> Html:
    """Write the figures that the time of a route rests on; its legs stand beside the map."""
    totals = drawn.route.totals()
    amounts = (text.amount(measure, totals[measure.column]) for measure in drawn.route.measures)
    summary = tag("summary", tag("strong", str(drawn.label)), f" {', '.join(amounts)}")
    return tag("details", summary, evidence_of(labels, drawn.route))


def _openings(network: Network) -> Html:
    """List from which year each named corridor is open; nothing if there is none."""
    # a corridor is open from the year in which the last of its links is
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
