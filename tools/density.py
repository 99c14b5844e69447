"""Count how the source reads, room by room: ``python -m tools.density src [--list]``.

Comments a hundred lines of code, comprehensions inside comprehensions a thousand lines, names that say
nothing of all names that are bound, and names that two modules define: the counts by which the style of the
house was compared with that of other libraries. Exit code 1 follows when the whole misses a goal; ``--list``
shows where.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools.readability import comprehensions

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_COMMENTS = 6.0  # a hundred lines of code
MAX_NESTED = 2.0  # a thousand lines of code
MAX_FILLERS = 0.5  # per cent of the names that are bound
MAX_SHARED = 4  # top-level names that two modules define
FILLERS = frozenset(
    re.findall(
        r"\w+",
        "answer asked at data found here info item items obj own result results ret row2 stuff"
        " there thing things told took tmp value values wanted way ways",
    )
)
DIRECTIVES = ("# noqa", "# type:", "# fmt:", "# pragma")
LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Tally:
    """What was counted in a part of the source."""

    code: int = 0  # lines that are neither empty, comment nor docstring
    comments: int = 0  # lines
    bound: int = 0  # names
    fillers: int = 0
    nested: int = 0  # comprehensions inside another one

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            code=self.code + other.code,
            comments=self.comments + other.comments,
            bound=self.bound + other.bound,
            fillers=self.fillers + other.fillers,
            nested=self.nested + other.nested,
        )

    @property
    def rates(self) -> tuple[float, float, float]:
        """Comments a hundred lines, nested comprehensions a thousand lines, fillers in per cent."""
        code, bound = max(self.code, 1), max(self.bound, 1)
        return 100 * self.comments / code, 1000 * self.nested / code, 100 * self.fillers / bound


def main(folder: Path, *, listed: bool) -> int:
    """Print the counts of each room and of the whole; return the exit code."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))}
    rooms: dict[str, Tally] = defaultdict(Tally)
    for path, tree in trees.items():
        rooms[room_of(path, folder)] += count(path.read_text(encoding="utf-8"), tree)
    whole = sum(rooms.values(), Tally())
    shared = shared_names(trees)

    print(f"{'room':16} {'code':>6} {'comments/100':>13} {'nested/1000':>12} {'fillers %':>10}")
    for room, tally in [*rooms.items(), ("whole", whole)]:
        comments, nested, fillers = tally.rates
        print(f"{room:16} {tally.code:6} {comments:13.1f} {nested:12.1f} {fillers:10.2f}")
    print(f"{len(shared)} top-level names that two modules define")
    if listed:
        print(*places_to_mend(trees, shared), sep="\n")

    comments, nested, fillers = whole.rates
    met = comments >= MIN_COMMENTS and nested < MAX_NESTED and fillers < MAX_FILLERS
    return int(not met or len(shared) > MAX_SHARED)


def room_of(path: Path, folder: Path) -> str:
    """Name the room a module stands in: the first folder below the package."""
    parts = path.relative_to(folder).parts
    return parts[1] if len(parts) > 2 else "."


def count(text: str, tree: ast.Module) -> Tally:
    """Count one module."""
    comments, code = _lines_by_kind(text)
    names = [name for _, name in bindings(tree)]
    return Tally(
        code=len(code - _docstring_lines(tree)),
        comments=len(comments),
        bound=len(names),
        fillers=sum(name in FILLERS for name in names),
        nested=len(nested_comprehensions(tree)),
    )


def _lines_by_kind(text: str) -> tuple[set[int], set[int]]:
    """Split the numbers of lines with a comment for people from those with code (or a docstring)."""
    comments, code = set(), set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            if not token.string.startswith(DIRECTIVES):
                comments.add(token.start[0])
        elif token.type not in LAYOUT:
            code.update(range(token.start[0], token.end[0] + 1))
    return comments, code


def _docstring_lines(tree: ast.Module) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | Definition) and ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            lines.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return lines


def bindings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Walk over the names that are bound: variables, parameters, functions, classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, Definition):
            yield node.lineno, node.name


def nested_comprehensions(tree: ast.AST) -> list[int]:
    """List the lines of comprehensions that stand inside another one, once for each outer one."""
    return [
        inner.lineno
        for outer in comprehensions(tree)
        for inner in comprehensions(outer)
        if inner is not outer
    ]


def shared_names(trees: dict[Path, ast.Module]) -> dict[str, list[Path]]:
    """Find the top-level functions and classes whose name two modules define."""
    homes = defaultdict(list)
    for path, tree in trees.items():
        for name in sorted({node.name for node in tree.body if isinstance(node, Definition)}):
            homes[name].append(path)
    return {
        name: paths for name, paths in sorted(homes.items()) if len(paths) > 1 and not name.startswith("__")
    }


def places_to_mend(trees: dict[Path, ast.Module], shared: dict[str, list[Path]]) -> Iterator[str]:
    """List fillers, nested comprehensions and shared names with their places."""
    for path, tree in trees.items():
        yield from (f"{path}:{line}: {name}" for line, name in bindings(tree) if name in FILLERS)
        yield from (f"{path}:{line}: nested comprehension" for line in nested_comprehensions(tree))
    for name, paths in shared.items():
        yield f"{name}: {', '.join(map(str, paths))}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), listed="--list" in sys.argv[2:]))
