"""Fit multipliers of components to journeys: robust least squares with priors, Laplace's approximation.

``log T = log(sum_j x_j exp(theta_j)) + alpha_class + alpha_service + error``. The thetas and alphas have
normal priors with mean 0, the error a Student t with a scale by mode class; the data choose how wide the
priors and the errors are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from tools.calibrate.exposures import Exposures

Array = np.ndarray[Any, np.dtype[np.float64]]

NU = 5.0  # degrees of freedom of the error
PRIOR_SD = {  # in the logarithm: what 10 to 90 % ranges of the tables and common sense allow (assumed)
    "run": 0.25,
    "sail": 0.3,
    "border": 0.6,
    "transfer": 0.6,
    "wait": 0.6,
    "pass": 0.5,
    "class": 0.5,
    "service": 0.4,
}
PRIOR_SCALES = (0.7, 1.0, 1.4)  # all priors together, wider or narrower: the evidence chooses
POOL = 8.0  # journeys that the common error counts for beside those of a mode class
CLASSES = ("rail", "rail+sea", "road")
SERVICES = ("block", "truck", "wagonload")  # against scheduled trains and TIR trucks, which have none
ROUNDS = 25


@dataclass(frozen=True)
class Fit:
    """A fitted model: mean and sd of the logarithms by name, error scale by mode class.

    ``evidence`` is the log evidence, ``scale`` the width of the priors that was chosen.
    """

    names: tuple[str, ...]
    mean: Array
    sd: Array
    sigma: dict[str, float]
    evidence: float
    scale: float

    def predict(self, data: Exposures) -> tuple[Array, Array]:
        """Return the log of the median hours and its total standard deviation, parameters and error."""
        hours, dummies = _design(data, self.names)
        log_h, slopes = _curve(hours, dummies, self.mean)
        error = np.array([self.sigma[name] for name in data.table["mode_class"]])
        return log_h, np.sqrt(slopes**2 @ self.sd**2 + error**2)


def fit(data: Exposures, scales: tuple[float, ...] = PRIOR_SCALES) -> Fit:
    """Fit with each width of the priors and keep the fit of the highest evidence."""
    return max((fit_with_prior(data, scale) for scale in scales), key=lambda one: one.evidence)


def fit_with_prior(data: Exposures, scale: float, rounds: int = ROUNDS) -> Fit:
    """Fit with priors ``scale`` times as wide as stated: iterated least squares with weights of the t."""
    names = parameter_names(data.hours)
    prior = scale * np.array([PRIOR_SD[group_of(name)] for name in names])
    hours, dummies = _design(data, names)
    target = np.log(data.table["observed_h"].to_numpy(float))
    weight, kind = journey_weights(data.table), data.table["mode_class"].to_numpy()
    mean, sigma = np.zeros(len(names)), dict.fromkeys(CLASSES, 0.25)
    for _ in range(rounds):
        log_h, slopes = _curve(hours, dummies, mean)
        left = target - log_h
        error = np.array([sigma[name] for name in kind])
        pull = (NU + 1) / (NU + (left / error) ** 2)
        precision = slopes.T * (weight * pull / error**2) @ slopes
        covariance = np.linalg.inv(precision + np.diag(prior**-2))
        push = slopes.T @ (weight * pull / error**2 * left) - mean / prior**2
        mean = mean + np.clip(covariance @ push, -0.5, 0.5)
        sigma = _error_scales(kind, weight, pull * left**2, float(np.trace(precision @ covariance)))
    likelihood = float(weight @ (-np.log(error) - (NU + 1) / 2 * np.log1p((left / error) ** 2 / NU)))
    evidence = likelihood - _cost_of_parameters(mean, prior, covariance)
    return Fit(names, mean, np.sqrt(np.diag(covariance)), sigma, evidence, scale)


def parameter_names(hours: pd.DataFrame) -> tuple[str, ...]:
    """Name the parameters: components, mode classes, services."""
    alphas = [f"class:{name}" for name in CLASSES] + [f"service:{name}" for name in SERVICES]
    return (*hours.columns, *alphas)


def group_of(name: str) -> str:
    """Group of a parameter: what stands before the first colon."""
    return name.split(":", maxsplit=1)[0]


def journey_weights(table: pd.DataFrame) -> Array:
    """Weight a journey: n rows of one train or statement count as the square root of n."""
    group = table["same_journey"].where(table["same_journey"].notna(), table["id"])
    return np.asarray(1 / np.sqrt(group.map(group.value_counts())), dtype=float)


def _design(data: Exposures, names: tuple[str, ...]) -> tuple[Array, Array]:
    """Hours of the components and dummies of the alphas, both in the order of the names."""
    parts = [name for name in names if group_of(name) not in ("class", "service")]
    hours = data.hours.reindex(columns=parts, fill_value=0.0).to_numpy(float)
    columns = {"class": "mode_class", "service": "service"}
    pairs = [name.split(":", maxsplit=1) for name in names[len(parts) :]]
    dummies = np.column_stack([data.table[columns[group]] == word for group, word in pairs])
    return hours, dummies.astype(float)


def _curve(hours: Array, dummies: Array, mean: Array) -> tuple[Array, Array]:
    """Log hours and their derivatives by each parameter."""
    count = hours.shape[1]
    part = hours * np.exp(mean[:count])
    total = part.sum(axis=1)
    return np.log(total) + dummies @ mean[count:], np.hstack([part / total[:, None], dummies])


def _error_scales(kind: Array, weight: Array, square: Array, used: float) -> dict[str, float]:
    """Error scale of each mode class, drawn towards the common one; ``used`` are the parameters spent."""
    total = float(weight.sum())
    widen = total / max(total - used, 5.0)
    common = widen * float(weight @ square) / total
    scales = {}
    for name in CLASSES:
        rows = kind == name
        own = widen * float(weight[rows] @ square[rows]) + POOL * common
        scales[name] = math.sqrt(own / (float(weight[rows].sum()) + POOL))
    return scales


def _cost_of_parameters(mean: Array, prior: Array, covariance: Array) -> float:
    """Return what Laplace's log evidence takes off the likelihood, but for constants."""
    penalty = 0.5 * float(np.sum((mean / prior) ** 2)) + float(np.sum(np.log(prior)))
    return penalty - 0.5 * float(np.linalg.slogdet(covariance)[1])
