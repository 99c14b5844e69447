"""One route is told alike with NumPy and without it: the same steps, and figures to twelve digits."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from cacorridor import find_route, load_network

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"avoid": ["BBB"]},
    {"through": ["BBB"]},
    {"through": ["DDD"], "level": "typical"},
    {"via": ["B1"], "criterion": "cost"},
    {"criterion": "emissions", "year": 2030},
    {"modes": ["rail"], "count": "terminal"},
    {"avoid": ["DDD"], "allow_touch": True},
)

ASK = """
import json, sys
from cacorridor import find_route, load_network

folder, questions = json.load(sys.stdin)
network = load_network(folder)
for question in questions:
    route = find_route(network, "A1", "C1", **question)
    steps, legs = route.columns("steps"), route.columns("legs")
    amounts = {name: list(cells) for name, cells in {**steps, **legs}.items() if name.split("_")[-1] in UNITS}
    words = [route.links, route.states, route.touches, route.bypasses, route.modes, list(steps["kind"])]
    print(json.dumps([words, route.totals(), amounts, route.evidence_shares(), route.chance_within(20)]))
print(json.dumps("numpy" in sys.modules))
"""
UNITS = ("km", "h", "usd", "kg")


def answers(folder: Path, *, first: str = "") -> list[Any]:
    """Ask in an interpreter of its own, in which something may be imported first."""
    script = f"UNITS = {UNITS}\n{first}\n{ASK}"
    asked = json.dumps([str(folder), QUESTIONS])
    done = subprocess.run(
        [sys.executable, "-c", script], input=asked, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def figures(answer: Any) -> list[float]:
    """List all numbers of an answer, in order."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, list):
        return [figure for part in answer for figure in figures(part)]
    return [answer]


def test_routes_are_told_alike(toy_dir: Path) -> None:
    network = load_network(toy_dir)
    for question in QUESTIONS:
        find_route(network, "A1", "C1", **question)  # lays out what the others find kept
    *without, has_numpy = answers(toy_dir)
    assert not has_numpy
    *with_arrays, has_numpy = answers(toy_dir, first="import numpy")
    assert has_numpy
    assert len(without) == len(QUESTIONS)
    for (words, *plain), (expected_words, *expected) in zip(without, with_arrays, strict=True):
        assert words == expected_words
        assert figures(plain) == pytest.approx(figures(expected), rel=1e-12, abs=1e-12, nan_ok=True)
