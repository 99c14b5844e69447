"""Read and write the tables of a folder."""

from __future__ import annotations

import hashlib
import json
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cacorridor.errors import DataError, Fault
from cacorridor.network import schema
from cacorridor.network.about import DATASET_FILE, about_text, parse_about
from cacorridor.network.files import decode, read_bytes, require_finished, write_folder
from cacorridor.network.files import write_atomically as write_atomically  # noqa: PLC0414  # its former place
from cacorridor.network.snapshot.store import Store, store_of
from cacorridor.network.snapshot.tables import NAME, restore_network, sections_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd
    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.network.tables.named import Corridor, Region

    Contents = Mapping[str, bytes | DataError | None]  # by file; None for an optional one that is absent

T = TypeVar("T")

SHAPES_FILE = "link_shapes.geojson"
STATES_FILE = "states.geojson"
CORRIDORS_FILE = "corridors.toml"
REGIONS_FILE = "regions.toml"


def embedded_dir() -> Path:
    """Return the directory of the embedded dataset, in a wheel or in a checkout."""
    # a wheel carries a copy of the folder, a checkout has the folder itself
    packaged = Path(__file__).resolve().parents[1] / "_data" / "geo"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[3] / "data" / "geo"
    if checkout.is_dir():
        return checkout
    raise DataError([Fault("data/geo", None, "directory", "missing", "reinstall cacorridor")])


def load_network(directory: str | os.PathLike[str] | None = None) -> Network:
    """Load and check a network from a directory of tables; the embedded dataset by default.

    Scenarios are checked when they are applied, and by ``check_scenarios``.

    Parameters
    ----------
    directory
        Folder of the tables; tables of questions, agreements and named lists may be missing.

    Returns
    -------
    Network
        The checked network.

    Raises
    ------
    DataError
        With every fault of the tables: file, row, column, value and what is allowed.

    Examples
    --------
    >>> net = cc.load_network()
    >>> "KGZ" in net.states.index
    True

    """
    folder = Path(directory) if directory is not None else embedded_dir()
    if not folder.is_dir():
        found = "a file" if folder.exists() else "missing"
        raise DataError([Fault(str(folder), None, "directory", found, "a directory of tables")])
    contents = read_contents(folder)
    # what cannot be read goes through the door too, so that all faults are told together
    if any(isinstance(content, DataError) for content in contents.values()):
        return check_network(contents)  # which tells them
    # the same contents were checked before: read what was kept of them
    store = store_of_contents(contents)
    kept = store.read(NAME)
    network = check_network(contents) if kept is None else restore_network(kept)
    if kept is None:
        store.write(NAME, sections_of(network))
    network.derived[Store] = store
    return network


def store_of_contents(contents: Contents) -> Store:
    """Return the store of a folder whose files could all be read."""
    return store_of(
        {name: content for name, content in contents.items() if not isinstance(content, DataError)}
    )


def check_network(contents: Contents) -> Network:
    """Read and check a network from the contents of its files, whatever was checked before.

    Raises
    ------
    DataError
        With every fault of the tables.

    """
    from cacorridor.network.checks import parsing, rules
    from cacorridor.network.held import Tables
    from cacorridor.network.model import Network

    # texts, then typed cells, then what the tables say together
    files = _parse_files(contents)
    about = parse_about(_text_of(DATASET_FILE, contents, ""))
    tables = parsing.convert({name: files[table.file] for name, table in schema.TABLES.items()})
    network = Network(
        tables=Tables(tables),
        corridors=files[CORRIDORS_FILE],
        link_shapes=files[SHAPES_FILE],
        state_shapes=files[STATES_FILE],
        regions=files[REGIONS_FILE],
        version=about["version"],
        sha256=content_hash(contents),
        as_of=about["as_of"],
    )
    rules.validate(network)
    return network


def content_hash(contents: Contents) -> str:
    """Return the SHA-256 of the contents of the files, each behind its name."""
    # name and length stand before each content, so that no two datasets read alike
    digest = hashlib.sha256()
    for name, content in contents.items():
        if isinstance(content, bytes):
            digest.update(f"{name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def read_contents(folder: Path) -> Contents:
    """Read every file of the dataset once; what cannot be read stands as its error, to be told."""
    # files that may be missing stand as nothing, others as an error
    optional = {table.file for table in schema.TABLES.values() if table.optional}
    optional |= {CORRIDORS_FILE, REGIONS_FILE, DATASET_FILE}
    names = [table.file for table in schema.TABLES.values()]
    contents: dict[str, bytes | DataError | None] = {}
    require_finished(folder)
    for name in (*names, CORRIDORS_FILE, REGIONS_FILE, SHAPES_FILE, STATES_FILE, DATASET_FILE):
        is_absent = name in optional and not os.path.lexists(folder / name)
        try:
            contents[name] = None if is_absent else read_bytes(folder / name)
        except DataError as error:
            contents[name] = error
    require_finished(folder)  # again: somebody may have begun to write it meanwhile
    return contents


def _parse_files(contents: Contents) -> dict[str, Any]:
    """Read the texts of all files; report all unreadable ones together."""
    from cacorridor.network.checks import geojson, parsing
    from cacorridor.network.checks.reading import parse_csv

    readers: dict[str, Callable[[str], Any]] = {
        table.file: partial(parse_csv, table) for table in schema.TABLES.values()
    }
    # named lists and shapes beside the tables
    readers[CORRIDORS_FILE] = partial(_parse_entries, CORRIDORS_FILE, parsing.convert_corridors)
    readers[REGIONS_FILE] = partial(_parse_entries, REGIONS_FILE, parsing.convert_regions)
    readers[SHAPES_FILE] = partial(geojson.read_shapes, SHAPES_FILE, tests=geojson.LINK_SHAPES)
    readers[STATES_FILE] = partial(geojson.read_shapes, STATES_FILE, tests=geojson.STATE_SHAPES)
    # an optional table that is absent has a header and no rows
    empty = {table.file: ",".join(table.column_names) for table in schema.TABLES.values()}

    read: dict[str, Any] = {}
    faults: list[Fault] = []
    total = 0
    for name, parse in readers.items():
        try:
            text = _text_of(name, contents, empty.get(name, ""))
            read[name] = parse(text)
        except MemoryError:
            faults.append(Fault(name, None, "file", "too large", "a file that fits into memory"))
            total += 1
        except DataError as error:
            faults += error.faults
            total += error.total
    if faults:
        raise DataError(faults, total)
    return read


def _text_of(name: str, contents: Contents, empty: str) -> str:
    """Take the text of a file, or what stands for one that is absent; raise what was wrong with it."""
    content = contents[name]
    if isinstance(content, DataError):
        raise content
    return empty if content is None else decode(name, content)


def _parse_entries(file: str, convert: Callable[[str, Any], Mapping[str, T]], text: str) -> Mapping[str, T]:
    """Read named lists."""
    from cacorridor.network.checks.reading import parse_toml

    return convert(file, parse_toml(file, text))


def write_network(network: Network, directory: str | os.PathLike[str]) -> None:
    """Write the tables of a network, so that ``load_network`` reads the same network again.

    The folder is written whole or not at all, and what else lies in it stays. Scenarios that speak of what
    the network no longer has are left out.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    directory
        Folder of the tables; it is made where there is none.

    Raises
    ------
    UsageError
        If a directory or a special file stands in the place of a table, or another program writes there.
    OSError
        Naming the file that cannot be written.

    Examples
    --------
    >>> cc.write_network(net, "my-tables")  # doctest: +SKIP
    >>> own = cc.load_network("my-tables")  # doctest: +SKIP

    """
    from cacorridor.network.scenarios.application import applicable

    tables = {**network.tables, "scenarios": applicable(network)} if network.edited else network.tables
    texts = {table.file: _csv_text(tables[table.name], table) for table in schema.TABLES.values()}
    texts[CORRIDORS_FILE] = _toml_text(network.corridors)
    texts[REGIONS_FILE] = _toml_text(network.regions)
    texts[SHAPES_FILE] = _geojson_text(network.link_shapes)
    texts[STATES_FILE] = _geojson_text(network.state_shapes)
    # a dataset that says nothing of itself has no file for it
    if network.version or network.as_of:
        texts[DATASET_FILE] = about_text(network.version, network.as_of)
    write_folder(Path(directory), texts)


def _csv_text(frame: pd.DataFrame, table: schema.Table) -> str:
    texts = frame.loc[:, list(table.column_names)].apply(lambda column: column.map(cell_text))
    return str(texts.to_csv(index=False, lineterminator="\n"))


def cell_text(cell: object) -> str:
    """Write one value of a typed table the way a person writes it into the CSV file."""
    import pandas as pd

    # lists are joined as they were split; a whole number of a column of floats has no decimals
    if isinstance(cell, tuple):
        return ";".join(cell)
    if cell is None or pd.isna(cell):  # type: ignore[call-overload]  # any scalar
        return ""
    return repr(cell).removesuffix(".0") if isinstance(cell, float) else str(cell)


def _toml_text(entries: Mapping[str, Corridor] | Mapping[str, Region]) -> str:
    """Write named lists as TOML, each with the fields that are set."""
    blocks = []
    for name, entry in entries.items():
        # a field that is empty has its default
        lines = [f"{key} = {_toml(cell)}" for key, cell in vars(entry).items() if cell not in ((), None, "")]
        blocks.append("\n".join([f"[{_toml(name)}]", *lines]))
    return "\n\n".join(blocks) + "\n"


def _toml(entry: object) -> str:
    """Write text, a list of text or a number: JSON is valid TOML but for one character."""
    return json.dumps(entry, ensure_ascii=False).replace("\x7f", "\\u007f")


def _geojson_text(frame: gpd.GeoDataFrame) -> str:
    """Write one feature a line, in the order of the frame."""
    features = [
        json.dumps(feature, ensure_ascii=False)
        for feature in frame.reset_index(drop=True).iterfeatures(drop_id=True)
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"
