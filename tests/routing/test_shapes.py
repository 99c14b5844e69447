"""A route on the ground, as GeoJSON, as a value."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

import cacorridor as cc
from cacorridor.routing.telling.shapes import plain, stops_on_ground
from tests.networks import PLACES, toy_network

if TYPE_CHECKING:
    from pathlib import Path

    from cacorridor import Network, Route


@pytest.fixture(params=[("a1", "c1"), ("c1", "a1")], ids=["as drawn", "against the drawing"])
def route(request: pytest.FixtureRequest, toy: Network) -> Route:
    return cc.find_route(toy, *request.param, modes="road", avoid="DDD")


def point_of(place: str) -> tuple[float, float]:
    _, lat, lon = PLACES[place]
    return lon, lat


def test_the_line_of_a_route_leads_from_its_origin_to_its_destination(route: Route) -> None:
    line = route.geometry
    assert line.coords[0] == point_of(route.query.origin)
    assert line.coords[-1] == point_of(route.query.destination)
    assert len(set(line.coords)) == len(line.coords)


def test_legs_follow_each_other_on_the_ground(route: Route) -> None:
    frame = route.to_geodataframe()
    assert frame.crs == "EPSG:4326"
    assert frame.drop(columns="geometry").equals(route.legs)
    ends = [(shape.coords[0], shape.coords[-1]) for shape in frame.geometry]
    assert [stop for _, stop in ends[:-1]] == [start for start, _ in ends[1:]]


def test_a_leg_that_stands_is_a_point(toy: Network) -> None:
    frame = cc.find_route(toy, "a1", "c1", modes=["road", "sea"], via="aport").to_geodataframe()
    transfers = frame[frame["kind"] == "transfer"]
    assert set(transfers.geom_type) == {"Point"}
    assert transfers.geometry.iloc[0].coords[0] == point_of("aport")


def test_stops_tell_what_a_route_does_there_and_for_how_long(route: Route) -> None:
    stops = stops_on_ground(route)
    assert stops["does"].iloc[0] == "begins"
    assert stops["does"].iloc[-1] == "ends"
    standing = route.table.hours[~route.table.is_kind("run")].sum()
    assert stops["time_h"].sum() == pytest.approx(standing)


def test_geojson_is_read_back_by_geopandas_and_tells_its_conditions(route: Route, tmp_path: Path) -> None:
    path = tmp_path / "route.geojson"
    path.write_text(route.to_geojson(), encoding="utf-8")
    frame = gpd.read_file(path)
    assert frame["time_h"].sum() == pytest.approx(route.time_h)
    assert frame.geometry.iloc[0].equals(route.to_geodataframe().geometry.iloc[0])
    told = json.loads(path.read_text(encoding="utf-8"))["cacorridor"]
    assert told["conditions"]["avoid"] == ["DDD"]
    assert told["conditions"]["modes"] == ["road"]
    assert told["data"]["sha256"] == route.network.sha256
    assert told["route"]["time_h"] == pytest.approx(route.time_h)


def test_other_libraries_take_a_route_as_it_is(route: Route) -> None:
    assert len(gpd.GeoDataFrame.from_features(route.__geo_interface__)) == len(route.legs)


def test_a_route_draws_itself(route: Route) -> None:
    assert route.explore(title="By road").html().startswith("<!DOCTYPE html>")
    assert route.plot().get_xlabel()
    shown = route._repr_html_()
    assert route.name in shown
    assert "avoiding State DDD" in shown


def test_a_route_from_a_town_draws_the_town() -> None:
    route = cc.find_route(toy_network(), "0.6,0.6", "c1", modes="road")
    assert route.geometry.coords[0] == (0.6, 0.6)
    assert "0.6,0.6" in route.explore().html()


def test_the_road_to_a_town_is_a_leg_of_its_own() -> None:
    legs = cc.find_route(toy_network(), "0.6,0.6", "c1", modes="road").legs
    assert legs["to"].iloc[0] == "A1"
    assert legs["mode"].tolist()[:2] == ["road", "road"]


def test_a_town_may_be_passed_and_be_an_end_of_a_pair() -> None:
    toy = toy_network()
    route = cc.find_route(toy, "a1", "c1", via="0.6,1.2", modes="road")
    assert shapely.Point(1.2, 0.6).distance(route.geometry) == 0
    assert any("0.6,1.2 (AAA) is joined to" in note for note in route.notes)
    table = cc.sweep(toy, [("0.6,0.6", "c1")], scenarios=["slow"], modes="road")
    assert table["origin"].tolist() == ["0.6,0.6"] * 2
    assert table["time_h"].is_monotonic_increasing
    assert cc.for_pairs(cc.bypass, toy, [("0.6,0.6", "c1")])["penalty_h"].notna().all()


# ---------------------------------------------------------------- as values


def test_equal_answers_are_equal_and_others_are_not(toy: Network) -> None:
    route, again = (cc.find_route(toy, "a1", "c1") for _ in range(2))
    other = cc.find_route(toy_network(), "a1", "c1")
    assert route == again == other == pickle.loads(pickle.dumps(route))  # noqa: S301  # our own bytes
    assert hash(route) == hash(again) == hash(other)
    assert route != cc.find_route(toy, "a1", "c1", name="another")
    assert route != cc.find_route(toy, "a1", "c1", month=1)
    assert route != cc.find_route(toy, "a1", "c1", level="typical")
    assert route != "route"


def test_a_slower_network_gives_another_route_on_the_same_links(toy: Network) -> None:
    route, slow = (cc.find_route(toy, "a1", "c1", scenario=name) for name in (None, "slow"))
    assert slow.query.scenarios == ("slow",)
    assert slow.time_h > route.time_h
    assert slow.network.applied == ("slow",)
    again = cc.find_route(cc.apply_scenarios(toy, "slow"), "a1", "c1")
    assert slow == again
    with pytest.raises(cc.UsageError, match="unknown scenario"):
        cc.find_route(toy, "a1", "c1", scenario="none-such")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (float("inf"), None),
        (float("nan"), None),
        (frozenset({"b", "a"}), ["a", "b"]),
        ((1, (2.5, None)), [1, [2.5, None]]),
        ({1: True}, {"1": True}),
    ],
)
def test_what_json_does_not_know_is_put_into_what_it_knows(value: Any, written: Any) -> None:
    assert plain(value) == written
    json.dumps(plain(value), allow_nan=False)
