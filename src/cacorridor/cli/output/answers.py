"""Give an answer in the form that was asked for: on the screen, on standard output, in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cacorridor.cli.output.printing import STDOUT, lay_out_table, require_regular, show, show_folded, write
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

FROM_FIGURE_TO_HOURS = (  # a speed of 80 km/h alone does not explain 97 h for 3,299 km
    "hours of a run: length / value x 24 / duty_h_per_day x multiplier; of a stand or a sailing: value x "
    "multiplier, which journeys that were made say of such hours (docs/method.md has the waits)"
)


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
    named: str = options.format or ""
    if path is None:  # the screen, or a format on standard output
        return Form(None, "" if named == TABLE else named)
    if named == TABLE:
        raise UsageError(f"--format {TABLE} is for the screen; in files: {', '.join(TEXT_FORMATS)}")
    if path == STDOUT:
        return Form(STDOUT, named or "csv")

    # whatever could fail in the end is refused now: a long answer must not be lost
    _require_ending(path, named, (*ENDINGS, *PAGE_ENDINGS) if pages else ENDINGS)
    require_regular(path)
    require_library(path)
    return Form(path, named or _format_of(path.suffix.lower()))


def _require_ending(path: Path, named: str, endings: tuple[str, ...]) -> None:
    """Refuse a file whose ending says no format, or another one than was asked for."""
    ending = path.suffix.lower()
    if named and ending in {*ENDINGS, *PAGE_ENDINGS} and ending != f".{named}":
        raise UsageError(f"{path}: not written as {named}; allowed: a name that ends in .{named}")
    if not named and ending not in endings:
        raise UsageError(f"{path}: not written; allowed: a name that ends in {' or '.join(endings)}")


def _format_of(ending: str) -> str:
    """Name the format that an ending says; files of libraries go by the ending alone."""
    if ending in BINARY_ENDINGS:
        return ""
    return "html" if ending in PAGE_ENDINGS else ending[1:]


def deliver(form: Form, reply: Findings) -> None:
    """Write an answer to a file and print where, or to standard output.

    Parameters
    ----------
    form
        Where the answer goes, and how; not the screen.
    reply
        What was found out.

    """
    from cacorridor.views.exports.files import text_in, write_answer

    if form.path is None or form.path == STDOUT:
        write(STDOUT, text_in(reply, form.text_format))
        return
    write_answer(reply, form.path, form.text_format)
    show(str(form.path))


def give(form: Form, reply: Findings, empty: str = "") -> None:
    """Give an answer of one table.

    Parameters
    ----------
    form
        Where the answer goes, and how.
    reply
        What was found out.
    empty
        What to say on the screen of a table without rows.

    """
    if not form.on_screen:
        deliver(form, reply)
        return
    if reply.head:
        show_folded(reply.head)
    table = reply.main
    if empty and not any(table.values()):
        show_folded(empty)
    else:
        show(lay_out_table(table))
