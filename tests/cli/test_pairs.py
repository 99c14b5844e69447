"""Files of pairs."""

from __future__ import annotations


def test_pairs_come_from_a_file(ask, tmp_path):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("origin,destination\nA1,C1\nB1,C1\n")
    code, out, _ = ask("vital-links", "--pairs", str(pairs))
    assert code == 0
    assert "B1" in out
