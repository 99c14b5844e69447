"""Apply edits to a network: rewrite the cells that they name, and take away what they close."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cacorridor.errors import DataError
from cacorridor.network.held import FrozenMapping
from cacorridor.network.scenarios.edits import CLOSABLE, EVENTS, Delay, edits_by_scenario
from cacorridor.network.scenarios.meaning import changes_meant
from cacorridor.network.scenarios.selection import with_own_crossings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from cacorridor.errors import Fault
    from cacorridor.network.held import Columns
    from cacorridor.network.model import Network
    from cacorridor.network.scenarios.edits import Change, Edit

OPEN = {"status": "operational", "opened": None, "closed": None}  # cells of a link that is opened


def faults_of_edits(network: Network, edits: Sequence[Edit]) -> list[Fault]:
    """List what is wrong with edits that are applied together."""
    try:
        apply_edits(network, edits)
    except DataError as error:
        return list(error.faults)
    return []


def applicable(network: Network) -> pd.DataFrame:
    """Select the rows of the scenarios that can still be applied when the tables are read again."""
    frame = network.tables["scenarios"]
    # tables that are read know of no earlier edit: what is gone is unknown then
    read_again = replace(network, edited=False, known_ids={})
    kept = [
        name for name, edits in edits_by_scenario(network).items() if not faults_of_edits(read_again, edits)
    ]
    return frame[frame["scenario"].isin(kept)].reset_index(drop=True)


def apply_edits(network: Network, edits: Sequence[Edit]) -> Network:
    """Return the network with the edits; all of them speak of the network as it was, in no order.

    Raises
    ------
    DataError
        With every edit that names what does not exist or a value that does not fit, and every cell that
        two edits name.

    """
    # crossings first get rows of their own, so that an edit of one leaves the others
    network = with_own_crossings(network, [edit.row for edit in edits if edit.table == "crossings"])
    changes = changes_meant(network, edits)
    for change in changes:
        if change.edit.operation == "delay":
            network = _delay(network, change)
        elif change.edit.operation != "close":
            network = _rewrite(network, change)
    network = _shut_until_opened(network, changes)
    return _remove_closed(network, [change for change in changes if change.edit.operation == "close"])


def _delay(network: Network, change: Change) -> Network:
    """Return the network with hours added at links, on top of those of earlier scenarios."""
    edit, delays = change.edit, dict(network.delays)
    for link in change.keys:
        before = delays.get(link, Delay(0.0, "", ""))
        note = "; ".join(filter(None, (before.note, edit.note)))
        delays[link] = Delay(before.hours + change.value, edit.source_id or before.source_id, note)
    return network.changed(delays=FrozenMapping(delays))


def _rewrite(network: Network, change: Change) -> Network:
    """Return the network with cells set, multiplied, or opened, and with the evidence of the new figures."""
    edit, columns = change.edit, network.columns(change.edit.table)
    chosen = set(change.keys)
    rows = [row for row, key in enumerate(columns["id"]) if key in chosen]
    # in service today, whatever years were foreseen
    if edit.operation == "open":
        return network.with_cells(edit.table, _set(columns, rows, OPEN))
    # the new cells
    if edit.operation == "multiply":
        cells = _multiplied(columns, rows, edit.columns, change.value)
    else:
        cells = _set(columns, rows, dict.fromkeys(edit.columns, change.value))
    # a new figure has the evidence of the edit, no longer that of the table
    if not set(edit.columns) <= set(EVENTS.get(edit.table, ())):
        evidence = {
            "length_basis" if edit.table == "links" else "basis": "derived" if edit.source_id else "assumed",
            "source_id": edit.source_id,
            "note": f"scenario: {edit.note}",
        }
        cells |= _set(columns, rows, evidence)
    return network.with_cells(edit.table, cells)


def _shut_until_opened(network: Network, changes: Sequence[Change]) -> Network:
    """Return the network in which links whose opening was set to a later year than today's are planned."""
    if not network.as_of:  # nobody knows which years are to come
        return network
    waiting = _opening_after(changes, int(network.as_of[:4]))
    # whoever says the status as well has decided it
    said = {key for change in changes if "status" in change.edit.columns for key in change.keys}
    links = network.columns("links")
    status = zip(links["id"], links["status"], strict=True)
    rows = [row for row, (key, word) in enumerate(status) if key in waiting - said and word == "operational"]
    return network.with_cells("links", _set(links, rows, {"status": "planned"})) if rows else network


def _opening_after(changes: Sequence[Change], year: int) -> set[str]:
    """List the links whose opening is set to a later year."""
    later: set[str] = set()
    for change in changes:
        if "opened" in change.edit.columns and (change.value or 0) > year:
            later |= set(change.keys)
    return later


def _set(columns: Columns, rows: Sequence[int], new: Mapping[str, Any]) -> dict[str, Sequence[Any]]:
    """Copy columns with the same value in some of their rows."""
    copies: dict[str, Sequence[Any]] = {}
    for name, cell in new.items():
        cells = list(columns[name])
        for row in rows:
            cells[row] = cell
        copies[name] = cells
    return copies


def _multiplied(
    columns: Columns, rows: Sequence[int], names: Sequence[str], factor: float
) -> dict[str, Sequence[Any]]:
    """Copy columns with some of their rows multiplied; what is not known stays so."""
    copies: dict[str, Sequence[Any]] = {}
    for name in names:
        cells = list(columns[name])
        for row in rows:
            cells[row] *= factor
        copies[name] = cells
    return copies


def _remove_closed(network: Network, changes: Sequence[Change]) -> Network:
    """Return the network without what is closed: closure is absence."""
    # what is closed itself, then what cannot be without it
    gone: dict[str, set[str]] = {table: set() for table in CLOSABLE}
    for change in changes:
        gone[change.edit.table] |= set(change.keys)
    # nothing begins, ends, transfers or runs at a place that is closed, or in a closed state
    closed = {
        place
        for place, state in network.state_of.items()
        if place in gone["places"] or state in gone["states"]
    }
    # from the lightest table to links, whose loss takes rows of other tables with it
    network = _without_rows(network, "closures", gone["closures"])
    at_closed = _rows_at(network, "transfers", ("place",), closed)
    network = _without_rows(network, "transfers", gone["transfers"] | at_closed)
    at_closed = _rows_at(network, "links", ("from", "to"), closed)
    network = _without_rows(network, "links", gone["links"] | at_closed | _links_in(network, gone["states"]))
    return network.changed(closed_places=network.closed_places | closed) if closed else network


def _without_rows(network: Network, table: str, gone: set[str]) -> Network:
    """Return the network without some rows of a table; a table that loses none stays as it is."""
    keys = network.columns(table)["id"]
    if gone.isdisjoint(keys):
        return network
    kept = [row for row, key in enumerate(keys) if key not in gone]
    return network.with_cells(table, {}, kept)


def _rows_at(network: Network, table: str, columns: Sequence[str], places: set[str]) -> set[str]:
    """List the rows of which a column names one of some places."""
    cells = network.columns(table)
    rows: set[str] = set()
    for name in columns:
        rows |= {key for key, place in zip(cells["id"], cells[name], strict=True) if place in places}
    return rows


def _links_in(network: Network, states: set[str]) -> set[str]:
    """List the links with a kilometre in any of some states, also without a stop."""
    if not states:
        return set()
    links = network.link_columns
    return {key for key, km in zip(links["id"], links["state_km"], strict=True) if not states.isdisjoint(km)}
