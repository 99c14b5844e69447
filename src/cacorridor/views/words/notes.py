"""Say the notes of the tables to readers: a source that a note names by its id is told by its publisher."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cacorridor.views import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cacorridor.network.model import Network

WORD = re.compile(r"([A-Za-z0-9_:-]+)")  # of a note, which may be the id of a source


def plain_note(network: Network, note: str) -> str:
    """Write a note as text, with the publisher and the year of each source that it names by its id."""
    known = _sources(network)
    return "".join(
        publication(known[word]) if may_be_id(word) and word in known else word
        for word in WORD.split(note or "")
    )


def may_be_id(word: str) -> bool:
    """Tell whether a word of a note can be an id; one without a hyphen may be a word of the language."""
    return "-" in word


def publication(source: Mapping[str, Any]) -> str:
    """Tell a source by its publisher and year, else by its title."""
    return text.source_line("", source["publisher"], source["year"]) or str(source["title"])


def _sources(network: Network) -> dict[str, dict[str, Any]]:
    """Return the sources by id; the network keeps them."""
    if _sources not in network.derived:
        network.derived[_sources] = {row["id"]: row for row in network.rows("sources")}
    kept: dict[str, dict[str, Any]] = network.derived[_sources]
    return kept
