"""What is different between two supernetworks: arcs that are gone, and steps with other figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.errors import UsageError
from cacorridor.routing.graph.steps import KINDS, WAIT

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator

    from cacorridor.routing.graph.steps import StepTable
    from cacorridor.routing.graph.supernetwork import Node, Supernetwork
    from cacorridor.views.atlas.worlds.columns import Columns

GONE = -1  # stands for the row of a step that the other network does not have
MORE_STEPS = "the edited network has steps that the network lacks"
NO_LINK = ""  # of a change of mode; its code is -1


@dataclass(frozen=True, eq=False)
class Difference:
    """What some months change: of ``arcs``, some are absent; some steps gone; ``rows`` are as ``steps``."""

    months: list[int | None]
    arcs: np.ndarray
    absent: np.ndarray
    gone: np.ndarray
    rows: np.ndarray
    steps: StepTable

    @property
    def content(self) -> tuple[Hashable, ...]:
        """What makes two changes the same."""
        table = self.steps
        figures = tuple(table.components.rows[number] for number in table.component.tolist())
        arrays = self.arcs, self.absent, self.gone, self.rows, table.hours, table.usd_per_h
        return (*(array.tobytes() for array in arrays), figures)

    def in_months(self, *months: int | None) -> Difference:
        """Return the change as one of some months; None stands for the year as a whole."""
        return replace(self, months=list(months))

    def without(self, whole: Supernetwork, links: Collection[str]) -> Difference:
        """Leave out the steps along some links."""
        names = whole.steps.names.links
        codes = [code for code, link in enumerate(names) if link in links]
        # steps are told apart by the codes of the whole, which rows are places in
        kept = ~np.isin(whole.steps.link[self.rows], codes)
        gone = self.gone[~np.isin(whole.steps.link[self.gone], codes)]
        steps = self.steps.take(np.flatnonzero(kept))
        return replace(self, gone=gone, rows=self.rows[kept], steps=steps)


def compare_networks(
    whole: Supernetwork,
    other: Supernetwork,
    columns: Columns,
    *,
    links: Collection[str] | None = None,
    every_step: bool = False,
) -> Difference:
    """Compare the arcs of a supernetwork, or those along some links, with those of another.

    With ``every_step`` all steps of these arcs are listed, else those that differ.

    Raises
    ------
    UsageError
        If the other has an arc or a step that the first lacks: it cannot be told as a change.

    """
    known, beside = (_arcs_along(each, links) for each in (whole, other))
    ours, theirs = _identities(whole, other)
    if not np.isin(theirs[beside], ours[known]).all():
        raise UsageError("the edited network has ways that the network lacks")
    # arcs that are in both, step by step
    _, here, there = np.intersect1d(ours[known], theirs[beside], assume_unique=True, return_indices=True)
    pairs = _pairs_of_steps(whole, other, np.stack([known[here], beside[there]], axis=1))
    rows, others = pairs[pairs[:, 1] != GONE].T
    gone = pairs[pairs[:, 1] == GONE, 0]
    steps, edited = whole.steps.take(rows), other.steps.take(others)
    if not np.array_equal(steps.kind, edited.kind):
        raise UsageError(MORE_STEPS)
    # what differs, or everything, if it comes on top of another difference
    marked = np.ones(len(rows), dtype=bool) if every_step else columns.differ(steps, edited)
    listed = edited.take(np.flatnonzero(marked))
    arcs, absent = known if every_step else known[:0], np.delete(known, here)
    return Difference([], arcs, absent, gone, rows[marked], listed)


def lacking_links(whole: Supernetwork, kept: Collection[str]) -> Difference:
    """Describe what is different when all links but some are gone: their arcs, and no step of the others."""
    # a closure is an absence: the figures of what is left stay
    left = set(kept)
    codes = [code for code, link in enumerate(whole.steps.names.links) if link not in left]
    none = np.array([], dtype=int)
    absent = np.flatnonzero(np.isin(whole.link, codes))
    return Difference([], none, absent, none, none, whole.steps.take(none))


def _pairs_of_steps(whole: Supernetwork, other: Supernetwork, arcs: np.ndarray) -> np.ndarray:
    """Pair the steps of arcs with those of the same arcs in another network, shape (steps, 2)."""
    counts = [np.diff(each.arc_start)[arcs[:, side]] for side, each in enumerate((whole, other))]
    alike = counts[0] == counts[1]
    # arcs with as many steps in both: step for step
    starts = [each.arc_start[arcs[alike, side]] for side, each in enumerate((whole, other))]
    within = _places_within(counts[0][alike])
    plain = np.stack([np.repeat(start, counts[0][alike]) + within for start in starts], axis=1)
    # few have a wait in one of them only
    others = [
        pair for number, beside in arcs[~alike].tolist() for pair in _pairs(whole, other, number, beside)
    ]
    pairs = np.concatenate([plain, np.array(others, dtype=int).reshape(-1, 2)]).astype(int)
    return pairs[np.argsort(pairs[:, 0], kind="stable")]


def _pairs(whole: Supernetwork, other: Supernetwork, arc: int, beside: int) -> Iterator[tuple[int, int]]:
    """Pair the steps of an arc with those in the other network, in which a wait may lack."""
    others = iter(other.steps_of([beside]).tolist())
    for row in whole.steps_of([arc]).tolist():
        lacking = whole.steps.kind[row] == KINDS.index(WAIT)
        yield row, GONE if lacking else next(others)
    if next(others, None) is not None:
        raise UsageError(MORE_STEPS)


def _places_within(counts: np.ndarray) -> np.ndarray:
    """Count from nought within each of some groups that stand one after the other."""
    return np.asarray(np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts))


def _arcs_along(supernetwork: Supernetwork, links: Collection[str] | None) -> np.ndarray:
    """Return the numbers of the arcs along some links, or of all."""
    if links is None:
        return np.arange(len(supernetwork.tail))
    # the last stands for no link, of which the code is -1
    chosen = np.array([name in links for name in (*supernetwork.steps.names.links, NO_LINK)])
    return np.flatnonzero(chosen[supernetwork.link])


def _identities(*supernetworks: Supernetwork) -> list[np.ndarray]:
    """Give each arc a number that is that of the same arc in the other networks: same link, same nodes."""
    # links and nodes have one number in all, whatever their codes are
    codes: dict[str, int] = {}
    nodes: dict[Node, int] = {}
    columns = []
    for each in supernetworks:
        names = (*each.steps.names.links, NO_LINK)
        code_of = np.array([codes.setdefault(name, len(codes)) for name in names])
        node_of = np.array([nodes.setdefault(node, len(nodes)) for node in each.nodes])
        columns.append((code_of[each.link], node_of[each.tail], node_of[each.head]))
    numbers = [(link * len(nodes) + tail) * len(nodes) + head for link, tail, head in columns]
    # a place may have two changes of the same modes: the second is told from the first
    beyond = len(codes) * len(nodes) ** 2
    return [number + beyond * _earlier(number) for number in numbers]


def _earlier(numbers: np.ndarray) -> np.ndarray:
    """Count for each number how often it stands before."""
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    earlier = np.empty_like(order)
    earlier[order] = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    return earlier
