"""The supernetwork: every hour and kilometre sits on a step; year, modes and bans are masks."""

from __future__ import annotations

import gc
import pickle
import weakref
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from cacorridor import find_route
from cacorridor.costs.measures import LENGTH, MEASURES, TIME
from cacorridor.routing.graph.building import build_supernetwork, supernetwork_of
from cacorridor.routing.graph.steps import KINDS, StepTable
from tests.networks import edited, network_of, toy_network, toy_rows, transfer

if TYPE_CHECKING:
    from cacorridor import Network
    from cacorridor.routing.graph.supernetwork import Supernetwork


@pytest.fixture(scope="module")
def toy() -> Network:
    return toy_network()


@pytest.fixture(scope="module")
def express(toy: Network) -> Supernetwork:
    return build_supernetwork(toy, level="express")


def arcs_between(
    supernetwork: Supernetwork, start: str, end: str, mode: str, year: int | None = None
) -> list[StepTable]:
    """The steps of each open arc from one place to the next by a mode."""
    ends = supernetwork.nodes.index((start, mode)), supernetwork.nodes.index((end, mode))
    there = supernetwork.open_in(year) & (supernetwork.tail == ends[0]) & (supernetwork.head == ends[1])
    return [supernetwork.steps.take(supernetwork.steps_of([arc])) for arc in np.flatnonzero(there).tolist()]


def only_arc(supernetwork: Supernetwork, start: str, end: str, mode: str) -> StepTable:
    [steps] = arcs_between(supernetwork, start, end, mode)
    return steps


def summary(steps: StepTable) -> list[tuple[str, str, float]]:
    states = [steps.names.states[code] for code in steps.state]
    return list(zip(kinds(steps), states, steps.km.tolist(), strict=True))


def kinds(steps: StepTable) -> list[str]:
    return [KINDS[code] for code in steps.kind]


def details(steps: StepTable) -> list[str]:
    return [steps.names.details[code] for code in steps.detail]


def links_in(supernetwork: Supernetwork, year: int | None = None) -> set[str]:
    codes = supernetwork.link[supernetwork.open_in(year)].tolist()
    return {supernetwork.steps.names.links[code] for code in codes if code >= 0}


# ---------------------------------------------------------------- what an arc consists of


def test_a_link_inside_a_state_is_one_run(express: Supernetwork) -> None:
    assert summary(only_arc(express, "a1", "a3", "road")) == [("run", "AAA", 170)]


def test_a_border_link_has_two_sides_and_a_run_in_each_state(express: Supernetwork) -> None:
    steps = only_arc(express, "a3", "b1", "road")
    assert summary(steps) == [
        ("border", "AAA", 0), ("run", "AAA", 12), ("run", "BBB", 12), ("border", "BBB", 0),
    ]  # fmt: skip
    assert details(steps) == ["outbound", "", "", "inbound"]


def test_the_way_back_meets_the_states_in_the_other_order(express: Supernetwork) -> None:
    steps = only_arc(express, "b1", "a3", "road")
    assert summary(steps) == [
        ("border", "BBB", 0), ("run", "BBB", 12), ("run", "AAA", 12), ("border", "AAA", 0),
    ]  # fmt: skip
    assert details(steps) == ["outbound", "", "", "inbound"]


@pytest.mark.parametrize(("start", "end"), [("aport", "cport"), ("cport", "aport")])
def test_a_ferry_is_left_waited_for_sailed_and_entered(express: Supernetwork, start: str, end: str) -> None:
    states = {"aport": "AAA", "cport": "CCC"}
    steps = only_arc(express, start, end, "sea")
    assert summary(steps) == [
        ("border", states[start], 0),
        ("board", states[start], 0),
        ("run", "sea", 560),
        ("border", states[end], 0),
    ]
    assert steps.hours[2] == 24  # from the timetable, not from a speed


def test_a_ferry_inside_a_state_has_no_border() -> None:
    network = network_of(
        {"a": "AAA", "b": "AAA"},
        [("sea", "a", "b", {"sea": 100}, {})],
        services=[{**toy_rows()["services"][0], "link": "sea:a:b"}],
    )
    assert kinds(only_arc(build_supernetwork(network, level="express"), "a", "b", "sea")) == ["board", "run"]


def test_a_state_run_through_without_a_stop_is_marked(express: Supernetwork) -> None:
    steps = only_arc(express, "b2", "b3", "rail_1520")
    states = [steps.names.states[code] for code in steps.state]
    assert list(zip(states, steps.touches.tolist(), strict=True)) == [("BBB", False), ("DDD", True)]


def test_every_kilometre_of_every_open_link_lies_on_a_run_in_both_directions(
    toy: Network, express: Supernetwork
) -> None:
    km: dict[tuple[str, str], float] = {}
    steps = express.steps.take(express.steps_of(np.flatnonzero(express.open_in(None)).tolist()))
    for link, tail, kind, length in zip(steps.link, steps.tail, steps.kind, steps.km, strict=True):
        if KINDS[kind] == "run":
            key = steps.names.links[link], steps.names.places[tail]
            km[key] = km.get(key, 0) + length
    links = toy.open_links()
    for link in links.itertuples():
        ends = links.loc[link.Index, ["from", "to"]]
        assert [km[link.Index, end] for end in ends] == pytest.approx([link.length_km] * 2)
    assert len(km) == 2 * len(links)


def test_only_runs_have_length(express: Supernetwork) -> None:
    assert set(kinds(express.steps.take(np.flatnonzero(express.steps.km > 0)))) == {"run"}


def test_no_arc_is_free(express: Supernetwork) -> None:
    for measure in MEASURES.values():
        assert (express.weights(measure) > 0).all()


def test_an_arc_weighs_hours_or_kilometres(express: Supernetwork) -> None:
    steps = [express.steps.take(express.steps_of([arc])) for arc in range(len(express.tail))]
    assert express.weights(TIME) == pytest.approx([table.hours.sum() for table in steps])
    assert express.weights(LENGTH) == pytest.approx([table.km.sum() for table in steps], abs=0.001)


def test_hours_are_the_exposure_to_the_figures(express: Supernetwork) -> None:
    """Each step's hours rest on one figure; halving a figure halves the hours that rest on it."""
    figures = express.steps.components
    assert express.steps.exposure @ np.ones(len(figures.rows)) == pytest.approx(express.steps.hours)
    halved = np.array([0.5 if row.key == "speeds/road-express" else 1.0 for row in figures.rows])
    own = np.array([figures.rows[at].key == "speeds/road-express" for at in express.steps.component])
    assert express.steps.exposure @ halved == pytest.approx(express.steps.hours * np.where(own, 0.5, 1))


def test_the_level_chooses_the_hours(toy: Network) -> None:
    steps = only_arc(build_supernetwork(toy, level="typical"), "a3", "b1", "road")
    assert steps.hours[steps.is_kind("border")].tolist() == [10, 10]


# ---------------------------------------------------------------- masks


def test_planned_links_are_there_from_their_year(express: Supernetwork) -> None:
    there = ["road:a3:c3" in links_in(express, year) for year in (None, 2029, 2030)]
    assert there == [False, False, True]


def test_a_closed_link_is_not_there() -> None:
    network = toy_network(edited("links", "road:a1:a3", closed="2020"))
    assert "road:a1:a3" not in links_in(build_supernetwork(network, level="express"))
    assert "road:a1:a3" in links_in(build_supernetwork(network, level="express"), 2020)


def test_a_transfer_joins_modes_only_where_both_have_links() -> None:
    network = network_of(
        {"a": "AAA", "b": "AAA", "c": "AAA"},
        [("road", "a", "b", {"AAA": 10}, {}), ("rail_1520", "b", "c", {"AAA": 10}, {})],
        transfers=[transfer("b", "road", "rail_1520", 3), transfer("a", "road", "rail_1520", 3)],
    )
    graph = build_supernetwork(network, level="express").to_networkx()
    assert graph.has_edge(("b", "road"), ("b", "rail_1520"))
    assert graph.has_edge(("b", "rail_1520"), ("b", "road"))
    assert ("a", "rail_1520") not in graph


def test_a_transfer_to_a_link_of_later_years_waits_for_it() -> None:
    later = {"status": "planned", "opened": "2030"}
    network = network_of(
        {"a": "AAA", "b": "AAA", "c": "AAA"},
        [("road", "a", "b", {"AAA": 10}, {}), ("rail_1520", "b", "c", {"AAA": 10}, later)],
        transfers=[transfer("b", "road", "rail_1520", 3)],
    )
    supernetwork = build_supernetwork(network, level="express")
    assert [supernetwork.open_in(year).sum() for year in (None, 2030)] == [2, 6]


def test_a_ban_marks_arcs_that_run_through_and_may_spare_those_that_only_touch(express: Supernetwork) -> None:
    touching = express.in_states(["DDD"]) & ~express.in_states(["DDD"], touching=False)
    links = {express.steps.names.links[code] for code in express.link[touching].tolist()}
    assert links == {"rail_1520:b2:b3"}


def test_arcs_of_links_are_marked_in_both_directions(express: Supernetwork) -> None:
    assert express.of_links(["road:a3:b1", "sea:aport:cport", "no such link"]).sum() == 4


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
    steps = find_route(network, "a", "c").steps
    assert steps.loc[steps["kind"] == "transfer", "time_h"].tolist() == [3]


# ---------------------------------------------------------------- networkx, and what is kept


def test_networkx_finds_the_same_way(toy: Network, express: Supernetwork) -> None:
    graph = express.to_networkx()
    best_h = min(
        nx.shortest_path_length(graph, ("a1", start), ("c1", end), weight="time_h")
        for start in ("road", "rail_1520")
        for end in ("road", "rail_1520")
    )
    assert find_route(toy, "a1", "c1").time_h == pytest.approx(best_h)


def test_an_edge_of_the_graph_says_what_it_is(express: Supernetwork) -> None:
    [edge] = express.to_networkx()["a3", "road"]["b1", "road"].values()
    assert edge["kinds"] == ("border", "run", "run", "border")
    assert (edge["link"], edge["mode"], edge["length_km"]) == ("road:a3:b1", "road", 24)
    assert edge["states"] == ("AAA", "AAA", "BBB", "BBB")


def test_a_network_keeps_its_supernetworks_and_years_share_one(toy: Network) -> None:
    one = supernetwork_of(toy, "express")
    find_route(toy, "a1", "c1", year=2030)
    assert supernetwork_of(toy, "express") is one
    assert supernetwork_of(toy, "express", month=5) is supernetwork_of(toy, "express", month=6)
    assert supernetwork_of(toy, "express", month=12) is not supernetwork_of(toy, "express", month=6)


def test_a_network_that_is_dropped_is_freed() -> None:
    network = toy_network()
    find_route(network, "a1", "c1")
    gone = weakref.ref(network)
    kept = weakref.ref(supernetwork_of(network, "express"))
    del network
    gc.collect()
    assert gone() is None
    assert kept() is None


def test_a_copy_of_a_network_carries_nothing_that_was_derived(toy: Network) -> None:
    find_route(toy, "a1", "c1")
    copy = pickle.loads(pickle.dumps(toy))  # noqa: S301  # our own
    assert copy.derived == {}
    assert find_route(copy, "a1", "c1").time_h == find_route(toy, "a1", "c1").time_h
