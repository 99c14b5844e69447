"""Alternatives on the toy, beside what find_route says of each."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cacorridor import Contender, Scenario, UsageError, apply_scenarios, find_route, win_probabilities
from tests.networks import toy_network

PAIR = ("A1", "C1")
MIDDLE = Contender("middle", {"avoid": ["DDD"]}, ("b1", "b4"))
SOUTH = Contender("south", {"avoid": ["BBB"]}, ("da", "dc"))
SEA = Contender("sea", {"avoid": ["BBB", "DDD"]})


@pytest.fixture
def toy():
    return toy_network()


def test_without_other_dwells_each_takes_the_time_of_its_own_route(toy):
    row = win_probabilities(
        toy, *PAIR, [MIDDLE, SOUTH, SEA], dwells_h={}, draws=200, modes=["road", "sea"]
    ).iloc[0]
    for each in (MIDDLE, SOUTH, SEA):
        route = find_route(toy, *PAIR, modes=["road", "sea"], **each.conditions)
        assert row[f"{each.name} time_h"] == pytest.approx(route.time_h)
    assert row["winner"] == "middle"
    assert sum(row[f"{each.name} win_share"] for each in (MIDDLE, SOUTH, SEA)) == pytest.approx(1)


def test_a_dwell_counts_as_a_scenario_that_sets_it_does(toy):
    table = win_probabilities(
        toy, *PAIR, [MIDDLE, SOUTH], dwells_h={"middle": [3.0, 12.0]}, draws=300, seed=4, modes=["road"]
    )
    assert list(table["middle dwell_h"]) == [3.0, 12.0]
    edits = pd.DataFrame(
        [["crossings", "*", "multiply", "dwell_h;dwell_low_h;dwell_high_h", "3", "drawn"]],
        columns=["table", "row", "operation", "column", "value", "note"],
    )
    slow = apply_scenarios(toy, Scenario.of("slow borders", edits))  # 2 h a side become 6
    route = find_route(slow, *PAIR, modes=["road"], **MIDDLE.conditions)
    assert table["middle time_h"].iloc[1] == pytest.approx(route.time_h)


def test_who_waits_longer_wins_less_often_and_the_shares_are_reproducible(toy):
    dwells = {"middle": [0.5, 10.0, 100.0], "south": [1.0, 50.0]}
    one, same = (
        win_probabilities(toy, *PAIR, [MIDDLE, SOUTH], dwells_h=dwells, draws=400, seed=1, modes=["road"])
        for _ in range(2)
    )
    pd.testing.assert_frame_equal(one, same)
    for _, group in one.groupby("south dwell_h"):
        assert group["middle win_share"].is_monotonic_decreasing
        assert (np.diff(group["middle time_h"]) >= 0).all()


def test_an_alternative_without_a_route_never_wins(toy):
    table = win_probabilities(toy, *PAIR, [SEA, MIDDLE], dwells_h={}, draws=50, modes=["road"])
    assert np.isinf(table["sea time_h"]).all()
    assert (table["middle win_share"] == 1).all()
    nobody = win_probabilities(toy, *PAIR, [SEA], dwells_h={}, draws=50, modes=["road"]).iloc[0]
    assert (nobody["winner"], nobody["sea win_share"]) == ("", 0)


def test_a_crossing_that_is_not_there_is_refused(toy):
    with pytest.raises(UsageError, match="border"):
        win_probabilities(toy, *PAIR, [Contender("x", {}, ("a1",))], dwells_h={"x": [1.0]}, draws=10)
