"""The range of a bypass penalty: both routes in the same draws.

::

        a0 --- a1 (AAA) ---100 km--- b1 (BBB) ---100 km--- c1 (CCC)      the middle
                |                                           |
                `------150 km---- d1 (DDD) ----150 km-------'            the south: a detour
"""

from __future__ import annotations

import numpy as np
import pytest

import cacorridor as cc
from cacorridor import bypass, find_route, simulate
from tests.networks import network_of, toy_network, toy_rows

STATES = {"a0": "AAA", "a1": "AAA", "b1": "BBB", "c1": "CCC", "d1": "DDD"}
COMMON = [("rail_1520", "a0", "a1", {"AAA": 900.0}, {})]
MIDDLE = [
    ("rail_1520", "a1", "b1", {"AAA": 50.0, "BBB": 50.0}, {}),
    ("rail_1520", "b1", "c1", {"BBB": 50.0, "CCC": 50.0}, {}),
]
SOUTH = [
    ("rail_1520", "a1", "d1", {"AAA": 75.0, "DDD": 75.0}, {}),
    ("rail_1520", "d1", "c1", {"DDD": 75.0, "CCC": 75.0}, {}),
]
BOUNDS_H = ["penalty_low_h", "penalty_high_h"]
ERROR = 0.04  # of the width: 2,048 strata here, 20,000 draws there


@pytest.fixture
def square():
    return network_of(STATES, COMMON + MIDDLE + SOUTH)


def range_in_draws(network, origin, destination, state, **conditions):
    """Draw both routes and take the percentiles of their difference: what the closed form stands for."""
    best = find_route(network, origin, destination, **conditions)
    avoid = [*conditions.pop("avoid", ()), state]
    detour = find_route(network, origin, destination, avoid=avoid, **conditions)
    with_state, without = simulate(network, [best, detour], draws=20_000, seed=7).times_h
    return np.quantile(without - with_state, [0.1, 0.9])


def require_range(row, expected):
    low, high = expected
    assert row[BOUNDS_H].tolist() == pytest.approx([low, high], abs=ERROR * (high - low))


def test_the_range_is_that_of_both_routes_in_the_same_draws(square):
    row = bypass(square, "a1", "c1").iloc[0]
    require_range(row, range_in_draws(square, "a1", "c1", "BBB"))
    assert row["penalty_low_h"] < row["penalty_h"] < row["penalty_high_h"]


@pytest.mark.parametrize(
    ("origin", "destination", "state", "conditions"),
    [
        ("Almaty", "Istanbul", "IRN", {"avoid": ["RUS"], "year": 2026}),
        ("Kashgar", "Tashkent", "KGZ", {}),
    ],
)
def test_the_range_holds_on_real_corridors(net, origin, destination, state, conditions):
    row = bypass(net, origin, destination, states=state, **conditions).iloc[0]
    require_range(row, range_in_draws(net, origin, destination, state, **conditions))


def test_a_leg_that_both_routes_take_does_not_widen_the_range(square):
    short, long = bypass(square, "a1", "c1").iloc[0], bypass(square, "a0", "c1").iloc[0]
    assert long[BOUNDS_H].tolist() == pytest.approx(short[BOUNDS_H].tolist())
    width_h = short["penalty_high_h"] - short["penalty_low_h"]
    best = find_route(square, "a0", "c1")
    assert width_h < best.time_high_h - best.time_low_h


def test_a_state_off_the_route_costs_nothing_in_any_draw(square):
    row = bypass(square, "a1", "c1", states=["DDD"]).iloc[0]
    assert row[BOUNDS_H].tolist() == [0.0, 0.0]


def test_a_necessary_state_has_no_bounded_penalty():
    row = bypass(network_of(STATES, MIDDLE), "a1", "c1").iloc[0]
    assert row[BOUNDS_H].tolist() == [np.inf, np.inf]


def test_every_measure_with_a_range_has_one_for_its_penalty(net):
    table = bypass(net, "Kashgar", "Tashkent")
    row = table.iloc[0]
    for unit in ("h", "usd", "kg"):
        low, mean, high = row[[f"penalty_low_{unit}", f"penalty_{unit}", f"penalty_high_{unit}"]]
        assert low < mean < high
    assert "penalty_low_km" not in table  # a length has no range


def test_the_criterion_has_a_range_of_its_own_name(net):
    generalised = {"criterion": "generalised", "value_of_time": 10.0}
    row = bypass(net, "Kashgar", "Tashkent", **generalised).iloc[0]
    mean = row["penalty_generalised_usd"]
    assert row["penalty_low_generalised_usd"] < mean < row["penalty_high_generalised_usd"]


def test_dollars_that_the_data_cannot_tell_have_no_range():
    toy = toy_network(toy_rows() | {"rates": []})
    row = bypass(toy, "A1", "C1", states=["BBB"], modes=["road"]).iloc[0]
    assert np.isnan(row[["penalty_usd", "penalty_low_usd", "penalty_high_usd"]].astype(float)).all()


def test_a_table_of_many_pairs_carries_the_range(square):
    table = cc.for_pairs(bypass, square, [("a1", "c1"), ("a0", "c1")])
    assert table[BOUNDS_H].notna().all(axis=None)
