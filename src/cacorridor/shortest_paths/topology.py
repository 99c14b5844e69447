"""The arcs and the pairs that many scenarios share, and what can be prepared for them once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.shortest_paths.dijkstra import Search
from cacorridor.shortest_paths.many_weights.elimination import build_plan

if TYPE_CHECKING:
    from cacorridor.shortest_paths.many_weights.plan import Plan

SAMPLED_SCENARIOS = 15  # stand for all where the order of a search is chosen


@dataclass(frozen=True, eq=False)
class Topology:
    """Arcs between nodes, and the pairs of nodes to join.

    Parameters
    ----------
    tail, head : ndarray of int, shape (arcs,)
        The node from which and the node to which each arc leads. Arcs may be parallel, or loops.
    size : int
        Number of nodes; nodes are numbered from 0.
    pairs : tuple of (int, int)
        Origin and destination of each pair.

    Raises
    ------
    ValueError
        If tail and head differ in shape, or a node is not in the range from 0 to before ``size``.

    Examples
    --------
    >>> import numpy as np
    >>> triangle = Topology(np.array([0, 1, 0]), np.array([1, 2, 2]), size=3, pairs=((0, 2),))
    >>> triangle.search.path(np.array([1.0, 1.0, 5.0]), 0, 2)
    (2.0, (0, 1))

    """

    tail: np.ndarray
    head: np.ndarray
    size: int
    pairs: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        if self.tail.shape != self.head.shape or self.tail.ndim != 1:
            shapes = f"tails of shape {self.tail.shape}, heads of shape {self.head.shape}"
            raise ValueError(f"{shapes}; allowed: (arcs,) for both")
        for name, nodes in (("tail", self.tail), ("head", self.head), ("pairs", np.ravel(self.pairs))):
            wrong = nodes[(nodes < 0) | (nodes >= self.size)]
            if len(wrong):
                raise ValueError(f"node {wrong[0]} in {name}; allowed: 0 to {self.size - 1}")

    @cached_property
    def plan(self) -> Plan:
        """The computation for many scenarios; topologies with the same arcs and pairs share it."""
        return _plan(_as_bytes(self.tail), _as_bytes(self.head), self.pairs, self.size)

    @cached_property
    def search(self) -> Search:
        """The search for one scenario."""
        return Search(self.tail, self.head, self.size)

    def search_order(self, weights: np.ndarray) -> np.ndarray:
        """Sort the nodes of the plan's core by distance from each origin under median weights.

        Labels that are corrected in about this order are seldom corrected twice; solutions do not depend
        on it.

        Parameters
        ----------
        weights : ndarray, shape (arcs, scenarios)
            Weights, of which the first scenarios count.

        Returns
        -------
        ndarray of int32, shape (origins, nodes of the core)
            Places in the core, the nearest node first.

        """
        plan = self.plan
        distance = np.zeros((len(plan.origins), len(plan.core)))
        if distance.size:
            with np.errstate(invalid="ignore"):  # what is not allowed is refused later
                usual = np.abs(np.median(weights[:, :SAMPLED_SCENARIOS], axis=1))
            for row, origin in zip(distance, plan.origins.tolist(), strict=True):
                row[:] = self.search.distances(usual, origin, backwards=False)[plan.core]
        return distance.argsort(axis=1, kind="stable").astype(np.int32)


@lru_cache(maxsize=8)
def _plan(tail: bytes, head: bytes, pairs: tuple[tuple[int, int], ...], size: int) -> Plan:
    """Build a plan once, whoever asks: other weights on the same arcs are another ``Topology``."""
    return build_plan(np.frombuffer(tail, dtype=np.int32), np.frombuffer(head, dtype=np.int32), pairs, size)


def _as_bytes(nodes: np.ndarray) -> bytes:
    return nodes.astype(np.int32).tobytes()
