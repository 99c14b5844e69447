"""Who holds the keys: the Shapley value of each transit state.

The game: ``v(S)`` is what a journey saves (by default hours) against an outside option if it may use, besides
the states of its ends, only those of coalition S. Hubert and Ikonnikova (2011) did this for gas transit.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
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
    from collections.abc import Sequence
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
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> table = cc.leverage(net, "Kashgar", "Tashkent", modes=["road"], outside_h=1000)
    >>> list(table)[:4]
    ['state', 'state_name', 'leverage_h', 'leverage_share']
    >>> bool(abs(table["leverage_share"].sum() - 1) < 1e-6)
    True

    """
    network, origin, destination = join_ends(network, origin, destination)
    query = build_query(network, origin, destination, **conditions)
    # the outside option: what is given, or the best way over an ocean
    given = None if outside_h is None else hours(outside_h, "outside_h")
    option = in_unit(query, "outside", outside, given)
    if option is None:
        option = float(query.measure.amount(ocean_route(network, query).table).sum())
    # the game, and how its gain falls to the players
    blocks, savings = _value_coalitions(network, query, option)
    sizes = [len(block) for block in blocks]
    states = [state for block in blocks for state in block]
    shares, unit = np.repeat(shapley(savings, sizes), sizes), query.measure.unit
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


def _value_coalitions(
    network: Network, query: Query, outside: float
) -> tuple[list[tuple[str, ...]], np.ndarray]:
    """Value every coalition of the states that matter: what it saves, shape (2^blocks,).

    States that every minimal coalition needs together or not at all are one block, which acts as one.
    """
    arcs = build_arcs(network, query)
    # states on no route below the outside option add nothing and need not play
    minimal = minimal_coalitions(network, arcs, below=outside)
    states = arcs.states_in(reduce(or_, (coalition.mask for coalition in minimal), 0))
    # states that the same coalitions need are interchangeable: one player for all of them
    blocks: dict[tuple[bool, ...], list[str]] = {}
    for state in states:
        bit = arcs.state_mask([state])
        needed_by = tuple(bool(coalition.mask & bit) for coalition in minimal)
        blocks.setdefault(needed_by, []).append(state)
    firsts = tuple(arcs.state_mask(block[:1]) for block in blocks.values())
    best = coalition_values(minimal, firsts)
    return list(map(tuple, blocks.values())), np.maximum(outside - best, 0.0)


def shapley(savings: np.ndarray, sizes: Sequence[int] = ()) -> np.ndarray:
    """Compute each player's mean contribution over all orders of joining (Shapley 1953).

    ``savings`` has one entry a coalition, shape (2^n,); bit i of its number tells whether block i is in, of
    ``sizes[i]`` players (by default one) who are worth something only together; each gets the same.

    Players join at a time of their own between 0 and 1: one who comes at t finds a block of s players whole
    with probability t^s (Owen 1972). The integral over t is that of a polynomial, so Gauss' rule is exact.
    """
    n = int(savings.size).bit_length() - 1
    players = np.array(sizes or (1,) * n, dtype=int)
    # nodes of Gauss and Legendre, from -1..1 to 0..1: exact for the degree that so many players make
    points, weights = np.polynomial.legendre.leggauss(int(players.sum()) // 2 + 1)
    shares = np.zeros(n)
    for time, weight in zip(((points + 1) / 2).tolist(), (weights / 2).tolist(), strict=True):
        shares += weight * time ** (players - 1) * _expected_gains(savings, time**players)
    return shares


def _expected_gains(savings: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Compute what each block is expected to add if each other one is whole with a chance of its own."""
    # how likely just these of the blocks before each are whole, shape (2^block,)
    before = [np.ones(1)]
    for chance in chances[:-1].tolist():
        known = before[-1]
        before.append(np.concatenate([known * (1 - chance), known * chance]))
    # the last block first: what it adds counts, then the savings are those expected of it
    gains = np.empty(len(chances))
    expected = savings
    for block in reversed(range(len(chances))):
        without, whole = expected.reshape(2, -1)
        added = whole - without
        # no product of BLAS, whose threads spin for longer than this takes
        gains[block] = (added * before[block]).sum()
        expected = without + chances[block] * added
    return gains


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
        before = arcs.distances(start)[arcs.tail[oceans]]
        after = arcs.distances(end, to=True)[arcs.head[oceans]]
        ocean = int(oceans[np.argmin(before + arcs.weight[oceans] + after)])
        # the cheapest of them, with its two ends
        inland = arcs.shortest_path(start, int(arcs.tail[ocean]))
        onward = arcs.shortest_path(int(arcs.head[ocean]), end)
        if inland is not None and onward is not None:
            return route_on(network, arcs, (*inland[1], ocean, *onward[1]), "by sea")
    raise NoRouteError(f"over an ocean {describe_query(network, free)}", [Obstacle("ocean")])


def _sailed_km(arcs: Arcs) -> np.ndarray:
    """Kilometres that each arc sails."""
    steps = arcs.supernetwork.steps
    states = steps.names.states
    at_sea = steps.state == states.index(SEA) if SEA in states else np.zeros(len(steps), dtype=bool)
    return arcs.per_arc(steps.km * at_sea)
