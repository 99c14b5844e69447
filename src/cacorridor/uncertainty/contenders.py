"""Which of several ways wins, and how surely, for each dwell at the crossings that they hang on."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
import pandas as pd

from cacorridor.errors import UsageError
from cacorridor.routing import doors
from cacorridor.routing.conditions import spell_out
from cacorridor.routing.ends.endpoints import border_links_at
from cacorridor.routing.graph.arcs import build_arcs
from cacorridor.routing.graph.steps import BORDER
from cacorridor.routing.query import build_query
from cacorridor.uncertainty.batches import build_batch
from cacorridor.uncertainty.cases import criterion_of
from cacorridor.uncertainty.executors import DrawExecutor
from cacorridor.uncertainty.outcomes import TIE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.graph.arcs import Arcs

Drawn = tuple[float, np.ndarray]  # what is expected, and what each draw gives


@dataclass(frozen=True)
class Contender:
    """A way to make a journey: the conditions that pin it, and the crossings whose dwell is varied.

    Parameters
    ----------
    name
        What the way is called in the table.
    conditions
        Conditions that pin it, as ``find_route`` takes them.
    crossings, at
        Links, places or gateways whose dwell is varied; ``at`` is the name in 0.1.

    Examples
    --------
    >>> south = cc.Contender("south", {"avoid": ["KAZ"]}, crossings=("irkeshtam",))
    >>> south.name
    'south'

    """

    name: str
    conditions: ConditionOptions = field(default_factory=dict)  # type: ignore[assignment]
    crossings: tuple[str, ...] = ()  # links, places or gateways
    at: tuple[str, ...] = ()  # the name of ``crossings`` in 0.1, kept through 0.2

    def __post_init__(self) -> None:
        """Let the two names mean the same."""
        # frozen: set as dataclasses themselves do
        for name in ("crossings", "at"):
            object.__setattr__(self, name, self.crossings or self.at)


@spell_out
def win_probabilities(  # noqa: PLR0913  # a question beside how it is drawn
    network: Network,
    origin: str,
    destination: str,
    alternatives: Contender | Sequence[Contender],
    *,
    dwells_h: Mapping[str, Sequence[float]],
    draws: int = 10_000,
    seed: int = 0,
    executor: DrawExecutor | None = None,
    workers: DrawExecutor | None = None,
    **conditions: Unpack[ConditionOptions],
) -> pd.DataFrame:
    """Tell who wins for each combination of dwells, one combination a row.

    ``dwells_h`` lists, by the name of an alternative, the hours that both sides of its crossings take
    together;
    one that is not listed stays as it is. Columns of each alternative: its dwell, hours, the time
    expected (``time_h``) and the share of draws in which it is the best (``win_share``), each
    taking its best route in each world. ``winner`` has the least expected time. All meet the same worlds. By
    another criterion than time the column is that of its measure, such as ``cost_usd``.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by name or id.
    alternatives
        Ways to make the journey.
    dwells_h
        Dwells to try, hours, by the name of an alternative.
    draws
        Number of draws.
    seed
        Seed of the draws.
    executor, workers
        Who draws; ``workers`` is the name in 0.1.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, criterion, load, value_of_time, allow_touch.

    Returns
    -------
    pd.DataFrame
        One row for each combination of dwells.

    Raises
    ------
    UsageError
        If an alternative varies a crossing that is not there, or conditions contradict each other.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> north = cc.Contender("north", {"avoid": ["KGZ"]})
    >>> south = cc.Contender("south", {"avoid": ["KAZ"]})
    >>> contenders = [north, south]
    >>> table = cc.win_probabilities(
    ...     net, "Kashgar", "Tashkent", contenders, dwells_h={}, draws=200, modes=["road"]
    ... )
    >>> table["winner"].tolist()
    ['south']

    """
    # what is given, in one form
    given = [alternatives] if isinstance(alternatives, Contender) else alternatives
    alternatives = list(doors.several(given, "alternatives", "alternatives"))
    draws, seed, _ = doors.draws(draws, seed, 0)
    dwells_h = {name: _list_hours(dwell_h) for name, dwell_h in dwells_h.items()}
    # each contender is drawn once for each of its dwells, whatever those of the others
    plan = _DrawPlan(draws, seed, executor or workers)
    draw = partial(_draw_contender, network, (origin, destination), conditions, plan)
    dwells: list[Sequence[float | None]] = [dwells_h.get(each.name, [None]) for each in alternatives]
    drawn: list[dict[float | None, Drawn]] = []
    for contender, of_contender in zip(alternatives, dwells, strict=True):
        drawn.append({dwell_h: draw(contender, dwell_h) for dwell_h in of_contender})
    # one row for each combination, of what was drawn
    names, column = [each.name for each in alternatives], criterion_of(network, conditions).column
    rows = []
    for combination in itertools.product(*dwells):
        rivals = [by_dwell[dwell_h] for by_dwell, dwell_h in zip(drawn, combination, strict=True)]
        rows.append(_winners(names, column, combination, rivals))
    return pd.DataFrame(rows)


def _list_hours(dwell_h: float | Sequence[float]) -> list[float]:
    """List the hours of a dwell: one value alone or several."""
    given = doors.several(dwell_h, "dwells_h", "hours") if hasattr(dwell_h, "__iter__") else (dwell_h,)
    return [doors.hours(each, "dwells_h", zero=True) for each in given]


def _winners(
    names: list[str], column: str, dwells: tuple[float | None, ...], drawn: list[Drawn]
) -> dict[str, object]:
    """Say who wins where the crossings take these hours."""
    # who wins on average, and in each draw
    expected = [mean for mean, _ in drawn]
    amounts = np.array([in_draws for _, in_draws in drawn])
    least = amounts.min(axis=0)
    first = np.argmax(amounts <= (1 + TIE) * least, axis=0)  # of a tie the one listed first
    best = np.where(np.isfinite(least), first, -1)
    winner = names[int(np.argmin(expected))] if np.isfinite(expected).any() else ""
    row: dict[str, object] = {"winner": winner}
    # a dwell that is not varied has no column
    for place, (name, dwell) in enumerate(zip(names, dwells, strict=True)):
        if dwell is not None:
            row[f"{name} dwell_h"] = dwell
        row[f"{name} {column}"] = expected[place]
        row[f"{name} win_share"] = float((best == place).mean())
    return row


class _DrawPlan(NamedTuple):
    """How often is drawn, from which seed, by whom."""

    number: int
    seed: int
    executor: DrawExecutor | None


def _draw_contender(  # noqa: PLR0913, PLR0917  # what all contenders share, then one
    network: Network,
    ends: tuple[str, str],
    conditions: ConditionOptions,
    draws: _DrawPlan,
    contender: Contender,
    dwell_h: float | None,
) -> Drawn:
    """Draw what the criterion makes of a contender; infinite if it has no route."""
    options = cast("ConditionOptions", {**conditions, **contender.conditions})
    query = build_query(network, *ends, **options)
    if query.criterion != conditions.get("criterion", "time"):
        raise UsageError(f"{contender.name} has a criterion of its own: all must be weighed by the same one")
    # draws are numbered by figure, so contenders that share a border meet the same queue there
    arcs = build_arcs(network, query)
    # the dwell of the combination, in the place of that of the tables
    if dwell_h is not None:
        crossings = border_links_at(network, contender.crossings)
        arcs = with_dwell(arcs, crossings, dwell_h)
    pair = query.origin, query.destination
    best = arcs.best(*pair)
    if best is None:
        return np.inf, np.full(draws.number, np.inf)
    # its best route, followed in every draw
    batch = build_batch(arcs, {pair: best[1]}, (), draws.seed, query.measure)
    executor = draws.executor or DrawExecutor()
    blocks = executor.map([batch], executor.ranges(0, draws.number))
    return arcs.amount(best[1]), np.concatenate([block.amounts[0] for (block,) in blocks])


def with_dwell(arcs: Arcs, links: set[str], dwell_h: float) -> Arcs:
    """Set the hours of both sides of some border links together; the ranges keep their ratios."""
    table = arcs.supernetwork.steps
    # both sides of a crossing are on one arc: scale them so that together they take the hours
    borders = arcs.stand_at(links, BORDER)
    before_h = arcs.of_whole_arc(np.where(borders, table.hours, 0.0))
    scaled_h = table.hours * dwell_h / np.where(borders, before_h, 1.0)
    return arcs.with_hours(np.where(borders, scaled_h, table.hours))
