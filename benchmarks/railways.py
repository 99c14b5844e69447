"""One route on the world's railways (275,000 nodes): ours beside scipy and scgraph; asked by ``startup``."""

from __future__ import annotations

import json
import random
import re
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scgraph import Graph
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from cacorridor.shortest_paths.chains import ChainSearch
from cacorridor.shortest_paths.dijkstra import Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUESTIONS = 15
BANNED_SHARE = 0.02  # of the arcs, around a few nodes: as if a state were closed
SAME_KM = 1e-6

Row = tuple[str, list[float], str, list[float]]


class Railways(NamedTuple):
    """The arcs of the network, both ways."""

    neighbours: list[dict[int, float]]
    tail: np.ndarray
    head: np.ndarray
    km: np.ndarray

    def without(self, gone: np.ndarray) -> list[dict[int, float]]:
        """Return the neighbours of each node without some arcs."""
        left: list[dict[int, float]] = [{} for _ in self.neighbours]
        for tail, head, km in zip(*(part[~gone].tolist() for part in self[1:]), strict=True):
            left[tail][head] = km
        return left


def rows() -> Iterator[Row]:
    """Time one to one, with and without banned arcs: seconds of ours, and of the better peer."""
    railways = read_railways()
    size = len(railways.neighbours)
    search = Search(railways.tail, railways.head, size)
    start = time.process_time()
    lines = ChainSearch(railways.tail, railways.head, railways.km, size)
    print(f"\nrailways: lines found in {time.process_time() - start:.1f} s, once\n")
    random_numbers = random.Random(77)  # noqa: S311  # not a secret
    none = np.zeros(len(railways.km), dtype=bool)
    for name, gone in (("nothing banned", none), ("arcs banned", _around(railways, random_numbers))):
        weight = np.where(gone, np.inf, railways.km)
        matrix, graph = search.matrix(weight), Graph(railways.without(gone))
        ours = lines.without(gone)
        left = csr_array((np.ones(np.sum(~gone)), (railways.tail[~gone], railways.head[~gone])), (size, size))
        _, part = connected_components(left, connection="strong")
        ours.path(0, 1)  # prepared once for each ban, as the others are
        inside = np.flatnonzero(part == np.bincount(part).argmax()).tolist()
        mine: list[float] = []
        best: list[float] = []
        for _ in range(QUESTIONS):
            ends = random_numbers.sample(inside, 2)
            found, own = _timed(lambda ends=ends, ours=ours: ours.path(*ends))
            distance, by_scipy = _timed(lambda ends=ends, matrix=matrix: dijkstra(matrix, indices=ends[0]))
            told, by_scgraph = _timed(lambda ends=ends, graph=graph: graph.dijkstra(*ends))
            assert found is not None  # noqa: S101  # both ends lie in one part
            assert abs(found[0] - distance[ends[1]]) < SAME_KM  # noqa: S101
            assert abs(found[0] - told["length"]) < SAME_KM  # noqa: S101
            mine.append(own)
            best.append(min(by_scipy, by_scgraph))
        yield f"railways of the world, one to one, {name}", mine, "the better of scipy and scgraph", best


def _around(railways: Railways, random_numbers: random.Random) -> np.ndarray:
    """Mark arcs of whole neighbourhoods, about ``BANNED_SHARE`` of all."""
    wanted = int(BANNED_SHARE * len(railways.neighbours))
    gone: set[int] = set()
    while len(gone) < wanted:
        edge = [random_numbers.randrange(len(railways.neighbours))]
        for _ in range(wanted // 5):
            if not edge:
                break
            node = edge.pop(0)
            edge += [other for other in railways.neighbours[node] if other not in gone]
            gone.add(node)
    closed = np.zeros(len(railways.neighbours), dtype=bool)
    closed[list(gone)] = True
    return np.asarray(closed[railways.tail] | closed[railways.head])


def read_railways() -> Railways:
    """Read the network of scgraph-data as text; importing it would build a graph that is not needed."""
    spec = find_spec("scgraph_data")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("scgraph_data: install the group bench")
    text = (Path(spec.origin).parent / "world_railways.py").read_text(encoding="utf-8")
    found = re.search(r"^graph=(\[.*?\])\s*nodes=", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError("no graph in world_railways.py as in version 2.0.0")
    written = json.loads(re.sub(r"(\d+):", r'"\1":', found[1]))
    neighbours = [
        {int(head): km for head, km in row.items() if int(head) != tail} for tail, row in enumerate(written)
    ]
    arcs = [(tail, head, km) for tail, row in enumerate(neighbours) for head, km in row.items()]
    tail, head, km = np.array(arcs).T
    return Railways(neighbours, tail.astype(np.int32), head.astype(np.int32), km)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    answer = work()
    return answer, time.process_time() - start
