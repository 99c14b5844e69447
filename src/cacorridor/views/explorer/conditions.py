"""Ask every route again under other years, service levels and months, so that the page need not compute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

from cacorridor.errors import UsageError
from cacorridor.network.schema import LEVELS
from cacorridor.routing.routes import reroute
from cacorridor.views import text as words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

FIRST_YEAR = 2024  # of the switch; the surveys that the hours rest on are not older in the main
LINKS_NAMED = 3  # of those that a route waits for
TOLD_BY = [
    "kind",
    "link",
    "from_id",
    "to_id",
    "mode",
    "length_km",
    "time_h",
    "time_low_h",
    "time_high_h",
    "factor",
]


class Condition(NamedTuple):
    """What a route is asked under; None keeps what it was asked under before."""

    level: str | None = None
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class Switches:
    """What a reader may switch: years (None: those in which a link opens), service levels, months.

    Years and levels are combined. Months are asked of the routes as compared only, because every
    combination needs a graph of its own (about 0.1 s).
    """

    years: Sequence[int] | None = None
    levels: Sequence[str] = tuple(LEVELS)
    months: Sequence[int] = ()

    def require_sense(self) -> None:
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


NO_SWITCHES = Switches(years=(), levels=())


def opening_years(network: Network, routes: Iterable[Route]) -> list[int]:
    """List the years from 2024 in which a link opens or is gone, and those the routes were asked under."""
    links = network.table("links")
    opened = links["opened"].dropna().astype(int)
    gone = links["closed"].dropna().astype(int) + 1
    asked = (route.query.year for route in routes if route.query.year is not None)
    found = {FIRST_YEAR, *opened, *gone, *asked}
    return sorted(int(year) for year in found if year >= FIRST_YEAR)


def conditions(network: Network, routes: Sequence[Route], switches: Switches) -> list[Condition]:
    """List the conditions that are asked; the first is the routes as compared."""
    years = [None, *switches.stops(network, routes)]
    levels = [None, *switches.others(routes)]
    return [
        *(Condition(level, year) for level in levels for year in years),
        *(Condition(month=month) for month in sorted(set(switches.months))),
    ]


def ask_all(
    network: Network, routes: Sequence[Route], asked: Sequence[Condition]
) -> list[list[Route | None]]:
    """Find each route under each condition, a list a condition; equal results are one and the same object."""
    interview = _Interview(network)
    answers: dict[Condition, list[Route | None]] = {}
    for condition in sorted(asked, key=lambda condition: -(condition.year or 0)):  # the latest year first
        answers[condition] = [interview.ask(number, route, condition) for number, route in enumerate(routes)]
    return [answers[condition] for condition in asked]


class _Interview:
    """Asks routes again, and remembers what they answered."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._same: dict[Hashable, Route] = {}
        self._answers: dict[tuple[int, Condition], Route | None] = {}
        self._later: dict[tuple[int, str | None], tuple[int, Route | None]] = {}
        self._months = _months_alike(network)
        self._open: dict[int, frozenset[str]] = {}

    def ask(self, number: int, route: Route, condition: Condition) -> Route | None:
        """Answer from memory, from the answer of a later year, or by a search."""
        alike = condition._replace(month=self._months.get(condition.month, condition.month))
        key = number, alike
        if key not in self._answers:
            self._answers[key] = self._keep(number, self._find(number, route, alike))
        return self._answers[key]

    def _keep(self, number: int, route: Route | None) -> Route | None:
        return None if route is None else self._same.setdefault((number, _told(route)), route)

    def _find(self, number: int, route: Route, condition: Condition) -> Route | None:
        if condition == Condition():
            return route
        level, year, month = condition
        if year is None:
            return reroute(self.network, route, level=level, month=month)
        later = self._later.get((number, level))
        if later is not None and self._still_holds(*later, year):
            found = later[1]
        else:
            found = reroute(self.network, route, level=level, year=year)
        self._later[number, level] = year, found
        return found

    def _still_holds(self, later_year: int, later: Route | None, year: int) -> bool:
        """Tell whether the answer of a later year is that of a year before.

        What is best among more links is best among fewer, if its own links are there; and where more
        links lead nowhere, fewer do not.
        """
        now = self._open_in(year)
        return now <= self._open_in(later_year) and (later is None or now.issuperset(later.links))

    def _open_in(self, year: int) -> frozenset[str]:
        if year not in self._open:
            self._open[year] = frozenset(self.network.open_links(year).index)
        return self._open[year]


def _told(route: Route) -> Hashable:
    """Identify a route by what it tells of itself."""
    return tuple(map(tuple, route.steps[TOLD_BY].to_numpy().tolist()))


def _months_alike(network: Network) -> dict[int | None, int]:
    """Map each month to the first one with the same closures."""
    rows = network.rows("closures")
    first: dict[tuple[str, ...], int] = {}
    return {
        month: first.setdefault(tuple(row["id"] for row in rows if str(month) in row["months"]), month)
        for month in range(1, 13)
    }


# ---------------------------------------------------------------- words


def service(route: Route, condition: Condition) -> str:
    """Say which service level, year and month an answer speaks of."""
    level = condition.level or route.query.level
    year = condition.year or route.query.year
    month = condition.month or route.query.month
    parts = [f"{level} service", f"network of {year}" if year else "today"]
    return ", ".join([*parts, words.MONTHS[month - 1]] if month else parts)


def why_not(network: Network, route: Route, condition: Condition) -> str:
    """Say why a route found before is not there under other conditions."""
    year = condition.year or route.query.year
    when = f"in {year}" if year else "today"
    waiting = _waiting_for(network, route, year)
    if not waiting.empty:
        return f"No route {when}. Not open yet: {_links(network, waiting)}{_expected(waiting)}."
    if condition.month:
        return f"No route in {words.MONTHS[condition.month - 1]}: a pass or a line on the way is closed."
    return f"No route {when} under these conditions."


def _waiting_for(network: Network, route: Route, year: int | None) -> pd.DataFrame:
    """Select the links of a route that are not open in a year."""
    links = network.links.loc[list(route.links)]
    return cast("pd.DataFrame", links[~links.index.isin(network.open_links(year).index)])


def _links(network: Network, links: pd.DataFrame) -> str:
    """Name the first few links and count the others."""
    names = [
        f"{network.place_name(start)} \u2013 {network.place_name(end)}"
        for start, end in zip(links["from"], links["to"], strict=True)
    ]
    rest = len(names) - LINKS_NAMED
    more = [f"{rest} more {'link' if rest == 1 else 'links'}"] if rest > 0 else []
    return " and ".join([", ".join(names[:LINKS_NAMED]), *more])


def _expected(links: pd.DataFrame) -> str:
    """Name the years in which links are expected to open."""
    years = sorted({words.year(year) for year in links["opened"]} - {""})
    return f"; expected {', '.join(years)}" if years else ""


def status_letters(network: Network, links: pd.DataFrame, years: Sequence[int]) -> dict[str, str]:
    """Write for each link its status today and in each year: open, construction, planned or x for gone."""
    open_in = [set(network.open_links(year).index) for year in (None, *years)]
    letters = {"construction": "c", "planned": "p"}
    return {
        str(key): "".join("o" if key in found else letters.get(status, "x") for found in open_in)
        for key, status in links["status"].items()
    }
