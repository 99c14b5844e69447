"""Write what routes answer as compact records: texts, standing times, ways and answers, each kept once."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

from cacorridor.routing.comparison import bypassed_states, gauge_breaks
from cacorridor.routing.graph.steps import TRANSFER as TRANSFER_STEP
from cacorridor.views import sentences, text
from cacorridor.views.labels import Leg, legs_of, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.costs.measures import Measure
    from cacorridor.routing.routes import Route
    from cacorridor.views.labels import Labels, Standing

END, BORDER, TRANSFER = 1, 2, 4  # what a stop is, one bit each; the script reads the same
RANGE_ROW = text.IN_MOST_CASES.capitalize()
BYPASSES = "Bypasses"
OTHER_ROWS = (
    "Border crossings", "States", "Crosses", "Touches", BYPASSES, "Changes of mode or gauge", "Gauge breaks",
    "Hours assumed",
)  # fmt: skip


def compared_rows(measures: Iterable[Measure]) -> list[str]:
    """Name what the explorer sets side by side: each measure, its range if it has one, and the rest."""
    rows: list[str] = []
    for measure in measures:
        rows += [measure.label, RANGE_ROW] if measure.ranged else [measure.label]
    return [*rows, *OTHER_ROWS]


def key_figure_rows(measures: Iterable[Measure]) -> list[list[int | None]]:
    """List for each key figure the rows of a comparison with its value and its note; None is the service."""
    numbers = itertools.count()
    rows = [[next(numbers), next(numbers) if measure.ranged else None] for measure in measures]
    return [*rows, [next(numbers), next(numbers)]]


class InternTable:
    """Items that are named by number, each kept once."""

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
    table = route.table
    pairs = zip(table.tail.tolist(), table.head.tolist(), strict=True)
    return [table.names.places[code] for code in dict.fromkeys(itertools.chain.from_iterable(pairs))]


class RouteRecords:
    """The answers of all routes under all conditions; add them, then read the tables."""

    def __init__(
        self, labels: Labels, links: Sequence[str], places: Sequence[str], measures: Sequence[Measure]
    ) -> None:
        self.labels = labels
        self.link_number = {link: number for number, link in enumerate(links)}
        self.place_number = {place: number for number, place in enumerate(places)}
        self.texts, self.facts, self.ways, self.answers = (InternTable() for _ in range(4))
        self._kept: dict[tuple[Route, tuple[Route, ...]], int] = {}
        self._alone: dict[Route, dict[str, Any]] = {}
        self._bypasses = compared_rows(measures).index(BYPASSES)

    def add_no_route(self, why: str) -> int:
        """Record that there is no route, and why; return the number of the answer."""
        return self.answers.add({"why": why})

    def add_route(self, route: Route, rivals: Sequence[Route]) -> int:
        """Record a route among its rivals; return the number of the answer."""
        company = route, tuple(rivals)
        if company not in self._kept:
            self._kept[company] = self.answers.add(self._among(route, rivals))
        return self._kept[company]

    def _among(self, route: Route, rivals: Sequence[Route]) -> dict[str, Any]:
        """Add to the record of a route what it bypasses."""
        if route not in self._alone:
            self._alone[route] = self._record(route)
        record = self._alone[route]
        network = self.labels.network
        # what is bypassed depends on the rivals; all else is shared with the same route in other company
        bypassed = bypassed_states(route, rivals)
        row = [*record["row"]]
        row[self._bypasses] = self.texts.add(text.state_names(network, bypassed))
        states, amounts = record["sentence"]
        parts = (states, sentences.describe_bypassed(network, bypassed, rivals), amounts)
        return {**record, "row": row, "bypassed": bypassed, "sentence": " ".join(filter(None, parts))}

    def _record(self, route: Route) -> dict[str, Any]:
        """Record a route without rivals."""
        legs, stops = legs_of(route), self._stops(route)
        return {
            "way": self.ways.add(self._way(route, legs, stops)),
            "sentence": (
                sentences.describe_states(self.labels.network, route),
                sentences.describe_amounts(route),
            ),
            "row": [self.texts.add(cell) for cell in self._row(route)],
            "legs": [[self._manner(leg), *leg.amounts] for leg in legs],
            "facts": [[self.facts.add(self._fact(step)) for step in steps] for steps in stops.values()],
        }

    def _manner(self, leg: Leg) -> int:
        return self.texts.add(sentences.describe_leg(self.labels, leg))

    def _row(self, route: Route) -> list[str]:
        """Write the row of a comparison, in the order of ``compared_rows``; alone it bypasses nothing."""
        network = self.labels.network
        return [
            *(part for figure in sentences.key_figures(route) for part in figure[1:] if part),
            text.state_names(network, route.states),
            text.state_names(network, route.touches),
            "",
            str(int(route.table.is_kind(TRANSFER_STEP).sum())),
            str(gauge_breaks(route)),
            text.share(route.evidence_shares()["assumed"]),
        ]

    def _way(self, route: Route, legs: Sequence[Leg], stops: dict[str, list[Standing]]) -> dict[str, Any]:
        """Record where a route runs: links, states, stops, and the ends and length of its legs."""
        number = {route.place_name[key]: self.place_number[key] for key in stops}
        ends = {route.query.origin, route.query.destination}
        return {
            "links": [self.link_number[link] for link in route.links],
            "crossed": route.states,
            "touched": route.touches,
            "stops": [
                [self.place_number[place], _bits(steps, is_end=place in ends)]
                for place, steps in stops.items()
            ],
            "legs": [[number[leg.start], number[leg.end], leg.length] for leg in legs],
        }

    def _stops(self, route: Route) -> dict[str, list[Standing]]:
        """List the places of a route in order, with the steps at which it stands there."""
        stops: dict[str, list[Standing]] = {place: [] for place in place_ids(route)}
        for step in standing_of(route):
            stops[step.place].append(step)
        return stops

    def _fact(self, step: Standing) -> list[Any]:
        """Put one standing time into words: what, why, hours, range, and where the figure comes from."""
        key = step.factor.partition("/")[2]
        return [
            sentences.describe_standing(self.labels, step),
            self.labels.causes.get(key, "") if step.kind == "border" else "",
            text.hours(step.time_h),
            text.hour_range(step.time_low_h, step.time_high_h),
            self.texts.add(sentences.describe_basis(self.labels, step)),
        ]


def _bits(steps: Sequence[Standing], *, is_end: bool) -> int:
    kinds = {step.kind for step in steps}
    return END * is_end + BORDER * ("border" in kinds) + TRANSFER * ("transfer" in kinds)
