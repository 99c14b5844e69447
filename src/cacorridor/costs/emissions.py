"""What a step of a journey emits: tonne-kilometres times energy and carbon factors, in the form of ISO 14083.

A run is a transport element, a handling a hub element of its own; the distance is that of the network. Rail
uses energy by its traction, and each state's grid or the fuel gives it its carbon; road and sea have factors
of a tonne-kilometre.
"""

from __future__ import annotations

import itertools
import math
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from cacorridor.costs.calibration import RAIL, family
from cacorridor.costs.components import NO_FIGURE, Component
from cacorridor.costs.loads import LOADS

if TYPE_CHECKING:
    from cacorridor.costs.components import Register
    from cacorridor.network.model import Network

DIRECT, ENERGY, CARBON = "direct", "energy", "carbon"
OF_TRAINS = frozenset({ENERGY, CARBON})  # factors by which trains alone emit
OF_RUNS = OF_TRAINS | {DIRECT}
ELECTRICITY, DIESEL = "electricity", "diesel"
ELECTRIC = "electric"  # the traction of a link
ASSUMED = {"": "traction of the line not known", "mixed": "line or trains electric in part"}


class StepEmission(NamedTuple):
    """Grams of CO2 equivalent of one step, with the numbers of the factors behind them."""

    grams: float
    energy: int = NO_FIGURE
    carbon: int = NO_FIGURE


NOT_COUNTED = StepEmission(0.0)  # standing has no factor, and emits next to nothing
NOT_KNOWN = StepEmission(math.nan)


class EmissionModel:
    """The emission factors of a network for one load."""

    def __init__(self, network: Network, load: str, register: Register) -> None:
        self.network, self.load, self.register = network, LOADS[load], register

    @property
    def standing(self) -> StepEmission:
        """What standing emits: nothing that the factors count."""
        return NOT_COUNTED if self._factors else NOT_KNOWN

    def run(self, mode: str, state: str, link: str, km: float) -> StepEmission:
        """Compute what a run within one state, or a sailing, emits."""
        tonne_km = self.load.tonnes * km
        # trucks and ships: one factor, fuel and all
        if family(mode) != RAIL:
            factor = self._find(DIRECT, mode=mode, state=state, link=link)
            if factor is None:
                return NOT_KNOWN
            return StepEmission(tonne_km * factor["mean"], self._number(factor))
        # trains: energy of the line, carbon of what it runs on
        traction = self._traction.get(link, "")
        carrier = ELECTRICITY if traction == ELECTRIC else DIESEL
        energy = self._find(ENERGY, mode=mode, carrier=carrier, state=state, link=link)
        carbon = self._find(CARBON, carrier=carrier, state=state)
        if energy is None or carbon is None:
            return NOT_KNOWN
        numbers = self._number(energy, ASSUMED.get(traction, "")), self._number(carbon)
        return StepEmission(tonne_km * energy["mean"] * carbon["mean"], *numbers)

    def handling(self, kind: str, state: str) -> StepEmission:
        """Compute what a handling emits: a hub element; ``kind`` is gauge, port or terminal."""
        factor = self._find(kind, state=state)
        if factor is None:
            return NOT_KNOWN
        return StepEmission(self.load.containers * factor["mean"], self._number(factor))

    # ------------------------------------------------------------ figures and rows

    def _number(self, row: dict[str, Any], assumed: str = "") -> int:
        """Give a factor its number; one that is used for want of a known traction is marked as assumed."""
        row_key = f"emissions/{row['id']}"
        key = f"{row_key}@{assumed}" if assumed else row_key
        return self.register.number(
            key,
            lambda: Component(
                key=key,
                group=row_key,
                value=row["mean"],
                unit=row["unit"],
                low=row["low"] / row["mean"],
                high=row["high"] / row["mean"],
                basis="assumed" if assumed else row["basis"],
                source_id=row["source_id"],
                year=int(row["year"]),
                note="; ".join(filter(None, (assumed and f"{assumed}: diesel taken", row["note"]))),
                component=row["standard"],
            ),
        )

    def _find(self, what: str, **where: str) -> dict[str, Any] | None:
        """Find the most specific factor: of the link, of the load's unit, of the state, then of the mode."""
        mode, carrier = where.get("mode", ""), where.get("carrier", "")
        unit = next(iter(self.load.units))
        levels = [where.get("link", ""), unit, where.get("state", "")]
        specific = [[level, ""] if level else [""] for level in levels]
        for *place, mode_word in itertools.product(*specific, dict.fromkeys((mode, family(mode)))):
            row = self._factors.get((what, carrier, mode_word, *place))
            if row is not None:
                return row
        return None

    @cached_property
    def _factors(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """Factors by what they are for, the newest."""
        rows = sorted(self.network.rows("emissions"), key=lambda row: int(row["year"]))
        # a later row of the same thing takes the place of an earlier one
        key_of = itemgetter("what", "carrier", "mode", "link", "load", "state")
        return {key_of(row): row for row in rows}

    @cached_property
    def _traction(self) -> dict[str, str]:
        """Traction of each link."""
        links = self.network.columns("links")
        return dict(zip(links["id"], links["traction"], strict=True))
