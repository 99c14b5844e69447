"""What the scenarios of the data change of the network that the page carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cacorridor.errors import DataError, UsageError
from cacorridor.network.scenarios.scenarios import network_under, scenarios
from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.views.atlas.words import LANGUAGES, read_table
from cacorridor.views.atlas.worlds.changes import compare_networks
from cacorridor.views.atlas.worlds.months import MONTHS, monthly_changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.network.model import Network
    from cacorridor.views.atlas.worlds.changes import Difference
    from cacorridor.views.atlas.worlds.columns import Columns

SINCE_EVER, FOR_EVER = -32768, 32767  # for years without end
SERVICE = ("status", "opened", "closed")  # columns that say when a link is in service
SERVICE_YEARS = ("opened", "closed", "in_service")  # what the page is told of each link
ANY_MONTH = None
FIRST_YEAR = 2024  # of those that a reader may choose


def edited_networks(network: Network) -> Iterator[tuple[str, dict[str, Any], Network]]:
    """List the scenarios of the data that fit the network and are not applied yet: name, words, network."""
    for name, scenario in scenarios(network).items():
        if name in network.applied:
            continue
        try:
            edited = network_under(network, name)
        except (DataError, UsageError):
            continue
        yield name, {"names": _names_of(name), "note": scenario.text}, edited


def _names_of(name: str) -> list[str]:
    """Name a scenario in every language; one that has no words here by its id."""
    usual = read_table("scenarios").get(name, {})
    return [usual.get(language, name.replace("-", " ")) for language in LANGUAGES]


def changes_under(network: Network, edited: Network, level: str, columns: Columns) -> list[Difference]:
    """List what a scenario changes of the supernetwork of a level; all that name a month hold in it.

    What it changes of links that close at times depends on the month. These links are built for each month,
    and every step of theirs is listed, as it comes on top of what the month itself changes.

    Raises
    ------
    UsageError
        If the scenario adds ways or steps, which is no change of those that the page has.

    """
    whole = supernetwork_of(network, level)
    change = compare_networks(whole, supernetwork_of(edited, level), columns)
    names = whole.steps.names.links
    changed = {names[code] for code in np.unique(whole.steps.link[change.rows]).tolist() if code >= 0}
    closing = changed & set(network.columns("closures")["link"])
    if not closing:
        return [change.in_months(ANY_MONTH, *MONTHS)]
    steady = change.without(whole, closing).in_months(*MONTHS)
    monthly = monthly_changes(edited, whole, level, columns, full=closing)
    return [change.in_months(ANY_MONTH), steady, *monthly]


def only_years_differ(network: Network, edited: Network) -> bool:
    """Tell whether an edit only says when links are in service: every step is as it was."""
    for name, table in edited.tables.items():
        before = network.tables[name]
        if table is before:
            continue
        apart = [*SERVICE] if name == "links" else []
        if not table.drop(columns=apart).equals(before.drop(columns=apart)):
            return False
    return True


def describe_links_under(network: Network, edited: Network) -> dict[str, np.ndarray]:
    """Describe the links of which a scenario changes years or status; those that are gone have no arcs."""
    before, after = (years_of_links(each.tables["links"]) for each in (network, edited))
    kept = before.index.isin(after.index)
    apart = np.zeros(len(before), dtype=bool)
    apart[kept] = (before[kept] != after.loc[before.index[kept]]).any(axis=1).to_numpy()
    changed = after.loc[before.index[apart]]
    return {"links": np.flatnonzero(apart), **{name: changed[name].to_numpy() for name in SERVICE_YEARS}}


def years_of_links(links: pd.DataFrame) -> pd.DataFrame:
    """List when links are in service: first and last year, and whether they are today."""
    in_service = (links["status"] == "operational") & links["closed"].isna()
    opened, closed = links["opened"].fillna(SINCE_EVER), links["closed"].fillna(FOR_EVER)
    columns = {"opened": opened, "closed": closed, "in_service": in_service}
    return pd.DataFrame({name: column.astype(int) for name, column in columns.items()}).set_index(links["id"])


def service_years(network: Network) -> list[int]:
    """List the years in which a link opens or is gone, the nearest first."""
    links = network.tables["links"]
    opened = {int(year) for year in links["opened"].dropna()}
    gone = {int(year) + 1 for year in links["closed"].dropna()}
    return sorted(year for year in opened | gone if year >= FIRST_YEAR)
