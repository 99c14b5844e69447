"""Arguments that mean nothing are refused as values, and those that mean little are taken."""

from __future__ import annotations

import os
import subprocess
import sys
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cacorridor.shortest_paths import Topology, solve
from cacorridor.shortest_paths.many_weights import engines
from cacorridor.shortest_paths.many_weights.engines import fastest_engine

if TYPE_CHECKING:
    from pathlib import Path


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


COMPILE = (  # the smallest function
    "from cacorridor.shortest_paths.many_weights import numba_engine; numba_engine._power_above(3)"
)


def compiled(monkeypatch: pytest.MonkeyPatch, *, loaded: bool, cached: bool) -> None:
    """Pretend that compiled code has run in this process, or lies in the cache of numba."""
    monkeypatch.setattr(engines, "is_loaded", lambda: loaded)
    monkeypatch.setattr(engines, "is_compiled", lambda: cached)


def test_compiled_code_pays_sooner_the_nearer_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    few = (99, 999, 1_000, 16_384, 499_999, 500_000)
    compiled(monkeypatch, loaded=False, cached=False)
    assert [fastest_engine(count) for count in few] == [*["dijkstra"] * 2, *["numpy"] * 3, "numba"]
    compiled(monkeypatch, loaded=False, cached=True)
    assert [fastest_engine(count) for count in few] == [*["dijkstra"] * 2, "numpy", *["numba"] * 3]
    compiled(monkeypatch, loaded=True, cached=True)
    assert [fastest_engine(count) for count in (63, 64)] == ["dijkstra", "numba"]


def test_scenarios_asked_in_parts_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(monkeypatch, loaded=False, cached=False)
    assert fastest_engine(4_096, expected=499_999) == "numpy"
    assert fastest_engine(4_096, expected=500_000) == "numba"
    assert fastest_engine(100, expected=20_000) == "numpy"  # the last part, with the plan of the others
    assert fastest_engine(99, expected=20_000) == "dijkstra"


def test_without_numba_nothing_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(monkeypatch, loaded=False, cached=True)
    monkeypatch.setattr(engines, "find_spec", lambda _name: None)
    assert fastest_engine(1_000_000) == "numpy"


def test_compiled_code_is_found_where_numba_puts_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("numba")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert not engines._indices("_power_above")
    subprocess.run([sys.executable, "-c", COMPILE], check=True, env=os.environ)
    assert engines._indices("_power_above")
    assert not engines.is_compiled()  # the kernel itself is not


def test_code_compiled_from_another_source_does_not_count(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    python = f"py{sys.version_info.major}{sys.version_info.minor}{sys.abiflags}"
    index = tmp_path / "many_weights_0" / f"numba_engine._solve-1.{python}.nbi"
    index.parent.mkdir()
    index.touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert engines.is_compiled()
    os.utime(index, (0, 0))
    assert not engines.is_compiled()


def test_code_that_another_thread_is_importing_is_not_loaded_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"{engines.__package__}.{engines.CODE}"
    monkeypatch.setitem(sys.modules, name, ModuleType(name))
    assert not engines.is_loaded()
