"""The second door: tables whose cells are fine one by one and wrong together."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from cacorridor import DataError, load_network
from cacorridor.errors import Fault
from cacorridor.network.checks.geography import places_lie_in_their_states
from cacorridor.network.checks.rules import validate
from tests.networks import Rows, added, edited, row_number, toy_network, toy_rows, without, write_toy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def faults_in(directory: Path) -> list[Fault]:
    with pytest.raises(DataError) as caught:
        load_network(directory)
    return list(caught.value.faults)


def faults(rows: Rows) -> list[Fault]:
    """What the rules tell of the toy with other rows."""
    with pytest.raises(DataError) as caught:
        validate(toy_network(rows))
    return list(caught.value.faults)


def edit_features(directory: Path, file: str, edit: Callable[[list[dict[str, Any]]], object]) -> Path:
    path = directory / file
    shapes = json.loads(path.read_text(encoding="utf-8"))
    edit(shapes["features"])
    path.write_text(json.dumps(shapes), encoding="utf-8")
    return directory


def edit_link(directory: Path, link: str, **properties: object) -> Path:
    def edit(features: list[dict[str, Any]]) -> None:
        [feature] = [each for each in features if each["properties"]["id"] == link]
        feature["properties"].update(properties)

    return edit_features(directory, "link_shapes.geojson", edit)


def test_a_sound_toy_is_loaded(toy_dir: Path) -> None:
    assert repr(load_network(toy_dir)) == "<Network: 17 places, 20 links>"


# one row broken: table, id, changes, the column told, words of what is allowed
ONE_ROW = {
    "a place outside its state": ("places", "b1", {"state": "CCC"}, "lat", "a position in CCC"),
    "a place with lat and lon swapped": (
        "places",
        "c1",
        {"lat": "5.5", "lon": "0.5"},
        "lat",
        "a position in CCC (lat and lon look swapped)",
    ),
    "a place in a state that nobody knows": (
        "places",
        "d1",
        {"state": "XXX"},
        "state",
        "a state of states.geojson",
    ),
    "a position without source": ("places", "a1", {"source_id": ""}, "source_id", "an id of sources"),
    "a place with the name of another": (
        "places",
        "a2",
        {"name": "a1"},
        "name",
        "a name that no other place has",
    ),
    "a link from a place to itself": ("links", "road:a1:a3", {"to": "a1"}, "to", "another place than from"),
    "a planned link without a year": ("links", "road:a3:c3", {"opened": ""}, "opened", "the expected year"),
    "a link under construction without a year": (
        "links",
        "road:a1:a3",
        {"status": "construction"},
        "opened",
        "the expected year",
    ),
    "a link closed before it opened": (
        "links",
        "road:a1:a3",
        {"opened": "2010", "closed": "2009"},
        "closed",
        "a year not before opened",
    ),
    "a length shorter than the straight line": (
        "links",
        "road:a1:a3",
        {"length_km": "150", "length_basis": "published", "source_id": "s1"},
        "length_km",
        "at least the straight line, 165 km",
    ),
    "a length far from the measured one": (
        "links",
        "road:a1:a3",
        {"length_km": "300", "length_basis": "published", "source_id": "s1"},
        "length_km",
        "about 170 km, or a note that explains the difference",
    ),
    "a length without basis": (
        "links",
        "road:a1:a3",
        {"length_km": "170"},
        "length_basis",
        "a basis exactly where",
    ),
    "a basis without length": (
        "links",
        "road:a1:a3",
        {"length_basis": "published", "source_id": "s1"},
        "length_basis",
        "a basis exactly where",
    ),
    "a published length without source": (
        "links",
        "road:a1:a3",
        {"length_km": "170", "length_basis": "published"},
        "source_id",
        "an id of sources",
    ),
    "a state that is touched and not told": (
        "links",
        "rail_1520:b2:b3",
        {"touches": ""},
        "touches",
        "DDD as well: 15.0 km of the line lie there",
    ),
    "a state that is told and not touched": (
        "links",
        "rail_1520:a1:a2",
        {"touches": "DDD"},
        "touches",
        "not DDD: the line never enters it",
    ),
    "a speed without source": ("speeds", "road-express", {"source_id": ""}, "source_id", "an id of sources"),
    "a service without source": (
        "services",
        "ferry-express",
        {"source_id": ""},
        "source_id",
        "an id of sources",
    ),
    "a transfer without source": (
        "transfers",
        "a1-road-rail_1520-express",
        {"source_id": ""},
        "source_id",
        "an id of sources",
    ),
    "a dwell from a survey without source": (
        "crossings",
        "road-outbound-express",
        {"basis": "survey"},
        "source_id",
        "an id of sources",
    ),
    "an assumption without reason": (
        "crossings",
        "road-outbound-express",
        {"note": ""},
        "note",
        "the reason of what is assumed",
    ),
    "a crossing that is free": (
        "crossings",
        "road-outbound-express",
        {"dwell_h": "0", "dwell_low_h": "0"},
        "dwell_h",
        "more than 0",
    ),
    "a dwell below its range": (
        "crossings",
        "road-outbound-express",
        {"dwell_low_h": "3"},
        "dwell_h",
        "from dwell_low_h to dwell_high_h",
    ),
    "a dwell above its range": (
        "crossings",
        "road-outbound-express",
        {"dwell_high_h": "1"},
        "dwell_h",
        "from dwell_low_h to dwell_high_h",
    ),
    "a handling time out of order": (
        "transfers",
        "a1-road-rail_1520-express",
        {"handling_low_h": "7"},
        "handling_h",
        "from handling_low_h to",
    ),
    "a sailing out of order": (
        "services",
        "ferry-express",
        {"sailing_high_h": "23"},
        "sailing_h",
        "from sailing_low_h to sailing_high_h",
    ),
    "a speed out of order": (
        "speeds",
        "road-express",
        {"speed_low_kmh": "41"},
        "speed_kmh",
        "from speed_low_kmh to",
    ),
    "a claim out of order": ("claims", "km-a1-c1", {"high": "600"}, "low", "not more than high"),
    "a dwell on a link inside one state": (
        "crossings",
        "sea-inbound-typical",
        {"link": "road:a1:a3", "mode": "road", "state": "AAA"},
        "link",
        "a link between two states",
    ),
    "a dwell in a state that the link does not join": (
        "crossings",
        "sea-inbound-typical",
        {"link": "road:a3:b1", "mode": "road", "state": "CCC"},
        "state",
        "one of the link's two states",
    ),
    "a dwell by another mode than the link's": (
        "crossings",
        "sea-inbound-typical",
        {"link": "road:a3:b1", "mode": "sea", "state": "AAA"},
        "mode",
        "the link's mode",
    ),
    "a service on a road": ("services", "ferry-express", {"link": "road:a1:a3"}, "link", "a sea link"),
    "a colour that no browser reads": ("modes", "road", {"colour": "reddish"}, "colour", "#rrggbb"),
}


@pytest.mark.parametrize(("table", "key", "changes", "column", "allowed"), ONE_ROW.values(), ids=ONE_ROW)
def test_refuses(
    table: str,
    key: str,
    changes: dict[str, str],
    column: str,
    allowed: str,
) -> None:
    found = faults(edited(table, key, **changes))
    told = [
        fault
        for fault in found
        if (fault.file, fault.row, fault.column) == (f"{table}.csv", row_number(table, key), column)
    ]
    assert any(allowed in fault.allowed for fault in told), found


def test_refuses_a_mode_at_a_level_without_a_default_speed() -> None:
    [fault] = faults(without("speeds", "road-typical"))
    assert fault == Fault("speeds.csv", None, "state", "", "a row for road, typical, any state")


def test_refuses_a_mode_in_a_direction_without_a_default_dwell() -> None:
    [fault] = faults(without("crossings", "sea-inbound-express"))
    assert fault == Fault("crossings.csv", None, "state", "", "a row for sea, express, inbound, any state")


def test_a_row_for_one_state_is_no_default() -> None:
    [fault] = faults(edited("speeds", "road-typical", state="AAA"))
    assert fault.allowed == "a row for road, typical, any state"


def test_refuses_a_sea_link_without_a_service_at_each_level() -> None:
    [fault] = faults(without("services", "ferry-typical"))
    row = row_number("links", "sea:aport:cport")
    assert (fault.file, fault.row, fault.value) == ("links.csv", row, "sea:aport:cport")
    assert fault.allowed == "a sea link with a service at level typical"


def test_refuses_a_mode_without_a_row(tmp_path: Path) -> None:
    [fault, *_] = faults_in(write_toy(tmp_path / "toy", without("modes", "rail_1520")))
    assert (fault.file, fault.value) == ("links.csv", "rail_1520")
    assert fault.allowed == "an id of modes, not empty"


def test_refuses_a_family_that_is_a_mode_of_another_family() -> None:
    [fault] = faults(edited("modes", "rail_1435", family="rail_1520"))
    assert (fault.file, fault.column, fault.value) == ("modes.csv", "family", "rail_1520")


def test_refuses_two_dwells_for_the_same_crossing_year_and_level() -> None:
    """Which of the two counts would depend on the order of the rows."""
    default = next(row for row in toy_rows()["crossings"] if row["id"] == "road-outbound-express")
    found = faults(added("crossings", {**default, "id": "again", "dwell_h": "15"}))
    assert [fault.file for fault in found] == ["crossings.csv"]


def test_refuses_two_speeds_for_the_same_mode_state_year_and_level() -> None:
    default = next(row for row in toy_rows()["speeds"] if row["id"] == "road-express")
    found = faults(added("speeds", {**default, "id": "again", "speed_kmh": "45"}))
    assert [fault.file for fault in found] == ["speeds.csv"]


def test_refuses_two_services_on_one_line_at_one_level() -> None:
    ferry = next(row for row in toy_rows()["services"] if row["level"] == "express")
    found = faults(added("services", {**ferry, "id": "again", "headway_h": "96"}))
    assert [fault.file for fault in found] == ["services.csv"]


def test_refuses_two_closures_of_one_link_in_one_month() -> None:
    snow = next(row for row in toy_rows()["closures"] if row["id"] == "snow")
    [fault] = faults(added("closures", {**snow, "id": "again", "months": "5;2"}))
    assert (fault.file, fault.column) == ("closures.csv", "months")


def test_faults_of_many_rules_are_told_together() -> None:
    rows = toy_rows()
    rows["links"][0]["to"] = "a1"
    rows["speeds"][0]["source_id"] = ""
    rows["crossings"][0]["dwell_low_h"] = "5"
    rows["places"][3]["name"] = "A1"
    rows["modes"][0]["colour"] = "red"
    found = {(fault.file, fault.column) for fault in faults(rows)}
    assert found == {
        ("links.csv", "to"),
        ("speeds.csv", "source_id"),
        ("crossings.csv", "dwell_h"),
        ("places.csv", "name"),
        ("modes.csv", "colour"),
    }


def test_a_port_just_outside_the_drawn_coast_is_accepted(tmp_path: Path) -> None:
    rows = edited("places", "cport", lon="6.02", lat="1.5")  # 2.2 km off: the outlines are simplified
    rows["links"] = [row for row in rows["links"] if "cport" not in row["id"]]
    rows["services"] = []
    rows["closures"] = []
    assert load_network(write_toy(tmp_path / "toy", rows)).find_place("CPORT") == "cport"


def test_a_note_explains_an_odd_length(tmp_path: Path) -> None:
    rows = edited(
        "links", "road:a1:a3", length_km="300", length_basis="published", source_id="s1", note="over a pass"
    )
    assert load_network(write_toy(tmp_path / "toy", rows)).links.loc["road:a1:a3", "length_km"] == 300


def test_an_assumed_position_needs_no_source(tmp_path: Path) -> None:
    rows = edited("places", "a1", position_basis="assumed", source_id="", note="between the hills")
    assert load_network(write_toy(tmp_path / "toy", rows)).find_place("a1") == "a1"


def test_two_posts_of_a_border_far_apart_need_a_note(toy_dir: Path) -> None:
    rows = without("links", "road:a3:c3")
    rows["links"].append(
        {
            "id": "road:a3:c3", "from": "a3", "to": "c3", "mode": "road", "status": "operational",
            "drawn": "towns", "touches": "BBB",
        }
    )  # fmt: skip
    [fault] = faults_in(write_toy(toy_dir, rows))
    assert (fault.file, fault.column, fault.value) == ("links.csv", "to", "c3")
    assert fault.allowed == "a post within 60 km of the other, or a note"


# ---------------------------------------------------------------- the drawn lines


def test_refuses_shares_that_do_not_sum_to_the_link(toy_dir: Path) -> None:
    [fault] = faults_in(edit_link(toy_dir, "road:a3:b1", km={"AAA": 12, "BBB": 10}))
    assert (fault.file, fault.column, fault.allowed) == (
        "link_shapes.geojson",
        "km",
        "shares that sum to road:a3:b1",
    )


def test_refuses_a_share_in_a_state_that_the_link_does_not_name(toy_dir: Path) -> None:
    [fault] = faults_in(edit_link(toy_dir, "road:a3:b1", km={"AAA": 12, "CCC": 12}))
    assert fault.column == "touches"
    assert fault.allowed == "CCC as well: 12.0 km of the line lie there"


def test_refuses_a_link_without_a_line(toy_dir: Path) -> None:
    [fault] = faults_in(edit_features(toy_dir, "link_shapes.geojson", lambda features: features.pop(0)))
    assert (fault.file, fault.value) == ("link_shapes.geojson", "road:a1:a3")


def test_refuses_a_line_that_stands_twice(toy_dir: Path) -> None:
    directory = edit_features(toy_dir, "link_shapes.geojson", lambda features: features.append(features[0]))
    assert [fault.allowed for fault in faults_in(directory)] == ["one feature for each"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("km", None),
        ("km", "no object"),
        ("km", [1, 2]),
        ("km", {"AAA": "far"}),
        ("km", {"AAA": 200, "BBB": -30}),
        ("measured_km", None),
        ("measured_km", 0),
        ("measured_km", -5),
        ("line_km", None),
        ("line_km", 0),
        ("basis", None),
    ],
    ids=str,
)
def test_a_line_with_an_unusable_property_is_a_fault_of_the_data(
    toy_dir: Path, column: str, value: object
) -> None:
    found = faults_in(edit_link(toy_dir, "road:a1:a3", **{column: value}))
    assert "link_shapes.geojson" in {fault.file for fault in found}


@pytest.mark.filterwarnings("ignore:Could not parse column")
def test_a_length_in_words_in_the_line_file_is_a_fault_of_the_data(toy_dir: Path) -> None:
    found = faults_in(edit_link(toy_dir, "road:a1:a3", measured_km="far"))
    assert "link_shapes.geojson" in {fault.file for fault in found}


@pytest.mark.parametrize("geometry", [None, {"type": "Point", "coordinates": [1, 1]}], ids=["none", "point"])
def test_a_line_that_is_no_line_is_a_fault_of_the_data(toy_dir: Path, geometry: object) -> None:
    directory = edit_features(
        toy_dir, "link_shapes.geojson", lambda features: features[0].update(geometry=geometry)
    )
    assert "link_shapes.geojson" in {fault.file for fault in faults_in(directory)}


# ---------------------------------------------------------------- the outlines of the states


def test_refuses_outlines_that_leave_a_gap_or_overlap(toy_dir: Path) -> None:
    ring = [[0, 0], [2.3, 0], [2.3, 2], [0, 2], [0, 0]]
    directory = edit_features(
        toy_dir, "states.geojson", lambda features: features[0]["geometry"].update(coordinates=[ring])
    )
    assert Fault("states.geojson", None, "geometry", "overlap or gap", "a valid coverage") in faults_in(
        directory
    )


def test_refuses_an_outline_that_crosses_itself(toy_dir: Path) -> None:
    ring = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]
    directory = edit_features(
        toy_dir, "states.geojson", lambda features: features[0]["geometry"].update(coordinates=[ring])
    )
    assert Fault("states.geojson", None, "geometry", "AAA", "a valid polygon") in faults_in(directory)


def test_a_state_that_stands_twice_is_a_fault_of_the_data(toy_dir: Path) -> None:
    directory = edit_features(toy_dir, "states.geojson", lambda features: features.append(features[0]))
    assert "states.geojson" in {fault.file for fault in faults_in(directory)}


@pytest.mark.parametrize("geometry", [None, {"type": "Point", "coordinates": [1, 1]}], ids=["none", "point"])
def test_a_state_without_an_outline_is_a_fault_of_the_data(toy_dir: Path, geometry: object) -> None:
    directory = edit_features(
        toy_dir, "states.geojson", lambda features: features[0].update(geometry=geometry)
    )
    assert "states.geojson" in {fault.file for fault in faults_in(directory)}


# ---------------------------------------------------------------- corridors


@pytest.mark.parametrize(
    ("lines", "column", "value"),
    [
        ('name = "x"\nvia = ["a1", "nowhere"]', "x.via", "nowhere"),
        ('name = "x"\nvia = ["a1", "c1"]\nmodes = ["boat"]', "x.modes", "boat"),
        ('name = "x"\nvia = ["a1", "c1"]\nsources = ["rumour"]', "x.sources", "rumour"),
        ('name = "x"\nvia = ["a1", "c1"]\nby = ["boat"]', "x.by", "boat"),
        ('name = "x"\nvia = ["a1", "c1"]\nby = ["road", "road"]', "x.by", "2 modes"),
        ('name = "x"\nvia = ["a1", "c1"]\navoid = ["XXX"]', "x.avoid", "XXX"),
    ],
)
def test_a_corridor_names_what_is_known(toy_dir: Path, lines: str, column: str, value: str) -> None:
    (toy_dir / "corridors.toml").write_text(f"[x]\n{lines}\n", encoding="utf-8")
    [fault] = faults_in(toy_dir)
    assert (fault.file, fault.column, fault.value) == ("corridors.toml", column, value)


def test_places_are_told_even_if_no_state_has_an_outline() -> None:
    toy = toy_network()
    bare = toy.changed(state_shapes=toy.state_shapes.iloc[:0])
    assert len(list(places_lie_in_their_states(bare))) == len(toy.table("places"))
