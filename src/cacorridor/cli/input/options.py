"""Options that commands share; those of conditions are made from the fields of ``Conditions``."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from cacorridor.cli.input.months import read_month
from cacorridor.cli.input.readers import ListOf, read_delay, read_path, read_price, read_year, whole_reader
from cacorridor.cli.output.answers import FORMATS
from cacorridor.cli.parser import list_option, option
from cacorridor.network.columns import CLOCKS
from cacorridor.routing import conditions as routing_conditions

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import Field

    from cacorridor.cli.parser import Parser

READERS: dict[str, Callable[[str], Any]] = {
    "month": read_month,
    "year": read_year,
    "value_of_time": read_price,
}
LARGEST_NUMBER = 9999  # in conditions that are whole numbers

data_folder = option(
    "--data", metavar="DIR", type=read_path, help="tables to use instead of the embedded ones"
)
years = list_option(
    "--years",
    "--year",
    convert=read_year,
    metavar="YEAR",
    help="ask the network of each year (today)",
)
scenario = list_option("--scenario", default=[], metavar="NAME", help="ask under these scenarios together")
close = option(
    "--close", action="append", default=[], metavar="ID",
    help="suppose that this link, or this place with all at it, is closed; may be repeated",
)  # fmt: skip
delay = option(
    "--delay", action="append", default=[], type=read_delay, metavar="ID=HOURS",
    help="suppose that this link, or each border and ship at this place, takes hours more; may be repeated",
)  # fmt: skip
pairs = option(
    "--pairs", nargs="?", const=True, type=read_path, metavar="CSV",
    help="ask a table of pairs (origin, destination, weight); without a file the dataset's own",
)  # fmt: skip


def output(parser: Parser) -> None:
    """Add where an answer goes, in which form, and how wide a table may be.

    Parameters
    ----------
    parser
        The parser of one command.

    """
    parser.add_argument(
        "-o",
        "--output",
        type=read_path,
        metavar="FILE",
        help="write the answer to a file; its ending says how: .csv .json .geojson .gpkg .parquet .xlsx, and "
        "of routes .html; - for stdout",
    )
    parser.add_argument("--format", choices=FORMATS, help="how to write it (table on the screen)")
    parser.add_argument("--wide", action="store_true", help="do not fold tables to the width of the screen")


# ---------------------------------------------------------------- conditions, from the fields of Conditions


def add_condition(parser: Parser, name: str) -> None:
    """Add the option of one condition, as its field describes it.

    Parameters
    ----------
    parser
        The parser of one command.
    name
        Name of the field of ``Conditions``.

    """
    each = next(each for each in fields(routing_conditions.Conditions) if each.name == name)
    names = [f"--{name.replace('_', '-')}"] + ["--years"] * (name == "year")
    parser.add_argument(*names, **_settings(each))


def _settings(each: Field[Any]) -> dict[str, Any]:
    """Say to argparse what a condition is: a flag, a list, a number, or a word."""
    # types are texts here: annotations are not evaluated
    kind, meta = str(each.type), each.metadata
    common: dict[str, Any] = {"dest": each.name, "default": None, "help": meta["meaning"]}
    if kind == "bool":
        return {**common, "action": "store_true"}

    # None as default: what is not given is left to the default of Conditions
    shown = {**common, "metavar": meta["metavar"] or None}
    if kind.startswith("frozenset"):
        return {**shown, "nargs": "+", "action": ListOf}
    if kind.startswith(("int", "float")):
        return {
            **shown,
            "type": READERS.get(each.name, whole_reader(-LARGEST_NUMBER, LARGEST_NUMBER)),
        }
    return {**shown, "choices": meta.get("allowed") or None}


def conditions(parser: Parser) -> None:
    """Add every condition of a question, and the scenarios it is asked under.

    Parameters
    ----------
    parser
        The parser of one command.

    """
    _add_conditions(parser, [each.name for each in fields(routing_conditions.Conditions)])


def conditions_of_years(parser: Parser) -> None:
    """Add every condition of a question that is asked for several years.

    Parameters
    ----------
    parser
        The parser of one command.

    """
    _add_conditions(
        parser, [each.name for each in fields(routing_conditions.Conditions) if each.name != "year"]
    )
    years(parser)


def _add_conditions(parser: Parser, names: list[str]) -> None:
    data_folder(parser)
    for supposed in (scenario, close, delay):
        supposed(parser)
    for name in names:
        add_condition(parser, name)


# ---------------------------------------------------------------- places


def places(parser: Parser) -> None:
    """Add the two ends of a journey.

    Parameters
    ----------
    parser
        The parser of one command.

    """
    parser.add_argument("origin")
    parser.add_argument("destination")
    parser.places = 2


def optional_places(parser: Parser) -> None:
    """Add two ends that may both be left out.

    Parameters
    ----------
    parser
        The parser of one command.

    """
    parser.add_argument("origin", nargs="?")
    parser.add_argument("destination", nargs="?")
    parser.places, parser.places_optional = 2, True


def places_or_pairs(parser: Parser) -> None:
    """Add the two ends of a journey, or a table of pairs instead.

    Parameters
    ----------
    parser
        The parser of one command.

    """
    optional_places(parser)
    parser.places_optional, parser.places_unless = False, "--pairs"
    pairs(parser)


def pins(parser: Parser) -> None:
    """Add what pins a route between its ends.

    Parameters
    ----------
    parser
        The parser of one command.

    """
    parser.add_argument(
        "--via", action="append", default=[], metavar="PLACE", help="pass this place; may be repeated"
    )
    list_option("--through", default=[], metavar="ISO3", help="cross these states")(parser)


corridor = option("--corridor", metavar="ID", help="pin the route to a named corridor")
clock = option(
    "--count",
    choices=CLOCKS,
    default=CLOCKS[0],
    help="what the clock counts: departure to arrival, or the stays at both terminals too",
)
