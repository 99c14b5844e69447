"""Many scenarios solved at once, beside scipy one by one: the same costs to the last bit, the same routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from cacorridor.shortest_paths import Topology, solve
from cacorridor.shortest_paths.many_weights.elimination import build_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

ENGINES = ("numba", "numpy", "dijkstra")
TOGETHER = ("numba", "numpy")
WIDTHS = (1, 2, 63, 64, 65, 130)

some = settings(max_examples=30, deadline=None)


@st.composite
def topologies(draw: st.DrawFn) -> Topology:
    """Up to eight nodes; arcs may be parallel or loops, pairs may repeat or begin where they end.

    Any nodes may be eliminated; those that are left are searched, as most are on a large network.
    """
    size = draw(st.integers(2, 8))
    node = st.integers(0, size - 1)
    arcs = draw(st.lists(st.tuples(node, node), min_size=1, max_size=24))
    pairs = draw(st.lists(st.tuples(node, node), min_size=1, max_size=3))
    eliminated = draw(st.permutations(range(size)))[: draw(st.integers(0, size))]
    return planned(*np.array(arcs).T, size, tuple(pairs), eliminated)


def planned(
    tail: np.ndarray,
    head: np.ndarray,
    size: int,
    pairs: tuple[tuple[int, int], ...],
    eliminated: Sequence[int],
) -> Topology:
    """Make a topology whose plan eliminates certain nodes."""
    topology = Topology(tail, head, size, pairs)
    vars(topology)["plan"] = build_plan(tail, head, pairs, size, order=eliminated)
    return topology


@st.composite
def questions(draw: st.DrawFn, lengths: st.SearchStrategy[str]) -> tuple[Topology, np.ndarray]:
    """A topology and weights of some scenarios, with some to most arcs closed."""
    topology = draw(topologies())
    width, closed, kind = (
        draw(st.sampled_from(WIDTHS)),
        draw(st.sampled_from([0, 0.1, 0.5, 0.98])),
        draw(lengths),
    )
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = len(topology.tail), width
    weights = {
        "drawn": lambda: random.lognormal(size=shape),
        "tied": lambda: random.integers(0, 4, shape).astype(float),  # zeros and equals, in circles too
        "decimal": lambda: random.integers(0, 30, shape) / 10,  # equal sums that round differently
        "huge and tiny": lambda: 10.0 ** random.integers(-300, 30, shape),
        "nearly tied": lambda: 1 + 1e-9 * random.random(shape),  # alike in 32 bits
    }[kind]()
    weights[random.random(shape) < closed] = np.inf
    return topology, weights


ANY = st.sampled_from(["drawn", "tied", "decimal", "huge and tiny", "nearly tied"])


def costs_by_scipy(topology: Topology, weights: np.ndarray) -> np.ndarray:
    """Solve one scenario after the other, without anything of ours; parallel arcs by their least."""
    costs = np.full((len(topology.pairs), weights.shape[1]), np.inf)
    for scenario, weight in enumerate(weights.T):
        least: dict[tuple[int, int], float] = {}
        for *ends, value in zip(topology.tail, topology.head, weight, strict=True):
            least[tuple(ends)] = min(value, least.get(tuple(ends), np.inf))
        rows, columns = np.array(list(least)).T
        matrix = coo_array((list(least.values()), (rows, columns)), shape=(topology.size,) * 2).tocsr()
        for pair, (start, end) in enumerate(topology.pairs):
            costs[pair, scenario] = dijkstra(matrix, indices=start)[end]
    return costs


@pytest.mark.parametrize("engine", ENGINES)
@some
@given(questions(ANY))
def test_costs_are_those_of_scipy_to_the_last_bit(engine: str, question: tuple[Topology, np.ndarray]) -> None:
    topology, weights = question
    assert np.array_equal(solve(topology, weights, engine=engine).cost, costs_by_scipy(topology, weights))


@pytest.mark.parametrize("engine", TOGETHER)
@some
@given(questions(ANY))
def test_every_engine_takes_the_same_routes(engine: str, question: tuple[Topology, np.ndarray]) -> None:
    one, other = (solve(*question, engine=each) for each in (engine, "dijkstra"))
    routes = [
        [solution.paths[n] if n >= 0 else None for n in solution.route_index.flat]
        for solution in (one, other)
    ]
    assert routes[0] == routes[1]
    assert len(set(one.paths)) == len(one.paths)


@pytest.mark.parametrize("engine", TOGETHER)
@some
@given(questions(ANY))
def test_a_route_leads_from_its_origin_to_its_destination_at_its_cost(
    engine: str, question: tuple[Topology, np.ndarray]
) -> None:
    topology, weights = question
    solution = solve(topology, weights, engine=engine)
    for (pair, scenario), index in np.ndenumerate(solution.route_index):
        here, end = topology.pairs[pair]
        cost = 0.0
        for arc in solution.paths[index] if index >= 0 else ():
            assert topology.tail[arc] == here
            here, cost = int(topology.head[arc]), cost + weights[arc, scenario]
        assert (here == end and cost == solution.cost[pair, scenario]) or index == -1


@pytest.mark.parametrize("engine", TOGETHER)
@some
@given(questions(ANY))
def test_masks_and_usage_are_those_of_the_routes(engine: str, question: tuple[Topology, np.ndarray]) -> None:
    topology, weights = question
    bits = np.uint64(1) << np.arange(len(topology.tail), dtype=np.uint64)
    solution = solve(topology, weights, engine=engine)
    masks, usage = solution.masks(bits), solution.usage()
    for (pair, scenario), index in np.ndenumerate(solution.route_index):
        arcs = solution.paths[index] if index >= 0 else ()
        assert masks[pair, scenario] == sum(1 << arc for arc in arcs)
    assert (usage.sum(axis=1) == (solution.route_index >= 0).sum(axis=1)).all()


@pytest.mark.parametrize("engine", TOGETHER)
@some
@given(questions(ANY), st.data())
def test_a_scenario_does_not_depend_on_those_beside_it(
    engine: str, question: tuple[Topology, np.ndarray], data: st.DataObject
) -> None:
    topology, weights = question
    start = data.draw(st.integers(0, weights.shape[1] - 1))
    stop = data.draw(st.integers(start + 1, weights.shape[1]))
    whole, part = (
        solve(topology, weights, engine=engine),
        solve(topology, weights[:, start:stop], engine=engine),
    )
    assert np.array_equal(whole.cost[:, start:stop], part.cost)


@pytest.mark.parametrize("engine", ENGINES)
@some
@given(questions(st.just("drawn")))
def test_weights_of_32_bits_count_as_they_are(engine: str, question: tuple[Topology, np.ndarray]) -> None:
    topology, weights = question
    narrow = weights.astype(np.float32)
    assert np.array_equal(
        solve(topology, narrow, engine=engine).cost, costs_by_scipy(topology, narrow.astype(np.float64))
    )


@pytest.mark.parametrize("engine", TOGETHER)
@settings(max_examples=3, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0, 20, 64]))
def test_a_grid_has_the_costs_and_routes_of_the_search(engine: str, seed: int, eliminated: int) -> None:
    """Arcs between neighbours of an 8 x 8 grid: long routes, many of them nearly equal."""
    random = np.random.default_rng(seed)
    node = np.arange(64).reshape(8, 8)
    one = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
    other = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
    pairs = ((0, 63), (7, 56), (27, 3))
    ends = np.concatenate([one, other]), np.concatenate([other, one])
    topology = planned(*ends, 64, pairs, random.permutation(64)[:eliminated].tolist())
    weights = random.uniform(1, 1.2, (len(topology.tail), 200))
    solution, expected = solve(topology, weights, engine=engine), solve(topology, weights, engine="dijkstra")
    assert np.array_equal(solution.cost, expected.cost)
    assert [solution.paths[n] for n in solution.route_index.flat] == [
        expected.paths[n] for n in expected.route_index.flat
    ]


@pytest.mark.parametrize("engine", TOGETHER)
def test_a_large_network_is_searched_where_elimination_does_not_pay(engine: str) -> None:
    """Arcs between neighbours of a 24 x 24 grid."""
    node = np.arange(576).reshape(24, 24)
    one = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
    other = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
    ends = np.concatenate([one, other]), np.concatenate([other, one])
    topology = Topology(*ends, 576, ((0, 575), (300, 20)))
    assert 0 < len(topology.plan.core) < 576
    weights = np.random.default_rng(0).uniform(1, 3, (len(topology.tail), 200))
    weights[:, 7] = np.inf
    solution, expected = solve(topology, weights, engine=engine), solve(topology, weights, engine="dijkstra")
    assert np.array_equal(solution.cost, expected.cost)


@pytest.mark.parametrize("engine", TOGETHER)
def test_the_longest_of_ways_through_the_core_loses_no_digit(engine: str) -> None:
    """A line of 3,000 nodes, none of them eliminated, beside a way that differs by some last digits."""
    size = 3000
    tail, head = np.append(np.arange(size - 1), 0), np.append(np.arange(1, size), size - 1)
    topology = planned(tail, head, size, ((0, size - 1),), ())
    weights = np.random.default_rng(0).lognormal(size=(size, 40))
    line = np.cumsum(weights[:-1], axis=0)[-1]
    digits = np.arange(-20, 20)
    weights[-1] = line * (1 + digits * np.finfo(float).eps)
    cost = solve(topology, weights, engine=engine).cost
    assert np.array_equal(cost[0], np.minimum(line, weights[-1]))


def test_two_ways_round_a_circle_of_zeros_end() -> None:
    topology = Topology(np.array([0, 1, 2, 3, 1]), np.array([1, 2, 3, 1, 4]), 5, ((0, 4), (4, 0), (3, 3)))
    for engine in ENGINES:
        solution = solve(topology, np.zeros((5, 70)), engine=engine)
        assert (solution.cost[0] == 0).all()
        assert (solution.route_index[1] == -1).all()
        assert solution.paths[solution.route_index[2, 0]] == ()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("wrong", [np.nan, -1.0, -np.inf, 1e31])
@pytest.mark.parametrize("scenario", [0, 64, 69])
@pytest.mark.parametrize("eliminated", [(), (0, 1, 2)])
def test_a_weight_that_means_nothing_is_refused_with_its_place(
    engine: str, wrong: float, scenario: int, eliminated: tuple[int, ...]
) -> None:
    weights = np.ones((2, 70))
    weights[1, scenario] = wrong
    with pytest.raises(ValueError, match=f"arc 1 in scenario {scenario}"):
        solve(planned(np.array([0, 1]), np.array([1, 2]), 3, ((0, 2),), eliminated), weights, engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_no_scenarios_have_an_empty_solution(engine: str) -> None:
    solution = solve(Topology(np.array([0]), np.array([1]), 2, ((0, 1),)), np.ones((1, 0)), engine=engine)
    assert solution.cost.shape == (1, 0)
    assert solution.masks(np.ones(1, dtype=np.uint64)).shape == (1, 0)


@pytest.mark.parametrize("engine", ENGINES)
def test_weights_may_lie_in_memory_as_they_like(engine: str) -> None:
    random = np.random.default_rng(0)
    topology = Topology(np.array([0, 0, 1, 2]), np.array([1, 2, 3, 3]), 4, ((0, 3),))
    wide = random.lognormal(size=(4, 300))
    expected = costs_by_scipy(topology, wide[:, ::2])
    for weights in (wide[:, ::2], np.asfortranarray(wide[:, ::2]), wide[:, np.arange(0, 300, 2)]):
        assert np.array_equal(solve(topology, weights, engine=engine).cost, expected)


def test_the_same_arcs_are_planned_once() -> None:
    tail, head = np.array([0, 1, 0]), np.array([1, 2, 2])
    one, other = (
        Topology(tail.astype(kind), head.astype(kind), 3, ((0, 2),)) for kind in (np.int32, np.int64)
    )
    assert one.plan is other.plan
    assert one.plan is not Topology(tail, head, 3, ((0, 1),)).plan


def test_weights_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="allowed"):
        solve(Topology(np.array([0]), np.array([1]), 2, ((0, 1),)), np.ones((2, 3)))
