"""What a time-distance diagram draws, as numbers: the script of a page draws it under any condition."""

from __future__ import annotations

import itertools
import operator
from typing import TYPE_CHECKING, Any

from cacorridor.network.model import SEA
from cacorridor.routing.accounts import time_distance
from cacorridor.views.charts.stretches import state_stretches, stops_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from cacorridor.routing.routes import Route

STOP_SHARE = 0.07  # of the hours of a route: a shorter stop is not named
TENTHS = 10  # hours are told in tenths


def course_of(route: Route, place_number: Mapping[str, int]) -> dict[str, Any]:
    """Write the course of a route for the script, ``explorer.charts.js``.

    Parameters
    ----------
    route
        To be drawn.
    place_number
        The number of each place in the data of the page, by id.

    Returns
    -------
    dict
        ``way``, four numbers a step: kilometres, and tenths of hours (expected, low, high), each as the
        difference to the step before; ``bands``, the states in turn (None: the sea) and the kilometre at
        which each ends; ``stops``, the long ones: place, kilometre, hour in the middle, hours.

    """
    table = time_distance(route)
    number = {name: place_number[key] for key, name in route.place_name.items() if key in place_number}
    bands = state_stretches(table)
    return {
        "way": list(itertools.chain.from_iterable(_differences(table))),
        "bands": [[None if band.state == SEA else band.state, round(band.end_km)] for band in bands],
        "stops": [
            [number[stop.place], round(stop.km), round(stop.middle_h, 1), round(stop.time_h, 1)]
            for stop in stops_of(table)
            if stop.time_h >= STOP_SHARE * table["h_to"].iloc[-1]
        ],
    }


def _differences(table: pd.DataFrame) -> Iterator[tuple[int, ...]]:
    """Write what each step adds, whole kilometres and tenths of hours; one that adds nothing is left out."""
    kilometres = table["km_to"].round().astype(int).tolist()
    hours = ((table[name] * TENTHS).round().astype(int).tolist() for name in ("h_to", "low_h", "high_h"))
    before = (0, 0, 0, 0)
    for reached in zip(kilometres, *hours, strict=True):
        if reached != before:
            yield tuple(map(operator.sub, reached, before))
        before = reached
