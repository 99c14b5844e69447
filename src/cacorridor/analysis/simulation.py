"""How sure is a transit time: draw whole worlds, let the journey choose its route in each."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from cacorridor.analysis import arcs as arrays
from cacorridor.analysis.bypass import best_route
from cacorridor.analysis.questions import pose
from cacorridor.analysis.routes import Route
from cacorridor.analysis.worlds import Uncertain, Worlds
from cacorridor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Unpack

    from cacorridor.analysis.arcs import Arcs
    from cacorridor.analysis.kernel.search import Path
    from cacorridor.analysis.questions import Conditions
    from cacorridor.network.model import Network

CHUNK = 256  # draws whose weights are held at a time
QUANTILES = {"p10_h": 0.1, "p50_h": 0.5, "p90_h": 0.9, "p95_h": 0.95}


@dataclass(frozen=True, eq=False)
class Simulation:
    """Hours of each case in each draw.

    ``times_h`` has shape (cases, draws). A case is *adaptive*, the best route of a pair in each world, or
    *fixed*, one route in every world. ``use`` tells how often an adaptive journey used a state or
    a crossing, and whether the route best on average does. ``complete`` is False after Ctrl-C.
    """

    cases: pd.DataFrame
    times_h: np.ndarray
    use: pd.DataFrame
    seed: int
    complete: bool = True

    def summary(self, promise_h: float | None = None) -> pd.DataFrame:
        """Sum up each case, one a row: mean and quantiles, hours.

        ``buffer_h`` is what the 95th percentile exceeds the mean by; ``on_time_share`` the share of the draws
        within ``promise_h``.
        """
        table = self.cases.copy()
        table["mean_h"] = self.times_h.mean(axis=1)
        for name, quantile in QUANTILES.items():
            table[name] = np.quantile(self.times_h, quantile, axis=1)
        table["buffer_h"] = table["p95_h"] - table["mean_h"]
        if promise_h is not None:
            table["on_time_share"] = (self.times_h <= promise_h).mean(axis=1)
        return table

    def faster(self) -> pd.DataFrame:
        """Tell in which share of the draws a case (row) is faster than another (column)."""
        names = [
            f"{name} ({kind})" for name, kind in zip(self.cases["name"], self.cases["kind"], strict=True)
        ]
        shares = [[float((one < other).mean()) for other in self.times_h] for one in self.times_h]
        return pd.DataFrame(shares, index=names, columns=names)

    def __repr__(self) -> str:
        """Count cases and draws."""
        return f"<Simulation: {len(self.cases)} cases, {self.times_h.shape[1]:,} draws, seed {self.seed}>"


@dataclass(eq=False)
class _Adaptive:
    """A pair whose route is chosen in each world, and how often what was used."""

    name: str
    ends: tuple[str, str]
    fixed: Route
    arcs: Arcs
    worlds: Worlds
    usual: Path
    paths: dict[Path, int]

    def times(self, start: int, stop: int) -> np.ndarray:
        """Find the hours of the best route in each draw and of the usual one, shape (2, draws).

        Both are summed arc by arc in order of travel, so that they are equal where the routes are.
        """
        weights = self.worlds.hours(start, stop)
        found = [self.arcs.best(*self.ends, weight=weights[:, draw]) for draw in range(stop - start)]
        answers = [answer for answer in found if answer is not None]  # all: no draw closes anything
        for _, path in answers:
            self.paths[path] = self.paths.get(path, 0) + 1
        usual = functools.reduce(np.add, weights[list(self.usual)])
        return np.array([[hours for hours, _ in answers], usual])


def simulate(  # noqa: PLR0913  # a question beside how it is drawn
    network: Network,
    journeys: Sequence[tuple[str, str] | Route],
    *,
    draws: int = 1000,
    seed: int = 0,
    first_draw: int = 0,
    progress: Callable[[int, int], None] | None = None,
    **conditions: Unpack[Conditions],
) -> Simulation:
    """Draw the hours of journeys in many worlds, the same worlds for all of them.

    A pair (origin, destination) is followed twice: choosing its route in each world, and on the route that
    is best on average; a ``Route`` is followed as it is, under its own level and year. Draws are
    numbered from ``first_draw``, and each can be drawn again alone; ``progress`` is called with the
    number of draws done and wanted. Ctrl-C keeps what is done.

    Raises
    ------
    UsageError
        If there is no journey, or no draw is asked for.
    NoRouteError
        If a pair has no route at all, with what blocks the way.

    """
    if not journeys or draws < 1 or first_draw < 0:
        raise UsageError("a simulation needs a journey, one draw or more, and draws numbered from 0")
    adaptive = [
        _adaptive(network, pair, seed, conditions) for pair in journeys if not isinstance(pair, Route)
    ]
    routes = [journey for journey in journeys if isinstance(journey, Route)]
    rigid = Worlds.of([_of_route(route) for route in routes], seed)
    parts: list[np.ndarray] = []
    done, last = first_draw, first_draw + draws
    try:
        while done < last:
            stop = min(done + CHUNK, last)
            parts.append(np.vstack([*(case.times(done, stop) for case in adaptive), rigid.hours(done, stop)]))
            done = stop
            if progress is not None:
                progress(done - first_draw, draws)
    except KeyboardInterrupt:
        if not parts:
            raise
    cases = [(case.name, kind) for case in adaptive for kind in ("adaptive", "fixed")]
    cases += [(route.name, "fixed") for route in routes]
    return Simulation(
        cases=pd.DataFrame(cases, columns=["name", "kind"]),
        times_h=np.hstack(parts),
        use=pd.concat([_use(case) for case in adaptive], ignore_index=True) if adaptive else pd.DataFrame(),
        seed=seed,
        complete=done == last,
    )


def _adaptive(network: Network, pair: tuple[str, str], seed: int, conditions: Conditions) -> _Adaptive:
    query = pose(network, *pair, **conditions)
    if query.criterion != "time":
        raise UsageError("a simulation draws hours: the criterion must be time")
    arcs = arrays.lay_out(network, query)
    fixed = best_route(network, query, arcs)
    _, usual = cast("tuple[float, Path]", arcs.best(query.origin, query.destination))
    worlds = Worlds.of(_of_arcs(arcs), seed)
    return _Adaptive(fixed.name, (query.origin, query.destination), fixed, arcs, worlds, usual, {})


def _use(case: _Adaptive) -> pd.DataFrame:
    """Count in which share of the draws each state and crossing was used."""
    counts: dict[tuple[str, str], int] = {}
    for path, count in case.paths.items():
        steps = case.arcs.steps(path)
        used = {("state", state) for state in case.arcs.named(case.arcs.mask_of(path))}
        used |= {("crossing", step.link) for step in steps if step.kind == "border"}
        for key in used:
            counts[key] = counts.get(key, 0) + count
    total = sum(case.paths.values())
    usual = {*case.fixed.states, *case.fixed.touches, *case.fixed.crossings}
    rows: list[dict[str, Any]] = [
        {
            "journey": case.name,
            "kind": kind,
            "what": what,
            "used_share": count / total,
            "usual": what in usual,
        }
        for (kind, what), count in sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0]))
    ]
    return pd.DataFrame(rows)


def _of_arcs(arcs: Arcs) -> list[list[Uncertain]]:
    durations = [[step.duration for step in chain.steps] for chain in arcs.chains]
    return [
        [Uncertain(took.mean_h, took.low_h, took.high_h, took.group) for took in arc] for arc in durations
    ]


def _of_route(route: Route) -> list[Uncertain]:
    legs = route.legs[["time_h", "time_low_h", "time_high_h", "group"]]
    return [Uncertain(*row) for row in legs.itertuples(index=False)]
