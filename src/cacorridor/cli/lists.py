"""Commands that list what can be named: places, corridors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.cli import options as shared
from cacorridor.cli import questions
from cacorridor.cli.output import show
from cacorridor.cli.parser import command, option

if TYPE_CHECKING:
    import argparse

PLACE_COLUMNS = ["id", "name", "name_ru", "name_zh", "kind", "state"]


@command(
    "places",
    option("text", nargs="?", default="", metavar="TEXT", help="only places whose names or state hold it"),
    shared.data,
    shared.output,
)
def places(options: argparse.Namespace) -> int:
    """List the places that can be named, all or those whose names or state hold a text.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    int
        Exit code.

    """
    import pandas as pd

    from cacorridor.network.spelling import fold

    output = questions.output_of(options)
    network = questions.network_of(options)
    table = network.table("places")[PLACE_COLUMNS].reset_index(drop=True)
    part = fold(options.text)
    if options.text:
        states = table["state"].map(network.state_name)
        spellings = [table[column] for column in ("id", "name", "name_ru", "name_zh", "state")]
        marks = [names.map(lambda name: bool(part) and part in fold(name)) for names in (*spellings, states)]
        table = table.loc[pd.concat(marks, axis=1).any(axis=1)]
    show(table, output, empty=f"no place is called {options.text!r}, in whole or in part")
    return 0 if len(table) else 1


@command("corridors", shared.data, shared.output)
def corridors(options: argparse.Namespace) -> None:
    """List the named corridors: what to write after --corridor, and the places they pass.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    import pandas as pd

    output = questions.output_of(options)
    network = questions.network_of(options)
    rows = [
        (key, each.name, " ".join(each.by or each.modes), each.year, " ".join(each.via))
        for key, each in network.corridors.items()
    ]
    table = pd.DataFrame(rows, columns=["corridor", "name", "modes", "year", "via"])
    show(table.astype({"year": "Int64"}), output)
