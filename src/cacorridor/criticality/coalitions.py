"""What every coalition of transit states could carry: the best value on their ground alone.

There are 2^n coalitions, but few different best routes. A route matters only if no other one is as good
on a subset of its states; one search finds these *minimal coalitions*, each with its value. A coalition is
worth what the best minimal one is worth that fits into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cacorridor.errors import UsageError
from cacorridor.network.tables.answered import hold_columns
from cacorridor.routing.conditions import spell_out
from cacorridor.routing.ends.access import join_ends
from cacorridor.routing.graph.search import plain_search, supernetwork_for
from cacorridor.routing.graph.territories import best_by_territory
from cacorridor.routing.query import build_query, endpoint_states

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import pandas as pd

    from cacorridor.network.held import HeldColumns
    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.query import Query

MAX_PLAYERS = 22  # four million coalitions


class MinimalCoalition(NamedTuple):
    """The transit states of a best route, sorted, and what it is worth by the criterion."""

    states: tuple[str, ...]
    amount: float


@spell_out
def coalitions(
    network: Network, origin: str, destination: str, **conditions: Unpack[ConditionOptions]
) -> pd.DataFrame:
    """List the coalitions of transit states that carry a better route than any smaller one.

    One row each: ``states`` (ISO codes of the coalition), ``time_h`` (hours; kilometres as ``length_km``
    if that is the criterion) of the best route on the ground of these states and the two ends' own.
    Every other coalition is worth what its best row is worth.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by name or id.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, criterion, load, value_of_time, allow_touch.

    Returns
    -------
    pd.DataFrame
        One row a coalition, the best first: ``states`` and its value by the criterion.

    Raises
    ------
    UsageError
        If the conditions contradict each other.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> table = cc.coalitions(net, "Kashgar", "Tashkent", modes=["road"])
    >>> list(table)
    ['states', 'time_h']
    >>> bool(table["time_h"].is_monotonic_increasing)
    True

    """
    table: pd.DataFrame = ask_coalitions(network, origin, destination, **conditions).frame
    return table


def ask_coalitions(
    network: Network, origin: str, destination: str, **conditions: Unpack[ConditionOptions]
) -> HeldColumns:
    """Answer the question of ``coalitions``, without a frame."""
    network, origin, destination = join_ends(network, origin, destination)
    query = build_query(network, origin, destination, **conditions)
    minimal = minimal_coalitions(network, query)
    states = [" ".join(each.states) for each in minimal]
    return hold_columns({"states": states, query.measure.column: [each.amount for each in minimal]})


def minimal_coalitions(network: Network, query: Query, *, below: float = np.inf) -> list[MinimalCoalition]:
    """Find the minimal coalitions of a pair whose value is below a bound, the best first."""
    # states as bits; those of the two ends are in every coalition, and play no part
    supernetwork = supernetwork_for(network, query)
    names, ends = supernetwork.state_names, endpoint_states(network, query)
    at_ends = sum(1 << bit for bit, state in enumerate(names) if state in ends)
    amounts = best_by_territory(
        plain_search(supernetwork, query),
        (query.origin, query.destination),
        supernetwork.state_bits(touching=not query.allow_touch),
        free=at_ends,
        below=below,
    )
    # those that no cheaper one lies within; of a tie the one whose states stand first comes first
    ascending = sorted(amounts, key=lambda mask: (amounts[mask], mask))
    return [MinimalCoalition(_names_in(mask, names), amounts[mask]) for mask in _undominated(ascending)]


def _names_in(mask: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """List the states of a mask."""
    return tuple(state for bit, state in enumerate(names) if mask >> bit & 1)


def _undominated(ascending: list[int]) -> list[int]:
    """Keep the sets of states, as bits, of which no earlier one needs only states of theirs."""
    kept: list[int] = []
    for mask in ascending:
        if not any(other & ~mask == 0 for other in kept):
            kept.append(mask)
    return kept


def coalition_values(minimal: list[MinimalCoalition], players: Sequence[str]) -> np.ndarray:
    """Compute the value of each coalition of players, shape (2^players,); infinite where it has no route.

    ``players`` are states; coalition number c holds player i if bit i of c is set.
    The least value over all subsets, one player after the other (Yates 1937).

    Raises
    ------
    UsageError
        If there are more players than this is meant for.

    """
    if len(players) > MAX_PLAYERS:
        raise UsageError(
            f"{len(players)} transit states matter here, {MAX_PLAYERS} are allowed: a lower outside option "
            f"or fewer modes make them fewer"
        )
    # a coalition is a number: bit k stands for player k
    best = np.full(1 << len(players), np.inf)
    for states, amount in minimal:
        number = sum(1 << player for player, state in enumerate(players) if state in states)
        best[number] = min(best[number], amount)
    # whatever a coalition has, a larger one has too: minima over subsets, player by player
    for player in range(len(players)):
        halves = best.reshape(-1, 2, 1 << player)  # without the player, and with
        np.minimum(halves[:, 1], halves[:, 0], out=halves[:, 1])
    return best
