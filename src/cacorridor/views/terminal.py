"""Lay out tables for a terminal: as wide as it is, one block a row where a table does not fit."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import partial
from typing import TYPE_CHECKING, Any

from cacorridor.views import text
from cacorridor.views.tables import TableColumn, TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pandas as pd

    Write = Callable[[Any], str]

ESCAPES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})  # a cell stays on its line
NOTHING_TO_LIST = "nothing to list"
GAP = "  "  # between columns
# degrees to some 100 m; what hours are worked out with by hand
DECIMALS = {"lat": 3, "lon": 3, "multiplier": 2}
LONGEST_WORD = 26  # letters; a longer one, an id or an address, may be cut, after a mark if it has one
MARKS = "/:-"
LOW = re.compile(r"(?P<stem>.+)_low(?P<unit>_\w+)?")  # names the 10th percentile of another column


def lay_out_frame(frame: pd.DataFrame | Mapping[str, Any], width: int = 0) -> str:
    """Lay out a table, a number with as many digits as it deserves and its range behind it.

    Parameters
    ----------
    frame
        The table, as a frame or as columns of values by name; columns whose name ends in "share" hold shares,
        those of latitude, longitude and ``multiplier`` have decimals of their own, and columns such as
        ``time_low_h`` and ``time_high_h`` hold the range of ``time_h``.
    width
        Letters that a line may have; 0 for any number.

    Returns
    -------
    str
        Lines for a terminal.

    """
    # the columns of a range have no place of their own: they stand behind their figure
    bounds = _range_columns(list(map(str, frame)))
    hidden = {name for pair in bounds.values() for name in pair}
    columns, written = [], []
    for name in map(str, frame):
        if name in hidden:
            continue

        # figures stand right, so that their digits can be compared down the column
        cells = list(frame[name])
        is_text = any(isinstance(cell, str) for cell in cells)
        write = _writer(name)
        columns.append(TableColumn(name, align="left" if is_text else "right", write=write))
        ranges = [list(frame[bound]) for bound in bounds.get(name, ())]
        written.append([_with_range(write, *cell) for cell in zip(cells, *ranges, strict=True)])
    rows = list(zip(*written, strict=True))
    return lay_out(TableView(columns, rows), width)


def _writer(name: str) -> Write:
    """Choose how the cells of a column are written."""
    if name.endswith("share"):
        return text.share_cell
    if name in DECIMALS:
        return partial(_with_decimals, digits=DECIMALS[name])
    return text.cell


def _with_decimals(content: object, digits: int) -> str:
    """Write one cell of a column whose figures all have as many decimals."""
    return text.fixed(content, digits) if text.is_decimal(content) else text.cell(content)


def _range_columns(names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Find the columns that hold the range of another one, by the name of that."""
    bounds = {}
    for name in names:
        low = LOW.fullmatch(name)
        if low is not None:
            stem, unit = low["stem"], low["unit"] or ""
            mean, high = f"{stem}{unit}", f"{stem}_high{unit}"
            if {mean, high} <= set(names):  # a low one alone is a column like any other
                bounds[mean] = name, high
    return bounds


def _with_range(write: Write, mean: Any, low: Any = None, high: Any = None) -> str:
    """Write a figure, and its range in brackets if it has one."""
    figure, ends = write(mean), [write(low), write(high)]
    # a minus beside a dash could not be told from it
    dash = " to " if any(end.startswith("-") for end in ends) else "-"
    return f"{figure} ({dash.join(ends)})" if figure and all(ends) and text.NO_ROUTE not in ends else figure


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

    # as wide as the cells ask for; folded if the screen is narrower, in blocks if that is not enough
    lines = [list(map(_one_line, row)) for row in view.rows]
    columns = list(zip(view.headings, *lines, strict=True))
    widths = [max(map(display_width, column)) for column in columns]
    if width and sum(widths) + len(GAP) * (len(widths) - 1) > width:
        widths = _folded(columns, widths, width)
        if not widths:
            return _blocks(view.headings, lines, width)
    rows = [view.headings, *lines]
    written = (_lines_of_row(view.columns, widths, row) for row in rows)
    return "\n".join(itertools.chain.from_iterable(written))


def _one_line(cell: str) -> str:
    return cell.translate(ESCAPES)


def _folded(cells: Sequence[Sequence[str]], widths: list[int], width: int) -> list[int]:
    """Narrow the widest columns until a table fits; none if words or figures would have to be cut."""
    narrowed = list(widths)
    room = width - len(GAP) * (len(widths) - 1)
    least = [min(_longest_word(column), LONGEST_WORD) for column in cells]

    # letter by letter from the widest column that can still give, so that narrow ones stay whole
    while sum(narrowed) > room:
        spare = [number for number, wide in enumerate(narrowed) if wide > least[number]]
        if not spare:
            return []
        narrowed[max(spare, key=narrowed.__getitem__)] -= 1
    return narrowed


def _longest_word(cells: Sequence[str]) -> int:
    return max((display_width(word) for cell in cells for word in cell.split()), default=1)


def _lines_of_row(
    columns: Sequence[TableColumn], widths: Sequence[int], cells: Sequence[str]
) -> Iterator[str]:
    """Write one row, on several lines where its texts are folded."""
    folded = [fold_line(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, folded))):
        line = [lines[number] if number < len(lines) else "" for lines in folded]
        padded = [
            _pad(cell, width, column.align) for cell, width, column in zip(line, widths, columns, strict=True)
        ]
        yield GAP.join(padded).rstrip()


def _blocks(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Write one block a row: each heading with its cell; empty cells are left out."""
    label = max(map(display_width, headings))
    room = max(width - label - len(GAP), 1)
    blocks = []
    for row in rows:
        lines = []
        for heading, cell in zip(headings, row, strict=True):
            for number, part in enumerate(fold_line(cell, room) if cell else ()):
                lines.append(f"{_pad('' if number else heading, label, 'left')}{GAP}{part}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def fold_line(line: str, width: int) -> list[str]:
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
    if not width or display_width(line) <= width:
        return [line]

    # words are set on the last line while they fit; one wider than a line comes in parts
    lines = [""]
    for word in line.split():
        for part in _cut(word, width):
            longer = f"{lines[-1]} {part}".lstrip()
            if display_width(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    return lines if lines[0] else lines[1:] or [""]


def _cut(word: str, width: int) -> list[str]:
    """Cut a word that is wider than a line, after the last mark that fits, or where the line ends."""
    parts = []
    while display_width(word) > width:
        fits = 1
        while fits < len(word) and display_width(word[: fits + 1]) <= width:
            fits += 1
        after_mark = max(word.rfind(mark, 0, fits) for mark in MARKS) + 1
        cut = after_mark or fits
        parts.append(word[:cut])
        word = word[cut:]
    return [*parts, word] if word else parts


def display_width(line: str) -> int:
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
    # an accent that combines takes no column of its own
    marks = sum(unicodedata.combining(letter) > 0 for letter in line)
    return len(line) - marks + sum(unicodedata.east_asian_width(letter) in "WF" for letter in line)


def _pad(cell: str, width: int, align: str) -> str:
    space = " " * max(width - display_width(cell), 0)
    return space + cell if align == "right" else cell + space
