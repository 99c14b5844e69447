"""Rules of time: from which year until which a link is in service, and in which months it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.network.checks.faults import fault_of, marked, repeated, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.errors import Fault
    from cacorridor.network.model import Network


def years_of_links_agree(network: Network) -> Iterator[Fault]:
    """Require years in order, and a year for what is not open."""
    links = network.columns("links")
    # a year that is not known is in no wrong order
    cells = list(rows_of(links, "status", "opened", "closed"))
    wrong = (opened is not None and closed is not None and closed < opened for _, opened, closed in cells)
    for row in marked(links, wrong):
        yield fault_of(network, "links", row, "closed", "a year not before opened")
    for row in marked(links, (status != "operational" and opened is None for status, opened, _ in cells)):
        yield fault_of(network, "links", row, "opened", "the expected year of a link that is not open")


def links_in_service_have_opened(network: Network) -> Iterator[Fault]:
    """Require of a link in service today that it opened by then: this year's network would not have it."""
    # a network of a later year is an edited one, and has what opened by that year
    if not network.as_of or network.edited:
        return
    links, today = network.columns("links"), int(network.as_of[:4])
    cells = rows_of(links, "status", "opened")
    for row in marked(links, (status == "operational" and (opened or 0) > today for status, opened in cells)):
        yield fault_of(network, "links", row, "opened", f"a year up to {today} of a link in service today")


def closures_do_not_overlap(network: Network) -> Iterator[Fault]:
    """Require that a link has at most one closure in a month."""
    closures = network.columns("closures")
    cells = list(rows_of(closures, "id", "link", "months"))
    # a month of a link that comes again, wherever it stands
    by_month = [(key, (link, month)) for key, link, months in cells for month in months]
    again = repeated(named for _, named in by_month)
    twice = {key for (key, _), comes_again in zip(by_month, again, strict=True) if comes_again}
    for row in marked(closures, map(twice.__contains__, closures["id"])):
        yield fault_of(network, "closures", row, "months", "months that no other closure of the link names")
