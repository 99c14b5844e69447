"""Files are read within bounds, and written whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from cacorridor import DataError, UsageError, load_network, write_network
from cacorridor.cli import main
from cacorridor.errors import Fault
from cacorridor.network import files
from cacorridor.network.files import MARKER, write_atomically, write_folder
from cacorridor.network.schema import TABLES
from tests.counting import calls_of
from tests.networks import row_number, toy_rows, write_toy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cacorridor import Network


def faults_in(directory: Path) -> list[Fault]:
    with pytest.raises(DataError) as caught:
        load_network(directory)
    return list(caught.value.faults)


def content(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


# ---------------------------------------------------------------- one file


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_a_new_file_gets_what_the_umask_leaves(tmp_path: Path) -> None:
    write_atomically(tmp_path / "new.csv", "text")
    assert (tmp_path / "new.csv").stat().st_mode & 0o777 == 0o640


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o604)
    write_atomically(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert path.stat().st_mode & 0o777 == 0o604


@pytest.mark.parametrize("old", ["old", ""], ids=["to a file", "to nothing yet"])
def test_a_link_is_followed(tmp_path: Path, old: str) -> None:
    target, link = tmp_path / "far" / "target.csv", tmp_path / "link.csv"
    target.parent.mkdir()
    if old:
        target.write_text(old, encoding="utf-8")
    link.symlink_to(target)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert [path.name for path in target.parent.iterdir()] == ["target.csv"]


def test_a_directory_and_special_files_are_refused_by_their_name(tmp_path: Path) -> None:
    pipe, folder, loop = tmp_path / "pipe", tmp_path / "folder", tmp_path / "loop"
    os.mkfifo(pipe)
    folder.mkdir()
    loop.symlink_to(loop)
    for path in (pipe, folder, loop):
        with pytest.raises(UsageError, match=f"{path}.*allowed: a regular file"):
            write_atomically(path, "text")
    with pytest.raises(UsageError, match="/dev/null is a special file"):
        write_atomically(type(tmp_path)("/dev/null"), "text")
    assert {path.name for path in tmp_path.iterdir()} == {"pipe", "folder", "loop"}


def test_a_full_disk_is_named_with_the_file_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int, *_: object, **__: object) -> None:
        os.close(handle)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fdopen", full)
    with pytest.raises(OSError, match=r"No space left on device: '.*out\.csv'"):
        write_atomically(tmp_path / "out.csv", "text")
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- a folder


def test_nothing_changes_when_one_file_of_a_folder_cannot_be_written(toy: Network, tmp_path: Path) -> None:
    write_network(toy, tmp_path / "copy")
    (tmp_path / "copy" / "states.geojson").unlink()
    (tmp_path / "copy" / "states.geojson").mkdir()
    before = _files(tmp_path / "copy")
    with pytest.raises(UsageError, match=r"states\.geojson is a directory"):
        write_network(toy.at(2030), tmp_path / "copy")
    assert _files(tmp_path / "copy") == before


def _files(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.is_file()}


def test_a_folder_whose_writing_was_stopped_is_refused_and_can_be_written_again(
    toy: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_network(toy, tmp_path / "copy")
    replace, done = files._replace, []

    def killed(temporary: Path, target: Path) -> None:
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(target)
        replace(temporary, target)

    with monkeypatch.context() as patched:
        patched.setattr(files, "_replace", killed)
        with pytest.raises(KeyboardInterrupt):
            write_network(toy.at(2030), tmp_path / "copy")
    [fault] = faults_in(tmp_path / "copy")
    assert (fault.column, fault.value) == (MARKER, "half written")
    write_network(toy, tmp_path / "copy")
    assert load_network(tmp_path / "copy").modes == toy.modes
    assert not [path for path in (tmp_path / "copy").iterdir() if path.name.startswith(".")]


def test_two_programs_do_not_write_one_folder_together(toy: Network, tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    (tmp_path / "copy").mkdir()
    with (
        files._marked(tmp_path / "copy"),
        pytest.raises(UsageError, match="being written by another program"),
    ):
        write_network(toy, tmp_path / "copy")
    assert list((tmp_path / "copy").iterdir()) == []


def test_other_files_of_a_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("read me", encoding="utf-8")
    write_folder(tmp_path, {"a.csv": "a", "b.csv": "b"})
    assert content(tmp_path) == {"README.md": b"read me", "a.csv": b"a", "b.csv": b"b"}


# ---------------------------------------------------------------- what stands in place of a table


@pytest.mark.parametrize("file", ["places.csv", "corridors.toml", "states.geojson"])
def test_a_pipe_in_place_of_a_file_is_refused_at_once(toy_dir: Path, file: str) -> None:
    (toy_dir / file).unlink()
    os.mkfifo(toy_dir / file)
    [fault] = faults_in(toy_dir)
    assert (fault.file, fault.allowed) == (file, "a regular file")


def test_a_device_in_place_of_a_table_is_refused(toy_dir: Path) -> None:
    (toy_dir / "claims.csv").unlink()
    (toy_dir / "claims.csv").symlink_to("/dev/zero")
    assert [fault.file for fault in faults_in(toy_dir)] == ["claims.csv"]


def test_a_file_beyond_the_bound_is_refused(toy_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MEGABYTE", 1)
    assert {fault.allowed for fault in faults_in(toy_dir)} == {"a file of at most 64 MB"}


HOSTILE = {
    "a key of very many parts": ("corridors.toml", ".".join("a" * 20_000) + " = 1"),
    "quoted parts": ("corridors.toml", ".".join(['"a"'] * 20_000) + " = 1"),
    "a dotted key in an inline table": ("corridors.toml", "x = {" + " . ".join("a" * 20_000) + " = 1}"),
    "a dotted header": ("regions.toml", "[" + ".".join("a" * 20_000) + "]"),
    "deep TOML": ("corridors.toml", "x = " + "[" * 5_000 + "]" * 5_000),
    "deep inline tables": ("corridors.toml", "x = " + "{a = " * 5_000 + "1" + "}" * 5_000),
    "a long TOML integer": ("corridors.toml", "x = " + "9" * 5_000),
    "a day that cannot be": ("corridors.toml", "x = 2020-02-31"),
    "a TOML NUL": ("corridors.toml", 'x = "\x00"'),
    "deep JSON": ("states.geojson", "[" * 100_000),
    "deep features": ("states.geojson", '{"features": ' + "[" * 5_000 + "]" * 5_000 + "}"),
    "a long JSON integer": ("link_shapes.geojson", '{"features": ' + "9" * 5_000 + "}"),
    "half a character": ("states.geojson", '{"features": [], "x": "\\ud800"}'),
    "words that JSON lacks": ("states.geojson", '{"features": [NaN]}'),
    "features that are words": ("states.geojson", '{"features": ["a", "b"]}'),
    "features that are a word": ("states.geojson", '{"features": "ab"}'),
}


@pytest.mark.parametrize(("file", "text"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_becomes_one_short_fault_with_little_work(toy_dir: Path, file: str, text: str) -> None:
    (toy_dir / file).write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    assert (
        calls_of(lambda: faults.extend(faults_in(toy_dir))) < 200_000
    )  # those of an ordinary folder, at most
    [fault] = faults
    assert fault.file == file
    assert len(str(fault).splitlines()) == 1
    assert len(str(fault)) < 300


@pytest.mark.parametrize("value", ["1e308", "-1e308", "1e400", "9" * 5_000, "nan", "inf"])
def test_a_claim_beyond_all_measure_is_refused(tmp_path: Path, value: str) -> None:
    rows = toy_rows()
    rows["claims"][0] |= {"low": value, "high": value}
    found = faults_in(write_toy(tmp_path / "toy", rows))
    assert {(fault.file, fault.row) for fault in found} == {("claims.csv", row_number("claims", "km-a1-c1"))}


# ---------------------------------------------------------------- tables from spreadsheets


def rewrite(directory: Path, old: str, new: str, file: str = "places.csv") -> Path:
    path = directory / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return directory


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_other_separators_are_one_clear_fault(toy_dir: Path, separator: str, name: str) -> None:
    [fault] = faults_in(rewrite(toy_dir, ",", separator))
    assert fault.allowed == f"columns separated by commas; these are separated by {name}"


def test_rows_are_counted_with_the_blank_lines_above_them(toy_dir: Path) -> None:
    lines = (toy_dir / "places.csv").read_text(encoding="utf-8").splitlines()
    lines[3:3] = ["", ",,,,,,,,,,,"]
    at = next(number for number, line in enumerate(lines, start=1) if line.startswith("b1,"))
    lines[at - 1] = lines[at - 1].replace("BBB", "CCC")  # lies in another state: a rule finds it
    text = "\n".join(lines) + "\n"
    (toy_dir / "places.csv").write_text(text, encoding="utf-8")
    assert [(fault.file, fault.row) for fault in faults_in(toy_dir) if fault.column == "lat"] == [
        ("places.csv", at)
    ]
    (toy_dir / "places.csv").write_text(text.replace("b1,B1,,,city", "b1,B1,,,castle"), encoding="utf-8")
    assert [(fault.row, fault.column) for fault in faults_in(toy_dir)] == [(at, "kind")]


def test_empty_rows_and_columns_of_a_spreadsheet_are_no_fault(toy_dir: Path) -> None:
    for table in TABLES.values():
        path = toy_dir / table.file
        lines = [f"{line},,," for line in path.read_text(encoding="utf-8").splitlines()]
        path.write_text("\n".join([*lines, "," * (len(table.columns) + 2)]) + "\n", encoding="utf-8")
    assert repr(load_network(toy_dir)) == "<Network: 17 places, 20 links>"


def test_a_column_that_may_be_empty_may_be_missing(toy_dir: Path, tmp_path: Path) -> None:
    for table in TABLES.values():
        path = toy_dir / table.file
        lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
        names = lines[0]
        kept = [
            number
            for number, name in enumerate(names)
            if name in table.required_names or any(line[number] for line in lines[1:])
        ]
        assert len(kept) < len(names) or len(table.required_names) == len(names) or table.name == "scenarios"
        text = "\n".join(",".join(line[number] for number in kept) for line in lines)
        path.write_text(text + "\n", encoding="utf-8")
    network = load_network(toy_dir)
    for name, table in TABLES.items():
        assert tuple(network.tables[name].columns) == table.column_names
    write_network(network, tmp_path / "whole")
    assert repr(load_network(tmp_path / "whole")) == repr(network)


# ---------------------------------------------------------------- what is printed


@pytest.mark.parametrize("hostile", ["\x1b[31m", "\x9b31m", "\u202e", "\u2066", "\x07", "\ud800"])
def test_a_fault_shows_what_a_terminal_would_obey(hostile: str) -> None:
    fault = str(Fault(f"a{hostile}.csv", 2, f"b{hostile}", f"c{hostile}", f"d{hostile}"))
    assert hostile not in fault
    assert fault.isprintable()
    assert str(UsageError(f"no {hostile}")).isprintable()


@pytest.mark.parametrize("hostile", ["\x1b[31m", "\x9b31m", "\u202e", "\u2066", "\x07"])
def test_a_name_that_a_terminal_would_obey_is_refused(toy_dir: Path, hostile: str) -> None:
    [fault] = faults_in(rewrite(toy_dir, ",B1,", f",B1{hostile},"))
    assert (fault.column, fault.value) == ("name", f"B1{hostile}")
    rewrite(toy_dir, hostile, "")
    [fault] = faults_in(rewrite(toy_dir, "The southern", f"The{hostile} southern", "corridors.toml"))
    assert fault.file == "corridors.toml"


COMMANDS = ["check", "claims", "state BBB", "route a1 c1 --notes --ledger", "bypass a1 c1", "scenarios a1 c1"]


@pytest.mark.parametrize("command", COMMANDS)
def test_tables_cut_to_their_header_crash_no_command(toy_dir: Path, command: str) -> None:
    for table in TABLES.values():
        path = toy_dir / table.file
        if (table.optional or table.name in {"closures", "transfers"}) and table.name != "services":
            path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert main([*command.split(), "--data", str(toy_dir)]) == 0
