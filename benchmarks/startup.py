"""Time what a person waits for: ``python -m benchmarks.startup [checkout-of-before] [--parts ...]``.

Whole processes run interleaved, with their bytecode compiled; CPU time of user and system, medians, and each
ratio is formed inside its round. Given the path of another checkout, the first load of an own folder is set
beside it. The world's railways take part where scgraph-data is installed (group bench).
"""

from __future__ import annotations

import argparse
import os
import pickle
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from scipy.sparse.csgraph import dijkstra

from cacorridor import find_route, load_network
from cacorridor.routing.graph.arcs import build_arcs
from cacorridor.routing.graph.search import supernetwork_for
from cacorridor.routing.query import build_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cacorridor import Network

PAIR = ("Xi'an", "Tashkent")
PAIRS = (
    PAIR,
    ("Kashgar", "Osh"),
    ("Moscow", "Mary"),
    ("Urumqi", "Istanbul"),
    ("Almaty", "Poti"),
    ("Xi'an", "Istanbul"),
    ("Tehran", "Bishkek"),
    ("Minsk", "Andijan"),
)
SIX = ("KAZ", "UZB", "TKM", "IRN", "TUR", "AZE")
ROUNDS = 11
PARTS = ("processes", "loads", "questions", "railways")
SOURCE = Path(__file__).resolve().parents[1]
ROUTE = f"from cacorridor.cli import main; main(['route', {PAIR[0]!r}, {PAIR[1]!r}])"
PEER = """
import pickle, networkx as nx
graph, start, end = pickle.load(open({path!r}, "rb"))
print(nx.dijkstra_path(graph, start, end, weight="weight"))
"""
COLD = """
import os, time
from cacorridor.network.io import load_network
os.environ["CACORRIDOR_CACHE"] = ""
load_network({folder!r})  # imports what checking needs
os.environ["CACORRIDOR_CACHE"] = {cache!r}
start = time.process_time()
load_network({folder!r})
print(time.process_time() - start)
"""


def main() -> None:
    """Run the parts and print them as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", nargs="?", help="checkout whose first load is compared")
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=PARTS)
    options = parser.parse_args()
    print("| job | ms | over | ratio |")
    print("|---|---:|---|---:|")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CACORRIDOR_CACHE"] = str(Path(scratch) / "cache")
        network = load_network()
        find_route(network, *PAIR)
        parts = {
            "processes": partial(_processes, network, Path(scratch)),
            "loads": partial(_loads, Path(scratch), options.before),
            "questions": partial(_questions, network),
        }
        for part in [name for name in parts if name in options.parts]:
            for row in parts[part]():
                print(row, flush=True)
    if "railways" not in options.parts:
        return
    try:
        from benchmarks.railways import rows
    except ModuleNotFoundError as missing:
        print(f"\nwithout the railways of the world: {missing}", file=sys.stderr)
    else:
        for job, ours, over, theirs in rows():
            print(_row(job, ours, over, theirs))


# ---------------------------------------------------------------- whole processes


def _processes(network: Network, scratch: Path) -> Iterator[str]:
    """Time one route from the shell beside importing pandas and beside networkx on a pickled graph."""
    path = scratch / "graph.pickle"
    path.write_bytes(pickle.dumps(_peer_graph(network)))
    programs = {"route": ROUTE, "pandas": "import pandas", "networkx": PEER.format(path=str(path))}
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, program in programs.items():
            seconds[name].append(_cpu_s(program))
    yield _row("`cacorridor route`, whole process", seconds["route"], "import pandas", seconds["pandas"])
    yield _row("the same", seconds["route"], "networkx, pickled graph", seconds["networkx"])


def _peer_graph(network: Network) -> tuple[nx.DiGraph[Any], Any, Any]:
    """Return the supernetwork of today with weights alone, and two of its nodes."""
    supernetwork = supernetwork_for(network, build_query(network, *PAIR))
    graph: nx.DiGraph[Any] = nx.DiGraph()
    for tail, head, hours in supernetwork.to_networkx().edges(data="time_h"):
        known = graph.get_edge_data(tail, head, {"weight": float("inf")})["weight"]
        graph.add_edge(tail, head, weight=min(hours, known))
    start, end = (network.find_place(name) for name in PAIR)
    return graph, (start, "road"), (end, "road")


def _cpu_s(program: str) -> float:
    """Run a program and return the seconds that it kept a processor busy."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(program, SOURCE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _run(program: str, checkout: Path) -> str:
    """Run a program on a checkout, with bytecode kept, and return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environment
    )
    return done.stdout


# ---------------------------------------------------------------- loading


def _loads(scratch: Path, before: str | None) -> Iterator[str]:
    """Time loading what was checked, and the first load of an own folder beside another checkout."""
    again = [_timed(load_network) for _ in range(ROUNDS)]
    yield _row("`load_network()` again", again)
    if before is None:
        return
    own = scratch / "own"
    shutil.copytree(Path(before) / "data" / "geo", own)  # which both can read
    with (own / "dataset.toml").open("a", encoding="utf-8") as file:
        file.write("# no snapshot knows this folder\n")
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(ROUNDS):
        for name, checkout, seconds in (("here", SOURCE, ours), ("before", Path(before).resolve(), theirs)):
            # a cache each: both may call themselves the same version, and would share what was checked
            program = COLD.format(folder=str(own), cache=str(scratch / f"cache-{name}-{number}"))
            seconds.append(float(_run(program, checkout)))
    yield _row("`load_network(folder)` for the first time", ours, "before", theirs)


# ---------------------------------------------------------------- questions


def _questions(network: Network) -> Iterator[str]:
    """Time questions on a network that is laid out, beside one search by scipy on the same arrays."""
    arcs = build_arcs(network, build_query(network, *PAIR))
    matrix = arcs._search.matrix(arcs.weight)  # noqa: SLF001  # what scipy is given is not what is timed
    nodes_at = arcs.supernetwork.nodes_at
    starts = {pair: nodes_at[network.find_place(pair[0])][0] for pair in PAIRS}
    ours, theirs = [], []
    for _ in range(ROUNDS):
        for pair in PAIRS:
            theirs.append(
                _timed(lambda pair=pair: dijkstra(matrix, indices=starts[pair], return_predecessors=True))
            )
            ours.append(_timed(lambda pair=pair: find_route(network, *pair)))
    yield _row("`find_route`, a second time on a network", ours, "one scipy Dijkstra", theirs)
    ends = "Xi'an", "Istanbul"
    plain, pinned = [], []
    for _ in range(ROUNDS):
        plain.append(_timed(lambda: find_route(network, *ends)))
        pinned.append(_timed(lambda: find_route(network, *ends, through=SIX)))
    yield _row("`through` six states", pinned, "the plain route", plain)


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _row(job: str, ours: list[float], over: str = "", theirs: list[float] | None = None) -> str:
    """Write one line of the table."""
    ratio = ""
    if theirs:
        ratios = np.sort(np.array(ours) / np.array(theirs))
        ratio = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"
    return f"| {job} | {1000 * statistics.median(ours):.2f} | {over} | {ratio} |"


if __name__ == "__main__":
    main()
