"""Write amounts as what they rest on: kilometres times a factor for each product of figures, bit by bit.

Hours are kilometres over a speed, dollars kilometres at a price, grams kilometres at two factors; standing
has no kilometres, and its factor is the amount. So some hundred factors stand for thousands of amounts. What
the multiplication rounds otherwise than the model did is written beside them, in units of the last place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_UNITS = 100  # of the last place: more is no rounding


class Factored(NamedTuple):
    """Factors of the products in the order in which steps first rest on them, and units of the last place."""

    factors: np.ndarray
    units: np.ndarray


def factor_amounts(amounts: np.ndarray, km: np.ndarray, figures: Sequence[np.ndarray]) -> Factored | None:
    """Find the factors of amounts; None if they are no such products.

    Parameters
    ----------
    amounts, km
        Of each step, shape (steps,).
    figures
        Numbers of the figures whose product each amount is, one array of shape (steps,) a figure.

    """
    runs = km > 0
    lengths = np.where(runs, km, 1.0)
    # products are numbered as they are met, which the page does as well
    keys = np.stack([runs, *figures], axis=1)
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    product_of = np.argsort(order)[inverse.ravel()]

    # the middle of what the steps of a product say is off by fewest units
    ratios = amounts / lengths
    by_product = np.lexsort([ratios, product_of])
    counts = np.bincount(product_of, minlength=len(order))
    factors = ratios[by_product[np.cumsum(counts) - (counts + 1) // 2]]
    told = factors[product_of] * lengths
    units = np.ascontiguousarray(amounts).view(np.int64) - told.view(np.int64)
    # what is not known has many bit patterns
    units[np.isnan(amounts) & np.isnan(told)] = 0
    is_rounding = (units >= -MOST_UNITS) & (units <= MOST_UNITS)
    return Factored(factors, units) if is_rounding.all() else None
