"""Lay the links over the states: how many kilometres of each link lie in which state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from cacorridor.geodesy import line_length_km
from cacorridor.network.model import SEA

if TYPE_CHECKING:
    from tools.build_geo.drawing import Drawn
    from tools.build_geo.states import States
    from tools.build_geo.tables import Tables

# A shorter piece in a foreign state is the error of the line, not a way through that state.
SLIVER_KM = 1.0
NOWHERE = "none"

Piece = tuple[str, float]


@dataclass(frozen=True)
class Measured:
    """A drawn link with its kilometres by state in order of travel; they sum to measured_km."""

    drawn: Drawn
    measured_km: float
    km: dict[str, float]


def measure_links(drawn: list[Drawn], tables: Tables, states: States) -> list[Measured]:
    """Split the measured length of every link over the states it crosses."""
    return [_measure(one, tables, states) for one in drawn]


def _measure(drawn: Drawn, tables: Tables, states: States) -> Measured:
    measured_km = round(drawn.measured_km, 1)
    if drawn.link.drawn == "sea":
        return Measured(drawn, measured_km, {SEA: measured_km})
    expected = expected_states(drawn, tables)
    pieces = drop_slivers(pieces_in_states(drawn, states), expected)
    return Measured(drawn, measured_km, shares(pieces, measured_km))


def expected_states(drawn: Drawn, tables: Tables) -> set[str]:
    """Return the states that a link may cross: those of its ends and those it says it touches."""
    start, end = tables.ends(drawn.link)
    return {start.state, end.state, *drawn.link.touches}


def pieces_in_states(drawn: Drawn, states: States) -> list[Piece]:
    """Cut the line at the borders; return (state, km) of each piece in order of travel."""
    line = shapely.LineString(drawn.line)
    crossed = sorted(states.tree().query(line, predicate="intersects"))
    parts = [(states.codes[i], shapely.intersection(line, states.shapes[i])) for i in crossed]
    if sum(part.length for _, part in parts) < line.length - 1e-6:
        parts.append((NOWHERE, _outside(line, [states.shapes[i] for i in crossed])))
    pieces = [
        (_position(line, piece), code, line_length_km(piece))
        for code, part in parts
        for piece in _lines(part)
    ]
    return [(code, km) for _, code, km in sorted(pieces)]


def _outside(line: shapely.LineString, shapes: list[shapely.Geometry]) -> shapely.Geometry:
    for shape in shapes:
        line = shapely.difference(line, shape)
    return line


def _lines(part: shapely.Geometry) -> list[shapely.Geometry]:
    """Return the pieces of a part, merged where vertices of the border cut them."""
    pieces = shapely.get_parts(part)
    lines = pieces[shapely.get_dimensions(pieces) == 1]
    return list(shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines))))


def _position(line: shapely.LineString, piece: shapely.Geometry) -> float:
    middle = shapely.line_interpolate_point(piece, 0.5, normalized=True)
    return float(shapely.line_locate_point(line, middle))


def drop_slivers(pieces: list[Piece], expected: set[str]) -> list[Piece]:
    """Give pieces under 1 km of unexpected states to the piece before, or the first one after."""
    kept: list[Piece] = []
    owed_km = 0.0
    for code, km in pieces:
        if code not in expected and km < SLIVER_KM:
            owed_km += km
            if kept:
                kept[-1], owed_km = (kept[-1][0], kept[-1][1] + owed_km), 0.0
            continue
        kept, owed_km = [*kept, (code, km + owed_km)], 0.0
    return kept or pieces


def shares(pieces: list[Piece], measured_km: float) -> dict[str, float]:
    """Scale the pieces to the measured length, in tenths of a km that sum to it exactly.

    Rounds down, then gives the missing tenths to the largest remainders.
    """
    total: dict[str, float] = {}
    for code, km in pieces:
        total[code] = total.get(code, 0.0) + km
    exact = np.array(list(total.values())) * 10 * measured_km / max(sum(total.values()), 1e-9)
    tenths = np.floor(exact).astype(int)
    missing = round(measured_km * 10) - int(tenths.sum())
    tenths[np.argsort(tenths - exact, kind="stable")[:missing]] += 1
    return {code: int(n) / 10 for code, n in zip(total, tenths, strict=True)}
