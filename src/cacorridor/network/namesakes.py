"""Towns that a name may mean as well as a place of the network: a name is not taken for the place in silence.

A place and a town farther away than an hour's drive that share a name are told apart by how each spells it and
by their inhabitants; what is left in doubt is refused with both. Which towns these are is worked out when the
data are built (``namesakes.csv``), since reading the whole gazetteer takes longer than to find a route.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cacorridor.errors import AmbiguousPlaceError
from cacorridor.geodesy import distance_km
from cacorridor.network.gazetteer import LANGUAGES, QUALIFIED, QUALIFIER, gazetteer_of
from cacorridor.network.spelling import fold_name, spell_plainly
from cacorridor.network.states import match_state
from cacorridor.network.towns import FAR_LARGER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cacorridor.network.gazetteer import Gazetteer, Places
    from cacorridor.network.model import Network
    from cacorridor.network.towns import Town

APART_KM = 60.0  # straight line: nearer ones are the place itself, such as a town and its station
LEAST_PLACE = 20_000  # inhabitants that a place counts as at least: a village of its name does not rival it

Towns = "Mapping[str, tuple[Town, ...]]"


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


# ---------------------------------------------------------------- asked


def namesakes_of(network: Network, text: str) -> tuple[Namesake, ...]:
    """List the towns that a text, which names places of the network, may mean as well.

    A place whose own name is spelled as the text is, where the town spells it otherwise, is meant: Jalal-Abad.
    """
    # a state behind the name chooses among towns as it does among places
    qualified = None if fold_name(text) in _index(network) else QUALIFIED.fullmatch(text)
    name = text if qualified is None else qualified["name"]
    towns = _index(network).get(fold_name(name), ())
    if qualified is not None and towns:
        state = match_state(network, qualified["after"] or qualified["within"])
        towns = tuple(town for town in towns if town.state == state)
    if not towns or spell_plainly(name) not in _own_spellings(network, gazetteer_of(network).meanings(text)):
        return towns
    return tuple(town for town in towns if spell_plainly(name) in map(spell_plainly, town.spellings))


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


def _index(network: Network) -> Mapping[str, tuple[Namesake, ...]]:
    """Return the namesakes by folded spelling; the network keeps them."""
    if Namesake not in network.derived:
        rows = network.rows("namesakes") if "namesakes" in network.tables else []
        towns = [
            Namesake(
                tuple(row["spellings"].split(";")),
                row["state"],
                row["id"].replace(":", ","),
                row["population"],
            )
            for row in rows
        ]
        index: dict[str, dict[Namesake, None]] = {}
        for town in sorted(towns, key=lambda town: (-town.population, town.key)):
            for spelling in town.spellings:
                index.setdefault(fold_name(spelling), {})[town] = None
        network.derived[Namesake] = {folded: tuple(named) for folded, named in index.items()}
    kept: Mapping[str, tuple[Namesake, ...]] = network.derived[Namesake]
    return kept


def _own_spellings(network: Network, places: Places) -> set[str]:
    """Collect how places spell their own names, in each language, without aliases and brackets."""
    columns = network.columns("places")
    rows = zip(columns["id"], *(columns[language] for language in LANGUAGES), strict=True)
    names = (name for place, *of_place in rows if place in places for name in of_place if name)
    return {spell_plainly(QUALIFIER.sub("", name)) for name in names}


# ---------------------------------------------------------------- worked out


def find_namesakes(
    network: Network, towns: Mapping[str, tuple[Town, ...]]
) -> list[tuple[Town, tuple[str, ...]]]:
    """List the towns that names of places may mean as well, with the spellings of which that holds.

    Parameters
    ----------
    network
        Its places and aliases.
    towns
        Towns by folded spelling, see ``gazetteer_towns``.

    Returns
    -------
    list of tuple
        Each town once, in the order of the gazetteer. Of the place's own name the larger of the two is meant,
        so smaller towns are left out; of an alias, or of a spelling that only folding makes alike, the place is
        meant only if it is far larger.

    """
    gazetteer = gazetteer_of(network)
    rivals: dict[Town, dict[str, None]] = {}
    for folded, named in towns.items():
        places = gazetteer.known(folded)
        if not places:
            continue
        own, inhabitants = _own_spellings(network, places), _inhabitants(gazetteer, places, towns)
        for town in _apart(network, places, named):
            for spelling in town.spellings:
                factor = 1 if spell_plainly(spelling) in own else FAR_LARGER
                if fold_name(spelling) == folded and town.population * factor > inhabitants:
                    rivals.setdefault(town, {})[spelling] = None
    return [(town, tuple(spellings)) for town, spellings in rivals.items()]


def _apart(network: Network, places: Places, towns: Sequence[Town]) -> Iterator[Town]:
    """Select the towns that lie far from every one of some places."""
    positions = network.columns("places")
    where = {
        place: (lon, lat)
        for place, lon, lat in zip(positions["id"], positions["lon"], positions["lat"], strict=True)
        if place in places
    }
    for town in towns:
        if all(float(distance_km(*where[place], town.lon, town.lat)) > APART_KM for place in places):
            yield town


def _inhabitants(gazetteer: Gazetteer, places: Places, towns: Mapping[str, tuple[Town, ...]]) -> int:
    """Count the inhabitants of places: those of the largest town near them that has a name of theirs."""
    named = [town for folded in gazetteer.spellings_of(places) for town in towns.get(folded, ())]
    apart = set(_apart(gazetteer.network, places, named))
    return max([LEAST_PLACE, *(town.population for town in named if town not in apart)])
