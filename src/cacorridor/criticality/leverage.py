"""Who holds the keys: the Shapley value of each transit state.

The game: ``v(S)`` is what a journey saves (by default hours) against an outside option if it may use, besides
the states of its ends, only those of coalition S. Hubert and Ikonnikova (2011) did this for gas transit.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from math import comb
from operator import or_
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cacorridor.criticality.coalitions import coalition_values, minimal_coalitions
from cacorridor.criticality.losses import in_unit
from cacorridor.errors import NoRouteError, Obstacle
from cacorridor.network.model import SEA
from cacorridor.routing.conditions import spell_out
from cacorridor.routing.diagnosis import describe_query
from cacorridor.routing.doors import hours
from cacorridor.routing.ends.access import join_ends
from cacorridor.routing.graph.arcs import build_arcs, route_on
from cacorridor.routing.query import build_query

if TYPE_CHECKING:
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route

OCEAN_KM = 3000  # a sailing at least this long is an ocean route; no line on the Caspian or Black Sea is


@spell_out
def leverage(
    network: Network,
    origin: str,
    destination: str,
    *,
    outside: float | None = None,
    outside_h: float | None = None,
    **conditions: Unpack[ConditionOptions],
) -> pd.DataFrame:
    """Compute the Shapley value of every transit state, exact over all coalitions, one state a row.

    ``leverage_h`` are hours of the saving against the outside option that fall to a state,
    ``leverage_share`` its share of what all states together add. The outside option is the best
    route over an ocean, whatever the modes asked for, or ``outside``. States not listed add
    nothing to any coalition. ``saving_h`` is v of all states, ``saving_alone_h`` what the two ends save
    without any; ``coalitions`` shows what each coalition is worth. By another criterion than time the game is
    about that: columns end in its unit, ``leverage_usd``.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by name or id.
    outside
        Value of the outside option in the unit of the criterion; by default that of the best ocean route.
    outside_h
        The same in hours, where the criterion is time.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, criterion, load, value_of_time, allow_touch.

    Returns
    -------
    pd.DataFrame
        One row a state, the largest leverage first.

    Raises
    ------
    UsageError
        If the conditions contradict each other, or too many states matter.
    NoRouteError
        If no ocean route joins the pair and no ``outside`` is given.

    """
    network, origin, destination = join_ends(network, origin, destination)
    query = build_query(network, origin, destination, **conditions)
    # the outside option: what is given, or the best way over an ocean
    given = None if outside_h is None else hours(outside_h, "outside_h")
    option = in_unit(query, "outside", outside, given)
    if option is None:
        option = float(query.measure.amount(ocean_route(network, query).table).sum())
    # the game, and how its gain falls to the players
    states, savings = _game(network, query, option)
    shares, unit = shapley(savings), query.measure.unit
    total = savings[-1] - savings[0]
    table = pd.DataFrame(
        {
            "state": states,
            "state_name": [network.state_name(state) for state in states],
            f"leverage_{unit}": shares,
            "leverage_share": shares / total if total > 0 else shares,
            f"saving_{unit}": savings[-1],
            f"saving_alone_{unit}": savings[0],
            f"outside_{unit}": option,
        }
    )
    order = [f"leverage_{unit}", "state"]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)


def _game(network: Network, query: Query, outside: float) -> tuple[list[str], np.ndarray]:
    """Value every coalition of the states that matter: what it saves, shape (2^states,)."""
    arcs = build_arcs(network, query)
    # states on no route below the outside option add nothing and need not play
    minimal = minimal_coalitions(network, arcs, below=outside)
    states = arcs.states_in(reduce(or_, (coalition.mask for coalition in minimal), 0))
    best = coalition_values(minimal, tuple(arcs.state_mask([state]) for state in states))
    return list(states), np.maximum(outside - best, 0.0)


def shapley(values: np.ndarray) -> np.ndarray:
    """Compute each player's mean contribution over all orders of joining (Shapley 1953).

    ``values`` has one entry a coalition, shape (2^n,); bit i of its number tells whether player i is in.
    """
    # a player of n joins after a given coalition of that size in so many of all orders
    n = int(values.size).bit_length() - 1
    if n == 0:
        return np.zeros(0)
    weight_by_size = np.array([1 / (n * comb(n - 1, size)) for size in range(n)])
    weights = weight_by_size[np.bitwise_count(np.arange(values.size // 2))]  # of coalitions of the others
    shares = np.empty(n)
    for player in range(n):
        halves = values.reshape(-1, 2, 1 << player)
        shares[player] = weights @ (halves[:, 1] - halves[:, 0]).ravel()
    return shares


def ocean_route(network: Network, query: Query) -> Route:
    """Find the best route that takes an ocean link, by whatever modes, as the outside option.

    Raises
    ------
    NoRouteError
        If there is none.

    """
    free = replace(query, modes=frozenset())
    arcs = build_arcs(network, free)
    start, end = arcs.start[query.origin], arcs.end[query.destination]
    oceans = np.flatnonzero(_sailed_km(arcs) >= OCEAN_KM)
    if oceans.size:
        # the best way over each ocean link: to its tail, over it, and on from its head
        before, after = (
            arcs.distances(start)[arcs.tail[oceans]],
            arcs.distances(end, to=True)[arcs.head[oceans]],
        )
        ocean = int(oceans[np.argmin(before + arcs.weight[oceans] + after)])
        # the cheapest of them, with its two ends
        inland = arcs.shortest_path(start, int(arcs.tail[ocean]))
        onward = arcs.shortest_path(int(arcs.head[ocean]), end)
        if inland is not None and onward is not None:
            return route_on(network, arcs, (*inland[1], ocean, *onward[1]), "by sea")
    raise NoRouteError(
        f"over an ocean {describe_query(network, free)}",
        [Obstacle("ocean")],
    )


def _sailed_km(arcs: Arcs) -> np.ndarray:
    """Kilometres that each arc sails."""
    steps = arcs.supernetwork.steps
    states = steps.names.states
    at_sea = steps.state == states.index(SEA) if SEA in states else np.zeros(len(steps), dtype=bool)
    return arcs.per_arc(steps.km * at_sea)
