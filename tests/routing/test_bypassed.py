"""Whom a route bypasses: a state on the best way of its pair that it keeps out of, whatever it is set beside.

::

        +--------- BBB: m (200 km) ---------+
        |                                   |
    o (AAA) ------ DDD: n (300 km) ------ d (CCC)      === railway, over a corner of EEE; --- roads
        |=========== EEE: r (900 km) =======|
        +--------- EEE: e (90 km, open from 2030) --+
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

import cacorridor as cc
from cacorridor.routing import finding
from cacorridor.routing.telling.bypassed import avoided_in_vain
from tests.networks import link_id, network_of

if TYPE_CHECKING:
    from cacorridor import Network, Route

ROADS = {"m": ("BBB", 100, ""), "n": ("DDD", 150, ""), "e": ("EEE", 45, "2030")}
STATES = {"o": "AAA", "d": "CCC", "m": "BBB", "n": "DDD", "e": "EEE", "r": "AAA"}


@pytest.fixture
def toy() -> Network:
    links: list[Any] = []
    for place, (state, km, opened) in ROADS.items():
        when = {"opened": opened, "status": "planned"} if opened else {}
        links.append(("road", "o", place, {"AAA": km / 2, state: km / 2}, when))
        links.append(("road", place, "d", {state: km / 2, "CCC": km / 2}, when))
    links.append(("rail_1520", "o", "r", {"AAA": 450}, {}))
    links.append(("rail_1520", "r", "d", {"AAA": 200, "EEE": 50, "CCC": 200}, {"touches": "EEE"}))
    return network_of(STATES, links)


def found(network: Network, **conditions: Any) -> Route:
    return cc.find_route(network, "o", "d", **conditions)


def test_the_best_way_bypasses_nobody(toy: Network) -> None:
    route = found(toy)
    assert route.states == ("AAA", "BBB", "CCC")
    assert route.bypasses == ()


@pytest.mark.parametrize(
    "pins",
    [
        {"avoid": ["BBB"]},
        {"through": ["DDD"]},
        {"via": ["n"]},
        {"modes": ["rail"]},
        {"avoid": ["BBB"], "modes": ["road"]},
        {"avoid": ["BBB", "DDD"], "allow_touch": True},
    ],
    ids=str,
)
def test_what_pins_or_bans_does_not_move_the_best_way(toy: Network, pins: dict[str, Any]) -> None:
    assert found(toy, **pins).bypasses == ("BBB",)


def test_year_and_criterion_move_the_best_way(toy: Network) -> None:
    assert found(toy, via=["m"], year=2029).bypasses == ()
    assert found(toy, via=["m"], year=2030).bypasses == ("EEE",)
    assert found(toy, year=2030).bypasses == ()
    assert found(toy, avoid=["BBB"], criterion="length").bypasses == ("BBB",)


def test_a_state_that_the_best_way_only_touches_is_bypassed_as_well() -> None:
    network = network_of(
        {"o": "AAA", "d": "CCC", "n": "BBB"},
        [
            ("road", "o", "n", {"AAA": 300, "BBB": 300}, {}),
            ("road", "n", "d", {"BBB": 300, "CCC": 300}, {}),
            ("road", "o", "d", {"AAA": 40, "DDD": 20, "CCC": 40}, {"touches": "DDD"}),
        ],
    )
    assert (found(network).touches, found(network).bypasses) == (("DDD",), ())
    assert found(network, avoid=["DDD"]).bypasses == ("DDD",)


def test_what_is_compared_changes_nothing(toy: Network) -> None:
    routes = [
        found(toy, name="best"),
        found(toy, avoid=["BBB"], name="south"),
        found(toy, modes=["rail"], name="railway"),
    ]
    told = {route.name: " ".join(route.bypasses) for route in routes}
    assert told == {"best": "", "south": "BBB", "railway": "BBB"}
    for size in (1, 2, 3):
        for chosen in itertools.permutations(routes, size):
            table = cc.compare_routes(chosen).set_index("route")["bypasses"]
            matrix = cc.crossing_matrix(chosen)
            for route in chosen:
                assert table[route.name] == told[route.name]
                assert list(matrix.columns[matrix.loc[route.name] == "bypasses"]) == told[route.name].split()


def test_a_state_that_no_route_of_a_matrix_enters_has_its_column(toy: Network) -> None:
    matrix = cc.crossing_matrix([found(toy, avoid=["BBB"], name="south")])
    assert matrix.loc["south"].to_dict() == {
        "AAA": "crosses", "DDD": "crosses", "CCC": "crosses", "BBB": "bypasses",
    }  # fmt: skip


def test_a_scenario_moves_the_best_way(toy: Network) -> None:
    edit = cc.Edit("states", "BBB", "close", note="a question")
    closed = cc.apply_scenarios(toy, cc.Scenario("without", (edit,)))
    assert found(closed).states == ("AAA", "DDD", "CCC")
    assert found(closed).bypasses == ()
    assert found(closed, modes=["rail"]).bypasses == ("DDD",)


def test_the_best_way_of_a_pair_is_searched_once(toy: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    routes = [found(toy, **pins) for pins in ({}, {"avoid": ["BBB"]}, {"modes": ["rail"]}, {"via": ["n"]})]
    asked = []
    route_of_query = finding.route_of_query

    def counted(*given: Any) -> Route | None:
        asked.append(given)
        return route_of_query(*given)

    monkeypatch.setattr(finding, "route_of_query", counted)
    assert [route.bypasses for route in routes] == [(), ("BBB",), ("BBB",), ("BBB",)]
    assert len(asked) == 1


def test_links_of_the_toy_are_what_the_drawing_says(toy: Network) -> None:
    assert found(toy).links == (link_id("road", "o", "m"), link_id("road", "m", "d"))


@pytest.mark.parametrize(
    ("avoided", "idle"),
    [
        (["DDD"], ("DDD",)),  # the best way runs through BBB anyway
        (["BBB"], ()),
        (["BBB", "DDD"], ()),  # each alone matters, once the other is avoided
    ],
)
def test_a_state_that_is_avoided_in_vain_is_told(toy, avoided, idle):
    assert avoided_in_vain(cc.find_route(toy, "o", "d", avoid=avoided)) == idle


def test_two_states_that_matter_only_together_are_not_avoided_in_vain() -> None:
    """o - a (BBB) - b (DDD) - d is quick and runs through both; o - d is slow and stays in AAA, d's state."""
    network = network_of(
        {"o": "AAA", "a": "BBB", "b": "DDD", "d": "AAA", "f": "CCC"},
        [
            ("road", "o", "a", {"AAA": 10, "BBB": 10}, {}),
            ("road", "a", "b", {"BBB": 10, "DDD": 10}, {}),
            ("road", "b", "d", {"DDD": 10, "AAA": 10}, {}),
            ("road", "o", "d", {"AAA": 3000}, {}),
            ("road", "o", "f", {"AAA": 900, "CCC": 900}, {}),
        ],
    )
    for avoided, idle in ((["BBB", "DDD"], ()), (["BBB", "DDD", "CCC"], ("CCC",))):
        route = cc.find_route(network, "o", "d", avoid=avoided)
        assert route.states == ("AAA",)
        assert avoided_in_vain(route) == idle


def test_no_states_are_told_to_be_avoided_in_vain_that_shorten_the_way_together() -> None:
    """Each alone changes nothing from Tashkent to Istanbul, as the way through one needs the other."""
    route = cc.find_route(cc.load_network(), "Tashkent", "Istanbul", avoid=["TKM", "IRN"])
    assert avoided_in_vain(route) == ()
    assert route.time_h > cc.find_route(cc.load_network(), "Tashkent", "Istanbul").time_h
