"""Turn a network and routes into the one JSON block that the explorer script reads."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from cacorridor.errors import UsageError
from cacorridor.network.model import records
from cacorridor.views import text as words
from cacorridor.views.explorer import conditions as variants
from cacorridor.views.explorer import geometry as outlines
from cacorridor.views.explorer.conditions import NO_SWITCHES, Switches
from cacorridor.views.explorer.records import Answers, place_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.corridors import Comparison
    from cacorridor.routing.routes import Route
    from cacorridor.views.explorer.conditions import Condition

UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "&<>\u2028\u2029"}
LANGUAGES = {"name_ru": "ru", "name_zh": "zh"}


class Drawn(NamedTuple):
    """A route on the map, with the routes it is compared with (itself too) and its address."""

    route: Route
    rivals: Sequence[Route]
    slug: str
    group: int


def draw_list(comparisons: Iterable[Comparison]) -> list[list[Drawn]]:
    """List the routes of each comparison with their rivals and an address of their own."""
    taken: set[str] = set()
    return [
        [Drawn(route, routes, words.slug(route.name, taken), group) for route in routes]
        for group, routes in enumerate(comparison.routes for comparison in comparisons)
    ]


def block(data: dict[str, Any]) -> str:
    """Write the data of the map as a JSON element that no text in it can leave."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return f'<script type="application/json" id="cac-data">{text.translate(UNSAFE)}</script>'


def payload(network: Network, drawn: Sequence[Drawn], switches: Switches = NO_SWITCHES) -> dict[str, Any]:
    """Collect what the map shows: states, modes, links, places, routes and what is asked of them."""
    routes = [item.route for item in drawn]
    links_of(network, routes)
    asked = variants.conditions(network, routes, switches)
    found = variants.ask_all(network, routes, asked)
    everything = [route for route in dict.fromkeys(itertools.chain(routes, *found)) if route is not None]
    links = links_of(network, everything)
    places = list(dict.fromkeys(itertools.chain.from_iterable(map(place_ids, everything))))
    years: list[int] = switches.stops(network, routes)
    letters = variants.status_letters(network, links, years)
    answers = Answers(network, list(links.index), places)
    told = [
        _route(network, item, _row(drawn, number, asked, found), answers) for number, item in enumerate(drawn)
    ]
    return {
        "states": outlines.states(network),
        "modes": _modes(network),
        "links": [_link(network, row, letters[row["id"]], places) for row in records(links)],
        "places": [_place(network, row) for row in records(network.places.loc[places])],
        "routes": told,
        "years": [None, *years],
        "levels": [None, *switches.others(routes)],
        "conditions": [list(condition) for condition in asked],
        "rows": list(words.COMPARED),
        "facts": answers.facts.items,
        "texts": answers.texts.items,
        "ways": answers.ways.items,
        "answers": answers.told.items,
    }


class Answer(NamedTuple):
    """What a route says under one condition, and what its rivals say."""

    condition: Condition
    route: Route | None
    rivals: list[Route]


def _row(
    drawn: Sequence[Drawn], number: int, asked: Sequence[Condition], found: Sequence[Sequence[Route | None]]
) -> list[Answer]:
    """Gather the answers of one route, each with those of its rivals under the same condition."""
    group = drawn[number].group
    return [
        Answer(
            condition,
            row[number],
            [
                route
                for item, route in zip(drawn, row, strict=True)
                if item.group == group and route is not None
            ],
        )
        for condition, row in zip(asked, found, strict=True)
    ]


def _route(network: Network, drawn: Drawn, row: Sequence[Answer], answers: Answers) -> dict[str, Any]:
    """Tell the map a route: its address, and an answer and a service for each condition."""
    return {
        "slug": drawn.slug,
        "name": drawn.route.name,
        "own": str(drawn.route.query.year or "today"),
        "group": drawn.group,
        "answers": [
            answers.no(variants.why_not(network, drawn.route, answer.condition))
            if answer.route is None
            else answers.yes(answer.route, answer.rivals)
            for answer in row
        ],
        "services": [answers.texts.add(variants.service(drawn.route, answer.condition)) for answer in row],
    }


def links_of(network: Network, routes: Iterable[Route]) -> pd.DataFrame:
    """Select the links of the routes, once each."""
    wanted = list(dict.fromkeys(itertools.chain.from_iterable(route.links for route in routes)))
    lacking = sorted(set(wanted) - set(network.links.index))
    if lacking:
        raise UsageError(f"the network has no link {lacking[0]!r}: the route was found in another network")
    return cast("pd.DataFrame", network.links.loc[wanted])


# ---------------------------------------------------------------- things


def _modes(network: Network) -> dict[str, dict[str, str]]:
    rows = network.table("modes").to_dict("index")
    return {
        str(mode): {key: str(row[key]) for key in ("label", "colour", "dash")} for mode, row in rows.items()
    }


def _link(network: Network, row: dict[str, Any], letters: str, places: list[str]) -> dict[str, Any]:
    ends = f"{network.place_name(row['from'])} \u2013 {network.place_name(row['to'])}"
    label = str(network.table("modes")["label"][row["mode"]])
    facts = [label, words.kilometres(row["length_km"])]
    if row["status"] != "operational":
        facts.append(words.STATUS_WORDS[row["status"]] + _opening(row["opened"]))
    return {
        "mode": row["mode"],
        "status": letters,
        "name": ends,
        "ends": sorted(places.index(row[end]) for end in ("from", "to")),
        "facts": ", ".join(facts),
        "lines": outlines.lines(row["geometry"]),
    }


def _opening(year: Any) -> str:
    return f", expected {words.year(year)}" if words.year(year) else ""


def _place(network: Network, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "kind": row["kind"],
        "about": f"{words.plain(row['kind']).capitalize()}, {network.state_name(row['state'])}",
        "at": outlines.point(row["geometry"]),
        **{language: row[column] for column, language in LANGUAGES.items() if row[column]},
    }


def source_line(network: Network, source_id: str) -> str:
    """Name a source on one line: title, publisher, year; nothing if there is none."""
    sources = {row["id"]: row for row in network.rows("sources")}
    return words.source_line(sources.get(source_id))
