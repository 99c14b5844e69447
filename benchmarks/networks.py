"""Networks to time on: synthetic corridors of any size, and weights of many scenarios.

Places lie at random in a square of 24 Voronoi states. Roads join them as a Gabriel graph (sparse: as the
relative neighbourhoods in it) of which some links are missing, railways of two gauges and a few ports join
some of them, and transfers join the modes of a place. A scenario draws a speed for each state and mode, a
factor for each border and transfer, and closes one arc in fifty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

STATES = 24
SHARE_SERVED = {"road": 1.0, "rail_1520": 0.45, "rail_1435": 0.25, "sea": 0.06}  # of the places, by mode
SPEED = {"road": 0.6, "rail_1520": 1.0, "rail_1435": 1.1, "sea": 0.4}
MISSING_SHARE = {"dense": 0.3, "sparse": 0.15}  # of the links of the proximity graph
DETOUR = 1.0, 1.4  # the length of a link over the straight line
BORDER, TRANSFER = (0.5, 6.0), (0.5, 3.0)  # dwell, on the scale of the runs
CLOSED_SHARE = 0.02
SIGMA_SPEED, SIGMA_DWELL = 0.25, 0.6


@dataclass(frozen=True, eq=False)
class Synthetic:
    """Arcs of a network: ``run * speed factor + dwell * dwell factor``, each factor shared by a group."""

    size: int
    tail: np.ndarray
    head: np.ndarray
    run: np.ndarray
    run_group: np.ndarray
    dwell: np.ndarray
    dwell_group: np.ndarray
    pairs: tuple[tuple[int, int], ...]

    def weights(self, scenarios: int, seed: int) -> np.ndarray:
        """Draw the weights of scenarios, shape (arcs, scenarios); infinite where an arc is closed."""
        random = np.random.default_rng(seed)
        speed = np.exp(SIGMA_SPEED * random.standard_normal((self.run_group.max() + 1, scenarios)))
        slow = np.exp(SIGMA_DWELL * random.standard_normal((self.dwell_group.max() + 1, scenarios)))
        weight = self.run[:, None] * speed[self.run_group] + self.dwell[:, None] * slow[self.dwell_group]
        weight[random.random(weight.shape) < CLOSED_SHARE] = np.inf
        return weight


class _Arc(NamedTuple):
    tail: int
    head: int
    run: float
    run_group: int
    dwell: float


def synthetic(places: int, *, pairs: int = 5, sparse: bool = False, seed: int = 0) -> Synthetic:
    """Make a network; nodes are (place, mode), so there are more of them than places."""
    random = np.random.default_rng(seed)
    point = random.random((places, 2))
    capital = random.random((STATES, 2))
    state = np.argmin(((point[:, None] - capital) ** 2).sum(axis=2), axis=1)
    node = _nodes(random.permutation(places))
    arcs = [*_links(random, point, state, node, sparse=sparse), *_transfers(random, node)]
    tail, head, run, run_group, dwell = (np.array(column) for column in zip(*arcs, strict=True))
    ends = tuple((int(node[0, a]), int(node[0, b])) for a, b in _far_apart(random, point, pairs))
    dwell_group = np.where(dwell > 0, np.cumsum(dwell > 0), 0)
    return Synthetic(int(node.max()) + 1, tail, head, run, run_group, dwell, dwell_group, ends)


def _nodes(hub: np.ndarray) -> np.ndarray:
    """Assign numbers to the nodes, shape (modes, places), -1 where a mode does not serve a place.

    The first places of ``hub`` have every mode.
    """
    node = np.full((len(SHARE_SERVED), len(hub)), -1)
    size = 0
    for mode, share in enumerate(SHARE_SERVED.values()):
        served = np.sort(hub[: max(4, int(share * len(hub)))])
        node[mode, served] = np.arange(size, size + len(served))
        size += len(served)
    return node


def _links(
    random: np.random.Generator, point: np.ndarray, state: np.ndarray, node: np.ndarray, *, sparse: bool
) -> Iterator[_Arc]:
    """Join neighbours of each mode in both directions, with a dwell where the state changes."""
    missing = MISSING_SHARE["sparse" if sparse else "dense"]
    for mode, speed in enumerate(SPEED.values()):
        served = np.flatnonzero(node[mode] >= 0)
        for one, other in neighbours(point[served], sparse=sparse):
            if random.random() < missing:
                continue
            a, b = served[one], served[other]
            run = 100 * np.linalg.norm(point[a] - point[b]) * random.uniform(*DETOUR) / speed
            for start, end in ((a, b), (b, a)):
                dwell = random.uniform(*BORDER) if state[a] != state[b] else 0.0
                yield _Arc(node[mode, start], node[mode, end], run, mode * STATES + state[start], dwell)


def _transfers(random: np.random.Generator, node: np.ndarray) -> Iterator[_Arc]:
    """Join the road to the other modes of each place, in both directions."""
    for mode in range(1, len(node)):
        for place in np.flatnonzero(node[mode] >= 0):
            for start, end in ((0, mode), (mode, 0)):
                yield _Arc(node[start, place], node[end, place], 0.0, 0, random.uniform(*TRANSFER))


def _far_apart(random: np.random.Generator, point: np.ndarray, pairs: int) -> list[np.ndarray]:
    """Pick pairs of places, from very far apart to middling."""
    drawn = [random.choice(len(point), 2, replace=False) for _ in range(20 * pairs)]
    drawn.sort(key=lambda ends: -np.linalg.norm(point[ends[0]] - point[ends[1]]))
    return drawn[: 10 * pairs : 10]


def neighbours(point: np.ndarray, *, sparse: bool) -> list[tuple[int, int]]:
    """Join points whose circle (sparse: whose lune) holds no other point."""
    from scipy.spatial import Delaunay, cKDTree

    triangles = Delaunay(point).simplices
    sides = np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [0, 2]]])
    tree = cKDTree(point)
    kept = []
    for a, b in np.unique(np.sort(sides), axis=0):
        middle, length = (point[a] + point[b]) / 2, np.linalg.norm(point[a] - point[b])
        if sparse:
            around = tree.query_ball_point(point[a], length * (1 - 1e-9))
            free = all(np.linalg.norm(point[c] - point[b]) >= length for c in around if c not in {a, b})
        else:
            free = not set(tree.query_ball_point(middle, length / 2 * (1 - 1e-9))) - {a, b}
        if free:
            kept.append((int(a), int(b)))
    return kept
