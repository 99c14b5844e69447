"""What journeys that were made say of the figures: multipliers of components, and how journeys differ.

The table ``calibration`` (made by ``tools.calibrate``) has a row a component. A step's hours are the figure's
own times the multiplier of its component and, by rail, of its service level. A network without the table
takes its figures as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from cacorridor.network.memberships import customs_territory
from cacorridor.network.model import SEA

if TYPE_CHECKING:
    from cacorridor.network.model import Network

# On the 1520 mm trunk between China and Europe block trains have paths of their own; elsewhere they do not.
TRUNK_STATES = frozenset({"KAZ", "RUS", "BLR"})
RAIL = "rail"

STAY = "stay"  # at a terminal: the journeys cannot tell it
SURVEYED = "typical"  # the level whose figures are means over surveyed journeys

# A truck, a ship and a pass are the same at every level, and so is what journeys say of them: no level may
# be quicker than a better one for its correction alone. By rail each level has figures of its own, from best
# cases or from surveys, that are off by a factor of their own.
OF_EVERY_LEVEL = frozenset({"run:road", "sail", "wait:ship", "pass"})
OF_LEVELS = ("run:rail", "border:rail", "transfer:gauge")
LEVEL, JOURNEY, SPREAD = "level", "journey", "spread"  # rows that are not components of time


class Learnt(NamedTuple):
    """What journeys say of one component: its multiplier, and how surely (sd of its logarithm)."""

    multiplier: float = 1.0
    sd_log: float = 0.0


NOTHING_LEARNT = Learnt()


@dataclass(frozen=True, eq=False)
class Calibration:
    """The calibration of a network at one service level."""

    network: Network
    level: str

    @cached_property
    def _rows(self) -> dict[str, Learnt]:
        rows = self.network.rows("calibration") if "calibration" in self.network.tables else []
        return {row["id"]: Learnt(row["multiplier"], row["sd_log"]) for row in rows}

    def learnt(self, component: str) -> Learnt:
        """Return what is known of a component at this level, without the level's own multiplier."""
        if not is_learnt(component, self.level):
            return NOTHING_LEARNT
        return self._rows.get(component, NOTHING_LEARNT)

    def learnt_of_level(self, component: str) -> Learnt:
        """Return what is known of the level, for a component that has figures of its own at each."""
        if not has_levels(component):
            return NOTHING_LEARNT
        return self._rows.get(f"{LEVEL}:{self.level}", NOTHING_LEARNT)

    @cached_property
    def spread(self) -> float:
        """Scale of the spreads that the tables state for single figures."""
        return self._rows.get(SPREAD, NOTHING_LEARNT).multiplier

    def journey_sd(self, mode: str) -> float:
        """Return how journeys by the family of a mode differ beyond their figures: sd of the logarithm."""
        return self._rows.get(f"{JOURNEY}:{family(mode)}", NOTHING_LEARNT).sd_log

    # ------------------------------------------------------------ components

    def run(self, mode: str, state: str) -> str:
        """Name the component of a run: by mode and kind of line."""
        if family(mode) != RAIL:
            return "sail" if mode == SEA else f"run:{mode}"
        # kinds of line on which journeys differ
        line = "trunk" if state in TRUNK_STATES else state if state == "CHN" else "other"
        return f"run:{RAIL}:{line}"

    def border(self, link: str, mode: str, states: frozenset[str]) -> str:
        """Name the component of a border: by mode, break of gauge, and whether it is a customs border."""
        if mode == SEA:
            return "border:port"
        if family(mode) == RAIL and link in self.gauge_links:
            return "border:rail:gauge"
        return f"border:{family(mode)}:{'union' if self.is_union(states) else 'customs'}"

    def is_union(self, states: frozenset[str]) -> bool:
        """Tell whether some of the states are one customs territory."""
        return len({self._territory(state) for state in states}) < len(states)

    def transfer(self, from_mode: str, to_mode: str) -> str:
        """Name the component of a change of mode."""
        if SEA in {from_mode, to_mode}:
            return "transfer:port"
        is_gauge = {family(from_mode), family(to_mode)} == {RAIL}
        return "transfer:gauge" if is_gauge else "transfer:terminal"

    @cached_property
    def gauge_links(self) -> frozenset[str]:
        """Links with an end at which a railway changes its gauge."""
        links, transfers = self.network.columns("links"), self.network.columns("transfers")
        modes = zip(transfers["place"], transfers["from_mode"], transfers["to_mode"], strict=True)
        places = {place for place, one, other in modes if family(one) == RAIL == family(other)}
        ends = zip(links["id"], links["from"], links["to"], strict=True)
        return frozenset(key for key, start, end in ends if start in places or end in places)

    def _territory(self, state: str) -> str:
        if state not in self._territories:
            self._territories[state] = customs_territory(self.network, state)
        return self._territories[state]

    @cached_property
    def _territories(self) -> dict[str, str]:
        return {}


def uncalibrated(network: Network) -> Network:
    """Take away what journeys have taught: figures count as the tables have them."""
    if "calibration" not in network.tables:
        return network
    return network.with_table("calibration", network.table("calibration").iloc[:0])


def is_learnt(component: str, level: str) -> bool:
    """Tell whether journeys speak of a component at a level: not of stays, nor of what surveys measured."""
    if component == STAY:
        return False
    return level != SURVEYED or component in OF_EVERY_LEVEL


def has_levels(component: str) -> bool:
    """Tell whether a component's figures are off by a factor of their own at each service level."""
    return component.startswith(OF_LEVELS)


def family(mode: str) -> str:
    """Name the family of a mode: both gauges are rail."""
    return mode.partition("_")[0]
