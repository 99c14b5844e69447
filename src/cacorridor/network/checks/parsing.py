"""Parse tables and named lists into typed columns and entries, and report every cell that does not fit."""

from __future__ import annotations

import math
import re
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from cacorridor.errors import DataError, Fault, UsageError
from cacorridor.network import schema
from cacorridor.network.held import HeldColumns
from cacorridor.network.snapshot.frames import LISTS, WHOLE, typed_frame
from cacorridor.network.tables.named import Corridor, Region

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from cacorridor.network.checks.reading import RawTable
    from cacorridor.network.schema import Column, Table

Entry = TypeVar("Entry", Corridor, Region)

FIRST_YEAR, LAST_YEAR = 1800, 2200
FAULTS_KEPT_PER_COLUMN = 100  # a garbage file of a million rows must not become a million objects

ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9.:_-]*")
STATE_PATTERN = re.compile(r"[A-Z]{3}")
NUMBER_PATTERN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
SINGULAR = {"keys": "key", "states": "state", "categories": "category"}  # lists, separated by ;
# What a terminal obeys instead of showing it: C0 and C1 controls, line breaks, overrides of direction.
CONTROL_PATTERN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def convert(raw: Mapping[str, RawTable | pd.DataFrame]) -> dict[str, HeldColumns]:
    """Turn tables of text into typed tables.

    Raises
    ------
    DataError
        With every cell that its column does not allow and every reference to nowhere.

    """
    faults: list[Fault] = []
    total = 0  # faults that were counted; ``faults`` names the first ones of each column
    typed: dict[str, HeldColumns] = {}
    # keys may refer to any table, so the ids of all come first
    ids = {name: set(map(str.strip, columns["id"])) for name, columns in raw.items()}
    for table in schema.TABLES.values():
        try:
            typed[table.name] = _convert_table(table, raw[table.name], ids)
        except DataError as error:
            faults += error.faults
            total += error.total
    if faults:
        raise DataError(faults, total)
    return typed


def _convert_table(table: Table, raw: RawTable | pd.DataFrame, ids: Mapping[str, set[str]]) -> HeldColumns:
    """Turn one table of text into a typed one, which knows its row numbers where there are blank lines."""
    faults: list[Fault] = []
    total = 0
    columns: dict[str, Sequence[Any]] = {}
    # lines of the file, the header being the first
    numbers = raw.attrs.get("rows") or range(2, len(raw["id"]) + 2)
    for column in table.columns:
        # column by column, as each has one type
        cells = [cell.strip() for cell in raw[column.name]]
        wrong = _wrong_rows(cells, column, ids)
        total += len(wrong)
        allowed = describe_allowed(column)
        faults += [
            Fault(table.file, numbers[row], column.name, cells[row], allowed)
            for row in wrong[:FAULTS_KEPT_PER_COLUMN]
        ]
        if not wrong:
            columns[column.name] = _plain_cells(cells, column)
    if faults:
        raise DataError(faults, total)
    row_numbers = dict(zip(columns["id"], numbers, strict=True)) if "rows" in raw.attrs else None
    return HeldColumns(partial(dict, columns), partial(typed_frame, table.name), row_numbers)


def _wrong_rows(cells: Sequence[str], column: Column, ids: Mapping[str, set[str]]) -> list[int]:
    """List the rows whose cell the column does not allow; each distinct cell is judged once."""
    # most cells of a column are the same few words
    fits = _test_of(column, ids)
    verdicts = {cell: fits(cell) if cell else not column.required for cell in set(cells)}
    wrong = [row for row, cell in enumerate(cells) if not verdicts[cell]]
    # an id is a key: of several rows with one all but the first are wrong
    if column.name == "id":
        # from the end, so that the first row of each is the one that stays
        first = {cell: row for row, cell in reversed(list(enumerate(cells)))}
        wrong += [row for row, cell in enumerate(cells) if verdicts[cell] and first[cell] != row]
    return sorted(wrong)


def _test_of(column: Column, ids: Mapping[str, set[str]]) -> Callable[[str], bool]:
    """Return the test that a cell of the column must pass; kinds in the plural test each part."""
    tests: dict[str, Callable[[str], bool]] = {
        "id": lambda cell: ID_PATTERN.fullmatch(cell) is not None,
        "text": lambda cell: CONTROL_PATTERN.search(cell) is None,
        "state": lambda cell: STATE_PATTERN.fullmatch(cell) is not None,
        "key": ids.get(column.refers_to, set()).__contains__,
        "category": column.allowed.__contains__,
        "number": lambda cell: column.low <= _to_float(cell) <= column.high,
        "integer": lambda cell: column.low <= _to_float(cell) <= column.high and _to_float(cell) % 1 == 0,
        "year": lambda cell: FIRST_YEAR <= _to_float(cell) <= LAST_YEAR and _to_float(cell) % 1 == 0,
    }
    test = tests[SINGULAR.get(column.kind, column.kind)]
    if column.kind not in SINGULAR:
        return test
    return lambda cell: all(map(test, _parts(cell)))


def _parts(cell: str) -> tuple[str, ...]:
    """Split a list in a cell; an empty cell is an empty list."""
    return tuple(map(str.strip, cell.split(";"))) if cell else ()


def _to_float(cell: str) -> float:
    """Read a number; what is not one, or infinite, compares as false with everything."""
    number = float(cell) if NUMBER_PATTERN.fullmatch(cell) else math.nan
    return number if math.isfinite(number) else math.nan


def describe_allowed(column: Column) -> str:
    """Say what may stand in a column, for error messages and for the data dictionary."""
    words = ALLOWED_IN_WORDS[column.kind].format(
        words=", ".join(column.allowed),
        table=column.refers_to,
        low=f" from {column.low:.10g}" if math.isfinite(column.low) else "",
        high=f" to {column.high:.10g}" if math.isfinite(column.high) else "",
    )
    return f"{words}, not empty" if column.required else f"{words}, or nothing"


ALLOWED_IN_WORDS = {
    "id": "a unique key of a-z 0-9 . : _ -",
    "text": "text without control characters",
    "category": "one of {words}",
    "categories": "one or more of {words}, separated by ;",
    "state": "an ISO 3166-1 alpha-3 code",
    "states": "ISO 3166-1 alpha-3 codes, separated by ;",
    "key": "an id of {table}",
    "keys": "ids of {table}, separated by ;",
    "year": "a year",
    "number": "a number{low}{high}",
    "integer": "a whole number{low}{high}",
}


def _plain_cells(cells: Sequence[str], column: Column) -> Sequence[Any]:
    """Turn the cells of a column into plain values; what is missing is None, but a missing number NaN."""
    if column.kind == "number":
        return [_to_float(cell) for cell in cells]
    if column.kind in WHOLE:
        return [int(_to_float(cell)) if cell else None for cell in cells]
    if column.kind in LISTS:
        return list(map(_parts, cells))
    return cells


def convert_cell(cell: str, column: Column, ids: Mapping[str, set[str]]) -> Any:
    """Turn the text of one cell into a plain value, as the columns of its table hold it.

    Raises
    ------
    UsageError
        Saying what the column allows.

    """
    cell = cell.strip()
    if _wrong_rows([cell], column, ids):
        raise UsageError(describe_allowed(column))
    return _plain_cells([cell], column)[0]


def convert_corridors(file: str, entries: Mapping[str, Any]) -> dict[str, Corridor]:
    """Turn parsed TOML into corridors.

    Raises
    ------
    DataError
        With every entry that is not a corridor.

    """
    return _convert_entries(file, entries, Corridor)


def convert_regions(file: str, entries: Mapping[str, Any]) -> dict[str, Region]:
    """Turn parsed TOML into lenses on the region.

    Raises
    ------
    DataError
        With every entry that is not a region.

    """
    return _convert_entries(file, entries, Region)


def _convert_entries(file: str, entries: Mapping[str, Any], make: type[Entry]) -> dict[str, Entry]:
    """Make an object of each entry; report every entry that is none."""
    made: dict[str, Entry] = {}
    faults: list[Fault] = []
    for key, entry in entries.items():
        try:
            made[key] = _entry(key, entry, make)
        except UsageError as error:
            faults.append(Fault(file, None, key, str(entry), str(error)))
    if faults:
        raise DataError(faults)
    return made


def _entry(name: str, entry: Any, make: type[Entry]) -> Entry:
    """Check one entry field by field; the first two fields are obligatory."""
    if not _is_text(name):
        raise UsageError("a name without control characters")
    allowed = [field.name for field in fields(make)]
    if not isinstance(entry, dict) or not set(allowed[:2]) <= set(entry) <= set(allowed):
        raise UsageError(f"a table with {' and '.join(allowed[:2])}, and perhaps {', '.join(allowed[2:])}")
    for key, cell in entry.items():
        kind, fits = ENTRY_FIELDS[key]
        if not fits(cell):
            raise UsageError(f"{key} as {kind}")
    # a list of TOML becomes a tuple, because entries are frozen
    frozen: dict[str, Any] = {
        key: tuple(cell) if isinstance(cell, list) else cell for key, cell in entry.items()
    }
    return make(**frozen)


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str) and bool(cell.strip()) and CONTROL_PATTERN.search(cell) is None


def _is_list_of_text(cell: Any) -> bool:
    return isinstance(cell, list) and bool(cell) and all(map(_is_text, cell))


def _is_year(cell: Any) -> bool:
    return type(cell) is int and FIRST_YEAR <= cell <= LAST_YEAR  # not a truth value, which is an int too


ENTRY_FIELDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "name": ("text", _is_text),
    "states": ("a list of text", _is_list_of_text),
    "via": ("a list of text", _is_list_of_text),
    "by": ("a list of text", _is_list_of_text),
    "modes": ("a list of text", _is_list_of_text),
    "avoid": ("a list of text", _is_list_of_text),
    "year": ("a year", _is_year),
    "text": ("text", _is_text),
    "sources": ("a list of text", _is_list_of_text),
}
