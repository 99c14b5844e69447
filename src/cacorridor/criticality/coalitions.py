"""What every coalition of transit states could carry: the best value on their ground alone.

There are 2^n coalitions, but few different best routes. A route matters only if no other one is as good
on a subset of its states; these *patterns* are found by banning, one after the other, the states of the
best route. A coalition's value is that of the best pattern that fits into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cacorridor.errors import UsageError
from cacorridor.routing import arcs as arrays
from cacorridor.routing.query import pose

if TYPE_CHECKING:
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.routing.arcs import Arcs
    from cacorridor.routing.query import Conditions
    from cacorridor.routing.search import Query
    from cacorridor.shortest_paths.dijkstra import Path

MOST_PLAYERS = 22  # four million coalitions


@dataclass(frozen=True)
class Pattern:
    """A best route of some coalition: the bits of its transit states, its value, its arcs."""

    mask: int
    value: float
    path: Path


NO_ROUTE = Pattern(0, np.inf, ())  # needs no state, so that a wider ban reuses it


def coalitions(
    network: Network, origin: str, destination: str, **conditions: Unpack[Conditions]
) -> pd.DataFrame:
    """List the coalitions of transit states that carry a better route than any smaller one.

    One row each: ``states`` (ISO codes of the coalition), ``time_h`` (hours; kilometres as ``length_km``
    if that is the criterion) of the best route on the ground of these states and the two ends' own.
    Every other coalition is worth what its best row is worth.

    Raises
    ------
    UsageError
        If the conditions contradict each other.

    """
    query = pose(network, origin, destination, **conditions)
    arcs = arrays.lay_out(network, query)
    column = value_column(query)
    rows = [
        {"states": " ".join(arcs.named(pattern.mask)), column: pattern.value}
        for pattern in find_patterns(network, query)
    ]
    return pd.DataFrame(rows, columns=["states", column])


def value_column(query: Query) -> str:
    """Name the column of a value by the query's criterion."""
    return "time_h" if query.criterion == "time" else "length_km"


def own_states(network: Network, query: Query) -> tuple[str, str]:
    """Return the states of origin and destination, which no coalition can lack."""
    state_of = network.table("places")["state"]
    return str(state_of[query.origin]), str(state_of[query.destination])


def find_patterns(network: Network, query: Query, *, below: float = np.inf) -> list[Pattern]:
    """Find the patterns of a pair whose value is below a bound, the best first."""
    arcs = arrays.lay_out(network, query)
    ends = arcs.bits(own_states(network, query))
    found: dict[int, Pattern] = {}  # the best route under each ban that was looked at
    layer = {0}
    while layer:  # smaller bans first, because larger ones reuse their routes
        for ban in sorted(layer):
            found[ban] = _reused(found, ban) or _solved(arcs, query, ban, ends)
        worth = [(ban, found[ban].mask) for ban in layer if found[ban].value < below]
        layer = {ban | bit for ban, mask in worth for bit in _bits(mask)}
    distinct = {pattern.mask: pattern for pattern in found.values() if pattern.value < below}
    return _undominated(sorted(distinct.values(), key=lambda pattern: (pattern.value, pattern.mask)))


def _reused(found: dict[int, Pattern], ban: int) -> Pattern | None:
    """Reuse the best route under a smaller ban if it keeps out of the state added."""
    for bit in _bits(ban):
        pattern = found.get(ban ^ bit)
        if pattern is not None and not pattern.mask & bit:
            return pattern
    return None


def _solved(arcs: Arcs, query: Query, ban: int, ends: int) -> Pattern:
    answer = arcs.best(query.origin, query.destination, arcs.within(ban))
    if answer is None:
        return NO_ROUTE
    value, path = answer
    return Pattern(arcs.mask_of(path) & ~ends, value, path)


def _bits(mask: int) -> list[int]:
    """List the single bits of a mask, the lowest first."""
    return [1 << at for at in range(mask.bit_length()) if mask >> at & 1]


def _undominated(patterns: list[Pattern]) -> list[Pattern]:
    """Keep the patterns of which no better one needs only states of theirs."""
    kept: list[Pattern] = []
    for pattern in patterns:
        if not any(other.mask & ~pattern.mask == 0 for other in kept):
            kept.append(pattern)
    return kept


def values_of_all(patterns: list[Pattern], players: tuple[int, ...]) -> np.ndarray:
    """Compute the value of each coalition of players, shape (2^players,); infinite where it has no route.

    ``players`` are the bits of states in the patterns' masks; coalition number c holds player i if bit i of
    c is set. The least value over all subsets, one player after the other (Yates 1937).

    Raises
    ------
    UsageError
        If there are more players than this is meant for.
    """
    if len(players) > MOST_PLAYERS:
        raise UsageError(
            f"{len(players)} transit states matter here, {MOST_PLAYERS} are allowed: a lower outside option "
            f"or fewer modes make them fewer"
        )
    values = np.full(1 << len(players), np.inf)
    for pattern in patterns:
        coalition = sum(1 << at for at, bit in enumerate(players) if pattern.mask & bit)
        values[coalition] = min(values[coalition], pattern.value)
    for at in range(len(players)):
        halves = values.reshape(-1, 2, 1 << at)  # without player ``at``, and with
        np.minimum(halves[:, 1], halves[:, 0], out=halves[:, 1])
    return values
