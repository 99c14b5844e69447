"""What one route from the shell leaves alone: everything that takes longer to import than to answer."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    "babel", "folium", "geopandas", "matplotlib", "networkx", "pandas", "pyproj", "scipy", "shapely",
}  # fmt: skip


def imported_by(*words: str, cache: Path) -> set[str]:
    """The top-level modules that a fresh interpreter holds after a command."""
    code = (
        "import sys; from cacorridor.cli import main; code = main(); "
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "CACORRIDOR_CACHE": str(cache)},
    )
    assert done.stdout
    return {name.partition(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize(
    "conditions",
    [
        (),
        ("--avoid", "BBB"),
        ("--modes", "road"),
        ("--level", "typical"),
        ("--steps", "--notes"),
        ("--year", "2030"),
    ],
    ids=" ".join,
)
def test_a_route_imports_nothing_heavy(toy_dir: Path, tmp_path: Path, conditions: tuple[str, ...]) -> None:
    words = ("route", "A1", "C1", "--data", str(toy_dir), *conditions)
    imported_by(*words, cache=tmp_path / "cache")  # checks the tables, which takes all of it
    assert not imported_by(*words, cache=tmp_path / "cache") & HEAVY


def test_a_route_on_the_embedded_data_imports_nothing_heavy(tmp_path: Path) -> None:
    words = ("route", "Xi'an", "Tashkent")
    imported_by(*words, cache=tmp_path / "cache")
    assert not imported_by(*words, cache=tmp_path / "cache") & HEAVY
