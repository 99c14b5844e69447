"""Which border, ship or speed makes a route's range wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cacorridor.costs.ranges import Z90
from cacorridor.routing.routes import require_route

if TYPE_CHECKING:
    from cacorridor.routing.routes import Route


def sensitivity(route: Route) -> pd.DataFrame:
    """Vary one cause at a time between its 10th and 90th percentile, one cause a row, the widest first.

    A cause is what varies together: a figure, or the speeds of one mode. ``low_h`` and ``high_h`` are the
    route's hours with the cause at its percentile and all else at its mean; ``variance_share`` is the
    cause's share of the variance of the route's hours.

    Parameters
    ----------
    route
        The route whose range is explained.

    Returns
    -------
    pd.DataFrame
        One row a cause, the widest swing first.

    Raises
    ------
    UsageError
        If something else than a route is given.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> table = cc.sensitivity(route)
    >>> {"cause", "low_h", "high_h", "variance_share"} <= set(table)
    True

    """
    steps = require_route(route).steps
    loadings, groups = route.table.components.loadings(route.table.component)
    # one row a cause; the shares are of what all of them explain
    rows = [_cause(route, steps, group, loadings[:, column]) for column, group in enumerate(groups)]
    table = pd.DataFrame(rows)
    total = table["variance"].sum()
    table["variance_share"] = table.pop("variance") / total if total > 0 else 0.0
    table["swing_h"] = table["high_h"] - table["low_h"]
    return table.sort_values("swing_h", ascending=False, kind="stable", ignore_index=True)


def _cause(route: Route, steps: pd.DataFrame, group: str, sigma: np.ndarray) -> dict[str, object]:
    """Vary one cause; ``sigma`` is how much the logarithm of each step's hours varies with it."""
    # a step of the group without a range of its own still belongs to the cause
    varies = (sigma > 0) | (steps["group"] == group).to_numpy()
    varying, spread = steps[varies], sigma[varies]
    mean_h = varying["time_h"].to_numpy()
    rest_h = route.time_h - mean_h.sum()
    # the group at its 10th and 90th percentile, all else at its mean
    low_h, high_h = ((mean_h * np.exp(sign * Z90 * spread - spread**2 / 2)).sum() for sign in (-1, 1))
    # covariance of lognormals, each pair of steps: m1 m2 (exp(s1 s2) - 1)
    shared = np.outer(mean_h, mean_h) * np.expm1(np.outer(spread, spread))
    return {
        "cause": group,
        "kind": " ".join(varying["kind"].unique()),
        "at": ", ".join(varying["from"].unique()[:1]),
        "states": " ".join(varying["state"].unique()),
        "mean_h": mean_h.sum(),
        "low_h": rest_h + low_h,
        "high_h": rest_h + high_h,
        "variance": shared.sum(),
    }


def variance_contribution(amounts: np.ndarray, figure: np.ndarray) -> float:
    """Estimate which share of the variance of drawn amounts one figure explains: their squared correlation.

    Both have shape (draws,). Where the route is fixed, amounts are linear in each figure, and the shares of
    all sum to 1; where it adapts they sum to less. What chance alone would give is taken off.
    """
    # no route in some draw, or nothing that varies: there is no correlation to speak of
    if not np.isfinite(amounts).all() or not amounts.std() > 0 or not figure.std() > 0:
        return 0.0
    correlation = float(np.corrcoef(amounts, figure)[0, 1])
    return max(0.0, correlation**2 - 1 / len(amounts))
