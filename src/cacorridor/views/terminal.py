"""Lay out tables for a terminal: as wide as it is, one block a row where a table does not fit."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from cacorridor.views import text as texts
from cacorridor.views.tables import Column, TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pandas as pd

    Write = Callable[[Any], str]

ESCAPES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})  # a cell stays on its line
NOTHING_TO_LIST = "nothing to list"
GAP = "  "  # between columns
DEGREES = {"lat", "lon"}
LONGEST_WORD = (
    26  # letters; a longer one, such as an id or an address, may be cut, after a mark if it has one
)
MARKS = "/:-"
LOW = re.compile(r"(?P<stem>.+)_low(?P<unit>_\w+)?")  # names the 10th percentile of another column


def text(frame: pd.DataFrame | Mapping[str, Any], width: int = 0) -> str:
    """Lay out a table, a number with as many digits as it deserves and its range behind it.

    Parameters
    ----------
    frame
        The table, as a frame or as columns of values by name; columns whose name ends in "share" hold shares,
        those of latitude and longitude degrees, and columns such as ``time_low_h`` and
        ``time_high_h`` hold the range of ``time_h``.
    width
        Letters that a line may have; 0 for any number.

    Returns
    -------
    str
        Lines for a terminal.

    """
    bounds = _bounds(list(map(str, frame)))
    hidden = {name for pair in bounds.values() for name in pair}
    columns, written = [], []
    for name in map(str, frame):
        if name in hidden:
            continue
        cells = list(frame[name])
        is_text = any(isinstance(cell, str) for cell in cells)
        write = _writer(name)
        columns.append(Column(name, align="left" if is_text else "right", write=write))
        ranges = [list(frame[bound]) for bound in bounds.get(name, ())]
        written.append([_with_range(write, *cell) for cell in zip(cells, *ranges, strict=True)])
    return lay_out(TableView(columns, list(zip(*written, strict=True))), width)


def _writer(name: str) -> Write:
    """Choose how the cells of a column are written."""
    if name.endswith("share"):
        return texts.share_cell
    return texts.degrees_cell if name in DEGREES else texts.cell


def _bounds(names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Find the columns that hold the range of another one, by the name of that."""
    bounds = {}
    for name in names:
        low = LOW.fullmatch(name)
        if low is not None:
            stem, unit = low["stem"], low["unit"] or ""
            if {f"{stem}{unit}", f"{stem}_high{unit}"} <= set(names):
                bounds[f"{stem}{unit}"] = name, f"{stem}_high{unit}"
    return bounds


def _with_range(write: Write, mean: Any, low: Any = None, high: Any = None) -> str:
    """Write a figure, and its range in brackets if it has one."""
    own, ends = write(mean), [write(low), write(high)]
    # a minus beside a dash could not be told from it
    dash = " to " if any(end.startswith("-") for end in ends) else "-"
    return f"{own} ({dash.join(ends)})" if own and all(ends) and texts.NO_ROUTE not in ends else own


def lay_out(view: TableView, width: int = 0) -> str:
    """Set the columns of a table below their headings, folded or in blocks where they do not fit.

    Parameters
    ----------
    view
        What the table shows.
    width
        Letters that a line may have; 0 for any number.

    Returns
    -------
    str
        Lines for a terminal.

    """
    if not view.rows:
        return NOTHING_TO_LIST
    lines = [list(map(_one_line, row)) for row in view.rows]
    columns = list(zip(view.headings, *lines, strict=True))
    widths = [max(map(columns_of, column)) for column in columns]
    if width and sum(widths) + len(GAP) * (len(widths) - 1) > width:
        widths = _folded(columns, widths, width)
        if not widths:
            return _blocks(view.headings, lines, width)
    rows = [view.headings, *lines]
    return "\n".join(line for row in rows for line in _row(view.columns, widths, row))


def _one_line(cell: str) -> str:
    return cell.translate(ESCAPES)


def _folded(cells: Sequence[Sequence[str]], widths: list[int], width: int) -> list[int]:
    """Narrow the widest columns until a table fits; none if words or figures would have to be cut."""
    narrowed = list(widths)
    room = width - len(GAP) * (len(widths) - 1)
    least = [min(_longest_word(own), LONGEST_WORD) for own in cells]
    while sum(narrowed) > room:
        spare = [at for at, wide in enumerate(narrowed) if wide > least[at]]
        if not spare:
            return []
        narrowed[max(spare, key=narrowed.__getitem__)] -= 1
    return narrowed


def _longest_word(cells: Sequence[str]) -> int:
    return max((columns_of(word) for cell in cells for word in cell.split()), default=1)


def _row(columns: Sequence[Column], widths: Sequence[int], cells: Sequence[str]) -> Iterator[str]:
    """Write one row, on several lines where its texts are folded."""
    folded = [fold(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, folded))):
        line = [own[number] if number < len(own) else "" for own in folded]
        padded = [
            _pad(cell, width, column.align) for cell, width, column in zip(line, widths, columns, strict=True)
        ]
        yield GAP.join(padded).rstrip()


def _blocks(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Write one block a row: each heading with its cell; empty cells are left out."""
    label = max(map(columns_of, headings))
    room = max(width - label - len(GAP), 1)
    blocks = []
    for row in rows:
        lines = []
        for heading, cell in zip(headings, row, strict=True):
            for number, part in enumerate(fold(cell, room) if cell else ()):
                lines.append(f"{_pad('' if number else heading, label, 'left')}{GAP}{part}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def fold(line: str, width: int) -> list[str]:
    """Fold a text at spaces; words that are too long are cut.

    Parameters
    ----------
    line
        The text.
    width
        Letters that a line may have; 0 for any number.

    Returns
    -------
    list of str
        One line or more.

    """
    if not width or columns_of(line) <= width:
        return [line]
    lines = [""]
    for word in line.split():
        for part in _cut(word, width):
            longer = f"{lines[-1]} {part}".lstrip()
            if columns_of(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    return lines if lines[0] else lines[1:] or [""]


def _cut(word: str, width: int) -> list[str]:
    """Cut a word that is wider than a line, after the last mark that fits, or where the line ends."""
    parts = []
    while columns_of(word) > width:
        fits = 1
        while fits < len(word) and columns_of(word[: fits + 1]) <= width:
            fits += 1
        after_mark = max(word.rfind(mark, 0, fits) for mark in MARKS) + 1
        cut = after_mark or fits
        parts.append(word[:cut])
        word = word[cut:]
    return [*parts, word] if word else parts


def columns_of(line: str) -> int:
    """Count the columns that a text takes on a terminal; letters of the Far East take two.

    Parameters
    ----------
    line
        The text.

    Returns
    -------
    int
        Columns.

    """
    if line.isascii():
        return len(line)
    marks = sum(unicodedata.combining(letter) > 0 for letter in line)
    return len(line) - marks + sum(unicodedata.east_asian_width(letter) in "WF" for letter in line)


def _pad(cell: str, width: int, align: str) -> str:
    space = " " * max(width - columns_of(cell), 0)
    return space + cell if align == "right" else cell + space
