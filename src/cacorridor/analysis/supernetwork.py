"""The directed graph over (place, mode) on which a shortest path is exact.

Nodes are (place, mode); a link becomes a chain of edges in each direction: border (outbound side),
board (wait for the ship), run (one edge a state), border (inbound side). Transfers join two modes of
a place. Every hour and kilometre sits on an edge (Sheffi 1985; Jourquin and Beuthe 1996).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import networkx as nx

from cacorridor.analysis.costs import Duration, Rates
from cacorridor.network.model import SEA, records
from cacorridor.network.schema import MODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.network.model import Network

Node = tuple[str, ...]

ORIGIN, DESTINATION = "origin", "destination"  # stand in for a mode where a journey begins and ends
UNDERWAY = ""  # stands in for the place at the nodes inside a link


@dataclass(frozen=True)
class Edge:
    """One step: what happens, where, in which state, for how long and over which length."""

    kind: str  # run | border | transfer | board | wait
    from_place: str
    to_place: str
    mode: str
    state: str
    length_km: float
    duration: Duration
    link: str = ""
    what: str = ""
    touches: bool = False  # runs through a state in which it has no stop

    def weight(self, criterion: str) -> float:
        """Value the step: hours, or kilometres with a tie broken by time."""
        hours = self.duration.mean_h
        return hours if criterion == "time" else self.length_km + 1e-6 * hours

    def as_row(self) -> dict[str, Any]:
        """Lay the step out as a row of a table."""
        step = asdict(self.duration)
        return {
            "kind": self.kind,
            "from": self.from_place,
            "to": self.to_place,
            "mode": self.mode,
            "state": self.state,
            "link": self.link,
            "what": self.what,
            "touches": self.touches,
            "length_km": self.length_km,
            "time_h": step["mean_h"],
            "time_low_h": step["low_h"],
            "time_high_h": step["high_h"],
            "moving_h": step["moving_h"],
            **{
                key: step[key]
                for key in ("factor", "group", "value", "unit", "basis", "source_id", "year", "note")
            },
        }


@dataclass(frozen=True, eq=False)
class Supernetwork:
    """The graph of a network at one service level, valued by one criterion.

    Each edge carries an ``Edge`` as ``step`` (None where a journey begins or ends) and a ``weight``.
    """

    graph: nx.MultiDiGraph[Node] = field(repr=False)
    level: str
    criterion: str


def build(  # noqa: PLR0913  # the parts of a query that shape the graph
    network: Network,
    *,
    level: str,
    criterion: str = "time",
    year: int | None = None,
    month: int | None = None,
    survey_year: int | None = None,
) -> Supernetwork:
    """Build the supernetwork of the links open in a year (today by default) and a month (any)."""
    rates = Rates(network, level, survey_year, month)
    graph: nx.MultiDiGraph[Node] = nx.MultiDiGraph()
    for chain in _chains(network, rates, year):
        _add_chain(graph, chain, criterion)
    for step, from_mode, to_mode in _transfers(network, rates):
        if (step.from_place, from_mode) in graph and (step.from_place, to_mode) in graph:
            weight = step.weight(criterion)
            graph.add_edge((step.from_place, from_mode), (step.from_place, to_mode), step=step, weight=weight)
    for place, mode, *_ in list(graph.nodes):
        if place != UNDERWAY and mode in MODES:
            graph.add_edge((place, ORIGIN), (place, mode), step=None, weight=0.0)
            graph.add_edge((place, mode), (place, DESTINATION), step=None, weight=0.0)
    return Supernetwork(graph, level, criterion)


def _add_chain(graph: nx.MultiDiGraph[Node], chain: list[Edge], criterion: str) -> None:
    """Add a chain of steps; links between the same places stay side by side."""
    first, last = chain[0], chain[-1]
    inner: list[Node] = [
        (UNDERWAY, first.link, first.from_place, str(number)) for number in range(1, len(chain))
    ]
    nodes: list[Node] = [(first.from_place, first.mode), *inner, (last.to_place, last.mode)]
    for (u, v), step in zip(pairwise(nodes), chain, strict=True):
        graph.add_edge(u, v, step=step, weight=step.weight(criterion))


def _chains(network: Network, rates: Rates, year: int | None) -> Iterator[list[Edge]]:
    """Make the chains of all open links, in both directions."""
    links = network.open_links(year).drop(columns="geometry")
    for link in records(links):
        if rates.closed_share(link["id"]) == 1:
            continue  # a closure is an absence, never a large number
        ends = (link["from"], link["from_state"]), (link["to"], link["to_state"])
        shares = list(link["state_km"].items())
        yield _chain(link, *ends[0], *ends[1], shares, rates)
        yield _chain(link, *ends[1], *ends[0], shares[::-1], rates)


def _chain(  # noqa: PLR0913, PLR0917  # the two ends of a link, each a place and a state
    link: dict[str, Any],
    start: str,
    start_state: str,
    end: str,
    end_state: str,
    shares: list[tuple[str, float]],
    rates: Rates,
) -> list[Edge]:
    """Lay out one link in one direction."""
    key, mode = link["id"], link["mode"]
    steps: list[Edge] = []
    opening = rates.opening(key) if mode != SEA else None
    if opening is not None:
        steps.append(Edge("wait", start, start, mode, start_state, 0.0, opening, key, "until the pass opens"))
    if start_state != end_state:
        dwell = rates.dwell(key, mode, start_state, "outbound")
        steps.append(Edge("border", start, start, mode, start_state, 0.0, dwell, key, "outbound"))
    if mode == SEA:
        steps.append(
            Edge("board", start, start, mode, start_state, 0.0, rates.wait(key), key, "wait for a ship")
        )
        steps.append(Edge("run", start, end, mode, SEA, link["length_km"], rates.sailing(key), key))
    else:
        steps += [
            Edge(
                "run",
                start,
                end,
                mode,
                state,
                km,
                rates.run(mode, state, km),
                key,
                touches=state not in {start_state, end_state},
            )
            for state, km in shares
        ]
    if start_state != end_state:
        dwell = rates.dwell(key, mode, end_state, "inbound")
        steps.append(Edge("border", end, end, mode, end_state, 0.0, dwell, key, "inbound"))
    return steps


def _transfers(network: Network, rates: Rates) -> Iterator[tuple[Edge, str, str]]:
    state_of = network.table("places")["state"]
    for place, from_mode, to_mode, method, duration in rates.transfers():
        step = Edge("transfer", place, place, to_mode, state_of[place], 0.0, duration, "", method)
        yield step, from_mode, to_mode
