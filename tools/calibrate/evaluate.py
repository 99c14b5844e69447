"""Judge the model on sources that it has not seen, beside kilometres a day."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import norm

from tools.calibrate.model import CLASSES, POOL, fit, fit_with_prior, journey_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.calibrate.exposures import Exposures
    from tools.calibrate.model import Array, Fit

SHARES = (0.5, 0.8, 0.95)
INNER_ROUNDS = 10  # of the fits that only measure how wide the errors must be


def leave_sources_out(data: Exposures) -> pd.DataFrame:
    """Predict every journey from the sources that share nothing with it: one row a journey.

    Columns ``error`` (log observed minus log median), ``sd`` and ``crps`` of the model, and the same with
    the prefix ``rule_``. Positive errors: the journey took longer.
    """
    cluster = data.table["cluster"].to_numpy()
    parts = []
    for number in np.unique(cluster):
        train, test = data.take(cluster != number), data.take(cluster == number)
        log_h, sd = fit_widened(train).predict(test)
        rule_h, rule_sd = kilometres_a_day(train.table, test.table)
        observed = np.log(test.table["observed_h"].to_numpy(float))
        columns = {"error": observed - log_h, "sd": sd, "rule_error": observed - rule_h, "rule_sd": rule_sd}
        parts.append(test.table[["id", "mode_class", "level", "service", "first_run"]].assign(**columns))
    table = pd.concat(parts).sort_values("id")
    for prefix in ("", "rule_"):
        table[f"{prefix}crps"] = crps(table[f"{prefix}error"].to_numpy(), table[f"{prefix}sd"].to_numpy())
    return table


def fit_widened(data: Exposures) -> Fit:
    """Fit, then widen the errors by what the sources show that are left out one by one."""
    result = fit(data)
    cluster = data.table["cluster"].to_numpy()
    z = np.zeros(len(cluster))
    for number in np.unique(cluster):
        test = data.take(cluster == number)
        log_h, sd = fit_with_prior(data.take(cluster != number), result.scale, INNER_ROUNDS).predict(test)
        z[cluster == number] = np.abs(np.log(test.table["observed_h"].to_numpy(float)) - log_h) / sd
    kind = data.table["mode_class"].to_numpy()
    common = _excess(z)
    factors = {}
    for name, family in zip(CLASSES, ("rail", "sea", "road"), strict=True):
        own, count = z[kind == name], int(np.sum(kind == name))
        mixed = (count * _excess(own) + POOL * common) / (count + POOL) if count else common
        factors[family] = max(1.0, mixed)
    return replace(result, sigma={name: factors[name] * scale for name, scale in result.sigma.items()})


def _excess(z: Array, share: float = 0.8) -> float:
    """Return the factor by which ranges are too narrow for this share of the journeys."""
    return float(np.quantile(z, share) / norm.ppf(0.5 + share / 2))


def kilometres_a_day(train: pd.DataFrame, test: pd.DataFrame) -> tuple[Array, Array]:
    """Predict by the plain rule: the mean log pace of the mode class, with the spread of single journeys."""
    log_h, sd = np.zeros(len(test)), np.zeros(len(test))
    weight = journey_weights(train)
    for name in CLASSES:
        seen = np.asarray(train["mode_class"] == name)
        asked = np.asarray(test["mode_class"] == name)
        pace = np.asarray(np.log(train["observed_h"] / train["model_km"]), dtype=float)[seen]
        mean = float(np.average(pace, weights=weight[seen]))
        count = int(seen.sum())
        variance = float(np.average((pace - mean) ** 2, weights=weight[seen])) * count / (count - 1)
        log_h[asked] = mean + np.log(test["model_km"].to_numpy(float)[asked])
        sd[asked] = math.sqrt(variance * (1 + 1 / count))
    return log_h, sd


def summary(table: pd.DataFrame, column: str | None = None, words: Sequence[str] = ("all",)) -> pd.DataFrame:
    """Measures of the model and the rule, one row for each word of a column, or one for all."""
    rows = []
    for word in words:
        part = table if column is None else table[table[column] == word]
        if part.empty:
            continue
        row: dict[str, object] = {"journeys of": word, "n": len(part)}
        for prefix in ("", "rule_"):
            row |= _measures(part, prefix)
        row["ratio"] = round(float(row["median_error"]) / float(row["rule_median_error"]), 2)  # type: ignore[arg-type]
        row["p90/p10"] = round(math.exp(2 * norm.ppf(0.9) * part["sd"].median()), 2)
        rows.append(row)
    return pd.DataFrame(rows)


def crps(error: Array, sd: Array) -> Array:
    """Continuous ranked probability score of a normal forecast in the logarithm; small is good."""
    z = error / sd
    score: Array = sd * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / math.sqrt(math.pi))
    return score


def _measures(part: pd.DataFrame, prefix: str) -> dict[str, object]:
    error, sd = part[f"{prefix}error"], part[f"{prefix}sd"]
    inside = {
        f"{prefix}in_{100 * share:.0f}": round(
            100 * float((error.abs() <= norm.ppf(0.5 + share / 2) * sd).mean())
        )
        for share in SHARES
    }
    return {
        f"{prefix}bias": round(float(error.median()), 3),
        f"{prefix}median_error": round(float(error.abs().median()), 3),
        f"{prefix}crps": round(float(part[f"{prefix}crps"].mean()), 3),
        **inside,
    }
