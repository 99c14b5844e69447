"""Heap and scipy find the same path, by one rule; scipy's distances are the heap's."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cacorridor.routing.graph.plain import PlainSearch

SIZE = 9
node = st.integers(0, SIZE - 1)
positive = st.lists(st.tuples(node, node, st.integers(1, 3), st.booleans()), max_size=40)
from_zero = st.lists(st.tuples(node, node, st.integers(0, 2), st.booleans()), max_size=40)


def search_of(arcs: list[tuple[int, int, int, bool]]) -> PlainSearch:
    """A search on arcs of whole weights, of which ties are many; two nodes stand at each place."""
    tail, head, weight, usable = (np.array([arc[at] for arc in arcs]) for at in range(4))
    places: dict[str, list[int]] = {}
    for number in range(SIZE):
        places.setdefault(f"p{number // 2}", []).append(number)
    graph: Any = SimpleNamespace(
        nodes=tuple(range(SIZE)), nodes_at=places, tail=tail.astype(np.int32), head=head.astype(np.int32)
    )
    return PlainSearch(graph, usable.astype(bool), weight.astype(float))


def both_ways(search: PlainSearch) -> tuple[list[int] | None, list[int] | None]:
    starts, goals = search.supernetwork.nodes_at["p0"], set(search.supernetwork.nodes_at["p3"])
    return search._near(starts, goals, None) or None, search._far(starts, goals)


@settings(deadline=None)
@given(positive)
def test_heap_and_scipy_choose_the_same_of_equal_paths(arcs: list[tuple[int, int, int, bool]]) -> None:
    near, far = both_ways(search_of(arcs))
    assert near == far


@settings(deadline=None)
@given(from_zero)
def test_paths_over_arcs_that_weigh_nothing_weigh_the_same(arcs: list[tuple[int, int, int, bool]]) -> None:
    search = search_of(arcs)
    near, far = both_ways(search)
    assert (near is None) == (far is None)
    if near is not None:
        assert search.weight[near].sum() == search.weight[far].sum()


@settings(deadline=None)
@given(from_zero, st.dictionaries(node, st.sampled_from([0.0, 1.5, float("inf")]), max_size=3))
def test_distances_to_seeds_are_the_same(
    arcs: list[tuple[int, int, int, bool]], seeds: dict[int, float]
) -> None:
    search = search_of(arcs)
    if seeds:
        assert search._distances_by_scipy(seeds) == pytest.approx(search._distances_by_heap(seeds))
