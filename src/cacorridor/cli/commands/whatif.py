"""Commands that ask what if: scenarios, years, pairs, draws."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cacorridor.cli import questions
from cacorridor.cli.input import options as shared
from cacorridor.cli.input import values
from cacorridor.cli.output.answers import deliver, form_of, give
from cacorridor.cli.output.printing import say, tell, text, warn
from cacorridor.cli.output.progress import progress
from cacorridor.cli.parser import command, list_option, option

if TYPE_CHECKING:
    import argparse

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route
    from cacorridor.uncertainty.outcomes import Simulation
    from cacorridor.views.exports.findings import Findings

INTERRUPTED = 130  # as a shell counts Ctrl-C
MAX_DRAWS = 10_000_000  # some 0.3 GB a case
LAST_DRAW = 10**12
LAST_SEED = 2**32 - 1
MAX_THREADS = 256

only = list_option("--only", metavar="NAME", help="ask these scenarios (all)")


@command("scenarios", shared.optional_places, shared.conditions, shared.output, only)
def scenarios(options: argparse.Namespace) -> None:
    """List the scenarios, or ask for the best route of a pair in each.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    import pandas as pd

    from cacorridor.errors import UsageError
    from cacorridor.network.scenarios.scenarios import scenarios as read_scenarios
    from cacorridor.routing.conditions import Conditions
    from cacorridor.routing.sweeps import run_scenarios
    from cacorridor.routing.telling.provenance import provenance
    from cacorridor.views.exports.findings import Findings

    form = form_of(options)
    network = questions.network_of(options)
    if options.origin is None:
        known = read_scenarios(network).values()
        rows = [(each.name, len(each.edits), each.text) for each in known]
        table = pd.DataFrame(rows, columns=["scenario", "edits", "text"])
        give(form, Findings(network, provenance(network, Conditions()), {"scenarios": table}))
        return
    if options.destination is None:
        raise UsageError("name an origin and a destination, or neither to list the scenarios")
    ends = options.origin, options.destination
    settings = questions.conditions_of(options)
    table = run_scenarios(network, *ends, scenarios=options.only, **settings)
    give(form, questions.answer_of(network, options, [ends], {"scenarios": table}, row_by_scenario=True))


@command("sweep", shared.places_or_pairs, shared.conditions_of_years, shared.output, only)
def sweep(options: argparse.Namespace) -> int:
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
    from cacorridor.routing.sweeps import sweep as question

    form = form_of(options)
    network = questions.network_of(options)
    pairs = questions.pairs_of(options, network)
    table = question(
        network,
        pairs,
        years=options.years or [None],
        scenarios=options.only,
        progress=progress,
        **questions.conditions_of(options),
    )
    give(form, questions.answer_of(network, options, pairs, {"sweep": table}, row_by_scenario=True))
    return _end(table.attrs["complete"], "the table holds what was answered")


@command(
    "simulate",
    shared.places,
    list_option("--corridors", metavar="ID", default=[], help="named corridors beside it"),
    option(
        "--draws", type=values.whole(1, MAX_DRAWS), default=1000, metavar="N", help="how many worlds (1000)"
    ),
    option(
        "--seed", type=values.whole(0, LAST_SEED), default=0, metavar="N", help="of the random numbers (0)"
    ),
    list_option("--under", metavar="NAME", default=[], help="scenarios beside the network as it is"),
    option(
        "--threads", type=values.whole(1, MAX_THREADS), default=1, metavar="N", help="draw on N threads (1)"
    ),
    option("--causes", action="store_true", help="print what makes each case vary"),
    option(
        "--first-draw",
        type=values.whole(0, LAST_DRAW),
        default=0,
        metavar="N",
        help="number of the first draw (0)",
    ),
    option(
        "--deadline-h",
        "--promise-h",
        type=values.hours(),
        metavar="H",
        help="share of the draws within these hours (--promise-h in 0.1)",
    ),
    shared.conditions,
    shared.output,
)
def simulate(options: argparse.Namespace) -> int:
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
    from cacorridor.uncertainty.simulation import simulate as draw

    form = form_of(options)
    network, ends = questions.network_of(options), (options.origin, options.destination)
    simulation = draw(
        network,
        [ends, *_corridors(network, options)],
        draws=options.draws,
        seed=options.seed,
        first_draw=options.first_draw,
        scenarios=options.under,
        executor=DrawExecutor(threads=options.threads),
        progress=progress,
        **questions.conditions_of(options),
    )
    size = f"{len(simulation.cases)} cases, {simulation.amounts.shape[1]:,} draws, seed {simulation.seed}"
    tables = _tables(simulation, options)
    answer = questions.answer_of(network, options, [ends], tables, row_by_scenario=bool(options.under))
    drawn = {"draws": simulation.amounts.shape[1], "seed": simulation.seed, "first_draw": options.first_draw}
    answer = replace(answer, head=f"{answer.head}; {size}", about={**answer.about, "simulation": drawn})
    if form.on_screen:
        _show(answer)
    else:
        deliver(form, answer)
    return _end(simulation.complete, "the figures are those of the draws done")


def _corridors(network: Network, options: argparse.Namespace) -> list[Route]:
    """Find the routes of the corridors that are set beside the pair."""
    from cacorridor.routing.finding import find_route

    ends, settings = (options.origin, options.destination), questions.conditions_of(options)
    return [find_route(network, *ends, corridor=key, **settings) for key in options.corridors]


WINS = "share of draws in which it is better"


def _tables(simulation: Simulation, options: argparse.Namespace) -> dict[str, pd.DataFrame]:
    """Lay out the summary, who wins, what is used and, if it is wanted, what varies."""
    tables = {
        "summary": simulation.summary(options.deadline_h),
        "wins": simulation.win_matrix().rename_axis(WINS).reset_index(),
        "usage": simulation.usage,
    }
    return {**tables, **({"causes": simulation.variance_shares()} if options.causes else {})}


def _show(answer: Findings) -> None:
    """Print the tables below the head line."""
    tell(answer.head)
    for table in answer.tables.values():
        say(text(table))


def _end(complete: bool, rest: str) -> int:  # noqa: FBT001  # what a table says of itself
    """Say on standard error that the work was stopped, and return the exit code."""
    if complete:
        return 0
    warn(f"stopped before the end: {rest}")
    return INTERRUPTED
