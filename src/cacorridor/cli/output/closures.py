"""What an answer on a screen says of closures: those that would cut the way, those that changed it lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.routing.routes import Route


def closures_in_words(route: Route) -> Iterator[str]:
    """Tell which scenarios would close a part of a route, and which link, shut lately, would better it.

    Parameters
    ----------
    route
        The route.

    Yields
    ------
    str
        A line each.

    """
    from cacorridor.routing.telling.closers import closing_scenarios, links_shut_lately
    from cacorridor.views.text import amount

    if closers := closing_scenarios(route):
        yield f"see --scenario {' or '.join(closers)}: closes a part of this way"
    measure = route.query.measure  # hours, or whatever was asked for
    for shut in links_shut_lately(route):
        told = f"{shut.note or 'no reason noted'} ({shut.source_id or 'no source'})"
        least = amount(measure, float(measure.amount(shut.before.table).sum()))
        before = f"the best way of {shut.since} ran over it, {least}"
        yield f"not in service, {' - '.join(shut.ends)}: {told}; {before}"
