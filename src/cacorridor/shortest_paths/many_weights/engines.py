"""Choose the engine: a plan must pay for being made, and compiled code for being loaded or compiled."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

Engine = Literal["numba", "numpy", "dijkstra"]

PLAN_FROM = 1_000  # scenarios: so many pay for making a plan
PLAN_FROM_IF_SHARED = 100  # scenarios: so many pay for using one that many more pay for
NUMBA_FROM_IF_LOADED = 64  # scenarios: so many pay for compiled code that this process has run before
NUMBA_FROM_IF_COMPILED = 16_384  # scenarios: so many pay for loading code that lies in the cache of numba
NUMBA_FROM = 500_000  # scenarios: so many pay for compiling it, which takes as long as numpy takes for them

CODE = "numba_engine"


def fastest_engine(scenarios: int, expected: int = 0) -> Engine:
    """Choose the engine for some scenarios, of which perhaps more are ``expected`` in later calls.

    Parameters
    ----------
    scenarios : int
        Number of scenarios to be solved now.
    expected : int
        Number of scenarios to be solved in all, these among them, if that is more.

    Returns
    -------
    Engine
        The engine that is likely to be done first with all of them.

    """
    # numba is asked for last, because looking for a package takes longer than counting
    if _numba_pays(max(scenarios, expected), scenarios) and find_spec("numba"):
        return "numba"
    least = PLAN_FROM_IF_SHARED if expected >= PLAN_FROM else PLAN_FROM
    return "numpy" if scenarios >= least else "dijkstra"


def _numba_pays(in_all: int, now: int) -> bool:
    """Tell whether compiled code pays: it may be at hand, in the cache, or still to be compiled."""
    if is_loaded():
        return now >= NUMBA_FROM_IF_LOADED
    return in_all >= NUMBA_FROM or (in_all >= NUMBA_FROM_IF_COMPILED and is_compiled())


def is_loaded() -> bool:
    """Tell whether this process has run compiled code."""
    # another thread may be importing it, and then it stands there without its functions
    compiled = getattr(sys.modules.get(f"{__package__}.{CODE}"), "_solve", None)
    return bool(compiled and compiled.signatures)


def is_compiled() -> bool:
    """Tell whether compiled code of this version lies in the cache of numba, without importing numba.

    A cache that is not found is taken for empty, which costs time but changes no solution.
    """
    source = Path(__file__).with_name(f"{CODE}.py")
    # an index older than the source belongs to another version
    return any(path.stat().st_mtime >= source.stat().st_mtime for path in _indices("_solve"))


def _indices(function: str) -> list[Path]:
    """List the files in which numba notes what it has compiled of a function for this Python."""
    python = f"py{sys.version_info.major}{sys.version_info.minor}{getattr(sys, 'abiflags', '')}"
    return [path for folder in _cache_folders() for path in folder.glob(f"{CODE}.{function}-*.{python}.nbi")]


def _cache_folders() -> list[Path]:
    """List where numba keeps compiled code: where it is told to, or beside the source, or with the user."""
    package = Path(__file__).parent
    # numba appends a hash of the folder's path to its name
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        return list(Path(chosen).glob(f"{package.name}_*"))
    user = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return [package / "__pycache__", *(Path(user) / "numba").glob(f"{package.name}_*")]
