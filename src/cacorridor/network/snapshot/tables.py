"""A checked network as sections of a snapshot, and back: its tables are read when first asked for."""

from __future__ import annotations

import struct
from functools import partial
from typing import TYPE_CHECKING, Any

from cacorridor.network.held import HeldColumns, HeldShapes, Tables
from cacorridor.network.model import Network
from cacorridor.network.schema import TABLES
from cacorridor.network.snapshot.frames import LISTS, shapes_frame, typed_frame
from cacorridor.network.tables.named import Corridor, Region

if TYPE_CHECKING:
    import numpy as np

    from cacorridor.network.held import Columns
    from cacorridor.network.snapshot.container import Container

NAME = "tables"
SHAPES = {"link_shapes": "id", "state_shapes": "iso3"}  # fields of a network, and the key of each
ABOUT = ("version", "as_of", "sha256")  # fields that are texts
ENTRIES: dict[str, type[Any]] = {"corridors": Corridor, "regions": Region}


def sections_of(network: Network) -> dict[str, Any]:
    """Lay a network out as sections.

    Parameters
    ----------
    network
        A network that was read and checked, not one that was edited.

    Returns
    -------
    dict
        Sections by name, for ``container.pack``.

    """
    import shapely

    tables: Tables = vars(network)["tables"]
    # what the dataset says of itself, and its named lists
    about: dict[str, Any] = {name: getattr(network, name) for name in ABOUT}
    row_numbers = {name: tables.stated_row_numbers(name) for name in tables}
    about["row_numbers"] = {name: numbers for name, numbers in row_numbers.items() if numbers}
    for name in ENTRIES:
        about[name] = {key: vars(entry) for key, entry in getattr(network, name).items()}

    # tables as columns; of shapes the geometry stands apart, in well-known binary
    sections: dict[str, Any] = {"about": about}
    for name in tables:
        sections[f"tables/{name}"] = dict(tables.columns(name))
    for name in SHAPES:
        shapes = vars(network)[name]
        sections[name] = dict(shapes.columns)
        sections[f"{name}/geometry"] = _pack_wkb(shapely.to_wkb(shapes.geometry).tolist())
    return sections


def restore_network(container: Container) -> Network:
    """Return the network of a snapshot.

    Parameters
    ----------
    container
        A snapshot named ``NAME``.

    Returns
    -------
    Network
        Its tables and shapes are read when first asked for.

    """
    about = container.json("about")
    tables = {}
    for name in TABLES:
        read, lay_out = partial(_read_table, container, name), partial(typed_frame, name)
        tables[name] = HeldColumns(read, lay_out, about["row_numbers"].get(name))
    shapes: dict[str, Any] = {}
    for name, key in SHAPES.items():
        geometry = partial(_read_wkb, container, name)
        read, lay_out = partial(container.json, name), partial(shapes_frame, key, geometry)
        shapes[name] = HeldShapes(read, lay_out, geometry)
    # named lists are small, so they are made at once
    entries: dict[str, Any] = {}
    for name, make in ENTRIES.items():
        entries[name] = {key: make(**_with_tuples(entry)) for key, entry in about[name].items()}
    texts: dict[str, Any] = {name: about[name] for name in ABOUT}
    return Network(tables=Tables(tables), **entries, **shapes, **texts)


def _read_table(container: Container, name: str) -> Columns:
    """Read the columns of a table; a list in a cell is a tuple."""
    columns: dict[str, Any] = container.json(f"tables/{name}")
    for column in TABLES[name].columns:
        if column.kind in LISTS:
            columns[column.name] = [tuple(cell) for cell in columns[column.name]]
    return columns


def _with_tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(cell) if isinstance(cell, list) else cell for key, cell in entry.items()}


def _pack_wkb(shapes: list[bytes]) -> bytes:
    """Join shapes in well-known binary: their number, the length of each, then the shapes."""
    return struct.pack(f"<{len(shapes) + 1}Q", len(shapes), *map(len, shapes)) + b"".join(shapes)


def _read_wkb(container: Container, name: str) -> np.ndarray:
    """Read what ``_pack_wkb`` joined."""
    import shapely

    content = container.bytes_of(f"{name}/geometry")
    (count,) = struct.unpack_from("<Q", content)
    start, parts = 8 * (count + 1), []
    for length in struct.unpack_from(f"<{count}Q", content, 8):
        parts.append(content[start : start + length])
        start += length
    return shapely.from_wkb(parts)
