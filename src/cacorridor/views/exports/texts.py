"""Answers as text: CSV for spreadsheets, JSON and GeoJSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.network.about import SHOWN_OF_HASH
from cacorridor.routing.telling.shapes import dump, feature_collection, plain
from cacorridor.views.exports.ground import on_ground
from cacorridor.views.exports.guards import guard

if TYPE_CHECKING:
    import pandas as pd

    from cacorridor.views.exports.answer import Answer


def csv_text(answer: Answer) -> str:
    """Write the first table as CSV; the conditions and the version of the data stand in last columns.

    Parameters
    ----------
    answer
        What was found out.

    Returns
    -------
    str
        Text of the file. Names that a spreadsheet would take for formulas are guarded, numbers are not.

    """
    table = answer.main.copy()
    for name, text in last_columns(answer).items():
        table[name] = text
    for column in table.select_dtypes(exclude=["number", "bool"]):
        table[column] = [guard(cell) if isinstance(cell, str) else cell for cell in table[column]]
    return str(table.to_csv(index=False, lineterminator="\n"))


def last_columns(answer: Answer) -> dict[str, str]:
    """Tell in columns, the same in every row, what CSV has no other room for.

    Parameters
    ----------
    answer
        What was found out.

    Returns
    -------
    dict
        ``conditions``, ``data`` (version, day, hash) and, of one route, ``bypasses``.

    """
    data = answer.about.get("data", {})
    known = (data.get("version"), data.get("as_of"), data.get("sha256", "")[:SHOWN_OF_HASH])
    version = " ".join(filter(None, known))
    columns = {name: text for name, text in (("conditions", answer.head), ("data", version)) if text}
    if len(answer.routes) == 1:  # rows are legs; of several routes each row tells its own
        columns["bypasses"] = " ".join(answer.routes[0].bypasses)
    return columns


def json_text(answer: Answer) -> str:
    """Write every table as JSON, each a list of rows, with what the answer rests on.

    Parameters
    ----------
    answer
        What was found out.

    Returns
    -------
    str
        An object with ``cacorridor``, ``data``, ``conditions``, ``route`` or ``routes`` (totals) where there
        are any, and ``tables``; a row stands on a line. What is missing or infinite is null.

    """
    head = dump(answer.origin)[1:-1]
    tables = ",\n".join(f"{dump(name)}: [{_json_rows(table)}]" for name, table in answer.tables.items())
    return f'{{{head}, "tables": {{\n{tables}\n}}}}\n'


def _json_rows(table: pd.DataFrame) -> str:
    rows = ",\n".join(map(dump, row_records(table)))
    return f"\n{rows}\n" if rows else ""


def row_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """List the rows of a table as JSON knows them."""
    columns = {str(name): plain(table[name].tolist()) for name in table}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def geojson_text(answer: Answer) -> str:
    """Write the answer on the ground: the legs of its routes, else the rows of its first table.

    Parameters
    ----------
    answer
        What was found out.

    Returns
    -------
    str
        A ``FeatureCollection`` (RFC 7946), a feature a line.

    """
    return feature_collection(on_ground(answer), answer.origin)
