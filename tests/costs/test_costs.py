"""What a step costs: the most specific row of the tables counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cacorridor.costs.time import StepTime, TimeModel
from tests.networks import Rows, added, edited, network_of, toy_network, toy_rows, transfer

if TYPE_CHECKING:
    from cacorridor.costs.components import Component

BORDER = "road:a3:b1"


def model(rows: Rows | None = None, level: str = "express") -> TimeModel:
    return TimeModel(toy_network(rows), level)


def figure(times: TimeModel, time: StepTime) -> Component:
    """The figure that the hours of a step rest on."""
    return times.components.rows[time.component]


def range_h(times: TimeModel, time: StepTime) -> tuple[float, float, float]:
    """Mean, 10th and 90th percentile of the hours of a step."""
    row = figure(times, time)
    return time.hours, time.hours * row.low, time.hours * row.high


def with_dwells(*dwells: dict[str, str]) -> TimeModel:
    """The toy with more rows of outbound dwell by road, express."""
    default = next(row for row in toy_rows()["crossings"] if row["id"] == "road-outbound-express")
    rows = [{**default, "id": f"extra-{number}", **dwell} for number, dwell in enumerate(dwells)]
    return model(added("crossings", *rows))


def dwell_h(times: TimeModel, link: str = BORDER, state: str = "AAA") -> float:
    return times.dwell(link, "road", state, "outbound").hours


OF_LINK = {"link": BORDER, "state": "AAA", "dwell_h": "5"}
OF_STATE = {"state": "AAA", "dwell_h": "7"}


def test_a_crossing_without_a_row_of_its_own_takes_the_default() -> None:
    assert dwell_h(model()) == 2


def test_the_row_of_a_state_wins_over_the_default() -> None:
    chosen = with_dwells(OF_STATE)
    assert dwell_h(chosen) == 7
    assert dwell_h(chosen, state="BBB") == 2


def test_the_row_of_a_link_wins_over_the_row_of_its_state() -> None:
    chosen = with_dwells(OF_LINK, OF_STATE)
    assert dwell_h(chosen) == 5
    assert dwell_h(chosen, link="road:ad:da") == 7


def test_a_row_counts_for_its_mode_direction_and_level_only() -> None:
    chosen = with_dwells(OF_STATE)
    assert chosen.dwell(BORDER, "rail_1520", "AAA", "outbound").hours == 2
    assert chosen.dwell(BORDER, "road", "AAA", "inbound").hours == 2
    assert TimeModel(chosen.network, "typical").dwell(BORDER, "road", "AAA", "outbound").hours == 10


@pytest.mark.parametrize(
    ("years", "chosen"),
    [
        (("2018", "2019"), 1),
        (("2019", "2018"), 0),
        (("2019", "2020"), 0),
        (("2021", "2015"), 1),
        (("2020", "2021"), 1),
        (("2023", "2021"), 0),
        (("", "2019"), 1),
        (("2020", ""), 1),
    ],
    ids=str,
)
def test_the_newest_year_outside_the_pandemic_counts(years: tuple[str, str], chosen: int) -> None:
    rows = [{**OF_STATE, "year": year, "dwell_h": str(3 + number)} for number, year in enumerate(years)]
    assert dwell_h(with_dwells(*rows)) == 3 + chosen


def test_an_older_row_of_the_link_wins_over_a_newer_one_of_the_state() -> None:
    assert dwell_h(with_dwells({**OF_LINK, "year": "2010"}, {**OF_STATE, "year": "2024"})) == 5


def test_a_run_takes_length_over_speed_stretched_by_the_hours_on_duty() -> None:
    times = model()
    assert range_h(times, times.run("road", "AAA", 120)) == pytest.approx((6, 4.8, 8))  # 40 km/h, 12 of 24 h
    assert model().run("rail_1520", "AAA", 120).hours == 3


def test_the_speed_of_a_state_wins_over_the_speed_everywhere() -> None:
    slow = {"id": "slow", "mode": "road", "state": "AAA", "level": "express", "speed_kmh": "35"}
    default = next(row for row in toy_rows()["speeds"] if row["id"] == "road-express")
    chosen = model(added("speeds", {**default, **slow}))
    assert chosen.run("road", "AAA", 35).hours == 2
    assert chosen.run("road", "BBB", 40).hours == 2


def test_waiting_for_a_ship_grows_with_irregularity_and_storms() -> None:
    times = model()
    mean_h, low_h, high_h = range_h(times, times.wait("sea:aport:cport"))
    assert mean_h == pytest.approx(48 / 0.9 / 2 * (1 + 0.25))  # every 48 h, cv 0.5, 10 % of the year closed
    assert low_h < mean_h < high_h


def test_a_ship_on_time_is_waited_for_half_its_headway() -> None:
    rows = edited("services", "ferry-express", headway_cv="0", closure_share="0")
    assert model(rows).wait("sea:aport:cport").hours == 24


def test_the_wait_and_the_sailing_vary_apart() -> None:
    times = model()
    wait, sailing = times.wait("sea:aport:cport"), times.sailing("sea:aport:cport")
    assert figure(times, wait).group != figure(times, sailing).group
    assert range_h(times, sailing) == pytest.approx((24, 20, 30))


def test_a_transfer_is_good_for_both_directions() -> None:
    network = network_of(
        {"a": "AAA", "b": "AAA"},
        [("road", "a", "b", {"AAA": 1}, {})],
        transfers=[transfer("a", "road", "rail_1520", 4)],
    )
    ways = {
        (place, one, other): step.hours
        for place, one, other, _, step, *_ in TimeModel(network, "express").transfers()
    }
    assert ways == {("a", "road", "rail_1520"): 4, ("a", "rail_1520", "road"): 4}
    assert list(TimeModel(network, "typical").transfers()) == []


def test_each_duration_tells_the_row_it_rests_on() -> None:
    times = model()
    dwell = figure(times, times.dwell(BORDER, "road", "AAA", "outbound"))
    assert (dwell.key, dwell.basis, dwell.source_id, dwell.year, dwell.note) == (
        "crossings/road-outbound-express", "assumed", "", None, "toy",
    )  # fmt: skip
    times = model(edited("speeds", "road-express", year="2019"))
    speed = figure(times, times.run("road", "AAA", 1))
    assert (speed.key, speed.basis, speed.source_id, speed.year) == (
        "speeds/road-express", "published", "s1", 2019,
    )  # fmt: skip
