"""Files: what cannot be read is told, and what is written reads the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from cacorridor import DataError, find_route, load_network, write_network
from cacorridor.errors import Fault
from cacorridor.network import files, io
from cacorridor.network.schema import TABLES
from tests.counting import calls_of
from tests.networks import toy_rows, write_toy

if TYPE_CHECKING:
    from pathlib import Path

    from cacorridor import Network

GEOJSON = ("link_shapes.geojson", "states.geojson")
OPTIONAL_FILES = (
    *(table.file for table in TABLES.values() if table.optional),
    "corridors.toml",
    "regions.toml",
)
EVERY_FILE = (*(table.file for table in TABLES.values()), "corridors.toml", "regions.toml", *GEOJSON)
PLACES = TABLES["places"]
OPTIONAL = {table.file for table in TABLES.values() if table.optional}


def faults_in(directory: Path) -> list[Fault]:
    with pytest.raises(DataError) as caught:
        load_network(directory)
    return list(caught.value.faults)


def assert_same(one: Network, two: Network) -> None:
    assert one.tables.keys() == two.tables.keys()
    for name in one.tables:
        pd.testing.assert_frame_equal(one.tables[name], two.tables[name])
    assert one.corridors == two.corridors
    assert one.regions == two.regions
    for ours, theirs in ((one.link_shapes, two.link_shapes), (one.state_shapes, two.state_shapes)):
        pd.testing.assert_frame_equal(
            pd.DataFrame(ours.drop(columns="geometry")), pd.DataFrame(theirs.drop(columns="geometry"))
        )
        assert ours.geometry.geom_equals_exact(theirs.geometry, 0).all()
        assert ours.crs == theirs.crs


# ---------------------------------------------------------------- files that cannot be read


def test_a_directory_that_does_not_exist_is_told(tmp_path: Path) -> None:
    [fault] = faults_in(tmp_path / "nowhere")
    assert fault.file.endswith("nowhere")
    assert (fault.value, fault.allowed) == ("missing", "a directory of tables")


def test_a_file_in_the_place_of_a_directory_is_told(toy_dir: Path) -> None:
    [fault] = faults_in(toy_dir / "links.csv")
    assert (fault.value, fault.allowed) == ("a file", "a directory of tables")


@pytest.mark.parametrize("file", sorted(set(EVERY_FILE) - set(OPTIONAL_FILES)))
def test_a_missing_file_is_told(toy_dir: Path, file: str) -> None:
    (toy_dir / file).unlink()
    [fault] = faults_in(toy_dir)
    assert (fault.file, fault.value) == (file, "missing")


def test_all_missing_tables_are_told_together(toy_dir: Path) -> None:
    for table in TABLES.values():
        (toy_dir / table.file).unlink()
    needed = [table.file for table in TABLES.values() if not table.optional]
    assert [fault.file for fault in faults_in(toy_dir)] == needed


def test_a_folder_without_its_optional_files_is_a_network(toy_dir: Path) -> None:
    for file in OPTIONAL_FILES:
        if file != "services.csv":  # the toy has a ferry
            (toy_dir / file).unlink()
    network = load_network(toy_dir)
    assert find_route(network, "a1", "c1").time_h > 0
    assert network.tables["claims"].empty
    assert network.corridors == {}


def test_missing_files_of_every_kind_are_told_together(toy_dir: Path) -> None:
    for file in EVERY_FILE:
        (toy_dir / file).unlink()
    assert {fault.file for fault in faults_in(toy_dir)} == set(EVERY_FILE) - set(OPTIONAL_FILES)


@pytest.mark.parametrize("file", EVERY_FILE)
def test_a_directory_in_the_place_of_a_file_is_told(toy_dir: Path, file: str) -> None:
    (toy_dir / file).unlink()
    (toy_dir / file).mkdir()
    assert [fault.file for fault in faults_in(toy_dir)] == [file]


@pytest.mark.parametrize(
    "garbage",
    [
        b"\xff\xfe\x00\x01garbage",
        b"\x00" * 1000,
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b'"unclosed',
        b"{[",
        b"\n\n\n",
    ],
    ids=["not UTF-8", "NUL", "binary", "unclosed quote", "brackets", "blank lines"],
)
@pytest.mark.parametrize("file", ["places.csv", "corridors.toml", *GEOJSON])
def test_garbage_is_told_whatever_it_is(toy_dir: Path, file: str, garbage: bytes) -> None:
    (toy_dir / file).write_bytes(garbage)
    if file == "corridors.toml" and not garbage.strip():
        assert load_network(toy_dir).corridors == {}  # an empty TOML file names no corridor
        return
    found = faults_in(toy_dir)
    assert {fault.file for fault in found} == {file}
    assert all(len(str(fault)) < 800 for fault in found)


@pytest.mark.parametrize("file", EVERY_FILE)
def test_an_empty_file_is_told(toy_dir: Path, file: str) -> None:
    (toy_dir / file).write_bytes(b"")
    if file.endswith(".toml"):  # no names are an answer
        assert getattr(load_network(toy_dir), file.removesuffix(".toml")) == {}
    else:
        assert faults_in(toy_dir)[0].file == file


def test_a_nul_byte_inside_a_cell_is_told(toy_dir: Path) -> None:
    path = toy_dir / "places.csv"
    path.write_bytes(path.read_bytes().replace(b"B1", b"B\x001"))
    [fault] = faults_in(toy_dir)
    assert (fault.column, fault.value) == ("name", "B\x001")


@pytest.mark.parametrize(
    "header",
    ["id", ",".join((*PLACES.column_names, "extra")), ",".join((*PLACES.column_names, "name"))],
    ids=["short", "one more", "twice"],
)
def test_a_wrong_header_is_told_with_the_right_one(toy_dir: Path, header: str) -> None:
    (toy_dir / "places.csv").write_text(header + "\n", encoding="utf-8")
    [fault] = faults_in(toy_dir)
    assert fault == Fault("places.csv", 1, "header", header, ",".join(PLACES.column_names))


def test_rows_with_too_few_or_too_many_fields_are_told(toy_dir: Path) -> None:
    path = toy_dir / "places.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[3] += ",more"
    lines[5] = "short"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [(fault.row, fault.value) for fault in faults_in(toy_dir)] == [(4, "13 fields"), (6, "1 field")]


def test_a_file_from_a_spreadsheet_with_a_mark_and_windows_line_ends_is_read(toy_dir: Path) -> None:
    sound = load_network(toy_dir)
    for table in TABLES.values():
        path = toy_dir / table.file
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert_same(load_network(toy_dir), sound)


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "[]",
        '{"type": "FeatureCollection", "features": []}',
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"a": 1}}]}',
        '{"type": "FeatureCollection", "features": [{"type": "Feature"',
    ],
)
@pytest.mark.parametrize("file", GEOJSON)
def test_geojson_that_is_broken_or_lacks_properties_is_told(toy_dir: Path, file: str, content: str) -> None:
    (toy_dir / file).write_text(content, encoding="utf-8")
    assert {fault.file for fault in faults_in(toy_dir)} == {file}


@pytest.mark.parametrize("table", ["claims", "memberships", "agreements", "transfers"])
def test_a_table_may_have_no_rows(tmp_path: Path, table: str) -> None:
    directory = write_toy(tmp_path / "toy", {**toy_rows(), table: []})
    loaded = load_network(directory)
    assert loaded.tables[table].empty
    write_network(loaded, tmp_path / "again")
    assert_same(load_network(tmp_path / "again"), loaded)


# ---------------------------------------------------------------- a great deal of garbage


def refusal(directory: Path) -> tuple[DataError, int]:
    """Return what refuses a folder, and the calls that it took: a count is the same on a busy machine."""
    refusals: list[DataError] = []

    def load() -> None:
        with pytest.raises(DataError) as caught:
            load_network(directory)
        refusals.append(caught.value)

    calls = calls_of(load)
    return refusals[0], calls


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataError, int]:
    """The refusal of a million rows of garbage, and the calls it took."""
    directory = write_toy(tmp_path_factory.mktemp("million"))
    header = ",".join(PLACES.column_names)
    garbage = "garbage \x00 \x01\n" * 1_000_000
    (directory / "places.csv").write_text(f"{header}\n{garbage}", encoding="utf-8")
    return refusal(directory)


def test_a_million_rows_of_garbage_are_refused_with_little_work_and_shortly(
    million: tuple[DataError, int],
) -> None:
    error, calls = million
    assert error.total == 1_000_000
    assert len(str(error)) < 10_000
    assert calls < 20 * error.total


def test_a_million_rows_of_garbage_do_not_become_a_million_faults(million: tuple[DataError, int]) -> None:
    assert len(million[0].faults) <= 1000


def test_garbage_in_every_cell_is_counted_and_shown_in_part(toy_dir: Path) -> None:
    header = ",".join(PLACES.column_names)
    row = ",".join(["gar bage"] * len(PLACES.columns))
    (toy_dir / "places.csv").write_text(f"{header}\n" + f"{row}\n" * 50_000, encoding="utf-8")
    error, calls = refusal(toy_dir)
    assert error.total > 300_000
    assert len(error.faults) < 3000
    assert len(str(error)) < 10_000
    assert calls < 20 * error.total


@pytest.mark.parametrize("count", [500, 5_000])
def test_the_work_of_refusing_grows_with_the_rows_that_break_a_rule_and_no_faster(
    toy_dir: Path, count: int
) -> None:
    path = toy_dir / "speeds.csv"
    rows = [
        f"x{number},road,,express,{1800 + number % 400},40,50,60,12,published,s1,\n"
        for number in range(count)
    ]
    path.write_text(path.read_text(encoding="utf-8") + "".join(rows), encoding="utf-8")
    error, calls = refusal(toy_dir)
    assert error.total >= count - 400  # the first row of each year repeats none
    assert len(str(error)) < 10_000
    assert calls < 100_000 + 1_000 * count


# ---------------------------------------------------------------- writing


def test_what_is_written_reads_the_same(toy: Network, tmp_path: Path) -> None:
    write_network(toy, tmp_path / "new" / "copy")
    assert_same(load_network(tmp_path / "new" / "copy"), toy)


def test_writing_what_was_written_changes_no_byte(toy: Network, tmp_path: Path) -> None:
    write_network(toy, tmp_path / "one")
    write_network(load_network(tmp_path / "one"), tmp_path / "two")
    for file in EVERY_FILE:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_quotes_commas_and_other_scripts_survive(tmp_path: Path) -> None:
    directory = write_toy(tmp_path / "toy")
    path = directory / "places.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = 'a1,"Xi\'an, the ""west""",Сиань,西安,city,AAA,0.5,0.5,=gate,published,s1,# note'
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    loaded = load_network(directory)
    assert loaded.places.loc["a1", "name"] == 'Xi\'an, the "west"'
    write_network(loaded, tmp_path / "copy")
    assert_same(load_network(tmp_path / "copy"), loaded)


def test_columns_are_written_in_the_order_of_the_schema(toy: Network, tmp_path: Path) -> None:
    write_network(toy, tmp_path)
    for table in TABLES.values():
        first = (tmp_path / table.file).read_text(encoding="utf-8").splitlines()[0]
        assert first == ",".join(table.column_names)


def test_writing_leaves_only_the_files_of_a_network(toy: Network, tmp_path: Path) -> None:
    write_network(toy, tmp_path / "copy")
    assert {path.name for path in (tmp_path / "copy").iterdir()} == set(EVERY_FILE)


def test_files_written_can_be_read_by_others(toy: Network, tmp_path: Path) -> None:
    write_network(toy, tmp_path / "copy")
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in (tmp_path / "copy").iterdir())


@pytest.mark.parametrize("step", ["_csv_text", "_toml_text", "_geojson_text"])
def test_nothing_is_written_when_one_file_cannot_be_laid_out(
    toy: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> str:
        raise RuntimeError("no text")

    monkeypatch.setattr(io, step, fail)
    with pytest.raises(RuntimeError, match="no text"):
        write_network(toy, tmp_path / "copy")
    assert list(tmp_path.glob("copy/*")) == []


def test_the_old_file_stays_when_the_new_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    path = tmp_path / "places.csv"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(io.Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        files.write_atomically(path, "new")
    assert [each.name for each in tmp_path.iterdir()] == ["places.csv"]
    assert path.read_text(encoding="utf-8") == "old"


def test_the_order_of_rows_does_not_change_an_answer(toy: Network, tmp_path: Path) -> None:
    rows = {name: table_rows[::-1] for name, table_rows in toy_rows().items()}
    turned = load_network(write_toy(tmp_path / "turned", rows))
    for criterion in ("time", "length"):
        one = find_route(toy, "a1", "c1", criterion=criterion)
        two = find_route(turned, "a1", "c1", criterion=criterion)
        assert one.links == two.links
        assert one.time_h == pytest.approx(two.time_h)
