"""Say what is wrong with the tables: errors stop the build, warnings ask for a look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cacorridor.network.checks.geography import DEVIATION_TO_EXPLAIN, LINE_RATIO
from cacorridor.network.model import SEA
from tools.build_geo.geodesic import distance_km
from tools.build_geo.overlay import Measured, expected_states
from tools.build_geo.states import States, coverage_faults, distance_to_state_km, states_at

if TYPE_CHECKING:
    from tools.build_geo.drawing import Drawings
    from tools.build_geo.tables import Tables

BORDER_PAIR_KM = 30.0
STATION_GAP_KM = 3.0
# Published length over the track, over a line through towns; outside, one of the two is wrong.
TRACK_RATIO = (1 - DEVIATION_TO_EXPLAIN, 1 + DEVIATION_TO_EXPLAIN)
TOWNS_RATIO = LINE_RATIO
# A track this much longer than the way through its vias has probably left the right line.
DETOUR_RATIO = 1.5


@dataclass(frozen=True)
class Findings:
    """What the checks found, as sentences."""

    errors: list[str]
    warnings: list[str]


def check(tables: Tables, drawings: Drawings, measured: list[Measured], states: States) -> Findings:
    """Run every check and return all findings together."""
    errors = [
        *(f"dangling: {link}: leads to an unknown place" for link in tables.dangling),
        *drawings.failures,
        *misplaced(tables, states),
        *unexpected_states(tables, measured),
        *coverage_faults(states),
    ]
    warnings = [
        *distant_border_pairs(tables),
        *suspicious_lengths(measured),
        *detours(measured),
        *distant_stations(measured),
        *untouched(measured),
    ]
    return Findings(errors, warnings)


def misplaced(tables: Tables, states: States) -> list[str]:
    """Return the places that do not lie in their own state."""
    places = sorted(tables.places.values(), key=lambda place: place.id)
    found = states_at(states, [place.point for place in places])
    return [
        f"misplaced: {place.id}: lies in {code or 'no state'}, "
        f"{distance_to_state_km(states, place.state, place.point):.2f} km from {place.state}"
        for place, code in zip(places, found, strict=True)
        if code != place.state
    ]


def unexpected_states(tables: Tables, measured: list[Measured]) -> list[str]:
    """Return the land links that cross a state they do not name."""
    return [
        f"unexpected state: {one.drawn.link.id}: {km:.1f} km in {code}"
        for one in measured
        for code, km in one.km.items()
        if code not in expected_states(one.drawn, tables) | {SEA}
    ]


def distant_border_pairs(tables: Tables) -> list[str]:
    """Return the border links on land whose two places are more than 30 km apart."""
    found = []
    for link in sorted(tables.links.values(), key=lambda link: link.id):
        start, end = tables.ends(link)
        km = float(distance_km(start.point, end.point))
        if start.state != end.state and link.mode != "sea" and km > BORDER_PAIR_KM:
            found.append(f"border pair: {link.id}: {km:.0f} km apart")
    return found


def suspicious_lengths(measured: list[Measured]) -> list[str]:
    """Return the links whose published length does not fit the measured one."""
    found = []
    for one in measured:
        published, drawn = one.drawn.link.length_km, one.drawn
        if published is None or drawn.link.drawn == "sea":
            continue
        is_track = drawn.basis == "track"
        base = drawn.measured_km if is_track else drawn.line_km
        low, high = TRACK_RATIO if is_track else TOWNS_RATIO
        if not low <= published / base <= high:
            found.append(
                f"length: {drawn.link.id}: published {published:.1f} / "
                f"{'track' if is_track else 'line'} {base:.1f} = {published / base:.3f}"
            )
    return found


def detours(measured: list[Measured]) -> list[str]:
    """Return the railways that run much longer than the way through their vias."""
    return [
        f"detour: {one.drawn.link.id}: track {one.drawn.measured_km:.0f} km, "
        f"straight through the vias {one.drawn.straight_km:.0f} km"
        for one in measured
        if one.drawn.basis == "track" and one.drawn.measured_km > DETOUR_RATIO * one.drawn.straight_km + 2.0
    ]


def distant_stations(measured: list[Measured]) -> list[str]:
    """Return the railways with an end or a via that lies away from the track."""
    return [
        f"off the track: {one.drawn.link.id}: an end or via lies {one.drawn.gap_km:.1f} km beside"
        for one in measured
        if one.drawn.gap_km > STATION_GAP_KM
    ]


def untouched(measured: list[Measured]) -> list[str]:
    """Return the links that name a state in touches and do not run through it."""
    return [
        f"not touched: {one.drawn.link.id}: {code}"
        for one in measured
        for code in one.drawn.link.touches
        if code not in one.km
    ]
