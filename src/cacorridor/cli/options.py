"""Options that commands share, and the network, conditions and pairs that they stand for."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from cacorridor.cli import values
from cacorridor.cli.parser import list_option, option
from cacorridor.routing import query as queries

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from dataclasses import Field
    from pathlib import Path

    import pandas as pd

    from cacorridor.cli.parser import Parser
    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query

READERS: dict[str, Callable[[str], Any]] = {"month": values.month, "year": values.year}
LARGEST_NUMBER = 9999  # in conditions that are whole numbers

data = option("--data", metavar="DIR", type=values.path, help="tables to use instead of the embedded ones")
output = option(
    "-o", "--output", type=values.path, metavar="CSV", help="write the table to a file, - for stdout"
)
years = list_option(
    "--years", "--year", convert=values.year, metavar="YEAR", help="ask the network of each year (today)"
)
scenario = list_option("--scenario", default=[], metavar="NAME", help="ask under these scenarios together")
pairs = option(
    "--pairs", nargs="?", const="", type=values.path, metavar="CSV",
    help="ask a table of pairs (origin, destination, weight); without a file the dataset's own",
)  # fmt: skip


# ---------------------------------------------------------------- conditions, from the fields of Conditions


def add_condition(parser: Parser, name: str) -> None:
    """Add the option of one condition, as its field describes it."""
    each = next(each for each in fields(queries.Conditions) if each.name == name)
    names = [f"--{name.replace('_', '-')}"] + ["--years"] * (name == "year")
    parser.add_argument(*names, **_settings(each))


def _settings(each: Field[Any]) -> dict[str, Any]:
    """Say to argparse what a condition is: a flag, a list, a number, or a word."""
    kind, about = str(each.type), each.metadata
    common: dict[str, Any] = {"dest": each.name, "default": None, "help": about["meaning"]}
    if kind == "bool":
        return {**common, "action": "store_true"}
    shown = {**common, "metavar": about["metavar"] or None}
    if kind.startswith("frozenset"):
        return {**shown, "nargs": "+", "action": values.ListOf}
    if kind.startswith("int"):
        return {**shown, "type": READERS.get(each.name, values.whole(-LARGEST_NUMBER, LARGEST_NUMBER))}
    return {**shown, "choices": about.get("allowed") or None}


def conditions(parser: Parser) -> None:
    """Add every condition of a question, and the scenarios it is asked under."""
    _add_conditions(parser, [each.name for each in fields(queries.Conditions)])


def conditions_of_years(parser: Parser) -> None:
    """Add every condition of a question that is asked for several years."""
    _add_conditions(parser, [each.name for each in fields(queries.Conditions) if each.name != "year"])
    years(parser)


def _add_conditions(parser: Parser, names: list[str]) -> None:
    data(parser)
    scenario(parser)
    for name in names:
        add_condition(parser, name)


def conditions_of(options: argparse.Namespace) -> dict[str, Any]:
    """Collect the conditions given; what is not given keeps its default."""
    given = {each.name: getattr(options, each.name, None) for each in fields(queries.Conditions)}
    return {name: value for name, value in given.items() if value is not None}


# ---------------------------------------------------------------- places


def places(parser: Parser) -> None:
    """Add the two ends of a journey."""
    parser.add_argument("origin")
    parser.add_argument("destination")
    parser.places = 2


def optional_places(parser: Parser) -> None:
    """Add two ends that may both be left out."""
    parser.add_argument("origin", nargs="?")
    parser.add_argument("destination", nargs="?")
    parser.places, parser.places_optional = 2, True


def places_or_pairs(parser: Parser) -> None:
    """Add the two ends of a journey, or a table of pairs instead."""
    optional_places(parser)
    parser.places_optional, parser.places_unless = False, "--pairs"
    pairs(parser)


def pins(parser: Parser) -> None:
    """Add what pins a route between its ends."""
    parser.add_argument(
        "--via", action="append", default=[], metavar="PLACE", help="pass this place; may be repeated"
    )
    list_option("--through", default=[], metavar="ISO3", help="cross these states")(parser)


corridor = option("--corridor", metavar="ID", help="pin the route to a named corridor")


# ---------------------------------------------------------------- what options stand for


def network_of(options: argparse.Namespace) -> Network:
    """Load the tables that the options name, under the scenarios that they name."""
    from cacorridor.network.io import load_network

    network = load_network(options.data)
    if getattr(options, "scenario", None):
        from cacorridor.network.scenarios.scenarios import apply_scenarios

        return apply_scenarios(network, *options.scenario)
    return network


def ask(
    question: Callable[..., pd.DataFrame], options: argparse.Namespace, **extra: Any
) -> tuple[pd.DataFrame, str]:
    """Ask a question of the pair given, or of a table of pairs, in the years given.

    Parameters
    ----------
    question
        A function such as ``bypass``.
    options
        What stood on the command line.
    **extra
        Options of the question itself.

    Returns
    -------
    tuple
        The answer, and the head line that names the pair and the conditions.

    """
    from cacorridor.routing.sweeps import for_pairs

    network, settings = network_of(options), conditions_of(options)
    asked_pairs, asked_years = pairs_of(options, network), options.years or [None]
    head = head_of(network, options, asked_pairs)
    if options.pairs is None and len(asked_years) == 1:
        return question(network, *asked_pairs[0], year=asked_years[0], **settings, **extra), head
    table = for_pairs(question, network, asked_pairs, years=asked_years, **settings, **extra)
    return table, head


def head_of(network: Network, options: argparse.Namespace, asked_pairs: Any) -> str:
    """Write the head line of a question: who is asked about, and under which conditions."""
    from cacorridor.routing.sweeps import pair_rows
    from cacorridor.views.headings import describe_conditions

    rows = pair_rows(network, asked_pairs)
    if not rows:
        return "no pairs"
    ends = (rows[0]["origin"], rows[0]["destination"])
    subject = " - ".join(ends) if len(rows) == 1 else f"{len(rows)} pairs"
    asked_years = getattr(options, "years", None) or [getattr(options, "year", None)]
    query = query_of(network, options, *ends)
    return f"{subject}: {describe_conditions(network, query, asked_years)}"


def query_of(network: Network, options: argparse.Namespace, origin: str, destination: str) -> Query:
    """Build the query of one pair, as the questions themselves do."""
    return queries.build_query(network, origin, destination, **conditions_of(options))


def pairs_of(options: argparse.Namespace, network: Network) -> Any:
    """Return the pair that the options name, or their table of pairs.

    Parameters
    ----------
    options
        With ``origin``, ``destination`` and ``pairs``.
    network
        In which the places are looked up.

    Returns
    -------
    list or pandas.DataFrame
        One pair, or a table with the columns origin, destination, weight.

    Raises
    ------
    UsageError
        If neither or both are given, or a table is none of pairs.

    """
    from cacorridor.cli.pairs import read_pairs
    from cacorridor.errors import UsageError

    if options.pairs is None:
        if options.destination is None:
            raise UsageError("name an origin and a destination, or ask --pairs")
        return [(options.origin, options.destination)]
    if options.origin is not None:
        raise UsageError("name an origin and a destination, or ask --pairs, not both")
    return read_pairs(options.pairs, network) if options.pairs else network.table("pairs")


def output_of(options: argparse.Namespace, *endings: str) -> Path | None:
    """Return the file that is to be written, refused before the work begins if it cannot be."""
    from cacorridor.cli.output import require_writable

    require_writable(options.output, endings)
    path: Path | None = options.output
    return path
