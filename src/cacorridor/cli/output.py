"""Where all output goes: screen and files; what could harm a terminal or a spreadsheet is shown, not sent."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

STDOUT = Path("-")  # as the name of an output file
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet begins a formula
HIDDEN = {"Cc", "Cs", "Zl", "Zp"}  # controls (C0, C1), lone surrogates, separators of lines and paragraphs
DIRECTIONS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """Write controls and marks of direction as escapes, so that a text cannot steer a terminal.

    Parameters
    ----------
    text
        What is to be shown.

    Returns
    -------
    str
        The text without controls.

    """
    return "".join(_escape(letter) if _is_hidden(letter) else letter for letter in text)


def _is_hidden(letter: str) -> bool:
    return letter != "\n" and (letter in DIRECTIONS or unicodedata.category(letter) in HIDDEN)


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def say(text: str = "") -> None:
    """Print an answer.

    Parameters
    ----------
    text
        What is to be shown.

    """
    print(visible(text))


def warn(message: str) -> None:
    """Print one line on standard error.

    Parameters
    ----------
    message
        What went wrong.

    """
    print(f"cacorridor: {visible(' '.join(message.split()))}", file=sys.stderr)


def progress(done: int, total: int) -> None:
    """Count on standard error, on one line, where a person looks on.

    Parameters
    ----------
    done
        How many answers there are.
    total
        How many there will be.

    """
    if sys.stderr.isatty():
        print(f"\r{done} of {total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def require_writable(path: Path | None, endings: tuple[str, ...] = ()) -> None:
    """Refuse, before the work begins, a file that could not be written in the end.

    Parameters
    ----------
    path
        The file to be written; ``-`` is standard output, None is no file.
    endings
        Endings that the name may have; any if there are none.

    Raises
    ------
    UsageError
        If it is a directory or a special file, or has another ending.

    """
    if path is None or path == STDOUT:
        return
    if endings and path.suffix.lower() not in endings:
        raise UsageError(f"{path}: not written; allowed: a name that ends in {' or '.join(endings)}")
    if path.is_dir():
        raise UsageError(f"{path}: a directory; allowed: the name of a file, or - for standard output")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path}: a special file; allowed: a regular file, or - for standard output")


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all, following links; ``-`` is standard output.

    Parameters
    ----------
    path
        The file; ``-`` is standard output.
    text
        What is to be shown.

    """
    if path == STDOUT:
        print(text, end="")
        return
    from cacorridor.network.io import write_atomically

    write_atomically(path.resolve(), text)


def show(table: pd.DataFrame, output: Path | None, head: str = "", empty: str = "") -> None:
    """Print a table below its head line, or write it as CSV and print where.

    Parameters
    ----------
    table
        What was found out, one answer a row.
    output
        The file to write; None prints.
    head
        One line on the question and its conditions; in a file it stands in a last column.
    empty
        What to say of a table without rows.

    """
    if output is not None:
        write(output, csv_text(table, head))
        if output != STDOUT:
            say(str(output))
        return
    if head:
        say(head)
    say(empty if empty and table.empty else text(table))


def text(table: pd.DataFrame | Mapping[str, Any]) -> str:
    """Lay out a table for a terminal.

    Parameters
    ----------
    table
        The table, as a frame or as columns of values by name.

    Returns
    -------
    str
        Text of several lines.

    """
    from cacorridor.views.terminal import text as lay_out

    return lay_out(table)


def csv_text(table: pd.DataFrame, conditions: str = "") -> str:
    """Write a table as CSV: names that a spreadsheet would take for formulas are guarded, numbers are not.

    Parameters
    ----------
    table
        The table.
    conditions
        The conditions, for a last column.

    Returns
    -------
    str
        Text of the file.

    """
    guarded = table.copy()
    if conditions:
        guarded["conditions"] = conditions
    for column in guarded.select_dtypes(exclude=["number", "bool"]):
        guarded[column] = [_guard(cell) if isinstance(cell, str) else cell for cell in guarded[column]]
    return str(guarded.to_csv(index=False, lineterminator="\n"))


def _guard(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula, as the pages do."""
    return visible(f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell).replace("\n", "\\n")
