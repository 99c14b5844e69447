"""Set routes side by side."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from cacorridor.costs.calibration import RAIL, family
from cacorridor.network.held import frame_of
from cacorridor.network.memberships import customs_territory, in_force, members
from cacorridor.network.model import SEA
from cacorridor.routing.graph.steps import TRANSFER
from cacorridor.routing.routes import list_routes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from cacorridor.network.held import Columns
    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route


def compare_routes(routes: Sequence[Route]) -> pd.DataFrame:
    """Compare routes, one a row.

    ``states`` are crossed in order of travel, ``touches`` run through without a border stop, and
    ``bypasses`` are the states on the best way between the same ends that the route keeps out of, whatever
    else is compared (see ``Route.bypasses``). ``assumed_share`` is the share of the hours that rests on
    assumed figures.

    Parameters
    ----------
    routes
        Routes to set side by side.

    Returns
    -------
    pd.DataFrame
        One row a route: its measures with ranges, states, crossings, transfers.

    Raises
    ------
    UsageError
        If something else than a route is given.

    Examples
    --------
    >>> road = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"], name="road")
    >>> rail = cc.find_route(net, "Kashgar", "Tashkent", modes=["rail"], year=2026, name="rail")
    >>> cc.compare_routes([road, rail])["states"].tolist()
    ['CHN KGZ UZB', 'CHN KAZ UZB']

    """
    return frame_of(comparison_columns(routes))


def comparison_columns(routes: Sequence[Route]) -> Columns:
    """Compare routes as ``compare_routes`` does, in columns of plain values."""
    rows = [_compare_row(route) for route in list_routes(routes)]
    names = rows[0] if rows else ()
    return {name: [row[name] for row in rows] for name in names}


def crossing_matrix(routes: Sequence[Route]) -> pd.DataFrame:
    """Tell how each route stands to each state that any of them enters or bypasses: a table of words.

    A route *crosses* a state, *touches* it without a border stop, *bypasses* it if the best way between the
    same ends meets it (see ``Route.bypasses``), or does *neither*. States stand in the order in which the
    routes enter them, then those that none enters.

    Parameters
    ----------
    routes
        Routes to set side by side.

    Returns
    -------
    pd.DataFrame
        A row a route, a column a state: crosses, touches, bypasses or neither.

    Raises
    ------
    UsageError
        If something else than a route is given.

    Examples
    --------
    >>> road = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"], name="road")
    >>> rail = cc.find_route(net, "Kashgar", "Tashkent", modes=["rail"], year=2026, name="rail")
    >>> cc.crossing_matrix([road, rail])
              CHN      KGZ      UZB      KAZ
    road  crosses  crosses  crosses  neither
    rail  crosses  touches  crosses  crosses

    """
    import pandas as pd

    routes = list_routes(routes)
    entered: list[str] = []
    kept_out: list[str] = []
    for route in routes:
        entered += [*route.states, *route.touches]
        kept_out += route.bypasses
    states = list(dict.fromkeys([*entered, *kept_out]))
    # a column a state; rows are known by their order, as two routes may have one name
    relations: dict[str, list[str]] = {}
    for state in states:
        relations[state] = [relation_to_state(route, state) for route in routes]
    return pd.DataFrame(relations, index=[route.name for route in routes], columns=states)


def relation_to_state(route: Route, state: str) -> str:
    """Tell how a route stands to a state, in a word of ``crossing_matrix``."""
    if state in route.states:
        return "crosses"
    if state in route.touches:
        return "touches"
    return "bypasses" if state in route.bypasses else "neither"


def _compare_row(route: Route) -> dict[str, object]:
    return {
        "route": route.name,
        **route.totals(),
        "states": " ".join(route.states),
        "touches": " ".join(route.touches),
        "bypasses": " ".join(route.bypasses),
        "border_crossings": len(route.crossings),
        "transfers": int(route.table.is_kind(TRANSFER).sum()),
        "gauge_breaks": gauge_breaks(route),
        "assumed_share": route.evidence_shares()["assumed"],
    }


def gauge_breaks(route: Route) -> int:
    """Count changes from one gauge to the other, with nothing between but the transfer."""
    # from rail to rail of another mode: the two differ in gauge alone
    changes = itertools.pairwise(route.modes)
    return sum(one != other and family(one) == RAIL == family(other) for one, other in changes)


def route_blocs(network: Network, routes: Sequence[Route]) -> pd.DataFrame:
    """Count what each route enters, one route a row.

    ``customs_territories`` lists them in order of travel, ``customs_borders`` counts the crossings from one
    to another, ``blocs_entered`` names the blocs of which some state crossed is a full member and
    ``stays_inside`` those of which every state crossed or touched is. Memberships are those of the
    route's year, by default of the newest in the data.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    routes
        Routes to set side by side.

    Returns
    -------
    pd.DataFrame
        One row a route.

    Raises
    ------
    UsageError
        If something else than a route is given.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> cc.route_blocs(net, [route])["customs_territories"].tolist()
    ['CHN EAEU UZB']

    """
    import pandas as pd

    return pd.DataFrame([_bloc_row(network, route) for route in list_routes(routes)])


def _bloc_row(network: Network, route: Route) -> dict[str, object]:
    year = route.query.year
    # states of one customs territory in a row are one entry: there is no customs border between them
    territories = [customs_territory(network, state, year) for state in route.states]
    entered = [territory for territory, _ in itertools.groupby(territories)]
    # one full member crossed is a bloc entered; to stay inside, ground only touched counts too
    ground = {*route.states, *route.touches}
    blocs_entered, blocs_around = [], []
    for bloc in sorted(in_force(network, year)["bloc"].unique()):
        full_members = members(network, bloc, year)
        if not full_members.isdisjoint(route.states):
            blocs_entered.append(bloc)
        if ground <= full_members:
            blocs_around.append(bloc)
    return {
        "route": route.name,
        "states": len(route.states),
        "touched": len(route.touches),
        "border_crossings": len(route.crossings),
        "customs_territories": " ".join(entered),
        "customs_borders": len(entered) - 1,
        "blocs_entered": ", ".join(blocs_entered),
        "stays_inside": ", ".join(blocs_around),
        "modes": " ".join(route.modes),
        "gauge_breaks": gauge_breaks(route),
    }


def region_shares(network: Network, routes: Sequence[Route]) -> pd.DataFrame:
    """Look at routes under each lens on the region, one row for each route and lens.

    ``km_share`` and ``h_share`` are the parts of a route's kilometres and hours inside the region, the sea
    being outside; ``crossed``, ``touched`` and ``bypassed`` are members of the lens, bypassed if the best way
    between the same ends meets them (see ``Route.bypasses``).

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    routes
        Routes to set side by side.

    Returns
    -------
    pd.DataFrame
        One row for each route and region: shares of kilometres and hours, states by relation.

    Raises
    ------
    UsageError
        If something else than a route is given.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> shares = cc.region_shares(net, [route]).set_index("lens")
    >>> shares.loc["Five states of Central Asia", "crossed"]
    'KGZ UZB'

    """
    import pandas as pd

    rows = [
        _lens_row(route, region.name, set(region.states))
        for route in list_routes(routes)
        for region in network.regions.values()
    ]
    columns = ["route", "lens", "km_share", "h_share", "crossed", "touched", "bypassed", "not_reached"]
    return pd.DataFrame(rows, columns=columns)


def _lens_row(route: Route, lens: str, states: set[str]) -> dict[str, object]:
    # the sea lies outside every region, also where a lens would name it
    inside = route.steps[route.steps["state"].isin(states - {SEA})]
    bypassed = [state for state in route.bypasses if state in states]
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
