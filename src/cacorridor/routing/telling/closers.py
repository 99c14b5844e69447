"""What would close a route, and what closed lately: what an answer for today should not pass over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.network.scenarios.selection import select

if TYPE_CHECKING:
    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

LATELY = 2  # last years of service, the year of the data among them, after which a closure is still news
NEWS = 0.01  # of the value of a route: what a closure costs less than that is not news


@dataclass(frozen=True)
class ShutLink:
    """A link in service no more, over which the best way of its last year ran, better than today's.

    Parameters
    ----------
    link, ends
        Its id, and the names of the places that it joined.
    since
        Its last year of service.
    source_id, note
        What the tables say of the closure.
    before
        The best way of that year.

    """

    link: str
    ends: tuple[str, str]
    since: int
    source_id: str | None
    note: str
    before: Route


def links_shut_lately(route: Route) -> tuple[ShutLink, ...]:
    """List the links closed in the last two years without which a route of today is worse than it was.

    Parameters
    ----------
    route
        The route; one asked of a year, and one of data without a day, has none.

    Returns
    -------
    tuple of ShutLink
        In the order of travel, each link once.

    """
    network = route.network
    if route.query.year is not None:
        return ()
    links = network.columns("links")
    closed = dict(zip(links["id"], links["closed"], strict=True))
    # one search for each year that something closed in; a link that both ways use is told once
    found: dict[str, ShutLink] = {}
    for year in sorted(set(closed.values()).intersection(years_of_news(network))):
        before = _better_way_of(route, year)
        if before is None:
            continue
        for link in before.links:
            if closed[link] == year:
                found.setdefault(link, _shut(before, link, year))
    return tuple(found.values())


def years_of_news(network: Network) -> range:
    """Return the last years of service after which a closure is news; none if the data have no day."""
    if not network.as_of:
        return range(0)
    today = int(network.as_of[:4])
    return range(today - LATELY + 1, today + 1)


def _better_way_of(route: Route, year: int) -> Route | None:
    """Find the best way of a year to the question of a route, if it was better by what is news."""
    from cacorridor.routing.finding import route_of_query

    query = route.query
    before = route_of_query(route.network, replace(query, year=year, notes=()))
    amount = query.measure.amount
    if before is None or amount(before.table).sum() > (1 - NEWS) * amount(route.table).sum():
        return None
    return before


def _shut(before: Route, link: str, year: int) -> ShutLink:
    """Say what the table of links says of one that closed after a year."""
    network = before.network
    row = next(row for row in network.rows("links") if row["id"] == link)
    ends = network.place_name(row["from"]), network.place_name(row["to"])
    return ShutLink(link, ends, year, row["source_id"], row["note"] or "", before)


def closing_scenarios(route: Route) -> tuple[str, ...]:
    """Name the scenarios, not applied yet, that close a link, a place or a state between the ends of a route.

    What closes an end leaves no journey to ask for, so it is not named.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    tuple of str
        Names, in the order of the table of scenarios.

    """
    # what the journey meets, by the table of which a scenario may close a row
    network = route.network
    met = {
        "links": set(route.links),
        "places": set(route.place_name) - {route.query.origin, route.query.destination},
        "states": set(route.transit_states),
    }
    # each scenario once, however many of its edits hit the route
    hits: dict[str, None] = {}
    for edit in network.rows("scenarios"):
        name, table = edit["scenario"], edit["table"]
        if edit["operation"] != "close" or table not in met or name in network.applied:
            continue
        if not met[table].isdisjoint(_rows_meant(network, table, edit["row"])):
            hits[name] = None
    return tuple(hits)


def _rows_meant(network: Network, table: str, row: str) -> tuple[str, ...]:
    """List what a scenario closes; nothing if it names what is not there, which ``check`` reports."""
    try:
        return select(network, table, row)
    except UsageError:
        return ()
