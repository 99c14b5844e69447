"""Columns of plain values become frames: each column of the type that the schema gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd
    import pandas as pd

    from cacorridor.network.columns import Column
    from cacorridor.network.held import Columns

LISTS = frozenset({"keys", "states", "categories"})  # kinds of columns whose cells are tuples
WHOLE = frozenset({"integer", "year"})


def series_of(cells: Sequence[Any], column: Column) -> pd.Series[Any]:
    """Turn the cells of a column into a series: numbers, whole numbers or none, lists, or text."""
    import pandas as pd

    if column.kind == "number":
        return pd.Series(cells, dtype=float)
    if column.kind in WHOLE:
        return pd.Series(cells, dtype="Int64")
    return pd.Series(cells, dtype=object if column.kind in LISTS else str)


def typed_frame(name: str, columns: Columns) -> pd.DataFrame:
    """Turn the columns of a table into a frame."""
    import pandas as pd

    from cacorridor.network.schema import TABLES

    return pd.DataFrame(
        {column.name: series_of(columns[column.name], column) for column in TABLES[name].columns}
    )


def shapes_frame(key: str, geometry: Callable[[], Any], columns: Columns) -> gpd.GeoDataFrame:
    """Turn properties and an array of geometries into a frame (WGS 84), indexed by one of the properties."""
    import geopandas as gpd
    import pandas as pd

    # shares by state are dictionaries, which pandas must not take apart
    properties = {
        name: pd.Series(cells, dtype=object) if name == "km" else pd.Series(cells)
        for name, cells in columns.items()
    }
    frame = gpd.GeoDataFrame({"geometry": geometry(), **properties}, crs="EPSG:4326")
    return frame.set_index(key, drop=False)
