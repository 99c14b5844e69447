"""Apply edits to a network: rewrite the cells that they name, and take away what they close."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from cacorridor.errors import DataError
from cacorridor.network.scenarios.edits import CLOSABLE, EVENTS, edits_by_scenario
from cacorridor.network.scenarios.meaning import changes_meant
from cacorridor.network.scenarios.selection import with_own_crossings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.errors import Fault
    from cacorridor.network.model import Network
    from cacorridor.network.scenarios.edits import Change, Edit


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
        if change.edit.operation != "close":
            network = _rewrite(network, change)
    return _remove_closed(network, [change for change in changes if change.edit.operation == "close"])


def _rewrite(network: Network, change: Change) -> Network:
    """Return the network with cells set, multiplied, or opened, and with the evidence of the new figures."""
    edit = change.edit
    frame = network.tables[edit.table].copy()
    rows = frame.index[frame["id"].isin(change.keys)]
    # in service today, whatever years were foreseen
    if edit.operation == "open":
        frame.loc[rows, "status"] = "operational"
        frame.loc[rows, ["opened", "closed"]] = pd.NA
        return network.with_table(edit.table, frame)
    # the new cells, in the type of the column
    for column in edit.columns:
        if edit.operation == "multiply":
            frame.loc[rows, column] *= change.value
        else:
            frame[column] = [
                change.value if row in rows else old
                for row, old in zip(frame.index, frame[column], strict=True)
            ]
            frame[column] = frame[column].astype(network.tables[edit.table][column].dtype)
    # a new figure has the evidence of the edit, no longer that of the table
    if not set(edit.columns) <= set(EVENTS.get(edit.table, ())):
        basis = "length_basis" if edit.table == "links" else "basis"
        frame.loc[rows, basis] = "derived" if edit.source_id else "assumed"
        frame.loc[rows, "source_id"] = edit.source_id
        frame.loc[rows, "note"] = f"scenario: {edit.note}"
    return network.with_table(edit.table, frame)


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
    if gone.isdisjoint(network.columns(table)["id"]):
        return network
    frame = network.tables[table]
    return network.with_table(table, frame[~frame["id"].isin(gone)])


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
