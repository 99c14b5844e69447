"""The legs of a route: its steps by one mode, over one border, at one transfer."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cacorridor.costs.measures import COST, EMISSIONS, TIME, columns
from cacorridor.costs.ranges import HIGH, LOW
from cacorridor.network.model import SEA
from cacorridor.routing.graph.steps import BORDER, RUN, TRANSFER

if TYPE_CHECKING:
    from cacorridor.routing.routes import Route

COLUMNS = (
    "from", "to", "kind", "mode", "states", "length_km", "time_h", "time_low_h", "time_high_h",
    "cost_usd", "cost_low_usd", "cost_high_usd", "co2e_kg", "co2e_low_kg", "co2e_high_kg", "basis",
)  # fmt: skip
RANGED = (TIME, COST, EMISSIONS)


def build_legs(route: Route) -> pd.DataFrame:
    """Sum the steps of a route to legs, one a row, each with the percentiles of its own figures."""
    steps = route.steps
    numbers = _leg_of_steps(steps, set(route.crossings))
    parts = numbers == np.arange(numbers[-1] + 1)[:, None]
    rows = [_leg(steps[part], set(route.crossings)) for part in parts]
    legs = pd.DataFrame(rows)
    for measure in RANGED:
        bounds = route.table.quantiles(measure, (LOW, HIGH), parts)
        amounts = np.where(parts, measure.amount(route.table), 0.0).sum(axis=1)
        for column, values in zip(columns(measure), (amounts, *bounds), strict=True):
            legs[column] = values
    return legs[list(COLUMNS)]


def _leg_of_steps(steps: pd.DataFrame, crossings: set[str]) -> np.ndarray:
    """Assign each step to a leg, by number."""
    columns = zip(steps["kind"], steps["from"], steps["link"], steps["mode"], strict=True)
    keys = [
        (TRANSFER, place) if kind == TRANSFER else (BORDER, link) if link in crossings else (RUN, mode)
        for kind, place, link, mode in columns
    ]
    return np.cumsum([0, *(one != other for one, other in itertools.pairwise(keys))])


def _leg(steps: pd.DataFrame, crossings: set[str]) -> dict[str, Any]:
    """Sum the steps of one leg."""
    first = steps.iloc[0]
    kind = TRANSFER if first["kind"] == TRANSFER else BORDER if first["link"] in crossings else RUN
    return {
        "from": first["from"],
        "to": steps["to"].iloc[-1],
        "kind": SEA if first["mode"] == SEA and kind != TRANSFER else kind,
        "mode": first["mode"],
        "states": " ".join(state for state, _ in itertools.groupby(steps["state"])),
        "length_km": steps["length_km"].sum(),
        "basis": ", ".join(steps.loc[steps["time_h"] > 0, "basis"].unique()),
    }
