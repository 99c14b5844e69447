"""List what a journey stands at each side of each crossing, as routes have it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.costs.measures import TIME
from cacorridor.costs.ranges import HIGH, LOW
from cacorridor.network.columns import LEVELS
from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.routing.graph.steps import BORDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.network.model import Network

STEP_COLUMNS = ("link", "state", "what", "time_h", "value", "unit", "basis", "year", "source_id", "note")


def dwells_of(network: Network) -> dict[str, list[dict[str, Any]]]:
    """List the hours that the model has for each side of each crossing at each service level, by link.

    ``low`` and ``high`` are the 10th and 90th percentile, as routes have them. The network keeps the list.
    """
    # computed for all crossings at once: one supernetwork a level holds them all
    if dwells_of not in network.derived:
        by_link: dict[str, list[dict[str, Any]]] = {}
        for row in itertools.chain.from_iterable(_dwells_at(network, level) for level in LEVELS):
            by_link.setdefault(row["link"], []).append(row)
        network.derived[dwells_of] = by_link
    kept: dict[str, list[dict[str, Any]]] = network.derived[dwells_of]
    return kept


def _dwells_at(network: Network, level: str) -> Iterator[dict[str, Any]]:
    # each stand at a border is a part by itself, so that its range is its own
    steps = supernetwork_of(network, level).steps
    stands = steps.take(np.flatnonzero(steps.is_kind(BORDER)))
    if not len(stands):
        return
    low, high = stands.quantiles(TIME, (LOW, HIGH), np.eye(len(stands), dtype=bool)).tolist()

    # what a route would say of the same step: figure, basis, source
    columns = stands.columns({place: network.place_name(place) for place in stands.names.places})
    cells = zip(*(columns[name] for name in STEP_COLUMNS), strict=True)
    for row, *bounds in zip(cells, low, high, strict=True):
        yield {
            "level": level,
            **dict(zip(STEP_COLUMNS, row, strict=True)),
            "low": bounds[0],
            "high": bounds[1],
        }
