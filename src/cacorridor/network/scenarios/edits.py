"""Edits of the tables: a cell set, a figure multiplied, a thing opened or taken away."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor.errors import DataError, Fault, UsageError
from cacorridor.network import schema
from cacorridor.network.checks.parsing import convert_cell, describe_allowed
from cacorridor.network.scenarios.selection import select, with_own_crossings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cacorridor.network.model import Network
    from cacorridor.network.schema import Column

FILE = schema.TABLES["scenarios"].file
CLOSABLE = ("links", "transfers", "closures", "places", "states")
EVENTS = {"links": ("status", "opened", "closed", "tracks"), "closures": ("months",)}  # beside the figures
EVENTS_OF = "{} events"  # what rules call these columns of a table


@dataclass(frozen=True)
class Edit:
    """One row of a scenario, as text; ``file`` and ``line`` tell where it stands.

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


def read(network: Network) -> dict[str, tuple[Edit, ...]]:
    """Group the edits of the table of scenarios by the name of their scenario."""
    scenarios: dict[str, list[Edit]] = {}
    for row in network.rows("scenarios"):
        cells = {key: row[key] for key in row if key not in {"id", "scenario"}}
        line = network.row_number("scenarios", row["id"])
        scenarios.setdefault(row["scenario"], []).append(Edit(**cells, line=line))
    return {name: tuple(rows) for name, rows in scenarios.items()}


def find_faults(network: Network, edits: Sequence[Edit]) -> list[Fault]:
    """List what is wrong with edits that are applied together."""
    try:
        apply_edits(network, edits)
    except DataError as error:
        return list(error.faults)
    return []


def applicable(network: Network) -> pd.DataFrame:
    """Select the rows of the scenarios that can still be applied when the tables are read again."""
    frame = network.tables["scenarios"]
    read_again = replace(network, edited=False, known_ids={})
    kept = [name for name, edits in read(network).items() if not find_faults(read_again, edits)]
    return frame[frame["scenario"].isin(kept)].reset_index(drop=True)


def apply_edits(network: Network, edits: Sequence[Edit]) -> Network:
    """Return the network with the edits; all of them speak of the network as it was, in no order.

    Raises
    ------
    DataError
        With every edit that names what does not exist or a value that does not fit, and every cell that
        two edits name.

    """
    network = with_own_crossings(network, [edit.row for edit in edits if edit.table == "crossings"])
    faults: list[Fault] = []
    changes: list[Change] = []
    for edit in edits:
        try:
            changes.append(_resolve(network, edit))
        except DataError as error:
            faults += error.faults
    faults += _named_twice(changes)
    if faults:
        raise DataError(faults)
    for change in changes:
        if change.edit.operation != "close":
            network = _rewrite(network, change)
    return _remove_closed(network, [change for change in changes if change.edit.operation == "close"])


def changed_by(edits: Sequence[Edit]) -> set[str]:
    """List the tables in which edits change or add rows, as rules name what they read.

    What is only taken away is not listed: rules speak of the rows that are there, each alone or beside those
    that go with it.
    """
    changed = {"crossings"} if any(edit.table == "crossings" for edit in edits) else set()
    for edit in edits:
        if edit.operation != "close":
            is_event = set(edit.columns) <= set(EVENTS.get(edit.table, ()))
            changed.add(EVENTS_OF.format(edit.table) if is_event else edit.table)
    return changed


def _resolve(network: Network, edit: Edit) -> Change:
    """Find the rows that an edit means and the value it gives them."""
    faults = [*_wrong_words(edit), *_without_reason(network, edit)]
    if faults:
        raise DataError(faults)
    try:
        keys = select(network, edit.table, edit.row)
    except UsageError as error:
        raise DataError([edit.fault("row", str(error))]) from None
    if network.edited:  # what a year or a scenario has opened or taken away already is no fault
        keys = _still_to_do(network, edit, keys)
    faults = list(_redundant(network, edit, keys))
    if faults:
        raise DataError(faults)
    return Change(edit, keys, _value(network, edit, keys))


def _still_to_do(network: Network, edit: Edit, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the links that are open, or closed, already."""
    if edit.table != "links" or edit.operation not in {"open", "close"}:
        return keys
    in_service, closed = _open_and_closed(network)
    done = in_service if edit.operation == "open" else closed
    return tuple(key for key in keys if key not in done)


def _open_and_closed(network: Network) -> tuple[set[str], set[str]]:
    """List the links in service, and those that a year of closing is known of."""
    links = network.columns("links")
    closed = {key for key, year in zip(links["id"], links["closed"], strict=True) if year is not None}
    status = zip(links["id"], links["status"], strict=True)
    return {key for key, word in status if word == "operational"} - closed, closed


def _wrong_words(edit: Edit) -> Iterator[Fault]:
    """Refuse tables, operations and columns that are not there, or not to be edited."""
    if edit.table not in schema.EDITED_TABLES:
        yield edit.fault("table", f"one of {', '.join(schema.EDITED_TABLES)}")
        return
    if edit.operation not in schema.OPERATIONS:
        yield edit.fault("operation", f"one of {', '.join(schema.OPERATIONS)}")
    elif edit.operation == "open" and edit.table != "links":
        yield edit.fault("table", "links: nothing else opens")
    elif edit.operation == "close" and edit.table not in CLOSABLE:
        yield edit.fault("table", f"one of {', '.join(CLOSABLE)}: nothing else closes")
    else:
        yield from _wrong_columns(edit)


def _wrong_columns(edit: Edit) -> Iterator[Fault]:
    """Refuse columns that an operation does not have, or may not change."""
    if edit.operation in {"open", "close"}:
        for name in ("column", "value"):
            if getattr(edit, name):
                yield edit.fault(name, f"nothing: {edit.operation} has no {name}")
        return
    allowed = _editable(edit.table, edit.operation)
    if not set(edit.columns) <= set(allowed):
        yield edit.fault("column", f"one or more of {', '.join(allowed) or 'none'}, separated by ;")


def _editable(table: str, operation: str) -> dict[str, Column]:
    """List the columns that an operation may change: figures, and by setting also events."""
    if table not in schema.TABLES or table == "places":
        return {}
    columns = {column.name: column for column in schema.TABLES[table].columns}
    events = EVENTS.get(table, ()) if operation == "set" else ()
    return {name: column for name, column in columns.items() if column.kind == "number" or name in events}


def _without_reason(network: Network, edit: Edit) -> Iterator[Fault]:
    """Refuse an edit that has neither a source nor a reason."""
    if edit.source_id and edit.source_id not in network.columns("sources")["id"]:
        yield edit.fault("source_id", "an id of sources, or nothing")
    if not edit.source_id and not edit.note:
        yield edit.fault("note", "the reason of an edit without a source")


def _redundant(network: Network, edit: Edit, keys: tuple[str, ...]) -> Iterator[Fault]:
    """Refuse to open or to close a link that is so already."""
    if edit.table != "links" or edit.operation not in {"open", "close"}:
        return
    in_service, closed = _open_and_closed(network)
    already = [key for key in keys if key in in_service]
    if edit.operation == "open" and already:
        yield edit.fault("row", f"links that are not open; open already: {', '.join(already)}")
    if edit.operation == "close" and keys and closed.issuperset(keys):
        yield edit.fault("row", "links that are not closed already")


def _value(network: Network, edit: Edit, keys: tuple[str, ...]) -> Any:
    """Read the value of an edit and try it on every cell that gets it."""
    if edit.operation not in {"set", "multiply"}:
        return None
    return _new_value(edit) if edit.operation == "set" else _factor(network, edit, keys)


def _new_value(edit: Edit) -> Any:
    """Read what is set, as every column named wants it."""
    columns = _editable(edit.table, edit.operation)
    value = None
    for name in edit.columns:
        try:
            value = convert_cell(edit.value, columns[name], {})
        except UsageError as error:
            raise DataError([edit.fault("value", str(error))]) from None
    return value


def _factor(network: Network, edit: Edit, keys: tuple[str, ...]) -> float:
    """Read a factor; the products must fit their columns."""
    columns = _editable(edit.table, edit.operation)
    try:
        factor = float(edit.value)
    except ValueError:
        factor = math.nan
    if not 0 < factor < math.inf:
        raise DataError([edit.fault("value", "a factor greater than 0")])
    frame = network.table(edit.table).loc[list(keys)]
    for name in edit.columns:
        products = (frame[name] * factor).dropna()
        if not products.between(columns[name].low, columns[name].high).all():
            allowed = f"a factor that leaves {name} {describe_allowed(columns[name])}"
            raise DataError([edit.fault("value", allowed)])
    return factor


def _named_twice(changes: Sequence[Change]) -> Iterator[Fault]:
    """Refuse two edits of one cell: their order must not choose."""
    seen: dict[tuple[str, str, str], Edit] = {}
    for change in changes:
        cells = [(change.edit.table, key, column) for key in change.keys for column in change.edit.columns]
        twice = [cell for cell in cells if cell in seen]
        if twice:
            table, key, column = twice[0]
            first = seen[twice[0]]
            allowed = f"one edit of a cell; {first.file} row {first.line} edits {table} {key} {column} too"
            yield change.edit.fault("row", allowed)
        seen |= dict.fromkeys(cells, change.edit)


def _rewrite(network: Network, change: Change) -> Network:
    """Return the network with cells set, multiplied, or opened, and with the evidence of the new figures."""
    edit = change.edit
    frame = network.tables[edit.table].copy()
    rows = frame.index[frame["id"].isin(change.keys)]
    if edit.operation == "open":
        frame.loc[rows, "status"] = "operational"
        frame.loc[rows, ["opened", "closed"]] = pd.NA
        return network.with_table(edit.table, frame)
    for column in edit.columns:
        if edit.operation == "multiply":
            frame.loc[rows, column] *= change.value
        else:
            frame[column] = [
                change.value if row in rows else old
                for row, old in zip(frame.index, frame[column], strict=True)
            ]
            frame[column] = frame[column].astype(network.tables[edit.table][column].dtype)
    if not set(edit.columns) <= set(EVENTS.get(edit.table, ())):
        basis = "length_basis" if edit.table == "links" else "basis"
        frame.loc[rows, basis] = "derived" if edit.source_id else "assumed"
        frame.loc[rows, "source_id"] = edit.source_id
        frame.loc[rows, "note"] = f"scenario: {edit.note}"
    return network.with_table(edit.table, frame)


def _remove_closed(network: Network, changes: Sequence[Change]) -> Network:
    """Return the network without what is closed: closure is absence."""
    gone: dict[str, set[str]] = {table: set() for table in CLOSABLE}
    for change in changes:
        gone[change.edit.table] |= set(change.keys)
    closed = {
        place
        for place, state in network.state_of.items()
        if place in gone["places"] or state in gone["states"]
    }
    network = _without(network, "closures", gone["closures"])
    at_closed = _rows_at(network, "transfers", ("place",), closed)
    network = _without(network, "transfers", gone["transfers"] | at_closed)
    at_closed = _rows_at(network, "links", ("from", "to"), closed)
    network = _without(network, "links", gone["links"] | at_closed | _links_in(network, gone["states"]))
    return network.changed(closed_places=network.closed_places | closed) if closed else network


def _without(network: Network, table: str, gone: set[str]) -> Network:
    """Return the network without some rows of a table; a table that loses none stays as it is."""
    if gone.isdisjoint(network.columns(table)["id"]):
        return network
    frame = network.tables[table]
    return network.with_table(table, frame[~frame["id"].isin(gone)])


def _rows_at(network: Network, table: str, columns: Sequence[str], places: set[str]) -> set[str]:
    """List the rows of which a column names one of some places."""
    cells = network.columns(table)
    return {
        key
        for name in columns
        for key, place in zip(cells["id"], cells[name], strict=True)
        if place in places
    }


def _links_in(network: Network, states: set[str]) -> set[str]:
    """List the links with a kilometre in any of some states, also without a stop."""
    if not states:
        return set()
    links = network.link_columns
    return {key for key, km in zip(links["id"], links["state_km"], strict=True) if not states.isdisjoint(km)}
