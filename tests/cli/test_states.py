"""Questions about states."""

from __future__ import annotations

import pytest

from cacorridor.cli import MISUSE


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["bypass", "A1", "C1"], "detour_states"),
        (["bypass", "A1", "C1", "--states", "BBB+DDD"], "no route"),
        (["leverage", "A1", "C1", "--outside-h", "100"], "State BBB"),
        (["leverage", "--pairs", "--outside-h", "100", "--years", "2026", "2031"], "leverage_share"),
        (["coalitions", "A1", "C1"], "BBB"),
        (["vital-links", "A1", "C1"], "delta_h"),
        (["minimal-cuts", "A1", "C1", "--of", "crossings", "--more-than-h", "1"], "crossings"),
        (["break-even", "A1", "C1", "--at", "b2"], "today_h"),
    ],
)
def test_questions_about_states_print_tables(ask, arguments, text):
    code, out, err = ask(*arguments)
    assert (code, err) == (0, "")
    assert text in out


def test_a_way_without_a_third_state_says_that_there_is_none_to_go_round(ask):
    code, out, err = ask("bypass", "A1", "B1")
    assert (code, err) == (0, "")
    assert "crosses no third state" in out


@pytest.mark.parametrize(
    "twice",
    [
        ["bypass", "A1", "C1", "--states", "BBB", "BBB"],
        ["bypass", "A1", "C1", "--years", "2026", "2026"],
        ["compare", "A1", "C1", "--states", "BBB", "bbb"],
        ["compare", "A1", "C1", "--without", "BBB", "State BBB"],
    ],
)
def test_what_is_named_twice_is_answered_once(ask, twice):
    assert ask(*twice) == ask(*twice[:-1])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bypass", "A1", "C1", "--states", "AAA"], "A1 lies in AAA"),
        (["bypass", "A1"], "name an origin and a destination"),
        (["bypass", "A1", "C1", "--pairs"], "not both"),
        (["bypass", "--pairs", "nowhere.csv"], "nowhere.csv"),
        (["leverage", "A1", "C1", "--outside-h", "-1"], "allowed: hours above 0"),
        (["break-even", "A1", "C1", "--at", "d1"], "no border link lies at"),
    ],
)
def test_questions_about_states_that_make_no_sense_are_misuse(ask, arguments, message):
    code, out, err = ask(*arguments)
    assert (code, out) == (MISUSE, "")
    assert message in err
    assert err.count("\n") == 1


def test_a_state_is_described(ask):
    code, out, err = ask("state", "BBB")
    assert (code, err) == (0, "")
    assert "Transit carried" in out
    assert ask("state", "ZZZ")[0] == MISUSE
