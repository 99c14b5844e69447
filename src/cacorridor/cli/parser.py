"""What can be said on the command line; nothing heavy is imported here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor.cli import journeys, states, whatif
from cacorridor.network.schema import LEVELS, QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Callable


def build() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="cacorridor", description="How far, how long, whom a corridor crosses and whom it bypasses."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_journeys(commands)
    _add_states(commands)
    _add_whatif(commands)
    return parser


def _version() -> str:
    from cacorridor import __version__

    return __version__


def _add_journeys(commands: Any) -> None:
    route = _add(commands, "route", journeys.route)
    _add_route(route)
    route.add_argument("--steps", action="store_true", help="print every step instead of stretches")
    route.add_argument("--notes", action="store_true", help="print what is noted about each figure")
    route.add_argument("--ledger", action="store_true", help="print kilometres, hours and speeds by state")
    compare = _add(commands, "compare", journeys.compare)
    _add_route(compare, corridor=False)
    compare.add_argument(
        "--states", nargs="+", metavar="ISO3", default=[], help="compare the best route through each"
    )
    drawn = _add(commands, "map", journeys.draw)
    _add_route(drawn)
    drawn.add_argument("-o", "--output", type=Path, default=Path("map.html"), help="file to write (map.html)")
    report = _add(commands, "report", journeys.report)
    report.add_argument("-o", "--output", type=Path, default=Path("maps/report.html"), help="file to write")
    report.add_argument("--pdf", type=Path, metavar="FILE", help="print it to a PDF as well (needs Chromium)")
    claims = _add(commands, "claims", journeys.claims)
    claims.add_argument(
        "--what", nargs="+", choices=QUANTITIES, default=QUANTITIES, help="only lengths, hours or prices"
    )
    _add(commands, "check", journeys.check)


def _add_states(commands: Any) -> None:
    bypass = _add_question(commands, "bypass", states.bypass)
    bypass.add_argument(
        "--states",
        nargs="+",
        metavar="ISO3[+ISO3]",
        default=[],
        help="states to go round, joined by + if together (each transit state of the best route)",
    )
    leverage = _add_question(commands, "leverage", states.leverage)
    leverage.add_argument(
        "--outside-h", type=float, metavar="H", help="hours of the outside option (the quickest ocean route)"
    )
    _add_question(commands, "coalitions", states.coalitions)
    _add_question(commands, "vital", states.vital)
    block = _add_question(commands, "blocking-sets", states.blocking_sets)
    block.add_argument(
        "--of", choices=["states", "crossings"], default="states", help="what is missing (states)"
    )
    block.add_argument("--more-than-h", type=float, metavar="H", help="also what adds more hours than this")
    block.add_argument("--largest", type=int, default=3, metavar="N", help="largest set to look for (3)")
    even = _add_question(commands, "break-even", states.break_even)
    even.add_argument(
        "--at", required=True, metavar="NAME", help="a link, a place or a gateway such as khorgos"
    )
    even.add_argument("--what", choices=["dwell", "headway"], default="dwell", help="what varies (dwell)")
    even.add_argument("--up-to-h", type=float, default=1000.0, metavar="H", help="largest value (1000)")
    ledger = _add(commands, "ledger", states.ledger)
    _add_route(ledger)
    _add_output(ledger)
    state = _add(commands, "state", states.state)
    state.add_argument("state", metavar="ISO3")
    state.add_argument("--level", choices=LEVELS, default="express", help="service level (express)")
    _add_years(state)


def _add_whatif(commands: Any) -> None:
    scenarios = _add(commands, "scenarios", whatif.scenarios)
    scenarios.add_argument("origin", nargs="?")
    scenarios.add_argument("destination", nargs="?")
    scenarios.add_argument("--year", type=int, help="ask the network of that year")
    _add_conditions(scenarios)
    _add_output(scenarios)
    sweep = _add_question(commands, "sweep", whatif.sweep)
    simulate = _add(commands, "simulate", whatif.simulate)
    simulate.add_argument("origin")
    simulate.add_argument("destination")
    simulate.add_argument(
        "--corridors", nargs="+", metavar="ID", default=[], help="named corridors beside it"
    )
    simulate.add_argument("--draws", type=int, default=1000, metavar="N", help="how many worlds (1000)")
    simulate.add_argument("--seed", type=int, default=0, help="of the random numbers (0)")
    simulate.add_argument(
        "--under", nargs="+", metavar="NAME", default=[], help="scenarios beside the network as it is"
    )
    simulate.add_argument("--threads", type=int, default=1, metavar="N", help="draw on N threads (1)")
    simulate.add_argument("--causes", action="store_true", help="print what makes each case vary")
    simulate.add_argument(
        "--first-draw", type=int, default=0, metavar="N", help="number of the first draw (0)"
    )
    simulate.add_argument(
        "--promise-h", type=float, metavar="H", help="share of the draws within these hours"
    )
    simulate.add_argument("--year", type=int, help="ask the network of that year")
    _add_conditions(simulate)
    _add_output(simulate)
    for parser in (scenarios, sweep):
        parser.add_argument("--only", nargs="+", metavar="NAME", help="ask these scenarios (all)")


# ---------------------------------------------------------------- options that commands share


def _add(
    commands: Any, name: str, command: Callable[[argparse.Namespace], int | None]
) -> argparse.ArgumentParser:
    line = (command.__doc__ or "").strip()
    parser: argparse.ArgumentParser = commands.add_parser(name, help=line, description=line)
    parser.add_argument("--data", metavar="DIR", help="tables to use instead of the embedded ones")
    parser.set_defaults(command=command)
    return parser


def _add_question(
    commands: Any, name: str, command: Callable[[argparse.Namespace], int | None]
) -> argparse.ArgumentParser:
    """Add a command that asks one question of a pair, or of a table of pairs."""
    parser = _add(commands, name, command)
    parser.add_argument("origin", nargs="?")
    parser.add_argument("destination", nargs="?")
    parser.add_argument(
        "--pairs",
        nargs="?",
        const="",
        metavar="CSV",
        help="ask a table of pairs (origin, destination, weight); without a file the dataset's own",
    )
    _add_years(parser)
    _add_conditions(parser)
    _add_output(parser)
    return parser


def _add_route(parser: argparse.ArgumentParser, *, corridor: bool = True) -> None:
    """Add what pins one route."""
    parser.add_argument("origin")
    parser.add_argument("destination")
    parser.add_argument(
        "--via", action="append", default=[], metavar="PLACE", help="pass this place; may be repeated"
    )
    parser.add_argument("--through", action="append", default=[], metavar="ISO3", help="cross this state")
    parser.add_argument("--year", type=int, help="ask the network of that year")
    if corridor:
        parser.add_argument("--corridor", metavar="ID", help="pin the route to a named corridor")
    _add_conditions(parser)


def _add_conditions(parser: argparse.ArgumentParser) -> None:
    """Add the conditions that hold for a whole question."""
    parser.add_argument(
        "--scenario", action="append", default=[], metavar="NAME", help="ask under a scenario"
    )
    parser.add_argument("--avoid", action="append", default=[], metavar="ISO3", help="keep out of this state")
    parser.add_argument(
        "--allow-touch", action="store_true", help="let a train run through an avoided state unstopped"
    )
    parser.add_argument("--modes", nargs="+", metavar="MODE", help="modes or families: rail, road, sea, ...")
    parser.add_argument("--level", choices=LEVELS, default="express", help="service level (express)")
    parser.add_argument(
        "--month", type=int, help="month of the journey, 1 to 12: passes close, storms stop ferries"
    )
    parser.add_argument("--survey-year", type=int, help="prefer border surveys and speeds of that year")
    parser.add_argument("--criterion", choices=["time", "length"], default="time", help="what is best (time)")


def _add_years(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--years", "--year", nargs="+", type=int, metavar="YEAR", help="ask the network of each year (today)"
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, metavar="CSV", help="write the table to a file")
