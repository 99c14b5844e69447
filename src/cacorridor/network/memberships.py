"""States in blocs, from one year until another, and the customs territories that follow from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cacorridor.network.states import resolve_state

if TYPE_CHECKING:
    import pandas as pd

    from cacorridor.network.model import Network

# A border inside a customs union is no customs border. The union of Turkey with the EU covers industrial
# goods only and leaves transit procedures in place, so Turkey counts as a territory of its own.
CUSTOMS_UNIONS = ("EAEU", "EU")
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
    import pandas as pd

    state = resolve_state(network, state)
    rows = network.table("memberships")
    # memberships and agreements under the same columns, by year
    joined = rows.loc[rows["state"] == state, ["since", "until", "bloc", "status", "source_id"]]
    joined = joined.rename(columns={"bloc": "name", "status": "what"}).assign(kind="membership")
    # agreements name their parties in a text, by codes
    signed = network.table("agreements")
    codes = signed["parties"].map(CODES.findall)
    named = signed[codes.map(lambda parties: state in parties).astype(bool)]
    agreed = named[["year", "name", "what", "source_id"]].rename(columns={"year": "since"})
    agreed["kind"] = "agreement"
    table = pd.concat([joined, agreed], ignore_index=True)
    columns = ["since", "until", "kind", "name", "what", "source_id"]
    return table.sort_values(["since", "kind", "name"], ignore_index=True)[columns]
