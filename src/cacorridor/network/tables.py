"""Read and write the tables: the only module that knows files."""

from __future__ import annotations

import csv
import importlib.resources
import json
import os
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor.errors import DataError, Fault
from cacorridor.network import cells, checks, schema
from cacorridor.network.model import Corridor, Network

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

SHAPES_FILE = "link_shapes.geojson"
STATES_FILE = "states.geojson"
CORRIDORS_FILE = "corridors.toml"


def embedded_dir() -> Path:
    """Return the directory of the embedded dataset, in a wheel or in a checkout."""
    packaged = Path(str(importlib.resources.files("cacorridor"))) / "_data" / "geo"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[3] / "data" / "geo"
    if checkout.is_dir():
        return checkout
    raise DataError([Fault("data/geo", None, "directory", "missing", "reinstall cacorridor")])


def load_network(directory: str | os.PathLike[str] | None = None) -> Network:
    """Load and check a network from a directory of tables; the embedded dataset by default.

    Raises
    ------
    DataError
        With every fault of the tables: file, row, column, value and what is allowed.

    """
    folder = Path(directory) if directory is not None else embedded_dir()
    if not folder.is_dir():
        raise DataError([Fault(str(folder), None, "directory", "missing", "a directory of tables")])
    raw = _read_all_csv(folder)
    tables = cells.convert(raw)
    network = Network(
        tables=tables,
        corridors=_read_corridors(folder / CORRIDORS_FILE),
        link_shapes=_read_shapes(folder / SHAPES_FILE, ("id", "measured_km", "basis", "line_km", "km")),
        state_shapes=_read_shapes(folder / STATES_FILE, ("iso3", "name")),
    )
    checks.require_sound(network)
    return network


def _read_all_csv(folder: Path) -> dict[str, pd.DataFrame]:
    """Read every table as text; report all unreadable files together."""
    frames: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for table in schema.TABLES.values():
        try:
            frames[table.name] = _read_csv(folder / table.file, table)
        except DataError as error:
            faults.extend(error.faults)
    if faults:
        raise DataError(faults)
    return frames


def _read_csv(path: Path, table: schema.Table) -> pd.DataFrame:
    """Read one table as text, each row with as many fields as the header."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream, strict=True))
    except FileNotFoundError:
        raise DataError(
            [Fault(table.file, None, "file", "missing", f"a table with {table.row} a row")]
        ) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError([Fault(table.file, None, "file", str(error), "CSV text in UTF-8")]) from None
    header = rows[0] if rows else []
    expected = list(table.column_names)
    if header != expected:
        raise DataError([Fault(table.file, 1, "header", ",".join(header), ",".join(expected))])
    ragged = [
        Fault(table.file, number, "row", f"{len(row)} fields", f"{len(expected)} fields")
        for number, row in enumerate(rows[1:], start=2)
        if len(row) != len(expected)
    ]
    if ragged:
        raise DataError(ragged)
    return pd.DataFrame(rows[1:], columns=expected, dtype=str)


def _read_shapes(path: Path, columns: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Read a GeoJSON file of the build and make sure that it has the columns expected."""
    import geopandas as gpd

    if not path.is_file():
        raise DataError([Fault(path.name, None, "file", "missing", "a generated GeoJSON file (make geo)")])
    try:
        frame = gpd.read_file(path)
    except Exception as error:  # noqa: BLE001  # pyogrio's errors share no public base class
        raise DataError([Fault(path.name, None, "file", str(error), "GeoJSON")]) from None
    lacking = [column for column in columns if column not in frame.columns]
    if lacking:
        raise DataError([Fault(path.name, None, column, "missing", "a property") for column in lacking])
    if "km" in columns:
        frame["km"] = [json.loads(value) if isinstance(value, str) else value for value in frame["km"]]
    return frame.set_index(columns[0], drop=False)


def _read_corridors(path: Path) -> dict[str, Corridor]:
    """Read the named corridors."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError([Fault(path.name, None, "file", "missing", "a TOML file of corridors")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError([Fault(path.name, None, "file", str(error), "TOML")]) from None
    return cells.convert_corridors(path.name, data)


def write_network(network: Network, directory: str | os.PathLike[str]) -> None:
    """Write the tables of a network, so that ``load_network`` reads the same network again."""
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    for table in schema.TABLES.values():
        write_atomically(folder / table.file, _csv_text(network.tables[table.name], table))
    write_atomically(folder / CORRIDORS_FILE, _corridors_text(network.corridors))
    for name, frame in ((SHAPES_FILE, network.link_shapes), (STATES_FILE, network.state_shapes)):
        write_atomically(folder / name, _geojson_text(frame))


def write_atomically(path: Path, text: str) -> None:
    """Write a text file so that a reader sees the old file or the new one, never half of it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        Path(temporary).chmod(0o644)  # mkstemp makes it private
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _csv_text(frame: pd.DataFrame, table: schema.Table) -> str:
    texts = frame.loc[:, list(table.column_names)].apply(lambda column: column.map(cell_text))
    return str(texts.to_csv(index=False, lineterminator="\n"))


def cell_text(value: object) -> str:
    """Write one value of a typed table the way a person writes it into the CSV file."""
    if isinstance(value, tuple):
        return ";".join(value)
    if value is None or pd.isna(value):  # type: ignore[call-overload]  # any scalar
        return ""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _corridors_text(corridors: Mapping[str, Corridor]) -> str:
    """Write corridors as TOML."""
    blocks = []
    for name, corridor in corridors.items():
        lines = [f"{key} = {_toml(value)}" for key, value in corridor.as_items()]
        blocks.append("\n".join([f"[{_toml(name)}]", *lines]))
    return "\n\n".join(blocks) + "\n"


def _toml(value: object) -> str:
    """Write text, a list of text or a number: JSON is valid TOML but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _geojson_text(frame: gpd.GeoDataFrame) -> str:
    """Write one feature a line, in the order of the frame."""
    features = [
        json.dumps(feature, ensure_ascii=False)
        for feature in frame.reset_index(drop=True).iterfeatures(drop_id=True)
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"
