"""States in blocs, from one year until another, and the customs territories that follow from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cacorridor.network.states import resolve_state
from cacorridor.network.tables.answered import hold_tuples

if TYPE_CHECKING:
    import pandas as pd

    from cacorridor.network.held import HeldColumns
    from cacorridor.network.model import Network

# A border inside a customs union is no customs border. The union of Turkey with the EU covers industrial
# goods only and leaves transit procedures in place, so Turkey counts as a territory of its own.
CUSTOMS_UNIONS = ("EAEU", "EU")
MEMBERSHIP_TYPES = {"since": "Int64", "until": "Int64"} | dict.fromkeys(
    ("kind", "name", "what", "source_id"), "str"
)
CODES = re.compile(r"\b[A-Z]{3}\b")


def members(network: Network, bloc: str, year: int | None = None) -> frozenset[str]:
    """List the full members of a bloc in a year, by default in the newest year that a membership names."""
    return frozenset(
        row["state"]
        for row in _rows_in_force(network, year)
        if row["bloc"] == bloc and row["status"] == "member"
    )


def in_force(network: Network, year: int | None = None) -> pd.DataFrame:
    """Select the memberships in force in a year; a membership ends in the year that it names."""
    ids = [row["id"] for row in _rows_in_force(network, year)]
    return network.table("memberships").loc[ids]


def _rows_in_force(network: Network, year: int | None) -> list[dict[str, Any]]:
    """List the rows of the memberships in force in a year; the network keeps them."""
    # the function is part of the key: nobody else can choose the same
    key = in_force, year
    if key not in network.derived:
        rows = network.rows("memberships")
        # without a year, the newest one that any membership names
        years = [row[name] for row in rows for name in ("since", "until") if row[name] is not None]
        when = max(years, default=0) if year is None else year
        network.derived[key] = [
            row for row in rows if row["since"] <= when and (row["until"] is None or row["until"] > when)
        ]
    kept: list[dict[str, Any]] = network.derived[key]
    return kept


def customs_territory(network: Network, state: str, year: int | None = None) -> str:
    """Name the customs territory of a state in a year: a customs union, or the state itself."""
    return next((union for union in CUSTOMS_UNIONS if state in members(network, union, year)), state)


def state_memberships(network: Network, state: str) -> pd.DataFrame:
    """List a state's memberships and the regional agreements that name it, by year.

    ``until`` is empty where a membership is in force. An agreement counts where its parties name the state's
    code; parties given only in words ("12 CIS states") are not resolved.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    state
        ISO 3166-1 alpha-3 code.

    Returns
    -------
    pd.DataFrame
        One row a membership or agreement: since, until, kind, name, what, source_id.

    Raises
    ------
    UsageError
        If the state is unknown.

    Examples
    --------
    >>> memberships = cc.state_memberships(net, "KGZ")
    >>> "EAEU" in set(memberships["name"])
    True

    """
    table: pd.DataFrame = hold_memberships(network, state).frame
    return table


def hold_memberships(network: Network, state: str) -> HeldColumns:
    """List the same as ``state_memberships``, without a frame."""
    state = resolve_state(network, state)
    # memberships and agreements under the same columns, by year
    rows: list[tuple[Any, ...]] = [
        (row["since"], row["until"], "membership", row["bloc"], row["status"], row["source_id"])
        for row in network.rows("memberships")
        if row["state"] == state
    ]
    # agreements name their parties in a text, by codes
    rows += [
        (row["year"], None, "agreement", row["name"], row["what"], row["source_id"])
        for row in network.rows("agreements")
        if state in CODES.findall(row["parties"])
    ]
    # without a year, last
    rows.sort(key=lambda row: (row[0] is None, row[0] or 0, *row[2:4]))
    return hold_tuples(rows, MEMBERSHIP_TYPES, MEMBERSHIP_TYPES)
