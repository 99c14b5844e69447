"""Questions and answers on the toy, and on networks of a few places drawn beside each test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cacorridor import Network, NoRouteError, UnknownPlaceError, UsageError, find_route
from cacorridor.network.tables.named import Corridor
from cacorridor.routing.query import expand_modes
from tests.networks import edited, network_of, toy_network, toy_rows, transfer

if TYPE_CHECKING:
    from cacorridor import Route
    from tests.networks import LinkSpec

RAIL_LINKS = ("rail_1520:a1:a2", "rail_1520:a2:b2", "rail_1520:b2:b3", "rail_1520:b3:c2", "rail_1520:c2:c1")
ROAD_NORTH = ("road:a1:a3", "road:a3:b1", "road:b1:b4", "road:b4:c3", "road:c3:c1")
ROAD_SOUTH = ("road:a1:ad", "road:ad:da", "road:da:d1", "road:d1:dc", "road:dc:cd", "road:cd:c1")
FERRY = ("road:a1:aport", "sea:aport:cport", "road:cport:c1")


@pytest.fixture(scope="module")
def toy() -> Network:
    return toy_network()


def a1_c1(network: Network, **conditions: Any) -> Route:
    return find_route(network, "a1", "c1", **conditions)


# ---------------------------------------------------------------- the best way


def test_places_stand_in_order_of_travel(toy: Network) -> None:
    """Pages number and draw them in this order: a set of names would have another in every process."""
    assert list(a1_c1(toy).place_name) == ["a1", "a2", "b2", "b3", "c2", "c1"]
    by_sea = find_route(toy, "a1", "c1", avoid=["BBB", "DDD"])
    assert list(by_sea.place_name) == ["a1", "aport", "cport", "c1"]


def test_the_fastest_way_is_by_rail_with_every_hour_on_a_leg(toy: Network) -> None:
    route = a1_c1(toy)
    assert route.links == RAIL_LINKS
    assert route.length_km == 160 + 24 + 205 + 24 + 160
    assert route.time_h == pytest.approx(route.length_km / 40 + 4 * 2)
    assert route.states == ("AAA", "BBB", "CCC")
    assert route.touches == ("DDD",)
    assert route.crossings == ("rail_1520:a2:b2", "rail_1520:b3:c2")
    assert route.modes == ("rail_1520",)
    assert (route.origin, route.destination) == ("A1", "C1")


def test_time_low_and_high_enclose_the_expected_time(toy: Network) -> None:
    route = a1_c1(toy)
    assert 0 < route.time_low_h < route.time_h < route.time_high_h


def test_legs_lead_from_the_origin_to_the_destination_without_a_gap(toy: Network) -> None:
    for conditions in ({}, {"modes": ["road", "sea"], "via": ["aport", "cport"]}, {"through": ["DDD"]}):
        legs = a1_c1(toy, **conditions).steps
        assert (legs["from_id"].iloc[0], legs["to_id"].iloc[-1]) == ("a1", "c1")
        places = [("a1", "A1")]
        for leg in legs.rename(columns={"from": "start"}).itertuples():
            assert (leg.from_id, leg.start) == places[-1] or leg.kind == "run"
            places.append((leg.to_id, leg.to))


def test_places_may_be_named_in_any_spelling(toy: Network) -> None:
    assert find_route(toy, " A1", "c1").links == a1_c1(toy).links


def test_the_way_back_is_as_long_and_takes_as_much_time(toy: Network) -> None:
    there, back = a1_c1(toy), find_route(toy, "c1", "a1")
    assert back.links == there.links[::-1]
    assert (back.length_km, back.time_h) == pytest.approx((there.length_km, there.time_h))


def test_the_typical_level_takes_longer_than_the_express(toy: Network) -> None:
    assert a1_c1(toy, level="typical").time_h == pytest.approx(a1_c1(toy).time_h + 4 * 8)


def test_the_shortest_way_is_not_the_fastest(toy: Network) -> None:
    # rail 573 km in 22 h; road 598 km
    slow_rail = toy_network(
        {
            **toy_rows(),
            "speeds": [
                {**row, "speed_kmh": "5", "speed_low_kmh": "4", "speed_high_kmh": "6"}
                if "rail" in row["id"]
                else row
                for row in toy_rows()["speeds"]
            ],
        }
    )
    assert a1_c1(slow_rail, criterion="length").links == RAIL_LINKS
    assert a1_c1(slow_rail, criterion="time").links == ROAD_NORTH
    assert a1_c1(toy, modes=["road"], criterion="length").links == ROAD_NORTH


# ---------------------------------------------------------------- conditions


def test_modes_keep_to_the_modes_named(toy: Network) -> None:
    assert a1_c1(toy, modes=["road"]).links == ROAD_NORTH
    assert a1_c1(toy, modes=["rail"]).links == RAIL_LINKS
    assert a1_c1(toy, modes=["rail_1520"]).links == RAIL_LINKS


def test_rail_means_both_gauges(toy: Network) -> None:
    assert expand_modes(toy, ["rail"]) == {"rail_1435", "rail_1520"}
    assert expand_modes(toy, ["rail", "sea"]) == {"rail_1435", "rail_1520", "sea"}
    assert expand_modes(toy, None) == expand_modes(toy, ["rail", "road", "sea"]) == frozenset()


def test_an_avoided_state_is_neither_crossed_nor_touched(toy: Network) -> None:
    route = a1_c1(toy, avoid=["DDD"])
    assert route.links == ROAD_NORTH
    assert "DDD" not in set(route.steps["state"])


def test_a_train_may_run_through_an_avoided_state_where_that_is_allowed(toy: Network) -> None:
    assert a1_c1(toy, avoid=["DDD"], allow_touch=True).links == RAIL_LINKS


def test_two_avoided_states_leave_the_ferry(toy: Network) -> None:
    route = a1_c1(toy, avoid=["BBB", "DDD"])
    assert route.links == FERRY
    assert route.states == ("AAA", "CCC")
    assert route.steps["kind"].tolist() == [
        "run", "transfer", "border", "board", "run", "border", "transfer", "run",
    ]  # fmt: skip


def test_through_a_state_means_a_stop_in_it_not_a_touch(toy: Network) -> None:
    assert a1_c1(toy, through=["DDD"]).links == ROAD_SOUTH
    assert a1_c1(toy, through=["BBB"]).links == RAIL_LINKS
    assert a1_c1(toy, through=["AAA", "CCC"]).links == RAIL_LINKS


def test_via_leads_through_the_places_named(toy: Network) -> None:
    assert a1_c1(toy, via=["d1"]).links == ROAD_SOUTH
    assert a1_c1(toy, via=["b1", "b4"]).links == ROAD_NORTH
    assert a1_c1(toy, via=["a1", "b1", "c1"]).links == ROAD_NORTH  # the ends are met anyway


def test_via_keeps_the_order_of_the_places() -> None:
    """A square: o and d at its left and right, p and q above and below, joined.

    ::

          p
        / | \\
       o  |  d
        \\ | /
          q
    """
    network = network_of(
        dict.fromkeys("opqd", "AAA"),
        [("road", one, other, {"AAA": 100}, {}) for one, other in ("op", "oq", "pq", "pd", "qd")],
    )
    assert find_route(network, "o", "d", via=["p", "q"]).links == ("road:o:p", "road:p:q", "road:q:d")
    assert find_route(network, "o", "d", via=["q", "p"]).links == ("road:o:q", "road:p:q", "road:p:d")


def test_a_year_asks_the_network_of_that_year(toy: Network) -> None:
    assert "road:a3:c3" not in a1_c1(toy, modes=["road"], year=2029).links
    route = a1_c1(toy, modes=["road"], year=2030)
    assert "road:a3:c3" in route.links
    assert (route.states, route.touches) == (("AAA", "CCC"), ("BBB",))


def test_a_corridor_pins_the_route_and_names_it(toy: Network) -> None:
    route = a1_c1(toy, corridor="south")
    assert route.links == ROAD_SOUTH
    assert route.name == "The southern road"
    assert a1_c1(toy, corridor="south", name="Mine").name == "Mine"
    assert a1_c1(toy).name == "A1 - C1"


def test_a_corridor_brings_its_modes_and_its_year(toy: Network) -> None:
    corridor = Corridor("New road", ("a3", "c3"), modes=("road",), year=2030)
    network = Network(toy.tables, {"new": corridor}, toy.link_shapes, toy.state_shapes)
    assert "road:a3:c3" in a1_c1(network, corridor="new").links
    assert "road:a3:c3" not in a1_c1(network, corridor="new", year=2029).links


# ---------------------------------------------------------------- no doubling back


def test_a_wish_off_the_way_is_refused_rather_than_met_by_turning_round() -> None:
    """x lies at the end of a side road: o - m - d with m - x."""
    network = network_of(
        {"o": "AAA", "m": "AAA", "d": "AAA", "x": "BBB"},
        [
            ("road", "o", "m", {"AAA": 100}, {}),
            ("road", "m", "d", {"AAA": 100}, {}),
            ("road", "m", "x", {"AAA": 5, "BBB": 5}, {}),
        ],
    )
    for wish in ({"via": ["x"]}, {"through": ["BBB"]}):
        with pytest.raises(NoRouteError, match=r"no way leads through (X|BBB) without doubling back"):
            find_route(network, "o", "d", **wish)


def test_a_longer_way_is_taken_where_the_short_one_would_double_back() -> None:
    """The cheap way to x and on to d uses m twice; the long way round does not.

    ::

        o --- m --- d
              |     |
              x --- y      (x - y and y - d are long)
    """
    network = network_of(
        dict.fromkeys("omdxy", "AAA"),
        [
            ("road", "o", "m", {"AAA": 100}, {}),
            ("road", "m", "d", {"AAA": 100}, {}),
            ("road", "m", "x", {"AAA": 10}, {}),
            ("road", "x", "y", {"AAA": 900}, {}),
            ("road", "y", "d", {"AAA": 900}, {}),
        ],
    )
    assert find_route(network, "o", "d", via=["x"]).links == ("road:o:m", "road:m:x", "road:x:y", "road:y:d")


def test_freight_may_pass_a_place_again_on_the_way_from_a_terminal_beyond_it() -> None:
    """No transfer at p: the quick way goes to q, changes to rail and comes back through p.

    ::

        o ==road== p ==slow road== d
                   ||
                   q      (road and rail p - q, transfer at q; rail p - d is quick)
    """
    links: list[LinkSpec] = [
        ("road", "o", "p", {"AAA": 100}, {}),
        ("road", "p", "q", {"AAA": 10}, {}),
        ("rail_1520", "p", "q", {"AAA": 10}, {}),
        ("rail_1520", "p", "d", {"AAA": 100}, {}),
        ("road", "p", "d", {"AAA": 3000}, {}),
    ]
    network = network_of(
        dict.fromkeys("opqd", "AAA"), links, transfers=[transfer("q", "road", "rail_1520", 1)]
    )
    assert find_route(network, "o", "d").links == ("road:o:p", "road:p:q", "rail_1520:p:q", "rail_1520:p:d")
    assert find_route(network, "o", "d", modes=["road"]).links == ("road:o:p", "road:p:d")


def test_a_corridor_may_name_a_mode_for_each_stretch(toy: Network) -> None:
    corridor = Corridor("Ferry and road", ("a1", "aport", "cport", "c1"), by=("road", "sea", "road"))
    network = Network(toy.tables, {"ferry": corridor}, toy.link_shapes, toy.state_shapes)
    assert a1_c1(network, corridor="ferry").links == FERRY


def test_a_corridor_by_rail_only_does_not_take_the_road(toy: Network) -> None:
    corridor = Corridor("Rail in the west", ("a1", "a2", "c1"), by=("rail", "road"))
    network = Network(toy.tables, {"mixed": corridor}, toy.link_shapes, toy.state_shapes)
    with pytest.raises(NoRouteError):
        a1_c1(network, corridor="mixed")  # no road leaves a2


def test_a_corridor_may_avoid_a_state(toy: Network) -> None:
    corridor = Corridor("Round the south", ("a1", "c1"), avoid=("DDD",))
    network = Network(toy.tables, {"round": corridor}, toy.link_shapes, toy.state_shapes)
    assert a1_c1(network, corridor="round").links == ROAD_NORTH


# ---------------------------------------------------------------- no route, and why


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        (
            {"modes": ["road"], "avoid": ["BBB", "DDD"]},
            [
                "avoiding BBB, DDD",
                "by road",
                "every way crosses State BBB (BBB) or State DDD (DDD)",
                "needs sea",
            ],
        ),
        ({"modes": ["rail"], "avoid": ["BBB"]}, ["every way crosses State BBB (BBB)", "the way needs road"]),
        ({"modes": ["rail"], "avoid": ["DDD"]}, ["through an avoided state without a stop", "allow_touch"]),
        ({"modes": ["sea"]}, ["by sea", "the way needs rail_1520 or road besides sea"]),
        ({"modes": ["rail_1435"]}, ["the way needs rail_1520 or road besides rail_1435"]),
    ],
    ids=str,
)
def test_no_route_names_what_blocks_it(toy: Network, conditions: dict[str, Any], words: list[str]) -> None:
    with pytest.raises(NoRouteError) as caught:
        a1_c1(toy, **conditions)
    assert str(caught.value).startswith("no route from A1 to C1")
    for each in words:
        assert each in str(caught.value)


def test_no_route_names_the_two_states_of_which_both_must_be_crossed() -> None:
    """o (AAA) - m (BBB) - n (CCC) - d (DDD), and nothing else."""
    network = network_of(
        {"o": "AAA", "m": "BBB", "n": "CCC", "d": "DDD"},
        [
            ("road", "o", "m", {"AAA": 50, "BBB": 50}, {}),
            ("road", "m", "n", {"BBB": 50, "CCC": 50}, {}),
            ("road", "n", "d", {"CCC": 50, "DDD": 50}, {}),
        ],
    )
    with pytest.raises(NoRouteError) as caught:
        find_route(network, "o", "d", avoid=["BBB", "CCC"])
    assert caught.value.blocked_by == ("every way crosses State BBB (BBB) and State CCC (CCC)",)


def line_of(**years: str) -> Network:
    """o - m - d by road; ``years`` are the cells of m - d."""
    return network_of(
        dict.fromkeys("omd", "AAA"),
        [("road", "o", "m", {"AAA": 50}, {}), ("road", "m", "d", {"AAA": 50}, years)],
    )


def test_no_route_names_the_link_that_it_waits_for_and_its_year() -> None:
    with pytest.raises(NoRouteError, match=r"waits for links that are not open: road:m:d \(2030\)"):
        find_route(line_of(status="planned", opened="2030"), "o", "d")


def test_no_route_in_an_early_year_names_the_link_that_opened_later() -> None:
    with pytest.raises(NoRouteError, match=r"in 2010.*road:m:d \(2015\)"):
        find_route(line_of(opened="2015"), "o", "d", year=2010)


def test_no_route_does_not_wait_for_links_that_are_open_in_the_year_asked() -> None:
    network = network_of(
        dict.fromkeys("omd", "AAA"),
        [
            ("road", "o", "m", {"AAA": 50}, {"status": "construction", "opened": "2028"}),
            ("road", "m", "d", {"AAA": 50}, {"status": "planned", "opened": "2040"}),
        ],
    )
    with pytest.raises(NoRouteError) as caught:
        find_route(network, "o", "d", year=2030)
    assert caught.value.blocked_by == ("the way waits for links that are not open: road:m:d (2040)",)


def test_places_that_nothing_connects_are_told_so() -> None:
    network = network_of(dict.fromkeys("omd", "AAA"), [("road", "o", "m", {"AAA": 50}, {})])
    with pytest.raises(NoRouteError, match="nothing in the network connects"):
        find_route(network, "o", "d")


# ---------------------------------------------------------------- questions that make no sense


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ({"level": "fast"}, "level 'fast'; allowed: block, express, typical"),
        ({"criterion": "beauty"}, "criterion 'beauty'; allowed: time, length, cost, emissions, generalised"),
        ({"criterion": "generalised"}, "needs value_of_time"),
        ({"value_of_time": -1}, "value_of_time -1; allowed: a finite number, 0 or more"),
        ({"value_of_time": "pearls"}, "allowed: dollars an hour, or goods: fruit"),
        ({"load": "barrel"}, "load 'barrel'; allowed: feu, truck20t, t"),
        ({"modes": ["boat"]}, "allowed: rail, rail_1435, rail_1520, road, sea"),
        ({"modes": []}, "allowed: rail"),
        ({"modes": ["rail", ""]}, "allowed: rail"),
        ({"avoid": ["ZZZ"]}, "unknown state 'ZZZ'; allowed: AAA, BBB, CCC, DDD"),
        ({"avoid": ["BBB"], "through": ["BBB"]}, "BBB is both in through and in avoid"),
        ({"avoid": ["AAA"]}, "A1 lies in AAA, which is avoided"),
        ({"avoid": ["BBB"], "via": ["b1"]}, "B1 lies in BBB, which is avoided"),
        ({"corridor": "north"}, "unknown corridor 'north'; allowed: south"),
    ],
    ids=str,
)
def test_a_question_that_makes_no_sense_is_refused(
    toy: Network, conditions: dict[str, Any], words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        a1_c1(toy, **conditions)
    assert words in str(caught.value)


def test_a_way_from_a_place_to_itself_is_refused(toy: Network) -> None:
    with pytest.raises(UsageError, match="the same place: A1"):
        find_route(toy, "a1", "A1")


def test_unknown_places_are_refused_wherever_they_stand(toy: Network) -> None:
    for question in (("zz", "c1", ()), ("a1", "zz", ()), ("a1", "c1", ["zz"])):
        with pytest.raises(UnknownPlaceError, match="zz"):
            find_route(toy, *question[:2], via=question[2])


# ---------------------------------------------------------------- the answer told


CONDITIONS: list[dict[str, Any]] = [
    {},
    {"modes": ["road"]},
    {"avoid": ["BBB", "DDD"]},
    {"through": ["DDD"], "level": "typical"},
    {"via": ["aport", "cport"], "criterion": "length"},
]


@pytest.mark.parametrize("conditions", CONDITIONS, ids=str)
def test_the_itinerary_sums_to_the_totals(toy: Network, conditions: dict[str, Any]) -> None:
    route = a1_c1(toy, **conditions)
    itinerary = route.legs
    assert itinerary["length_km"].sum() == pytest.approx(route.length_km)
    assert itinerary["time_h"].sum() == pytest.approx(route.time_h)
    assert itinerary["to"].tolist()[:-1] == itinerary["from"].tolist()[1:]
    assert (itinerary["time_low_h"] <= itinerary["time_high_h"]).all()


def test_the_itinerary_has_one_row_a_stretch_a_border_and_a_transfer(toy: Network) -> None:
    north = a1_c1(toy, modes=["road"]).legs
    assert north["kind"].tolist() == ["run", "border", "run", "border", "run"]
    assert north["states"].tolist() == ["AAA", "AAA BBB", "BBB", "BBB CCC", "CCC"]
    ferry = a1_c1(toy, avoid=["BBB", "DDD"]).legs
    assert ferry["kind"].tolist() == ["run", "transfer", "sea", "transfer", "run"]
    assert ferry["from"].tolist() == ["A1", "APORT", "APORT", "CPORT", "CPORT"]


@pytest.mark.parametrize("conditions", CONDITIONS, ids=str)
def test_the_evidence_accounts_for_every_hour_once(toy: Network, conditions: dict[str, Any]) -> None:
    route = a1_c1(toy, **conditions)
    evidence = route.evidence()
    assert evidence["share"].sum() == pytest.approx(1)
    assert evidence["time_h"].sum() == pytest.approx(route.time_h)
    assert evidence["factor"].is_unique
    assert evidence["time_h"].is_monotonic_decreasing


def test_the_evidence_names_source_or_reason(toy: Network) -> None:
    evidence = a1_c1(toy).evidence().set_index("factor")
    assert evidence.loc["speeds/rail_1520-express", ["basis", "source_id"]].tolist() == ["published", "s1"]
    assert evidence.loc["crossings/rail_1520-inbound-express", ["basis", "note"]].tolist() == [
        "assumed",
        "toy",
    ]


def test_a_route_tells_itself_in_one_line(toy: Network) -> None:
    assert repr(a1_c1(toy)).startswith("<Route A1 - C1: 573 km, 22 h (")
    assert repr(a1_c1(toy)).endswith("), AAA BBB CCC, touches DDD>")


def test_a_notebook_shows_the_itinerary_with_names_escaped() -> None:
    network = toy_network(edited("places", "a1", name="<b>A1</b>"))
    html = a1_c1(network)._repr_html_()
    assert "&lt;b&gt;A1&lt;/b&gt;" in html
    assert "<b>A1" not in html


def test_asking_does_not_change_the_network(toy: Network) -> None:
    before = {name: frame.copy() for name, frame in toy.tables.items()}
    a1_c1(toy, via=["d1"], avoid=["BBB"], level="typical", year=2030)
    assert all(frame.equals(before[name]) for name, frame in toy.tables.items())


def test_changing_the_legs_handed_out_does_not_change_the_route(toy: Network) -> None:
    route = a1_c1(toy)
    length_km = route.length_km
    legs = route.steps
    legs.loc[:, "length_km"] = 0.0
    assert route.length_km == length_km


def test_no_route_names_the_link_that_is_shut_and_the_year_of_the_last_way() -> None:
    with pytest.raises(NoRouteError) as caught:
        find_route(line_of(closed="2023"), "o", "d")
    (obstacle,) = caught.value.cut
    assert (obstacle.kind, obstacle.names, obstacle.context) == ("shut", (("road:m:d",),), "2023")
    told = "in service no more: M - D (last in service 2023); with them a way was open in 2023"
    assert caught.value.blocked_by == (told,)
    with pytest.raises(NoRouteError, match="in service no more: M - D"):
        find_route(line_of(closed="2023"), "o", "d", year=2024)


def test_of_two_links_that_are_shut_both_are_named_with_the_year_in_which_both_were_open() -> None:
    network = network_of(
        dict.fromkeys("omd", "AAA"),
        [
            ("road", "o", "m", {"AAA": 50}, {"closed": "2019"}),
            ("road", "m", "d", {"AAA": 50}, {"closed": "2022"}),
        ],
    )
    with pytest.raises(NoRouteError) as caught:
        find_route(network, "o", "d")
    assert caught.value.cut[0].names == (("road:o:m", "road:m:d"),)
    assert caught.value.cut[0].context == "2019"


def test_a_link_that_was_shut_before_the_other_was_opened_made_no_way() -> None:
    network = network_of(
        dict.fromkeys("omd", "AAA"),
        [
            ("road", "o", "m", {"AAA": 50}, {"closed": "2019"}),
            ("road", "m", "d", {"AAA": 50}, {"opened": "2021", "closed": "2022"}),
        ],
    )
    with pytest.raises(NoRouteError) as caught:
        find_route(network, "o", "d")
    assert [each.kind for each in caught.value.cut] == ["unconnected"]


def test_a_state_of_which_the_network_has_nothing_is_told_so(net: Network) -> None:
    with pytest.raises(NoRouteError) as caught:
        find_route(net, "tashkent", "berlin", through=["Norway"])
    assert caught.value.blocked_by == ("the network has no place in Norway (NOR)",)
