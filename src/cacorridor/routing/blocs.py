"""Blocs of states, customs territories, and lenses on the region."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pandas as pd

from cacorridor.network.model import SEA
from cacorridor.routing.comparison import bypassed_states, gauge_breaks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

# A border inside a customs union is no customs border. The union of Turkey with the EU covers industrial
# goods only and leaves transit procedures in place, so Turkey counts as a territory of its own.
CUSTOMS_UNIONS = ("EAEU", "EU")
CODES = re.compile(r"\b[A-Z]{3}\b")


def members(network: Network, bloc: str, year: int | None = None) -> frozenset[str]:
    """List the full members of a bloc in a year, by default in the newest year that a membership names."""
    rows = _in_force(network, year)
    return frozenset(rows.loc[(rows["bloc"] == bloc) & (rows["status"] == "member"), "state"])


def _in_force(network: Network, year: int | None) -> pd.DataFrame:
    """Select the memberships in force in a year; a membership ends in the year that it names."""
    rows = network.table("memberships")
    when = _newest_year(rows) if year is None else year
    until = rows["until"].astype("Float64").fillna(float("inf"))
    return rows[(rows["since"] <= when) & (until > when)]


def _newest_year(rows: pd.DataFrame) -> int:
    years = pd.concat([rows["since"], rows["until"]]).dropna()
    return int(years.max()) if len(years) else 0


def customs_territory(network: Network, state: str, year: int | None = None) -> str:
    """Name the customs territory of a state in a year: a customs union, or the state itself."""
    return next((union for union in CUSTOMS_UNIONS if state in members(network, union, year)), state)


def route_blocs(network: Network, routes: Sequence[Route]) -> pd.DataFrame:
    """Count what each route enters, one route a row.

    ``customs_territories`` lists them in order of travel, ``customs_borders`` counts the crossings from one
    to another, ``blocs_entered`` names the blocs of which some state crossed is a full member and
    ``stays_inside`` those of which every state crossed or touched is. Memberships are those of the
    route's year, by default of the newest in the data.
    """
    return pd.DataFrame([_route_row(network, route) for route in routes])


def _route_row(network: Network, route: Route) -> dict[str, object]:
    year = route.query.year
    territories = [customs_territory(network, state, year) for state in route.states]
    entered = [territory for territory, _ in itertools.groupby(territories)]
    blocs = sorted(_in_force(network, year)["bloc"].unique())
    ground = {*route.states, *route.touches}
    return {
        "route": route.name,
        "states": len(route.states),
        "touched": len(route.touches),
        "border_crossings": len(route.crossings),
        "customs_territories": " ".join(entered),
        "customs_borders": len(entered) - 1,
        "blocs_entered": ", ".join(
            bloc for bloc in blocs if members(network, bloc, year) & set(route.states)
        ),
        "stays_inside": ", ".join(bloc for bloc in blocs if ground <= members(network, bloc, year)),
        "modes": " ".join(route.modes),
        "gauge_breaks": gauge_breaks(route),
    }


def through_lens(network: Network, routes: Sequence[Route]) -> pd.DataFrame:
    """Look at routes under each lens on the region, one row for each route and lens.

    ``km_share`` and ``h_share`` are the parts of a route's kilometres and hours inside the region, the sea
    being outside; ``crossed``, ``touched`` and ``bypassed`` are members of the lens, bypassed if another of
    the routes crosses them.
    """
    rows = [
        _lens_row(route, routes, region.name, set(region.states))
        for route in routes
        for region in network.regions.values()
    ]
    columns = ["route", "lens", "km_share", "h_share", "crossed", "touched", "bypassed", "not_reached"]
    return pd.DataFrame(rows, columns=columns)


def _lens_row(route: Route, rivals: Sequence[Route], lens: str, states: set[str]) -> dict[str, object]:
    inside = route.legs[route.legs["state"].isin(states - {SEA})]
    bypassed = [state for state in bypassed_states(route, rivals) if state in states]
    reached = {*route.states, *route.touches, *bypassed}
    return {
        "route": route.name,
        "lens": lens,
        "km_share": inside["length_km"].sum() / route.length_km,
        "h_share": inside["time_h"].sum() / route.time_h,
        "crossed": " ".join(state for state in dict.fromkeys(route.states) if state in states),
        "touched": " ".join(state for state in route.touches if state in states),
        "bypassed": " ".join(bypassed),
        "not_reached": " ".join(sorted(states - reached)),
    }


def state_memberships(network: Network, state: str) -> pd.DataFrame:
    """List a state's memberships and the regional agreements that name it, by year.

    ``until`` is empty where a membership is in force. An agreement counts where its parties name the state's
    code; parties given only in words ("12 CIS states") are not resolved.
    """
    rows = network.table("memberships")
    joined = rows.loc[rows["state"] == state, ["since", "until", "bloc", "status", "source_id"]]
    joined = joined.rename(columns={"bloc": "name", "status": "what"}).assign(kind="membership")
    signed = network.table("agreements")
    named = signed[[state in CODES.findall(parties) for parties in signed["parties"]]]
    agreed = named[["year", "name", "what", "source_id"]].rename(columns={"year": "since"})
    agreed["kind"] = "agreement"
    table = pd.concat([joined, agreed], ignore_index=True)
    columns = ["since", "until", "kind", "name", "what", "source_id"]
    return table.sort_values(["since", "kind", "name"], ignore_index=True)[columns]
