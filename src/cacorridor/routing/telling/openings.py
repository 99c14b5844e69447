"""What an answer for a year counts as open that is not in service today: expected by then, or shut since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cacorridor.routing.routes import Route


@dataclass(frozen=True)
class CountedOpen:
    """A link on the way of a year that is not in service today.

    Parameters
    ----------
    link, ends
        Its id, and the names of the places that it joins.
    status
        State of the works: construction, planned; operational of a link in service then and no more.
    opened
        The year of opening, the expected one where it is not open yet; None if it is not known.
    closed
        Its last year of service; None where it has none.
    source_id
        Source of its row.

    """

    link: str
    ends: tuple[str, str]
    status: str
    opened: int | None
    closed: int | None
    source_id: str | None


def links_counted_open(route: Route) -> tuple[CountedOpen, ...]:
    """List the links of a route that its year counts as open, though they are not in service today.

    Parameters
    ----------
    route
        The route; one asked of today has none.

    Returns
    -------
    tuple of CountedOpen
        In the order of travel.

    """
    network = route.network
    if route.query.year is None:
        return ()
    today = network.links_open_in(None)
    counted = set(route.links) - today
    rows = {row["id"]: row for row in network.rows("links") if row["id"] in counted}
    return tuple(
        CountedOpen(
            link,
            (network.place_name(rows[link]["from"]), network.place_name(rows[link]["to"])),
            rows[link]["status"],
            rows[link]["opened"],
            rows[link]["closed"],
            rows[link]["source_id"] or None,
        )
        for link in route.links
        if link in rows
    )
