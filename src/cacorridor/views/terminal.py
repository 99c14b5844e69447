"""Lay out tables for a terminal, and write them as CSV."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

WIDEST_CELL = 60


def show(frame: pd.DataFrame, output: Path | None = None) -> None:
    """Print a table, or write it as CSV and print where."""
    if output is None:
        print(text(frame))
        return
    from cacorridor.network.files import write_atomically

    write_atomically(output, frame.to_csv(index=False, lineterminator="\n"))
    print(output)


def text(frame: pd.DataFrame) -> str:
    """Lay out a table, a number with as many digits as it deserves."""
    if frame.empty:
        return "nothing to list"
    shown = frame.copy()
    for column in shown:
        share = str(column).endswith("share")
        shown[column] = [_cell(value, share=share) for value in shown[column]]
    return shown.to_string(index=False)


def _cell(value: object, *, share: bool) -> str:
    """Write one cell: shares in per cent, small numbers with a decimal, nothing for what is missing."""
    import pandas as pd

    if value is None or value is pd.NA or value != value:  # noqa: PLR0124  # NaN is unlike itself
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, float):
        return str(value)[:WIDEST_CELL]
    if math.isinf(value):
        return "no route"
    if share:
        return f"{value:.0%}"
    return f"{value:,.0f}" if abs(value) >= 10 or value == 0 else f"{value:.1f}"
