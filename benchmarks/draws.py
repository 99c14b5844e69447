"""Time what a draw costs on the real network, part by part: ``python -m benchmarks.draws``.

CPU microseconds of one thread a draw, the median over rounds: drawing the normal numbers, making the hours
of all arcs of them, and finding the routes of one pair and of five.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from cacorridor import load_network
from cacorridor.routing import arcs as arrays
from cacorridor.routing.query import pose
from cacorridor.shortest_paths import solve
from cacorridor.uncertainty import batches as followed
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
    laid_out = {}
    for count in (1, len(PAIRS)):
        arcs = arrays.lay_out(network, pose(network, *PAIRS[0]), PAIRS[:count])
        answers = {pair: arcs.best(*pair) for pair in PAIRS[:count]}
        usual = {pair: answer[1] for pair, answer in answers.items() if answer}
        laid_out[count] = followed.lay_out(arcs, usual, (), 0)
    worlds = laid_out[1].worlds
    hours = {count: each.worlds.hours(0, DRAWS) for count, each in laid_out.items()}
    parts: dict[str, Callable[[], object]] = {
        f"normal numbers of {len(worlds.groups)} groups": lambda: [
            normals(0, group, 0, DRAWS) for group in worlds.groups
        ],
        f"these, and the hours of {worlds.mean_h.shape[0]} arcs": lambda: worlds.hours(0, DRAWS),
        "routes of one pair": lambda: solve(laid_out[1].topology, hours[1]),
        f"routes of {len(PAIRS)} pairs": lambda: solve(laid_out[len(PAIRS)].topology, hours[len(PAIRS)]),
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
