"""What a caller may catch: every error of cacorridor is a ``CacorridorError``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FAULTS_SHOWN = 40  # a screen of them; ``DataError.faults`` holds all
CELL_MARKS = ("<ipython-input-", "ipykernel_")  # in the names of the files of cells
# by Unicode category: controls (C0, C1), lone surrogates, separators of lines and of paragraphs
STEERING_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}
DIRECTION_MARKS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str, *, one_line: bool = True) -> str:
    """Show as escapes what a terminal would obey: controls, and marks that turn the direction of reading.

    Parameters
    ----------
    text
        What is to be shown or written; letters that only join others, as Persian has them, stay.
    one_line
        Show ends of lines as escapes, too.

    Returns
    -------
    str
        The text without controls.

    """
    if text.isprintable():  # nearly always, and much quicker
        return text
    return "".join(_escaped(letter) if _steers(letter, one_line) else letter for letter in text)


def _steers(letter: str, one_line: bool) -> bool:  # noqa: FBT001
    import unicodedata

    if letter == "\n":
        return one_line
    return letter in DIRECTION_MARKS or unicodedata.category(letter) in STEERING_CATEGORIES


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


class CacorridorError(Exception):
    """Anything that cacorridor refuses or cannot answer.

    Examples
    --------
    >>> try:
    ...     cc.find_route(net, "Kashgar", "Osh", month=13)
    ... except cc.CacorridorError as error:
    ...     print(f"{type(error).__name__}: {error}")
    UsageError: month 13; allowed: 1 to 12

    """

    def _render_traceback_(self) -> list[str]:
        """Show in a notebook the lines of the user's own code alone, and what is wrong."""
        import traceback
        from pathlib import Path

        # the lines of cells; without any, the last line outside of the package
        package = str(Path(__file__).parent)
        frames = traceback.extract_tb(self.__traceback__)
        shown = [frame for frame in frames if _is_of_a_cell(frame.filename)]
        shown = shown or [frame for frame in frames if not frame.filename.startswith(package)][-1:]
        return [*traceback.format_list(shown), f"{type(self).__name__}: {self}"]


def _is_of_a_cell(filename: str) -> bool:
    return any(mark in filename for mark in CELL_MARKS)


class UsageError(CacorridorError, ValueError):
    """A question that contradicts itself or uses a word that is not allowed.

    Examples
    --------
    >>> try:
    ...     cc.find_route(net, "Kashgar", "Osh", month=13)
    ... except cc.UsageError as error:
    ...     print(error)
    month 13; allowed: 1 to 12

    """

    def __str__(self) -> str:
        """Show the text on one line, without characters that a terminal obeys."""
        return visible(super().__str__())


@dataclass(frozen=True)
class Fault:
    """One fault of the data: where it stands, what stands there and what is allowed.

    Parameters
    ----------
    file
        The table.
    row
        Line of the file, the heading being 1; None if the fault is the file's.
    column
        The column.
    value
        What stands there.
    allowed
        What may stand there, in words.

    Examples
    --------
    >>> print(cc.Fault("links.csv", 7, "km", "far", "a number above 0"))
    links.csv row 7, km: 'far'; allowed: a number above 0

    """

    file: str
    row: int | None
    column: str
    value: str
    allowed: str

    def __str__(self) -> str:
        """Tell file, row, column, value and what is allowed, on one line."""
        row = "" if self.row is None else f" row {self.row}"
        return visible(f"{self.file}{row}, {self.column}: {shorten(self.value)!r}; allowed: {self.allowed}")


@dataclass(frozen=True)
class DataWarning(Fault):
    """Something that sound data may lack; ``allowed`` says what, in words."""

    def __str__(self) -> str:
        """Say file, row, column and what is lacking, on one line."""
        row = "" if self.row is None else f" row {self.row}"
        return visible(f"{self.file}{row}, {self.column}: {self.allowed}")


class DataError(CacorridorError):
    """Tables that cannot be used; ``faults`` lists what is wrong with them, all at once.

    Examples
    --------
    >>> fault = cc.Fault("links.csv", 7, "km", "far", "a number above 0")
    >>> try:
    ...     raise cc.DataError([fault])
    ... except cc.DataError as error:
    ...     print(*error.faults)
    links.csv row 7, km: 'far'; allowed: a number above 0

    """

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
    """A name that no place has; ``nearest`` holds the names most like it, at most three.

    Examples
    --------
    >>> try:
    ...     net.find_place("Tashkant")
    ... except cc.UnknownPlaceError as error:
    ...     print(error.nearest[0])
    Tashkent

    """

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
    """A name that several places share; ``places`` holds their ids, ``labels`` their names with states.

    Examples
    --------
    >>> try:
    ...     net.find_place("Irkeshtam")
    ... except cc.AmbiguousPlaceError as error:
    ...     print(error.places)
    ('irkeshtam-chn', 'irkeshtam-kgz')

    """

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


@dataclass(frozen=True)
class Obstacle:
    """One thing that blocks the way: its kind, and names of which each group alone would open it.

    ``names`` holds ids or codes, one group of them for each smallest easing; ``labels`` are the same for a
    reader. ``context`` says what the question had: its modes, its month; of links that are shut, the last
    year in which there was a way.

    Parameters
    ----------
    kind
        What blocks: states, touch, modes, years, shut, months, absent, pins, unconnected or ocean.
    names
        Ids or codes, one group for each smallest easing.
    labels
        The same for a reader.
    context
        What the question had.

    Examples
    --------
    >>> try:
    ...     cc.find_route(net, "Kashgar", "Tashkent", modes=["rail"], year=2026, avoid=["KAZ", "RUS"])
    ... except cc.NoRouteError as error:
    ...     print(error.cut[0].kind, error.cut[0].labels)
    states (('Kazakhstan (KAZ)',), ('Russia (RUS)',))

    """

    kind: str
    names: tuple[tuple[str, ...], ...] = ()
    labels: tuple[tuple[str, ...], ...] = ()
    context: str = ""

    def __str__(self) -> str:
        """Say what blocks the way."""
        together, apart = JOINED.get(self.kind, (", ", ", "))
        groups = self.labels or self.names
        names = apart.join(together.join(group) for group in groups)
        return OBSTACLES[self.kind].format(names=names, context=self.context)


# How an obstacle reads: what stands between names that only together open the way, and between such groups.
JOINED = {"states": (" and ", " or "), "modes": (" with ", " or ")}  # within a group, between groups
OBSTACLES = {  # by kind, with the names and the context filled in
    "states": "every way crosses {names}",
    "touch": "the only ways run through an avoided state without a stop (allow_touch permits it)",
    "modes": "the way needs {names} besides {context}",
    "years": "the way waits for links that are not open: {names}",
    "shut": "in service no more: {names}; with them a way was open in {context}",
    "months": "closed in month {context}: {names}",
    "absent": "the network has no place in {names}",
    "pins": "no way leads through {names} without doubling back",
    "unconnected": "nothing in the network connects the two places under these conditions",
    "ocean": "give outside_h, the hours of another outside option",
}


class NoRouteError(CacorridorError):
    """No route exists under the conditions asked for.

    ``cut`` holds what blocks it, as obstacles with names; ``blocked_by`` says the same in words.

    Examples
    --------
    >>> try:
    ...     cc.find_route(net, "Kashgar", "Tashkent", modes=["rail"], year=2026, avoid=["KAZ", "RUS"])
    ... except cc.NoRouteError as error:
    ...     print(error.cut[0].names)
    (('KAZ',), ('RUS',))

    """

    def __init__(self, question: str, cut: Sequence[Obstacle]) -> None:
        self.question = question
        self.cut = tuple(cut)
        super().__init__(f"no route {question}: {'; '.join(self.blocked_by)}")

    def __str__(self) -> str:
        """Say what was asked and what blocks the way, on one line."""
        return visible(super().__str__())

    @property
    def blocked_by(self) -> tuple[str, ...]:
        """What blocks the way, in words."""
        return tuple(map(str, self.cut))

    def __reduce__(self) -> tuple[type[NoRouteError], tuple[str, tuple[Obstacle, ...]]]:
        """Survive the way back from another process."""
        return type(self), (self.question, self.cut)
