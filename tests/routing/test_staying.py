"""A way between two places of one customs territory that leaves it: o and d (AAA), abroad m (BBB)."""

from __future__ import annotations

import pytest

import cacorridor as cc
from cacorridor.routing.telling.openings import links_counted_open
from cacorridor.routing.telling.staying import excursion_of
from tests.networks import network_of

MEMBERS = {"bloc": "EAEU", "since": "2015", "until": "", "status": "member", "source_id": "s1"}


def abroad(*, inside_km: float = 0, union: tuple[str, ...] = ()) -> cc.Network:
    """Draw o --- m (BBB) --- d (AAA), and a longer road o --- d within AAA if it has a length."""
    links: list = [
        ("road", "o", "m", {"AAA": 50, "BBB": 50}, {}),
        ("road", "m", "d", {"BBB": 50, "AAA": 50}, {}),
    ]
    if inside_km:
        links.append(("road", "o", "d", {"AAA": inside_km}, {}))
    memberships = [{"id": f"{state.lower()}-eaeu", "state": state, **MEMBERS} for state in union]
    return network_of({"o": "AAA", "m": "BBB", "d": "AAA"}, links, memberships=memberships)


def test_a_way_that_leaves_its_territory_tells_what_staying_costs() -> None:
    route = cc.find_route(abroad(inside_km=3000), "o", "d")
    assert route.states == ("AAA", "BBB", "AAA")  # what is best stays so
    trip = excursion_of(route)
    assert trip is not None
    assert (trip.territory, trip.abroad) == ("AAA", ("BBB",))
    assert trip.within is not None
    assert trip.within.states == ("AAA",)
    assert trip.more == pytest.approx(trip.within.time_h - route.time_h)
    assert trip.more > 0


def test_a_way_with_none_that_stays_says_so() -> None:
    trip = excursion_of(cc.find_route(abroad(), "o", "d"))
    assert trip is not None
    assert (trip.within, trip.more) == (None, None)


def test_what_staying_costs_is_told_by_what_was_asked_for() -> None:
    route = cc.find_route(abroad(inside_km=3000), "o", "d", criterion="length")
    trip = excursion_of(route)
    assert trip is not None
    assert trip.more == pytest.approx(3000 - route.length_km)


@pytest.mark.parametrize(
    ("network", "ends", "conditions"),
    [
        (abroad(inside_km=10), "od", {}),  # it stays within
        (abroad(), "om", {}),  # two territories
        (abroad(union=("AAA", "BBB")), "od", {}),  # a customs union is one territory
        (abroad(inside_km=3000), "od", {"through": ["BBB"]}),  # sent abroad by the question
        (abroad(inside_km=3000), "od", {"via": ["m"]}),
    ],
)
def test_nothing_is_told_of_a_way_that_does_not_leave_or_was_sent(
    network: cc.Network, ends: str, conditions: dict
) -> None:
    assert excursion_of(cc.find_route(network, ends[0], ends[1], **conditions)) is None


def test_a_union_is_left_by_the_year_of_the_question() -> None:
    network = abroad(union=("AAA", "BBB"))
    assert excursion_of(cc.find_route(network, "o", "d", year=2014)) is not None
    assert excursion_of(cc.find_route(network, "o", "d", year=2016)) is None


def test_the_shell_tells_that_vladivostok_moscow_runs_through_china(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from cacorridor.cli import main

    assert main(["route", "Vladivostok", "Moscow", "--modes", "road"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert (
        "both ends lie in Russia, yet the way runs through China, outside the customs union EAEU: the" in told
    )
    assert "the best way that stays in the EAEU takes" in told or "stays in Russia takes" in told


def test_json_tells_whom_the_way_runs_through(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    from cacorridor.cli import main

    assert main(["route", "Kaliningrad", "Moscow", "--modes", "rail", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["route"]["leaves_territory"]
    assert (told["territory"], told["abroad"], told["within"]) == ("EAEU", ["LTU"], None)


# ---------------------------------------------------------------- what a year counts as open


def waiting(**years: str) -> cc.Network:
    return network_of(
        dict.fromkeys("omd", "AAA"),
        [("road", "o", "m", {"AAA": 50}, {}), ("road", "m", "d", {"AAA": 50}, years)],
    )


def test_a_year_tells_the_links_that_it_counts_as_open() -> None:
    route = cc.find_route(waiting(status="construction", opened="2026"), "o", "d", year=2026)
    (counted,) = links_counted_open(route)
    assert (counted.link, counted.ends) == ("road:m:d", ("M", "D"))
    assert (counted.status, counted.opened, counted.closed) == ("construction", 2026, None)


def test_a_year_tells_the_links_that_were_open_then_and_are_no_more() -> None:
    (counted,) = links_counted_open(cc.find_route(waiting(closed="2023"), "o", "d", year=2022))
    assert counted.closed == 2023


def test_today_counts_nothing_as_open_that_is_not() -> None:
    assert links_counted_open(cc.find_route(waiting(), "o", "d")) == ()
    assert links_counted_open(cc.find_route(waiting(), "o", "d", year=2026)) == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("Kashgar", "Osh", "--modes", "rail", "--year", "2031"),
            "counts as open by the end of 2031, not in",
        ),
        (
            ("Kabul", "Peshawar", "--year", "2024"),
            "open in 2024, in service no more: Torkham (AFG) - Torkham",
        ),
    ],
)
def test_the_shell_tells_what_a_year_counts_as_open(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    from cacorridor.cli import main

    assert main(["route", *words]) == 0
    assert told in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(("mode", "told"), [("road", True), ("rail", False)])
def test_the_shell_says_that_a_way_without_trains_knows_no_block_level(
    capsys: pytest.CaptureFixture[str], mode: str, *, told: bool
) -> None:
    from cacorridor.cli import main

    assert main(["route", "Tashkent", "Moscow", "--modes", mode, "--level", "block"]) == 0
    assert ("level block, of trains, changes nothing" in capsys.readouterr().out) == told


def test_json_tells_what_blocks_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    from cacorridor.cli import NO_ANSWER, main

    words = ["route", "Helsinki", "St Petersburg", "--modes", "road", "--format", "json"]
    assert main(words) == NO_ANSWER
    (obstacle,) = json.loads(capsys.readouterr().out)["no_route"]["cut"]
    assert (obstacle["kind"], obstacle["context"]) == ("shut", "2023")
    assert obstacle["names"] == [["road:torfyanovka:vaalimaa"]]


@pytest.mark.parametrize(("years", "told"), [(-20, True), (10, True), (0, False)])
def test_the_shell_says_what_a_year_far_from_today_does_not_change(
    capsys: pytest.CaptureFixture[str], years: int, *, told: bool
) -> None:
    from cacorridor.cli import main

    year = int(cc.load_network().as_of[:4]) + years
    assert main(["route", "Urumqi", "Tashkent", "--year", str(year)]) == 0
    assert (f"the year {year} chooses which links are open" in capsys.readouterr().out) == told


@pytest.mark.parametrize(("avoided", "told"), [("NOR", True), ("KAZ", False)])
def test_the_shell_says_that_a_state_is_avoided_in_vain(
    capsys: pytest.CaptureFixture[str], avoided: str, *, told: bool
) -> None:
    from cacorridor.cli import main

    assert main(["route", "Moscow", "Osh", "--avoid", avoided]) == 0
    assert ("avoiding Norway changes nothing" in capsys.readouterr().out) == told
