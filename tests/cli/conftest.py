"""Run the command line within the process, or as a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from cacorridor.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run a command on the embedded dataset."""

    def _run(*arguments: str) -> Done:
        try:
            code = main(arguments)
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Done(code, out, err)

    return _run


@pytest.fixture
def ask(run: Callable[..., Done], toy_dir: Path) -> Callable[..., Done]:
    """Run a command on the toy network."""
    return lambda *arguments: run(*arguments, "--data", str(toy_dir))
