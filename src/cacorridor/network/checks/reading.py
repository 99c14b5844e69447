"""The text of tables and named lists becomes rows and entries, within bounds that no honest file meets."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from typing import TYPE_CHECKING, Any

from cacorridor.errors import DataError, Fault

if TYPE_CHECKING:
    from cacorridor.network.schema import Table

FAULTS_KEPT = 100  # ragged rows of one file that are named; the others are counted
LARGEST_TOML = 4_000_000  # characters
# A key of very many dotted parts takes the parser quadratic time.
_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
DOTTED = re.compile(rf"(?<![A-Za-z0-9_.-]){_PART}(?:[ \t]*\.[ \t]*{_PART}){{64}}")
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


class RawTable(dict[str, list[str]]):
    """The columns of a table as text; ``attrs["rows"]`` are the lines of its rows if some are blank."""

    attrs: dict[str, Any]


def parse_csv(table: Table, text: str) -> RawTable:
    """Read one table as text, its columns in the order of the schema.

    Rows without any text are skipped, and so are empty cells beyond the header, as spreadsheets leave them.
    Columns may stand in any order, and optional ones may be missing.

    Raises
    ------
    DataError
        If the text is no CSV, or its header or the number of fields of a row does not fit.

    """
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise DataError([Fault(table.file, None, "file", str(error), "CSV text in UTF-8")]) from None
    header = [name.strip() for name in _trimmed(lines[0], 0)] if lines else []
    _require_header(table, header)

    # Rows keep the numbers that a spreadsheet shows, whatever blank ones stand between them.
    trimmed = {number: _trimmed(line, len(header)) for number, line in enumerate(lines[1:], start=2)}
    rows = {number: line for number, line in trimmed.items() if any(map(str.strip, line))}
    _require_width(table, rows, len(header))

    return _columns_of(table, header, rows)


def _columns_of(table: Table, header: list[str], rows: dict[int, list[str]]) -> RawTable:
    """Turn rows into columns, in the order of the schema."""
    # without rows there is nothing to transpose; an optional column that is lacking is empty
    columns = map(list, zip(*rows.values(), strict=True))
    cells = dict(zip(header, columns, strict=True)) if rows else {}
    raw = RawTable({name: cells.get(name) or [""] * len(rows) for name in table.column_names})
    has_blank_lines = list(rows) != list(range(2, len(rows) + 2))
    raw.attrs = {"rows": list(rows)} if has_blank_lines else {}
    return raw


def _trimmed(line: list[str], width: int) -> list[str]:
    """Leave out empty cells beyond a width."""
    end = len(line)
    while end > width and not line[end - 1].strip():
        end -= 1
    return line[:end]


def _require_header(table: Table, header: list[str]) -> None:
    """Refuse a header with unknown, missing or repeated columns."""
    known = table.column_names
    fits = len(set(header)) == len(header) and set(table.required_names) <= set(header) <= set(known)
    if fits:
        return
    # a file with another separator is one column to the reader; say so instead of naming the columns
    joined = ",".join(header)
    for separator, name in SEPARATORS.items():
        if len(set(joined.split(separator)) & set(known)) > 1:
            allowed = f"columns separated by commas; these are separated by {name}"
            raise DataError([Fault(table.file, 1, "header", joined, allowed)])
    raise DataError([Fault(table.file, 1, "header", joined, ",".join(known))])


def _require_width(table: Table, rows: dict[int, list[str]], width: int) -> None:
    """Refuse rows with fewer or more fields than the header."""
    ragged = [(number, len(line)) for number, line in rows.items() if len(line) != width]
    if ragged:
        faults = [
            Fault(table.file, number, "row", f"{fields} field{'s' * (fields != 1)}", f"{width} fields")
            for number, fields in ragged[:FAULTS_KEPT]
        ]
        raise DataError(faults, len(ragged))


def parse_toml(file: str, text: str) -> dict[str, Any]:
    """Read named lists.

    Raises
    ------
    DataError
        If the text is no TOML, or larger or deeper than any named list.

    """
    # both bounds are tested before the parser runs, which beyond them takes very long
    if len(text) > LARGEST_TOML:
        allowed = f"at most {LARGEST_TOML} characters"
        raise DataError([Fault(file, None, "file", f"{len(text)} characters", allowed)])
    dotted = DOTTED.search(text)
    if dotted:
        raise DataError([Fault(file, None, "file", dotted.group(), "keys of a few parts")])
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise DataError([Fault(file, None, "file", "nested too deeply", "TOML of a few levels")]) from None
    except ValueError as error:  # of its syntax, or of a number or a day that cannot be
        raise DataError([Fault(file, None, "file", str(error), "TOML")]) from None
