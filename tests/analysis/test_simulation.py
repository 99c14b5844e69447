"""Draws of whole worlds on the toy: known by number, the same for all, true to the tables."""

from __future__ import annotations

import numpy as np
import pytest

from cacorridor import find_route
from cacorridor.analysis.simulation import simulate
from cacorridor.analysis.spread import lognormal_range
from cacorridor.analysis.worlds import Uncertain, Worlds, normals
from cacorridor.errors import NoRouteError, UsageError
from tests.toys import toy_network, toy_rows

PAIR = ("A1", "C1")


@pytest.fixture
def toy():
    return toy_network()


# ---------------------------------------------------------------- worlds


def test_a_draw_is_the_same_whatever_is_drawn_with_it():
    many = normals(1, "speeds/road", 0, 1000)
    for draw in (0, 1, 2, 3, 4, 17, 999):
        assert normals(1, "speeds/road", draw, draw + 1)[0] == many[draw]
    assert np.array_equal(normals(1, "speeds/road", 5, 11), many[5:11])


def test_other_seeds_and_groups_have_other_numbers():
    one = normals(1, "a", 0, 50)
    assert not np.array_equal(one, normals(2, "a", 0, 50))
    assert not np.array_equal(one, normals(1, "b", 0, 50))


def test_draws_have_the_mean_and_the_percentiles_of_the_figure():
    low, high = lognormal_range(10.0, 0.4)
    hours = Worlds.of([[Uncertain(10.0, low, high, "g")]], 3).hours(0, 40_000)[0]
    assert hours.mean() == pytest.approx(10.0, rel=0.01)
    assert np.quantile(hours, [0.1, 0.9]) == pytest.approx([low, high], rel=0.02)


def test_what_shares_a_group_varies_together_and_nothing_else_does():
    parts = [[Uncertain(1.0, 0.5, 2.0, group)] for group in ("g", "g", "h")]
    one, twin, other = np.log(Worlds.of(parts, 0).hours(0, 5_000))
    assert one == pytest.approx(twin)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.05


def test_a_figure_without_a_range_is_itself_in_every_draw():
    hours = Worlds.of([[Uncertain(7.0, 7.0, 7.0, "g"), Uncertain(0.0, 0.0, 0.0, "h")]], 0).hours(0, 9)
    assert (hours == 7.0).all()


# ---------------------------------------------------------------- simulations


def test_a_simulation_agrees_with_the_range_of_the_route(toy):
    route = find_route(toy, *PAIR, modes=["road"], avoid=["DDD"])
    row = simulate(toy, [route], draws=8_000, seed=2).summary().iloc[0]
    assert row["mean_h"] == pytest.approx(route.time_h, rel=0.02)
    # the route's range takes the sum of lognormals as lognormal, which is near and not exact
    assert row["p10_h"] == pytest.approx(route.time_low_h, rel=0.12)
    assert row["p90_h"] == pytest.approx(route.time_high_h, rel=0.12)


def test_a_journey_that_may_choose_is_never_slower_than_the_usual_route(toy):
    simulation = simulate(toy, [PAIR], draws=600)
    adaptive, fixed = simulation.times_h
    assert (adaptive <= fixed).all()
    assert (adaptive < fixed).any()
    assert simulation.faster().iloc[1, 0] == 0


def test_draw_17_of_20_is_draw_17_of_600(toy):
    few, many = (simulate(toy, [PAIR], draws=draws, seed=4).times_h for draws in (20, 600))
    assert np.array_equal(few[:, 17], many[:, 17])
    alone = simulate(toy, [PAIR], draws=1, first_draw=17, seed=4).times_h
    assert np.array_equal(alone[:, 0], many[:, 17])


def test_a_closure_never_makes_the_journey_shorter_in_any_draw(toy):
    free = simulate(toy, [PAIR], draws=300, seed=5).times_h[0]
    closed = simulate(toy, [PAIR], draws=300, seed=5, avoid=["BBB"]).times_h[0]
    assert (closed >= free).all()


def test_without_ranges_every_draw_is_the_route():
    rows = toy_rows()
    for name, stem in (("crossings", "dwell"), ("transfers", "handling"), ("services", "sailing")):
        for row in rows[name]:
            row[f"{stem}_low_h"] = row[f"{stem}_high_h"] = row[f"{stem}_h"]
    for row in rows["speeds"]:
        row["speed_low_kmh"] = row["speed_high_kmh"] = row["speed_kmh"]
    toy = toy_network(rows)
    route = find_route(toy, *PAIR, modes=["rail"])
    simulation = simulate(toy, [PAIR], draws=10, modes=["rail"])
    assert simulation.times_h == pytest.approx(np.full((2, 10), route.time_h))


def test_a_summary_is_in_order_and_tells_who_is_on_time(toy):
    simulation = simulate(toy, [PAIR], draws=400)
    row = simulation.summary(promise_h=1e6).iloc[0]
    assert row["p10_h"] <= row["p50_h"] <= row["p90_h"] <= row["p95_h"]
    assert row["buffer_h"] == row["p95_h"] - row["mean_h"]
    assert row["on_time_share"] == 1
    assert simulation.summary(promise_h=0)["on_time_share"].sum() == 0


def test_use_tells_which_states_and_crossings_were_chosen_how_often(toy):
    use = simulate(toy, [PAIR], draws=300).use.set_index("what")
    assert use.loc["AAA", "used_share"] == use.loc["CCC", "used_share"] == 1
    assert use["used_share"].between(0, 1).all()
    assert use.loc["AAA", "usual"]


def test_ctrl_c_keeps_what_is_done(toy):
    def stop(done: int, _total: int) -> None:
        if done >= 256:
            raise KeyboardInterrupt

    simulation = simulate(toy, [PAIR], draws=1000, progress=stop)
    assert not simulation.complete
    assert simulation.times_h.shape == (2, 256)
    assert np.array_equal(simulation.times_h, simulate(toy, [PAIR], draws=256).times_h)


def test_what_cannot_be_drawn_is_refused(toy):
    with pytest.raises(UsageError):
        simulate(toy, [])
    with pytest.raises(UsageError):
        simulate(toy, [PAIR], draws=0)
    with pytest.raises(UsageError, match="criterion"):
        simulate(toy, [PAIR], criterion="length")
    with pytest.raises(NoRouteError):
        simulate(toy, [PAIR], avoid=["BBB", "DDD"], modes=["road"])
