"""Make the table of towns that a name of a place may mean as well: ``python -m tools.build_geo.namesakes``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from cacorridor.network.files import write_atomically
from cacorridor.network.io import load_network
from cacorridor.network.namesakes import find_namesakes
from cacorridor.network.schema import TABLES
from cacorridor.network.towns import read_towns

DATA = Path(__file__).parents[2] / "data" / "geo"


def write_namesakes(data: Path) -> int:
    """Write the namesakes of the places of a data directory, by position; return how many there are."""
    found = find_namesakes(load_network(data), read_towns(data / "gazetteer.csv.xz"))
    rows = sorted(
        (f"{town.lat:.3f}:{town.lon:.3f}", ";".join(spellings), town.state, town.population)
        for town, spellings in found
    )
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(TABLES["namesakes"].column_names)
    table.writerows(rows)
    write_atomically(data / TABLES["namesakes"].file, text.getvalue())
    return len(rows)


if __name__ == "__main__":
    write_namesakes(DATA)
