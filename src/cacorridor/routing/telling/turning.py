"""Whether turning back on the way would be better: a route never passes a place twice, as lorries may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cacorridor.routing.routes import Route


@dataclass(frozen=True)
class Turning:
    """A way over the same places of ``via`` that passes some place twice, and is better for it.

    Parameters
    ----------
    way
        The better way.
    less
        How much better it is, in the unit of what was asked for.

    """

    way: Route
    less: float


def turning_of(route: Route) -> Turning | None:
    """Tell what a route over given places would take if it might turn back there.

    ``via`` at the end of a side road sends a route far round: a way to Hamburg and back by the same road is
    none, and one over Shanghai is. Nobody should take the one for the other.

    Parameters
    ----------
    route
        The answer to a question.

    Returns
    -------
    Turning or None
        None where the question names no places to pass, and where turning back gains nothing.

    """
    from cacorridor.routing.finding import route_of_query

    network, query = route.network, route.query
    if not query.via:
        return None
    way = route_of_query(network, query, route.name, doubling=True)
    if way is None or way.links == route.links:
        return None
    amount = query.measure.amount
    less = float(amount(route.table).sum() - amount(way.table).sum())
    return Turning(way, less) if less > 0 else None
