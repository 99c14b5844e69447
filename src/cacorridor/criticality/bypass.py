"""What a way round costs: the best route with a state, and the best without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cacorridor.errors import UsageError
from cacorridor.network.states import resolve_state
from cacorridor.routing.conditions import spell_out
from cacorridor.routing.doors import items, words
from cacorridor.routing.ends.access import join_ends
from cacorridor.routing.graph.arcs import best_route, build_arcs, route_on
from cacorridor.routing.query import build_query, endpoint_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route


@spell_out
def bypass(
    network: Network,
    origin: str,
    destination: str,
    *,
    states: str | Sequence[str | Sequence[str]] | None = None,
    **conditions: Unpack[ConditionOptions],
) -> pd.DataFrame:
    """Compare the best route with the best one without a state, one state a row.

    ``states`` are ISO codes, or sets of them to be avoided together; by default each transit state of the
    best route, in order of travel. ``penalty_h`` (hours) and ``penalty_km`` are infinite where no route is
    left: the state is ``necessary``. ``critical_link`` makes the detour possible: of its links that the best
    route does not use the one whose loss adds most hours, ``critical_link_delta_h``; infinite if no other is
    left.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by name or id.
    states
        States to avoid, or sets of them to be avoided together; by default each transit state.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, criterion, load, value_of_time, allow_touch.

    Returns
    -------
    pd.DataFrame
        One row a state or set: with, without, ``penalty_h``, ``penalty_km``, ``detour_states``.

    Raises
    ------
    UsageError
        If the state of an end is to be avoided, or the conditions contradict each other.
    NoRouteError
        If the pair has no route at all, with what blocks the way.

    """
    network, origin, destination = join_ends(network, origin, destination)
    query = build_query(network, origin, destination, **conditions)
    arcs = build_arcs(network, query)
    best = best_route(network, arcs)
    sets = [(state,) for state in best.transit_states] if states is None else _as_sets(network, states)
    require_transit(network, query, sets)
    return pd.DataFrame([_row(network, arcs, best, banned) for banned in sets], columns=list(_COLUMNS))


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
    "detour_states": "states crossed instead, in order of travel",
    "critical_link": "link of the detour whose loss costs most",
    "critical_link_delta_h": "hours that its loss adds",
}


def require_transit(network: Network, query: Query, sets: Iterable[Iterable[str]]) -> None:
    """Refuse to ban an unknown state, or one in which the journey begins or ends.

    Raises
    ------
    UsageError
        With the state and what is allowed.

    """
    ends = dict(zip(endpoint_states(network, query), (query.origin, query.destination), strict=True))
    for state in dict.fromkeys(state for banned in sets for state in banned):
        if resolve_state(network, state) in ends:
            place = network.place_name(ends[state])
            raise UsageError(f"{place} lies in {state}: a journey cannot avoid the state of one of its ends")


def _as_sets(network: Network, states: str | Sequence[str | Sequence[str]]) -> list[tuple[str, ...]]:
    """Bring the states to go round into one form: sets of codes."""
    given = [states] if isinstance(states, str) else items(states, "states", "states or sets of states")
    return [tuple(resolve_state(network, state) for state in words(item, "states")) for item in given]


def _row(network: Network, arcs: Arcs, best: Route, banned: tuple[str, ...]) -> dict[str, object]:
    """Set the best route beside the best one without some states."""
    query = arcs.query
    removed = arcs.in_states(arcs.state_mask(banned))
    answer = arcs.best(query.origin, query.destination, removed)
    row: dict[str, object] = {
        "states": " ".join(banned),
        "role": _role(best, banned),
        "necessary": not answer,
    }
    if answer is None:
        other_h = other_km = np.inf
    else:
        other = route_on(network, arcs, answer[1])
        other_h, other_km = other.time_h, other.length_km
        row["detour_states"] = " ".join(other.states)
        new = [link for link in other.links if link not in best.links]
        row["critical_link"], row["critical_link_delta_h"] = _critical_link(arcs, removed, new, other_h)
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


def _critical_link(arcs: Arcs, removed: np.ndarray, links: list[str], time_h: float) -> tuple[str, float]:
    """Find the link whose loss adds most hours to a detour, and the hours."""
    losses = {link: hours_without(arcs, removed | arcs.of_links([link])) - time_h for link in links}
    worst = max(losses, key=lambda link: losses[link], default="")
    return worst, losses.get(worst, 0.0)


def hours_without(arcs: Arcs, removed: np.ndarray) -> float:
    """Return the hours of the best route without some arcs; infinite if there is none."""
    answer = arcs.best(arcs.query.origin, arcs.query.destination, removed)
    return np.inf if answer is None else arcs.hours(answer[1])
