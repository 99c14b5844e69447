"""One file of named sections: JSON and arrays of numbers, with a checksum; nothing in it is ever run.

The first line names the format, the key of what is inside, and the checksum of all that follows; the second
is the JSON index of the sections: where each begins, how long it is and, of an array, its type and shape.
"""

from __future__ import annotations

import json
import math
import sys
import zlib
from typing import TYPE_CHECKING, Any, cast

from cacorridor.vectors import Vector, has_numpy

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from cacorridor.vectors import Column

FORMAT = b"cacorridor-snapshot-1"
ALIGNMENT = 8  # bytes, so that arrays can be read where they stand
KINDS = "biuf"  # of arrays: truth values and numbers, never objects
# types of arrays, as memory names them
MEMORY: dict[str, Any] = {"|b1": "?", "|i1": "b", "<i4": "i", "<i8": "q", "<f8": "d"}


class DamagedError(Exception):
    """A file that is no snapshot, or not the one that is wanted, or not whole."""


class Container:
    """The sections of one file.

    Parameters
    ----------
    content
        The bytes of the file.
    key
        What the file must be a snapshot of.

    Raises
    ------
    DamagedError
        If it is something else, or was changed since it was written.

    """

    def __init__(self, content: bytes, key: str) -> None:
        self._content = content
        # the checksum before the index: nothing of a damaged file is parsed
        first = content.find(b"\n") + 1
        second = content.find(b"\n", first) + 1
        if content[: first - 1] != _first_line(key, memoryview(content)[first:]):
            raise DamagedError("another snapshot, or a damaged one")
        self._start = second
        self._index: dict[str, dict[str, Any]] = json.loads(content[first:second])

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a section."""
        return name in self._index

    def bytes_of(self, name: str) -> bytes:
        """Return the bytes of a section."""
        start, length = self._index[name]["at"]
        start += self._start
        return self._content[start : start + length]

    def json(self, name: str) -> Any:
        """Read a section of JSON."""
        return json.loads(self.bytes_of(name))

    def array(self, name: str) -> np.ndarray:
        """Read an array; it is the caller's own."""
        import numpy as np

        about = self._index[name]
        dtype = np.dtype(str(about["dtype"]))
        if dtype.kind not in KINDS:
            raise DamagedError(f"an array of {dtype}")
        start, _ = about["at"]
        count = math.prod(about["shape"])
        flat = np.frombuffer(self._content, dtype=dtype, count=count, offset=self._start + start)
        return flat.reshape(about["shape"]).copy()

    def column(self, name: str) -> Column:
        """Read an array of one dimension: as an array where NumPy is loaded, else where it stands."""
        about = self._index[name]
        memory = MEMORY.get(about["dtype"])
        if has_numpy() or memory is None or sys.byteorder != "little":
            return self.array(name)
        start, length = about["at"]
        start += self._start
        return cast("Column", Vector(memoryview(self._content)[start : start + length].cast(memory)))


def pack(key: str, sections: Mapping[str, Any]) -> bytes:
    """Lay sections out as a file.

    Parameters
    ----------
    key
        What the sections are a snapshot of.
    sections
        By name: bytes as they are, arrays of numbers, anything else as JSON.

    Returns
    -------
    bytes
        The content of the file.

    Raises
    ------
    TypeError
        If something is neither.

    """
    index: dict[str, Any] = {}
    parts: list[bytes] = []
    offset = 0  # from the end of the index
    for name, section in sections.items():
        content, about = _encode(section)
        index[name] = {"at": [offset, len(content)], **about}
        padding = -len(content) % ALIGNMENT
        parts += [content, bytes(padding)]
        offset += len(content) + padding
    rest = b"\n".join([_json(index), b"".join(parts)])
    return b"\n".join([_first_line(key, rest), rest])


def _encode(section: Any) -> tuple[bytes, dict[str, Any]]:
    """Turn a section into bytes, and say how they are read."""
    if isinstance(section, bytes):
        return section, {}
    if not hasattr(section, "dtype"):
        return _json(section), {}
    if section.dtype.kind not in KINDS:
        raise TypeError(f"an array of {section.dtype} is not kept")
    # little-endian on every machine
    little = section.astype(section.dtype.newbyteorder("<"))
    return little.tobytes(), {"dtype": little.dtype.str, "shape": list(little.shape)}


def _json(section: Any) -> bytes:
    return json.dumps(section, ensure_ascii=False, separators=(",", ":")).encode()


def _first_line(key: str, rest: bytes | memoryview) -> bytes:
    checksum = f"{len(rest)}-{zlib.crc32(rest):08x}"  # tells what an accident changed, four times as fast
    return b" ".join([FORMAT, key.encode(), checksum.encode()])
