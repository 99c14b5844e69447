"""How sure is a transit time: draw whole worlds, let the journey choose its route in each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
import pandas as pd

from cacorridor.costs.ranges import sigma_of, sigmas
from cacorridor.criticality.bypass import best_route
from cacorridor.errors import NoRouteError, UsageError
from cacorridor.routing import arcs as arrays
from cacorridor.routing.query import pose
from cacorridor.routing.routes import Route
from cacorridor.routing.scenarios import BASE, worlds_of
from cacorridor.uncertainty import batches as followed
from cacorridor.uncertainty.draws import normals
from cacorridor.uncertainty.executors import Workers
from cacorridor.uncertainty.sensitivity import share_of_variance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.routing.arcs import Arcs
    from cacorridor.routing.query import Conditions
    from cacorridor.routing.scenarios import Wanted
    from cacorridor.shortest_paths.dijkstra import Path
    from cacorridor.uncertainty.batches import Part

QUANTILES = {"p10_h": 0.1, "p50_h": 0.5, "p90_h": 0.9, "p95_h": 0.95}
Pair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Simulation:
    """Hours of each case in each draw.

    ``times_h`` has shape (cases, draws), infinite where there is no route. A case is *adaptive*, the best
    route of a pair in each world, or *fixed*, one route in every world. ``use`` tells how often an
    adaptive journey used a state or a crossing, and whether the route best on average does. ``complete``
    is False after Ctrl-C.
    """

    cases: pd.DataFrame
    times_h: np.ndarray
    use: pd.DataFrame
    seed: int
    first_draw: int = 0
    complete: bool = True
    groups: tuple[dict[str, float], ...] = field(default=(), repr=False)  # what varies each case: sigma

    def summary(self, promise_h: float | None = None) -> pd.DataFrame:
        """Sum up each case, one a row: mean and quantiles, hours.

        ``buffer_h`` is what the 95th percentile exceeds the mean by; ``on_time_share`` the share of the draws
        within ``promise_h``.
        """
        table = self.cases.copy()
        table["mean_h"] = self.times_h.mean(axis=1)
        ordered = np.sort(self.times_h, axis=1)
        for name, quantile in QUANTILES.items():
            table[name] = ordered[:, round(quantile * (ordered.shape[1] - 1))]  # a draw, so that none is nan
        there = np.isfinite(table["mean_h"])
        table["buffer_h"] = (table["p95_h"] - table["mean_h"].where(there, 0.0)).where(there, np.inf)
        if promise_h is not None:
            table["on_time_share"] = (self.times_h <= promise_h).mean(axis=1)
        return table

    def faster(self) -> pd.DataFrame:
        """Tell in which share of the draws a case (row) is faster than another (column)."""
        names = [
            f"{name} ({kind})" if scenario == BASE else f"{name} ({kind}, {scenario})"
            for scenario, name, kind in self.cases.itertuples(index=False)
        ]
        shares = [[float((one < other).mean()) for other in self.times_h] for one in self.times_h]
        return pd.DataFrame(shares, index=names, columns=names)

    def causes(self, least_share: float = 0.01) -> pd.DataFrame:
        """Tell which figures make each case vary, one figure a row, the weightiest of a case first.

        ``variance_share`` is the share of the variance of the hours that the figure explains; shares below
        ``least_share`` are left out. Draws are numbered, so the figures are not kept but drawn again.
        """
        first, stop = self.first_draw, self.first_draw + self.times_h.shape[1]
        rows = []
        for case, groups in enumerate(self.groups):
            times_h = self.times_h[case]
            shares = {
                group: share_of_variance(times_h, np.exp(sigma * normals(self.seed, group, first, stop)))
                for group, sigma in groups.items()
            }
            weightiest = sorted(shares, key=lambda group: -shares[group])
            own = self.cases.iloc[case]
            rows += [(*own, group, shares[group]) for group in weightiest if shares[group] >= least_share]
        return pd.DataFrame(rows, columns=[*self.cases, "cause", "variance_share"])

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
        steps = (step.duration for path in paths for step in cast("Arcs", self.arcs).steps(path))
        return _largest((took.group, sigma_of(took.mean_h, took.low_h, took.high_h)) for took in steps)


class _Draws(NamedTuple):
    seed: int
    first: int
    complete: bool


def simulate(  # noqa: PLR0913  # a question beside how it is drawn
    network: Network,
    journeys: Sequence[Pair | Route],
    *,
    draws: int = 1000,
    seed: int = 0,
    first_draw: int = 0,
    scenarios: Sequence[Wanted] = (),
    workers: Workers | None = None,
    progress: Callable[[int, int], None] | None = None,
    **conditions: Unpack[Conditions],
) -> Simulation:
    """Draw the hours of journeys in many worlds, the same worlds for all of them and in all scenarios.

    A pair (origin, destination) is followed twice: choosing its route in each world, and on the route that
    is best on average; a ``Route`` is followed as it is, under its own level and year. Pairs are also
    followed in each of ``scenarios``, beside the network as it is. Draws are numbered from
    ``first_draw``, and each can be drawn again alone, by whatever ``workers``; ``progress`` is called
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
    if not journeys or draws < 1 or first_draw < 0:
        raise UsageError("a simulation needs a journey, one draw or more, and draws numbered from 0")
    pairs = [journey for journey in journeys if not isinstance(journey, Route)]
    routes = [journey for journey in journeys if isinstance(journey, Route)]
    worlds = [
        _world(scenario.name, each, pairs, conditions) for scenario, each in worlds_of(network, scenarios)
    ]
    laid_out = [
        followed.lay_out(
            world.arcs,
            {pair: world.path(pair) for pair in world.pairs},
            routes if world is worlds[0] else (),
            seed,
        )
        for world in worlds
    ]
    ranges = (workers or Workers()).ranges(first_draw, first_draw + draws)
    parts: list[tuple[Part, ...]] = []
    try:
        for part in (workers or Workers()).follow(laid_out, ranges):
            parts.append(part)
            if progress is not None:
                progress(ranges[len(parts) - 1][1] - first_draw, draws)
    except KeyboardInterrupt:
        if not parts:
            raise
    return _assemble(worlds, routes, parts, _Draws(seed, first_draw, len(parts) == len(ranges)))


def _world(scenario: str, network: Network, pairs: Sequence[Pair], conditions: Conditions) -> _World:
    """Lay out the arcs for all pairs, and find each one's best route on average."""
    ends = list(dict.fromkeys((network.find_place(start), network.find_place(end)) for start, end in pairs))
    queries = [
        pose(network, *pair, **conditions)
        for pair in ends
        if scenario == BASE or network.closed_places.isdisjoint(pair)
    ]
    if any(query.criterion != "time" for query in queries):
        raise UsageError("a simulation draws hours: the criterion must be time")
    if not queries:
        return _World(scenario, network, None, ends, {})
    arcs = arrays.lay_out(network, queries[0], tuple(ends))
    usual: dict[Pair, tuple[Route, Path]] = {}
    for query in queries:
        pair = query.origin, query.destination
        try:
            route = best_route(network, query, arcs)
        except NoRouteError:
            if scenario == BASE:
                raise
        else:
            usual[pair] = route, cast("tuple[float, Path]", arcs.best(*pair))[1]
    return _World(scenario, network, arcs, ends, usual)


def _assemble(
    worlds: Sequence[_World],
    routes: Sequence[Route],
    parts: Sequence[tuple[Part, ...]],
    draws: _Draws,
) -> Simulation:
    """Put the parts together, and say what each case is."""
    cases: list[tuple[str, str, str]] = []
    groups: list[dict[str, float]] = []
    use: list[pd.DataFrame] = []
    for world, own in zip(worlds, zip(*parts, strict=True), strict=True):
        for at, ends in enumerate(world.pairs):
            taken = sum((Counter(part.counts[at]) for part in own), Counter())
            name = world.name(ends)
            cases += [(world.scenario, name, "adaptive"), (world.scenario, name, "fixed")]
            usual = world.path(ends)
            groups += [world.groups(taken), world.groups([] if usual is None else [usual])]
            use.append(_use(world, ends, taken))
        if world is worlds[0]:
            cases += [(BASE, route.name, "fixed") for route in routes]
            groups += [
                _largest(zip(route.legs["group"], sigmas(route.legs), strict=True)) for route in routes
            ]
    return Simulation(
        cases=pd.DataFrame(cases, columns=["scenario", "name", "kind"]),
        times_h=np.vstack([np.hstack([part.times_h for part in own]) for own in zip(*parts, strict=True)]),
        use=pd.concat(use, ignore_index=True) if use else pd.DataFrame(),
        seed=draws.seed,
        first_draw=draws.first,
        complete=draws.complete,
        groups=tuple(groups),
    )


def _largest(sigma_of_groups: Iterable[tuple[str, float]]) -> dict[str, float]:
    largest: dict[str, float] = {}
    for group, sigma in sigma_of_groups:
        largest[group] = max(sigma, largest.get(group, 0.0))
    return largest


def _use(world: _World, ends: Pair, taken: Counter[Path]) -> pd.DataFrame:
    """Count in which share of the draws each state and crossing was used."""
    columns = ["scenario", "journey", "kind", "what", "used_share", "usual"]
    if world.arcs is None or not taken:
        return pd.DataFrame(columns=columns)
    counts: Counter[tuple[str, str]] = Counter()
    for path, count in taken.items():
        steps = world.arcs.steps(path)
        used = {("state", state) for state in world.arcs.named(world.arcs.mask_of(path))}
        used |= {("crossing", step.link) for step in steps if step.kind == "border"}
        counts.update(dict.fromkeys(used, count))
    fixed = world.usual[ends][0]
    usual = {*fixed.states, *fixed.touches, *fixed.crossings}
    rows = [
        (world.scenario, fixed.name, kind, what, count / taken.total(), what in usual)
        for (kind, what), count in sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0]))
    ]
    return pd.DataFrame(rows, columns=columns)
