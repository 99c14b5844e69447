"""Commands that list what can be named, and find it by a text."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from cacorridor.cli import NO_ANSWER, questions
from cacorridor.cli.input import options as shared
from cacorridor.cli.output.answers import form_of, give
from cacorridor.cli.parser import command, option
from cacorridor.network.held import records
from cacorridor.network.tables.answered import hold_rows

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from cacorridor.network.held import Held
    from cacorridor.network.model import Network

Row = dict[str, Any]
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
WHOLE_NUMBERS = {"opened": "Int64", "closed": "Int64"}  # years in a frame; some are missing
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


def _list(options: argparse.Namespace, table_of: Callable[[Network, str], Held], noun: str) -> int:
    """Give the rows that hold the text of the options; none is no answer."""
    from cacorridor.views.exports.findings import Findings

    form = form_of(options)
    network = questions.open_network(options)
    table = table_of(network, options.text)
    empty = f"no {noun} is called {options.text!r}, in whole or in part"
    give(form, Findings(network, questions.data_alone(network), {f"{noun}s": table}), empty)
    return 0 if any(table.columns.values()) else NO_ANSWER


def _place_rows(network: Network, text: str) -> Held:
    """List places, those whose name is most like a text first, then the towns that it names."""
    known = network.columns("places")
    places = records({name: known["id" if name == "place" else name] for name in PLACE_COLUMNS})
    if not text:
        return hold_rows(places, PLACE_COLUMNS)
    ranks = _place_ranks(network, places, text)
    found = sorted((row for row, rank in enumerate(ranks) if rank < UNLIKE), key=ranks.__getitem__)
    # there are far more towns than places: they are listed only if a text picks some of them
    return hold_rows([*map(places.__getitem__, found), *_towns(places, text)], PLACE_COLUMNS)


def _place_ranks(network: Network, places: Sequence[Row], text: str) -> list[int]:
    """Rank places by what is like a text: their names, their other names, or another cell of their row."""
    aliases: dict[str, list[str]] = {}
    if "aliases" in network.tables:
        named = network.columns("aliases")
        for place, alias in zip(named["place"], named["alias"], strict=True):
            aliases.setdefault(place, []).append(alias)

    # a row is found by the name of its state too
    last = max(NAME_RANKS + ALIAS_RANKS) + 1
    ranks = []
    for row in places:
        is_held = _holds([*row.values(), network.state_name(row["state"])], text)
        by_name = _rank([row["place"], *map(row.__getitem__, LANGUAGES)], text, NAME_RANKS)
        by_alias = _rank(aliases.get(row["place"], ()), text, ALIAS_RANKS)
        ranks.append(min(by_name, by_alias, last if is_held else UNLIKE))
    return ranks


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


def _towns(places: Sequence[Row], text: str) -> list[Row]:
    """List the towns whose name begins as a text: those of just this name, then the largest."""
    from cacorridor.network.spelling import fold_name
    from cacorridor.network.towns import gazetteer_towns

    part = fold_name(text)
    begun = [towns for name, towns in gazetteer_towns().items() if part and name.startswith(part)]
    towns = dict.fromkeys(itertools.chain.from_iterable(begun))  # a town stands once for each of its names

    # a town that is a place of the tables as well stands above
    known = {(place["name"], place["state"]) for place in places}
    new = [town for town in towns if (town.name, town.state) not in known]
    same = gazetteer_towns().get(part, ())
    nearest = sorted(new, key=lambda town: (town not in same, -town.population))[:TOWNS_LISTED]
    rows = [(town.key, town.name, "", "", TOWN, town.state, town.lat, town.lon) for town in nearest]
    return [dict(zip(PLACE_COLUMNS, row, strict=True)) for row in rows]


def _corridor_rows(network: Network, text: str) -> Held:
    names = ["corridor", "name", "modes", "year", "via", "text"]
    rows = [
        (key, each.name, " ".join(each.by or each.modes), each.year, " ".join(each.via), each.text)
        for key, each in network.corridors.items()
    ]
    # a corridor is found by its description too, which is too long to be shown
    found = [dict(zip(names, row, strict=True)) for row in rows if _holds(row, text)]
    return hold_rows(found, names[:-1], {"year": "Int64"})


def _crossing_rows(network: Network, text: str) -> Held:
    # codes of states are shown, but their names are searched as well
    shown = ["mode", "from_state", "to_state", "status", "opened", "closed"]
    found = []
    for link in records(network.link_columns):
        if not link["is_border"]:
            continue
        # a crossing has no name of its own: it is called by its two posts
        name = " - ".join(network.place_name(link[end]) for end in ("from", "to"))
        row = {"link": link["id"], "name": name, **{column: link[column] for column in shown}}
        states = [network.state_name(link[state]) for state in ("from_state", "to_state")]
        if _holds([*row.values(), *states], text):
            found.append(row)
    return hold_rows(found, ["link", "name", *shown], WHOLE_NUMBERS)


def _source_rows(network: Network, text: str) -> Held:
    sources = network.columns("sources")
    found = [row for row in records(sources) if _holds(row.values(), text)]
    return hold_rows(found, list(sources), {"year": "Int64"})


def _holds(cells: Iterable[Any], text: str) -> bool:
    """Tell whether a cell holds a text, in any spelling; every row holds no text."""
    from cacorridor.network.spelling import fold_name

    if not text:
        return True
    # folding takes away case, accents and signs; a text of signs alone is found nowhere
    part = fold_name(text)
    return bool(part) and any(part in fold_name(cell) for cell in cells if isinstance(cell, str))
