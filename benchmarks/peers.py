"""The contenders of ``benchmarks.kernel``, each served by a process of its own: ``peers.py NAME FOLDER``.

The folder holds the network (``network.npz``) and, anew in each round, the weights (``weights.npy``). A line
of standard input is the number of scenarios to solve, from the first; the reply is a line of JSON, and the
costs are in ``cost.npy``. Time is that of solving: weights are ready as each contender likes them best.

At the top only numpy is imported, so that a library may bring its own interpreter.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections import deque
from importlib import import_module, metadata
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

INF = float("inf")
UNREACHABLE = 1e300  # some libraries say so with the largest number there is
CHECKED = 30  # scenarios of a round of which the paths are checked
SAME = {"float64": 1e-9, "float32": 2e-6}  # relative, by the kind of the weights

Answer = tuple[float, "list[int]"]  # the cost and the nodes of the path, of one pair


class Task(NamedTuple):
    """Arcs in order of tail and head, and the pairs of nodes to join."""

    tail: np.ndarray
    head: np.ndarray
    size: int
    pairs: list[tuple[int, int]]

    @property
    def ends(self) -> list[tuple[int, int]]:
        """List tail and head of each arc."""
        return list(zip(self.tail.tolist(), self.head.tolist(), strict=True))


class Peer:
    """A library that answers one scenario at a time, from a row of weights."""

    library = ""
    modules: tuple[str, ...] = ()  # imported before the network is prepared
    kind = "float64"

    def __init__(self, task: Task) -> None:
        self.task = task

    def version(self) -> str:
        """Tell the version of the library."""
        return metadata.version(self.library)

    def ready(self, weights: np.ndarray) -> Any:
        """Arrange the weights of shape (arcs, scenarios) for ``solve``."""
        return list(np.ascontiguousarray(weights.T))

    def solve(self, ready: Any) -> Any:
        """Solve the scenarios; this is what is timed."""
        return [self.answers(row) for row in ready]

    def answers(self, weight: np.ndarray) -> list[Answer]:
        """Answer each pair under one row of weights."""
        raise NotImplementedError

    def told(self, found: Any) -> tuple[np.ndarray, list[list[list[int]]]]:
        """Return the costs, shape (pairs, scenarios), and the nodes of the paths by scenario and pair."""
        cost = np.array([[cost for cost, _ in answers] for answers in found]).T
        return cost, [[self.nodes(path) for _, path in answers] for answers in found]

    def nodes(self, path: list[int]) -> list[int]:
        """Return the nodes of a path."""
        return path

    def along(self, arcs: Sequence[int]) -> list[int]:
        """Return the nodes along some arcs."""
        return [*self.task.tail[list(arcs[:1])].tolist(), *self.task.head[list(arcs)].tolist()]


class Ours(Peer):
    """The kernel on many scenarios at once."""

    library = "cacorridor"
    modules = ("cacorridor.shortest_paths", "scipy.sparse.linalg")
    engine = "numba"

    def __init__(self, task: Task) -> None:
        from cacorridor.shortest_paths import Topology, solve

        super().__init__(task)
        self.topology = Topology(task.tail, task.head, task.size, tuple(task.pairs))
        self.topology.plan  # noqa: B018  # prepares it
        self._solve = solve

    def ready(self, weights: np.ndarray) -> np.ndarray:
        """Copy the weights to one block of memory."""
        return np.ascontiguousarray(weights, dtype=self.kind)

    def solve(self, ready: np.ndarray) -> Any:
        """Solve all scenarios in one call."""
        return self._solve(self.topology, ready, engine=self.engine)

    def told(self, found: Any) -> tuple[np.ndarray, list[list[list[int]]]]:
        """Return the costs, and the nodes of some paths."""
        paths = found.paths
        return found.cost, [
            [self.along(paths[number]) if number >= 0 else [] for number in numbers]
            for numbers in found.route_index[:, :CHECKED].T.tolist()
        ]


class Ours32(Ours):
    """The kernel on 32-bit weights."""

    kind = "float32"


class OursArrays(Ours):
    """The kernel without numba."""

    engine = "numpy"


class Simple(Peer):
    """A library that wants one arc between two nodes: of parallel arcs, the least counts."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        changes = np.diff(task.tail, prepend=-1).astype(bool) | np.diff(task.head, prepend=-1).astype(bool)
        self.starts = np.flatnonzero(changes)
        self.simple = Task(task.tail[self.starts], task.head[self.starts], task.size, task.pairs)

    def least(self, weight: np.ndarray) -> np.ndarray:
        """Return the least weight between two nodes."""
        return weight if len(self.starts) == len(weight) else np.minimum.reduceat(weight, self.starts)


class NetworkX(Simple):
    """Search from both ends, weights written into the dictionaries of the edges."""

    library = "networkx"
    modules = ("networkx",)

    def __init__(self, task: Task) -> None:
        import networkx as nx

        super().__init__(task)
        self.graph = nx.DiGraph()
        self.graph.add_nodes_from(range(task.size))
        self.graph.add_edges_from(self.simple.ends)
        self.data = [self.graph.edges[ends] for ends in self.simple.ends]
        self.search, self.no_path = nx.bidirectional_dijkstra, nx.NetworkXNoPath

    def answers(self, weight: np.ndarray) -> list[Answer]:
        """Write all weights, then search pair by pair."""
        for data, value in zip(self.data, self.least(weight).tolist(), strict=True):
            data["weight"] = value
        return [self.answer(*ends) for ends in self.task.pairs]

    def answer(self, start: int, end: int) -> Answer:
        """Search for one pair."""
        try:
            return self.search(self.graph, start, end)
        except self.no_path:
            return INF, []


class SciPy(Simple):
    """All origins in one call, paths walked back over the predecessors."""

    library = "scipy"
    modules = ("scipy.sparse", "scipy.sparse.csgraph")

    def __init__(self, task: Task) -> None:
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        super().__init__(task)
        arcs = self.simple
        bounds = np.searchsorted(arcs.tail, np.arange(task.size + 1)).astype(np.int32)
        content = np.ones(len(arcs.head)), arcs.head.astype(np.int32), bounds
        self.matrix = csr_array(content, shape=(task.size, task.size))
        self.origins = np.array([start for start, _ in task.pairs])
        self.search = dijkstra

    def answers(self, weight: np.ndarray) -> list[Answer]:
        """Search from all origins, and walk back from the destinations."""
        self.matrix.data[:] = self.least(weight)
        cost, before = self.search(self.matrix, indices=self.origins, return_predecessors=True)
        return [
            (cost.item(row, end), walked(before[row], start, end) if cost.item(row, end) < INF else [])
            for row, (start, end) in enumerate(self.task.pairs)
        ]


class IGraph(Peer):
    """One search for each pair, weights as a list."""

    library = "igraph"
    modules = ("igraph",)

    def __init__(self, task: Task) -> None:
        import igraph

        super().__init__(task)
        self.graph = igraph.Graph(n=task.size, edges=task.ends, directed=True)

    def answers(self, weight: np.ndarray) -> list[Answer]:
        """Search pair by pair, and sum the weights along each path."""
        weights = weight.tolist()
        found = []
        for start, end in self.task.pairs:
            arcs = self.graph.get_shortest_path(
                start, end, weights=weights, output="epath", algorithm="dijkstra"
            )
            found.append((sum([weights[arc] for arc in arcs]) if arcs else INF, arcs))
        return found

    def nodes(self, path: list[int]) -> list[int]:
        """Return the nodes of a path, which is given as arcs."""
        return self.along(path)


class RustworkX(Simple):
    """One search for each pair, weights looked up in a list by the numbers of the edges."""

    library = "rustworkx"
    modules = ("rustworkx",)

    def __init__(self, task: Task) -> None:
        import rustworkx as rx

        super().__init__(task)
        self.graph = rx.PyDiGraph(multigraph=False)
        self.graph.add_nodes_from(range(task.size))
        self.graph.add_edges_from([(*ends, arc) for arc, ends in enumerate(self.simple.ends)])
        self.number = {ends: arc for arc, ends in enumerate(self.simple.ends)}
        self.search = rx.digraph_dijkstra_shortest_paths

    def answers(self, weight: np.ndarray) -> list[Answer]:
        """Search pair by pair, and sum the weights along each path."""
        weights = self.least(weight).tolist()
        found = []
        for start, end in self.task.pairs:
            paths = self.search(self.graph, start, end, weights.__getitem__)
            path = list(paths[end]) if end in paths else []
            cost = sum([weights[self.number[step]] for step in pairwise(path)]) if path else INF
            found.append((cost, path))
        return found


class NetworKit(Simple):
    """Search from both ends, after one call for each weight that is set."""

    library = "networkit"
    modules = ("networkit",)

    def __init__(self, task: Task) -> None:
        import networkit as nk

        super().__init__(task)
        nk.setNumberOfThreads(1)
        self.graph = nk.Graph(task.size, weighted=True, directed=True)
        for ends in self.simple.ends:
            self.graph.addEdge(*ends, 1.0)
        self.tails, self.heads = self.simple.tail.tolist(), self.simple.head.tolist()
        self.search = nk.distance.BidirectionalDijkstra

    def answers(self, weight: np.ndarray) -> list[Answer]:
        """Set all weights, then search pair by pair."""
        deque(map(self.graph.setWeight, self.tails, self.heads, self.least(weight).tolist()), maxlen=0)
        found = []
        for start, end in self.task.pairs:
            search = self.search(self.graph, start, end)  # a used one misses some paths
            search.run()
            cost = search.getDistance()
            found.append((cost, [start, *search.getPath(), end]) if cost < UNREACHABLE else (INF, []))
        return found


class SCGraph(Simple):
    """Search from both ends in the graph of its C++ part, which is built anew for each scenario.

    Building takes a third of the time; changing the weights in place takes ten times as long.
    """

    library = "scgraph"
    modules = ("scgraph.cpp",)

    def __init__(self, task: Task) -> None:
        from scgraph.cpp import Graph

        super().__init__(task)
        self.arcs: list[dict[int, float]] = [{} for _ in range(task.size)]
        self.out = [(self.arcs[tail], head) for tail, head in self.simple.ends]
        self.build = Graph

    def answers(self, weight: np.ndarray) -> list[Answer]:
        """Build the graph, then search pair by pair."""
        for (arcs, head), value in zip(self.out, self.least(weight).tolist(), strict=True):
            arcs[head] = value
        graph = self.build(self.arcs)
        return [self.answer(graph, *ends) for ends in self.task.pairs]

    def answer(self, graph: Any, start: int, end: int) -> Answer:
        """Search for one pair."""
        try:
            found = graph.bidirectional_dijkstra(start, end)
        except RuntimeError:  # not connected
            return INF, []
        return found["length"], found["path"]


class GraphTool(Peer):
    """One search for each pair, in maps that are kept, until the destination is settled."""

    library = "graph-tool"
    modules = ("graph_tool.topology",)

    def __init__(self, task: Task) -> None:
        import graph_tool
        from graph_tool.topology import shortest_distance

        super().__init__(task)
        self.graph = graph_tool.Graph(directed=True)
        self.graph.add_vertex(task.size)
        self.graph.add_edge_list(np.column_stack([task.tail, task.head]))
        self.weight = self.graph.new_edge_property("double")
        self.maps = {
            "dist_map": self.graph.new_vertex_property("double"),
            "pred_map": self.graph.new_vertex_property("int64_t"),
        }
        self.weights, self.before = self.weight.get_array(), self.maps["pred_map"].get_array()
        self.search = shortest_distance

    def version(self) -> str:
        """Tell the version, which no package metadata do."""
        return import_module("graph_tool").__version__.split()[0]

    def answers(self, weight: np.ndarray) -> list[Answer]:
        """Search pair by pair, and walk back from the destinations."""
        self.weights[:] = weight
        found = []
        for start, end in self.task.pairs:
            cost, _ = self.search(self.graph, start, end, weights=self.weight, **self.maps)
            found.append((cost, walked(self.before, start, end) if cost < INF else []))
        return found


OURS: dict[str, type[Peer]] = {
    "ours, 64-bit weights": Ours,
    "ours, 32-bit weights": Ours32,
    "ours, numpy only": OursArrays,
}
PEERS: dict[str, type[Peer]] = {
    peer.library: peer for peer in (GraphTool, NetworKit, SciPy, IGraph, RustworkX, SCGraph, NetworkX)
}


def walked(before: np.ndarray, start: int, end: int) -> list[int]:
    """Return the path to an end from the predecessors of the nodes."""
    path = [end]
    while end != start:
        end = before.item(end)
        path.append(end)
    return path[::-1]


def main() -> None:
    """Serve the contender named on the command line."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    warnings.simplefilter("ignore")  # igraph warns of each pair that no path joins
    contender = {**OURS, **PEERS}[name]
    for module in contender.modules:
        import_module(module)
    network = np.load(folder / "network.npz")
    pairs = [(start, end) for start, end in network["pairs"].tolist()]
    task = Task(network["tail"], network["head"], int(network["size"]), pairs)
    start = time.process_time()
    serving = contender(task)
    _reply(prepared_s=time.process_time() - start, version=serving.version())
    for line in sys.stdin:
        weights = np.load(folder / "weights.npy", mmap_mode="r")[:, : int(line)]
        ready = serving.ready(weights)
        start = time.process_time()
        found = serving.solve(ready)
        spent_s = time.process_time() - start
        cost, paths = serving.told(found)
        _require_paths(task, weights, cost, paths, SAME[serving.kind])
        np.save(folder / "cost.npy", cost)
        _reply(spent_s=spent_s)


def _reply(**values: Any) -> None:
    print(json.dumps(values), flush=True)


def _require_paths(
    task: Task, weights: np.ndarray, cost: np.ndarray, paths: list[list[list[int]]], same: float
) -> None:
    """End the process unless each path joins its pair and costs what it is said to."""
    arcs: dict[tuple[int, int], list[int]] = {}
    for arc, ends in enumerate(task.ends):
        arcs.setdefault(ends, []).append(arc)
    for scenario, routes in enumerate(paths[:CHECKED]):
        weight = weights[:, scenario]
        for pair, path in enumerate(routes):
            total = INF
            if path and (path[0], path[-1]) == task.pairs[pair]:
                total = sum(min(weight[arc] for arc in arcs[step]) for step in pairwise(path))
            told = cost[pair, scenario]
            if total != told and not abs(total - told) <= same * told:
                sys.exit(f"pair {pair} in scenario {scenario}: the path costs {total}, not {told}")


if __name__ == "__main__":
    main()
