"""Commands that ask about states: who is crossed, who is bypassed, who holds the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.cli.options import ask, conditions_of, network_of
from cacorridor.views.terminal import show, text

if TYPE_CHECKING:
    import argparse


def bypass(options: argparse.Namespace) -> None:
    """Tell what it costs to go round each state: hours, kilometres, the way round and what it hangs on."""
    from cacorridor.criticality.bypass import bypass as question

    states = [item.split("+") for item in options.states] or None
    show(ask(question, options, states=states), options.output)


def leverage(options: argparse.Namespace) -> None:
    """Tell how much of the time saved falls to each transit state (Shapley value)."""
    from cacorridor.criticality.leverage import leverage as question

    show(ask(question, options, outside_h=options.outside_h), options.output)


def coalitions(options: argparse.Namespace) -> None:
    """List the coalitions of transit states that carry a better route than any smaller one."""
    from cacorridor.criticality.coalitions import coalitions as question

    show(ask(question, options), options.output)


def vital(options: argparse.Namespace) -> None:
    """Tell what the loss of each link of the best route adds, the most vital first."""
    from cacorridor.criticality.interdiction import vital_links as question

    show(ask(question, options), options.output)


def blocking_sets(options: argparse.Namespace) -> None:
    """Find the smallest sets of states, or of crossings, whose absence cuts a pair or delays it."""
    from cacorridor.criticality.interdiction import minimal_cuts as question

    more_than_h = float("inf") if options.more_than_h is None else options.more_than_h
    extra = {"of": options.of, "more_than_h": more_than_h, "largest": options.largest}
    show(ask(question, options, **extra), options.output)


def break_even(options: argparse.Namespace) -> None:
    """Tell up to which dwell at a crossing, or headway of a ship, each route is the best."""
    from cacorridor.criticality.break_even import break_even as question

    show(ask(question, options, at=options.at, what=options.what, up_to_h=options.up_to_h), options.output)


def ledger(options: argparse.Namespace) -> None:
    """Account for a route by state: kilometres, hours moving and standing, posts passed, speeds."""
    from cacorridor.routing.accounts import ledger as account
    from cacorridor.routing.comparison import region_shares, route_blocs
    from cacorridor.routing.routes import find_route

    network = network_of(options)
    route = find_route(
        network,
        options.origin,
        options.destination,
        corridor=options.corridor,
        via=options.via,
        through=options.through,
        year=options.year,
        **conditions_of(options),
    )
    print(repr(route))
    show(account(route), options.output)
    if options.output is None:
        print(text(route_blocs(network, [route]).T.reset_index()))
        print(text(region_shares(network, [route])))


def state(options: argparse.Namespace) -> None:
    """Describe a state: corridors, transit, posts and ports, memberships, agreements, leverage."""
    from cacorridor.criticality.profile import state_profile

    network = network_of(options)
    profile = state_profile(network, options.state, years=options.years or [None], level=options.level)
    print(profile.name)
    for heading, table in profile.tables():
        print(f"\n{heading}\n{text(table)}")
