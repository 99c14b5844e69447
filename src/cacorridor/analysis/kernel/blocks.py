"""The engine for very many scenarios: 64 at a time through the program, compiled by numba.

Values are of 32 bits at first, which doubles how many fit into a register; no answer rests on their
rounding. A route is read off them only where every other one is longer by more than rounding can hide
(it is *alone*), and its cost is then summed from the weights themselves, in order of travel, in 64 bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba
import numpy as np

from cacorridor.analysis.kernel.elimination import DOUBTFUL, NOWHERE, Routes
from cacorridor.analysis.kernel.lanes import LANES, count, least_sum, lowest, reaches, take_in

if TYPE_CHECKING:
    from cacorridor.analysis.kernel.elimination import Program

FEW = 6  # lanes that are quicker followed one by one than together
WRONG = -1  # instead of a count of routes, if a weight is not allowed

compiled = numba.njit(nogil=True, cache=True)


def run(
    program: Program, weights: np.ndarray, kind: type[np.floating], cost: np.ndarray, number: np.ndarray
) -> Routes | None:
    """Solve scenarios; fill cost and number, and return the routes, or None if a weight is not allowed."""
    found, bounds, arcs = _solve(
        (program.first, program.left, program.right, program.roots),
        (program.size + 1, program.height + 2),
        (np.empty(0, kind), program.precision(kind), program.least(kind)),
        np.ascontiguousarray(weights),  # instructions count on it; a selection of columns is not
        (cost, number),
    )
    return None if found == WRONG else Routes(arcs[: bounds[found]], bounds[: found + 1])


@compiled
def _solve(program, room, digits, weights, answers):
    """Return the count of routes, their bounds in the store of arcs, and the store.

    ``room`` is the most arcs of a path, and of rows that wait for one lane while its route is followed;
    ``digits`` an array of the kind of the values, and what the slack is made of.
    """
    first, left, right, roots = program
    sample, share, least = digits
    cost, number = answers
    arcs, width = weights.shape
    value, slack = np.empty((arcs + len(first), LANES), sample.dtype), np.empty(LANES, sample.dtype)
    value[arcs] = 0
    spare = np.full((arcs, LANES), np.inf, weights.dtype)
    path, length = np.empty((LANES, room[0]), np.int32), np.empty(LANES, np.int64)
    stack = np.empty(LANES * room[1], np.int32), np.empty(LANES * room[1], np.int64)
    slots = np.full(_power_above(2 * cost.size), NOWHERE, np.int32)
    bounds, store = np.zeros(cost.size + 1, np.int64), np.empty(room[0], np.int32)
    found = 0
    for start in range(0, width, LANES):
        if not _take_in_block(value, weights, start, spare):
            return WRONG, bounds, store
        for row in range(len(first) - 1):
            least_sum(value, arcs + 1 + row, left, right, first[row], first[row + 1])
        for pair in range(len(roots)):
            number[pair, start : start + LANES], cost[pair, start : start + LANES] = NOWHERE, np.inf
            active = _reached(value, roots[pair], min(LANES, width - start), share, least, slack)
            doubtful = _follow(program, value, roots[pair], active, slack, stack, path, length)
            while active:
                lane = lowest(active)
                active &= active - 1
                if doubtful >> lane & 1:
                    number[pair, start + lane] = DOUBTFUL
                    continue
                total = 0.0
                for step in range(length[lane]):
                    total += weights[path[lane, step], start + lane]
                cost[pair, start + lane] = total
                known = _find(path, lane, length[lane], slots, bounds, store, found)
                number[pair, start + lane] = known
                if known == found:
                    store = _append(path, lane, length[lane], store, bounds[found])
                    found += 1
                    bounds[found] = bounds[found - 1] + length[lane]
    return found, bounds, store


@compiled
def _take_in_block(value, weights, start, spare):
    """Copy the weights of a block, of which the last may be narrower; tell if all are allowed."""
    arcs, width = weights.shape
    wrong = 0
    if start + LANES <= width:
        for arc in range(arcs):
            wrong |= take_in(value, arc, weights, arc * width + start)
    else:
        spare[:, : width - start] = weights[:, start:]
        for arc in range(arcs):
            wrong |= take_in(value, arc, spare, arc * LANES)
    return wrong == 0


@compiled
def _reached(value, root, lanes, share, least, slack):
    """Return the lanes in which a pair has a route, and set their slack."""
    active = 0
    if root != NOWHERE:
        for lane in range(lanes):
            slack[lane] = value[root, lane] * share + least
            if value[root, lane] < np.inf:
                active |= 1 << lane
    return active


@compiled
def _follow(program, value, root, active, slack, stack, path, length):
    """Write the best route of each active lane, in order of travel; return the doubtful lanes.

    Lanes go together as long as they choose alike. A lane is doubtful if two alternatives come
    within its slack of each other, or if its path goes in circles, as zeros allow.
    """
    first, left, right, _ = program
    arcs = len(value) - len(first)
    rows, lanes = stack
    length[:] = 0
    rows[0], lanes[0] = root, active
    top = 1 if active else 0
    doubtful = 0
    while top:
        top -= 1
        row, bits = rows[top], lanes[top] & ~doubtful
        if row > arcs and count(bits) > FEW:
            rest = bits
            for way in range(first[row - arcs - 1], first[row - arcs]):
                hit = reaches(value, left[way], right[way], row, slack) & bits
                doubtful |= hit & ~rest
                hit &= rest
                if hit:
                    rest &= ~hit
                    rows[top], lanes[top] = right[way], hit
                    rows[top + 1], lanes[top + 1] = left[way], hit
                    top += 2
        elif row != arcs:
            while bits:
                lane = lowest(bits)
                bits &= bits - 1
                if not _follow_one(program, value, row, lane, slack, (rows, top), path, length):
                    doubtful |= 1 << lane
    return doubtful


@compiled
def _follow_one(program, value, root, lane, slack, stack, path, length):
    """Write the best route of one lane to a row; tell if it is alone."""
    first, left, right, _ = program
    arcs = len(value) - len(first)
    rows, bottom = stack
    rows[bottom] = root
    top = bottom + 1
    alone = True
    while top > bottom:
        top -= 1
        row = rows[top]
        if row > arcs:
            least = value[row, lane] + slack[lane]
            chosen, near = 0, 0
            bound = least
            for way in range(first[row - arcs - 1], first[row - arcs]):
                there = value[left[way], lane] + value[right[way], lane]
                near += there <= bound
                if there <= least:
                    least, chosen = there, way
            alone &= near == 1
            rows[top], rows[top + 1] = right[chosen], left[chosen]
            top += 2
        elif row < arcs:
            if length[lane] == path.shape[1]:
                return False
            path[lane, length[lane]] = row
            length[lane] += 1
    return alone


@compiled
def _find(path, lane, length, slots, bounds, store, found):
    """Return the number of a lane's path; one that is not known gets the next and takes a slot."""
    mark = 0
    for step in range(length):
        mark = mark * 31 + path[lane, step]
    slot = ((mark ^ mark >> 17) * 0x2545F4914F6CDD1D >> 20) & (len(slots) - 1)
    while slots[slot] != NOWHERE:
        known = slots[slot]
        start = bounds[known]
        step = 0 if bounds[known + 1] - start == length else length + 1
        while step < length and store[start + step] == path[lane, step]:
            step += 1
        if step == length:
            return known
        slot = (slot + 1) & (len(slots) - 1)
    slots[slot] = found
    return found


@compiled
def _append(path, lane, length, store, end):
    """Append a lane's path to the store, or to a larger copy of it."""
    if end + length > len(store):
        larger = np.empty(2 * (end + length), np.int32)
        larger[:end] = store[:end]
        store = larger
    for step in range(length):
        store[end + step] = path[lane, step]
    return store


@compiled
def _power_above(least):
    power = 1
    while power < least:
        power *= 2
    return power
