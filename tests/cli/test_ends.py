"""Every command ends: with an answer, or with one line that says why not."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cacorridor.cli import INTERRUPTED, MISUSE, NO_ANSWER
from cacorridor.cli.input.readers import ListOf
from cacorridor.cli.parser import COMMANDS, Command, Parser, build_parser
from cacorridor.uncertainty.outcomes import Simulation

if TYPE_CHECKING:
    import argparse


@pytest.mark.parametrize(
    "error",
    [OverflowError("int too large"), MemoryError(), RecursionError("deep"), OSError(28, "No space left")],
)
def test_what_is_too_much_takes_one_line(ask, monkeypatch, error):
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("cacorridor.routing.finding.find_route", fail)
    code, out, err = ask("route", "A1", "C1")
    assert (code, out) == (MISUSE, "")
    assert err.count("\n") == 1
    assert "None" not in err


def _interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def _interrupt_in_compiled_code(*_: object, **__: object) -> None:
    raise SystemError("compiled code returned a result with an error set") from KeyboardInterrupt()


@pytest.mark.parametrize("stop", [_interrupt, _interrupt_in_compiled_code])
def test_ctrl_c_takes_one_line(ask, monkeypatch, stop):
    monkeypatch.setattr("cacorridor.routing.finding.find_route", stop)
    assert ask("route", "A1", "C1") == (INTERRUPTED, "", "cacorridor: stopped\n")


def test_other_errors_of_compiled_code_are_not_hidden(ask, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise SystemError("broken")

    monkeypatch.setattr("cacorridor.routing.finding.find_route", fail)
    with pytest.raises(SystemError, match="broken"):
        ask("route", "A1", "C1")


@pytest.mark.parametrize(
    ("target", "code", "line"),
    [(">/dev/full", MISUSE, "cacorridor: standard output: No space left on device\n"), (">&-", 0, "")],
)
def test_a_standard_output_that_takes_nothing_is_an_end_too(toy_dir, target, code, line):
    command = f"{sys.executable} -m cacorridor corridors --data {toy_dir} {target}"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, line)


@pytest.mark.parametrize("question", [("sweep", "--pairs"), ("scenarios", "A1", "C1")], ids=" ".join)
def test_ctrl_c_keeps_what_a_sweep_has_answered(ask, tmp_path, monkeypatch, question):
    def stop(done: int, _: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr("cacorridor.cli.commands.whatif.progress", stop)
    target = tmp_path / "sweep.csv"
    code, out, err = ask(*question, "-o", str(target))
    assert (code, out) == (INTERRUPTED, f"{target}\n")
    assert err == "cacorridor: stopped before the end: the table holds what was answered\n"
    assert len(pd.read_csv(target)) == 1


def test_ctrl_c_keeps_the_draws_done(ask, monkeypatch):
    monkeypatch.setattr(Simulation, "complete", property(lambda _: False, lambda *_: None))
    code, out, err = ask("simulate", "A1", "C1", "--draws", "5")
    assert code == INTERRUPTED
    assert "mean_h" in out
    assert err == "cacorridor: stopped before the end: the figures are those of the draws done\n"


def test_bytes_that_are_no_text_end_in_one_line_and_no_file(ask, tmp_path):
    page = tmp_path / "page.html"
    code, out, err = ask("explorer", "--title", "\udcff", "-o", str(page))
    assert (code, out, err.count("\n")) == (MISUSE, "", 1)
    assert "bytes that are no text" in err
    assert not list(tmp_path.glob("*.html"))


# ---------------------------------------------------------------- anything that can be typed

ODD = [
    "nan", "inf", "-inf", "-1", "0", "1", "2", "2026", "1e308", "-1e-320", "1" * 30, "9" * 5000,
    "", " ", ",", "--", "-", "=", "+", "\x1b[31m", "\x00", "\u202e", "\ud800", "'", '"', "%s", "{}",
    "KAZ", "BBB", "bbb", "A1,C1", "c1", "A1", "road", "rail", "sea", "January", "2031.5", "slow", "south",
    "http://example.org/x", "../..", "/dev/null", "é", "0.6,0.6", "x" * 400,
]  # fmt: skip
WORDS = st.sampled_from(ODD) | st.text(max_size=8)
FILES = {"--output", "-o", "--pdf", "--data"}  # what is written where is tested elsewhere
SLOW = {"report"}


def _options_of(parser: Parser) -> list[argparse.Action]:
    """Options of a command, but for files and the help."""
    options = [action for action in parser._actions if action.option_strings and action.dest != "help"]
    return [action for action in options if not FILES & set(action.option_strings)]


def _parser_of(each: Command) -> Parser:
    """The parser of one command."""
    commands = next(action for action in build_parser([each.name])._actions if action.choices)
    return commands.choices[each.name]


def _parsers() -> dict[str, Parser]:
    """Parsers of the commands, by name."""
    return {each.name: _parser_of(each) for each in COMMANDS if each.name not in SLOW}


build_parser([])  # registers every command
PLACES = st.sampled_from([["A1", "C1"], ["A1", "C1"], ["A1", "C1"], [], ["A1"]]) | st.lists(WORDS, max_size=3)


@st.composite
def _command_lines(draw: st.DrawFn) -> list[str]:
    """A command with places, mostly fitting ones, and a few of its options with odd values."""
    name, parser = draw(st.sampled_from(list(_parsers().items())))
    words = [name, *draw(PLACES if parser.places else st.lists(WORDS, max_size=1))]
    options = (
        st.lists(st.sampled_from(_options_of(parser)), max_size=3) if _options_of(parser) else st.just([])
    )
    for action in draw(options):
        flag = draw(st.sampled_from(action.option_strings))
        value = WORDS | st.sampled_from(list(action.choices)) if action.choices else WORDS
        most = 0 if action.nargs == 0 else 3 if isinstance(action, ListOf) else 1
        given_words = draw(st.lists(value, min_size=min(most, 1), max_size=most))
        joined = len(given_words) == 1 and draw(st.booleans())  # --option=word
        words += [f"{flag}={given_words[0]}"] if joined else [flag, *given_words]
    return words


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=_command_lines())
def test_nothing_that_can_be_typed_makes_a_traceback(ask, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)  # where a map is written
    code, _, err = ask(*words)
    assert code in {0, NO_ANSWER, MISUSE}
    assert all(line.startswith("cacorridor: warning: ") for line in err.splitlines()[1:])
    assert not set(err) & {"\x1b", "\x00", "\u202e", "\ud800"}
    assert "x" * 300 not in err


@pytest.mark.parametrize("each", COMMANDS, ids=lambda each: each.name)
def test_two_dashes_are_the_value_of_no_option(run, each):
    # of files, too, and of commands that take long: it is refused before any work
    for action in _parser_of(each)._actions:
        if action.option_strings and action.nargs != 0:
            code, out, err = run(each.name, f"{action.option_strings[-1]}=--")
            assert (code, out, err.count("\n")) == (MISUSE, "", 1)
            assert "'--' is no value" in err


def test_the_longest_word_of_an_error_is_no_longer_than_the_name_of_a_file(ask):
    for words in (("--corridor", "x" * 5000), ("--scenario", "x" * 5000), ("--month", "x" * 5000)):
        _, out, err = ask("route", "A1", "C1", *words)
        assert (out, err.count("\n")) == ("", 1)
        assert max(map(len, err.split())) < 260


def test_a_point_is_an_end_of_a_map(ask, tmp_path):
    page = tmp_path / "point.html"
    code, _, err = ask("map", "0.6,0.6", "C1", "-o", str(page))
    assert (code, err) == (0, "")
    assert page.stat().st_size > 0


@pytest.mark.parametrize("point", ["0.6 0.6", "0.6; 0.6", "0,6 0,6", "0.6° N, 0.6° E"])
def test_a_point_is_taken_as_people_write_it(ask, point):
    assert ask("route", point, "C1") == ask("route", "0.6,0.6", "C1")


@pytest.mark.parametrize("dashes", ["\u2014", "\u2013", "\u2013\u2013", "-\u2013", "\u2212\u2212"])
def test_an_option_may_have_the_long_dashes_of_an_office_program(ask, dashes):
    meant = ask("route", "A1", "C1", "--avoid", "DDD", "--modes", "road")
    assert meant.code == 0
    assert ask("route", "A1", "C1", f"{dashes}avoid", "DDD", f"{dashes}modes", "road") == meant


def test_a_long_dash_before_what_is_no_option_stays(ask):
    code, _, err = ask("route", "A1", "\u2014nowhere")
    assert code == MISUSE
    assert "unknown place '\u2014nowhere'" in err


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["A1", "New", "Delhi"], "a name of several words stands in quotes, places on the way behind --via"),
        (["A1", "C1", "--avoids", "DDD"], "nearest: --avoid;"),
        (["A1", "C1", "--json"], "allowed: --format json;"),
    ],
)
def test_words_left_over_are_told_with_what_may_be_meant(ask, words, advice):
    code, out, err = ask("route", *words)
    assert (code, out, err.count("\n")) == (MISUSE, "", 1)
    assert advice in err


def test_a_comparison_may_pass_a_point(ask):
    code, out, err = ask("compare", "A1", "C1", "--modes", "road", "--via", "0.6,0.6")
    assert (code, err) == (0, "")
    assert "via 0.6,0.6" in out
