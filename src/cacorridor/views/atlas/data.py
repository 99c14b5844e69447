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
from cacorridor.views.atlas.worlds.scenarios import service_years
from cacorridor.views.tables import rows_of

if TYPE_CHECKING:
    from cacorridor.network.model import Network


SAFE = str.maketrans("<>&", ",.:")  # letters that mean something in HTML, and those that stand for them
UNSAFE = {stand_in: letter for letter, stand_in in SAFE.items()}


def collect(network: Network, about: dict[str, Any]) -> dict[str, Any]:
    """Collect what the page shows and searches; ``about`` is what it says of itself."""
    pool = Pool()
    worlds = Worlds(network, pool)
    described, claims = worlds.describe(), describe_claims(network, worlds)
    told = {row[claims["columns"].index("source_id")] for row in claims["rows"]}
    return {
        "about": about,
        "words": read_words(),
        "states": outline_states(network),
        "places": describe_places(network, pool, worlds),
        "links": describe_links(network, pool, worlds),
        "modes": mode_names(network),
        "sea": SEA,
        "years": service_years(network),
        "claims": claims,
        "money": describe_money(network),
        "sources": _sources_used(network, told.union(described["figures"]["texts"]["source"])),
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


def pack_data(data: dict[str, Any]) -> str:
    """Pack data as text: the length of its words, the words as JSON, the bytes of its arrays; compressed.

    Browsers undo zlib by themselves. Four bytes are five letters (a fifth less than base64 takes), none of
    which could end an element or a string.
    """
    content = data["arrays"]["content"]
    arrays = {key: part for key, part in data["arrays"].items() if key != "content"}
    words = json.dumps({**data, "arrays": arrays}, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    encoded = words.encode()
    packed = zlib.compress(len(encoded).to_bytes(4, "little") + encoded + content, level=9)
    return base64.b85encode(packed).decode().translate(SAFE)


def unpack_data(text: str) -> dict[str, Any]:
    """Read packed data again, as the page does."""
    content = zlib.decompress(base64.b85decode(text.translate(UNSAFE)))
    end = 4 + int.from_bytes(content[:4], "little")
    data: dict[str, Any] = json.loads(content[4:end])
    data["arrays"]["content"] = content[end:]
    return data


def write_block(data: dict[str, Any]) -> str:
    """Write data as an element that no text in it can leave."""
    return f'<script type="application/json" id="cac-data">"{pack_data(data)}"</script>'
