"""Commands that ask about journeys: routes, maps, the report, claims, the state of the data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from cacorridor.cli.options import conditions_of, network_of
from cacorridor.errors import DataError
from cacorridor.views.terminal import text

if TYPE_CHECKING:
    import argparse

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

FIGURE_COLUMNS = ["factor", "value", "unit", "basis", "year", "source_id", "time_h", "share"]
STEP_COLUMNS = ["kind", "from", "to", "mode", "state", "what", "length_km", "time_h", "basis", "source_id"]


def route(options: argparse.Namespace) -> None:
    """Print one route: stretches, states, the figures its hours rest on; on demand steps and account."""
    from cacorridor.routing.accounts import ledger

    network = network_of(options)
    route = _find(network, options)
    print(_headline(route))
    print(text(route.steps[STEP_COLUMNS] if options.steps else route.legs))
    print(_states_in_words(network, route))
    shares = ", ".join(f"{share:.0%} {kind}" for kind, share in route.evidence_shares().items())
    print(f"hours rest on figures that are: {shares}")
    if options.ledger:
        print(text(ledger(route)))
    print(text(route.evidence()[FIGURE_COLUMNS + ["note"] * options.notes]))


def compare(options: argparse.Namespace) -> None:
    """Print routes side by side: the best one and the best through each state named."""
    from cacorridor.routing.comparison import compare_routes
    from cacorridor.routing.routes import find_route

    network = network_of(options)
    fixed = {**conditions_of(options), "via": options.via, "through": options.through, "year": options.year}
    wanted: list[tuple[str, dict[str, Any]]] = [("best", {})]
    wanted += [(f"through {network.state_name(state)}", {"through": [state]}) for state in options.states]
    routes = [
        find_route(network, options.origin, options.destination, name=name, **{**fixed, **extra})
        for name, extra in wanted
    ]
    print(text(compare_routes(routes)))


def draw(options: argparse.Namespace) -> None:
    """Write the map of a route."""
    from cacorridor.views.explorer.maps import map_routes

    network = network_of(options)
    map_routes(network, [_find(network, options)]).save(options.output)
    print(options.output)


def report(options: argparse.Namespace) -> None:
    """Write the report on the embedded corridors and print its tables."""
    from cacorridor.routing.comparison import compare_routes
    from cacorridor.routing.corridors import compare_corridors
    from cacorridor.views.report.report import write_report

    network = network_of(options)
    comparisons = compare_corridors(network)
    for comparison in comparisons:
        print(f"{comparison.heading}\n{text(compare_routes(comparison.routes))}\n")
    write_report(options.output, network, comparisons)
    print(f"written: {options.output}")
    if options.pdf is not None:
        from cacorridor.views.report.pdf import write_pdf

        write_pdf(options.output, options.pdf)
        print(f"written: {options.pdf}")


def claims(options: argparse.Namespace) -> None:
    """Set published figures beside the model: agrees, optimistic, pessimistic, or why not comparable."""
    from cacorridor.validation.claims import check_claims

    table = check_claims(network_of(options), what=options.what)
    columns = ["id", "origin", "destination", "level", "standing", "low", "high", "what"]
    print(text(table[[*columns, "model", "model_low", "model_high", "verdict"]]))
    print(table["verdict"].str.split(":| by ").str[0].value_counts().to_string(header=False))


def check(options: argparse.Namespace) -> int:
    """Check a directory of tables with its scenarios; print every fault, else what a reader should know."""
    from cacorridor.network.checks.warnings import network_warnings
    from cacorridor.network.scenarios.scenarios import scenario_faults

    try:
        network = network_of(options)
        faults, total = scenario_faults(network), 0
    except DataError as error:
        faults, total = list(error.faults), error.total
    if faults:
        total = total or len(faults)
        print(*faults, sep="\n")
        print(f"cacorridor: {total} {'fault' if total == 1 else 'faults'}", file=sys.stderr)
        return 1
    for warning in network_warnings(network):
        print(f"warning: {warning}", file=sys.stderr)
    print(f"{network!r}: sound")
    return 0


def _find(network: Network, options: argparse.Namespace) -> Route:
    from cacorridor.routing.routes import find_route

    return find_route(
        network,
        options.origin,
        options.destination,
        corridor=options.corridor,
        via=options.via,
        through=options.through,
        year=options.year,
        **conditions_of(options),
    )


def _headline(route: Route) -> str:
    return (
        f"{route.origin} - {route.destination}: {route.length_km:,.0f} km, {route.time_h:.0f} h "
        f"({route.time_low_h:.0f}-{route.time_high_h:.0f} h in 8 of 10 cases), level {route.query.level}"
    )


def _states_in_words(network: Network, route: Route) -> str:
    from cacorridor.views.text import state_names

    crossed, touched = state_names(network, route.states), state_names(network, route.touches)
    return f"crosses with a border stop: {crossed}\ntouches without a stop: {touched}"
