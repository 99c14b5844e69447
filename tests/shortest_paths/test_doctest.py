"""The examples in the docstrings, which use the library alone, on arrays that are no corridor."""

import doctest
import importlib
import subprocess
import sys

import pytest

NAMES = (
    "dijkstra",
    "many_criteria.contraction",
    "many_criteria.pareto",
    "many_weights.elimination",
    "many_weights.solver",
    "topology",
)
MODULES = [
    "cacorridor.shortest_paths",
    *(f"cacorridor.shortest_paths.{name}" for name in NAMES),
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_show(name: str) -> None:
    failed, attempted = doctest.testmod(importlib.import_module(name))
    assert attempted
    assert not failed


def test_the_library_loads_nothing_else_of_the_package() -> None:
    code = "import sys, cacorridor.shortest_paths; print(*(m for m in sys.modules if 'cacorridor' in m))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name for name in loaded if not name.startswith("cacorridor.shortest_paths")} <= {
        "cacorridor",
        "cacorridor.release",
    }
