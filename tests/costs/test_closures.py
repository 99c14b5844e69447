"""Passes that close, storms that stop ferries, surveys of another year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cacorridor import Edit, NoRouteError, Route, Scenario, UsageError, find_route, load_network
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


def test_without_a_month_the_average_of_the_months_that_are_open_at_times_counts() -> None:
    """Three months of the year are closed altogether: who passes does so in one of the other nine."""
    assert south().time_h == pytest.approx(south(7).time_h + 12 / 9)


def test_a_pass_that_is_closed_in_every_month_is_closed_whatever_the_month() -> None:
    """It is no pass without a wait, also where its months stand in several rows, and under a scenario."""
    rows = toy_rows()
    (winter, *others) = [row for row in rows["closures"] if row["link"] == "road:d1:dc"]
    rows["closures"] = [row for row in rows["closures"] if row not in others]
    summer = {**winter, "id": "summer", "months": "3;4;5;6;7;8;9;10;11", "closed_share": "0.25"}
    rows["closures"] += [summer]
    network = toy_network(rows)
    assert find_route(network, "a1", "c1", **SOUTH).time_h > south(7).time_h
    shut = Scenario("shut", (Edit("closures", "summer", "set", "closed_share", 1, note="a question"),))
    for month in (None, 1, 7):
        with pytest.raises(NoRouteError):
            find_route(network, "a1", "c1", month=month, scenario=shut, **SOUTH)
    rows["closures"][-1] = {**summer, "closed_share": "1"}
    with pytest.raises(NoRouteError):
        find_route(toy_network(rows), "a1", "c1", **SOUTH)


def test_closing_a_pass_in_more_months_makes_no_journey_quicker() -> None:
    """Kashgar - Osh over Irkeshtam: shut from May to October, the wait of the winter's weekends is left."""
    network = load_network()
    edit = Edit(
        "closures", "road:irkeshtam-chn:irkeshtam-kgz:summer", "set", "closed_share", 1, note="a question"
    )
    summer = Scenario("summer", (edit,))
    winter_h = find_route(network, "Kashgar", "Osh", modes=["road"]).time_h
    shut_h = find_route(network, "Kashgar", "Osh", modes=["road"], scenario=summer).time_h
    assert shut_h == pytest.approx(winter_h, rel=0.02)


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
