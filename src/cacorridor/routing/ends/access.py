"""Any town or point as an end of a journey: joined by road to places of its state, never over a border.

The length of such a road is the straight line times a circuity, which is derived, not measured. The joined
network is an ordinary one with a place and a few links more, so every question can be asked of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cacorridor.costs.time import CIRCUITY
from cacorridor.errors import UnknownPlaceError, UsageError
from cacorridor.network.gazetteer import QUALIFIER, gazetteer_of
from cacorridor.network.states import match_state
from cacorridor.network.tables.closed_lines import line_between
from cacorridor.network.towns import COORDINATES, Town, find_town, read_point, require_no_namesake
from cacorridor.routing.doors import require_network
from cacorridor.routing.ends.joining import NOTE, network_with, straight_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from cacorridor.network.model import Network

CANDIDATES = 5  # places that a town is joined to: the nearest one may lie on the wrong side
FARTHEST_KM = 500.0  # straight line beyond which a town is out of reach
LEAST_KM = 0.1  # length of a link at least
INSIDE = 0.95  # share of the straight line that must lie in the state; outlines are simplified
CITY = 50_000  # inhabitants: so large a town of its state's name is meant, as Luxembourg is; a village hardly
KEPT = 8  # networks with a town that a network keeps
KNOWN = 4_096  # texts that a network knows to be names of its places


class Access(NamedTuple):
    """A network with a town joined to it, and the id that the town has there."""

    network: Network
    place: str


def with_town(network: Network, text: str) -> Network:
    """Join a town or point by road to the nearest places of its state.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    text
        Name of a town, or latitude and longitude such as ``43.24,76.95``; what names a place changes nothing.

    Returns
    -------
    Network
        With a place whose id is latitude and longitude in three decimals, and roads to it.

    Raises
    ------
    UnknownPlaceError
        If the text names neither a place nor a town.
    AmbiguousPlaceError
        With the places or towns that the text may mean.
    UsageError
        If the town lies outside the network, with the nearest place inside.

    Examples
    --------
    >>> joined = cc.with_town(net, "40.9,73.0")
    >>> set(joined.places.index) - set(net.places.index)
    {'40.900,73.000'}

    """
    access = join_end(network, text)
    return network if access is None else access.network


def join_end(network: Network, text: str) -> Access | None:
    """Join the town or point that a text means as an end of a journey; None if it names a place or a gateway.

    Raises
    ------
    UnknownPlaceError
        If the text names neither a place nor a town.
    AmbiguousPlaceError
        With the places or towns that the text may mean.
    UsageError
        If the town lies outside the network, with the nearest place inside; if the text names a state, or
        there is no network.

    """
    require_network(network)
    if not isinstance(text, str) or network.has_place(text):
        return None
    # a text that was found to be no town is no town the next time
    known: set[str] = network.derived.setdefault(join_end, set())
    if text in known:
        return None
    access = _join_unless_place(network, text)
    if access is None and len(known) < KNOWN:
        known.add(text)
    return access


def _join_unless_place(network: Network, text: str) -> Access | None:
    """Join what a text means, which is no id."""
    if gazetteer_of(network).gateway(text) is not None:
        require_no_namesake(network, text)
        return None
    if read_point(text) is not None:
        return _join_town(network, find_town(network, text))
    # the data's own places go before the gazetteer, unless a town of this name may be meant as well
    try:
        gazetteer_of(network).meanings(text)
    except UnknownPlaceError as unknown:
        town = _town(network, text, unknown)
        if town.population < CITY:
            _refuse_state(network, text, f"{town.name}, {town.state}")
        return _join_town(network, town)
    require_no_namesake(network, text)
    name = network.place_name(network.find_place(text))  # what two places may mean is refused here
    if QUALIFIER.sub("", name) in network.state_names.values():
        _refuse_state(network, text, name)
    return None


def _refuse_state(network: Network, text: str, name: str = "") -> None:
    """Refuse a text that names a state: the village or post that is called so, too, is hardly meant."""
    state = match_state(network, text)
    if state is not None:
        other = f", or {name!r} if that one is meant" if name else ""
        named = f"{text!r} names a state ({network.state_name(state)}), not a place"
        raise UsageError(f"{named}; allowed: a place in it{other}")


def join_ends(network: Network, origin: str, destination: str) -> tuple[Network, str, str]:
    """Join both ends of a journey, where they are towns or points; return what to ask of which network."""
    network, (start, stop) = join_places(network, (origin, destination))
    return network, start, stop


def join_places(network: Network, texts: Iterable[str]) -> tuple[Network, tuple[str, ...]]:
    """Join those of some places that are towns or points; return the network, and what to ask of it."""
    places = []
    for text in texts:
        access = join_end(network, text)
        if access is not None:
            network = access.network
        places.append(text if access is None else access.place)
    return network, tuple(places)


def _town(network: Network, text: str, unknown: UnknownPlaceError) -> Town:
    """Find the town; if there is none, refuse with the places whose names are like the text."""
    try:
        return find_town(network, text)
    except UnknownPlaceError:
        _refuse_state(network, text)
        raise unknown from None


def _join_town(network: Network, town: Town) -> Access:
    """Return the network with a town; the network keeps the last few."""
    if network.has_place(town.key):
        return Access(network, town.key)
    # searches of a network with a town are worth keeping, but not all of them
    kept: dict[str, Network] = network.derived.setdefault(with_town, {})
    if town.key not in kept:
        roads = candidates(network, town)
        if roads.empty:
            raise UsageError(_outside(network, town) + _other_way_round(network, town))
        if len(kept) >= KEPT:
            kept.clear()
        kept[town.key] = network_with(network, town, roads)
    return Access(kept[town.key], town.key)


def candidates(network: Network, town: Town) -> pd.DataFrame:
    """List the places that a town is joined to, the nearest first.

    Returns
    -------
    pd.DataFrame
        ``place``, ``straight_km`` and ``length_km`` (with the circuity), one row a place. They lie in the
        town's state and have a road in service; the straight line to them stays in the state.

    """
    import numpy as np
    import pandas as pd

    from cacorridor.geodesy import distance_km

    # places of the state that a road serves
    places, links = network.table("places"), network.open_links()
    roads = links[links["mode"] == "road"]
    served = places.index.isin({*roads["from"], *roads["to"]})
    joined = places.index.isin(roads.loc[roads["note"] == NOTE, "from"])  # other towns: see below
    near = places[(served | joined) & (places["state"] == town.state)]
    # the nearest ones in reach, to which the straight line stays in the state
    straight_km = distance_km(near["lon"], near["lat"], town.lon, town.lat)
    table = pd.DataFrame({"place": near.index.to_list(), "straight_km": straight_km})
    # another town is a neighbour if no place of the network is nearer; else the ground between is not known
    is_place = ~table["place"].isin(places.index[joined])
    nearest_km = table.loc[is_place, "straight_km"].min()
    in_reach = (table["straight_km"] <= FARTHEST_KM) & (is_place | (table["straight_km"] < nearest_km))
    table = table[in_reach].sort_values(["straight_km", "place"], ignore_index=True)
    reached = [row for row, place in enumerate(table["place"]) if _stays_inside(network, town, place)]
    table = pd.DataFrame(table.iloc[reached[:CANDIDATES]].reset_index(drop=True))
    table["length_km"] = np.maximum(table["straight_km"] * CIRCUITY, LEAST_KM).round(1)
    return table


def _stays_inside(network: Network, town: Town, place: str) -> bool:
    """Tell whether the straight line from a town to a place stays in the state, no closed line between."""
    line = straight_line(network, town, place)
    if line_between(network, town.state, line):
        return False
    outline = network.state_shapes.geometry[town.state]
    return bool(line.length == 0 or outline.intersection(line).length >= INSIDE * line.length)


def _other_way_round(network: Network, town: Town) -> str:
    """Say where a point lies if longitude was given before latitude; nothing if that is nowhere, too."""
    if town.population or not COORDINATES.fullmatch(town.name) or abs(town.lon) > 90:
        return ""
    turned = find_town(network, f"{town.lon},{town.lat}")
    if not turned.state or candidates(network, turned).empty:
        return ""
    return f"; latitude comes first: {turned.name} lies in {network.state_name(turned.state)}"


def _outside(network: Network, town: Town) -> str:
    """Say that a town is outside, and which place inside is nearest."""
    import numpy as np

    from cacorridor.geodesy import distance_km

    # nearest of the places that something serves today, in whatever state
    links, places = network.open_links(), network.table("places")
    served = places[places.index.isin({*links["from"], *links["to"]})]
    km = distance_km(served["lon"], served["lat"], town.lon, town.lat)
    nearest = served.index[int(np.argmin(km))]
    where = f"{town.name} ({town.state or 'in no state of the data'})"
    inside = f"{network.place_name(nearest)} ({served['state'][nearest]}), {km.min():,.0f} km away"
    beyond = _beyond(network, town, str(nearest))
    return f"{where} lies outside this network; the nearest place inside is {inside}{beyond}"


def _beyond(network: Network, town: Town, place: str) -> str:
    """Name the closed line between a town and a place, if there is one."""
    line = line_between(network, town.state, straight_line(network, town, place))
    if line is None:
        return ""
    return f", beyond {line.name}, closed to freight" + f" since {line.since}" * bool(line.since)
