"""Write ``data/geo/calibration.csv`` from ``data/geo/journeys.csv`` and print how well it holds."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

import cacorridor as cc
from tools.calibrate.evaluate import fit_widened, leave_sources_out, summary
from tools.calibrate.exposures import Exposures, exposures
from tools.calibrate.model import CLASSES, Fit, group_of

DATA = Path(__file__).parents[2] / "data" / "geo"
SERVICES = ("block", "scheduled", "wagonload", "tir", "truck")


def main() -> None:
    """Fit, judge on left-out sources, widen, write."""
    journeys = pd.read_csv(DATA / "journeys.csv")
    data = exposures(cc.load_network(), journeys)
    judged = leave_sources_out(data)
    table = as_table(fit_widened(data), data)
    table.to_csv(DATA / "calibration.csv", index=False, lineterminator="\n")
    sys.stdout.write(f"{table.to_string()}\n\nwithout a way: {', '.join(data.without_route)}\n\n")
    for column, words in ((None, ("all",)), ("mode_class", CLASSES), ("service", SERVICES)):
        sys.stdout.write(summary(judged, column, words).T.to_string(header=False) + "\n\n")
    judged["z"] = judged["error"] / judged["sd"]
    columns = ["id", "error", "rule_error", "sd", "z"]
    sys.stdout.write(judged[judged["z"].abs() > 1.96][columns].round(2).to_string(index=False) + "\n")


def as_table(result: Fit, data: Exposures) -> pd.DataFrame:
    """One row for each component, mode class, service and residual."""
    shares = data.hours.div(data.hours.sum(axis=1), axis=0)
    informed = {name: int((shares[name] > 0.02).sum()) for name in data.hours}
    for group, column in (("class", "mode_class"), ("service", "service"), ("residual", "mode_class")):
        counts = data.table[column].value_counts()
        informed |= {f"{group}:{word}": int(count) for word, count in counts.items()}
    rows = [
        (name, group_of(name), round(float(np.exp(mean)), 3), round(float(sd), 3))
        for name, mean, sd in zip(result.names, result.mean, result.sd, strict=True)
    ]
    rows += [("service:scheduled", "service", 1.0, 0.0), ("service:tir", "service", 1.0, 0.0)]
    rows += [(f"residual:{k}", "residual", 1.0, round(v, 3)) for k, v in result.sigma.items()]
    table = pd.DataFrame(rows, columns=["id", "group", "multiplier", "sd_log"])
    table["journeys"] = [informed.get(name, 0) for name in table["id"]]
    return table.sort_values("id").reset_index(drop=True)


if __name__ == "__main__":
    main()
