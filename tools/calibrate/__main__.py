"""Write ``calibration.csv`` and ``quality.csv`` from ``journeys.csv`` and print how well the hours hold."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

import cacorridor as cc
from cacorridor.costs.calibration import has_levels, uncalibrated
from tools.calibrate.evaluate import fit_widened, judge, leave_sources_out
from tools.calibrate.exposures import HELD, Exposures, exposures
from tools.calibrate.model import CLASSES, OWN_SPREAD, Fit, group_of
from tools.calibrate.quality import write_quality
from tools.calibrate.services import FAMILIES

HOLDOUT = "journeys_holdout"  # gathered after the form of the model was chosen, and judged once
LEAST_SHARE = 0.02  # of the hours of a journey, for it to inform a component
DATA = Path(__file__).parents[2] / "data" / "geo"


def main() -> None:
    """Fit, judge on left-out sources, widen, write.

    The table is learnt from all journeys, those of the holdout too: they were judged before they took part.
    """
    network = cc.load_network()
    data = exposures(uncalibrated(network), all_journeys(network))
    tests = judge_all(network, data)
    judged = tests["left_out"]
    table = as_table(fit_widened(data), data)
    table.to_csv(DATA / "calibration.csv", index=False, lineterminator="\n")
    sys.stdout.write(f"{table.to_string()}\n\nwithout a way: {', '.join(data.without_route)}\n\n")
    quality = write_quality(tests, network.as_of)
    sys.stdout.write(f"{quality.to_string(index=False)}\n\n")
    judged["z"] = judged["error"] / judged["sd"]
    columns = ["id", "error", "rule_error", "sd", "z"]
    sys.stdout.write(judged[judged["z"].abs() > 1.96][columns].round(2).to_string(index=False) + "\n")


def judge_all(network: cc.Network, data: Exposures) -> dict[str, pd.DataFrame]:
    """Judge the hours on each source left out, and on the holdout by a fit without it."""
    is_held = data.table["id"].isin(network.tables[HOLDOUT]["id"]).to_numpy()
    return {"left_out": leave_sources_out(data), "holdout": judge(data.take(~is_held), data.take(is_held))}


def journeys_of(network: cc.Network, name: str = "journeys") -> pd.DataFrame:
    """Lay out a table of journeys as the fit reads it: lists joined, what is empty missing."""
    table = network.tables[name]
    joined = {column: table[column].map(";".join) for column in ("via", "modes")}
    return table.assign(**joined).replace("", None)


def all_journeys(network: cc.Network) -> pd.DataFrame:
    """Lay out every published journey, whenever it was gathered."""
    return pd.concat([journeys_of(network), journeys_of(network, HOLDOUT)], ignore_index=True)


def as_table(result: Fit, data: Exposures) -> pd.DataFrame:
    """Lay out one row for each component, level and spread of journeys.

    The table's multipliers are those of mean hours: what was fitted to medians is raised by ``exp(s^2 / 2)``,
    where s is the median standard deviation of the logarithms of the journeys by rail, road or rail and sea.
    """
    shares = data.hours.div(data.hours.sum(axis=1), axis=0)
    counts = {name: int((shares[name] > LEAST_SHARE).sum()) for name in data.hours}
    of_levels = shares[[name for name in data.hours if has_levels(name)]].sum(axis=1) > LEAST_SHARE
    counts |= {f"level:{k}": int(v) for k, v in data.table["level"][of_levels].value_counts().items()}
    to_mean = means_over_medians(result, data)
    rows = []
    for name, mean, spread in zip(result.names, result.mean, result.sd, strict=True):
        if name == HELD:  # no question asks for a first run
            continue
        # components that have levels are raised by the row of their level
        scale = 1.0 if has_levels(name) else to_mean[class_of(name)]
        rows.append((name, group_of(name), scale * float(np.exp(mean)), float(spread)))
    rows += [(f"journey:{name}", "journey", 1.0, result.sigma[name]) for name in FAMILIES]
    rows.append(("spread", "spread", OWN_SPREAD, 0.0))
    table = pd.DataFrame(rows, columns=["id", "group", "multiplier", "sd_log"]).round(3)
    family = {f"journey:{k}": int((data.table[f"share_{k}"] > LEAST_SHARE).sum()) for k in FAMILIES}
    table["journeys"] = [(counts | family).get(name, len(data.table)) for name in table["id"]]
    return table.sort_values("id").reset_index(drop=True)


def means_over_medians(result: Fit, data: Exposures) -> dict[str, float]:
    """Return the ratio of a lognormal's mean to its median by class of journeys."""
    _, sd = result.predict(data)
    kind = data.table["mode_class"].to_numpy()
    return {name: float(np.exp(np.median(sd[kind == name]) ** 2 / 2)) for name in CLASSES}


def class_of(name: str) -> str:
    """Class of the journeys that tell of a component or level."""
    if "road" in name or name == "pass":
        return "road"
    return "rail" if has_levels(name) or group_of(name) == "level" else "rail+sea"


if __name__ == "__main__":
    main()
