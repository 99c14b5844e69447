"""Answers as columns of plain values, of which a frame is made when one is asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from cacorridor.network.held import NAN, HeldColumns, frame_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import pandas as pd

    from cacorridor.network.held import Columns


def hold_columns(columns: Columns, types: Mapping[str, str] | None = None) -> HeldColumns:
    """Take columns of plain values, and of which type some of them are in a frame."""

    def lay_out(kept: Columns) -> pd.DataFrame:
        table = frame_of(kept)
        # where nothing stands nobody knows what it would be
        return (table.astype(object) if table.empty else table).astype(dict(types or {}))

    return HeldColumns(partial(dict, columns), lay_out)


def hold_rows(
    rows: Sequence[Mapping[str, Any]], names: Iterable[str], types: Mapping[str, str] | None = None
) -> HeldColumns:
    """Take rows, which stand in columns then, and of which type some of these are in a frame."""
    return hold_columns(stand_in_columns(rows, names), types)


def hold_tuples(
    rows: Sequence[Sequence[Any]], names: Collection[str], types: Mapping[str, str] | None = None
) -> HeldColumns:
    """Take rows whose cells stand in the order of the names, and of which type some are in a frame."""
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return hold_columns(dict(zip(names, columns, strict=True)), types)


def stand_in_columns(rows: Sequence[Mapping[str, Any]], names: Iterable[str]) -> dict[str, list[Any]]:
    """Stand rows in columns; what a row lacks is not a number."""
    return {name: [row.get(name, NAN) for row in rows] for name in names}
