"""What one route from the shell leaves alone: everything that takes longer to import than to answer."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Done

FORMS = ("table", "csv", "json")
ARRAYS = "numpy"
HEAVY = {
    "babel", "folium", "geopandas", "matplotlib", "networkx", "pandas", "pyproj", "scipy", "shapely",
}  # fmt: skip


ASK = """
import contextlib, io, json, sys
from cacorridor.cli import main

asked = {}
for words in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as told:
        assert main(words) == 0, words
    assert told.getvalue(), words
    asked[" ".join(words)] = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps(asked))
"""


def heavy_imports(*commands: list[str], heavy: set[str] = HEAVY) -> dict[str, set[str]]:
    """What is heavy among the modules that a fresh interpreter holds after each of some commands."""
    done = subprocess.run(
        [sys.executable, "-c", ASK], input=json.dumps(commands), capture_output=True, text=True, check=True
    )
    return {words: heavy.intersection(modules) for words, modules in json.loads(done.stdout).items()}


def test_a_route_imports_nothing_heavy(run: Callable[..., Done], toy_dir: Path) -> None:
    conditions = [
        [],
        ["--avoid", "BBB"],
        ["--modes", "road"],
        ["--level", "typical"],
        ["--steps", "--notes"],
        ["--year", "2030"],
        ["--through", "BBB"],
        ["--via", "B1"],
        ["--count", "terminal"],
        ["--criterion", "cost"],
        ["--ledger"],
        ["--format", "csv"],
        ["--format", "json"],
    ]
    commands = [["route", "A1", "C1", "--data", str(toy_dir), *words] for words in conditions]
    for words in commands:
        run(*words)  # what is checked and laid out once takes all of it, and is kept for the other process
    assert not set().union(*heavy_imports(*commands, heavy={*HEAVY, ARRAYS}).values())
    # an edited network is laid out anew, with arrays
    supposed = ["route", "A1", "C1", "--data", str(toy_dir), "--close", "aport", "--delay", "road:a3:b1=3"]
    run(*supposed)
    assert not set().union(*heavy_imports(supposed).values())


def test_answers_on_the_embedded_data_import_nothing_heavy(run: Callable[..., Done]) -> None:
    ends = ("Xi'an", "Tashkent")
    run("route", *ends)
    assert not set().union(*heavy_imports(["route", *ends], heavy={*HEAVY, ARRAYS}).values())
    commands = [["route", *ends], ["scenarios"]]
    commands += [
        [name, *ends, "--format", form] for name in ("compare", "scenarios", "sweep") for form in FORMS
    ]
    assert not set().union(*heavy_imports(*commands).values())


def test_questions_of_states_need_arrays_and_a_search_on_them_alone(
    run: Callable[..., Done], toy_dir: Path
) -> None:
    pair, on_toy = ("A1", "C1"), ("--data", str(toy_dir))
    questions = [
        ["bypass", *pair],
        ["bypass", *pair, "--years", "2026", "2031"],
        ["bypass", "--pairs"],
        ["vital-links", *pair],
        ["minimal-cuts", *pair, "--of", "crossings"],
        ["break-even", *pair, "--at", "b2"],
        ["leverage", *pair, "--outside", "100"],
        ["coalitions", *pair],
        ["matrix", "--from", "A1", "--to", "C1", "B1"],
        ["state", "BBB"],
    ]
    commands = [[*words, "--format", form, *on_toy] for words in questions for form in FORMS]
    for words in commands[:: len(FORMS)]:
        run(*words)
    # scipy searches where a question is asked again and again on one topology
    assert set().union(*heavy_imports(*commands).values()) <= {"scipy"}


def test_claims_and_lists_import_nothing_heavy(run: Callable[..., Done], toy_dir: Path) -> None:
    lists = [["places"], ["places", "a"], ["corridors"], ["crossings"], ["sources"], ["claims"]]
    commands = [[*words, "--format", form, "--data", str(toy_dir)] for words in lists for form in FORMS]
    for words in commands[:: len(FORMS)]:
        run(*words)
    assert not set().union(*heavy_imports(*commands).values())
