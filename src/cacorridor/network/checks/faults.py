"""Rows that break a rule, and the faults made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.errors import Fault
from cacorridor.network import schema

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    import numpy as np

    from cacorridor.network.held import Columns
    from cacorridor.network.model import Network


def fault_of(network: Network, table: str, row: Any, column: str, allowed: str) -> Fault:
    """Make the fault of one row."""
    line, cell = network.row_number(table, row["id"]), row[column]
    return Fault(schema.TABLES[table].file, line, column, "" if cell is None else str(cell), allowed)


def marked(columns: Columns, wrong: Iterable[object]) -> Iterator[dict[str, Any]]:
    """List the rows of columns that are marked as wrong."""
    for row in [row for row, is_wrong in enumerate(wrong) if is_wrong]:
        yield {name: cells[row] for name, cells in columns.items()}


def positions_of(network: Network, *places: Iterable[str]) -> list[np.ndarray]:
    """Locate several lists of places: longitude and latitude in degrees, each of shape (places, 2)."""
    import numpy as np

    columns = rows_of(network.columns("places"), "id", "lon", "lat")
    position = {key: degrees for key, *degrees in columns}
    return [np.array([position[place] for place in listed]).reshape(-1, 2) for listed in places]


def rows_of(columns: Columns, *names: str) -> Iterator[tuple[Any, ...]]:
    """List the cells of some columns, row by row."""
    return zip(*(columns[name] for name in names), strict=True)


def repeated(cells: Iterable[Hashable]) -> Iterator[bool]:
    """Mark what has come before."""
    seen: set[Hashable] = set()
    for cell in cells:
        yield cell in seen
        seen.add(cell)


def repeated_keys(table: str, key: Sequence[str], network: Network) -> Iterator[Fault]:
    """List the rows that give a second figure for the same thing, by the columns that name the thing."""
    columns = network.columns(table)
    for row in marked(columns, repeated(rows_of(columns, *key))):
        yield fault_of(network, table, row, "id", f"one row for each {', '.join(key)}")


def disordered_ranges(table: str, names: tuple[str, str, str], network: Network) -> Iterator[Fault]:
    """List the rows of which low, mean and high (three columns) do not stand in this order."""
    columns = network.columns(table)
    # a figure that is not there is in no wrong order: comparisons with it are false
    for row in marked(columns, (low > mean or mean > high for low, mean, high in rows_of(columns, *names))):
        yield fault_of(network, table, row, names[1], f"a number from {names[0]} to {names[2]}")
