"""The engine without numba: some thousand scenarios at a time through the plan, row by row in numpy.

It works as ``numba_engine`` does, on 32-bit distances whose rounding never reaches a solution. Routes are
read off row by row as well, each row once for all *lanes* that come to it (a lane is a pair in a scenario).
So the arcs of a route are found in no order, and are put in order once for each route.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.shortest_paths.many_weights.plan import NO_ROUTE, NO_ROW, PROVEN_SHARE, UNRESOLVED, Routes

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    store = _RouteStore(plan)
    width = min(max(NUMBERS_IN_MEMORY // plan.row_count, MIN_SCENARIOS), MAX_SCENARIOS)
    for start in range(0, weights.shape[1], width):
        part = slice(start, start + width)
        descent = _Descent(plan, _compute_distances(plan, order, weights[:, part], kind))
        descent.follow(order)
        index = store.indices(descent).reshape(len(output.cost), -1)
        cost = _costs(store.paths, weights[:, part], index)
        # Labels lie below true distances, by less than this if the route is the best one.
        if order.size:
            unproven = cost > descent.best + PROVEN_SHARE * descent.label_slack.reshape(descent.best.shape)
            index[unproven & (index >= 0)] = UNRESOLVED
        output.cost[:, part], output.route_index[:, part] = cost, index
    bounds = np.cumsum([0, *map(len, store.paths)])
    return Routes(np.concatenate([np.zeros(0, dtype=np.int32), *store.paths]), bounds)


# ---------------------------------------------------------------- distances


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


# ---------------------------------------------------------------- routes


class _Descent:
    """Lanes on their way from the root of their pair to the arcs of its route.

    A lane's number is pair * scenarios + scenario; ``waiting`` holds for each row the lanes that have come to
    it.
    """

    def __init__(self, plan: Plan, distance: np.ndarray) -> None:
        kind = distance.dtype.type
        slack = plan.slack(kind)
        self.plan, self.distance = plan, distance
        self.bounds = plan.bounds.tolist()
        self.best = np.where(plan.roots[:, None] == NO_ROW, np.inf, distance[plan.roots])
        self.slack = self.best.ravel() * slack.share + slack.least
        self.label_slack = self.best.ravel() * slack.label_share + slack.least
        self.precision = plan.precision(kind)
        self.unresolved = np.zeros(self.best.size, dtype=bool)
        self.waiting: defaultdict[int, list[np.ndarray]] = defaultdict(list)
        for pair, root in enumerate(plan.roots.tolist()):
            reached = np.flatnonzero(self.best[pair] < np.inf)
            if len(reached):
                self.waiting[root].append(reached + pair * distance.shape[1])

    def follow(self, order: np.ndarray) -> None:
        """Take all lanes down to the arcs. A label may lead to any other of its origin, most to nearer."""
        plan = self.plan
        label = plan.first_label + np.arange(len(order))[:, None] * len(plan.core) + order[:, ::-1]
        self._take(range(plan.row_count - 1, plan.labels.stop - 1, -1))
        while self._take(label.ravel().tolist()):
            pass
        self._take(range(plan.first_label - 1, plan.arc_count, -1))
        self.waiting.pop(plan.arc_count, None)

    def _take(self, rows: Iterable[int]) -> bool:
        """Take the lanes that wait at some rows down by one; return whether there were any."""
        any_waited = False
        for row in rows:
            if row in self.waiting:
                any_waited = True
                lanes = self.waiting.pop(row)
                self._choose(row, lanes[0] if len(lanes) == 1 else np.concatenate(lanes))
        return any_waited

    def _choose(self, row: int, lanes: np.ndarray) -> None:
        """Let lanes go on by the one alternative that is near the best; give up those that have several."""
        plan, distance = self.plan, self.distance
        start, stop = self.bounds[row - plan.first_sum : row - plan.first_sum + 2]
        left, right = plan.left[start:stop], plan.right[start:stop]
        if len(left) == 1:
            self._put(left[0], right[0], lanes)
            return

        # Which alternatives of each lane are within what rounding can hide?
        scenario = lanes % distance.shape[1]
        slack = self.label_slack if row >= plan.first_label else self.slack
        bound = distance[row].take(scenario) * (1 + self.precision[row]) + slack.take(lanes)
        near = distance[left[:, None], scenario] + distance[right[:, None], scenario] <= bound
        alternative, number = near.nonzero()  # the number of the lane among ``lanes``
        if len(number) > len(lanes):
            several = np.bincount(number, minlength=len(lanes)) > 1
            self.unresolved[lanes[several]] = True
            alternative, number = alternative[~several[number]], number[~several[number]]

        # They are sorted by alternative: each run of lanes goes on together.
        changes = np.flatnonzero(np.diff(alternative)) + 1
        for start, stop in pairwise([0, *changes.tolist(), len(number)] if len(number) else []):
            chosen = alternative[start]
            self._put(left[chosen], right[chosen], lanes[number[start:stop]])

    def _put(self, left: int, right: int, lanes: np.ndarray) -> None:
        """Let lanes wait at both rows of an alternative."""
        self.waiting[int(left)].append(lanes)
        self.waiting[int(right)].append(lanes)


class _RouteStore:
    """The routes found, as arcs in order of travel; a route is known by the sum of its arcs' hashes."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.paths: list[np.ndarray] = []
        self.index_of: dict[int, int] = {}

    def indices(self, descent: _Descent) -> np.ndarray:
        """Return the index of the route of each lane, and store routes that are new."""
        used = {arc: np.concatenate(lanes) for arc, lanes in descent.waiting.items()}
        hashes = np.zeros(len(descent.unresolved), dtype=np.int64)
        for arc, lanes in used.items():
            hashes[lanes] += self.plan.arc_hash[arc]
        index = np.where(descent.unresolved, UNRESOLVED, NO_ROUTE)
        sure = np.flatnonzero(~descent.unresolved & (descent.best.ravel() < np.inf))

        # One lane is the example of all that take the same route.
        different, example, route = np.unique(hashes[sure], return_index=True, return_inverse=True)
        hashes_seen = different.tolist()
        new = [number for number, route_hash in enumerate(hashes_seen) if route_hash not in self.index_of]
        paths = _arranged(self.plan, sure[example[new]], used, len(hashes))
        for number, path in zip(new, paths, strict=True):
            self.index_of[hashes_seen[number]] = UNRESOLVED if path is None else len(self.paths)
            if path is not None:
                self.paths.append(path)
        index_of_different = np.array([self.index_of[each] for each in hashes_seen], dtype=np.int32)
        index[sure] = index_of_different[route]
        return index


def _arranged(
    plan: Plan, lanes: np.ndarray, used: dict[int, np.ndarray], lane_count: int
) -> list[np.ndarray | None]:
    """List the arcs of some lanes in order of travel; None if they are no route (zeros allow circles)."""
    # The arcs of these lanes, with the place of their lane among them.
    place = np.full(lane_count, NO_ROW)
    place[lanes] = np.arange(len(lanes))
    route = place[np.concatenate([lanes[:0], *used.values()])]
    arc = np.repeat(np.array([*used], dtype=np.int32), [*map(len, used.values())])[route != NO_ROW]
    route = route[route != NO_ROW]

    # A node in a route has a number of its own, so that all routes are walked at once.
    step_from, step_to = route * plan.size + plan.tail[arc], route * plan.size + plan.head[arc]
    sort = np.argsort(step_from)
    step_from, step_to, arc = step_from[sort], step_to[sort], arc[sort]
    length = np.bincount(route, minlength=len(lanes))
    paths = np.full((len(lanes), length.max(initial=0)), NO_ROW, dtype=np.int32)

    # Begin where no arc arrives.
    is_start = np.ones(len(arc), dtype=bool)
    onward = np.searchsorted(step_from, step_to).clip(max=len(arc) - 1)
    is_start[onward[step_from[onward] == step_to]] = False
    node = step_from[is_start]
    for step in range(paths.shape[1]):
        taken = np.searchsorted(step_from, node).clip(max=len(arc) - 1)
        taken = taken[step_from[taken] == node]
        paths[step_from[taken] // plan.size, step] = arc[taken]
        node = step_to[taken]

    # A route whose arcs were not all walked has a circle.
    whole = np.count_nonzero(paths != NO_ROW, axis=1) == length
    return [
        path[:arcs] if is_whole else None for path, arcs, is_whole in zip(paths, length, whole, strict=True)
    ]


def _costs(paths: list[np.ndarray], weights: np.ndarray, route_index: np.ndarray) -> np.ndarray:
    """Sum the weights along each route in order of travel, shape (pairs, scenarios)."""
    cost = np.where(route_index == NO_ROUTE, np.inf, 0.0)
    length = np.array([*map(len, paths), 0])
    table = np.zeros((len(length), length.max()), dtype=np.int32)
    for row, path in zip(table, paths, strict=False):
        row[: len(path)] = path

    # The longest routes come first, so that those that go on are always the first ones.
    pair, scenario = (route_index >= 0).nonzero()
    route = route_index[pair, scenario]
    longest = np.argsort(-length[route], kind="stable")
    pair, scenario, route = pair[longest], scenario[longest], route[longest]
    total = np.zeros(len(route))
    for step in range(length.max()):
        going = int(np.count_nonzero(length[route] > step))
        total[:going] += weights[table[route[:going], step], scenario[:going]]
    cost[pair, scenario] = total
    return cost
