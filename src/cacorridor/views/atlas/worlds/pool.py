"""Write arrays as bytes that the page turns into typed arrays again; each content is kept once."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE = ("u1", "i1", "u2", "i2", "u4", "i4")  # kinds of whole numbers, the shortest first
REAL = "f8"
KINDS = (*WHOLE, REAL)

# what stands for the kind of an array that is written by another: places in a list of its distinct numbers,
# differences from the number before, or numbers of things in the order in which they are first met
PLACES, DIFFERENCES, MEETINGS = -1, -2, -3
QUICK = 1  # level of compression that tells which of two forms is shorter
WORTH_TRYING = 16  # numbers; a shorter array is as short in any form


class Pool:
    """Arrays by number; an array that is there already gets its number again.

    ``entries`` describe them in turn: position of the kind, count and whether it is sliced, or a form and the
    numbers of the arrays that it is made of. The bytes stand one after the other; where an array is sliced,
    first the first byte of each number, then the second, which often compresses better (Blosc: shuffle).
    """

    def __init__(self) -> None:
        self.entries: list[list[int]] = []
        self._parts: list[bytes] = []
        self._numbers: dict[tuple[int, ...] | tuple[str, bytes], int] = {}

    @property
    def content(self) -> bytes:
        """All bytes, in the order of the entries."""
        return b"".join(self._parts)

    def add(self, numbers: Any) -> int:
        """Keep an array, and return its number.

        Whole numbers take the form that compresses best, and the shortest kind that holds them. Other numbers
        keep every bit; where few of them differ they are written as places in a list of those that do.
        """
        array = np.asarray(numbers)
        if array.dtype.kind != "f":
            return self._whole(array.astype(np.int64))
        # prices and speeds repeat: two bytes for a place instead of eight for a number
        distinct, places = np.unique(array, return_inverse=True)
        if 8 * len(distinct) + 2 * len(array) < 8 * len(array):
            return self._number([PLACES, self._plain(distinct, REAL), self.add(places)])
        return self._plain(array, REAL)

    def _whole(self, array: np.ndarray) -> int:
        """Keep whole numbers in the form that compresses best."""
        form, written = min(_forms(array), key=lambda pair: _packed_size(pair[1]))
        number = self._plain(written, _shortest(written))
        return number if form is None else self._number([form, number])

    def _plain(self, array: np.ndarray, kind: str) -> int:
        is_sliced, content = _bytes_of(array, kind)
        key = kind, content
        # the same content in another kind is another array
        if key not in self._numbers:
            self._numbers[key] = len(self.entries)
            self.entries.append([KINDS.index(kind), len(array), int(is_sliced)])
            self._parts.append(content)
        return self._numbers[key]

    def _number(self, entry: list[int]) -> int:
        number = self._numbers.setdefault(tuple(entry), len(self.entries))
        if number == len(self.entries):
            self.entries.append(entry)
        return number


def _forms(array: np.ndarray) -> Iterator[tuple[int | None, np.ndarray]]:
    """List the forms in which whole numbers can be written, the plain one first."""
    yield None, array
    # the page counts in 32 bits
    if len(array) < WORTH_TRYING or np.abs(array).max() >= 2**29:
        return
    steps = np.diff(array, prepend=0)
    yield DIFFERENCES, np.where(steps < 0, ~(steps << 1), steps << 1)  # the sign is the lowest bit
    # nought is the next new thing; what was met before is raised by one, and no thing (-1) stays
    highest = np.maximum.accumulate(np.concatenate([[-1], array[:-1]]))
    if (array <= highest + 1).all():
        yield MEETINGS, np.where(array < 0, array, np.where(array > highest, 0, array + 1))


def _bytes_of(array: np.ndarray, kind: str) -> tuple[bool, bytes]:
    """Write an array as bytes, sliced or not, whichever compresses better."""
    written = np.ascontiguousarray(array, dtype=f"<{kind}")
    if written.itemsize == 1 or len(array) < WORTH_TRYING:
        return False, written.tobytes()
    sliced = written.view(np.uint8).reshape(-1, written.itemsize).T
    # the bytes of each place together: exponents are alike, last digits are not
    return min(((False, written.tobytes()), (True, sliced.tobytes())), key=lambda pair: _packed(pair[1]))


def _packed_size(array: np.ndarray) -> int:
    """Measure what whole numbers take when they are compressed."""
    return _packed(_bytes_of(array, _shortest(array))[1])


def _packed(content: bytes) -> int:
    return len(zlib.compress(content, level=QUICK))


def _shortest(array: np.ndarray) -> str:
    """Choose the shortest kind of whole numbers that holds an array."""
    if not array.size:
        return WHOLE[0]
    least, most = int(array.min()), int(array.max())
    return next(kind for kind in WHOLE if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max)
