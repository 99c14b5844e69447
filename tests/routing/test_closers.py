"""Which scenarios of the data close a part of a route: o (AAA) --- m (BBB) --- d (CCC)."""

from __future__ import annotations

import pytest

import cacorridor as cc
from cacorridor.routing.telling.closers import closing_scenarios, links_shut_lately
from tests.networks import network_of


def edit(scenario: str, table: str, row: str, operation: str = "close") -> dict[str, str]:
    filled = {"id": f"{scenario}:1", "scenario": scenario, "table": table, "row": row, "note": "a question"}
    return {"column": "", "value": "", "source_id": "", "operation": operation, **filled}


@pytest.fixture
def toy() -> cc.Network:
    return network_of(
        {"o": "AAA", "m": "BBB", "d": "CCC", "x": "DDD"},
        [
            ("road", "o", "m", {"AAA": 50, "BBB": 50}, {}),
            ("road", "m", "d", {"BBB": 50, "CCC": 50}, {}),
            ("road", "o", "x", {"AAA": 50, "DDD": 50}, {}),
        ],
        scenarios=[
            edit("elsewhere", "links", "road:o:x"),
            edit("bridge", "links", "road:o:x;road:m:d"),
            edit("post", "places", "m"),
            edit("state", "states", "BBB"),
            edit("start", "places", "o"),
            edit("end", "states", "CCC"),
            edit("roads", "links", "mode=road"),
            edit("slow", "links", "road:o:m", "multiply"),
            edit("wrong", "links", "road:no:where"),
        ],
    )


def test_what_closes_a_link_a_place_or_a_state_of_the_way_is_named(toy: cc.Network) -> None:
    assert closing_scenarios(cc.find_route(toy, "o", "d")) == ("bridge", "post", "state", "roads")  # no end
    assert closing_scenarios(cc.find_route(toy, "o", "x")) == ("elsewhere", "bridge", "roads")


def test_what_is_applied_already_is_not_named() -> None:
    network = cc.load_network()
    ends = ("Dushanbe", "Duisburg")
    assert closing_scenarios(cc.find_route(network, *ends)) == ("russia-avoided", "poland-belarus-closed")
    route = cc.find_route(network, *ends, scenario="poland-belarus-closed")
    assert "poland-belarus-closed" not in closing_scenarios(route)


def test_a_route_from_the_shell_says_which_scenario_closes_it(capsys: pytest.CaptureFixture[str]) -> None:
    from cacorridor.cli import main

    assert main(["route", "Dushanbe", "Duisburg"]) == 0
    assert "see --scenario russia-avoided or poland-belarus-closed: closes a part" in capsys.readouterr().out


def shut(closed: str, as_of: str = "2026-01-31", **facts: str) -> cc.Network:
    """o (AAA) --- d (BBB), shut after a year, beside the way round: o --- m (CCC) --- d."""
    network = network_of(
        {"o": "AAA", "m": "CCC", "d": "BBB"},
        [
            (
                "road",
                "o",
                "d",
                {"AAA": 50, "BBB": 50},
                {"closed": closed, "note": "a quarrel", "source_id": "s1", **facts},
            ),
            ("road", "o", "m", {"AAA": 50, "CCC": 50}, {}),
            ("road", "m", "d", {"CCC": 50, "BBB": 50}, {}),
        ],
    )
    return network.changed(as_of=as_of)


def test_a_post_that_closed_lately_is_told_of_with_the_way_it_would_make() -> None:
    (told,) = links_shut_lately(cc.find_route(shut("2025"), "o", "d"))
    assert (told.link, told.ends, told.since, told.note) == ("road:o:d", ("O", "D"), 2025, "a quarrel")
    assert told.before.states == ("AAA", "BBB")


@pytest.mark.parametrize(
    ("network", "conditions"),
    [
        (shut("2023"), {}),  # no news any more
        (shut("2030", status="planned", opened="2028"), {}),  # not in service yet
        (shut("2025", as_of=""), {}),  # nobody says when today is
        (shut("2025"), {"year": 2026}),  # asked of a year
    ],
)
def test_nothing_is_told_of_what_no_answer_for_today_hangs_on(network: cc.Network, conditions: dict) -> None:
    assert links_shut_lately(cc.find_route(network, "o", "d", **conditions)) == ()


def test_the_shell_tells_that_torkham_is_shut_and_since_when(capsys: pytest.CaptureFixture[str]) -> None:
    from cacorridor.cli import main

    assert main(["route", "Kabul", "Peshawar"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "not in service, Torkham (AFG) - Torkham (PAK): Closed to trade since 12 October 2025" in told


def test_a_closure_that_costs_next_to_nothing_is_no_news() -> None:
    # the way round is half a kilometre longer, over one border as well
    network = network_of(
        {"o": "AAA", "m": "AAA", "d": "BBB"},
        [
            ("road", "o", "d", {"AAA": 50, "BBB": 50}, {"closed": "2025", "note": "", "source_id": "s1"}),
            ("road", "o", "m", {"AAA": 50}, {}),
            ("road", "m", "d", {"AAA": 0.5, "BBB": 50}, {}),
        ],
    ).changed(as_of="2026-01-31")
    today = cc.find_route(network, "o", "d")
    assert 0 < today.time_h - cc.find_route(network, "o", "d", year=2025).time_h < 0.01 * today.time_h
    assert links_shut_lately(today) == ()


def test_the_way_that_a_closure_took_is_told_by_what_was_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from cacorridor.cli import main

    assert main(["route", "Peshawar", "Dushanbe", "--criterion", "cost"]) == 0
    assert "the best way of 2025 ran over it, USD 2," in " ".join(capsys.readouterr().out.split())
