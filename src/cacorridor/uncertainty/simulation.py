"""How sure is a transit time: draw all hours at once, let the journey choose its route in each draw."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from cacorridor.network.scenarios.scenarios import BASE, scenario_networks
from cacorridor.routing import doors
from cacorridor.routing.conditions import spell_out
from cacorridor.uncertainty.cases import ScenarioCases, largest_spreads, paths_taken, told_apart
from cacorridor.uncertainty.executors import DrawExecutor
from cacorridor.uncertainty.journeys import (
    divide,
    ends_of_pairs,
    ends_of_routes,
    list_journeys,
    with_towns,
)
from cacorridor.uncertainty.outcomes import Simulation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.network.scenarios.scenarios import ScenarioLike
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.routes import Route
    from cacorridor.uncertainty.batches import DrawBlock, JourneyBatch
    from cacorridor.uncertainty.cases import CaseName, Pair


@spell_out
def simulate(  # noqa: PLR0913  # a question beside how it is drawn
    network: Network,
    journeys: Pair | Route | Sequence[Pair | Route],
    *,
    draws: int = 1000,
    seed: int = 0,
    first_draw: int = 0,
    scenarios: Sequence[ScenarioLike] = (),
    executor: DrawExecutor | None = None,
    workers: DrawExecutor | None = None,
    progress: Callable[[int, int], None] | None = None,
    **conditions: Unpack[ConditionOptions],
) -> Simulation:
    """Draw the hours of journeys many times, the same draws for all of them and in all scenarios.

    By another criterion than time, routes are chosen by it in each draw and its amounts are drawn: dollars
    with the hours that they depend on. What has no range, such as a length, is the same in every draw.

    A pair (origin, destination) is followed twice: choosing its route in each draw, and on the route that
    is best on average; a ``Route`` is followed as it is, under its own level and year. Pairs are also
    followed in each of ``scenarios``, beside the network as it is. Draws are numbered from
    ``first_draw``, and each can be drawn again alone, by whatever ``executor`` (``workers`` in 0.1);
    ``progress`` is called with the number of draws done and wanted. Ctrl-C keeps what is done.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    journeys
        Pairs (origin, destination), or routes.
    draws
        Number of draws.
    seed
        Seed of the draws.
    first_draw
        Number of the first draw.
    scenarios
        Scenarios beside the network as it is.
    executor, workers
        Who draws; ``workers`` is the name in 0.1.
    progress
        Called with the numbers of draws done and wanted.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, criterion, load, value_of_time, allow_touch.

    Returns
    -------
    Simulation
        Hours of each case in each draw.

    Raises
    ------
    UsageError
        If there is no journey, no draw is asked for, or a scenario has no such name.
    DataError
        With every edit of a scenario that does not fit.
    NoRouteError
        If a pair has no route at all in the network as it is, with what blocks the way.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> sim = cc.simulate(net, route, draws=100, seed=1)
    >>> again = cc.simulate(net, route, draws=50, seed=1, first_draw=50)
    >>> bool((sim.times_h[:, 50:] == again.times_h).all())
    True

    """
    draws, seed, first_draw = doors.draws(draws, seed, first_draw)
    pairs, routes = divide(list_journeys(journeys))
    worlds = scenario_networks(network, scenarios)
    cases = [
        ScenarioCases.build(scenario.name, *with_towns(each, pairs), conditions) for scenario, each in worlds
    ]
    # routes are followed beside the pairs of the network as it is, which comes first
    base, *others = cases
    batches = [base.batch(routes, seed), *(each.batch((), seed) for each in others)]
    # the engine that solves a batch is chosen by how many draws there will be in all
    batches = [replace(batch, expected=draws * len(batches)) for batch in batches]
    runner = executor or workers or DrawExecutor()
    ranges = runner.ranges(first_draw, first_draw + draws)
    blocks = _run(runner, batches, ranges, progress)
    return _assemble(cases, routes, blocks, _Draws(seed, first_draw, len(blocks) == len(ranges)))


Blocks = tuple["DrawBlock", ...]  # one for each scenario


class _Draws(NamedTuple):
    seed: int
    first: int
    complete: bool


def _run(
    runner: DrawExecutor,
    batches: Sequence[JourneyBatch],
    ranges: Sequence[tuple[int, int]],
    progress: Callable[[int, int], None] | None,
) -> list[Blocks]:
    """Draw all ranges; Ctrl-C keeps those that are done."""
    blocks: list[Blocks] = []
    first, last = ranges[0][0], ranges[-1][1]
    # in order, so that what is kept after Ctrl-C is the first draws without a gap
    try:
        for block in runner.map(batches, ranges):
            blocks.append(block)
            if progress is not None:
                progress(ranges[len(blocks) - 1][1] - first, last - first)
    except (KeyboardInterrupt, SystemError) as stop:
        if not blocks or not _is_interrupt(stop):
            raise
    return blocks


def _is_interrupt(stop: BaseException) -> bool:
    """Recognise Ctrl-C, also where compiled code turned it into a ``SystemError``."""
    cause: BaseException | None = stop
    while cause is not None and not isinstance(cause, KeyboardInterrupt):
        cause = cause.__cause__ or cause.__context__
    return cause is not None


def _assemble(
    cases: Sequence[ScenarioCases], routes: Sequence[Route], blocks: Sequence[Blocks], draws: _Draws
) -> Simulation:
    """Put the blocks together, and say what each case is."""
    names: list[CaseName] = []
    spreads: list[dict[str, float]] = []
    ends: list[Pair] = []
    usage: list[pd.DataFrame] = []
    amounts: list[np.ndarray] = []
    # blocks come a range of draws at a time; here they are needed a scenario at a time
    for each, blocks_of_case in zip(cases, zip(*blocks, strict=True), strict=True):
        taken = paths_taken(blocks_of_case)
        names += each.names()
        ends += ends_of_pairs(each.network, each.pairs)
        spreads += each.spreads(taken)
        usage.append(each.usage(taken))
        amounts.append(np.hstack([block.amounts for block in blocks_of_case]))
        # the routes followed as they are stand behind the pairs of the network as it is
        if each is cases[0]:
            names += [(BASE, route.name, "fixed") for route in routes]
            ends += ends_of_routes(routes)
            spreads += [largest_spreads(route.table, each.measure) for route in routes]
    used = [table for table in usage if not table.empty]
    return Simulation(
        cases=pd.DataFrame(told_apart(names), columns=["scenario", "name", "kind"]),
        amounts=np.vstack(amounts),
        usage=pd.concat(used, ignore_index=True) if used else usage[0],
        seed=draws.seed,
        first_draw=draws.first,
        complete=draws.complete,
        groups=tuple(spreads),
        unit=cases[0].measure.unit,
        ends=tuple(ends),
    )
