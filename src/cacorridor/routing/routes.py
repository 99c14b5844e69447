"""Find a route and tell it as legs."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor.costs.ranges import spread
from cacorridor.errors import NoRouteError
from cacorridor.network.model import SEA
from cacorridor.routing.diagnosis import diagnose, in_words
from cacorridor.routing.query import pose
from cacorridor.routing.search import best_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.search import Query
    from cacorridor.routing.supernetwork import Edge

EVIDENCE = {
    "published": "sourced",
    "survey": "sourced",
    "derived": "derived",
    "state_average": "averaged",
    "assumed": "assumed",
}


@dataclass(frozen=True, eq=False)
class Route:
    """A path told as legs; ``legs`` has one row a step, ``itinerary()`` one row a stretch."""

    name: str
    origin: str
    destination: str
    query: Query
    steps: pd.DataFrame = field(repr=False)

    @property
    def legs(self) -> pd.DataFrame:
        """Steps in order of travel, one a row; a frame of the caller's own."""
        return self.steps.copy(deep=False)  # pandas copies on write

    @property
    def length_km(self) -> float:
        """Length, km."""
        return float(self.legs["length_km"].sum())

    @property
    def time_h(self) -> float:
        """Expected transit time, hours."""
        return float(self.legs["time_h"].sum())

    @cached_property
    def _range_h(self) -> tuple[float, float]:
        return spread(self.steps)

    @property
    def time_low_h(self) -> float:
        """Transit time that one shipment in ten undercuts, hours."""
        return self._range_h[0]

    @property
    def time_high_h(self) -> float:
        """Transit time that one shipment in ten exceeds, hours."""
        return self._range_h[1]

    @cached_property
    def states(self) -> tuple[str, ...]:
        """States in order of travel: the origin's and each one entered at a border post."""
        stops = self.legs[~self.legs["touches"] & (self.legs["state"] != SEA)]
        return tuple(key for key, _ in itertools.groupby(stops["state"]))

    @cached_property
    def touches(self) -> tuple[str, ...]:
        """States run through without a border stop, and not crossed elsewhere."""
        touched = self.legs.loc[self.legs["touches"], "state"]
        return tuple(state for state in touched.unique() if state not in self.states)

    @property
    def crossings(self) -> tuple[str, ...]:
        """Border links in order of travel."""
        borders = self.legs.loc[self.legs["kind"] == "border", "link"]
        return tuple(borders.unique())

    @property
    def modes(self) -> tuple[str, ...]:
        """Modes in order of travel."""
        return tuple(key for key, _ in itertools.groupby(self.legs.loc[self.legs["kind"] == "run", "mode"]))

    @property
    def links(self) -> tuple[str, ...]:
        """Links in order of travel."""
        return tuple(self.legs.loc[self.legs["link"] != "", "link"].unique())

    def itinerary(self) -> pd.DataFrame:
        """Sum the steps to stretches: by one mode, over one border, at one transfer."""
        border_links = set(self.crossings)
        stretch = [
            ("transfer", leg.from_place)
            if leg.kind == "transfer"
            else (("border", leg.link) if leg.link in border_links else ("run", leg.mode))
            for leg in self.legs.rename(columns={"from": "from_place"}).itertuples()
        ]
        number = (pd.Series(stretch, index=self.legs.index) != pd.Series(stretch).shift()).cumsum()
        rows = [
            _stretch(kind, self.legs[number == index])
            for index, (kind, _) in enumerate((key for key, _ in itertools.groupby(stretch)), start=1)
        ]
        return pd.DataFrame(rows)

    def evidence(self) -> pd.DataFrame:
        """List the figures that the hours rest on, the largest first.

        ``value`` and ``unit`` are the figure's own; ``time_h`` are the hours that rest on it and
        ``share`` their share of the route's.
        """
        columns = ["factor", "value", "unit", "basis", "year", "source_id", "note"]
        grouped = self.legs.groupby(columns, dropna=False, sort=False)["time_h"].sum().reset_index()
        grouped["share"] = grouped["time_h"] / self.time_h
        return grouped.sort_values("time_h", ascending=False, ignore_index=True)

    def evidence_shares(self) -> dict[str, float]:
        """Share of the hours that rests on sourced, derived, averaged and assumed figures."""
        hours = self.legs["time_h"].groupby(self.legs["basis"].map(EVIDENCE)).sum()
        return {kind: float(hours.get(kind, 0.0)) / self.time_h for kind in dict.fromkeys(EVIDENCE.values())}

    def __repr__(self) -> str:
        """Tell the route in one line."""
        touched = f", touches {' '.join(self.touches)}" if self.touches else ""
        return (
            f"<Route {self.name}: {self.length_km:.0f} km, {self.time_h:.0f} h "
            f"({self.time_low_h:.0f}-{self.time_high_h:.0f}), {' '.join(self.states)}{touched}>"
        )

    def _repr_html_(self) -> str:
        """Show the itinerary in a notebook; pandas escapes the names."""
        return self.itinerary().round(1).to_html(index=False)


def _stretch(kind: str, legs: pd.DataFrame) -> dict[str, object]:
    """Sum the legs of one stretch."""
    low_h, high_h = spread(legs)
    states = [state for state, _ in itertools.groupby(legs["state"])]
    return {
        "from": legs["from"].iloc[0],
        "to": legs["to"].iloc[-1],
        "kind": "sea" if legs["mode"].iloc[0] == SEA and kind != "transfer" else kind,
        "mode": legs["mode"].iloc[0],
        "states": " ".join(states),
        "length_km": legs["length_km"].sum(),
        "time_h": legs["time_h"].sum(),
        "time_low_h": low_h,
        "time_high_h": high_h,
        "basis": ", ".join(legs.loc[legs["time_h"] > 0, "basis"].unique()),
    }


def find_route(  # noqa: PLR0913  # the conditions of a question are independent of each other
    network: Network,
    origin: str,
    destination: str,
    *,
    via: Sequence[str] = (),
    through: Sequence[str] = (),
    avoid: Sequence[str] = (),
    modes: Sequence[str] | None = None,
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

    ``via`` are places in order; ``through`` and ``avoid`` are ISO 3166-1 alpha-3 codes of states;
    ``modes`` are modes of transport ("rail" means both gauges); ``level`` is express or typical.
    ``year`` asks the network of that year; ``month`` (1 to 12) closes passes and stops ferries as in
    that month; ``survey_year`` prefers border surveys and speeds of that year. ``criterion`` is time
    (hours) or length (km). ``corridor`` pins the route to the places of a named corridor. Avoiding a
    state bans every kilometre of it, also where a train runs through without a stop, unless
    ``allow_touch``.

    Raises
    ------
    UnknownPlaceError
        With the three nearest names.
    UsageError
        If the conditions contradict each other or use an unknown word.
    NoRouteError
        With what blocks the way.

    """
    query = pose(
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
    path = best_path(network, query)
    if path is None:
        raise NoRouteError(in_words(network, query), diagnose(network, query))
    return tell(network, query, path, name or (network.corridors[corridor].name if corridor else ""))


def tell(network: Network, query: Query, path: Sequence[Edge], name: str = "") -> Route:
    """Tell a path as a route, with the names of places."""
    legs = pd.DataFrame([step.as_row() for step in path])
    legs["year"] = legs["year"].astype("Int64")
    for column in ("from", "to"):
        legs[f"{column}_id"] = legs[column]
        legs[column] = legs[column].map(network.place_name)
    origin, destination = network.place_name(query.origin), network.place_name(query.destination)
    return Route(name or f"{origin} - {destination}", origin, destination, query, legs)


def ask_again(
    network: Network,
    route: Route,
    *,
    year: int | None = None,
    level: str | None = None,
    month: int | None = None,
) -> Route | None:
    """Ask the question of a route again under other conditions; None keeps a condition as it was.

    Returns None where there is no way: many conditions are asked in a row, and a diagnosis of each
    (see ``find_route``) would take longer than the search.
    """
    changes: dict[str, Any] = {"year": year, "level": level, "month": month}
    query = replace(route.query, **{key: value for key, value in changes.items() if value is not None})
    path = best_path(network, query)
    return tell(network, query, path, route.name) if path else None
