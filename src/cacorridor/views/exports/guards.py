"""What a spreadsheet would take for a formula is written as text."""

from __future__ import annotations

from cacorridor.errors import visible

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet begins a formula


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
    # before the escapes, which would hide a leading tab from this test
    return visible(f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell)
