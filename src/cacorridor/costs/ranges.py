"""The range of a sum of uncertain hours, dollars or grams: one rule for routes, legs, charts and draws.

Each figure is lognormal around its mean. What varies together shares one normal number; what varies apart has
numbers of its own. A range is read off a stratified sample of these numbers, so it is the range that
``simulate`` draws, to within its sampling error.
"""

from __future__ import annotations

import math
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from cacorridor.costs.strata import stratified_normals
from cacorridor.vectors import exponentials, has_numpy, in_order, weighted_sum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np

    from cacorridor.vectors import Column

Z90 = 1.2816  # 90 % quantile of the normal distribution
LEAST_LOW = 0.05  # of the mean; a lognormal has no zero
LOW, HIGH = 0.1, 0.9  # what a range means everywhere
KEPT = 512  # samples of factors that are remembered: the legs of a route rest on what the whole rests on

Product = tuple[int, ...]  # numbers of the figures whose product an amount rests on
Loadings = tuple[tuple[str, float], ...]  # groups, and the standard deviation of the logarithm from each
Terms = list[tuple[float, Loadings]]  # of a sum: the mean of each term, and how it varies


def log_sigma(low: float, high: float) -> float:
    """Compute the standard deviation of the logarithm of a lognormal of mean 1 from two percentiles."""
    return math.log(high / max(low, LEAST_LOW)) / (2 * Z90)


def lognormal_range(mean: float, cv: float) -> tuple[float, float]:
    """Compute the 10th and 90th percentile of a lognormal: mu = ln m - s2/2, s2 = ln(1 + cv^2)."""
    sigma = math.sqrt(math.log1p(cv**2))
    median = mean * math.exp(-(sigma**2) / 2)
    return median * math.exp(-Z90 * sigma), median * math.exp(Z90 * sigma)


def quantiles_of_sum(terms: Terms, shares: Sequence[float]) -> list[float]:
    """Compute quantiles of a sum of uncertain terms, one for each share."""
    sample = _sample_sum(terms)
    if isinstance(sample, float):
        return [sample] * len(shares)
    ordered = in_order(sample).tolist()
    return [_quantile(ordered, share) for share in shares]


def share_of_sum_within(terms: Terms, limit: float) -> float:
    """Compute how often a sum is at most a limit, 0 to 1, in the sample that its quantiles are read off."""
    sample = _sample_sum(terms)
    if isinstance(sample, float):
        return float(sample <= limit)
    return float((sample <= limit).sum() / len(sample))


def quantiles(
    amounts: np.ndarray, loadings: np.ndarray, groups: Sequence[str], shares: Sequence[float]
) -> np.ndarray:
    """Compute quantiles of several sums of the same terms, shape (shares, sums).

    ``amounts`` are the means of the terms, shape (sums, terms); ``loadings`` how these vary: the standard
    deviation of the logarithm of each term that comes from each group, shape (terms, groups).
    """
    import numpy as np

    return np.array([quantiles_of_sum(terms, shares) for terms in _sums(amounts, loadings, groups)]).T


def share_within(
    amounts: np.ndarray, loadings: np.ndarray, groups: Sequence[str], limits: Sequence[float]
) -> np.ndarray:
    """Compute how often each sum is at most a limit, shape (limits, sums): shares from 0 to 1.

    Terms and groups are as in ``quantiles``, and so is the sample: a limit at the 10th percentile is met by
    a tenth.
    """
    import numpy as np

    sums = list(_sums(amounts, loadings, groups))
    return np.array([[share_of_sum_within(terms, limit) for terms in sums] for limit in limits])


def _sums(amounts: np.ndarray, loadings: np.ndarray, groups: Sequence[str]) -> Iterator[Terms]:
    """List the terms of each sum; what it has nothing of is no term of it."""
    spreads = (zip(groups, row, strict=True) for row in loadings.tolist())
    varying = [tuple(filter(itemgetter(1), spread)) for spread in spreads]  # sigmas that are not 0
    for row in amounts.tolist():
        yield [(amount, spread) for amount, spread in zip(row, varying, strict=True) if amount]


def _sample_sum(terms: Terms) -> Column | float:
    """Draw a sum, once in each stratum; one number where nothing varies."""
    certain, means, factors = 0.0, [], []
    for amount, loadings in terms:
        if any(sigma > 0 for _, sigma in loadings):
            means.append(amount)
            factors.append(_sample_factor(loadings, arrays=has_numpy()))
        else:
            certain += amount
    return weighted_sum(means, factors) + certain if means else certain


@lru_cache(maxsize=KEPT)
def _sample_factor(loadings: Loadings, *, arrays: bool) -> Column:  # noqa: ARG001  # arrays are kept apart
    """Draw a lognormal of mean 1, once in each stratum: each group meets them in its own order."""
    sigmas = [sigma for _, sigma in loadings]
    logs = weighted_sum(sigmas, [stratified_normals(group) for group, _ in loadings])
    variance = math.fsum(sigma**2 for sigma in sigmas)
    return exponentials(logs - variance / 2)  # so that the mean is 1


def _quantile(ordered: list[float], share: float) -> float:
    """Interpolate linearly between two ranks, as ``np.quantile`` does."""
    position = share * (len(ordered) - 1)
    lower = int(position)
    upper, part = min(lower + 1, len(ordered) - 1), position % 1
    step = ordered[upper] - ordered[lower]
    # as exact at both ends
    return ordered[lower] + step * part if part < 0.5 else ordered[upper] - step * (1 - part)
