"""Fit multipliers of components to journeys: robust least squares with priors, Laplace's approximation.

``log T = log(sum_j x_j exp(theta_j + alpha_level)) + error``, with the theta of a component and the alpha of
a level where they apply (``costs.calibration``). The thetas and alphas have normal priors with mean 0, the
error a Student t. Its scale holds half of the spread that the tables state for the route and, for each family
of modes, the share of its hours times a spread of journeys. The data choose how wide the priors and the
spreads of journeys are, and how heavy the tails of the error.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import nnls
from scipy.stats import t as student_t

from cacorridor.costs.calibration import has_levels, is_learnt
from tools.calibrate.services import FAMILIES

if TYPE_CHECKING:
    import pandas as pd

    from tools.calibrate.exposures import Exposures

Array = np.ndarray[Any, np.dtype[np.float64]]

NUS = (3.0, 5.0, 10.0)  # degrees of freedom of the error, heavy tails to light ones: the evidence chooses
PRIOR_SD = {  # in the logarithm: what 10 to 90 % ranges of the tables and common sense allow (assumed)
    "run": 0.25,
    "sail": 0.3,
    "border": 0.6,
    "transfer": 0.6,
    "wait": 0.6,
    "held": 1.2,  # the wait for a ship that is held for a first run: from none to the whole wait
    "pass": 0.5,
    "level": 0.5,
}
PRIOR_SCALES = (0.7, 1.0, 1.4)  # all priors together, wider or narrower: the evidence chooses
POOL = 8.0  # journeys that the common spread counts for beside those of a mode class or family
CLASSES = ("rail", "rail+sea", "road")
LEVEL_NAMES = ("block", "express")  # what surveys measured by rail (typical) stands for itself
OWN_SPREAD = 0.5  # of the spreads of the tables: the part that differs from journey to journey (assumed)
ROUNDS = 25
LEAST_SQUARE = 0.0025  # no spread below 5 %: days are printed whole


@dataclass(frozen=True)
class Fit:
    """A fitted model: mean and sd of the logarithms by name, spread by family of modes.

    ``evidence`` is the log evidence, ``scale`` the width of the priors and ``nu`` the degrees of freedom of
    the error that were chosen.
    """

    names: tuple[str, ...]
    mean: Array
    sd: Array
    sigma: dict[str, float]
    evidence: float
    scale: float
    nu: float

    def predict(self, data: Exposures) -> tuple[Array, Array]:
        """Return the log of the median hours and its total standard deviation, parameters and error."""
        log_h, slopes = _curve(*design(data, self.names), self.mean)
        error = _error(*mix(data.table), self.sigma)
        return log_h, np.sqrt(slopes**2 @ self.sd**2 + error**2)


def fit(data: Exposures) -> Fit:
    """Fit with each width of the priors and each tail of the error; keep the fit of the highest evidence."""
    choices = itertools.product(PRIOR_SCALES, NUS)
    return max((fit_with_prior(data, scale, nu) for scale, nu in choices), key=lambda one: one.evidence)


def fit_with_prior(data: Exposures, scale: float, nu: float, rounds: int = ROUNDS) -> Fit:
    """Fit with priors ``scale`` times as wide as stated: iterated least squares with weights of the t."""
    names = parameter_names(data.hours)
    prior = scale * prior_sd(names)
    hours, loadings = design(data, names)
    target = np.log(data.table["observed_h"].to_numpy(float))
    weight, (shares, own) = journey_weights(data.table), mix(data.table)
    mean, sigma = np.zeros(len(names)), dict.fromkeys(FAMILIES, 0.25)
    for _ in range(rounds):
        log_h, slopes = _curve(hours, loadings, mean)
        left = target - log_h
        error = _error(shares, own, sigma)
        pull = (nu + 1) / (nu + (left / error) ** 2)
        precision = slopes.T * (weight * pull / error**2) @ slopes
        covariance = np.linalg.inv(precision + np.diag(prior**-2))
        push = slopes.T @ (weight * pull / error**2 * left) - mean / prior**2
        mean = mean + np.clip(covariance @ push, -0.5, 0.5)
        used = float(np.trace(precision @ covariance))
        widen = weight.sum() / max(weight.sum() - used, 5.0)
        sigma = _spreads(shares, weight, widen * pull * left**2 - own**2)
    likelihood = float(weight @ student_t.logpdf(left, nu, scale=error))
    evidence = likelihood - _cost_of_parameters(mean, prior, covariance)
    return Fit(names, mean, np.sqrt(np.diag(covariance)), sigma, evidence, scale, nu)


def parameter_names(hours: pd.DataFrame) -> tuple[str, ...]:
    """Name the parameters: components and levels."""
    return (*hours.columns, *(f"level:{name}" for name in LEVEL_NAMES))


def group_of(name: str) -> str:
    """Group of a parameter: what stands before the first colon."""
    return name.split(":", maxsplit=1)[0]


def journey_weights(table: pd.DataFrame) -> Array:
    """Weight a journey: n rows of one train or statement count as the square root of n."""
    group = table["same_journey"].where(table["same_journey"].notna(), table["id"])
    return np.asarray(1 / np.sqrt(group.map(group.value_counts())), dtype=float)


def prior_sd(names: tuple[str, ...]) -> Array:
    """Return the standard deviations of the priors of some parameters."""
    return np.array([PRIOR_SD[group_of(name)] for name in names])


def design(data: Exposures, names: tuple[str, ...]) -> tuple[Array, Array]:
    """Hours by journey and component, and which parameter applies there: journey x component x parameter."""
    parts = [name for name in names if group_of(name) != "level"]
    of_level = {level: loadings_of(level, parts, names) for level in set(data.table["level"])}
    hours = data.hours.reindex(columns=parts, fill_value=0.0).to_numpy(float)
    return hours, np.stack([of_level[level] for level in data.table["level"]])


def loadings_of(level: str, parts: list[str], names: tuple[str, ...]) -> Array:
    """Mark the parameters that scale each component at a level: its own, and the level's."""
    own = [[name == part and is_learnt(part, level) for name in names] for part in parts]
    of_level = [[name == f"level:{level}" and has_levels(part) for name in names] for part in parts]
    return np.array(own, dtype=float) + np.array(of_level, dtype=float)


def _curve(hours: Array, loadings: Array, mean: Array) -> tuple[Array, Array]:
    """Log hours of the journeys and their derivatives by each parameter."""
    part = hours * np.exp(loadings @ mean)
    total = part.sum(axis=1)
    return np.log(total), np.einsum("jc,jcp->jp", part / total[:, None], loadings)


def mix(table: pd.DataFrame) -> tuple[Array, Array]:
    """Squared shares of the families in the hours, and the part of the tables' spread that counts."""
    shares = table[[f"share_{name}" for name in FAMILIES]].to_numpy(float) ** 2
    return shares, OWN_SPREAD * table["own_sd"].to_numpy(float)


def _error(shares: Array, own: Array, sigma: dict[str, float]) -> Array:
    """Scale of the error of each journey: from the tables' spreads, and from how journeys differ."""
    error: Array = np.sqrt(own**2 + shares @ np.array([sigma[name] for name in FAMILIES]) ** 2)
    return error


def _spreads(shares: Array, weight: Array, square: Array) -> dict[str, float]:
    """Spread of journeys by family, from squared errors; drawn towards the common one."""
    square = np.maximum(square, LEAST_SQUARE)
    common = float(weight @ square) / float(weight @ shares.sum(axis=1))
    root = np.sqrt(weight)
    left = np.vstack([root[:, None] * shares, math.sqrt(POOL) * np.eye(len(FAMILIES))])
    right = np.concatenate([root * square, np.full(len(FAMILIES), math.sqrt(POOL) * common)])
    found, _ = nnls(left, right)
    return {name: math.sqrt(max(value, LEAST_SQUARE)) for name, value in zip(FAMILIES, found, strict=True)}


def _cost_of_parameters(mean: Array, prior: Array, covariance: Array) -> float:
    """Return what Laplace's log evidence takes off the likelihood, but for constants."""
    penalty = 0.5 * float(np.sum((mean / prior) ** 2)) + float(np.sum(np.log(prior)))
    return penalty - 0.5 * float(np.linalg.slogdet(covariance)[1])
