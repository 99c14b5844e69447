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
    from tools.calibrate.exposures import Exposures
    from tools.calibrate.model import Array, Fit

INNER_ROUNDS = 10  # of the fits that only measure how wide the errors must be


def leave_sources_out(data: Exposures) -> pd.DataFrame:
    """Predict every journey from the sources that share nothing with it: one row a journey.

    Columns ``error`` (log observed minus log median), ``sd`` and ``crps`` of the model, and the same with
    the prefix ``rule_``. Positive errors: the journey took longer.
    """
    cluster = data.table["cluster"].to_numpy()
    parts = [
        judge(data.take(cluster != number), data.take(cluster == number)) for number in np.unique(cluster)
    ]
    return pd.concat(parts).sort_values("id")


def judge(train: Exposures, test: Exposures) -> pd.DataFrame:
    """Learn from some journeys and predict others; columns as of ``leave_sources_out``."""
    log_h, sd = fit_widened(train).predict(test)
    rule_h, rule_sd = kilometres_a_day(train.table, test.table)
    observed = np.log(test.table["observed_h"].to_numpy(float))
    columns = {"error": observed - log_h, "sd": sd, "rule_error": observed - rule_h, "rule_sd": rule_sd}
    table = test.table[["id", "mode_class", "level", "counting", "service", "first_run"]].assign(**columns)
    for prefix in ("", "rule_"):
        table[f"{prefix}crps"] = crps(table[f"{prefix}error"].to_numpy(), table[f"{prefix}sd"].to_numpy())
    return table


def other_reports(data: Exposures) -> pd.DataFrame:
    """Predict a journey by the mean of what sources that share nothing with it tell of the same way.

    The same way: the same ends in either order, the same class of modes, the same level. Journeys without
    another report are left out. Columns ``id``, ``others`` (how many), ``error`` as of ``leave_sources_out``.
    """
    table = data.table.assign(log_h=np.log(data.table["observed_h"].to_numpy(float)))
    rows = []
    for _, way in table.groupby(["ends", "mode_class", "level"]):
        for name, cluster, log_h in zip(way["id"], way["cluster"], way["log_h"], strict=True):
            others = way["log_h"][way["cluster"] != cluster]
            if len(others):
                rows.append((name, len(others), log_h - float(others.mean())))
    return pd.DataFrame(rows, columns=["id", "others", "error"])


def fit_widened(data: Exposures) -> Fit:
    """Fit, then widen the errors by what the sources show that are left out one by one."""
    result = fit(data)
    cluster = data.table["cluster"].to_numpy()
    z = np.zeros(len(cluster))
    for number in np.unique(cluster):
        test = data.take(cluster == number)
        rest = data.take(cluster != number)
        log_h, sd = fit_with_prior(rest, result.scale, result.nu, INNER_ROUNDS).predict(test)
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


def crps(error: Array, sd: Array) -> Array:
    """Continuous ranked probability score of a normal forecast in the logarithm; small is good."""
    z = error / sd
    score: Array = sd * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / math.sqrt(math.pi))
    return score
