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
from cacorridor.network.towns import COORDINATES, Town, find_town, read_point, require_no_namesake
from cacorridor.routing.doors import require_network

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from shapely.geometry import LineString

    from cacorridor.network.model import Network

CANDIDATES = 5  # places that a town is joined to: the nearest one may lie on the wrong side
FARTHEST_KM = 500.0  # straight line beyond which a town is out of reach
LEAST_KM = 0.1  # length of a link at least
INSIDE = 0.95  # share of the straight line that must lie in the state; outlines are simplified
CITY = 50_000  # inhabitants: so large a town of its state's name is meant, as Luxembourg is; a village hardly
KEPT = 8  # networks with a town that a network keeps
NOTE = "access by road: straight line times 1.3, not measured"


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
        kept[town.key] = _network_with(network, town, roads)
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
    """Tell whether the straight line from a town to a place stays in their state."""
    line = _straight_line(network, town, place)
    outline = network.state_shapes.geometry[town.state]
    return bool(line.length == 0 or outline.intersection(line).length >= INSIDE * line.length)


def _straight_line(network: Network, town: Town, place: str) -> LineString:
    from shapely.geometry import LineString

    table = network.table("places")
    return LineString([(town.lon, town.lat), (float(table["lon"][place]), float(table["lat"][place]))])


def _network_with(network: Network, town: Town, roads: pd.DataFrame) -> Network:
    """Add the town and its roads to the tables."""
    import pandas as pd

    tables = network.tables
    # the town as a place
    place: dict[str, object] = {"id": town.key, "name": town.name, "kind": "city", "state": town.state}
    place |= {"lat": town.lat, "lon": town.lon, "position_basis": "geonames", "source_id": "geonames"}
    more = {"places": _with_rows(tables["places"], [place])}
    # its roads, and their lines
    links: list[dict[str, object]] = [
        {
            "id": f"road:{town.key}:{row['place']}",
            "from": town.key,
            "to": row["place"],
            "mode": "road",
            "status": "operational",
            "length_km": row["length_km"],
            "length_basis": "derived",
            "drawn": "towns",
            "touches": (),
            "note": NOTE,
        }
        for _, row in roads.iterrows()
    ]
    more["links"] = _with_rows(tables["links"], links)
    shapes = network.link_shapes
    lines = [_straight_line(network, town, str(link["to"])) for link in links]
    drawn = pd.DataFrame(
        {
            "id": [link["id"] for link in links],
            "measured_km": [link["length_km"] for link in links],
            "basis": "line",
            "line_km": roads["straight_km"].to_list(),
            "km": [{town.state: link["length_km"]} for link in links],
            "geometry": lines,
        }
    ).set_index("id", drop=False)
    return network.changed(tables=network.tables | more, link_shapes=pd.concat([shapes, drawn]))


def _with_rows(frame: pd.DataFrame, rows: list[dict[str, object]]) -> pd.DataFrame:
    """Add rows to a table; cells that are left out are empty."""
    import numpy as np
    import pandas as pd

    # each type has an emptiness of its own: no text, a missing whole number, not a number
    new = pd.DataFrame(rows)
    for column in frame:
        if column not in new:
            is_text = pd.api.types.is_string_dtype(frame[column].dtype)
            new[column] = "" if is_text else pd.NA if frame[column].dtype == "Int64" else np.nan
    typed = new[list(frame)].astype(frame.dtypes.to_dict())
    return pd.concat([frame, typed], ignore_index=True)


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
    return f"{where} lies outside this network; the nearest place inside is {inside}"
