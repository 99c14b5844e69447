"""What a way round costs: the best route with a state, and the best without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cacorridor.criticality.coalitions import own_states
from cacorridor.errors import NoRouteError, UsageError
from cacorridor.routing import arcs as arrays
from cacorridor.routing.diagnosis import diagnose, in_words
from cacorridor.routing.query import pose
from cacorridor.routing.routes import Route, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.routing.arcs import Arcs
    from cacorridor.routing.query import Conditions
    from cacorridor.routing.search import Query
    from cacorridor.shortest_paths.dijkstra import Path


def bypass(
    network: Network,
    origin: str,
    destination: str,
    *,
    states: Sequence[str | Sequence[str]] | None = None,
    **conditions: Unpack[Conditions],
) -> pd.DataFrame:
    """Compare the best route with the best one without a state, one state a row.

    ``states`` are ISO codes, or sets of them to be avoided together; by default each transit state of the
    best route, in order of travel. ``penalty_h`` (hours) and ``penalty_km`` are infinite where no route is
    left: the state is ``necessary``. ``hinge`` makes the way round possible: of its links that the best route
    does not use the one whose loss adds most hours, ``hinge_penalty_h``; infinite if no other is left.

    Raises
    ------
    UsageError
        If the state of an end is to be avoided, or the conditions contradict each other.
    NoRouteError
        If the pair has no route at all, with what blocks the way.

    """
    query = pose(network, origin, destination, **conditions)
    arcs = arrays.lay_out(network, query)
    best = best_route(network, query, arcs)
    sets = [(state,) for state in transit_states(best)] if states is None else _as_sets(states)
    require_transit(network, query, sets)
    return pd.DataFrame([_row(network, query, arcs, best, banned) for banned in sets], columns=list(_COLUMNS))


_COLUMNS = {  # name: unit or meaning
    "states": "codes avoided together",
    "role": "crossed, touched or off the best route",
    "time_h": "hours of the best route",
    "time_without_h": "hours of the best route without",
    "penalty_h": "difference",
    "length_km": "km of the best route",
    "length_without_km": "km of the best route without",
    "penalty_km": "difference",
    "necessary": "no route is left",
    "way_round": "states crossed instead, in order of travel",
    "hinge": "link of the way round whose loss costs most",
    "hinge_penalty_h": "hours that its loss adds",
}


def best_route(network: Network, query: Query, arcs: Arcs) -> Route:
    """Find the best route of a query on its arcs.

    Raises
    ------
    NoRouteError
        With what blocks the way.

    """
    answer = arcs.best(query.origin, query.destination)
    if answer is None:
        raise NoRouteError(in_words(network, query), diagnose(network, query))
    return tell(network, query, arcs.steps(answer[1]))


def transit_states(route: Route) -> list[str]:
    """List the states between those of the two ends that a route crosses or touches, in order of travel."""
    ends = {route.states[0], route.states[-1]}
    lain_in = route.legs.loc[route.legs["mode"].ne("") & route.legs["state"].ne("sea"), "state"]
    return [state for state in dict.fromkeys(lain_in) if state not in ends]


def require_transit(network: Network, query: Query, sets: Iterable[Iterable[str]]) -> None:
    """Refuse to ban an unknown state, or one in which the journey begins or ends.

    Raises
    ------
    UsageError
        With the state and what is allowed.

    """
    known = set(network.states.index)
    ends = dict(zip(own_states(network, query), (query.origin, query.destination), strict=True))
    for state in dict.fromkeys(state for banned in sets for state in banned):
        if state not in known:
            raise UsageError(f"unknown state {state!r}; allowed: {', '.join(sorted(known))}")
        if state in ends:
            place = network.place_name(ends[state])
            raise UsageError(f"{place} lies in {state}: a journey cannot avoid the state of one of its ends")


def _as_sets(states: Sequence[str | Sequence[str]]) -> list[tuple[str, ...]]:
    return [(item,) if isinstance(item, str) else tuple(item) for item in states]


def _row(  # one question beside its answer
    network: Network, query: Query, arcs: Arcs, best: Route, banned: tuple[str, ...]
) -> dict[str, object]:
    """Set the best route beside the best one without some states."""
    absent = arcs.within(arcs.bits(banned))
    answer = arcs.best(query.origin, query.destination, absent)
    row: dict[str, object] = {
        "states": " ".join(banned),
        "role": _role(best, banned),
        "necessary": not answer,
    }
    if answer is None:
        other_h = other_km = np.inf
    else:
        other = tell(network, query, arcs.steps(answer[1]))
        other_h, other_km = other.time_h, other.length_km
        row["way_round"] = " ".join(other.states)
        new = [link for link in other.links if link not in best.links]
        row["hinge"], row["hinge_penalty_h"] = _hinge(query, arcs, absent, new, other_h)
    return {
        **row,
        "time_h": best.time_h,
        "time_without_h": other_h,
        "penalty_h": other_h - best.time_h,
        "length_km": best.length_km,
        "length_without_km": other_km,
        "penalty_km": other_km - best.length_km,
    }


def _role(best: Route, banned: tuple[str, ...]) -> str:
    if set(banned) & set(best.states):
        return "crossed"
    return "touched" if set(banned) & set(best.touches) else "off the route"


def _hinge(
    query: Query, arcs: Arcs, absent: np.ndarray, links: list[str], time_h: float
) -> tuple[str, float]:
    """Find the link whose loss adds most hours to a way round, and the hours."""
    losses = {link: time_without(query, arcs, absent | arcs.of_links([link])) - time_h for link in links}
    worst = max(losses, key=lambda link: losses[link], default="")
    return worst, losses.get(worst, 0.0)


def links_on(arcs: Arcs, path: Path) -> list[str]:
    """List the links of a path in order of travel."""
    return list(dict.fromkeys(step.link for step in arcs.steps(path) if step.link))


def hours_of(arcs: Arcs, path: Path) -> float:
    """Sum the expected hours of a path."""
    return sum(step.duration.mean_h for step in arcs.steps(path))


def time_without(query: Query, arcs: Arcs, absent: np.ndarray) -> float:
    """Return the hours of the best route without some arcs; infinite if there is none."""
    answer = arcs.best(query.origin, query.destination, absent)
    return np.inf if answer is None else hours_of(arcs, answer[1])
