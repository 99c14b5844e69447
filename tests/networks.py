"""A toy network on a plane of four square states.

::

        lon 0          2          4          6
    lat 2  +----------+----------+----------+
           |   AAA    |   BBB    |   CCC    |
           | aport    |          |          |
           |  a1===(road)===b1===========c1 |      ===  road
           |  a1---a2 | b2---b3  | c2---c1  |      ---  rail_1520
           |    `--touches DDD--'            |
    lat 0  +----------+----------+----------+
           |              DDD               |
           |        d1 (road from a1, c1)   |
    lat -2 +--------------------------------+

Roads: a1-a3|b1-b4|c3-c1 through BBB; a1-d1-c1 through DDD (longer). Rail: a1-a2|b2-b3|c2-c1, whose
stretch b2-b3 touches DDD without a stop. Sea: aport-cport. Planned road a1-c1 of 2030.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Polygon

from cacorridor import Network
from cacorridor.network.checks import parsing
from cacorridor.network.checks.reading import RawTable
from cacorridor.network.schema import DIRECTIONS, LEVELS, TABLES
from cacorridor.network.tables.named import Corridor, Region

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cacorridor.network.held import HeldColumns

Rows = dict[str, list[dict[str, str]]]
LinkSpec = tuple[str, str, str, dict[str, float], dict[str, str]]

SQUARES = {"AAA": (0, 0, 2, 2), "BBB": (2, 0, 4, 2), "CCC": (4, 0, 6, 2), "DDD": (0, -2, 6, 0)}
SQUARE_LINES = {  # the borders carry the corner points of the neighbours, so that they fit together
    "DDD": [[0, -2], [6, -2], [6, 0], [4, 0], [2, 0], [0, 0], [0, -2]],
}
MODES = ("rail_1435", "rail_1520", "road", "sea")
DEGREE_KM = 111.3  # one degree of longitude at the equator

PLACES = {  # id: (state, lat, lon)
    "a1": ("AAA", 0.5, 0.5),
    "a2": ("AAA", 0.5, 1.9),
    "a3": ("AAA", 1.0, 1.9),
    "aport": ("AAA", 1.5, 0.5),
    "ad": ("AAA", 0.1, 0.5),
    "b1": ("BBB", 1.0, 2.1),
    "b2": ("BBB", 0.5, 2.1),
    "b3": ("BBB", 0.5, 3.9),
    "b4": ("BBB", 1.0, 3.9),
    "c1": ("CCC", 0.5, 5.5),
    "c2": ("CCC", 0.5, 4.1),
    "c3": ("CCC", 1.0, 4.1),
    "cport": ("CCC", 1.5, 5.5),
    "cd": ("CCC", 0.1, 5.5),
    "d1": ("DDD", -1.0, 3.0),
    "da": ("DDD", -0.1, 0.5),
    "dc": ("DDD", -0.1, 5.5),
}
LINKS: list[LinkSpec] = [
    ("road", "a1", "a3", {"AAA": 170}, {}),
    ("road", "a3", "b1", {"AAA": 12, "BBB": 12}, {}),
    ("road", "b1", "b4", {"BBB": 210}, {}),
    ("road", "b4", "c3", {"BBB": 12, "CCC": 12}, {}),
    ("road", "c3", "c1", {"CCC": 170}, {}),
    ("road", "a1", "ad", {"AAA": 48}, {}),
    ("road", "ad", "da", {"AAA": 12, "DDD": 12}, {}),
    ("road", "da", "d1", {"DDD": 330}, {}),
    ("road", "d1", "dc", {"DDD": 330}, {}),
    ("road", "dc", "cd", {"DDD": 12, "CCC": 12}, {}),
    ("road", "cd", "c1", {"CCC": 48}, {}),
    ("road", "a1", "aport", {"AAA": 120}, {}),
    ("road", "cport", "c1", {"CCC": 120}, {}),
    (
        "road",
        "a3",
        "c3",
        {"AAA": 12, "BBB": 240, "CCC": 12},
        {
            "status": "planned",
            "opened": "2030",
            "touches": "BBB",
            "note": "a corridor road with posts at its ends",
        },
    ),
    ("rail_1520", "a1", "a2", {"AAA": 160}, {}),
    ("rail_1520", "a2", "b2", {"AAA": 12, "BBB": 12}, {}),
    ("rail_1520", "b2", "b3", {"BBB": 190, "DDD": 15}, {"touches": "DDD"}),
    ("rail_1520", "b3", "c2", {"BBB": 12, "CCC": 12}, {}),
    ("rail_1520", "c2", "c1", {"CCC": 160}, {}),
    ("sea", "aport", "cport", {"sea": 560}, {}),
]


def link_id(mode: str, start: str, end: str) -> str:
    """Name a link the way the dataset does."""
    return f"{mode}:{start}:{end}"


def link_rows(links: Iterable[LinkSpec]) -> list[dict[str, str]]:
    """List the rows of links that are open."""
    return [
        {
            "id": link_id(mode, start, end),
            "from": start,
            "to": end,
            "mode": mode,
            "status": "operational",
            "drawn": "sea" if mode == "sea" else "towns",
            **extra,
        }
        for mode, start, end, _, extra in links
    ]


def toy_rows() -> Rows:
    """List the rows of every table; cells that are left out are empty."""
    return {
        "sources": [{"id": "s1", "title": "A survey", "publisher": "A bank", "year": "2023"}],
        "places": [
            {
                "id": key,
                "name": key.upper(),
                "kind": "city",
                "state": state,
                "lat": str(lat),
                "lon": str(lon),
                "position_basis": "published",
                "source_id": "s1",
            }
            for key, (state, lat, lon) in PLACES.items()
        ],
        "aliases": [{"id": "a1:1", "place": "a1", "alias": "Alpha", "language": "en", "source_id": "s1"}],
        "namesakes": [{"id": "9.000:9.000", "spellings": "Omega", "state": "EEE", "population": "5000"}],
        "modes": [{"id": mode, "label": mode, "colour": "#123456"} for mode in MODES],
        "closed_lines": [
            {"id": "corner", "name": "the line of the corner", "state": "DDD", "source_id": "s1"}
            | {"course": "-1.9 -0.5;-1.9 0.1;-2.5 0.1"}
        ],
        "links": link_rows(LINKS),
        "crossings": [
            {
                "id": f"{mode}-{direction}-{level}",
                "mode": mode,
                "direction": direction,
                "level": level,
                "dwell_h": "2" if level == "express" else "10",
                "dwell_low_h": "1",
                "dwell_high_h": "20",
                "cause": "customs",
                "basis": "assumed",
                "note": "toy",
            }
            for mode in MODES
            for direction in DIRECTIONS
            for level in LEVELS
        ],
        "transfers": [
            {
                "id": f"{place}-{a}-{b}-{level}",
                "place": place,
                "from_mode": a,
                "to_mode": b,
                "level": level,
                "method": "crane",
                "handling_h": "6",
                "handling_low_h": "3",
                "handling_high_h": "12",
                "basis": "published",
                "source_id": "s1",
            }
            for place, a, b in [
                ("a1", "road", "rail_1520"),
                ("c1", "road", "rail_1520"),
                ("aport", "road", "sea"),
                ("cport", "road", "sea"),
            ]
            for level in LEVELS
        ],
        "services": [
            {
                "id": f"ferry-{level}",
                "link": "sea:aport:cport",
                "level": level,
                "headway_h": "48",
                "headway_cv": "0.5",
                "sailing_h": "24",
                "sailing_low_h": "20",
                "sailing_high_h": "30",
                "closure_share": "0.1",
                "basis": "published",
                "source_id": "s1",
            }
            for level in LEVELS
        ],
        "speeds": [
            {
                "id": f"{mode}-{level}",
                "mode": mode,
                "level": level,
                "speed_kmh": "40",
                "speed_low_kmh": "30",
                "speed_high_kmh": "50",
                "duty_h_per_day": "12" if mode == "road" else "24",
                "basis": "published",
                "source_id": "s1",
            }
            for mode in ("rail_1435", "rail_1520", "road")
            for level in LEVELS
        ],
        "terminals": [
            {
                "id": f"rail_1520:{side}:{level}",
                "mode": "rail_1520",
                "side": side,
                "level": level,
                "stay_h": hours,
                "stay_low_h": "1",
                "stay_high_h": "40",
                "basis": "assumed",
                "note": "toy",
            }
            for side, hours in (("departure", "10"), ("arrival", "5"))
            for level in LEVELS
        ],
        "claims": [
            {
                "id": "km-a1-c1",
                "origin": "a1",
                "destination": "c1",
                "modes": "road",
                "what": "km",
                "low": "610",
                "high": "610",
                "standing": "observed",
                "source_id": "s1",
            }
        ],
        "closures": [
            {
                "id": "snow",
                "link": "road:d1:dc",
                "months": "12;1;2",
                "closed_share": "1",
                "spell_h": "2000",
                "basis": "published",
                "source_id": "s1",
            },
            {
                "id": "thaw",
                "link": "road:d1:dc",
                "months": "3",
                "closed_share": "0.5",
                "spell_h": "48",
                "basis": "published",
                "source_id": "s1",
            },
            {
                "id": "storm",
                "link": "sea:aport:cport",
                "months": "11",
                "closed_share": "0.5",
                "spell_h": "48",
                "basis": "published",
                "source_id": "s1",
            },
        ],
        "pairs": [
            {
                "id": f"{origin}-{destination}",
                "origin": origin,
                "destination": destination,
                "weight": "1",
                "basis": "assumed",
                "note": "both directions count alike",
            }
            for origin, destination in (("a1", "c1"), ("c1", "a1"))
        ],
        "indicators": [
            {
                "id": "bbb-road",
                "state": "BBB",
                "mode": "road",
                "year": "2023",
                "swod_kmh": "40",
                "swd_kmh": "9",
                "origin": "a3",
                "destination": "c3",
                "via": "b1",
                "source_id": "s1",
            }
        ],
        "scenarios": [
            {
                "id": "slow",
                "scenario": "slow",
                "table": "speeds",
                "row": "*",
                "operation": "multiply",
                "column": "speed_low_kmh;speed_kmh;speed_high_kmh",
                "value": "0.5",
                "note": "everything runs at half its speed",
            }
        ],
        "memberships": [
            {
                "id": "aaa-union",
                "state": "AAA",
                "bloc": "Union",
                "since": "2015",
                "status": "member",
                "source_id": "s1",
            }
        ],
        "journeys": [
            {
                "id": "train",
                "origin": "a1",
                "destination": "c1",
                "modes": "rail_1520",
                "service": "scheduled",
                "counting": "departure",
                "days_low": "1",
                "days_high": "1.5",
                "nature": "observed",
                "first_run": "no",
                "source_id": "s1",
            }
        ],
        "journeys_holdout": [
            {
                "id": "later-train",
                "origin": "a1",
                "destination": "c1",
                "modes": "rail_1520",
                "service": "scheduled",
                "counting": "departure",
                "days_low": "2",
                "days_high": "2.5",
                "nature": "observed",
                "first_run": "no",
                "source_id": "s1",
            }
        ],
        "calibration": [
            {"id": "level:express", "group": "level", "multiplier": "1", "sd_log": "0", "journeys": "1"}
        ],
        "quality": [
            {
                "id": "left_out:all",
                "test": "left_out",
                "journeys_of": "all",
                "journeys": "9",
                "in_50": "0.5",
                "in_80": "0.75",
                "in_95": "1",
                "bias_log": "-0.01",
                "median_error_log": "0.2",
                "rule_error_log": "0.4",
                "error_ratio": "0.5",
                "crps": "0.1",
                "rule_crps": "0.2",
                "width": "2",
                "as_of": "2026-01-31",
            }
        ],
        "agreements": [
            {
                "id": "pact",
                "year": "2020",
                "name": "Pact",
                "parties": "AAA;BBB",
                "what": "roads",
                "source_id": "s1",
            }
        ],
        **money_rows(),
    }


def money_rows() -> Rows:
    """Prices and factors of the toy: those of 2020 are a quarter more in dollars of 2025."""
    prices = {  # id: (what, mode, unit, mean)
        "run:road": ("run", "road", "truck", "2"),
        "run:rail": ("run", "rail", "feu", "1"),
        "run:sea": ("run", "sea", "feu", "0.5"),
        "hour:road": ("hour", "road", "truck", "8"),
        "crossing:road": ("crossing", "road", "truck", "40"),
        "crossing:rail": ("crossing", "rail", "feu", "80"),
        "crossing:sea": ("crossing", "sea", "feu", "20"),
        "port": ("port", "", "feu", "100"),
        "terminal": ("terminal", "", "feu", "60"),
        "time:fruit": ("time", "", "t", "1"),
    }
    factors = {  # id: (what, mode, carrier, unit, mean)
        "road": ("direct", "road", "", "g/tkm", "100"),
        "sea": ("direct", "sea", "", "g/tkm", "20"),
        "rail:diesel": ("energy", "rail", "diesel", "g/tkm", "5"),
        "rail:electric": ("energy", "rail", "electricity", "kwh/tkm", "0.02"),
        "diesel": ("carbon", "", "diesel", "g/g", "4"),
        "grid": ("carbon", "", "electricity", "g/kwh", "500"),
        "port": ("port", "", "", "g/container", "10000"),
        "terminal": ("terminal", "", "", "g/container", "7000"),
    }
    sourced = {"basis": "published", "source_id": "s1"}
    return {
        "currencies": [
            {"id": f"usd:{year}", "currency": "USD", "year": year, "usd_per_unit": "1", **sourced}
            | {"usd_2025_per_usd": worth}
            for year, worth in (("2020", "1.25"), ("2025", "1"))
        ],
        "rates": [
            {
                "id": key,
                "what": what,
                "mode": mode,
                "unit": unit,
                "currency": "USD",
                "year": "2020",
                **sourced,
            }
            | {"low": str(float(mean) / 2), "mean": mean, "high": str(2 * float(mean))}
            | {"goods": key.partition(":")[2] if what == "time" else ""}
            for key, (what, mode, unit, mean) in prices.items()
        ],
        "emissions": [
            {
                "id": key,
                "what": what,
                "mode": mode,
                "carrier": carrier,
                "unit": unit,
                "year": "2020",
                **sourced,
            }
            | {"low": str(float(mean) / 2), "mean": mean, "high": str(2 * float(mean))}
            | {"standard": "well-to-wheel"}
            for key, (what, mode, carrier, unit, mean) in factors.items()
        ],
    }


def write_toy(directory: Path, rows: Rows | None = None) -> Path:
    """Write the toy network as a directory of tables."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, table_rows in (rows or toy_rows()).items():
        columns = TABLES[name].column_names
        lines = [",".join(columns)]
        lines += [",".join(row.get(column, "") for column in columns) for row in table_rows]
        (directory / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_geojson(directory / "link_shapes.geojson", [_link_feature(*link) for link in LINKS])
    write_geojson(directory / "states.geojson", [_state_feature(state) for state in SQUARES])
    (directory / "corridors.toml").write_text(
        '["south"]\nname = "The southern road"\nvia = ["d1"]\nmodes = ["road"]\n', encoding="utf-8"
    )
    (directory / "regions.toml").write_text(
        '["middle"]\nname = "The middle"\nstates = ["BBB", "DDD"]\n', encoding="utf-8"
    )
    return directory


def write_geojson(path: Path, features: list[dict[str, Any]]) -> None:
    """Write features, one a line."""
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def _link_feature(mode: str, start: str, end: str, km: dict[str, float], _: object) -> dict[str, Any]:
    line = [[PLACES[place][2], PLACES[place][1]] for place in (start, end)]
    total = sum(km.values())
    properties = {
        "id": link_id(mode, start, end),
        "measured_km": total,
        "basis": "line",
        "line_km": total,
        "km": km,
    }
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "LineString", "coordinates": line},
    }


def _state_feature(state: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"iso3": state, "name": f"State {state}"},
        "geometry": {"type": "Polygon", "coordinates": [_ring(state)]},
    }


# ---------------------------------------------------------------- one thing changed


def edited(table: str, key: str, /, **changes: str) -> Rows:
    """The toy's rows with some cells of one row changed; ``from_`` stands for the column ``from``."""
    rows = toy_rows()
    row = next(row for row in rows[table] if row["id"] == key)
    row.update({column.removesuffix("_"): value for column, value in changes.items()})
    return rows


def without(table: str, *keys: str) -> Rows:
    """The toy's rows without some rows of one table."""
    rows = toy_rows()
    rows[table] = [row for row in rows[table] if row["id"] not in keys]
    return rows


def added(table: str, *new: dict[str, str]) -> Rows:
    """The toy's rows and more rows in one table; cells left out are those of the table's first row."""
    rows = toy_rows()
    rows[table] += [{**rows[table][0], **row} for row in new]
    return rows


def row_number(table: str, key: str) -> int:
    """Where a row of the toy stands in its file; the header is row 1."""
    return [row["id"] for row in toy_rows()[table]].index(key) + 2


def raw_columns(rows: Rows | None = None) -> dict[str, RawTable]:
    """The tables as columns of text, the way they come from the files."""
    rows, raw = rows or toy_rows(), {}
    for name, table in TABLES.items():
        cells = rows.get(name, ())
        raw[name] = RawTable(
            {column: [row.get(column, "") for row in cells] for column in table.column_names}
        )
        raw[name].attrs = {}  # no line is blank
    return raw


def raw_tables(rows: Rows | None = None) -> dict[str, pd.DataFrame]:
    """The same as frames."""
    return {name: pd.DataFrame(columns, dtype=str) for name, columns in raw_columns(rows).items()}


def typed_tables(rows: Rows) -> dict[str, HeldColumns]:
    """The rows as typed tables, of which frames are made when a test asks for them."""
    return parsing.convert(raw_columns(rows))


def toy_network(rows: Rows | None = None) -> Network:
    """The toy in memory, unchecked."""
    keys = [link_id(*link[:3]) for link in LINKS]
    return Network(
        tables=typed_tables(rows or toy_rows()),
        corridors={"south": Corridor("The southern road", ("d1",), modes=("road",))},
        link_shapes=_shapes({key: (lat, lon) for key, (_, lat, lon) in PLACES.items()}, keys, LINKS),
        state_shapes=_states(),
        regions={"middle": Region("The middle", ("BBB", "DDD"))},
    )


# ---------------------------------------------------------------- a network of one's own


def network_of(
    states: Mapping[str, str], links: Iterable[LinkSpec], **tables: list[dict[str, str]]
) -> Network:
    """A network in memory: the state of each place, the links and whatever other tables matter.

    Speeds are 40 km/h (12 hours on duty a day by road), crossings 2 h a side at level express, 10 h at
    typical. The places stand in a row; only the kilometres given for the links count.
    """
    links = list(links)
    rows: Rows = {name: [] for name in TABLES}
    rows |= {name: toy_rows()[name] for name in ("sources", "modes", "crossings", "speeds")}
    rows["places"] = [
        {
            "id": key,
            "name": key.upper(),
            "kind": "city",
            "state": state,
            "lat": "0.5",
            "lon": str(number),
            "position_basis": "published",
            "source_id": "s1",
        }
        for number, (key, state) in enumerate(states.items())
    ]
    rows["links"] = link_rows(links)
    rows |= tables
    keys = [row["id"] for row in rows["links"]]
    positions = {key: (0.5, float(number)) for number, key in enumerate(states)}
    return Network(
        tables=typed_tables(rows),
        corridors={},
        link_shapes=_shapes(positions, keys, links),
        state_shapes=_states(),
    )


def _shapes(
    positions: Mapping[str, tuple[float, float]], keys: list[str], links: list[LinkSpec]
) -> gpd.GeoDataFrame:
    totals = [float(sum(km.values())) for *_, km, _ in links]
    lines = [LineString([positions[place][::-1] for place in (start, end)]) for _, start, end, *_ in links]
    columns = {
        "id": keys,
        "measured_km": totals,
        "basis": "line",
        "line_km": totals,
        "km": [dict(km) for *_, km, _ in links],
    }
    return gpd.GeoDataFrame(columns, geometry=lines, crs="EPSG:4326").set_index("id", drop=False)


@cache
def _states() -> gpd.GeoDataFrame:
    names = [f"State {state}" for state in SQUARES]
    outlines = [Polygon(_ring(state)) for state in SQUARES]
    frame = gpd.GeoDataFrame({"iso3": list(SQUARES), "name": names}, geometry=outlines, crs="EPSG:4326")
    return frame.set_index("iso3", drop=False)


def _ring(state: str) -> list[list[float]]:
    west, south, east, north = SQUARES[state]
    square = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return SQUARE_LINES.get(state, square)


def transfer(place: str, from_mode: str, to_mode: str, hours: float, method: str = "crane") -> dict[str, str]:
    """A row of transfers at level express."""
    return {
        "id": f"{place}-{from_mode}-{to_mode}-{method}".replace(" ", "-"),
        "place": place,
        "from_mode": from_mode,
        "to_mode": to_mode,
        "level": "express",
        "method": method,
        "handling_h": str(hours),
        "handling_low_h": str(hours),
        "handling_high_h": str(hours),
        "basis": "published",
        "source_id": "s1",
    }
