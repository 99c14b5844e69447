"""Time the Pareto set and alternatives on the real network: ``python -m benchmarks.choice``.

CPU seconds of one process, the median of some rounds; the network is laid out before. Each front is compared
with the best route by each criterion, and a front that lacks one fails the run.
"""

from __future__ import annotations

import statistics
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from cacorridor import alternatives, find_route, load_network, matrix, pareto

if TYPE_CHECKING:
    from collections.abc import Callable

    from cacorridor import Network, ParetoFront

PAIRS = (("Xi'an", "Istanbul"), ("Xi'an", "Tashkent"), ("Xi'an", "Hamburg"), ("Kashgar", "Tashkent"))
ROUNDS = 7
SAME = 1e-6


def main() -> None:
    """Time the questions and print them as Markdown."""
    network = load_network()
    print("| pair | ways | shown (3 %) | pareto, CPU s | alternatives, CPU s |")
    print("|---|---:|---:|---:|---:|")
    for pair in PAIRS:
        front = pareto(network, *pair)
        _require_best(network, pair, front)
        front_s = _median_s(partial(pareto, network, *pair))
        ways_s = _median_s(partial(alternatives, network, *pair))
        shown = len(front.thinned())
        print(f"| {' - '.join(pair)} | {len(front)} | {shown} | {front_s:.3f} | {ways_s:.3f} |")
    places = list(network.table("places").query("kind == 'city'")["id"])
    matrix_s = _median_s(partial(matrix, network, places))
    print(f"\nmatrix of {len(places)} x {len(places)} cities: {matrix_s:.2f} s")


def _require_best(network: Network, pair: tuple[str, str], front: ParetoFront) -> None:
    """Fail if a front lacks what a plain search finds."""
    measures = {"time": "time_h", "cost": "cost_usd", "emissions": "co2e_kg"}
    for at, name in enumerate(front.criteria):
        if name in measures:
            best = getattr(find_route(network, *pair, criterion=name), measures[name])
            if abs(front.amounts[:, at].min() - best) > SAME * best:
                sys.exit(f"the front of {' - '.join(pair)} lacks the best by {name}")


def _median_s(ask: Callable[[], object]) -> float:
    """Time a question: the median of some rounds, CPU seconds."""
    rounds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        ask()
        rounds.append(time.process_time() - begin)
    return statistics.median(rounds)


if __name__ == "__main__":
    main()
