"""Commands on the command itself: completion in a shell, and which release and data it is."""

from __future__ import annotations

import argparse
import csv
import tomllib
from typing import TYPE_CHECKING

from cacorridor.cli.output.printing import show
from cacorridor.cli.parser import build_parser, command, option
from cacorridor.release import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SHELLS = ("bash", "zsh", "fish")
COLUMNS_OFFERED = {  # by what an argument takes: the table and the column whose cells are offered
    "origin": ("places", "id"),
    "destination": ("places", "id"),
    "via": ("places", "id"),
    "scenario": ("scenarios", "scenario"),
    "only": ("scenarios", "scenario"),
    "under": ("scenarios", "scenario"),
    "avoid": ("places", "state"),
    "through": ("places", "state"),
    "states": ("places", "state"),
    "without": ("places", "state"),
    "state": ("places", "state"),
    "modes": ("modes", "id"),
}


@command("completion", option("shell", choices=SHELLS, help="which shell is to complete"))
def completion_command(options: argparse.Namespace) -> None:
    """Print what makes a shell complete commands, options, places, states and scenarios.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    import shtab

    from cacorridor.network.io import embedded_dir

    parser = build_parser(())
    _offer_names(parser, embedded_dir())
    show(shtab.complete(parser, shell=options.shell))


def _offer_names(parser: argparse.ArgumentParser, folder: Path) -> None:
    """Let each argument that takes a name offer the names of the embedded dataset, by id."""
    # ids and not names: they have no spaces, which a shell would have to quote
    offered = {
        name: _cells_of(folder / f"{table}.csv", column) for name, (table, column) in COLUMNS_OFFERED.items()
    }
    with (folder / "corridors.toml").open("rb") as stream:
        offered["corridor"] = offered["corridors"] = tuple(tomllib.load(stream))

    # shtab offers the choices of an argument; one with choices of its own keeps them
    for action in _arguments(parser):
        if action.choices is None and action.dest in offered:
            action.choices = offered[action.dest]


def _arguments(parser: argparse.ArgumentParser) -> Iterable[argparse.Action]:
    """List the arguments of a parser and of its commands."""
    for action in parser._actions:  # noqa: SLF001  # argparse lists them nowhere else
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                yield from _arguments(command)
        else:
            yield action


def _cells_of(file: Path, column: str) -> tuple[str, ...]:
    """List the different cells of a column, in order."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return tuple(sorted({row[column] for row in csv.DictReader(stream)}))


class ShowVersion(argparse.Action):
    """An option that prints the release, and the version, day and hash of the embedded data."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print one line and leave."""
        from cacorridor.network.about import data_version

        show(f"{parser.prog} {VERSION}, {data_version()}")
        parser.exit()
