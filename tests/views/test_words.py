"""Phrases and their catalogue: three languages, the same fields, nothing said that is not in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from cacorridor.costs.measures import MEASURES
from cacorridor.views import accuracy
from cacorridor.views.explorer import controls, legend, records
from cacorridor.views.text import MONTHS, STATUS_WORDS
from cacorridor.views.words import names
from cacorridor.views.words.catalogue import catalogue
from cacorridor.views.words.phrases import FIELD, as_data, join_parts, phrase_of, say
from cacorridor.views.words.translation import say_data

VIEWS = Path(accuracy.__file__).parent
BARE = re.compile(r"^\W*(\{\w+\}\W*)+$")  # fields and signs only: the same in every language


def templates_in_python():
    for path in VIEWS.rglob("*.py"):
        if "atlas" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield first.value


def templates_in_scripts():
    for path in (VIEWS / "explorer").rglob("*.js"):
        yield from re.findall(r'\b(?:t|fill)\("([^"]+)"', path.read_text(encoding="utf-8"))


def words_of_tables(net):
    yield from (text for table in (legend.STATES, legend.NOT_OPEN) for _, text in table)
    yield from (text for _, _, text in legend.MARKS)
    yield from (
        *MONTHS,
        *STATUS_WORDS.values(),
        *records.compared_rows(MEASURES.values()),
        *net.table("modes")["label"],
    )
    yield from (measure.unit for measure in MEASURES.values())
    yield from ("published", "survey", "state average", "derived", "assumed", "express", "typical")
    yield from (corridor.name for corridor in net.corridors.values())
    yield from {method.capitalize() for method in net.tables["transfers"]["method"]}
    yield from {cause for causes in net.tables["crossings"]["cause"] for cause in causes.split(";") if cause}
    yield from {kind.replace("_", " ").capitalize() for kind in net.tables["places"]["kind"]}


def test_every_phrase_stands_in_the_catalogue(net):
    said = {*templates_in_python(), *templates_in_scripts(), *words_of_tables(net)}
    lacking = {template for template in said if not BARE.match(template)} - set(catalogue())
    assert lacking == set()


def test_translations_have_the_fields_of_the_english():
    for english, others in catalogue().items():
        assert len(others) == len(names.LANGUAGES)
        for other in others:
            assert sorted(FIELD.findall(other)) == sorted(FIELD.findall(english)), english
            assert other.strip() or not english.strip(), english  # Chinese has no space between parts


def test_every_state_has_a_name_in_each_language(net):
    for iso3 in net.state_shapes.index:
        name = names.state(net, iso3)
        assert all((name.en, name.ru, name.zh)), iso3
    assert names.state(net, "KGZ")[:3] == ("Kyrgyzstan", "Кыргызстан", "吉尔吉斯斯坦")


@pytest.mark.parametrize("hostile", ["{states}", "{{7*191}}", "{}", "{p0}", "$1"])
def test_braces_in_data_stay_what_they_are(hostile):
    assert str(say("Crosses {states}.", states=hostile)) == f"Crosses {hostile}."
    assert phrase_of(hostile) == hostile
    assert str(join_parts([hostile, "", hostile])) == f"{hostile} {hostile}"


def test_a_phrase_is_data_for_the_script():
    part = say("Crosses {states}.", states=(names.Name("A", "B", "C", "AAA"), names.Name("D")))
    assert as_data(part) == {"t": "Crosses {states}.", "states": [{"s": "AAA"}, {"n": ["D", "", ""]}]}


def test_how_good_the_hours_are_is_what_the_validation_found(net):
    page = (Path(__file__).parents[2] / "docs" / "validation.md").read_text(encoding="utf-8")
    row = re.search(r"^\| all \|(.*)\|$", page, re.MULTILINE)[1].replace("%", "").split("|")
    journeys, *shares = (float(cell) for cell in row)
    said = str(accuracy.describe_accuracy(net))
    assert f"Of {journeys:.0f} journeys" in said
    assert ", ".join(f"{share:.0f}" for share in shares[:3]) + " % fell" in said
    assert f"its error {shares[6]:.2f} of" in said


def test_tables_that_were_changed_say_nothing_of_it(net):
    assert accuracy.describe_accuracy(net.at(2031)) is None


def test_languages_are_named_in_themselves():
    assert [key for key, _ in controls.LANGUAGES] == ["en", *names.LANGUAGES]


@pytest.mark.parametrize(
    ("joint", "chinese"), [(" ", ""), (", ", "\uff0c"), ("; ", "\uff1b"), (": ", "\uff1a")]
)
def test_parts_stand_together_as_their_language_has_it(net, joint, chinese):
    part = as_data(join_parts(["1", "2"], joint))
    assert say_data(part, "zh", net) == f"1{chinese}2"
    assert say_data(part, "ru", net) == f"1{joint}2"
