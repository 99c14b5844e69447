"""A table of pairs in one go: one search from each origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

import numpy as np

from cacorridor.errors import UsageError
from cacorridor.network.scenarios.scenarios import network_under
from cacorridor.routing.choice.objectives import ALLOWED, BORDERS, amounts, unit_of
from cacorridor.routing.choice.pinning import PINS as ALL_PINS
from cacorridor.routing.choice.pinning import read_pinned, spell_pins
from cacorridor.routing.doors import choice, words
from cacorridor.routing.ends.access import join_end
from cacorridor.routing.ends.endpoints import resolve_end
from cacorridor.routing.finding import route_of_query
from cacorridor.routing.graph.arcs import build_arcs
from cacorridor.routing.query import build_open_query

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import pandas as pd

    from cacorridor.costs.measures import Criterion
    from cacorridor.network.model import Network
    from cacorridor.routing.choice.pinning import PinOptions
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.ends.endpoints import Endpoint
    from cacorridor.routing.graph.arcs import Arcs


@spell_pins
def matrix(
    network: Network,
    origins: str | Sequence[str],
    destinations: str | Sequence[str] | None = None,
    *,
    measure: Criterion | Literal["borders"] | None = None,
    **conditions: Unpack[PinOptions],
) -> pd.DataFrame:
    """Tabulate one measure of the best route of every pair, origins by destinations.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origins, destinations
        Places, gateways, towns or points, as ``find_route`` takes them; by default the destinations are the
        origins.
    measure
        What is told of each route: time (h), length (km), cost (USD), emissions (kg), generalised (USD) or
        borders. The route is the best by ``criterion``, which is by default the measure itself (time, if that
        is borders); without both it is time.
    via, through, corridor, scenario
        What pins the way, and the scenarios it is asked under, as ``find_route`` takes them; pinned
        pairs are asked one by one.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, criterion, load, value_of_time, allow_touch.

    Returns
    -------
    pd.DataFrame
        A row an origin, a column a destination, by the names given; missing where there is no way, and
        where the data lack a figure of the measure; 0 from a place to itself. ``attrs`` tells the measure,
        its unit, the conditions that are not the usual ones, and the pins.

    Raises
    ------
    UsageError
        If a measure is unknown, no place is named, or a name stands twice.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> import cacorridor as cc
    >>> hours = cc.matrix(cc.load_network(), ["Kashgar", "Urumqi"], ["Osh", "Almaty"], modes=["road"])
    >>> hours.shape
    (2, 2)

    """
    import pandas as pd

    told = ask_matrix(network, origins, destinations, measure=measure, **conditions)
    table = pd.DataFrame(told.rows, index=told.origins, columns=told.destinations)
    table.attrs |= {
        "measure": told.measure,
        "unit": unit_of(told.measure),
        "conditions": told.conditions,
        "pins": told.pins,
    }
    return table


class Tabulated(NamedTuple):
    """A measure of every pair, rows by origin, and under which conditions it holds."""

    origins: list[str]
    destinations: list[str]
    rows: list[list[float]]
    measure: str
    conditions: dict[str, Any]
    pins: dict[str, Any]


def ask_matrix(
    network: Network,
    origins: str | Sequence[str],
    destinations: str | Sequence[str] | None = None,
    *,
    measure: str | None = None,
    **conditions: Unpack[PinOptions],
) -> Tabulated:
    """Answer the question of ``matrix``, without a frame."""
    counted = choice(conditions.get("criterion", "time") if measure is None else measure, "measure", ALLOWED)
    if counted != BORDERS:
        conditions.setdefault("criterion", cast("Criterion", counted))
    # ends of both sides on one network, under the scenario
    scenario = conditions.pop("scenario", None)
    network = network if scenario is None else network_under(network, scenario)
    network, starts = _resolve_ends(network, words(origins, "origins"))
    stops = starts
    if destinations is not None:
        network, stops = _resolve_ends(network, words(destinations, "destinations"))
    if not (starts and stops):
        raise UsageError("a matrix needs one origin and one destination or more")
    # pins belong to one route: every pair is then a question of its own
    pins = {name: pin for name in PINS if (pin := conditions.get(name))}
    rows, given = (_pinned_rows if pins else _open_rows)(network, starts, stops, counted, conditions)
    return Tabulated(list(starts), list(stops), rows, counted, given, pins)


PINS = tuple(name for name in ALL_PINS if name != "scenario")  # what belongs to one route
Ends = dict[str, "Endpoint"]  # by the name that was given
Reached = tuple[float, float]  # what the criterion makes of a route, and what is told of it
NOWHERE: Reached = (np.inf, np.nan)


def _open_rows(
    network: Network, starts: Ends, stops: Ends, counted: str, conditions: PinOptions
) -> tuple[list[list[float]], dict[str, Any]]:
    """Tell the measure of every pair, one search from each origin on one topology; and the conditions."""
    pairs = [(start, stop) for start in _posts(starts) for stop in _posts(stops)]
    free = cast("ConditionOptions", {name: given for name, given in conditions.items() if name not in PINS})
    query = build_open_query(network, *pairs[0], **free)
    arcs = build_arcs(network, query, pairs)
    amount = arcs.per_arc(amounts(query, counted, arcs.supernetwork.steps))
    return [_nearest_amounts(arcs, start, stops, amount) for start in starts.values()], query.given()


def _pinned_rows(
    network: Network, starts: Ends, stops: Ends, counted: str, conditions: PinOptions
) -> tuple[list[list[float]], dict[str, Any]]:
    """Tell the measure of every pair, each route pinned; and the conditions."""
    # a search in layers for each pair; conditions are the same for all
    given: dict[str, Any] = {}
    rows: list[list[float]] = []
    for origin, start in starts.items():
        row = []
        for destination, stop in stops.items():
            if start.places == stop.places:
                row.append(0.0)
                continue
            joined, query = read_pinned(network, origin, destination, conditions)
            route = route_of_query(joined, query)
            row.append(np.nan if route is None else float(amounts(query, counted, route.table).sum()))
            given = query.given()
        rows.append(row)
    return rows, given


def _resolve_ends(network: Network, names: Sequence[str]) -> tuple[Network, Ends]:
    """Find what names mean as ends of journeys; towns and points are joined to the network."""
    ends: Ends = {}
    for name in names:
        access = join_end(network, name)
        network = network if access is None else access.network
        if name in ends:
            raise UsageError(f"{name!r} is named twice")
        ends[name] = resolve_end(network, name if access is None else access.place)
    return network, ends


def _posts(ends: Ends) -> list[str]:
    """List the places at which journeys may begin or end."""
    return list(dict.fromkeys(place for end in ends.values() for place in end.places))


def _nearest_amounts(arcs: Arcs, start: Endpoint, stops: Ends, amount: np.ndarray) -> list[float]:
    """Tell the measure of the best route to every destination; of a gateway the nearer post counts."""
    # several posts at either end: the pair of posts that is best by the criterion
    posts = _posts(stops)
    searches = (_search_all(arcs, place, posts, amount) for place in start.places)
    reached = [dict(zip(posts, reached_posts, strict=True)) for reached_posts in searches]
    amounts_told = []
    for stop in stops.values():
        best = min(each[place] for each in reached for place in stop.places)
        amounts_told.append(best[1])
    return amounts_told


def _search_all(arcs: Arcs, start: str, posts: Sequence[str], amount: np.ndarray) -> list[Reached]:
    """Search from one place to all."""
    answers = arcs.best_of_each(start, posts)
    return [
        (0.0, 0.0)
        if stop == start
        else NOWHERE
        if best is None
        else (best[0], float(amount[list(best[1])].sum()))
        for stop, best in zip(posts, answers, strict=True)
    ]
