"""Time what a draw costs on the real network, part by part: ``python -m benchmarks.draws``.

CPU microseconds of one thread a draw, the median over rounds: drawing the normal numbers, making the hours
of all arcs of them, and finding the routes of one pair and of five.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from cacorridor import load_network
from cacorridor.routing.graph.arcs import build_arcs
from cacorridor.routing.query import build_query
from cacorridor.shortest_paths import solve
from cacorridor.uncertainty.batches import build_batch
from cacorridor.uncertainty.draws import normals

if TYPE_CHECKING:
    from collections.abc import Callable

PAIRS = (
    ("xian", "tashkent"),
    ("kashgar", "tashkent"),
    ("urumqi", "almaty"),
    ("shanghai", "tashkent"),
    ("moscow", "osh"),
)
DRAWS = 16_384
ROUNDS = 9


def main() -> None:
    """Time every part in every round, and print them as Markdown."""
    network = load_network()
    batches = {}
    for count in (1, len(PAIRS)):
        arcs = build_arcs(network, build_query(network, *PAIRS[0]), PAIRS[:count])
        answers = {pair: arcs.best(*pair) for pair in PAIRS[:count]}
        baseline = {pair: answer[1] for pair, answer in answers.items() if answer}
        batches[count] = build_batch(arcs, baseline, (), 0)
    draws = batches[1].draws
    hours = {count: batch.draws.hours(0, DRAWS) for count, batch in batches.items()}
    parts: dict[str, Callable[[], object]] = {
        f"normal numbers of {len(draws.groups)} groups": lambda: [
            normals(0, group, 0, DRAWS) for group in draws.groups
        ],
        f"these, and the hours of {draws.exposure.shape[0]} arcs": lambda: draws.hours(0, DRAWS),
        "routes of one pair": lambda: solve(batches[1].topology, hours[1]),
        f"routes of {len(PAIRS)} pairs": lambda: solve(batches[len(PAIRS)].topology, hours[len(PAIRS)]),
    }
    spent: dict[str, list[float]] = {name: [] for name in parts}
    for _ in range(ROUNDS + 1):
        for name, part in parts.items():
            start = time.thread_time()
            part()
            spent[name].append((time.thread_time() - start) / DRAWS * 1e6)
    print("| part | us a draw |")
    print("|---|---:|")
    for name, times in spent.items():
        print(f"| {name} | {statistics.median(times[1:]):.1f} |")  # the first round warms up


if __name__ == "__main__":
    main()
