"""Journeys as rows of hours by component, from the routes that the network gives them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

import cacorridor as cc
from tools.calibrate.components import FAMILIES, LEVELS, TABLES, StepFacts, component_of, family, mode_class

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np

UNIONS = ("EAEU", "EU")
Z90 = 1.2816  # 90 % quantile of the normal distribution


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
    kinds = _border_kinds(network)
    rows, hours, missing = [], [], []
    for _, journey in counted.iterrows():
        try:
            route = _route(network, journey)
        except cc.NoRouteError:
            missing.append(str(journey["id"]))
            continue
        rows.append(_facts(journey, route))
        hours.append(hours_by_component(route, kinds))
    table = pd.DataFrame(rows)
    table["cluster"] = clusters(table)
    matrix = pd.DataFrame(hours).fillna(0.0).sort_index(axis=1)
    return Exposures(table, matrix, tuple(missing))


def hours_by_component(route: cc.Route, kinds: dict[str, tuple[bool, bool]]) -> dict[str, float]:
    """Sum the hours of a route's steps by component; ``kinds`` says of links (union, gauge)."""
    total: dict[str, float] = {}
    before = ""
    for step in route.steps.itertuples():
        union, gauge = kinds.get(str(step.link), (False, False))
        facts = StepFacts(str(step.kind), str(step.mode), str(step.state), union, gauge, before)
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
    level = TABLES[LEVELS[str(journey["service"])]]
    return cc.find_route(
        network, journey["origin"], journey["destination"], via=via, modes=modes, level=level
    )


def _facts(journey: pd.Series[Any], route: cc.Route) -> dict[str, Any]:
    runs = route.steps[route.steps["kind"] == "run"]
    low, high = float(journey["days_low"]), float(journey["days_high"])
    names = ("id", "service", "counting", "first_run", "year", "source_id", "same_journey")
    by_family = route.steps.groupby(route.steps["mode"].map(family))["time_h"].sum() / route.time_h
    shares = {f"share_{name}": float(by_family.get(name, 0.0)) for name in FAMILIES}
    own = math.log(route.time_high_h / route.time_low_h) / (2 * Z90)
    return {name: journey[name] for name in names} | {
        "level": LEVELS[str(journey["service"])],
        "mode_class": mode_class(set(runs["mode"])),
        "observed_h": 24 * math.sqrt(low * high),
        "model_km": route.length_km,
        "own_sd": own,
        **shares,
    }


def _border_kinds(network: cc.Network) -> dict[str, tuple[bool, bool]]:
    """Say of every link whether its ends lie in one customs union and whether the gauge changes there."""
    states = network.places.set_index("id")["state"]
    unions, breaks = _unions(network), _gauge_places(network)
    return {
        str(link): (frozenset((states[a], states[b])) in unions, bool({a, b} & breaks))
        for link, a, b in network.links[["id", "from", "to"]].itertuples(index=False)
    }


def _gauge_places(network: cc.Network) -> set[str]:
    """Places where a railway changes its gauge."""
    rows = network.tables["transfers"]
    by_rail = rows["from_mode"].map(family).eq("rail") & rows["to_mode"].map(family).eq("rail")
    return set(rows.loc[by_rail, "place"])


def _unions(network: cc.Network, year: int = 2026) -> set[frozenset[str]]:
    """Pairs of states that share a customs union."""
    rows: Iterable[Any] = network.tables["memberships"].itertuples()
    members: dict[str, set[str]] = {bloc: set() for bloc in UNIONS}
    for row in rows:
        current = row.since <= year and (pd.isna(row.until) or row.until >= year)
        if row.bloc in members and row.status == "member" and current:
            members[row.bloc].add(row.state)
    return {frozenset((a, b)) for states in members.values() for a in states for b in states if a != b}
