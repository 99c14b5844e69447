"""The profile of one state of the toy."""

from __future__ import annotations

import pytest

from cacorridor import UsageError, state_profile
from tests.networks import toy_network


@pytest.fixture
def profile():
    return state_profile(toy_network(), "BBB", outside_h=100.0)


def test_transit_sums_what_runs_through_the_state(profile):
    transit = profile.transit
    there = transit[transit["origin"] == "A1"].iloc[0]
    assert there["role"] == "crossed"
    total = transit[transit["origin"] == "all, weighted"].iloc[0]
    for column in ("length_km", "time_h", "cost_usd", "co2e_kg"):
        assert total[column] == pytest.approx(transit[column].iloc[:-1].sum())
        assert total[column] > 0


def test_the_posts_of_the_state_are_listed_with_their_modes(profile):
    assert {"id", "name", "kind", "gateway", "modes"} == set(profile.gates)


def test_leverage_has_a_row_for_each_pair_and_year(profile):
    assert list(profile.leverage["origin"]) == ["A1", "C1"]
    assert (profile.leverage["leverage_h"] > 0).all()


def test_a_state_at_the_end_of_every_pair_carries_no_transit():
    profile = state_profile(toy_network(), "AAA", outside_h=100.0)
    assert profile.leverage.empty
    assert profile.transit.empty


def test_an_unknown_state_is_refused():
    with pytest.raises(UsageError, match="unknown state 'ZZZ'"):
        state_profile(toy_network(), "ZZZ")


def test_every_table_has_a_heading(profile):
    headings = [heading for heading, _ in profile.tables()]
    assert len(set(headings)) == 5
    assert repr(profile).startswith("<StateProfile State BBB")
