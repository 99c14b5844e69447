"""What can be typed: lists, aliases, help, errors."""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass, fields

import pytest

from cacorridor.cli import MISUSE
from cacorridor.cli.input.months import read_month
from cacorridor.cli.parser import build_parser
from cacorridor.cli.questions import conditions_of
from cacorridor.routing import conditions


def test_our_own_errors_take_one_line(ask):
    _, _, err = ask("route", "A1", "Cc1")
    assert err.count("\n") == 1


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from cacorridor.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'geopandas', 'networkx', 'folium', 'numpy', 'shapely'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "route" in done.stdout


def test_python_m_runs_the_same_command():
    done = subprocess.run(
        [sys.executable, "-m", "cacorridor", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("cacorridor ")


ROUTE = ("route", "A1", "C1")
SAME = [
    (("--avoid", "BBB", "DDD"), ("--avoid", "BBB,DDD"), ("--avoid", "BBB", "--avoid", "DDD")),
    (("--modes", "road", "sea"), ("--modes", "road,sea"), ("--modes", "road", "--modes", "sea")),
    (("--through", "BBB", "DDD"), ("--through", "BBB, DDD"), ("--through=BBB", "--through=DDD")),
]


@pytest.mark.parametrize("spellings", SAME)
def test_lists_may_be_written_in_three_ways(ask, spellings):
    answers = {ask(*ROUTE, *spelling) for spelling in spellings}
    assert len(answers) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("A1", "--modes", "road", "C1"),
        ("--modes", "road", "A1", "C1"),
        ("--modes", "road", "--", "A1", "C1"),
        ("A1", "C1", "--mode", "road"),
        ("--modes", "road", "A1", "--year", "2026", "C1"),
    ],
)
def test_places_may_stand_before_between_and_behind_lists(run, toy_dir, arguments):
    code, out, err = run("route", "--data", str(toy_dir), *arguments)
    assert (code, err) == (0, "")
    assert out.startswith("A1 - C1: ")
    assert "modes road" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("route", "A1", "--modes", "rail", "road", "--avoid", "BBB", "C1"),
        ("route", "A1", "C1", "C2"),
        ("route", "A1"),
        ("route", "A1", "C1", "--month", "Smarch"),
        ("route", "A1", "C1", "--month", "13"),
        ("route", "A1", "C1", "--year", "soon"),
        ("route", "A1", "C1", "--year", "0"),
        ("route", "A1", "C1", "--year", "2031.5"),
        ("route", "A1", "C1", "--avoid", ","),
        ("route", "A1", "C1", "--avoid", ""),
        ("route", "A1", "C1", "--level", "slow"),
        ("route", "A1", "C1", "--camel"),
        ("leverage", "A1", "C1", "--outside-h", "inf"),
        ("leverage", "A1", "C1", "--outside-h", "nan"),
        ("break-even", "A1", "C1", "--at", "b2", "--up-to-h", "-5"),
        ("minimal-cuts", "A1", "C1", "--largest", "-1"),
        ("simulate", "A1", "C1", "--deadline-h", "nan"),
        ("simulate", "A1", "C1", "--draws", "999999999999999"),
        ("claims", "--what", "km,camels"),
        ("travel", "A1", "C1"),
        (),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_on_one_line(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (MISUSE, "")
    assert err.count("\n") == 1
    assert err.startswith("cacorridor")


def test_what_a_list_could_give_back_in_two_ways_is_not_guessed(run):
    _, _, err = run("route", "A1", "--modes", "rail", "road", "--avoid", "BBB", "C1")
    assert "--modes and --avoid" in err


def test_a_month_has_a_name(ask):
    assert ask(*ROUTE, "--month", "January") == ask(*ROUTE, "--month", "1")
    assert ask(*ROUTE, "--month", "jan") == ask(*ROUTE, "--month", "1")


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (1, ["Январь", "января", "янв.", "ЯНВ", "一月", "1月", " january "]),
        (5, ["May", "май", "мая", "五月"]),
        (6, ["июнь", "июня", "июн", "Jun", "六月"]),
        (9, ["сентябрь", "сент.", "Sept", "Sep.", "九月"]),
        (10, ["十月", "10月", "окт"]),
        (12, ["декабря", "十二月", "12月"]),
    ],
)
def test_a_month_is_named_in_three_languages_whole_or_abbreviated(month, words):
    assert [read_month(word) for word in words] == [month] * len(words)


@pytest.mark.parametrize(
    "word", ["", "ja", "ju", "и", "июль-август", "Smarch", "0", "13", "13月", "1.5", "月"]
)
def test_what_is_no_one_month_is_refused(word):
    with pytest.raises(argparse.ArgumentTypeError, match="allowed: 1 to 12, or a name in English, Russian"):
        read_month(word)


@pytest.mark.parametrize("command", [ROUTE, ("vital-links", "A1", "C1"), ("scenarios", "A1", "C1")])
def test_a_year_may_be_called_years(ask, command):
    assert ask(*command, "--year", "2026") == ask(*command, "--years", "2026")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("vital", "A1", "C1"), ("vital-links", "A1", "C1")),
        (("blocking-sets", "A1", "C1"), ("minimal-cuts", "A1", "C1")),
        (("simulate", "A1", "C1", "--promise-h", "24"), ("simulate", "A1", "C1", "--deadline-h", "24")),
    ],
)
def test_names_of_0_1_still_work(ask, old, new):
    assert ask(*old) == ask(*new)
    assert ask(*new).code == 0


ASKED_UNDER_CONDITIONS = [
    "route", "compare", "map", "ledger", "bypass", "leverage", "coalitions", "vital-links", "minimal-cuts",
    "break-even", "scenarios", "sweep", "simulate",
]  # fmt: skip


@pytest.mark.parametrize("command", ASKED_UNDER_CONDITIONS)
def test_every_condition_is_an_option_of_every_question(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    for each in fields(conditions.Conditions):
        assert f"--{each.name.replace('_', '-')}" in out


@pytest.mark.parametrize("command", ASKED_UNDER_CONDITIONS)
def test_a_condition_more_is_an_option_more(run, monkeypatch, command):
    @dataclass(frozen=True, kw_only=True)
    class More(conditions.Conditions):
        cargo: frozenset[str] = conditions._condition(frozenset(), "carry this", "GOODS")
        axle_t: int | None = conditions._condition(None, "axle load", "T")

    monkeypatch.setattr(conditions, "Conditions", More)
    _, out, _ = run(command, "--help")
    assert "--cargo GOODS" in out
    assert "carry this" in out
    assert "--axle-t T" in out
    needed = ("--at", "b2") if command == "break-even" else ()
    options = build_parser().parse_args(
        [command, "A1", "C1", "--cargo", "tea,silk", "--axle-t", "23", *needed]
    )
    assert conditions_of(options) == {"cargo": ["tea", "silk"], "axle_t": 23}


def test_words_of_a_list_are_taken_in_letters_of_any_case(ask):
    plain = ask("route", "A1", "C1", "--level", "block", "--modes", "road", "--criterion", "cost")
    loud = ask("route", "A1", "C1", "--level", "BLOCK", "--modes", "Road", "--criterion", "Cost")
    assert (loud.code, loud.out) == (0, plain.out)
    assert "'blok'" in ask("route", "A1", "C1", "--level", "BLOK").err
    assert "modes Rood; allowed:" in ask("route", "A1", "C1", "--modes", "Rood").err
