"""The ground: lines join their places, states stand in order, and a city that lacks a mode is warned of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from cacorridor import DataError, load_network
from cacorridor.network.checks.warnings import network_warnings
from tests.networks import edited, network_of, row_number, toy_network, write_toy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cacorridor.errors import Fault

SHAPES, STATES = "link_shapes.geojson", "states.geojson"


def faults_in(directory: Path) -> list[Fault]:
    with pytest.raises(DataError) as caught:
        load_network(directory)
    return list(caught.value.faults)


def edit(directory: Path, file: str, change: Callable[[dict[str, Any]], object]) -> Path:
    content = json.loads((directory / file).read_text(encoding="utf-8"))
    change(content)
    (directory / file).write_text(json.dumps(content), encoding="utf-8")
    return directory


def edit_link(directory: Path, link: str, change: Callable[[dict[str, Any]], object]) -> Path:
    def on_link(content: dict[str, Any]) -> None:
        [feature] = [each for each in content["features"] if each["properties"]["id"] == link]
        change(feature)

    return edit(directory, SHAPES, on_link)


def test_a_place_moved_from_its_lines_is_a_fault_of_each_link(tmp_path: Path) -> None:
    found = faults_in(write_toy(tmp_path / "toy", edited("places", "b1", lat="1.33")))
    rows = {row_number("links", "road:a3:b1"), row_number("links", "road:b1:b4")}
    assert {fault.row for fault in found if "end of its line, which is 36 km off" in fault.allowed} == rows


def test_a_place_a_little_beside_its_line_is_no_fault(tmp_path: Path) -> None:
    load_network(write_toy(tmp_path / "toy", edited("places", "b1", lat="1.03")))


@pytest.mark.parametrize("link", ["road:a3:b1", "road:b1:b4", "sea:aport:cport"])
def test_swapped_ends_are_a_fault_with_the_remedy(tmp_path: Path, link: str) -> None:
    _, start, end = link.split(":")
    [fault, *_] = faults_in(write_toy(tmp_path / "toy", edited("links", link, from_=end, to=start)))
    assert (fault.file, fault.row, fault.column) == ("links.csv", row_number("links", link), "from")
    assert fault.allowed == f"{start}: the line runs the other way round"


def test_states_out_of_order_are_a_fault(toy_dir: Path) -> None:
    def turn(feature: dict[str, Any]) -> None:
        feature["properties"]["km"] = dict(reversed(feature["properties"]["km"].items()))

    [fault] = faults_in(edit_link(toy_dir, "road:a3:b1", turn))
    assert (fault.file, fault.value) == (SHAPES, "BBB, AAA")
    assert fault.allowed == "states in order of travel, from AAA to BBB, in road:a3:b1"


@pytest.mark.parametrize("file", [SHAPES, STATES])
@pytest.mark.parametrize("position", [[181, 0], [0, 91], [1e308, 0], [-1e400, 0]], ids=str)
def test_a_position_outside_the_earth_is_a_fault(toy_dir: Path, file: str, position: list[float]) -> None:
    def move(content: dict[str, Any]) -> None:
        coordinates = content["features"][0]["geometry"]["coordinates"]
        (coordinates[0] if file == STATES else coordinates)[1] = position

    assert {fault.file for fault in faults_in(edit(toy_dir, file, move))} == {file}


def test_a_line_at_the_origin_is_a_fault(toy_dir: Path) -> None:
    def move(feature: dict[str, Any]) -> None:
        feature["geometry"]["coordinates"] = [[0, 0], [0, 0]]

    found = faults_in(edit_link(toy_dir, "road:b1:b4", move))
    assert {(fault.file, fault.column) for fault in found} >= {("links.csv", "from"), ("links.csv", "to")}


@pytest.mark.parametrize("column", ["measured_km", "line_km"])
@pytest.mark.parametrize("value", [1e-320, 1e-9, 1e308, 40_001, 3, 3_000, 10**400])
def test_an_absurd_length_is_a_fault(toy_dir: Path, column: str, value: float) -> None:
    found = faults_in(
        edit_link(toy_dir, "road:b1:b4", lambda feature: feature["properties"].update({column: value}))
    )
    # before pandas 3.1 a number of 401 digits ends the reading of the whole file
    assert {(SHAPES, column), (SHAPES, "file")} & {(fault.file, fault.column) for fault in found}


def crs(name: object) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


@pytest.mark.parametrize(
    "member", [crs("EPSG:3857"), crs("urn:ogc:def:crs:EPSG::32642"), crs(7), "EPSG:3857"]
)
@pytest.mark.parametrize("file", [SHAPES, STATES])
def test_a_foreign_reference_system_is_refused(toy_dir: Path, file: str, member: object) -> None:
    [fault] = faults_in(edit(toy_dir, file, lambda content: content.update(crs=member)))
    assert (fault.file, fault.column) == (file, "crs")


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_wgs_84_by_name_is_read(toy_dir: Path, name: str) -> None:
    load_network(edit(toy_dir, STATES, lambda content: content.update(crs=crs(name))))


def test_a_city_without_the_road_that_its_country_has_is_warned_of() -> None:
    cities = dict.fromkeys("abcdef", "AAA")
    roads = [("road", a, b, {"AAA": 100.0}, {}) for a, b in ("ab", "bc", "ce", "ef")]
    links = [*roads, ("rail_1520", "c", "d", {"AAA": 100.0}, {})]
    network = network_of(cities, links)
    [warning] = network_warnings(network)
    assert (warning.file, warning.value) == ("places.csv", "d")
    assert str(warning) == (
        "places.csv row 5, id: D has no road in this network; most other cities of State AAA have"
    )


def test_a_planned_road_is_no_road_yet() -> None:
    planned = {"status": "planned", "opened": "2030"}
    links = [("road", "a", "b", {"AAA": 100}, {}), ("road", "b", "c", {"AAA": 100}, planned)]
    [warning] = network_warnings(network_of(dict.fromkeys("abc", "AAA"), links))
    assert (warning.value, "has no road" in str(warning)) == ("c", True)


def test_a_sound_network_without_such_cities_has_no_warnings() -> None:
    network = toy_network()
    assert {warning.file for warning in network_warnings(network)} <= {"places.csv"}
