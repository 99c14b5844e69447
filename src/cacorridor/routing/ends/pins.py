"""What pins the way: places of via between two ends, and the part of a named corridor that fits them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cacorridor.errors import UsageError

if TYPE_CHECKING:
    from cacorridor.network.model import Network
    from cacorridor.network.tables.named import Corridor

Notes = tuple[str, ...]
Ends = tuple[str, str]


class Fit(NamedTuple):
    """A corridor as a journey between two ends uses it, and what is to be said of that."""

    pins: Corridor
    notes: Notes = ()


def fit_corridor(network: Network, pins: Corridor, ends: Ends) -> Fit:
    """Turn a corridor into the direction of a journey, and cut it where the journey joins or leaves it.

    An end that lies on the corridor is where the journey joins or leaves it; other ends are joined to the
    whole corridor. If the ends do not tell the direction, the one that makes the joining shorter counts.
    """
    if len(pins.via) < 2:
        return Fit(pins)
    # positions on the corridor where the journey joins and leaves it, if its ends lie there
    joins, leaves = (pins.via.index(end) if end in pins.via else None for end in ends)
    if joins == leaves and joins is not None:
        return Fit(pins)  # the same place twice is refused elsewhere
    # cut in the order of the corridor, then turned to that of the journey
    backwards = _runs_backwards(network, pins.via, ends, (joins, leaves))
    notes = [f"corridor {pins.name} backwards"] if backwards else []
    part = _part(pins, leaves, joins) if backwards else _part(pins, joins, leaves)
    if backwards:
        part = replace(part, via=part.via[::-1], by=part.by[::-1])
    # the reader named a whole corridor, and is told what is used of it
    if len(part.via) < len(pins.via):
        names = network.place_name(part.via[0]), network.place_name(part.via[-1])
        notes.append(f"only the part of corridor {pins.name} from {names[0]} to {names[1]}")
    return Fit(part, tuple(notes))


def _part(pins: Corridor, first: int | None, last: int | None) -> Corridor:
    """Cut a corridor to the places from one position to another; None means its own end."""
    start = first or 0
    stop = len(pins.via) - 1 if last is None else last
    return replace(pins, via=pins.via[start : stop + 1], by=pins.by[start:stop])


def _runs_backwards(
    network: Network, via: tuple[str, ...], ends: Ends, positions: tuple[int | None, int | None]
) -> bool:
    """Tell whether a journey uses a corridor against its order."""
    joins, leaves = positions
    last = len(via) - 1
    # both ends on the corridor, or one of them at an end of it: the direction is plain
    if joins is not None and leaves is not None:
        return joins > leaves
    if joins in {0, last}:
        return joins == last
    if leaves in {0, last}:
        return leaves == 0
    # else the direction with the shorter way to the corridor and from it; an end on it adds none
    forwards_km = _apart_km(network, ends[0], via[0]) * (joins is None)
    forwards_km += _apart_km(network, via[-1], ends[1]) * (leaves is None)
    backwards_km = _apart_km(network, ends[0], via[-1]) * (joins is None)
    backwards_km += _apart_km(network, via[0], ends[1]) * (leaves is None)
    return backwards_km < forwards_km


def _apart_km(network: Network, one: str, other: str) -> float:
    """Measure the straight line between two places, km."""
    from cacorridor.geodesy import distance_km

    table = network.table("places")
    lon, lat = table["lon"], table["lat"]
    return float(distance_km(lon[one], lat[one], lon[other], lat[other]))


def places_between(
    network: Network, ends: Ends, via: tuple[str, ...], pins: Corridor
) -> tuple[tuple[str, ...], Notes]:
    """List the places to pass: those of via, then those of the corridor, without the two ends.

    Returns
    -------
    tuple
        The places, and what is to be said of those that were left out.

    Raises
    ------
    UsageError
        If the journey would pass a place twice, or one of its ends on the way.

    """
    # a place named twice in a row is passed once; an end named as via is said so and left out
    places = [place for place, _ in itertools.groupby(via)]
    notes = []
    for position, end, role in ((0, ends[0], "origin"), (-1, ends[1], "destination")):
        if places and places[position] == end:
            notes.append(f"via {network.place_name(places.pop(position))} is the {role} itself")
    _require_single_visits(network, ends, places)
    # a place of via that the corridor has too is passed where the corridor has it
    pinned = [place for place in pins.via if place not in ends]
    return (*(place for place in places if place not in pinned), *pinned), tuple(notes)


def _require_single_visits(network: Network, ends: Ends, places: list[str]) -> None:
    """Refuse to pass a place twice."""
    for end, role in zip(ends, ("origin", "destination"), strict=True):
        if end in places:
            raise UsageError(f"via {network.place_name(end)} is the {role}: the journey would pass it twice")
    for place in places:
        if places.count(place) > 1:
            raise UsageError(f"via {network.place_name(place)} twice: the journey would double back")
