"""Write what routes answer as compact records: texts, standing times, ways and answers, each kept once."""

from __future__ import annotations

import itertools
import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.costs.measures import MEASURES
from cacorridor.network.model import SEA
from cacorridor.routing.graph.steps import BOARD as BOARD_STEP
from cacorridor.routing.graph.steps import BORDER as BORDER_STEP
from cacorridor.routing.graph.steps import TRANSFER as TRANSFER_STEP
from cacorridor.routing.telling.bypassed import bypassed_states
from cacorridor.views import sentences, text
from cacorridor.views.charts.course import course_of
from cacorridor.views.labels import Leg, standing_of
from cacorridor.views.words import names
from cacorridor.views.words.phrases import as_data, phrase_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.costs.measures import Measure
    from cacorridor.routing.routes import Route
    from cacorridor.views.labels import Labels, Standing
    from cacorridor.views.words.phrases import Part

END, BORDER, TRANSFER, PORT = 1, 2, 4, 8  # what a stop is, one bit each; the script reads the same
RANGE_ROW = text.IN_MOST_CASES.capitalize()
BYPASSES = "Bypasses"
FIGURE_ROWS = ("Border crossings", "States", "Hours assumed")
OTHER_ROWS = (*FIGURE_ROWS, "Crosses", "Touches", BYPASSES, "Changes of mode or gauge")


def compared_rows(measures: Iterable[Measure]) -> list[str]:
    """Name what the explorer sets side by side: each measure, its range if it has one, and the rest."""
    rows: list[str] = []
    for measure in measures:
        rows += [measure.label, RANGE_ROW] if measure.ranged else [measure.label]
    return [*rows, *OTHER_ROWS]


def key_figure_rows(measures: Iterable[Measure]) -> list[list[int | None]]:
    """List for each key figure the rows of a comparison with its value and its note; None is the service."""
    # the same order as in ``compared_rows``: a measure, then its range if it has one
    numbers = itertools.count()
    rows = [[next(numbers), next(numbers) if measure.ranged else None] for measure in measures]
    borders: list[int | None] = [next(numbers), next(numbers)]
    return [*rows, borders, [next(numbers), None]]


def measured_rows(measures: Iterable[Measure]) -> list[list[Any]]:
    """List the rows of a comparison that have a difference: where they stand, and their unit."""
    rows, numbers = [], itertools.count()
    for measure in measures:
        rows.append([next(numbers), measure.unit])
        if measure.ranged:
            next(numbers)
    return rows


class InternTable:
    """Items that are named by number, each kept once."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self._numbers: dict[str, int] = {}

    def add(self, entry: Any) -> int:
        """Keep an item and return its number."""
        # by its text, since lists and dicts have no hash
        number = self._numbers.setdefault(json.dumps(entry), len(self.items))
        if number == len(self.items):
            self.items.append(entry)
        return number


def number_templates(written: Any, templates: InternTable) -> Any:
    """Replace the templates in what is written for the script by their numbers."""
    if isinstance(written, list):
        return [number_templates(part, templates) for part in written]
    if isinstance(written, dict) and "t" in written:  # a phrase, see ``as_data``
        fields = {key: number_templates(part, templates) for key, part in written.items()}
        return {**fields, "t": templates.add(written["t"])}
    return written


def place_ids(route: Route) -> list[str]:
    """List the places of a route in order of travel."""
    table = route.table
    pairs = zip(table.tail.tolist(), table.head.tolist(), strict=True)
    return [table.names.places[code] for code in dict.fromkeys(itertools.chain.from_iterable(pairs))]


class RouteRecords:
    """The answers of all routes under all conditions; add them, then read the tables."""

    def __init__(
        self, labels: Labels, links: Sequence[str], places: Sequence[str], measures: Sequence[Measure]
    ) -> None:
        # a table for each kind of record: most of them stand in many answers, and each is written once
        self.labels = labels
        self.link_number = {link: number for number, link in enumerate(links)}
        self.place_number = {place: number for number, place in enumerate(places)}
        self.texts, self.facts, self.ways, self.answers, self.templates = (InternTable() for _ in range(5))
        self.legs, self.sources = InternTable(), InternTable()

        # under most conditions most routes are the same: their records are not made again
        self._kept: dict[tuple[Route, Route | None], int] = {}
        self._alone: dict[Route, dict[str, Any]] = {}
        self._bypasses = compared_rows(measures).index(BYPASSES)

    def add_no_route(self, why: Sequence[Part]) -> int:
        """Record that there is no route, and why; return the number of the answer."""
        return self.answers.add({"why": [self._text(part) for part in why]})

    def numbered(self, part: Part) -> Any:
        """Write a part for the script, its templates by number."""
        return number_templates(as_data(part), self.templates)

    def add_route(self, route: Route, best: Route | None) -> int:
        """Record a route beside the best way of its pair; return the number of the answer."""
        if (route, best) not in self._kept:
            self._kept[route, best] = self.answers.add(self._beside(route, best))
        return self._kept[route, best]

    def courses(self) -> dict[int, dict[str, Any]]:
        """Write the course of every route that was recorded, by the number of its answer."""
        # beside another best way a route is another answer, with the same course
        written: dict[Route, dict[str, Any]] = {}
        for route, _ in self._kept:
            if route not in written:
                written[route] = course_of(route, self.place_number)
        return {number: written[route] for (route, _), number in self._kept.items()}

    def _beside(self, route: Route, best: Route | None) -> dict[str, Any]:
        """Add to the record of a route what it bypasses."""
        # all but what is bypassed is the same beside any best way
        if route not in self._alone:
            self._alone[route] = self._record(route)
        record = self._alone[route]
        network = self.labels.network
        # what is bypassed depends on the best way; all else is the route's own
        bypassed = bypassed_states(route, best)
        row = [*record["row"]]
        row[self._bypasses] = self._text(names.states_or_none(network, bypassed))
        parts = [*record["sentence"]]
        parts.insert(1, self._text(sentences.describe_bypassed(network, route, best)))
        return {**record, "row": row, "bypassed": bypassed, "sentence": parts}

    def _record(self, route: Route) -> dict[str, Any]:
        """Record a route by itself."""
        legs, stops = self.labels.legs(route), self._stops(route)
        totals = route.totals()

        # entries are numbered as they are met, so their order here is that of the tables of the page;
        # texts as a reader sees them, and beside them plain numbers for the file that can be downloaded
        return {
            "way": self.ways.add(self._way(route, legs, stops)),
            "sentence": [
                self._text(sentences.describe_crossed(self.labels.network, route)),
                self._text(sentences.describe_amounts(route)),
            ],
            "row": [self._text(cell) for cell in self._row(route)],
            "legs": [[self._manner(leg), *leg.amounts] for leg in legs],
            "raw": [list(map(_rounded, leg.numbers)) for leg in legs],
            "cited": [list(map(self.sources.add, leg.sources)) for leg in legs],
            "totals": [_rounded(totals[measure.column]) for measure in route.measures],
            "stays": _state_totals(route),
            "facts": [self._add_facts(steps) for steps in stops.values()],
        }

    def _add_facts(self, steps: Sequence[Standing]) -> list[int]:
        """Record the standing times of one stop."""
        return [self.facts.add(self._fact(step)) for step in steps]

    def _text(self, part: Part) -> int:
        return self.texts.add(self.numbered(part))

    def _manner(self, leg: Leg) -> int:
        return self._text(sentences.describe_leg(self.labels, leg))

    def _row(self, route: Route) -> list[Part]:
        """Write the row of a comparison, in the order of ``compared_rows``; alone it bypasses nothing."""
        network = self.labels.network
        return [
            *(part for figure in sentences.key_figures(route) for part in figure[1:] if part),
            names.states_or_none(network, route.states),
            names.states_or_none(network, route.touches),
            "",
            str(int(route.table.is_kind(TRANSFER_STEP).sum())),
        ]

    def _way(self, route: Route, legs: Sequence[Leg], stops: dict[str, list[Standing]]) -> dict[str, Any]:
        """Record where a route runs: links, states, stops, and the ends and length of its legs."""
        # legs know their ends by name, the page knows places by number
        number = {route.place_name[key]: self.place_number[key] for key in stops}
        ends = {route.query.origin, route.query.destination}
        return {
            "links": [self.link_number[link] for link in route.links],
            "crossed": route.states,
            "touched": route.touches,
            "stops": [
                [self.place_number[place], _stop_bits(steps, is_end=place in ends)]
                for place, steps in stops.items()
            ],
            "legs": [
                self.legs.add(
                    [
                        number[leg.start],
                        number[leg.end],
                        leg.length,
                        leg.kind,
                        leg.mode,
                        leg.states,
                        leg.basis,
                    ]
                )
                for leg in legs
            ],
        }

    def _stops(self, route: Route) -> dict[str, list[Standing]]:
        """List the places of a route in order, with the steps at which it stands there."""
        # every place of the route is there, most of them without a stop
        stops: dict[str, list[Standing]] = {place: [] for place in place_ids(route)}
        for step in standing_of(route):
            stops[step.place].append(step)
        return stops

    def _fact(self, step: Standing) -> list[Any]:
        """Put one standing time into words: what, why, hours, range, and where the figure comes from."""
        # a factor is called table/id; only crossings say why a journey stands there
        key = step.factor.partition("/")[2]
        causes = self.labels.causes.get(key, ()) if step.kind == BORDER_STEP else ()
        return [
            self.numbered(sentences.describe_standing(self.labels, step)),
            self.numbered(tuple(map(phrase_of, causes))),
            self.numbered(text.hours_of(step.time_h)),
            self.numbered(text.figure_range(MEASURES["time"], step.time_low_h, step.time_high_h)),
            self._text(sentences.describe_basis(self.labels, step)),
        ]


def _rounded(number: float) -> float | None:
    return round(number, 2) if math.isfinite(number) else None


def _state_totals(route: Route) -> list[list[Any]]:
    """List the states of a route with the kilometres and hours spent in each."""
    table = route.table
    states, number = np.unique(table.state, return_inverse=True)
    km = np.bincount(number, table.km, len(states)).round(1).tolist()
    hours = np.bincount(number, table.hours, len(states)).round(1).tolist()

    # the sea is no state, though steps at sea have it as theirs
    named = [table.names.states[code] for code in states.tolist()]
    return [list(stay) for stay in zip(named, km, hours, strict=True) if stay[0] != SEA]


def _stop_bits(steps: Sequence[Standing], *, is_end: bool) -> int:
    kinds = {step.kind for step in steps}
    return (
        END * is_end
        + BORDER * (BORDER_STEP in kinds)
        + TRANSFER * (TRANSFER_STEP in kinds)
        + PORT * (BOARD_STEP in kinds)
    )
