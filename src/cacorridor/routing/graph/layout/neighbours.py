"""Lay out a network beside one that differs in little: most arcs are taken over, the others laid out anew.

An edit leaves most links alone, a month all but those with passes and ships. What comes out is what building
from scratch gives, but for the numbers of names and components: both may stand for more than is used.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.costs.components import NO_FIGURE, Components
from cacorridor.routing.graph.layout.changes import Changes
from cacorridor.routing.graph.layout.link_steps import (
    Models,
    directions,
    models_of,
    steps_of_link,
    steps_of_transfer,
    transfers_served,
)
from cacorridor.routing.graph.layout.rows import years_of_arcs
from cacorridor.routing.graph.steps import COLUMNS, FIGURES, KINDS, NO_LINK, Names, StepTable
from cacorridor.routing.graph.supernetwork import Supernetwork

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.graph.layout.link_steps import Step
    from cacorridor.routing.graph.supernetwork import Node

# Tables of which an edit is followed to its links; after an edit of another one all is laid out anew.
FOLLOWED = frozenset(
    {"links", "crossings", "transfers", "services", "speeds", "closures", "rates", "emissions"}
)
UNUSED = frozenset({"claims", "pairs", "scenarios"})  # no hour rests on them


def lay_out_beside(neighbour: Network, laid_out: Supernetwork, models: Models) -> Supernetwork | None:
    """Lay out the network of some models beside a neighbour that is laid out for any month.

    The neighbour is the same network, or the one that scenarios were applied to.

    Returns
    -------
    Supernetwork or None
        The supernetwork; None where an edit reaches too far to be followed.

    """
    network = models.times.network
    # what an edit may reach: tables whose figures are followed to their links
    same = {name for name in network.tables if network.columns(name) is neighbour.columns(name)}
    if not set(network.tables) - same <= FOLLOWED | UNUSED:
        return None
    usual = _usual_models(neighbour, models.times.calibration.level, models.prices.load.name)
    return _NeighbourLayout(laid_out, models, Changes(usual, models, same)).supernetwork()


def _usual_models(network: Network, level: str, load: str) -> Models:
    """Return the models of a network at a level in any month for a load; the network keeps them."""
    # the figures of a network are read once for all edits of it
    key = Models, level, load
    if key not in network.derived:
        network.derived[key] = models_of(network, level, None, None, load)
    kept: Models = network.derived[key]
    return kept


class _NeighbourLayout:
    """Puts arcs taken over and arcs laid out anew in the order in which building from scratch has them.

    An arc is a number: below the count of the old arcs it is one of them, else one laid out anew.
    """

    def __init__(self, laid_out: Supernetwork, models: Models, changes: Changes) -> None:
        self.before, self.models, self.changes = laid_out, models, changes
        self.network = models.times.network
        self.links = self.network.columns("links")
        names = laid_out.steps.names
        self.codes = {name: _numbered(getattr(names, f"{name}s")) for name in ("mode", "state", "detail")}
        self.codes |= {"kind": _numbered(KINDS), "link": _numbered(self.links["id"])}
        self.codes["tail"] = self.codes["head"] = _numbered(names.places)
        self.codes["link"][None] = NO_LINK
        self.nodes = _numbered(laid_out.nodes)
        self.ends: list[tuple[int, int]] = []  # of the arcs laid out anew
        self.steps: list[tuple[Any, ...]] = []  # of these
        self.starts: list[int] = []  # the first of each

    def supernetwork(self) -> Supernetwork:
        """Lay the network out."""
        sn = self.before
        arcs = self._arcs_of_links()
        arcs = np.append(arcs, self._arcs_of_transfers(arcs))

        # old and new one after the other, then in the order of the arcs
        ends = self._ends_of_arcs()[arcs]
        starts = np.append(sn.arc_start[:-1], np.array(self.starts, dtype=int) + len(sn.steps))
        lengths = np.diff(starts, append=len(sn.steps) + len(self.steps))[arcs]
        bounds = np.append(0, np.cumsum(lengths))
        rows = np.arange(bounds[-1]) + np.repeat(starts[arcs] - bounds[:-1], lengths)
        steps = self._step_table(rows)

        # nodes in the order in which arcs first meet them
        met, first = np.unique(ends, return_index=True)
        order = met[np.argsort(first)]
        number = np.zeros(len(self.nodes), dtype=np.int32)
        number[order] = np.arange(len(order))
        tail, head = number[ends].T
        nodes = list(self.nodes)
        arc_start = bounds.astype(np.int32)
        years = years_of_arcs(self.links, steps, arc_start)
        return Supernetwork(
            tuple(nodes[node] for node in order.tolist()), steps, arc_start, tail, head, *years
        )

    def _arcs_of_links(self) -> np.ndarray:
        """List the numbers of the arcs of the links, in the order of their table."""
        sn, anew = self.before, self._lay_out(self.changes.concerned())
        # arcs of links stand in the order of the table, whether taken over or laid out anew
        of_link = sn.arcs_of_links if not anew else {**sn.arcs_of_links, **anew}
        arcs = itertools.chain.from_iterable(of_link.get(key, ()) for key in self.links["id"])
        return np.fromiter(arcs, dtype=int)

    def _lay_out(self, concerned: set[str]) -> dict[str, list[int]]:
        """Lay out some links in both directions; return the numbers of their arcs."""
        arcs: dict[str, list[int]] = {key: [] for key in concerned}
        for link in directions(self.network.columns_of_links(concerned)):
            if not self.models.times.is_shut(link.key):
                ends = (link.start, link.mode), (link.end, link.mode)
                steps = steps_of_link(link, self.models)
                arcs[link.key].append(self._add(*ends, steps))
        return arcs

    def _arcs_of_transfers(self, of_links: np.ndarray) -> np.ndarray:
        """List the numbers of the transfers between modes that links serve."""
        sn, changed = self.before, self.changes.transfers
        # where no place gains a mode and no transfer differs, the old transfers that are still served
        served = np.zeros(len(self.nodes), dtype=bool)
        served[self._ends_of_arcs()[of_links]] = True
        old = np.flatnonzero(sn.link == NO_LINK)
        if not changed and not self._gained(served):
            return np.asarray(old[served[sn.tail[old]] & served[sn.head[old]]])
        # else in the order of the table, those taken over that are the same
        joined = zip(sn.tail[old].tolist(), sn.head[old].tolist(), strict=True)
        arc_of = dict(zip(joined, old.tolist(), strict=True))
        if len(arc_of) < len(old):  # two of the same modes at one place cannot be told apart
            arc_of = {}
        nodes = {node for node, number in self.nodes.items() if served[number]}
        arcs = []
        for row, tail, head in transfers_served(self.models.times, nodes):
            arc = None if row["id"] in changed else arc_of.get((self.nodes[tail], self.nodes[head]))
            if arc is None:
                arc = self._add(tail, head, steps_of_transfer(row, tail, head, self.models))
            arcs.append(arc)
        return np.array(arcs, dtype=int)

    def _ends_of_arcs(self) -> np.ndarray:
        """List the two nodes of every arc, the old ones first, shape (arcs, 2)."""
        old = np.stack([self.before.tail, self.before.head], axis=1)
        return np.vstack([old, np.array(self.ends, dtype=np.int32).reshape(-1, 2)])

    def _gained(self, served: np.ndarray) -> bool:
        """Tell whether a node is served that none of the old arcs reached."""
        # a node laid out anew has a number beyond the old ones
        old = np.zeros(len(self.nodes), dtype=bool)
        old[self.before.tail] = old[self.before.head] = True
        return bool((served & ~old).any())

    def _add(self, tail: Node, head: Node, steps: list[Step]) -> int:
        """Add an arc laid out anew; return its number."""
        start, end = (self.nodes.setdefault(node, len(self.nodes)) for node in (tail, head))
        self.ends.append((start, end))
        self.starts.append(len(self.steps))
        self.steps += steps
        return len(self.before.tail) + len(self.ends) - 1

    def _step_table(self, rows: np.ndarray) -> StepTable:
        """Take steps, old and new ones, in an order."""
        sn = self.before
        new = zip(COLUMNS, zip(*self.steps, strict=True), strict=True) if self.steps else ()
        cells = dict(new)
        # the columns of old steps and new, in the codes of the old
        renumbered, components = self._components()
        columns: dict[str, np.ndarray] = {}
        for name in COLUMNS:
            anew = self._coded(name, cells.get(name, ()), renumbered)
            old = getattr(sn.steps, name)
            columns[name] = np.append(self._links_now()[old] if name == "link" else old, anew)[rows].astype(
                old.dtype
            )
        names = Names(
            places=tuple(self.codes["tail"]),
            modes=tuple(self.codes["mode"]),
            states=tuple(self.codes["state"]),
            links=tuple(self.links["id"]),
            details=tuple(self.codes["detail"]),
        )
        return StepTable(**columns, names=names, components=components)

    def _coded(self, name: str, cells: Sequence[Any], renumbered: Sequence[int]) -> list[Any]:
        """Turn the names of a column into codes, new ones where there is none."""
        # components have numbers of their own in the new models
        if name in FIGURES:
            return [number if number == NO_FIGURE else renumbered[number] for number in cells]
        if name not in self.codes:
            return list(cells)
        codes = self.codes[name]
        return [codes.setdefault(cell, len(codes)) for cell in cells]

    def _links_now(self) -> np.ndarray:
        """Give the position of each old link among the links now; the last stands for no link."""
        # the edited table may have lost links, and has them in another order
        now = self.codes["link"]
        return np.array(
            [now.get(key, NO_LINK) for key in (*self.before.steps.names.links, None)], dtype=np.int32
        )

    def _components(self) -> tuple[list[int], Components]:
        """Find the components of the new steps among the old ones; what is not among them is added."""
        # components that are the same row are the same figure
        rows = list(self.before.steps.components.rows)
        numbers = dict(self.before.steps.components.numbers)
        renumbered = []
        for row in self.models.times.components.rows:
            if row not in numbers:
                numbers[row] = len(rows)
                rows.append(row)
            renumbered.append(numbers[row])
        return renumbered, Components(tuple(rows))


def _numbered(names: Iterable[Any]) -> dict[Any, int]:
    return {name: number for number, name in enumerate(names)}
