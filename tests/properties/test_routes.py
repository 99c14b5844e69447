"""Routes of random small networks, beside an oracle that knows nothing of the supernetwork."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from cacorridor import Network, NoRouteError, find_route, simulate
from tests.networks import added, network_of, toy_network, toy_rows, transfer

if TYPE_CHECKING:
    from collections.abc import Iterator

STATES = ("AAA", "BBB", "CCC", "DDD")
LAND = ("road", "rail_1520", "rail_1435")
SPEED_KMH = {"road": 20, "rail_1520": 40, "rail_1435": 40}  # 40 km/h, by road on 12 of 24 hours
DWELL_H = 2  # a side of a border, level express
WAIT_H, SAILING_H = 48 / 0.9 / 2 * 1.25, 24
PLACES = ("p0", "p1", "p2", "p3", "p4")

few = settings(
    max_examples=12, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
)


# ---------------------------------------------------------------- random networks


@st.composite
def networks(draw: st.DrawFn, *, transfers_everywhere: bool = True) -> Network:
    """Up to five places in four states, joined by up to nine links of all modes."""
    states = {place: draw(st.sampled_from(STATES)) for place in PLACES[: draw(st.integers(3, 5))]}
    pairs = [(one, other) for one in states for other in states if one < other]
    chosen = draw(
        st.lists(
            st.tuples(st.sampled_from(pairs), st.sampled_from((*LAND, "sea"))),
            min_size=2,
            max_size=9,
            unique=True,
        )
    )
    links = [(mode, *pair, draw(kilometres(states, pair, mode)), {}) for pair, mode in chosen]
    return network_of(
        states,
        links,
        transfers=draw(transfers(list(states), everywhere=transfers_everywhere)),
        services=[service(f"sea:{start}:{end}") for mode, start, end, *_ in links if mode == "sea"],
    )


@st.composite
def kilometres(draw: st.DrawFn, states: dict[str, str], pair: tuple[str, str], mode: str) -> dict[str, float]:
    """Kilometres in the states of both ends, and perhaps in one that is only touched."""
    lengths = st.integers(1, 900).map(float)
    if mode == "sea":
        return {"sea": draw(lengths)}
    km = {states[place]: draw(lengths) for place in pair}
    if draw(st.booleans()):
        km.setdefault(draw(st.sampled_from(STATES)), draw(lengths))
    return km


@st.composite
def transfers(draw: st.DrawFn, places: list[str], *, everywhere: bool) -> list[dict[str, str]]:
    """One hour at every place, or whatever hours at some places."""
    modes = (*LAND, "sea")
    pairs = [(one, other) for one in modes for other in modes if one < other]
    if everywhere:
        return [transfer(place, *pair, 1) for place in places for pair in pairs]
    some = draw(st.lists(st.tuples(st.sampled_from(places), st.sampled_from(pairs)), max_size=6, unique=True))
    return [transfer(place, *pair, draw(st.integers(1, 30))) for place, pair in some]


def service(link: str) -> dict[str, str]:
    return {**toy_rows()["services"][0], "id": link, "link": link}


# ---------------------------------------------------------------- the oracle


def oracle(network: Network, criterion: str = "time", avoid: frozenset[str] = frozenset()) -> nx.MultiDiGraph:
    """A graph with one edge a link and direction, one edge a transfer, valued from the tables."""
    graph = nx.MultiDiGraph()
    state_of = dict(zip(network.places["id"], network.places["state"], strict=True))
    for link in network.open_links().to_dict("records"):
        start, end, mode = link["from"], link["to"], link["mode"]
        stops = (
            {state_of[start], state_of[end]} if mode != "sea" or state_of[start] != state_of[end] else set()
        )
        boards = {state_of[start]} if mode == "sea" else set()
        if not ({state_of[start], state_of[end]} | boards | set(link["state_km"])) & avoid:
            value = hours(link, borders=len({state_of[start], state_of[end]}) - 1)
            value = value if criterion == "time" else link["length_km"]
            graph.add_edge((start, mode), (end, mode), weight=value, states=stops | boards)
            graph.add_edge((end, mode), (start, mode), weight=value, states=stops | boards)
    for row in network.tables["transfers"].to_dict("records"):
        one, other = (row["place"], row["from_mode"]), (row["place"], row["to_mode"])
        if state_of[row["place"]] not in avoid and one in graph and other in graph:
            value = row["handling_h"] if criterion == "time" else 0.0
            graph.add_edge(one, other, weight=value, states=set())
            graph.add_edge(other, one, weight=value, states=set())
    return graph


def hours(link: dict[str, Any], borders: int) -> float:
    """Hours on a link: its run or its ship, and both sides of its border."""
    moving = WAIT_H + SAILING_H if link["mode"] == "sea" else link["length_km"] / SPEED_KMH[link["mode"]]
    return float(moving + 2 * DWELL_H * borders)


def ends(graph: nx.MultiDiGraph, place: str) -> list[Any]:
    return [node for node in graph if node[0] == place]


def shortest(graph: nx.MultiDiGraph, start: str, end: str) -> float | None:
    """The value of the best way, or None."""
    values = [
        nx.shortest_path_length(graph, u, v, weight="weight")
        for u in ends(graph, start)
        for v in ends(graph, end)
        if nx.has_path(graph, u, v)
    ]
    return min(values, default=None)


def best_simple(
    graph: nx.MultiDiGraph, start: str, end: str, through: frozenset[str] = frozenset()
) -> float | None:
    """The best of all ways that visit no place twice and stop in every state wanted: brute force."""
    ways = [way for node in ends(graph, start) for way in simple_ways(graph, node, end, (node,), frozenset())]
    return min((value for value, states in ways if through <= states), default=None)


def simple_ways(
    graph: nx.MultiDiGraph, node: Any, end: str, seen: tuple[Any, ...], states: frozenset[str]
) -> Iterator[tuple[float, frozenset[str]]]:
    """Value and states of every way on from a node that returns to no place."""
    if node[0] == end:
        yield 0.0, states
        return
    for _, after, data in graph.out_edges(node, data=True):
        fresh = after not in seen if after[0] == node[0] else after[0] not in {place for place, _ in seen}
        if fresh:
            for value, met in simple_ways(graph, after, end, (*seen, after), states | data["states"]):
                yield data["weight"] + value, met


def value_of(network: Network, start: str, end: str, **conditions: Any) -> float | None:
    try:
        route = find_route(network, start, end, **conditions)
    except NoRouteError:
        return None
    return route.length_km if conditions.get("criterion") == "length" else route.time_h


def assert_same(ours: float | None, theirs: float | None) -> None:
    assert ours == (None if theirs is None else pytest.approx(theirs, abs=0.01))


def not_worse(later: float | None, earlier: float | None) -> bool:
    """Whether a way became no better: longer, or gone."""
    return later is None or (earlier is not None and later >= earlier - 1e-6)


# ---------------------------------------------------------------- the properties


@few
@given(networks(), st.sampled_from(["time", "length"]))
def test_the_best_route_is_the_shortest_path_of_the_oracle(network: Network, criterion: str) -> None:
    assert_same(
        value_of(network, "p0", "p1", criterion=criterion), shortest(oracle(network, criterion), "p0", "p1")
    )


@few
@given(networks(), st.sets(st.sampled_from(STATES), min_size=1, max_size=2))
def test_an_avoided_state_has_no_leg_and_the_answer_is_that_of_the_graph_without_it(
    network: Network, avoid: set[str]
) -> None:
    states = network.places["state"]
    assume(not {states["p0"], states["p1"]} & avoid)
    try:
        route = find_route(network, "p0", "p1", avoid=sorted(avoid))
    except NoRouteError:
        assert shortest(oracle(network, avoid=frozenset(avoid)), "p0", "p1") is None
    else:
        assert not set(route.steps["state"]) & avoid
        assert_same(route.time_h, shortest(oracle(network, avoid=frozenset(avoid)), "p0", "p1"))
        assert route.time_h >= find_route(network, "p0", "p1").time_h - 1e-9


@few
@given(networks(), st.sets(st.sampled_from(STATES), min_size=1, max_size=2))
def test_through_answers_like_brute_force_over_all_simple_ways(network: Network, through: set[str]) -> None:
    theirs = best_simple(oracle(network), "p0", "p1", frozenset(through))
    assert_same(value_of(network, "p0", "p1", through=sorted(through)), theirs)


@few
@given(networks(transfers_everywhere=False))
def test_with_few_transfers_the_answer_is_still_that_of_the_oracle(
    network: Network,
) -> None:
    assert_same(value_of(network, "p0", "p1"), shortest(oracle(network), "p0", "p1"))


@few
@given(networks())
def test_a_route_is_the_sum_of_its_legs_and_visits_no_place_twice(network: Network) -> None:
    try:
        route = find_route(network, "p0", "p1")
    except NoRouteError:
        return
    assert route.time_h == pytest.approx(route.steps["time_h"].sum())
    assert route.length_km == pytest.approx(network.links.loc[list(route.links), "length_km"].sum())
    assert route.itinerary()["time_h"].sum() == pytest.approx(route.time_h)
    assert route.evidence()["share"].sum() == pytest.approx(1)
    assert route.time_low_h <= route.time_high_h
    visited = [key for key, _ in groupby(["p0", *route.steps["to_id"]])]
    assert len(visited) == len(set(visited))
    assert all(one != other for one, other in pairwise(route.states))


@few
@given(networks(), st.data())
def test_closing_a_link_never_makes_the_best_way_quicker(network: Network, data: st.DataObject) -> None:
    links = network.tables["links"]
    lost = data.draw(st.sampled_from(links["id"].tolist()))
    fewer = network.with_table("links", links[links["id"] != lost])
    assert not_worse(value_of(fewer, "p0", "p1"), value_of(network, "p0", "p1"))


@few
@given(networks(), st.permutations(range(9)))
def test_the_order_of_rows_does_not_change_the_answer(network: Network, order: list[int]) -> None:
    links = network.tables["links"]
    turned = network.with_table("links", links.iloc[[n for n in order if n < len(links)]])
    assert_same(value_of(turned, "p0", "p1"), value_of(network, "p0", "p1"))


# ---------------------------------------------------------------- the toy with other figures

conditions = st.fixed_dictionaries(
    {},
    optional={
        "avoid": st.sets(st.sampled_from(["BBB", "DDD"])).map(sorted),
        "modes": st.sampled_from([["road"], ["rail"], ["road", "sea"], None]),
        "level": st.sampled_from(["express", "typical"]),
        "criterion": st.sampled_from(["time", "length"]),
        "year": st.sampled_from([None, 2000, 2030]),
    },
)


@few
@given(st.sampled_from(["AAA", "BBB", "CCC", "DDD"]), st.integers(3, 500), conditions)
def test_more_dwell_never_makes_a_way_quicker(state: str, dwell_h: int, asked: dict[str, Any]) -> None:
    default = next(row for row in toy_rows()["crossings"] if row["id"] == "road-outbound-express")
    slow = {"id": "slow", "state": state, "dwell_h": str(dwell_h), "dwell_low_h": "1", "dwell_high_h": "900"}
    slower = toy_network(added("crossings", {**default, **slow}))
    asked = {**asked, "criterion": "time", "level": "express"}
    assert not_worse(value_of(slower, "a1", "c1", **asked), value_of(TOY, "a1", "c1", **asked))


@few
@given(conditions)
def test_a_condition_more_never_makes_the_best_way_better(asked: dict[str, Any]) -> None:
    base = {key: asked[key] for key in ("level", "criterion", "year") if key in asked}
    assert not_worse(value_of(TOY, "a1", "c1", **asked), value_of(TOY, "a1", "c1", **base))


@few
@given(conditions)
def test_an_empty_change_changes_no_answer(asked: dict[str, Any]) -> None:
    same = TOY
    for name, frame in TOY.tables.items():
        same = same.with_table(name, frame)
    assert value_of(same, "a1", "c1", **asked) == value_of(TOY, "a1", "c1", **asked)


@few
@given(st.integers(2000, 2050), st.sampled_from([["road"], ["rail"], None]))
def test_the_network_of_a_year_answers_like_the_question_with_a_year(
    year: int, modes: list[str] | None
) -> None:
    asked = value_of(TOY, "a1", "c1", year=year, modes=modes)
    assert value_of(TOY.at(year), "a1", "c1", modes=modes) == asked


TOY = toy_network()


@few
@given(networks())
def test_the_range_of_a_route_is_that_of_its_draws(network: Network) -> None:
    try:
        route = find_route(network, "p0", "p1")
    except NoRouteError:
        return
    row = simulate(network, [route], draws=8_000, seed=1).summary().iloc[0]
    assert row["p10_h"] == pytest.approx(route.time_low_h, rel=0.05)
    assert row["p90_h"] == pytest.approx(route.time_high_h, rel=0.05)
