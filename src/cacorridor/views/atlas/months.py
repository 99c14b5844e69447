"""What a month changes of a supernetwork: only links that close at times differ from the year as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cacorridor.costs.measures import measures_of
from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.routing.graph.steps import KINDS, WAIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.network.model import Network
    from cacorridor.routing.graph.steps import StepTable
    from cacorridor.routing.graph.supernetwork import Supernetwork

MONTHS = range(1, 13)
GONE = -1  # stands for the row of a step that a month does not have


class Arc(NamedTuple):
    """An arc by what it is, whatever its number: a link in one direction."""

    link: str
    start: str


@dataclass(frozen=True, eq=False)
class Change:
    """What some months change: arcs absent, steps gone, and ``rows`` that are as ``steps``."""

    months: list[int]
    absent: np.ndarray
    gone: np.ndarray
    rows: np.ndarray
    steps: StepTable

    @property
    def content(self) -> tuple[bytes, ...]:
        """What makes two changes the same."""
        table = self.steps
        keys = repr([table.components.rows[number] for number in table.component.tolist()]).encode()
        arrays = self.absent, self.gone, self.rows, table.hours
        return (*(array.tobytes() for array in arrays), keys)


def monthly_changes(network: Network, whole: Supernetwork, level: str) -> list[Change]:
    """List what the months change of the supernetwork of a level; months that change the same are one.

    Only the links with a closure are built anew.
    """
    closing = _closing(network)
    changes: dict[tuple[bytes, ...], Change] = {}
    for month in MONTHS:
        change = _change(whole, supernetwork_of(closing, level, month))
        changes.setdefault(change.content, change).months.append(month)
    return list(changes.values())


def _closing(network: Network) -> Network:
    """Return the network of the links that close at times; the network keeps it."""
    key = monthly_changes
    if key not in network.derived:
        links, closures = network.tables["links"], network.tables["closures"]
        network.derived[key] = network.with_table("links", links[links["id"].isin(closures["link"])])
    part: Network = network.derived[key]
    return part


def _change(whole: Supernetwork, part: Supernetwork) -> Change:
    """Compare the arcs of a month with those of the year."""
    in_month, closing = _arcs(part), set(part.steps.names.links)
    own = {arc: number for arc, number in _arcs(whole).items() if arc.link in closing}
    absent = [number for arc, number in own.items() if arc not in in_month]
    both = [(number, in_month[arc]) for arc, number in own.items() if arc in in_month]
    pairs = np.array([pair for arcs in both for pair in _pairs(whole, part, arcs)], dtype=int).reshape(-1, 2)
    rows, others = pairs[pairs[:, 1] != GONE].T
    gone = pairs[pairs[:, 1] == GONE, 0]
    differ = _differ(whole.steps.take(rows), part.steps.take(others))
    return Change([], np.array(absent, dtype=int), gone, rows[differ], part.steps.take(others[differ]))


def _pairs(whole: Supernetwork, part: Supernetwork, arcs: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Pair the steps of an arc in the year with those in the month, in which a wait may lack."""
    arc, other = arcs
    others = iter(part.steps_of([other]).tolist())
    waits = part.steps.is_kind(WAIT)[part.arc_start[other]]
    for row in whole.steps_of([arc]).tolist():
        lacking = whole.steps.kind[row] == KINDS.index(WAIT) and not waits
        yield row, GONE if lacking else next(others)


def _differ(steps: StepTable, others: StepTable) -> np.ndarray:
    """Mark the steps that are not the same in the month: an amount or the figure behind it is another."""
    figures, own = (
        [table.components.rows[at] for at in table.component.tolist()] for table in (steps, others)
    )
    other_figure = np.array([one != other for one, other in zip(figures, own, strict=True)], dtype=bool)
    amounts = [each.amount(steps) != each.amount(others) for each in measures_of(steps.components)]
    return np.asarray(np.any([other_figure, *amounts], axis=0))


def _arcs(supernetwork: Supernetwork) -> dict[Arc, int]:
    """Return the numbers of the arcs along links."""
    names, places = supernetwork.steps.names, [place for place, _ in supernetwork.nodes]
    ends = zip(supernetwork.link.tolist(), supernetwork.tail.tolist(), strict=True)
    return {
        Arc(names.links[link], places[tail]): number for number, (link, tail) in enumerate(ends) if link >= 0
    }
