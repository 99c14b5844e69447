"""All pairs of places, open and with each state of the best way closed: the page against Python."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from cacorridor.network.model import SEA
from cacorridor.routing.graph.arcs import build_arcs
from cacorridor.routing.query import build_query
from tools.agree.asking import ask_page, differences, near, run_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cacorridor import Network
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.shortest_paths.dijkstra import Path

Sums = tuple[float, float, str]  # hours, kilometres, states in order of travel


class Said(NamedTuple):
    """An answer of the page; without a way the hours are None."""

    origin: str
    destination: str
    closed: str
    hours: float | None
    km: float = 0.0
    states: str = ""


class Comparison(NamedTuple):
    """How many answers were compared, and those that differ."""

    questions: int
    unlike: list[str]


class AllPairs:
    """The questions of one service level: arcs are laid out once for each closed state."""

    def __init__(self, network: Network, places: Sequence[str], level: str) -> None:
        self.network, self.places, self.level = network, places, level
        self._arcs: dict[str, Arcs] = {}

    def compare(self, origins: Sequence[str]) -> Comparison:
        """Ask the page and Python all questions from some origins."""
        asked = {"level": self.level, "origins": origins, "places": self.places}
        answers = [Said(*each) for each in run_script("all_pairs.mjs", self.network, asked)]
        # one search in Python for each origin and closed state
        answers.sort(key=lambda each: (each.origin, each.closed))
        unlike: list[str] = []
        for (origin, closed), group in itertools.groupby(
            answers, key=lambda each: (each.origin, each.closed)
        ):
            unlike.extend(self._unlike(origin, closed, list(group)))
        return Comparison(len(answers), unlike)

    def _unlike(self, origin: str, closed: str, answers: list[Said]) -> Iterator[str]:
        """List the answers from an origin, with a state closed, that are not those of Python."""
        arcs = self._arcs_without(closed)
        paths = arcs.best_of_each(origin, [each.destination for each in answers])
        for said, best in zip(answers, paths, strict=True):
            expected = None if best is None else sums(arcs, best[1])
            if not _same(said, expected):
                yield from self._asked_again(said)

    def _asked_again(self, said: Said) -> list[str]:
        """Ask one question in full: of two ways that take the same hours both may be right."""
        options = {"level": self.level, **({"closed": [said.closed]} if said.closed else {})}
        question = (said.origin, said.destination, options)
        return differences(self.network, [question], ask_page(self.network, [question]))

    def _arcs_without(self, closed: str) -> Arcs:
        """Lay out the arcs of a network without a state, with all places as ends."""
        if closed not in self._arcs:
            state_of = self.network.state_of
            ends = [place for place in self.places if state_of[place] != closed]
            avoid = [closed] if closed else []
            query = build_query(self.network, ends[0], ends[1], level=self.level, avoid=avoid)
            self._arcs[closed] = build_arcs(self.network, query, list(zip(ends, ends, strict=True)))
        return self._arcs[closed]


def sums(arcs: Arcs, path: Path) -> Sums:
    """Sum the hours and kilometres of a path, and list its states."""
    rows, table = arcs.steps(path), arcs.supernetwork.steps
    stops = rows[~table.touches[rows]]
    met = (table.names.states[code] for code in table.state[stops].tolist())
    states = [state for state, _ in itertools.groupby(state for state in met if state != SEA)]
    return float(table.hours[rows].sum()), float(table.km[rows].sum()), " ".join(states)


def _same(said: Said, expected: Sums | None) -> bool:
    if expected is None or said.hours is None:
        return expected is None and said.hours is None
    hours, km, states = expected
    return near(said.hours, hours) and near(said.km, km) and said.states == states
