"""Routes, comparisons, maps, accounts."""

from __future__ import annotations

import pytest

from cacorridor.cli import MISUSE, NO_ANSWER, main


def test_a_route_tells_length_hours_and_states(ask):
    code, out, err = ask("route", "A1", "C1")
    assert (code, err) == (0, "")
    assert "573 km" in out
    assert "crosses with a border stop: State AAA, State BBB, State CCC" in out
    assert "touches without a stop: State DDD" in out
    assert "bypasses (on the best way, kept out of here): none" in out


def test_a_route_alone_tells_whom_it_bypasses(ask):
    _, out, _ = ask("route", "A1", "C1", "--modes", "road", "--avoid", "BBB")
    assert "bypasses (on the best way, kept out of here): State BBB" in out


def test_a_route_within_one_state_crosses_no_border(ask):
    _, out, _ = ask("route", "A1", "A3")
    assert "stays within: State AAA" in out
    assert "border stop" not in out


def test_steps_accounts_and_notes_are_printed_on_demand(ask):
    _, out, _ = ask("route", "A1", "C1", "--steps", "--ledger", "--notes")
    assert "outbound" in out
    assert "swod_kmh" in out
    assert "toy" in out


def test_a_route_tells_where_each_number_comes_from(ask):
    _, out, _ = ask("route", "A1", "C1")
    assert "speeds/rail_1520-express" in out
    assert "64% sourced" in out
    assert "36% assumed" in out


def test_the_clock_can_count_the_stays_at_terminals(ask):
    _, out, _ = ask("route", "A1", "C1", "--modes", "rail", "--count", "terminal")
    assert "counted from terminal to terminal" in out
    assert out.count("stay") == 2


def test_a_closed_month_changes_the_answer(run, toy_dir):
    question = ["route", "A1", "C1", "--modes", "road", "--avoid", "BBB", "--data", str(toy_dir)]
    code, _, err = run(*question, "--month", "1")
    assert code == NO_ANSWER
    assert "closed in month 1: road:d1:dc" in err
    assert run(*question, "--month", "7")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["route", "A1", "Cc1"], MISUSE, "nearest names"),
        (["route", "A1", "C1", "--avoid", "AAA"], MISUSE, "A1 lies in AAA, which is avoided"),
        (["route", "A1", "C1", "--avoid", "ZZZ"], MISUSE, "unknown state 'ZZZ'"),
        (["route", "A1", "C1", "--corridor", "none"], MISUSE, "unknown corridor"),
        (["route", "A1", "C1", "--modes", "sea"], NO_ANSWER, "the way needs"),
        (["route", "A1", "C1", "--modes", "camel"], MISUSE, "allowed: rail"),
        (["route", "A1"], MISUSE, "required"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(ask, arguments, code, message):
    answer, out, err = ask(*arguments)
    assert answer == code
    assert message in err
    assert out == ""


def test_compare_sets_the_best_route_through_each_state_side_by_side(ask):
    code, out, _ = ask("compare", "A1", "C1", "--states", "BBB", "DDD")
    assert code == 0
    assert "through State DDD" in out


def test_a_map_is_written_where_asked(ask, tmp_path):
    target = tmp_path / "map.html"
    code, out, _ = ask("map", "A1", "C1", "-o", str(target))
    assert code == 0
    assert str(target) in out
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_ledger_tells_territories_and_lenses(ask):
    code, out, err = ask("ledger", "A1", "C1")
    assert (code, err) == (0, "")
    assert "customs_borders" in out
    assert "The middle" in out


def test_any_question_can_be_asked_under_a_scenario(run):
    code, out, _ = run("route", "Xi'an", "Tashkent", "--modes", "rail", "--scenario", "khorgos-closed")
    assert code == 0
    assert "Dostyk" in out
    assert run("route", "Xi'an", "Tashkent", "--scenario", "none-such")[0] == MISUSE


def test_what_is_remarked_on_routes_side_by_side_is_told_once_with_its_routes(capsys):
    assert main(["compare", "Moscow", "Osh", "--without", "UZB", "--year", "2031"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    # the best way leaves the union, its rival does not; the year is remarked on for both
    assert "best: both ends lie in the EAEU, yet the way runs through Uzbekistan" in told
    assert "without Uzbekistan: both ends" not in told
    assert told.count("the year 2031 chooses which links are open") == 1
