"""The graph: every hour and kilometre sits on an edge."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from cacorridor import find_route
from cacorridor.routing.supernetwork import DESTINATION, ORIGIN, Edge, Node, Supernetwork, build
from tests.networks import edited, network_of, toy_network, toy_rows, transfer

if TYPE_CHECKING:
    from cacorridor import Network


@pytest.fixture(scope="module")
def toy() -> Network:
    return toy_network()


@pytest.fixture(scope="module")
def net_of_time(toy: Network) -> Supernetwork:
    return build(toy, level="express")


def chain(graph: nx.MultiDiGraph, start: str, end: str, mode: str) -> list[Edge]:
    """The steps from one place to the next by a mode."""
    path = nx.shortest_path(graph, (start, mode), (end, mode))
    return [best(graph, u, v)["step"] for u, v in pairwise(path)]


def best(graph: nx.MultiDiGraph, u: Node, v: Node) -> dict[str, Any]:
    """The best of the parallel edges between two nodes."""
    return min(graph[u][v].values(), key=lambda data: data["weight"])


def told(steps: list[Edge]) -> list[tuple[str, str, float]]:
    return [(step.kind, step.state, step.length_km) for step in steps]


def steps_of(graph: nx.MultiDiGraph) -> list[Edge]:
    return [step for *_, step in graph.edges(data="step") if step is not None]


def test_a_link_inside_a_state_is_one_run(net_of_time: Supernetwork) -> None:
    assert told(chain(net_of_time.graph, "a1", "a3", "road")) == [("run", "AAA", 170)]


def test_a_border_link_has_two_sides_and_a_run_in_each_state(net_of_time: Supernetwork) -> None:
    steps = chain(net_of_time.graph, "a3", "b1", "road")
    assert told(steps) == [("border", "AAA", 0), ("run", "AAA", 12), ("run", "BBB", 12), ("border", "BBB", 0)]
    assert [step.what for step in steps] == ["outbound", "", "", "inbound"]


def test_the_way_back_meets_the_states_in_the_other_order(net_of_time: Supernetwork) -> None:
    steps = chain(net_of_time.graph, "b1", "a3", "road")
    assert told(steps) == [("border", "BBB", 0), ("run", "BBB", 12), ("run", "AAA", 12), ("border", "AAA", 0)]
    assert [step.what for step in steps] == ["outbound", "", "", "inbound"]


@pytest.mark.parametrize(("start", "end"), [("aport", "cport"), ("cport", "aport")])
def test_a_ferry_is_left_waited_for_sailed_and_entered(
    net_of_time: Supernetwork, start: str, end: str
) -> None:
    states = {"aport": "AAA", "cport": "CCC"}
    steps = chain(net_of_time.graph, start, end, "sea")
    assert told(steps) == [
        ("border", states[start], 0),
        ("board", states[start], 0),
        ("run", "sea", 560),
        ("border", states[end], 0),
    ]
    assert steps[2].duration.mean_h == 24  # from the timetable, not from a speed


def test_a_ferry_inside_a_state_has_no_border() -> None:
    network = network_of(
        {"a": "AAA", "b": "AAA"},
        [("sea", "a", "b", {"sea": 100}, {})],
        services=[{**toy_service(), "link": "sea:a:b"}],
    )
    steps = chain(build(network, level="express").graph, "a", "b", "sea")
    assert [step.kind for step in steps] == ["board", "run"]


def toy_service() -> dict[str, str]:
    return toy_rows()["services"][0]


def test_a_state_run_through_without_a_stop_is_marked(net_of_time: Supernetwork) -> None:
    steps = chain(net_of_time.graph, "b2", "b3", "rail_1520")
    assert [(step.state, step.touches) for step in steps] == [("BBB", False), ("DDD", True)]


def test_every_kilometre_of_every_open_link_lies_on_an_edge_in_both_directions(
    toy: Network, net_of_time: Supernetwork
) -> None:
    links = toy.open_links()
    km: dict[tuple[str, str], float] = {}
    for step in steps_of(net_of_time.graph):
        if step.kind == "run":
            key = step.link, step.from_place
            km[key] = km.get(key, 0) + step.length_km
    for link in links.itertuples():
        ends = links.loc[link.Index, ["from", "to"]]
        assert [km[link.Index, end] for end in ends] == pytest.approx([link.length_km] * 2)
    assert len(km) == 2 * len(links)


def test_only_runs_have_length(net_of_time: Supernetwork) -> None:
    assert {step.kind for step in steps_of(net_of_time.graph) if step.length_km > 0} == {"run"}


def test_weights_are_hours_or_kilometres(toy: Network) -> None:
    for criterion, value in (("time", "mean_h"), ("length", "length_km")):
        graph = build(toy, level="express", criterion=criterion).graph
        for _, _, data in graph.edges(data=True):
            step = data["step"]
            if step is not None:
                wanted = step.duration.mean_h if value == "mean_h" else step.length_km
                assert data["weight"] == pytest.approx(wanted, abs=0.001)


def test_no_edge_is_free_but_the_first_and_the_last(net_of_time: Supernetwork) -> None:
    for u, v, data in net_of_time.graph.edges(data=True):
        if data["step"] is None:
            assert u[1] == ORIGIN or v[1] == DESTINATION
        else:
            assert data["weight"] > 0


def test_the_level_chooses_the_hours(toy: Network) -> None:
    steps = chain(build(toy, level="typical").graph, "a3", "b1", "road")
    assert [step.duration.mean_h for step in steps if step.kind == "border"] == [10, 10]


def test_planned_links_are_there_from_their_year(toy: Network) -> None:
    keys = [
        {step.link for step in steps_of(build(toy, level="express", year=year).graph)}
        for year in (None, 2029, 2030)
    ]
    assert ["road:a3:c3" in links for links in keys] == [False, False, True]


def test_a_closed_link_has_no_edge() -> None:
    network = toy_network(edited("links", "road:a1:a3", closed="2020"))
    assert "road:a1:a3" not in {step.link for step in steps_of(build(network, level="express").graph)}


def test_a_transfer_joins_modes_only_where_both_have_links() -> None:
    network = network_of(
        {"a": "AAA", "b": "AAA", "c": "AAA"},
        [("road", "a", "b", {"AAA": 10}, {}), ("rail_1520", "b", "c", {"AAA": 10}, {})],
        transfers=[transfer("b", "road", "rail_1520", 3), transfer("a", "road", "rail_1520", 3)],
    )
    graph = build(network, level="express").graph
    assert graph.has_edge(("b", "road"), ("b", "rail_1520"))
    assert graph.has_edge(("b", "rail_1520"), ("b", "road"))
    assert ("a", "rail_1520") not in graph


def parallel(ways: list[tuple[float, str]]) -> Network:
    """Roads between the same two places of AAA, each with its kilometres in one state."""
    return network_of(
        {"a": "AAA", "b": "AAA"},
        [("road", "a", "b", {state: km}, {"id": f"way-{number}"}) for number, (km, state) in enumerate(ways)],
    )


@pytest.mark.parametrize("ways", [[(90, "AAA"), (60, "AAA")], [(60, "AAA"), (90, "AAA")]])
def test_of_two_parallel_links_the_better_one_is_taken(ways: list[tuple[float, str]]) -> None:
    assert find_route(parallel(ways), "a", "b").length_km == 60


@pytest.mark.parametrize("ways", [[(90, "AAA"), (60, "DDD")], [(60, "DDD"), (90, "AAA")]])
def test_of_two_parallel_links_the_slower_one_remains_where_the_quicker_is_banned(
    ways: list[tuple[float, str]],
) -> None:
    assert find_route(parallel(ways), "a", "b", avoid=["DDD"]).length_km == 90


@pytest.mark.parametrize("order", [(3, 8), (8, 3)])
def test_of_two_methods_of_transfer_the_quicker_one_is_taken(order: tuple[float, float]) -> None:
    """A crane and a change of bogies at one place: the order of the rows must not choose."""
    network = network_of(
        {"a": "AAA", "b": "AAA", "c": "AAA"},
        [("rail_1435", "a", "b", {"AAA": 10}, {}), ("rail_1520", "b", "c", {"AAA": 10}, {})],
        transfers=[
            transfer("b", "rail_1435", "rail_1520", hours, f"method {number}")
            for number, hours in enumerate(order)
        ],
    )
    graph = build(network, level="express").graph
    assert best(graph, ("b", "rail_1435"), ("b", "rail_1520"))["weight"] == 3
