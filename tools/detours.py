"""Say why a way is much longer than the straight line: each odd pair of ``tools.circuity`` gets a reason.

The reasons are found, not written down: what if the closed links were open, or the planned ones built; does
the straight line lead over water, or over a border that no link of the net crosses.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import shapely

from cacorridor.network.held import records
from tools.circuity import LIMIT, NETS, measure_links, odd_pairs, pairs_of

if TYPE_CHECKING:
    import geopandas as gpd

    from cacorridor import Network

WATER_SHARE = 0.25  # of the straight line, from which the sea (or a state outside the data) is the reason
POINTS = 41  # of a straight line that are looked at
NO_WAY, CLOSED, UNBUILT = "no way at all", "closed", "not built yet"
WATER, BORDER, RELIEF = "water", "border without a line", "inside states"
REASONS = {
    CLOSED: "with the lines and crossings that are closed today the way would be at most the limit",
    UNBUILT: "with the lines under construction and planned it would be",
    WATER: f"over {WATER_SHARE:.0%} of the straight line lie on water or in states outside the data",
    BORDER: "the straight line crosses a border of two states over which no line of this net is open",
    RELIEF: "none of these: mountains, deserts and rivers, or a line that the data lack",
    NO_WAY: "the net has no way",
}


class Ground(NamedTuple):
    """What the reasons are read off: the outlines of states, and the borders that a net crosses."""

    states: gpd.GeoDataFrame
    joined: frozenset[frozenset[str]]


def explain(network: Network, name: str, limit: float = LIMIT) -> pd.DataFrame:
    """Explain the pairs of one net: ``net, from, to, straight_km, km, circuity, reason, border``.

    ``border`` names the first border that no open link crosses, as two ISO codes, where that is the reason.
    """
    links = network.links
    today = network.open_links()
    closed = links[(links["status"] == "operational") & links["closed"].notna()]
    unbuilt = links[links["status"] != "operational"]
    pairs = pairs_of(measure_links(network, name, today))
    odd = odd_pairs(pairs, limit)
    ground = Ground(network.states, _joined(network, today[today["mode"].str.startswith(NETS[name])]))
    shorter = {
        reason: _short_pairs(network, name, pd.concat([today, more]), limit)
        for reason, more in ((CLOSED, closed), (UNBUILT, unbuilt))
    }
    found = [_reason(network, ground, row, shorter) for row in records(odd)]
    return odd.assign(reason=[reason for reason, _ in found], border=[border for _, border in found])


def _short_pairs(network: Network, name: str, links: gpd.GeoDataFrame, limit: float) -> set[tuple[str, str]]:
    """Find the pairs that are no longer odd if just these links were open."""
    pairs = pairs_of(measure_links(network, name, links))
    short = pairs[pairs["circuity"] <= limit]
    return set(zip(short["from"], short["to"], strict=True))


def _joined(network: Network, links: gpd.GeoDataFrame) -> frozenset[frozenset[str]]:
    """Find the pairs of states that links join."""
    state_of = network.state_of
    ends = zip(links["from"], links["to"], strict=True)
    return frozenset(frozenset({state_of[a], state_of[b]}) for a, b in ends)


def _reason(
    network: Network, ground: Ground, pair: dict[str, object], shorter: dict[str, set[tuple[str, str]]]
) -> tuple[str, str]:
    """Find the first reason that holds, and the border if it is one."""
    ends = str(pair["from"]), str(pair["to"])
    for reason, pairs in shorter.items():
        if ends in pairs:
            return reason, ""
    if np.isnan(float(str(pair["km"]))):
        return NO_WAY, ""
    states = _states_on_line(network, ground.states, ends)
    if states.count("") > WATER_SHARE * len(states):
        return WATER, ""
    for one, other in pairwise(state for state in states if state):
        if one != other and frozenset({one, other}) not in ground.joined:
            return BORDER, "-".join(sorted((one, other)))
    return RELIEF, ""


def _states_on_line(network: Network, states: gpd.GeoDataFrame, ends: tuple[str, str]) -> list[str]:
    """Name the state of each point of the straight line; nothing where there is none."""
    from cacorridor.geodesy import wgs84

    places = network.places
    (lon, lat), (to_lon, to_lat) = ((places["lon"][end], places["lat"][end]) for end in ends)
    line = wgs84().npts(lon, lat, to_lon, to_lat, POINTS)
    number, state = states.sindex.query(shapely.points(np.array(line)), predicate="intersects")
    found = dict(zip(number.tolist(), states.index[state].tolist(), strict=True))
    return [str(found.get(at, "")) for at in range(len(line))]
