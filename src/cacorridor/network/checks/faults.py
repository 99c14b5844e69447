"""Rows that break a rule, and the faults made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.errors import Fault
from cacorridor.network import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from cacorridor.network.model import Network


def fault_of(network: Network, table: str, row: Any, column: str, allowed: str) -> Fault:
    """Make the fault of one row."""
    line = network.row_number(table, row["id"])
    return Fault(schema.TABLES[table].file, line, column, str(row[column]), allowed)


def rows_where(frame: pd.DataFrame, wrong: Sequence[bool] | pd.Series[bool] | np.ndarray) -> Iterator[Any]:
    """List the rows of a frame that are marked."""
    marked = np.asarray(wrong, dtype=bool)
    if marked.any():  # nearly never, and a selection of nothing costs as much as one of something
        for _, row in frame[marked].iterrows():
            yield row
