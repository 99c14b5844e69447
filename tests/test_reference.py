"""The reference shows what people may rely on: every public method, with words that are public themselves."""

from __future__ import annotations

import inspect
import re
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

import cacorridor

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in sorted(REFERENCE.glob("*.md")))
DIRECTIVE = re.compile(r"^\.\. autoclass:: cacorridor\.(\w+)\n((?:   :.*\n)*)", re.MULTILINE)
OPTIONS: dict[str, str] = dict(DIRECTIVE.findall(TEXT))
WORD = re.compile(r"[A-Za-z_][\w.]*")
EXTERNAL = {  # words of annotations that are not ours
    "Any", "Axes", "Callable", "Collection", "Iterable", "LineString", "Literal", "Mapping", "None",
    "Sequence", "bool", "dict", "float", "frozenset", "gpd.GeoDataFrame", "int", "list", "np.ndarray",
    "nx.MultiDiGraph", "os.PathLike", "pd.DataFrame", "str", "tuple",
}  # fmt: skip


def own_members(name: str) -> dict[str, Any]:
    """Functions and properties of a public class that this package wrote, also those of its bases."""
    members = {}
    for base in reversed(getattr(cacorridor, name).__mro__):
        if base.__module__.startswith("cacorridor"):
            members |= {key: each for key, each in vars(base).items() if not key.startswith("_")}
    return {key: function for key, each in members.items() if (function := function_of(each)) is not None}


def function_of(member: Any) -> Any:
    """Find the function behind a method or a property; None of what is neither."""
    if isinstance(member, property):
        return member.fget
    if isinstance(member, cached_property):
        return member.func
    member = getattr(member, "__func__", member)
    return member if inspect.isfunction(member) else None


def names_after(option: str, options: str) -> set[str]:
    found = re.search(rf":{option}:(.*)$", options, re.MULTILINE)
    return set() if found is None else set(re.findall(r"\w+", found[1]))


def shown(name: str) -> dict[str, Any]:
    """Members of a class that the reference shows."""
    options = OPTIONS[name]
    only, without = names_after("members", options), names_after("exclude-members", options)
    inherited = ":inherited-members:" in options
    return {
        key: function
        for key, function in own_members(name).items()
        if (key in only or not only)
        and key not in without
        and (inherited or key in vars(getattr(cacorridor, name)))
    }


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_every_member_of_a_class_is_shown_or_left_out_by_name(name: str) -> None:
    options = OPTIONS[name]
    decided = set(shown(name)) | names_after("exclude-members", options)
    assert decided == set(own_members(name)), "show it, or name it among the exclude-members"


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_a_member_that_is_shown_has_a_docstring_and_names_public_types(name: str) -> None:
    for key, function in shown(name).items():
        assert inspect.getdoc(function), key
        signature = inspect.signature(function)
        kinds = {each.kind for each in signature.parameters.values()}
        assert inspect.Parameter.VAR_KEYWORD not in kinds, key
        annotations = [
            each.annotation for each in signature.parameters.values() if each.name not in {"self", "cls"}
        ]
        words = {
            word for text in [*annotations, signature.return_annotation] for word in WORD.findall(str(text))
        }
        assert words - EXTERNAL <= set(cacorridor.__all__), key


def test_what_a_route_offers_other_programs_is_shown() -> None:
    offered = {
        "to_geodataframe",
        "to_geojson",
        "geometry",
        "explore",
        "plot",
        "cost_usd",
        "costs",
        "emissions",
        "bypasses",
    }
    assert offered <= set(shown("Route"))
