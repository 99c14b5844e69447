"""Libraries that come with extras, so that the plain install stays small; who lacks one is told which."""

from __future__ import annotations

from importlib.util import find_spec

from cacorridor.errors import UsageError

# by module: the extra of pyproject.toml that brings it
EXTRAS = {
    "matplotlib": "charts",
    "networkx": "graph",
    "pyarrow": "parquet",
    "xlsxwriter": "excel",
}


def require_extra(module: str, purpose: str) -> None:
    """Refuse what needs a library that is not installed.

    Parameters
    ----------
    module
        The library, one of ``EXTRAS``.
    purpose
        What needs it, the beginning of the message.

    Raises
    ------
    UsageError
        Naming the extra that brings the library.

    """
    if find_spec(module) is None:
        raise UsageError(f'{purpose}: needs {module}; install "cacorridor[{EXTRAS[module]}]"')
