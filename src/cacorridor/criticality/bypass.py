"""What a way round costs: the best route with a state, and the best without it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from cacorridor.criticality.losses import amount_without, excess_columns, excess_ranges, loss_columns, losses
from cacorridor.errors import UsageError
from cacorridor.network.states import resolve_state
from cacorridor.network.tables.answered import hold_rows
from cacorridor.routing.conditions import spell_out
from cacorridor.routing.doors import several, words
from cacorridor.routing.ends.access import join_ends
from cacorridor.routing.graph.arcs import best_route, build_arcs, route_on
from cacorridor.routing.query import build_query, endpoint_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Unpack

    import numpy as np
    import pandas as pd

    from cacorridor.network.held import HeldColumns
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
    best route, in order of travel. For every measure there are the value with and without, and the
    difference: ``penalty_h`` (hours), ``penalty_km``, ``penalty_usd``, ``penalty_kg``; infinite where no
    route is left: the state is ``necessary``. ``penalty_low_h`` and ``penalty_high_h`` (likewise in dollars
    and kilograms) are the 10th and 90th percentile of the difference, with both routes followed as they are
    in the same draws: what both rest on does not count, and below 0 the detour takes less. ``critical_link``
    makes the detour possible: of its links that the best route does not use the one whose loss adds most by
    the criterion, ``critical_link_delta_h`` (the unit is the criterion's); infinite if no other is left.

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
        One row a state or set: with, without and penalty with its range by every measure, ``detour_states``.

    Raises
    ------
    UsageError
        If the state of an end is to be avoided, or the conditions contradict each other.
    NoRouteError
        If the pair has no route at all, with what blocks the way.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> table = cc.bypass(net, "Kashgar", "Tashkent", modes=["rail"], year=2026)
    >>> table["states"].tolist()
    ['KAZ', 'KGZ']
    >>> {"time_h", "time_without_h", "penalty_h"} <= set(table)
    True

    """
    table: pd.DataFrame = ask_bypass(network, origin, destination, states=states, **conditions).frame
    return table


def ask_bypass(
    network: Network,
    origin: str,
    destination: str,
    *,
    states: str | Sequence[str | Sequence[str]] | None = None,
    **conditions: Unpack[ConditionOptions],
) -> HeldColumns:
    """Answer the question of ``bypass``, without a frame."""
    network, origin, destination = join_ends(network, origin, destination)
    query = build_query(network, origin, destination, **conditions)
    arcs = build_arcs(network, query)
    best = best_route(network, arcs)
    # by default each state that the best route crosses on its way, alone
    sets = [(state,) for state in best.transit_states] if states is None else _as_sets(network, states)
    require_transit(network, query, sets)
    _require_none_avoided(query, sets)
    rows = [_set_beside(network, arcs, best, banned) for banned in sets]
    return hold_rows(rows, _columns(query))


def _columns(query: Query) -> list[str]:
    """Name the columns: who is avoided, at what price, which way instead and what that hangs on."""
    columns = ["states", "role"]
    bounds = excess_columns(query, "penalty")
    for name in loss_columns(query, "penalty"):
        columns += [name, *bounds.get(name, ())]
    instead = ["necessary", "detour_states", "critical_link", f"critical_link_delta_{query.measure.unit}"]
    return [*columns, *instead]


def require_transit(network: Network, query: Query, sets: Iterable[Iterable[str]]) -> None:
    """Refuse to ban an unknown state, or one in which the journey begins or ends.

    Raises
    ------
    UsageError
        With the state and what is allowed.

    """
    places = query.origin, query.destination
    ends = dict(zip(endpoint_states(network, query), places, strict=True))
    for state in dict.fromkeys(itertools.chain.from_iterable(sets)):
        if resolve_state(network, state) in ends:
            place = network.place_name(ends[state])
            raise UsageError(f"{place} lies in {state}: a journey cannot avoid the state of one of its ends")


def _require_none_avoided(query: Query, sets: Iterable[Iterable[str]]) -> None:
    """Refuse to ask what it costs to go round a state that every way keeps out of anyway."""
    avoided = [state for state in itertools.chain.from_iterable(sets) if state in query.avoid]
    if avoided:
        raise UsageError(f"{avoided[0]} is both in states and in avoid: nothing is left to go round")


def _as_sets(network: Network, states: str | Sequence[str | Sequence[str]]) -> list[tuple[str, ...]]:
    """Bring the states to go round into one form: sets of codes."""
    # one state alone, or several, each alone or in a set that is avoided together
    given = [states] if isinstance(states, str) else several(states, "states", "states or sets of states")
    sets = []
    for names in given:
        codes = [resolve_state(network, name) for name in words(names, "states")]
        sets.append(tuple(dict.fromkeys(codes)))
    return list(dict.fromkeys(sets))  # what is named twice is one question


def _set_beside(network: Network, arcs: Arcs, best: Route, banned: tuple[str, ...]) -> dict[str, object]:
    """Set the best route beside the best one without some states."""
    query = arcs.query
    removed = arcs.in_states(arcs.state_mask(banned))
    detour = arcs.best(query.origin, query.destination, removed)
    other = None if detour is None else route_on(network, arcs, detour[1])
    row: dict[str, object] = {"states": " ".join(banned), "role": _role_of(best, banned)}
    row |= {"necessary": other is None, **losses(query, best, other, "penalty")}
    row |= excess_ranges(query, best, other, "penalty")
    # what the detour newly leans on: the link that would hurt most if it were lost too
    if detour is not None and other is not None:
        new = [link for link in other.links if link not in best.links]
        worst, loss = _critical_link(arcs, removed, new, arcs.amount(detour[1]))
        row |= {"detour_states": " ".join(other.states), "critical_link": worst}
        row[f"critical_link_delta_{query.measure.unit}"] = loss
    return row


def _role_of(best: Route, banned: tuple[str, ...]) -> str:
    if set(banned) & set(best.states):
        return "crossed"
    return "touched" if set(banned) & set(best.touches) else "off the route"


def _critical_link(arcs: Arcs, removed: np.ndarray, links: list[str], amount: float) -> tuple[str, float]:
    """Find the link whose loss adds most to a detour, and how much."""
    # one search a link; of a tie the link that the detour meets first
    lost = {link: amount_without(arcs, removed | arcs.of_links([link])) - amount for link in links}
    worst = max(lost, key=lambda link: lost[link], default="")
    return worst, lost.get(worst, 0.0)
