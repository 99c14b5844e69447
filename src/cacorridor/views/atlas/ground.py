"""Describe to the page what lies on the ground: states, places and links, with names and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.views.atlas.names import state_names
from cacorridor.views.explorer import geometry

if TYPE_CHECKING:
    from cacorridor.network.model import Network
    from cacorridor.views.atlas.arrays import Pool
    from cacorridor.views.atlas.worlds import Worlds

DRAWN_AS_ASSUMED = ("assumed", "derived")  # bases of lengths that a reader should know of
STATUSES = ("operational", "construction", "planned")


def describe_states(network: Network) -> list[dict[str, Any]]:
    """Describe the states: outline, where the name may stand, names in every language."""
    drawn = geometry.states(network)
    return [{**state, "name": None, "names": state_names(network, state["id"])} for state in drawn]


def describe_places(network: Network) -> dict[str, Any]:
    """Describe the places as columns: ids, names in every language, kind, state, latitude and longitude."""
    places = network.tables["places"]
    return {
        **{name: places[name].tolist() for name in ("id", "kind", "state")},
        "names": [places[name].tolist() for name in ("name", "name_ru", "name_zh")],
        "lat": places["lat"].round(3).tolist(),
        "lon": places["lon"].round(3).tolist(),
        "closed": sorted(network.closed_places),
    }


def describe_links(network: Network, pool: Pool, worlds: Worlds) -> dict[str, Any]:
    """Describe the links as columns: ends, mode, status, years and lines.

    The id of most is made of mode and ends; only those of others are written.
    """
    links = network.links
    made = links["mode"] + ":" + links["from"] + ":" + links["to"]
    years = {name: links[name].fillna(0).astype(int).tolist() for name in ("opened", "closed")}
    return {
        "id": links["id"].where(links["id"] != made, "").tolist(),
        "from": pool.add([worlds.places[place] for place in links["from"]]),
        "to": pool.add([worlds.places[place] for place in links["to"]]),
        "mode": pool.add([worlds.modes[mode] for mode in links["mode"]]),
        "status": pool.add([_position(STATUSES, status) for status in links["status"]]),
        "assumed": pool.add(np.isin(links["length_basis"], DRAWN_AS_ASSUMED)),
        **{name: pool.add(column) for name, column in years.items()},
        "lines": [geometry.lines(shape) for shape in links.geometry],
    }


def _position(words: tuple[str, ...], word: str) -> int:
    return words.index(word) if word in words else 0
