"""The first door: every column of every table refuses what its kind does not allow."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from cacorridor import DataError
from cacorridor.errors import FAULTS_SHOWN, Fault
from cacorridor.network.checks import parsing
from cacorridor.network.schema import TABLES
from tests.networks import Rows, added, edited, raw_tables, row_number, toy_rows

NOT_ALLOWED = {
    "id": "Not An Id!",
    "text": "a bell \a rings",
    "number": "many",
    "integer": "1.5",
    "year": "1066",
    "state": "Kaz",
    "states": "AAA;b",
    "key": "nowhere",
    "keys": "a1;nowhere",
    "category": "perhaps",
    "categories": "road;perhaps",
}


def faults_of(rows: Rows) -> list[Fault]:
    with pytest.raises(DataError) as caught:
        parsing.convert(raw_tables(rows))
    assert caught.value.total == len(caught.value.faults)
    return list(caught.value.faults)


def row_of_faults(table: str, cells_of_row: dict[str, str]) -> dict[str, str]:
    """Change cells of a table's first row; what is told of that row, as column: value."""
    rows = toy_rows()
    rows[table][0] = {**rows[table][0], **cells_of_row}
    found = faults_of(rows)
    described = {column.name: parsing.describe_allowed(column) for column in TABLES[table].columns}
    told = [fault for fault in found if fault.file == f"{table}.csv"]
    assert len(told) == len(found) or "id" in cells_of_row  # rows that refer to a lost id are told as well
    assert all(fault.allowed == described[fault.column] for fault in told if fault.row == 2)
    return {fault.column: fault.value for fault in told if fault.row == 2}


@pytest.mark.parametrize("table", TABLES)
def test_every_column_refuses_what_its_kind_does_not_allow(table: str) -> None:
    wrong = {column.name: NOT_ALLOWED[column.kind] for column in TABLES[table].columns}
    key = {"id": wrong.pop("id")}
    assert row_of_faults(table, wrong) == wrong
    assert row_of_faults(table, key) == key


@pytest.mark.parametrize("table", TABLES)
def test_every_required_column_refuses_an_empty_cell(table: str) -> None:
    required = {column.name: "  " for column in TABLES[table].columns if column.required}
    assert row_of_faults(table, required) == dict.fromkeys(required, "")


def test_optional_columns_may_all_be_empty() -> None:
    rows = toy_rows()
    for table in TABLES.values():
        optional = {column.name: "" for column in table.columns if not column.required}
        rows[table.name][0] = {**rows[table.name][0], **optional}
    assert set(parsing.convert(raw_tables(rows))) == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_an_id_that_stands_twice_is_refused_the_second_time(table: str) -> None:
    first = toy_rows()[table][0]
    faults = faults_of(added(table, first))
    assert [(fault.column, fault.value) for fault in faults] == [("id", first["id"])]
    assert faults[0].row == len(toy_rows()[table]) + 2


NUMBERS = {
    table: [column for column in TABLES[table].columns if column.kind in {"number", "integer"}]
    for table in TABLES
}


@pytest.mark.parametrize("table", [table for table, columns in NUMBERS.items() if columns])
@pytest.mark.parametrize("bound", ["low", "high"])
def test_numbers_outside_their_bounds_are_refused(table: str, bound: str) -> None:
    step = -1 if bound == "low" else 1
    limits = {column.name: getattr(column, bound) + step for column in NUMBERS[table]}
    wrong = {name: f"{limit:.12g}" for name, limit in limits.items() if math.isfinite(limit)}
    if wrong:
        assert row_of_faults(table, wrong) == wrong


@pytest.mark.parametrize("column", ["lat", "lon"])
def test_a_coordinate_is_a_finite_number(column: str) -> None:
    values = ["nan", "NaN", "inf", "-inf", "1e400", "1,5", "0x10", "1_0", "1\x002", "43.2N", "4 3", "--1"]
    rows = toy_rows()
    for row, value in zip(rows["places"], values, strict=False):
        row[column] = value
    faults = faults_of(rows)
    assert [fault.value for fault in faults] == values
    assert [fault.row for fault in faults] == list(range(2, 2 + len(values)))
    assert all(fault.allowed.startswith("a number from -") for fault in faults)


@pytest.mark.parametrize(
    ("table", "column", "allowed"),
    [
        ("sources", "id", "a unique key of a-z 0-9 . : _ -"),
        ("sources", "year", "a year, or nothing"),
        ("places", "state", "an ISO 3166-1 alpha-3 code"),
        ("places", "lat", "a number from -90 to 90"),
        ("links", "from", "an id of places"),
        ("links", "mode", "an id of modes"),
        ("links", "tracks", "a whole number from 1 to 4, or nothing"),
        ("links", "touches", "ISO 3166-1 alpha-3 codes, separated by ;, or nothing"),
        ("claims", "low", "a number from 0"),
        ("claims", "via", "ids of places, separated by ;, or nothing"),
        ("claims", "modes", "ids of modes, separated by ;"),
    ],
)
def test_what_is_allowed_is_said_in_words(table: str, column: str, allowed: str) -> None:
    [described] = [each for each in TABLES[table].columns if each.name == column]
    assert parsing.describe_allowed(described).startswith(allowed)


@pytest.mark.parametrize("via", ["a1;;b1", ";a1", "a1;"])
def test_a_list_has_no_empty_parts(via: str) -> None:
    [fault] = faults_of(edited("claims", "km-a1-c1", via=via))
    assert (fault.column, fault.value) == ("via", via)


def test_faults_of_many_cells_and_tables_are_told_together() -> None:
    rows = toy_rows()
    rows["places"][0]["lat"] = "north"
    rows["places"][1]["lon"] = "999"
    rows["places"][1]["state"] = "aaa"
    rows["links"][0]["from"] = "nowhere"
    rows["speeds"][0]["basis"] = ""
    found = {(fault.file, fault.row, fault.column) for fault in faults_of(rows)}
    assert found == {
        ("places.csv", 2, "lat"),
        ("places.csv", 3, "lon"),
        ("places.csv", 3, "state"),
        ("links.csv", 2, "from"),
        ("speeds.csv", 2, "basis"),
    }


def test_spaces_around_a_cell_do_not_matter() -> None:
    tables = parsing.convert(raw_tables(edited("places", "a1", name="  Alpha ", state=" AAA", lat=" 0.5 ")))
    assert tables["places"].frame.loc[0, ["name", "state", "lat"]].tolist() == ["Alpha", "AAA", 0.5]


def test_spaces_around_an_id_do_not_hide_it_from_those_who_refer_to_it() -> None:
    tables = parsing.convert(raw_tables(edited("sources", "s1", id=" s1 ")))
    assert tables["sources"].frame["id"].tolist() == ["s1"]


def test_cells_become_numbers_years_lists_and_text() -> None:
    rows = edited("claims", "km-a1-c1", via="b1; b4", modes="road;sea", year="2019", as_of="", claimant="")
    claim = parsing.convert(raw_tables(rows))["claims"].frame.iloc[0]
    assert (claim["via"], claim["modes"], claim["low"]) == (("b1", "b4"), ("road", "sea"), 610.0)
    assert (claim["year"], claim["claimant"]) == (2019, "")
    assert claim["as_of"] is pd.NA


def test_a_table_without_rows_keeps_its_types() -> None:
    rows = toy_rows()
    full = parsing.convert(raw_tables(rows))["claims"].frame
    rows["claims"] = []
    empty = parsing.convert(raw_tables(rows))["claims"].frame
    assert len(empty) == 0
    assert empty["low"].dtype == full["low"].dtype
    assert empty["year"].dtype == full["year"].dtype


def test_the_message_stays_short_however_much_is_wrong() -> None:
    rows = toy_rows()
    rows["sources"] += [{"id": "x" * 5000 + "!", "title": "t", "publisher": "p"} for _ in range(500)]
    with pytest.raises(DataError) as caught:
        parsing.convert(raw_tables(rows))
    message = str(caught.value)
    assert caught.value.total == 500
    assert message.startswith("500 faults in the data:")
    assert message.endswith(f"... and {500 - FAULTS_SHOWN} more")
    assert len(message) < 200 * (FAULTS_SHOWN + 2)


def test_a_fault_tells_file_row_column_value_and_what_is_allowed() -> None:
    [fault] = faults_of(edited("places", "b1", kind="castle"))
    row = row_number("places", "b1")
    assert str(fault).startswith(
        f"places.csv row {row}, kind: 'castle'; allowed: one of city, border_point, "
    )


GOOD = {"name": "A way", "via": ["a1", "c1"]}


@pytest.mark.parametrize(
    "entry",
    [
        3,
        [],
        {},
        {"name": "A way"},
        {"via": ["a1", "c1"]},
        {**GOOD, "name": 3},
        {**GOOD, "via": "a1"},
        {**GOOD, "via": ["a1", 3]},
        {**GOOD, "modes": "road"},
        {**GOOD, "modes": [["road"]]},
        {**GOOD, "by": "road"},
        {**GOOD, "avoid": "KAZ"},
        {**GOOD, "year": "2030"},
        {**GOOD, "year": 2030.5},
        {**GOOD, "text": ["a"]},
        {**GOOD, "sources": "s1"},
        {**GOOD, "colour": "red"},
        # what follows cannot be written and read again, or makes no route
        {**GOOD, "name": ""},
        {**GOOD, "via": []},
        {**GOOD, "year": True},
        {**GOOD, "year": 99999},
    ],
    ids=str,
)
def test_an_entry_that_is_no_corridor_is_refused(entry: object) -> None:
    with pytest.raises(DataError) as caught:
        parsing.convert_corridors("corridors.toml", {"good": GOOD, "bad": entry})
    [fault] = caught.value.faults
    assert (fault.file, fault.row) == ("corridors.toml", None)
    assert fault.column.startswith("bad")


def test_all_entries_that_are_no_corridors_are_told_together() -> None:
    with pytest.raises(DataError) as caught:
        parsing.convert_corridors("corridors.toml", {"one": 1, "good": GOOD, "two": {}})
    assert [fault.column for fault in caught.value.faults] == ["one", "two"]
