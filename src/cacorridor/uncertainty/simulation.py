"""How sure is a transit time: draw all hours at once, let the journey choose its route in each draw."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
import pandas as pd

from cacorridor.errors import NoRouteError, UsageError
from cacorridor.network.scenarios.scenarios import BASE, scenario_networks
from cacorridor.routing import doors
from cacorridor.routing.arcs import best_route, build_arcs
from cacorridor.routing.query import build_query, require_time
from cacorridor.routing.routes import Route
from cacorridor.routing.steps import BORDER
from cacorridor.uncertainty.batches import build_batch
from cacorridor.uncertainty.draws import normals
from cacorridor.uncertainty.executors import DrawExecutor
from cacorridor.uncertainty.sensitivity import variance_contribution

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.network.scenarios.scenarios import ScenarioLike
    from cacorridor.routing.arcs import Arcs
    from cacorridor.routing.query import ConditionOptions
    from cacorridor.routing.steps import StepTable
    from cacorridor.shortest_paths.dijkstra import Path
    from cacorridor.uncertainty.batches import DrawBlock

TIE = 1e-6  # of the hours; what differs less is a tie, because the same steps may be summed in another order
QUANTILES = {"p10_h": 0.1, "p50_h": 0.5, "p90_h": 0.9, "p95_h": 0.95}
Pair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Simulation:
    """Hours of each case in each draw.

    ``times_h`` has shape (cases, draws), infinite where there is no route. A case is *adaptive*, the best
    route of a pair in each draw, or *fixed*, one route in every draw. ``usage`` tells how often an
    adaptive journey used a state or a crossing, and whether the route best on average does. ``complete``
    is False after Ctrl-C.
    """

    cases: pd.DataFrame
    times_h: np.ndarray
    usage: pd.DataFrame
    seed: int
    first_draw: int = 0
    complete: bool = True
    groups: tuple[dict[str, float], ...] = field(default=(), repr=False)  # what varies each case: sigma

    def summary(self, deadline_h: float | None = None, *, promise_h: float | None = None) -> pd.DataFrame:
        """Sum up each case, one a row: mean and quantiles, hours.

        ``buffer_h`` is the 95th percentile minus the mean; ``on_time_share`` the share of the draws within
        ``deadline_h`` (``promise_h`` is its name in 0.1).
        """
        deadline_h = promise_h if deadline_h is None else deadline_h
        if deadline_h is not None:
            deadline_h = doors.hours(deadline_h, "deadline_h", zero=True)
        table = self.cases.copy()
        table["mean_h"] = self.times_h.mean(axis=1)
        ordered = np.sort(self.times_h, axis=1)
        for name, quantile in QUANTILES.items():
            table[name] = ordered[:, round(quantile * (ordered.shape[1] - 1))]  # a draw, so that none is nan
        there = np.isfinite(table["mean_h"])
        table["buffer_h"] = (table["p95_h"] - table["mean_h"].where(there, 0.0)).where(there, np.inf)
        if deadline_h is not None:
            table["on_time_share"] = (self.times_h <= deadline_h).mean(axis=1)
        return table

    def win_matrix(self) -> pd.DataFrame:
        """Compute the share of the draws in which a case (row) is faster than another (column)."""
        names = [
            f"{name} ({kind})" if scenario == BASE else f"{name} ({kind}, {scenario})"
            for scenario, name, kind in self.cases.itertuples(index=False)
        ]
        shares = [[float((one < (1 - TIE) * other).mean()) for other in self.times_h] for one in self.times_h]
        return pd.DataFrame(shares, index=names, columns=names)

    faster = win_matrix  # its name in 0.1, kept through 0.2

    def variance_shares(self, least_share: float = 0.01) -> pd.DataFrame:
        """Rank the figures by their share of each case's variance, one figure a row.

        ``variance_share`` is the share of the variance of the hours that the figure explains; shares below
        ``least_share`` are left out. Draws are numbered, so the figures are not kept but drawn again.
        """
        first, stop = self.first_draw, self.first_draw + self.times_h.shape[1]
        rows = []
        for case, groups in enumerate(self.groups):
            times_h = self.times_h[case]
            shares = {
                group: variance_contribution(times_h, np.exp(sigma * normals(self.seed, group, first, stop)))
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

    def __repr__(self) -> str:
        """Count cases and draws."""
        return f"<Simulation: {len(self.cases)} cases, {self.times_h.shape[1]:,} draws, seed {self.seed}>"


class _World(NamedTuple):
    """One scenario: the arcs of its network, the pairs, and the route that is best on average, if any."""

    scenario: str
    network: Network
    arcs: Arcs | None
    pairs: list[Pair]
    usual: dict[Pair, tuple[Route, Path]]

    def name(self, pair: Pair) -> str:
        """Name a pair."""
        return " - ".join(map(self.network.place_name, pair))

    def path(self, pair: Pair) -> Path | None:
        """Return the arcs of the usual route."""
        return self.usual[pair][1] if pair in self.usual else None

    def groups(self, paths: Iterable[Path]) -> dict[str, float]:
        """List what makes the hours of paths vary, with its largest sigma."""
        if self.arcs is None:
            return {}
        steps = [self.arcs.steps(path) for path in paths]
        table = self.arcs.supernetwork.steps
        return _largest_sigma(
            table.take(np.concatenate(steps)) if steps else table.take(np.zeros(0, dtype=int))
        )


class _Draws(NamedTuple):
    seed: int
    first: int
    complete: bool


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

    A pair (origin, destination) is followed twice: choosing its route in each draw, and on the route that
    is best on average; a ``Route`` is followed as it is, under its own level and year. Pairs are also
    followed in each of ``scenarios``, beside the network as it is. Draws are numbered from
    ``first_draw``, and each can be drawn again alone, by whatever ``executor`` (``workers`` in 0.1); ``progress`` is called
    with the number of draws done and wanted. Ctrl-C keeps what is done.

    Raises
    ------
    UsageError
        If there is no journey, no draw is asked for, or a scenario has no such name.
    DataError
        With every edit of a scenario that does not fit.
    NoRouteError
        If a pair has no route at all in the network as it is, with what blocks the way.

    """
    journeys = _list_journeys(journeys)
    draws, seed, first_draw = doors.draws(draws, seed, first_draw)
    pairs = [journey for journey in journeys if not isinstance(journey, Route)]
    routes = [journey for journey in journeys if isinstance(journey, Route)]
    worlds = [
        _world(scenario.name, each, pairs, conditions)
        for scenario, each in scenario_networks(network, scenarios)
    ]
    batches = [
        build_batch(
            world.arcs,
            {pair: world.path(pair) for pair in world.pairs},
            routes if world is worlds[0] else (),
            seed,
        )
        for world in worlds
    ]
    runner = executor or workers or DrawExecutor()
    ranges = runner.ranges(first_draw, first_draw + draws)
    parts: list[tuple[DrawBlock, ...]] = []
    try:
        for part in runner.map(batches, ranges):
            parts.append(part)
            if progress is not None:
                progress(ranges[len(parts) - 1][1] - first_draw, draws)
    except KeyboardInterrupt:
        if not parts:
            raise
    return _assemble(worlds, routes, parts, _Draws(seed, first_draw, len(parts) == len(ranges)))


def _list_journeys(journeys: Pair | Route | Sequence[Pair | Route]) -> list[Pair | Route]:
    """List journeys: one alone or several."""
    given = [journeys] if isinstance(journeys, Route) else doors.pairs(journeys, "journeys")
    if not given:
        raise UsageError("a simulation needs a journey: a route or a pair (origin, destination)")
    return [each if isinstance(each, Route) else doors.pair(each, "journeys") for each in given]


def _world(scenario: str, network: Network, pairs: Sequence[Pair], conditions: ConditionOptions) -> _World:
    """Lay out the arcs for all pairs, and find each one's best route on average."""
    ends = list(dict.fromkeys((network.find_place(start), network.find_place(end)) for start, end in pairs))
    queries = [
        build_query(network, *pair, **conditions)
        for pair in ends
        if scenario == BASE or network.closed_places.isdisjoint(pair)
    ]
    for query in queries:
        require_time(query, "a simulation")
    if not queries:
        return _World(scenario, network, None, ends, {})
    arcs = build_arcs(network, queries[0], ends)
    usual: dict[Pair, tuple[Route, Path]] = {}
    for query in queries:
        pair = query.origin, query.destination
        try:
            route = best_route(network, replace(arcs, query=query))
        except NoRouteError:
            if scenario == BASE:
                raise
        else:
            usual[pair] = route, cast("tuple[float, Path]", arcs.best(*pair))[1]
    return _World(scenario, network, arcs, ends, usual)


def _assemble(
    worlds: Sequence[_World],
    routes: Sequence[Route],
    parts: Sequence[tuple[DrawBlock, ...]],
    draws: _Draws,
) -> Simulation:
    """Put the parts together, and say what each case is."""
    cases: list[tuple[str, str, str]] = []
    groups: list[dict[str, float]] = []
    usage: list[pd.DataFrame] = []
    for world, own in zip(worlds, zip(*parts, strict=True), strict=True):
        for at, ends in enumerate(world.pairs):
            taken = sum((Counter(part.counts[at]) for part in own), Counter())
            name = world.name(ends)
            cases += [(world.scenario, name, "adaptive"), (world.scenario, name, "fixed")]
            usual = world.path(ends)
            groups += [world.groups(taken), world.groups([] if usual is None else [usual])]
            usage.append(_usage(world, ends, taken))
        if world is worlds[0]:
            cases += [(BASE, route.name, "fixed") for route in routes]
            groups += [_largest_sigma(route.table) for route in routes]
    return Simulation(
        cases=pd.DataFrame(cases, columns=["scenario", "name", "kind"]),
        times_h=np.vstack([np.hstack([part.times_h for part in own]) for own in zip(*parts, strict=True)]),
        usage=pd.concat(usage, ignore_index=True) if usage else pd.DataFrame(),
        seed=draws.seed,
        first_draw=draws.first,
        complete=draws.complete,
        groups=tuple(groups),
    )


def _largest_sigma(table: StepTable) -> dict[str, float]:
    """List the groups whose figures some steps rest on, with the largest spread of each."""
    largest: dict[str, float] = {}
    for number in dict.fromkeys(table.component.tolist()):
        group, sigma = table.components.rows[number].group, float(table.components.sigma[number])
        largest[group] = max(sigma, largest.get(group, 0.0))
    return largest


def _usage(world: _World, ends: Pair, taken: Counter[Path]) -> pd.DataFrame:
    """Count in which share of the draws each state and crossing was used."""
    columns = ["scenario", "journey", "kind", "what", "used_share", "usual"]
    if world.arcs is None or not taken:
        return pd.DataFrame(columns=columns)
    counts: Counter[tuple[str, str]] = Counter()
    for path, count in taken.items():
        steps = world.arcs.supernetwork.steps.take(world.arcs.steps(path))
        borders = steps.link[steps.is_kind(BORDER)].tolist()
        used = {("state", state) for state in world.arcs.states_in(world.arcs.path_mask(path))}
        used |= {("crossing", steps.names.links[link]) for link in borders}
        counts.update(dict.fromkeys(used, count))
    fixed = world.usual[ends][0]
    usual = {*fixed.states, *fixed.touches, *fixed.crossings}
    rows = [
        (world.scenario, fixed.name, kind, what, count / taken.total(), what in usual)
        for (kind, what), count in sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0]))
    ]
    return pd.DataFrame(rows, columns=columns)
