"""Head lines: under which conditions an answer holds."""

from __future__ import annotations

import csv

import pytest

from cacorridor import load_network, write_network

QUESTIONS = [
    ("route", "A1", "C1"),
    ("compare", "A1", "C1"),
    ("ledger", "A1", "C1"),
    ("bypass", "A1", "C1"),
    ("leverage", "A1", "C1", "--outside-h", "100"),
    ("coalitions", "A1", "C1"),
    ("vital-links", "A1", "C1"),
    ("minimal-cuts", "A1", "C1"),
    ("break-even", "A1", "C1", "--at", "b1"),
    ("scenarios", "A1", "C1"),
    ("sweep", "A1", "C1"),
    ("simulate", "A1", "C1", "--draws", "5"),
]


@pytest.fixture(autouse=True)
def day(toy_dir):
    """Give the toy a day."""
    (toy_dir / "dataset.toml").write_text('version = "7"\nas_of = "2026-01-31"\n')


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_head_line_names_every_condition(ask, question):
    head = ask(*question).out.splitlines()[0]
    assert head.startswith("A1 - C1: ")
    for words in ("level express", "today (data of 2026-01-31)", "any month", "all modes"):
        assert words in head
    assert "avoiding no state" in head
    by_row = question[0] in {"scenarios", "sweep"}
    assert ("each row in its scenario" if by_row else "no scenario") in head


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_head_line_names_conditions_that_are_set(ask, question):
    options = "--level typical --month 2 --modes road --avoid DDD --scenario slow --year 2031 --allow-touch"
    head = ask(*question, *options.split()).out.splitlines()[0]
    for words in ("level typical", "year 2031 (data of 2026-01-31)", "month February", "modes road"):
        assert words in head
    for words in ("avoiding State DDD", "scenario slow", "allow touch"):
        assert words in head


def test_what_is_supposed_closed_or_longer_is_named(ask):
    plain = ask("route", "A1", "C1")
    crossing = "rail_1520:a2:b2"
    code, out, err = ask("route", "A1", "C1", "--delay", f"{crossing}=0.5", "--close", "aport")
    assert (code, err) == (0, "")
    assert f"scenario aport closed + {crossing} 0.5 h longer" in out
    assert "delay" in ask("route", "A1", "C1", "--delay", f"{crossing}=0.5", "--steps").out
    assert out != plain.out
    shut = ask("bypass", "A1", "C1", "--close", crossing)
    assert f"scenario {crossing} closed" in shut.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--close", "road:no:where"], 2, "unknown link 'road:no:where'"),
        (["--close", "nowhere"], 2, "unknown place 'nowhere'"),
        (["--delay", "ab"], 2, "such as Khorgos=24"),
        (["--delay", "ab=soon"], 2, "hours above 0"),
        (["--delay", "ab=0"], 2, "hours above 0"),
    ],
)
def test_what_cannot_be_supposed_is_refused_in_one_line(ask, words, code, said):
    done = ask("route", "A1", "C1", *words)
    assert (done.code, done.err.count("\n")) == (code, 1)
    assert said in done.err


def test_several_years_and_pairs_are_named(ask):
    head = ask("vital-links", "--pairs", "--years", "2026", "2031").out.splitlines()[0]
    assert head.startswith("2 pairs: level express, year 2026, year 2031 (data of")


def test_pins_of_a_route_are_named(ask):
    head = ask("route", "A1", "C1", "--via", "d1", "--through", "DDD").out.splitlines()[0]
    assert "via D1" in head
    assert "through State DDD" in head


def test_modes_by_stretch_of_a_corridor_are_named(run):
    corridor = ("--corridor", "kashgar-tashkent-kgz-road-rail")
    head = run("route", "Kashgar", "Tashkent", *corridor).out.splitlines()[0]
    assert "via Irkeshtam (KGZ), via Osh, via Andijan, by stretch road, road, rail_1435/rail_1520" in head


@pytest.mark.parametrize("command", ["route", "ledger", "compare"])
def test_a_month_that_changes_nothing_is_said_to(ask, command):
    lines = ask(command, "A1", "C1", "--modes", "road", "--month", "7").out.splitlines()
    assert lines[1] == "the month changes nothing on this route"


def test_a_month_that_changes_the_hours_or_the_route_is_not_said_to_change_nothing(ask):
    lines = ask("route", "A1", "C1", "--modes", "road", "--avoid", "BBB", "--month", "3").out
    assert "changes nothing" not in lines


def test_a_file_tells_its_conditions_in_its_last_column(ask, tmp_path):
    target = tmp_path / "bypass.csv"
    ask("bypass", "A1", "C1", "--modes", "road", "-o", str(target))
    rows = list(csv.DictReader(target.read_text().splitlines()))
    assert all("modes road" in row["conditions"] for row in rows)


def test_a_dataset_without_a_day_says_so(ask, toy_dir):
    (toy_dir / "dataset.toml").unlink()
    assert "today (the data do not say of which day)" in ask("route", "A1", "C1").out


@pytest.mark.parametrize(
    "text", ['as_of = "2026-02-30"', 'as_of = "soon"', "as_of = 2026", "version = 1", 'colour = "red"', "= 1"]
)
def test_a_day_that_is_none_is_a_fault(ask, toy_dir, text):
    (toy_dir / "dataset.toml").write_text(text)
    code, _, err = ask("route", "A1", "C1")
    assert code == 2
    assert "1 fault in the data, dataset.toml" in err


def test_the_day_is_written_and_read_again(toy_dir, tmp_path):
    write_network(load_network(toy_dir), tmp_path / "copy")
    copy = load_network(tmp_path / "copy")
    assert (copy.version, copy.as_of) == ("7", "2026-01-31")


def test_the_embedded_dataset_has_a_day(net):
    assert net.as_of >= "2026"
