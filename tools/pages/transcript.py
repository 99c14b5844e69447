"""Run the commands of ``console`` blocks and write what they print: ``python -m tools.pages.transcript``.

A block holds lines that begin with ``$``, each followed by what the command printed. Only ``cacorridor`` is
run, in a folder of its own, 100 columns wide, so that a page says what a reader's terminal says; a long
answer may be cut by ``| head -N``, as a reader would.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path
from unittest import mock

from cacorridor.cli import main

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = re.compile(r" \| head -(\d+)$")
SCREEN = {"COLUMNS": "100"}


def refreshed(page: str) -> str:
    """Return a page with the outputs of today."""
    screen = mock.patch.dict(os.environ, SCREEN)
    with screen, tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        return BLOCK.sub(lambda block: f"```console\n{_replayed(block[1])}```", page)


def _replayed(block: str) -> str:
    """Run the commands of one block, in order."""
    commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_printed(command)}" for command in commands)


def _printed(command: str) -> str:
    """Run one command and return what it printed on both streams, without spaces at the ends of lines."""
    cut = HEAD.search(command)
    program, *words = shlex.split(HEAD.sub("", command), comments=True)
    if program != "cacorridor":
        raise ValueError(f"{command!r}; allowed in a console block: cacorridor")
    said = io.StringIO()
    ends_process = contextlib.suppress(SystemExit)  # --help and misuse
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), ends_process:
        main(words)
    lines = re.sub(r"[ \t]+$", "", said.getvalue(), flags=re.MULTILINE).splitlines(keepends=True)
    return "".join(lines[: int(cut[1])] if cut else lines)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")
