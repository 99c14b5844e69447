"""The words of the page in its languages, read from ``assets/words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from cacorridor.views.offline import asset

LANGUAGES = ("en", "ru", "zh")  # in the order in which names stand in the data of the page


def read_words() -> dict[str, list[str]]:
    """Return each phrase of the page in every language."""
    return {key: [texts[language] for language in LANGUAGES] for key, texts in read_table("words").items()}


def read_table(name: str) -> dict[str, dict[str, str]]:
    """Return one table of the file: texts by key and language."""
    table: dict[str, dict[str, str]] = _words_file()[name]
    return table


@cache
def _words_file() -> dict[str, Any]:
    return tomllib.loads(asset("words.toml", room="atlas"))
