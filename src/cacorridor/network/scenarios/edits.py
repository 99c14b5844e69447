"""Edits of the tables: a cell set, a figure multiplied, a thing opened or taken away."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

from cacorridor.errors import Fault, UsageError
from cacorridor.network import schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cacorridor.network.model import Network

FILE = schema.TABLES["scenarios"].file
CLOSABLE = ("links", "transfers", "closures", "places", "states")
EVENTS = {"links": ("status", "opened", "closed", "tracks"), "closures": ("months",)}  # beside the figures
EVENTS_OF = "{} events"  # what rules call these columns of a table


@dataclass(frozen=True)
class Edit:
    """One row of a scenario, as text.

    Parameters
    ----------
    table
        The table that is edited, such as ``crossings``.
    row
        Ids of the rows parted by semicolons, a selection such as ``state=KAZ&mode=road``, or ``*`` for all.
    operation
        ``set``, ``multiply``, ``open`` or ``close``.
    column
        Columns that are set or multiplied, several parted by semicolons.
    value
        What is set, or the factor; a number is taken as its text.
    source_id
        Source of the value, an id of ``sources.csv``.
    note
        Why, or what it stands for.
    file, line
        Where the edit stands, for messages.

    Examples
    --------
    >>> closed = cc.Edit("places", "irkeshtam-chn", "close", note="what if snow lies on the road")
    >>> snow = cc.apply_scenarios(net, cc.Scenario("snow", (closed,)))
    >>> sorted(snow.closed_places)
    ['irkeshtam-chn']

    """

    table: str
    row: str
    operation: str
    column: str = ""
    value: str = ""
    source_id: str = ""
    note: str = ""
    file: str = FILE
    line: int | None = None

    def __post_init__(self) -> None:
        """Take a number as its text, and refuse what is neither."""
        for name in ("table", "row", "operation", "column", "value", "source_id", "note"):
            cell: object = getattr(self, name)
            if name == "value" and isinstance(cell, Real) and not isinstance(cell, bool):
                object.__setattr__(self, name, str(cell))
            elif not isinstance(cell, str):
                raise UsageError(f"{name} of an edit is text, not {type(cell).__name__}: {cell!r}")

    def fault(self, column: str, allowed: str) -> Fault:
        """Make the fault of one cell of the edit."""
        return Fault(self.file, self.line, column, str(getattr(self, column)), allowed)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that are set, multiplied or, of a link, decided by opening and closing it."""
        if self.operation in {"open", "close"}:
            return ("status",)
        return tuple(name.strip() for name in self.column.split(";"))


@dataclass(frozen=True)
class Change:
    """An edit with the rows that it means; ``value`` is typed."""

    edit: Edit
    keys: tuple[str, ...]
    value: Any = None


def edits_by_scenario(network: Network) -> Mapping[str, tuple[Edit, ...]]:
    """Group the edits of the table of scenarios by the name of their scenario; the network keeps them."""
    if edits_by_scenario not in network.derived:
        network.derived[edits_by_scenario] = _read_edits(network)
    kept: Mapping[str, tuple[Edit, ...]] = network.derived[edits_by_scenario]
    return kept


def _read_edits(network: Network) -> dict[str, tuple[Edit, ...]]:
    scenarios: dict[str, list[Edit]] = {}
    for row in network.rows("scenarios"):
        # the other columns are the fields of an edit
        cells = {key: row[key] for key in row if key not in {"id", "scenario"}}
        line = network.row_number("scenarios", row["id"])
        scenarios.setdefault(row["scenario"], []).append(Edit(**cells, line=line))
    return {name: tuple(rows) for name, rows in scenarios.items()}


def changed_by(edits: Sequence[Edit]) -> set[str]:
    """List the tables in which edits change or add rows, as rules name what they read.

    What is only taken away is not listed: rules speak of the rows that are there, each alone or beside those
    that go with it.
    """
    # an edit of a crossing may copy averages into rows of its own, whatever it does with them
    changed = {"crossings"} if any(edit.table == "crossings" for edit in edits) else set()
    for edit in edits:
        if edit.operation != "close":
            is_event = set(edit.columns) <= set(EVENTS.get(edit.table, ()))
            changed.add(EVENTS_OF.format(edit.table) if is_event else edit.table)
    return changed
