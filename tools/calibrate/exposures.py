"""Journeys as rows of hours by component, from the routes that the network gives them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

import cacorridor as cc
from cacorridor.costs.calibration import STAY, family
from cacorridor.network.columns import CLOCKS
from tools.calibrate.services import FAMILIES, LEVELS, mode_class

if TYPE_CHECKING:
    import numpy as np

Z90 = 1.2816  # 90 % quantile of the normal distribution
# The feeder ships of the Caspian belong to the consortia that run the container trains: they are held for a
# first or demonstration run, so that such a run tells little of the wait of a regular one.
WAIT, HELD = "wait:ship", "held:ship"


@dataclass(frozen=True)
class Exposures:
    """Journeys that have a route: facts by row (``table``) and hours by component (``hours``)."""

    table: pd.DataFrame
    hours: pd.DataFrame
    without_route: tuple[str, ...]

    def take(self, rows: np.ndarray[Any, Any]) -> Exposures:
        """Keep the rows where a mask holds."""
        return Exposures(self.table[rows], self.hours[rows], self.without_route)


def exposures(network: cc.Network, journeys: pd.DataFrame) -> Exposures:
    """Find the way of every journey that counts and split its hours by component."""
    counted = journeys[journeys["exclusion"].isna()].sort_values("id", kind="stable")
    rows, hours, missing = [], [], []
    for _, journey in counted.iterrows():
        route = route_of(network, journey)
        if route is None:
            missing.append(str(journey["id"]))
            continue
        of_route = hours_by_component(route)
        # a clock that counts the stays at terminals is set back by them: no journey can tell their multiplier
        facts = _facts(journey, route, stay_h=of_route.pop(STAY, 0.0))
        rows.append(facts)
        hours.append(hold_ships(of_route, facts))
    table = pd.DataFrame(rows)
    table["cluster"] = clusters(table)
    matrix = pd.DataFrame(hours).fillna(0.0).sort_index(axis=1)
    return Exposures(table, matrix, tuple(missing))


def hours_by_component(route: cc.Route) -> dict[str, float]:
    """Sum the hours of a route's steps by component."""
    total: dict[str, float] = {}
    for number, hours in zip(route.table.component.tolist(), route.table.hours.tolist(), strict=True):
        key = route.table.components.rows[number].component
        total[key] = total.get(key, 0.0) + hours
    return total


def hold_ships(hours: dict[str, float], facts: dict[str, Any]) -> dict[str, float]:
    """Count the wait for a ship of a train's first run as a component of its own."""
    is_held = facts["first_run"] == "yes" and facts["mode_class"] == "rail+sea"
    return {HELD if is_held and name == WAIT else name: value for name, value in hours.items()}


def clusters(table: pd.DataFrame) -> list[int]:
    """Give rows that share a source or a journey, directly or through others, one number."""
    numbers = list(range(len(table)))
    for column in ("source_id", "same_journey"):
        for _, rows in table.reset_index(drop=True).groupby(column):
            joined = {numbers[i] for i in rows.index}
            numbers = [min(joined) if number in joined else number for number in numbers]
    return numbers


def route_of(network: cc.Network, journey: pd.Series[Any]) -> cc.Route | None:
    """Find the way that a journey took in the network of its year, else of today; None if there is none."""
    options: dict[str, Any] = {
        "via": str(journey["via"]).split(";") if isinstance(journey["via"], str) else [],
        "modes": str(journey["modes"]).split(";"),
        "level": LEVELS[str(journey["service"])],
        "count": clock if (clock := str(journey["counting"])) in CLOCKS else CLOCKS[0],
    }
    for year in (None if pd.isna(journey["year"]) else int(journey["year"]), None):
        try:
            return cc.find_route(network, journey["origin"], journey["destination"], year=year, **options)
        except cc.NoRouteError:
            continue
    return None


def _facts(journey: pd.Series[Any], route: cc.Route, *, stay_h: float) -> dict[str, Any]:
    runs = route.steps[route.steps["kind"] == "run"]
    low, high = float(journey["days_low"]), float(journey["days_high"])
    names = ("id", "service", "counting", "first_run", "year", "source_id", "same_journey")
    by_family = route.steps.groupby(route.steps["mode"].map(family))["time_h"].sum() / route.time_h
    shares = {f"share_{name}": float(by_family.get(name, 0.0)) for name in FAMILIES}
    own = math.log(route.time_high_h / route.time_low_h) / (2 * Z90)
    return {name: journey[name] for name in names} | {
        "ends": " - ".join(sorted((journey["origin"], journey["destination"]))),
        "level": LEVELS[str(journey["service"])],
        "mode_class": mode_class(set(runs["mode"])),
        "observed_h": 24 * math.sqrt(low * high) - stay_h,
        "model_km": route.length_km,
        "own_sd": own,
        **shares,
    }
