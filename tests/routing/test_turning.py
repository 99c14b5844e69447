"""A way over a place at the end of a side road, which goes far round because it passes no place twice.

::

    o --- m --- d
          |     |
          x --- y      (x - y and y - d are long)
"""

from __future__ import annotations

import json

import pytest

import cacorridor as cc
from cacorridor.cli import main
from cacorridor.routing.telling.turning import turning_of
from tests.networks import network_of


@pytest.fixture
def toy() -> cc.Network:
    return network_of(
        dict.fromkeys("omdxy", "AAA"),
        [
            ("road", "o", "m", {"AAA": 100}, {}),
            ("road", "m", "d", {"AAA": 100}, {}),
            ("road", "m", "x", {"AAA": 10}, {}),
            ("road", "x", "y", {"AAA": 900}, {}),
            ("road", "y", "d", {"AAA": 900}, {}),
        ],
    )


def test_a_way_round_tells_what_turning_back_would_take(toy: cc.Network) -> None:
    turning = turning_of(cc.find_route(toy, "o", "d", via=["x"], criterion="length"))
    assert turning is not None
    assert turning.way.links == ("road:o:m", "road:m:x", "road:m:d")  # out and back over m - x
    assert turning.way.length_km == 220
    assert turning.less == pytest.approx(1910 - 220)


@pytest.mark.parametrize(
    ("ends", "via"),
    [
        ("od", ()),
        ("od", ("m",)),  # on the way
        ("xd", ("y",)),  # 1,800 km on past y, and 1,910 km back over x
    ],
)
def test_a_way_that_no_turning_back_betters_tells_nothing(
    toy: cc.Network, ends: str, via: tuple[str, ...]
) -> None:
    origin, destination = ends
    assert turning_of(cc.find_route(toy, origin, destination, via=via, criterion="length")) is None


def test_the_shell_does_not_pass_over_a_way_round_the_world(capsys: pytest.CaptureFixture[str]) -> None:
    """Hamburg lies at the end of the network's roads: the other way to it leads over Shanghai."""
    question = ["route", "Tatvan", "Budapest", "--via", "Hamburg"]
    network = cc.load_network()
    halves = [cc.find_route(network, *ends) for ends in (("Tatvan", "Hamburg"), ("Hamburg", "Budapest"))]
    together = sum(half.time_h for half in halves)
    assert main([*question, "--wide"]) == 0
    text = capsys.readouterr().out
    assert f"this way passes no place twice; one over Hamburg that turns back takes {together:.0f} h" in text
    assert main([*question, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["route"]
    assert told["turning_back"]["time_h"] == pytest.approx(together)
    assert told["turning_back"]["less"] == pytest.approx(told["time_h"] - together)
