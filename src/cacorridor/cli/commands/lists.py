"""Commands that list what can be named, and find it by a text."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from cacorridor.cli import NO_ANSWER, questions
from cacorridor.cli.input import options as shared
from cacorridor.cli.output.answers import form_of, give
from cacorridor.cli.parser import command, option

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    import pandas as pd

    from cacorridor.network.model import Network

LANGUAGES = ("name", "name_ru", "name_zh")
PLACE_COLUMNS = ["place", *LANGUAGES, "kind", "state", "lat", "lon"]
# where a place stands in a list that a text picks: the same, begun by the text, holding it
NAME_RANKS = (0, 1, 4)
ALIAS_RANKS = (2, 3, 5)
UNLIKE = 99
TOWN = "town"  # the kind of what is no place of the tables but may be asked for
TOWNS_LISTED = 50
text_argument = option(
    "text", nargs="?", default="", metavar="TEXT", help="only rows that hold this text, in any spelling"
)
LISTING = (text_argument, shared.data_folder, shared.output)


@command("places", *LISTING)
def places_command(options: argparse.Namespace) -> int:
    """List the places that can be named; with a text also the towns of that name.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    int
        Exit code.

    """
    return _list(options, _place_rows, "place")


@command("corridors", *LISTING)
def corridors_command(options: argparse.Namespace) -> int:
    """List the named corridors: what to write after --corridor, and the places they pass.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    int
        Exit code.

    """
    return _list(options, _corridor_rows, "corridor")


@command("crossings", *LISTING)
def crossings_command(options: argparse.Namespace) -> int:
    """List the border crossings: their link, their posts, their states, and since when they are open.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    int
        Exit code.

    """
    return _list(options, _crossing_rows, "crossing")


@command("sources", *LISTING)
def sources_command(options: argparse.Namespace) -> int:
    """List the sources of the figures: title, publisher, year, address, licence.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    int
        Exit code.

    """
    return _list(options, _source_rows, "source")


def _list(options: argparse.Namespace, table_of: Callable[[Network, str], pd.DataFrame], noun: str) -> int:
    """Give the rows that hold the text of the options; none is no answer."""
    from cacorridor.views.exports.findings import Findings

    form = form_of(options)
    network = questions.open_network(options)
    table = table_of(network, options.text)
    empty = f"no {noun} is called {options.text!r}, in whole or in part"
    give(form, Findings(network, questions.data_alone(network), {f"{noun}s": table}), empty)
    return 0 if len(table) else NO_ANSWER


def _place_rows(network: Network, text: str) -> pd.DataFrame:
    """List places, those whose name is most like a text first, then the towns that it names."""
    import pandas as pd

    places = network.table("places").rename(columns={"id": "place"})[PLACE_COLUMNS].reset_index(drop=True)
    if not text:
        return places
    ranks = _place_ranks(network, places, text)
    shown = places.loc[ranks[ranks < UNLIKE].sort_values(kind="stable").index]
    # there are far more towns than places: they are listed only if a text picks some of them
    return pd.concat([shown, _towns(places, text)], ignore_index=True)


def _place_ranks(network: Network, places: pd.DataFrame, text: str) -> pd.Series:
    """Rank places by what is like a text: their names, their other names, or another cell of their row."""
    import pandas as pd

    aliases: dict[str, list[str]] = {}
    if "aliases" in network.tables:
        named = network.columns("aliases")
        for place, alias in zip(named["place"], named["alias"], strict=True):
            aliases.setdefault(place, []).append(alias)

    # a row is found by the name of its state too
    searched = places.assign(state_name=places["state"].map(network.state_name))
    others = _holding(searched, text).map({True: max(NAME_RANKS + ALIAS_RANKS) + 1, False: UNLIKE})
    spelled = places[["place", *LANGUAGES]].to_numpy().tolist()
    names = [_rank(each, text, NAME_RANKS) for each in spelled]
    also = [_rank(aliases.get(place, ()), text, ALIAS_RANKS) for place in places["place"]]
    return pd.DataFrame({"names": names, "aliases": also, "others": others}).min(axis="columns")


def _rank(spellings: Iterable[str], text: str, ranks: tuple[int, int, int]) -> int:
    """Rank the spelling most like a text, in any case: the same, begun by it, or holding it."""
    from cacorridor.network.spelling import fold_name

    part = fold_name(text)
    if not part:  # a text of signs alone is like nothing
        return UNLIKE
    folded = [fold_name(spelling) for spelling in spellings]
    likenesses = (
        part in folded,
        any(each.startswith(part) for each in folded),
        any(part in each for each in folded),
    )
    return next((rank for rank, is_like in zip(ranks, likenesses, strict=True) if is_like), UNLIKE)


def _towns(places: pd.DataFrame, text: str) -> pd.DataFrame:
    """List the towns whose name begins as a text: those of just this name, then the largest."""
    import pandas as pd

    from cacorridor.network.spelling import fold_name
    from cacorridor.network.towns import gazetteer_towns

    part = fold_name(text)
    begun = [towns for name, towns in gazetteer_towns().items() if part and name.startswith(part)]
    towns = dict.fromkeys(itertools.chain.from_iterable(begun))  # a town stands once for each of its names

    # a town that is a place of the tables as well stands above
    known = set(zip(places["name"], places["state"], strict=True))
    new = [town for town in towns if (town.name, town.state) not in known]
    same = gazetteer_towns().get(part, ())
    nearest = sorted(new, key=lambda town: (town not in same, -town.population))[:TOWNS_LISTED]
    rows = [(town.key, town.name, "", "", TOWN, town.state, town.lat, town.lon) for town in nearest]
    return pd.DataFrame(rows, columns=PLACE_COLUMNS)


def _corridor_rows(network: Network, text: str) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (key, each.name, " ".join(each.by or each.modes), each.year, " ".join(each.via), each.text)
        for key, each in network.corridors.items()
    ]
    table = pd.DataFrame(rows, columns=["corridor", "name", "modes", "year", "via", "text"])
    # a corridor is found by its description too, which is too long to be shown
    return table.loc[_holding(table, text)].drop(columns="text").astype({"year": "Int64"})


def _crossing_rows(network: Network, text: str) -> pd.DataFrame:
    links = network.links
    borders = links[links["is_border"]]

    # a crossing has no name of its own: it is called by its two posts
    names = borders[["from", "to"]].map(network.place_name)
    table = borders[["mode", "from_state", "to_state", "status", "opened", "closed"]].reset_index(
        names="link"
    )
    table.insert(1, "name", (names["from"] + " - " + names["to"]).tolist())

    # codes are shown, but the names of the states are searched as well
    states = table[["from_state", "to_state"]].map(network.state_name)
    searched = table.assign(one=states["from_state"], other=states["to_state"])
    plain: pd.DataFrame = table.loc[_holding(searched, text)]
    return plain.astype({"opened": "Int64", "closed": "Int64"})


def _source_rows(network: Network, text: str) -> pd.DataFrame:
    table = network.table("sources").reset_index(drop=True)
    return table.loc[_holding(table, text)]


def _holding(table: pd.DataFrame, text: str) -> pd.Series:
    """Mark the rows of which a cell holds a text, in any spelling."""
    import pandas as pd

    from cacorridor.network.spelling import fold_name

    if not text:
        return pd.Series(data=True, index=table.index)
    # folding takes away case, accents and signs; a text of signs alone is found nowhere
    part = fold_name(text)
    held = table.map(lambda cell: bool(part) and isinstance(cell, str) and part in fold_name(cell))
    return held.any(axis=1)
