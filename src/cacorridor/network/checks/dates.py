"""Rules of time: from which year until which a link is in service, and in which months it is closed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cacorridor.network.checks.faults import fault_of, marked, repeated, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.errors import Fault
    from cacorridor.network.model import Network


def years_of_links_agree(network: Network) -> Iterator[Fault]:
    """Require years in order, a year for what is not open, and none to come for what is."""
    links = network.columns("links")
    # a year that is not known is in no wrong order
    cells = list(rows_of(links, "status", "opened", "closed"))
    wrong = (opened is not None and closed is not None and closed < opened for _, opened, closed in cells)
    for row in marked(links, wrong):
        yield fault_of(network, "links", row, "closed", "a year not before opened")
    for row in marked(links, (status != "operational" and opened is None for status, opened, _ in cells)):
        yield fault_of(network, "links", row, "opened", "the expected year of a link that is not open")
    # in service today, but not in the network of this year: a network of a later year is edited so
    today = int(network.as_of[:4]) if network.as_of and not network.edited else math.inf
    for row in marked(
        links, (status == "operational" and (opened or 0) > today for status, opened, _ in cells)
    ):
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
