"""Write the frame of a page of the site: policy, style, way back, conditions."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cacorridor.network.about import data_version
from cacorridor.release import VERSION
from cacorridor.views import text
from cacorridor.views.explorer.controls import LANGUAGES
from cacorridor.views.markup import Html, describe_page, join, table, tag
from cacorridor.views.offline import ICON, asset, script_hash
from cacorridor.views.words.phrases import phrase_of, say
from cacorridor.views.words.translation import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.network.model import Network
    from cacorridor.views.words.phrases import Part, Phrase

POLICY = (  # no request at all; the style and the script are known by their hash
    "default-src 'none'; img-src data:; style-src {style}; script-src {script}; base-uri 'none'; "
    "form-action 'none'"
)
LANGUAGES_HERE = Html('<header class="languages"></header>')  # where the links to the other languages come
WAYS = (
    ("index.html", "Search"),
    ("explorer.html", "Explorer"),
    ("crossings.html", "Crossings"),
    ("claims.html", "Claims"),
)
SHARE_CLOSED = "share closed"  # the unit of closures, which are told in per cent
NUMBER_CELL = ' class="number'  # of what stands right
FEW = 0.02  # a share below which per cents have a decimal
EXPLORER = re.compile(r'href="explorer\.html(#[^"]*)?')
OWN = re.compile(r'href="((?!explorer\.html)[a-z0-9-]+\.html)')
LEDE = (
    "How far, how long, whom a corridor crosses and whom it bypasses: a page for each state, named corridor, "
    "border crossing and published figure, each with its figures, their basis and their sources."
)
READING = (
    "Hours, dollars and grams are expected values; in 8 of 10 cases a shipment lies within the range. "
    "Dollars and kilograms of CO2e are those of a 40-foot container. Assumed means that no source states the "
    "figure. Places and borders on these pages are no statement on their legal status."
)


def write_page(  # noqa: PLR0913  # a page, and what few pages have
    network: Network,
    title: Part,
    parts: Iterable[Html],
    *,
    about: Part = "",
    script: str = "",
    block: Html | str = "",
) -> str:
    """Write one page.

    Parameters
    ----------
    network
        Tells the conditions in the foot.
    title
        Of the page.
    parts
        What stands below the title.
    about
        One sentence, for search engines and previews of links; that of the site by default.
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
        tag("title", say("{title} \u00b7 cacorridor", title=title)),
        *describe_page(title, about or phrase_of(LEDE)),
        f'<link rel="icon" href="{ICON}">',
        f"<style>{style}</style>",
    ]

    # every page ends with how to read its figures and of which data and day they are
    body = [
        tag("a", say("Skip to the content"), href="#content", class_="skip"),
        tag("div", _ways(), LANGUAGES_HERE, class_="top"),
        tag("main", tag("h1", title), join(parts), id="content"),
        tag("footer", tag("p", phrase_of(READING)), tag("p", describe_data(network))),
        block,
        f"<script>{script}</script>" if script else "",
    ]
    lines = ["<!DOCTYPE html>", '<html lang="en">', "<head>", *head, "</head>", "<body>", *body]
    return "\n".join([*filter(None, lines), "</body>", "</html>", ""])


def _ways() -> Html:
    return tag(
        "nav", *(tag("a", phrase_of(label), href=file) for file, label in WAYS), aria_label=say("Site")
    )


def in_language(page: str, file: str, language: str, network: Network) -> str:
    """Say a page in a language; it links pages of that language, and itself in the others."""
    links = [
        tag(
            "a",
            label,
            href=file_in(file, key),
            lang=key,
            hreflang=key,
            aria_current=key == language and "true",
        )
        for key, label in LANGUAGES
    ]
    spoken = translate(page, language, network)
    if language != "en":
        spoken = EXPLORER.sub(
            lambda match: f"{match[0]}{'&amp;' if match[1] else '#'}lang={language}", spoken
        )
        spoken = OWN.sub(lambda match: f'href="{file_in(match[1], language)}', spoken)
    return spoken.replace(LANGUAGES_HERE, tag("header", *links, class_="languages"), 1)


def file_in(file: str, language: str) -> str:
    """Name the file of a page in a language."""
    return file if language == "en" else f"{file.removesuffix('.html')}.{language}.html"


def describe_data(network: Network) -> Phrase:
    """Say of which data, day and scenarios the figures are."""
    # a site under a scenario says so on each page: a page may be read alone
    return say(
        "cacorridor {release}, data of {day}; where the page says nothing else: today, any month, "
        "express service; scenario: {scenarios}.",
        release=VERSION,
        day=data_version(network).dated or text.NOT_KNOWN,
        scenarios=tuple(network.applied) or say("none"),
    )


def section(heading: str, *parts: Html) -> Html:
    """Write a section under a heading."""
    return tag("section", tag("h2", phrase_of(heading)), *parts)


def site_table(caption: Part, head: Iterable[str], rows: Iterable[Sequence[object]]) -> Html:
    """Write a table; its caption and headings are said in each language that knows them."""
    called = phrase_of(caption) if isinstance(caption, str) else caption
    laid_out = list(rows)
    columns = zip(*laid_out, strict=True)
    heads = [_heading(text_, cells) for text_, cells in zip(head, columns, strict=True)]
    return table(called, heads, laid_out)


def _heading(content: str, cells: Iterable[object]) -> Html:
    """Write the heading of a column, on the side on which its cells stand."""
    is_number = all(isinstance(cell, Html) and NUMBER_CELL in cell for cell in cells)
    return tag("th", phrase_of(content), scope="col", class_="number" if is_number else None)


def between(joint: str) -> Html:
    """Write what stands between two pieces of markup, as each language has it."""
    return tag("span", say(joint))


def joined(parts: Iterable[Html], joint: str = ", ") -> Html:
    """Put pieces of markup one after the other, or say that there are none."""
    return Html(between(joint).join(parts)) or tag("span", say("none"))


def note(content: str) -> Html:
    """Write a remark."""
    return tag("p", phrase_of(content), class_="note")


def facts_list(rows: Iterable[tuple[str, object]]) -> Html:
    """Write named facts one below the other; what is empty is left out."""
    shown = [(name, fact) for name, fact in rows if fact]
    return tag("dl", *(tag("div", tag("dt", phrase_of(name)), tag("dd", fact)) for name, fact in shown))


def number_cell(content: Part, *, wraps: bool = False) -> Html:
    """Write a cell whose figures stand right, as each language writes them; one of many words may wrap."""
    class_ = "number wraps" if wraps else "number"
    return tag("td", text.bare(content) if isinstance(content, str) else content, class_=class_)


def evidence_cells(basis: str, year: object, cited: object, reason: object) -> tuple[object, ...]:
    """Write the cells that end every row of figures: basis, year, source and note."""
    return (
        tuple(phrase_of(text.humanize(each)) for each in basis.split("; ")),
        text.year_cell(year) or text.NOTHING,
        cited,
        tag("td", reason or text.NOTHING, class_="long", lang="en" if reason else None),
    )


def figure_value(figure: object, unit: str) -> Phrase:
    """Write a figure of the data in its own unit."""
    if unit == SHARE_CLOSED and isinstance(figure, float) and not text.is_missing(figure):
        return say("closed {share} of the time", share=text.per_cent(figure, 0 if figure >= FEW else 1))
    shown = text.NOTHING if text.is_missing(figure) else text.cell(figure)
    known = unit and shown != text.NOTHING
    return say("{figure} {unit}", figure=shown, unit=phrase_of(unit)) if known else text.bare(shown)


@cache
def _style() -> str:
    return asset("site.css", room="site")
