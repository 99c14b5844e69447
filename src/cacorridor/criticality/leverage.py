"""Who holds the keys: the Shapley value of each transit state.

The game: ``v(S)`` is what a journey saves (by default hours) against an outside option if it may use, besides
the states of its ends, only those of coalition S. Hubert and Ikonnikova (2011) did this for gas transit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.criticality.coalitions import coalition_values, minimal_coalitions
from cacorridor.criticality.losses import in_unit
from cacorridor.errors import NoRouteError, Obstacle
from cacorridor.network.model import SEA
from cacorridor.network.tables.answered import hold_columns
from cacorridor.routing.conditions import spell_out
from cacorridor.routing.diagnosis import describe_query
from cacorridor.routing.doors import hours
from cacorridor.routing.ends.access import join_ends
from cacorridor.routing.graph.search import plain_search, supernetwork_for
from cacorridor.routing.query import build_query
from cacorridor.routing.routes import Route

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import pandas as pd

    from cacorridor.network.held import HeldColumns
    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.graph.supernetwork import Supernetwork
    from cacorridor.routing.query import Query

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
    options = {"outside": outside, "outside_h": outside_h}
    table: pd.DataFrame = ask_leverage(network, origin, destination, **options, **conditions).frame
    return table


def ask_leverage(
    network: Network,
    origin: str,
    destination: str,
    *,
    outside: float | None = None,
    outside_h: float | None = None,
    **conditions: Unpack[ConditionOptions],
) -> HeldColumns:
    """Answer the question of ``leverage``, without a frame."""
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
    shares, unit = np.repeat(shapley(savings, sizes), sizes), query.measure.unit
    states = [state for block in blocks for state in block]
    # the largest share first; of a tie in the order of the codes
    order = sorted(range(len(states)), key=lambda player: (-shares[player], states[player]))
    shares, total = shares[order], savings[-1] - savings[0]
    of_all = {
        f"saving_{unit}": float(savings[-1]),
        f"saving_alone_{unit}": float(savings[0]),
        f"outside_{unit}": option,
    }
    return hold_columns(
        {
            "state": [states[player] for player in order],
            "state_name": [network.state_name(states[player]) for player in order],
            f"leverage_{unit}": shares.tolist(),
            "leverage_share": (shares / total if total > 0 else shares).tolist(),
            **{name: [amount] * len(order) for name, amount in of_all.items()},
        }
    )


def _value_coalitions(
    network: Network, query: Query, outside: float
) -> tuple[list[tuple[str, ...]], np.ndarray]:
    """Value every coalition of the states that matter: what it saves, shape (2^blocks,).

    States that every minimal coalition needs together or not at all are one block, which acts as one.
    """
    # states on no route below the outside option add nothing and need not play
    minimal = minimal_coalitions(network, query, below=outside)
    states = sorted({state for coalition in minimal for state in coalition.states})
    # states that the same coalitions need are interchangeable: one player for all of them
    blocks: dict[tuple[bool, ...], list[str]] = {}
    for state in states:
        needed_by = tuple(state in coalition.states for coalition in minimal)
        blocks.setdefault(needed_by, []).append(state)
    best = coalition_values(minimal, [block[0] for block in blocks.values()])
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
    times = ((points + 1) / 2)[:, None]
    gains = _expected_gains(savings, times**players)
    shares: np.ndarray = (weights[:, None] / 2 * times ** (players - 1) * gains).sum(axis=0)
    return shares


def _expected_gains(savings: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Compute what each block is expected to add if each other one is whole with a chance of its own.

    ``chances`` has a row for each time at which it is asked, shape (times, blocks), and so has the result.
    """
    # coalitions as a table, later blocks by earlier ones: each half of them is expected of the other first
    half = chances.shape[1] // 2
    earlier, later = chances[:, :half], chances[:, half:]
    table = savings.reshape(-1, 1 << half)
    # no product of BLAS, whose threads spin for longer than this takes
    of_earlier = np.einsum("le,tl->te", table, _likelihoods(later)[-1])
    of_later = np.einsum("le,te->tl", table, _likelihoods(earlier)[-1])
    return np.concatenate([_gains_of_half(of_earlier, earlier), _gains_of_half(of_later, later)], axis=1)


def _likelihoods(chances: np.ndarray) -> list[np.ndarray]:
    """Compute how likely just these of the first 0, 1, 2... blocks are whole, each of shape (times, sets)."""
    known = [np.ones((len(chances), 1))]
    for chance in np.hsplit(chances, chances.shape[1]) if chances.size else ():
        known.append(np.concatenate([known[-1] * (1 - chance), known[-1] * chance], axis=1))
    return known


def _gains_of_half(expected: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Compute the gains of blocks of which each set has a worth, shape (times, sets)."""
    # the last block first: what it adds counts, then the worths are those expected of it
    before, gains = _likelihoods(chances), np.empty_like(chances)
    for block in reversed(range(chances.shape[1])):
        without, whole = np.hsplit(expected, 2)
        added = whole - without
        gains[:, block] = (added * before[block]).sum(axis=1)
        expected = without + chances[:, block, None] * added
    return gains


def ocean_route(network: Network, query: Query) -> Route:
    """Find the best route that takes an ocean link, by whatever modes, as the outside option.

    Raises
    ------
    NoRouteError
        If there is none.

    """
    free = replace(query, modes=frozenset())
    graph = supernetwork_for(network, free)
    search = plain_search(graph, free)
    # the best way over each ocean link: to its tail, over it, and on from its head
    before = search.distances_from_place(query.origin, onward=True)
    after = search.distances_from_place(query.destination, onward=False)
    best, ocean = min(
        (
            (before[graph.tail[arc]] + float(search.weight[arc]) + after[graph.head[arc]], arc)
            for arc in np.flatnonzero(search.usable & (_sailed_km(graph) >= OCEAN_KM)).tolist()
        ),
        default=(np.inf, -1),
    )
    # the cheapest of them, with its two ends
    if best < np.inf:
        inland = search.path_between(query.origin, int(graph.tail[ocean]), onward=True) or []
        onward = search.path_between(query.destination, int(graph.head[ocean]), onward=False) or []
        steps = graph.steps.take(graph.steps_of([*inland, ocean, *onward]))
        return Route.from_steps(network, free, steps, "by sea")
    raise NoRouteError(f"over an ocean {describe_query(network, free)}", [Obstacle("ocean")])


def _sailed_km(graph: Supernetwork) -> np.ndarray:
    """Kilometres that each arc sails."""
    steps = graph.steps
    states = steps.names.states
    at_sea = steps.state == states.index(SEA) if SEA in states else np.zeros(len(steps), dtype=bool)
    return np.asarray(np.add.reduceat(steps.km * at_sea, graph.arc_start[:-1]))
