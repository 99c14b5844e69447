"""Commands that set ways beside each other."""

from __future__ import annotations

import pytest

from cacorridor.cli import MISUSE, NO_ANSWER


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["alternatives", "A1", "C1"], "1. by rail through State BBB, 22 h: quickest"),
        (["alternatives", "A1", "C1", "--dominated", "-k", "3", "--criterion", "cost"], "2. by"),
        (["pareto", "A1", "C1", "--criteria", "time", "borders"], "2 of 2 ways by time, borders"),
        (["pareto", "A1", "C1", "--thin", "0"], "best_at"),
        (["matrix", "--from", "A1", "--to", "C1", "A2", "--measure", "length"], "length, km"),
        (["matrix", "--from", "A1", "C1"], "time, h"),
        (["alternatives", "A1", "C1", "--via", "D1"], "via D1"),
        (["pareto", "A1", "C1", "--through", "DDD"], "through State DDD"),
        (["matrix", "--from", "A1", "--to", "C1", "--via", "D1"], "via D1"),
        (["break-even", "A1", "C1", "--at", "BBB", "--what", "fee", "--criterion", "cost"], "to_usd"),
        (["bypass", "A1", "C1", "--criterion", "cost"], "penalty_usd"),
        (["leverage", "A1", "C1", "--criterion", "cost", "--outside", "5000"], "leverage_usd"),
        (["vital-links", "A1", "C1", "--criterion", "emissions"], "delta_kg"),
        (["minimal-cuts", "A1", "C1", "--criterion", "cost", "--more-than", "1"], "delta_usd"),
        (["scenarios", "A1", "C1", "--criterion", "cost"], "delta_usd"),
        (["simulate", "A1", "C1", "--criterion", "cost", "--draws", "20"], "mean_usd"),
        (["compare", "A1", "C1", "--criterion", "cost"], "cost_usd"),
        (["coalitions", "A1", "C1", "--criterion", "cost"], "cost_usd"),
    ],
)
def test_commands_of_choice_print_their_answer(ask, arguments, text):
    code, out, err = ask(*arguments)
    assert (code, err) == (0, "")
    assert text in out


def test_a_way_is_named_and_its_amounts_are_told(ask):
    _, out, _ = ask("alternatives", "A1", "C1", "--dominated")
    named = [line for line in out.splitlines() if line[:2] in {"1.", "2.", "3.", "4."}]
    assert len(named) == len(set(named)) > 1
    assert out.count("CO2e") >= len(named)


@pytest.mark.parametrize("name", ["alternatives", "pareto"])
def test_a_table_may_go_to_a_file(ask, tmp_path, name):
    target = tmp_path / "ways.csv"
    assert ask(name, "A1", "C1", "-o", str(target)).code == 0
    assert "best_at" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["pareto", "A1", "C1", "--criteria", "beauty"], MISUSE, "criteria 'beauty'; allowed"),
        (["pareto", "A1", "C1", "--thin", "2"], MISUSE, "a share from 0 to 1"),
        (["pareto", "A1", "C1", "--avoid", "BBB", "DDD", "--modes", "road"], NO_ANSWER, "no route"),
        (["alternatives", "A1", "C1", "-k", "0"], MISUSE, "a whole number from 1 to 20"),
        (["matrix"], MISUSE, "--from"),
        (["matrix", "--from", "A1", "--to", "nowhere"], MISUSE, "nowhere"),
        (["matrix", "--from", "A1", "--to", "C1", "--measure", "beauty"], MISUSE, "allowed"),
        (["break-even", "A1", "C1", "--at", "BBB", "--what", "fee"], MISUSE, "criterion cost or generalised"),
    ],
)
def test_choices_that_make_no_sense_are_refused_in_one_line(ask, arguments, code, message):
    done = ask(*arguments)
    assert done.code == code
    assert message in done.err
    assert done.err.count("\n") == 1
