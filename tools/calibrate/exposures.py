"""Journeys as rows of hours by component, from the routes that the network gives them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

import cacorridor as cc
from tools.calibrate.components import LEVELS, StepFacts, component_of, mode_class

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np

UNIONS = ("EAEU", "EU")


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
    unions = _unions(network)
    rows, hours, missing = [], [], []
    for _, journey in counted.iterrows():
        try:
            route = _route(network, journey)
        except cc.NoRouteError:
            missing.append(str(journey["id"]))
            continue
        rows.append(_facts(journey, route))
        hours.append(hours_by_component(route, unions, network))
    table = pd.DataFrame(rows)
    table["cluster"] = clusters(table)
    matrix = pd.DataFrame(hours).fillna(0.0).sort_index(axis=1)
    return Exposures(table, matrix, tuple(missing))


def hours_by_component(route: cc.Route, unions: set[frozenset[str]], network: cc.Network) -> dict[str, float]:
    """Sum the hours of a route's steps by component."""
    states = network.places.set_index("id")["state"]
    links = network.links.set_index("id")[["from", "to"]]
    pairs = {str(i): frozenset((states[a], states[b])) for i, a, b in links.itertuples()}
    total: dict[str, float] = {}
    before = ""
    for step in route.steps.itertuples():
        facts = StepFacts(
            kind=str(step.kind),
            mode=str(step.mode),
            state=str(step.state),
            other_state=next(iter(pairs.get(str(step.link), frozenset()) - {step.state}), ""),
            union=pairs.get(str(step.link), frozenset()) in unions,
            from_mode=before,
        )
        key = component_of(facts)
        total[key] = total.get(key, 0.0) + float(str(step.time_h))
        before = str(step.mode)
    return total


def clusters(table: pd.DataFrame) -> list[int]:
    """Give rows that share a source or a journey, directly or through others, one number."""
    numbers = list(range(len(table)))
    for column in ("source_id", "same_journey"):
        for _, rows in table.reset_index(drop=True).groupby(column):
            joined = {numbers[i] for i in rows.index}
            numbers = [min(joined) if number in joined else number for number in numbers]
    return numbers


def _route(network: cc.Network, journey: pd.Series[Any]) -> cc.Route:
    via = str(journey["via"]).split(";") if isinstance(journey["via"], str) else []
    modes = str(journey["modes"]).split(";")
    level = LEVELS[str(journey["service"])]
    return cc.find_route(
        network, journey["origin"], journey["destination"], via=via, modes=modes, level=level
    )


def _facts(journey: pd.Series[Any], route: cc.Route) -> dict[str, Any]:
    runs = route.steps[route.steps["kind"] == "run"]
    low, high = float(journey["days_low"]), float(journey["days_high"])
    names = ("id", "service", "counting", "first_run", "year", "source_id", "same_journey")
    return {name: journey[name] for name in names} | {
        "mode_class": mode_class(set(runs["mode"])),
        "observed_h": 24 * math.sqrt(low * high),
        "model_km": route.length_km,
    }


def _unions(network: cc.Network, year: int = 2026) -> set[frozenset[str]]:
    """Pairs of states that share a customs union."""
    rows: Iterable[Any] = network.tables["memberships"].itertuples()
    members: dict[str, set[str]] = {bloc: set() for bloc in UNIONS}
    for row in rows:
        current = row.since <= year and (pd.isna(row.until) or row.until >= year)
        if row.bloc in members and row.status == "member" and current:
            members[row.bloc].add(row.state)
    return {frozenset((a, b)) for states in members.values() for a in states for b in states if a != b}
