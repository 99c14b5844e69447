"""What the scenarios of the data change of the network that the page carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cacorridor.errors import DataError, UsageError
from cacorridor.network.scenarios.scenarios import network_under, scenarios
from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.views.atlas.words import LANGUAGES, read_table
from cacorridor.views.atlas.worlds.changes import compare_networks, lacking_links
from cacorridor.views.atlas.worlds.months import MONTHS, monthly_changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.network.model import Network
    from cacorridor.network.scenarios.edits import Edit
    from cacorridor.views.atlas.worlds.changes import Difference
    from cacorridor.views.atlas.worlds.columns import Columns

SINCE_EVER, FOR_EVER = -32768, 32767  # for years without end
SERVICE = frozenset({"status", "opened", "closed"})  # columns that say when a link is in service
SERVICE_YEARS = ("opened", "closed", "in_service")  # what the page is told of each link
LIFE = ("id", "opened", "closed", "status")  # columns of the table that tell it
ANY_MONTH = None


class Supposed(NamedTuple):
    """A scenario of the data: its words, the network under it, whether it leaves every figure as it is."""

    name: str
    words: dict[str, Any]
    network: Network
    keeps_figures: bool


def edited_networks(network: Network) -> Iterator[Supposed]:
    """List the scenarios of the data that fit the network and are not applied yet."""
    for name, scenario in scenarios(network).items():
        # one that holds already, or that a closed place or link has overtaken, is none to choose
        if name in network.applied:
            continue
        try:
            edited = network_under(network, name)
        except (DataError, UsageError):
            continue
        words = {"names": _names_of(name), "note": scenario.text}
        keeps_figures = all(map(_keeps_figures, scenario.edits))
        yield Supposed(name, words, edited, keeps_figures)


def _keeps_figures(edit: Edit) -> bool:
    """Tell whether an edit only takes links away or says when they are in service."""
    if edit.operation == "close":
        return edit.table in {"links", "places", "states"}
    return edit.table == "links" and set(edit.columns) <= SERVICE and edit.operation in {"open", "set"}


def _names_of(name: str) -> list[str]:
    """Name a scenario in every language; one that has no words here by its id."""
    usual = read_table("scenarios").get(name, {})
    return [usual.get(language, name.replace("-", " ")) for language in LANGUAGES]


def changes_under(network: Network, supposed: Supposed, level: str, columns: Columns) -> list[Difference]:
    """List what a scenario changes of the supernetwork of a level; all that name a month hold in it.

    What it changes of links that close at times depends on the month. These links are built for each month,
    and every step of theirs is listed, as it comes on top of what the month itself changes.

    Raises
    ------
    UsageError
        If the scenario adds ways or steps, which is no change of those that the page has.

    """
    whole = supernetwork_of(network, level)
    # most only open or close: nothing need be built
    if supposed.keeps_figures:
        gone = lacking_links(whole, supposed.network.columns("links")["id"])
        return [gone.in_months(ANY_MONTH, *MONTHS)]
    change = compare_networks(whole, supernetwork_of(supposed.network, level), columns)
    names = whole.steps.names.links
    changed = {names[code] for code in np.unique(whole.steps.link[change.rows]).tolist() if code >= 0}
    closing = changed & set(network.columns("closures")["link"])
    # what does not depend on the month holds in all of them
    if not closing:
        return [change.in_months(ANY_MONTH, *MONTHS)]
    steady = change.without(whole, closing).in_months(*MONTHS)
    monthly = monthly_changes(supposed.network, whole, level, columns, full=closing)
    return [change.in_months(ANY_MONTH), steady, *monthly]


def describe_links_under(network: Network, edited: Network) -> dict[str, np.ndarray]:
    """Describe the links of which a scenario changes years or status; those that are gone have no arcs."""
    before, after = _years_of_links(network), _years_of_links(edited)
    # links that are gone have no years to tell
    changed = [
        (number, after[key])
        for number, (key, years) in enumerate(before.items())
        if after.get(key, years) != years
    ]
    numbers = np.array([number for number, _ in changed], dtype=int)
    return {"links": numbers, **_by_column([years for _, years in changed])}


def years_of_links(network: Network) -> dict[str, np.ndarray]:
    """List when links are in service: first and last year, and whether they are today."""
    return _by_column(list(_years_of_links(network).values()))


def _years_of_links(network: Network) -> dict[str, tuple[int, int, bool]]:
    """Tell of each link its first and last year, and whether it is in service today."""
    links = network.columns("links")
    # a link without a year is there from the beginning, or to the end
    return {
        key: (
            SINCE_EVER if opened is None else opened,
            FOR_EVER if closed is None else closed,
            status == "operational" and closed is None,
        )
        for key, opened, closed, status in zip(*(links[name] for name in LIFE), strict=True)
    }


def _by_column(years: list[tuple[int, int, bool]]) -> dict[str, np.ndarray]:
    columns = np.array(years, dtype=int).reshape(-1, len(SERVICE_YEARS)).T
    return dict(zip(SERVICE_YEARS, columns, strict=True))
