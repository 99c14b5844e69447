"""The range of a sum of uncertain hours."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cacorridor.costs.ranges import Z90, spread


def legs(*steps: tuple[float, float, float, str]) -> pd.DataFrame:
    return pd.DataFrame(steps, columns=["time_h", "time_low_h", "time_high_h", "group"])


def cv(*steps: tuple[float, float, float, str]) -> float:
    """Coefficient of variation of the lognormal that a range belongs to."""
    low, high = spread(legs(*steps))
    sigma = np.log(high / low) / (2 * Z90)
    return float(np.sqrt(np.expm1(sigma**2)))


def lognormal(mean: float, variation: float, factor: str) -> tuple[float, float, float, str]:
    """A step with the 10th and 90th percentile of a lognormal."""
    sigma = np.sqrt(np.log1p(variation**2))
    median = mean * np.exp(-(sigma**2) / 2)
    return mean, float(median * np.exp(-Z90 * sigma)), float(median * np.exp(Z90 * sigma)), factor


def test_certain_hours_have_no_width() -> None:
    assert spread(legs((3, 3, 3, "a"), (4, 4, 4, "b"))) == pytest.approx((7, 7))


def test_one_step_keeps_its_range() -> None:
    step = lognormal(10, 0.5, "a")
    assert spread(legs(step)) == pytest.approx(step[1:3])


def test_steps_on_the_same_figure_vary_together() -> None:
    step = lognormal(10, 0.5, "a")
    assert cv(step, step) == pytest.approx(0.5)
    assert spread(legs(step, step)) == pytest.approx((2 * step[1], 2 * step[2]))


def test_steps_on_different_figures_vary_apart() -> None:
    assert cv(lognormal(10, 0.5, "a"), lognormal(10, 0.5, "b")) == pytest.approx(0.5 / np.sqrt(2))


def test_deviations_of_unlike_steps_add_in_quadrature() -> None:
    both = cv(lognormal(30, 0.2, "a"), lognormal(10, 0.8, "b"))  # deviations of 6 h and 8 h
    assert both == pytest.approx(10 / 40)


def test_splitting_a_step_does_not_change_the_range() -> None:
    whole = lognormal(10, 0.4, "a")
    parts = [(share * whole[0], share * whole[1], share * whole[2], "a") for share in (0.2, 0.3, 0.5)]
    assert spread(legs(*parts)) == pytest.approx(spread(legs(whole)))


def test_the_order_of_steps_does_not_matter() -> None:
    steps = [lognormal(5, 0.3, "a"), lognormal(9, 0.6, "b"), lognormal(2, 1.0, "a")]
    assert spread(legs(*steps)) == pytest.approx(spread(legs(*steps[::-1])))


def test_a_lower_bound_of_zero_gives_a_finite_range() -> None:
    low, high = spread(legs((10, 0, 20, "a")))
    assert 0 < low < 10 < high < np.inf


def test_steps_that_take_no_time_add_nothing() -> None:
    step = lognormal(10, 0.5, "a")
    assert spread(legs(step, (0, 0, 0, "b"))) == pytest.approx(spread(legs(step)))
    assert spread(legs((0, 0, 0, "b"))) == (0, 0)
