"""Which scenarios of the data close a part of a route: what an answer for today should not pass over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.network.scenarios.selection import select

if TYPE_CHECKING:
    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route


def closing_scenarios(route: Route) -> tuple[str, ...]:
    """Name the scenarios, not applied yet, that close a link, a place or a state between the ends of a route.

    What closes an end leaves no journey to ask for, so it is not named.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    tuple of str
        Names, in the order of the table of scenarios.

    """
    # what the journey meets, by the table of which a scenario may close a row
    network = route.network
    met = {
        "links": set(route.links),
        "places": set(route.place_name) - {route.query.origin, route.query.destination},
        "states": set(route.transit_states),
    }
    # each scenario once, however many of its edits hit the route
    hits: dict[str, None] = {}
    for edit in network.rows("scenarios"):
        name, table = edit["scenario"], edit["table"]
        if edit["operation"] != "close" or table not in met or name in network.applied:
            continue
        if not met[table].isdisjoint(_rows_meant(network, table, edit["row"])):
            hits[name] = None
    return tuple(hits)


def _rows_meant(network: Network, table: str, row: str) -> tuple[str, ...]:
    """List what a scenario closes; nothing if it names what is not there, which ``check`` reports."""
    try:
        return select(network, table, row)
    except UsageError:
        return ()
