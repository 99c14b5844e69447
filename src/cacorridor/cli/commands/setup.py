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

OFFERED = {  # what the words of an argument name, by what the argument takes
    **dict.fromkeys(("origin", "destination", "origins", "destinations", "via", "at"), "places"),
    **dict.fromkeys(("avoid", "through", "states", "without", "state"), "states"),
    **dict.fromkeys(("scenario", "only", "under"), "scenarios"),
    **dict.fromkeys(("corridor", "corridors"), "corridors"),
    "modes": "modes",
    "month": "months",
}
COLUMNS = {  # where the names of the tables stand: ids, which have no spaces that a shell would have to quote
    "places": ("places", "id"),
    "states": ("places", "state"),
    "scenarios": ("scenarios", "scenario"),
    "modes": ("modes", "id"),
}
FILES = {"output": "file", "pdf": "file", "pairs": "file", "data": "directory", "folder": "directory"}
FUNCTIONS = {  # in each shell, one that offers words, whatever the case of what is typed
    "bash": "%s() { local each; shopt -s nocasematch  # called in a shell of its own\n"
    '  for each in %s; do [[ $each == "$1"* ]] && echo "$each"; done; }',
    "zsh": "%s() { local -a offered; offered=(%s); compadd -M 'm:{a-zA-Z}={A-Za-z}' -a offered }",
    "fish": "function %s; printf '%%s\\n' %s; end",
}
CALLS = {"bash": "%s", "zsh": "%s", "fish": "(%s)"}  # how each shell is told to ask a function
SHELLS = tuple(FUNCTIONS)


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
    _offer_names(parser)
    show(shtab.complete(parser, shell=options.shell, preamble=_functions(options.shell, embedded_dir())))


def _offer_names(parser: argparse.ArgumentParser) -> None:
    """Let each argument that takes a name or a file ask the function that offers such."""
    import shtab

    for action in _arguments(parser):
        if action.dest in FILES:
            action.complete = shtab.CHOICE_FUNCTIONS[FILES[action.dest]]  # type: ignore[attr-defined]
        elif action.choices is None and action.dest in OFFERED:  # one with choices of its own keeps them
            name = _function_name(OFFERED[action.dest])
            action.complete = {shell: call % name for shell, call in CALLS.items()}  # type: ignore[attr-defined]


def _functions(shell: str, folder: Path) -> str:
    """Write the functions that offer the names of the embedded dataset, each list once."""
    from cacorridor.views.text import MONTHS

    offered = {what: _cells_of(folder / f"{table}.csv", column) for what, (table, column) in COLUMNS.items()}
    with (folder / "corridors.toml").open("rb") as stream:
        offered["corridors"] = tuple(tomllib.load(stream))
    offered["months"] = tuple(MONTHS)
    return "\n".join(
        FUNCTIONS[shell] % (_function_name(what), " ".join(words)) for what, words in offered.items()
    )


def _function_name(what: str) -> str:
    return f"_cacorridor_{what}"


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
