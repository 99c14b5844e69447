"""Heap and scipy find the same path, by one rule; scipy's distances are the heap's."""

from __future__ import annotations

from math import inf
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cacorridor.routing.graph.plain import PlainSearch, arcs_at
from cacorridor.shortest_paths import Search

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
    ends = tail.astype(np.int32), head.astype(np.int32)
    graph: Any = SimpleNamespace(
        nodes=tuple(range(SIZE)),
        nodes_at=places,
        tail=ends[0],
        head=ends[1],
        leaving=arcs_at(*ends, SIZE),
        reaching=arcs_at(*ends[::-1], SIZE),
        topology=Search(*ends, SIZE + 1),
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
        for onward in (False, True):
            by_scipy = search._distances_by_scipy(seeds, onward=onward)
            assert by_scipy == pytest.approx(search._distances_by_heap(seeds, onward=onward))


@settings(deadline=None)
@given(from_zero, st.booleans(), st.sets(node, min_size=1, max_size=2))
def test_what_lies_beyond_the_farthest_asked_is_bounded_from_below(
    arcs: list[tuple[int, int, int, bool]],
    onward: bool,  # noqa: FBT001
    until: set[int],
) -> None:
    search, seeds = search_of(arcs), {0: 0.0, 1: 1.0}
    exact = search._distances_by_heap(seeds, onward=onward)
    early = search._distances_by_heap(seeds, onward=onward, until=until)
    farthest = max((exact[each] for each in until if exact[each] < inf), default=inf)
    for bound, distance in zip(early, exact, strict=True):
        assert bound == distance or farthest <= bound <= distance
    assert all(early[each] == exact[each] for each in until if exact[each] < inf)


@settings(deadline=None)
@given(from_zero, node, st.booleans())
def test_a_path_between_a_place_and_a_node_is_as_long_as_the_distance(
    arcs: list[tuple[int, int, int, bool]],
    end: int,
    onward: bool,  # noqa: FBT001
) -> None:
    search = search_of(arcs)
    path = search.path_between("p0", end, onward=onward)
    distance = search.distances_from_place("p0", onward=onward)[end]
    if path is None:
        assert distance == inf
        return
    assert search.weight[path].sum() == distance
    # the arcs are joined, from the place to the node or back
    graph, at_place = search.supernetwork, search.supernetwork.nodes_at["p0"]
    stops = [int(graph.tail[path[0]]), *graph.head[path].tolist()] if path else [end]
    assert graph.tail[path].tolist() == stops[:-1]
    assert (
        (stops[0] in at_place and stops[-1] == end) if onward else (stops[0] == end and stops[-1] in at_place)
    )
