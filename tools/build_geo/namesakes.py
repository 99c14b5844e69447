"""Make the table of towns that names of places may mean as well: ``python -m tools.build_geo.namesakes``."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from cacorridor.geodesy import distance_km
from cacorridor.network.files import write_atomically
from cacorridor.network.gazetteer import gazetteer_of
from cacorridor.network.io import load_network
from cacorridor.network.schema import TABLES
from cacorridor.network.spelling import fold_name, spell_plainly
from cacorridor.network.towns import FAR_LARGER, own_spellings, read_towns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cacorridor.network.gazetteer import Gazetteer, Places
    from cacorridor.network.model import Network
    from cacorridor.network.towns import Town

DATA = Path(__file__).parents[2] / "data" / "geo"
APART_KM = 60.0  # straight line: nearer ones are the place itself, such as a town and its station
LEAST_PLACE = 20_000  # inhabitants that a place counts as at least: a village of its name does not rival it


def write_namesakes(data: Path) -> int:
    """Write the namesakes of the places of a data directory, by position; return how many there are."""
    found = find_namesakes(load_network(data), read_towns(data / "gazetteer.csv.xz"))
    rows = sorted(
        (f"{town.lat:.3f}:{town.lon:.3f}", ";".join(spellings), town.state, town.population)
        for town, spellings in found
    )
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(TABLES["namesakes"].column_names)
    table.writerows(rows)
    write_atomically(data / TABLES["namesakes"].file, text.getvalue())
    return len(rows)


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
        Each town once, in the order of the gazetteer. Of the place's own name the larger of the two is
        meant, so smaller towns are left out; of an alias, or of a spelling that only folding makes alike, the
        place is meant only if it is far larger.

    """
    gazetteer = gazetteer_of(network)
    rivals: dict[Town, dict[str, None]] = {}
    for folded, named in towns.items():
        places = gazetteer.known(folded)
        if not places:
            continue
        own, inhabitants = own_spellings(network, places), _inhabitants(gazetteer, places, towns)
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


if __name__ == "__main__":
    write_namesakes(DATA)
