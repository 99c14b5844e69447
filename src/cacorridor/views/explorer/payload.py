"""Turn a network and routes into the one JSON block that the explorer script reads."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from cacorridor.errors import UsageError
from cacorridor.views import sentences, text
from cacorridor.views.explorer import geometry as outlines
from cacorridor.views.explorer.conditions import (
    NO_OPTIONS,
    MapOptions,
    describe_service,
    explain_absence,
    list_conditions,
    solve_all,
    status_letters,
)
from cacorridor.views.explorer.records import RouteRecords, compared_rows, key_figure_rows, place_ids
from cacorridor.views.labels import leg_file_headings
from cacorridor.views.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.corridors import Comparison
    from cacorridor.routing.routes import Route
    from cacorridor.views.explorer.conditions import Condition
    from cacorridor.views.labels import Labels

UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "&<>\u2028\u2029"}
LANGUAGES = {"name_ru": "ru", "name_zh": "zh"}


class MapRoute(NamedTuple):
    """A route on the map, with the routes it is compared with (itself too) and its address."""

    route: Route
    rivals: Sequence[Route]
    slug: str
    group: int


def draw_list(comparisons: Iterable[Comparison]) -> list[list[MapRoute]]:
    """List the routes of each comparison with their rivals and an address of their own."""
    taken: set[str] = set()
    return [
        [MapRoute(route, routes, text.slug(route.name, taken), group) for route in routes]
        for group, routes in enumerate(comparison.routes for comparison in comparisons)
    ]


def block(data: dict[str, Any]) -> str:
    """Write the data of the map as a JSON element that no text in it can leave."""
    content = json.dumps(data, separators=(",", ":"), allow_nan=False).translate(UNSAFE)
    return f'<script type="application/json" id="cac-data">{content}</script>'


def payload(labels: Labels, drawn: Sequence[MapRoute], options: MapOptions = NO_OPTIONS) -> dict[str, Any]:
    """Collect what the map shows: states, modes, links, places, routes under every condition.

    Parameters
    ----------
    labels
        The words for the network.
    drawn
        The routes of the map.
    options
        What a reader may switch.

    Returns
    -------
    dict
        What becomes JSON for the script.

    Raises
    ------
    UsageError
        If a route was found in another network.

    """
    network, routes = labels.network, [item.route for item in drawn]
    links_of(network, routes)  # refuses routes of another network before anything is searched
    conditions = list_conditions(network, routes, options)
    solved = solve_all(network, routes, conditions)
    everything = [route for route in dict.fromkeys(itertools.chain(routes, *solved)) if route is not None]
    # links and places are numbered once; records name them by number
    links = links_of(network, everything)
    places = list(dict.fromkeys(itertools.chain.from_iterable(map(place_ids, everything))))
    years = options.stops(network, routes)
    measures = routes[0].measures  # the same for all routes of a network
    records = RouteRecords(labels, list(links.index), places, measures)
    answers = [
        _route(labels, item, _answers(drawn, number, conditions, solved), records)
        for number, item in enumerate(drawn)
    ]
    return {
        "states": outlines.states(network),
        "modes": _modes(network),
        "links": list(_links(labels, links, status_letters(network, links, years), places)),
        "places": list(_places(network, places)),
        "routes": answers,
        "years": [None, *years],
        "levels": [None, *options.others(routes)],
        "conditions": [list(condition) for condition in conditions],
        "rows": compared_rows(measures),
        "figures": key_figure_rows(measures),
        "amounts": leg_file_headings(),
        "facts": records.facts.items,
        "texts": records.texts.items,
        "ways": records.ways.items,
        "answers": records.answers.items,
    }


class Answer(NamedTuple):
    """A route under one condition, if there is one, and its rivals."""

    condition: Condition
    route: Route | None
    rivals: list[Route]


def _answers(
    drawn: Sequence[MapRoute],
    number: int,
    conditions: Sequence[Condition],
    solved: Sequence[Sequence[Route | None]],
) -> list[Answer]:
    """Gather the answers of one route, each with those of its rivals under the same condition."""
    company = [position for position, item in enumerate(drawn) if item.group == drawn[number].group]
    answers = []
    for condition, row in zip(conditions, solved, strict=True):
        rivals = [row[position] for position in company]
        answers.append(Answer(condition, row[number], [route for route in rivals if route is not None]))
    return answers


def _route(labels: Labels, drawn: MapRoute, row: Sequence[Answer], records: RouteRecords) -> dict[str, Any]:
    """Describe a route to the script: its address, and an answer and a service for each condition."""
    return {
        "slug": drawn.slug,
        "name": drawn.route.name,
        "own": str(drawn.route.query.year or "today"),
        "group": drawn.group,
        "answers": [
            records.add_no_route(explain_absence(labels.network, drawn.route, answer.condition))
            if answer.route is None
            else records.add_route(answer.route, answer.rivals)
            for answer in row
        ],
        "services": [records.texts.add(describe_service(drawn.route, answer.condition)) for answer in row],
    }


def links_of(network: Network, routes: Iterable[Route]) -> pd.DataFrame:
    """Select the links of the routes, once each.

    Raises
    ------
    UsageError
        If a route has a link that the network lacks.

    """
    keys = list(dict.fromkeys(itertools.chain.from_iterable(route.links for route in routes)))
    lacking = sorted(set(keys) - set(network.links.index))
    if lacking:
        raise UsageError(f"the network has no link {lacking[0]!r}: the route was found in another network")
    return cast("pd.DataFrame", network.links.loc[keys])


# ---------------------------------------------------------------- things


def _modes(network: Network) -> dict[str, dict[str, str]]:
    names = ("label", "colour", "dash")
    rows = rows_of(network.tables["modes"], "id", *names)
    return {mode: dict(zip(names, map(str, style), strict=True)) for mode, *style in rows}


def _links(
    labels: Labels, links: pd.DataFrame, letters: dict[str, str], places: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Describe the links: how they are drawn, and what a reader is told of them."""
    numbers = {place: number for number, place in enumerate(places)}
    columns = ("id", "mode", "from", "to", "status", "opened", "length_km", "geometry")
    for key, mode, start, end, status, opened, length_km, geometry in rows_of(links, *columns):
        facts = [labels.modes[mode], text.kilometres(length_km)]
        if status != "operational":
            opening = sentences.describe_opening(list(filter(None, [text.year(opened)])), joint=",")
            facts.append(text.STATUS_WORDS[status] + opening)
        yield {
            "mode": mode,
            "status": letters[key],
            "name": sentences.describe_link(labels.network, start, end),
            "ends": sorted((numbers[start], numbers[end])),
            "facts": ", ".join(facts),
            "lines": outlines.lines(geometry),
        }


def _places(network: Network, places: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Describe the places: names, kind, state, and where they are."""
    frame = network.places.loc[list(places)]
    for name, kind, state, geometry, *others in rows_of(
        frame, "name", "kind", "state", "geometry", *LANGUAGES
    ):
        names = zip(LANGUAGES.values(), others, strict=True)
        yield {
            "name": name,
            "kind": kind,
            "about": f"{text.humanize(kind).capitalize()}, {network.state_name(state)}",
            "at": outlines.point(geometry),
            **{language: other for language, other in names if other},
        }
