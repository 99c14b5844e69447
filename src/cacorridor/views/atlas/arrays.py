"""Write arrays as text that the page turns into typed arrays again; each content is kept once."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

WHOLE = ("u1", "i1", "u2", "i2", "u4", "i4")  # kinds of whole numbers, the shortest first


class Pool:
    """Arrays by number; an array that is there already gets its number again."""

    def __init__(self) -> None:
        self.arrays: list[dict[str, Any]] = []
        self._numbers: dict[tuple[str, bytes], int] = {}

    def add(self, values: Any) -> int:
        """Keep an array, and return its number.

        Whole numbers take the shortest kind that holds them. Other numbers keep every bit; where few of them
        differ they are written as places in a list of those that do.
        """
        array = np.asarray(values)
        if array.dtype.kind == "f":
            distinct, places = np.unique(array, return_inverse=True)
            if 8 * len(distinct) + 2 * len(array) < 8 * len(array):
                return self._add({"of": self._plain(distinct, "f8"), "at": self.add(places)})
            return self._plain(array, "f8")
        return self._plain(array, _shortest(array))

    def _plain(self, array: np.ndarray, kind: str) -> int:
        content = np.ascontiguousarray(array, dtype=f"<{kind}").tobytes()
        return self._add({"kind": kind, "bytes": base64.b64encode(content).decode()})

    def _add(self, entry: dict[str, Any]) -> int:
        number = self._numbers.setdefault((repr(sorted(entry)), repr(entry).encode()), len(self.arrays))
        if number == len(self.arrays):
            self.arrays.append(entry)
        return number


def _shortest(array: np.ndarray) -> str:
    """Choose the shortest kind of whole numbers that holds an array."""
    if not array.size or array.dtype.kind == "b":
        return WHOLE[0]
    least, most = int(array.min()), int(array.max())
    return next(kind for kind in WHOLE if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max)
