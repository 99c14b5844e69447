"""Answers as text: CSV for spreadsheets, JSON and GeoJSON for programs."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cacorridor.network.about import SHOWN_OF_HASH
from cacorridor.network.held import records
from cacorridor.routing.telling.shapes import dump, feature_collection, plain, significant
from cacorridor.views.exports.ground import on_ground
from cacorridor.views.exports.guards import guard

if TYPE_CHECKING:
    from cacorridor.errors import NoRouteError
    from cacorridor.network.held import Columns
    from cacorridor.views.exports.findings import Findings


def csv_text(findings: Findings) -> str:
    """Write the first table as CSV; the conditions and the version of the data stand in last columns.

    Parameters
    ----------
    findings
        What was found out.

    Returns
    -------
    str
        Text of the file. Names that a spreadsheet would take for formulas are guarded, numbers are not.

    """
    # a column is the only room that CSV has for what a table rests on
    table, constant = findings.main, {name: guard(text) for name, text in last_columns(findings).items()}
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([*table, *constant])
    for cells in zip(*table.values(), strict=True):
        writer.writerow([*map(_csv_cell, cells), *constant.values()])
    return written.getvalue()


def _csv_cell(cell: Any) -> Any:
    """Write one cell: text guarded, figures in the digits that say something, nothing for what is missing."""
    if isinstance(cell, str):
        return guard(cell)
    if isinstance(cell, float):
        return "" if math.isnan(cell) else repr(significant(cell))
    return cell  # None is written as nothing


def last_columns(findings: Findings) -> dict[str, str]:
    """Tell in columns, the same in every row, what CSV has no other room for.

    Parameters
    ----------
    findings
        What was found out.

    Returns
    -------
    dict
        ``conditions``, ``data`` (version, day, hash) and, of one route, ``bypasses``.

    """
    about = findings.about.get("data", {})
    known = (about.get("version"), about.get("as_of"), about.get("sha256", "")[:SHOWN_OF_HASH])
    version = " ".join(filter(None, known))
    columns = {name: text for name, text in (("conditions", findings.head), ("data", version)) if text}
    if len(findings.routes) == 1:  # rows are legs; of several routes each row tells its own
        columns["bypasses"] = " ".join(findings.routes[0].bypasses)
    return columns


def json_text(findings: Findings) -> str:
    """Write every table as JSON, each a list of rows, with what the answer rests on.

    Parameters
    ----------
    findings
        What was found out.

    Returns
    -------
    str
        An object with ``cacorridor``, ``data``, ``conditions``, ``route`` or ``routes`` (totals) where there
        are any, and ``tables``; a row stands on a line. What is missing or infinite is null.

    """
    # written by hand around the rows, so that each stands on a line of its own
    head = dump(findings.origin)[1:-1]
    tables = ",\n".join(f"{dump(name)}: [{_json_rows(table)}]" for name, table in findings.columns.items())
    return f'{{{head}, "tables": {{\n{tables}\n}}}}\n'


def no_route_text(error: NoRouteError) -> str:
    """Write as JSON that there is no route, and what blocks it.

    Parameters
    ----------
    error
        With the question and its obstacles.

    Returns
    -------
    str
        An object with ``no_route``: ``question``, and ``cut``, a list of ``kind``, ``names``, ``labels``,
        ``context`` and ``text``.

    """
    cut = [{**asdict(obstacle), "text": str(obstacle)} for obstacle in error.cut]
    return dump({"no_route": {"question": error.question, "cut": cut}}) + "\n"


def _json_rows(columns: Columns) -> str:
    lines = [dump(record) for record in row_records(columns)]
    rows = ",\n".join(lines)
    return f"\n{rows}\n" if rows else ""


def row_records(columns: Columns) -> list[dict[str, Any]]:
    """List the rows of a table as JSON knows them."""
    return records({name: plain(cells) for name, cells in columns.items()})


def geojson_text(findings: Findings) -> str:
    """Write the answer on the ground: the legs of its routes, else the rows of its first table.

    Parameters
    ----------
    findings
        What was found out.

    Returns
    -------
    str
        A ``FeatureCollection`` (RFC 7946), a feature a line.

    """
    return feature_collection(on_ground(findings), findings.origin)
