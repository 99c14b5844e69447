"""Files of pairs."""

from __future__ import annotations

import os

import pytest

from cacorridor.cli import MISUSE


def test_pairs_come_from_a_file(ask, tmp_path):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("origin,destination\nA1,C1\nB1,C1\n")
    code, out, _ = ask("vital-links", "--pairs", str(pairs))
    assert code == 0
    assert "B1" in out


GOOD = "A1,C1,1\nB1,C1,2\n"


@pytest.mark.parametrize(
    "text",
    [
        f"origin,destination,weight\n{GOOD}",
        "\ufefforigin, destination, weight\n A1 , C1 , 1 \n\nB1, C1, 2.0\n",
        'origin,destination,weight\r\n"A1","C1",1\r\n,,\r\nB1,C1,2\r\n',
        "id,weight,destination,origin,note\nx,1,C1,A1,\ny,2,C1,B1,none\n",
    ],
)
@pytest.mark.parametrize("command", ["sweep", "vital-links"])
def test_what_can_be_read_one_way_only_is_read(ask, tmp_path, command, text):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(text, encoding="utf-8", newline="")
    plain = tmp_path / "plain.csv"
    plain.write_text(f"origin,destination,weight\n{GOOD}")
    answer = ask(command, "--pairs", str(pairs))
    assert answer == ask(command, "--pairs", str(plain))
    assert (answer.code, answer.err) == (0, "")


HEADER = "origin,destination,weight\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f'{HEADER}A1,C1,"1,5"\n', "row 2, weight: '1,5'"),
        (f"{HEADER}A1,C1,1\nA1,C1,1,5\n", "row 3, row: 'A1,C1,1,5'"),
        (f"{HEADER}\n\nA1,C1,much\n", "row 4, weight: 'much'"),
        (f"{HEADER}A1,C1,\n", "row 2, weight: ''"),
        (f"{HEADER}A1,,1\n", "row 2, destination: ''"),
        (f"{HEADER}A1,C1,-1\n", "row 2, weight: '-1'"),
        (f"{HEADER}A1,C1,nan\n", "row 2, weight: 'nan'"),
        (f"{HEADER}A1,C1,inf\n", "row 2, weight: 'inf'"),
        (f"{HEADER}A1,Atlantis,1\n", "row 2, destination: unknown place 'Atlantis'"),
        (f"{HEADER}", "row 2"),
        ("", "origin"),
        ("origin;destination\nA1;C1\n", "row 1, origin"),
        ("origin,origin,destination\nA1,A1,C1\n", "row 1, origin"),
        (f'{HEADER}"A1,C1,1\n', "row 2"),
        (b"origin,destination\n\xff\xfe,C1\n", "UTF-8"),
    ],
)
@pytest.mark.parametrize("command", ["sweep", "vital-links"])
def test_a_file_that_is_none_of_pairs_is_refused_with_its_place(ask, tmp_path, command, text, message):
    pairs = tmp_path / "pairs.csv"
    pairs.write_bytes(text if isinstance(text, bytes) else text.encode())
    code, out, err = ask(command, "--pairs", str(pairs))
    assert (code, out) == (MISUSE, "")
    assert str(pairs) in err
    assert message in err
    assert err.count("\n") == 1


def test_no_address_is_fetched_and_no_special_file_is_read(ask, tmp_path, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", None)
    os.mkfifo(tmp_path / "pipe")
    for pairs in (
        "http://example.org/pairs.csv",
        "file:///etc/passwd",
        str(tmp_path),
        str(tmp_path / "pipe"),
    ):
        code, out, err = ask("sweep", "--pairs", pairs)
        assert (code, out) == (MISUSE, "")
        assert pairs in err
        assert err.count("\n") == 1


def test_the_table_of_the_dataset_is_asked_as_a_whole_or_as_a_file(ask, toy_dir):
    table = ask("sweep", "--pairs")
    assert table.code == 0
    assert table == ask("sweep", "--pairs", str(toy_dir / "pairs.csv"))
