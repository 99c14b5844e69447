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


@pytest.fixture
def asked(monkeypatch):
    """What the report was built with; the toy has no two corridors to be compared."""
    heard = []

    def built(*_, explorer):
        heard.append(explorer)
        return "<!DOCTYPE html>\n"

    monkeypatch.setattr("cacorridor.views.report.report.build_report", built)
    return heard


def test_the_explorer_is_written_beside_the_report(ask, asked, tmp_path):
    code, out, err = ask("report", "-o", str(tmp_path / "report.html"))
    assert (code, err) == (0, "")
    assert asked == ["explorer.html"]
    assert "cacorridor" in (tmp_path / "explorer.html").read_text(encoding="utf-8")
    assert [line for line in out.splitlines() if line.startswith("written: ")] == [
        f"written: {tmp_path / name}" for name in ("report.html", "explorer.html")
    ]


def test_the_explorer_may_stand_elsewhere(ask, asked, tmp_path):
    (tmp_path / "other").mkdir()
    target = tmp_path / "other" / "ask on.html"
    assert ask("report", "-o", str(tmp_path / "report.html"), "--explorer", str(target)).code == 0
    assert asked == ["other/ask%20on.html"]
    assert target.is_file()


def test_a_report_on_standard_output_leads_nowhere(ask, asked, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ask("report", "-o", "-").code == 0
    assert asked == [None]
    assert not list(tmp_path.glob("*.html"))


@pytest.mark.parametrize(
    "options",
    [
        ("-o", "explorer.html"),
        ("-o", "-", "--explorer", "x.html"),
        ("-o", "x.html", "--explorer", "x.html"),
        ("-o", "x.html", "--explorer", "-"),
        ("-o", "x.html", "--explorer", "x.png"),
        ("-o", "x.html", "--explorer", "nowhere/x.html"),
    ],
)
def test_a_report_and_its_explorer_need_two_files(ask, tmp_path, monkeypatch, options):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cacorridor.cli.questions.open_network", None)  # nothing is loaded
    code, out, err = ask("report", *options)
    assert (code, out, err.count("\n")) == (MISUSE, "", 1)


def test_the_map_of_a_route_leaves_its_rivals_out_where_told(ask, tmp_path):
    sizes = []
    for options in ((), ("--no-rivals",)):
        target = tmp_path / "map.html"
        assert ask("map", "A1", "C1", "-o", str(target), *options).code == 0
        sizes.append(target.read_text(encoding="utf-8").count("cac-route"))
    assert sizes[0] > sizes[1]
