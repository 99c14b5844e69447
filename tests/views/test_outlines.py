"""Outlines of states: simplified once for a folder of tables, and read back for every other map of it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cacorridor import find_route, load_network, map_routes
from cacorridor.views.explorer import geometry
from tests.views import pages

if TYPE_CHECKING:
    from pathlib import Path

    from cacorridor import Network

NEAR = ("AAA",)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache directory."""
    monkeypatch.setenv("CACORRIDOR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return pages.write_pages_toy(tmp_path / "toy")


@pytest.fixture
def outlined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time that states are outlined."""
    counted: list[str] = []
    original = geometry._outline

    def outline(*shapes: object, **options: bool) -> list[geometry.Outline]:
        counted.append("outlined")
        return original(*shapes, **options)

    monkeypatch.setattr(geometry, "_outline", outline)
    return counted


def kept_in(cache: Path) -> list[Path]:
    return list(cache.glob("*outlines-*"))


def test_outlines_are_read_as_they_were_drawn(cache: Path, folder: Path, outlined: list[str]) -> None:
    first, again = (geometry.draw_states(load_network(folder), NEAR) for _ in range(2))
    assert first == again
    assert outlined == ["outlined"]
    assert len(kept_in(cache)) == 1
    assert [state["id"] for state in again if "fine" in state] == ["AAA"]


def test_damaged_outlines_are_drawn_anew(cache: Path, folder: Path, outlined: list[str]) -> None:
    first = geometry.draw_states(load_network(folder), NEAR)
    (kept,) = kept_in(cache)
    kept.write_bytes(kept.read_bytes()[:-20])
    assert geometry.draw_states(load_network(folder), NEAR) == first
    assert outlined == ["outlined", "outlined"]


@pytest.mark.usefixtures("cache")
def test_outlines_follow_the_shapes_of_the_folder(folder: Path) -> None:
    before = geometry.draw_states(load_network(folder), NEAR)
    # the northern edge of the world lies one degree further north
    shapes = folder / "states.geojson"
    states = json.loads(shapes.read_text(encoding="utf-8"))
    rings = [feature["geometry"]["coordinates"][0] for feature in states["features"]]
    north = max(lat for ring in rings for _, lat in ring)
    for ring in rings:
        ring[:] = [[lon, lat + (lat == north)] for lon, lat in ring]
    shapes.write_text(json.dumps(states), encoding="utf-8")
    after = geometry.draw_states(load_network(folder), NEAR)
    assert [state["id"] for state, other in zip(before, after, strict=True) if state != other]


def test_outlines_put_in_from_elsewhere_are_neither_read_nor_kept(cache: Path, drawn: Network) -> None:
    lifted = drawn.state_shapes
    lifted["geometry"] = lifted.geometry.translate(yoff=0.5)
    elsewhere = replace(drawn, state_shapes=lifted)
    assert geometry.draw_states(elsewhere, NEAR) != geometry.draw_states(drawn, NEAR)
    assert len(kept_in(cache)) <= 1


def test_without_a_cache_the_map_is_the_same(
    monkeypatch: pytest.MonkeyPatch, folder: Path, drawn: Network
) -> None:
    monkeypatch.setenv("CACORRIDOR_CACHE", "")
    fresh = load_network(folder)
    alone, kept = (map_routes(net, find_route(net, "a1", "c1")).html() for net in (fresh, drawn))
    assert alone == kept


def test_a_map_needs_no_geopandas() -> None:
    # what reads and checks the tables may import what it likes: only the drawing counts
    code = (
        "import sys, cacorridor as cc; net = cc.load_network(); "
        "route = cc.find_route(net, 'Kashgar', 'Osh'); "
        "before = set(sys.modules); cc.map_routes(net, route).html(); "
        "sys.exit('geopandas' in set(sys.modules) - before)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
