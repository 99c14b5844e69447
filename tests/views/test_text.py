"""Figures in words."""

from __future__ import annotations

import pandas as pd
import pytest

from cacorridor.views import text as words

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (0.01, "< 0.1"), (0.44, "0.4"), (2.0, "2"), (9.94, "9.9"), (12.4, "12"), (4321.7, "4,322")],
)
def test_number_has_the_digits_it_deserves(value, expected):
    assert words.number(value) == expected


def test_figures_carry_units():
    assert words.kilometres(598) == "598 km"
    assert words.hours(38.2) == "38 h"
    assert words.hour_range(25, 53) == "25\u201353 h"
    assert words.days(36) == "1.5 days"
    assert words.share(0.214) == "21%"


def test_what_is_missing_is_not_known():
    assert words.hour_range(NAN, 3) == "not known"
    for write in (words.number, words.kilometres, words.hours, words.days, words.share):
        assert write(NAN) == "not known"


@pytest.mark.parametrize("missing", [None, NAN, pd.NA])
def test_a_missing_year_is_nothing(missing):
    assert words.year(missing) == ""
    assert words.year(2031.0) == "2031"


def test_slugs_differ_and_are_plain():
    taken: set[str] = set()
    assert words.slug("Xi'an - \u00dcr\u00fcmqi", taken) == "xi-an-urumqi"
    assert words.slug("Xi'an - Urumqi", taken) == "xi-an-urumqi-2"
    assert words.slug("\u4e2d", taken) == "route"
