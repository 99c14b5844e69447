"""The engine for very many scenarios: 32 at a time through the program, compiled by numba.

Values are of 32 bits at first, which doubles how many fit into a register; no answer rests on their
rounding. A route is read off them only where every other one is longer by more than rounding can hide
(it is *alone*), and its cost is then summed from the weights themselves, in order of travel, in 64 bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba
import numpy as np

from cacorridor.shortest_paths.plan import DOUBTFUL, NOWHERE, PROVEN, Routes
from cacorridor.shortest_paths.simd import (
    LANES,
    add_mark,
    add_weight,
    chose,
    count,
    empty_rows,
    least_sum,
    least_sum_kept,
    lower_sums,
    lowest,
    reaches,
    scale,
    set_bound,
    take_in,
    within,
)

if TYPE_CHECKING:
    from cacorridor.shortest_paths.plan import Program

FEW = 2  # lanes to which a weight is added faster one by one than together
WRONG = -1  # instead of a count of routes, if a weight is not allowed

compiled = numba.njit(nogil=True, cache=True)
inlined = numba.njit(nogil=True, cache=True, inline="always")  # a call would count who uses each array


def run(
    program: Program,
    order: np.ndarray,
    weights: np.ndarray,
    kind: type[np.floating],
    cost: np.ndarray,
    number: np.ndarray,
) -> Routes | None:
    """Solve scenarios; fill cost and number, and return the routes, or None if a weight is not allowed.

    ``order`` is in which order each origin's labels are looked at, shape (origins, nodes of the core).
    """
    ends = int(program.ends.max(initial=NOWHERE)) + 1
    value = empty_rows(program.rows, kind)
    # where weights need no other kind, they are their own values
    given = value[: program.arcs] if weights.dtype == kind else empty_rows(program.arcs, weights.dtype)
    found, bounds, arcs = _solve(
        (program.first, program.left, program.right, program.roots, program.ends),
        (program.ways, program.factor(kind), program.labels, program.out, program.heads, order),
        (program.size + 1, int(program.height.max()) + len(program.core) + 4),
        (value, empty_rows(ends, kind), empty_rows(ends, np.int32)),
        (program.precision(kind), *program.slack(kind), *empty_rows(3, kind)),
        program.marks,
        given,
        np.ascontiguousarray(weights),  # instructions count on it; a selection of columns is not
        (cost, number),
    )
    return None if found == WRONG else Routes(arcs[: bounds[found]], bounds[: found + 1])


@compiled
def _solve(program, core, room, tables, limits, marks, block, weights, answers):
    """Return the count of routes, their bounds in the store of arcs, and the store.

    ``core`` tells which rows are its ways, labels and heads, and in which order to search. ``room`` tells the
    most arcs of a route, and the most rows that wait for one lane while its route is followed. ``tables``
    are for the value of each row, and for the second least sum and the choice of those that keep them.
    ``limits`` tell when alternatives are too close. ``block`` is for the weights of a block; they and the
    marks of the arcs are summed along a route.
    """
    roots = program[3]
    value, order = tables[0], core[-1]
    wide = limits[5]
    cost, number = answers
    arcs, width = weights.shape
    value[arcs] = 0
    stack = np.empty(LANES * room[1], np.int32), np.empty(LANES * room[1], np.int64)
    log = np.empty(LANES * room[0], np.int32), np.empty(LANES * room[0], np.int64)
    total, mark = np.empty(LANES), np.empty(LANES, np.int64)
    slots, known = np.full(_power_above(2 * cost.size), NOWHERE, np.int32), np.empty(cost.size, np.int64)
    bounds, store = np.zeros(cost.size + 1, np.int64), np.empty(room[0], np.int32)
    changed = np.zeros(order.shape[1], np.uint8)
    found = 0
    for start in range(0, width, LANES):
        lanes = min(LANES, width - start)
        if not _take_in_block(value, block, weights, start, lanes):
            return WRONG, bounds, store
        _compute(program, core, tables, changed)
        for pair in range(len(roots)):
            active = _reached(value, roots[pair], lanes, limits)
            total[:], mark[:] = 0, 0
            sums = block, marks, total, mark
            used, doubtful = _follow(program, tables, core[2], roots[pair], active, limits, stack, sums, log)
            for lane in range(lanes):
                if doubtful >> lane & 1:
                    number[pair, start + lane] = DOUBTFUL
                elif not active >> lane & 1:
                    number[pair, start + lane], cost[pair, start + lane] = NOWHERE, np.inf
                elif order.size and total[lane] > value[roots[pair], lane] + PROVEN * wide[lane]:
                    number[pair, start + lane] = DOUBTFUL
                else:
                    slot = _slot(mark[lane], slots, known)
                    if slots[slot] == NOWHERE:
                        slots[slot], known[found] = found, mark[lane]
                        store = _append(log, used, lane, store, bounds, found)
                        found += 1
                    number[pair, start + lane], cost[pair, start + lane] = slots[slot], total[lane]
    return found, bounds, store


@inlined
def _take_in_block(value, block, weights, start, lanes):
    """Copy weights to the block and to the values; tell if all are allowed. A last block may be narrower."""
    arcs, width = weights.shape
    wrong = 0
    if lanes < LANES:
        block[:, :lanes], block[:, lanes:] = weights[:, start:], np.inf
        for arc in range(arcs):
            wrong |= take_in(value, block, arc, block, arc * LANES)
    else:
        for arc in range(arcs):
            wrong |= take_in(value, block, arc, weights, arc * width + start)
    return wrong == 0


@inlined
def _compute(program, core, tables, changed):
    """Compute every row of a block."""
    ways, factor, labels, _, _, order = core
    rows = len(tables[0])
    _compute_rows(program, tables, rows - len(program[0]) + 1, labels)
    if order.size:
        for row in range(ways, labels):
            scale(tables[0], row, factor)
        for origin in range(len(order)):
            _search(program, core, tables[0], origin, changed)
    _compute_rows(program, tables, labels + order.size, rows)


@inlined
def _compute_rows(program, tables, start, stop):
    """Compute some rows that are least sums of rows before."""
    first, left, right, _, ends = program
    value, second, choice = tables
    derived = len(value) - len(first) + 1
    for row in range(start, stop):
        end, ways = ends[row - derived], (first[row - derived], first[row - derived + 1])
        if end == NOWHERE:
            least_sum(value, row, left, right, ways[0], ways[1])
        else:
            least_sum_kept(value, second, choice, row, end, left, right, ways[0], ways[1])


@inlined
def _search(program, core, value, origin, changed):
    """Compute the labels of an origin: correct those that an arc shortens, until there is none."""
    first, left, right, _, _ = program
    _, _, labels, out, heads, order = core
    derived = len(value) - len(first) + 1
    label, arc = labels + origin * len(changed), labels - len(heads)
    value[label : label + len(changed)] = np.inf
    for node in range(len(changed)):
        way, stop = first[label + node - derived], first[label + node - derived + 1]
        if way < stop and right[way] == derived - 1:  # from the origin itself
            least_sum(value, label + node, left, right, way, way + 1)
            changed[node] = 1
    shorter = True
    while shorter:
        shorter = False
        for node in order[origin]:
            if changed[node]:
                changed[node], shorter = 0, True
                lower_sums(value, label + node, label, arc, heads, out[node], out[node + 1], changed)


@inlined
def _reached(value, root, lanes, limits):
    """Return the lanes in which a pair has a route, and set their slack."""
    _, share, wide_share, least, slack, wide, _ = limits
    active = 0
    if root != NOWHERE:
        for lane in range(lanes):
            slack[lane] = value[root, lane] * share + least
            wide[lane] = value[root, lane] * wide_share + least
            if value[root, lane] < np.inf:
                active |= 1 << lane
    return active


@inlined
def _follow(program, tables, labels, root, active, limits, stack, sums, log):
    """Log the arcs of the best routes with the lanes that use them, for each lane in order of travel.

    Lanes go together as long as they choose alike. Return the length of the log and the doubtful lanes:
    those in which two alternatives come too close to each other; all, if some go in circles (zeros).
    """
    first, left, right, _, ends = program
    value, second, choice = tables
    precision, _, _, _, slack, wide, bound = limits
    rows, lanes = stack
    block, marks, total, mark = sums
    log_arc, log_bits = log
    arcs = len(block)
    rows[0], lanes[0] = root, active
    top = 1 if active else 0
    used, doubtful = 0, 0
    while top:
        top -= 1
        row, rest = rows[top], lanes[top] & ~doubtful
        if not rest or row == arcs:
            continue
        if row < arcs:
            if used == len(log_arc):
                return used, active
            log_arc[used], log_bits[used] = row, rest
            used += 1
            _add(block, marks, total, mark, row, rest)
            continue
        index = row - arcs - 1
        end = ends[index]
        if row < labels:
            set_bound(value, row, precision, slack, bound)
        elif top + 2 * LANES > len(rows):
            return used, active
        else:
            set_bound(value, row, precision, wide, bound)
        if end != NOWHERE:  # each lane's choice was kept
            doubtful |= within(second, end, bound) & rest
            while rest:
                way = choice[end, lowest(rest)]
                hit = chose(choice, end, way) & rest
                rest &= ~hit
                top = _put_off(rows, lanes, top, left[way], right[way], hit)
            continue
        bits = rest
        for way in range(first[index], first[index + 1]):
            hit = reaches(value, left[way], right[way], bound) & bits
            doubtful |= hit & ~rest
            hit &= rest
            if hit:
                rest &= ~hit
                top = _put_off(rows, lanes, top, left[way], right[way], hit)
    return used, doubtful


@inlined
def _put_off(rows, lanes, top, left, right, bits):
    """Lay the two rows of an alternative on the stack, the first of them on top."""
    rows[top], lanes[top] = right, bits
    rows[top + 1], lanes[top + 1] = left, bits
    return top + 2


@inlined
def _add(block, marks, total, mark, arc, bits):
    """Add an arc's weight and its mark to the sums of some lanes."""
    if count(bits) > FEW:
        add_weight(total, block, arc, bits)
        add_mark(mark, marks[arc], bits)
        return
    while bits:
        lane = lowest(bits)
        bits &= bits - 1
        total[lane] += block[arc, lane]
        mark[lane] += marks[arc]


@inlined
def _slot(mark, slots, known):
    """Return the slot of a route, or an empty one for it."""
    slot = mark >> 20 & (len(slots) - 1)
    while slots[slot] != NOWHERE and known[slots[slot]] != mark:
        slot = (slot + 1) & (len(slots) - 1)
    return slot


@inlined
def _append(log, used, lane, store, bounds, found):
    """Append the route of a lane to the store, or to a larger copy of it, and set its bounds."""
    log_arc, log_bits = log
    end = bounds[found]
    if end + used > len(store):
        larger = np.empty(2 * (end + used), np.int32)
        larger[:end] = store[:end]
        store = larger
    for event in range(used):
        if log_bits[event] >> lane & 1:
            store[end] = log_arc[event]
            end += 1
    bounds[found + 1] = end
    return store


@compiled
def _power_above(least):
    power = 1
    while power < least:
        power *= 2
    return power
