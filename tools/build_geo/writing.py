"""Write the generated files: one sorted feature a line, the same bytes for the same input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from cacorridor.network.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from tools.build_geo.overlay import Measured
    from tools.build_geo.states import States

# Degrees; about 0.3 km. Takes a network of 8 000 vertices to 3 800 without visible change.
LINE_TOLERANCE = 0.003
DECIMALS = 4
STATE_DECIMALS = 3  # a tenth of a kilometre, where the outlines are simplified by some


def write_link_shapes(path: Path, measured: list[Measured]) -> None:
    """Write the line, the measured length and the kilometres by state of each link."""
    features = [
        _feature(
            shapely.simplify(shapely.LineString(one.drawn.line), LINE_TOLERANCE),
            {
                "id": one.drawn.link.id,
                "measured_km": one.measured_km,
                "basis": one.drawn.basis,
                "line_km": round(one.drawn.line_km, 1),
                "km": one.km,
            },
        )
        for one in sorted(measured, key=lambda one: one.drawn.link.id)
    ]
    _write_features(path, features)


def write_states(path: Path, states: States, names: dict[str, str]) -> None:
    """Write the outlines that maps are drawn with."""
    features = [
        _feature(shape, {"iso3": code, "name": names[code]}, STATE_DECIMALS)
        for code, shape in sorted(zip(states.codes, states.shapes, strict=True))
    ]
    _write_features(path, features)


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write an object with sorted keys."""
    write_atomically(path, json.dumps(content, indent=2, sort_keys=True) + "\n")


def _feature(shape: BaseGeometry, properties: dict[str, Any], decimals: int = DECIMALS) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": _rounded(shape, decimals)}


def _rounded(shape: BaseGeometry, decimals: int) -> dict[str, Any]:
    geometry = shapely.geometry.mapping(shape)
    return {"type": geometry["type"], "coordinates": _round(geometry["coordinates"], decimals)}


def _round(coordinates: Any, decimals: int) -> Any:
    if isinstance(coordinates, float):
        return round(coordinates, decimals)
    return [_round(item, decimals) for item in coordinates]


def _write_features(path: Path, features: list[dict[str, Any]]) -> None:
    lines = (json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    body = ",\n".join(lines)
    write_atomically(path, f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n')
