"""Places and corridors are listed; what is empty says so."""

from __future__ import annotations

import csv

import pytest

from cacorridor.cli import NO_ANSWER


def test_places_are_listed_by_any_name_or_state(run):
    assert "kashgar" in run("places", "KASH").out
    assert "kashgar" in run("places", "Кашгар").out
    assert "osh" in run("places", "kyrgyz").out
    assert len(run("places").out.splitlines()) > 400


def listed(run, text):
    return [row["place"] for row in csv.DictReader(run("places", text, "--format", "csv").out.splitlines())]


def test_names_stand_before_other_names_and_these_before_what_holds_the_text(run):
    assert listed(run, "osh")[:3] == ["osh", "hoshab", "khoshadi"]  # others are also called so in part
    assert listed(run, "kash")[:3] == ["kashgar", "ishkashim-afg", "ishkashim-tjk"]
    assert listed(run, "kashi")[0] == "kashgar"  # its other name, which Ishkashim only holds
    assert listed(run, "ОШ")[0] == "osh"


def test_a_text_is_sought_in_each_name_alone(run):
    assert listed(run, "altbuchara") == ["bukhara"]
    assert run("places", "bucharabochara").code == NO_ANSWER  # the end of one alias and the next


def test_a_town_of_just_the_name_stands_before_larger_ones(run):
    rows = list(csv.DictReader(run("places", "alba", "--format", "csv").out.splitlines()))
    towns = [row["name"] for row in rows if row["kind"] == "town"]
    assert towns[0] == "Alba"
    assert "Alba Iulia" in towns[1:]  # and has far more people


def test_a_text_that_no_place_holds_is_no_answer(ask):
    for text in ("Atlantis", "!!!"):
        code, out, _ = ask("places", text)
        assert code == NO_ANSWER
        assert out == f"no place is called {text!r}, in whole or in part\n"


def test_corridors_are_listed(ask, tmp_path):
    assert "The southern road" in ask("corridors").out
    target = tmp_path / "corridors.csv"
    assert ask("corridors", "-o", str(target)).out == f"{target}\n"
    assert target.read_text().startswith("corridor,name,modes,year,via,data\nsouth,")


@pytest.mark.parametrize("name", ["minimal-cuts", "blocking-sets"])
def test_a_pair_that_nothing_cuts_is_said_to_be_so(ask, name):
    code, out, _ = ask(name, "A1", "C1", "--largest", "1")
    assert code == 0
    assert out.endswith("no set of up to 1 states cuts it; try --largest 2 or --more-than X\n")


def test_one_fault_is_one(ask, toy_dir):
    table = toy_dir / "closures.csv"
    table.write_text(table.read_text().replace("road:d1:dc", "road:d1:nowhere", 1))
    assert ask("check").err == "cacorridor: 1 fault\n"
    assert "1 fault in the data, closures.csv" in ask("route", "A1", "C1").err
