"""The doors of public functions: one word for a list, and one line for what makes no sense."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import cacorridor as cc
from cacorridor import (
    AmbiguousPlaceError,
    Contender,
    Network,
    NoRouteError,
    UnknownPlaceError,
    UsageError,
    find_route,
)
from cacorridor.network.tables.named import Corridor
from tests.counting import calls_of
from tests.networks import network_of, toy_network, toy_rows

if TYPE_CHECKING:
    from collections.abc import Callable

NAN, INF = math.nan, math.inf


@pytest.fixture(scope="module")
def fixed() -> Network:
    """The toy network, which no test here changes."""
    return toy_network()


def refused(question: Callable[[], object]) -> str:
    """The one line that refuses a question."""
    with pytest.raises(UsageError) as caught:
        question()
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 300
    return line


# ---------------------------------------------------------------- one word for a list


@pytest.mark.parametrize(
    ("one", "listed"),
    [
        ({"avoid": "BBB"}, {"avoid": ["BBB"]}),
        ({"avoid": "bbb"}, {"avoid": ["BBB"]}),
        ({"avoid": "State BBB"}, {"avoid": ("BBB",)}),
        ({"avoid": {"BBB"}}, {"avoid": ["BBB"]}),
        ({"through": "DDD"}, {"through": ["DDD"]}),
        ({"modes": "road"}, {"modes": ["road"]}),
        ({"modes": "rail"}, {"modes": ["rail"]}),
        ({"via": "d1"}, {"via": ["d1"]}),
        ({"via": ["d1", "d1"]}, {"via": ["d1"]}),
        ({"avoid": None, "modes": None}, {}),
        ({"via": None, "through": None, "year": None, "month": None}, {}),
    ],
)
def test_one_word_is_a_list_of_one(fixed: Network, one: dict[str, Any], listed: dict[str, Any]) -> None:
    assert find_route(fixed, "a1", "c1", **one).links == find_route(fixed, "a1", "c1", **listed).links


@pytest.mark.parametrize(
    "conditions",
    [
        *(
            {name: value}
            for name in ("avoid", "through", "via", "modes")
            for value in (5, NAN, [5], b"BBB", [None])
        ),
        *({"year": value} for value in ("2031", 2031.5, NAN, INF, True, 0, -5, 1700, 9999, [2031])),
        *({"survey_year": value} for value in ("2023", 1900, NAN, -1)),
        *({"month": value} for value in ("1", "January", 0, 13, -1, NAN, INF, 1.0, True)),
        *({"level": value} for value in (None, 5, "fast", ["express"])),
        *({"criterion": value} for value in (None, 5, "beauty", ["time"])),
        *({"allow_touch": value} for value in (None, "no", 1)),
        {"corridor": 5},
        {"corridor": ["south"]},
        {"modes": "road,rail"},
        {"avoid": "BBB,DDD"},
        {"avoid": ""},
    ],
    ids=str,
)
def test_what_is_no_condition_is_refused_in_one_line(fixed: Network, conditions: dict[str, Any]) -> None:
    line = refused(lambda: find_route(fixed, "a1", "c1", **conditions))
    assert any(word in line for word in (*conditions, "state"))


@pytest.mark.parametrize("end", [None, 5, NAN, (39.5, 76.0), ["a1"], b"a1"])
def test_an_end_is_named(fixed: Network, end: Any) -> None:
    assert "named by text" in refused(lambda: find_route(fixed, end, "c1"))
    assert "named by text" in refused(lambda: find_route(fixed, "a1", end))


def test_years_outside_the_data_are_refused_with_those_inside(fixed: Network) -> None:
    assert "from 2000 to 2050" in refused(lambda: find_route(fixed, "a1", "c1", year=1990))
    assert "from 2000 to 2050" in refused(lambda: fixed.at(2051))
    assert find_route(fixed, "a1", "c1", year=2050).links


def test_a_year_before_2000_is_asked_for_only_where_every_link_has_its_opening() -> None:
    def network(*opened: str) -> Network:
        roads = zip(("m", "n"), opened, strict=True)
        links: list[Any] = [("road", "o", place, {"AAA": 100}, {"opened": year}) for place, year in roads]
        return network_of(dict.fromkeys("omn", "AAA"), links)

    assert "from 2000 to 2050" in refused(lambda: find_route(network("1901", ""), "o", "m", year=1990))
    assert find_route(network("1901", "1950"), "o", "m", year=1990).links


QUESTIONS: dict[str, Callable[..., object]] = {
    "bypass": cc.bypass,
    "leverage": lambda network, *ends, **options: cc.leverage(
        network, *ends, **{"outside_h": 500.0, **options}
    ),
    "coalitions": cc.coalitions,
    "vital_links": cc.vital_links,
    "minimal_cuts": cc.minimal_cuts,
    "break_even": lambda network, *ends, **options: cc.break_even(network, *ends, **{"at": "b1", **options}),
    "run_scenarios": cc.run_scenarios,
    "sweep": lambda network, *ends, **options: cc.sweep(network, ends, **options),
    "simulate": lambda network, *ends, **options: cc.simulate(network, ends, **{"draws": 5, **options}),
    "win_probabilities": lambda network, *ends, **options: cc.win_probabilities(
        network, *ends, Contender("north"), **{"dwells_h": {}, "draws": 5, **options}
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_takes_one_word_for_a_list(fixed: Network, name: str) -> None:
    assert QUESTIONS[name](fixed, "a1", "c1", modes="road", avoid="ddd") is not None


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize(
    "conditions", [{"avoid": 5}, {"level": NAN}, {"month": "1"}, {"modes": "boat"}], ids=str
)
def test_every_question_has_the_same_door(fixed: Network, name: str, conditions: dict[str, Any]) -> None:
    refused(lambda: QUESTIONS[name](fixed, "a1", "c1", **conditions))


@pytest.mark.parametrize(
    ("name", "options"),
    [
        *(("leverage", {"outside_h": value}) for value in (NAN, INF, 0, -1, "33", 1e300)),
        *(("minimal_cuts", {"largest": value}) for value in (0, -1, 1.5, NAN, "3", 10**30)),
        *(("minimal_cuts", {"more_than_h": value}) for value in (NAN, -1, "x")),
        *(("minimal_cuts", {"of": value}) for value in (None, "links", ["states"])),
        *(("break_even", {"up_to_h": value}) for value in (NAN, INF, 0, -5, "10", 1e300)),
        *(("break_even", {"what": value}) for value in (None, "price", ["dwell"])),
        *(("break_even", {"at": value}) for value in (5, None, [])),
        *(("simulate", {"draws": value}) for value in (0, -1, NAN, 1.5, "10", 999999999999999, 10**30)),
        *(("simulate", {"seed": value}) for value in (-1, NAN, "x", 10**30)),
        *(("simulate", {"first_draw": value}) for value in (-1, NAN, 10**30)),
        *(("win_probabilities", {"draws": value}) for value in (0, NAN, 10**30)),
        *(("win_probabilities", {"dwells_h": {"north": value}}) for value in (NAN, [-1.0], INF, ["x"])),
        *(("sweep", {"years": value}) for value in ("2031", [NAN], 1700, 5.5, [[2031]])),
        *(("bypass", {"states": value}) for value in (5, [5], "ZZZ", [["BBB", 5]])),
        ("sweep", {"scenarios": 5}),
        ("sweep", {"scenarios": ["war"]}),
    ],
    ids=str,
)
def test_options_that_make_no_sense_are_refused(fixed: Network, name: str, options: dict[str, Any]) -> None:
    refused(lambda: QUESTIONS[name](fixed, "a1", "c1", **options))


@pytest.mark.parametrize("name", ["", "Nowhere", "!"])
def test_a_crossing_that_is_none_is_unknown(fixed: Network, name: str) -> None:
    with pytest.raises(UnknownPlaceError):
        cc.break_even(fixed, "a1", "c1", at=name)


def test_states_to_go_round_are_named_freely(fixed: Network) -> None:
    listed = cc.bypass(fixed, "a1", "c1", states=[["BBB"]])
    pd.testing.assert_frame_equal(cc.bypass(fixed, "a1", "c1", states="State BBB"), listed)
    pd.testing.assert_frame_equal(cc.bypass(fixed, "a1", "c1", states=["bbb"]), listed)


def test_a_profile_is_of_a_state_by_any_name(fixed: Network) -> None:
    assert cc.state_profile(fixed, "state bbb", outside_h=100.0, years=2030).state == "BBB"
    refused(lambda: cc.state_profile(fixed, "Nowhere"))
    refused(lambda: cc.state_profile(fixed, None))  # type: ignore[arg-type]


# ---------------------------------------------------------------- pairs


@pytest.mark.parametrize(
    "pairs",
    [
        ("a1", "c1"),
        [("a1", "c1")],
        [["A1", "C1", 1.0]],
        (("a1", "c1"),),
        pd.DataFrame({"origin": ["a1"], "destination": ["C1"]}),
        pd.DataFrame({"origin": ["a1"], "destination": ["c1"], "weight": [2]}),
    ],
    ids=["bare", "list", "weighted", "tuple", "table", "weighted table"],
)
def test_pairs_come_in_many_forms(fixed: Network, pairs: Any) -> None:
    table = cc.sweep(fixed, pairs, scenarios=())
    assert list(zip(table["origin"], table["destination"], strict=True)) == [("A1", "C1")]


@pytest.mark.parametrize(
    "pairs",
    [
        5,
        "a1",
        [("a1",)],
        [("a1", 5)],
        [5],
        ["ab", "cd", "ef"],
        [("a1", "c1", NAN)],
        [("a1", "c1", -1)],
        [("a1", "c1", INF)],
        [("a1", "c1", "heavy")],
        pd.DataFrame({"origin": ["a1"]}),
        pd.DataFrame({"origin": [NAN], "destination": ["c1"]}),
        pd.DataFrame({"origin": ["a1"], "destination": ["c1"], "weight": [NAN]}),
    ],
    ids=str,
)
def test_what_is_no_table_of_pairs_is_refused(fixed: Network, pairs: Any) -> None:
    refused(lambda: cc.sweep(fixed, pairs))
    refused(lambda: cc.for_pairs(cc.vital_links, fixed, pairs))


def test_an_id_in_a_table_of_pairs_is_never_a_name() -> None:
    rows = [
        {**toy_rows()["places"][0], "id": key, "name": name, "state": "AAA", "lon": str(at)}
        for at, (key, name) in enumerate([("a", "X"), ("b", "Place a"), ("c", "Placec")])
    ]
    rows[1]["name_ru"] = "a"
    states = {"a": "AAA", "b": "AAA", "c": "AAA"}
    links = [("road", "a", "c", {"AAA": 10.0}, {}), ("road", "b", "c", {"AAA": 77.0}, {})]
    network = network_of(states, links, places=rows)  # type: ignore[arg-type]
    assert cc.sweep(network, [("a", "c")], scenarios=())["length_km"].tolist() == [10]


# ---------------------------------------------------------------- journeys and routes


def test_a_simulation_takes_one_journey_or_several(fixed: Network) -> None:
    route = find_route(fixed, "a1", "c1", modes="road")
    for journeys in (route, [route], ("a1", "c1"), [("a1", "c1")], [["a1", "c1"], route]):
        assert cc.simulate(fixed, journeys, draws=3).times_h.shape[1] == 3  # type: ignore[arg-type]


@pytest.mark.parametrize("journeys", [(), None, 5, "a1", [5], [("a1",)], [("a1", None)], [()]], ids=str)
def test_what_is_no_journey_is_refused(fixed: Network, journeys: Any) -> None:
    refused(lambda: cc.simulate(fixed, journeys, draws=3))


@pytest.mark.parametrize("deadline_h", [NAN, -1, INF, "48"])
def test_a_deadline_is_a_number_of_hours(fixed: Network, deadline_h: Any) -> None:
    simulation = cc.simulate(fixed, ("a1", "c1"), draws=3)
    refused(lambda: simulation.summary(deadline_h))


@pytest.mark.parametrize(
    "table",
    [
        cc.compare_routes,
        cc.crossing_matrix,
        cc.time_by_cause,
        lambda routes: cc.route_blocs(toy_network(), routes),
        lambda routes: cc.region_shares(toy_network(), routes),
    ],
    ids=["compare_routes", "crossing_matrix", "time_by_cause", "route_blocs", "region_shares"],
)
def test_tables_of_routes_take_one_route(fixed: Network, table: Callable[[Any], pd.DataFrame]) -> None:
    route = find_route(fixed, "a1", "c1")
    pd.testing.assert_frame_equal(table(route), table([route]))
    pd.testing.assert_frame_equal(table(iter([route])), table([route]))
    for wrong in (None, 5, "route", [route, "route"]):
        refused(lambda wrong=wrong: table(wrong))  # type: ignore[misc]


@pytest.mark.parametrize("account", [cc.ledger, cc.time_distance, cc.sensitivity])
def test_an_account_is_of_one_route(fixed: Network, account: Callable[[Any], pd.DataFrame]) -> None:
    for wrong in (None, [find_route(fixed, "a1", "c1")], "a1"):
        refused(lambda wrong=wrong: account(wrong))  # type: ignore[misc]


def test_claims_are_chosen_by_one_word_and_one_pair(fixed: Network) -> None:
    listed = cc.check_claims(fixed, what=["km"], between=[("a1", "c1")])
    pd.testing.assert_frame_equal(cc.check_claims(fixed, what="km", between=("c1", "A1")), listed)
    refused(lambda: cc.check_claims(fixed, what="miles"))
    refused(lambda: cc.check_claims(fixed, between=[("a1",)]))  # type: ignore[list-item]


# ---------------------------------------------------------------- places on the way


def test_a_via_that_is_an_end_is_dropped_with_a_note(fixed: Network) -> None:
    route = find_route(fixed, "a1", "c1", via=["a1", "d1", "c1"])
    assert route.links == find_route(fixed, "a1", "c1", via="d1").links
    assert route.notes == ("via A1 is the origin itself", "via C1 is the destination itself")
    assert find_route(fixed, "a1", "c1", via="d1").notes == ()


@pytest.mark.parametrize("via", [["d1", "a1"], ["c1", "d1"], ["b1", "a1", "d1"], ["b1", "b4", "b1"]], ids=str)
def test_a_journey_does_not_pass_a_place_twice(fixed: Network, via: list[str]) -> None:
    assert "twice" in refused(lambda: find_route(fixed, "a1", "c1", via=via))


# ---------------------------------------------------------------- gateways


def gateway() -> Network:
    """Two posts of the gateway Pass, the second nearer to c, and a place of each side.

    ::

        a --100-- p ==10== q --100-- c        p, q: gateway Pass
    """
    states = {"a": "AAA", "p": "AAA", "q": "BBB", "c": "BBB"}
    links = [
        ("road", "a", "p", {"AAA": 100.0}, {}),
        ("road", "p", "q", {"AAA": 5.0, "BBB": 5.0}, {}),
        ("road", "q", "c", {"BBB": 100.0}, {}),
    ]
    plain = toy_rows()["places"][0]
    rows = [
        {
            **plain,
            "id": key,
            "name": {"p": "Pass (AAA)", "q": "Pass (BBB)"}.get(key, key.upper()),
            "state": state,
            "gateway": "Pass" if key in "pq" else "",
        }
        for key, state in states.items()
    ]
    return network_of(states, links, places=rows)  # type: ignore[arg-type]


def test_a_journey_to_a_gateway_ends_at_the_nearer_post() -> None:
    network = gateway()
    there, back = find_route(network, "A", "Pass"), find_route(network, "pass", "C")
    assert (there.links, back.links) == (("road:a:p",), ("road:q:c",))
    assert there.notes == ("ends at Pass (AAA), the nearer post of the gateway Pass",)
    assert back.notes == ("begins at Pass (BBB), the nearer post of the gateway Pass",)
    assert find_route(network, "C", "Pass").links == ("road:q:c",)
    assert find_route(network, "A", "Pass, BBB").links == ("road:a:p", "road:p:q")


def test_posts_that_conditions_leave_out_are_no_end() -> None:
    network = gateway()
    assert find_route(network, "C", "Pass", avoid="AAA").links == ("road:q:c",)
    with pytest.raises(UsageError, match="AAA"):
        find_route(network, "C", "A", avoid="AAA")
    with pytest.raises(NoRouteError):
        find_route(network, "A", "Pass", modes="rail")


def test_a_gateway_on_the_way_or_in_a_table_is_refused_with_its_posts() -> None:
    network = gateway()
    for question in (
        lambda: find_route(network, "A", "C", via="Pass"),
        lambda: cc.sweep(network, [("A", "Pass")]),
    ):
        with pytest.raises(AmbiguousPlaceError) as caught:
            question()
        assert caught.value.places == ("p", "q")


# ---------------------------------------------------------------- corridors


def chain(*, by: tuple[str, ...] = ()) -> Network:
    """Places o, p, q, r in a row of roads, x beside o; the corridor runs p, q, r.

    ::

        x --10-- o --10-- p --10-- q --10-- r      and a shortcut o --15-- r
    """
    states = dict.fromkeys("xopqr", "AAA")
    roads = [("x", "o", 10.0), ("o", "p", 10.0), ("p", "q", 10.0), ("q", "r", 10.0), ("o", "r", 15.0)]
    links = [("road", start, end, {"AAA": km}, {}) for start, end, km in roads]
    network = network_of(states, links)  # type: ignore[arg-type]
    corridor = Corridor("The long way", ("p", "q", "r"), by=by)
    return Network(network.tables, {"long": corridor}, network.link_shapes, network.state_shapes)


def test_a_corridor_is_followed_in_either_direction() -> None:
    network = chain(by=("road", "road"))
    there = find_route(network, "p", "r", corridor="long")
    back = find_route(network, "r", "p", corridor="long")
    assert there.links == back.links[::-1] == ("road:p:q", "road:q:r")
    assert there.notes == ()
    assert back.notes == ("corridor The long way backwards",)


def test_a_corridor_is_joined_from_other_ends() -> None:
    network = chain()
    assert find_route(network, "o", "r", corridor="long").links == ("road:o:p", "road:p:q", "road:q:r")
    part = find_route(network, "q", "r", corridor="long")
    assert part.links == ("road:q:r",)
    assert part.notes == ("only the part of corridor The long way from Q to R",)


def test_a_corridor_that_does_not_fit_is_refused_without_a_long_search(net: Network) -> None:
    find_route(net, "Almaty", "Tashkent", modes="rail")
    for ends in (("Almaty", "Dushanbe"), ("Beijing", "Istanbul"), ("Osh", "Moscow")):

        def ask(ends: tuple[str, str] = ends) -> None:
            try:
                find_route(net, *ends, corridor="moscow-osh-kaz-rail")
            except NoRouteError as refusal:
                assert "\n" not in str(refusal)  # noqa: PT017  # either answer is right

        assert calls_of(ask) < 400_000  # a search of the whole network makes about 80,000


@pytest.mark.parametrize("ask", [cc.find_route, cc.bypass, cc.leverage, cc.alternatives, cc.vital_links])
@pytest.mark.parametrize("given", [None, "data/geo", 5])
def test_what_is_no_network_is_refused(ask: Callable[..., Any], given: Any) -> None:
    with pytest.raises(UsageError, match="a network from load_network is needed"):
        ask(given, "a1", "b4")
