"""Draws on the toy: known by number, the same for all, true to the tables."""

from __future__ import annotations

import distributed
import numpy as np
import pandas as pd
import pytest

from cacorridor import DrawExecutor, Scenario, UsageError, find_route, sensitivity, simulate
from cacorridor.costs.ranges import lognormal_range
from cacorridor.uncertainty.draws import HourDraws, normals
from cacorridor.uncertainty.sensitivity import variance_contribution
from tests.costs.test_ranges import table_of
from tests.networks import toy_network

PAIR = ("A1", "C1")


@pytest.fixture
def toy():
    return toy_network()


# ---------------------------------------------------------------- draws


def test_a_draw_is_the_same_whatever_is_drawn_with_it():
    many = normals(1, "speeds/road", 0, 1000)
    for draw in (0, 1, 2, 3, 4, 17, 999):
        assert normals(1, "speeds/road", draw, draw + 1)[0] == many[draw]
    assert np.array_equal(normals(1, "speeds/road", 5, 11), many[5:11])


def test_other_seeds_and_groups_have_other_numbers():
    one = normals(1, "a", 0, 50)
    assert not np.array_equal(one, normals(2, "a", 0, 50))
    assert not np.array_equal(one, normals(1, "b", 0, 50))


def drawn(steps, *, seed=0, draws):
    """The hours of each of some steps in each draw."""
    table = table_of(*steps)
    return HourDraws.of([(table, np.arange(len(steps)))], len(steps), seed).hours(0, draws)


def test_draws_have_the_mean_and_the_percentiles_of_the_figure():
    low, high = lognormal_range(10.0, 0.4)
    hours = drawn([(10.0, low, high, "g")], seed=3, draws=40_000)[0]
    assert hours.mean() == pytest.approx(10.0, rel=0.01)
    assert np.quantile(hours, [0.1, 0.9]) == pytest.approx([low, high], rel=0.02)


def test_what_shares_a_group_varies_together_and_nothing_else_does():
    one, twin, other = np.log(drawn([(1.0, 0.5, 2.0, group) for group in ("g", "g", "h")], draws=5_000))
    assert one == pytest.approx(twin)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.05


def test_a_figure_without_a_range_is_itself_in_every_draw():
    certain, nothing = drawn([(7.0, 7.0, 7.0, "g"), (0.0, 0.0, 0.0, "h")], draws=9)
    assert (certain == 7.0).all()
    assert (nothing == 0.0).all()


# ---------------------------------------------------------------- simulations


def test_a_simulation_agrees_with_the_range_of_the_route(toy):
    route = find_route(toy, *PAIR, modes=["road"], avoid=["DDD"])
    row = simulate(toy, [route], draws=8_000, seed=2).summary().iloc[0]
    assert row["mean_h"] == pytest.approx(route.time_h, rel=0.02)
    assert row["p10_h"] == pytest.approx(route.time_low_h, rel=0.03)
    assert row["p90_h"] == pytest.approx(route.time_high_h, rel=0.03)


def test_a_journey_that_may_choose_is_never_slower_than_the_usual_route(toy):
    simulation = simulate(toy, [PAIR], draws=600)
    adaptive, fixed = simulation.times_h
    assert (adaptive <= fixed).all()
    assert (adaptive < fixed).any()
    assert simulation.win_matrix().iloc[1, 0] == 0


def test_a_route_is_never_faster_than_itself(toy):
    """Followed as a pair and as a route, the same steps are summed in another order."""
    route = find_route(toy, *PAIR)
    shares = simulate(toy, [PAIR, route], draws=2_000, seed=1).win_matrix().to_numpy()
    adaptive, fixed, same = range(3)
    assert shares[fixed, same] == shares[same, fixed] == 0
    assert shares[same, adaptive] == 0


def test_journeys_between_different_ends_are_not_compared_and_named(toy):
    simulation = simulate(toy, [PAIR, find_route(toy, "A1", "B1", modes=["road"])], draws=20)
    with pytest.warns(UserWarning, match=r"different ends are not compared: A1 - C1; A1 - B1$"):
        shares = simulation.win_matrix().to_numpy()
    assert np.isnan(shares[:2, 2]).all()
    assert np.isnan(shares[2, :2]).all()
    assert np.isfinite(shares[:2, :2]).all()


def test_journeys_of_the_same_ends_are_compared_across_scenarios(toy):
    route, closed = find_route(toy, *PAIR, avoid=["BBB"]), closing("no bridge", "links", "road:a3:b1")
    simulation = simulate(toy, [PAIR, route], draws=20, scenarios=[closed])
    assert simulation.win_matrix().notna().all(axis=None)


def test_routes_between_the_same_ends_are_told_apart(toy):
    ways = [find_route(toy, *PAIR, modes=[mode]) for mode in ("rail", "road")]
    shares = simulate(toy, [PAIR, *ways], draws=50, seed=1).win_matrix()
    fixed = ["A1 - C1 (fixed)", "A1 - C1 (2) (fixed)", "A1 - C1 (3) (fixed)"]
    assert list(shares) == list(shares.index) == ["A1 - C1 (adaptive)", *fixed]


def test_draw_17_of_20_is_draw_17_of_600(toy):
    few, many = (simulate(toy, [PAIR], draws=draws, seed=4).times_h for draws in (20, 600))
    assert np.array_equal(few[:, 17], many[:, 17])
    alone = simulate(toy, [PAIR], draws=1, first_draw=17, seed=4).times_h
    assert np.array_equal(alone[:, 0], many[:, 17])


def closing(name, table, row):
    edits = pd.DataFrame([{"table": table, "row": row, "operation": "close", "note": "drawn"}])
    return Scenario.of(name, edits)


def test_a_closure_never_makes_the_journey_shorter_in_any_draw(toy):
    closures = [closing("no b", "states", "BBB"), closing("no bridge", "links", "road:a3:b1")]
    simulation = simulate(toy, [PAIR], draws=300, seed=5, scenarios=closures)
    free, *closed = simulation.times_h[simulation.cases["kind"] == "adaptive"]
    assert list(simulation.cases["scenario"].unique()) == ["base", "no b", "no bridge"]
    assert all((hours >= free).all() for hours in closed)
    assert any((hours > free).any() for hours in closed)


def test_draw_17_of_a_thousand_is_draw_17_of_a_million(toy):
    few, many = (simulate(toy, [PAIR], draws=draws, seed=4).times_h for draws in (1_000, 1_000_000))
    assert np.array_equal(few, many[:, :1_000])
    last = simulate(toy, [PAIR], draws=1, first_draw=999_999, seed=4).times_h
    assert np.array_equal(last[:, 0], many[:, -1])


def test_a_ban_never_makes_the_journey_shorter_in_any_draw(toy):
    free = simulate(toy, [PAIR], draws=300, seed=5).times_h[0]
    banned = simulate(toy, [PAIR], draws=300, seed=5, avoid=["BBB"]).times_h[0]
    assert (banned >= free).all()


@pytest.mark.parametrize("row", ["c1", "a1;c1"])
def test_a_scenario_that_leaves_no_route_takes_for_ever(toy, row):
    simulation = simulate(toy, [PAIR, ("A1", "C2")], draws=20, scenarios=[closing("gone", "places", row)])
    lost = simulation.cases["scenario"] == "gone"
    assert np.isinf(simulation.times_h[lost][:2]).all()
    assert np.isfinite(simulation.times_h[~lost]).all()
    summary = simulation.summary(deadline_h=1e6)
    assert np.isinf(summary.loc[lost, ["mean_h", "p50_h", "buffer_h"]].iloc[0]).all()
    assert summary.loc[lost, "on_time_share"].iloc[0] == 0


# ---------------------------------------------------------------- who draws


@pytest.mark.parametrize(
    "executor",
    [
        DrawExecutor(chunk=7),
        DrawExecutor(chunk=64),
        DrawExecutor(threads=2, chunk=50),
        DrawExecutor(threads=3, chunk=1),
    ],
)
def test_the_draws_do_not_depend_on_who_draws_them(toy, executor):
    route = find_route(toy, *PAIR, modes=["road"])
    alone = simulate(toy, [PAIR, route, ("C1", "A1")], draws=200, seed=3)
    parted = simulate(toy, [PAIR, route, ("C1", "A1")], draws=200, seed=3, executor=executor)
    assert np.array_equal(alone.times_h, parted.times_h)
    pd.testing.assert_frame_equal(alone.usage, parted.usage)


def test_two_workers_of_a_cluster_draw_what_one_process_draws(toy):
    alone = simulate(toy, [PAIR], draws=300, seed=3, scenarios=["slow"])
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        spread = simulate(
            toy, [PAIR], draws=300, seed=3, scenarios=["slow"], executor=DrawExecutor(client=client, chunk=64)
        )
    assert np.array_equal(alone.times_h, spread.times_h)
    pd.testing.assert_frame_equal(alone.usage, spread.usage)


def test_workers_that_cannot_work_are_refused():
    for wrong in ({"threads": 0}, {"chunk": 0}, {"threads": 2, "client": object()}):
        with pytest.raises(UsageError):
            DrawExecutor(**wrong)


# ---------------------------------------------------------------- what makes it vary


def test_the_causes_of_a_fixed_route_are_those_of_its_formula(toy):
    route = find_route(toy, *PAIR, modes=["road"], avoid=["DDD"])
    expected = sensitivity(route).set_index("cause")["variance_share"]
    found = (
        simulate(toy, [route], draws=20_000, seed=8).variance_shares().set_index("cause")["variance_share"]
    )
    assert found.to_dict() == pytest.approx(expected.loc[found.index].to_dict(), abs=0.05)
    assert expected.drop(found.index).sum() < 0.05
    assert (found.diff().dropna() <= 0).all()


def test_a_number_that_does_not_matter_has_no_share():
    one, other = (np.exp(0.5 * normals(1, name, 0, 5000)) for name in "ab")
    assert variance_contribution(3 + one, other) < 0.002
    assert variance_contribution(3 + one, one) == pytest.approx(1, abs=0.001)
    assert variance_contribution(np.full(10, 3.0), one[:10]) == 0
    assert variance_contribution(np.full(10, np.inf), one[:10]) == 0
