"""Describe to the page what lies on the ground: states, places and links, with names and lines."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from cacorridor.network.columns import PLACE_KINDS
from cacorridor.routing.telling.closers import years_of_news
from cacorridor.views.atlas.borders import mark_from_afar, share_borders
from cacorridor.views.atlas.names import names_of_state
from cacorridor.views.atlas.worlds.scenarios import SERVICE_YEARS, years_of_links
from cacorridor.views.explorer import geometry
from cacorridor.views.words.notes import plain_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.views.atlas.worlds.layout import Worlds
    from cacorridor.views.atlas.worlds.pool import Pool

FAR_TOLERANCE = 0.08  # degrees: two pixels at the zoom from which outlines are fine, so that none jumps
TOLERANCE = 0.005  # degrees; half a kilometre is half a pixel at the closest zoom


def outline_states(network: Network, pool: Pool) -> dict[str, Any]:
    """Describe the states: outline, where the name may stand, names in every language; and the borders."""
    # names are given in every language, so the one of the outline is not needed
    drawn = geometry.draw_states(network)
    named = [{**state, "name": None, "names": names_of_state(network, state["id"])} for state in drawn]
    borders, states = share_borders(named)
    coarse = geometry.simplify_together(network.states.geometry.to_numpy(), FAR_TOLERANCE)
    marks = mark_from_afar(borders, coarse)
    return {"borders": _write_lines(borders, pool) | {"from_afar": pool.add(marks)}, "states": states}


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
        "lat": pool.add(_whole_units(places["lat"])),
        "lon": pool.add(_whole_units(places["lon"])),
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
    shapes = shapely.simplify(links.geometry.array, TOLERANCE)
    lines = [geometry.rounded(part.coords) for part in shapely.get_parts(shapes)]
    return {
        "named": {number: key for number, (key, usual) in pairs if key != usual},
        "from": pool.add([worlds.places[place] for place in links["from"]]),
        "to": pool.add([worlds.places[place] for place in links["to"]]),
        "mode": pool.add([worlds.modes[mode] for mode in links["mode"]]),
        **{name: pool.add(years[name]) for name in SERVICE_YEARS},
        "shut": closures_told(network),
        "lines": _write_lines(lines, pool) | {"parts": pool.add(shapely.get_num_geometries(shapes))},
    }


def _write_lines(lines: Sequence[Any], pool: Pool) -> dict[str, int]:
    """Write lines in a row: how many points each has, and where these are, thousandths of a degree."""
    points = np.array(list(itertools.chain.from_iterable(lines)), dtype=int).reshape(-1, 2)
    lat, lon = points.T
    return {"points": pool.add(list(map(len, lines))), "lat": pool.add(lat), "lon": pool.add(lon)}


def _whole_units(degrees: pd.Series) -> np.ndarray:
    """Turn degrees into whole thousandths of a degree."""
    return np.asarray(np.rint(degrees.to_numpy() * geometry.UNITS_A_DEGREE).astype(int))


def closures_told(network: Network) -> dict[int, list[str]]:
    """List the source and the note of each link that closed in the last two years, by its number."""
    news = years_of_news(network)
    return {
        number: [row["source_id"] or "", plain_note(network, row["note"])]
        for number, row in enumerate(network.rows("links"))
        if row["closed"] in news
    }
