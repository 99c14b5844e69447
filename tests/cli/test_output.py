"""What is written where, and what is shown instead of sent."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from cacorridor import write_network
from cacorridor.cli import MISUSE
from cacorridor.errors import visible
from cacorridor.views.exports.findings import Findings
from cacorridor.views.exports.texts import csv_text
from tests.networks import edited, toy_network


def test_a_path_that_cannot_be_written_is_an_error_of_one_line(ask, toy_dir):
    target = toy_dir / "links.csv" / "map.html"  # a file stands where a directory is needed
    code, _, err = ask("map", "A1", "C1", "-o", str(target))
    assert code == MISUSE
    assert err.count("\n") == 1


def test_a_table_is_written_where_asked(ask, tmp_path):
    target = tmp_path / "bypass.csv"
    code, out, _ = ask("bypass", "A1", "C1", "-o", str(target))
    assert (code, out) == (0, f"{target}\n")
    assert target.read_text().startswith("states,role,time_h")


def csv_of(table):
    return csv_text(Findings(toy_network(), {}, {"answer": table}))


PAGES = [("map", "A1", "C1"), ("report",)]
TABLES = [
    ("bypass", "A1", "C1"),
    ("ledger", "A1", "C1"),
    ("scenarios", "A1", "C1"),
    ("sweep", "A1", "C1"),
    ("simulate", "A1", "C1", "--draws", "5"),
    ("places",),
    ("corridors",),
]


@pytest.fixture
def quick_report(monkeypatch):
    """The toy has no two corridors to be compared; what a report holds is for others to test."""
    monkeypatch.setattr("cacorridor.views.report.report.build_report", lambda *_, **__: "<!DOCTYPE html>\n")


@pytest.mark.parametrize("command", TABLES)
def test_a_table_goes_to_standard_output_as_csv(ask, command):
    code, out, err = ask(*command, "-o", "-")
    assert (code, err) == (0, "")
    rows = list(csv.reader(out.splitlines()))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not Path("-").exists()


@pytest.mark.usefixtures("quick_report")
@pytest.mark.parametrize("command", PAGES)
def test_a_page_goes_to_standard_output_alone(ask, command):
    code, out, err = ask(*command, "-o", "-")
    assert (code, err) == (0, "")
    assert out.startswith("<!DOCTYPE html>")
    assert out.rstrip().endswith((">", "html>"))


@pytest.mark.usefixtures("quick_report")
@pytest.mark.parametrize("command", [*PAGES, *TABLES[:2]])
def test_what_is_no_file_is_refused_before_the_work_begins(ask, tmp_path, monkeypatch, command):
    monkeypatch.setattr("cacorridor.cli.questions.open_network", None)  # nothing is loaded
    ending = ".html" if command in PAGES else ".csv"
    (tmp_path / f"directory{ending}").mkdir()
    os.mkfifo(tmp_path / f"pipe{ending}")
    for name in ("directory", "pipe", "no folder/of this name"):
        target = tmp_path / f"{name}{ending}"
        code, out, err = ask(*command, "-o", str(target))
        assert (code, out) == (MISUSE, "")
        assert str(target) in err
        assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["x.png", "x.geojson", "x", "https://example.org/x.html"])
@pytest.mark.parametrize("command", PAGES)
def test_a_page_is_written_to_a_page_only(ask, tmp_path, command, name):
    code, out, err = ask(*command, "-o", name if "://" in name else str(tmp_path / name))
    assert (code, out) == (MISUSE, "")
    assert name in err
    assert not list(tmp_path.glob("x*"))


def test_links_are_followed(ask, tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    assert ask("bypass", "A1", "C1", "-o", str(link)).code == 0
    assert link.is_symlink()
    assert real.read_text().startswith("states,")


@pytest.mark.parametrize(
    "command", [*PAGES, ("simulate", "A1", "C1", "--draws", "5"), ("ledger", "A1", "C1")]
)
@pytest.mark.usefixtures("quick_report")
def test_a_reader_who_stops_reading_loses_no_file(ask, tmp_path, monkeypatch, command):
    target = tmp_path / ("page.html" if command in PAGES else "table.csv")

    def closed(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("cacorridor.cli.output.printing.print", closed, raising=False)
    assert ask(*command, "-o", str(target)).code == 0
    assert target.stat().st_size > 0


def test_head_ends_a_command_in_peace(toy_dir):
    command = f"{sys.executable} -m cacorridor route A1 C1 --data {toy_dir}; echo code $? >&2"
    done = subprocess.run(
        ["/bin/sh", "-c", f"({command}) | head -1"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("A1 - C1: ")
    assert done.stderr == "code 0\n"


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_that_a_spreadsheet_would_run_are_guarded_and_numbers_are_not(name):
    table = pd.DataFrame(
        {"name": [name, "plain"], "delta_h": [-1.5, 2.0], "count": [-3, 4], "any": [True, False]}
    )
    rows = list(csv.reader(csv_of(table).splitlines()))
    assert rows[1][0].startswith("'")
    assert rows[1][1:] == ["-1.5", "-3", "True"]
    assert rows[2] == ["plain", "2.0", "4", "False"]


@pytest.mark.parametrize(
    "letter", ["\x1b", "\x07", "\x00", "\x9b", "\x85", "\u202e", "\u2066", "\u200f", "\ud800", "\u2028"]
)
def test_what_could_steer_a_terminal_is_shown(ask, letter):
    assert letter not in visible(f"a{letter}b")
    code, out, err = ask("route", f"A1{letter}[31m", "C1")
    assert (code, out) == (MISUSE, "")
    assert letter not in err
    # as objects: strings of pyarrow, which pandas uses where it is installed, cannot hold half a pair
    frame = pd.DataFrame({"name": [f"a{letter}b"]}, dtype=object)
    assert letter not in csv_of(frame)
    code, _, err = ask("route", "A1", "C1", f"--{letter}x")
    assert code == MISUSE
    assert letter not in err


def test_letters_of_every_script_are_sent_as_they_are():
    names = "Ташкент 喀什 Ürümqi هرات بندر\u200cعباس\n"  # noqa: RUF001  # Persian needs letters that only part others
    assert visible(names, one_line=False) == names
    assert visible(names) == names.replace("\n", "\\n")


WRITE_AND_SEND = """
import contextlib, io, sys
from cacorridor.cli import main

folder, *targets = sys.argv[1:]
for target in targets:
    form = target.rpartition(".")[2]
    question = ["map" if form == "html" else "route", "a1", "c1", "--data", folder]
    with contextlib.redirect_stdout(io.StringIO()):
        assert main([*question, "-o", target]) == 0
    assert main([*question, "-o", "-", *(["--format", form] if form != "html" else [])]) == 0
"""


def test_a_file_on_standard_output_is_what_a_file_would_be_whatever_the_locale(tmp_path):
    targets = [tmp_path / f"route.{form}" for form in ("csv", "json", "geojson", "html")]
    folder = tmp_path / "tables"
    write_network(toy_network(edited("places", "a1", name="Bishkek Бишкек 比什凯克")), folder)
    locale = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    program = [sys.executable, "-c", WRITE_AND_SEND, str(folder), *map(str, targets)]
    sent = subprocess.run(program, capture_output=True, check=True, env=locale).stdout
    for target in targets:
        assert "比什凯克" in target.read_text(encoding="utf-8"), target
        assert sent.startswith(target.read_bytes()), target
        sent = sent[target.stat().st_size :]
    assert sent == b""


def test_a_terminal_of_another_encoding_gets_escapes(toy_dir):
    done = subprocess.run(
        [sys.executable, "-m", "cacorridor", "route", "A1", "Ташкент", "--data", str(toy_dir)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == MISUSE
    assert b"Traceback" not in done.stderr
