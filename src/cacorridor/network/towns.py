"""Towns that are no places of the network: found by name, or given as latitude and longitude."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cacorridor.errors import AmbiguousPlaceError, UnknownPlaceError, UsageError
from cacorridor.network.gazetteer import QUALIFIED
from cacorridor.network.spelling import fold_name
from cacorridor.network.states import match_state

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cacorridor.network.model import Network

FILE = "gazetteer.csv.xz"
COORDINATES = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d{1,10})?)\s*[,;]\s*([+-]?\d{1,3}(?:\.\d{1,10})?)\s*")
FAR_LARGER = 20  # of namesakes in one state, one with so many times the inhabitants of the next is meant
LISTED = 8  # namesakes that an error lists at most


@dataclass(frozen=True)
class Town:
    """A town, or a point; ``state`` is empty where the point lies in none of the network's pictures.

    Parameters
    ----------
    name
        Its name in English.
    state
        ISO 3166-1 alpha-3 code.
    lat, lon
        Degrees, WGS 84.
    population
        Inhabitants; 0 where not known.
    others
        Its names in Russian and Chinese.

    Examples
    --------
    >>> town = cc.find_town(net, "43.24,76.95")
    >>> town.state, town.lat, town.lon
    ('KAZ', 43.24, 76.95)

    """

    name: str
    state: str
    lat: float
    lon: float
    population: int = 0
    others: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Its names in every language."""
        return (self.name, *self.others)

    @property
    def key(self) -> str:
        """Latitude and longitude as text: what names the point without doubt."""
        return f"{self.lat:.3f},{self.lon:.3f}"


def is_town(place: str) -> bool:
    """Tell whether the id of a place is that of a town or point, not of a place of the tables."""
    return COORDINATES.fullmatch(place) is not None


def find_town(network: Network, text: str) -> Town:
    """Find a town by its name, with its state behind it or not, or a point by latitude and longitude.

    Parameters
    ----------
    network
        Its states tell where a point lies.
    text
        Such as ``Perm``, ``Пермь``, ``Wuxi, China`` or ``43.24,76.95``.

    Returns
    -------
    Town
        Name, state, latitude and longitude in degrees, inhabitants.

    Raises
    ------
    UnknownPlaceError
        If no town of the gazetteer has the name.
    AmbiguousPlaceError
        With the namesakes, the largest first, if none is far larger than the others in its state.
    UsageError
        If latitude or longitude is out of range, or the text is no text.

    Examples
    --------
    >>> town = cc.find_town(net, "Пермь")
    >>> town.name, town.state
    ('Perm', 'RUS')

    """
    if not isinstance(text, str):
        raise UsageError(f"a town is named by text, not by {type(text).__name__}")
    point = COORDINATES.fullmatch(text)
    if point is not None:
        return _point(network, float(point[1]), float(point[2]))
    towns = sorted(_namesakes(network, text), key=lambda town: (-town.population, town.key))
    if not towns:
        raise UnknownPlaceError(text, ())
    # the largest is meant if its namesakes are villages beside it, in the same state
    first, *others = towns
    same_state = all(other.state == first.state for other in others)
    if others and not (same_state and first.population >= FAR_LARGER * others[0].population):
        shown = towns[:LISTED]
        labels = [f"{town.name} ({town.state}, {town.population:,} inhabitants)" for town in shown]
        raise AmbiguousPlaceError(text, [town.key for town in shown], labels)
    return first


def _namesakes(network: Network, text: str) -> tuple[Town, ...]:
    """List the towns of a name; a state behind it chooses."""
    # a name that has a comma itself is looked up as a whole first
    towns = gazetteer_towns().get(fold_name(text), ())
    qualified = QUALIFIED.fullmatch(text)
    if towns or qualified is None:
        return towns
    state = match_state(network, qualified["after"] or qualified["within"])
    return tuple(
        town for town in gazetteer_towns().get(fold_name(qualified["name"]), ()) if town.state == state
    )


def _point(network: Network, lat: float, lon: float) -> Town:
    """Make a point, with the state in whose picture it lies."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise UsageError(
            f"point {lat:g},{lon:g}; allowed: latitude from -90 to 90, longitude from -180 to 180"
        )
    import shapely

    shapes = network.state_shapes
    inside = shapes.index[shapes.geometry.contains(shapely.Point(lon, lat))]
    return Town(f"{lat:g},{lon:g}", str(inside[0]) if len(inside) else "", lat, lon)


@cache
def gazetteer_towns() -> Mapping[str, tuple[Town, ...]]:
    """Read the towns of the embedded gazetteer, by folded name in every language."""
    return read_towns(_file())


def read_towns(path: Path) -> Mapping[str, tuple[Town, ...]]:
    """Read the towns of a gazetteer, by folded name in every language."""
    import csv
    import io
    import lzma

    # a dictionary instead of a set, so that namesakes stay in the order of the file
    towns: dict[str, dict[Town, None]] = {}
    text = lzma.decompress(path.read_bytes()).decode()
    for row in csv.DictReader(io.StringIO(text)):
        others = tuple(filter(None, (*row["name_ru"].split(";"), *row["name_zh"].split(";"))))
        where = float(row["lat"]), float(row["lon"])
        town = Town(row["name"], row["state"], *where, int(row["population"]), others)
        for name in town.spellings:
            if folded := fold_name(name):
                towns.setdefault(folded, {})[town] = None
    return {folded: tuple(named) for folded, named in towns.items()}


def _file() -> Path:
    from cacorridor.network.io import embedded_dir

    return embedded_dir() / FILE
