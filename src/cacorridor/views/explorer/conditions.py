"""Ask every route again under other years, service levels and months, so that the page need not compute."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from cacorridor.costs.measures import MEASURES
from cacorridor.errors import UsageError
from cacorridor.network.schema import LEVELS
from cacorridor.routing.finding import route_of_query
from cacorridor.routing.telling.bypassed import best_way
from cacorridor.views import sentences, text
from cacorridor.views.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route
    from cacorridor.views.words.phrases import Phrase

FIRST_YEAR = 2024  # of the switch; the surveys that the hours rest on are not older in the main


class Condition(NamedTuple):
    """Conditions of a route; None keeps what they were."""

    level: str | None = None
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class MapOptions:
    """What a reader may switch: years (None: those in which a link opens), service levels, months.

    Years and levels are combined. Months are asked of the routes as compared only, because every
    combination needs a graph of its own (about 0.1 s).
    """

    years: Sequence[int] | None = None
    levels: Sequence[str] = tuple(LEVELS)
    months: Sequence[int] = ()

    def validate(self) -> None:
        """Refuse levels and months that do not exist.

        Raises
        ------
        UsageError
            Naming the first of them and what is allowed.
        """
        for level in self.levels:
            if level not in LEVELS:
                raise UsageError(f"level {level!r}; allowed: {', '.join(LEVELS)}")
        for month in self.months:
            if month not in range(1, 13):
                raise UsageError(f"month {month}; allowed: 1 to 12")

    def stops(self, network: Network, routes: Sequence[Route]) -> list[int]:
        """List the years of the switch."""
        if self.years is None:
            return opening_years(network, routes)
        return sorted(set(self.years))

    def others(self, routes: Sequence[Route]) -> list[str]:
        """List the service levels besides the one that all routes share."""
        shared = {route.query.level for route in routes}
        return [level for level in self.levels if {level} != shared]


NO_OPTIONS = MapOptions(years=(), levels=())


def opening_years(network: Network, routes: Iterable[Route]) -> list[int]:
    """List the first year, those in which a link opens or is gone, and those the routes were asked under."""
    queried = (route.query.year for route in routes if route.query.year is not None)
    later = (year for year in queried if year >= FIRST_YEAR)
    return sorted({FIRST_YEAR, *service_years(network), *later})


def service_years(network: Network) -> list[int]:
    """List the years from the first on in which a link opens or is gone, the nearest first."""
    links = network.columns("links")
    opened = {year for year in links["opened"] if year is not None}
    # a link is gone from the year after its last year of service on
    gone = {year + 1 for year in links["closed"] if year is not None}
    return sorted(year for year in opened | gone if year >= FIRST_YEAR)


def list_conditions(network: Network, routes: Sequence[Route], options: MapOptions) -> list[Condition]:
    """List the conditions that are asked; the first is the routes as compared."""
    years = [None, *options.stops(network, routes)]
    levels = [None, *options.others(routes)]
    return [
        *(Condition(level, year) for level in levels for year in years),
        *(Condition(month=month) for month in sorted(set(options.months))),
    ]


def solve_all(
    network: Network, routes: Sequence[Route], conditions: Sequence[Condition]
) -> list[list[Route | None]]:
    """Find each route under each condition, a list a condition; equal results are one and the same object.

    Parameters
    ----------
    network
        What exists.
    routes
        The routes as compared.
    conditions
        What each of them is asked under.

    Returns
    -------
    list of lists
        For each condition the routes in their order, None where there is no way.

    """
    answers = FrugalSearch(network, conditions)
    columns = [answers.of_route(route) for route in routes]
    return [[column[condition] for column in columns] for condition in conditions]


class FrugalSearch:
    """Asks routes, and the best ways between their ends, under conditions; searches as little as it can.

    What is best where more is allowed is best where less is, if it is allowed there: an answer of another
    year, or of the same question without a ban, may be that of this one. And where more leads nowhere,
    less does not.
    """

    def __init__(self, network: Network, conditions: Sequence[Condition]) -> None:
        self._network = network
        # the latest year first: most links are open then, so that its answer is that of most earlier years
        self._conditions = sorted(conditions, key=lambda condition: -(condition.year or 0))
        self._kept: dict[Query, Route | None] = {}
        self._alike: dict[Query, list[Query]] = {}  # by what no year and no ban changes
        self._months = _months_alike(network)
        self._open: dict[int | None, frozenset[str]] = {}

    def of_route(self, route: Route) -> dict[Condition, Route | None]:
        """Find a route under each condition; as compared it is itself, whatever is best."""
        found: dict[Condition, Route | None] = {}
        same = {_identity(route): route}
        for condition in self._conditions:
            answer = route if condition == Condition() else self._answer(route, condition)
            found[condition] = None if answer is None else same.setdefault(_identity(answer), answer)
        return found

    def best_beside(self, route: Route) -> dict[Condition, Route | None]:
        """Find the best way between the ends of a route under each condition."""
        best = best_way(self._network, route.query)
        if best is None:  # no way today; it may be there in a year to come
            return {each: best_way(self._network, asked_under(route, each)) for each in self._conditions}
        return self.of_route(best)

    def _answer(self, route: Route, condition: Condition) -> Route | None:
        """Answer the question of a route under a condition: as before, as a related one, or by a search."""
        # months with the same closures are one month to a route
        alike = condition._replace(month=self._months.get(condition.month, condition.month))
        asked = asked_under(route, alike)
        if asked not in self._kept:
            related = self._alike.setdefault(_without_year_and_ban(asked), [])
            known = next((query for query in related if self._holds_for(query, asked)), None)
            reached = route_of_query(self._network, asked) if known is None else self._kept[known]
            self._kept[asked] = reached
            related.append(asked)
        reached = self._kept[asked]
        return None if reached is None else replace(reached, name=route.name, query=asked)

    def _holds_for(self, known: Query, asked: Query) -> bool:
        """Decide whether the answer to a question that allows more is the answer to one that allows less."""
        now = self._open_in(asked.year)
        if not (known.avoid <= asked.avoid and now <= self._open_in(known.year)):
            return False
        answer = self._kept[known]
        if answer is None:
            return True
        entered = {*answer.states, *answer.touches}
        return now.issuperset(answer.links) and asked.avoid.isdisjoint(entered - known.avoid)

    def _open_in(self, year: int | None) -> frozenset[str]:
        if year not in self._open:
            self._open[year] = self._network.links_open_in(year)
        return self._open[year]


def _without_year_and_ban(query: Query) -> Query:
    """Leave out of a question what its answer under another year or ban may be compared over."""
    # places and states to pass are searched in layers, where ways of equal length are not told by one rule
    is_plain = not (query.via or query.through)
    return replace(query, year=None, avoid=frozenset() if is_plain else query.avoid)


def _identity(route: Route) -> Hashable:
    """Identify a route by the names and figures behind its steps; codes differ between supernetworks."""
    # two supernetworks number their places and components each in its own way: names are compared
    table = route.table
    decoded = (
        (table.names.places, table.tail),
        (table.names.places, table.head),
        (table.names.modes, table.mode),
        (table.components.rows, table.component),
    )
    parts = (tuple(map(names.__getitem__, codes.tolist())) for names, codes in decoded)
    amounts = (measure.amount(table).tobytes() for measure in MEASURES.values())
    return (route.links, table.kind.tobytes(), *parts, *amounts)


def _months_alike(network: Network) -> dict[int | None, int]:
    """Map each month to the first one with the same closures."""
    closures = list(rows_of(network.columns("closures"), "id", "months"))
    first: dict[tuple[str, ...], int] = {}
    return {month: first.setdefault(_closures_in(closures, month), month) for month in range(1, 13)}


def _closures_in(closures: Iterable[tuple[str, Sequence[str]]], month: int) -> tuple[str, ...]:
    return tuple(key for key, months in closures if str(month) in months)


# ---------------------------------------------------------------- what is said of a condition


def describe_service(route: Route, condition: Condition) -> Phrase:
    """Say which service level, year and month an answer speaks of."""
    level, year, month = condition
    query = route.query
    return text.service(level or query.level, year or query.year, month or query.month)


def asked_under(route: Route, condition: Condition) -> Query:
    """Put the question of a route under a condition."""
    changes: dict[str, Any] = {
        name: setting for name, setting in condition._asdict().items() if setting is not None
    }
    return replace(route.query, **changes)


def explain_absence(
    network: Network, route: Route, condition: Condition, best: Route | None = None
) -> list[Phrase]:
    """Say why a route found before is not there under other conditions, and which way is the best then."""
    # links of the route that are not there in that year, if any, are the reason
    year = condition.year or route.query.year
    open_then, row_of = network.links_open_in(year), {link["id"]: link for link in network.rows("links")}
    unopened = [row_of[link] for link in route.links if link not in open_then]
    named = [sentences.describe_link(network, link["from"], link["to"]) for link in unopened]
    opened = sorted({text.year_cell(link["opened"]) for link in unopened} - {""})
    waiting = sentences.Waiting(named, opened)
    return sentences.describe_absence(network, year, condition.month, waiting, best)


def status_letters(
    network: Network, links: Sequence[Mapping[str, Any]], years: Sequence[int]
) -> dict[str, str]:
    """Write for each link its status today and in each year: open, construction, planned or x for gone."""
    # a letter a year, today first; that of a link that is not open stays the same in all years
    open_in = [network.links_open_in(year) for year in (None, *years)]
    letters = {"construction": "c", "planned": "p"}
    return {
        link["id"]: "".join(
            "o" if link["id"] in opened else letters.get(link["status"], "x") for opened in open_in
        )
        for link in links
    }
