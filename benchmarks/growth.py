"""Time what grows with the network: ``python -m benchmarks.growth [--copies 1 10 100]``.

The real network several times over, each copy joined to the next by a road in one of its towns; copies lie on
the same ground, so that every rule of the data holds for them too. Told is CPU time of one process: the first
load, with all checks; loading what was checked; laying out; the first question, to the last copy; and a near
question after it, in the first copy.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor import find_route, load_network
from cacorridor.routing.graph.building import build_supernetwork, supernetwork_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DATA = Path(__file__).resolve().parents[1] / "data" / "geo"
SHAPES = "link_shapes.geojson"
COPIES = (1, 10, 100)
ROUNDS = 5  # of the near question
NEAR, FAR = ("kashgar", "osh"), ("xian", "tashkent")
TOWN, TOWN_STATE = "tashkent", "UZB"  # where a copy is joined to the next
KEYS = {  # columns that name a place or a link, of the tables that grow with the ground
    "places": ("id",),
    "links": ("id", "from", "to"),
    "transfers": ("id", "place"),
    "services": ("id", "link"),
    "closures": ("id", "link"),
    "crossings": ("id", "link"),
    "aliases": ("id", "place"),
}
NAMES = {"places": ("name", "name_ru", "name_zh", "gateway"), "aliases": ("alias",)}
JOBS = ("load, first time", "load again", "lay out", "first question", "near question")


def main() -> None:
    """Write the networks, time them, and print them as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", nargs="*", type=int, default=COPIES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CACORRIDOR_CACHE"] = str(Path(scratch) / "cache")
        folder = write_copies(Path(scratch) / "warm", 1)
        timed(folder, 1)  # imports what checking needs
        print(f"| copies | links | {' | '.join(f'{job}, ms' for job in JOBS)} |")
        print(f"|---:|---:|{'---:|' * len(JOBS)}")
        for copies in options.copies:
            folder = write_copies(Path(scratch) / str(copies), copies)
            spent, links = timed(folder, copies)
            cells = " | ".join(f"{1000 * spent[job]:,.1f}" for job in JOBS)
            print(f"| {copies} | {links:,} | {cells} |", flush=True)


def timed(folder: Path, copies: int) -> tuple[dict[str, float], int]:
    """Time each job on a folder, CPU seconds; and count its links."""
    with (folder / "dataset.toml").open("a", encoding="utf-8") as file:
        file.write(f"# {folder}: no snapshot knows it\n")
    first, _ = _spent(lambda: load_network(folder))
    again, network = _spent(lambda: load_network(folder))
    layout, _ = _spent(lambda: build_supernetwork(network, level="express"))
    supernetwork_of(network, "express")
    far = FAR[0], _named(FAR[1], copies - 1)
    question, _ = _spent(lambda: find_route(network, *far))
    near = [_spent(lambda: find_route(network, *NEAR))[0] for _ in range(ROUNDS)]
    spent = dict(zip(JOBS, (first, again, layout, question, statistics.median(near)), strict=True))
    return spent, len(network.columns("links")["id"])


def _spent(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    done = work()
    return time.process_time() - start, done


# ---------------------------------------------------------------- copies of the real network


def write_copies(folder: Path, copies: int) -> Path:
    """Write the real tables so many times into one folder, each copy joined to the next."""
    shutil.copytree(DATA, folder)
    for table in KEYS:
        _repeat_table(folder / f"{table}.csv", table, copies)
    # the lines of the links, and of the roads that join the copies
    collection = json.loads((DATA / SHAPES).read_text(encoding="utf-8"))
    features = collection["features"]
    collection["features"] = [_renamed(each, copy) for copy in range(copies) for each in features]
    collection["features"] += [_joining_line(copy) for copy in range(1, copies)]
    (folder / SHAPES).write_text(json.dumps(collection), encoding="utf-8")
    return folder


def _repeat_table(path: Path, table: str, copies: int) -> None:
    """Repeat the rows of a table, with names and ids of their own in each copy."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    # a row that speaks of no place or link holds for all copies
    own = [row for row in rows if all(row[name] for name in KEYS[table])]
    rows += [_copied(row, table, copy) for copy in range(1, copies) for row in own]
    if table == "links":
        rows += [_joining_link(columns, copy) for copy in range(1, copies)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def _copied(row: dict[str, str], table: str, copy: int) -> dict[str, str]:
    ids = {name: _named(row[name], copy) for name in KEYS[table]}
    names = {name: f"{row[name]} {copy}" for name in NAMES.get(table, ()) if row[name]}
    return {**row, **ids, **names}


def _named(key: str, copy: int) -> str:
    return f"{key}.{copy}" if copy else key


def _joining_link(columns: Iterable[str], copy: int) -> dict[str, str]:
    """Join a copy to the one before by a road."""
    ends = {"from": _named(TOWN, copy - 1), "to": _named(TOWN, copy)}
    about = {"id": f"join:{copy}", "mode": "road", "status": "operational", "drawn": "towns"}
    return dict.fromkeys(columns, "") | about | ends


def _renamed(feature: dict[str, Any], copy: int) -> dict[str, Any]:
    properties = feature["properties"]
    return {**feature, "properties": {**properties, "id": _named(properties["id"], copy)}}


def _joining_line(copy: int) -> dict[str, Any]:
    """Draw the road between two copies of a town, which lie at one spot, a kilometre long."""
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        town = next(row for row in csv.DictReader(file) if row["id"] == TOWN)
    lon, lat = float(town["lon"]), float(town["lat"])
    measures = {"measured_km": 1.0, "line_km": 1.0, "basis": "line", "km": {TOWN_STATE: 1.0}}
    line = {"type": "LineString", "coordinates": [[lon, lat], [lon, round(lat + 0.009, 4)]]}
    return {"type": "Feature", "properties": {"id": f"join:{copy}", **measures}, "geometry": line}


if __name__ == "__main__":
    main()
