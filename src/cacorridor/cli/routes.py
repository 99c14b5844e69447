"""Commands that ask for routes: one, several side by side, on a map, by state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor.cli import options as shared
from cacorridor.cli import questions, values
from cacorridor.cli.output import STDOUT, csv_text, say, text, write
from cacorridor.cli.parser import command, list_option, option

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

FIGURE_COLUMNS = ["factor", "value", "unit", "basis", "year", "source_id", "time_h", "share"]
STEP_COLUMNS = ["kind", "from", "to", "mode", "state", "what", "length_km", "time_h", "basis", "source_id"]
PAGE_ENDINGS = (".html", ".htm")
ONE_ROUTE = (shared.places, shared.pins, shared.corridor, shared.conditions)


@command(
    "route",
    *ONE_ROUTE,
    option("--steps", action="store_true", help="print every step instead of stretches"),
    option("--notes", action="store_true", help="print what is noted about each figure"),
    option("--ledger", action="store_true", help="print kilometres, hours and speeds by state"),
)
def route(options: argparse.Namespace) -> None:
    """Print one route: stretches, states, the figures its hours rest on; on demand steps and account.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    network = questions.network_of(options)
    answer = _find(network, options)
    say(headline(network, answer))
    steps, legs, figures = answer.columns().values()  # no frame, so that the answer does not wait for pandas
    say(text({name: steps[name] for name in STEP_COLUMNS} if options.steps else legs))
    say(_states_in_words(network, answer))
    shares = ", ".join(f"{share:.0%} {kind}" for kind, share in answer.evidence_shares().items())
    say(f"hours rest on figures that are: {shares}")
    if options.ledger:
        from cacorridor.routing.accounts import ledger as account

        say(text(account(answer)))
    say(text({name: figures[name] for name in FIGURE_COLUMNS + ["note"] * options.notes}))


@command(
    "compare",
    shared.places,
    shared.pins,
    shared.conditions,
    list_option("--states", metavar="ISO3", default=[], help="compare the best route through each"),
)
def compare(options: argparse.Namespace) -> None:
    """Print routes side by side: the best one and the best through each state named.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.comparison import compare_routes
    from cacorridor.routing.finding import find_route
    from cacorridor.views.headings import describe_conditions

    network = questions.network_of(options)
    fixed = {**questions.conditions_of(options), "via": options.via, "through": options.through}
    variants: list[tuple[str, dict[str, Any]]] = [("best", {})]
    variants += [(f"through {network.state_name(state)}", {"through": [state]}) for state in options.states]
    routes = [
        find_route(network, options.origin, options.destination, name=name, **{**fixed, **extra})
        for name, extra in variants
    ]
    best = routes[0]
    conditions = describe_conditions(network, best.query)
    say(_with_month(network, routes, f"{best.origin} - {best.destination}: {conditions}"))
    say(text(compare_routes(routes)))


@command(
    "map",
    *ONE_ROUTE,
    option(
        "-o",
        "--output",
        type=values.path,
        default=Path("map.html"),
        help="page to write (map.html), - for stdout",
    ),
)
def draw(options: argparse.Namespace) -> None:
    """Write the map of a route.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.ends.access import join_ends
    from cacorridor.views.explorer.maps import map_routes

    output = questions.output_of(options, *PAGE_ENDINGS)
    network = questions.network_of(options)
    answer = _find(network, options)
    network, _, _ = join_ends(network, options.origin, options.destination)  # the map shows towns as well
    write(output or STDOUT, map_routes(network, [answer]).html())
    if output != STDOUT:
        say(headline(network, answer))
        say(str(output))


@command("ledger", *ONE_ROUTE, shared.output)
def ledger(options: argparse.Namespace) -> None:
    """Account for a route by state: kilometres, hours moving and standing, posts passed, speeds.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.accounts import ledger as account
    from cacorridor.routing.comparison import region_shares, route_blocs

    output = questions.output_of(options)
    network = questions.network_of(options)
    answer = _find(network, options)
    head = headline(network, answer)
    if output is not None:
        write(output, csv_text(account(answer), head))
    if output == STDOUT:
        return
    say(head)
    say(text(account(answer)) if output is None else str(output))
    if output is None:
        say(text(route_blocs(network, [answer]).T.reset_index()))
        say(text(region_shares(network, [answer])))


def headline(network: Network, answer: Route) -> str:
    """Sum up a route: its ends, length, hours with their range, and the conditions it holds under.

    Parameters
    ----------
    network
        The network that was asked.
    answer
        The route.

    Returns
    -------
    str
        One line; two where the month of the question changes nothing.

    """
    from cacorridor.views.headings import describe_conditions

    figures = (
        f"{answer.origin} - {answer.destination}: {answer.length_km:,.0f} km, {answer.time_h:.0f} h "
        f"({answer.time_low_h:.0f}-{answer.time_high_h:.0f} h in 8 of 10 cases)"
    )
    return _with_month(network, [answer], f"{figures}, {describe_conditions(network, answer.query)}")


def _with_month(network: Network, routes: Sequence[Route], head: str) -> str:
    """Add a line to a head if the month asked for changes nothing."""
    from cacorridor.routing.finding import solve
    from cacorridor.views.headings import describe_unused_month

    if routes[0].query.month is None:
        return head
    others = [solve(network, replace(each.query, month=None)) for each in routes]
    remark = describe_unused_month(routes, others)
    return f"{head}\n{remark}" if remark else head


def _find(network: Network, options: argparse.Namespace) -> Route:
    """Find the route that the options ask for."""
    from cacorridor.routing.finding import find_route

    return find_route(
        network,
        options.origin,
        options.destination,
        corridor=options.corridor,
        via=options.via,
        through=options.through,
        **questions.conditions_of(options),
    )


def _states_in_words(network: Network, answer: Route) -> str:
    from cacorridor.views.text import state_names

    crossed, touched = state_names(network, answer.states), state_names(network, answer.touches)
    return f"crosses with a border stop: {crossed}\ntouches without a stop: {touched}"
