"""What an edit means: the rows it names and the value it gives them, or why it cannot be meant."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cacorridor.errors import DataError, UsageError
from cacorridor.network import schema
from cacorridor.network.checks.parsing import convert_cell, describe_allowed
from cacorridor.network.scenarios.edits import CLOSABLE, EVENTS, FIELDS, Change
from cacorridor.network.scenarios.selection import select

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cacorridor.errors import Fault
    from cacorridor.network.model import Network
    from cacorridor.network.scenarios.edits import Edit
    from cacorridor.network.schema import Column


def changes_meant(network: Network, edits: Sequence[Edit]) -> list[Change]:
    """Find what edits mean that are applied together.

    Raises
    ------
    DataError
        With every edit that names what does not exist or a value that does not fit, and every cell that
        two edits name.

    """
    faults: list[Fault] = []
    changes: list[Change] = []
    for edit in edits:
        try:
            changes.append(_resolve(network, edit))
        except DataError as error:
            faults += error.faults
    # edits that fit alone may still contradict each other
    faults += _named_twice(changes)
    if faults:
        raise DataError(faults)
    return changes


def _resolve(network: Network, edit: Edit) -> Change:
    """Find the rows that an edit means and the value it gives them."""
    # words first: only an edit that could be meant is looked up
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
    elif edit.operation == "delay" and edit.table != "links":
        yield edit.fault("table", "links: nothing else is delayed")
    elif edit.operation == "close" and edit.table not in CLOSABLE:
        yield edit.fault("table", f"one of {', '.join(CLOSABLE)}: nothing else closes")
    else:
        yield from _wrong_columns_of_edit(edit)


def _wrong_columns_of_edit(edit: Edit) -> Iterator[Fault]:
    """Refuse columns that an operation does not have, or may not change."""
    if edit.operation in FIELDS:
        for name in ("column",) if edit.operation == "delay" else ("column", "value"):
            if getattr(edit, name):
                yield edit.fault(name, f"nothing: {edit.operation} has no {name}")
        return
    # one edit may name several columns, all of which get the same
    allowed = _editable(edit.table, edit.operation)
    if not set(edit.columns) <= set(allowed):
        yield edit.fault("column", f"one or more of {', '.join(allowed) or 'none'}, separated by ;")


def _editable(table: str, operation: str) -> dict[str, Column]:
    """List the columns that an operation may change: figures, and by setting also events."""
    # states have no table, and a place that moves would need new lines
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
    # opening names each link that is open; closing is refused only if nothing is left to close
    in_service, closed = _open_and_closed(network)
    already = [key for key in keys if key in in_service]
    if edit.operation == "open" and already:
        yield edit.fault("row", f"links that are not open; open already: {', '.join(already)}")
    if edit.operation == "close" and keys and closed.issuperset(keys):
        yield edit.fault("row", "links that are not closed already")


def _value(network: Network, edit: Edit, keys: tuple[str, ...]) -> Any:
    """Read the value of an edit and try it on every cell that gets it."""
    if edit.operation == "delay":
        return _number_above_0(edit, "hours greater than 0")
    if edit.operation == "multiply":
        return _factor(network, edit, keys)
    return _new_value(edit) if edit.operation == "set" else None


def _new_value(edit: Edit) -> Any:
    """Read what is set, as every column named wants it."""
    columns = _editable(edit.table, edit.operation)
    cell = None
    for name in edit.columns:
        try:
            cell = convert_cell(edit.value, columns[name], {})
        except UsageError as error:
            raise DataError([edit.fault("value", str(error))]) from None
    return cell


def _number_above_0(edit: Edit, allowed: str) -> float:
    """Read a finite number."""
    try:
        number = float(edit.value)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise DataError([edit.fault("value", allowed)])
    return number


def _factor(network: Network, edit: Edit, keys: tuple[str, ...]) -> float:
    """Read a factor; the products must fit their columns."""
    columns = _editable(edit.table, edit.operation)
    factor = _number_above_0(edit, "a factor greater than 0")
    # each product must fit its column; what is empty stays so
    cells, chosen = network.columns(edit.table), set(keys)
    for name in edit.columns:
        named = zip(cells["id"], cells[name], strict=True)
        products = [cell * factor for key, cell in named if key in chosen and cell is not None]
        low, high = columns[name].low, columns[name].high
        if not all(low <= product <= high or math.isnan(product) for product in products):
            allowed = f"a factor that leaves {name} {describe_allowed(columns[name])}"
            raise DataError([edit.fault("value", allowed)])
    return factor


def _named_twice(changes: Sequence[Change]) -> Iterator[Fault]:
    """Refuse two edits of one cell: their order must not choose."""
    seen: dict[tuple[str, str, str], Edit] = {}
    for change in changes:
        # cells by table, row and column; an open or closed link counts as its status
        cells = [(change.edit.table, key, column) for key in change.keys for column in change.edit.columns]
        twice = [cell for cell in cells if cell in seen]
        if twice:
            table, key, column = twice[0]
            first = seen[twice[0]]
            allowed = f"one edit of a cell; {first.file} row {first.line} edits {table} {key} {column} too"
            yield change.edit.fault("row", allowed)
        seen |= dict.fromkeys(cells, change.edit)
