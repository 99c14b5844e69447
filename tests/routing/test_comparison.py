"""Routes side by side."""

from __future__ import annotations

import pytest

from cacorridor import Network, compare_routes, find_route
from cacorridor.network.tables.named import Corridor
from cacorridor.routing.corridors import compare_corridors
from cacorridor.views.text import in_three_sentences
from tests.networks import network_of, toy_network, transfer


@pytest.fixture(scope="module")
def toy() -> Network:
    return toy_network()


def with_corridors(network: Network, **corridors: Corridor) -> Network:
    return Network(network.tables, corridors, network.link_shapes, network.state_shapes)


def test_a_row_tells_the_totals_of_its_route(toy: Network) -> None:
    routes = [
        find_route(toy, "a1", "c1", name="rail"),
        find_route(toy, "a1", "c1", modes=["road"], name="north"),
        find_route(toy, "a1", "c1", via=["d1"], name="south"),
        find_route(toy, "a1", "c1", avoid=["BBB", "DDD"], name="ferry"),
    ]
    table = compare_routes(routes).set_index("route")
    assert table.index.tolist() == ["rail", "north", "south", "ferry"]
    assert table["length_km"].tolist() == [route.length_km for route in routes]
    assert table["time_h"].tolist() == [route.time_h for route in routes]
    assert table["states"].tolist() == ["AAA BBB CCC", "AAA BBB CCC", "AAA DDD CCC", "AAA CCC"]
    assert table["touches"].tolist() == ["DDD", "", "", ""]
    assert table["bypasses"].tolist() == ["", "DDD", "BBB", "BBB DDD"]
    assert table["border_crossings"].tolist() == [2, 2, 2, 1]
    assert table["transfers"].tolist() == [0, 0, 0, 2]


def test_the_share_of_assumed_hours_is_that_of_the_legs(toy: Network) -> None:
    route = find_route(toy, "a1", "c1")  # of 22.325 h eight rest on assumed dwells
    assert compare_routes([route])["assumed_share"].tolist() == pytest.approx([8 / route.time_h])


def gauges(*modes: str) -> int:
    """Gauge breaks of a route over one link of each mode."""
    places = [f"p{number}" for number in range(len(modes) + 1)]
    network = network_of(
        dict.fromkeys(places, "AAA"),
        [(mode, places[n], places[n + 1], {"AAA": 100}, {}) for n, mode in enumerate(modes)],
        transfers=[
            transfer(places[n + 1], modes[n], modes[n + 1], 5)
            for n in range(len(modes) - 1)
            if modes[n] != modes[n + 1]
        ],
    )
    return int(compare_routes([find_route(network, places[0], places[-1])])["gauge_breaks"].iloc[0])


@pytest.mark.parametrize(
    ("modes", "breaks"),
    [
        (("rail_1520", "rail_1520"), 0),
        (("rail_1435", "rail_1520"), 1),
        (("rail_1435", "rail_1520", "rail_1435"), 2),
        (("rail_1435", "road", "rail_1520"), 0),
        (("road", "rail_1520"), 0),
    ],
)
def test_a_gauge_break_is_a_change_from_one_gauge_to_the_other(modes: tuple[str, ...], breaks: int) -> None:
    assert gauges(*modes) == breaks


def test_corridors_between_the_same_ends_are_set_side_by_side(toy: Network) -> None:
    network = with_corridors(
        toy,
        rail=Corridor("Rail", ("a1", "b2", "c1"), modes=("rail_1520",)),
        south=Corridor("South", ("a1", "d1", "c1"), modes=("road",)),
        other=Corridor("Elsewhere", ("a1", "b1"), modes=("road",)),
    )
    [comparison] = compare_corridors(network)
    assert comparison.heading == "A1 - C1"
    assert [route.name for route in comparison.routes] == ["Rail", "South"]
    text = in_three_sentences(network, comparison.routes)
    assert text.startswith(
        "The quickest is Rail: 573 km in 22 h (15\u201332 h in 8 of 10 cases), crossing State AAA,"
    )
    assert "The next, South, takes 27 h more and is 231 km longer; the ranges do not overlap" in text
    assert text.endswith("36% of the hours of the quickest rest on assumptions.")


def test_a_corridor_of_one_place_has_no_ends_to_compare(toy: Network) -> None:
    assert compare_corridors(with_corridors(toy, south=Corridor("South", ("d1",), modes=("road",)))) == []


def test_a_corridor_that_is_not_open_does_not_stop_the_comparison_of_the_others(toy: Network) -> None:
    network = with_corridors(
        toy,
        rail=Corridor("Rail", ("a1", "c1"), modes=("rail_1520",)),
        south=Corridor("South", ("a1", "d1", "c1"), modes=("road",)),
        canal=Corridor("Canal", ("a1", "c1"), modes=("sea",)),
    )
    [comparison] = compare_corridors(network)
    assert [route.name for route in comparison.routes] == ["Rail", "South"]
