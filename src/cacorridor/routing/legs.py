"""The legs of a route: its steps by one mode, over one border, at one transfer, on the road to a town."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cacorridor.network.model import SEA
from cacorridor.network.towns import is_town
from cacorridor.routing.graph.steps import BORDER, RUN, TRANSFER

if TYPE_CHECKING:
    from cacorridor.routing.routes import Route

COLUMNS = (
    "from", "to", "kind", "mode", "states", "length_km", "time_h", "time_low_h", "time_high_h", "basis",
)  # fmt: skip


def build_legs(route: Route) -> pd.DataFrame:
    """Sum the steps of a route to legs, one a row, each with the percentiles of its own hours."""
    steps = route.steps
    numbers = number_legs(route)
    parts = numbers == np.arange(numbers[-1] + 1)[:, None]
    low_h, high_h = route.ranges_h(parts)
    rows = [_leg(steps[part], set(route.crossings)) for part in parts]
    legs = pd.DataFrame(rows).assign(time_low_h=low_h, time_high_h=high_h)
    return legs[list(COLUMNS)]


def number_legs(route: Route) -> np.ndarray:
    """Assign each step to a leg, by number."""
    steps, crossings = route.steps, set(route.crossings)
    towns = [any(map(is_town, ends)) for ends in zip(steps["from_id"], steps["to_id"], strict=True)]
    columns = zip(steps["kind"], steps["from"], steps["link"], steps["mode"], towns, strict=True)
    keys = [
        (TRANSFER, place)
        if kind == TRANSFER
        else (BORDER, link)
        if link in crossings
        else (RUN, link if to_town else mode)  # the road to a town is no measured one: a leg of its own
        for kind, place, link, mode, to_town in columns
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
        "time_h": steps["time_h"].sum(),
        "basis": ", ".join(steps.loc[steps["time_h"] > 0, "basis"].unique()),
    }
