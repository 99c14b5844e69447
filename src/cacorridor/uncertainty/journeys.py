"""The journeys of a simulation: pairs, which choose their route, and routes; and which can be compared."""

from __future__ import annotations

import itertools
import warnings
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.errors import UsageError
from cacorridor.routing import doors
from cacorridor.routing.ends.access import join_places
from cacorridor.routing.routes import Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.uncertainty.cases import Pair


def list_journeys(journeys: Pair | Route | Sequence[Pair | Route]) -> list[Pair | Route]:
    """List journeys: one alone or several."""
    given = [journeys] if isinstance(journeys, Route) else doors.pairs(journeys, "journeys")
    if not given:
        raise UsageError("a simulation needs a journey: a route or a pair (origin, destination)")
    return [each if isinstance(each, Route) else doors.pair(each, "journeys") for each in given]


def divide(journeys: Sequence[Pair | Route]) -> tuple[list[Pair], list[Route]]:
    """Divide journeys into pairs, which choose their route, and routes, which are followed as they are."""
    pairs: list[Pair] = []
    routes: list[Route] = []
    for journey in journeys:
        if isinstance(journey, Route):
            routes.append(journey)
        else:
            pairs.append(journey)
    return pairs, routes


def with_towns(network: Network, pairs: Sequence[Pair]) -> tuple[Network, list[Pair]]:
    """Join the ends of pairs that are towns to a network."""
    # all ends in one row, so that every town is joined to the same network; then in twos again
    network, ends = join_places(network, itertools.chain.from_iterable(pairs))
    return network, list(zip(ends[::2], ends[1::2], strict=True))


def ends_of_pairs(network: Network, pairs: Sequence[Pair]) -> list[Pair]:
    """Name the ends of pairs, twice each: free to choose, and on the route that is best on average."""
    ends: list[Pair] = []
    for pair in pairs:
        ends += [_named_ends(network, *pair)] * 2
    return ends


def ends_of_routes(routes: Sequence[Route]) -> list[Pair]:
    """Name the ends of routes."""
    return [_named_ends(route.network, route.query.origin, route.query.destination) for route in routes]


def _named_ends(network: Network, origin: str, destination: str) -> Pair:
    """Name the ends of a journey; posts of one gateway are the same end."""
    # a place without a gateway has an empty one, and is known by its own name
    places = network.columns("places")
    gateways = dict(zip(places["id"], places["gateway"], strict=True))
    start, end = (gateways.get(place) or network.place_name(place) for place in (origin, destination))
    return start, end


def have_same_ends(ends: Sequence[Pair]) -> np.ndarray:
    """Mark which journeys have the ends of which, shape (journeys, journeys); warn of those that differ."""
    # a warning, not an error: journeys that do share their ends can still be compared
    different = list(dict.fromkeys(ends))
    if len(different) > 1:
        named = "; ".join(f"{start} - {end}" for start, end in different)
        warnings.warn(f"journeys between different ends are not compared: {named}", stacklevel=3)
    number = {pair: position for position, pair in enumerate(different)}
    numbers = np.array([number[pair] for pair in ends], dtype=int)
    return np.asarray(numbers[:, None] == numbers)
