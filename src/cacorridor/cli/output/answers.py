"""Give an answer in the form that was asked for: on the screen, on standard output, in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cacorridor.cli.output.printing import STDOUT, require_regular, say, tell, text, write
from cacorridor.errors import UsageError
from cacorridor.views.exports.files import (
    BINARY_ENDINGS,
    ENDINGS,
    PAGE_ENDINGS,
    TEXT_FORMATS,
    require_library,
)

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from cacorridor.views.exports.findings import Findings

TABLE = "table"
FORMATS = (TABLE, *TEXT_FORMATS)


@dataclass(frozen=True)
class Form:
    """Where an answer goes, and how it is written; no path and no format is the screen."""

    path: Path | None = None
    text_format: str = ""

    @property
    def on_screen(self) -> bool:
        """Whether the answer is laid out for a reader."""
        return self.path is None and not self.text_format

    @property
    def is_page_in_file(self) -> bool:
        """Whether a map is written to a file, beside which the screen may show the figures."""
        return self.text_format == "html" and self.path not in {None, STDOUT}


def form_of(options: argparse.Namespace, *, pages: bool = False) -> Form:
    """Read the form that was asked for, refused before the work begins if it cannot be written.

    Parameters
    ----------
    options
        What stood on the command line, with ``output`` and ``format``.
    pages
        Whether the answer has routes, which may be written as a map.

    Returns
    -------
    Form
        Where the answer goes, and how.

    Raises
    ------
    UsageError
        If the file cannot be written, or its ending says another format than ``--format``.

    """
    path: Path | None = options.output
    asked: str = options.format or ""
    if path is None:
        return Form(None, "" if asked == TABLE else asked)
    if asked == TABLE:
        raise UsageError(f"--format {TABLE} is for the screen; in files: {', '.join(TEXT_FORMATS)}")
    if path == STDOUT:
        return Form(STDOUT, asked or "csv")
    _require_ending(path, asked, (*ENDINGS, *PAGE_ENDINGS) if pages else ENDINGS)
    require_regular(path)
    require_library(path)
    return Form(path, asked or _format_of(path.suffix.lower()))


def _require_ending(path: Path, asked: str, endings: tuple[str, ...]) -> None:
    """Refuse a file whose ending says no format, or another one than was asked for."""
    ending = path.suffix.lower()
    if asked and ending in {*ENDINGS, *PAGE_ENDINGS} and ending != f".{asked}":
        raise UsageError(f"{path}: not written as {asked}; allowed: a name that ends in .{asked}")
    if not asked and ending not in endings:
        raise UsageError(f"{path}: not written; allowed: a name that ends in {' or '.join(endings)}")


def _format_of(ending: str) -> str:
    """Name the format that an ending says; files of libraries go by the ending alone."""
    if ending in BINARY_ENDINGS:
        return ""
    return "html" if ending in PAGE_ENDINGS else ending[1:]


def deliver(form: Form, answer: Findings) -> None:
    """Write an answer to a file and print where, or to standard output.

    Parameters
    ----------
    form
        Where the answer goes, and how; not the screen.
    answer
        What was found out.

    """
    from cacorridor.views.exports.files import text_in, write_answer

    if form.path is None or form.path == STDOUT:
        write(STDOUT, text_in(answer, form.text_format))
        return
    write_answer(answer, form.path, form.text_format)
    say(str(form.path))


def give(form: Form, answer: Findings, empty: str = "") -> None:
    """Give an answer of one table.

    Parameters
    ----------
    form
        Where the answer goes, and how.
    answer
        What was found out.
    empty
        What to say on the screen of a table without rows.

    """
    if not form.on_screen:
        deliver(form, answer)
        return
    if answer.head:
        tell(answer.head)
    if empty and answer.main.empty:
        tell(empty)
    else:
        say(text(answer.main))
