"""Bypass, leverage, interdiction and break-even where the answer is known by hand.

::

        a1 (AAA) ---100 km--- b1 (BBB) ---100 km--- c1 (CCC)      the middle: 200 km, 13 h
           |                                         |
           `------150 km---- d1 (DDD) ----150 km-----'            the south: 300 km, 15.5 h

All by rail at 40 km/h; each border takes 2 h on either side.
"""

from __future__ import annotations

import math

import pandas as pd
import pytest

from cacorridor import (
    NoRouteError,
    UsageError,
    break_even,
    bypass,
    coalitions,
    find_route,
    for_pairs,
    leverage,
    load_network,
    minimal_cuts,
    vital_links,
)
from cacorridor.criticality.bypass import ask_bypass
from cacorridor.criticality.coalitions import ask_coalitions
from cacorridor.criticality.interdiction import ask_minimal_cuts, ask_vital_links
from cacorridor.criticality.leverage import ask_leverage
from cacorridor.routing.pairs import ask_pairs
from cacorridor.views import text
from tests.networks import network_of, toy_network, toy_rows

STATES = {"a1": "AAA", "b1": "BBB", "c1": "CCC", "d1": "DDD"}
MIDDLE = [
    ("rail_1520", "a1", "b1", {"AAA": 50.0, "BBB": 50.0}, {}),
    ("rail_1520", "b1", "c1", {"BBB": 50.0, "CCC": 50.0}, {}),
]
SOUTH = [
    ("rail_1520", "a1", "d1", {"AAA": 75.0, "DDD": 75.0}, {}),
    ("rail_1520", "d1", "c1", {"DDD": 75.0, "CCC": 75.0}, {}),
]
PLANNED_SOUTH = [(*link[:4], {"status": "planned", "opened": "2030"}) for link in SOUTH]
OCEAN = ("sea", "a1", "c1", {"sea": 3500.0}, {})
OCEAN_H = 4 + 48 / 0.9 / 2 * 1.25 + 24  # two sides, wait for the ship, sailing


@pytest.fixture
def square():
    return network_of(STATES, MIDDLE + SOUTH)


@pytest.fixture
def with_ocean():
    services = [{**row, "link": "sea:a1:c1"} for row in toy_rows()["services"]]
    return network_of(STATES, [*MIDDLE, *SOUTH, OCEAN], services=services)


# ---------------------------------------------------------------- bypass


def test_going_round_a_state_costs_hours_and_kilometres(square):
    row = bypass(square, "a1", "c1").iloc[0]
    assert (row["states"], row["role"], row["detour_states"]) == ("BBB", "crossed", "AAA DDD CCC")
    assert row["penalty_h"] == pytest.approx(2.5)
    assert row["penalty_km"] == pytest.approx(100)
    assert not row["necessary"]


def test_a_state_named_twice_is_one_question(square):
    table = bypass(square, "a1", "c1", states=["BBB", "BBB", ["BBB", "BBB"], ["BBB", "DDD"]])
    assert table["states"].tolist() == ["BBB", "BBB DDD"]


def test_what_is_avoided_already_cannot_be_gone_round(square):
    with pytest.raises(UsageError, match="DDD is both in states and in avoid"):
        bypass(square, "a1", "c1", states=["BBB", "DDD"], avoid=["DDD"])


@pytest.mark.parametrize(
    ("ask", "question", "options"),
    [
        (ask_bypass, bypass, {}),
        (ask_vital_links, vital_links, {}),
        (ask_minimal_cuts, minimal_cuts, {}),
        (ask_coalitions, coalitions, {}),
        (ask_leverage, leverage, {"outside": 100.0}),
    ],
)
def test_columns_say_what_frames_say(square, ask, question, options):
    # also of a pair without a route, and of one that crosses nothing
    pairs = [("a1", "c1"), ("a1", "b1"), ("c1", "a1")]
    shut = square.with_table("links", square.tables["links"].iloc[:1])
    for network in (square, shut):
        columns = ask_pairs(ask, network, pairs, years=[None, 2030], **options)
        frame = for_pairs(question, network, pairs, years=[None, 2030], **options)
        pd.testing.assert_frame_equal(columns.frame, frame)
        assert list(columns.columns) == list(frame)
        for name, cells in columns.columns.items():
            assert [None if text.is_missing(cell) else cell for cell in cells] == [
                None if text.is_missing(cell) else cell for cell in frame[name].tolist()
            ]


def test_a_way_round_hangs_on_the_link_without_which_there_is_none(square):
    row = bypass(square, "a1", "c1").iloc[0]
    assert row["critical_link"] in {"rail_1520:a1:d1", "rail_1520:d1:c1"}
    assert math.isinf(row["critical_link_delta_h"])


def test_a_state_without_which_there_is_no_route_is_necessary():
    row = bypass(network_of(STATES, MIDDLE), "a1", "c1").iloc[0]
    assert row["necessary"]
    assert math.isinf(row["penalty_h"])
    assert math.isinf(row["penalty_km"])


def test_states_can_be_gone_round_together(square):
    table = bypass(square, "a1", "c1", states=["DDD", ["BBB", "DDD"]])
    assert list(table["states"]) == ["DDD", "BBB DDD"]
    assert list(table["penalty_h"]) == [0.0, math.inf]
    assert list(table["role"]) == ["off the route", "crossed"]


def test_a_state_merely_touched_is_banned_unless_touching_is_allowed():
    toy = toy_network()  # the railway through BBB touches DDD
    strict = bypass(toy, "A1", "C1", states=["DDD"], modes=["rail"]).iloc[0]
    assert (strict["role"], strict["necessary"]) == ("touched", True)
    lenient = bypass(toy, "A1", "C1", states=["DDD"], modes=["rail"], allow_touch=True).iloc[0]
    assert lenient["penalty_h"] == 0


@pytest.mark.parametrize(("state", "place"), [("AAA", "A1"), ("CCC", "C1")])
def test_the_state_of_an_end_cannot_be_avoided(square, state, place):
    with pytest.raises(UsageError, match=f"{place} lies in {state}"):
        bypass(square, "a1", "c1", states=[state])


def test_an_unknown_state_is_refused(square):
    with pytest.raises(UsageError, match="unknown state 'ZZZ'"):
        bypass(square, "a1", "c1", states=["ZZZ"])


@pytest.mark.parametrize("question", [bypass, vital_links, minimal_cuts])
def test_a_pair_without_a_route_gives_the_cut(square, question):
    with pytest.raises(NoRouteError, match=r"every way crosses .*BBB.* or .*DDD"):
        question(square, "a1", "c1", avoid=["BBB", "DDD"])


def test_in_a_table_of_pairs_a_pair_without_a_route_tells_why(square):
    table = for_pairs(vital_links, square, [("a1", "c1"), ("a1", "b1")], avoid=["DDD"], modes=["road"])
    assert len(table) == 2
    assert table["no_route"].str.contains("the way needs rail_1520").all()


# ---------------------------------------------------------------- leverage


def test_two_rivals_share_what_they_save(square):
    table = leverage(square, "a1", "c1", outside_h=33).set_index("state")
    # alone B saves 20 h and D 17.5 h, together 20 h
    assert table["leverage_h"].to_dict() == pytest.approx({"BBB": (20 + 2.5) / 2, "DDD": 17.5 / 2})
    assert table["leverage_share"].sum() == pytest.approx(1)


def test_a_monopoly_takes_all_and_a_rival_takes_half_of_what_equals():
    alone = leverage(network_of(STATES, MIDDLE), "a1", "c1", outside_h=33)
    assert list(alone["state"]) == ["BBB"]
    assert alone["leverage_h"].iloc[0] == pytest.approx(20)
    twin = [(mode, a, b, dict.fromkeys(km, 50.0), extra) for mode, a, b, km, extra in SOUTH]
    both = leverage(network_of(STATES, MIDDLE + twin), "a1", "c1", outside_h=33)
    assert list(both["leverage_h"]) == pytest.approx([10, 10])


def test_a_project_takes_leverage_from_the_state_it_goes_round():
    network = network_of(STATES, MIDDLE + PLANNED_SOUTH)
    table = for_pairs(leverage, network, [("a1", "c1")], years=[2029, 2030], outside_h=33)
    held = table[table["state"] == "BBB"].set_index("year")["leverage_h"]
    assert held.to_dict() == pytest.approx({2029: 20, 2030: 11.25})
    after = leverage(network.at(2030), "a1", "c1", outside_h=33)
    assert after["leverage_h"].iloc[0] == pytest.approx(11.25)


def test_two_states_in_a_row_are_alike_and_a_state_off_every_route_is_not_listed():
    row = [*MIDDLE, ("rail_1520", "d1", "c1", {"DDD": 75.0, "CCC": 75.0}, {})]
    chain = network_of(
        {**STATES, "e1": "CCC"}, [*row[:1], ("rail_1520", "b1", "d1", {"BBB": 9.0, "DDD": 9.0}, {}), row[2]]
    )
    table = leverage(chain, "a1", "c1", outside_h=100).set_index("state")["leverage_h"]
    assert table["BBB"] == pytest.approx(table["DDD"])
    assert leverage(network_of(STATES, MIDDLE + SOUTH), "a1", "c1", outside_h=14)["state"].to_list() == [
        "BBB"
    ]


def test_the_outside_option_is_the_ocean_route(with_ocean):
    table = leverage(with_ocean, "a1", "c1", modes=["rail"])
    assert table["outside_h"].iloc[0] == pytest.approx(OCEAN_H)
    assert table["saving_h"].iloc[0] == pytest.approx(OCEAN_H - 13)


def test_without_an_ocean_route_the_user_must_name_the_outside_option(square):
    with pytest.raises(NoRouteError, match="give outside_h"):
        leverage(square, "a1", "c1")


@pytest.mark.parametrize("conditions", [{"criterion": "length"}, {"outside_h": 0}, {"outside_h": math.nan}])
def test_leverage_refuses_what_is_not_counted_in_hours(square, conditions):
    with pytest.raises(UsageError):
        leverage(square, "a1", "c1", **{"outside_h": 33, **conditions})


def test_nothing_is_shared_where_the_outside_option_is_better(square):
    assert leverage(square, "a1", "c1", outside_h=5).empty


def test_the_coalitions_show_what_each_is_worth(square):
    table = coalitions(square, "a1", "c1")
    assert dict(zip(table["states"], table["time_h"], strict=True)) == pytest.approx({"BBB": 13, "DDD": 15.5})


# ---------------------------------------------------------------- interdiction


def test_losing_a_link_adds_what_the_detour_takes(square):
    table = vital_links(square, "a1", "c1")
    assert list(table["delta_h"]) == pytest.approx([2.5, 2.5])
    assert table["is_crossing"].all()
    assert set(table["detour_states"]) == {"AAA DDD CCC"}


def test_a_link_without_which_there_is_no_route_adds_infinite_hours():
    assert all(map(math.isinf, vital_links(network_of(STATES, MIDDLE), "a1", "c1")["delta_h"]))


def test_both_transit_states_together_cut_the_pair(square):
    table = minimal_cuts(square, "a1", "c1")
    assert table[["states", "size"]].to_numpy().tolist() == [["BBB DDD", 2]]
    assert minimal_cuts(square, "a1", "c1", largest=1).empty


def test_one_state_delays_it_by_more_than_two_hours(square):
    table = minimal_cuts(square, "a1", "c1", more_than_h=2)
    assert table["states"].to_list() == ["BBB"]
    assert table["delta_h"].to_list() == pytest.approx([2.5])


def test_a_crossing_on_each_way_cuts_the_pair(square):
    table = minimal_cuts(square, "a1", "c1", of="crossings")
    assert len(table) == 4
    assert (table["size"] == 2).all()


def test_other_things_cannot_be_blocked(square):
    with pytest.raises(UsageError, match="allowed: states, crossings"):
        minimal_cuts(square, "a1", "c1", of="people")


# ---------------------------------------------------------------- break-even


def test_a_crossing_bears_the_dwell_at_which_both_routes_take_the_same_time(square):
    table = break_even(square, "a1", "c1", at="rail_1520:a1:b1")
    assert table["to_h"].iloc[0] == pytest.approx(6.5)  # 9 + x = 15.5
    assert table["today_h"].iloc[0] == 4
    assert list(table["is_today"]) == [True, False]
    assert list(table["uses_it"]) == [True, False]
    assert list(table["states"]) == ["AAA BBB CCC", "AAA DDD CCC"]


def test_a_place_stands_for_all_borders_there(square):
    table = break_even(square, "a1", "c1", at="b1")
    assert table["to_h"].iloc[0] == pytest.approx(5.25)  # 5 + 2 x = 15.5
    assert table["time_to_h"].iloc[0] == pytest.approx(15.5)


@pytest.mark.parametrize(
    ("origin", "destination", "at"),
    [
        ("Tashkent", "Istanbul", "bazargan"),
        ("Istanbul", "Tashkent", "bazargan"),
        ("Xi'an", "Tashkent", "khorgos"),
    ],
)
def test_the_dwell_of_today_is_that_of_the_direction_of_travel(origin, destination, at):
    """A border stands otherwise on the way back: today's row is today's best route, and takes its hours."""
    network = load_network()
    route = find_route(network, origin, destination)
    table = break_even(network, origin, destination, at=at)
    (row,) = table[table["is_today"]].to_dict("records")
    assert (row["states"], row["length_km"]) == (" ".join(route.states), pytest.approx(route.length_km))
    at_today_h = row["time_from_h"] + (row["today_h"] - row["from_h"]) * row["uses_it"]
    assert at_today_h == pytest.approx(route.time_h)


def test_where_no_other_route_is_left_the_last_one_goes_on():
    table = break_even(network_of(STATES, MIDDLE), "a1", "c1", at="b1", up_to_h=100)
    assert len(table) == 1
    assert table["time_to_h"].iloc[0] == pytest.approx(205)


def test_the_headway_of_a_ship_has_a_break_even_too(with_ocean):
    table = break_even(with_ocean, "a1", "c1", at="a1", what="headway", avoid=["BBB", "DDD"])
    assert len(table) == 1  # only the ship is left
    wait_h = table["time_to_h"].iloc[0] - table["time_from_h"].iloc[0]
    assert wait_h == pytest.approx(1000 / 0.9 / 2 * 1.25)
    assert table["today_h"].iloc[0] == pytest.approx(48)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"at": "a1", "what": "headway"}, "no sea link lies at"),
        ({"at": "a1", "what": "toll"}, "allowed: dwell, headway"),
        ({"at": "b1", "what": "fee"}, "needs criterion cost or generalised, not time"),
        ({"at": "b1", "criterion": "length"}, "needs criterion time or cost or generalised, not length"),
    ],
)
def test_a_break_even_without_sense_is_refused(square, options, message):
    with pytest.raises(UsageError, match=message):
        break_even(square, "a1", "c1", **options)


# ---------------------------------------------------------------- tables of pairs


def test_a_table_of_pairs_carries_its_weights(square):
    import pandas as pd

    pairs = pd.DataFrame({"origin": ["a1"], "destination": ["c1"], "weight": [3.0]})
    table = for_pairs(bypass, square, pairs, years=[2026])
    assert table[["origin", "destination", "weight", "year"]].iloc[0].to_list() == ["A1", "C1", 3.0, 2026]


def test_a_table_of_pairs_without_its_columns_is_refused(square):
    import pandas as pd

    with pytest.raises(UsageError, match="no column 'destination'"):
        for_pairs(bypass, square, pd.DataFrame({"origin": ["a1"]}))


def test_on_the_embedded_dataset_all_leverage_sums_to_the_saving():
    table = leverage(load_network(), "Xi'an", "Tashkent")
    assert table["leverage_h"].sum() == pytest.approx(
        table["saving_h"].iloc[0] - table["saving_alone_h"].iloc[0]
    )
    assert {"KAZ", "KGZ"} <= set(table["state"])
