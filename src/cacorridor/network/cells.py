"""The first door: text becomes typed columns, and every cell that does not fit is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cacorridor.errors import DataError, Fault, UsageError
from cacorridor.network import schema
from cacorridor.network.model import Corridor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cacorridor.network.schema import Column, Table

FAULTS_KEPT_PER_COLUMN = 100  # a garbage file of a million rows must not become a million objects

ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9.:_-]*")
STATE_PATTERN = re.compile(r"[A-Z]{3}")
CONTROL_PATTERN = re.compile(r"[\x00-\x1f\x7f]")


def convert(raw: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Turn tables of text into typed tables.

    Raises
    ------
    DataError
        With every cell that its column does not allow and every reference to nowhere.

    """
    faults: list[Fault] = []
    total = 0
    typed: dict[str, pd.DataFrame] = {}
    ids = {name: set(frame["id"]) for name, frame in raw.items()}
    for table in schema.TABLES.values():
        frame = raw[table.name]
        columns: dict[str, Any] = {}
        for column in table.columns:
            text = frame[column.name].str.strip()
            wrong = _wrong_cells(text, column, ids)
            total += int(wrong.sum())
            faults += _cell_faults(table, column, text, wrong)
            columns[column.name] = _typed(text.where(~wrong, ""), column)
        typed[table.name] = pd.DataFrame(columns, index=frame.index)
    if faults:
        raise DataError(faults, total)
    return typed


def _wrong_cells(text: pd.Series[str], column: Column, ids: Mapping[str, set[str]]) -> pd.Series[bool]:
    """Mark the cells that the column does not allow."""
    empty = text == ""
    wrong = ~_allowed_cells(text, column, ids) & ~empty
    if column.required:
        wrong |= empty
    if column.kind == "id":
        wrong |= text.duplicated(keep="first")
    return wrong


def _allowed_cells(text: pd.Series[str], column: Column, ids: Mapping[str, set[str]]) -> pd.Series[bool]:
    """Mark the cells whose text fits the kind of the column."""
    if column.kind in {"number", "integer", "year"}:
        return _allowed_numbers(text, column)
    tests: dict[str, Callable[[str], bool]] = {
        "id": lambda cell: ID_PATTERN.fullmatch(cell) is not None,
        "text": lambda cell: CONTROL_PATTERN.search(cell) is None,
        "state": lambda part: STATE_PATTERN.fullmatch(part) is not None,
        "ref": ids.get(column.refers_to, set()).__contains__,
        "word": column.allowed.__contains__,
    }
    several = column.kind.endswith("s")
    test = tests[column.kind.removesuffix("s")]
    cells = {
        cell: all(test(part.strip()) for part in cell.split(";")) if several else test(cell)
        for cell in text.unique()
    }
    return text.map(cells).astype(bool)


def _allowed_numbers(text: pd.Series[str], column: Column) -> pd.Series[bool]:
    low, high = (1800.0, 2200.0) if column.kind == "year" else (column.low, column.high)
    numbers = pd.to_numeric(text, errors="coerce").astype(float)
    allowed = np.isfinite(numbers) & (numbers >= low) & (numbers <= high)
    if column.kind != "number":
        allowed &= numbers % 1 == 0
    return pd.Series(allowed, index=text.index)


def _cell_faults(table: Table, column: Column, text: pd.Series[str], wrong: pd.Series[bool]) -> list[Fault]:
    rows = np.flatnonzero(wrong.to_numpy())[:FAULTS_KEPT_PER_COLUMN]
    allowed = describe_allowed(column)
    return [Fault(table.file, int(row) + 2, column.name, text.iloc[row], allowed) for row in rows]


def describe_allowed(column: Column) -> str:
    """Say what may stand in a column, for error messages and for the data dictionary."""
    words = ALLOWED_IN_WORDS[column.kind].format(
        words=", ".join(column.allowed),
        table=column.refers_to,
        low=f" from {column.low:g}" if np.isfinite(column.low) else "",
        high=f" to {column.high:g}" if np.isfinite(column.high) else "",
    )
    return f"{words}, not empty" if column.required else f"{words}, or nothing"


ALLOWED_IN_WORDS = {
    "id": "a unique key of a-z 0-9 . : _ -",
    "text": "text without control characters",
    "word": "one of {words}",
    "words": "one or more of {words}, separated by ;",
    "state": "an ISO 3166-1 alpha-3 code",
    "states": "ISO 3166-1 alpha-3 codes, separated by ;",
    "ref": "an id of {table}",
    "refs": "ids of {table}, separated by ;",
    "year": "a year",
    "number": "a number{low}{high}",
    "integer": "a whole number{low}{high}",
}


def _typed(text: pd.Series[str], column: Column) -> Any:
    match column.kind:
        case "number":
            return pd.to_numeric(text, errors="coerce").astype(float)
        case "integer" | "year":
            return pd.to_numeric(text, errors="coerce").astype("Int64")
        case "refs" | "states" | "words":
            return text.map(lambda cell: tuple(part.strip() for part in cell.split(";")) if cell else ())
        case _:
            return text


def convert_corridors(file: str, data: Mapping[str, Any]) -> dict[str, Corridor]:
    """Turn parsed TOML into corridors.

    Raises
    ------
    DataError
        With every entry that is not a corridor.

    """
    corridors: dict[str, Corridor] = {}
    faults: list[Fault] = []
    for key, entry in data.items():
        try:
            corridors[key] = _corridor(entry)
        except UsageError as error:
            faults.append(Fault(file, None, key, str(entry), str(error)))
    if faults:
        raise DataError(faults)
    return corridors


def _corridor(entry: Any) -> Corridor:
    """Check one entry field by field."""
    fields = {
        "name": str,
        "via": list,
        "by": list,
        "modes": list,
        "avoid": list,
        "year": int,
        "text": str,
        "sources": list,
    }
    if not isinstance(entry, dict) or not set(entry) <= set(fields) or not {"name", "via"} <= set(entry):
        raise UsageError(f"a table with name, via and perhaps {', '.join(list(fields)[2:])}")
    for key, value in entry.items():
        is_list_of_text = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if not isinstance(value, fields[key]) or (fields[key] is list and not is_list_of_text):
            raise UsageError(f"{key} as {'a list of text' if fields[key] is list else fields[key].__name__}")
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    return Corridor(**given)
