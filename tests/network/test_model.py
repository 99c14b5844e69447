"""The frozen network: what it hands out, what it finds, what is open when."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from cacorridor import NoRouteError, UnknownPlaceError, find_route
from cacorridor.network.checks import parsing
from tests.networks import link_id, network_of, raw_tables, toy_rows

if TYPE_CHECKING:
    from cacorridor import Network

ROAD = "road:a1:a3"


# ---------------------------------------------------------------- nothing changes in place


def test_the_network_is_frozen(toy: Network) -> None:
    with pytest.raises(FrozenInstanceError):
        toy.tables = {}  # type: ignore[misc]


def test_changing_the_links_handed_out_changes_nothing(toy: Network) -> None:
    links = toy.links
    links.loc[ROAD, "length_km"] = 1.0
    links["mode"] = "sea"
    assert toy.links.loc[ROAD, ["length_km", "mode"]].tolist() == [170, "road"]


def test_changing_the_places_handed_out_changes_nothing(toy: Network) -> None:
    places = toy.places
    places.loc["a1", "name"] = "gone"
    places.loc["a1", "geometry"] = places.loc["b1", "geometry"]
    assert toy.places.loc["a1", "name"] == "A1"
    assert toy.places.loc["a1", "geometry"].x == 0.5
    assert toy.place_name("a1") == "A1"


def test_changing_the_states_handed_out_changes_nothing(toy: Network) -> None:
    states = toy.states
    states.loc["AAA", "name"] = "gone"
    assert toy.state_name("AAA") == "State AAA"


def test_changing_a_table_handed_out_changes_nothing(toy: Network) -> None:
    table = toy.table("speeds")
    table["speed_kmh"] = 1.0
    assert toy.table("speeds")["speed_kmh"].unique().tolist() == [40]


def test_changing_the_open_links_handed_out_changes_nothing(toy: Network) -> None:
    links = toy.open_links()
    links["status"] = "planned"
    assert ROAD in toy.open_links().index


def test_changing_a_frame_of_the_tables_changes_nothing(toy: Network) -> None:
    links = toy.tables["links"]
    links.loc[0, "mode"] = "sea"
    assert toy.tables["links"].loc[0, "mode"] == "road"


def test_the_tables_cannot_be_exchanged(toy: Network) -> None:
    with pytest.raises(TypeError):
        toy.tables["links"] = pd.DataFrame()  # type: ignore[index]


def test_the_corridors_cannot_be_exchanged(toy: Network) -> None:
    with pytest.raises(TypeError):
        toy.corridors["south"] = None  # type: ignore[index]


def test_changing_the_kilometres_by_state_handed_out_changes_nothing(toy: Network) -> None:
    toy.links.loc[ROAD, "state_km"]["AAA"] = 1.0
    assert toy.links.loc[ROAD, "state_km"] == {"AAA": 170}


def test_changing_the_callers_frame_afterwards_changes_nothing(toy: Network) -> None:
    speeds = toy.tables["speeds"].copy()
    other = toy.with_table("speeds", speeds)
    speeds["speed_kmh"] = 1.0
    assert other.table("speeds")["speed_kmh"].unique().tolist() == [40]


def test_the_callers_raw_frames_are_not_touched() -> None:
    raw = raw_tables()
    before = {name: frame.copy() for name, frame in raw.items()}
    parsing.convert(raw)
    for name, frame in raw.items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_with_table_returns_another_network_and_leaves_the_first(toy: Network) -> None:
    fewer = toy.with_table("links", toy.tables["links"].iloc[1:])
    assert ROAD not in fewer.links.index
    assert ROAD in toy.links.index


def test_rows_that_speak_of_a_lost_link_go_with_it(toy: Network) -> None:
    links = toy.tables["links"]
    ashore = toy.with_table("links", links[links["mode"] != "sea"])
    assert ashore.tables["services"].empty
    assert len(ashore.tables["crossings"]) == len(toy.tables["crossings"])  # defaults speak of no link


# ---------------------------------------------------------------- lengths


def published(**cells_of_link: str) -> Network:
    return network_of({"a": "AAA", "b": "BBB"}, [("road", "a", "b", {"AAA": 100, "BBB": 50}, cells_of_link)])


def test_a_link_without_published_length_is_as_long_as_measured() -> None:
    link = published().links.loc["road:a:b"]
    assert (link["length_km"], link["measured_km"], link["length_basis"]) == (150, 150, "line")


def test_a_published_length_beats_the_measured_one_and_scales_the_states() -> None:
    link = published(length_km="180", length_basis="published", source_id="s1").links.loc["road:a:b"]
    assert (link["length_km"], link["measured_km"], link["length_basis"]) == (180, 150, "published")
    assert link["state_km"] == pytest.approx({"AAA": 120, "BBB": 60})


def test_kilometres_by_state_sum_to_the_length(toy: Network) -> None:
    links = toy.links
    assert links["state_km"].map(lambda km: sum(km.values())).tolist() == pytest.approx(
        links["length_km"].tolist()
    )


def test_a_link_between_two_states_is_a_border(toy: Network) -> None:
    assert toy.links["is_border"].sum() == 8
    assert toy.links.loc["road:a3:b1", ["from_state", "to_state"]].tolist() == ["AAA", "BBB"]


# ---------------------------------------------------------------- names


@pytest.fixture(scope="module")
def named() -> Network:
    rows = toy_rows()["places"]
    names = {
        "a1": ("Xi'an", "Сиань", "西安"),
        "a2": ("Ürümqi", "Урумчи", "乌鲁木齐"),
        "b1": ("Jalal-Abad", "Джалал-Абад", ""),
        "b2": ("Türkmenbaşy", "Туркменбаши", ""),
        "c1": ("Khorgos (road)", "", ""),
        "c2": ("Oral", "Орал", ""),
        "c3": ("Aral", "Арал", ""),
    }
    for row in rows:
        row["name"], row["name_ru"], row["name_zh"] = names.get(row["id"], (row["name"], "", ""))
    return network_of(
        {row["id"]: row["state"] for row in rows}, [("road", "a1", "a3", {"AAA": 1}, {})], places=rows
    )


@pytest.mark.parametrize(
    ("spelling", "place"),
    [
        ("a1", "a1"),
        ("Xi'an", "a1"),
        ("xian", "a1"),
        ("XI’AN", "a1"),  # noqa: RUF001  # the apostrophe that word processors write
        ("  Xi an ", "a1"),
        ("Сиань", "a1"),
        ("сиань", "a1"),
        ("西安", "a1"),
        ("Urumqi", "a2"),
        ("ÜRÜMQI", "a2"),
        ("U\u0308rumqi", "a2"),
        ("乌鲁木齐", "a2"),
        ("Jalal Abad", "b1"),
        ("jalalabad", "b1"),
        ("ДЖАЛАЛ-АБАД", "b1"),
        ("Turkmenbasy", "b2"),
        ("Khorgos road", "c1"),
    ],
)
def test_a_place_is_found_by_any_of_its_spellings(named: Network, spelling: str, place: str) -> None:
    assert named.find_place(spelling) == place


def test_an_unknown_place_is_told_with_the_nearest_names(named: Network) -> None:
    with pytest.raises(UnknownPlaceError) as caught:
        named.find_place("Urumchi")
    assert caught.value.name == "Urumchi"
    assert caught.value.nearest == ("Ürümqi",)
    assert str(caught.value) == "unknown place 'Urumchi'; nearest names: Ürümqi"


@pytest.mark.parametrize("name", ["", "'", "?!", "x" * 10_000, "\x00", "Perm"])
def test_what_is_like_no_name_is_not_in_this_network(named: Network, name: str) -> None:
    with pytest.raises(UnknownPlaceError, match="not in this network") as caught:
        named.find_place(name)
    assert caught.value.nearest == ()
    assert len(str(caught.value)) < 150


# ---------------------------------------------------------------- years


def open_in(year: int | None, **link: str) -> bool:
    network = network_of({"a": "AAA", "b": "AAA"}, [("road", "a", "b", {"AAA": 100}, link)])
    return "road:a:b" in network.open_links(year).index


@pytest.mark.parametrize(
    ("link", "years_open", "years_shut"),
    [
        ({}, (None, 1900, 2100), ()),
        ({"opened": "2015"}, (None, 2015, 2100), (2014,)),
        ({"closed": "2015"}, (1900, 2015), (None, 2016)),
        ({"opened": "2010", "closed": "2015"}, (2010, 2015), (None, 2009, 2016)),
        ({"status": "planned", "opened": "2030"}, (2030, 2031), (None, 2029)),
        ({"status": "construction", "opened": "2028"}, (2028,), (None, 2027)),
    ],
    ids=str,
)
def test_a_link_is_open_from_its_first_year_to_its_last(
    link: dict[str, str], years_open: tuple[int | None, ...], years_shut: tuple[int | None, ...]
) -> None:
    assert all(open_in(year, **link) for year in years_open)
    assert not any(open_in(year, **link) for year in years_shut)


@pytest.mark.parametrize("year", [2029, 2030])
def test_the_network_of_a_year_answers_like_the_question_with_a_year(toy: Network, year: int) -> None:
    asked = find_route(toy, "a1", "c1", modes=["road"], year=year)
    taken = find_route(toy.at(year), "a1", "c1", modes=["road"])
    assert asked.links == taken.links
    assert asked.time_h == taken.time_h
    assert (link_id("road", "a3", "c3") in asked.links) == (year == 2030)


def test_the_network_of_a_year_has_only_what_is_open_then(toy: Network) -> None:
    then, now = toy.at(2030), toy.at(2029)
    assert set(then.links["status"]) == {"operational"}
    assert set(then.links.index) - set(now.links.index) == {"road:a3:c3"}
    assert then.tables["links"].dtypes.equals(toy.tables["links"].dtypes)
    assert set(then.at(2029).links.index) == set(now.links.index)


def test_a_link_that_closed_is_open_in_the_network_of_its_years() -> None:
    network = network_of({"a": "AAA", "b": "AAA"}, [("road", "a", "b", {"AAA": 100}, {"closed": "2015"})])
    assert find_route(network.at(2015), "a", "b").length_km == 100
    with pytest.raises(NoRouteError):
        find_route(network.at(2016), "a", "b")
