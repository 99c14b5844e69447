"""The engine without numba: some thousand scenarios at a time through the program, row by row in numpy.

It works as ``blocks`` does, on 32-bit values of which no answer keeps the rounding.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.analysis.kernel.elimination import DOUBTFUL, NOWHERE, Routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.analysis.kernel.elimination import Program

MOST_LANES, FEWEST_LANES = 16384, 256
ARC = np.dtype(np.int32)
VALUES = 1 << 25  # values held at a time, if that leaves the fewest lanes


def run(
    program: Program, weights: np.ndarray, kind: type[np.floating], cost: np.ndarray, number: np.ndarray
) -> Routes:
    """Solve scenarios; fill cost and number, and return the routes."""
    known: dict[bytes, int] = {}
    lanes = min(max(VALUES // program.rows, FEWEST_LANES), MOST_LANES)
    for start in range(0, weights.shape[1], lanes):
        part = slice(start, start + lanes)
        value = _values(program, weights[:, part], kind)
        for pair, root in enumerate(program.roots.tolist()):
            number[pair, part], cost[pair, part] = NOWHERE, np.inf
            if root != NOWHERE:
                _read_off(program, value, weights[:, part], root, cost[pair, part], number[pair, part], known)
    bounds = np.cumsum([0, *map(len, known)]) // ARC.itemsize
    return Routes(np.frombuffer(b"".join(known), dtype=ARC), bounds)


def _values(program: Program, weights: np.ndarray, kind: type[np.floating]) -> np.ndarray:
    """Compute every row, shape (rows, scenarios)."""
    value = np.empty((program.rows, weights.shape[1]), dtype=kind)
    value[: program.arcs], value[program.arcs] = weights, 0
    rows = list(value)
    scratch = np.empty_like(value[0])
    left, right = program.left.tolist(), program.right.tolist()
    for row, (start, stop) in enumerate(pairwise(program.first.tolist()), start=program.derived):
        least = rows[row]
        np.add(rows[left[start]], rows[right[start]], out=least)
        for way in range(start + 1, stop):
            np.add(rows[left[way]], rows[right[way]], out=scratch)
            np.minimum(least, scratch, out=least)
    return value


def _read_off(  # noqa: PLR0913, PLR0917  # a program beside its data and its results
    program: Program,
    value: np.ndarray,
    weights: np.ndarray,
    root: int,
    cost: np.ndarray,
    number: np.ndarray,
    known: dict[bytes, int],
) -> None:
    """Find the route of each lane to a root, and its cost."""
    reached = np.flatnonzero(value[root] < np.inf)
    doubtful = np.zeros(len(cost), dtype=bool)
    steps = list(_steps(program, value, root, reached, doubtful))
    cost[reached] = 0.0
    for arc, lanes in steps:
        cost[lanes] += weights[arc, lanes]
    arcs = np.array([arc for arc, _ in steps], dtype=ARC).repeat([len(lanes) for _, lanes in steps])
    lane = np.concatenate([np.zeros(0, dtype=int), *(lanes for _, lanes in steps)])
    arcs = arcs[np.argsort(lane, kind="stable")]
    stops = [0, *np.cumsum(np.bincount(lane, minlength=len(cost))).tolist()]
    for at in reached.tolist():
        path = arcs[stops[at] : stops[at + 1]].tobytes()
        number[at] = DOUBTFUL if doubtful[at] else known.setdefault(path, len(known))


def _steps(
    program: Program, value: np.ndarray, root: int, lanes: np.ndarray, doubtful: np.ndarray
) -> Iterator[tuple[int, np.ndarray]]:
    """List arcs with the lanes that use them, for each lane in order of travel; mark the doubtful lanes."""
    kind = value.dtype.type
    (share, least), precision = program.slack(kind), program.precision(kind)
    slack = value[root] * share + least
    length = np.zeros(len(doubtful), dtype=int)
    first, derived = program.first.tolist(), program.derived
    stack = [(root, lanes)]
    while stack:
        row, lanes = stack.pop()
        if row < program.arcs:
            length[lanes] += 1
            doubtful[lanes[length[lanes] > program.size]] = True  # zeros allow it to go in circles
            yield row, lanes
        elif row > program.arcs:
            ways = slice(first[row - derived], first[row - derived + 1])
            left, right = program.left[ways], program.right[ways]
            bound = value[row, lanes] * (1 + precision[row]) + slack[lanes]
            near = value[left[:, None], lanes] + value[right[:, None], lanes] <= bound
            alone = np.count_nonzero(near, axis=0) == 1
            doubtful[lanes[~alone]] = True
            lanes, way = lanes[alone], near.argmax(axis=0)[alone]
            for chosen in np.flatnonzero(np.bincount(way)).tolist():
                those = lanes[way == chosen]
                stack += [(int(right[chosen]), those), (int(left[chosen]), those)]
