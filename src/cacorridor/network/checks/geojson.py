"""The door of the generated geometry: lines of links and outlines of states."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from cacorridor.errors import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

Tests = dict[str, tuple[str, "Callable[[Any], bool]"]]


def read_shapes(file: str, text: str, tests: Tests) -> gpd.GeoDataFrame:
    """Turn GeoJSON into a frame indexed by its first property.

    Raises
    ------
    DataError
        With every property and geometry that is not what ``tests`` allow, and every key given twice.

    """
    import geopandas as gpd
    import shapely

    try:
        frame = gpd.GeoDataFrame.from_features(json.loads(text)["features"], crs="EPSG:4326")
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError) as error:
        raise DataError([Fault(file, None, "file", str(error), "GeoJSON (make geo)")]) from None
    lacking = [column for column in tests if column not in frame.columns]
    if lacking:
        raise DataError([Fault(file, None, column, "missing", "a property") for column in lacking])
    key = next(iter(tests))
    faults = _faults(file, key, frame, tests)
    if faults:
        raise DataError(faults)
    return frame.set_index(key, drop=False)


def _faults(file: str, key: str, frame: gpd.GeoDataFrame, tests: Tests) -> list[Fault]:
    """List the features that fail a test; the row counts features from 1."""
    faults = [
        Fault(file, row, column, str(value), allowed)
        for column, (allowed, fits) in tests.items()
        for row, value in enumerate(frame[column], start=1)
        if not fits(value)
    ]
    twice = frame[key].map(str).duplicated()
    return faults + [
        Fault(file, None, key, str(value), "one feature for each") for value in frame.loc[twice, key]
    ]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _is_length(value: Any) -> bool:
    return _is_number(value) and value > 0


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_shares(value: Any) -> bool:
    return (
        isinstance(value, dict) and bool(value) and all(_is_number(km) and km >= 0 for km in value.values())
    )


def _is_geometry(*kinds: str) -> Callable[[Any], bool]:
    return lambda value: value is not None and value.geom_type in kinds and not value.is_empty


LINK_SHAPES: Tests = {
    "id": ("an id of links", _is_text),
    "measured_km": ("a number above 0", _is_length),
    "basis": ("track or line", lambda value: value in {"track", "line"}),
    "line_km": ("a number above 0", _is_length),
    "km": ("kilometres by state, numbers from 0", _is_shares),
    "geometry": ("a line", _is_geometry("LineString")),
}
STATE_SHAPES: Tests = {
    "iso3": ("an ISO 3166-1 alpha-3 code", _is_text),
    "name": ("a name", _is_text),
    "geometry": ("a polygon", _is_geometry("Polygon", "MultiPolygon")),
}
