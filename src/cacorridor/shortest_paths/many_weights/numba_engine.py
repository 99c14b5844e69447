"""The engine for very many scenarios: 32 at a time through the plan, compiled by numba.

Distances are of 32 bits at first, which doubles how many fit into a register; no solution rests on their
rounding. A route is read off them only where every other one is longer by more than rounding can hide, and
its cost is then summed from the weights themselves, in order of travel, in 64 bits.

Compiled functions get their tables as named tuples and look fields up outside of loops. *Bits* are the lanes
(scenarios of a block) for which something holds, as one integer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numba
import numpy as np

from cacorridor.shortest_paths.many_weights.plan import (
    NO_ROUTE,
    NO_ROW,
    PROVEN_SHARE,
    UNRESOLVED,
    Output,
    Routes,
)
from cacorridor.shortest_paths.many_weights.simd import (
    LANES,
    add_hash,
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
    from cacorridor.shortest_paths.many_weights.plan import Plan

SCALAR_BELOW = 3  # lanes: to so few a weight is added faster one by one than together
REFUSED = -1  # instead of a number of routes, if a weight is not allowed

compiled = numba.njit(nogil=True, cache=True)
inlined = numba.njit(nogil=True, cache=True, inline="always")  # a call would update reference counts


class PlanArrays(NamedTuple):
    """What the compiled code needs of a ``Plan``, and the order in which labels are corrected."""

    bounds: np.ndarray
    left: np.ndarray
    right: np.ndarray
    roots: np.ndarray
    end_index: np.ndarray
    first_core_arc: int
    first_label: int
    factor: np.ndarray
    core_bounds: np.ndarray
    core_heads: np.ndarray
    order: np.ndarray


class Rows(NamedTuple):
    """Distance of each row; of rows with an end index, the second least sum and the alternative chosen."""

    distance: np.ndarray
    second: np.ndarray
    choice: np.ndarray


class Limits(NamedTuple):
    """When alternatives are too close; the last three are computed for each lane of a block."""

    precision: np.ndarray
    share: np.floating
    label_share: np.floating
    least: np.floating
    slack: np.ndarray
    label_slack: np.ndarray
    bound: np.ndarray


class Weights(NamedTuple):
    """All weights, room for those of a block, and the hash of each arc."""

    matrix: np.ndarray
    block: np.ndarray
    arc_hash: np.ndarray


class Room(NamedTuple):
    """The most arcs of a route, and the most rows that wait for one lane while its route is followed."""

    arcs: int
    waiting: int


class Totals(NamedTuple):
    """Weights and hashes, and their sums along the route of each lane."""

    block: np.ndarray
    arc_hash: np.ndarray
    cost: np.ndarray
    route_hash: np.ndarray


class Trail(NamedTuple):
    """A stack of rows still to follow and a log of the arcs passed, each with the lanes concerned."""

    row: np.ndarray
    row_bits: np.ndarray
    arc: np.ndarray
    arc_bits: np.ndarray


def run_compiled(
    plan: Plan, order: np.ndarray, weights: np.ndarray, kind: type[np.floating], output: Output
) -> Routes | None:
    """Solve scenarios and fill in their costs and routes.

    Parameters
    ----------
    plan : Plan
        The computation.
    order : ndarray of int32, shape (origins, nodes of the core)
        The order in which the labels of each origin are corrected.
    weights : ndarray, shape (arcs, scenarios)
        Weights.
    kind : type
        ``float32`` or ``float64``: on which values to compute.
    output : Output
        Where to put costs and route indices; ``UNRESOLVED`` where the precision does not suffice.

    Returns
    -------
    Routes or None
        The routes found; None if a weight is not allowed.

    """
    matrix = np.ascontiguousarray(weights)  # instructions count on it; a selection of columns is not
    ends = int(plan.end_index.max(initial=NO_ROW)) + 1
    distance = empty_rows(plan.row_count, kind)
    # Where weights need no other kind, they are distances as they stand.
    block = distance[: plan.arc_count] if weights.dtype == kind else empty_rows(plan.arc_count, weights.dtype)
    route_count, bounds, arcs = _solve(
        _plan_arrays(plan, order, kind),
        Rows(distance, empty_rows(ends, kind), empty_rows(ends, np.int32)),
        Limits(plan.precision(kind), *plan.slack(kind), *empty_rows(3, kind)),
        Weights(matrix, block, plan.arc_hash),
        Room(plan.size + 1, int(plan.height.max()) + len(plan.core) + 4),
        output,
    )
    return None if route_count == REFUSED else Routes(arcs[: bounds[route_count]], bounds[: route_count + 1])


def _plan_arrays(plan: Plan, order: np.ndarray, kind: type[np.floating]) -> PlanArrays:
    """Take from a plan what compiled code needs; fields of the same name are the same."""
    same = {name: getattr(plan, name) for name in PlanArrays._fields if name not in {"factor", "order"}}
    return PlanArrays(**same, factor=plan.factor(kind), order=order)


@compiled
def _solve(plan, rows, limits, weights, room, output):
    """Return the number of routes, their bounds in the store of arcs, and the store."""
    distance, roots, cost, route_index = rows.distance, plan.roots, output.cost, output.route_index
    label_slack = limits.label_slack
    scenarios, has_core = weights.matrix.shape[1], plan.order.size > 0
    distance[len(weights.block)] = 0

    # Room for following a route, and for the routes found: a hash table of slots, and a store of arcs.
    trail = Trail(
        np.empty(LANES * room.waiting, np.int32),
        np.empty(LANES * room.waiting, np.int64),
        np.empty(LANES * room.arcs, np.int32),
        np.empty(LANES * room.arcs, np.int64),
    )
    totals = Totals(weights.block, weights.arc_hash, np.empty(LANES), np.empty(LANES, np.int64))
    total, route_hash = totals.cost, totals.route_hash
    slots, known = np.full(_power_above(2 * cost.size), NO_ROUTE, np.int32), np.empty(cost.size, np.int64)
    bounds, store = np.zeros(cost.size + 1, np.int64), np.empty(room.arcs, np.int32)
    changed = np.zeros(plan.order.shape[1], np.uint8)
    route_count = 0

    for start in range(0, scenarios, LANES):
        lanes = min(LANES, scenarios - start)
        if not _take_in_block(distance, weights, start, lanes):
            return REFUSED, bounds, store
        _compute(plan, rows, changed)
        for pair in range(len(roots)):
            root = roots[pair]
            active = _reached(distance, root, lanes, limits)
            total[:], route_hash[:] = 0, 0
            used, unresolved = _follow_routes(plan, rows, limits, totals, trail, root, active)
            for lane in range(lanes):
                scenario = start + lane
                if unresolved >> lane & 1:
                    route_index[pair, scenario] = UNRESOLVED
                elif not active >> lane & 1:
                    route_index[pair, scenario], cost[pair, scenario] = NO_ROUTE, np.inf
                elif has_core and total[lane] > distance[root, lane] + PROVEN_SHARE * label_slack[lane]:
                    route_index[pair, scenario] = UNRESOLVED
                else:
                    slot = _slot(route_hash[lane], slots, known)
                    if slots[slot] == NO_ROUTE:
                        slots[slot], known[route_count] = route_count, route_hash[lane]
                        store = _append(trail, used, lane, store, bounds, route_count)
                        route_count += 1
                    route_index[pair, scenario], cost[pair, scenario] = slots[slot], total[lane]
    return route_count, bounds, store


@inlined
def _take_in_block(distance, weights, start, lanes):
    """Copy weights to the block and to the distances; return whether all are allowed.

    The last block may be narrower than the others.
    """
    matrix, block = weights.matrix, weights.block
    arcs, scenarios = matrix.shape
    wrong = 0
    if lanes < LANES:
        block[:, :lanes], block[:, lanes:] = matrix[:, start:], np.inf
        for arc in range(arcs):
            wrong |= take_in(distance, block, arc, block, arc * LANES)
    else:
        for arc in range(arcs):
            wrong |= take_in(distance, block, arc, matrix, arc * scenarios + start)
    return wrong == 0


# ---------------------------------------------------------------- distances


@inlined
def _compute(plan, rows, changed):
    """Compute every row of a block."""
    distance, order = rows.distance, plan.order
    _compute_rows_of_block(plan, rows, len(distance) - len(plan.bounds) + 1, plan.first_label)
    if order.size:
        factor = plan.factor
        for row in range(plan.first_core_arc, plan.first_label):
            scale(distance, row, factor)
        for origin in range(len(order)):
            _correct_labels_of_block(plan, distance, origin, changed)
    _compute_rows_of_block(plan, rows, plan.first_label + order.size, len(distance))


@inlined
def _compute_rows_of_block(plan, rows, start, stop):
    """Compute some rows that are least sums of rows before."""
    # Fields are looked up outside the loop: inside it, each look-up would update a reference count.
    distance, bounds, left, right, end_index = (
        rows.distance,
        plan.bounds,
        plan.left,
        plan.right,
        plan.end_index,
    )
    first_sum = len(distance) - len(bounds) + 1
    for row in range(start, stop):
        end, first, last = end_index[row - first_sum], bounds[row - first_sum], bounds[row - first_sum + 1]
        if end == NO_ROW:
            least_sum(distance, row, left, right, first, last)
        else:
            least_sum_kept(rows, row, end, left, right, first, last)


@inlined
def _correct_labels_of_block(plan, distance, origin, changed):
    """Compute the labels of an origin: correct those that an arc shortens, until there is none."""
    bounds, left, right = plan.bounds, plan.left, plan.right
    core_bounds, core_heads, order = plan.core_bounds, plan.core_heads, plan.order
    first_sum = len(distance) - len(bounds) + 1
    label, arc = plan.first_label + origin * len(changed), plan.first_label - len(core_heads)

    # Begin with the arcs from the origin itself.
    distance[label : label + len(changed)] = np.inf
    for node in range(len(changed)):
        alternative, stop = bounds[label + node - first_sum], bounds[label + node - first_sum + 1]
        if alternative < stop and right[alternative] == first_sum - 1:
            least_sum(distance, label + node, left, right, alternative, alternative + 1)
            changed[node] = 1

    shorter = True
    while shorter:
        shorter = False
        for node in order[origin]:
            if changed[node]:
                changed[node], shorter = 0, True
                first, last = core_bounds[node], core_bounds[node + 1]
                lower_sums(distance, label + node, label, arc, core_heads, first, last, changed)


# ---------------------------------------------------------------- routes


@inlined
def _reached(distance, root, lanes, limits):
    """Return the bits of the lanes in which a pair has a route, and set their slack."""
    slack, label_slack = limits.slack, limits.label_slack
    active = 0
    if root != NO_ROW:
        for lane in range(lanes):
            slack[lane] = distance[root, lane] * limits.share + limits.least
            label_slack[lane] = distance[root, lane] * limits.label_share + limits.least
            if distance[root, lane] < np.inf:
                active |= 1 << lane
    return active


@inlined
def _follow_routes(plan, rows, limits, totals, trail, root, active):
    """Log the arcs of the best routes with the lanes that use them, for each lane in order of travel.

    Lanes go together as long as they choose alike. Return the length of the log and the unresolved lanes:
    those in which two alternatives come too close to each other; all, if some go in circles (zeros).
    """
    # As above, fields are looked up outside the loop.
    distance, second, choice = rows
    bounds, left, right, end_index = plan.bounds, plan.left, plan.right, plan.end_index
    precision, slack, label_slack, bound = limits.precision, limits.slack, limits.label_slack, limits.bound
    stack, stack_bits, log, log_bits = trail
    block, arc_hash, total, route_hash = totals
    arcs = len(block)
    stack[0], stack_bits[0] = root, active
    top = 1 if active else 0
    used, unresolved = 0, 0
    while top:
        top -= 1
        row, rest = stack[top], stack_bits[top] & ~unresolved
        if not rest or row == arcs:
            continue

        # An arc of the network is passed.
        if row < arcs:
            if used == len(log):
                return used, active
            log[used], log_bits[used] = row, rest
            used += 1
            _add(block, arc_hash, total, route_hash, row, rest)
            continue

        # How near may another alternative come? Labels may go in circles.
        if row < plan.first_label:
            set_bound(distance, row, precision, slack, bound)
        elif top + 2 * LANES > len(stack):
            return used, active
        else:
            set_bound(distance, row, precision, label_slack, bound)

        # Each lane's choice was kept, or is found again: all that is near the bound.
        index = row - arcs - 1
        end = end_index[index]
        if end != NO_ROW:
            unresolved |= within(second, end, bound) & rest
            while rest:
                alternative = choice[end, lowest(rest)]
                hit = chose(choice, end, alternative) & rest
                rest &= ~hit
                top = _put_off(stack, stack_bits, top, left[alternative], right[alternative], hit)
            continue
        bits = rest
        for alternative in range(bounds[index], bounds[index + 1]):
            hit = reaches(distance, left[alternative], right[alternative], bound) & bits
            unresolved |= hit & ~rest
            hit &= rest
            if hit:
                rest &= ~hit
                top = _put_off(stack, stack_bits, top, left[alternative], right[alternative], hit)
    return used, unresolved


@inlined
def _put_off(stack, stack_bits, top, left, right, bits):
    """Lay the two rows of an alternative on the stack, the first of them on top."""
    stack[top], stack_bits[top] = right, bits
    stack[top + 1], stack_bits[top + 1] = left, bits
    return top + 2


@inlined
def _add(block, arc_hash, total, route_hash, arc, bits):
    """Add an arc's weight and its hash to the sums of some lanes."""
    if count(bits) >= SCALAR_BELOW:
        add_weight(total, block, arc, bits)
        add_hash(route_hash, arc_hash[arc], bits)
        return
    while bits:
        lane = lowest(bits)
        bits &= bits - 1
        total[lane] += block[arc, lane]
        route_hash[lane] += arc_hash[arc]


@inlined
def _slot(route_hash, slots, known):
    """Return the slot of a route, or an empty one for it."""
    slot = route_hash >> 20 & (len(slots) - 1)
    while slots[slot] != NO_ROUTE and known[slots[slot]] != route_hash:
        slot = (slot + 1) & (len(slots) - 1)
    return slot


@inlined
def _append(trail, used, lane, store, bounds, route):
    """Append the route of a lane to the store, or to a larger copy of it, and set its bounds."""
    end = bounds[route]
    if end + used > len(store):
        larger = np.empty(2 * (end + used), np.int32)
        larger[:end] = store[:end]
        store = larger
    for event in range(used):
        if trail.arc_bits[event] >> lane & 1:
            store[end] = trail.arc[event]
            end += 1
    bounds[route + 1] = end
    return store


@compiled
def _power_above(least):
    power = 1
    while power < least:
        power *= 2
    return power
