"""How sure is a transit time: draw all hours at once, let the journey choose its route in each draw."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from cacorridor.errors import UsageError
from cacorridor.network.scenarios.scenarios import BASE, scenario_networks
from cacorridor.routing import doors
from cacorridor.routing.conditions import spell_out
from cacorridor.uncertainty.cases import ScenarioCases, largest_spreads, paths_taken
from cacorridor.uncertainty.draws import normals
from cacorridor.uncertainty.executors import DrawExecutor
from cacorridor.uncertainty.journeys import (
    divide,
    ends_of_pairs,
    ends_of_routes,
    have_same_ends,
    list_journeys,
    with_towns,
)
from cacorridor.uncertainty.sensitivity import variance_contribution

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.network.scenarios.scenarios import ScenarioLike
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.routes import Route
    from cacorridor.uncertainty.batches import DrawBlock, JourneyBatch
    from cacorridor.uncertainty.cases import Pair

TIE = 1e-6  # of the hours; what differs less is a tie, because the same steps may be summed in another order
QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9, "p95": 0.95}


@dataclass(frozen=True, eq=False)
class Simulation:
    """Hours of each case in each draw; by another criterion than time, what that counts.

    ``amounts`` has shape (cases, draws), in ``unit``, infinite where there is no route; hours are also
    ``times_h``. A case is *adaptive*, the best
    route of a pair in each draw, or *fixed*, one route in every draw. ``usage`` tells how often an
    adaptive journey used a state or a crossing, and whether the route best on average does. ``complete``
    is False after Ctrl-C.

    Examples
    --------
    >>> sim = cc.simulate(net, ("Kashgar", "Tashkent"), draws=100, modes=["road"])
    >>> sim.times_h.shape
    (2, 100)
    >>> sim.cases["kind"].tolist()
    ['adaptive', 'fixed']

    """

    cases: pd.DataFrame
    amounts: np.ndarray
    usage: pd.DataFrame
    seed: int
    first_draw: int = 0
    complete: bool = True
    groups: tuple[dict[str, float], ...] = field(default=(), repr=False)  # what varies each case: sigma
    unit: str = "h"
    ends: tuple[Pair, ...] = field(default=(), repr=False)  # of each case: names of origin and destination

    @property
    def times_h(self) -> np.ndarray:
        """Hours of each case in each draw, shape (cases, draws).

        Raises
        ------
        UsageError
            If something else than hours was drawn.

        """
        if self.unit != "h":
            raise UsageError(f"this simulation drew {self.unit}, not hours: ask for amounts")
        return self.amounts

    def summary(
        self,
        deadline_h: float | None = None,
        *,
        limit: float | None = None,
        promise_h: float | None = None,
    ) -> pd.DataFrame:
        """Sum up each case, one a row: mean and quantiles, in columns that end in the unit.

        ``buffer_h`` is the 95th percentile minus the mean; ``on_time_share`` the share of the draws within
        ``deadline_h`` (``promise_h`` in 0.1), ``within_share`` that within ``limit``, in the unit.
        """
        deadline_h = promise_h if deadline_h is None else deadline_h
        table, unit = self.cases.copy(), self.unit
        table[f"mean_{unit}"] = mean = self.amounts.mean(axis=1)
        ordered = np.sort(self.amounts, axis=1)
        for name, quantile in QUANTILES.items():  # a draw, so that none is nan
            table[f"{name}_{unit}"] = ordered[:, round(quantile * (ordered.shape[1] - 1))]
        there = np.isfinite(mean)
        table[f"buffer_{unit}"] = np.where(there, table[f"p95_{unit}"] - np.where(there, mean, 0.0), np.inf)
        if deadline_h is not None:
            deadline_h = doors.hours(deadline_h, "deadline_h", zero=True)
            table["on_time_share"] = (self.times_h <= deadline_h).mean(axis=1)
        if limit is not None:
            table["within_share"] = (self.amounts <= doors.weight(limit, "limit")).mean(axis=1)
        return table

    def win_matrix(self) -> pd.DataFrame:
        """Compute the share of the draws in which a case (row) is better than another (column).

        Journeys between different ends are not compared: not a number, with a warning that names them.
        """
        names = [
            f"{name} ({kind})" if scenario == BASE else f"{name} ({kind}, {scenario})"
            for scenario, name, kind in self.cases.itertuples(index=False)
        ]
        shares = [[float((one < (1 - TIE) * other).mean()) for other in self.amounts] for one in self.amounts]
        table = pd.DataFrame(shares, index=names, columns=names)
        return table.where(have_same_ends(self.ends)) if self.ends else table

    faster = win_matrix  # its name in 0.1, kept through 0.2

    def variance_shares(self, least_share: float = 0.01) -> pd.DataFrame:
        """Rank the figures by their share of each case's variance, one figure a row.

        ``variance_share`` is the share of the variance that the figure explains; shares below
        ``least_share`` are left out. Draws are numbered, so the figures are not kept but drawn again.
        """
        first, stop = self.first_draw, self.first_draw + self.amounts.shape[1]
        rows = []
        for case, groups in enumerate(self.groups):
            amounts = self.amounts[case]
            shares = {
                group: variance_contribution(amounts, np.exp(sigma * normals(self.seed, group, first, stop)))
                for group, sigma in groups.items()
            }
            weightiest = sorted(shares, key=lambda group: -shares[group])
            own = self.cases.iloc[case]
            rows += [(*own, group, shares[group]) for group in weightiest if shares[group] >= least_share]
        return pd.DataFrame(rows, columns=[*self.cases, "cause", "variance_share"])

    causes = variance_shares  # its name in 0.1, kept through 0.2

    @property
    def use(self) -> pd.DataFrame:
        """The name of ``usage`` in 0.1, kept through 0.2."""
        return self.usage

    def _repr_html_(self) -> str:
        """Show the summary in a notebook; pandas escapes the names."""
        return self.summary().round(1).to_html(index=False)

    def __repr__(self) -> str:
        """Count cases and draws."""
        return f"<Simulation: {len(self.cases)} cases, {self.amounts.shape[1]:,} draws, seed {self.seed}>"


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
    names: list[tuple[str, str, str]] = []
    spreads: list[dict[str, float]] = []
    ends: list[Pair] = []
    usage: list[pd.DataFrame] = []
    amounts: list[np.ndarray] = []
    for each, own in zip(cases, zip(*blocks, strict=True), strict=True):
        taken = paths_taken(own)
        names += each.names()
        ends += ends_of_pairs(each.network, each.pairs)
        spreads += each.spreads(taken)
        usage.append(each.usage(taken))
        amounts.append(np.hstack([block.times_h for block in own]))
        if each is cases[0]:
            names += [(BASE, route.name, "fixed") for route in routes]
            ends += ends_of_routes(routes)
            spreads += [largest_spreads(route.table, each.measure) for route in routes]
    used = [table for table in usage if not table.empty]
    return Simulation(
        cases=pd.DataFrame(names, columns=["scenario", "name", "kind"]),
        amounts=np.vstack(amounts),
        usage=pd.concat(used, ignore_index=True) if used else usage[0],
        seed=draws.seed,
        first_draw=draws.first,
        complete=draws.complete,
        groups=tuple(spreads),
        unit=cases[0].measure.unit,
        ends=tuple(ends),
    )
