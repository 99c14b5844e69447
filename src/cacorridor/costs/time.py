"""What a step of a journey costs in time: the tables' figures, chosen from the most specific row."""

from __future__ import annotations

import math
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from cacorridor.costs.calibration import STAY, Calibration, family
from cacorridor.costs.components import KMH, Component, Register
from cacorridor.costs.ranges import log_sigma, lognormal_range
from cacorridor.network.model import SEA
from cacorridor.network.schema import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.costs.components import Components
    from cacorridor.network.model import Network

PANDEMIC_YEARS = (2020, 2021)  # border surveys of these years say little about others
ANY_STATE = ""

# a road to a town outside the network is as long as the straight line times CIRCUITY: roads in the data of 20
# to 300 km with a published length have 1.27 on average (27 roads; 10th to 90th percentile 1.03 to 1.57)
CIRCUITY, CIRCUITY_LOW, CIRCUITY_HIGH = 1.3, 1.03, 1.57
Deviations = tuple[tuple[str, float], ...]  # of the logarithm, by what they come from
ROAD_TO_TOWN: Deviations = (("circuity", log_sigma(CIRCUITY_LOW, CIRCUITY_HIGH)),)
TO_TOWN = "length assumed: straight line times 1.3, whatever mountains lie between; speed of the state"


class StepTime(NamedTuple):
    """Expected hours of one step, and the number of the component that they rest on."""

    hours: float
    component: int


class Transfer(NamedTuple):
    """A change of mode at a place."""

    place: str
    from_mode: str
    to_mode: str
    method: str
    time: StepTime
    kind: str = ""  # of the calibration, such as transfer:port
    cost_usd: float = math.nan  # of the table, where it stands


class TimeModel:
    """The time parameters of a network at one service level, and the components that were asked for.

    ``survey_year`` prefers figures of that year; else the newest outside the pandemic is used.
    ``month`` (1 to 12) applies the closures of that month; without it the year's average counts.
    """

    def __init__(
        self, network: Network, level: str, survey_year: int | None = None, month: int | None = None
    ) -> None:
        self.network, self.survey_year, self.month = network, survey_year, month
        self.level = level if level in LEVELS else LEVELS[0]  # of the tables; block starts from express
        self.calibration = Calibration(network, level)
        self.register = Register()

    @property
    def components(self) -> Components:
        """The components that steps have asked for, in the order of asking."""
        return self.register.components

    # ------------------------------------------------------------ steps

    def run(self, mode: str, state: str, length_km: float, *, to_town: bool = False) -> StepTime:
        """Time to run a length within one state: ``length / speed``, stretched by the hours on duty."""
        # the length of a road to an end outside the network is itself no more than assumed
        row = self.speeds.get((mode, state)) or self.speeds[mode, ANY_STATE]
        if to_town:
            row = {**row, "basis": "assumed", "note": TO_TOWN}
        # a driver who drives 10 h a day takes 2.4 h for each hour at the wheel
        stretch = 24 / row["duty_h_per_day"]
        component = self._component(
            f"speeds/{row['id']}",
            row,
            mode,
            self.calibration.run(mode, state),
            group=f"speeds/{mode}",
            value=row["speed_kmh"],
            unit=KMH,
            low=row["speed_kmh"] / row["speed_high_kmh"],
            high=row["speed_kmh"] / row["speed_low_kmh"],
            moving=1 / stretch,
            beside=ROAD_TO_TOWN if to_town else (),
        )
        return self._step(stretch * length_km / row["speed_kmh"], component)

    def dwell(  # the side of a crossing, and what lies on the other
        self, link: str, mode: str, state: str, direction: str, other_state: str = ""
    ) -> StepTime:
        """Standing time at one side of a crossing, from the link's own row or the state's average."""
        # the most specific row: of the link, of the state, of any state
        kind = self.calibration.border(link, mode, frozenset({state, other_state}))
        for key in ((link, state), ("", state), ("", ANY_STATE)):
            row = self.dwells.get((*key, mode, direction))
            if row is not None:
                return self._ranged("crossings", row, "dwell", mode, kind)
        raise KeyError((mode, direction))  # the checks make sure that a default row exists

    def sailing(self, link: str) -> StepTime:
        """Time from port to port."""
        return self._ranged("services", self.services[link], "sailing", SEA, "sail", moving=1.0)

    def wait(self, link: str) -> StepTime:
        """Wait for a ship: ``(H / 2)(1 + c^2)`` with the headway H of the days that allow sailing.

        Osuna and Newell (1972): irregular departures make the mean wait longer than half the headway.
        Lognormal headways give the wait the squared variation ``4 (1 + c^2) / 3 - 1``.
        """
        row = self.services[link]
        closed_share = self.closed_share(link)
        # storms take days away, so that the ships left stand further apart
        headway_h = row["headway_h"] / (1 - (row["closure_share"] if closed_share is None else closed_share))
        mean_h = headway_h / 2 * (1 + row["headway_cv"] ** 2)
        low, high = lognormal_range(1.0, math.sqrt(4 / 3 * (1 + row["headway_cv"] ** 2) - 1))
        key = f"services/{row['id']}.headway"
        component = self._component(key, row, SEA, "wait:ship", value=row["headway_h"], low=low, high=high)
        return self._step(mean_h, component)

    def opening(self, link: str) -> StepTime | None:
        """Wait until a pass opens that is closed at times: the share closed times half a closed spell.

        Without a month it is the year's average over the months in which the pass is not closed altogether.
        """
        rows = [row for row in self.closures.get(link, ()) if 0 < row["closed_share"] < 1]
        if not rows:
            return None
        # mean over the months that are not closed altogether: a closed share of the days, times half a spell
        months = (1 if self.month is not None else 12) - self._months_shut(link)
        closed = [
            (row["closed_share"] * _months_in(row, self.month) / months, row["spell_h"]) for row in rows
        ]
        share = sum(share for share, _ in closed)
        mean_h = sum(share * spell_h / 2 for share, spell_h in closed)
        spell_h = 2 * mean_h / share  # a wait between 0 and the spell, if closed; none if open
        variance = share * spell_h**2 / 3 - mean_h**2
        low, high = lognormal_range(1.0, math.sqrt(variance) / mean_h)
        # one figure must name a row: that of most months
        main = max(rows, key=lambda row: _months_in(row, self.month))
        figure = {"value": share, "unit": "share closed", "low": low, "high": high}
        component = self._component(f"closures/{main['id']}", main, "road", "pass", **figure)
        return self._step(mean_h, component)

    def closed_share(self, link: str) -> float | None:
        """Share of the month asked for in which nothing passes a link; None where no closure is known."""
        rows = self.closures.get(link, ())
        return float(rows[0]["closed_share"]) if rows and self.month is not None else None

    def is_shut(self, link: str) -> bool:
        """Tell whether nothing passes a link in the month asked for; without a month, in any month."""
        return self._months_shut(link) == (1 if self.month is not None else 12)

    def _months_shut(self, link: str) -> int:
        rows = self.closures.get(link, ())
        return sum(_months_in(row, self.month) for row in rows if row["closed_share"] == 1)

    def transfers(self) -> Iterable[Transfer]:
        """Every change of mode, both directions."""
        for row, one, other in self.changes_of_mode():
            yield self.transfer(row, one, other)

    def changes_of_mode(self) -> Iterable[tuple[dict[str, Any], str, str]]:
        """List the rows of transfers in both directions, with the mode left and the mode taken."""
        for row in self.transfer_rows:
            yield row, row["from_mode"], row["to_mode"]
            yield row, row["to_mode"], row["from_mode"]

    def transfer(self, row: dict[str, Any], one: str, other: str) -> Transfer:
        """Time a change of mode in the direction of its second mode."""
        kind = self.calibration.transfer(row["from_mode"], row["to_mode"])
        time = self._ranged("transfers", row, "handling", other, kind)
        return Transfer(row["place"], one, other, row["method"], time, kind, row["cost_usd"])

    def stay(self, mode: str, side: str) -> StepTime | None:
        """Time at a terminal before departure or after arrival; None where the data have no row."""
        rows = {(row["mode"], row["side"]): row for row in self._at_level("terminals")}
        row = rows.get((mode, side))
        return None if row is None else self._ranged("terminals", row, "stay", mode, STAY)

    # ------------------------------------------------------------ components

    def _step(self, hours: float, component: int) -> StepTime:
        """Scale the hours of a figure by what journeys say of its component."""
        return StepTime(hours * self.register.rows[component].multiplier, component)

    def _ranged(  # noqa: PLR0913  # a figure, and the kind of time that it is
        self, table: str, row: dict[str, Any], stem: str, mode: str, kind: str, *, moving: float = 0.0
    ) -> StepTime:
        """Use a figure in hours that has its own percentiles."""
        mean_h, low_h, high_h = (row[f"{stem}_{name}"] for name in ("h", "low_h", "high_h"))
        low, high = (low_h / mean_h, high_h / mean_h) if mean_h > 0 else (1.0, 1.0)
        key = f"{table}/{row['id']}"
        component = self._component(key, row, mode, kind, value=mean_h, low=low, high=high, moving=moving)
        return self._step(mean_h, component)

    def _component(  # a figure, the kind of time that it is, and what varies beside it
        self,
        key: str,
        row: dict[str, Any],
        mode: str,
        kind: str,
        *,
        beside: Deviations = (),
        **figure: Any,
    ) -> int:
        """Give a component its number; ``beside`` are further deviations, by what they come from."""
        name = key, " ".join([kind, family(mode), *dict(beside)])
        return self.register.number(name, lambda: self._describe(key, row, mode, kind, figure, beside))

    def _describe(  # noqa: PLR0913, PLR0917  # as the one above
        self,
        key: str,
        row: dict[str, Any],
        mode: str,
        kind: str,
        figure: dict[str, Any],
        beside: Deviations,
    ) -> Component:
        """Put together what is known of a figure: evidence, what journeys say, what it varies with."""
        # what journeys say: of the component, of the level, and how they differ
        learnt, of_level = self.calibration.learnt(kind), self.calibration.learnt_of_level(kind)
        shared = {
            f"calibration/{kind}": learnt.sd_log,
            f"calibration/level:{self.calibration.level}": of_level.sd_log,
            f"journey/{family(mode)}": self.calibration.journey_sd(mode),
            **dict(beside),
        }
        year = row.get("year")
        return Component(
            key=key,
            component=kind,
            multiplier=learnt.multiplier * of_level.multiplier,
            spread=self.calibration.spread,
            shared=tuple((name, sd) for name, sd in shared.items() if sd > 0),
            year=None if year is None else int(year),
            basis=row["basis"],
            source_id=row["source_id"],
            note=row["note"],
            **{"group": key, "unit": "h", **figure},
        )

    # ------------------------------------------------------------ rows of the tables

    @cached_property
    def speeds(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """Rows of speeds by mode and state."""
        return self._newest("speeds", ["mode", "state"])

    @cached_property
    def dwells(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """Rows of crossings by link, state, mode and direction."""
        return self._newest("crossings", ["link", "state", "mode", "direction"])

    @cached_property
    def services(self) -> dict[str, dict[str, Any]]:
        """Rows of services by link."""
        return {row["link"]: row for row in self._at_level("services")}

    @cached_property
    def closures(self) -> dict[str, list[dict[str, Any]]]:
        """Group the closures of the month asked for, or of the whole year, by link."""
        closures: dict[str, list[dict[str, Any]]] = {}
        for row in self.network.rows("closures"):
            if _months_in(row, self.month):
                closures.setdefault(row["link"], []).append(row)
        return closures

    @cached_property
    def transfer_rows(self) -> list[dict[str, Any]]:
        """Rows of transfers, in the order of the table."""
        return self._at_level("transfers")

    def _at_level(self, table: str) -> list[dict[str, Any]]:
        return [row for row in self.network.rows(table) if row["level"] == self.level]

    def _newest(self, table: str, keys: list[str]) -> dict[tuple[str, ...], dict[str, Any]]:
        """Keep one row a key: of the survey year asked for, else the newest outside the pandemic."""
        # of several rows with one key the last one stays
        rows = sorted(self._at_level(table), key=self._preference)
        return {itemgetter(*keys)(row): row for row in rows}

    def _preference(self, row: dict[str, Any]) -> tuple[bool, bool, int]:
        """Order rows so that the one to use comes last."""
        year = int(row["year"] or 0)
        return year == self.survey_year, year not in PANDEMIC_YEARS, year


def _months_in(row: dict[str, Any], month: int | None) -> int:
    """Count the months that a closure speaks of, or tell whether it speaks of one."""
    return len(row["months"]) if month is None else int(str(month) in row["months"])
