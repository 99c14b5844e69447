"""What a month changes of a supernetwork: only links that close at times differ from the year as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.views.atlas.worlds.changes import Difference, compare_networks

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable

    from cacorridor.network.model import Network
    from cacorridor.routing.graph.supernetwork import Supernetwork
    from cacorridor.views.atlas.worlds.columns import Columns

MONTHS = range(1, 13)


def monthly_changes(
    network: Network, whole: Supernetwork, level: str, columns: Columns, *, full: Collection[str] = ()
) -> list[Difference]:
    """List what the months change of the supernetwork of a level; months that change the same are one.

    Only the links with a closure are built anew; with ``full`` only those named there, of which every step is
    listed, whether the month changes it or not.
    """
    closing = _closing(network, full)
    changes: dict[tuple[Hashable, ...], Difference] = {}
    compared: dict[Supernetwork, Difference] = {}
    for month in MONTHS:
        # months in which the same closures hold share a supernetwork
        part = supernetwork_of(closing, level, month)
        if part not in compared:
            links = set(part.steps.names.links)
            compared[part] = compare_networks(whole, part, columns, links=links, every_step=bool(full))
        change = compared[part]
        changes.setdefault(change.content, change).months.append(month)
    return list(changes.values())


def _closing(network: Network, chosen: Collection[str]) -> Network:
    """Return the network of the links that close at times, or of those chosen; the network keeps it."""
    key = monthly_changes, frozenset(chosen)
    if key not in network.derived:
        links, closures = network.tables["links"], network.tables["closures"]
        fewer = network.with_table("links", links[links["id"].isin(chosen or closures["link"])])
        # without the closures of other links fewer months differ
        if chosen:
            fewer = fewer.with_table("closures", closures[closures["link"].isin(chosen)])
        network.derived[key] = fewer
    part: Network = network.derived[key]
    return part
