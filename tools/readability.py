"""Hold the source against the house's rules of density: ``python -m tools.readability src``.

No comprehension with a condition stands inside another one, no file is longer than 300 lines (compiled
engines and the examples of docstrings apart), no folder holds more than a dozen modules. Exit code 1 follows
a list of what breaks them.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LINES = 300
MAX_MODULES = 14  # of a folder; more means that a room is missing
COMPILED = {"numba_engine.py", "simd.py"}  # instructions unrolled by hand
EXAMPLES = re.compile(r'\n\n *Examples\n *-{8}\n.*?"""$', re.MULTILINE | re.DOTALL)  # the tests run them
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def main(folder: Path) -> int:
    """Print every breach and return the exit code."""
    breaches = list(find_breaches(folder))
    for breach in breaches:
        print(breach)
    return min(len(breaches), 1)


def find_breaches(folder: Path) -> Iterator[str]:
    """List what breaks a rule below a folder."""
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        count = len(EXAMPLES.sub("", text).splitlines())
        if count > MAX_LINES and path.name not in COMPILED:
            yield f"{path}: {count} lines; allowed: {MAX_LINES}"
        for line in nested_with_condition(ast.parse(text)):
            yield f"{path}:{line}: a comprehension with a condition inside another comprehension"
    for directory in sorted({path.parent for path in folder.rglob("*.py")}):
        count = len(list(directory.glob("*.py")))
        if count > MAX_MODULES:
            yield f"{directory}: {count} modules; allowed: {MAX_MODULES}"


def nested_with_condition(tree: ast.AST) -> list[int]:
    """List the lines of comprehensions with a condition that stand inside another one."""
    return [
        inner.lineno
        for outer in comprehensions(tree)
        for inner in comprehensions(outer)
        if inner is not outer and any(part.ifs for part in inner.generators)
    ]


def comprehensions(tree: ast.AST) -> Iterator[Comprehension]:
    """Walk over the comprehensions of a tree."""
    for node in ast.walk(tree):
        if isinstance(node, COMPREHENSIONS):
            yield node


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
