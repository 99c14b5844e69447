"""Rules of the drawn lines: they join their places, in order of travel, and have a likely length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cacorridor.errors import Fault
from cacorridor.geodesy import distance_km, line_lengths_km
from cacorridor.network.checks.faults import fault_of, marked, positions_of
from cacorridor.network.held import records
from cacorridor.network.model import SEA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.network.model import Network

SHAPES = "link_shapes.geojson"
END_TOLERANCE_KM = 5.0  # in the embedded dataset every line ends exactly at its places
DRAWN_RATIO = (0.8, 1.25)  # length of the drawn line against its stated length; embedded: 0.95 to 1.02
MEASURED_RATIO = (0.6, 1.6)  # measured length against that of the drawn line; embedded: 0.70 to 1.27
SLACK_KM = 2.0  # lengths are rounded, and short lines are drawn straight


def lines_join_their_places(network: Network) -> Iterator[Fault]:
    """Require that each line begins at ``from`` and ends at ``to``; say where it runs the other way round."""
    links, sides = network.link_columns, ("from", "to")
    # how far each place lies from each end of the line, km
    at_place = positions_of(network, *(links[side] for side in sides))
    at_end = _first_and_last(_lines_of(network))
    apart = {
        (side, end): distance_km(*place.T, *vertex.T)
        for side, place in zip(sides, at_place, strict=True)
        for end, vertex in zip(sides, at_end, strict=True)
    }
    # a line that fits the other way round is one fault, not two
    turned = (apart["from", "to"] <= END_TOLERANCE_KM) & (apart["to", "from"] <= END_TOLERANCE_KM)
    for end in sides:
        km = apart[end, end]
        is_far = km > END_TOLERANCE_KM
        is_off = is_far & ~turned
        for row, off_km in zip(marked(links, is_off), km[is_off], strict=True):
            where = f"a place within {END_TOLERANCE_KM:.0f} km of that end of its line"
            yield fault_of(network, "links", row, end, f"{where}, which is {off_km:.0f} km off")
        if end == "from":
            for row in marked(links, is_far & turned):
                yield fault_of(network, "links", row, end, f"{row['to']}: the line runs the other way round")


def _lines_of(network: Network) -> np.ndarray:
    """Return the line of each link, in the order of the table."""
    shapes = vars(network)["link_shapes"]
    number = {key: place for place, key in enumerate(shapes.columns["id"])}
    lines: np.ndarray = shapes.geometry[[number[key] for key in network.columns("links")["id"]]]
    return lines


def _first_and_last(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and the last position of each line, shape (lines, 2)."""
    import shapely

    # all vertices in one array, each with the number of its line
    positions, line = shapely.get_coordinates(lines, return_index=True)
    numbers = np.arange(len(lines))
    starts = np.searchsorted(line, numbers)
    return positions[starts], positions[np.append(starts[1:], len(line)) - 1]


def shares_stand_in_order_of_travel(network: Network) -> Iterator[Fault]:
    """Require that the kilometres by state begin at ``from`` and, where it lies abroad, end at ``to``."""
    for row in records(network.link_columns):
        states = list(row["state_km"])
        if row["mode"] == SEA or not {row["from_state"], row["to_state"]} <= set(states):
            continue
        if states[0] != row["from_state"] or (row["is_border"] and states[-1] != row["to_state"]):
            allowed = (
                f"states in order of travel, from {row['from_state']} to {row['to_state']}, in {row['id']}"
            )
            yield Fault(SHAPES, None, "km", ", ".join(states), allowed)


def lines_have_a_likely_length(network: Network) -> Iterator[Fault]:
    """Require that the stated lengths of a line are like the length of what is drawn."""
    links = network.link_columns
    drawn = line_lengths_km(_lines_of(network).tolist())
    stated = {name: np.array(links[name], dtype=float) for name in ("line_km", "measured_km")}
    # the stated length against the drawn one, the measured against the stated
    pairs = (("line_km", drawn, DRAWN_RATIO), ("measured_km", stated["line_km"], MEASURED_RATIO))
    for column, other, (low, high) in pairs:
        km = stated[column]
        odd = (km < low * other - SLACK_KM) | (km > high * other + SLACK_KM)
        for row in np.flatnonzero(odd):
            allowed = f"about {other[row]:.0f} km, the length of the line of {links['id'][int(row)]}"
            yield Fault(SHAPES, None, column, f"{km[row]:g}", allowed)
