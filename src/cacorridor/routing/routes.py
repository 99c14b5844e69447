"""Find a route and say of it how far, how long, through which states, on which figures."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.costs.measures import MEASURES, columns
from cacorridor.costs.ranges import HIGH, LOW, quantiles
from cacorridor.errors import NoRouteError, UsageError
from cacorridor.network.model import SEA
from cacorridor.routing import doors
from cacorridor.routing.access import access_notes, join_ends
from cacorridor.routing.diagnosis import describe_query, diagnose
from cacorridor.routing.query import build_query
from cacorridor.routing.search import best_path, supernetwork_for
from cacorridor.routing.steps import BORDER, RUN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query
    from cacorridor.routing.steps import StepTable

EVIDENCE = {
    "published": "sourced",
    "survey": "sourced",
    "derived": "derived",
    "state_average": "averaged",
    "assumed": "assumed",
}


@dataclass(frozen=True, eq=False)
class Route:
    """The steps of a path; ``steps`` has one row a step, ``legs`` one row a leg."""

    name: str
    origin: str
    destination: str
    query: Query
    table: StepTable = field(repr=False)
    place_name: dict[str, str] = field(repr=False)  # of the places on the way

    @classmethod
    def from_steps(cls, network: Network, query: Query, table: StepTable, name: str = "") -> Route:
        """Build a route from its steps, with the names of places."""
        origin, destination = network.place_name(query.origin), network.place_name(query.destination)
        met = {table.names.places[code] for code in (*table.tail.tolist(), *table.head.tolist())}
        names = {place: network.place_name(place) for place in met}
        return cls(name or f"{origin} - {destination}", origin, destination, query, table, names)

    # ------------------------------------------------------------ totals

    @property
    def length_km(self) -> float:
        """Length, km."""
        return float(self.table.km.sum())

    @property
    def notes(self) -> tuple[str, ...]:
        """How ends and pins were understood where it is not plain: which post, which part of a corridor."""
        return self.query.notes

    @property
    def time_h(self) -> float:
        """Expected transit time, hours."""
        return float(self.table.hours.sum())

    @property
    def time_low_h(self) -> float:
        """10th percentile of the transit time, hours."""
        return self._range_h[0]

    @property
    def time_high_h(self) -> float:
        """90th percentile of the transit time, hours."""
        return self._range_h[1]

    @cached_property
    def _range_h(self) -> tuple[float, float]:
        low, high = self.ranges_h(np.ones((1, len(self.table)), dtype=bool))
        return float(low[0]), float(high[0])

    def ranges_h(self, parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Compute the 10th and 90th percentile of the hours of parts of the route.

        ``parts`` marks the steps of each part, shape (parts, steps).
        """
        low, high = self.quantiles_h((LOW, HIGH), parts)
        return low, high

    def quantiles_h(self, shares: Sequence[float], parts: np.ndarray | None = None) -> np.ndarray:
        """Compute quantiles of the hours of the route, or of parts of it, shape (shares, parts)."""
        marks = np.ones((1, len(self.table)), dtype=bool) if parts is None else parts
        own, number = np.unique(self.table.component, return_inverse=True)
        exposure = np.zeros((len(marks), len(own)))
        for at, hours in zip(number.tolist(), (marks * self.table.hours).T, strict=True):
            exposure[:, at] += hours
        return quantiles(exposure, *self.table.components.loadings(own), shares)

    def totals(self) -> dict[str, float]:
        """Sum each measure over the route, by the name of its column; hours with their percentiles."""
        values: dict[str, float] = {}
        for measure in MEASURES.values():
            bounds = self._range_h if measure.ranged else ()
            total = float(measure.amount(self.table).sum())
            values |= dict(zip(columns(measure), (total, *bounds), strict=True))
        return values

    # ------------------------------------------------------------ where it runs

    @cached_property
    def states(self) -> tuple[str, ...]:
        """States in order of travel: the origin's and each one entered at a border post."""
        stops = zip(self._states_of_steps, self.table.touches.tolist(), strict=True)
        met = (state for state, touches in stops if not touches and state != SEA)
        return tuple(state for state, _ in itertools.groupby(met))

    @cached_property
    def touches(self) -> tuple[str, ...]:
        """States run through without a border stop, and not crossed elsewhere."""
        marks = zip(self._states_of_steps, self.table.touches.tolist(), strict=True)
        touched = dict.fromkeys(state for state, touches in marks if touches)
        return tuple(state for state in touched if state not in self.states)

    @cached_property
    def transit_states(self) -> tuple[str, ...]:
        """States between those of the two ends that are crossed or touched, in order of travel."""
        ends = {self.states[0], self.states[-1], SEA}
        return tuple(state for state in dict.fromkeys(self._states_of_steps) if state not in ends)

    @property
    def crossings(self) -> tuple[str, ...]:
        """Border links in order of travel."""
        return self._links(self.table.is_kind(BORDER))

    @property
    def links(self) -> tuple[str, ...]:
        """Links in order of travel."""
        return self._links(self.table.link >= 0)

    @property
    def modes(self) -> tuple[str, ...]:
        """Modes in order of travel."""
        codes = self.table.mode[self.table.is_kind(RUN)].tolist()
        return tuple(self.table.names.modes[code] for code, _ in itertools.groupby(codes))

    @cached_property
    def _states_of_steps(self) -> tuple[str, ...]:
        return tuple(self.table.names.states[code] for code in self.table.state.tolist())

    def _links(self, marked: np.ndarray) -> tuple[str, ...]:
        codes = self.table.link[marked].tolist()
        return tuple(self.table.names.links[code] for code in dict.fromkeys(codes))

    # ------------------------------------------------------------ tables

    @property
    def steps(self) -> pd.DataFrame:
        """Steps in order of travel, one a row; a frame of the caller's own."""
        return self._frame.copy(deep=False)  # pandas copies on write

    @cached_property
    def _frame(self) -> pd.DataFrame:
        return self.table.frame(self.place_name)

    @property
    def legs(self) -> pd.DataFrame:
        """Legs in order of travel, one a row: by one mode, over one border, at one transfer.

        ``time_low_h`` and ``time_high_h`` are the 10th and 90th percentile of the leg's own hours.
        """
        return self._legs.copy(deep=False)

    def itinerary(self) -> pd.DataFrame:
        """List the legs: the name of ``legs`` in 0.1, kept through 0.2."""
        return self.legs

    @cached_property
    def _legs(self) -> pd.DataFrame:
        from cacorridor.routing.legs import build_legs

        return build_legs(self)

    def evidence(self) -> pd.DataFrame:
        """List the figures that the hours rest on, the largest first.

        ``value`` and ``unit`` are the figure's own; ``time_h`` are the hours that rest on it and
        ``share`` their share of the route's.
        """
        names = ["factor", "value", "unit", "basis", "year", "source_id", "note"]
        grouped = self._frame.groupby(names, dropna=False, sort=False)["time_h"].sum().reset_index()
        grouped["share"] = grouped["time_h"] / self.time_h
        return grouped.sort_values("time_h", ascending=False, ignore_index=True)

    def evidence_shares(self) -> dict[str, float]:
        """Share of the hours that rests on sourced, derived, averaged and assumed figures."""
        shares = dict.fromkeys(EVIDENCE.values(), 0.0)
        rows = self.table.components.rows
        for number, hours in zip(self.table.component.tolist(), self.table.hours.tolist(), strict=True):
            shares[EVIDENCE[rows[number].basis]] += hours / self.time_h
        return shares

    def __repr__(self) -> str:
        """Describe the route in one line."""
        touched = f", touches {' '.join(self.touches)}" if self.touches else ""
        return (
            f"<Route {self.name}: {self.length_km:.0f} km, {self.time_h:.0f} h "
            f"({self.time_low_h:.0f}-{self.time_high_h:.0f}), {' '.join(self.states)}{touched}>"
        )

    def _repr_html_(self) -> str:
        """Show the legs in a notebook; pandas escapes the names."""
        return self.legs.round(1).to_html(index=False)


def find_route(  # noqa: PLR0913  # the conditions of a question are independent of each other
    network: Network,
    origin: str,
    destination: str,
    *,
    via: str | Sequence[str] = (),
    through: str | Sequence[str] = (),
    avoid: str | Sequence[str] | None = (),
    modes: str | Sequence[str] | None = None,
    level: str = "express",
    year: int | None = None,
    month: int | None = None,
    survey_year: int | None = None,
    criterion: str = "time",
    corridor: str | None = None,
    allow_touch: bool = False,
    name: str | None = None,
) -> Route:
    """Find the best route between two places.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by id or by name in English, Russian or Chinese, with its state where several share it
        ("Astara, Iran"); or a border gateway, of which the best route chooses the post; or any town, or
        latitude and longitude ("43.24,76.95"), joined by road as ``notes`` of the route say.
    via
        Places to pass, in order; one word stands for a list of one, here and below.
    through, avoid
        States to cross and states to keep out of, as ISO 3166-1 codes or names. Avoiding a state bans every
        kilometre of it, also where a train runs through without a stop, unless ``allow_touch``.
    modes
        Modes of transport; "rail" means every gauge; all by default.
    level
        Service level: express or typical.
    year
        Ask the network of that year; today's by default.
    month
        1 to 12: close passes and stop ferries as in that month.
    survey_year
        Prefer border surveys and speeds of that year.
    criterion
        What is best: time (hours) or length (km).
    corridor
        Pin the route to the places of a named corridor, in either direction, from where the journey meets it.
    allow_touch
        Let a train run through an avoided state unstopped.
    name
        Name of the route; by default its ends, or the corridor's name.

    Returns
    -------
    Route
        With ``steps`` and ``legs`` (tables), ``length_km``, ``time_h`` and its range, ``states``.

    Raises
    ------
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.
    UsageError
        If the conditions contradict each other or use an unknown word.
    NoRouteError
        With what blocks the way.

    Examples
    --------
    >>> import cacorridor as cc
    >>> route = cc.find_route(cc.load_network(), "Kashgar", "Osh", modes=["road"])
    >>> route.states
    ('CHN', 'KGZ')

    """
    network, origin, destination = join_ends(network, origin, destination)
    query = build_query(
        network,
        origin,
        destination,
        corridor=corridor,
        via=via,
        through=through,
        avoid=avoid,
        modes=modes,
        level=level,
        year=year,
        month=month,
        survey_year=survey_year,
        criterion=criterion,
        allow_touch=allow_touch,
    )
    route = solve(network, query, name or (network.corridors[corridor].name if corridor else ""))
    if route is None:
        raise NoRouteError(describe_query(network, query), diagnose(network, query))
    access = access_notes(network, (query.origin, query.destination), route.links)
    return replace(route, query=replace(query, notes=(*access, *query.notes))) if access else route


def list_routes(routes: Route | Iterable[Route]) -> list[Route]:
    """List routes: one alone or several.

    Raises
    ------
    UsageError
        If something else than routes is given.

    """
    given = [routes] if isinstance(routes, Route) else list(doors.items(routes, "routes", "routes"))
    return [require_route(route) for route in given]


def require_route(route: Route) -> Route:
    """Take one route.

    Raises
    ------
    UsageError
        If it is something else.

    """
    if not isinstance(route, Route):
        raise UsageError(f"a route from find_route is needed, not {type(route).__name__}")
    return route


def solve(network: Network, query: Query, name: str = "") -> Route | None:
    """Find the route of a query, or None: a diagnosis (see ``find_route``) takes longer than the search."""
    path = best_path(network, query)
    if path is None:
        return None
    supernetwork = supernetwork_for(network, query)
    return Route.from_steps(network, query, supernetwork.steps.take(supernetwork.steps_of(path)), name)


def reroute(
    network: Network,
    route: Route,
    *,
    year: int | None = None,
    level: str | None = None,
    month: int | None = None,
) -> Route | None:
    """Ask the question of a route again under other conditions; None keeps a condition as it was.

    Returns None where there is no way.
    """
    changes: dict[str, Any] = {"year": year, "level": level, "month": month}
    query = replace(route.query, **{key: value for key, value in changes.items() if value is not None})
    return solve(network, query, route.name)
