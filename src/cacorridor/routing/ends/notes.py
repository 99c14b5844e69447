"""What is said of the ends of a journey: by which roads towns were joined, which ids name towns as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.costs.time import CIRCUITY, CIRCUITY_HIGH, CIRCUITY_LOW
from cacorridor.network.gazetteer import gazetteer_of
from cacorridor.network.towns import is_town, namesakes_of
from cacorridor.routing.ends.joining import NOTE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route


def access_notes(network: Network, towns: Iterable[str], route: Route) -> tuple[str, ...]:
    """Say by which roads a route reaches the towns at its ends, and those that it passes."""
    if not any(map(is_town, towns)):
        return ()
    # the roads that were added are known by their note, and stand with the town as their start
    used, table = set(route.links), network.table("links")
    roads = table[table.index.isin(used) & table["from"].isin(list(towns)) & (table["note"] == NOTE)]
    name, state = network.place_name, network.state_of
    return tuple(
        f"{name(row['from'])} ({state[row['from']]}) is joined to {name(row['to'])} by road, "
        f"{row['length_km']:,.0f} km: straight line times {CIRCUITY}, not measured; "
        f"{_bounds_km(row['length_km'])} km on 8 of 10 roads, more where mountains lie between"
        for _, row in roads.iterrows()
    )


def id_notes(network: Network, texts: Iterable[str]) -> tuple[str, ...]:
    """Say which ids of places were typed that are names of towns far away, too: ids win, but say so."""
    notes = []
    for text in texts:
        towns = namesakes_of(network, text) if network.has_place(text) else ()
        if towns:
            (place,) = gazetteer_of(network).labels([text])
            notes.append(f"{text} is the id of {place}, not {' or '.join(town.label for town in towns)}")
    return tuple(notes)


def _bounds_km(length_km: float) -> str:
    """Say how long a road may be whose length rests on the circuity; heights of the ground are not known."""
    straight_km = length_km / CIRCUITY
    return f"{straight_km * CIRCUITY_LOW:,.0f} to {straight_km * CIRCUITY_HIGH:,.0f}"
