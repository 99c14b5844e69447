"""A route's account by state: kilometres, hours moving and standing, speeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.network.model import SEA

if TYPE_CHECKING:
    import pandas as pd

    from cacorridor.routing.routes import Route


def ledger(route: Route) -> pd.DataFrame:
    """Account for a route by state, in order of travel, with a last row for the whole route.

    ``moving_h`` and ``standing_h`` are hours; ``swod_kmh`` is the speed without delay, length over hours
    moving, ``swd_kmh`` the speed with delay, length over all hours, as the corridor surveys of CAREC define
    them; ``posts`` counts the border posts passed in a state; ``role`` tells a state crossed with a border
    stop from one only touched.
    """
    columns = ["length_km", "time_h", "moving_h"]
    accounts = route.legs.groupby("state", sort=False)[columns].sum()
    borders = route.legs[route.legs["kind"] == "border"]
    accounts["posts"] = borders.groupby("state").size().reindex(accounts.index, fill_value=0)
    accounts.loc["total"] = accounts.sum()
    accounts["posts"] = accounts["posts"].astype(int)
    accounts["standing_h"] = accounts["time_h"] - accounts["moving_h"]
    accounts["swod_kmh"] = accounts["length_km"] / accounts["moving_h"]
    accounts["swd_kmh"] = accounts["length_km"] / accounts["time_h"]
    accounts["role"] = [_role(route, str(state)) for state in accounts.index]
    return accounts.reset_index()


def _role(route: Route, state: str) -> str:
    if state in route.states:
        return "crossed"
    if state in route.touches:
        return "touched"
    return "at sea" if state == SEA else ""
