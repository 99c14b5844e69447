"""Every public name has an example that runs, and its docstring says what it takes and returns."""

from __future__ import annotations

import dataclasses
import doctest
import inspect
import itertools
from typing import Any

import pytest

import cacorridor as cc

ALIASES = {  # of types: they have no docstring of their own
    "Clock", "Criterion", "Level", "LoadName", "Pairs", "ScenarioLike",
}  # fmt: skip
DOCUMENTED = sorted(set(cc.__all__) - ALIASES)
REFUSE_NOTHING = {"check_indicators", "compare_corridors", "data_version", "plot_openings", "scenarios"}
CLASSES = [name for name in DOCUMENTED if dataclasses.is_dataclass(getattr(cc, name))]
FUNCTIONS = [name for name in DOCUMENTED if inspect.isfunction(getattr(cc, name))]


def sections(name: str) -> set[str]:
    """List the sections of a docstring: lines that are underlined."""
    lines = (inspect.getdoc(getattr(cc, name)) or "").splitlines()
    return {title for title, line in itertools.pairwise(lines) if title and set(line) == {"-"}}


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_example_of_a_public_name_shows_what_it_says(name: str, net: cc.Network) -> None:
    documented: Any = getattr(cc, name)
    example = doctest.DocTestParser().get_doctest(
        inspect.getdoc(documented) or "", {"cc": cc, "net": net}, name, None, None
    )
    told: list[str] = []
    tried = doctest.DocTestRunner().run(example, out=told.append)
    assert tried.attempted or all(doctest.SKIP in step.options for step in example.examples)
    assert example.examples, "no example"
    assert not tried.failed, "".join(told)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_has_the_sections_that_its_function_calls_for(name: str) -> None:
    signature = inspect.signature(getattr(cc, name))
    wanted = {"Parameters"} if signature.parameters else set()
    if signature.return_annotation != "None":
        wanted.add("Returns")
    if name not in REFUSE_NOTHING:
        wanted.add("Raises")
    assert wanted <= sections(name)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_names_every_parameter(name: str) -> None:
    text = inspect.getdoc(getattr(cc, name)) or ""
    conditions = set(cc.ConditionOptions.__annotations__) if "**conditions" in text else set()
    lines = [line for line in text.splitlines() if line and not line.startswith(" ")]
    named = {word.strip(" *") for line in lines for word in line.split(",")}
    assert set(inspect.signature(getattr(cc, name)).parameters) - conditions <= named


@pytest.mark.parametrize("name", CLASSES)
def test_a_docstring_tells_of_every_field(name: str) -> None:
    told = getattr(cc, name)
    inherited = {
        each.name for base in told.__mro__[1:] for each in getattr(base, "__dataclass_fields__", {}).values()
    }
    lines = [line for line in (inspect.getdoc(told) or "").splitlines() if line and not line.startswith(" ")]
    named = {word.strip() for line in lines for word in line.split(",")}
    assert {each.name for each in dataclasses.fields(told)} - inherited <= named
