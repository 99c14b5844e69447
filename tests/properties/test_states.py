"""Questions about states on random small networks, beside networkx and all subsets."""

from __future__ import annotations

from itertools import chain, combinations, permutations
from math import factorial, inf
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cacorridor import NoRouteError, break_even, find_route, minimal_cuts
from cacorridor.criticality.break_even import SAME_H
from cacorridor.criticality.coalitions import coalition_values, minimal_coalitions
from cacorridor.criticality.leverage import shapley
from cacorridor.routing.graph.arcs import build_arcs
from cacorridor.routing.graph.search import supernetwork_for
from cacorridor.routing.query import build_query, endpoint_states
from tests.properties.test_routes import DWELL_H, STATES, few, networks, oracle, shortest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cacorridor import Network
    from cacorridor.routing.query import Query

START, END = "p0", "p1"


def subsets(items: Iterable[str]) -> Iterator[frozenset[str]]:
    """Every subset, the smallest first."""
    items = sorted(items)
    return map(frozenset, chain.from_iterable(combinations(items, size) for size in range(len(items) + 1)))


def transit(network: Network, query: Query) -> list[str]:
    return sorted(set(STATES) - set(endpoint_states(network, query)))


def hours_without(network: Network, avoid: frozenset[str]) -> float:
    """What networkx finds without some states; infinite if nothing."""
    value = shortest(oracle(network, "time", avoid), START, END)
    return inf if value is None else value


@few
@given(networks(), st.sets(st.sampled_from(STATES), max_size=2))
def test_a_path_on_arrays_is_as_quick_as_one_on_the_graph(network: Network, banned: set[str]) -> None:
    query = build_query(network, START, END)
    assume(not banned & set(endpoint_states(network, query)))
    arcs = build_arcs(network, query)
    found = arcs.best(START, END, arcs.in_states(arcs.state_mask(banned)))
    assert (found[0] if found else inf) == pytest.approx(hours_without(network, frozenset(banned)))


@few
@given(networks(), st.booleans())
def test_a_path_on_arrays_obeys_modes_and_touching_as_the_search_does(network: Network, touch: bool) -> None:  # noqa: FBT001
    query = build_query(network, START, END, modes=["rail", "sea"], allow_touch=touch)
    found = build_arcs(network, query).best(START, END)
    try:
        hours = find_route(network, START, END, modes=["rail", "sea"], allow_touch=touch).time_h
    except NoRouteError:
        hours = inf
    assert (found[0] if found else inf) == pytest.approx(hours)


@few
@given(networks())
def test_every_coalition_is_worth_its_own_best_route(network: Network) -> None:
    query = build_query(network, START, END)
    states = transit(network, query)
    there = [state for state in states if state in supernetwork_for(network, query).state_names]
    values = coalition_values(minimal_coalitions(network, query), there)
    for number, value in enumerate(values):
        coalition = {state for at, state in enumerate(there) if number >> at & 1}
        assert value == pytest.approx(hours_without(network, frozenset(states) - coalition))


@few
@given(networks(), st.sampled_from([inf, 5.0, 50.0]))
def test_minimal_cuts_are_all_the_minimal_ones(network: Network, more_than_h: float) -> None:
    query = build_query(network, START, END)
    best_h = hours_without(network, frozenset())
    assume(best_h < inf)
    blocking = [
        cut
        for cut in subsets(transit(network, query))
        if (without_h := hours_without(network, cut)) == inf or without_h > best_h + more_than_h + 1e-6
    ]
    minimal = {cut for cut in blocking if not any(smaller < cut for smaller in blocking)}
    table = minimal_cuts(network, START, END, more_than_h=more_than_h, largest=3)
    assert {frozenset(names.split()) for names in table["states"]} == minimal


@few
@given(networks(), st.sampled_from(["p0", "p1", "p2"]), st.floats(0, 200))
def test_the_pieces_of_a_break_even_are_the_best_times(network: Network, at: str, x: float) -> None:
    links = network.links
    there = links[links["is_border"] & ((links["from"] == at) | (links["to"] == at))].index
    assume(len(there) and hours_without(network, frozenset()) < inf)
    table = break_even(network, START, END, at=at, up_to_h=200)
    assert (table["from_h"].iloc[0], table["to_h"].iloc[-1]) == (0, 200)
    assert table["from_h"].iloc[1:].to_numpy() == pytest.approx(table["to_h"].iloc[:-1].to_numpy())
    row = table[(table["from_h"] <= x) & (x <= table["to_h"])].iloc[0]
    part = (x - row["from_h"]) / (row["to_h"] - row["from_h"])
    told = row["time_from_h"] + part * (row["time_to_h"] - row["time_from_h"])
    graph = oracle(network)
    ends = {frozenset((links["from"][key], links["to"][key], links["mode"][key])) for key in there}
    for (u, mode), (v, _), data in graph.edges(data=True):
        if frozenset((u, v, mode)) in ends:
            data["weight"] += x - 2 * DWELL_H
    assert told == pytest.approx(shortest(graph, START, END), abs=10 * SAME_H)


# ---------------------------------------------------------------- Shapley's value


games = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.floats(0, 1000), min_size=2**n, max_size=2**n).map(np.array)
)


@given(games)
def test_the_shapley_value_is_the_mean_over_all_orders(values: np.ndarray) -> None:
    n = int(values.size).bit_length() - 1
    expected = np.zeros(n)
    for order in permutations(range(n)):
        coalition = 0
        for player in order:
            expected[player] += values[coalition | 1 << player] - values[coalition]
            coalition |= 1 << player
    assert shapley(values) == pytest.approx(expected / factorial(n), abs=1e-6)


@given(games)
def test_the_shares_sum_to_what_all_add(values: np.ndarray) -> None:
    assert shapley(values).sum() == pytest.approx(values[-1] - values[0], abs=1e-6)


@given(games)
def test_a_player_who_adds_nothing_gets_nothing(values: np.ndarray) -> None:
    with_dummy = np.concatenate([values, values])  # the last player changes no coalition
    assert shapley(with_dummy)[-1] == pytest.approx(0)
    assert shapley(with_dummy)[:-1] == pytest.approx(shapley(values), abs=1e-6)


@given(games)
def test_players_who_can_stand_in_for_each_other_get_the_same(values: np.ndarray) -> None:
    numbers = np.arange(values.size * 4)
    twins = ((numbers >> 1 | numbers) & 1) | (
        numbers >> 2 << 1
    )  # either of two new players is as good as both
    game = np.concatenate([values, values * 2])[twins]
    assert shapley(game)[0] == pytest.approx(shapley(game)[1])
