"""Read an address of the map of routes: which route it shows, under which conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from cacorridor.errors import UsageError
from cacorridor.network.schema import LEVELS
from cacorridor.routing.corridors import Comparison
from cacorridor.views.explorer.conditions import Condition, solve_all
from cacorridor.views.explorer.payload import draw_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route


def read_address(network: Network, routes: Sequence[Route], address: str) -> Route:
    """Find the route that an address shows; the page reads it alike (explorer.main.js)."""
    slug, _, conditions = address.rpartition("#")[2].partition("&")
    (drawn,) = draw_list(network, [Comparison("", list(routes))])
    by_slug = {each.slug: each.route for each in drawn}
    route = by_slug.get(slug or drawn[0].slug)
    if route is None:
        allowed = ", ".join(f"#{each}" for each in by_slug)
        raise UsageError(f"the map shows no route at {address!r}; allowed: {allowed}")

    # the route as it was compared, or asked again as the page has asked it
    ((shown,),) = solve_all(network, [route], [_condition_of(conditions)])
    if shown is None:
        raise UsageError(f"there is no route at {address!r} under these conditions")
    return shown


def _condition_of(text: str) -> Condition:
    """Read year, level and month; what is named wrongly stands as compared."""
    told = {name: words[-1] for name, words in parse_qs(text).items()}
    numbers = {name: int(told[name]) for name in ("year", "month") if told.get(name, "").isdecimal()}
    level = told.get("level")
    return Condition(level if level in LEVELS else None, **numbers)
