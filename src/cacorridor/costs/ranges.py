"""The range of a sum of uncertain hours, dollars or grams: one rule for routes, legs, charts and draws.

Each figure is lognormal around its mean. What varies together shares one normal number; what varies apart has
numbers of its own. A range is read off a stratified sample of these numbers, so it is the range that
``simulate`` draws, to within its sampling error.
"""

from __future__ import annotations

import hashlib
import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Z90 = 1.2816  # 90 % quantile of the normal distribution
LEAST_LOW = 0.05  # of the mean; a lognormal has no zero
STRATA = 2048  # sample size; a percentile of a sum of two dozen figures is then within about 1 %
LOW, HIGH = 0.1, 0.9  # what a range means everywhere


def log_sigma(low: float, high: float) -> float:
    """Compute the standard deviation of the logarithm of a lognormal of mean 1 from two percentiles."""
    return math.log(high / max(low, LEAST_LOW)) / (2 * Z90)


def lognormal_range(mean: float, cv: float) -> tuple[float, float]:
    """Compute the 10th and 90th percentile of a lognormal: mu = ln m - s2/2, s2 = ln(1 + cv^2)."""
    sigma = math.sqrt(math.log1p(cv**2))
    median = mean * math.exp(-(sigma**2) / 2)
    return median * math.exp(-Z90 * sigma), median * math.exp(Z90 * sigma)


def quantiles(
    amounts: np.ndarray, loadings: np.ndarray, groups: Sequence[str], shares: Sequence[float]
) -> np.ndarray:
    """Compute quantiles of several sums of the same terms, shape (shares, sums).

    ``amounts`` are the means of the terms, shape (sums, terms); ``loadings`` how these vary: the standard
    deviation of the logarithm of each term that comes from each group, shape (terms, groups).
    """
    return _quantiles_of_rows(_sample_sums(amounts, loadings, groups), shares)


def share_within(
    amounts: np.ndarray, loadings: np.ndarray, groups: Sequence[str], limits: Sequence[float]
) -> np.ndarray:
    """Compute how often each sum is at most a limit, shape (limits, sums): shares from 0 to 1.

    Terms and groups are as in ``quantiles``, and so is the sample: a limit at the 10th percentile is met by
    a tenth.
    """
    sample = _sample_sums(amounts, loadings, groups)
    return np.array([(sample <= limit).mean(axis=1) for limit in limits])


def _sample_sums(amounts: np.ndarray, loadings: np.ndarray, groups: Sequence[str]) -> np.ndarray:
    """Draw the sums, shape (sums, STRATA); shape (sums, 1) where nothing varies."""
    varying = (loadings > 0).any(axis=1)
    certain = amounts[:, ~varying].sum(axis=1, keepdims=True)
    if not varying.any():
        return np.asarray(certain)
    # every figure runs through the same strata, each group in an order of its own
    normal = np.array([stratified_normals(group) for group in groups])
    spreads = loadings[varying]
    logs = spreads @ normal - (spreads**2).sum(axis=1, keepdims=True) / 2  # so that the mean is 1
    return np.asarray(certain + amounts[:, varying] @ np.exp(logs))


def _quantiles_of_rows(sample: np.ndarray, shares: Sequence[float]) -> np.ndarray:
    """Interpolate linearly in each row, as ``np.quantile`` does, which imports half of numpy."""
    # where each quantile lies between two ranks
    last = sample.shape[1] - 1
    positions = np.asarray(shares) * last
    lower = positions.astype(int)
    upper = np.minimum(lower + 1, last)
    # only these ranks are put in place, which takes O(n) instead of O(n log n)
    ranks = sorted({*lower.tolist(), *upper.tolist()})  # np.union1d would import numpy.ma
    ordered = np.partition(sample, ranks, axis=1)
    rows = []
    for low, high, part in zip(lower, upper, positions % 1, strict=True):
        below, above = ordered[:, low], ordered[:, high]
        step = above - below
        rows.append(below + step * part if part < 0.5 else above - step * (1 - part))  # as exact at both ends
    return np.array(rows)


@cache
def stratified_normals(group: str) -> np.ndarray:
    """Return the quantiles of the normal distribution in an order that is the group's own.

    The orders of two groups are independent of each other, and those of one are the same in every process.
    """
    stream = np.random.Philox(key=order_key(group))
    order = np.random.Generator(stream).permutation(STRATA)
    return normal_strata()[order]


def order_key(group: str) -> int:
    """Return the key of the generator that orders the strata of a group, 128 bits."""
    return int.from_bytes(hashlib.blake2b(group.encode(), digest_size=16).digest())


@cache
def normal_strata() -> np.ndarray:
    """Lay out one normal number for each stratum, the middle of its share."""
    from statistics import NormalDist

    normal = NormalDist()
    lower = np.array([normal.inv_cdf((stratum + 0.5) / STRATA) for stratum in range(STRATA // 2)])
    return np.concatenate([lower, -lower[::-1]])  # the middles are exact, so the halves mirror each other
