"""The command line: parse, load, ask, show, save; the only place that prints."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cacorridor.cli.parser import build
from cacorridor.errors import CacorridorError, DataError, NoRouteError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

NO_ANSWER, MISUSE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = build().parse_args(arguments)
    command: Callable[[argparse.Namespace], int | None] = options.command
    try:
        return command(options) or 0
    except NoRouteError as error:
        return _fail(str(error), NO_ANSWER)
    except DataError as error:
        return _fail(
            f"{error.total} faults in the data, the first: {error.faults[0]}; see cacorridor check", MISUSE
        )
    except CacorridorError as error:
        return _fail(str(error), MISUSE)
    except BrokenPipeError:  # the reader, such as head, has seen enough
        sys.stdout = None
        return 0
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}", MISUSE)


def _fail(message: str, code: int) -> int:
    print(f"cacorridor: {' '.join(message.split())}", file=sys.stderr)
    return code
