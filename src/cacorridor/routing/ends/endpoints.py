"""What names of links, places and gateways stand for in a question."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.network.gazetteer import gazetteer_of
from cacorridor.network.model import SEA
from cacorridor.routing.doors import words
from cacorridor.routing.graph.search import best_path, supernetwork_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cacorridor.network.held import Columns
    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query

    Ends = dict[str, tuple[str, str]]  # of links: the places that each joins


@dataclass(frozen=True)
class Endpoint:
    """Where a journey may begin or end: one place, or any post of a gateway."""

    places: tuple[str, ...]
    gateway: str = ""


def resolve_end(network: Network, name: str) -> Endpoint:
    """Find what a name means as an end of a journey.

    Raises
    ------
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that the name may mean.
    UsageError
        If the name is not text.

    """
    gazetteer = gazetteer_of(network)
    gateway = gazetteer.gateway(name)
    return Endpoint((gazetteer.find(name),)) if gateway is None else Endpoint(gateway.posts, gateway.name)


def nearer_posts(
    network: Network, start: Endpoint, stop: Endpoint, between: Callable[[str, str], Query]
) -> Query:
    """Choose among the posts of gateways at the ends those that the best route joins.

    ``between`` builds the query between two places. If no post has a route, the query between the first
    two is returned, so that its diagnosis is that of the question.

    Raises
    ------
    UsageError
        If the question contradicts itself for each pair of posts, for the reason of the first.

    """
    # some pairs of posts may be no question, such as one of a place and itself
    queries, refusals = [], []
    for places in itertools.product(start.places, stop.places):
        try:
            queries.append(between(*places))
        except UsageError as refusal:
            refusals.append(refusal)
    # all pairs refused: the posts are alike, so one reason is as good as the others
    if not queries:
        raise refusals[0]
    query = min(queries, key=lambda each: _least(network, each))  # of a tie the first
    notes = [
        f"{verb} at {network.place_name(place)}, the nearer post of the gateway {end.gateway}"
        for verb, place, end in (("begins", query.origin, start), ("ends", query.destination, stop))
        if end.gateway
    ]
    return replace(query, notes=(*query.notes, *notes))


def _least(network: Network, query: Query) -> float:
    """Weigh the best route of a query by its criterion; infinite if there is none."""
    path = best_path(network, query)
    if path is None:
        return float("inf")
    return float(supernetwork_for(network, query).weights(query.measure)[path].sum())


def border_links_at(network: Network, names: str | Sequence[str]) -> set[str]:
    """Find the border links that one or several names stand for: links, gateways or places.

    Raises
    ------
    UsageError
        If no border link lies at one of them.

    """
    links = network.link_columns
    return _links_at(network, _ends_of(links, links["is_border"]), names, "border")


def sea_links_at(network: Network, names: str | Sequence[str]) -> set[str]:
    """Find the sea links in the same way.

    Raises
    ------
    UsageError
        If no sea link lies at one of them.

    """
    links = network.columns("links")
    return _links_at(network, _ends_of(links, [mode == SEA for mode in links["mode"]]), names, "sea")


def _ends_of(links: Columns, marked: Sequence[bool]) -> Ends:
    """Tell the places that each marked link joins."""
    ends = zip(links["from"], links["to"], strict=True)
    return dict(itertools.compress(zip(links["id"], ends, strict=True), marked))


def _links_at(network: Network, links: Ends, names: str | Sequence[str], kind: str) -> set[str]:
    named = words(names, "at")
    if not named:
        raise UsageError(f"no {kind} link is named")
    # each name must mean something: one that is misspelt must not go under among the others
    meant: set[str] = set()
    for name in named:
        of_name = {name} if name in links else _links_at_place(network, links, name)
        if not of_name:
            raise UsageError(f"no {kind} link lies at {name!r}")
        meant |= of_name
    return meant


def _links_at_place(network: Network, links: Ends, name: str) -> set[str]:
    """Find the links that end at a gateway's places, or at one place."""
    # a gateway goes before a place of the same name: it is the wider of the two
    places = network.columns("places")
    gateways = zip(places["id"], places["gateway"], strict=True)
    posts = {place for place, gateway in gateways if gateway and gateway.casefold() == name.casefold()}
    ends = posts or {network.find_place(name)}
    return {link for link, joined in links.items() if not ends.isdisjoint(joined)}
