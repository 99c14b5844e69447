"""The command line: parse, load, ask, show, save; the only place that prints."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from cacorridor.cli import collecting as collecting  # first: imports make most objects
from cacorridor.cli.output.printing import WIDTH, screen_width, warn
from cacorridor.cli.output.progress import clock
from cacorridor.cli.parser import build_parser
from cacorridor.errors import CacorridorError, DataError, NoRouteError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

NO_ANSWER, MISUSE, INTERRUPTED = 1, 2, 130  # exit codes; a shell counts Ctrl-C as 130
TOO_LARGE = (OverflowError, MemoryError, RecursionError)
NO_TEXT = "not written: a word holds bytes that are no text in the encoding of this machine"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    arguments
        Words of the command line; by default those of the process.

    Returns
    -------
    int
        0 for an answer, 1 for none, 2 for misuse, 130 after Ctrl-C.

    """
    # whatever goes wrong below ends in one line and an exit code, never in a traceback for a user's mistake
    _accept_every_letter()
    try:
        options = build_parser(arguments).parse_args(arguments)
        command: Callable[[argparse.Namespace], int | None] = options.command
        WIDTH.set(0 if getattr(options, "wide", False) else screen_width())
        with clock():
            code = command(options) or 0
        if sys.stdout is not None:  # it may be closed
            sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as head, has seen enough
        _send_to_nowhere()
        return 0
    except (CacorridorError, OSError, KeyboardInterrupt, SystemError, UnicodeError, *TOO_LARGE) as error:
        return _report(error)
    return code


def _report(error: BaseException) -> int:
    """Say in one line what went wrong, and return the exit code."""
    # compiled code turns Ctrl-C into a SystemError
    if isinstance(error, KeyboardInterrupt) or isinstance(error.__cause__, KeyboardInterrupt):
        return _fail("stopped", INTERRUPTED)
    if isinstance(error, SystemError):
        raise error
    if isinstance(error, NoRouteError):
        return _fail(str(error), NO_ANSWER)
    if isinstance(error, OSError):
        return _report_file(error)

    # what is left was refused: faults in the data, misuse, what is too large
    return _fail(_describe(error), MISUSE)


def _describe(error: BaseException) -> str:
    """Put into words what was refused."""
    if isinstance(error, DataError):
        from cacorridor.cli.commands.report import count_faults

        # the whole list would push the command line off the screen
        first = f"the first: {error.faults[0]}" if error.total > 1 else str(error.faults[0])
        return f"{count_faults(error.total)} in the data, {first}; see cacorridor check"
    if isinstance(error, UnicodeError):  # a shell hands over any bytes, which reach no file
        return NO_TEXT
    if isinstance(error, TOO_LARGE):  # the last resort: the doors should have refused it
        return f"the question or the tables hold what is too large ({type(error).__name__})"
    return str(error)


def _report_file(error: OSError) -> int:
    """Say which file could not be read or written."""
    if error.filename is None:  # standard output: what is left of it cannot be sent either
        _send_to_nowhere()
    place = "standard output" if error.filename is None else str(error.filename)
    return _fail(f"{place}: {error.strerror or error}", MISUSE)


def _fail(message: str, code: int) -> int:
    warn(message)
    return code


def _accept_every_letter() -> None:
    """Let a terminal of another encoding show escapes for letters that it lacks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _send_to_nowhere() -> None:
    """Point standard output away, so that Python does not complain of the closed pipe at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stream without a number, as in a test
        sys.stdout = None
