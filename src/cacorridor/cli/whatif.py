"""Commands that ask what if: scenarios, years, pairs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cacorridor.cli.options import conditions_of, network_of, pairs_of
from cacorridor.views.terminal import show, text

if TYPE_CHECKING:
    import argparse


def scenarios(options: argparse.Namespace) -> None:
    """List the scenarios, or ask for the best route of a pair in each."""
    import pandas as pd

    from cacorridor.errors import UsageError
    from cacorridor.network.scenarios.scenarios import scenarios as read_scenarios
    from cacorridor.routing.sweeps import run_scenarios

    network = network_of(options)
    if options.origin is None:
        known = read_scenarios(network).values()
        rows = [(scenario.name, len(scenario.edits), scenario.text) for scenario in known]
        show(pd.DataFrame(rows, columns=["scenario", "edits", "text"]), options.output)
        return
    if options.destination is None:
        raise UsageError("name an origin and a destination, or neither to list the scenarios")
    table = run_scenarios(
        network,
        options.origin,
        options.destination,
        scenarios=options.only or None,
        year=options.year,
        **conditions_of(options),
    )
    show(table, options.output)


def sweep(options: argparse.Namespace) -> None:
    """Ask for the best route of every pair in every year and scenario."""
    from cacorridor.routing.sweeps import sweep as question

    network = network_of(options)
    table = question(
        network,
        pairs_of(options, network),
        years=options.years or [None],
        scenarios=options.only or None,
        progress=_progress,
        **conditions_of(options),
    )
    show(table, options.output)
    if not table.attrs["complete"]:
        print("stopped before the end: the table holds what was answered", file=sys.stderr)


def simulate(options: argparse.Namespace) -> None:
    """Draw the hours of a pair, and of corridors beside it, in many worlds."""
    from cacorridor.routing.routes import find_route
    from cacorridor.uncertainty.executors import DrawExecutor
    from cacorridor.uncertainty.simulation import simulate as analysis

    network, conditions = network_of(options), conditions_of(options)
    ends = options.origin, options.destination
    corridors = [
        find_route(network, *ends, corridor=key, year=options.year, **conditions) for key in options.corridors
    ]
    simulation = analysis(
        network,
        [ends, *corridors],
        draws=options.draws,
        seed=options.seed,
        first_draw=options.first_draw,
        scenarios=options.under,
        executor=DrawExecutor(threads=options.threads),
        progress=_progress,
        year=options.year,
        **conditions,
    )
    print(repr(simulation))
    show(simulation.summary(options.promise_h), options.output)
    if options.output is None:
        print(text(simulation.win_matrix().rename_axis("share of draws in which it is faster").reset_index()))
        print(text(simulation.usage))
        if options.causes:
            print(text(simulation.variance_shares()))
    if not simulation.complete:
        print("stopped before the end: the figures are those of the draws done", file=sys.stderr)


def _progress(done: int, total: int) -> None:
    """Count on stderr, on one line, where a person looks on."""
    if sys.stderr.isatty():
        print(f"\r{done} of {total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
