"""Commands that ask for routes: one, several side by side, on a map, by state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor.cli import NO_ANSWER, questions
from cacorridor.cli.input import options as shared
from cacorridor.cli.input.readers import read_path
from cacorridor.cli.output.answers import FROM_FIGURE_TO_HOURS, deliver, form_of
from cacorridor.cli.output.printing import STDOUT, lay_out_table, show, show_folded, warn, write
from cacorridor.cli.output.remarks import no_route_told, remarks_on, remarks_on_each
from cacorridor.cli.parser import command, list_option, option

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route
    from cacorridor.views.exports.findings import Findings

# of the legs on a screen; ranges of dollars and grams stand in the head line, and in every file
LEG_COLUMNS = ["from", "to", "kind", "mode", "states", "length_km", "time_h", "time_low_h", "time_high_h"]
LEG_COLUMNS += ["cost_usd", "co2e_kg", "basis"]
STEP_COLUMNS = ["kind", "from", "to", "mode", "state", "what", "length_km", "time_h", "basis", "source_id"]
ONE_ROUTE = (shared.places, shared.pins, shared.corridor, shared.clock, shared.conditions)


@command(
    "route",
    *ONE_ROUTE,
    option("--steps", action="store_true", help="print every step instead of stretches"),
    option("--notes", action="store_true", help="print what is noted about each figure"),
    option("--ledger", action="store_true", help="print kilometres, hours and speeds by state"),
    shared.output,
)
def route_command(options: argparse.Namespace) -> None:
    """Print one route: stretches, states, the figures its hours rest on; on demand steps and account.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    form = form_of(options, pages=True)
    network = questions.open_network(options)
    with no_route_told(form):
        route = _find(network, options)
    if not form.on_screen:
        from cacorridor.views.exports.findings import tables_of_route

        deliver(form, _answer(route, tables_of_route(route), (route,)))
        return
    show_folded(headline(route))

    # columns and no frames, so that the answer on a screen does not wait for pandas
    stretch, names = ("steps", STEP_COLUMNS) if options.steps else ("legs", LEG_COLUMNS)
    show(lay_out_table(route.columns(stretch, names)))

    # below the stretches: whom the route meets, on what its hours rest, and what would close it
    show_folded(_states_in_words(network, route))
    shares = ", ".join(f"{share:.0%} {kind}" for kind, share in route.evidence_shares().items())
    show_folded(f"hours rest on figures that are: {shares}")
    for line in remarks_on(route):
        show_folded(line)
    if options.ledger:
        from cacorridor.routing.accounts import ledger_columns

        show(lay_out_table(ledger_columns(route)))
    figures = route.columns("evidence")
    notes = figures.pop("note")
    show(lay_out_table({**figures, "note": notes} if options.notes else figures))
    show_folded(FROM_FIGURE_TO_HOURS)


@command(
    "compare",
    shared.places,
    shared.pins,
    shared.clock,
    shared.conditions,
    list_option("--states", metavar="ISO3", default=[], help="compare the best route through each"),
    list_option(
        "--without", metavar="ISO3[+ISO3]", default=[], help="and the best without each, or those joined by +"
    ),
    list_option("--corridors", metavar="ID", default=[], help="and the route of each named corridor"),
    shared.output,
)
def compare_command(options: argparse.Namespace) -> int:
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
    from cacorridor.routing.comparison import comparison_columns
    from cacorridor.views.headings import describe_conditions

    form = form_of(options, pages=True)
    network = questions.open_network(options)
    routes, lacking = _routes_side_by_side(network, options)

    # a rival that does not exist is told on standard error; the others are compared all the same
    for error in lacking:
        warn(error)
    best = routes[0]
    conditions = describe_conditions(best.network, best.query)  # it knows the towns on the way, too
    head = _with_month(routes, f"{best.origin} - {best.destination}: {conditions}")
    reply = replace(_answer(best, {"comparison": comparison_columns(routes)}, tuple(routes)), head=head)
    if form.on_screen or form.is_page_in_file:  # a map in a file leaves the screen to the table
        show_folded(head)
        show(lay_out_table(reply.main))
        for line in remarks_on_each(routes):
            show_folded(line)
    if not form.on_screen:
        deliver(form, reply)
    return NO_ANSWER if lacking else 0


def _routes_side_by_side(network: Network, options: argparse.Namespace) -> tuple[list[Route], list[str]]:
    """Find the best route and its rivals; say of those that there are not what blocks their way."""
    from cacorridor.errors import NoRouteError
    from cacorridor.routing.finding import find_route

    # the best route must exist, or the command ends; a rival may be impossible
    ends = options.origin, options.destination
    fixed = {**questions.conditions_of(options), **questions.pins_of(options)}
    routes, lacking = [find_route(network, *ends, name="best", **fixed)], []
    for name, extra in _variants(network, options):
        # what a rival avoids is added to what all of them avoid; its other pins replace theirs
        settings = {**fixed, **extra, "avoid": [*fixed.get("avoid", ()), *extra.get("avoid", ())]}
        try:
            routes.append(find_route(network, *ends, name=name, **settings))
        except NoRouteError as error:
            lacking.append(f"{name}: {error}")
    return routes, lacking


def _variants(network: Network, options: argparse.Namespace) -> list[tuple[str, dict[str, Any]]]:
    """Name what is set beside the best route, with the conditions that make it so."""
    from cacorridor.network.states import resolve_state

    def named(states: list[str]) -> str:
        return " and ".join(network.state_name(resolve_state(network, state)) for state in states)

    # KAZ+KGZ is one rival that keeps out of both; KAZ KGZ are two
    sets = [states.split("+") for states in options.without]
    variants = [
        *((f"through {named([state])}", {"through": [state]}) for state in options.states),
        *((f"without {named(states)}", {"avoid": states}) for states in sets),
        *((key, {"corridor": key}) for key in options.corridors),
    ]
    return list(dict(variants).items())  # a state named in two ways is one rival


@command(
    "map",
    *ONE_ROUTE,
    option(
        "-o",
        "--output",
        type=read_path,
        default=Path("map.html"),
        help="page to write (map.html), - for stdout",
    ),
    option("--no-rivals", action="store_true", help="leave out the ways that the route is set against"),
)
def map_command(options: argparse.Namespace) -> None:
    """Write the map of a route beside the best way, and the best without each state on that.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    output = questions.page_of(options)
    route = _find(questions.open_network(options), options)
    write(output or STDOUT, route.explore(rivals=not options.no_rivals).html())
    if output != STDOUT:
        show_folded(headline(route))
        show(str(output))


@command("ledger", *ONE_ROUTE, shared.output)
def ledger_command(options: argparse.Namespace) -> None:
    """Account for a route by state: kilometres, hours moving and standing, posts passed, speeds.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.accounts import ledger_columns
    from cacorridor.routing.comparison import region_shares, route_blocs

    form = form_of(options)
    network = questions.open_network(options)
    route = _find(network, options)
    by_state = ledger_columns(route)
    blocs, regions = route_blocs(network, [route]), region_shares(network, [route])
    if not form.on_screen:
        deliver(form, _answer(route, {"ledger": by_state, "blocs": blocs, "regions": regions}))
        return
    show_folded(headline(route))

    # blocs have a column each, which no screen is wide enough for: they are turned on their side
    show(lay_out_table(by_state))
    show(lay_out_table(blocs.T.reset_index().set_axis(["what", "of this route"], axis=1)))
    show(lay_out_table(regions))


def _answer(route: Route, tables: Mapping[str, Any], routes: tuple[Route, ...] = ()) -> Findings:
    """Put tables of a route and what it rests on into one answer."""
    from cacorridor.routing.telling.provenance import provenance
    from cacorridor.views.exports.findings import Findings

    network = route.network
    return Findings(network, provenance(network, route.query), tables, headline(route), routes)


def headline(route: Route) -> str:
    """Sum up a route: its ends, length, hours with their range, and the conditions it holds under.

    Parameters
    ----------
    route
        What is summed up.

    Returns
    -------
    str
        One line, another where the month of the question changes nothing, and a last one with dollars and
        grams where the data know them.

    """
    from cacorridor.views.headings import describe_conditions, describe_load

    figures = (
        f"{route.origin} - {route.destination}: {route.length_km:,.0f} km, {route.time_h:.0f} h "
        f"({route.time_low_h:.0f}-{route.time_high_h:.0f} h in 8 of 10 cases)"
    )
    head = _with_month([route], f"{figures}, {describe_conditions(route.network, route.query)}")
    return "\n".join(filter(None, (head, describe_load(route))))


def _with_month(routes: Sequence[Route], head: str) -> str:
    """Add a line to a head if the month asked for changes nothing."""
    from cacorridor.routing.finding import route_of_query
    from cacorridor.views.headings import describe_unused_month

    if routes[0].query.month is None:
        return head

    # the same questions without the month: if nothing differs, a reader should not credit the month
    others = [route_of_query(each.network, replace(each.query, month=None)) for each in routes]
    remark = describe_unused_month(routes, others)
    return f"{head}\n{remark}" if remark else head


def _find(network: Network, options: argparse.Namespace) -> Route:
    """Find the route that the options ask for."""
    from cacorridor.routing.finding import find_route

    return find_route(
        network,
        options.origin,
        options.destination,
        **questions.pins_of(options),
        **questions.conditions_of(options),
    )


def _states_in_words(network: Network, route: Route) -> str:
    from cacorridor.views.text import name_states

    crossed, touched = name_states(network, route.states), name_states(network, route.touches)
    bypassed = name_states(network, route.bypasses)
    stops = f"crosses with a border stop: {crossed}" if len(route.states) > 1 else f"stays within: {crossed}"
    return (
        f"{stops}\ntouches without a stop: {touched}\n"
        f"bypasses (on the best way, kept out of here): {bypassed}"
    )
