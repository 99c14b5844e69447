"""Names of states and modes in the three languages of the page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cacorridor.views.atlas.words import LANGUAGES, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cacorridor.network.model import Network


def names_of_state(network: Network, state: str) -> list[str]:
    """Name a state in English, as the data do, and in the other languages as CLDR does, read over.

    A state that CLDR does not know has its English name in every language.
    """
    # names read over by a person first, then those of CLDR
    english = network.state_name(state)
    usual = read_table("states").get(state, {})
    others = [
        usual.get(language) or _cldr(language).get(_alpha2(state), english) for language in LANGUAGES[1:]
    ]
    return [english, *others]


def mode_names(network: Network) -> list[dict[str, object]]:
    """Describe the modes: names in every language, family, and how their lines are drawn."""
    usual = read_table("modes")
    return [
        {
            "id": row["id"],
            "family": network.families[row["id"]],
            "names": [
                row["label"],
                *(usual.get(row["id"], {}).get(each) or row["label"] for each in LANGUAGES[1:]),
            ],
            "colour": row["colour"],
            "dash": row["dash"],
        }
        for row in network.rows("modes")
    ]


@cache
def _cldr(language: str) -> Mapping[str, str]:
    """Return the names of territories in a language (Unicode Common Locale Data Repository)."""
    from babel.core import Locale  # only where a page is built

    territories: Mapping[str, str] = Locale.parse(language).territories
    return territories


@cache
def _alpha2(state: str) -> str:
    """Return the code of two letters, by which CLDR names a territory; empty if it has none."""
    from babel.core import get_global

    aliases: list[str] = get_global("territory_aliases").get(state) or [""]
    return aliases[0]
