"""What a word for a month means: its number, or its name in English, Russian or Chinese."""

from __future__ import annotations

import argparse

from cacorridor.cli.input.readers import whole_reader
from cacorridor.network.spelling import fold_name
from cacorridor.network.states import LANGUAGES

MONTHS = 12
SHORTEST = 3  # letters of a beginning, as in Jan


def read_month(text: str) -> int:
    """Read a month: 1 to 12, or its name, whole or from three letters on.

    Names are those of the Unicode Common Locale Data Repository, in the cases in which dates have them
    (январь, января) and as they are abbreviated.

    Parameters
    ----------
    text
        What was typed.

    Returns
    -------
    int
        1 to 12.

    Raises
    ------
    ArgumentTypeError
        If it is no month.

    """
    try:
        return whole_reader(1, MONTHS)(text)
    except argparse.ArgumentTypeError:
        named = _months_named(fold_name(text))
    if len(named) != 1:
        allowed = "allowed: 1 to 12, or a name in English, Russian or Chinese, such as January"
        raise argparse.ArgumentTypeError(f"{text!r}; {allowed}")
    return named.pop()


def _months_named(word: str) -> set[int]:
    """Find the months that a folded word names; ju may be June or July, and is too short to say."""
    spelled = _names_of_months()
    whole = {number for name, number in spelled if name == word}
    if whole or len(word) < SHORTEST:
        return whole
    return {number for name, number in spelled if name.startswith(word)}


def _names_of_months() -> list[tuple[str, int]]:
    """List the folded names of the months, each with the number of its month."""
    from babel.core import Locale  # only where a number does not do

    # each language has its names in two cases, whole and abbreviated
    by_case = [case for language in LANGUAGES for case in Locale.parse(language).months.values()]
    by_width = [case[width] for case in by_case for width in ("wide", "abbreviated")]
    return [(fold_name(name), number) for names in by_width for number, name in names.items()]
