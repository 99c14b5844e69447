"""Write arrays as bytes that the page turns into typed arrays again; each content is kept once."""

from __future__ import annotations

from typing import Any

import numpy as np

WHOLE = ("u1", "i1", "u2", "i2", "u4", "i4")  # kinds of whole numbers, the shortest first
REAL = "f8"
KINDS = (*WHOLE, REAL)
PLACES = -1  # the kind of an array that is written as places in a list of its distinct numbers


class Pool:
    """Arrays by number; an array that is there already gets its number again.

    ``entries`` describe them in turn: position of the kind and count, or, of places in a list, the numbers of
    the list and of the places. The bytes stand one after the other, numbers of eight bytes sliced: the first
    byte of each, then the second, which compress better (Blosc calls it shuffle).
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

        Whole numbers take the shortest kind that holds them. Other numbers keep every bit; where few of them
        differ they are written as places in a list of those that do.
        """
        array = np.asarray(numbers)
        if array.dtype.kind != "f":
            return self._plain(array, _shortest(array))
        # prices and speeds repeat: two bytes for a place instead of eight for a number
        distinct, places = np.unique(array, return_inverse=True)
        if 8 * len(distinct) + 2 * len(array) < 8 * len(array):
            return self._number([PLACES, self._plain(distinct, REAL), self.add(places)])
        return self._plain(array, REAL)

    def _plain(self, array: np.ndarray, kind: str) -> int:
        # the bytes of each place together: exponents are alike, last digits are not
        written = np.ascontiguousarray(array, dtype=f"<{kind}")
        sliced = written.view(np.uint8).reshape(-1, 8).T if kind == REAL else written
        content = sliced.tobytes()
        key = kind, content
        # the same content in another kind is another array
        if key not in self._numbers:
            self._numbers[key] = len(self.entries)
            self.entries.append([KINDS.index(kind), len(array)])
            self._parts.append(content)
        return self._numbers[key]

    def _number(self, entry: list[int]) -> int:
        number = self._numbers.setdefault(tuple(entry), len(self.entries))
        if number == len(self.entries):
            self.entries.append(entry)
        return number


def _shortest(array: np.ndarray) -> str:
    """Choose the shortest kind of whole numbers that holds an array."""
    if not array.size or array.dtype.kind == "b":
        return WHOLE[0]
    least, most = int(array.min()), int(array.max())
    return next(kind for kind in WHOLE if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max)
