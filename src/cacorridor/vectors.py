"""Columns of numbers: NumPy's arrays where it is loaded, plain vectors where it is not.

One route needs a few thousand numbers once, and to import NumPy takes ten times as long as to go through
them. So a formula is written once, with operators and the functions below, and is read off either kind.
"""

from __future__ import annotations

import functools
import math
import operator
import sys
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np

    Column = np.ndarray  # or a vector, which knows as much: type checkers are told of arrays alone

LANES, BLOCK = 8, 128  # of NumPy's sums: cells that are added side by side, and together

Operand = Any  # a number, or a column as long


def _by_cell(operation: Callable[[Any, Any], Any]) -> Callable[[Vector, Operand], Any]:
    """Make the method of an operator with a vector or a number at its right."""

    def method(self: Vector, other: Operand) -> Any:
        if isinstance(other, Vector):
            if len(self) != len(other):
                raise ValueError(f"{len(self)} cells meet {len(other)}")
            return Vector(list(map(operation, self.cells, other.cells)))
        if isinstance(other, (int, float)):
            return Vector([operation(cell, other) for cell in self.cells])
        return NotImplemented  # an array makes an array of both

    return method


class Vector:
    """A column that knows what formulas ask of an array; all else an array of it knows.

    Parameters
    ----------
    cells
        Numbers or truth values: a list, or typed memory.

    """

    __slots__ = ("cells",)

    def __init__(self, cells: Sequence[Any]) -> None:
        self.cells = cells

    def __len__(self) -> int:
        """Count the cells."""
        return len(self.cells)

    def __iter__(self) -> Iterator[Any]:
        """Go through the cells."""
        return iter(self.cells)

    def __getitem__(self, key: Any) -> Any:
        """Return a cell, a slice, the cells that are marked, or those at some positions."""
        if isinstance(key, int):
            return self.cells[key]
        if isinstance(key, slice):
            return Vector(self.cells[key])
        if not isinstance(key, (list, Vector)):
            return self.__array__()[key]
        if len(key) and isinstance(key[0], bool):
            return Vector(list(compress(self.cells, key)))
        return Vector(list(map(self.cells.__getitem__, key)))

    def __setitem__(self, positions: Iterable[int], cell: Any) -> None:
        """Set the cells at some positions."""
        cells: Any = self.cells
        for position in positions:
            cells[position] = cell

    __add__ = __radd__ = _by_cell(operator.add)
    __sub__ = _by_cell(operator.sub)
    __mul__ = __rmul__ = _by_cell(operator.mul)
    __truediv__ = _by_cell(operator.truediv)
    __lt__ = _by_cell(operator.lt)
    __le__ = _by_cell(operator.le)
    __gt__ = _by_cell(operator.gt)
    __ge__ = _by_cell(operator.ge)
    __and__ = __rand__ = _by_cell(operator.and_)
    __or__ = __ror__ = _by_cell(operator.or_)

    def __invert__(self) -> Vector:
        """Turn marks round."""
        return Vector(list(map(operator.not_, self.cells)))

    def sum(self) -> Any:
        """Add the cells up, in the order of NumPy."""
        return _sum(self.cells)

    def tolist(self) -> list[Any]:
        """List the cells."""
        return list(self.cells)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:  # noqa: FBT001  # of NumPy
        """Return an array of the cells."""
        import numpy as np

        return np.array(self.cells, dtype=dtype)

    def __getattr__(self, name: str) -> Any:
        """Ask an array of the cells what is not known here."""
        if name.startswith("__"):  # protocols, which are asked for and not meant
            raise AttributeError(name)
        return getattr(self.__array__(), name)

    def __reduce__(self) -> tuple[type[Vector], tuple[list[Any]]]:
        """Send the cells to another process: typed memory cannot go."""
        return Vector, (self.tolist(),)

    def __repr__(self) -> str:
        """Show the cells."""
        return f"Vector({self.tolist()})"


def _sum(cells: Sequence[Any]) -> Any:
    """Add cells up in pairs as NumPy does, to the last bit: a half kilometre is rounded alike by both."""
    if len(cells) < LANES:
        return functools.reduce(operator.add, cells, 0)
    if len(cells) > BLOCK:
        middle = len(cells) // 2 // LANES * LANES
        return _sum(cells[:middle]) + _sum(cells[middle:])
    # eight sums side by side, then what is left over
    whole = len(cells) // LANES * LANES
    lanes = [functools.reduce(operator.add, cells[lane:whole:LANES]) for lane in range(LANES)]
    while len(lanes) > 1:
        lanes = [one + other for one, other in zip(lanes[::2], lanes[1::2], strict=True)]
    return functools.reduce(operator.add, cells[whole:], lanes[0])


def has_numpy() -> bool:
    """Tell whether NumPy is loaded, so that arrays cost nothing more."""
    return "numpy" in sys.modules


def _vector(cells: Sequence[Any]) -> Column:
    return cast("Column", Vector(cells))


def column_of(cells: Sequence[Any]) -> Column:
    """Make a column of cells."""
    if not has_numpy():
        return _vector(cells)
    import numpy as np

    return np.array(cells)


def array_of(column: Column) -> np.ndarray:
    """Return an array of a column; of an array, itself."""
    import numpy as np

    return np.asarray(column)


def marks(size: int, like: Column) -> Column:
    """Make a column of marks that are all off, of the kind of another."""
    if isinstance(like, Vector):
        return _vector([False] * size)
    import numpy as np

    return np.zeros(size, dtype=bool)


def is_among(column: Column, codes: Iterable[int]) -> Column:
    """Mark the cells that are any of some codes."""
    if isinstance(column, Vector):
        return _vector(list(map(frozenset(codes).__contains__, column.cells)))
    import numpy as np

    return np.isin(column, list(codes))


def join_columns(*columns: Sequence[Any]) -> Column:
    """Put columns, or lists of cells, behind each other; the type of an array's cells stays."""
    arrays: list[Any] = [column for column in columns if not isinstance(column, (list, Vector))]
    if not arrays:
        return _vector([cell for column in columns for cell in column])
    import numpy as np

    return np.concatenate(columns).astype(arrays[0].dtype)


def sums_between(column: Column, starts: Column) -> Column:
    """Sum the cells from each start to the next; the last start is the end. No part is empty."""
    if isinstance(column, Vector):
        bounds, cells = starts.tolist(), column.tolist()
        parts = pairwise(bounds)
        return _vector([cells[first] + _sum(cells[first + 1 : stop]) for first, stop in parts])
    import numpy as np

    return np.add.reduceat(column, starts[:-1])


def part_numbers(starts: Column) -> Column:
    """Say of each cell in which part it lies, where parts go from each start to the next."""
    if isinstance(starts, Vector):
        bounds = starts.tolist()
        numbers: list[int] = []
        for number, (first, stop) in enumerate(pairwise(bounds)):
            numbers += [number] * (stop - first)
        return _vector(numbers)
    import numpy as np

    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def spans(starts: Sequence[int], parts: Iterable[int], like: Column) -> Column:
    """List the positions of the cells of some parts, part by part, as a column of the kind of another."""
    positions = [at for part in parts for at in range(starts[part], starts[part + 1])]
    if isinstance(like, Vector):
        return _vector(positions)
    import numpy as np

    return np.array(positions, dtype=int)


def weighted_sum(weights: Sequence[float], columns: Sequence[Column]) -> Column:
    """Add up columns, each times a weight."""
    if isinstance(columns[0], Vector):
        total = [weights[0] * cell for cell in columns[0].cells]
        for weight, column in zip(weights[1:], columns[1:], strict=True):
            total = [so_far + weight * cell for so_far, cell in zip(total, column.cells, strict=True)]
        return _vector(total)
    import numpy as np

    total_of_arrays: Column = np.asarray(weights) @ np.stack(columns)
    return total_of_arrays


def exponentials(column: Column) -> Column:
    """Raise e to each cell."""
    if isinstance(column, Vector):
        return _vector(list(map(math.exp, column.cells)))
    import numpy as np

    raised: Column = np.exp(column)
    return raised


def in_order(column: Column) -> Column:
    """Sort the cells, the least first."""
    if isinstance(column, Vector):
        return _vector(sorted(column.cells))
    import numpy as np

    return np.sort(column)
