"""The railway graph as three arrays, and the operations that every repair is made of."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from tools.build_geo.geodesic import Floats

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class RailGraph:
    """Nodes ``(lon, lat)``, undirected edges as pairs of nodes, length of each edge in km."""

    nodes: Floats
    ends: Integers
    km: Floats

    def segments(self) -> NDArray[np.object_]:
        """Return every edge as a straight line."""
        return shapely.linestrings(self.nodes[self.ends])  # type: ignore[no-any-return]

    def matrix(self) -> csr_array:
        """Return the symmetric matrix of lengths; of parallel edges the shortest one counts."""
        low, high = np.sort(self.ends, axis=1).T
        order = np.lexsort((self.km, high, low))
        low, high, km = low[order], high[order], np.maximum(self.km[order], 1e-3)
        first = np.r_[True, (np.diff(low) != 0) | (np.diff(high) != 0)] & (low != high)
        low, high, km = low[first], high[first], km[first]
        entries = (np.r_[km, km], (np.r_[low, high], np.r_[high, low]))
        return csr_array(entries, shape=(len(self.nodes), len(self.nodes)))

    def components(self) -> Integers:
        """Return the number of the connected component of each node."""
        labels: Integers = connected_components(self.matrix(), directed=False)[1].astype(np.int64)
        return labels

    def tips(self) -> Integers:
        """Return the dead ends: the nodes with one neighbour."""
        neighbours = np.diff(self.matrix().indptr)
        return np.flatnonzero(neighbours == 1)


def add_edges(graph: RailGraph, ends: Integers, km: Floats) -> RailGraph:
    """Return the graph with more edges between its nodes."""
    return RailGraph(graph.nodes, np.vstack([graph.ends, ends]), np.r_[graph.km, km])


def add_nodes(graph: RailGraph, points: Floats) -> tuple[RailGraph, Integers]:
    """Return the graph with more nodes, and their numbers."""
    numbers = np.arange(len(points)) + len(graph.nodes)
    return RailGraph(np.vstack([graph.nodes, points]), graph.ends, graph.km), numbers


def split_edges(
    graph: RailGraph, edges: Integers, fractions: Floats, points: Floats
) -> tuple[RailGraph, Integers]:
    """Put a new node into each named edge; an edge may be named more than once.

    ``fractions`` are the shares of the length that lie before the new nodes. The new ``points`` need
    not lie on the chord of their edge: they bend it to where the track runs.

    Returns
    -------
    the new graph, and the number of each new node in the order given
    """
    graph, numbers = add_nodes(graph, points)
    order = np.lexsort((fractions, edges))
    edge, share, node = edges[order], fractions[order], numbers[order]
    is_first = np.r_[True, edge[1:] != edge[:-1]][: len(edge)]
    is_last = np.r_[is_first[1:], True][: len(edge)]
    before = np.where(is_first, graph.ends[edge, 0], np.roll(node, 1))
    share_before = np.where(is_first, 0.0, np.roll(share, 1))
    pieces = np.column_stack([before, node])
    tails = np.column_stack([node[is_last], graph.ends[edge[is_last], 1]])
    uncut = np.ones(len(graph.km), dtype=bool)
    uncut[edge] = False
    ends = np.vstack([graph.ends[uncut], pieces, tails])
    km = np.r_[
        graph.km[uncut],
        graph.km[edge] * (share - share_before),
        graph.km[edge[is_last]] * (1.0 - share[is_last]),
    ]
    return RailGraph(graph.nodes, ends, km), numbers


def walk_km(matrix: csr_array, start: int, limit_km: float) -> dict[int, float]:
    """Return the distance along the graph to every node within ``limit_km`` of one node."""
    reached: dict[int, float] = {}
    queue = [(0.0, start)]
    while queue:
        km, node = heapq.heappop(queue)
        if node in reached:
            continue
        reached[node] = km
        row = slice(matrix.indptr[node], matrix.indptr[node + 1])
        for neighbour, step in zip(matrix.indices[row], matrix.data[row], strict=True):
            if neighbour not in reached and km + step <= limit_km:
                heapq.heappush(queue, (km + step, int(neighbour)))
    return reached
