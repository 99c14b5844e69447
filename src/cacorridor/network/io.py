"""Read and write the tables: the only module that knows files."""

from __future__ import annotations

import csv
import importlib.resources
import io
import json
import os
import tempfile
import tomllib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from cacorridor.errors import DataError, Fault
from cacorridor.network import schema
from cacorridor.network.checks import geojson, parsing, rules
from cacorridor.network.model import Network
from cacorridor.network.scenarios import edits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd

    from cacorridor.network.model import Corridor, Region

T = TypeVar("T")

SHAPES_FILE = "link_shapes.geojson"
STATES_FILE = "states.geojson"
CORRIDORS_FILE = "corridors.toml"
REGIONS_FILE = "regions.toml"


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
    files = _read_files(folder)
    network = Network(
        tables=parsing.convert({name: files[table.file] for name, table in schema.TABLES.items()}),
        corridors=files[CORRIDORS_FILE],
        link_shapes=files[SHAPES_FILE],
        state_shapes=files[STATES_FILE],
        regions=files[REGIONS_FILE],
    )
    rules.require_sound(network)
    return network


def _read_files(folder: Path) -> dict[str, Any]:
    """Read every file of the dataset; report all unreadable ones together."""
    readers: dict[str, Callable[[str], Any]] = {
        table.file: partial(_parse_csv, table) for table in schema.TABLES.values()
    }
    readers[CORRIDORS_FILE] = partial(_parse_toml, CORRIDORS_FILE, convert=parsing.convert_corridors)
    readers[REGIONS_FILE] = partial(_parse_toml, REGIONS_FILE, convert=parsing.convert_regions)
    readers[SHAPES_FILE] = partial(geojson.read_shapes, SHAPES_FILE, tests=geojson.LINK_SHAPES)
    readers[STATES_FILE] = partial(geojson.read_shapes, STATES_FILE, tests=geojson.STATE_SHAPES)
    read: dict[str, Any] = {}
    faults: list[Fault] = []
    total = 0
    empty = {table.file: ",".join(table.column_names) for table in schema.TABLES.values() if table.optional}
    for name, parse in readers.items():
        absent = name in empty and not os.path.lexists(folder / name)
        try:
            read[name] = parse(empty[name] if absent else _text_of(folder / name))
        except DataError as error:
            faults += error.faults
            total += error.total
    if faults:
        raise DataError(faults, total)
    return read


def _text_of(path: Path) -> str:
    """Read a file as text in UTF-8, with the line ends as they stand."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise DataError([Fault(path.name, None, "file", "missing", "a file of the dataset")]) from None
    except OSError as error:
        raise DataError([Fault(path.name, None, "file", str(error.strerror), "a readable file")]) from None
    except UnicodeDecodeError as error:
        raise DataError([Fault(path.name, None, "file", str(error), "text in UTF-8")]) from None


def _parse_csv(table: schema.Table, text: str) -> pd.DataFrame:
    """Read one table as text, each row with as many fields as the header; blank lines are skipped."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise DataError([Fault(table.file, None, "file", str(error), "CSV text in UTF-8")]) from None
    header = rows[0] if rows else []
    expected = list(table.column_names)
    if header != expected:
        raise DataError([Fault(table.file, 1, "header", ",".join(header), ",".join(expected))])
    ragged = [number for number, row in enumerate(rows) if row and len(row) != len(expected)]
    if ragged:
        faults = [
            Fault(table.file, number + 1, "row", f"{len(rows[number])} fields", f"{len(expected)} fields")
            for number in ragged[: parsing.FAULTS_KEPT_PER_COLUMN]
        ]
        raise DataError(faults, len(ragged))
    return pd.DataFrame([row for row in rows[1:] if row], columns=expected, dtype=str)


def _parse_toml(file: str, text: str, convert: Callable[[str, Any], Mapping[str, T]]) -> Mapping[str, T]:
    """Read named lists."""
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError([Fault(file, None, "file", str(error), "TOML")]) from None
    return convert(file, data)


def write_network(network: Network, directory: str | os.PathLike[str]) -> None:
    """Write the tables of a network, so that ``load_network`` reads the same network again.

    Every text is laid out before the first file is written. Scenarios that speak of what the network no
    longer has are left out.
    """
    tables = {**network.tables, "scenarios": edits.fitting(network)} if network.edited else network.tables
    texts = {table.file: _csv_text(tables[table.name], table) for table in schema.TABLES.values()}
    texts[CORRIDORS_FILE] = _toml_text(network.corridors)
    texts[REGIONS_FILE] = _toml_text(network.regions)
    texts[SHAPES_FILE] = _geojson_text(network.link_shapes)
    texts[STATES_FILE] = _geojson_text(network.state_shapes)
    for name, text in texts.items():
        write_atomically(Path(directory) / name, text)


def write_atomically(path: Path, text: str) -> None:
    """Write a text file so that a reader sees the old file or the new one; directories are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
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


def _toml_text(entries: Mapping[str, Corridor] | Mapping[str, Region]) -> str:
    """Write named lists as TOML, each with the fields that are set."""
    blocks = []
    for name, entry in entries.items():
        lines = [
            f"{key} = {_toml(value)}" for key, value in vars(entry).items() if value not in ((), None, "")
        ]
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
