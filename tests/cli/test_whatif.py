"""Scenarios, sweeps, simulations."""

from __future__ import annotations

from cacorridor.cli import MISUSE


def test_scenarios_are_listed_and_asked(run):
    code, out, err = run("scenarios")
    assert (code, err) == (0, "")
    assert "khorgos-closed" in out
    code, out, _ = run("scenarios", "Xi'an", "Tashkent", "--modes", "rail", "--only", "khorgos-closed")
    assert code == 0
    assert "alashankou:dostyk" in out


def test_a_sweep_asks_pairs_years_and_scenarios(run, tmp_path):
    target = tmp_path / "sweep.csv"
    question = ["sweep", "Kashgar", "Tashkent", "--years", "2026", "2031", "--only", "russia-avoided"]
    code, out, _ = run(*question, "-o", str(target))
    assert (code, out) == (0, f"{target}\n")
    assert len(target.read_text().splitlines()) == 5


def test_a_simulation_is_summed_up(run, toy_dir):
    question = ["simulate", "A1", "C1", "--draws", "20", "--deadline-h", "24", "--data", str(toy_dir)]
    code, out, err = run(*question)
    assert (code, err) == (0, "")
    assert "20 draws, seed 0" in out
    assert "on_time_share" in out
    assert run(*question, "--draws", "0")[0] == MISUSE
