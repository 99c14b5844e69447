"""The command line: parse, load, ask, show, save."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor.errors import CacorridorError, DataError, NoRouteError
from cacorridor.network.schema import LEVELS, MODE_WORDS, QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from cacorridor.analysis.routes import Route
    from cacorridor.network.model import Network

NO_ANSWER, MISUSE = 1, 2
WIDEST_CELL = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int | None] = options.command
    try:
        return command(options) or 0
    except NoRouteError as error:
        return _fail(str(error), NO_ANSWER)
    except DataError as error:
        return _fail(
            f"{error.total} faults in the data, the first: {error.faults[0]}; see cacorridor check", MISUSE
        )
    except CacorridorError as error:
        return _fail(str(error), MISUSE)
    except BrokenPipeError:  # the reader, such as head, has seen enough
        sys.stdout = None
        return 0
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}", MISUSE)


def _fail(message: str, code: int) -> int:
    print(f"cacorridor: {' '.join(message.split())}", file=sys.stderr)
    return code


# ---------------------------------------------------------------- commands


def _route(options: argparse.Namespace) -> None:
    """Print one route: stretches, states, the figures its hours rest on; on demand steps and account."""
    from cacorridor.analysis.ledger import ledger

    network = _load(options)
    route = _find(network, options)
    print(_headline(route))
    print(_text(route.legs[_STEP_COLUMNS] if options.steps else route.itinerary()))
    print(_states_in_words(network, route))
    shares = ", ".join(f"{share:.0%} {kind}" for kind, share in route.evidence_shares().items())
    print(f"hours rest on figures that are: {shares}")
    if options.ledger:
        print(_text(ledger(route)))
    print(_text(route.evidence()[_FIGURE_COLUMNS + ["note"] * options.notes]))


def _compare(options: argparse.Namespace) -> None:
    """Print routes side by side: the best one and the best through each state named."""
    from cacorridor.analysis.comparison import compare_routes
    from cacorridor.analysis.routes import find_route

    network = _load(options)
    fixed = _conditions(options)
    wanted: list[tuple[str, dict[str, Any]]] = [("best", {})]
    wanted += [(f"through {network.state_name(state)}", {"through": [state]}) for state in options.states]
    routes = [
        find_route(network, options.origin, options.destination, name=name, **{**fixed, **extra})
        for name, extra in wanted
    ]
    print(_text(compare_routes(routes)))


def _map(options: argparse.Namespace) -> None:
    """Write the map of a route."""
    from cacorridor.views.maps import map_routes

    network = _load(options)
    map_routes(network, [_find(network, options)]).save(options.output)
    print(options.output)


def _report(options: argparse.Namespace) -> None:
    """Write the report on the embedded corridors and print its tables."""
    from cacorridor.analysis.comparison import compare_corridors, compare_routes
    from cacorridor.views.report import write_report

    network = _load(options)
    comparisons = compare_corridors(network)
    for heading, _, routes in comparisons:
        print(f"{heading}\n{_text(compare_routes(routes))}\n")
    write_report(options.output, network, comparisons)
    print(f"written: {options.output}")


def _claims(options: argparse.Namespace) -> None:
    """Set published figures beside the model: agrees, optimistic, pessimistic, or why not comparable."""
    from cacorridor.analysis.claims import check_claims

    table = check_claims(_load(options), what=options.what)
    columns = ["id", "origin", "destination", "level", "standing", "low", "high", "what"]
    print(_text(table[[*columns, "model", "model_low", "model_high", "verdict"]]))
    print(table["verdict"].str.split(":| by ").str[0].value_counts().to_string(header=False))


def _check(options: argparse.Namespace) -> int:
    """Check a directory of tables and print every fault."""
    try:
        network = _load(options)
    except DataError as error:
        for fault in error.faults:
            print(fault)
        return _fail(f"{error.total} faults", NO_ANSWER)
    print(f"{network!r}: sound")
    return 0


# ---------------------------------------------------------------- words and tables

_FIGURE_COLUMNS = ["factor", "value", "unit", "basis", "year", "source_id", "time_h", "share"]
_STEP_COLUMNS = ["kind", "from", "to", "mode", "state", "what", "length_km", "time_h", "basis", "source_id"]


def _load(options: argparse.Namespace) -> Network:
    from cacorridor.network.tables import load_network

    return load_network(options.data)


def _find(network: Network, options: argparse.Namespace) -> Route:
    from cacorridor.analysis.routes import find_route

    return find_route(
        network, options.origin, options.destination, corridor=options.corridor, **_conditions(options)
    )


def _conditions(options: argparse.Namespace) -> dict[str, Any]:
    names = [
        "via",
        "through",
        "avoid",
        "modes",
        "level",
        "year",
        "month",
        "survey_year",
        "criterion",
        "allow_touch",
    ]
    return {name: getattr(options, name) for name in names}


def _headline(route: Route) -> str:
    return (
        f"{route.origin} - {route.destination}: {route.length_km:,.0f} km, {route.time_h:.0f} h "
        f"({route.time_low_h:.0f}-{route.time_high_h:.0f} h in 8 of 10 cases), level {route.query.level}"
    )


def _states_in_words(network: Network, route: Route) -> str:
    from cacorridor.views.words import state_names

    crossed, touched = state_names(network, route.states), state_names(network, route.touches)
    return f"crosses with a border stop: {crossed}\ntouches without a stop: {touched}"


def _text(frame: pd.DataFrame) -> str:
    """Lay out a table for the terminal, a number with as many digits as it deserves."""
    shown = frame.copy()
    for column in shown:
        share = str(column).endswith("share")
        shown[column] = [_cell(value, share=share) for value in shown[column]]
    return shown.to_string(index=False)


def _cell(value: object, *, share: bool) -> str:
    """Write one cell: shares in per cent, small numbers with a decimal, nothing for what is missing."""
    import pandas as pd

    if value is None or value is pd.NA or value != value:  # noqa: PLR0124  # NaN is unlike itself
        return ""
    if not isinstance(value, float):
        return str(value)[:WIDEST_CELL]
    if share:
        return f"{value:.0%}"
    return f"{value:,.0f}" if abs(value) >= 10 or value == 0 else f"{value:.1f}"


# ---------------------------------------------------------------- parser


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cacorridor", description="How far, how long, whom a corridor crosses and whom it bypasses."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    route = _add(commands, "route", _route)
    _add_question(route)
    route.add_argument("--corridor", metavar="ID", help="pin the route to a named corridor")
    route.add_argument("--steps", action="store_true", help="print every step instead of stretches")
    route.add_argument("--notes", action="store_true", help="print what is noted about each figure")
    route.add_argument("--ledger", action="store_true", help="print kilometres, hours and speeds by state")
    compare = _add(commands, "compare", _compare)
    _add_question(compare)
    compare.add_argument(
        "--states", nargs="+", metavar="ISO3", default=[], help="compare the best route through each"
    )
    drawn = _add(commands, "map", _map)
    _add_question(drawn)
    drawn.add_argument("--corridor", metavar="ID", help="pin the route to a named corridor")
    drawn.add_argument("-o", "--output", type=Path, default=Path("map.html"), help="file to write (map.html)")
    report = _add(commands, "report", _report)
    report.add_argument("-o", "--output", type=Path, default=Path("maps/report.html"), help="file to write")
    claims = _add(commands, "claims", _claims)
    claims.add_argument(
        "--what", nargs="+", choices=QUANTITIES, default=QUANTITIES, help="only lengths, hours or prices"
    )
    _add(commands, "check", _check)
    return parser


def _version() -> str:
    from cacorridor import __version__

    return __version__


def _add(
    commands: Any, name: str, command: Callable[[argparse.Namespace], int | None]
) -> argparse.ArgumentParser:
    line = (command.__doc__ or "").strip()
    parser: argparse.ArgumentParser = commands.add_parser(name, help=line, description=line)
    parser.add_argument("--data", metavar="DIR", help="tables to use instead of the embedded ones")
    parser.set_defaults(command=command)
    return parser


def _add_question(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("origin")
    parser.add_argument("destination")
    parser.add_argument(
        "--via", action="append", default=[], metavar="PLACE", help="pass this place; may be repeated"
    )
    parser.add_argument("--through", action="append", default=[], metavar="ISO3", help="cross this state")
    parser.add_argument("--avoid", action="append", default=[], metavar="ISO3", help="keep out of this state")
    parser.add_argument(
        "--allow-touch", action="store_true", help="let a train run through an avoided state unstopped"
    )
    parser.add_argument("--modes", nargs="+", choices=MODE_WORDS, metavar="MODE", help=", ".join(MODE_WORDS))
    parser.add_argument("--level", choices=LEVELS, default="express", help="service level (express)")
    parser.add_argument("--year", type=int, help="ask the network of that year")
    parser.add_argument(
        "--month", type=int, help="month of the journey, 1 to 12: passes close, storms stop ferries"
    )
    parser.add_argument("--survey-year", type=int, help="prefer border surveys and speeds of that year")
    parser.add_argument("--criterion", choices=["time", "length"], default="time", help="what is best (time)")
