"""Say on standard error that long work goes on, where a person looks on."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 2.0  # before a word is said: most answers come sooner
INTERVAL_S = 0.5


class Clock:
    """A line on the terminal that counts the seconds, and the answers where they are counted."""

    def __init__(self) -> None:
        self.since = time.monotonic()
        self.counted = ""
        self.shown = False
        self._ended = threading.Event()
        self._lock = threading.Lock()

    def run(self) -> None:
        """Show the line until the work is done."""
        wait = PATIENCE_S
        while not self._ended.wait(wait):
            self._show()
            wait = INTERVAL_S

    def _show(self) -> None:
        with self._lock:
            if not self._ended.is_set():
                seconds = time.monotonic() - self.since
                # back to the start of the line and wipe it: the line replaces itself
                sys.stderr.write(f"\r\033[K{self.counted or 'working'}, {seconds:.0f} s")
                sys.stderr.flush()
                self.shown = True

    def end(self) -> None:
        """Take the line away; nothing is shown from now on."""
        with self._lock:
            self._ended.set()
            if self.shown:
                sys.stderr.write("\r\033[K")
                sys.stderr.flush()
                self.shown = False


_CLOCKS: list[Clock] = []  # of the command that runs; one at most


@contextmanager
def clock() -> Iterator[None]:
    """Count the seconds of a command, if standard error is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():  # nobody looks on
        yield
        return

    # a daemon: a command that fails does not wait for its clock
    line = Clock()
    _CLOCKS.append(line)
    threading.Thread(target=line.run, daemon=True).start()
    try:
        yield
    finally:
        _CLOCKS.remove(line)
        line.end()


def progress(done: int, total: int) -> None:
    """Count the answers beside the seconds.

    Parameters
    ----------
    done
        How many answers there are.
    total
        How many there will be.

    """
    for line in _CLOCKS:
        line.counted = f"{done} of {total}"


def end() -> None:
    """Take the line away before an answer is printed."""
    for line in _CLOCKS:
        line.end()
