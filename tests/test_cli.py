"""The command line: answers on stdout, one line on stderr, exit codes, no traceback."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cacorridor.cli import MISUSE, NO_ANSWER, main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return code, out, err


def test_a_route_tells_length_hours_and_states(capsys, toy_dir):
    code, out, err = run(capsys, "route", "A1", "C1", "--data", str(toy_dir))
    assert (code, err) == (0, "")
    assert "573 km" in out
    assert "crosses with a border stop: State AAA, State BBB, State CCC" in out
    assert "touches without a stop: State DDD" in out


def test_steps_accounts_and_notes_are_printed_on_demand(capsys, toy_dir):
    _, out, _ = run(capsys, "route", "A1", "C1", "--steps", "--ledger", "--notes", "--data", str(toy_dir))
    assert "outbound" in out
    assert "swod_kmh" in out
    assert "toy" in out


def test_a_route_tells_where_each_number_comes_from(capsys, toy_dir):
    _, out, _ = run(capsys, "route", "A1", "C1", "--data", str(toy_dir))
    assert "speeds/rail_1520-express" in out
    assert "64% sourced" in out
    assert "36% assumed" in out


def test_a_closed_month_changes_the_answer(capsys, toy_dir):
    question = ["route", "A1", "C1", "--modes", "road", "--avoid", "BBB", "--data", str(toy_dir)]
    code, _, err = run(capsys, *question, "--month", "1")
    assert code == NO_ANSWER
    assert "closed in month 1: road:d1:dc" in err
    assert run(capsys, *question, "--month", "7")[0] == 0


def test_claims_are_set_beside_the_model(capsys, toy_dir):
    code, out, _ = run(capsys, "claims", "--data", str(toy_dir))
    assert code == 0
    assert "km-a1-c1" in out
    assert "agrees" in out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["route", "A1", "Cc1"], MISUSE, "nearest names"),
        (["route", "A1", "C1", "--avoid", "AAA"], MISUSE, "A1 lies in AAA, which is avoided"),
        (["route", "A1", "C1", "--avoid", "ZZZ"], MISUSE, "unknown state 'ZZZ'"),
        (["route", "A1", "C1", "--corridor", "none"], MISUSE, "unknown corridor"),
        (["route", "A1", "C1", "--modes", "sea"], NO_ANSWER, "the way needs"),
        (["route", "A1", "C1", "--modes", "camel"], MISUSE, "modes camel; allowed: rail"),
        (["route", "A1"], MISUSE, "required"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(capsys, toy_dir, arguments, code, message):
    found, out, err = run(capsys, *arguments, "--data", str(toy_dir))
    assert found == code
    assert message in err
    assert out == ""


def test_our_own_errors_take_one_line(capsys, toy_dir):
    _, _, err = run(capsys, "route", "A1", "Cc1", "--data", str(toy_dir))
    assert err.count("\n") == 1


def test_check_prints_every_fault_and_fails(capsys, toy_dir):
    table = toy_dir / "speeds.csv"
    table.write_text(table.read_text().replace(",40,", ",fast,"))
    code, out, err = run(capsys, "check", "--data", str(toy_dir))
    assert code == NO_ANSWER
    assert out.count("speed_kmh: 'fast'") == 6
    assert "6 faults" in err


def test_other_commands_name_the_first_fault_of_broken_tables(capsys, toy_dir):
    (toy_dir / "links.csv").unlink()
    code, _, err = run(capsys, "route", "A1", "C1", "--data", str(toy_dir))
    assert code == MISUSE
    assert "links.csv" in err


def test_compare_sets_the_best_route_through_each_state_side_by_side(capsys, toy_dir):
    code, out, _ = run(capsys, "compare", "A1", "C1", "--states", "BBB", "DDD", "--data", str(toy_dir))
    assert code == 0
    assert "through State DDD" in out


def test_a_map_is_written_where_asked(capsys, toy_dir, tmp_path):
    target = tmp_path / "map.html"
    code, out, _ = run(capsys, "map", "A1", "C1", "-o", str(target), "--data", str(toy_dir))
    assert code == 0
    assert str(target) in out
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_path_that_cannot_be_written_is_an_error_of_one_line(capsys, toy_dir):
    target = toy_dir / "links.csv" / "map.html"  # a file stands where a directory is needed
    code, _, err = run(capsys, "map", "A1", "C1", "-o", str(target), "--data", str(toy_dir))
    assert code == MISUSE
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


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["bypass", "A1", "C1"], "way_round"),
        (["bypass", "A1", "C1", "--states", "BBB+DDD"], "no route"),
        (["leverage", "A1", "C1", "--outside-h", "100"], "State BBB"),
        (["leverage", "--pairs", "--outside-h", "100", "--years", "2026", "2031"], "leverage_share"),
        (["coalitions", "A1", "C1"], "BBB"),
        (["vital", "A1", "C1"], "added_h"),
        (["blocking-sets", "A1", "C1", "--of", "crossings", "--more-than-h", "1"], "crossings"),
        (["break-even", "A1", "C1", "--at", "b2"], "today_h"),
    ],
)
def test_questions_about_states_print_tables(capsys, toy_dir, arguments, told):
    code, out, err = run(capsys, *arguments, "--data", str(toy_dir))
    assert (code, err) == (0, "")
    assert told in out


def test_a_table_is_written_where_asked(capsys, toy_dir, tmp_path):
    target = tmp_path / "new" / "bypass.csv"
    code, out, _ = run(capsys, "bypass", "A1", "C1", "-o", str(target), "--data", str(toy_dir))
    assert (code, out) == (0, f"{target}\n")
    assert target.read_text().startswith("states,role,time_h")


def test_pairs_come_from_a_file(capsys, toy_dir, tmp_path):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("origin,destination\nA1,C1\nB1,C1\n")
    code, out, _ = run(capsys, "vital", "--pairs", str(pairs), "--data", str(toy_dir))
    assert code == 0
    assert "B1" in out


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
def test_questions_about_states_that_make_no_sense_are_misuse(capsys, toy_dir, arguments, message):
    code, out, err = run(capsys, *arguments, "--data", str(toy_dir))
    assert (code, out) == (MISUSE, "")
    assert message in err
    assert err.count("\n") == 1


def test_a_state_is_described(capsys, toy_dir):
    code, out, err = run(capsys, "state", "BBB", "--data", str(toy_dir))
    assert (code, err) == (0, "")
    assert "Transit carried" in out
    assert run(capsys, "state", "ZZZ", "--data", str(toy_dir))[0] == MISUSE


def test_a_ledger_tells_territories_and_lenses(capsys, toy_dir):
    code, out, err = run(capsys, "ledger", "A1", "C1", "--data", str(toy_dir))
    assert (code, err) == (0, "")
    assert "customs_borders" in out
    assert "The middle" in out


def test_scenarios_are_listed_and_asked(capsys):
    code, out, err = run(capsys, "scenarios")
    assert (code, err) == (0, "")
    assert "khorgos-closed" in out
    code, out, _ = run(
        capsys, "scenarios", "Xi'an", "Tashkent", "--modes", "rail", "--only", "khorgos-closed"
    )
    assert code == 0
    assert "rail_1520:alashankou:dostyk" in out


def test_a_sweep_asks_pairs_years_and_scenarios(capsys, tmp_path):
    target = tmp_path / "sweep.csv"
    question = ["sweep", "Kashgar", "Tashkent", "--years", "2026", "2031", "--only", "russia-avoided"]
    code, out, _ = run(capsys, *question, "-o", str(target))
    assert (code, out) == (0, f"{target}\n")
    assert len(target.read_text().splitlines()) == 5


def test_a_simulation_is_summed_up(capsys, toy_dir):
    question = ["simulate", "A1", "C1", "--draws", "20", "--promise-h", "24", "--data", str(toy_dir)]
    code, out, err = run(capsys, *question)
    assert (code, err) == (0, "")
    assert "20 draws, seed 0" in out
    assert "on_time_share" in out
    assert run(capsys, *question, "--draws", "0")[0] == MISUSE


def test_any_question_can_be_asked_under_a_scenario(capsys):
    code, out, _ = run(
        capsys, "route", "Xi'an", "Tashkent", "--modes", "rail", "--scenario", "khorgos-closed"
    )
    assert code == 0
    assert "Dostyk" in out
    assert run(capsys, "route", "Xi'an", "Tashkent", "--scenario", "none-such")[0] == MISUSE
