"""What a step costs: the most specific row of the tables counts."""

from __future__ import annotations

import pytest

from cacorridor.costs.time import Rates
from tests.networks import Rows, added, edited, network_of, toy_network, toy_rows, transfer

BORDER = "road:a3:b1"


def rates(rows: Rows | None = None, level: str = "express") -> Rates:
    return Rates(toy_network(rows), level)


def with_dwells(*dwells: dict[str, str]) -> Rates:
    """The toy with more rows of outbound dwell by road, express."""
    default = next(row for row in toy_rows()["crossings"] if row["id"] == "road-outbound-express")
    rows = [{**default, "id": f"extra-{number}", **dwell} for number, dwell in enumerate(dwells)]
    return rates(added("crossings", *rows))


def dwell_h(rates: Rates, link: str = BORDER, state: str = "AAA") -> float:
    return rates.dwell(link, "road", state, "outbound").mean_h


OF_LINK = {"link": BORDER, "state": "AAA", "dwell_h": "5"}
OF_STATE = {"state": "AAA", "dwell_h": "7"}


def test_a_crossing_without_a_row_of_its_own_takes_the_default() -> None:
    assert dwell_h(rates()) == 2


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
    assert chosen.dwell(BORDER, "rail_1520", "AAA", "outbound").mean_h == 2
    assert chosen.dwell(BORDER, "road", "AAA", "inbound").mean_h == 2
    assert Rates(chosen.network, "typical").dwell(BORDER, "road", "AAA", "outbound").mean_h == 10


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
    run = rates().run("road", "AAA", 120)  # 40 km/h (30 to 50), 12 of 24 hours
    assert (run.mean_h, run.low_h, run.high_h) == pytest.approx((6, 4.8, 8))
    assert rates().run("rail_1520", "AAA", 120).mean_h == 3


def test_the_speed_of_a_state_wins_over_the_speed_everywhere() -> None:
    slow = {"id": "slow", "mode": "road", "state": "AAA", "level": "express", "speed_kmh": "35"}
    default = next(row for row in toy_rows()["speeds"] if row["id"] == "road-express")
    chosen = rates(added("speeds", {**default, **slow}))
    assert chosen.run("road", "AAA", 35).mean_h == 2
    assert chosen.run("road", "BBB", 40).mean_h == 2


def test_waiting_for_a_ship_grows_with_irregularity_and_storms() -> None:
    wait = rates().wait("sea:aport:cport")  # every 48 h, cv 0.5, 10 % of the year closed
    assert wait.mean_h == pytest.approx(48 / 0.9 / 2 * (1 + 0.25))
    assert wait.low_h < wait.mean_h < wait.high_h


def test_a_ship_on_time_is_waited_for_half_its_headway() -> None:
    rows = edited("services", "ferry-express", headway_cv="0", closure_share="0")
    assert rates(rows).wait("sea:aport:cport").mean_h == 24


def test_the_wait_and_the_sailing_vary_apart() -> None:
    wait, sailing = rates().wait("sea:aport:cport"), rates().sailing("sea:aport:cport")
    assert wait.factor != sailing.factor
    assert (sailing.mean_h, sailing.low_h, sailing.high_h) == (24, 20, 30)


def test_a_transfer_is_good_for_both_directions() -> None:
    network = network_of(
        {"a": "AAA", "b": "AAA"},
        [("road", "a", "b", {"AAA": 1}, {})],
        transfers=[transfer("a", "road", "rail_1520", 4)],
    )
    ways = {
        (place, one, other): step.mean_h
        for place, one, other, _, step in Rates(network, "express").transfers()
    }
    assert ways == {("a", "road", "rail_1520"): 4, ("a", "rail_1520", "road"): 4}
    assert list(Rates(network, "typical").transfers()) == []


def test_each_duration_tells_the_row_it_rests_on() -> None:
    dwell = rates().dwell(BORDER, "road", "AAA", "outbound")
    assert (dwell.factor, dwell.basis, dwell.source_id, dwell.year, dwell.note) == (
        "crossings/road-outbound-express", "assumed", "", None, "toy",
    )  # fmt: skip
    speed = rates(edited("speeds", "road-express", year="2019")).run("road", "AAA", 1)
    assert (speed.factor, speed.basis, speed.source_id, speed.year) == (
        "speeds/road-express", "published", "s1", 2019,
    )  # fmt: skip
