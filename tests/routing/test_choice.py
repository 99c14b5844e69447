"""The Pareto set, alternatives and tables of pairs, on the toy and on the embedded data."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import cacorridor as cc
from cacorridor import NoRouteError, UnknownPlaceError, UsageError, find_route
from cacorridor.costs.measures import MEASURES
from cacorridor.routing.choice.objectives import BORDERS, amounts
from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.shortest_paths import undominated
from tests.networks import toy_network, toy_rows

FOUR = ("time", "cost", "emissions", "borders")


@pytest.fixture
def toy():
    return toy_network()


def told(route, criteria=FOUR):
    """What a route is worth by each criterion, from its own properties."""
    own = {
        "time": route.time_h,
        "cost": route.cost_usd,
        "emissions": route.co2e_kg,
        "length": route.length_km,
    }
    return [len(route.crossings) if name == BORDERS else own[name] for name in criteria]


# ---------------------------------------------------------------- the Pareto set


def test_the_front_of_the_toy_is_that_of_all_its_paths(toy):
    graph = supernetwork_of(toy, "express").to_networkx()
    values = []
    nodes = {place: [node for node in graph if node[0] == place] for place in ("a1", "c1")}
    for start, end in itertools.product(nodes["a1"], nodes["c1"]):
        for path in nx.all_simple_edge_paths(graph, start, end):
            edges = [graph.edges[edge] for edge in path]
            sums = [sum(edge[name] for edge in edges) for name in ("time_h", "length_km")]
            values.append([*sums, sum("border" in edge["kinds"] for edge in edges)])
    every = np.array(values)
    expected = every[undominated(every, 1e-9)]
    front = cc.pareto(toy, "A1", "C1", criteria=("time", "length", "borders"))
    assert front.amounts == pytest.approx(expected[np.lexsort(expected.T[::-1])])


def test_a_front_tells_what_its_routes_are_worth(toy):
    front = cc.pareto(toy, "A1", "C1")
    assert front.criteria == FOUR
    assert len(front) == len(front.routes) == 2
    for route, values in zip(front, front.amounts, strict=True):
        assert told(route) == pytest.approx(values.tolist())


@pytest.mark.parametrize("criterion", MEASURES)
def test_the_best_by_each_criterion_is_in_the_front(net, criterion):
    best = find_route(net, "Kashgar", "Tashkent", criterion=criterion)
    front = cc.pareto(net, "Kashgar", "Tashkent", criteria=[criterion, "borders"])
    assert min(told(route, [criterion])[0] for route in front) == pytest.approx(told(best, [criterion])[0])


def test_no_route_of_the_real_front_betters_another(net):
    front = cc.pareto(net, "Xi'an", "Istanbul")
    assert undominated(front.amounts).all()
    assert len(front) > 20


def test_a_thinned_front_keeps_the_best_by_each_criterion(net):
    front = cc.pareto(net, "Xi'an", "Istanbul")
    thin = front.thinned()
    assert 3 < len(thin) < len(front)
    assert thin.amounts.min(axis=0).tolist() == front.amounts.min(axis=0).tolist()
    assert sorted(name for names in thin.best_at for name in set(names)).count("time") == 1
    assert len(front.table()) == len(thin) == len(cc.pareto(net, "Xi'an", "Istanbul", thin=0.03))
    few = cc.pareto(net, "Kashgar", "Tashkent")
    assert len(few.table(thin=0)) == len(few)
    assert {"best_at", "cost_usd", "co2e_kg", "time_h"} <= set(front.table())


def test_conditions_hold_for_every_route_of_a_front(net):
    front = cc.pareto(net, "Xi'an", "Istanbul", avoid=["KAZ"], modes=["rail", "road"], year=2031)
    for route in front:
        assert "KAZ" not in {*route.states, *route.touches}
        assert "sea" not in route.modes


def test_a_front_of_one_criterion_is_its_best_route(toy):
    front = cc.pareto(toy, "A1", "C1", criteria="time")
    assert [route.links for route in front] == [find_route(toy, "A1", "C1").links]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"criteria": ["time", "beauty"]}, "criteria 'beauty'; allowed: length, time"),
        ({"criteria": ["time", "time"]}, "at most once"),
        ({"criteria": []}, "none; allowed"),
        ({"criteria": ["generalised"]}, "needs value_of_time"),
        ({"thin": -1}, "thin"),
    ],
)
def test_a_front_without_sense_is_refused(toy, options, message):
    with pytest.raises(UsageError, match=message):
        cc.pareto(toy, "A1", "C1", **options)


def test_without_prices_a_front_weighs_what_there_is():
    rows = {
        key: value for key, value in toy_rows().items() if key not in {"rates", "emissions", "currencies"}
    }
    bare = toy_network(rows)
    assert cc.pareto(bare, "A1", "C1").criteria == ("time", "borders")
    with pytest.raises(UsageError):
        cc.pareto(bare, "A1", "C1", criteria=["cost"])


def test_no_way_is_no_front(toy):
    with pytest.raises(NoRouteError):
        cc.pareto(toy, "A1", "C1", avoid=["BBB", "DDD"], modes=["road"])


def test_a_front_can_be_drawn(toy):
    front = cc.pareto(toy, "A1", "C1")
    axes = cc.plot_pareto(front)
    assert len(axes.lines) == len(front)
    assert axes.get_xlabel() == "Transit time, h"
    with pytest.raises(UsageError, match="allowed: time, cost"):
        cc.plot_pareto(front, y="length")


PINNED = [
    ("Xi'an", "Tashkent", {"via": "Almaty"}),
    ("Xi'an", "Tashkent", {"through": ["KGZ"], "modes": ["road"]}),
    ("Kashgar", "Tashkent", {"corridor": "kashgar-tashkent-kgz-road-rail"}),
    ("Kashgar", "Tashkent", {"scenario": "torugart-winter", "via": ["Osh"]}),
]


@pytest.mark.parametrize(("origin", "destination", "pins"), PINNED)
def test_ways_may_be_pinned_as_a_route_may(net, origin, destination, pins):
    route = find_route(net, origin, destination, **pins)
    front = cc.pareto(net, origin, destination, **pins)
    assert front.amounts[0, 0] == pytest.approx(route.time_h)
    ways = cc.alternatives(net, origin, destination, **pins)
    assert ways[0].route.links == route.links
    for each in (*front, *ways.routes):
        assert set(pins.get("through", ())) <= set(each.states)
        assert each.query.via == route.query.via
    table = cc.matrix(net, [origin], [destination], **pins)
    assert table.iloc[0, 0] == pytest.approx(route.time_h)
    assert set(table.attrs["pins"]) == set(pins) & {"via", "through", "corridor"}


def test_no_way_that_is_pinned_is_no_front(toy):
    with pytest.raises(NoRouteError):
        cc.pareto(toy, "A1", "C1", through=["DDD"], modes=["rail"])
    assert pd.isna(cc.matrix(toy, ["A1"], ["C1"], through=["DDD"], modes=["rail"]).iloc[0, 0])


def test_pins_without_sense_are_refused(toy):
    with pytest.raises(UsageError, match="unknown corridor"):
        cc.pareto(toy, "A1", "C1", corridor="nowhere")
    with pytest.raises(UnknownPlaceError):
        cc.alternatives(toy, "A1", "C1", via="Nowhere-at-all")


# ---------------------------------------------------------------- alternatives


@pytest.mark.parametrize("pair", [("Xi'an", "Istanbul"), ("Xi'an", "Tashkent"), ("Kashgar", "Tashkent")])
@pytest.mark.parametrize("dominated", [False, True])
def test_alternatives_truly_differ(net, pair, dominated):
    ways = cc.alternatives(net, *pair, dominated=dominated)
    assert 2 <= len(ways) <= 4
    for one, other in itertools.combinations(ways, 2):
        marks = [{*way.route.crossings, *way.route.modes} for way in (one, other)]
        assert marks[0] != marks[1]
        common = set(one.route.links) & set(other.route.links)
        steps = one.route.steps
        shared_km = steps.loc[steps["link"].isin(common), "length_km"].sum()
        assert shared_km <= 0.8 * min(one.route.length_km, other.route.length_km) + 1e-6
    hours = [way.route.time_h for way in ways]
    assert hours == sorted(hours)
    if not dominated:
        values = np.array([told(way.route) for way in ways])
        assert undominated(values).all()
        assert not any(way.dominated for way in ways)


def test_the_first_alternative_is_the_best_route(net):
    for criterion in ("time", "cost"):
        best = find_route(net, "Xi'an", "Tashkent", criterion=criterion)
        ways = cc.alternatives(net, "Xi'an", "Tashkent", criterion=criterion)
        assert ways[0].route.links == best.links
        assert criterion in ways[0].best_at


def test_alternatives_say_what_each_is_best_at_and_what_it_alone_does(toy):
    ways = cc.alternatives(toy, "A1", "C1", dominated=True)
    for at, name in enumerate(ways.criteria):
        values = [told(way.route, ways.criteria)[at] for way in ways]
        best = [way for way, value in zip(ways, values, strict=True) if value == min(values)]
        assert all(name in way.best_at for way in best)
    for way in ways:
        others = [other.route for other in ways if other is not way]
        assert not any(link in other.crossings for link in way.crossings for other in others)
    assert ways[0].families
    assert len(ways.table()) == len(ways.routes) == len(ways)


def test_a_dominated_way_is_found_when_asked_for(net):
    plain, more = (cc.alternatives(net, "Xi'an", "Tashkent", dominated=flag) for flag in (False, True))
    assert any(way.dominated for way in more)
    assert {way.route.links for way in plain} - {way.route.links for way in more} == set()


def test_states_that_only_a_dominated_way_crosses_are_told(net):
    plain, more = (cc.alternatives(net, "Xi'an", "Tashkent", k=20, dominated=flag) for flag in (False, True))
    crossed = {state for way in plain for state in way.route.states}
    assert plain.left_out
    assert not crossed & set(plain.left_out)
    dominated = {state for way in more if way.dominated for state in way.route.states}
    assert set(plain.left_out) <= dominated
    assert more.left_out == ()


@pytest.mark.parametrize("options", [{"k": 0}, {"k": 2.5}, {"max_shared": 2}, {"dominated": "yes"}])
def test_alternatives_without_sense_are_refused(toy, options):
    with pytest.raises(UsageError):
        cc.alternatives(toy, "A1", "C1", **options)


# ---------------------------------------------------------------- tables of pairs


@pytest.mark.parametrize("measure", ["time", "length", "cost", "emissions"])
def test_a_matrix_tells_what_the_best_routes_do(net, measure):
    places = ["Kashgar", "Tashkent", "Istanbul", "Baku"]
    table = cc.matrix(net, places, measure=measure)
    assert list(table.index) == list(table.columns) == places
    for start, end in itertools.permutations(places, 2):
        route = find_route(net, start, end, criterion=measure)
        assert table.loc[start, end] == pytest.approx(told(route, [measure])[0])
    assert np.diag(table).tolist() == [0.0] * 4


def test_a_matrix_may_tell_one_measure_of_the_best_by_another(net):
    table = cc.matrix(net, ["Kashgar"], ["Tashkent"], measure="cost", criterion="time")
    assert table.iloc[0, 0] == pytest.approx(find_route(net, "Kashgar", "Tashkent").cost_usd)
    borders = cc.matrix(net, ["Kashgar"], ["Tashkent"], measure="borders")
    assert borders.iloc[0, 0] == len(find_route(net, "Kashgar", "Tashkent").crossings)


def test_a_gateway_and_a_town_may_stand_in_a_matrix(net):
    table = cc.matrix(net, ["khorgos", "43.24,76.95"], ["Tashkent"])
    for start in table.index:
        assert table.loc[start, "Tashkent"] == pytest.approx(find_route(net, start, "Tashkent").time_h)


def test_where_there_is_no_way_a_matrix_has_nothing(toy):
    table = cc.matrix(toy, ["A1"], ["C1", "A2"], avoid=["BBB", "DDD"], modes=["road"])
    assert pd.isna(table.loc["A1", "C1"])
    assert pd.isna(table.loc["A1", "A2"])


@pytest.mark.parametrize(
    ("places", "options", "error"),
    [
        ([], {}, UsageError),
        (["A1", "A1"], {}, UsageError),
        (["A1"], {"measure": "beauty"}, UsageError),
        (["A1"], {"criterion": "beauty"}, UsageError),
        (["Nowhere-at-all"], {}, UnknownPlaceError),
    ],
)
def test_a_matrix_without_sense_is_refused(toy, places, options, error):
    with pytest.raises(error):
        cc.matrix(toy, places, ["C1"], **options)


def test_borders_are_counted_by_their_two_sides(toy):
    route = find_route(toy, "A1", "C1")
    assert amounts(route.query, BORDERS, route.table).sum() == len(route.crossings) == 2
