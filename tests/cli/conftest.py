"""Run the command line within the process, or as a process of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from cacorridor.cli import main
from cacorridor.network import io

if TYPE_CHECKING:
    from collections.abc import Callable

    from cacorridor import Network


class Done(NamedTuple):
    code: int
    out: str
    err: str


_KNOWN: dict[object, Network] = {}  # networks by what their files hold, loaded once for speed


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    load = io.load_network

    def load_once(directory: Path | None = None) -> Network:
        files = sorted(Path(directory).glob("*.*")) if directory else ()
        key = tuple((file.name, file.read_bytes()) for file in files)
        if key not in _KNOWN:
            _KNOWN[key] = load(directory)
        return _KNOWN[key]

    monkeypatch.setattr(io, "load_network", load_once)


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
