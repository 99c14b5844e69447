"""Which border, ship or speed makes a route's range wide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from cacorridor.costs.measures import GENERALISED, MEASURES, TIME, criteria
from cacorridor.costs.ranges import Z90
from cacorridor.errors import UsageError
from cacorridor.routing.doors import choice
from cacorridor.routing.graph.steps import describe_lack
from cacorridor.routing.routes import require_route

if TYPE_CHECKING:
    from cacorridor.costs.measures import Criterion, Measure
    from cacorridor.routing.routes import Route

WHERE = ("kind", "at", "states")  # of the steps that a cause varies


def sensitivity(route: Route, *, criterion: Criterion = "time") -> pd.DataFrame:
    """Vary one cause at a time between its 10th and 90th percentile, one cause a row, the widest first.

    A cause is what varies together: a figure, or the speeds of one mode. ``low_h`` and ``high_h`` are the
    route's hours with the cause at its percentile and all else at its mean; ``variance_share`` is the
    cause's share of the variance of the route's hours. By another criterion columns carry its unit.

    Parameters
    ----------
    route
        The route whose range is explained.
    criterion
        What varies: time, cost, emissions, or generalised cost of a route that was asked with a value of
        time.

    Returns
    -------
    pd.DataFrame
        One row a cause, the widest swing first.

    Raises
    ------
    UsageError
        If something else than a route is given, the criterion has no range, or the data lack a price or a
        factor on the route.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> table = cc.sensitivity(route)
    >>> {"cause", "low_h", "high_h", "variance_share"} <= set(table)
    True
    >>> "swing_usd" in cc.sensitivity(route, criterion="cost")
    True

    """
    measure = _ranged_measure(require_route(route), criterion)
    steps, unit = route.steps, measure.unit
    exposure, loadings, groups = route.table.laid_out(measure, np.eye(len(steps), dtype=bool))
    # one row a cause; the shares are of what all of them explain
    rows = []
    for column, group in enumerate(groups):
        sigma = loadings[:, column]
        # hours of the group without a range of their own still belong to the cause
        of_group = (steps["group"] == group).to_numpy() & (measure is TIME)
        of_cause = exposure * ((sigma > 0) | (exposure[of_group] > 0).any(axis=0))
        if of_cause.any():  # a price by the hour has nothing to vary where no hour is paid
            rows.append(_cause(steps, of_cause, sigma) | {"cause": group})
    table = pd.DataFrame(rows, columns=["cause", *WHERE, "mean", "low", "high", "variance"])
    total = table["variance"].sum()
    table["variance_share"] = table.pop("variance") / total if total > 0 else 0.0
    table["swing"] = table["high"] - table["low"]
    # so far of the cause alone; the rest of the route is at its mean
    table[["low", "high"]] = table[["low", "high"]].add(exposure.sum() - table["mean"], axis=0)
    table = table.sort_values("swing", ascending=False, kind="stable", ignore_index=True)
    return table.rename(columns={name: f"{name}_{unit}" for name in ("mean", "low", "high", "swing")})


def _ranged_measure(route: Route, criterion: str) -> Measure:
    """Take the measure of a criterion that has a range and that the data can tell on the route.

    Raises
    ------
    UsageError
        If there is none, with what is allowed or lacking.

    """
    ranged = [name for name in criteria() if name not in MEASURES or MEASURES[name].ranged]
    choice(criterion, "criterion of a sensitivity", ranged)
    if criterion == GENERALISED and route.query.value_of_time is None:
        raise UsageError("criterion generalised needs a route that was asked with a value_of_time")
    measure = replace(route.query, criterion=cast("Criterion", criterion)).measure
    if not np.isfinite(measure.amount(route.table)).all():
        raise UsageError(describe_lack(route.table, measure))
    return measure


def _cause(steps: pd.DataFrame, exposure: np.ndarray, sigma: np.ndarray) -> dict[str, object]:
    """Vary one cause: steps x products of figures, and how the logarithm of each product varies with it."""
    varying, mean = steps[(exposure > 0).any(axis=1)], exposure.sum(axis=0)
    # the cause at its 10th and 90th percentile
    low, high = ((mean * np.exp(sign * Z90 * sigma - sigma**2 / 2)).sum() for sign in (-1, 1))
    # covariance of lognormals, each pair of products: m1 m2 (exp(s1 s2) - 1)
    shared = np.outer(mean, mean) * np.expm1(np.outer(sigma, sigma))
    return {
        "kind": " ".join(varying["kind"].unique()),
        "at": ", ".join(varying["from"].unique()[:1]),
        "states": " ".join(varying["state"].unique()),
        "mean": mean.sum(),
        "low": low,
        "high": high,
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
