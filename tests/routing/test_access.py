"""Any town or point as an end of a journey."""

from __future__ import annotations

import pytest

from cacorridor import CacorridorError, Network, UsageError, bypass, find_route, simulate, with_town
from cacorridor.network.towns import find_town
from cacorridor.routing.ends.access import CANDIDATES, CIRCUITY, candidates
from tests.networks import toy_network


def test_a_point_is_joined_by_road_to_places_of_its_state_alone() -> None:
    toy = toy_network()
    table = candidates(toy, find_town(toy, "0.6,0.6"))
    assert table["place"].iloc[0] == "a1"
    assert {toy.state_of[place] for place in table["place"]} == {"AAA"}
    assert 1 < len(table) <= CANDIDATES
    assert table["length_km"].to_list() == pytest.approx(table["straight_km"] * CIRCUITY, abs=0.06)


def test_a_point_as_an_end_is_said_so() -> None:
    route = find_route(toy_network(), "0.6,0.6", "c1", modes="road")
    assert route.origin == "0.6,0.6"
    assert route.links[0] == "road:0.600,0.600:a1"
    (note,) = route.notes
    assert note == (
        "0.6,0.6 (AAA) is joined to A1 by road, 20 km: straight line times 1.3, not measured; "
        "16 to 25 km on 8 of 10 roads, more where mountains lie between"
    )
    assert route.steps["length_km"].iloc[0] == pytest.approx(20.5, abs=0.3)


def test_two_points_that_fold_alike_are_two_points() -> None:
    route = find_route(toy_network(), "0.56,0.6", "0.5,1.6", modes="road")
    assert (route.origin, route.destination) == ("0.56,0.6", "0.5,1.6")
    assert len(route.notes) == 2
    with pytest.raises(UsageError, match="same place"):
        find_route(toy_network(), "0.5,0.6", "0.50, 0.60")


def test_a_point_at_sea_or_in_a_state_without_roads_is_outside() -> None:
    with pytest.raises(UsageError, match="outside this network; the nearest place inside is"):
        find_route(toy_network(), "30,30", "c1")


def test_a_network_with_a_town_answers_every_question() -> None:
    network = with_town(toy_network(), "0.6,0.6")
    assert with_town(network, "0.6,0.6") is network
    assert with_town(network, "a1") is network
    assert bypass(network, "0.600,0.600", "c1")["penalty_h"].notna().all()
    assert simulate(network, ("0.600,0.600", "c1"), draws=3).times_h.min() > 0


def test_names_that_people_ask_for_have_a_route_to_tashkent(net: Network) -> None:
    for end in (
        "Wuxi",
        "无锡",
        "Zibo",
        "Nakhodka",
        "Perm",
        "Klaipeda",
        "Shenyang",
        "Tver",
        "Taftan",
        "Sarakhs",
    ):
        assert find_route(net, end, "Tashkent").time_h > 0


@pytest.mark.parametrize("end", ["43.24,76.95", "Isfara", "Kungur", "Rzhev", "Madrid", "London", "Busan"])
def test_a_town_has_a_route_to_tashkent_or_a_reason(net: Network, end: str) -> None:
    outside = {"Madrid", "London", "Busan"}
    try:
        route = find_route(net, end, "Tashkent")
    except CacorridorError as refusal:
        assert end in outside
        assert "outside this network; the nearest place inside is" in str(refusal)  # noqa: PT017  # either answer is right
    else:
        assert end not in outside
        assert "straight line times 1.3" in route.notes[0]
        assert route.table.hours.min() >= 0


@pytest.mark.parametrize(
    "end", ["Kazakhstan", "kaz", "Казахстан", "Chad", "Uzbekistan", "Узбекистан", "Kyrgyzstan"]
)
def test_a_state_is_no_end_though_a_village_or_a_post_is_called_so(net: Network, end: str) -> None:
    with pytest.raises(UsageError, match=r"names a state \(.*\), not a place; allowed: a place in it"):
        find_route(net, end, "Tashkent")


def test_what_is_called_like_a_state_is_named_with_its_own(net: Network) -> None:
    for end, name in [("Kazakhstan, KAZ", "Kazakhstan"), ("Uzbekistan (post)", "Uzbekistan (post)")]:
        assert find_route(net, end, "Tashkent").origin == name
    with pytest.raises(UsageError, match="outside this network"):  # the city, which is larger than a village
        find_route(net, "Luxembourg", "Tashkent")


def test_the_length_of_a_road_to_a_town_is_assumed_and_widens_the_range() -> None:
    toy = toy_network()
    joined = find_route(toy, "0.6,0.6", "a1", modes="road")
    assert joined.evidence_shares()["assumed"] == 1
    assert "length assumed" in joined.evidence()["note"][0]
    # beside a road of the network of the same speed: as wide, and the circuity on top
    plain = find_route(toy, "a1", "a3", modes="road")
    assert joined.time_high_h / joined.time_low_h > plain.time_high_h / plain.time_low_h


def test_two_points_nearer_to_each_other_than_to_any_place_are_joined() -> None:
    route = find_route(toy_network(), "0.6,0.6", "0.61,0.6", modes="road")
    assert route.length_km == pytest.approx(1.1 * CIRCUITY, abs=0.1)
    apart = find_route(toy_network(), "0.6,0.6", "0.5,1.6", modes="road")
    assert apart.links[0] == "road:0.600,0.600:a1"  # between them lies a place


def test_a_point_with_longitude_first_is_told_so(net: Network) -> None:
    with pytest.raises(UsageError, match=r"latitude comes first: 41\.3,69\.24 lies in Uzbekistan$"):
        find_route(net, "69.24,41.3", "almaty")
    with pytest.raises(UsageError, match=r"km away$"):  # nor does it lie inside the other way round
        find_route(net, "0,-30", "almaty")
