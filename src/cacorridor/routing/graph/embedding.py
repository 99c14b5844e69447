"""Make the snapshots of the embedded data: when the wheel is built, and by ``make`` for a working copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.network.files import write_bytes_atomically
from cacorridor.network.io import check_network, embedded_dir, read_contents, store_of_contents
from cacorridor.network.schema import SERVICE_LEVELS
from cacorridor.network.snapshot import tables
from cacorridor.network.snapshot.container import pack
from cacorridor.network.snapshot.store import ENDING, embedded_folder
from cacorridor.routing.graph import keeping
from cacorridor.routing.graph.building import build_supernetwork, snapshot_name

if TYPE_CHECKING:
    from pathlib import Path


def write_embedded(folder: Path, *, installed: bool) -> list[Path]:
    """Check the embedded data and write what was checked, with the supernetwork of each service level.

    Parameters
    ----------
    folder
        Where the snapshots are written.
    installed
        Whether they go into a wheel; those of a working copy are valid for its sources only.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    DataError
        If the data have faults.

    """
    # the key says of which files, and by which sources, a snapshot was made
    contents = read_contents(embedded_dir())
    network = check_network(contents)
    key = store_of_contents(contents).key(installed=installed)
    sections = {tables.NAME: tables.sections_of(network)}
    for level in SERVICE_LEVELS:
        sections[snapshot_name(level)] = keeping.supernetwork_sections(
            build_supernetwork(network, level=level)
        )
    # a file appears whole or not at all: another process may read while this one writes
    written = []
    for name, section in sections.items():
        written.append(folder / f"{name}{ENDING}")
        write_bytes_atomically(written[-1], pack(key, section))
    return written


if __name__ == "__main__":
    write_embedded(embedded_folder(), installed=False)
