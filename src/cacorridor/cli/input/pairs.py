"""Read a file of pairs: every row is understood, or refused with its row, column and value."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING

from cacorridor.errors import CacorridorError, Fault, UsageError
from cacorridor.routing.ends.access import join_end

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from cacorridor.network.model import Network

ENDS = ("origin", "destination")
COLUMNS = (*ENDS, "weight")


def read_pairs(path: Path, network: Network) -> pd.DataFrame:
    """Read a table of pairs: origin, destination and, if there is one, weight; other columns are left out.

    Parameters
    ----------
    path
        A CSV file in UTF-8 with a header; spaces around cells and blank rows do not count.
    network
        In which the places are looked up.

    Returns
    -------
    pandas.DataFrame
        With the columns origin, destination and weight.

    Raises
    ------
    UsageError
        With the first fault: file, row, column, value and what is allowed.

    """
    import pandas as pd

    # the header names its columns in any order; each end has exactly one
    lines = _numbered_lines(path)
    number, header = next(lines, (1, []))
    for column in ENDS:
        if header.count(column) != 1:
            raise _refusal(
                path, number, column, ",".join(header), "one column of this name, commas between columns"
            )

    # a row is checked as it is read, so that the first fault of the file is told
    rows = [_read_row(path, number, header, cells, network) for number, cells in lines]
    if not rows:
        raise _refusal(path, number + 1, "row", "", "a pair or more")
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _numbered_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Read the rows that are not blank, with their numbers in the file and without spaces around cells."""
    if not path.is_file():
        raise UsageError(f"{path}: {'not a regular file' if path.exists() else 'no such file'}")
    try:
        # spreadsheets write a mark of byte order before the first column
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True, skipinitialspace=True)
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield reader.line_num, [cell.strip() for cell in cells]
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not a table of pairs: {error}; allowed: text in UTF-8") from None
    except csv.Error as error:
        raise UsageError(f"{path} row {reader.line_num}: not a table of pairs: {error}") from None


def _read_row(
    path: Path, number: int, header: list[str], cells: list[str], network: Network
) -> tuple[str, str, float]:
    """Turn one row into a pair with its weight."""
    # a comma too many is most often a decimal comma
    if len(cells) != len(header):
        allowed = f"{len(header)} fields, a decimal point in numbers"
        raise _refusal(path, number, "row", ",".join(cells), allowed)
    row = dict(zip(header, cells, strict=True))
    for column in ENDS:
        if not row[column]:
            raise _refusal(path, number, column, "", "a place")
        # looked up now, so that a misspelt place is told with its row before any search
        try:
            if join_end(network, row[column]) is None:  # no town
                network.find_place(row[column])
        except CacorridorError as error:
            raise UsageError(f"{path} row {number}, {column}: {error}") from None
    return row["origin"], row["destination"], _weight(path, number, row.get("weight", "1"))


def _weight(path: Path, number: int, text: str) -> float:
    """Read a weight."""
    try:
        weight = float(text)
    except ValueError:
        weight = math.nan
    if not math.isfinite(weight) or weight < 0:
        raise _refusal(path, number, "weight", text, "a number of 0 or more, with a decimal point")
    return weight


def _refusal(path: Path, row: int, column: str, cell: str, allowed: str) -> UsageError:
    fault = Fault(str(path), row, column, cell, allowed)
    return UsageError(str(fault))
