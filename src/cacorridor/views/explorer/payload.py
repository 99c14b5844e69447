"""Turn a network and routes into the one JSON block that the explorer script reads."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

from cacorridor.errors import UsageError
from cacorridor.views import text
from cacorridor.views.explorer import geometry
from cacorridor.views.explorer.conditions import (
    NO_OPTIONS,
    FrugalSearch,
    MapOptions,
    describe_service,
    explain_absence,
    list_conditions,
    status_letters,
)
from cacorridor.views.explorer.naming import label_all
from cacorridor.views.explorer.records import (
    RouteRecords,
    compared_rows,
    key_figure_rows,
    measured_rows,
    place_ids,
)
from cacorridor.views.labels import leg_measure_columns
from cacorridor.views.tables import rows_of
from cacorridor.views.words import names
from cacorridor.views.words.catalogue import catalogue
from cacorridor.views.words.phrases import as_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.corridors import Comparison
    from cacorridor.routing.routes import Route
    from cacorridor.views.explorer.conditions import Condition
    from cacorridor.views.labels import Labels
    from cacorridor.views.words.phrases import Part


class MapRoute(NamedTuple):
    """A route on the map: the name it is shown by, its address, the comparison it stands in."""

    route: Route
    label: Part
    slug: str
    group: int


def draw_list(network: Network, comparisons: Iterable[Comparison]) -> list[list[MapRoute]]:
    """List the routes of each comparison with a name and an address of their own."""
    # addresses differ over the whole page, labels within their comparison
    taken: set[str] = set()
    groups: list[list[MapRoute]] = []
    for number, comparison in enumerate(comparisons):
        named = zip(comparison.routes, label_all(network, comparison.routes), strict=True)
        groups.append([MapRoute(route, name, text.slug(str(name), taken), number) for route, name in named])
    return groups


def payload(
    labels: Labels, drawn: Sequence[MapRoute], options: MapOptions = NO_OPTIONS, *, charts: bool = False
) -> dict[str, Any]:
    """Collect what the map shows: states, modes, links, places, routes under every condition.

    Parameters
    ----------
    labels
        The words for the network.
    drawn
        The routes of the map.
    options
        What a reader may switch.
    charts
        Whether the page has diagrams, which are drawn for every condition.

    Returns
    -------
    dict
        What becomes JSON for the script.

    Raises
    ------
    UsageError
        If a route was found in another network.

    """
    # every route under every condition that a reader may switch to: the page itself asks nothing
    network, routes = labels.network, [each.route for each in drawn]
    links_of(network, routes)  # refuses routes of another network before anything is searched
    conditions = list_conditions(network, routes, options)
    solved = _solve_routes(network, routes, conditions)
    met = [*routes, *(each.route for each in itertools.chain.from_iterable(zip(*solved, strict=True)))]
    everything = [route for route in dict.fromkeys(met) if route is not None]

    # links and places are numbered once; records name them by number
    links = links_of(network, everything)
    places_met = itertools.chain.from_iterable(map(place_ids, everything))
    places = list(dict.fromkeys(places_met))
    years = options.stops(network, routes)
    measures = routes[0].measures  # the same for all routes of a network
    records = RouteRecords(labels, [link["id"] for link in links], places, measures)
    described = [_describe_route(each, answers, records) for each, answers in zip(drawn, solved, strict=True)]

    # the tables of the records are read last: describing the routes has filled them
    return {
        "words": catalogue(),
        "units": text.FIGURES,
        "states": geometry.draw_states(network, near=_near(everything)),
        "modes": _mode_styles(network),
        "links": list(_describe_links(network, links, years, places)),
        "places": list(_describe_places(network, places)),
        "routes": described,
        "years": [None, *years],
        "level": _shared_level(routes),
        "levels": [None, *options.others(routes)],
        "conditions": [list(condition) for condition in conditions],
        "rows": compared_rows(measures),
        "figures": key_figure_rows(measures),
        "measured": measured_rows(measures),
        "columns": leg_measure_columns(),
        "today": network.as_of[:4],
        "facts": records.facts.items,
        "texts": records.texts.items,
        "templates": records.templates.items,
        "ways": records.ways.items,
        "legs": records.legs.items,
        "sources": _cited(labels, records.sources.items),
        "answers": records.answers.items,
        "courses": records.courses() if charts else {},
    }


def _cited(labels: Labels, keys: Sequence[str]) -> list[list[str]]:
    """Tell of each source its id, what it is called and where it can be read."""
    addresses = dict(rows_of(labels.network.columns("sources"), "id", "address"))
    return [[key, labels.sources.get(key, key), addresses.get(key) or ""] for key in keys]


class Solved(NamedTuple):
    """A route under one condition and the best way of its ends, if there are any."""

    condition: Condition
    route: Route | None
    best: Route | None


def _solve_routes(
    network: Network, routes: Sequence[Route], conditions: Sequence[Condition]
) -> list[list[Solved]]:
    """Find each route, and the best way of its ends, under each condition; a list a route."""
    # the best ways first: they ban nothing, so that many a route with a ban follows from them
    answers = FrugalSearch(network, conditions)
    best = [answers.best_beside(route) for route in routes]
    found = [answers.of_route(route) for route in routes]
    return [
        [Solved(each, own[each], free[each]) for each in conditions]
        for own, free in zip(found, best, strict=True)
    ]


def _shared_level(routes: Iterable[Route]) -> str:
    """Name the service level that all routes were asked under; nothing if they differ."""
    levels = {route.query.level for route in routes}
    return levels.pop() if len(levels) == 1 else ""


def _near(routes: Iterable[Route]) -> set[str]:
    """List the states that the routes meet: these are drawn in full detail when the map comes near."""
    return {state for route in routes for state in (*route.states, *route.touches)}


def _describe_route(drawn: MapRoute, answers: Sequence[Solved], records: RouteRecords) -> dict[str, Any]:
    """Describe a route to the script: its address, and an answer and a service for each condition."""
    route, network = drawn.route, records.labels.network
    numbers = []
    # the best way under the same condition decides what is bypassed, and stands in for a missing route
    for condition, solved, best in answers:
        if solved is None:
            numbers.append(records.add_no_route(explain_absence(network, route, condition, best)))
        else:
            numbers.append(records.add_route(solved, best))
    return {
        "slug": drawn.slug,
        "name": as_data(drawn.label),
        "ends": [route.query.origin, route.query.destination],
        "own": str(route.query.year or ""),
        "group": drawn.group,
        "answers": numbers,
        "services": [
            records.texts.add(records.numbered(describe_service(route, solved.condition)))
            for solved in answers
        ],
    }


def links_of(network: Network, routes: Iterable[Route]) -> list[dict[str, Any]]:
    """List the links of the routes, once each, as rows of ``Network.link_columns``.

    Raises
    ------
    UsageError
        If a route has a link that the network lacks.

    """
    # in the order in which the routes use them: the first is numbered 0 on the page
    links_used = itertools.chain.from_iterable(route.links for route in routes)
    keys = list(dict.fromkeys(links_used))
    columns = network.link_columns
    number = {key: row for row, key in enumerate(columns["id"])}
    lacking = sorted(set(keys) - number.keys())
    if lacking:
        raise UsageError(
            f"the network has no link {lacking[0]!r}: the route was found in another network, "
            "which it knows as its own (route.network)"
        )
    return [{name: cells[number[key]] for name, cells in columns.items()} for key in keys]


# ---------------------------------------------------------------- things


def _mode_styles(network: Network) -> dict[str, dict[str, str]]:
    columns = ("label", "colour", "dash")
    rows = rows_of(network.columns("modes"), "id", *columns)
    return {mode: dict(zip(columns, map(str, style), strict=True)) for mode, *style in rows}


def _describe_links(
    network: Network, links: Sequence[dict[str, Any]], years: Sequence[int], places: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Describe the links: how they are drawn, and what a reader is told of them."""
    numbers = {place: number for number, place in enumerate(places)}
    letters, line_of = status_letters(network, links, years), geometry.lines_by_link(network)
    for link in links:
        # a link without a year is older than the tables know
        opening = text.year_cell(link["opened"])
        yield {
            "mode": link["mode"],
            "status": letters[link["id"]],
            "ends": [numbers[link["from"]], numbers[link["to"]]],
            "km": text.number(link["length_km"]),
            **({"opened": opening} if opening else {}),
            "lines": geometry.lines(line_of[link["id"]]),
        }


def _describe_places(network: Network, places: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Describe the places: names, kind, state, and where they are."""
    row_of = {place["id"]: place for place in network.rows("places")}
    for key in places:
        row = row_of[key]
        # a language without a name for the place has no entry: the script falls back on English
        name = names.place(network, key)
        others = zip(names.LANGUAGES, (name.ru, name.zh), strict=True)
        yield {
            "id": key,
            "name": name.en,
            "kind": row["kind"],
            "state": row["state"],
            "at": geometry.position(row["lat"], row["lon"]),
            **{language: other for language, other in others if other},
        }
