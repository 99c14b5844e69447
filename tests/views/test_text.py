"""Figures in text."""

from __future__ import annotations

import pandas as pd
import pytest

from cacorridor.costs.measures import MEASURES
from cacorridor.views import text

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (0.01, "< 0.1"), (0.44, "0.4"), (2.0, "2"), (9.94, "9.9"), (12.4, "12"), (4321.7, "4,322")],
)
def test_number_has_the_digits_it_deserves(value, expected):
    assert text.number(value) == expected


def test_figures_carry_units():
    assert text.kilometres(598) == "598 km"
    assert text.duration(38.2) == "38 h"
    assert str(text.figure_range(MEASURES["time"], 25, 53)) == "25\u201353 h"
    assert text.amount(MEASURES["cost"], 2898.3) == "USD 2,898"
    assert str(text.figure_range(MEASURES["emissions"], 1203, 2151)) == "1,203\u20132,151 kg CO2e"
    assert str(text.figure_difference(MEASURES["cost"], -40)) == "USD \u221240"
    assert str(text.figure_range(MEASURES["time"], -7.4, 19)) == "\u22127.4 \u2026 +19 h"
    assert text.days(36) == "1.5 days"
    assert text.per_cent(0.214) == "21%"


def test_what_is_missing_is_not_known():
    assert str(text.figure_range(MEASURES["time"], NAN, 3)) == "not known"
    for write in (text.number, text.kilometres, text.duration, text.days, text.per_cent):
        assert write(NAN) == "not known"


@pytest.mark.parametrize("missing", [None, NAN, pd.NA])
def test_a_missing_year_is_nothing(missing):
    assert text.year_cell(missing) == ""
    assert text.year_cell(2031.0) == "2031"


def test_slugs_differ_and_are_plain():
    taken: set[str] = set()
    assert text.slug("Xi'an - \u00dcr\u00fcmqi", taken) == "xi-an-urumqi"
    assert text.slug("Xi'an - Urumqi", taken) == "xi-an-urumqi-2"
    assert text.slug("\u4e2d", taken) == "route"


def test_ranges_are_whole_and_say_one_number_once():
    assert text.whole_range(47.6, 48.2) == "48"
    assert text.whole_range(900, 1234.4) == "900-1,234"
    assert text.with_range(31, 17.2, 46, unit="h", dash=text.DASH) == "31 h (17\u201346)"


def test_shares_may_carry_a_sign_and_decimals():
    assert text.per_cent(0.0214, 1, signed=True) == "+2.1%"


def test_a_service_names_level_year_and_month():
    assert str(text.service("express", 2031, 7)) == "express service, network of 2031, July"
    assert str(text.service("typical", None)) == "typical service, today"


def test_a_source_is_named_by_what_is_known_of_it():
    assert text.source_line("Title", "", pd.NA) == "Title"
    assert text.source_line("Title", "Publisher", 2019) == "Title, Publisher, 2019"
