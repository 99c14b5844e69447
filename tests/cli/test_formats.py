"""Every question in every format: on the screen, in a pipe, in a file."""

from __future__ import annotations

import csv
import json

import geopandas as gpd
import pytest

from cacorridor import data_version
from cacorridor.cli import MISUSE, NO_ANSWER
from cacorridor.cli.parser import COMMANDS, build_parser

QUESTIONS = {  # by the columns of their first table
    ("route", "A1", "C1"): {"from", "to", "time_low_h"},
    ("compare", "A1", "C1", "--states", "BBB"): {"route", "states"},
    ("alternatives", "A1", "C1", "--dominated"): {"best_at", "dominated"},
    ("pareto", "A1", "C1"): {"best_at", "transfers"},
    ("matrix", "--from", "A1", "--to", "C1", "A2"): {"from", "C1"},
    ("ledger", "A1", "C1"): {"state", "swod_kmh"},
    ("bypass", "A1", "C1"): {"states", "penalty_h"},
    ("bypass", "--pairs", "--years", "2026,2031"): {"origin", "year", "penalty_h"},
    ("leverage", "A1", "C1", "--outside-h", "500"): {"state", "leverage_h"},
    ("coalitions", "A1", "C1"): {"states", "time_h"},
    ("vital-links", "A1", "C1"): {"link", "delta_h"},
    ("minimal-cuts", "A1", "C1", "--of", "crossings", "--more-than-h", "1"): {"crossings", "size"},
    ("break-even", "A1", "C1", "--at", "b1"): {"from_h", "states"},
    ("scenarios",): {"scenario", "edits"},
    ("scenarios", "A1", "C1"): {"scenario", "delta_h"},
    ("sweep", "A1", "C1"): {"scenario", "no_route"},
    ("simulate", "A1", "C1", "--draws", "5"): {"name", "mean_h"},
    ("claims",): {"id", "verdict"},
    ("state", "BBB"): {"place", "kind"},
    ("places",): {"place", "name_ru"},
    ("corridors",): {"corridor", "via"},
    ("crossings",): {"link", "from_state"},
    ("sources",): {"title", "publisher"},
}
LISTS = {"places", "corridors", "crossings", "sources", "claims"}  # without conditions of their own


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_question_is_answered_in_every_format(ask, question):
    code, out, err = ask(*question, "--format", "json")
    assert (code, err) == (0, "")
    read = json.loads(out)
    assert read["data"]["version"] == "7"
    assert read["data"]["as_of"] == "2026-01-31"
    assert len(read["data"]["sha256"]) == 64
    assert ("conditions" in read) == (question[0] not in LISTS)
    rows = next(iter(read["tables"].values()))

    code, out, err = ask(*question, "--format", "csv")
    assert (code, err) == (0, "")
    table = list(csv.DictReader(out.splitlines()))
    assert QUESTIONS[question] <= set(out.splitlines()[0].split(","))
    assert len(table) == len(rows)
    assert all(row["data"].startswith("7 2026-01-31 ") for row in table)

    code, out, err = ask(*question, "--format", "geojson")
    assert (code, err) == (0, "")
    shapes = json.loads(out)
    assert shapes["type"] == "FeatureCollection"
    assert shapes["cacorridor"]["data"] == read["data"]
    assert bool(shapes["features"]) == bool(rows)


@pytest.fixture(autouse=True)
def _day(toy_dir):
    (toy_dir / "dataset.toml").write_text('version = "7"\nas_of = "2026-01-31"\n')


def test_every_command_that_answers_takes_a_format_and_a_file():
    commands = next(action for action in build_parser()._actions if isinstance(action.choices, dict))
    pages = {"map", "explorer", "site", "report", "check", "completion"}
    for each in COMMANDS:
        options = {flag for action in commands.choices[each.name]._actions for flag in action.option_strings}
        assert each.name in pages or {"-o", "--format", "--wide"} <= options, each.name
        assert ("--year" in options) == ("--years" in options), each.name


def test_a_route_says_under_which_conditions_it_holds(ask):
    question = ("route", "A1", "C1", "--modes", "road", "--avoid", "BBB", "--month", "July", "--year", "2031")
    read = json.loads(ask(*question, "--scenario", "slow", "--format", "json").out)
    told = read["conditions"]
    assert (told["modes"], told["avoid"], told["month"], told["year"]) == (["road"], ["BBB"], 7, 2031)
    assert told["scenarios"] == ["slow"]
    assert read["data"]["edited"]
    assert read["route"]["states"] == ["AAA", "DDD", "CCC"]
    assert set(read["tables"]) == {"legs", "steps", "evidence", "ledger"}


def test_a_table_of_pairs_says_which_pairs_in_which_years(ask):
    read = json.loads(ask("bypass", "--pairs", "--years", "2026", "2031", "--format", "json").out)
    assert [pair["origin"] for pair in read["pairs"]] == ["A1", "C1"]
    assert read["conditions"]["year"] == [2026, 2031]
    assert "origin" not in read["conditions"]


@pytest.mark.parametrize("ending", ["csv", "json", "geojson", "gpkg", "html"])
def test_the_ending_of_a_file_says_its_format(ask, tmp_path, ending):
    target = tmp_path / f"route.{ending}"
    code, out, err = ask("route", "A1", "C1", "-o", str(target))
    assert (code, out, err) == (0, f"{target}\n", "")
    if ending in {"geojson", "gpkg"}:
        assert len(gpd.read_file(target, layer="legs" if ending == "gpkg" else None)) > 0
    assert target.stat().st_size > 0


@pytest.mark.parametrize(
    ("question", "name", "allowed"),
    [
        ("route", "x.shp", ".gpkg"),
        ("route", "x", ".html"),
        ("route", "x.pdf", ".csv"),
        ("bypass", "x.html", ".csv or .json or .geojson"),
        ("map", "x.geojson", ".html or .htm"),
    ],
)
def test_an_ending_that_cannot_be_written_is_refused_with_those_that_can(
    ask, tmp_path, monkeypatch, question, name, allowed
):
    monkeypatch.setattr("cacorridor.cli.questions.open_network", None)  # nothing is loaded
    code, out, err = ask(question, "A1", "C1", "-o", str(tmp_path / name))
    assert (code, out) == (MISUSE, "")
    assert f"{name}: not written; allowed: a name that ends in " in err
    assert allowed in err
    assert not list(tmp_path.glob("x*"))


def test_a_file_of_another_format_than_asked_for_is_refused(ask, tmp_path):
    target = tmp_path / "x.json"
    code, _, err = ask("route", "A1", "C1", "--format", "csv", "-o", str(target))
    assert code == MISUSE
    assert "not written as csv; allowed: a name that ends in .csv" in err
    assert ask("route", "A1", "C1", "--format", "table", "-o", str(target)).code == MISUSE
    assert ask("route", "A1", "C1", "--format", "json", "-o", str(tmp_path / "plain.txt")).code == 0
    assert json.loads((tmp_path / "plain.txt").read_text())["tables"]


def test_a_comparison_of_ones_own_has_its_map(ask, tmp_path):
    target = tmp_path / "mine.html"
    question = ("compare", "A1", "C1", "--modes", "road", "--states", "DDD", "--without", "BBB", "BBB+DDD")
    code, out, err = ask(*question, "--corridors", "south", "-o", str(target))
    assert code == NO_ANSWER  # of one of them
    assert err.startswith("cacorridor: without State BBB and State DDD: no route from A1 to C1")
    assert out.endswith(f"{target}\n")
    for name in ("best", "through State DDD", "without State BBB", "south"):
        assert name in out
        assert name in target.read_text(encoding="utf-8")


def test_without_adds_to_what_is_avoided(ask):
    read = json.loads(
        ask(
            "compare",
            "A1",
            "C1",
            "--modes",
            "road,sea",
            "--avoid",
            "BBB",
            "--without",
            "DDD",
            "--format",
            "json",
        ).out
    )
    assert [each["conditions"]["avoid"] for each in read["routes"]] == [["BBB"], ["BBB", "DDD"]]


def test_a_town_is_an_end_of_every_question(ask):
    for question in (("bypass",), ("scenarios",), ("sweep",), ("simulate", "--draws", "3"), ("compare",)):
        code, out, err = ask(*question, "0.6,0.6", "C1", "--modes", "road")
        assert (code, err) == (0, ""), question
        assert "0.6,0.6 - C1" in out


# ---------------------------------------------------------------- the screen


@pytest.mark.parametrize("width", [40, 100])
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_no_line_is_wider_than_the_screen(ask, monkeypatch, question, width):
    monkeypatch.setenv("COLUMNS", str(width))
    lines = ask(*question).out.splitlines()
    assert max(map(len, lines)) <= width
    monkeypatch.setenv("COLUMNS", "0")
    assert len(ask(*question).out.splitlines()) <= len(lines)


def test_wide_tables_are_not_folded(ask, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    folded, wide = (ask("bypass", "A1", "C1", *more).out for more in ((), ("--wide",)))
    assert max(map(len, wide.splitlines())) > 100
    assert "penalty_h" in folded


def test_a_figure_has_its_range_behind_it(ask):
    _, out, _ = ask("compare", "A1", "C1")
    heading, row = out.splitlines()[1:3]
    assert "time_low_h" not in heading
    assert "(" in row


# ---------------------------------------------------------------- what can be named


def test_lists_find_what_holds_a_text_in_any_spelling(run):
    assert "road:torugart-chn:torugart-kgz" in run("crossings", "TORUGART").out
    assert "Kyrgyzstan" not in run("crossings", "iran").out
    assert run("crossings", "kyrgyzstan").out.count("KGZ") > 5
    assert "carec" in run("sources", "CAREC", "--format", "csv").out
    assert run("corridors", "caspian").code == 0
    assert run("sources", "none such").code == NO_ANSWER


def test_places_finds_towns_and_aliases_too(run):
    rows = list(csv.DictReader(run("places", "isfara", "--format", "csv").out.splitlines()))
    assert [(row["name"], row["kind"]) for row in rows] == [("Isfara", "town")]
    assert "kashgar" in run("places", "kashi").out


def test_the_version_tells_that_of_the_data(run, net):
    code, out, _ = run("--version")
    assert code == 0
    assert out.endswith(f", data {net.version} of {net.as_of} (sha256 {data_version(net).sha256[:12]})\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_commands_options_and_names(run, shell):
    code, out, err = run("completion", shell)
    assert (code, err) == (0, "")
    for word in (
        "bypass",
        "deadline",
        "kashgar",
        "khorgos-closed",
        "moscow-osh-caspian",
        "rail_1520",
        "typical",
    ):
        assert word in out, word
