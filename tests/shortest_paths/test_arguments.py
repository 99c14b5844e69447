"""Arguments that mean nothing are refused as values, and those that mean little are taken."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from cacorridor.shortest_paths import Topology, solve, solver


@pytest.mark.parametrize(
    ("tail", "head", "pairs", "wrong"),
    [
        ([0, 1], [1], ((0, 1),), "shape"),
        ([0, 3], [1, 1], ((0, 1),), "node 3 in tail"),
        ([0, 1], [1, -1], ((0, 1),), "node -1 in head"),
        ([0, 1], [1, 2], ((0, 3),), "node 3 in pairs"),
    ],
)
def test_a_topology_with_nodes_that_do_not_exist_is_refused(
    tail: list[int], head: list[int], pairs: tuple[tuple[int, int], ...], wrong: str
) -> None:
    with pytest.raises(ValueError, match=f"{wrong}.*allowed"):
        Topology(np.array(tail), np.array(head), 3, pairs)


def test_an_engine_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="engine 'fastest'; allowed: numba, numpy, dijkstra"):
        solve(Topology(np.array([0]), np.array([1]), 2, ((0, 1),)), np.ones((1, 2)), engine="fastest")


@pytest.mark.parametrize("engine", ["numba", "numpy", "dijkstra"])
def test_no_pairs_have_an_empty_solution(engine: str) -> None:
    solution = solve(Topology(np.array([0]), np.array([1]), 2, ()), np.ones((1, 3)), engine=engine)
    assert solution.cost.shape == (0, 3)
    assert solution.counts() == []


def test_fewer_scenarios_pay_for_compiled_code_that_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "cacorridor.shortest_paths.numba_engine"
    monkeypatch.delitem(sys.modules, name, raising=False)
    assert [solver._fastest_engine(count) for count in (999, 1_000, 16_384)] == ["dijkstra", "numpy", "numba"]
    monkeypatch.setitem(sys.modules, name, object())
    assert [solver._fastest_engine(count) for count in (63, 64)] == ["dijkstra", "numba"]
