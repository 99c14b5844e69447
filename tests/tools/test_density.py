"""What tools.density counts: lines, comments, names, and what stands inside what."""

import ast
from pathlib import Path

from tools.density import Tally, count, shared_names

MODULE = '''"""Say what
the module is for."""

import os  # noqa: F401

# why the pairs are told twice
def pairs(values):
    """Pair."""
    return [[x for x in row] for row in values]
'''


def test_docstrings_and_directives_are_neither_code_nor_comments() -> None:
    tally = count(MODULE, ast.parse(MODULE))

    assert (tally.code, tally.comments) == (3, 1)


def test_names_that_say_nothing_and_nested_comprehensions_are_counted() -> None:
    tally = count(MODULE, ast.parse(MODULE))

    assert (tally.bound, tally.fillers, tally.nested) == (4, 1, 1)
    assert tally.rates == (100 / 3, 1000 / 3, 25.0)


def test_the_whole_is_the_sum_of_its_rooms() -> None:
    assert Tally(10, 1, 5, 2, 0) + Tally(20, 3, 5, 0, 1) == Tally(30, 4, 10, 2, 1)


def test_a_name_that_two_modules_define_is_shared_unless_python_asks_for_it() -> None:
    trees = {
        Path("a.py"): ast.parse("def bypass(): ...\ndef __getattr__(name): ..."),
        Path("b.py"): ast.parse("def bypass(): ...\ndef __getattr__(name): ..."),
    }

    assert shared_names(trees) == {"bypass": [Path("a.py"), Path("b.py")]}
