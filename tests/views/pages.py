"""Pages to look at: the toy network told as a map and as a report, and the same with hostile names."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from cacorridor import Route, find_route, load_network
from cacorridor.routing.corridors import Comparison
from tests.networks import toy_rows, write_toy

if TYPE_CHECKING:
    from pathlib import Path

    from cacorridor import Network

LINES = {  # mode: colour, dash
    "rail_1435": ("#b34700", "14 4"),
    "rail_1520": ("#0060a8", ""),
    "road": ("#3d3d3d", "8 6"),
    "sea": ("#007a5a", "2 7"),
}
HOSTILE = (  # no comma: the toy writes its cells without quotes
    "<img src=x onerror=window.__pwn=1>",
    "</script><script>window.__pwn=2</script>",
    "${window.__pwn=3}`${window.__pwn=3}`",
    "\\u003cimg src=x onerror=window.__pwn=4\\u003e",
    "{{7*191}}{{cycler.__init__.__globals__.os.getpid()}} 100 {% growth {#12",
    "no line separator but \U0001f1f0\U0001f1ec emoji",
    "a'b onmouseover=window.__pwn=5 x='& &lt;b&gt; \u4e2d\U0001f682 --> <!-- ]]>",
)
HOSTILE_ROWS = (
    " ".join(HOSTILE[0::2]),
    " ".join(HOSTILE[1::2]),
)  # for what is long to build


def write_pages_toy(directory: Path, hostile: str = "", start: str = "") -> Path:
    """Write the toy network with lines to tell apart; a hostile text stands in every field for text.

    ``start`` stands before the names of places.
    """
    rows = toy_rows()
    rows["modes"] = [
        {"id": m, "label": m.upper() + hostile, "colour": c, "dash": d} for m, (c, d) in LINES.items()
    ]
    rows["places"] = [
        {
            **row,
            "name": start + row["name"] + hostile,
            "name_ru": f"R{row['name']}{hostile}",
            "name_zh": f"Z{row['name']}{hostile}",
            "kind": "port" if row["id"].endswith("port") else row["kind"],
        }
        for row in rows["places"]
    ]
    rows["sources"] = [
        {"id": "s1", "title": f"T{hostile}", "publisher": f"P{hostile}", "address": f"A{hostile}"}
    ]
    rows["crossings"] = [
        {**row, "note": f"toy{hostile}", "cause": "queue;customs"} for row in rows["crossings"]
    ]
    rows["transfers"] = [{**row, "method": f"crane{hostile}"} for row in rows["transfers"]]
    write_toy(directory, rows)
    shapes = directory / "states.geojson"
    states = json.loads(shapes.read_text(encoding="utf-8"))
    for feature in states["features"]:
        feature["properties"]["name"] += hostile
    shapes.write_text(json.dumps(states), encoding="utf-8")
    return directory


def toy_routes(net: Network) -> list[Route]:
    """Five ways from a1 to c1: by road, around, by rail (touches), by sea, by the road of 2030."""
    return [
        find_route(net, "a1", "c1", modes=["road"], name="Road"),
        find_route(net, "a1", "c1", modes=["road"], avoid=["BBB"], name="Southern road"),
        find_route(net, "a1", "c1", modes=["rail"], name="Railway"),
        find_route(net, "a1", "c1", avoid=["BBB", "DDD"], name="By sea"),
        find_route(net, "a1", "c1", modes=["road"], year=2031, name="Road of 2030"),
    ]


def toy_comparisons(net: Network) -> list[Comparison]:
    """Two comparisons that share a route."""
    routes = toy_routes(net)
    return [
        Comparison("Today", routes[:4], "Four ways lead there."),
        Comparison("In 2031", [routes[0], routes[4]], "A road is built."),
    ]


def hostile_pages(directory: Path, text: str) -> tuple[Network, list[Route], list[Comparison]]:
    """Load the toy with a hostile text everywhere, its routes and comparisons too."""
    net = load_network(write_pages_toy(directory, text))
    routes = [replace(route, name=route.name + text) for route in toy_routes(net)]
    comparisons = [
        Comparison(f"H1{text}", routes[:4], f"P1{text}"),
        Comparison(f"H2{text}", routes[3:], f"P2{text}"),
    ]
    return net, routes, comparisons


def named(directory: Path, start: str) -> tuple[Network, list[Route], list[Comparison]]:
    """Load the toy with a text before every name of a place and a route."""
    net = load_network(write_pages_toy(directory, start=start))
    routes = [replace(route, name=start + route.name) for route in toy_routes(net)]
    return net, routes, [Comparison("Named", routes)]
