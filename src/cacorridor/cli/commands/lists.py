"""Commands that list what can be named, and find it by a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.cli import questions
from cacorridor.cli.input import options as shared
from cacorridor.cli.output.answers import form_of, give
from cacorridor.cli.parser import command, option

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    import pandas as pd

    from cacorridor.network.model import Network

PLACE_COLUMNS = ["place", "name", "name_ru", "name_zh", "kind", "state", "lat", "lon"]
TOWN = "town"  # the kind of what is no place of the tables but may be asked for
TOWNS_LISTED = 50
text_argument = option(
    "text", nargs="?", default="", metavar="TEXT", help="only rows that hold this text, in any spelling"
)
LISTING = (text_argument, shared.data, shared.output)


@command("places", *LISTING)
def places(options: argparse.Namespace) -> int:
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
    return _list(options, _places, "place")


@command("corridors", *LISTING)
def corridors(options: argparse.Namespace) -> int:
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
    return _list(options, _corridors, "corridor")


@command("crossings", *LISTING)
def crossings(options: argparse.Namespace) -> int:
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
    return _list(options, _crossings, "crossing")


@command("sources", *LISTING)
def sources(options: argparse.Namespace) -> int:
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
    return _list(options, _sources, "source")


def _list(options: argparse.Namespace, table_of: Callable[[Network, str], pd.DataFrame], noun: str) -> int:
    """Give the rows that hold the text of the options; none is no answer."""
    from cacorridor.routing.conditions import Conditions
    from cacorridor.routing.telling.provenance import provenance
    from cacorridor.views.exports.findings import Findings

    form = form_of(options)
    network = questions.network_of(options)
    table = table_of(network, options.text)
    told = {key: each for key, each in provenance(network, Conditions()).items() if key != "conditions"}
    empty = f"no {noun} is called {options.text!r}, in whole or in part"
    give(form, Findings(network, told, {f"{noun}s": table}), empty)
    return 0 if len(table) else 1


def _places(network: Network, text: str) -> pd.DataFrame:
    """List places, then the towns that a text names."""
    import pandas as pd

    own = network.table("places").rename(columns={"id": "place"})[PLACE_COLUMNS].reset_index(drop=True)
    names = own.assign(state_name=own["state"].map(network.state_name))
    aliases = network.tables.get("aliases")
    if aliases is not None:
        joined = aliases.groupby("place")["alias"].agg(" ".join)
        names["aliases"] = own["place"].map(joined).fillna("")
    found = own.loc[_holding(names, text)]
    return pd.concat([found, _towns(own, text)], ignore_index=True) if text else found


def _towns(places: pd.DataFrame, text: str) -> pd.DataFrame:
    """List the towns whose name in any language begins as a text, the largest first."""
    import pandas as pd

    from cacorridor.network.spelling import fold_name
    from cacorridor.network.towns import gazetteer_towns

    part = fold_name(text)
    begun = [own for name, own in gazetteer_towns().items() if part and name.startswith(part)]
    towns = dict.fromkeys(town for own in begun for town in own)
    known = set(zip(places["name"], places["state"], strict=True))
    new = [town for town in towns if (town.name, town.state) not in known]
    largest = sorted(new, key=lambda town: -town.population)[:TOWNS_LISTED]
    rows = [(town.key, town.name, "", "", TOWN, town.state, town.lat, town.lon) for town in largest]
    return pd.DataFrame(rows, columns=PLACE_COLUMNS)


def _corridors(network: Network, text: str) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (key, each.name, " ".join(each.by or each.modes), each.year, " ".join(each.via), each.text)
        for key, each in network.corridors.items()
    ]
    table = pd.DataFrame(rows, columns=["corridor", "name", "modes", "year", "via", "text"])
    return table.loc[_holding(table, text)].drop(columns="text").astype({"year": "Int64"})


def _crossings(network: Network, text: str) -> pd.DataFrame:
    links = network.links
    borders = links[links["is_border"]]
    names = borders[["from", "to"]].map(network.place_name)
    table = borders[["mode", "from_state", "to_state", "status", "opened", "closed"]].reset_index(
        names="link"
    )
    table.insert(1, "name", (names["from"] + " - " + names["to"]).tolist())
    states = table[["from_state", "to_state"]].map(network.state_name)
    searched = table.assign(one=states["from_state"], other=states["to_state"])
    plain: pd.DataFrame = table.loc[_holding(searched, text)]
    return plain.astype({"opened": "Int64", "closed": "Int64"})


def _sources(network: Network, text: str) -> pd.DataFrame:
    table = network.table("sources").reset_index(drop=True)
    return table.loc[_holding(table, text)]


def _holding(table: pd.DataFrame, text: str) -> pd.Series:
    """Mark the rows of which a cell holds a text, in any spelling."""
    import pandas as pd

    from cacorridor.network.spelling import fold_name

    if not text:
        return pd.Series(data=True, index=table.index)
    part = fold_name(text)
    held = table.map(lambda cell: bool(part) and isinstance(cell, str) and part in fold_name(cell))
    return held.any(axis=1)
