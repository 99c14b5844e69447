"""Collect the one block of data that the page reads: network, ground, words."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any

from cacorridor.network.model import SEA
from cacorridor.views import text
from cacorridor.views.atlas.arrays import Pool
from cacorridor.views.atlas.ground import describe_links, describe_places, describe_states
from cacorridor.views.atlas.names import mode_names
from cacorridor.views.atlas.words import read_words
from cacorridor.views.atlas.worlds import Worlds
from cacorridor.views.tables import rows_of

if TYPE_CHECKING:
    from cacorridor.network.model import Network

UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "&<>\u2028\u2029"}
FIRST_YEAR = 2024  # of those that a reader may choose


def collect(network: Network, about: dict[str, Any]) -> dict[str, Any]:
    """Collect what the page shows and searches; ``about`` is what it says of itself."""
    pool = Pool()
    worlds = Worlds(network, pool)
    described = worlds.describe()
    return {
        "about": about,
        "words": read_words(),
        "states": describe_states(network),
        "places": describe_places(network, pool, worlds),
        "links": describe_links(network, pool, worlds),
        "modes": mode_names(network),
        "sea": SEA,
        "years": years_of(network),
        "sources": _sources(network, described["figures"]["texts"]["source"]),
        "network": described,
        "arrays": pool.arrays,
    }


def years_of(network: Network) -> list[int]:
    """List the years in which a link opens or is gone, the nearest first."""
    links = network.tables["links"]
    opened = {int(year) for year in links["opened"].dropna()}
    gone = {int(year) + 1 for year in links["closed"].dropna()}
    return sorted(year for year in opened | gone if year >= FIRST_YEAR)


def _sources(network: Network, used: list[str]) -> dict[str, list[str]]:
    """Describe the sources of the figures by id: title, publisher, year, address."""
    rows = rows_of(network.tables["sources"], "id", "title", "publisher", "year", "address")
    return {
        key: [title, publisher, text.year_cell(year), address]
        for key, title, publisher, year, address in rows
        if key in set(used)
    }


def block(data: dict[str, Any]) -> str:
    """Write data as a JSON element that no text in it can leave; its letters stand as they are.

    The arrays, half of all, are compressed (zlib), which browsers undo by themselves.
    """
    arrays = zlib.compress(json.dumps(data["arrays"], separators=(",", ":")).encode(), level=9)
    written = {**data, "arrays": base64.b64encode(arrays).decode()}
    content = json.dumps(written, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    return f'<script type="application/json" id="cac-data">{content.translate(UNSAFE)}</script>'
