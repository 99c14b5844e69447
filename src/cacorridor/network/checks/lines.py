"""Rules of the drawn lines: they join their places, in order of travel, and have a likely length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cacorridor.errors import Fault
from cacorridor.geodesy import distance_km, line_lengths_km
from cacorridor.network.checks.faults import fault_of, rows_where
from cacorridor.network.held import records
from cacorridor.network.model import SEA

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from cacorridor.network.model import Network

SHAPES = "link_shapes.geojson"
END_TOLERANCE_KM = 5.0  # in the embedded dataset every line ends exactly at its places
DRAWN_RATIO = (0.8, 1.25)  # length of the drawn line against its stated length; embedded: 0.95 to 1.02
MEASURED_RATIO = (0.6, 1.6)  # measured length against that of the drawn line; embedded: 0.70 to 1.27
SLACK_KM = 2.0  # lengths are rounded, and short lines are drawn straight


def lines_join_their_places(network: Network) -> Iterator[Fault]:
    """Require that each line begins at ``from`` and ends at ``to``; say where it runs the other way round."""
    links, places = network.links, network.places
    ends = {"from": 0, "to": -1}
    # how far each place lies from each end of the line
    apart = {
        (place, line): _from_vertex_km(links, places.loc[links[place]], vertex)
        for place in ends
        for line, vertex in ends.items()
    }
    # a line that fits the other way round is one fault, not two
    turned = (apart["from", "to"] <= END_TOLERANCE_KM) & (apart["to", "from"] <= END_TOLERANCE_KM)
    for end in ends:
        is_far = apart[end, end] > END_TOLERANCE_KM
        for row in rows_where(links, is_far & ~turned):
            km = apart[end, end][links.index.get_loc(row["id"])]
            allowed = (
                f"a place within {END_TOLERANCE_KM:.0f} km of that end of its line, which is {km:.0f} km off"
            )
            yield fault_of(network, "links", row, end, allowed)
        if end == "from":
            for row in rows_where(links, is_far & turned):
                yield fault_of(network, "links", row, end, f"{row['to']}: the line runs the other way round")


def _from_vertex_km(links: gpd.GeoDataFrame, places: object, vertex: int) -> np.ndarray:
    """Measure how far places lie from the first (0) or last (-1) position of lines, km."""
    positions = _ends_of(links)[vertex]
    return distance_km(places["lon"], places["lat"], positions[:, 0], positions[:, 1])  # type: ignore[index]


def _ends_of(links: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and the last position of each line, shape (lines, 2)."""
    import shapely

    # all vertices in one array, each with the number of its line
    positions, line = shapely.get_coordinates(links.geometry, return_index=True)
    numbers = np.arange(len(links))
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
    links = network.links
    drawn = line_lengths_km(links.geometry)
    # the stated length against the drawn one, the measured against the stated
    pairs = (("line_km", drawn, DRAWN_RATIO), ("measured_km", links["line_km"].to_numpy(), MEASURED_RATIO))
    for column, other, (low, high) in pairs:
        km = links[column].to_numpy()
        odd = (km < low * other - SLACK_KM) | (km > high * other + SLACK_KM)
        for row in np.flatnonzero(odd):
            allowed = f"about {other[row]:.0f} km, the length of the line of {links.index[row]}"
            yield Fault(SHAPES, None, column, f"{km[row]:g}", allowed)
