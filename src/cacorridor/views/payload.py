"""Turn a network and routes into the one JSON block that the explorer script reads."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import shapely

from cacorridor.analysis.comparison import bypassed_states
from cacorridor.errors import UsageError
from cacorridor.network.model import records
from cacorridor.views import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from cacorridor.analysis.comparison import Comparison
    from cacorridor.analysis.routes import Route
    from cacorridor.network.model import Network

PICTURE_TOLERANCE = 0.01  # degrees, about 1 km: two pixels at the closest zoom
LABEL_TOLERANCE = 0.1  # degrees; a label need not sit more exactly
UNITS_A_DEGREE = 1000  # coordinates are whole thousandths of a degree
STOPS = ("border", "transfer", "board")
UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "&<>\u2028\u2029"}


class Drawn(NamedTuple):
    """A route on the map, with the routes it is compared with (itself too) and its address."""

    route: Route
    rivals: Sequence[Route]
    slug: str
    group: int


def draw_list(comparisons: Iterable[Comparison]) -> list[list[Drawn]]:
    """List the routes of each comparison with their rivals and an address of their own."""
    taken: set[str] = set()
    return [
        [Drawn(route, routes, words.slug(route.name, taken), group) for route in routes]
        for group, (_, _, routes) in enumerate(comparisons)
    ]


def block(network: Network, drawn: Sequence[Drawn]) -> str:
    """Write the data of the map as a JSON element that no text in it can leave."""
    text = json.dumps(payload(network, drawn), separators=(",", ":"), allow_nan=False)
    return f'<script type="application/json" id="cac-data">{text.translate(UNSAFE)}</script>'


def payload(network: Network, drawn: Sequence[Drawn]) -> dict[str, Any]:
    """Collect what the map shows: states, modes, links, places, routes."""
    routes = [item.route for item in drawn]
    links = links_of(network, routes)
    link_ids = list(links.index)
    place_ids = list(dict.fromkeys(itertools.chain.from_iterable(map(_place_ids, routes))))
    return {
        "states": _states(network),
        "modes": _modes(network),
        "links": [_link(network, row) for row in records(links)],
        "places": [_place(network, row) for row in records(network.places.loc[place_ids])],
        "routes": [_route(network, item, link_ids, place_ids) for item in drawn],
        "groups": [
            sorted({link_ids.index(link) for rival in first.rivals for link in rival.links})
            for _, (first, *_) in itertools.groupby(drawn, key=lambda item: item.group)
        ],
    }


def links_of(network: Network, routes: Sequence[Route]) -> pd.DataFrame:
    """Select the links of the routes, once each."""
    wanted = list(dict.fromkeys(itertools.chain.from_iterable(route.links for route in routes)))
    lacking = sorted(set(wanted) - set(network.links.index))
    if lacking:
        raise UsageError(f"the network has no link {lacking[0]!r}: the route was found in another network")
    return cast("pd.DataFrame", network.links.loc[wanted])


def _place_ids(route: Route) -> list[str]:
    pairs = zip(route.legs["from_id"], route.legs["to_id"], strict=True)
    return list(dict.fromkeys(itertools.chain.from_iterable(pairs)))


# ---------------------------------------------------------------- geometry


def _states(network: Network) -> list[dict[str, Any]]:
    """Draw the states: outlines, and where the name stands with the room it has, degrees."""
    frame = network.states
    shapes = _simplified(frame.geometry.to_numpy())
    labels = shapely.maximum_inscribed_circle(shapely.simplify(shapes, LABEL_TOLERANCE), LABEL_TOLERANCE)
    return [
        {
            "id": iso3,
            "name": network.state_name(iso3),
            "at": _at(shapely.get_point(label, 0)),
            "room": round(float(shapely.length(label)), 2),
            "area": [[_encode(ring.coords) for ring in _rings(part)] for part in shapely.get_parts(shape)],
        }
        for iso3, shape, label in zip(frame.index, shapes, labels, strict=True)
    ]


def _simplified(shapes: np.ndarray) -> np.ndarray:
    """Thin out the borders together, so that neighbours still fit; leave what is no coverage alone."""
    if not (shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes)):
        return shapes
    return np.asarray(shapely.coverage_simplify(shapes, PICTURE_TOLERANCE))


def _rings(polygon: shapely.Polygon) -> Iterator[shapely.LinearRing]:
    yield polygon.exterior
    yield from polygon.interiors


def _encode(coords: Iterable[Sequence[float]]) -> str:
    """Write a line as text: differences of whole units, five bits a letter, low bits first."""
    points = np.rint(np.asarray(coords)[:, 1::-1] * UNITS_A_DEGREE).astype(int)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=int))
    moved = steps.any(axis=1)
    moved[0] = True
    return "".join(map(_letters, steps[moved].ravel().tolist()))


def _letters(value: int) -> str:
    """Write one whole number; the sign is the lowest bit."""
    rest = ~(value << 1) if value < 0 else value << 1
    text = ""
    while rest >= 32:
        text += chr((rest & 31 | 32) + 63)
        rest >>= 5
    return text + chr(rest + 63)


def _at(point: shapely.Point) -> list[float]:
    return [round(point.y, 3), round(point.x, 3)]


# ---------------------------------------------------------------- things


def _modes(network: Network) -> dict[str, dict[str, str]]:
    rows = network.table("modes").to_dict("index")
    return {
        str(mode): {key: str(row[key]) for key in ("label", "colour", "dash")} for mode, row in rows.items()
    }


def _link(network: Network, row: dict[str, Any]) -> dict[str, Any]:
    ends = f"{network.place_name(row['from'])} \u2013 {network.place_name(row['to'])}"
    label = str(network.table("modes")["label"][row["mode"]])
    facts = [label, words.kilometres(row["length_km"])]
    is_open = row["status"] == "operational"
    if not is_open:
        facts.append(words.STATUS_WORDS[row["status"]] + _opening(row["opened"]))
    return {
        "mode": row["mode"],
        "open": is_open,
        "name": ends,
        "facts": ", ".join(facts),
        "lines": [_encode(part.coords) for part in shapely.get_parts(row["geometry"])],
    }


def _opening(year: Any) -> str:
    return f", expected {words.year(year)}" if words.year(year) else ""


def _place(network: Network, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "kind": row["kind"],
        "about": f"{words.plain(row['kind']).capitalize()}, {network.state_name(row['state'])}",
        "at": _at(row["geometry"]),
    }


# ---------------------------------------------------------------- routes


def _route(network: Network, drawn: Drawn, link_ids: list[str], place_ids: list[str]) -> dict[str, Any]:
    """Tell the map what a route draws, recolours and stops at."""
    route = drawn.route
    return {
        "slug": drawn.slug,
        "group": drawn.group,
        "links": [link_ids.index(link) for link in route.links],
        "crossed": route.states,
        "touched": route.touches,
        "bypassed": bypassed_states(route, drawn.rivals),
        "told": words.told(network, route, drawn.rivals),
        "stops": _stops(network, route, place_ids),
    }


def _stops(network: Network, route: Route, place_ids: list[str]) -> list[dict[str, Any]]:
    """List the places of a route in order, with what happens there."""
    here: dict[str, list[dict[str, Any]]] = {place: [] for place in _place_ids(route)}
    for leg in records(route.legs):
        if leg["kind"] in STOPS:
            here[leg["from_id"]].append(leg)
    return [
        {
            "place": place_ids.index(place),
            "end": place in {route.query.origin, route.query.destination},
            "border": any(leg["kind"] == "border" for leg in legs),
            "transfer": any(leg["kind"] == "transfer" for leg in legs),
            "facts": [_fact(network, leg) for leg in legs],
        }
        for place, legs in here.items()
    ]


def _fact(network: Network, leg: dict[str, Any]) -> dict[str, str]:
    """Put one standing time into words, with its range and where it comes from."""
    what = {
        "border": f"Border, {leg['what']} ({network.state_name(leg['state'])})",
        "transfer": f"Transfer: {words.plain(leg['what'])}",
        "board": words.plain(leg["what"]).capitalize(),
    }[leg["kind"]]
    return {
        "what": what,
        "hours": words.hours(leg["time_h"]),
        "range": words.hour_range(leg["time_low_h"], leg["time_high_h"]),
        "basis": f"{words.plain(leg['basis'])}: {source_line(network, leg['source_id']) or leg['note']}",
    }


def source_line(network: Network, source_id: str) -> str:
    """Name a source on one line: title, publisher, year; nothing if there is none."""
    sources = network.tables["sources"]
    found = sources[sources["id"] == source_id]
    if found.empty:
        return ""
    source = found.iloc[0]
    parts = (source["title"], source["publisher"], words.year(source["year"]))
    return ", ".join(str(part) for part in parts if part)
