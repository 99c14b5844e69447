"""Write the report: every comparison as a sentence, tables, a matrix of states, one map, and its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.routing.corridors import Comparison
from cacorridor.views.accuracy import describe_accuracy
from cacorridor.views.explorer import page as explorer
from cacorridor.views.explorer import payload
from cacorridor.views.explorer.conditions import MapOptions
from cacorridor.views.explorer.naming import ends
from cacorridor.views.labels import Labels
from cacorridor.views.markup import Html, join, tag
from cacorridor.views.offline import PageParts, asset
from cacorridor.views.report import sections
from cacorridor.views.report.answers import answer_cards
from cacorridor.views.report.closures import ways_round

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.views.explorer.payload import MapRoute

OPTIONS = MapOptions()  # on the map of the report; a map of its own may offer months too
TITLE = "Transport corridors through Central Asia"
LEDE = (
    "How far, how long, whom a corridor crosses and whom it bypasses. Every route is computed on one network "
    "from figures with a source or marked as assumed; each says how much of its hours rests on assumptions."
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
    shown = [_titled(network, comparison) for comparison in comparisons if comparison.routes]
    if not shown:
        raise UsageError("no routes: a report holds one comparison or more")

    # the map knows more ways than the tables: the model's own best, and the best without each state
    labels = Labels.of(network)
    wider = [_with_ways_round(network, comparison) for comparison in shown]
    groups = payload.draw_list(network, wider)
    page = PageParts(
        title=title,
        before=_head(network, title, shown, groups),
        after=_body(labels, shown, groups),
        style=asset("report.css", room="report"),
        about=LEDE,
    )
    return explorer.render_map(labels, wider, page, options)


def _titled(network: Network, comparison: Comparison) -> Comparison:
    """Write a heading of two ends as the map writes it."""
    # pairs have their heading from the table, with a hyphen; a heading of one's own stays
    first = comparison.routes[0]
    is_of_ends = comparison.heading == f"{first.origin} - {first.destination}"
    heading = str(ends(network, first)) if is_of_ends else comparison.heading
    return Comparison(heading, comparison.routes, comparison.text)


def _with_ways_round(network: Network, comparison: Comparison) -> Comparison:
    """Add the model's own best way, and the best without each of its transit states, to a comparison."""
    routes = [*comparison.routes, *ways_round(network, comparison.routes)]
    return Comparison(comparison.heading, routes, comparison.text)


def _head(
    network: Network, title: str, comparisons: Sequence[Comparison], groups: Sequence[Sequence[MapRoute]]
) -> str:
    """Write the title and the answers, and open the section of the map."""
    # the answers come before the map, and how good the hours are with the answers
    headings = [comparison.heading for comparison in comparisons]
    accuracy = describe_accuracy(network)
    header = tag(
        "header",
        tag("h1", title),
        tag("p", LEDE, class_="cac-lede"),
        answer_cards(network, groups, headings),
        tag("p", str(accuracy), class_="cac-note") if accuracy else "",
        class_="cac-title",
    )
    skip = tag("a", "Skip to the comparisons", href=f"#{_anchor(1)}", class_="cac-skip")
    return f'{skip}<main class="cac-report">{header}<section class="cac-wide" aria-label="Map">'


def _body(labels: Labels, comparisons: Sequence[Comparison], groups: Sequence[Sequence[MapRoute]]) -> str:
    """Write what stands below the map."""
    # a section a comparison; what stands behind all of them comes last
    parts = [
        sections.comparison(labels, _anchor(number), comparison, group)
        for number, (comparison, group) in enumerate(zip(comparisons, groups, strict=True), start=1)
    ]
    closing = [_reading(), sections.appendix(labels, comparisons, groups), _footer()]
    return f"</section>{join([*parts, *closing])}</main>"


def _reading() -> Html:
    # the words that every table above uses, explained once
    notes = [
        ("Hours", "expected values; in 8 of 10 cases a shipment takes a time within the range given."),
        ("Crossed", "the route enters the state at a border post, or begins in it."),
        ("Touched", "the route runs through the state without a border stop and crosses it nowhere else."),
        (
            "Bypassed",
            "the best way between the two places meets the state; this route neither crosses nor touches it.",
        ),
        ("Assumed", "no source states the figure; the reason stands beside it in the evidence."),
        (
            "Service level",
            "express is a block train or a TIR truck, typical is what surveys measure on average.",
        ),
    ]
    entries: list[Html] = []
    for term, meaning in notes:
        entries += [tag("dt", term), tag("dd", meaning)]

    # in print the appendix is left out unless this is asked for
    whole = tag(
        "button", "Print with the appendix", type="button", id="cac-print-whole", class_="cac-needs-script"
    )
    heading = tag("h2", "How to read the figures", id="reading")
    return tag(
        "section", heading, tag("dl", *entries, class_="cac-notes"), tag("p", whole, class_="cac-actions")
    )


def _footer() -> Html:
    return tag("footer", tag("p", explorer.DISCLAIMER), tag("p", f"Map data: {explorer.ATTRIBUTION}."))


def _anchor(number: int) -> str:
    return f"comparison-{number}"
