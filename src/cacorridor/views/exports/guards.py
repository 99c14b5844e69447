"""What could harm a terminal or a spreadsheet is shown, not sent."""

from __future__ import annotations

import unicodedata

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet begins a formula
HIDDEN = {"Cc", "Cs", "Zl", "Zp"}  # controls (C0, C1), lone surrogates, separators of lines and paragraphs
DIRECTIONS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """Write controls and marks of direction as escapes, so that a text cannot steer a terminal.

    Parameters
    ----------
    text
        What is to be shown.

    Returns
    -------
    str
        The text without controls; line ends stay.

    """
    return "".join(_escape(letter) if _is_hidden(letter) else letter for letter in text)


def _is_hidden(letter: str) -> bool:
    return letter != "\n" and (letter in DIRECTIONS or unicodedata.category(letter) in HIDDEN)


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def guard(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula, as the pages do.

    Parameters
    ----------
    cell
        Text of one cell.

    Returns
    -------
    str
        One line that a spreadsheet takes for text.

    """
    return visible(f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell).replace("\n", "\\n")
