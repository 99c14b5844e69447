"""Calibration: components of steps, and a fit that finds what made-up journeys were made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from tools.calibrate.__main__ import journeys_of
from tools.calibrate.evaluate import crps, other_reports
from tools.calibrate.exposures import HELD, WAIT, Exposures, clusters, exposures, hold_ships
from tools.calibrate.model import NUS, fit

if TYPE_CHECKING:
    import cacorridor as cc


def made_up_journeys(run: float, border: float, spread: float) -> Exposures:
    """200 journeys by rail, with known multipliers and a known spread."""
    rng = np.random.default_rng(1)
    hours = pd.DataFrame(
        {"run:rail:other": rng.uniform(20, 200, 200), "border:rail:customs": rng.uniform(5, 60, 200)}
    )
    observed = run * hours["run:rail:other"] + border * hours["border:rail:customs"]
    table = pd.DataFrame({"id": [f"j{i}" for i in range(200)], "level": "express", "mode_class": "rail"})
    table["observed_h"] = observed * np.exp(spread * rng.standard_normal(200))
    table["same_journey"] = None
    table = table.assign(share_rail=1.0, share_road=0.0, share_sea=0.0, own_sd=0.0)
    return Exposures(table, hours, ())


def test_fit_finds_the_multipliers_and_the_spread() -> None:
    data = made_up_journeys(run=1.2, border=2.0, spread=0.1)
    found = fit(data)
    log_h, _ = found.predict(data)
    truth = np.log(1.2 * data.hours["run:rail:other"] + 2.0 * data.hours["border:rail:customs"])
    assert np.abs(log_h - truth).max() < 0.1
    assert found.sigma["rail"] == pytest.approx(0.1, abs=0.02)


def test_the_fit_is_the_same_every_time() -> None:
    data = made_up_journeys(run=1.2, border=2.0, spread=0.1)
    assert np.array_equal(fit(data).mean, fit(data).mean)


def test_sources_that_share_a_train_are_left_out_together() -> None:
    table = pd.DataFrame({"source_id": ["a", "a", "b", "c"], "same_journey": [None, "train", "train", None]})
    assert clusters(table) == [0, 0, 0, 3]


def test_another_report_is_one_of_the_same_way_by_a_source_that_shares_nothing() -> None:
    table = pd.DataFrame(
        {
            "id": ["there", "same train", "back", "other level", "elsewhere"],
            "ends": ["a - b", "a - b", "a - b", "a - b", "a - c"],
            "mode_class": "rail",
            "level": ["express", "express", "express", "typical", "express"],
            "cluster": [0, 0, 1, 2, 3],
            "observed_h": [10.0, 40.0, 20.0, 30.0, 5.0],
        }
    )
    found = other_reports(Exposures(table, pd.DataFrame(index=table.index), ())).set_index("id")
    # there and the same train tell nothing of each other; the way back is told by two, 20 h in their middle
    assert found["others"].to_dict() == {"there": 1, "same train": 1, "back": 2}
    assert np.exp(found["error"]).to_dict() == pytest.approx({"there": 0.5, "same train": 2, "back": 1})


def test_a_ship_is_held_for_the_first_run_of_a_train_only() -> None:
    hours = {WAIT: 20.0, "sail": 30.0}
    train = {"first_run": "yes", "mode_class": "rail+sea"}
    assert hold_ships(hours, train) == {HELD: 20.0, "sail": 30.0}
    assert hold_ships(hours, train | {"mode_class": "road"}) == hours
    assert hold_ships(hours, train | {"first_run": "no"}) == hours


def test_a_clock_at_terminals_is_set_back_by_the_stays(toy: cc.Network) -> None:
    way = journeys_of(toy)
    at_terminals = exposures(toy, way.assign(counting="terminal")).table["observed_h"].item()
    assert at_terminals == pytest.approx(exposures(toy, way).table["observed_h"].item() - 15)


def test_tails_of_the_error_are_as_heavy_as_the_journeys_say() -> None:
    assert fit(made_up_journeys(run=1.2, border=2.0, spread=0.1)).nu == max(NUS)


def test_crps_of_a_certain_hit_is_small() -> None:
    assert crps(np.array([0.0]), np.array([0.01]))[0] < crps(np.array([0.5]), np.array([0.01]))[0]


def test_the_holdout_shares_no_journey_and_no_source_with_the_fit(net: cc.Network) -> None:
    seen, held = net.tables["journeys"], net.tables["journeys_holdout"]
    assert not set(seen["source_id"]) & set(held["source_id"])
    assert not set(seen["id"]) & set(held["id"])
    address = net.table("sources")["address"]
    assert not set(address[seen["source_id"]]) & set(address[held["source_id"]])
    ends = ["origin", "destination", "year", "days_low"]
    told = set(seen[ends].dropna().itertuples(index=False, name=None))
    assert not told & set(held[ends].dropna().itertuples(index=False, name=None))


def test_the_fit_does_not_read_the_holdout(net: cc.Network) -> None:
    changed = net.with_table("journeys_holdout", net.table("journeys_holdout").iloc[:0])
    assert journeys_of(changed).equals(journeys_of(net))
    assert len(journeys_of(net)) == len(net.tables["journeys"])
