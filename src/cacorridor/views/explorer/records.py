"""Write what routes answer as compact records: texts, standing times, ways and answers, each kept once."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

from cacorridor.network.model import SEA, records
from cacorridor.routing.comparison import bypassed_states, compare_routes
from cacorridor.views import text as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

BYPASSES = words.COMPARED.index("Bypasses")
STOPS = ("border", "transfer", "board")
END, BORDER, TRANSFER = 1, 2, 4  # what a stop is, one bit each; the script reads the same


class Pool:
    """Items that are told by number, each kept once."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self._numbers: dict[str, int] = {}

    def add(self, item: Any) -> int:
        """Keep an item and return its number."""
        number = self._numbers.setdefault(json.dumps(item), len(self.items))
        if number == len(self.items):
            self.items.append(item)
        return number


def place_ids(route: Route) -> list[str]:
    """List the places of a route in order of travel."""
    pairs = zip(route.steps["from_id"], route.steps["to_id"], strict=True)
    return list(dict.fromkeys(itertools.chain.from_iterable(pairs)))


class Answers:
    """The answers of all routes under all conditions; ``add`` them, then read the pools."""

    def __init__(self, network: Network, links: Sequence[str], places: Sequence[str]) -> None:
        self.network = network
        self.link_number = {link: number for number, link in enumerate(links)}
        self.place_number = {place: number for number, place in enumerate(places)}
        self.texts, self.facts, self.ways, self.told = Pool(), Pool(), Pool(), Pool()
        self._kept: dict[tuple[Route, tuple[Route, ...]], int] = {}
        self._alone: dict[Route, dict[str, Any]] = {}
        self._causes = {row["id"]: row["cause"] for row in network.rows("crossings")}
        self._sources = {row["id"]: row for row in network.rows("sources")}

    def no(self, why: str) -> int:
        """Record that there is no route, and why."""
        return self.told.add({"why": why})

    def yes(self, route: Route, rivals: Sequence[Route]) -> int:
        """Record what a route tells among its rivals."""
        company = route, tuple(rivals)
        if company not in self._kept:
            self._kept[company] = self.told.add(self._among(route, rivals))
        return self._kept[company]

    def _among(self, route: Route, rivals: Sequence[Route]) -> dict[str, Any]:
        """Add to what a route tells alone what it bypasses."""
        if route not in self._alone:
            self._alone[route] = self._answer(route)
        answer = self._alone[route]
        bypassed = bypassed_states(route, rivals)
        row = [*answer["row"]]
        row[BYPASSES] = self.texts.add(words.state_names(self.network, bypassed))
        told = words.bypassing(self.network, bypassed, rivals)
        return {
            **answer,
            "row": row,
            "bypassed": bypassed,
            "told": " ".join(filter(None, [answer["told"][0], told, answer["told"][1]])),
        }

    def _answer(self, route: Route) -> dict[str, Any]:
        stretches = records(route.legs)
        stops = self._standing(route)
        return {
            "way": self.ways.add(self._way(route, stretches, stops)),
            "told": (words.crossing(self.network, route), words.figures(route)),
            "row": [self.texts.add(text) for text in self._row(route)],
            "legs": [[*hours(row), self.texts.add(manner(self.network, row))] for row in stretches],
            "facts": [[self.facts.add(self._fact(leg)) for leg in legs] for legs in stops.values()],
        }

    def _row(self, route: Route) -> list[str]:
        """Write the row of a comparison, in the order of ``words.COMPARED``; alone it bypasses nothing."""
        row = records(compare_routes([route]))[0]
        return [
            *(text for pair in figures(route) for text in pair if text),
            words.state_names(self.network, row["states"].split()),
            words.state_names(self.network, row["touches"].split()),
            "",
            *(str(row[key]) for key in ("transfers", "gauge_breaks")),
            words.share(row["assumed_share"]),
        ]

    def _way(
        self, route: Route, stretches: list[dict[str, Any]], stops: dict[str, list[dict[str, Any]]]
    ) -> dict[str, Any]:
        """Tell where a route runs: links, states, stops, and the ends and length of its stretches."""
        number = {name: self.place_number[key] for key, name in _names(route).items()}
        ends = {route.query.origin, route.query.destination}
        return {
            "links": [self.link_number[link] for link in route.links],
            "crossed": route.states,
            "touched": route.touches,
            "stops": [
                [self.place_number[place], _bits(legs, place in ends)] for place, legs in stops.items()
            ],
            "legs": [[number[row["from"]], number[row["to"]], length(row)] for row in stretches],
        }

    def _standing(self, route: Route) -> dict[str, list[dict[str, Any]]]:
        """List the places of a route in order, with the steps at which it stands there."""
        here: dict[str, list[dict[str, Any]]] = {place: [] for place in place_ids(route)}
        for leg in records(route.steps):
            if leg["kind"] in STOPS:
                here[leg["from_id"]].append(leg)
        return here

    def _fact(self, leg: dict[str, Any]) -> list[Any]:
        """Put one standing time into words: what, why, hours, range, and where the figure comes from."""
        what = {
            "border": f"Border, {leg['what']} ({self.network.state_name(leg['state'])})",
            "transfer": f"Transfer: {words.plain(leg['what'])}",
            "board": words.plain(leg["what"]).capitalize(),
        }[leg["kind"]]
        cause = self._causes.get(leg["factor"].partition("/")[2], "") if leg["kind"] == "border" else ""
        span = words.hour_range(leg["time_low_h"], leg["time_high_h"])
        return [
            what,
            words.causes(cause),
            words.hours(leg["time_h"]),
            span,
            self.texts.add(self._basis(leg)),
        ]

    def _basis(self, leg: dict[str, Any]) -> str:
        """Name the kind of figure, its year and its source."""
        year = words.year(leg["year"])
        kind = f"{words.plain(leg['basis'])}{f' figure of {year}' if year else ''}"
        return f"{kind}: {words.source_line(self._sources.get(leg['source_id'])) or leg['note']}"


def _names(route: Route) -> dict[str, str]:
    legs = route.steps
    starts = zip(legs["from_id"], legs["from"], strict=True)
    return {**dict(starts), **dict(zip(legs["to_id"], legs["to"], strict=True))}


def _bits(legs: list[dict[str, Any]], is_end: bool) -> int:  # noqa: FBT001  # read only here
    kinds = {leg["kind"] for leg in legs}
    return END * is_end + BORDER * ("border" in kinds) + TRANSFER * ("transfer" in kinds)


# ---------------------------------------------------------------- words shared by page and script


def figures(route: Route, service: str = "") -> list[tuple[str, str]]:
    """Write the three figures that a reader looks for first, each with a note; of the first, the service."""
    span = words.hour_range(route.time_low_h, route.time_high_h)
    crossed = len(route.states)
    return [
        (words.kilometres(route.length_km), service),
        (words.hours(route.time_h), f"{span}; {words.days(route.time_h)}"),
        (str(len(route.crossings)), f"{crossed} {'state' if crossed == 1 else 'states'} crossed"),
    ]


def length(row: dict[str, Any]) -> str:
    """Write the length of a stretch; a transfer has none."""
    return words.number(row["length_km"]) if row["length_km"] else "\u2013"


def hours(row: dict[str, Any]) -> tuple[str, str]:
    """Write the hours of a stretch and their range; the unit stands in the head of the table."""
    span = words.hour_range(row["time_low_h"], row["time_high_h"])
    return words.number(row["time_h"]), span.removesuffix(" h")


def manner(network: Network, row: dict[str, Any]) -> str:
    """Say how a stretch is passed, where, and on which kind of figure its time rests."""
    mode = str(network.table("modes")["label"][row["mode"]])
    kinds = {"border": f"border, {mode}", "transfer": f"transfer to {mode}", "run": mode, "sea": mode}
    states = [network.state_name(state) for state in str(row["states"]).split() if state != SEA]
    basis = ", ".join(words.plain(basis) for basis in str(row["basis"]).split(", "))
    return " \u00b7 ".join(
        part for part in (kinds[row["kind"]], ", ".join(states), f"{basis} figures") if part
    )
