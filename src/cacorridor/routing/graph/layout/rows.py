"""Arcs and their steps as rows of arrays: names become codes, in the order in which they are first met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.routing.graph.steps import COLUMNS, KINDS, NO_LINK, Names, StepTable
from cacorridor.routing.graph.supernetwork import Supernetwork

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.costs.components import Components
    from cacorridor.network.held import Columns
    from cacorridor.routing.graph.layout.link_steps import Step
    from cacorridor.routing.graph.supernetwork import Node

AMOUNTS = ("km", "hours", "usd", "usd_per_h", "grams")
DTYPES = {"kind": np.int8, "touches": np.bool_, **dict.fromkeys(AMOUNTS, np.float64)}  # else 32-bit codes


class Codes(dict[Any, int]):
    """Numbers of names, given in the order in which the names are first met."""

    def __missing__(self, name: Any) -> int:
        number = self[name] = len(self)
        return number


class StepRows:
    """Collects arcs and their steps, then turns them into arrays."""

    def __init__(self) -> None:
        self.nodes = Codes()
        self.arcs: list[tuple[int, int]] = []
        self.steps: list[Step] = []
        self.arc_start = [0]

    def add_arc(self, tail: Node, head: Node, steps: list[Step]) -> None:
        """Add what leads from one node to another."""
        self.arcs.append((self.nodes[tail], self.nodes[head]))
        self.steps += steps
        self.arc_start.append(len(self.steps))

    def supernetwork(self, components: Components, links: Columns) -> Supernetwork:
        """Turn names into codes and lists into arrays."""
        # names met first get the lowest codes; kinds and links have theirs from tables
        cells = zip(*self.steps, strict=True)
        columns = dict(zip(COLUMNS, cells, strict=True)) if self.steps else {}
        kinds = {kind: number for number, kind in enumerate(KINDS)}
        codes = {"kind": Codes(kinds), "link": Codes({None: NO_LINK})}
        codes["tail"] = codes["head"] = Codes()
        codes |= {name: Codes() for name in ("mode", "state", "detail")}
        for number, key in enumerate(links["id"]):
            codes["link"][key] = number
        # every column by its type; names as codes
        arrays: dict[str, np.ndarray] = {}
        for name in COLUMNS:
            column: Sequence[Any] = columns.get(name, ())
            if name in codes:
                column = [codes[name][cell] for cell in column]
            arrays[name] = np.array(column, dtype=DTYPES.get(name, np.int32))
        names = Names(
            places=tuple(codes["tail"]),
            modes=tuple(codes["mode"]),
            states=tuple(codes["state"]),
            links=tuple(links["id"]),
            details=tuple(codes["detail"]),
        )
        steps = StepTable(**arrays, names=names, components=components)
        tail, head = np.array(self.arcs, dtype=np.int32).reshape(-1, 2).T
        arc_start = np.array(self.arc_start, dtype=np.int32)
        return Supernetwork(
            tuple(self.nodes), steps, arc_start, tail, head, *years_of_arcs(links, steps, arc_start)
        )


def years_of_arcs(
    links: Columns, steps: StepTable, arc_start: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tell for each arc the first and the last year of its link, and whether that is in service today."""
    # a link without a year is there from the beginning, or to the end
    opened = np.array([-np.inf if year is None else year for year in links["opened"]], dtype=float)
    closed = np.array([np.inf if year is None else year for year in links["closed"]], dtype=float)
    operational = np.array([status == "operational" for status in links["status"]], dtype=bool)
    in_service = operational & (closed == np.inf)
    link = steps.link[arc_start[:-1]]  # the rows of transfers (-1) are never read
    return opened[link], closed[link], in_service[link]
