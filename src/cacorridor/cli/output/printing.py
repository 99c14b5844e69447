"""Where all output goes: screen and files; what could harm a terminal or a spreadsheet is shown, not sent."""

from __future__ import annotations

import os
import re
import sys
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor.cli.output import progress
from cacorridor.errors import UsageError, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

LONG_WORD = re.compile(r"\S{260,}")  # longer than the name of a file can be; what a user typed is echoed
KEPT_LETTERS = 100
STDOUT = Path("-")  # as the name of an output file
WIDTH: ContextVar[int] = ContextVar("WIDTH", default=0)  # letters that a line may have; 0 for any number


def screen_width() -> int:
    """Tell how many letters a line may have: as COLUMNS says, or the terminal; 0, any number, elsewhere.

    Returns
    -------
    int
        Letters.

    """
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)

    # in a pipe or a file nobody reads by the width of a screen
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    if not on_terminal:
        return 0
    from shutil import get_terminal_size  # brings three compressors along

    return get_terminal_size().columns


def show(text: str = "") -> None:
    """Print an answer.

    Parameters
    ----------
    text
        What is to be shown.

    """
    progress.end()
    print(visible(text, one_line=False))


def show_folded(text: str, *, indent: str = "") -> None:
    """Print sentences, folded to the screen.

    Parameters
    ----------
    text
        What is to be said.
    indent
        What stands before every line.

    """
    from cacorridor.views.terminal import fold_line

    room = max(WIDTH.get() - len(indent), 1) if WIDTH.get() else 0
    for line in text.split("\n"):
        folded = fold_line(line, room)
        show("\n".join(f"{indent}{part}" for part in folded))


def warn(message: str) -> None:
    """Print one line on standard error.

    Parameters
    ----------
    message
        What went wrong.

    """
    progress.end()
    print(f"cacorridor: {one_line(message)}", file=sys.stderr)


def one_line(message: str) -> str:
    """Bring an error to one line that a reader can take in.

    Parameters
    ----------
    message
        What went wrong.

    Returns
    -------
    str
        The message without line ends and controls, words longer than any name of a file cut.

    """
    line = LONG_WORD.sub(lambda word: f"{word[0][:KEPT_LETTERS]}...", " ".join(message.split()))
    return visible(line)


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
        If it is a directory or a special file, has another ending, or stands in no folder that exists.

    """
    if path is None or path == STDOUT:
        return
    if endings and path.suffix.lower() not in endings:
        raise UsageError(f"{path}: not written; allowed: a name that ends in {' or '.join(endings)}")
    require_regular(path)


def require_regular(path: Path) -> None:
    """Refuse a path at which no regular file can be written.

    Parameters
    ----------
    path
        The file to be written.

    Raises
    ------
    UsageError
        If it is a directory or a special file, or stands in a folder that does not exist.

    """
    if path.is_dir():
        raise UsageError(f"{path}: a directory; allowed: the name of a file, or - for standard output")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path}: a special file; allowed: a regular file, or - for standard output")
    require_place(path)


def require_place(path: Path) -> None:
    """Refuse a path in a folder that does not exist: made in silence, a misspelled one would hide the answer.

    Parameters
    ----------
    path
        The file or folder to be written.

    Raises
    ------
    UsageError
        If there is no such folder, or standard output is meant for a folder.

    """
    if path == STDOUT:
        raise UsageError("a folder does not go to standard output; allowed: the name of a folder")
    if not path.parent.is_dir():
        raise UsageError(f"{path}: not written, no folder {path.parent}; allowed: a folder that exists")


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
        progress.end()
        _send(text)
        return
    # a link is followed and stays a link: what it points to is replaced
    from cacorridor.network.io import write_atomically

    write_atomically(path.resolve(), text)


def _send(text: str) -> None:
    """Send a file to standard output: in UTF-8, as in a file; a terminal gets letters of its own encoding."""
    stream = sys.stdout
    if stream is None:  # it may be closed
        return
    if stream.isatty() or not hasattr(stream, "buffer"):  # a stream of text alone, as in a notebook
        print(text, end="")
        return
    # JSON and GeoJSON are UTF-8 by their standards, and pages and CSV are read as such
    stream.flush()
    stream.buffer.write(text.encode())
    stream.buffer.flush()


def lay_out_table(table: pd.DataFrame | Mapping[str, Any]) -> str:
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
    from cacorridor.views.terminal import lay_out_frame

    return lay_out_frame(table, WIDTH.get())
