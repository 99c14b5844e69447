"""Turn outlines of states and lines of links into short text that the explorer script reads."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from cacorridor.network.scenarios.memory import original_of
from cacorridor.network.snapshot.store import Store
from cacorridor.views.words import names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from cacorridor.network.model import Network

PICTURE_TOLERANCE = 0.017  # degrees, about 1 km: some pixels at the closest zoom
FAR_TOLERANCE = 0.13  # degrees: less than a pixel until the map comes near
ISLET = 0.05  # square degrees, about 500 km2
LABEL_TOLERANCE = 0.1  # degrees; a label need not sit more exactly
UNITS_A_DEGREE = 1000  # coordinates are whole thousandths of a degree

Rings = list[list[str]]  # of each part of an area: the outer one, then its holes


class Outline(NamedTuple):
    """How a state is drawn: where its name stands, with the room it has, degrees; its rings as text."""

    at: list[float]
    room: float
    area: Rings
    fine: Rings


def draw_states(network: Network, near: Collection[str] | None = None) -> list[dict[str, Any]]:
    """Draw the states: outlines, and where the name stands with the room it has, degrees.

    ``area`` is drawn for a map seen from afar; states that are ``near`` have a ``fine`` outline as well.
    Without ``near`` there is one outline for all, the fine one.
    """
    # one outline for the map from afar, a fine one only where a reader may come near: a page stays light
    shapes = vars(network)["state_shapes"]
    outlines = _outline(shapes.geometry, from_afar=False) if near is None else _outlines_from_afar(network)
    return [
        {
            "id": iso3,
            **_names_of_state(network, iso3),
            "at": outline.at,
            "room": outline.room,
            "area": outline.area,
            **({"fine": outline.fine} if near is not None and iso3 in near else {}),
        }
        for iso3, outline in zip(shapes.columns["iso3"], outlines, strict=True)
    ]


def _outlines_from_afar(network: Network) -> list[Outline]:
    """Outline the states for a map seen from afar, or read how they were outlined before."""
    # to simplify them takes longer than to find all routes of a map, and no edit of a table changes them
    store = _store_of_outlines(network)
    if store is None:
        return _outline(vars(network)["state_shapes"].geometry, from_afar=True)
    # what was made by other lines than these, or by another GEOS, goes by another name
    made_by = Path(__file__).read_bytes() + shapely.geos_version_string.encode()
    name = f"outlines-{hashlib.blake2b(made_by, digest_size=8).hexdigest()}"
    kept = store.read(name)
    if kept is not None:
        return list(itertools.starmap(Outline, kept.json("outlines")))
    outlines = _outline(vars(network)["state_shapes"].geometry, from_afar=True)
    store.write(name, {"outlines": outlines})
    return outlines


def _store_of_outlines(network: Network) -> Store | None:
    """Find the snapshots of the folder that the outlines come from."""
    source: Network | None = network
    while source is not None and Store not in source.derived:
        source = original_of(source)
    # outlines that were put in from elsewhere are in no folder
    if source is None or vars(source)["state_shapes"] is not vars(network)["state_shapes"]:
        return None
    store: Store = source.derived[Store]
    return store


def _outline(exact: np.ndarray, *, from_afar: bool) -> list[Outline]:
    """Outline each state; from afar less is drawn, and the fine outline stands beside it."""
    fine = simplify_together(exact, PICTURE_TOLERANCE)
    shapes = _without_islets(simplify_together(exact, FAR_TOLERANCE)) if from_afar else fine

    # a name stands in the middle of the largest circle within the state, which leaves it the most room
    labels = shapely.maximum_inscribed_circle(shapely.simplify(shapes, LABEL_TOLERANCE), LABEL_TOLERANCE)
    outlines = []
    for shape, label, fine_shape in zip(shapes, labels, fine, strict=True):
        lon, lat = label.coords[0]
        room, area = round(float(shapely.length(label)), 2), _area(shape)
        outlines.append(Outline(position(lat, lon), room, area, _area(fine_shape) if from_afar else area))
    return outlines


def _names_of_state(network: Network, iso3: str) -> dict[str, str]:
    """Name a state in the languages that have a name for it."""
    name = names.state(network, iso3)
    others = {"ru": name.ru, "zh": name.zh}
    return {"name": name.en, **{language: other for language, other in others.items() if other}}


def _area(shape: shapely.Geometry) -> Rings:
    """Write the rings of each part of a shape as text."""
    return [_encoded_rings(polygon) for polygon in shapely.get_parts(shape)]


def lines(geometry: shapely.Geometry) -> list[str]:
    """Write each part of a line as text."""
    return [encode(part.coords) for part in shapely.get_parts(geometry)]


def lines_by_link(network: Network) -> dict[str, shapely.Geometry]:
    """Return the line of each link by its id, as the network holds it: a frame would cost geopandas."""
    shapes = vars(network)["link_shapes"]
    return dict(zip(shapes.columns["id"], shapes.geometry, strict=True))


def position(lat: float, lon: float) -> list[float]:
    """Write a point as latitude and longitude, degrees."""
    return [round(lat, 3), round(lon, 3)]


def simplify_together(shapes: np.ndarray, tolerance: float) -> np.ndarray:
    """Thin out the borders together, so that neighbours still fit; leave what is no coverage alone."""
    if not (shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes)):
        return shapes
    return np.asarray(shapely.coverage_simplify(shapes, tolerance))


def _without_islets(shapes: np.ndarray) -> np.ndarray:
    """Leave out the islands that a map seen from afar cannot show, but never a whole state."""
    return np.array([_larger_parts(shape) for shape in shapes])


def _larger_parts(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    least = min(ISLET, shapely.area(parts).max())
    larger: shapely.Geometry = shapely.multipolygons(parts[shapely.area(parts) >= least])
    return larger


def _encoded_rings(polygon: shapely.Polygon) -> list[str]:
    """Write the outer ring of a polygon, then its holes."""
    return [encode(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]


def encode(coords: Iterable[Sequence[float]]) -> str:
    """Write a line as text: differences of whole units, five bits a letter, low bits first."""
    # differences are small numbers, which take few letters
    steps = np.diff(rounded(coords), axis=0, prepend=np.zeros((1, 2), dtype=int))
    return "".join(map(_letters, steps.ravel().tolist()))


def rounded(coords: Iterable[Sequence[float]]) -> np.ndarray:
    """Round points to whole units, latitude first, as Leaflet wants it, shape (points, 2)."""
    points: np.ndarray = np.rint(np.asarray(coords)[:, 1::-1] * UNITS_A_DEGREE).astype(int)
    # points that fall on the one before them are left out, but the first stands in any case
    moved = np.diff(points, axis=0).any(axis=1)
    return np.asarray(points[np.concatenate([[True], moved])])


def _letters(number: int) -> str:
    """Write one whole number; the sign is the lowest bit."""
    # five bits a letter, and a sixth that says whether more follow; 63 raises them to printable letters
    rest = ~(number << 1) if number < 0 else number << 1
    text = ""
    while rest >= 32:
        text += chr((rest & 31 | 32) + 63)
        rest >>= 5
    return text + chr(rest + 63)
