"""Hold Laplace's approximation against a full sampler: ``python -m tools.calibrate.oracle`` (group oracle).

The same model and priors as ``model.fit``, with the spreads of journeys free. Never needed at run time.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import cacorridor as cc
from cacorridor.costs.calibration import uncalibrated
from tools.calibrate.__main__ import all_journeys
from tools.calibrate.exposures import Exposures, exposures
from tools.calibrate.model import design, fit, journey_weights, mix, prior_sd
from tools.calibrate.services import FAMILIES

if TYPE_CHECKING:
    from tools.calibrate.model import Fit

SEED = 1


def main() -> None:
    """Sample and print both posteriors side by side."""
    network = cc.load_network()
    data = exposures(uncalibrated(network), all_journeys(network))
    result = fit(data)
    draws = sample(data, result)
    import arviz  # of the group oracle

    checks = arviz.summary(draws, var_names=["log_multiplier", "spread"])
    means = draws.posterior["log_multiplier"].mean(("chain", "draw")).to_numpy()
    sds = draws.posterior["log_multiplier"].std(("chain", "draw")).to_numpy()
    table = pd.DataFrame(
        {"laplace": result.mean, "sd": result.sd, "nuts": means, "nuts_sd": sds}, result.names
    )
    sys.stdout.write(f"{table.round(3).to_string()}\n")
    sys.stdout.write(f"largest R-hat {checks['r_hat'].max()}, least ESS {checks['ess_bulk'].min()}\n")


def sample(data: Exposures, result: Fit) -> Any:
    """Draw from the posterior by NUTS, with the width of the priors that the fit chose."""
    import pymc as pm
    import pytensor.tensor as pt

    hours, loadings = design(data, result.names)
    shares, own = mix(data.table)
    prior, target = result.scale * prior_sd(result.names), np.log(data.table["observed_h"].to_numpy(float))
    with pm.Model():
        standard = pm.Normal("standard", 0, 1, shape=len(prior))
        log_multiplier = pm.Deterministic("log_multiplier", standard * prior)
        spread = pm.LogNormal("spread", np.log(0.25), 0.5, shape=len(FAMILIES))
        log_h = pt.log((hours * pt.exp(pt.dot(loadings, log_multiplier))).sum(axis=1))
        error = pt.sqrt(own**2 + pt.dot(shares, spread**2))
        log_p = pm.logp(pm.StudentT.dist(nu=result.nu, mu=log_h, sigma=error), target)
        pm.Potential("journeys", (journey_weights(data.table) * log_p).sum())
        return pm.sample(1000, tune=800, chains=4, nuts_sampler="nutpie", random_seed=SEED, progressbar=False)


if __name__ == "__main__":
    main()
