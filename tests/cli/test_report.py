"""The report, claims, the check of the tables."""

from __future__ import annotations

import pytest

from cacorridor.cli import MISUSE, NO_ANSWER


def test_claims_are_set_beside_the_model(ask):
    code, out, _ = ask("claims")
    assert code == 0
    assert "610 km" in out
    assert "agrees" in out
    assert "km-a1-c1" not in out  # keys of rows are nobody's business


def test_check_prints_every_fault_and_fails(ask, toy_dir):
    table = toy_dir / "speeds.csv"
    table.write_text(table.read_text().replace(",40,", ",fast,"))
    code, out, err = ask("check")
    assert code == NO_ANSWER
    assert out.count("speed_kmh: 'fast'") == 6
    assert "6 faults" in err


def test_other_commands_name_the_first_fault_of_broken_tables(ask, toy_dir):
    (toy_dir / "links.csv").unlink()
    code, _, err = ask("route", "A1", "C1")
    assert code == MISUSE
    assert "links.csv" in err


@pytest.mark.parametrize("folder", ["nowhere/site", "-"])
def test_a_site_is_written_only_where_a_folder_can_stand(ask, tmp_path, monkeypatch, folder):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cacorridor.cli.questions.open_network", None)  # nothing is loaded
    code, out, err = ask("site", folder)
    assert (code, out, err.count("\n")) == (MISUSE, "", 1)
    assert "allowed: " in err
    assert not [path for path in tmp_path.iterdir() if path.name in {"nowhere", "-"}]
