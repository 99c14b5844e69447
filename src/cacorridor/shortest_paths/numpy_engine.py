"""The engine without numba: some thousand scenarios at a time through the program, row by row in numpy.

It works as ``numba_engine`` does, on 32-bit values of which no answer keeps the rounding. Routes are read off row
by row as well, each row once for all *lanes* that come to it (a lane is a pair in a scenario). So the arcs
of a route are found in no order, and are put in order once for each route.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.shortest_paths.plan import DOUBTFUL, NOWHERE, PROVEN, Routes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.shortest_paths.plan import Program

MOST_SCENARIOS, FEWEST_SCENARIOS = 16384, 256
VALUES = 1 << 25  # values held at a time, if that leaves the fewest scenarios


def run(  # noqa: PLR0913, PLR0917  # a program beside its data and its results
    program: Program,
    order: np.ndarray,
    weights: np.ndarray,
    kind: type[np.floating],
    cost: np.ndarray,
    number: np.ndarray,
) -> Routes:
    """Solve scenarios; fill cost and number, and return the routes.

    ``order`` is in which order each origin's labels are looked at, shape (origins, nodes of the core).
    """
    store = _Store(program)
    width = min(max(VALUES // program.rows, FEWEST_SCENARIOS), MOST_SCENARIOS)
    for start in range(0, weights.shape[1], width):
        part = slice(start, start + width)
        value = _values(program, order, weights[:, part], kind)
        descent = _Descent(program, value)
        descent.follow(order)
        number[:, part] = store.numbers(descent).reshape(len(number), -1)
        cost[:, part] = _costs(store.paths, weights[:, part], number[:, part])
        if order.size:
            unproven = cost[:, part] > descent.best + PROVEN * descent.wide.reshape(descent.best.shape)
            number[:, part][unproven & (number[:, part] >= 0)] = DOUBTFUL
    bounds = np.cumsum([0, *map(len, store.paths)])
    return Routes(np.concatenate([np.zeros(0, dtype=np.int32), *store.paths]), bounds)


def _values(program: Program, order: np.ndarray, weights: np.ndarray, kind: type[np.floating]) -> np.ndarray:
    """Compute every row, shape (rows, scenarios)."""
    value = np.empty((program.rows, weights.shape[1]), dtype=kind)
    value[: program.arcs], value[program.arcs] = weights, 0
    _compute_rows(program, value, range(program.derived, program.labels))
    if order.size:
        ways = slice(program.ways, program.labels)
        value[ways] *= program.factor(kind)[ways, None]
        for origin in range(len(order)):
            _search(program, order, value, origin)
    _compute_rows(program, value, range(program.searched.stop, program.rows))
    return value


def _compute_rows(program: Program, value: np.ndarray, numbers: range) -> None:
    """Compute some rows that are least sums of rows before."""
    rows = list(value)
    scratch = np.empty_like(value[0])
    derived = program.derived
    first, left, right = program.first.tolist(), program.left.tolist(), program.right.tolist()
    for row in numbers:
        start, stop = first[row - derived], first[row - derived + 1]
        least = rows[row]
        np.add(rows[left[start]], rows[right[start]], out=least)
        for way in range(start + 1, stop):
            np.add(rows[left[way]], rows[right[way]], out=scratch)
            np.minimum(least, scratch, out=least)


def _search(program: Program, order: np.ndarray, value: np.ndarray, origin: int) -> None:
    """Compute the labels of an origin: correct those that an arc shortens, until there is none.

    As in ``lanes.lower_sums``, a label counts two half digits less where it is added to, but no sum is less.
    """
    two_halves_less = value.dtype.type(1 - np.finfo(value.dtype).eps)
    nodes, degree = len(program.core), int(np.diff(program.out).max())
    start = program.labels + origin * nodes
    label = list(value[start : start + nodes])
    arc = value[program.labels - len(program.heads) : program.labels]
    out, heads = program.out.tolist(), program.heads.tolist()
    passed_on = np.full((nodes, value.shape[1]), np.inf, dtype=value.dtype)
    sums = np.empty((degree, value.shape[1]), dtype=value.dtype)
    touched = _start(program, value, start)
    while touched:
        for node in order[origin].tolist():
            if node not in touched:
                continue
            touched.remove(node)
            if (label[node] < passed_on[node]).any():
                passed_on[node] = label[node]
                ends, own = heads[out[node] : out[node + 1]], passed_on[node]
                np.add(own * two_halves_less, arc[out[node] : out[node + 1]], out=sums[: len(ends)])
                np.maximum(own, sums[: len(ends)], out=sums[: len(ends)])
                for end, total in zip(ends, sums, strict=False):
                    np.minimum(label[end], total, out=label[end])
                touched.update(ends)


def _start(program: Program, value: np.ndarray, start: int) -> set[int]:
    """Set the labels from a row to the arcs from their origin; return the places of those that have one."""
    nodes = len(program.core)
    value[start : start + nodes] = np.inf
    ways = program.first[start - program.derived : start - program.derived + nodes + 1]
    own = np.flatnonzero(np.diff(ways) > 0)
    own = own[program.right[ways[own]] == program.arcs]
    value[start + own] = value[program.left[ways[own]]]
    return set(own.tolist())


class _Descent:
    """Lanes on their way from the root of their pair to the arcs of its route.

    A lane's number is pair * scenarios + scenario; ``waiting`` holds for each row the lanes that have come to
    it.
    """

    def __init__(self, program: Program, value: np.ndarray) -> None:
        kind = value.dtype.type
        share, wide_share, least = program.slack(kind)
        self.program, self.value = program, value
        self.first = program.first.tolist()
        self.best = np.where(program.roots[:, None] == NOWHERE, np.inf, value[program.roots])
        self.slack, self.wide = self.best.ravel() * share + least, self.best.ravel() * wide_share + least
        self.precision = program.precision(kind)
        self.doubtful = np.zeros(self.best.size, dtype=bool)
        self.waiting: defaultdict[int, list[np.ndarray]] = defaultdict(list)
        for pair, root in enumerate(program.roots.tolist()):
            reached = np.flatnonzero(self.best[pair] < np.inf)
            if len(reached):
                self.waiting[root].append(reached + pair * value.shape[1])

    def follow(self, order: np.ndarray) -> None:
        """Take all lanes down to the arcs. A label may lead to any other of its origin, most to nearer."""
        program = self.program
        nodes = len(program.core)
        label = program.labels + np.arange(len(order))[:, None] * nodes + order[:, ::-1]
        self._take(range(program.rows - 1, program.searched.stop - 1, -1))
        while self._take(label.ravel().tolist()):
            pass
        self._take(range(program.labels - 1, program.arcs, -1))
        self.waiting.pop(program.arcs, None)

    def _take(self, rows: Iterable[int]) -> bool:
        """Take the lanes that wait at some rows down by one; tell if there were any."""
        there = False
        for row in rows:
            if row in self.waiting:
                there = True
                lanes = self.waiting.pop(row)
                self._choose(row, lanes[0] if len(lanes) == 1 else np.concatenate(lanes))
        return there

    def _choose(self, row: int, lanes: np.ndarray) -> None:
        """Let lanes go on by the one alternative that is near the best; doubt those that have several."""
        program, value = self.program, self.value
        start, stop = self.first[row - program.derived], self.first[row - program.derived + 1]
        left, right = program.left[start:stop], program.right[start:stop]
        if len(left) == 1:
            self._put(left[0], right[0], lanes)
            return
        scenario = lanes % value.shape[1]
        slack = self.wide if row >= program.labels else self.slack
        bound = value[row].take(scenario) * (1 + self.precision[row]) + slack.take(lanes)
        near = value[left[:, None], scenario] + value[right[:, None], scenario] <= bound
        way, at = near.nonzero()
        if len(at) > len(lanes):
            several = np.bincount(at, minlength=len(lanes)) > 1
            self.doubtful[lanes[several]] = True
            way, at = way[~several[at]], at[~several[at]]
        changes = np.flatnonzero(way[1:] != way[:-1]) + 1
        for start, stop in pairwise([0, *changes.tolist(), len(way)] if len(way) else []):
            self._put(left[way[start]], right[way[start]], lanes[at[start:stop]])

    def _put(self, left: int, right: int, lanes: np.ndarray) -> None:
        """Let lanes wait at both rows of an alternative."""
        self.waiting[int(left)].append(lanes)
        self.waiting[int(right)].append(lanes)


class _Store:
    """The routes found, as arcs in order of travel; a route is known by the sum of its arcs' marks."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.paths: list[np.ndarray] = []
        self.known: dict[int, int] = {}

    def numbers(self, descent: _Descent) -> np.ndarray:
        """Return the number of the route of each lane."""
        used = {arc: np.concatenate(lanes) for arc, lanes in descent.waiting.items()}
        mark = np.zeros(len(descent.doubtful), dtype=np.int64)
        for arc, lanes in used.items():
            mark[lanes] += self.program.marks[arc]
        number = np.where(descent.doubtful, DOUBTFUL, NOWHERE)
        sure = np.flatnonzero(~descent.doubtful & (descent.best.ravel() < np.inf))
        marks, example, route = np.unique(mark[sure], return_index=True, return_inverse=True)
        new = [at for at, one in enumerate(marks.tolist()) if one not in self.known]
        for at, path in zip(new, self._paths(sure[example[new]], used, len(mark)), strict=True):
            self.known[int(marks[at])] = DOUBTFUL if path is None else len(self.paths)
            if path is not None:
                self.paths.append(path)
        number[sure] = np.array([self.known[one] for one in marks.tolist()], dtype=np.int32)[route]
        return number

    def _paths(self, lanes: np.ndarray, used: dict[int, np.ndarray], count: int) -> list[np.ndarray | None]:
        """List the arcs of some lanes in order of travel; None if they are no route (zeros allow circles)."""
        place = np.full(count, NOWHERE)
        place[lanes] = np.arange(len(lanes))
        route = place[np.concatenate([lanes[:0], *used.values()])]
        arc = np.repeat(np.array([*used], dtype=np.int32), [*map(len, used.values())])[route != NOWHERE]
        route = route[route != NOWHERE]
        step_from = route * self.program.size + self.program.tail[arc]
        step_to = route * self.program.size + self.program.head[arc]
        sort = np.argsort(step_from)
        step_from, step_to, arc = step_from[sort], step_to[sort], arc[sort]
        length = np.bincount(route, minlength=len(lanes))
        paths = np.full((len(lanes), length.max(initial=0)), NOWHERE, dtype=np.int32)
        is_start = np.ones(len(arc), dtype=bool)
        at = np.searchsorted(step_from, step_to).clip(max=len(arc) - 1)
        is_start[at[step_from[at] == step_to]] = False
        here = step_from[is_start]
        for step in range(paths.shape[1]):
            at = np.searchsorted(step_from, here).clip(max=len(arc) - 1)
            at = at[step_from[at] == here]
            paths[step_from[at] // self.program.size, step] = arc[at]
            here = step_to[at]
        whole = np.count_nonzero(paths != NOWHERE, axis=1) == length
        return [
            path[:arcs] if is_whole else None
            for path, arcs, is_whole in zip(paths, length, whole, strict=True)
        ]


def _costs(paths: list[np.ndarray], weights: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Sum the weights along each route in order of travel, shape (pairs, scenarios)."""
    cost = np.where(number == NOWHERE, np.inf, 0.0)
    length = np.array([*map(len, paths), 0])
    table = np.zeros((len(length), length.max()), dtype=np.int32)
    for row, path in zip(table, paths, strict=False):
        row[: len(path)] = path
    pair, scenario = (number >= 0).nonzero()
    route = number[pair, scenario]
    longest = np.argsort(-length[route], kind="stable")
    pair, scenario, route = pair[longest], scenario[longest], route[longest]
    total = np.zeros(len(route))
    for step in range(length.max()):
        going = int(np.count_nonzero(length[route] > step))
        total[:going] += weights[table[route[:going], step], scenario[:going]]
    cost[pair, scenario] = total
    return cost
