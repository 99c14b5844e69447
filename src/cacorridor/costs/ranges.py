"""The range of a sum of uncertain hours."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

Z90 = 1.2816  # 90 % quantile of the normal distribution
LEAST_LOW = 0.05  # of the mean; a lognormal has no zero


def spread(legs: pd.DataFrame) -> tuple[float, float]:
    """Compute the 10th and 90th percentile of the summed hours of legs.

    Legs of one ``group`` vary together, so their deviations add: those that rest on the same figure, and
    all runs by one mode. Different groups vary independently, so their variances add. Each figure and
    the sum are taken as lognormal.
    """
    mean_h = float(legs["time_h"].sum())
    if mean_h <= 0:
        return 0.0, 0.0
    by_group = _deviation_h(legs).groupby(legs["group"]).sum()
    return lognormal_range(mean_h, float(np.sqrt((by_group**2).sum())) / mean_h)


def lognormal_range(mean: float, cv: float) -> tuple[float, float]:
    """Compute the 10th and 90th percentile of a lognormal: mu = ln m - s2/2, s2 = ln(1 + cv^2)."""
    sigma = math.sqrt(math.log1p(cv**2))
    median = mean * math.exp(-(sigma**2) / 2)
    return median * math.exp(-Z90 * sigma), median * math.exp(Z90 * sigma)


def sigma_of(mean_h: float, low_h: float, high_h: float) -> float:
    """Compute the standard deviation of the logarithm of lognormal hours from their two percentiles."""
    if mean_h <= 0:
        return 0.0
    return math.log(high_h / max(low_h, LEAST_LOW * mean_h)) / (2 * Z90)


def sigmas(legs: pd.DataFrame) -> pd.Series[float]:
    """Compute ``sigma_of`` each leg."""
    columns = legs[["time_h", "time_low_h", "time_high_h"]]
    return pd.Series(
        [sigma_of(*row) for row in columns.itertuples(index=False)], index=legs.index, dtype=float
    )


def _deviation_h(legs: pd.DataFrame) -> pd.Series[float]:
    """Compute the standard deviation of each leg's hours."""
    return legs["time_h"] * np.sqrt(np.expm1(sigmas(legs) ** 2))
