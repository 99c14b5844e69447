"""What is written where, and what is shown instead of sent."""

from __future__ import annotations

from cacorridor.cli import MISUSE


def test_a_path_that_cannot_be_written_is_an_error_of_one_line(ask, toy_dir):
    target = toy_dir / "links.csv" / "map.html"  # a file stands where a directory is needed
    code, _, err = ask("map", "A1", "C1", "-o", str(target))
    assert code == MISUSE
    assert err.count("\n") == 1


def test_a_table_is_written_where_asked(ask, tmp_path):
    target = tmp_path / "new" / "bypass.csv"
    code, out, _ = ask("bypass", "A1", "C1", "-o", str(target))
    assert (code, out) == (0, f"{target}\n")
    assert target.read_text().startswith("states,role,time_h")
