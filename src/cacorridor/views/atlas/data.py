"""Collect the one block of data that the page reads: network, ground, words."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any

from cacorridor.network.model import SEA
from cacorridor.views import text
from cacorridor.views.atlas.claims import describe_claims, describe_money
from cacorridor.views.atlas.ground import describe_links, describe_places, outline_states
from cacorridor.views.atlas.names import mode_names
from cacorridor.views.atlas.words import read_words
from cacorridor.views.atlas.worlds.layout import Worlds
from cacorridor.views.atlas.worlds.pool import KINDS, Pool
from cacorridor.views.explorer.conditions import service_years
from cacorridor.views.tables import rows_of
from cacorridor.views.words.notes import plain_note

if TYPE_CHECKING:
    from cacorridor.network.model import Network


SAFE = str.maketrans("<>&", ",.:")  # letters that mean something in HTML, and those that stand for them
UNSAFE = {stand_in: letter for letter, stand_in in SAFE.items()}


def collect(network: Network, about: dict[str, Any]) -> dict[str, Any]:
    """Collect what the page shows and searches; ``about`` is what it says of itself."""
    pool = Pool()
    worlds = Worlds(network, pool)
    described, claims = worlds.describe(), describe_claims(network, worlds)
    texts = described["figures"]["texts"]
    texts["note"] = [plain_note(network, note) for note in texts["note"]]
    # sources that a reader can meet: of a figure, of a claim, of a closure
    column = claims["columns"].index("source_id")
    links = describe_links(network, pool, worlds)
    met = {row[column] for row in claims["rows"]}.union(described["figures"]["texts"]["source"])
    met.update(source for source, _ in links["shut"].values())
    return {
        "about": about,
        "words": read_words(),
        **outline_states(network, pool),
        "places": describe_places(network, pool, worlds),
        "links": links,
        "modes": mode_names(network),
        "sea": SEA,
        "years": service_years(network),
        "claims": claims,
        "money": describe_money(network),
        "sources": _sources_used(network, met),
        "network": described,
        "arrays": {"kinds": KINDS, "entries": pool.entries, "content": pool.content},
    }


def _sources_used(network: Network, used: set[str]) -> dict[str, list[str]]:
    """Describe the sources of the figures and claims by id: title, publisher, year, address."""
    rows = rows_of(network.tables["sources"], "id", "title", "publisher", "year", "address")
    return {
        key: [title, publisher, text.year_cell(year), address]
        for key, title, publisher, year, address in rows
        if key in used
    }


def pack_data(page: dict[str, Any]) -> str:
    """Pack data as text: the length of its words, the words as JSON, the bytes of its arrays; compressed.

    Browsers undo zlib by themselves. Four bytes are five letters (a fifth less than base64 takes), none of
    which could end an element or a string.
    """
    # the bytes stand behind the words, which say where each array begins
    content = page["arrays"]["content"]
    arrays = {key: part for key, part in page["arrays"].items() if key != "content"}
    words = json.dumps({**page, "arrays": arrays}, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    encoded = words.encode()
    # one stream: names of places and links repeat across the parts
    packed = zlib.compress(len(encoded).to_bytes(4, "little") + encoded + content, level=9)
    return base64.b85encode(packed).decode().translate(SAFE)


def unpack_data(text: str) -> dict[str, Any]:
    """Read packed data again, as the page does."""
    packed = base64.b85decode(text.translate(UNSAFE))
    content = zlib.decompress(packed)
    # four bytes tell how long the words are
    end = 4 + int.from_bytes(content[:4], "little")
    page: dict[str, Any] = json.loads(content[4:end])
    page["arrays"]["content"] = content[end:]
    return page


def write_block(page: dict[str, Any]) -> str:
    """Write data as an element that no text in it can leave."""
    return f'<script type="application/json" id="cac-data">"{pack_data(page)}"</script>'
