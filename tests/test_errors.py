"""What a caller may catch."""

from __future__ import annotations

import pickle

import pytest

from cacorridor import CacorridorError, DataError, NoRouteError, UnknownPlaceError, UsageError
from cacorridor.errors import Fault, Obstacle

ERRORS = [
    DataError([Fault("places.csv", 2, "lat", "x", "a number")]),
    DataError([Fault("places.csv", 2, "lat", "x", "a number")], total=100),
    UnknownPlaceError("Osch", ["Osh", "Oral", "Aral"]),
    NoRouteError("from A to B", [Obstacle("states", (("CCC",),), (("C (CCC)",),))]),
    UsageError("level 'x'"),
]
NAMES = ["data", "much data", "place", "route", "usage"]


@pytest.mark.parametrize("error", ERRORS, ids=NAMES)
def test_every_error_is_caught_as_one(error: CacorridorError) -> None:
    assert isinstance(error, CacorridorError)


@pytest.mark.parametrize("error", ERRORS, ids=NAMES)
def test_an_error_comes_back_whole_from_another_process(error: CacorridorError) -> None:
    other = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
    assert str(other) == str(error)
    assert vars(other) == vars(error)


def test_one_fault_is_told_in_the_singular_and_many_in_the_plural() -> None:
    assert str(ERRORS[0]) == "1 fault in the data:\n  places.csv row 2, lat: 'x'; allowed: a number"
    assert str(ERRORS[1]).startswith("100 faults in the data:\n")
    assert str(ERRORS[1]).endswith("... and 99 more")


def test_a_fault_without_a_row_and_with_a_long_value_stays_short() -> None:
    fault = str(Fault("states.geojson", None, "geometry", "x" * 1000, "a valid polygon"))
    assert fault.startswith("states.geojson, geometry: 'xxx")
    assert len(fault) < 150


def test_errors_are_also_the_builtin_ones_they_resemble() -> None:
    assert isinstance(UsageError("x"), ValueError)
    assert isinstance(UnknownPlaceError("x", []), KeyError)
