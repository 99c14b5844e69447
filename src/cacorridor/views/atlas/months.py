"""What a month changes of a supernetwork: only links that close at times differ from the year as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cacorridor.costs.measures import MEASURES
from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.routing.graph.steps import KINDS, WAIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.network.model import Network
    from cacorridor.routing.graph.steps import StepTable
    from cacorridor.routing.graph.supernetwork import Supernetwork

MONTHS = range(1, 13)


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
    in_month, of_year = _arcs(part), _arcs(whole)
    closing = set(part.steps.names.links)
    own = [arc for arc in of_year if arc.link in closing]
    absent = [of_year[arc] for arc in own if arc not in in_month]
    pairs = [
        pair for arc in own if arc in in_month for pair in _pairs(whole, of_year[arc], part, in_month[arc])
    ]
    gone = [row for row, other in pairs if other is None]
    kept = [(row, other) for row, other in pairs if other is not None]
    rows, others = np.array(kept, dtype=int).reshape(-1, 2).T
    differ = _differ(whole.steps.take(rows), part.steps.take(others))
    steps = part.steps.take(others[differ])
    return Change([], np.array(absent, dtype=int), np.array(gone, dtype=int), rows[differ], steps)


def _differ(steps: StepTable, others: StepTable) -> np.ndarray:
    """Mark the steps that are not the same in the month: an amount or the figure behind it is another."""
    figures, own = (
        [table.components.rows[at] for at in table.component.tolist()] for table in (steps, others)
    )
    other_figure = np.array([one != other for one, other in zip(figures, own, strict=True)], dtype=bool)
    amounts = [each.amount(steps) != each.amount(others) for each in MEASURES.values()]
    return np.asarray(np.any([other_figure, *amounts], axis=0))


def _pairs(whole: Supernetwork, arc: int, part: Supernetwork, other: int) -> Iterator[tuple[int, int | None]]:
    """Pair the steps of an arc in the year with those in the month, in which a wait may lack."""
    others = iter(part.steps_of([other]).tolist())
    waits = part.steps.is_kind(WAIT)[part.arc_start[other]]
    for row in whole.steps_of([arc]).tolist():
        lacking = whole.steps.kind[row] == KINDS.index(WAIT) and not waits
        yield row, None if lacking else next(others)


def _arcs(supernetwork: Supernetwork) -> dict[Arc, int]:
    """Return the numbers of the arcs along links."""
    names, places = supernetwork.steps.names, [place for place, _ in supernetwork.nodes]
    ends = zip(supernetwork.link.tolist(), supernetwork.tail.tolist(), strict=True)
    return {
        Arc(names.links[link], places[tail]): number for number, (link, tail) in enumerate(ends) if link >= 0
    }
