"""Time the kernel beside routing libraries: ``python -m benchmarks.kernel``.

The task is a new vector of weights and five pairs of nodes with five origins; wanted are the cost and the
path of each pair. A library gets one vector at a time, the kernel many at once. CPU seconds of one
core; every contender has a process of its own and runs once in every round, in changing order, and ratios are
formed inside the round. All contenders begin with the same scenarios, and a cost that differs, or a path that
does not cost what it should, fails the run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks import peers
from benchmarks.networks import synthetic
from benchmarks.peers import OURS, PEERS, SAME, Task

if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[int, int], np.ndarray]  # by the number of scenarios and a seed

DEBIAN = "/usr/bin/python3"  # graph-tool comes from Debian, not as a wheel
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
BLOCKS, BLOCKS_32, ARRAYS = OURS
REAL_PAIRS = (
    ("xian", "tashkent"),
    ("kashgar", "tashkent"),
    ("urumqi", "almaty"),
    ("shanghai", "tashkent"),
    ("moscow", "osh"),
)
REAL_SIGMA = 0.3


class Plan(NamedTuple):
    """How many rounds, and how many scenarios a round each contender solves; 0 leaves it out."""

    rounds: int
    ours: int
    arrays: int
    peers: int
    networkx: int

    def scenarios(self, name: str) -> int:
        """Return the scenarios a round of a contender."""
        return {ARRAYS: self.arrays, "networkx": self.networkx}.get(
            name, self.ours if name in OURS else self.peers
        )


SMALL = Plan(rounds=9, ours=16384, arrays=4096, peers=100, networkx=30)
MIDDLE = Plan(rounds=7, ours=16384, arrays=4096, peers=30, networkx=8)
LARGE = Plan(rounds=5, ours=1024, arrays=0, peers=30, networkx=4)


@dataclass
class Timing:
    """A contender on one network: seconds to prepare it, and microseconds a scenario in each round."""

    prepared_s: float
    version: str
    spent_us: list[float] = field(default_factory=list)

    @property
    def median_us(self) -> float:
        """The median over the rounds."""
        return statistics.median(self.spent_us)


class Worker:
    """A process that serves one contender."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        python = DEBIAN if name == "graph-tool" else sys.executable
        self.process = subprocess.Popen(  # noqa: S603  # our own script
            [python, str(Path(peers.__file__)), name, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **ONE_THREAD},
        )
        self.timing = Timing(**self._reply())

    def spent_s(self, scenarios: int) -> float:
        """Solve the first scenarios of the folder's weights; return CPU seconds."""
        print(scenarios, file=self.process.stdin, flush=True)
        return self._reply()["spent_s"]

    def _reply(self) -> dict:
        line = self.process.stdout.readline()
        return json.loads(line) if line else sys.exit(f"{self.name} has ended")

    def close(self) -> None:
        """End the process."""
        self.process.stdin.close()
        self.process.wait()


def main() -> None:
    """Time on the networks that are asked for, and print everything as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kernel")
    parser.add_argument("--networks", nargs="+", choices=NETWORKS, default=list(NETWORKS), metavar="NAME")
    parser.add_argument("--rounds", type=int, help="instead of 9, 7 or 5, by the size of the network")
    options = parser.parse_args()
    contenders = [*OURS, *(name for name in PEERS if name != "graph-tool" or _has_graph_tool())]
    if "graph-tool" not in contenders:
        print("graph-tool is left out: it is not installed.\n")
    summary = []
    for name in options.networks:
        plan, make = NETWORKS[name]
        plan = plan._replace(rounds=options.rounds or plan.rounds)
        task, draw = make()
        timings = _time(plan, task, draw, contenders)
        if not summary:
            print(_versions(timings))
        print(_table(name, plan, task, timings), flush=True)
        summary.append(_summary_row(name, task, timings))
    print(_summary(summary))


def _synthetic(places: int, *, sparse: bool, seed: int) -> tuple[Task, Draw]:
    """Make a synthetic network and what draws its weights."""
    network = synthetic(places, sparse=sparse, seed=seed)
    order = np.lexsort((network.head, network.tail))
    task = Task(network.tail[order], network.head[order], network.size, list(network.pairs))
    return task, lambda scenarios, seed: network.weights(scenarios, seed)[order]


def _real() -> tuple[Task, Draw]:
    """Lay out the corridors; their weights vary arc by arc."""
    from cacorridor import load_network
    from cacorridor.routing.graph.arcs import build_arcs
    from cacorridor.routing.query import build_query

    network = load_network()
    arcs = build_arcs(network, build_query(network, "Xi'an", "Tashkent"), REAL_PAIRS)
    pairs = [(arcs.start[start], arcs.end[end]) for start, end in REAL_PAIRS]
    order = np.lexsort((arcs.head, arcs.tail))
    task = Task(arcs.tail[order], arcs.head[order], arcs.size, pairs)

    def draw(scenarios: int, seed: int) -> np.ndarray:
        factor = np.random.default_rng(seed).standard_normal((len(order), scenarios))
        return arcs.weight[order, None] * np.exp(REAL_SIGMA * factor)

    return task, draw


NETWORKS: dict[str, tuple[Plan, Callable[[], tuple[Task, Draw]]]] = {
    "real": (SMALL, _real),
    "300": (SMALL, partial(_synthetic, 170, sparse=False, seed=0)),
    "300-sparse": (SMALL, partial(_synthetic, 170, sparse=True, seed=0)),
    "300-sparse-held-out": (SMALL, partial(_synthetic, 170, sparse=True, seed=1)),
    "1500": (MIDDLE, partial(_synthetic, 860, sparse=False, seed=0)),
    "1500-sparse": (MIDDLE, partial(_synthetic, 860, sparse=True, seed=0)),
    "1500-sparse-held-out": (MIDDLE, partial(_synthetic, 860, sparse=True, seed=1)),
    "10000": (LARGE, partial(_synthetic, 5800, sparse=False, seed=0)),
    "10000-sparse": (LARGE, partial(_synthetic, 5800, sparse=True, seed=0)),
}


def _has_graph_tool() -> bool:
    command = [DEBIAN, "-c", "import graph_tool, numpy"]
    return (
        shutil.which(DEBIAN) is not None
        and not subprocess.run(command, capture_output=True, check=False).returncode  # noqa: S603
    )


def _time(plan: Plan, task: Task, draw: Draw, contenders: list[str]) -> dict[str, Timing]:
    """Run all rounds on one network, after one that warms up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        np.savez(folder / "network.npz", **task._asdict())
        workers = [Worker(name, folder) for name in contenders if plan.scenarios(name)]
        try:
            for number in range(-1, plan.rounds):
                np.save(folder / "weights.npy", draw(plan.ours, number + 1))
                _round(plan, workers, number)
        finally:
            for worker in workers:
                worker.close()
    for worker in workers:
        del worker.timing.spent_us[0]
    return {worker.name: worker.timing for worker in workers}


def _round(plan: Plan, workers: list[Worker], number: int) -> None:
    """Let every contender solve its scenarios once; compare what they find."""
    cost: dict[str, np.ndarray] = {}
    for worker in workers[:: -1 if number % 2 else 1]:
        scenarios = plan.scenarios(worker.name)
        worker.timing.spent_us.append(worker.spent_s(scenarios) / scenarios * 1e6)
        cost[worker.name] = np.load(worker.folder / "cost.npy")
    for name, theirs in cost.items():
        ours = cost[BLOCKS][:, : theirs.shape[1]]
        same = SAME["float32" if name == BLOCKS_32 else "float64"]
        wrong = np.argwhere(~np.isclose(theirs, ours, rtol=same, atol=0))
        if len(wrong):
            pair, scenario = wrong[0]
            sys.exit(
                f"round {number}, pair {pair}, scenario {scenario}: {theirs[pair, scenario]} by {name}, "
                f"{ours[pair, scenario]} by {BLOCKS}; {len(wrong)} costs differ"
            )


def _best(timings: dict[str, Timing]) -> str:
    """Return the peer with the least median."""
    return min((name for name in timings if name in PEERS), key=lambda name: timings[name].median_us)


def _ratio(theirs: Timing, ours: Timing) -> str:
    """Return how many times as long a peer takes: the median over the rounds, and the range."""
    ratios = [their / own for their, own in zip(theirs.spent_us, ours.spent_us, strict=True)]
    return f"x{_short(statistics.median(ratios))} ({_short(min(ratios))}-{_short(max(ratios))})"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _versions(timings: dict[str, Timing]) -> str:
    """List the versions of what is compared."""
    from numba import __version__ as numba

    used = {PEERS[name].library: timing.version for name, timing in timings.items() if name in PEERS}
    used |= {"numpy": np.__version__, "numba": numba, "Python": sys.version.split()[0]}
    return "Versions: " + ", ".join(f"{name} {version}" for name, version in used.items()) + ".\n"


def _table(title: str, plan: Plan, task: Task, timings: dict[str, Timing]) -> str:
    """Return the table of one network."""
    best = _best(timings)
    heads = "contender", "scenarios a round", "prepared once, ms", "us a scenario", "over the best peer"
    lines = [
        f"{title}: {task.size:,} nodes, {len(task.tail):,} arcs, {plan.rounds} rounds; best peer: {best}\n",
        f"| {' | '.join(heads)} | over networkx |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, timing in timings.items():
        lines.append(
            f"| {name} | {plan.scenarios(name):,} | {1e3 * timing.prepared_s:,.1f} | {timing.median_us:,.1f} "
            f"| {_ratio(timings[best], timing)} | {_ratio(timings['networkx'], timing)} |"
        )
    return "\n".join(lines) + "\n"


def _summary_row(title: str, task: Task, timings: dict[str, Timing]) -> str:
    best = _best(timings)
    over_best = {name: _ratio(timings[best], timings[name]) for name in OURS if name in timings}
    over_networkx = _ratio(timings["networkx"], timings[BLOCKS])
    return (
        f"| {title} | {task.size:,} | {len(task.tail):,} | {best} | {over_best[BLOCKS]} | {over_networkx} "
        f"| {over_best[BLOCKS_32]} | {over_best.get(ARRAYS, '')} |"
    )


def _summary(rows: list[str]) -> str:
    """Return the table of all networks."""
    head = (
        "| network | nodes | arcs | best peer | over it | over networkx | 32-bit, over it | numpy, over it |"
    )
    return "\n".join([head, "|---|---:|---:|---|---:|---:|---:|---:|", *rows])


if __name__ == "__main__":
    main()
