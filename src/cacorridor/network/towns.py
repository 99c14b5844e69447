"""Towns that are no places of the network: found by name, or given as latitude and longitude.

A place and a town farther away than an hour's drive that share a name are told apart by how each spells it
and by their inhabitants; what is left in doubt is refused with both. Which towns these are is worked out when
the data are built (``namesakes.csv``), since reading the whole gazetteer takes longer than to find a route.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from cacorridor.errors import AmbiguousPlaceError, UnknownPlaceError, UsageError
from cacorridor.network.gazetteer import LANGUAGES, QUALIFIED, QUALIFIER, gazetteer_of
from cacorridor.network.spelling import fold_name, spell_plainly
from cacorridor.network.states import match_state

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cacorridor.network.gazetteer import Places
    from cacorridor.network.model import Network

FILE = "gazetteer.csv.xz"
COORDINATES = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d{1,10})?)\s*[,;]\s*([+-]?\d{1,3}(?:\.\d{1,10})?)\s*")
# as maps, spreadsheets and people write a point: 41.3 69.2, 41.3° N; 69.2° E, 41,3 69,2
_DEGREES = r"([+\-\u2212]?)(\d{1,3}(?:\.\d{1,10})?)\s*°?\s*"
POINT = re.compile(rf"\s*{_DEGREES}([NS]?)(?:\s*[,;]\s*|\s+|(?<=[°NS])){_DEGREES}([EW]?)\s*", re.IGNORECASE)
DECIMAL_COMMA = re.compile(r"(\d),(\d)")
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


@dataclass(frozen=True)
class Namesake:
    """A town of the name of a place, far from it."""

    spellings: tuple[str, ...]
    state: str
    key: str  # latitude and longitude, which names it without doubt
    population: int

    @property
    def label(self) -> str:
        """Its name, state and inhabitants."""
        return f"{self.spellings[0]} ({self.state}, {self.population:,} inhabitants)"


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
        Such as ``Perm``, ``Пермь``, ``Wuxi, China``, ``43.24,76.95`` or ``43.24 76.95``.

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
    point = read_point(text)
    if point is not None:
        return _point(network, *point)
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


def read_point(text: str) -> tuple[float, float] | None:
    """Read latitude and longitude in decimal degrees, however they are divided; None if a text is no point.

    Both may have a decimal comma, where a space or another mark divides them.
    """
    point = POINT.fullmatch(text) or POINT.fullmatch(DECIMAL_COMMA.sub(r"\1.\2", text))
    if point is None:
        return None
    sign, lat, side, other_sign, lon, other_side = point.groups()
    return _signed(lat, sign, side), _signed(lon, other_sign, other_side)


def _signed(degrees: str, sign: str, side: str) -> float:
    """Count degrees south and west below 0."""
    return -float(degrees) if sign not in {"", "+"} or side.upper() in {"S", "W"} else float(degrees)


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


# ---------------------------------------------------------------- towns of the name of a place


def namesakes_of(network: Network, text: str) -> tuple[Namesake, ...]:
    """List the towns that a text, which names places of the network, may mean as well.

    A place whose own name is spelled as the text is, where the town spells it otherwise, is meant.
    """
    name, towns = _towns_named(network, text)
    if not towns or spell_plainly(name) not in own_spellings(network, gazetteer_of(network).meanings(text)):
        return towns
    return tuple(town for town in towns if spell_plainly(name) in map(spell_plainly, town.spellings))


def _towns_named(network: Network, text: str) -> tuple[str, tuple[Namesake, ...]]:
    """List the towns of a text, and its name without a state behind it, which chooses among them."""
    qualified = None if fold_name(text) in _known_namesakes(network) else QUALIFIED.fullmatch(text)
    if qualified is None:
        return text, _known_namesakes(network).get(fold_name(text), ())
    towns = _known_namesakes(network).get(fold_name(qualified["name"]), ())
    # the state only where it matters: its names take long to read
    state = match_state(network, qualified["after"] or qualified["within"]) if towns else None
    return qualified["name"], tuple(town for town in towns if town.state == state)


def require_no_namesake(network: Network, text: str) -> None:
    """Refuse a name of a place that may mean a town far from it as well.

    Raises
    ------
    AmbiguousPlaceError
        With the places, and the latitude and longitude of the towns.

    """
    towns = namesakes_of(network, text)
    if towns:
        gazetteer = gazetteer_of(network)
        places = gazetteer.meanings(text)
        labels = (*gazetteer.labels(places), *(town.label for town in towns))
        raise AmbiguousPlaceError(text, (*places, *(town.key for town in towns)), labels)


def _known_namesakes(network: Network) -> Mapping[str, tuple[Namesake, ...]]:
    """Return the namesakes by folded spelling; the network keeps them."""
    if Namesake not in network.derived:
        rows = network.rows("namesakes") if "namesakes" in network.tables else []
        towns = list(map(_namesake, rows))
        index: dict[str, dict[Namesake, None]] = {}
        for town in sorted(towns, key=lambda town: (-town.population, town.key)):
            for spelling in town.spellings:
                index.setdefault(fold_name(spelling), {})[town] = None
        network.derived[Namesake] = {folded: tuple(named) for folded, named in index.items()}
    kept: Mapping[str, tuple[Namesake, ...]] = network.derived[Namesake]
    return kept


def _namesake(row: dict[str, Any]) -> Namesake:
    """Read a row of the table; an id has no comma, so its latitude and longitude are joined by a colon."""
    spellings, key = tuple(row["spellings"].split(";")), row["id"].replace(":", ",")
    return Namesake(spellings, row["state"], key, row["population"])


def own_spellings(network: Network, places: Places) -> set[str]:
    """Collect how places spell their own names, in each language, without aliases and brackets."""
    columns = network.columns("places")
    rows = zip(columns["id"], *(columns[language] for language in LANGUAGES), strict=True)
    names = (name for place, *of_place in rows if place in places for name in of_place if name)
    return {spell_plainly(QUALIFIER.sub("", name)) for name in names}
