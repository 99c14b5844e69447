"""Answers as tables of other programs: Excel and GeoParquet; their libraries come with extras."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from cacorridor.errors import visible
from cacorridor.network.held import hold
from cacorridor.routing.telling.shapes import dump
from cacorridor.views.exports.ground import on_ground
from cacorridor.views.exports.texts import row_records

if TYPE_CHECKING:
    from pathlib import Path

    from cacorridor.views.exports.findings import Findings

NAME_OF_SHEET = re.compile(r"[\[\]:*?/\\']")  # letters that Excel refuses in one
LONGEST_NAME_OF_SHEET = 31
# text stays text: nothing is run, fetched or linked
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_excel(findings: Findings, path: Path) -> None:
    """Write each table to a sheet, and what the answer rests on to the sheet ``about``.

    Parameters
    ----------
    findings
        What was found out.
    path
        The file.

    """
    about = pd.DataFrame(_flat(findings), columns=["what", "is"])
    with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": AS_TEXT}) as book:
        for name, table in {**findings.tables, "about": about}.items():
            sheet = NAME_OF_SHEET.sub(" ", name)[:LONGEST_NAME_OF_SHEET]
            # as JSON has the cells: lists as text, what is missing or infinite as an empty cell
            columns = hold(table).columns
            rows = pd.DataFrame(row_records(columns), columns=list(columns))
            rows = rows.map(lambda cell: visible(cell, one_line=False) if isinstance(cell, str) else cell)
            rows.to_excel(book, sheet_name=sheet, index=False, freeze_panes=(1, 0))
            book.sheets[sheet].autofit()


def _flat(findings: Findings) -> list[tuple[str, str]]:
    """List what an answer rests on, one line a word."""
    rows = [("head", findings.head)]
    for group, facts in findings.about.items():
        lines = facts.items() if isinstance(facts, dict) else [("", facts)]
        rows += [
            (f"{group} {name}".strip(), cell if isinstance(cell, str) else dump(cell)) for name, cell in lines
        ]
    return rows


def write_parquet(findings: Findings, path: Path) -> None:
    """Write the answer on the ground as GeoParquet; its metadata tell under ``cacorridor`` what it rests on.

    Parameters
    ----------
    findings
        What was found out.
    path
        The file.

    """
    import pyarrow.parquet as pq

    # geopandas writes no metadata of others, so that they are added in a second pass
    on_ground(findings).to_parquet(path, index=False)
    table = pq.read_table(path)
    metadata = {**(table.schema.metadata or {}), b"cacorridor": dump(findings.origin).encode()}
    pq.write_table(table.replace_schema_metadata(metadata), path)
