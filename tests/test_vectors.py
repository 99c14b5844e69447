"""What vectors and arrays are told to agree on: every formula is written once and reads either."""

from __future__ import annotations

import itertools
import math
import operator
import pickle
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cacorridor import vectors
from cacorridor.vectors import Vector

if TYPE_CHECKING:
    from collections.abc import Callable

ARITHMETIC = (operator.add, operator.sub, operator.mul, operator.truediv)
ORDER = (operator.lt, operator.le, operator.gt, operator.ge)
NUMBERS = st.floats(1e-9, 1e9) | st.floats(-1e9, -1e-9)
COLUMNS = st.lists(NUMBERS, min_size=1, max_size=300)
MARKS = st.lists(st.booleans(), min_size=1, max_size=40)


def both(cells: list[Any]) -> tuple[Vector, np.ndarray]:
    return Vector(cells), np.array(cells)


@pytest.mark.parametrize("operation", [*ARITHMETIC, *ORDER])
@given(pairs=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=20), number=NUMBERS)
def test_operators(
    operation: Callable[[Any, Any], Any], pairs: list[tuple[float, float]], number: float
) -> None:
    left, right = map(list, zip(*pairs, strict=True))
    expected = operation(np.array(left), np.array(right)).tolist()
    assert operation(Vector(left), Vector(right)).tolist() == expected
    assert operation(Vector(left), np.array(right)).tolist() == expected
    assert operation(Vector(left), number).tolist() == operation(np.array(left), number).tolist()


@given(MARKS)
def test_marks(cells: list[bool]) -> None:
    vector, array = both(cells)
    assert (~vector).tolist() == (~array).tolist()
    assert (vector & ~vector | vector).tolist() == cells
    assert vector.sum() == array.sum()


@given(COLUMNS)
def test_sums_agree_to_the_last_bit(cells: list[float]) -> None:
    vector, array = both(cells)
    assert vector.sum() == float(array.sum())


@given(COLUMNS, st.data())
def test_parts(cells: list[float], data: st.DataObject) -> None:
    inner = data.draw(st.sets(st.integers(1, max(len(cells) - 1, 1)), max_size=8))
    bounds = sorted({0, *inner, len(cells)})
    parts = data.draw(st.lists(st.integers(0, len(bounds) - 2), max_size=5))
    vector, array = both(cells)
    assert vectors.spans(bounds, parts, vector).tolist() == vectors.spans(bounds, parts, array).tolist()
    of_vector = vectors.sums_between(vector, Vector(bounds))
    assert of_vector.tolist() == vectors.sums_between(array, np.array(bounds)).tolist()
    numbers = vectors.part_numbers(Vector(bounds)).tolist()
    assert numbers == vectors.part_numbers(np.array(bounds)).tolist()
    assert [len(list(group)) for _, group in itertools.groupby(numbers)] == np.diff(bounds).tolist()


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.sets(st.integers(0, 9)))
def test_choices(cells: list[int], codes: set[int]) -> None:
    vector, array = both(cells)
    among = vectors.is_among(vector, codes)
    assert among.tolist() == vectors.is_among(array, codes).tolist()
    assert vector[among].tolist() == array[among.tolist()].tolist()
    assert vector[list(range(len(cells)))[::-1]].tolist() == cells[::-1]
    marked = vectors.marks(10, like=vector), vectors.marks(10, like=array)
    for marks, column in zip(marked, (vector, array), strict=True):
        marks[column] = True
        assert set(np.flatnonzero(marks)) == set(cells)


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=1, max_size=30), st.floats(-9, 9))
def test_samples(rows: list[tuple[float, float]], weight: float) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    plain = vectors.weighted_sum([weight, 2.0], [Vector(column) for column in columns])
    arrays = vectors.weighted_sum([weight, 2.0], [np.array(column) for column in columns])
    assert plain.tolist() == pytest.approx(arrays.tolist(), abs=1e-12)
    assert vectors.exponentials(plain).tolist() == pytest.approx(np.exp(arrays).tolist(), rel=1e-12)
    assert vectors.in_order(plain).tolist() == sorted(plain.tolist())
    assert vectors.join_columns(columns[0], Vector(columns[1])).tolist() == columns[0] + columns[1]


def test_columns_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 cells meet 3"):
        Vector([1, 2]) + Vector([1, 2, 3])


def test_what_a_vector_does_not_know_its_array_does() -> None:
    vector = Vector(memoryview(np.array([3.0, 1.0, 2.0])).cast("B").cast("d"))
    assert vector.mean() == 2
    assert vector.argmin() == 1
    assert np.sqrt(vector[1:]).tolist() == [1, math.sqrt(2)]
    assert pickle.loads(pickle.dumps(vector)).tolist() == vector.tolist()  # noqa: S301  # its own
    assert not hasattr(vector, "__array_interface__")
