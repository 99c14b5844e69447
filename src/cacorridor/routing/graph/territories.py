"""The best ways on the ground of different sets of states, where no way on less ground is as good.

A label says what a way weighs up to a node and which states it has met. Labels are settled in the order of
A*, led by exact distances to the destination (NAMOA*, Mandow and Perez de la Cruz 2010, with the set of
states as second criterion): one adds nothing if a label settled before at its node, or a way that has
arrived, has met no other states than it has.
"""

from __future__ import annotations

import heapq
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cacorridor.routing.graph.plain import PlainSearch

ROUNDING = 1e-9  # of a bound: sums that exceed it by less may lie below it when summed in another order


def best_by_territory(
    search: PlainSearch, ends: tuple[str, str], state_bits: Sequence[int], *, free: int = 0, below: float
) -> dict[int, float]:
    """Find what the best ways between two places weigh, by the states that each meets, as bits.

    ``state_bits`` are the states of each arc of the supernetwork; those of ``free`` are met by every way, and
    count for none. Ways that weigh as much as ``below`` or more are none. A set of states that contains
    another one, of a way no worse, is left out; of ways equally good both may be there.
    """
    left, goals = search.distances_from_place(ends[1], onward=False), set(search.nodes_of(ends[1]))
    limit = min(below * (1 + ROUNDING), sys.float_info.max)
    # sets of states by number; which sets, as bits of their numbers, are settled at each node
    sets, settled, arrived = _Sets(), [0] * len(left), 0
    leaving, weights = search.supernetwork.leaving, search.weights
    amounts: dict[int, float] = {}
    # a label: the least that its way can come to, its weight so far, its states, its node
    heap = [(left[node], 0.0, sets[free], node) for node in search.nodes_of(ends[0]) if left[node] <= limit]
    heapq.heapify(heap)
    pop, push, within = heapq.heappop, heapq.heappush, sets.within
    while heap:
        _, so_far, states, node = pop(heap)
        if (settled[node] | arrived) & within[states]:
            continue
        settled[node] |= 1 << states
        met = sets.bits[states]
        if node in goals:
            arrived |= 1 << states
            amounts[met & ~free] = so_far
            continue
        for head, arc in leaving[node]:
            further = so_far + weights[arc]
            least = further + left[head]
            if least <= limit:  # only then is it worth knowing which states the way has met
                then = sets[met | state_bits[arc]]
                if not (settled[head] | arrived) & within[then]:
                    push(heap, (least, further, then, head))
    return _below(amounts, below)


def _below(amounts: dict[int, float], bound: float) -> dict[int, float]:
    """Keep what lies below a bound; the search went beyond it by a rounding error."""
    return {states: amount for states, amount in amounts.items() if amount < bound}


class _Sets(dict[int, int]):
    """Numbers sets of states, given as bits, as they are met.

    ``bits`` are the states of each set, by its number; ``within`` the sets that it contains, itself among
    them, as bits of their numbers, so that it is seen at once whether one of many lies within it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.bits: list[int] = []
        self.within: list[int] = []
        self._with_state: dict[int, int] = {}  # by the bit of a state, the sets that have it

    def __missing__(self, states: int) -> int:
        number = len(self.bits)
        itself = 1 << number
        # which of the sets known so far it contains, and which contain it: state by state
        smaller = larger = itself - 1
        for state in single_bits(states):
            larger &= self._with_state.setdefault(state, 0)
        for state, having in self._with_state.items():
            if not states & state:
                smaller &= ~having
        # those that contain it get to know of it
        while larger:
            self.within[larger.bit_length() - 1] |= itself
            larger ^= 1 << larger.bit_length() - 1
        for state in single_bits(states):
            self._with_state[state] |= itself
        self.bits.append(states)
        self.within.append(smaller | itself)
        self[states] = number
        return number


def single_bits(mask: int) -> Iterator[int]:
    """List the single bits of a mask, the lowest first."""
    while mask:
        yield mask & -mask
        mask &= mask - 1
