"""A route: how far, how long, through which states, by which legs, on which figures."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cacorridor.costs.measures import MEASURES, TIME, columns
from cacorridor.costs.ranges import HIGH, LOW
from cacorridor.errors import UsageError
from cacorridor.network.model import SEA
from cacorridor.routing import doors
from cacorridor.routing.graph.held_table import TableField
from cacorridor.routing.graph.steps import BORDER, NO_LINK, RUN
from cacorridor.routing.sums.amounts import DollarsAndGrams
from cacorridor.routing.sums.evidence import evidence_columns, shares_by_evidence
from cacorridor.routing.telling.bypassed import BesideBest
from cacorridor.routing.telling.showing import Shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import numpy as np
    import pandas as pd

    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network
    from cacorridor.routing.graph.steps import StepTable
    from cacorridor.routing.query import Query
    from cacorridor.vectors import Column


@dataclass(frozen=True, eq=False)
class Route(Shown, BesideBest, DollarsAndGrams):
    """The steps of a path; ``steps`` has one row a step, ``legs`` one row a leg.

    Parameters
    ----------
    name
        What tables and charts call it; the two ends by default.
    origin, destination
        Names of the ends.
    query
        The question that it answers.
    place_name
        Names of the places on the way, by id.
    network
        The network in which it was found, with the towns at its ends.
    table
        Its steps as columns, with what their hours, dollars and grams rest on.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> route.states
    ('CHN', 'KGZ', 'UZB')
    >>> route.time_low_h < route.time_h < route.time_high_h
    True
    >>> set(route.legs["mode"])
    {'road'}

    """

    name: str
    origin: str
    destination: str
    query: Query
    place_name: dict[str, str] = field(repr=False)  # of the places on the way
    network: Network = field(repr=False)  # in which it was found, with the towns at its ends
    table: TableField = TableField()  # noqa: RUF009  # a descriptor, shared by design

    @classmethod
    def from_steps(cls, network: Network, query: Query, table: StepTable, name: str = "") -> Route:
        """Build a route from its steps, with the names of places."""
        origin, destination = network.place_name(query.origin), network.place_name(query.destination)
        # names of the places on the way only: a route is small enough to be sent elsewhere
        places, name_of = table.names.places, network.place_name
        met = dict.fromkeys(places[code] for code in (*table.tail.tolist(), *table.head.tolist()))
        names = {place: name_of(place) for place in met}
        return cls(name or f"{origin} - {destination}", origin, destination, query, names, network, table)

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
        return self.range_of(TIME)[0]

    @property
    def time_high_h(self) -> float:
        """90th percentile of the transit time, hours."""
        return self.range_of(TIME)[1]

    def range_of(self, measure: Measure) -> tuple[float, float]:
        """Compute the 10th and 90th percentile of a measure; not a number where the data lack a figure."""
        if measure.name not in self._ranges:
            ((low, high),) = self.table.bounds(measure, (LOW, HIGH), [range(len(self.table))])
            self._ranges[measure.name] = low, high
        return self._ranges[measure.name]

    @cached_property
    def _ranges(self) -> dict[str, tuple[float, float]]:
        return {}

    def ranges_h(self, parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Compute the 10th and 90th percentile of the hours of parts of the route.

        ``parts`` marks the steps of each part, shape (parts, steps).
        """
        low, high = self.quantiles_h((LOW, HIGH), parts)
        return low, high

    def quantiles_h(self, shares: Sequence[float], parts: np.ndarray | None = None) -> np.ndarray:
        """Compute quantiles of the hours of the route, or of parts of it, shape (shares, parts)."""
        import numpy as np

        whole = np.ones((1, len(self.table)), dtype=bool)
        return self.table.quantiles(TIME, shares, whole if parts is None else parts)

    def chance_within(self, hours: float) -> float:
        """Compute the share of journeys that take at most so many hours, 0 to 1: what ranges are read off."""
        return self.table.share_within(TIME, hours)

    def totals(self) -> dict[str, float]:
        """Sum each measure, by its column, with percentiles; what is not known is not a number."""
        by_column: dict[str, float] = {}
        for measure in MEASURES.values():
            bounds = self.range_of(measure) if measure.ranged else ()
            total = float(measure.amount(self.table).sum())
            names = columns(measure)
            by_column |= dict(zip(names, (total, *bounds), strict=True))
        return by_column

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
        # by the first and the last state: a journey within one state has no transit
        ends = {self.states[0], self.states[-1], SEA}
        return tuple(state for state in dict.fromkeys(self._states_of_steps) if state not in ends)

    @property
    def crossings(self) -> tuple[str, ...]:
        """Border links in order of travel."""
        return self._links(self.table.is_kind(BORDER))

    @property
    def links(self) -> tuple[str, ...]:
        """Links in order of travel."""
        return self._links(self.table.link > NO_LINK)

    @property
    def modes(self) -> tuple[str, ...]:
        """Modes in order of travel."""
        # a transfer is of no mode of travel; two runs by one mode with a border between are one
        table = self.table
        codes = table.mode[table.is_kind(RUN)].tolist()
        return tuple(table.names.modes[code] for code, _ in itertools.groupby(codes))

    @cached_property
    def _states_of_steps(self) -> tuple[str, ...]:
        table = self.table
        return tuple(map(table.names.states.__getitem__, table.state.tolist()))

    def _links(self, marked: Column) -> tuple[str, ...]:
        table = self.table
        return tuple(map(table.names.links.__getitem__, dict.fromkeys(table.link[marked].tolist())))

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

        Columns with ``low`` and ``high`` are the 10th and 90th percentile of the leg's own figures.
        """
        return self._legs.copy(deep=False)

    def itinerary(self) -> pd.DataFrame:
        """List the legs: the name of ``legs`` in 0.1, kept through 0.2."""
        return self.legs

    @cached_property
    def _legs(self) -> pd.DataFrame:
        from cacorridor.routing.sums.legs import build_legs

        return build_legs(self)

    def columns(self, table: str, names: Collection[str] | None = None) -> dict[str, Any]:
        """Return ``steps``, ``legs`` or ``evidence`` as columns of plain values, without a frame.

        Columns that are not among the names are left out; percentiles take longer than all the rest.
        """
        from cacorridor.routing.sums.legs import leg_columns

        if table == "evidence":
            return evidence_columns(self.table)
        if table == "legs":
            return leg_columns(self, names)
        return self.table.columns(self.place_name, names)

    def evidence(self) -> pd.DataFrame:
        """List the figures that the hours rest on, the largest first; of a tie the one met first.

        ``value`` and ``unit`` are its own, ``time_h`` the hours that rest on it. A run takes ``length_km /
        value * 24 / duty_h_per_day * multiplier``, a stand ``value * multiplier`` (docs/method.md).
        """
        import pandas as pd

        return pd.DataFrame(evidence_columns(self.table)).astype({"year": "Int64"})

    def evidence_shares(self) -> dict[str, float]:
        """Share of the hours that rests on sourced, derived, averaged and assumed figures."""
        return shares_by_evidence(self.table)

    # ------------------------------------------------------------ as a value

    def __eq__(self, other: object) -> bool:
        """Compare by content: name, question and steps; where the two were found does not count."""
        if not isinstance(other, Route):
            return NotImplemented
        if self is other:
            return True
        return self.name == other.name and self.query == other.query and self.table.same_as(other.table)

    def __hash__(self) -> int:
        """Agree with equality."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.name, self.query, self.links))

    def __repr__(self) -> str:
        """Describe the route in one line."""
        touched = f", touches {' '.join(self.touches)}" if self.touches else ""
        return (
            f"<Route {self.name}: {self.length_km:.0f} km, {self.time_h:.0f} h "
            f"({self.time_low_h:.0f}-{self.time_high_h:.0f}), {' '.join(self.states)}{touched}>"
        )


def list_routes(routes: Route | Iterable[Route]) -> list[Route]:
    """List routes: one alone or several.

    Raises
    ------
    UsageError
        If something else than routes is given.

    """
    given = [routes] if isinstance(routes, Route) else list(doors.several(routes, "routes", "routes"))
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
