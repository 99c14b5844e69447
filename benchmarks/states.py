"""Time questions about states beside a loop over networkx: ``python -m benchmarks.states``.

CPU seconds of one thread; both contenders run in every round, in changing order, and the ratio is formed
inside the round. The loop answers a random sample of coalitions and is scaled to all of them; every
value it finds must equal ours, or the run fails.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from typing import TYPE_CHECKING

import networkx as nx

from cacorridor import for_pairs, leverage, load_network
from cacorridor.criticality.coalitions import coalition_values, minimal_coalitions
from cacorridor.routing.graph.search import supernetwork_for
from cacorridor.routing.query import build_query, endpoint_states

if TYPE_CHECKING:
    from collections.abc import Callable

    from cacorridor import Network
    from cacorridor.routing.query import Query

PAIR = ("Xi'an", "Istanbul")
PLAYERS = (12, 15)  # those with the largest leverage; all other transit states stay closed
SAMPLE = 40  # coalitions that the loop answers in a round
ROUNDS = 7
YEARS = (2026, 2027, 2028, 2030, 2031)
SAME_H = 1e-6


def main() -> None:
    """Run both benchmarks and print them as Markdown."""
    network = load_network()
    print("| task | CPU s | over a networkx loop |")
    print("|---|---:|---:|")
    for count in PLAYERS:
        rounds = [_round(network, count, number) for number in range(ROUNDS)]
        ours = statistics.median(own for own, _ in rounds)
        ratios = sorted(loop / own for own, loop in rounds)
        print(
            f"| all 2^{count} coalitions of {count} states, {' - '.join(PAIR)} | {ours:.3f} "
            f"| x{statistics.median(ratios):,.0f} ({ratios[0]:,.0f}-{ratios[-1]:,.0f}) |"
        )
    print(
        f"| leverage, {len(network.table('pairs'))} pairs x {len(YEARS)} years | {_table_s(network):.1f} | |"
    )


def _round(network: Network, count: int, number: int) -> tuple[float, float]:
    """Time both contenders once: CPU seconds of ours, and of the loop scaled to all coalitions."""
    players = list(leverage(network, *PAIR)["state"][:count])
    query = _only(network, players)
    sample = random.Random(number).sample(range(1 << count), SAMPLE)  # noqa: S311  # not a secret
    found: dict[str, tuple[float, list[float]]] = {}
    contenders: dict[str, Callable[[], list[float]]] = {
        "ours": lambda: _ours(network, query, players, sample),
        "loop": lambda: _loop(network, query, players, sample),
    }
    for name in sorted(contenders, reverse=bool(number % 2)):
        supernetwork_for(network, query).searches.clear()  # both begin with the network laid out, and no more
        start = time.thread_time()
        values = contenders[name]()
        found[name] = time.thread_time() - start, values
    for own, theirs in zip(found["ours"][1], found["loop"][1], strict=True):
        if own != theirs and abs(own - theirs) > SAME_H:
            sys.exit(f"the contenders disagree: {own} and {theirs} hours")
    return found["ours"][0], found["loop"][0] * (1 << count) / SAMPLE


def _only(network: Network, players: list[str]) -> Query:
    """Ask the pair with every state closed that is neither a player nor an end's own."""
    query = build_query(network, *PAIR)
    open_states = {*players, *endpoint_states(network, query)}
    closed = sorted(set(network.table("places")["state"]) - open_states)
    return build_query(network, *PAIR, avoid=closed)


def _ours(network: Network, query: Query, players: list[str], sample: list[int]) -> list[float]:
    """Value all coalitions; return those of the sample."""
    values = coalition_values(minimal_coalitions(network, query), players)
    return [float(values[coalition]) for coalition in sample]


def _loop(network: Network, query: Query, players: list[str], sample: list[int]) -> list[float]:
    """Run networkx once for each coalition of the sample, on the graph without the others' steps."""
    graph = supernetwork_for(network, query).to_networkx()
    start, end = "origin", "destination"
    for node in [node for node in graph if node[0] in {query.origin, query.destination}]:
        ends = (start, node) if node[0] == query.origin else (node, end)
        graph.add_edge(*ends, time_h=0.0, states=())
    values = []
    for coalition in sample:
        missing = {state for at, state in enumerate(players) if not coalition >> at & 1} | query.avoid

        def weight(
            _u: object, _v: object, parallel: dict[int, dict], missing: set[str] = missing
        ) -> float | None:
            there = (data for data in parallel.values() if missing.isdisjoint(data["states"]))
            return min((data["time_h"] for data in there), default=None)

        try:
            values.append(float(nx.dijkstra_path_length(graph, start, end, weight=weight)))
        except nx.NetworkXNoPath:
            values.append(float("inf"))
    return values


def _table_s(network: Network) -> float:
    start = time.thread_time()
    for_pairs(leverage, network, years=YEARS)
    return time.thread_time() - start


if __name__ == "__main__":
    main()
