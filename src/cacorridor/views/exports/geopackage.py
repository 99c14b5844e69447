"""A GeoPackage whose layers QGIS draws by itself: their styles stand in the table ``layer_styles``."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from cacorridor.routing.telling.shapes import WGS_84, dump, stops_on_ground
from cacorridor.views.exports.ground import on_ground
from cacorridor.views.exports.styles import style_of

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from cacorridor.views.exports.findings import Findings

GEOMETRY_COLUMN = "geom"
GEOPACKAGE_VERSION = "1.2"  # the newest that QGIS 3.22 and its GDAL read without a warning
RELATIONS = ("states", "touches", "bypasses")  # of a route to states, codes in order of travel
# the columns that QGIS makes itself when it saves a style; the time is written as GeoPackages have it
STYLE_TABLE = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
)
"""
REGISTER = "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?, 'attributes', ?)"
STYLE_ROW = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
                          styleQML, styleSLD, useAsDefault, description, owner)
VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '')
"""


class Layer(NamedTuple):
    """One layer: its name and its rows."""

    name: str
    frame: gpd.GeoDataFrame


def write_geopackage(findings: Findings, path: Path) -> None:
    """Write the answer as layers with styles, and its tables beside them.

    Of routes the layers are ``routes``, ``legs`` (what runs) and ``stops``; of other answers there is one
    layer of the rows. The metadata of the file tell what the answer rests on.

    Parameters
    ----------
    findings
        What was found out.
    path
        A file that is not there.

    """
    import pyogrio

    layers = _layers(findings)
    # in each layer, as readers open layers one by one
    about = {"CACORRIDOR": dump(findings.origin)}
    for layer in layers:
        pyogrio.write_dataframe(
            layer.frame,
            path,
            layer=layer.name,
            driver="GPKG",
            append=path.exists(),
            dataset_metadata=about,
            dataset_options={"VERSION": GEOPACKAGE_VERSION},
            layer_options={"GEOMETRY_NAME": GEOMETRY_COLUMN},
        )
    # tables without geometry, such as the evidence; a table that is a layer stands there already
    for name, table in findings.frames.items():
        if name not in {layer.name for layer in layers}:
            pyogrio.write_dataframe(_without_objects(table), path, layer=name, driver="GPKG", append=True)
    _add_styles(findings, layers, path)


def _layers(findings: Findings) -> list[Layer]:
    """Divide an answer into layers, each of one kind of geometry."""
    import geopandas as gpd
    import pandas as pd

    ground = on_ground(findings)
    if not findings.routes:
        return [Layer("answer", ground)]
    rows = [
        {"route": each.name, **each.totals(), **{name: " ".join(getattr(each, name)) for name in RELATIONS}}
        for each in findings.routes
    ]
    lines = gpd.GeoDataFrame(rows, geometry=[each.geometry for each in findings.routes], crs=WGS_84)
    # transfers stand at a place, and are among the stops
    stops = pd.concat([stops_on_ground(each).assign(route=each.name) for each in findings.routes])
    runs = ground[ground.geom_type == "LineString"]
    return [Layer("routes", lines), Layer("legs", runs), Layer("stops", gpd.GeoDataFrame(stops, crs=WGS_84))]


def _without_objects(table: pd.DataFrame) -> pd.DataFrame:
    """Write cells that are neither text nor numbers as JSON; name columns by texts."""
    import pandas as pd

    columns = {
        str(name): [cell if isinstance(cell, str) else dump(cell) for cell in table[name]]
        if table[name].dtype == object
        else table[name]
        for name in table
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def _add_styles(findings: Findings, layers: list[Layer], path: Path) -> None:
    """Add the table of styles, one row a layer."""
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        # registered, or the programs of GDAL would not list it
        file.execute(STYLE_TABLE)
        file.execute(REGISTER, ("layer_styles", "layer_styles"))
        for name, frame in layers:
            style = style_of(findings.network, frame)
            file.execute(STYLE_ROW, (name, GEOMETRY_COLUMN, name, style, f"{name} of cacorridor"))
