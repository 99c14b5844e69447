"""Write the frame of a page of the site: policy, style, way back, conditions."""

from __future__ import annotations

import html
from functools import cache
from typing import TYPE_CHECKING

from cacorridor.network.about import data_version
from cacorridor.release import VERSION
from cacorridor.views import text
from cacorridor.views.headings import describe_years
from cacorridor.views.markup import Html, join, tag
from cacorridor.views.offline import ICON, asset, script_hash

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.network.model import Network

POLICY = (  # no request at all; the style and the script are known by their hash
    "default-src 'none'; img-src data:; style-src {style}; script-src {script}; base-uri 'none'; "
    "form-action 'none'"
)
WAYS = (
    ("index.html", "Search"),
    ("explorer.html", "Explorer"),
    ("crossings.html", "Crossings"),
    ("claims.html", "Claims"),
)
READING = (
    "Hours, dollars and grams are expected values; in 8 of 10 cases a shipment lies within the range. "
    "Dollars and kilograms of CO2e are those of a 40-foot container. Assumed means that no source states the "
    "figure. Places and borders on these pages are no statement on their legal status."
)


def write_page(
    network: Network, title: str, parts: Iterable[Html], *, script: str = "", block: Html | str = ""
) -> str:
    """Write one page.

    Parameters
    ----------
    network
        Tells the conditions in the foot.
    title
        Of the page, as text.
    parts
        What stands below the title.
    script
        Runs when the page is there.
    block
        Data that the script reads.

    Returns
    -------
    str
        HTML that makes no request.

    """
    # style and script are part of the policy by their hash: nothing else runs, nothing is fetched
    style = _style()
    policy = POLICY.format(style=script_hash(style), script=script_hash(script) if script else "'none'")
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{html.escape(title)} \u00b7 cacorridor</title>",
        f'<link rel="icon" href="{ICON}">',
        f"<style>{style}</style>",
    ]

    # every page ends with how to read its figures and of which data and day they are
    body = [
        tag("a", "Skip to the content", href="#content", class_="skip"),
        tag("nav", *(tag("a", label, href=file) for file, label in WAYS), aria_label="Site"),
        tag("main", tag("h1", title), join(parts), id="content"),
        tag("footer", tag("p", READING), tag("p", describe_data(network))),
        block,
        f"<script>{script}</script>" if script else "",
    ]
    lines = ["<!DOCTYPE html>", '<html lang="en">', "<head>", *head, "</head>", "<body>", *body]
    return "\n".join([*filter(None, lines), "</body>", "</html>", ""])


def describe_data(network: Network) -> str:
    """Say of which data, day and scenarios the figures are."""
    # a site under a scenario says so on each page: a page may be read alone
    scenarios = ", ".join(network.applied) or "no scenario"
    dated = data_version(network).dated
    version = f"data of {dated}, " if dated else ""
    when = f"{describe_years(network, [None])} where the page names no other year"
    return (
        f"cacorridor {VERSION}, {version}{when}, any month, {scenarios}, express where nothing else is said."
    )


def section(heading: str, *parts: Html) -> Html:
    """Write a section under a heading."""
    return tag("section", tag("h2", heading), *parts)


def facts_list(rows: Iterable[tuple[str, object]]) -> Html:
    """Write named facts one below the other; what is empty is left out."""
    shown = [(name, fact) for name, fact in rows if fact]
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", fact)) for name, fact in shown))


def number_cell(content: str) -> Html:
    """Write a cell whose figures stand right."""
    return tag("td", content, class_="number")


def evidence_cells(basis: str, year: object, cited: object, note: str) -> tuple[object, ...]:
    """Write the cells that end every row of figures: basis, year, source and note."""
    return (
        text.humanize(basis),
        text.year_cell(year) or text.NOTHING,
        cited,
        tag("td", note or text.NOTHING, class_="long"),
    )


def figure_value(figure: object, unit: str) -> str:
    """Write a figure of the data in its own unit."""
    return text.NOTHING if text.is_missing(figure) else f"{text.cell(figure)} {unit}".strip()


@cache
def _style() -> str:
    return asset("site.css", room="site")
