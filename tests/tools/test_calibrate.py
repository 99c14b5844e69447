"""Calibration: components of steps, and a fit that finds what made-up journeys were made with."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tools.calibrate.evaluate import crps
from tools.calibrate.exposures import Exposures, clusters
from tools.calibrate.model import fit


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


def test_crps_of_a_certain_hit_is_small() -> None:
    assert crps(np.array([0.0]), np.array([0.01]))[0] < crps(np.array([0.5]), np.array([0.01]))[0]
