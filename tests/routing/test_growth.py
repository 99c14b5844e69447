"""What grows with the network, counted in calls and visits: work is linear, a near answer stays cheap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cacorridor import find_route, load_network
from cacorridor.routing.graph import plain
from cacorridor.routing.graph.search import plain_search, supernetwork_for
from cacorridor.routing.query import build_query
from tests.counting import calls_of
from tests.networks import LINKS, PLACES, _link_feature, network_of, toy_rows, write_geojson, write_toy

if TYPE_CHECKING:
    from pathlib import Path

    from cacorridor.routing.graph.plain import PlainSearch

COPIED = ("places", "links", "transfers", "services", "closures")
NAMING = {"places": ("id", "name"), "links": ("id", "from", "to"), "transfers": ("id", "place")}


def copies_of_the_toy(folder: Path, copies: int) -> Path:
    """Write the toy several times into one folder of tables."""
    rows = toy_rows()
    for table in COPIED:
        names = NAMING.get(table, ("id", "link"))
        rows[table] += [
            {name: f"{cell}.{copy}" if name in names else cell for name, cell in row.items()}
            for copy in range(1, copies)
            for row in rows[table]
        ]
    write_toy(folder, rows)
    features = [_link_feature(*link) for link in LINKS]
    more = [
        {**each, "properties": {**each["properties"], "id": f"{each['properties']['id']}.{copy}"}}
        for copy in range(1, copies)
        for each in features
    ]
    write_geojson(folder / "link_shapes.geojson", features + more)
    return folder


@pytest.mark.parametrize("cache", ["", "cache"])
def test_loading_and_asking_grow_with_the_network_and_no_faster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: str
) -> None:
    monkeypatch.setenv("CACORRIDOR_CACHE", str(tmp_path / cache) if cache else "")
    folders = [copies_of_the_toy(tmp_path / str(copies), copies) for copies in (3, 30)]
    for folder in folders:
        find_route(load_network(folder), "a1", "c1")
    few, many = (
        calls_of(lambda folder=folder: find_route(load_network(folder), "a1", "c1")) for folder in folders
    )
    assert len(PLACES) * 30 == len(load_network(folders[1]).columns("places")["id"])
    assert many < 10.5 * few


class Counting(list[Any]):
    """A list that counts how often it is looked into."""

    looks = 0

    def __getitem__(self, position: Any) -> Any:
        self.looks += 1
        return super().__getitem__(position)


def chain_of(places: int) -> tuple[PlainSearch, Counting]:
    """A road through many places, and the counter of the nodes that its search visits."""
    states = {f"p{number}": "AAA" for number in range(places)}
    links = [("road", f"p{at}", f"p{at + 1}", {"AAA": 50.0}, {}) for at in range(places - 1)]
    network = network_of(states, links)
    query = build_query(network, "p3", "p5")
    search = plain_search(supernetwork_for(network, query), query)
    graph = search.supernetwork
    counting = vars(graph)["leaving"] = Counting(graph.leaving)
    return search, counting


@pytest.mark.parametrize(("places", "loaded"), [(20, "no.module"), (170, "no.module"), (170, "sys")])
def test_a_near_answer_does_not_pay_for_the_whole_network(
    monkeypatch: pytest.MonkeyPatch, places: int, loaded: str
) -> None:
    # whether scipy is there or not; and no network is so small that it goes through all of it
    monkeypatch.setattr(plain, "SCIPY", loaded)
    monkeypatch.setattr(plain, "SMALL", 0)
    search, visited = chain_of(places)
    assert len(search.path("p3", "p5") or ()) == 2
    assert 0 < visited.looks <= 6
