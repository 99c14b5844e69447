"""What pages say of a network and its routes, read from the tables once."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cacorridor.costs.measures import MEASURES, columns
from cacorridor.routing.graph.steps import (
    BOARD,
    BORDER,
    DELAY,
    FIGURE_COLUMNS,
    KINDS,
    STAY,
    TRANSFER,
    WAIT,
)
from cacorridor.routing.sums.legs import COLUMNS, number_legs
from cacorridor.views import text
from cacorridor.views.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

LEG_HEADS = ("from", "to", "kind", "mode", "states", "basis")  # what is said of a leg beside its measures
STOPS = (BORDER, TRANSFER, BOARD, WAIT, STAY, DELAY)  # the kinds of steps that stand


@dataclass(frozen=True, eq=False)
class Labels:
    """The words for what the tables know by key; made once for a page and handed on."""

    network: Network
    modes: Mapping[str, str]
    sources: Mapping[str, str]  # a line each
    causes: Mapping[str, tuple[str, ...]]  # of standing at a crossing
    _legs: dict[Route, list[Leg]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, network: Network) -> Labels:
        """Read the labels from the tables of a network."""
        crossings = network.columns("crossings")
        sources = rows_of(network.columns("sources"), "id", "title", "publisher", "year")
        return cls(
            network,
            modes=mode_labels(network),
            sources={key: text.source_line(*source) for key, *source in sources},
            causes={key: text.causes(cause) for key, cause in rows_of(crossings, "id", "cause")},
        )

    def legs(self, route: Route) -> list[Leg]:
        """List the legs of a route; what stands at several places of a page is summed once."""
        if route not in self._legs:
            self._legs[route] = legs_of(route)
        return self._legs[route]


def mode_labels(network: Network) -> dict[str, str]:
    """Read what a reader calls each mode, by its id."""
    return dict(rows_of(network.columns("modes"), "id", "label"))


class Leg(NamedTuple):
    """One leg of a route, and its measures as they are written."""

    start: str
    end: str
    kind: str
    mode: str
    states: str
    basis: str
    length: str
    amounts: tuple[str, ...]  # of the other measures
    numbers: tuple[float, ...]  # of all measures, in the order of ``leg_measure_columns``
    standing_h: float
    sources: list[str]  # ids of those that its hours rest on, in the order of its steps


def legs_of(route: Route) -> list[Leg]:
    """List the legs of a route in order of travel."""
    # only what is shown: the percentiles of dollars and grams would take longer than all the rest
    measures, shown = leg_measures(COLUMNS), leg_measure_columns()
    legs = route.columns("legs", {*LEG_HEADS, *shown})
    # the length has a column of its own on every page; the other measures follow in their order
    length, *others = (list(_written_cells(legs, measure)) for measure in measures)
    heads, numbers, behind = rows_of(legs, *LEG_HEADS), rows_of(legs, *shown), _behind_legs(route)
    return [
        Leg._make((*head, first, tuple(itertools.chain.from_iterable(rest)), figures, *standing_and_sources))
        for head, figures, standing_and_sources, (first,), *rest in zip(
            heads, numbers, behind, length, *others, strict=True
        )
    ]


def _behind_legs(route: Route) -> Iterator[tuple[float, list[str]]]:
    """Sum the hours that the vehicle does not move on each leg, and list the sources of all its hours."""
    leg_numbers = number_legs(route)
    standing_h = np.where(route.table.is_kind(*STOPS), route.table.hours, 0.0)
    sums: list[float] = np.bincount(leg_numbers, standing_h).tolist()
    return zip(sums, _sources_of_legs(route, leg_numbers), strict=True)


def _sources_of_legs(route: Route, leg_numbers: Sequence[int]) -> list[list[str]]:
    figures = route.table.components.rows
    legs: list[dict[str, None]] = [{} for _ in range(leg_numbers[-1] + 1)]
    for number, component in zip(leg_numbers, route.table.component.tolist(), strict=True):
        # two factors of one figure have two sources; an assumed one has none
        sources = filter(None, figures[component].source_id.split("; "))
        legs[number] |= dict.fromkeys(sources)
    return list(map(list, legs))


def leg_measures(legs: Container[str]) -> list[Measure]:
    """List the measures of legs that pages show, the length first; dollars and grams stand in the table."""
    return [measure for measure in MEASURES.values() if measure.column in legs and not measure.table]


def leg_measure_columns() -> list[str]:
    """Name the columns of the measures of legs in a table."""
    return [name for measure in leg_measures(COLUMNS) for name in columns(measure)]


def leg_headings() -> list[str]:
    """Name the columns of the measures of legs on a page."""
    return [word for measure in leg_measures(COLUMNS) for word in text.measure_headings(measure)]


def leg_file_headings() -> list[str]:
    """Name the same columns where they stand alone, with their units."""
    return [word for measure in leg_measures(COLUMNS) for word in text.file_headings(measure)]


def _written_cells(legs: Mapping[str, Any], measure: Measure) -> Iterator[tuple[str, ...]]:
    """Write a measure of each leg."""
    # a measure without a range has no bounds: its own figure stands for both
    for mean, *bounds in rows_of(legs, *columns(measure)):
        low, high = bounds or (mean, mean)
        yield text.measure_cells(measure, mean, low, high)


class Standing(NamedTuple):
    """One step at which a journey stands."""

    kind: str
    place: str
    state: str
    what: str
    time_h: float
    time_low_h: float
    time_high_h: float
    factor: str
    basis: str
    year: Any
    source_id: str
    note: str


FIRST_OF_FIGURE = Standing._fields.index("factor")


def standing_of(route: Route) -> list[Standing]:
    """List the steps of a route at which it stands, in order of travel, each with the range of its own hours.

    The range is the one that tables of legs show: both come from ``Route.ranges_h``.
    """
    # one row a stop, each of which is a part of the route with a range of its own
    stands = np.flatnonzero(route.table.is_kind(*STOPS))
    parts = np.eye(len(route.table), dtype=bool)[stands]
    low_h, high_h = route.ranges_h(parts) if len(parts) else (np.empty(0), np.empty(0))

    # read off the columns: the table of steps for people would bring the ranges of every measure along
    steps = route.table.take(stands)
    names, figures = steps.names, [steps.components.rows[number] for number in steps.component.tolist()]
    codes = (steps.kind, steps.tail, steps.state, steps.detail, steps.hours, low_h, high_h)
    return [
        Standing(
            KINDS[kind],
            names.places[place],
            names.states[state],
            names.details[what],
            *hours,
            *(getattr(figure, FIGURE_COLUMNS[name]) for name in Standing._fields[FIRST_OF_FIGURE:]),
        )
        for (kind, place, state, what, *hours), figure in zip(
            zip(*(column.tolist() for column in codes), strict=True), figures, strict=True
        )
    ]
