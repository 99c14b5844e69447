"""Commands that ask what if: scenarios, years, pairs, draws."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cacorridor.cli import INTERRUPTED, questions
from cacorridor.cli.input import options as shared
from cacorridor.cli.input.readers import hours_reader, whole_reader
from cacorridor.cli.output.answers import deliver, form_of, give
from cacorridor.cli.output.printing import lay_out_table, show, show_folded, warn
from cacorridor.cli.output.progress import progress
from cacorridor.cli.parser import command, list_option, option

if TYPE_CHECKING:
    import argparse

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route
    from cacorridor.uncertainty.outcomes import Simulation
    from cacorridor.views.exports.findings import Findings

MAX_DRAWS = 10_000_000  # some 0.3 GB a case
LAST_DRAW = 10**12
LAST_SEED = 2**32 - 1
MAX_THREADS = 256
# Ctrl-C ends a sweep early: the table holds the rows answered by then, and says that it is not complete
REST = "the table holds what was answered"
WINS = "share of draws in which it is better"  # heads the first column of who wins

only = list_option("--only", metavar="NAME", help="ask these scenarios (all)")


@command("scenarios", shared.optional_places, shared.conditions, shared.output, only)
def scenarios_command(options: argparse.Namespace) -> int:
    """List the scenarios, or ask for the best route of a pair in each.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    int
        Exit code.

    """
    from cacorridor.errors import UsageError
    from cacorridor.network.scenarios.scenarios import scenarios
    from cacorridor.routing.conditions import Conditions
    from cacorridor.routing.sweeps import ask_scenarios
    from cacorridor.routing.telling.provenance import provenance
    from cacorridor.views.exports.findings import Findings

    form = form_of(options)
    network = questions.open_network(options)
    if options.origin is None:  # the scenarios themselves, which need no question
        known = scenarios(network).values()
        columns: dict[str, list[Any]] = {
            "scenario": [each.name for each in known],
            "edits": [len(each.edits) for each in known],
            "text": [each.text for each in known],
        }
        about = provenance(network, Conditions())
        give(form, Findings(network, about, {"scenarios": columns}))
        return 0
    if options.destination is None:
        raise UsageError("name an origin and a destination, or neither to list the scenarios")
    ends = options.origin, options.destination
    settings = questions.conditions_of(options)
    answers = ask_scenarios(network, *ends, scenarios=options.only, progress=progress, **settings)
    tables = {"scenarios": answers.table}
    give(form, questions.answer_of(network, options, [ends], tables, row_by_scenario=True))
    return _end(answers.complete, REST)


@command("sweep", shared.places_or_pairs, shared.conditions_of_years, shared.output, only)
def sweep_command(options: argparse.Namespace) -> int:
    """Ask for the best route of every pair in every year and scenario.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    int
        Exit code.

    """
    from cacorridor.routing.sweeps import ask_sweep

    form = form_of(options)
    network = questions.open_network(options)
    pairs = questions.pairs_of(options, network)

    answers = ask_sweep(
        network,
        pairs,
        years=options.years or [None],
        scenarios=options.only,
        progress=progress,
        **questions.conditions_of(options),
    )
    tables = {"sweep": answers.table}
    give(form, questions.answer_of(network, options, pairs, tables, row_by_scenario=True))
    return _end(answers.complete, REST)


@command(
    "simulate",
    shared.places,
    list_option("--corridors", metavar="ID", default=[], help="named corridors beside it"),
    option(
        "--draws",
        type=whole_reader(1, MAX_DRAWS),
        default=1000,
        metavar="N",
        help="how many worlds (1000)",
    ),
    option(
        "--seed",
        type=whole_reader(0, LAST_SEED),
        default=0,
        metavar="N",
        help="of the random numbers (0)",
    ),
    list_option("--under", metavar="NAME", default=[], help="scenarios beside the network as it is"),
    option(
        "--threads",
        type=whole_reader(1, MAX_THREADS),
        default=1,
        metavar="N",
        help="draw on N threads (1)",
    ),
    option("--causes", action="store_true", help="print what makes each case vary"),
    option(
        "--first-draw",
        type=whole_reader(0, LAST_DRAW),
        default=0,
        metavar="N",
        help="number of the first draw (0)",
    ),
    option(
        "--deadline-h",
        "--promise-h",
        type=hours_reader(),
        metavar="H",
        help="share of the draws within these hours (--promise-h in 0.1)",
    ),
    shared.conditions,
    shared.output,
)
def simulate_command(options: argparse.Namespace) -> int:
    """Draw the hours of a pair, and of corridors beside it, in many worlds.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    int
        Exit code.

    """
    from cacorridor.uncertainty.executors import DrawExecutor
    from cacorridor.uncertainty.simulation import simulate

    form = form_of(options)
    network, ends = questions.open_network(options), (options.origin, options.destination)

    # the pair without a corridor comes first, the named corridors beside it; all share the same draws
    simulation = simulate(
        network,
        [ends, *_corridor_routes(network, options)],
        draws=options.draws,
        seed=options.seed,
        first_draw=options.first_draw,
        scenarios=options.under,
        executor=DrawExecutor(threads=options.threads),
        progress=progress,
        **questions.conditions_of(options),
    )

    # how many draws there were, which may be fewer than asked, stands in the head line and in every file
    size = f"{len(simulation.cases)} cases, {simulation.amounts.shape[1]:,} draws, seed {simulation.seed}"
    tables = _simulation_tables(simulation, options)
    reply = questions.answer_of(network, options, [ends], tables, row_by_scenario=bool(options.under))
    drawn = {"draws": simulation.amounts.shape[1], "seed": simulation.seed, "first_draw": options.first_draw}
    reply = replace(reply, head=f"{reply.head}; {size}", about={**reply.about, "simulation": drawn})
    if form.on_screen:
        _show(reply)
    else:
        deliver(form, reply)
    return _end(simulation.complete, "the figures are those of the draws done")


def _corridor_routes(network: Network, options: argparse.Namespace) -> list[Route]:
    """Find the routes of the corridors that are set beside the pair."""
    from cacorridor.routing.finding import find_route

    ends, settings = (options.origin, options.destination), questions.conditions_of(options)
    return [find_route(network, *ends, corridor=key, **settings) for key in options.corridors]


def _simulation_tables(simulation: Simulation, options: argparse.Namespace) -> dict[str, pd.DataFrame]:
    """Lay out the summary, who wins, what is used and, if it is wanted, what varies."""
    tables = {
        "summary": simulation.summary(options.deadline_h),
        "wins": simulation.win_matrix().rename_axis(WINS).reset_index(),
        "usage": simulation.usage,
    }
    return {**tables, **({"causes": simulation.variance_shares()} if options.causes else {})}


def _show(reply: Findings) -> None:
    """Print the tables below the head line."""
    show_folded(reply.head)
    for table in reply.columns.values():
        show(lay_out_table(table))


def _end(complete: bool, rest: str) -> int:  # noqa: FBT001  # what a table says of itself
    """Say on standard error that the work was stopped, and return the exit code."""
    if complete:
        return 0
    warn(f"stopped before the end: {rest}")
    return INTERRUPTED
