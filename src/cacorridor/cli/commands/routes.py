"""Commands that ask for routes: one, several side by side, on a map, by state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor.cli import questions
from cacorridor.cli.input import options as shared
from cacorridor.cli.input import values
from cacorridor.cli.output.answers import deliver, form_of
from cacorridor.cli.output.printing import STDOUT, say, tell, text, warn, write
from cacorridor.cli.parser import command, list_option, option

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route
    from cacorridor.views.exports.findings import Findings

# of the legs on a screen; ranges of dollars and grams stand in the head line, and in every file
LEG_COLUMNS = ["from", "to", "kind", "mode", "states", "length_km", "time_h", "time_low_h", "time_high_h"]
LEG_COLUMNS += ["cost_usd", "co2e_kg", "basis"]
FIGURE_COLUMNS = ["factor", "value", "unit", "basis", "year", "source_id", "time_h", "share"]
STEP_COLUMNS = ["kind", "from", "to", "mode", "state", "what", "length_km", "time_h", "basis", "source_id"]
ONE_ROUTE = (shared.places, shared.pins, shared.corridor, shared.conditions)


@command(
    "route",
    *ONE_ROUTE,
    option("--steps", action="store_true", help="print every step instead of stretches"),
    option("--notes", action="store_true", help="print what is noted about each figure"),
    option("--ledger", action="store_true", help="print kilometres, hours and speeds by state"),
    shared.output,
)
def route(options: argparse.Namespace) -> None:
    """Print one route: stretches, states, the figures its hours rest on; on demand steps and account.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.telling.closers import closing_scenarios

    form = form_of(options, pages=True)
    network = questions.network_of(options)
    answer = _find(network, options)
    if not form.on_screen:
        from cacorridor.routing.accounts import ledger as account

        tables = {"legs": answer.legs, "steps": answer.steps, "evidence": answer.evidence()}
        tables |= {"ledger": account(answer)}
        deliver(form, _answer(answer, tables, (answer,)))
        return
    tell(headline(answer))
    steps, legs, figures = answer.columns().values()  # no frame, so that the answer does not wait for pandas
    shown = (steps, STEP_COLUMNS) if options.steps else (legs, LEG_COLUMNS)
    say(text({name: shown[0][name] for name in shown[1] if name in shown[0]}))
    tell(_states_in_words(network, answer))
    shares = ", ".join(f"{share:.0%} {kind}" for kind, share in answer.evidence_shares().items())
    tell(f"hours rest on figures that are: {shares}")
    if closers := closing_scenarios(answer):
        tell(f"see --scenario {' or '.join(closers)}: closes a part of this way")
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
    list_option(
        "--without", metavar="ISO3[+ISO3]", default=[], help="and the best without each, or those joined by +"
    ),
    list_option("--corridors", metavar="ID", default=[], help="and the route of each named corridor"),
    shared.output,
)
def compare(options: argparse.Namespace) -> int:
    """Set routes side by side: the best, the best through or without each state named; -o draws the map.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    int
        Exit code.

    """
    from cacorridor.routing.comparison import compare_routes
    from cacorridor.views.headings import describe_conditions

    form = form_of(options, pages=True)
    network = questions.network_of(options)
    routes, lacking = _routes_side_by_side(network, options)
    for error in lacking:
        warn(error)
    best = routes[0]
    conditions = describe_conditions(network, best.query)
    head = _with_month(routes, f"{best.origin} - {best.destination}: {conditions}")
    answer = replace(_answer(best, {"comparison": compare_routes(routes)}, tuple(routes)), head=head)
    if form.on_screen or form.is_page_in_file:
        tell(head)
        say(text(answer.main))
    if not form.on_screen:
        deliver(form, answer)
    return 1 if lacking else 0


def _routes_side_by_side(network: Network, options: argparse.Namespace) -> tuple[list[Route], list[str]]:
    """Find the best route and its rivals; say of those that there are not what blocks their way."""
    from cacorridor.errors import NoRouteError
    from cacorridor.routing.finding import find_route

    fixed = {**questions.conditions_of(options), "via": options.via, "through": options.through}
    routes, lacking = [find_route(network, options.origin, options.destination, name="best", **fixed)], []
    for name, extra in _variants(network, options):
        own = {**fixed, **extra, "avoid": [*fixed.get("avoid", ()), *extra.get("avoid", ())]}
        try:
            routes.append(find_route(network, options.origin, options.destination, name=name, **own))
        except NoRouteError as error:
            lacking.append(f"{name}: {error}")
    return routes, lacking


def _variants(network: Network, options: argparse.Namespace) -> list[tuple[str, dict[str, Any]]]:
    """Name what is set beside the best route, with the conditions that make it so."""
    from cacorridor.network.states import resolve_state

    def named(states: list[str]) -> str:
        return " and ".join(network.state_name(resolve_state(network, state)) for state in states)

    sets = [states.split("+") for states in options.without]
    return [
        *((f"through {named([state])}", {"through": [state]}) for state in options.states),
        *((f"without {named(states)}", {"avoid": states}) for states in sets),
        *((key, {"corridor": key}) for key in options.corridors),
    ]


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
    output = questions.page_of(options)
    network = questions.network_of(options)
    answer = _find(network, options)
    write(output or STDOUT, answer.explore().html())
    if output != STDOUT:
        tell(headline(answer))
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

    form = form_of(options)
    network = questions.network_of(options)
    answer = _find(network, options)
    tables = {
        "ledger": account(answer),
        "blocs": route_blocs(network, [answer]),
        "regions": region_shares(network, [answer]),
    }
    if not form.on_screen:
        deliver(form, _answer(answer, tables))
        return
    tell(headline(answer))
    by_state, blocs, regions = tables.values()
    say(text(by_state))
    say(text(blocs.T.reset_index().set_axis(["what", "of this route"], axis=1)))
    say(text(regions))


def _answer(route: Route, tables: dict[str, pd.DataFrame], routes: tuple[Route, ...] = ()) -> Findings:
    """Put tables of a route and what it rests on into one answer."""
    from cacorridor.routing.telling.provenance import provenance
    from cacorridor.views.exports.findings import Findings

    network = route.network
    return Findings(network, provenance(network, route.query), tables, headline(route), routes)


def headline(answer: Route) -> str:
    """Sum up a route: its ends, length, hours with their range, and the conditions it holds under.

    Parameters
    ----------
    answer
        The route.

    Returns
    -------
    str
        One line, another where the month of the question changes nothing, and a last one with dollars and
        grams where the data know them.

    """
    from cacorridor.views.headings import describe_conditions, describe_load

    figures = (
        f"{answer.origin} - {answer.destination}: {answer.length_km:,.0f} km, {answer.time_h:.0f} h "
        f"({answer.time_low_h:.0f}-{answer.time_high_h:.0f} h in 8 of 10 cases)"
    )
    head = _with_month([answer], f"{figures}, {describe_conditions(answer.network, answer.query)}")
    return "\n".join(filter(None, (head, describe_load(answer))))


def _with_month(routes: Sequence[Route], head: str) -> str:
    """Add a line to a head if the month asked for changes nothing."""
    from cacorridor.routing.finding import solve
    from cacorridor.views.headings import describe_unused_month

    if routes[0].query.month is None:
        return head
    others = [solve(each.network, replace(each.query, month=None)) for each in routes]
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
    bypassed = state_names(network, answer.bypasses)
    return (
        f"crosses with a border stop: {crossed}\ntouches without a stop: {touched}\n"
        f"bypasses (on the best way, kept out of here): {bypassed}"
    )
