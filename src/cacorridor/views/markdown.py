"""Write tables in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.views.tables import TableView

RULES = {"left": "---", "right": "---:"}


def to_markdown(view: TableView, *, spaced_rule: bool = False) -> str:
    """Write a table; its caption is left to the page.

    Parameters
    ----------
    view
        What the table shows.
    spaced_rule
        Set the line below the head in spaces, like the others.

    Returns
    -------
    str
        Lines of Markdown, the last without an end.

    """
    # a colon behind the rule sets a column of figures to the right
    rules = [RULES[column.align] for column in view.columns]
    rule = _table_line(rules) if spaced_rule else f"|{'|'.join(rules)}|"
    return "\n".join([_table_line(view.headings), rule, *map(_table_line, view.rows)])


def _table_line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_escape_cell, cells))} |"


def _escape_cell(cell: str) -> str:
    """Keep a cell in its column and its row."""
    return cell.replace("|", "\\|").replace("\n", " ")
