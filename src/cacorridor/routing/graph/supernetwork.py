"""The directed graph over (place, mode) on which a shortest path is exact.

Nodes are (place, mode). A link becomes an arc in each direction, a chain of steps: border (outbound side),
board (wait for the ship), run (one step a state), border (inbound side). A transfer joins two modes of a
place. Every hour and kilometre sits on a step (Sheffi 1985; Jourquin and Beuthe 1996). Year, modes and bans
are masks over the arcs; only the service level, the month and the year of the surveys build anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cacorridor.extras import require_extra
from cacorridor.network.model import SEA
from cacorridor.routing.graph.plain import arcs_at
from cacorridor.routing.graph.steps import KINDS, NO_LINK, codes_of
from cacorridor.vectors import Vector, array_of, is_among, marks, part_numbers, spans, sums_between

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    import networkx as nx
    import numpy as np

    from cacorridor.costs.measures import Measure
    from cacorridor.routing.graph.plain import Arc, PlainSearch
    from cacorridor.routing.graph.steps import StepTable
    from cacorridor.shortest_paths.dijkstra import Search

Node = tuple[str, str]

ARC_COLUMNS = ("arc_start", "tail", "head", "opened", "closed", "in_service")
FOR_SEARCHES = {"leaving", "reaching", "topology", "stopping_in", "searches"}  # laid out anew when needed


@dataclass(frozen=True, eq=False)
class Supernetwork:
    """The graph at one service level, in one month, over the links of all years.

    Arc ``a`` leads from node ``tail[a]`` to node ``head[a]`` and consists of the steps ``arc_start[a]`` to
    ``arc_start[a + 1]``. ``link`` is its position among ``steps.names.links``, -1 for a transfer.

    Parameters
    ----------
    nodes
        The nodes, each a place and a mode.
    steps
        The steps of all arcs, arc by arc.
    arc_start
        First step of each arc, and the end of the last, shape (arcs + 1,).
    tail, head
        Node that each arc leaves, and that it reaches, shape (arcs,).
    opened, closed
        First and last year of each arc's link; infinite where there is none.
    in_service
        Which arcs are in service today.

    Examples
    --------
    >>> from cacorridor.routing.graph.search import supernetwork_for
    >>> graph = supernetwork_for(net, cc.find_route(net, "Kashgar", "Osh").query)
    >>> len(graph.tail) == len(graph.head)
    True

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

    # ------------------------------------------------------------ vectors and arrays

    @property
    def has_arrays(self) -> bool:
        """Whether the columns are arrays; else they are vectors, from before NumPy was loaded."""
        return not isinstance(self.tail, Vector)

    def with_arrays(self) -> Supernetwork:
        """Return the same with arrays for vectors."""
        arrays = {name: array_of(getattr(self, name)) for name in ARC_COLUMNS}
        return Supernetwork(self.nodes, self.steps.with_arrays(), **arrays)

    # ------------------------------------------------------------ masks over the arcs

    def open_in(self, year: int | None) -> np.ndarray:
        """Mark the arcs in service today (None) or in a year, and the transfers between modes served then."""
        is_link = self.link > NO_LINK
        if year is None:
            is_open = is_link & self.in_service
        else:
            is_open = is_link & (self.opened <= year) & (year <= self.closed)
        # a change of mode needs both modes at its place
        served = marks(len(self.nodes), like=self.tail)
        served[self.tail[is_open]] = True
        served[self.head[is_open]] = True
        marked: np.ndarray = is_open | (~is_link & served[self.tail] & served[self.head])
        return marked

    def by_modes(self, modes: Iterable[str]) -> np.ndarray:
        """Mark the arcs of some modes, no mode meaning every one; a transfer is of all modes."""
        chosen = set(modes)
        if not chosen:
            return ~marks(len(self.tail), like=self.tail)
        codes = codes_of(self.steps.names.modes, chosen)
        marked: np.ndarray = (self.link <= NO_LINK) | is_among(self.mode, codes)
        return marked

    def in_states(self, states: Iterable[str], *, touching: bool = True) -> np.ndarray:
        """Mark the arcs that lie in any of some states; without ``touching``, not those that only touch."""
        lie = marks(len(self.tail), like=self.tail)
        codes = codes_of(self.steps.names.states, states)
        if codes:  # hardly ever: most questions avoid no state
            there = is_among(self.steps.state, codes)
            lie[self._arc_of_step[there if touching else there & ~self.steps.touches]] = True
        return lie

    def of_links(self, links: Iterable[str]) -> np.ndarray:
        """Mark the arcs, in both directions, of some links."""
        return is_among(self.link, codes_of(self.steps.names.links, links))

    # ------------------------------------------------------------ columns of the arcs

    @cached_property
    def link(self) -> np.ndarray:
        """Link of each arc, shape (arcs,)."""
        link: np.ndarray = self.steps.link[self.arc_start[:-1]]
        return link

    @cached_property
    def arcs_of_links(self) -> dict[str, list[int]]:
        """Arcs of each link that has some, in the order of the table."""
        arcs: dict[str, list[int]] = {}
        for arc, code in enumerate(self.link.tolist()):
            if code != NO_LINK:
                arcs.setdefault(self.steps.names.links[code], []).append(arc)
        return arcs

    @cached_property
    def stopping_in(self) -> dict[str, list[tuple[int, int, int]]]:
        """Arcs that run or stop in each state, with their two ends; not those that only touch it."""
        states = map(self.steps.names.states.__getitem__, self.steps.state.tolist())
        steps = zip(states, self._arc_of_step.tolist(), self.steps.touches.tolist(), strict=True)
        # an arc of several steps in a state counts once
        arcs = dict.fromkeys((state, arc) for state, arc, touches in steps if not touches)
        ends = list(zip(self.tail.tolist(), self.head.tolist(), strict=True))
        stopping: dict[str, list[tuple[int, int, int]]] = {}
        for state, arc in arcs:
            stopping.setdefault(state, []).append((arc, *ends[arc]))
        return stopping

    @cached_property
    def mode(self) -> np.ndarray:
        """Mode of each arc; of a transfer the one that it leads to."""
        mode: np.ndarray = self.steps.mode[self.arc_start[:-1]]
        return mode

    @cached_property
    def _arc_of_step(self) -> np.ndarray:
        return part_numbers(self.arc_start)

    @cached_property
    def arc_states(self) -> np.ndarray:
        """Mark the states in which each arc has a step, shape (arcs, states)."""
        import numpy as np

        all_steps = np.ones(len(self.steps), dtype=bool)
        return self._states_of_arcs(all_steps)

    @cached_property
    def arc_states_stopping(self) -> np.ndarray:
        """Mark the same without the states that an arc runs through unstopped."""
        return self._states_of_arcs(~self.steps.touches)

    @cached_property
    def state_names(self) -> tuple[str, ...]:
        """States in which some arc has a step, sorted; the sea is none."""
        met = {self.steps.names.states[code] for code in set(self.steps.state.tolist())}
        return tuple(sorted(met - {SEA}))

    def state_bits(self, *, touching: bool = True) -> list[int]:
        """States of each arc as bits, in the order of ``state_names``; as of ``in_states``."""
        return self._state_bits if touching else self._state_bits_stopping

    @cached_property
    def _state_bits(self) -> list[int]:
        return self._bits_of(self.arc_states)

    @cached_property
    def _state_bits_stopping(self) -> list[int]:
        return self._bits_of(self.arc_states_stopping)

    def _bits_of(self, marks: np.ndarray) -> list[int]:
        columns = [self.steps.names.states.index(state) for state in self.state_names]
        return bits_of_rows(marks[:, columns])

    def _states_of_arcs(self, steps: np.ndarray) -> np.ndarray:
        import numpy as np

        # one mark for each step that counts, at its arc and its state
        lie = np.zeros((len(self.tail), len(self.steps.names.states)), dtype=bool)
        lie[self._arc_of_step[steps], self.steps.state[steps]] = True
        return lie

    def weights(self, measure: Measure) -> np.ndarray:
        """Sum what each arc weighs by a measure, shape (arcs,)."""
        return sums_between(measure.weight(self.steps), self.arc_start)

    def steps_of(self, arcs: Iterable[int]) -> np.ndarray:
        """List the steps of some arcs, in order."""
        return spans(self._starts, arcs, like=self.tail)

    @cached_property
    def _starts(self) -> list[int]:
        starts: list[int] = self.arc_start.tolist()
        return starts

    # ------------------------------------------------------------ nodes

    @cached_property
    def nodes_at(self) -> dict[str, list[int]]:
        """Numbers of the nodes of each place."""
        numbers_at: dict[str, list[int]] = {}
        for number, (place, _) in enumerate(self.nodes):
            numbers_at.setdefault(place, []).append(number)
        return numbers_at

    @cached_property
    def leaving(self) -> list[list[Arc]]:
        """Arcs that leave each node, in the order of the table."""
        return arcs_at(self.tail, self.head, len(self.nodes))

    @cached_property
    def reaching(self) -> list[list[Arc]]:
        """Arcs that reach each node, in the order of the table."""
        return arcs_at(self.head, self.tail, len(self.nodes))

    @cached_property
    def topology(self) -> Search:
        """The same arcs as scipy searches them, under any weights."""
        from cacorridor.shortest_paths.dijkstra import Search

        # one node more, from which a search may begin at several nodes at once
        return Search(array_of(self.tail), array_of(self.head), len(self.nodes) + 1)

    @cached_property
    def searches(self) -> dict[Hashable, PlainSearch]:
        """Searches that were prepared, by their conditions."""
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what searches are made of, so that a copy in another process is small."""
        return {name: field for name, field in vars(self).items() if name not in FOR_SEARCHES}

    def to_networkx(self, year: int | None = None) -> nx.MultiDiGraph[tuple[str, str]]:
        """Copy the arcs in service today, or in a year, into a networkx graph.

        Nodes are (place, mode). Each edge carries ``time_h``, ``length_km``, ``link`` (empty for a transfer),
        ``mode``, ``kinds`` and ``states`` (of its steps, in order).
        """
        require_extra("networkx", "a graph of networkx")
        import networkx as nx
        import numpy as np

        graph: nx.MultiDiGraph[Node] = nx.MultiDiGraph()
        names, steps = self.steps.names, self.steps
        # parallel links are edges of their own, hence a multigraph
        for arc in np.flatnonzero(self.open_in(year)).tolist():
            rows = slice(self.arc_start[arc], self.arc_start[arc + 1])
            graph.add_edge(
                self.nodes[self.tail[arc]],
                self.nodes[self.head[arc]],
                time_h=float(steps.hours[rows].sum()),
                length_km=float(steps.km[rows].sum()),
                link=(*names.links, "")[self.link[arc]],
                mode=names.modes[self.mode[arc]],
                kinds=tuple(KINDS[kind] for kind in steps.kind[rows]),
                states=tuple(names.states[state] for state in steps.state[rows]),
            )
        return graph


def bits_of_rows(marks: np.ndarray) -> list[int]:
    """Make a number of each row of marks, bit k for column k: of any size, and quickly joined by Python."""
    import numpy as np

    bits = [0] * len(marks)
    for row, column in np.argwhere(marks).tolist():
        bits[row] |= 1 << column
    return bits
