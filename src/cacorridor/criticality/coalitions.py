"""What every coalition of transit states could carry: the best value on their ground alone.

There are 2^n coalitions, but few different best routes. A route matters only if no other one is as good
on a subset of its states; these *minimal coalitions* are found by banning, one after the other, the states
of the best route. A coalition's value is that of the best minimal one that fits into it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cacorridor.errors import UsageError
from cacorridor.routing.conditions import spell_out
from cacorridor.routing.ends.access import join_ends
from cacorridor.routing.graph.arcs import build_arcs
from cacorridor.routing.query import build_query, endpoint_states

if TYPE_CHECKING:
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.shortest_paths.dijkstra import Path

MAX_PLAYERS = 22  # four million coalitions


@dataclass(frozen=True)
class MinimalCoalition:
    """A best route of some coalition: the bits of its transit states, what it is worth, its arcs."""

    mask: int
    amount: float
    path: Path


NO_ROUTE = MinimalCoalition(0, np.inf, ())  # needs no state, so that a wider ban reuses it


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
    network, origin, destination = join_ends(network, origin, destination)
    query = build_query(network, origin, destination, **conditions)
    arcs = build_arcs(network, query)
    column = query.measure.column
    rows = [
        {"states": " ".join(arcs.states_in(coalition.mask)), column: coalition.amount}
        for coalition in minimal_coalitions(network, arcs)
    ]
    return pd.DataFrame(rows, columns=["states", column])


def minimal_coalitions(network: Network, arcs: Arcs, *, below: float = np.inf) -> list[MinimalCoalition]:
    """Find the minimal coalitions of a pair whose value is below a bound, the best first."""
    search = _SearchUnderBans(arcs, arcs.state_mask(endpoint_states(network, arcs.query)), below)
    layer = {0}
    while layer:  # smaller bans first, because larger ones reuse their routes
        solved = {ban: search.best_under(ban) for ban in sorted(layer)}
        # only a state on the best route changes anything if it is banned too
        worth = [(ban, best.mask) for ban, best in solved.items() if best is not NO_ROUTE]
        layer = {ban | bit for ban, mask in worth for bit in _single_bits(mask)}
    # those that no cheaper one lies within
    ascending = sorted(search.found, key=lambda coalition: (coalition.amount, coalition.mask))
    return _undominated(ascending)


@dataclass
class _SearchUnderBans:
    """The best routes below a bound under one ban after the other, smaller bans first.

    ``ends`` are the bits of the states of the two ends: they are in every coalition, and play no part.
    """

    arcs: Arcs
    ends: int
    below: float
    found: list[MinimalCoalition] = field(default_factory=list)
    _solved: dict[int, MinimalCoalition] = field(default_factory=dict)  # by each ban that was looked at

    def best_under(self, ban: int) -> MinimalCoalition:
        """Find the best route that keeps out of the states of a ban."""
        if ban not in self._solved:
            self._solved[ban] = self._reused(ban) or self._better_than(self._known(ban), ban)
        return self._solved[ban]

    def _reused(self, ban: int) -> MinimalCoalition | None:
        """Reuse the best route under a smaller ban if it keeps out of the state added."""
        # one state less each time, by its bit: nothing new need be searched if its ban changes nothing
        left = ban
        while left:
            bit = left & -left  # the lowest
            coalition = self._solved.get(ban ^ bit)
            if coalition is not None and not coalition.mask & bit:
                return coalition
            left ^= bit
        return None

    def _known(self, ban: int) -> MinimalCoalition:
        """Return the best of the routes found so far that keep out of a ban."""
        outside = (coalition for coalition in self.found if not coalition.mask & ban)
        return min(outside, key=lambda coalition: coalition.amount, default=NO_ROUTE)

    def _better_than(self, known: MinimalCoalition, ban: int) -> MinimalCoalition:
        """Search for a better route than a known one, which most searches only confirm."""
        arcs, query = self.arcs, self.arcs.query
        bound = min(known.amount, self.below)
        best = arcs.best(query.origin, query.destination, arcs.in_states(ban), below=bound)
        if best is None:
            return known
        amount, path = best
        self.found.append(MinimalCoalition(arcs.path_mask(path) & ~self.ends, amount, path))
        return self.found[-1]


def _single_bits(mask: int) -> list[int]:
    """List the single bits of a mask, the lowest first."""
    bits = []
    while mask:
        bits.append(mask & -mask)
        mask &= mask - 1
    return bits


def _undominated(ascending: list[MinimalCoalition]) -> list[MinimalCoalition]:
    """Keep those of which no better one needs only states of theirs."""
    kept: list[MinimalCoalition] = []
    for each in ascending:
        if not any(other.mask & ~each.mask == 0 for other in kept):
            kept.append(each)
    return kept


def coalition_values(minimal: list[MinimalCoalition], players: tuple[int, ...]) -> np.ndarray:
    """Compute the value of each coalition of players, shape (2^players,); infinite where it has no route.

    ``players`` are the bits of states in the masks; coalition number c holds player i if bit i of c is set.
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
    for each in minimal:
        number = sum(1 << player for player, bit in enumerate(players) if each.mask & bit)
        best[number] = min(best[number], each.amount)
    # whatever a coalition has, a larger one has too: minima over subsets, player by player
    for player in range(len(players)):
        halves = best.reshape(-1, 2, 1 << player)  # without the player, and with
        np.minimum(halves[:, 1], halves[:, 0], out=halves[:, 1])
    return best
