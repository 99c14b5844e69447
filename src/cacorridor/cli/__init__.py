"""The command line: parse, load, ask, show, save; the only place that prints."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from cacorridor.cli.output import warn
from cacorridor.cli.parser import build
from cacorridor.errors import CacorridorError, DataError, NoRouteError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

NO_ANSWER, MISUSE, INTERRUPTED = 1, 2, 130
TOO_MUCH = "the question or the tables hold a number, a depth or a size that is too large"


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
    _accept_every_letter()
    try:
        options = build().parse_args(arguments)
        code = _run(options.command, options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as head, has seen enough
        _send_to_nowhere()
        return 0
    return code


def _run(command: Callable[[argparse.Namespace], int | None], options: argparse.Namespace) -> int:
    """Run a command and turn errors into one line and an exit code."""
    try:
        return command(options) or 0
    except (CacorridorError, KeyboardInterrupt, SystemError) as error:
        return _report(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        place = "" if error.filename is None else f"{error.filename}: "
        return _fail(f"{place}{error.strerror or error}", MISUSE)
    except (
        OverflowError,
        MemoryError,
        RecursionError,
    ) as error:  # the last resort: the doors should refuse it
        return _fail(f"{TOO_MUCH} ({type(error).__name__})", MISUSE)


def _report(error: BaseException) -> int:
    """Say in one line what went wrong."""
    if isinstance(error, NoRouteError):
        return _fail(str(error), NO_ANSWER)
    if isinstance(error, DataError):
        from cacorridor.cli.report import count_faults

        first = f"the first: {error.faults[0]}" if error.total > 1 else str(error.faults[0])
        return _fail(f"{count_faults(error.total)} in the data, {first}; see cacorridor check", MISUSE)
    if isinstance(error, CacorridorError):
        return _fail(str(error), MISUSE)
    # compiled code turns Ctrl-C into a SystemError
    if isinstance(error, KeyboardInterrupt) or isinstance(error.__cause__, KeyboardInterrupt):
        return _fail("stopped", INTERRUPTED)
    raise error


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
