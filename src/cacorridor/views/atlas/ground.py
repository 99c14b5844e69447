"""Describe to the page what lies on the ground: states, places and links, with names and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from cacorridor.network.columns import PLACE_KINDS
from cacorridor.routing.telling.closers import years_of_news
from cacorridor.views.atlas.borders import share_borders
from cacorridor.views.atlas.names import names_of_state
from cacorridor.views.atlas.worlds.scenarios import SERVICE_YEARS, years_of_links
from cacorridor.views.explorer import geometry
from cacorridor.views.words.notes import plain_note

if TYPE_CHECKING:
    from cacorridor.network.model import Network
    from cacorridor.views.atlas.worlds.layout import Worlds
    from cacorridor.views.atlas.worlds.pool import Pool

TOLERANCE = 0.005  # degrees; half a kilometre is half a pixel at the closest zoom


def outline_states(network: Network) -> dict[str, Any]:
    """Describe the states: outline, where the name may stand, names in every language; and the borders."""
    # names are given in every language, so the one of the outline is not needed
    drawn = geometry.draw_states(network)
    named = [{**state, "name": None, "names": names_of_state(network, state["id"])} for state in drawn]
    borders, states = share_borders(named)
    return {"borders": borders, "states": states}


def describe_places(network: Network, pool: Pool, worlds: Worlds) -> dict[str, Any]:
    """Describe the places as columns: ids, names in every language, kind, state, latitude and longitude."""
    # columns, as most cells of a row are numbers
    places = network.tables["places"]
    return {
        "id": places["id"].tolist(),
        "kinds": PLACE_KINDS,
        "kind": pool.add([PLACE_KINDS.index(kind) for kind in places["kind"]]),
        "state": pool.add([worlds.states[state] for state in places["state"]]),
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
    years = years_of_links(network)
    pairs = enumerate(zip(links["id"], made, strict=True))
    return {
        "named": {number: key for number, (key, usual) in pairs if key != usual},
        "from": pool.add([worlds.places[place] for place in links["from"]]),
        "to": pool.add([worlds.places[place] for place in links["to"]]),
        "mode": pool.add([worlds.modes[mode] for mode in links["mode"]]),
        **{name: pool.add(years[name]) for name in SERVICE_YEARS},
        "shut": closures_told(network),
        "lines": [geometry.lines(shape) for shape in shapely.simplify(links.geometry.array, TOLERANCE)],
    }


def closures_told(network: Network) -> dict[int, list[str]]:
    """List the source and the note of each link that closed in the last two years, by its number."""
    news = years_of_news(network)
    return {
        number: [row["source_id"] or "", plain_note(network, row["note"])]
        for number, row in enumerate(network.rows("links"))
        if row["closed"] in news
    }
