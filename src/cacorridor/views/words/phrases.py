"""A phrase: an English template with parts, which a catalogue says in other languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

FIELD = re.compile(r"\{(\w+)\}")
LIST = ", "  # between the items of a list in English


class Name(NamedTuple):
    """The name of a place or a state; a language without one of its own has an empty text."""

    en: str
    ru: str = ""
    zh: str = ""
    state: str = ""  # the code of a state, by which a page knows it already

    def __str__(self) -> str:
        """Return the English name."""
        return self.en


@dataclass(frozen=True)
class Phrase:
    """An English template, and what stands in its fields; its text is English."""

    template: str
    parts: tuple[tuple[str, Part], ...] = ()

    def __str__(self) -> str:
        """Write the phrase in English."""
        return fill(self.template, {name: english(part) for name, part in self.parts})


Part: TypeAlias = "str | Name | Phrase | tuple[Part, ...]"


def say(template: str, **parts: Part) -> Phrase:
    """Make a phrase; the template is its key in the catalogue."""
    return Phrase(template, tuple(parts.items()))


def phrase_of(text: str) -> Part:
    """Take a text of the tables as a phrase if the catalogue knows it, else as it is."""
    from cacorridor.views.words.catalogue import catalogue

    return Phrase(text) if text in catalogue() else text


def in_phrase(label: str) -> Part:
    """Write a label in the middle of a phrase: with a small letter, if the catalogue has it so."""
    small = phrase_of(f"{label[:1].lower()}{label[1:]}")
    return small if isinstance(small, Phrase) else phrase_of(label)


def join_parts(parts: Iterable[Part], joint: str = " ") -> Phrase:
    """Put parts one after the other; empty ones are left out."""
    # fields are numbered, so that the joint phrase has one template for each count of parts
    present = [part for part in parts if part]
    named = {f"p{number}": part for number, part in enumerate(present)}
    return Phrase(joint.join(f"{{{name}}}" for name in named), tuple(named.items()))


def fill(template: str, texts: dict[str, str]) -> str:
    """Put texts into the fields of a template; braces in a text stay what they are."""
    return FIELD.sub(lambda field: texts[field[1]], template)


def english(part: Part) -> str:
    """Write a part in English."""
    if isinstance(part, tuple) and not isinstance(part, Name):
        return LIST.join(map(english, part))
    return str(part)


def as_data(part: Part) -> Any:
    """Write a part for the script of a page: texts, lists, and objects of a template and its fields."""
    # short keys, which stand thousands of times in a page: s a state, n a name, t a template
    if isinstance(part, Name):
        return {"s": part.state} if part.state else {"n": [part.en, part.ru, part.zh]}
    if isinstance(part, tuple):
        return list(map(as_data, part))
    if isinstance(part, Phrase):
        return {"t": part.template, **{name: as_data(inner) for name, inner in part.parts}}
    return part
