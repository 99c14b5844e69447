"""Routes read off the rows that ``numpy_engine`` has computed.

A *lane* is a pair in a scenario. Lanes go down from the root of their pair to arcs, row by row, each row
once for all lanes that come to it. So the arcs of a route are found in no order, and are put in order once
for each route.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.shortest_paths.many_weights.plan import NO_ROUTE, NO_ROW, UNRESOLVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.shortest_paths.many_weights.plan import Plan


class Descent:
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
        changes = np.flatnonzero(alternative[1:] != alternative[:-1]) + 1
        for start, stop in pairwise([0, *changes.tolist(), len(number)] if len(number) else []):
            chosen = alternative[start]
            self._put(left[chosen], right[chosen], lanes[number[start:stop]])

    def _put(self, left: int, right: int, lanes: np.ndarray) -> None:
        """Let lanes wait at both rows of an alternative."""
        self.waiting[int(left)].append(lanes)
        self.waiting[int(right)].append(lanes)


class RouteStore:
    """The routes found, as arcs in order of travel; a route is known by the sum of its arcs' hashes."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.paths: list[np.ndarray] = []
        self.index_of: dict[int, int] = {}

    def indices(self, descent: Descent) -> np.ndarray:
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
    uses = [*map(len, used.values())]
    arc = np.repeat(np.array([*used], dtype=np.int32), uses)[route != NO_ROW]
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


def route_costs(paths: list[np.ndarray], weights: np.ndarray, route_index: np.ndarray) -> np.ndarray:
    """Sum the weights along each route in order of travel, all routes a step at a time.

    Parameters
    ----------
    paths : list of ndarray of int32
        The arcs of each route.
    weights : ndarray, shape (arcs, scenarios)
        Weights.
    route_index : ndarray of int, shape (pairs, scenarios)
        The route of each pair in each scenario; ``NO_ROUTE`` and ``UNRESOLVED`` are allowed.

    Returns
    -------
    ndarray of float64, shape (pairs, scenarios)
        Costs; infinite where there is no route, 0 where it is not resolved.

    """
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
