"""The engine without numba: some thousand scenarios at a time through the plan, row by row in numpy.

It works as ``numba_engine`` does, on 32-bit distances whose rounding never reaches a solution. Routes are
read off in ``numpy_routes``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cacorridor.shortest_paths.many_weights.numpy_routes import Descent, RouteStore, route_costs
from cacorridor.shortest_paths.many_weights.plan import PROVEN_SHARE, UNRESOLVED, Routes

if TYPE_CHECKING:
    from cacorridor.shortest_paths.many_weights.plan import Output, Plan

MAX_SCENARIOS, MIN_SCENARIOS = 16384, 256  # at a time
NUMBERS_IN_MEMORY = 3 << 23  # distances held at a time, if that leaves the fewest scenarios


def run_in_numpy(
    plan: Plan, order: np.ndarray, weights: np.ndarray, kind: type[np.floating], output: Output
) -> Routes:
    """Solve scenarios and fill in their costs and routes.

    Parameters
    ----------
    plan : Plan
        The computation.
    order : ndarray of int32, shape (origins, nodes of the core)
        The order in which the labels of each origin are corrected.
    weights : ndarray, shape (arcs, scenarios)
        Weights, all of which are allowed.
    kind : type
        ``float32`` or ``float64``: on which values to compute.
    output : Output
        Where to put costs and route indices; ``UNRESOLVED`` where the precision does not suffice.

    Returns
    -------
    Routes
        The routes found.

    """
    store = RouteStore(plan)
    width = min(max(NUMBERS_IN_MEMORY // plan.row_count, MIN_SCENARIOS), MAX_SCENARIOS)
    for start in range(0, weights.shape[1], width):
        part = slice(start, start + width)
        descent = Descent(plan, _compute_distances(plan, order, weights[:, part], kind))
        descent.follow(order)
        index = store.indices(descent).reshape(len(output.cost), -1)
        cost = route_costs(store.paths, weights[:, part], index)
        # Labels lie below true distances, by less than this if the route is the best one.
        if order.size:
            unproven = cost > descent.best + PROVEN_SHARE * descent.label_slack.reshape(descent.best.shape)
            index[unproven & (index >= 0)] = UNRESOLVED
        output.cost[:, part], output.route_index[:, part] = cost, index
    bounds = np.cumsum([0, *map(len, store.paths)])
    return Routes(np.concatenate([np.zeros(0, dtype=np.int32), *store.paths]), bounds)


def _compute_distances(
    plan: Plan, order: np.ndarray, weights: np.ndarray, kind: type[np.floating]
) -> np.ndarray:
    """Compute every row, shape (rows, scenarios)."""
    distance = np.empty((plan.row_count, weights.shape[1]), dtype=kind)
    distance[: plan.arc_count], distance[plan.arc_count] = weights, 0
    _compute_rows(plan, distance, range(plan.first_sum, plan.first_label))
    if order.size:
        distance[plan.core_arcs] *= plan.factor(kind)[plan.core_arcs, None]
        for origin in range(len(order)):
            _correct_labels(plan, order, distance, origin)
    _compute_rows(plan, distance, range(plan.labels.stop, plan.row_count))
    return distance


def _compute_rows(plan: Plan, distance: np.ndarray, numbers: range) -> None:
    """Compute some rows that are least sums of rows before."""
    rows = list(distance)
    scratch = np.empty_like(distance[0])
    # What the loop needs has short names and no look-ups: a row of some thousand numbers takes about as long
    # as calling for it.
    add, least_of, first = np.add, np.minimum, plan.first_sum
    bounds, left, right = plan.bounds.tolist(), plan.left.tolist(), plan.right.tolist()
    for row in numbers:
        start, stop = bounds[row - first], bounds[row - first + 1]
        least = rows[row]
        add(rows[left[start]], rows[right[start]], out=least)
        for alternative in range(start + 1, stop):
            add(rows[left[alternative]], rows[right[alternative]], out=scratch)
            least_of(least, scratch, out=least)


def _correct_labels(plan: Plan, order: np.ndarray, distance: np.ndarray, origin: int) -> None:
    """Compute the labels of an origin: correct those that an arc shortens, until there is none.

    As in ``simd.lower_sums``, a label counts two half digits less where it is added to, but no sum is less
    than the label.
    """
    two_halves_less = distance.dtype.type(1 - np.finfo(distance.dtype).eps)
    nodes, degree = len(plan.core), int(np.diff(plan.core_bounds).max())
    start = plan.first_label + origin * nodes
    label = list(distance[start : start + nodes])
    arc = distance[plan.first_label - len(plan.core_heads) : plan.first_label]
    bounds, heads = plan.core_bounds.tolist(), plan.core_heads.tolist()
    passed_on = np.full((nodes, distance.shape[1]), np.inf, dtype=distance.dtype)
    sums = np.empty((degree, distance.shape[1]), dtype=distance.dtype)

    waiting = _start_labels(plan, distance, start)
    while waiting:
        for node in order[origin].tolist():
            if node not in waiting:
                continue
            waiting.remove(node)
            if (label[node] < passed_on[node]).any():
                passed_on[node] = label[node]
                leaving = slice(bounds[node], bounds[node + 1])
                ends, through = heads[leaving], sums[: bounds[node + 1] - bounds[node]]
                np.add(passed_on[node] * two_halves_less, arc[leaving], out=through)
                np.maximum(passed_on[node], through, out=through)
                for end, total in zip(ends, through, strict=True):
                    np.minimum(label[end], total, out=label[end])
                waiting.update(ends)


def _start_labels(plan: Plan, distance: np.ndarray, start: int) -> set[int]:
    """Set the labels from a row to the arcs from their origin; return the places of those that have one."""
    nodes = len(plan.core)
    distance[start : start + nodes] = np.inf
    bounds = plan.bounds[start - plan.first_sum : start - plan.first_sum + nodes + 1]
    places = np.flatnonzero(np.diff(bounds) > 0)
    # An alternative that ends in the row of zeros is an arc from the origin itself; it comes first.
    places = places[plan.right[bounds[places]] == plan.arc_count]
    distance[start + places] = distance[plan.left[bounds[places]]]
    return set(places.tolist())
