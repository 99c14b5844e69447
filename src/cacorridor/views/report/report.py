"""Write the report: every comparison as a sentence, tables, a matrix of states, one map, and its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.routing.corridors import Comparison
from cacorridor.views.accuracy import describe_accuracy
from cacorridor.views.explorer import payload
from cacorridor.views.explorer.conditions import MapOptions
from cacorridor.views.explorer.controls import LANGUAGES
from cacorridor.views.explorer.naming import heading_of
from cacorridor.views.explorer.page import ATTRIBUTION, DISCLAIMER, render_map
from cacorridor.views.explorer.rivals import ways_round
from cacorridor.views.labels import Labels
from cacorridor.views.markup import Html, join, tag
from cacorridor.views.offline import PageParts, asset
from cacorridor.views.report import sections
from cacorridor.views.report.answers import answer_cards
from cacorridor.views.report.appendix import appendix
from cacorridor.views.report.leads import Section
from cacorridor.views.words.phrases import phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network

OPTIONS = MapOptions()  # on the map of the report; a map of its own may offer months too
TITLE = "Transport corridors through Central Asia"
LEDE = (
    "How far, how long, whom a corridor crosses and whom it bypasses. Every route is computed on one network "
    "from figures with a source or marked as assumed; each says how much of its hours rests on assumptions."
)

READING = {  # what the words of the tables mean
    "Hours": "expected values; in 8 of 10 cases a shipment takes a time within the range given.",
    "Dollars and kilograms": "of a 40-foot container; kilograms of CO2 equivalent, well to wheel.",
    "Crossed": "the route enters the state at a border post, or begins in it.",
    "Touched": "the route runs through the state without a border stop and crosses it nowhere else.",
    "Bypassed": (
        "the best way between the two places meets the state; this route neither crosses nor touches it."
    ),
    "Closed": "the best way that is left without the state; the range compares both ways in the same draws.",
    "Assumed": "no source states the figure; the reason stands beside it in the evidence.",
    "Service level": "express is a block train or a TIR truck, typical is what surveys measure on average.",
}


def build_report(
    network: Network,
    comparisons: Sequence[Comparison],
    *,
    title: str = TITLE,
    options: MapOptions = OPTIONS,
    explorer: str | None = None,
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
    explorer
        Address of the explorer of the same network, such as ``explorer.html`` in the folder of the report:
        cards, rows and closures then lead to their question in it; None leaves these links out.

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

    # the map knows more ways than the tables: the model's own best, and the best without each state
    labels = Labels.of(network)
    wider = [_with_ways_round(network, comparison) for comparison in shown]
    told = [
        Section(f"comparison-{number}", heading_of(network, each), each, group, explorer)
        for number, (each, group) in enumerate(
            zip(shown, payload.draw_list(network, wider), strict=True), start=1
        )
    ]
    page = PageParts(
        title=title,
        before=_head(network, title, told),
        after=_body(labels, told),
        style=asset("report.css", room="report"),
        about=LEDE,
    )
    return render_map(labels, wider, page, options, charts=True)


def _with_ways_round(network: Network, comparison: Comparison) -> Comparison:
    """Add the model's own best way, and the best without each of its transit states, to a comparison."""
    routes = [*comparison.routes, *ways_round(network, comparison.routes)]
    return Comparison(comparison.heading, routes, comparison.text)


def _head(network: Network, title: str, told: Sequence[Section]) -> str:
    """Write the title and the answers, and open the section of the map."""
    # the answers come before the map, and how good the hours are with the answers
    header = tag(
        "header",
        _languages(),
        tag("h1", phrase_of(title)),
        tag("p", phrase_of(LEDE), class_="cac-lede"),
        answer_cards(network, told),
        tag("p", describe_accuracy(network) or "", class_="cac-note"),
        class_="cac-title",
    )
    skip = tag("a", say("Skip to the comparisons"), href=f"#{told[0].anchor}", class_="cac-skip")
    opening = '<section class="cac-wide" aria-label="Map" data-t-label>'
    return f'{skip}<main class="cac-report">{header}{opening}'


def _languages() -> Html:
    """Offer the languages at the head of the page; the switch of the map does the same."""
    buttons = [
        tag("button", name, type="button", lang=key, data_language=key, aria_pressed="false")
        for key, name in LANGUAGES
    ]
    return tag("p", *buttons, class_="cac-languages cac-needs-script")


def _body(labels: Labels, told: Sequence[Section]) -> str:
    """Write what stands below the map."""
    # a section a comparison; what stands behind all of them comes last
    parts = [sections.comparison(labels.network, section) for section in told]
    closing = [_reading(), appendix(labels, told), _footer()]
    return f"</section>{join([*parts, *closing])}</main>"


def _reading() -> Html:
    """Explain the words that every table uses, once."""
    entries: list[Html] = []
    for term, meaning in READING.items():
        entries += [tag("dt", phrase_of(term)), tag("dd", phrase_of(meaning))]

    # in print the appendix is left out unless this is asked for
    whole = tag(
        "button",
        say("Print with the appendix"),
        type="button",
        id="cac-print-whole",
        class_="cac-needs-script",
    )
    heading = tag("h2", say("How to read the figures"), id="reading")
    return tag(
        "section", heading, tag("dl", *entries, class_="cac-notes"), tag("p", whole, class_="cac-actions")
    )


def _footer() -> Html:
    credit = say("Map data: {credit}.", credit=ATTRIBUTION)
    return tag("footer", tag("p", phrase_of(DISCLAIMER)), tag("p", credit))
