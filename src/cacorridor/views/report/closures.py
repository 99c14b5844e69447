"""Say what happens if a state closes: hours more, today and later, the ways round, and who holds the keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cacorridor.criticality.leverage import leverage, ocean_route
from cacorridor.errors import NoRouteError
from cacorridor.network.model import SEA
from cacorridor.routing.finding import route_of_query
from cacorridor.routing.telling.bypassed import best_way, unpinned
from cacorridor.views import text
from cacorridor.views.explorer.naming import BEST, without
from cacorridor.views.markup import Html, join, table, table_of, tag
from cacorridor.views.tables import TableColumn, TableView, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route

LEAST_SHARE = 0.01  # of the leverage: states below it are left out


class Closure(NamedTuple):
    """A state of the best way, and the best way left without it, if any is."""

    state: str
    best: Route
    left: Route | None

    @property
    def more_h(self) -> float:
        """Hours that the closure adds; infinite where no way is left."""
        return float("inf") if self.left is None else self.left.time_h - self.best.time_h


def closures(network: Network, query: Query) -> list[Closure]:
    """Close each transit state of the best way between two places in turn, the costliest first."""
    best = best_way(network, query)
    if best is None:
        return []
    closed: list[Closure] = []
    for state in best.transit_states:
        without_it = replace(best.query, avoid=frozenset({state}))
        closed.append(Closure(state, best, route_of_query(network, without_it)))
    return sorted(closed, key=lambda closure: -closure.more_h)


def last_year(routes: Sequence[Route]) -> int | None:
    """Return the last year that routes speak of, if any but today."""
    return max((route.query.year for route in routes if route.query.year), default=None)


def closures_of(network: Network, heading: str, routes: Sequence[Route]) -> Html:
    """Lay out what the closure of each state adds, today and in the last year that the routes speak of."""
    # all routes of a comparison have the same ends; the year differs
    query, later = replace(routes[0].query, year=None), last_year(routes)
    tables = {"today": closures(network, query)}
    if later:
        tables[str(later)] = closures(network, replace(query, year=later))
    dated = [(year, closure) for year, closed in tables.items() for closure in closed]
    if not dated:
        return Html("")

    # bars of both years are on one scale, so that a new line is seen to shorten them
    largest = max(_finite(closure) for _, closure in dated)
    rows = [
        (
            tag("th", network.state_name(closure.state), tag("small", year), scope="row"),
            _bar(closure.more_h, largest),
            _left(network, closure),
        )
        for year, closure in dated
    ]
    head = ("If this state closes", "Hours more than the best way", "The way left")
    shown = table(f"{heading}: what the closure of a state adds", head, rows, class_="cac-closures")
    return join([tag("h3", "If a state closes"), shown, _leverage_fold(network, heading, query, later)])


def _finite(closure: Closure) -> float:
    return 0.0 if closure.left is None else closure.more_h


def _bar(more_h: float, largest: float) -> Html:
    if more_h == float("inf"):
        return tag("td", tag("strong", "cut off"))
    style = f"--share: {text.per_cent(more_h / largest if largest else 0.0, 1)}"
    return tag(
        "td",
        tag("strong", f"+{text.duration(more_h)}"),
        tag("span", class_="cac-bar", style=style, aria_hidden="true"),
    )


def _left(network: Network, closure: Closure) -> str:
    if closure.left is None:
        return "none in this network"
    crossed = text.name_states(network, closure.left.transit_states)
    return f"{text.duration(closure.left.time_h)} through {crossed}"


# ---------------------------------------------------------------- the ways round


def ways_round(network: Network, routes: Sequence[Route]) -> list[Route]:
    """Find the best way between the ends of the first route, and the best without each of its transit states.

    Parameters
    ----------
    network
        What exists.
    routes
        Routes that are shown already; what runs as one of them is left out.

    Returns
    -------
    list[Route]
        Of today, or of the one year that all the routes share.

    """
    # routes of several years share no year but today
    years = {route.query.year for route in routes}
    query = replace(routes[0].query, year=years.pop() if len(years) == 1 else None)
    best = best_way(network, query)
    if best is None:
        return []

    # a way that is on the map already keeps the name it has there
    shown = {route.links for route in routes}
    named = replace(best, name=BEST)
    candidates = [named, *(_without(network, best.query, state) for state in best.transit_states)]
    unseen = {route.links: route for route in candidates if route is not None and route.links not in shown}
    return list(unseen.values())


def _without(network: Network, query: Query, state: str) -> Route | None:
    banned = replace(query, avoid=frozenset({state}))
    return route_of_query(network, banned, str(without(network, banned)))


# ---------------------------------------------------------------- who holds the keys


def _leverage_fold(network: Network, heading: str, query: Query, later: int | None) -> Html:
    """Write the Shapley value of each transit state, with the outside option that it is measured against."""
    ends, level = (query.origin, query.destination), query.level
    try:
        tables = {"today": leverage(network, *ends, level=level)}
        if later:
            tables[str(later)] = leverage(network, *ends, level=level, year=later)
        outside = ocean_route(network, unpinned(query))
    except NoRouteError:  # without an ocean route there is no outside option to measure against
        return Html("")
    if tables["today"].empty:
        return Html("")

    # the outside option in words, since the index means nothing without it
    sailed = outside.legs[outside.legs["mode"] == SEA]
    by_sea = ", then ".join(f"{start} to {end}" for start, end in rows_of(sailed, "from", "to"))
    saving_h = text.fixed(tables["today"]["saving_h"].iloc[0], unit="h")
    note = (
        f"Shapley value of each transit state: its mean part in the {saving_h} that all states together save "
        f"against the outside option, {text.duration(outside.time_h)} over the ocean "
        f"({text.kilometres(outside.length_km)}, by ship {by_sea}). A state counts where it serves some "
        f"coalition, also off the routes above; shares below {text.per_cent(LEAST_SHARE)} are left out. "
        f"An index of the model, not a forecast."
    )
    summary = tag("summary", "Who holds the keys: an index of leverage")
    shares = _shares(f"{heading}: leverage of the transit states", tables)
    return tag("details", summary, tag("p", note, class_="cac-note"), shares)


def _shares(title: str, tables: dict[str, pd.DataFrame]) -> Html:
    """Write the leverage as hours and shares, a pair of columns a year; one that is not listed has none."""
    # a state may count in one year alone: rows are the states of either, cells without a share are 0
    frames = {
        label: frame[frame["leverage_share"] >= LEAST_SHARE].set_index("state")
        for label, frame in tables.items()
    }
    called: dict[str, str] = {}
    for frame in frames.values():
        called |= dict(frame["state_name"])
    columns, rows = [TableColumn("State")], [[name] for name in called.values()]
    for label, frame in frames.items():
        columns += [TableColumn("Hours", label, align="right"), TableColumn("Share", label, align="right")]
        listed = frame[["leverage_h", "leverage_share"]].reindex(list(called), fill_value=0.0)
        for row, (hours, share) in zip(rows, rows_of(listed, "leverage_h", "leverage_share"), strict=True):
            row += [text.number(hours), text.per_cent(share)]
    return table_of(TableView(columns, rows, title), class_="cac-hours")
