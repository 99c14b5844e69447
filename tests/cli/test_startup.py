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
