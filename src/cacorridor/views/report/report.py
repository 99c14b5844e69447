"""Write the report: every comparison as a sentence, tables, a matrix of states, one map, and its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.views.explorer import page as explorer
from cacorridor.views.explorer import payload
from cacorridor.views.explorer.conditions import MapOptions
from cacorridor.views.labels import Labels
from cacorridor.views.markup import Html, join, tag
from cacorridor.views.offline import Page, asset
from cacorridor.views.report import findings, sections

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.corridors import Comparison

OPTIONS = MapOptions(months=range(1, 13))  # on the map of the report
TITLE = "Transport corridors through Central Asia"
LEDE = (
    "How far, how long, whom a corridor crosses and whom it bypasses. Every route below is computed on one "
    "network from sourced figures, and every hour can be traced to the figure it rests on."
)


def build_report(
    network: Network,
    comparisons: Sequence[Comparison],
    *,
    title: str = TITLE,
    options: MapOptions = OPTIONS,
) -> str:
    """Build the report as one HTML text that opens offline.

    Parameters
    ----------
    network
        What exists.
    comparisons
        Routes side by side, from ``compare_corridors`` or other ones; one without routes is left out.
    title
        Of the page.
    options
        What a reader may switch on the map.

    Returns
    -------
    str
        The page.

    Raises
    ------
    UsageError
        If there is nothing to report.
    """
    shown = [comparison for comparison in comparisons if comparison.routes]
    if not shown:
        raise UsageError("no routes: a report holds one comparison or more")
    labels = Labels.of(network)
    page = Page(
        title=title,
        before=_head(title, shown),
        after=_body(labels, shown),
        style=asset("report.css", room="report"),
    )
    return explorer.render(labels, shown, page, options)


def write_report(
    path: str | os.PathLike[str], network: Network, comparisons: Sequence[Comparison], *, title: str = TITLE
) -> None:
    """Write the report to a file, whole or not at all; directories are made.

    Parameters
    ----------
    path
        The file to write.
    network, comparisons, title
        As of ``build_report``.

    Raises
    ------
    UsageError
        If there is nothing to report.

    """
    from cacorridor.network.files import write_atomically

    write_atomically(Path(path), build_report(network, comparisons, title=title))


def _head(title: str, comparisons: Sequence[Comparison]) -> str:
    """Write the title, the contents and the way into the map."""
    count = sum(len(comparison.routes) for comparison in comparisons)
    contents = [
        tag("li", tag("a", comparison.heading, href=f"#{_anchor(number)}"))
        for number, comparison in enumerate(comparisons, start=1)
    ]
    header = tag(
        "header",
        tag("h1", title),
        tag("p", LEDE, class_="cac-lede"),
        tag("p", f"{len(comparisons)} comparisons, {count} routes", class_="cac-note"),
        tag("nav", tag("ol", *contents), aria_label="Comparisons"),
        class_="cac-title",
    )
    skip = tag("a", "Skip to the comparisons", href=f"#{_anchor(1)}", class_="cac-skip")
    return f'{skip}<main class="cac-report">{header}<section class="cac-wide" aria-label="Map">'


def _body(labels: Labels, comparisons: Sequence[Comparison]) -> str:
    """Write what stands below the map."""
    groups = payload.draw_list(comparisons)
    parts = [
        sections.comparison(labels, _anchor(number), comparison, [item.slug for item in group])
        for number, (comparison, group) in enumerate(zip(comparisons, groups, strict=True), start=1)
    ]
    routes = [route for comparison in comparisons for route in comparison.routes]
    closing = [
        findings.openings_of(labels.network),
        _reading(),
        sections.sources(labels.network, routes),
        _footer(),
    ]
    return f"</section>{join([*parts, *closing])}</main>"


def _reading() -> Html:
    notes = [
        ("Hours", "expected values; in 8 of 10 cases a shipment takes a time within the range given."),
        ("Crossed", "the route enters the state at a border post, or begins in it."),
        ("Touched", "the route runs through the state without a border stop and crosses it nowhere else."),
        (
            "Bypassed",
            "another route compared crosses the state; this one neither crosses nor touches it.",
        ),
        ("Assumed", "no source states the figure; the reason stands beside it in the evidence."),
        (
            "Service level",
            "express is a block train or a TIR truck, typical is what surveys measure on average.",
        ),
    ]
    items = [part for word, meaning in notes for part in (tag("dt", word), tag("dd", meaning))]
    return tag("section", tag("h2", "How to read the figures"), tag("dl", *items, class_="cac-notes"))


def _footer() -> Html:
    return tag("footer", tag("p", explorer.DISCLAIMER), tag("p", f"Map data: {explorer.ATTRIBUTION}."))


def _anchor(number: int) -> str:
    return f"comparison-{number}"
