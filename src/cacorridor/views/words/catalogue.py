"""The catalogue: what the phrases are in Russian and in Chinese."""

from __future__ import annotations

import functools
import importlib.resources
import tomllib

from cacorridor.views.words.names import LANGUAGES

FILE = "catalogue.toml"


@functools.cache
def catalogue() -> dict[str, tuple[str, ...]]:
    """Read the catalogue: each English template with its translations, in the order of ``LANGUAGES``.

    Returns
    -------
    dict
        Translations by template.

    """
    text = (importlib.resources.files(__package__) / FILE).read_text(encoding="utf-8")
    entries = tomllib.loads(text)
    return {
        english: tuple(entry[language] for language in LANGUAGES)
        for section in entries.values()
        for english, entry in section.items()
    }
