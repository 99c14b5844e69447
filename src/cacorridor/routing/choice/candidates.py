"""One way among several: what it shares with another, and what it alone has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cacorridor.routing.routes import Route


@dataclass(frozen=True, eq=False)
class Way:
    """A candidate: its route, the kilometres of each of its links, its crossings and modes."""

    route: Route
    km: dict[str, float]
    marks: frozenset[str]

    @classmethod
    def of(cls, route: Route) -> Way:
        """Sum the kilometres of each link of a route."""
        # steps that belong to no link, such as transfers, have no length
        km: dict[str, float] = {}
        for code, length in zip(route.table.link.tolist(), route.table.km.tolist(), strict=True):
            if code >= 0:
                link = route.table.names.links[code]
                km[link] = km.get(link, 0.0) + length
        return cls(route, km, frozenset({*route.crossings, *route.modes}))

    def shared(self, other: Way) -> float:
        """Compute the share of the kilometres of the shorter that both have in common."""
        common = sum(length for link, length in self.km.items() if link in other.km)
        return common / max(min(self.route.length_km, other.route.length_km), 1e-9)

    def differs(self, other: Way, most: float) -> bool:
        """Say whether it shares no more than that with another, and has a crossing or a mode of its own."""
        # crossings and modes as sets: what both have, of what either has
        together = len(self.marks & other.marks) / max(len(self.marks | other.marks), 1)
        return self.marks != other.marks and max(self.shared(other), together) <= most


def own_states(candidate: Way, candidates: Sequence[Way]) -> tuple[str, ...]:
    """List the states of a way that not every other crosses, in order of travel."""
    # what all have in common tells none from the others
    everywhere = set(candidate.route.states).intersection(*(other.route.states for other in candidates))
    return tuple(dict.fromkeys(state for state in candidate.route.states if state not in everywhere))


def own_crossings(candidate: Way, candidates: Sequence[Way]) -> tuple[str, ...]:
    """List the crossings of a way that no other uses, in order of travel."""
    elsewhere = {link for other in candidates if other is not candidate for link in other.route.crossings}
    return tuple(link for link in candidate.route.crossings if link not in elsewhere)


def families_of(route: Route, families: Mapping[str, str]) -> tuple[str, ...]:
    """List the families of modes that carry a route, the longest haul first."""
    km: dict[str, float] = {}
    for code, length in zip(route.table.mode.tolist(), route.table.km.tolist(), strict=True):
        family = families[route.table.names.modes[code]]
        km[family] = km.get(family, 0.0) + length
    return tuple(sorted((family for family in km if km[family] > 0), key=lambda family: -km[family]))
