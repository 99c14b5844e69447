"""Say a page that is written in English in another language: every element that carries a phrase."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

from cacorridor.views.words import names
from cacorridor.views.words.catalogue import catalogue
from cacorridor.views.words.phrases import fill

if TYPE_CHECKING:
    from cacorridor.network.model import Network

LISTS = {"en": ", ", "ru": ", ", "zh": "\u3001"}  # between the items of a list
# an element of text alone that carries its phrase; quotes and angles are escaped wherever data stand
SPOKEN = re.compile(
    r'<(?P<name>\w+)(?P<before>[^<>]*?) (?:data-t|data-say="(?P<phrase>[^"]*)")(?P<after>(?: [^<>]*)?)>'
    r"(?P<text>[^<]*)</(?P=name)>"
)
# parts that only stand one after the other: Chinese needs no space between them, and has marks of its own
JOINTS = {" ": "", ", ": "\uff0c", "; ": "\uff1b", ": ": "\uff1a"}
ONLY_PARTS = re.compile(r"\{\w+\}(?:[,;:]? \{\w+\})+")
JOINT = re.compile(r"(?<=\})[,;:]? (?=\{)")
LABELLED = re.compile(r'="[^"]*" data-say-label="([^"]*)"')
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
NUMERAL = re.compile(rf"[<+\-\u2212]?\s?{_NUMBER}(?:(?:\u2013| \u2026 [+\u2212]){_NUMBER})?%?")


def translate(page: str, language: str, network: Network) -> str:
    """Say every phrase of a page in a language, and take off what carried them.

    Parameters
    ----------
    page
        HTML made by ``markup``.
    language
        "en" or one of ``names.LANGUAGES``.
    network
        Names the states.

    Returns
    -------
    str
        HTML in which no element carries a phrase.

    """

    def said(match: re.Match[str]) -> str:
        content = json.loads(html.unescape(match["phrase"])) if match["phrase"] else None
        content = {"t": html.unescape(match["text"])} if content is None else content
        written = html.escape(say_data(content, language, network))
        attributes = f"{match['before']}{match['after']}"
        # what stood around the phrase alone is not needed any more
        if match["name"] == "span" and not attributes:
            return written
        return f"<{match['name']}{attributes}>{written}</{match['name']}>"

    def labelled(match: re.Match[str]) -> str:
        return f'="{html.escape(say_data(json.loads(html.unescape(match[1])), language, network))}"'

    spoken = LABELLED.sub(labelled, SPOKEN.sub(said, page))
    return spoken.replace('<html lang="en">', f'<html lang="{language}">', 1)


def say_data(content: Any, language: str, network: Network) -> str:
    """Write what ``as_data`` made of a phrase, in a language."""
    if isinstance(content, str):
        return numeral(content, language)
    if isinstance(content, list):
        return LISTS[language].join(say_data(part, language, network) for part in content)

    if "s" in content or "n" in content:
        return _say_name(content, language, network)

    # a template and its fields; one that the catalogue lacks stays English
    translations = catalogue().get(content["t"], ())
    others = dict(zip(names.LANGUAGES, translations, strict=False))
    fields = {name: say_data(part, language, network) for name, part in content.items()}
    return fill(others.get(language) or _joined_in(content["t"], language), fields)


def _joined_in(template: str, language: str) -> str:
    """Write what stands between the parts of a template as its language does."""
    if language != "zh" or not ONLY_PARTS.fullmatch(template):
        return template
    return JOINT.sub(lambda joint: JOINTS[joint[0]], template)


def _say_name(content: dict[str, Any], language: str, network: Network) -> str:
    """Say the name of a state, by its code, or a name given in every language; else in English."""
    spelt = names.state(network, content["s"])[:3] if "s" in content else content["n"]
    by_language = dict(zip(("en", *names.LANGUAGES), spelt, strict=True))
    return str(by_language[language] or by_language["en"])


def numeral(text: str, language: str) -> str:
    """Write a figure as its language does; in Russian 1,234.5 is 1 234,5 and 5% is 5 %."""
    if language != "ru" or not NUMERAL.fullmatch(text):
        return text
    return text.replace(",", "\u00a0").replace(".", ",").replace("%", "\u00a0%")
