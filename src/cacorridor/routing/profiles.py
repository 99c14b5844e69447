"""The tables behind the charts: how hours grow with distance, of what they consist, what opens when."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor.costs.ranges import spread
from cacorridor.errors import NoRouteError
from cacorridor.network.model import SEA, records
from cacorridor.routing.routes import Route, find_route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network

CAUSES = ("run by rail", "run by road", "sail", "border", "transfer", "wait for a ship", "wait for a pass")


def time_distance(route: Route) -> pd.DataFrame:
    """Follow a route from the origin, one row a step: kilometres and hours before and after it.

    ``low_h`` and ``high_h`` are the 10th and 90th percentile of the hours up to the end of the step.
    """
    legs = route.legs
    table = legs[["kind", "mode", "state", "from", "to"]].copy()
    for name, column in (("km", "length_km"), ("h", "time_h")):
        table[f"{name}_to"] = legs[column].cumsum()
        table[f"{name}_from"] = table[f"{name}_to"] - legs[column]
    ranges = [spread(legs.iloc[: count + 1]) for count in range(len(legs))]
    table["low_h"], table["high_h"] = zip(*ranges, strict=True)
    return table


def time_by_cause(routes: Sequence[Route]) -> pd.DataFrame:
    """Sum the hours of each route by what they are spent on: routes x ``CAUSES``, hours."""
    rows = []
    for route in routes:
        causes = route.legs.apply(_cause, axis=1)
        rows.append(route.legs["time_h"].groupby(causes).sum())
    table = pd.DataFrame(rows, index=[route.name for route in routes])
    return table.reindex(columns=list(CAUSES)).fillna(0.0)


def _cause(leg: Any) -> str:
    if leg["kind"] == "run":
        return "sail" if leg["mode"] == SEA else f"run by {str(leg['mode']).split('_')[0]}"
    return {"board": "wait for a ship", "wait": "wait for a pass"}.get(leg["kind"], str(leg["kind"]))


def openings(network: Network) -> pd.DataFrame:
    """Tell from which year each named corridor is open, one corridor a row.

    ``year`` is that in which the last of its links opens, empty where all have been open for long;
    ``status`` is operational, or that of its least finished link. A corridor that has no route is left out.
    """
    rows = []
    links = network.links
    for key, corridor in network.corridors.items():
        if len(corridor.via) < 2:
            continue
        with contextlib.suppress(NoRouteError):
            route = find_route(network, corridor.via[0], corridor.via[-1], corridor=key)
            own = links.loc[list(route.links), ["opened", "status"]]
            rows.append(
                {
                    "corridor": route.name,
                    "pair": f"{route.origin} - {route.destination}",
                    "year": own["opened"].max(),
                    "status": _least_finished(records(own)),
                }
            )
    table = pd.DataFrame(rows, columns=["corridor", "pair", "year", "status"])
    return table.astype({"year": "Int64"})


def _least_finished(links: list[dict[str, Any]]) -> str:
    statuses = {link["status"] for link in links}
    return next((status for status in ("planned", "construction") if status in statuses), "operational")
