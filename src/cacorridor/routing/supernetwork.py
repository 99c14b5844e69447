"""The directed graph over (place, mode) on which a shortest path is exact.

Nodes are (place, mode); a link becomes a chain of edges in each direction: border (outbound side),
board (wait for the ship), run (one edge a state), border (inbound side). Transfers join two modes of
a place. Every hour and kilometre sits on an edge (Sheffi 1985; Jourquin and Beuthe 1996).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from cacorridor.costs.time import Duration, Rates
from cacorridor.network.model import SEA, records

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


class Chain(NamedTuple):
    """What leads from one (place, mode) to another: a link in one direction, or a transfer."""

    tail: Node
    head: Node
    steps: tuple[Edge, ...]


@dataclass(frozen=True, eq=False)
class Supernetwork:
    """The graph of a network at one service level, and the chains it is laid out from.

    Each edge carries an ``Edge`` as ``step`` (None where a journey begins or ends) and a ``weight``.
    """

    graph: nx.MultiDiGraph[Node] = field(repr=False)
    chains: tuple[Chain, ...] = field(repr=False)


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
    links = [
        Chain((steps[0].from_place, steps[0].mode), (steps[-1].to_place, steps[-1].mode), tuple(steps))
        for steps in _links(network, rates, year)
    ]
    served = dict.fromkeys(node for chain in links for node in chain[:2])  # a set in a fixed order
    transfers = [chain for chain in _transfers(network, rates) if {chain.tail, chain.head} <= served.keys()]
    chains = (*links, *transfers)
    for chain in chains:
        _add_chain(graph, chain, criterion)
    for place, mode in served:
        graph.add_edge((place, ORIGIN), (place, mode), step=None, weight=0.0)
        graph.add_edge((place, mode), (place, DESTINATION), step=None, weight=0.0)
    return Supernetwork(graph, chains)


def _add_chain(graph: nx.MultiDiGraph[Node], chain: Chain, criterion: str) -> None:
    """Add a chain of steps; links between the same places stay side by side."""
    first = chain.steps[0]
    inner: list[Node] = [
        (UNDERWAY, first.link, first.from_place, str(number)) for number in range(1, len(chain.steps))
    ]
    for (u, v), step in zip(pairwise([chain.tail, *inner, chain.head]), chain.steps, strict=True):
        graph.add_edge(u, v, step=step, weight=step.weight(criterion))


def _links(network: Network, rates: Rates, year: int | None) -> Iterator[list[Edge]]:
    """Lay out all open links, in both directions."""
    links = network.open_links(year).drop(columns="geometry")
    for link in records(links):
        if rates.closed_share(link["id"]) == 1:
            continue  # a closure is an absence, never a large number
        ends = (link["from"], link["from_state"]), (link["to"], link["to_state"])
        shares = list(link["state_km"].items())
        yield _link(link, *ends[0], *ends[1], shares, rates)
        yield _link(link, *ends[1], *ends[0], shares[::-1], rates)


def _link(  # noqa: PLR0913, PLR0917  # the two ends of a link, each a place and a state
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


def _transfers(network: Network, rates: Rates) -> Iterator[Chain]:
    state_of = network.table("places")["state"]
    for place, from_mode, to_mode, method, duration in rates.transfers():
        step = Edge("transfer", place, place, to_mode, state_of[place], 0.0, duration, "", method)
        yield Chain((place, from_mode), (place, to_mode), (step,))
