"""What a step of a journey costs in time: the tables' figures, chosen from the most specific row."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cacorridor.costs.ranges import lognormal_range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.network.model import Network

PANDEMIC_YEARS = (2020, 2021)  # border surveys of these years say little about others


@dataclass(frozen=True)
class Duration:
    """Hours of one step, with the figure that they rest on.

    ``factor`` names the figure, ``group`` what varies together: a figure varies with itself, and the
    speeds of one mode vary together in all states, because weather and congestion do not stop at borders.
    """

    mean_h: float
    low_h: float
    high_h: float
    factor: str
    group: str
    basis: str
    source_id: str
    year: int | None = None
    note: str = ""
    value: float = 0.0  # the figure itself, in its own unit
    unit: str = "h"
    moving_h: float = 0.0  # the part of the mean in which the vehicle moves


@dataclass(frozen=True, eq=False)
class Rates:
    """The time parameters of a network at one service level.

    ``survey_year`` prefers figures of that year; else the newest outside the pandemic is used.
    ``month`` (1 to 12) applies the closures of that month; without it the year's average counts.
    """

    network: Network
    level: str
    survey_year: int | None = None
    month: int | None = None

    def run(self, mode: str, state: str, length_km: float) -> Duration:
        """Time to run a length within one state: ``length / speed``, stretched by the hours on duty."""
        row = self._speed(mode, state)
        stretch = 24 / row["duty_h_per_day"]
        return Duration(
            mean_h=stretch * length_km / row["speed_kmh"],
            low_h=stretch * length_km / row["speed_high_kmh"],
            high_h=stretch * length_km / row["speed_low_kmh"],
            moving_h=length_km / row["speed_kmh"],
            value=row["speed_kmh"],
            unit="km/h",
            **{**_evidence("speeds", row), "group": f"speeds/{mode}"},
        )

    def dwell(self, link: str, mode: str, state: str, direction: str) -> Duration:
        """Standing time at one side of a crossing, from the link's own row or the state's average."""
        for key in ((link, state), ("", state), ("", "")):
            row = self._dwells.get((*key, mode, direction))
            if row is not None:
                return _duration("crossings", row, "dwell")
        raise KeyError((mode, direction))  # the checks make sure that a default row exists

    def sailing(self, link: str) -> Duration:
        """Time from port to port."""
        row = self._services[link]
        return replace(_duration("services", row, "sailing"), moving_h=row["sailing_h"])

    def wait(self, link: str) -> Duration:
        """Wait for a ship: ``(H / 2)(1 + c^2)`` with the headway H of the days that allow sailing.

        Osuna and Newell (1972): irregular departures make the mean wait longer than half the headway.
        Lognormal headways give the wait the squared variation ``4 (1 + c^2) / 3 - 1``.
        """
        row = self._services[link]
        closed_share = self.closed_share(link)
        headway_h = row["headway_h"] / (1 - (row["closure_share"] if closed_share is None else closed_share))
        mean_h = headway_h / 2 * (1 + row["headway_cv"] ** 2)
        evidence = _evidence("services", row)
        return Duration(
            mean_h,
            *lognormal_range(mean_h, math.sqrt(4 / 3 * (1 + row["headway_cv"] ** 2) - 1)),
            value=row["headway_h"],
            **{**evidence, **dict.fromkeys(("factor", "group"), evidence["factor"] + ".headway")},
        )

    def closed_share(self, link: str) -> float | None:
        """Share of the month asked for in which nothing passes a link; None where no closure is known."""
        rows = self._closures.get(link, ())
        return float(rows[0]["closed_share"]) if rows and self.month is not None else None

    def opening(self, link: str) -> Duration | None:
        """Wait until a pass opens that is closed at times: the share closed times half a closed spell.

        Without a month it is the year's average over the months in which the pass is not closed altogether.
        """
        rows = [row for row in self._closures.get(link, ()) if 0 < row["closed_share"] < 1]
        if not rows:
            return None
        months = 1 if self.month is not None else 12
        share = sum(row["closed_share"] * _months(row, self.month) for row in rows) / months
        mean_h = (
            sum(row["closed_share"] * row["spell_h"] / 2 * _months(row, self.month) for row in rows) / months
        )
        spell_h = 2 * mean_h / share  # a wait between 0 and the spell, if closed; none if open
        variance = share * spell_h**2 / 3 - mean_h**2
        return Duration(
            mean_h,
            *lognormal_range(mean_h, math.sqrt(variance) / mean_h),
            value=share,
            unit="share closed",
            **_evidence("closures", max(rows, key=lambda row: _months(row, self.month))),
        )

    def transfers(self) -> Iterable[tuple[str, str, str, str, Duration]]:
        """Every change of mode as (place, from mode, to mode, method, duration), both directions."""
        for row in self._at_level("transfers"):
            duration = _duration("transfers", row, "handling")
            yield row["place"], row["from_mode"], row["to_mode"], row["method"], duration
            yield row["place"], row["to_mode"], row["from_mode"], row["method"], duration

    def _speed(self, mode: str, state: str) -> dict[str, Any]:
        row = self._speeds.get((mode, state))
        return self._speeds[mode, ""] if row is None else row

    @cached_property
    def _speeds(self) -> dict[tuple[str, ...], dict[str, Any]]:
        return self._newest("speeds", ["mode", "state"])

    @cached_property
    def _dwells(self) -> dict[tuple[str, ...], dict[str, Any]]:
        return self._newest("crossings", ["link", "state", "mode", "direction"])

    @cached_property
    def _services(self) -> dict[str, dict[str, Any]]:
        return {row["link"]: row for row in self._at_level("services")}

    @cached_property
    def _closures(self) -> dict[str, list[dict[str, Any]]]:
        """Group the closures of the month asked for, or of the whole year, by link."""
        closures: dict[str, list[dict[str, Any]]] = {}
        for row in self.network.rows("closures"):
            if _months(row, self.month):
                closures.setdefault(row["link"], []).append(row)
        return closures

    def _at_level(self, table: str) -> list[dict[str, Any]]:
        return [row for row in self.network.rows(table) if row["level"] == self.level]

    def _newest(self, table: str, keys: list[str]) -> dict[tuple[str, ...], dict[str, Any]]:
        """Keep one row a key: of the survey year asked for, else the newest outside the pandemic."""
        rows = sorted(self._at_level(table), key=self._preference)
        return {tuple(row[key] for key in keys): row for row in rows}

    def _preference(self, row: dict[str, Any]) -> tuple[bool, bool, int]:
        """Order rows so that the one to use comes last."""
        year = int(row["year"] or 0)
        return year == self.survey_year, year not in PANDEMIC_YEARS, year


def _months(row: dict[str, Any], month: int | None) -> int:
    """Count the months that a closure speaks of, or tell whether it speaks of one."""
    return len(row["months"]) if month is None else int(str(month) in row["months"])


def _duration(table: str, row: dict[str, Any], stem: str) -> Duration:
    mean_h, low_h, high_h = (row[f"{stem}_{name}"] for name in ("h", "low_h", "high_h"))
    return Duration(mean_h, low_h, high_h, value=mean_h, **_evidence(table, row))


def _evidence(table: str, row: dict[str, Any]) -> dict[str, Any]:
    year = row.get("year")
    return {
        "factor": f"{table}/{row['id']}",
        "group": f"{table}/{row['id']}",
        "basis": row["basis"],
        "source_id": row["source_id"],
        "year": None if year is None else int(year),
        "note": row["note"],
    }
