"""Lines searched as single arcs: the answers are those of scipy on the whole network."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cacorridor.shortest_paths.chains import ChainSearch
from cacorridor.shortest_paths.dijkstra import Search

SIZE = 9
node = st.integers(0, SIZE - 1)
any_arcs = st.lists(st.tuples(node, node, st.integers(0, 4), st.booleans()), min_size=1, max_size=30)


@st.composite
def lines(draw: st.DrawFn) -> list[tuple[int, int, int, bool]]:
    """A network that consists mostly of lines, two-way or one-way, and rings of them."""
    walk = draw(st.lists(node, min_size=2, max_size=18))
    arcs = []
    for one, other in itertools.pairwise(walk):
        weight, gone, is_both = draw(st.integers(0, 4)), draw(st.booleans()), draw(st.integers(0, 3))
        arcs.append((one, other, weight, gone and is_both > 1))
        if is_both:
            arcs.append((other, one, weight, gone))
    return arcs


def assert_same_as_scipy(arcs: list[tuple[int, int, int, bool]], *, banned: bool) -> None:
    tail, head, weight, gone = (np.array([arc[at] for arc in arcs]) for at in range(4))
    weight = weight.astype(float)
    search = ChainSearch(tail, head, weight, SIZE)
    if banned:
        weight = np.where(gone, np.inf, weight)
        search = search.without(gone)
    oracle = Search(tail, head, SIZE)
    for origin in range(SIZE):
        distance = oracle.distances(weight, origin, backwards=False)
        for destination in range(SIZE):
            found = search.path(origin, destination)
            if found is None:
                assert distance[destination] == np.inf
                continue
            cost, path = found
            assert cost == distance[destination]
            walk = [origin, *head[list(path)].tolist()]
            assert tail[list(path)].tolist() == walk[:-1]
            assert walk[-1] == destination


@settings(deadline=None, max_examples=60)
@given(any_arcs)
def test_any_network_answers_as_scipy_does(arcs: list[tuple[int, int, int, bool]]) -> None:
    assert_same_as_scipy(arcs, banned=False)
    assert_same_as_scipy(arcs, banned=True)


@settings(deadline=None, max_examples=60)
@given(lines())
def test_lines_and_rings_answer_as_scipy_does(arcs: list[tuple[int, int, int, bool]]) -> None:
    assert_same_as_scipy(arcs, banned=False)
    assert_same_as_scipy(arcs, banned=True)
