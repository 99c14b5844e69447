"""Run the suite on each Python that is here, and on the oldest dependencies: ``nox``, ``nox -s oldest``."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["tests"]
TEST_GROUP = nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), "test")
QUICK = ("-m", "not browser and not docs", "--numprocesses", "auto", "--dist", "loadfile")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Run what needs no browser."""
    session.install(".", *TEST_GROUP)
    session.run("pytest", *(session.posargs or QUICK))


@nox.session(python="3.11", venv_backend="uv")
def oldest(session: nox.Session) -> None:
    """Run the same on the lowest versions that pyproject.toml allows."""
    session.install("--resolution", "lowest-direct", ".", *TEST_GROUP)
    session.run("pytest", *(session.posargs or QUICK))
