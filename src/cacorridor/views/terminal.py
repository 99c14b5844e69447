"""Lay out tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.views import text as texts
from cacorridor.views.tables import Column, TableView

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    import pandas as pd

ESCAPES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})  # a cell stays on its line
NOTHING_TO_LIST = "nothing to list"


def text(frame: pd.DataFrame | Mapping[str, Any]) -> str:
    """Lay out a table, a number with as many digits as it deserves.

    Parameters
    ----------
    frame
        The table, as a frame or as columns of values by name; columns whose name ends in "share" hold shares.

    Returns
    -------
    str
        Lines for a terminal.

    """
    columns = {
        name: Column(str(name), write=texts.share_cell if str(name).endswith("share") else texts.cell)
        for name in frame
    }
    return lay_out(TableView.from_frame(frame, columns))


def lay_out(view: TableView) -> str:
    """Set the columns of a table below their headings.

    Parameters
    ----------
    view
        What the table shows.

    Returns
    -------
    str
        Lines for a terminal.

    """
    if not view.rows:
        return NOTHING_TO_LIST
    rows = [[cell.translate(ESCAPES) for cell in row] for row in (view.headings, *view.rows)]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    lines = [[cell.rjust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    return "\n".join(map(" ".join, lines))


def show(frame: pd.DataFrame, output: Path | None = None) -> None:
    """Print a table, or write it as CSV and print where; it goes to the command line, which alone prints."""
    if output is None:
        print(text(frame))  # noqa: T201  # until the command line has it
        return
    from cacorridor.network.files import write_atomically

    write_atomically(output, frame.to_csv(index=False, lineterminator="\n"))
    print(output)  # noqa: T201
