"""Rows that break a rule, and the faults made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.errors import Fault
from cacorridor.network import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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


def repeated_keys(network: Network, keys: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """List the rows that give a second figure for the same thing, by the columns that name the thing."""
    for name, key in keys.items():
        frame = network.tables[name]
        for row in rows_where(frame, frame.duplicated(list(key))):
            yield fault_of(network, name, row, "id", f"one row for each {', '.join(key)}")


def disordered_ranges(network: Network, ranges: Mapping[str, tuple[str, str, str]]) -> Iterator[Fault]:
    """List the rows of which low, mean and high (the three columns of a table) do not stand in this order."""
    for name, (low, mean, high) in ranges.items():
        frame = network.tables[name]
        # a figure that is not there is in no wrong order: comparisons with it are false
        for row in rows_where(frame, (frame[low] > frame[mean]) | (frame[mean] > frame[high])):
            yield fault_of(network, name, row, mean, f"a number from {low} to {high}")
