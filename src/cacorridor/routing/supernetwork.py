"""The directed graph over (place, mode) on which a shortest path is exact.

Nodes are (place, mode). A link becomes an arc in each direction, a chain of steps: border (outbound side),
board (wait for the ship), run (one step a state), border (inbound side). A transfer joins two modes of a place.
Every hour and kilometre sits on a step (Sheffi 1985; Jourquin and Beuthe 1996). Year, modes and bans are
masks over the arcs; only the service level, the month and the year of the surveys build anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cacorridor.costs.time import StepTime, TimeModel
from cacorridor.network.model import SEA
from cacorridor.routing.steps import (
    BOARD,
    BORDER,
    COLUMNS,
    KINDS,
    NO_LINK,
    RUN,
    TRANSFER,
    WAIT,
    Names,
    StepTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import networkx as nx

    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network

Node = tuple[str, str]

DTYPES = {"kind": np.int8, "touches": np.bool_, "km": np.float64, "hours": np.float64}  # else 32-bit codes


@dataclass(frozen=True, eq=False)
class Supernetwork:
    """The graph at one service level, in one month, over the links of all years.

    Arc ``a`` leads from node ``tail[a]`` to node ``head[a]`` and consists of the steps ``arc_start[a]`` to
    ``arc_start[a + 1]``. ``link`` is its position among ``steps.names.links``, -1 for a transfer.
    """

    nodes: tuple[Node, ...]
    steps: StepTable
    arc_start: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    opened: np.ndarray = field(repr=False)  # first year of the arc's link; minus infinity if since long ago
    closed: np.ndarray = field(repr=False)  # last year
    in_service: np.ndarray = field(repr=False)  # today

    def __repr__(self) -> str:
        """Count nodes, arcs and steps."""
        return f"<Supernetwork: {len(self.nodes)} nodes, {len(self.tail)} arcs, {len(self.steps)} steps>"

    # ------------------------------------------------------------ masks over the arcs

    def open_in(self, year: int | None) -> np.ndarray:
        """Mark the arcs in service today (None) or in a year, and the transfers between modes served then."""
        is_link = self.link != NO_LINK
        if year is None:
            there = is_link & self.in_service
        else:
            there = is_link & (self.opened <= year) & (year <= self.closed)
        served = np.zeros(len(self.nodes), dtype=bool)
        served[self.tail[there]] = served[self.head[there]] = True
        return np.asarray(there | (~is_link & served[self.tail] & served[self.head]))

    def by_modes(self, modes: Iterable[str]) -> np.ndarray:
        """Mark the arcs of some modes; a transfer is of all modes."""
        codes = [code for code, mode in enumerate(self.steps.names.modes) if mode in set(modes)]
        return np.asarray((self.link == NO_LINK) | np.isin(self.mode, codes))

    def in_states(self, states: Iterable[str], *, touching: bool = True) -> np.ndarray:
        """Mark the arcs that lie in any of some states; without ``touching``, those that stop or run there."""
        wanted = set(states)
        codes = [code for code, state in enumerate(self.steps.names.states) if state in wanted]
        marks = self.arc_states if touching else self.arc_states_stopping
        return np.asarray(marks[:, codes].any(axis=1))

    def of_links(self, links: Iterable[str]) -> np.ndarray:
        """Mark the arcs, in both directions, of some links."""
        wanted = set(links)
        return np.isin(
            self.link, [code for code, link in enumerate(self.steps.names.links) if link in wanted]
        )

    # ------------------------------------------------------------ columns of the arcs

    @cached_property
    def link(self) -> np.ndarray:
        """Link of each arc, shape (arcs,)."""
        return np.asarray(self.steps.link[self.arc_start[:-1]])

    @cached_property
    def mode(self) -> np.ndarray:
        """Mode of each arc; of a transfer the one that it leads to."""
        return np.asarray(self.steps.mode[self.arc_start[:-1]])

    @cached_property
    def arc_states(self) -> np.ndarray:
        """Mark the states in which each arc has a step, shape (arcs, states)."""
        return self._states_of_arcs(np.ones(len(self.steps), dtype=bool))

    @cached_property
    def arc_states_stopping(self) -> np.ndarray:
        """Mark the same without the states that an arc runs through unstopped."""
        return self._states_of_arcs(~self.steps.touches)

    def _states_of_arcs(self, steps: np.ndarray) -> np.ndarray:
        marks = np.zeros((len(self.tail), len(self.steps.names.states)), dtype=bool)
        arc_of_step = np.repeat(np.arange(len(self.tail)), np.diff(self.arc_start))
        marks[arc_of_step[steps], self.steps.state[steps]] = True
        return marks

    def weights(self, measure: Measure) -> np.ndarray:
        """Sum what each arc weighs by a measure, shape (arcs,)."""
        return np.add.reduceat(measure.weight(self.steps), self.arc_start[:-1])

    def steps_of(self, arcs: Iterable[int]) -> np.ndarray:
        """List the steps of some arcs, in order."""
        parts = [np.arange(self.arc_start[arc], self.arc_start[arc + 1]) for arc in arcs]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=int)

    # ------------------------------------------------------------ nodes

    @cached_property
    def nodes_at(self) -> dict[str, list[int]]:
        """Numbers of the nodes of each place."""
        at: dict[str, list[int]] = {}
        for number, (place, _) in enumerate(self.nodes):
            at.setdefault(place, []).append(number)
        return at

    @cached_property
    def arcs_from(self) -> list[list[int]]:
        """Arcs that leave each node, in the order of the table."""
        leaving: list[list[int]] = [[] for _ in self.nodes]
        for arc, node in enumerate(self.tail.tolist()):
            leaving[node].append(arc)
        return leaving

    @cached_property
    def arcs_to(self) -> list[list[int]]:
        """Arcs that reach each node, in the order of the table."""
        reaching: list[list[int]] = [[] for _ in self.nodes]
        for arc, node in enumerate(self.head.tolist()):
            reaching[node].append(arc)
        return reaching

    def to_networkx(self, year: int | None = None) -> nx.MultiDiGraph[Node]:
        """Copy the arcs in service today, or in a year, into a networkx graph.

        Nodes are (place, mode). Each edge carries ``time_h``, ``length_km``, ``link`` (empty for a transfer),
        ``mode``, ``kinds`` and ``states`` (of its steps, in order).
        """
        import networkx as nx

        graph: nx.MultiDiGraph[Node] = nx.MultiDiGraph()
        names, steps = self.steps.names, self.steps
        for arc in np.flatnonzero(self.open_in(year)).tolist():
            own = slice(self.arc_start[arc], self.arc_start[arc + 1])
            graph.add_edge(
                self.nodes[self.tail[arc]],
                self.nodes[self.head[arc]],
                time_h=float(steps.hours[own].sum()),
                length_km=float(steps.km[own].sum()),
                link=(*names.links, "")[self.link[arc]],
                mode=names.modes[self.mode[arc]],
                kinds=tuple(KINDS[kind] for kind in steps.kind[own]),
                states=tuple(names.states[state] for state in steps.state[own]),
            )
        return graph


# ---------------------------------------------------------------- building


class Link(NamedTuple):
    """One link in one direction, as it is laid out."""

    key: str
    mode: str
    start: str
    start_state: str
    end: str
    end_state: str
    shares: list[tuple[str, float]]  # kilometres in each state, in order of travel
    length_km: float


def supernetwork_of(
    network: Network, level: str, month: int | None = None, survey_year: int | None = None
) -> Supernetwork:
    """Return the supernetwork of a network; the network keeps it.

    Months in which the same closures hold share one.
    """
    key = Supernetwork, level, _closures_in(network, month), survey_year
    if key not in network.derived:
        network.derived[key] = build(network, level=level, month=month, survey_year=survey_year)
    built: Supernetwork = network.derived[key]
    return built


def _closures_in(network: Network, month: int | None) -> tuple[str, ...] | None:
    """List the closures that hold in a month; without a month all count."""
    if month is None:
        return None
    closures = network.tables["closures"]
    return tuple(
        key for key, months in zip(closures["id"], closures["months"], strict=True) if str(month) in months
    )


def build(
    network: Network, *, level: str, month: int | None = None, survey_year: int | None = None
) -> Supernetwork:
    """Build the supernetwork of all links, of whatever year, in a month (any by default)."""
    times = TimeModel(network, level, survey_year, month)
    rows = _Rows()
    links = network.links
    for link in _directions(links):
        if times.closed_share(link.key) != 1:  # a closure is an absence, never a large number
            rows.add_arc((link.start, link.mode), (link.end, link.mode), _steps_of_link(link, times))
    state_of = dict(zip(network.tables["places"]["id"], network.tables["places"]["state"], strict=True))
    served = set(rows.nodes)
    for place, from_mode, to_mode, method, time in times.transfers():
        tail, head = (place, from_mode), (place, to_mode)
        if tail in served and head in served:
            step = _step(TRANSFER, place, place, to_mode, state_of[place], time, detail=method)
            rows.add_arc(tail, head, [step])
    return rows.supernetwork(times, links)


def _directions(links: Any) -> Iterator[Link]:
    """List every link in both directions."""
    names = ("id", "mode", "from", "from_state", "to", "to_state", "length_km")
    columns = zip(*(links[name].tolist() for name in names), links["state_km"], strict=True)
    for key, mode, start, start_state, end, end_state, length_km, state_km in columns:
        shares = list(state_km.items())
        yield Link(key, mode, start, start_state, end, end_state, shares, length_km)
        yield Link(key, mode, end, end_state, start, start_state, shares[::-1], length_km)


Step = tuple[Any, ...]  # the columns of a step by name, in the order of COLUMNS; codes are made at the end


def _step(  # noqa: PLR0913, PLR0917  # the columns of a step
    kind: str,
    start: str,
    end: str,
    mode: str,
    state: str,
    time: StepTime,
    *,
    link: str | None = None,
    detail: str = "",
    km: float = 0.0,
    touches: bool = False,
) -> Step:
    return kind, start, end, mode, state, link, detail, touches, km, *time


def _steps_of_link(link: Link, times: TimeModel) -> list[Step]:
    """Lay out one link in one direction: wait, leave, board, run, enter."""
    key, mode, start, end = link.key, link.mode, link.start, link.end
    at_start = start, start, mode, link.start_state
    is_border = link.start_state != link.end_state
    steps: list[Step] = []

    opening = times.opening(key) if mode != SEA else None
    if opening is not None:
        steps.append(_step(WAIT, *at_start, opening, link=key, detail="until the pass opens"))
    if is_border:
        dwell = times.dwell(key, mode, link.start_state, "outbound")
        steps.append(_step(BORDER, *at_start, dwell, link=key, detail="outbound"))

    if mode == SEA:
        steps.append(_step(BOARD, *at_start, times.wait(key), link=key, detail="wait for a ship"))
        steps.append(_step(RUN, start, end, mode, SEA, times.sailing(key), link=key, km=link.length_km))
    else:
        for state, km in link.shares:
            touches = state not in {link.start_state, link.end_state}
            time = times.run(mode, state, km)
            steps.append(_step(RUN, start, end, mode, state, time, link=key, km=km, touches=touches))

    if is_border:
        dwell = times.dwell(key, mode, link.end_state, "inbound")
        steps.append(_step(BORDER, end, end, mode, link.end_state, dwell, link=key, detail="inbound"))
    return steps


class _Codes(dict[Any, int]):
    """Numbers of names, given in the order in which the names are first met."""

    def __missing__(self, name: Any) -> int:
        number = self[name] = len(self)
        return number


class _Rows:
    """Collects arcs and their steps, then turns them into arrays."""

    def __init__(self) -> None:
        self.nodes = _Codes()
        self.arcs: list[tuple[int, int]] = []
        self.steps: list[Step] = []
        self.arc_start = [0]

    def add_arc(self, tail: Node, head: Node, steps: list[Step]) -> None:
        """Add what leads from one node to another."""
        self.arcs.append((self.nodes[tail], self.nodes[head]))
        self.steps += steps
        self.arc_start.append(len(self.steps))

    def supernetwork(self, times: TimeModel, links: Any) -> Supernetwork:
        """Turn names into codes and lists into arrays."""
        columns = dict(zip(COLUMNS, zip(*self.steps, strict=True), strict=True)) if self.steps else {}
        codes = {"kind": _Codes(zip(KINDS, range(len(KINDS)), strict=True)), "link": _Codes({None: NO_LINK})}
        codes["tail"] = codes["head"] = _Codes()
        codes |= {name: _Codes() for name in ("mode", "state", "detail")}
        for number, key in enumerate(links["id"].tolist()):
            codes["link"][key] = number
        arrays: dict[str, np.ndarray] = {
            name: np.array(
                [codes[name][cell] for cell in columns.get(name, ())]
                if name in codes
                else columns.get(name, ()),
                dtype=DTYPES.get(name, np.int32),
            )
            for name in COLUMNS
        }
        names = Names(
            places=tuple(codes["tail"]),
            modes=tuple(codes["mode"]),
            states=tuple(codes["state"]),
            links=tuple(links["id"].tolist()),
            details=tuple(codes["detail"]),
        )
        steps = StepTable(**arrays, names=names, components=times.components)
        tail, head = np.array(self.arcs, dtype=np.int32).reshape(-1, 2).T
        arc_start = np.array(self.arc_start, dtype=np.int32)
        return Supernetwork(tuple(self.nodes), steps, arc_start, tail, head, *_years(links, steps, arc_start))


def _years(links: Any, steps: StepTable, arc_start: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tell for each arc the first and the last year of its link, and whether that is in service today."""
    opened = links["opened"].astype("Float64").fillna(-np.inf).to_numpy(dtype=float)  # since long ago
    closed = links["closed"].astype("Float64").fillna(np.inf).to_numpy(dtype=float)
    in_service = ((links["status"] == "operational") & links["closed"].isna()).to_numpy(dtype=bool)
    link = steps.link[arc_start[:-1]]  # the rows of transfers (-1) are never read
    return opened[link], closed[link], in_service[link]
