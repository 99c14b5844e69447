"""Passes that close, storms that stop ferries, surveys of another year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cacorridor import NoRouteError, Route, UsageError, find_route
from tests.networks import toy_network, toy_rows

if TYPE_CHECKING:
    from cacorridor import Network

SOUTH = {"modes": ["road"], "avoid": ["BBB"]}  # by d1, over the pass d1 - dc


def south(month: int | None = None) -> Route:
    return find_route(toy_network(), "a1", "c1", month=month, **SOUTH)


@pytest.mark.parametrize("month", [12, 1, 2])
def test_no_route_leads_over_a_pass_that_is_closed_in_the_month(month: int) -> None:
    with pytest.raises(NoRouteError, match=f"closed in month {month}: road:d1:dc"):
        south(month)


def test_a_pass_that_is_closed_at_times_is_waited_for() -> None:
    """In March half of the time, for 48 h: half the arrivals wait 24 h."""
    wait = south(3).steps.query("kind == 'wait'")
    assert wait["time_h"].tolist() == [pytest.approx(0.5 * 48 / 2)]
    assert south(3).time_h == pytest.approx(south(7).time_h + 12)


def test_without_a_month_the_years_average_counts() -> None:
    assert south().time_h == pytest.approx(south(7).time_h + 12 / 12)


def test_an_open_month_has_no_wait() -> None:
    assert "wait" not in set(south(7).steps["kind"])


def test_storms_of_the_month_stretch_the_wait_for_a_ship() -> None:
    """The headway of 48 h grows by the share closed: half in November, a tenth over the year."""
    waits = {
        month: find_route(toy_network(), "aport", "cport", modes=["sea"], month=month).steps.iloc[1]["time_h"]
        for month in (None, 7, 11)
    }
    assert waits[None] == waits[7] == pytest.approx(48 / 0.9 / 2 * 1.25)
    assert waits[11] == pytest.approx(48 / 0.5 / 2 * 1.25)


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_that_does_not_exist_is_refused(month: int) -> None:
    with pytest.raises(UsageError, match="allowed: 1 to 12"):
        south(month)


def test_a_survey_year_prefers_its_figures_even_of_the_pandemic() -> None:
    rows = toy_rows()
    default = next(row for row in rows["speeds"] if row["id"] == "road-express")
    rows["speeds"] += [{**default, "id": "road-2020", "year": "2020", "speed_kmh": "30"}]
    network = toy_network(rows)
    question = {"modes": ["road"]}
    assert find_route(network, "a1", "a3", **question).steps["value"].tolist() == [40]
    assert find_route(network, "a1", "a3", survey_year=2020, **question).steps["value"].tolist() == [30]


def test_directions_differ_only_where_the_data_differ() -> None:
    def both(network: Network) -> list[float]:
        ends = ("a1", "c1"), ("c1", "a1")
        return [find_route(network, *pair, modes=["rail"]).time_h for pair in ends]

    there, back = both(toy_network())
    assert there == pytest.approx(back)
    rows = toy_rows()
    inbound = next(row for row in rows["crossings"] if row["id"] == "rail_1520-inbound-express")
    rows["crossings"].append({**inbound, "id": "into-c", "state": "CCC", "dwell_h": "9"})
    there, back = both(toy_network(rows))
    assert there == pytest.approx(back + 7)
