"""Published times that the ranges of their own service level must hold, and surveyed speeds."""

from __future__ import annotations

from typing import Any

import pytest

import cacorridor as cc
from cacorridor.validation.quality import hours_quality

BY_SEA = {"via": ["aktau"], "modes": ["rail", "sea"]}
PILOT = {"via": ["andijan", "osh", "sary-tash", "irkeshtam-kgz"], "modes": ["road"]}
ANCHORS = {  # ends, conditions, published days
    "pilot convoy of 31 hours, 2017": ("tashkent", "kashgar", PILOT, 31 / 24),
    "record train of five days, 2024": (
        "xian",
        "tashkent",
        {"via": ["altynkol", "saryagash"], "modes": ["rail"], "level": "block"},
        5,
    ),
    "UTLC over the 1520 mm network": ("dostyk", "brest", {"modes": ["rail_1520"]}, 5.5),
    "the same in 2024": ("dostyk", "brest", {"modes": ["rail_1520"]}, 7.31),
    "mean of 11 trains, December 2025": ("xian", "baku", BY_SEA, 17),
    "mean of 8 trains, January 2026": ("xian", "baku", BY_SEA, 16),
    "KTZ to Azerbaijan, 2024": ("altynkol", "absheron", BY_SEA, 9),
    "KTZ to Georgia, 2024": ("altynkol", "poti", BY_SEA, 12),
}


@pytest.mark.parametrize(
    ("origin", "destination", "conditions", "days"), ANCHORS.values(), ids=ANCHORS.keys()
)
def test_a_published_time_lies_in_the_range_of_its_level(
    net: cc.Network, origin: str, destination: str, conditions: dict[str, Any], days: float
) -> None:
    route = cc.find_route(net, origin, destination, **conditions)
    assert route.time_low_h <= 24 * days <= route.time_high_h


def test_surveyed_speeds_are_met_within_a_quarter(net: cc.Network) -> None:
    surveys = cc.check_indicators(net)
    newest = surveys[surveys["counts"]]
    assert len(newest) >= 10
    assert (newest["deviation"].abs() <= 0.25).all()


@pytest.mark.parametrize("group", ["all", "rail", "rail+sea", "road"])
def test_the_hours_beat_kilometres_a_day_on_sources_left_out(net: cc.Network, group: str) -> None:
    quality = hours_quality(net, test="left_out", journeys_of=group)
    assert quality is not None
    assert quality.error_ratio < 1
    assert quality.crps < quality.rule_crps


def test_the_hours_are_right_in_the_middle_on_journeys_gathered_later(net: cc.Network) -> None:
    quality = hours_quality(net, test="holdout")
    assert quality is not None
    assert abs(quality.bias_log) < 0.08
    assert quality.error_ratio < 1
