"""Find the best route of a question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cacorridor.errors import NoRouteError
from cacorridor.routing.diagnosis import describe_query, diagnose
from cacorridor.routing.doors import words
from cacorridor.routing.ends.access import join_places
from cacorridor.routing.ends.notes import access_notes, id_notes
from cacorridor.routing.ends.terminals import steps_counted
from cacorridor.routing.graph.search import best_path, supernetwork_for
from cacorridor.routing.query import build_query
from cacorridor.routing.routes import Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.costs.loads import LoadName
    from cacorridor.costs.measures import Criterion
    from cacorridor.network.columns import Clock, Level
    from cacorridor.network.model import Network
    from cacorridor.network.scenarios.scenarios import ScenarioLike
    from cacorridor.routing.query import Query


def find_route(  # noqa: PLR0913  # the conditions of a question are independent of each other
    network: Network,
    origin: str,
    destination: str,
    *,
    via: str | Sequence[str] = (),
    through: str | Sequence[str] = (),
    avoid: str | Sequence[str] | None = (),
    modes: str | Sequence[str] | None = None,
    level: Level = "express",
    year: int | None = None,
    month: int | None = None,
    survey_year: int | None = None,
    criterion: Criterion = "time",
    load: LoadName = "feu",
    value_of_time: float | str | None = None,
    corridor: str | None = None,
    count: Clock = "departure",
    allow_touch: bool = False,
    scenario: ScenarioLike | Sequence[ScenarioLike] | None = None,
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
        Places or towns to pass, in order; one word stands for a list of one, here and below.
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
        What is best: time (hours), length (km), cost (US dollars of 2025), emissions (CO2 equivalent, from
        well to wheel), or generalised: dollars, and hours at ``value_of_time``.
    load
        What cost and emissions are for: feu (a 40-foot container with 20 t), truck20t, or t (one tonne of
        a container).
    value_of_time
        US dollars an hour of the load, or a word for its goods, whose value the data know.
    corridor
        Pin the route to the places of a named corridor, in either direction, from where the journey meets it.
    count
        What the clock counts: departure to arrival; or terminal, from one terminal to the other, with the
        handling and the wait there. The way is the same.
    allow_touch
        Let a train run through an avoided state unstopped.
    scenario
        Ask under this scenario, or under several together: names, or ``Scenario`` objects.
    name
        Name of the route; by default its ends, or the corridor's name.

    Returns
    -------
    Route
        With ``steps`` and ``legs`` (tables), ``length_km``, ``time_h``, ``cost_usd``, ``co2e_kg``
        and their ranges, ``states``.

    Raises
    ------
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.
    UsageError
        If the conditions contradict each other or use an unknown word, or the data cannot serve the
        criterion on some link.
    NoRouteError
        With what blocks the way.

    Examples
    --------
    >>> import cacorridor as cc
    >>> route = cc.find_route(cc.load_network(), "Kashgar", "Osh", modes=["road"])
    >>> route.states
    ('CHN', 'KGZ')

    """
    # scenarios first, then towns: an edit is checked on the tables as they are
    if scenario is not None:
        from cacorridor.network.scenarios.scenarios import network_under

        network = network_under(network, scenario)
    named = origin, destination, *words(via, "via")
    network, (origin, destination, *between) = join_places(network, named)
    query = build_query(
        network,
        origin,
        destination,
        corridor=corridor,
        count=count,
        via=between,
        through=through,
        avoid=avoid,
        modes=modes,
        level=level,
        year=year,
        month=month,
        survey_year=survey_year,
        criterion=criterion,
        load=load,
        value_of_time=value_of_time,
        allow_touch=allow_touch,
    )
    route = route_of_query(network, query, name or (network.corridors[corridor].name if corridor else ""))
    # only a question without an answer pays for its diagnosis, which takes many searches
    if route is None:
        raise NoRouteError(describe_query(network, query), diagnose(network, query))
    # which roads to a town were taken is known only now
    access = access_notes(network, (query.origin, query.destination, *query.via), route)
    notes = *access, *id_notes(network, named), *query.notes
    return route if notes == query.notes else replace(route, query=replace(query, notes=notes))


def route_of_query(network: Network, query: Query, name: str = "", *, doubling: bool = False) -> Route | None:
    """Find the route of a query, or None: a diagnosis (see ``find_route``) takes longer than the search."""
    path = best_path(network, query, doubling=doubling)
    if path is None:
        return None
    # from arcs to steps, which is all that a route keeps of the graph
    supernetwork = supernetwork_for(network, query)
    steps = supernetwork.steps.take(supernetwork.steps_of(path))
    return Route.from_steps(network, query, steps_counted(network, query, steps), name)


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
    given = {name: condition for name, condition in changes.items() if condition is not None}
    query = replace(route.query, **given)
    return route_of_query(network, query, route.name)
