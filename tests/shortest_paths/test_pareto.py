"""Pareto sets of paths beside every path there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cacorridor.shortest_paths import pareto_front, thin_front, undominated

if TYPE_CHECKING:
    from collections.abc import Iterator

Case = tuple[np.ndarray, np.ndarray, int, np.ndarray]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to seven nodes and sixteen arcs, parallel or loops, weighed by up to four criteria; some absent."""
    size, criteria = draw(st.integers(2, 7)), draw(st.integers(1, 4))
    node = st.integers(0, size - 1)
    arcs = draw(st.lists(st.tuples(node, node), min_size=1, max_size=16))
    weight = st.one_of(st.integers(0, 5).map(float), st.integers(0, 1000).map(lambda cents: cents / 100))
    rows = draw(
        st.lists(
            st.lists(weight, min_size=len(arcs), max_size=len(arcs)), min_size=criteria, max_size=criteria
        )
    )
    weights = np.array(rows)
    absent = draw(st.lists(st.integers(0, len(arcs) - 1), max_size=3))
    weights[0, absent] = np.inf
    tail, head = np.array(arcs).T
    return tail, head, size, weights


def simple_paths(
    tail: np.ndarray, head: np.ndarray, here: int, end: int, seen: set[int]
) -> Iterator[list[int]]:
    """Every path that comes to no node twice."""
    if here == end:
        yield []
        return
    for arc in np.flatnonzero(tail == here).tolist():
        onward = int(head[arc])
        if onward not in seen:
            for rest in simple_paths(tail, head, onward, end, {*seen, onward}):
                yield [arc, *rest]


def brute_force(case: Case) -> np.ndarray:
    tail, head, _, weights = case
    sums = [weights[:, path].sum(axis=1) for path in simple_paths(tail, head, 0, 1, {0})]
    costs = np.array([cost for cost in sums if np.isfinite(cost).all()]).reshape(-1, len(weights))
    costs = costs[undominated(costs, 1e-7)] if len(costs) else costs
    return costs[np.lexsort(costs.round(7).T[::-1])]


@settings(max_examples=200, deadline=None)
@given(cases())
def test_the_front_is_that_of_all_paths(case: Case) -> None:
    front = pareto_front(*case, (0, 1))
    expected = brute_force(case)
    assert front.cost.shape == expected.shape
    assert front.cost[np.lexsort(front.cost.round(7).T[::-1])] == pytest.approx(expected, abs=1e-6)


@settings(max_examples=50, deadline=None)
@given(cases())
def test_each_path_leads_from_end_to_end_and_costs_what_is_told(case: Case) -> None:
    tail, head, _, weights = case
    front = pareto_front(*case, (0, 1))
    for path, cost in zip(front.paths, front.cost, strict=True):
        assert [int(tail[path[0]]), *head[list(path)].tolist()] == [*tail[list(path)].tolist(), 1]
        assert tail[path[0]] == 0
        assert weights[:, list(path)].sum(axis=1) == pytest.approx(cost)


@settings(max_examples=100, deadline=None)
@given(cases())
def test_what_is_known_is_left_out_with_all_that_it_betters(case: Case) -> None:
    every = pareto_front(*case, (0, 1)).cost
    known = every[::2] - 0.5
    left = pareto_front(*case, (0, 1), known=known).cost
    bettered = (known[None] <= every[:, None] + 1e-7).all(axis=2).any(axis=1)
    assert left == pytest.approx(every[~bettered])


@settings(max_examples=50, deadline=None)
@given(cases(), st.floats(0, 0.5))
def test_a_thinned_front_stands_for_all_and_keeps_the_best_by_each(case: Case, share: float) -> None:
    cost = pareto_front(*case, (0, 1)).cost
    if not len(cost):
        return
    kept = thin_front(cost, share)
    for row in cost:
        assert (cost[kept] <= (1 + share) * row + 1e-12).all(axis=1).any()
    assert cost[kept].min(axis=0).tolist() == cost.min(axis=0).tolist()
    assert kept == sorted(set(kept))


def test_nothing_is_thinned_by_nothing() -> None:
    cost = np.array([[1.0, 3.0], [2.0, 2.0], [3.0, 1.0]])
    assert thin_front(cost, 0.0) == [0, 1, 2]
    assert thin_front(cost[:0], 0.1) == []


def test_an_origin_is_its_own_destination() -> None:
    front = pareto_front(np.array([0]), np.array([1]), 2, np.array([[1.0]]), (0, 0))
    assert (front.cost.tolist(), front.paths) == ([[0.0]], ((),))


@pytest.mark.parametrize(
    ("weight", "message"),
    [
        ([[-1.0, 1.0]], "not negative"),
        ([[np.nan, 1.0]], "numbers"),
        ([[1.0]], "2 arcs"),
        ([1.0, 1.0], "2 arcs"),
        (np.zeros((0, 2)), "2 arcs"),
    ],
)
def test_weights_that_are_none_are_refused(weight: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pareto_front(np.array([0, 1]), np.array([1, 2]), 3, np.array(weight), (0, 2))
