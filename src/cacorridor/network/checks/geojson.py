"""Parse the generated geometry, lines of links and outlines of states, and report what does not fit."""

from __future__ import annotations

import json
import math
import re
import sys
from functools import partial
from itertools import chain, compress
from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.errors import DataError, Fault
from cacorridor.network.checks.faults import repeated
from cacorridor.network.checks.parsing import CONTROL_PATTERN
from cacorridor.network.held import GEOMETRY, HeldShapes
from cacorridor.network.snapshot.frames import shapes_frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from cacorridor.network.held import Columns

Tests = dict[str, tuple[str, "Callable[[Any], bool]"]]

LONGEST_KM = 40_000  # once around the Earth
# Names of WGS 84 in degrees, longitude first: what GeoJSON means without a CRS (RFC 7946).
WGS84 = re.compile(r"(urn:ogc:def:crs:)?(OGC:[0-9.]*:CRS84|EPSG:[0-9.]*:?4326)", re.IGNORECASE)
ESCAPED_SURROGATE = re.compile(r"\\ud[89a-f]", re.IGNORECASE)


def read_shapes(file: str, text: str, tests: Tests) -> HeldShapes:
    """Turn GeoJSON into shapes; the first of ``tests`` is their key.

    Raises
    ------
    DataError
        With every property and geometry that is not what ``tests`` allow, and every key given twice.

    """
    columns = _read_columns(file, _parse(file, text)["features"])
    lacking = [column for column in tests if column not in columns]
    if lacking:
        raise DataError([Fault(file, None, column, "missing", "a property") for column in lacking])
    # every property of every feature
    key = next(iter(tests))
    faults = _faults(file, key, columns, tests)
    if faults:
        raise DataError(faults)
    # a whole number of kilometres is a length like any other
    lengths = [column for column, (_, fits) in tests.items() if fits is _is_length]
    columns |= {name: list(map(float, columns[name])) for name in lengths}
    geometry = partial(np.array, columns.pop(GEOMETRY), dtype=object)
    return HeldShapes(partial(dict, columns), partial(shapes_frame, key, geometry), geometry)


def _read_columns(file: str, features: list[Any]) -> dict[str, list[Any]]:
    """Lay features out as columns, the geometry first; what one lacks is no number."""
    import shapely

    # a feature may be broken in any way: whatever its reading stumbles over is a fault
    try:
        rows = [_properties_of(feature) for feature in features]
    except (
        ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError,
        shapely.errors.ShapelyError,
    ) as error:  # fmt: skip
        raise _no_geojson(file, str(error)) from None
    names = dict.fromkeys(chain([GEOMETRY], *rows))
    return {name: [row.get(name, math.nan) for row in rows] for name in names}


def _properties_of(feature: Any) -> dict[str, Any]:
    """Read the shape of a feature, and its properties."""
    from shapely.geometry import shape

    drawn = shape(feature[GEOMETRY]) if feature[GEOMETRY] else None
    properties = dict(feature.get("properties") or {})
    if GEOMETRY in properties:
        raise ValueError("a property is called geometry")
    return {GEOMETRY: drawn, **properties}


def _parse(file: str, text: str) -> dict[str, Any]:
    """Read JSON without what its standard does not know, in WGS 84."""
    try:
        content = json.loads(text, parse_int=_whole_number, parse_constant=_refuse_constant)
        if ESCAPED_SURROGATE.search(text):
            json.dumps(content, ensure_ascii=False).encode()  # half a character cannot be written again
    except RecursionError:
        raise _no_geojson(file, "nested too deeply") from None
    except ValueError as error:
        raise _no_geojson(file, str(error)) from None
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        raise _no_geojson(file, text[:80])
    # a file in another system would be read as degrees, and lie elsewhere
    name = _crs_name(content.get("crs"))
    if name and not WGS84.fullmatch(name):
        raise DataError([Fault(file, None, "crs", name, "WGS 84 in degrees, longitude first")])
    return content


def _whole_number(digits: str) -> float:
    """Read a whole number; one beyond all floats is infinite, as 1e400 is to the standard library."""
    return int(digits) if len(digits) <= sys.float_info.max_10_exp else float(digits)


def _refuse_constant(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")


def _crs_name(crs: Any) -> str:
    """Name the reference system that a file says it is in; nothing if it says none."""
    if crs is None:
        return ""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else str(crs)


def _no_geojson(file: str, reason: str) -> DataError:
    return DataError([Fault(file, None, "file", reason, "GeoJSON (make geo)")])


def _faults(file: str, key: str, columns: Columns, tests: Tests) -> list[Fault]:
    """List the features that fail a test; the row counts features from 1."""
    faults = []
    for column, (allowed, fits) in tests.items():
        for row, cell in enumerate(columns[column], start=1):
            if not fits(cell):
                faults.append(Fault(file, row, column, str(cell), allowed))
    # the first property is the key; it may be of any type, also one that cannot be compared
    keys = list(map(str, columns[key]))
    twice = compress(keys, repeated(keys))
    return faults + [Fault(file, None, key, cell, "one feature for each") for cell in twice]


def _is_word(cell: Any) -> bool:
    return isinstance(cell, str) and cell != "" and CONTROL_PATTERN.search(cell) is None


def _is_length(cell: Any) -> bool:
    return _is_number(cell) and 0.01 <= cell <= LONGEST_KM


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell)


def _is_shares(cell: Any) -> bool:
    return isinstance(cell, dict) and bool(cell) and all(_is_number(km) and km >= 0 for km in cell.values())


def _is_geometry(*kinds: str) -> Callable[[Any], bool]:
    """Make the test of a shape of one of some kinds, all of whose positions are degrees."""

    def fits(shape: Any) -> bool:
        if shape is None or shape.geom_type not in kinds or shape.is_empty:
            return False
        import shapely

        positions = shapely.get_coordinates(shape)
        return bool(np.isfinite(positions).all() and (np.abs(positions) <= (180, 90)).all())

    return fits


LINK_SHAPES: Tests = {
    "id": ("an id of links", _is_word),
    "measured_km": (f"a number from 0.01 to {LONGEST_KM}", _is_length),
    "basis": ("track or line", lambda cell: isinstance(cell, str) and cell in {"track", "line"}),
    "line_km": (f"a number from 0.01 to {LONGEST_KM}", _is_length),
    "km": ("kilometres by state, numbers from 0", _is_shares),
    "geometry": ("a line in degrees, WGS 84", _is_geometry("LineString")),
}
STATE_SHAPES: Tests = {
    "iso3": ("an ISO 3166-1 alpha-3 code", _is_word),
    "name": ("a name", _is_word),
    "geometry": ("a polygon in degrees, WGS 84", _is_geometry("Polygon", "MultiPolygon")),
}
