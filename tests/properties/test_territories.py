"""The best ways on the ground of each set of states, beside networkx on every subset."""

from __future__ import annotations

from math import inf, nextafter
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cacorridor.routing.graph.territories import best_by_territory
from tests.properties.test_search import search_of

if TYPE_CHECKING:
    from cacorridor.routing.graph.plain import PlainSearch

STATES = 5
SETS = 1 << STATES
node = st.integers(0, 8)
# an arc: its two nodes, what it weighs, whether it is there, its states as bits
arc_lists = st.lists(
    st.tuples(node, node, st.integers(0, 4), st.sampled_from([True, True, False]), st.integers(0, SETS - 1)),
    min_size=4,
    max_size=40,
)
free_states = st.sampled_from([0, 1, 0b110])


def graph_within(search: PlainSearch, bits: list[int], ground: int) -> nx.DiGraph[object]:
    """The arcs that lie on some ground, with a node before each node of p0 and one behind those of p3."""
    graph: nx.DiGraph[object] = nx.DiGraph()
    nodes_at = search.supernetwork.nodes_at
    graph.add_edges_from([("start", stop) for stop in nodes_at["p0"]], weight=0)
    graph.add_edges_from([(stop, "end") for stop in nodes_at["p3"]], weight=0)
    for arc in search.usable.nonzero()[0].tolist():
        ends = int(search.supernetwork.tail[arc]), int(search.supernetwork.head[arc])
        weight = search.weight[arc]
        if not bits[arc] & ~ground and weight < graph.get_edge_data(*ends, {"weight": inf})["weight"]:
            graph.add_edge(*ends, weight=weight)
    return graph


def value_within(search: PlainSearch, bits: list[int], ground: int) -> float:
    """What networkx finds on some ground; infinite if nothing."""
    graph = graph_within(search, bits, ground)
    if not nx.has_path(graph, "start", "end"):
        return inf
    return float(nx.dijkstra_path_length(graph, "start", "end"))


@settings(deadline=None)
@given(arc_lists, free_states, st.sampled_from([inf, 6.0, 3.0]))
def test_every_set_of_states_is_worth_its_own_best_way(
    arcs: list[tuple[int, int, int, bool, int]], free: int, below: float
) -> None:
    search, bits = search_of([arc[:4] for arc in arcs]), [arc[4] for arc in arcs]
    found = best_by_territory(search, ("p0", "p3"), bits, free=free, below=below)
    assert not any(states & free for states in found)
    for ground in range(SETS):
        value = value_within(search, bits, ground | free)
        told = min((amount for states, amount in found.items() if not states & ~ground), default=inf)
        assert told == (value if value < below else inf)


@settings(deadline=None)
@given(arc_lists, free_states)
def test_no_set_is_listed_beside_a_better_one_within_it(
    arcs: list[tuple[int, int, int, bool, int]], free: int
) -> None:
    search, bits = search_of([arc[:4] for arc in arcs]), [arc[4] for arc in arcs]
    found = best_by_territory(search, ("p0", "p3"), bits, free=free, below=inf)
    for states, amount in found.items():
        assert not any(other != states and not other & ~states and found[other] < amount for other in found)


def test_a_bound_is_kept_to_the_last_digit():
    # 0.1 + 0.2 + 0.3 from the start, and 0.3 + 0.2 + 0.1 from the end, differ in the last digit
    search = search_of([(0, 2, 1, True), (2, 4, 2, True), (4, 6, 3, True)])
    search.weight /= 10
    amount = 0.1 + 0.2 + 0.3
    for below, ways in ((amount, {}), (nextafter(amount, inf), {0b111: amount})):
        assert best_by_territory(search, ("p0", "p3"), [1, 2, 4], below=below) == ways


@pytest.mark.parametrize("ends", [("p0", "nowhere"), ("nowhere", "p3")])
def test_a_place_without_a_node_has_no_way(ends):
    search = search_of([(0, 6, 1, True)])
    assert best_by_territory(search, ends, [1], below=inf) == {}
