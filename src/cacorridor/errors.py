"""What a caller may catch: every error of cacorridor is a ``CacorridorError``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FAULTS_SHOWN = 40


class CacorridorError(Exception):
    """Anything that cacorridor refuses or cannot answer."""


class UsageError(CacorridorError, ValueError):
    """A question that contradicts itself or uses a word that is not allowed."""


@dataclass(frozen=True)
class Fault:
    """One fault of the data: where it stands, what stands there and what is allowed."""

    file: str
    row: int | None
    column: str
    value: str
    allowed: str

    def __str__(self) -> str:
        """Tell file, row, column, value and what is allowed, on one line."""
        row = "" if self.row is None else f" row {self.row}"
        value = self.value if len(self.value) <= 80 else f"{self.value[:77]}..."
        return f"{self.file}{row}, {self.column}: {value!r}; allowed: {self.allowed}"


class DataError(CacorridorError):
    """Tables that cannot be used; ``faults`` lists what is wrong with them, all at once."""

    def __init__(self, faults: Sequence[Fault], total: int | None = None) -> None:
        self.faults = tuple(faults)
        self.total = len(self.faults) if total is None else total
        super().__init__(self._message())

    def __reduce__(self) -> tuple[type[DataError], tuple[tuple[Fault, ...], int]]:
        """Survive the way back from another process."""
        return type(self), (self.faults, self.total)

    def _message(self) -> str:
        lines = [str(fault) for fault in self.faults[:FAULTS_SHOWN]]
        if self.total > len(lines):
            lines.append(f"... and {self.total - len(lines)} more")
        noun = "fault" if self.total == 1 else "faults"
        return "\n  ".join([f"{self.total} {noun} in the data:", *lines])


class UnknownPlaceError(CacorridorError, KeyError):
    """A name that no place has; ``nearest`` holds the names most like it, at most three."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        super().__init__(name)

    def __reduce__(self) -> tuple[type[UnknownPlaceError], tuple[str, tuple[str, ...]]]:
        """Survive the way back from another process."""
        return type(self), (self.name, self.nearest)

    def __str__(self) -> str:
        """Say what name is unknown and what may have been meant."""
        offer = f"nearest names: {', '.join(self.nearest)}" if self.nearest else "not in this network"
        return f"unknown place {shorten(self.name)!r}; {offer}"


class AmbiguousPlaceError(CacorridorError, KeyError):
    """A name that several places share; ``places`` holds their ids, ``labels`` their names with states."""

    def __init__(self, name: str, places: Sequence[str], labels: Sequence[str]) -> None:
        self.name = name
        self.places = tuple(places)
        self.labels = tuple(labels)
        super().__init__(name)

    def __reduce__(
        self,
    ) -> tuple[type[AmbiguousPlaceError], tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Survive the way back from another process."""
        return type(self), (self.name, self.places, self.labels)

    def __str__(self) -> str:
        """Say which places share the name."""
        meanings = zip(self.labels, self.places, strict=True)
        listed = ", ".join(f"{label} [{place}]" for label, place in meanings)
        return f"{shorten(self.name)!r} means several places, name one of them: {listed}"


def shorten(text: str, length: int = 80) -> str:
    """Cut a text that is too long for a line."""
    return text if len(text) <= length else f"{text[: length - 3]}..."


class NoRouteError(CacorridorError):
    """No route exists under the conditions asked for; ``blocked_by`` names what blocks it."""

    def __init__(self, question: str, blocked_by: Sequence[str]) -> None:
        self.question = question
        self.blocked_by = tuple(blocked_by)
        super().__init__(f"no route {question}: {'; '.join(self.blocked_by)}")

    def __reduce__(self) -> tuple[type[NoRouteError], tuple[str, tuple[str, ...]]]:
        """Survive the way back from another process."""
        return type(self), (self.question, self.blocked_by)
