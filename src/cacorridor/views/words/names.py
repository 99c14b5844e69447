"""Names of states and places in English, Russian and Chinese."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from cacorridor.views.tables import rows_of
from cacorridor.views.words.phrases import Name, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cacorridor.network.model import Network
    from cacorridor.views.words.phrases import Part

LANGUAGES = ("ru", "zh")  # besides English
BRACKET = re.compile(r"\s*[(\uff08][^()\uff08\uff09]*[)\uff09]$")  # what tells places of one name apart
# where the Unicode CLDR has a form that is too long for a map, or not the state's own
SHORTER = {
    "ru": {"KGZ": "Кыргызстан", "HKG": "Гонконг", "MAC": "Макао", "MMR": "Мьянма", "PSE": "Палестина"},
    "zh": {"HKG": "香港", "MAC": "澳门", "PSE": "巴勒斯坦", "ARE": "阿联酋", "BIH": "波黑"},
}


def state(network: Network, iso3: str) -> Name:
    """Name a state in three languages."""
    russian, chinese = (_names(language).get(iso3, "") for language in LANGUAGES)
    return Name(network.state_name(iso3), russian, chinese, iso3)


def states(network: Network, codes: Iterable[str]) -> tuple[Name, ...]:
    """Name states."""
    return tuple(state(network, iso3) for iso3 in codes)


def states_or_none(network: Network, codes: Iterable[str]) -> Part:
    """Name states, or say that there are none."""
    return states(network, codes) or say("none")


def place(network: Network, key: str) -> Name:
    """Name a place in three languages."""
    return _place_names(network)[key]


def called(network: Network, english: str) -> Name:
    """Name a place in three languages by its English name; a name that no place has stays as it is."""
    if called not in network.derived:
        network.derived[called] = {name.en: name for name in _place_names(network).values()}
    known: dict[str, Name] = network.derived[called]
    return known.get(english, Name(english))


def gateway(network: Network, english: str) -> Name:
    """Name a gateway in three languages: as the place that is called so, or as the posts in it are."""
    named = called(network, english)
    if named.ru or named.zh:
        return named
    # posts of a gateway have the state in brackets, as Torugart (CHN)
    alike = (each for each in _place_names(network).values() if BRACKET.sub("", each.en) == english)
    return next((Name(*(BRACKET.sub("", spelt) for spelt in each[:3])) for each in alike), named)


def _place_names(network: Network) -> Mapping[str, Name]:
    """Return the names of all places; the network keeps them."""
    if _place_names not in network.derived:
        rows = rows_of(network.columns("places"), "id", "name", "name_ru", "name_zh")
        network.derived[_place_names] = {
            key: Name(english, russian or "", chinese or "") for key, english, russian, chinese in rows
        }
    names: Mapping[str, Name] = network.derived[_place_names]
    return names


@functools.cache
def _names(language: str) -> dict[str, str]:
    """Read the names of states of a language, by ISO 3166-1 alpha-3 code."""
    from babel.core import Locale, get_global  # only where a page is drawn

    # babel knows territories by two letters, the tables states by three; an alias with two codes is none
    territories = Locale.parse(language).territories
    aliases = get_global("territory_aliases")
    named = {long: territories.get(short[0], "") for long, short in aliases.items() if len(short) == 1}
    return {**named, **SHORTER[language]}
