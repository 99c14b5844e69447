"""The catalogue: what the phrases are in Russian and in Chinese."""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from operator import itemgetter

from cacorridor.views.words.names import LANGUAGES

FILES = ("catalogue.toml", "report.toml", "site.toml")


@functools.cache
def catalogue() -> dict[str, tuple[str, ...]]:
    """Read the catalogue: each English template with its translations, in the order of ``LANGUAGES``.

    Returns
    -------
    dict
        Translations by template.

    """
    # sections are for who reads the files; a template stands in one of them only
    in_order = itemgetter(*LANGUAGES)
    translations: dict[str, tuple[str, ...]] = {}
    for name in FILES:
        text = (importlib.resources.files(__package__) / name).read_text(encoding="utf-8")
        for section in tomllib.loads(text).values():
            translations |= {english: in_order(entry) for english, entry in section.items()}
    return translations
