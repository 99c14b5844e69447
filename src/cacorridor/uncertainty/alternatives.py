"""Which alternative wins, and how surely, for each dwell at the crossings that they hang on."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from cacorridor.criticality.break_even import links_at
from cacorridor.routing import arcs as arrays
from cacorridor.routing.query import pose
from cacorridor.uncertainty import batches as followed
from cacorridor.uncertainty.executors import Workers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.routing.arcs import Arcs
    from cacorridor.routing.query import Conditions
    from cacorridor.routing.search import Query
    from cacorridor.routing.supernetwork import Chain, Edge


@dataclass(frozen=True)
class Alternative:
    """A way to make a journey: the conditions that pin it, and the crossings whose dwell is varied."""

    name: str
    conditions: Conditions = field(default_factory=dict)  # type: ignore[assignment]
    at: tuple[str, ...] = ()  # links, places or gateways


def contest(  # noqa: PLR0913  # a question beside how it is drawn
    network: Network,
    origin: str,
    destination: str,
    alternatives: Sequence[Alternative],
    *,
    dwells_h: Mapping[str, Sequence[float]],
    draws: int = 10_000,
    seed: int = 0,
    workers: Workers | None = None,
    **conditions: Unpack[Conditions],
) -> pd.DataFrame:
    """Tell who wins for each combination of dwells, one combination a row.

    ``dwells_h`` lists, by the name of an alternative, the hours that both sides of its crossings take
    together;
    one that is not listed stays as it is. Columns of each alternative: its dwell, hours, the time
    expected (``time_h``) and the share of draws in which it is the fastest (``win_share``), each
    taking its best route in each world. ``winner`` has the least expected time. All meet the same worlds.

    Raises
    ------
    UsageError
        If an alternative varies a crossing that is not there, or conditions contradict each other.

    """
    asked = _Asked(network, (origin, destination), conditions, draws, seed, workers or Workers())
    values: list[list[float | None]] = [list(dwells_h.get(each.name, [None])) for each in alternatives]
    times = [
        {dwell: asked.times(each, dwell) for dwell in own}
        for each, own in zip(alternatives, values, strict=True)
    ]
    rows = []
    for dwells in itertools.product(*values):
        found = [own[dwell] for own, dwell in zip(times, dwells, strict=True)]
        drawn_h = np.array([drawn for _, drawn in found])
        fastest = np.where(np.isfinite(drawn_h).any(axis=0), np.argmin(drawn_h, axis=0), -1)
        expected = [time_h for time_h, _ in found]
        winner = alternatives[int(np.argmin(expected))].name if np.isfinite(expected).any() else ""
        row: dict[str, object] = {"winner": winner}
        for at, (each, dwell) in enumerate(zip(alternatives, dwells, strict=True)):
            if dwell is not None:
                row[f"{each.name} dwell_h"] = dwell
            row[f"{each.name} time_h"] = found[at][0]
            row[f"{each.name} win_share"] = float((fastest == at).mean())
        rows.append(row)
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class _Asked:
    """The question that all alternatives answer, and how it is drawn."""

    network: Network
    pair: tuple[str, str]
    conditions: Conditions
    draws: int
    seed: int
    workers: Workers

    def times(self, alternative: Alternative, dwell_h: float | None) -> tuple[float, np.ndarray]:
        """Return an alternative's expected hours, and its hours in each draw; infinite if it has no route."""
        own = cast("Conditions", {**self.conditions, **alternative.conditions})
        query = pose(self.network, *self.pair, **own)
        arcs = arrays.lay_out(self.network, query)
        if dwell_h is not None:
            arcs = with_dwell(query, arcs, links_at(self.network, alternative.at), dwell_h)
        ends = query.origin, query.destination
        answer = arcs.best(*ends)
        if answer is None:
            return np.inf, np.full(self.draws, np.inf)
        laid_out = [followed.lay_out(arcs, {ends: answer[1]}, (), self.seed)]
        parts = self.workers.follow(laid_out, self.workers.ranges(0, self.draws))
        return answer[0], np.concatenate([part.times_h[0] for (part,) in parts])


def with_dwell(query: Query, arcs: Arcs, links: set[str], dwell_h: float) -> Arcs:
    """Set the hours of both sides of some border links together; the ranges keep their ratios."""
    chains = tuple(
        _with_dwell(chain, dwell_h) if chain.steps and chain.steps[0].link in links else chain
        for chain in arcs.chains
    )
    weight = [sum(step.weight(query.criterion) for step in chain.steps) for chain in chains]
    return replace(arcs, chains=chains, weight=np.array(weight))


def _with_dwell(chain: Chain, dwell_h: float) -> Chain:
    borders = [step for step in chain.steps if step.kind == "border"]
    before_h = sum(step.duration.mean_h for step in borders)
    return chain._replace(
        steps=tuple(_scaled(step, dwell_h / before_h) if step in borders else step for step in chain.steps)
    )


def _scaled(step: Edge, factor: float) -> Edge:
    took = step.duration
    hours = {name: getattr(took, name) * factor for name in ("mean_h", "low_h", "high_h")}
    return replace(step, duration=replace(took, **hours))
