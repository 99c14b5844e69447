"""Toy networks, drawn beside their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cacorridor import load_network
from tests.networks import write_toy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cacorridor import Network


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the cache of the user who runs it, nor does a program that it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CACORRIDOR_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("COLUMNS", raising=False)  # pytest-xdist sets it; answers are as wide as they are
        yield


@pytest.fixture
def toy_dir(tmp_path: Path) -> Path:
    """A directory of sound tables that a test may break."""
    return write_toy(tmp_path / "toy")


@pytest.fixture
def toy(toy_dir: Path) -> Network:
    """The toy network of ``tests.networks``, loaded."""
    return load_network(toy_dir)


@pytest.fixture(scope="session")
def net() -> Network:
    """The embedded dataset."""
    return load_network()
