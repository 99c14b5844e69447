"""A route's account by state."""

from __future__ import annotations

import pytest

from cacorridor import find_route, ledger
from cacorridor.routing.accounts import account_of_state
from tests.networks import toy_network


def test_the_account_sums_to_the_route_and_tells_crossed_from_touched() -> None:
    route = find_route(toy_network(), "a1", "c1", modes=["rail"])
    account = ledger(route).set_index("state")
    assert account["role"].to_dict() == {
        "AAA": "crossed",
        "BBB": "crossed",
        "DDD": "touched",
        "CCC": "crossed",
        "total": "",
    }
    assert account.loc["total", "length_km"] == pytest.approx(route.length_km)
    assert account.loc["total", "time_h"] == pytest.approx(route.time_h)
    assert account.iloc[:-1]["time_h"].sum() == pytest.approx(route.time_h)


def test_speed_without_delay_counts_moving_hours_only() -> None:
    account = ledger(find_route(toy_network(), "a1", "a3")).set_index("state").loc["AAA"]
    assert account["swod_kmh"] == pytest.approx(40)
    assert account["swd_kmh"] == pytest.approx(20)  # by road, 12 of 24 hours on duty
    assert account["standing_h"] == pytest.approx(account["moving_h"])


def test_the_account_of_one_state_is_its_row() -> None:
    route = find_route(toy_network(), "a1", "c1", modes=["rail"])
    rows = ledger(route).set_index("state")
    for state in ("AAA", "BBB", "DDD", "CCC"):
        for column, cell in account_of_state(route, state).items():
            assert cell == (
                rows.loc[state, column] if column == "role" else pytest.approx(rows.loc[state, column])
            )
