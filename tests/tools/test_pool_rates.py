"""Prices of a truck-km: the pool finds what figures were made with, and rates.csv holds its prices."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tools.pool_rates import leave_one_out, observations, pool


def made_up(states: dict[str, float], years: int = 40, spread: float = 0.1) -> pd.DataFrame:
    """Figures of states by two kinds of source, of which the survey is twice as dear as the market."""
    rng = np.random.default_rng(1)
    rows = [
        {"state": state, "kind": kind, "usd_per_km": level * usd * np.exp(spread * rng.standard_normal())}
        for state, usd in states.items()
        for kind, level in (("survey", 2.0), ("market", 1.0))
        for _ in range(years)
    ]
    return pd.DataFrame(rows).assign(source_id=[f"s{at % 4}" for at in range(len(rows))])


def test_prices_of_the_tables_are_those_of_the_pool(net) -> None:
    rates = {row["id"]: row for row in net.rows("rates")}
    for (state, level), price in pool(observations(net)).items():
        row = rates["run:road:" + (f"{state.lower()}:" if state else "") + level]
        assert (row["state"], row["level"], row["currency"], row["year"]) == (state, level, "USD", 2025)
        told = [row["low"], row["mean"], row["high"]]
        assert told == pytest.approx([price.low, price.mean, price.high], abs=6e-4), (
            "run: python -m tools.pool_rates"
        )


def test_the_pool_finds_what_figures_were_made_with() -> None:
    truth = {"AAA": 0.8, "BBB": 1.0, "CCC": 1.6}
    pooled = pool(made_up(truth))
    for state, usd in truth.items():
        assert pooled[state, "express"].mean == pytest.approx(usd, rel=0.06)
        assert pooled[state, "typical"].mean == pytest.approx(2 * usd, rel=0.06)
    mean = np.exp(np.mean(np.log(list(truth.values()))))
    assert pooled["", "express"].mean == pytest.approx(mean, rel=0.06)


def test_a_state_with_one_odd_figure_is_drawn_to_the_others() -> None:
    table = made_up({"AAA": 0.9, "BBB": 1.0, "CCC": 1.1}, years=3, spread=0.4)
    odd = pd.DataFrame([{"state": "DDD", "kind": "market", "usd_per_km": 5.0, "source_id": "odd"}])
    pooled = pool(pd.concat([table, odd], ignore_index=True))
    assert pooled["", "express"].mean < pooled["DDD", "express"].mean < 5.0


def test_sources_left_out_are_predicted_within_what_figures_spread() -> None:
    test = leave_one_out(made_up({"AAA": 0.8, "BBB": 1.0, "CCC": 1.6}))
    assert len(test) == 240
    assert test["inside"].mean() == pytest.approx(0.8, abs=0.08)
    assert abs(test["error"].mean()) < 0.05
