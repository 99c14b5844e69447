"""Pool what a truck costs by the kilometre over states and kinds of source: ``python -m tools.pool_rates``.

A price is ``exp(kind + state + rest)``: a kind of source is dearer or cheaper by one factor everywhere, a
state by another. What a state differs by is shrunk to the mean of all, the more the fewer its figures are
and the more its years disagree (empirical Bayes, the method of moments). Through rates take no part.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cacorridor import load_network
from cacorridor.costs.loads import LOADS
from cacorridor.costs.prices import dollars

if TYPE_CHECKING:
    from cacorridor import Network

FILE = Path(__file__).parent / "road_rates.csv"
LEVELS = {"typical": "survey", "express": "market"}  # which kind of source holds for which service level
TRUCK_T = LOADS["truck20t"].tonnes
PER_KM = {
    "500 km and 20 t": 1 / 500,
    "t-km": TRUCK_T,
    "truck-km": 1.0,
}  # dollars a truck-km for one of the unit
TENTH = 1.2816  # standard deviations from the median to the 10th or 90th percentile
FIRM = ("DEU", "RUS")  # means of thousands of deals, or of contracts: they stand as they are


@dataclass(frozen=True)
class Pooled:
    """Median price of a state or of any other by a kind of source, dollars of 2025 a km, and its range."""

    low: float
    mean: float
    high: float


def observations(network: Network) -> pd.DataFrame:
    """Read the figures and bring them to dollars of 2025 a km of a truck, without payments at borders."""
    table = pd.read_csv(FILE, keep_default_na=False)
    worth = dollars(network)
    converted = [
        row.figure * PER_KM[row.unit] * worth[row.currency, row.year] - row.payments_usd_per_km
        for row in table.itertuples()
    ]
    return table.assign(usd_per_km=converted)


def pool(table: pd.DataFrame) -> dict[tuple[str, str], Pooled]:
    """Pool the figures; keys are a state, or none for any other, and a service level."""
    log_usd = np.log(table["usd_per_km"])
    kinds = log_usd.groupby(table["kind"]).mean()
    per_kind = table.groupby("kind")["state"].unique()
    # what is left of each figure when its kind is taken away, by state
    deviation = (log_usd - table["kind"].map(kinds)).groupby(table["state"])
    count, mean = deviation.size(), deviation.mean()
    within = float(((count - 1) * deviation.var().fillna(0)).sum() / (count - 1).sum())
    between = max(float(mean.var() - within * (1 / count).mean()), 0.0)

    def priced(kind: str, shift: float, variance: float) -> Pooled:
        """Give the median and what 8 of 10 single prices lie in."""
        middle = float(kinds[kind]) + shift
        spread = TENTH * math.sqrt(variance + within)
        low, median, high = (math.exp(middle + sign * spread) for sign in (-1, 0, 1))
        return Pooled(low, median, high)

    pooled = {}
    for level, kind in LEVELS.items():
        # the mean of a kind rests on few states; a state with figures of that kind leans less on it
        of_mean = (between + within) / len(per_kind[kind])
        pooled["", level] = priced(kind, 0.0, between + of_mean)
        for state in sorted(set(table["state"]) - set(FIRM)):
            # how far a state's own figures count
            trust = between / (between + within / count[state])
            leaning = (1 - trust) if state in per_kind[kind] else 1.0
            variance = between * (1 - trust) + of_mean * leaning**2
            pooled[state, level] = priced(kind, trust * mean[state], variance)
    return pooled


def leave_one_out(table: pd.DataFrame) -> pd.DataFrame:
    """Predict each figure from all sources but its own: columns predicted, error (of the log), inside."""
    level_of = {kind: level for level, kind in LEVELS.items()}
    rows = []
    for source, left_out in table.groupby("source_id"):
        others = table[table["source_id"] != source]
        # a kind that no other source tells of cannot be predicted
        if not set(left_out["kind"]) <= set(others["kind"]):
            continue
        pooled = pool(others)
        for at, figure in left_out.iterrows():
            level = level_of[figure["kind"]]
            price = pooled.get((figure["state"], level), pooled["", level])
            usd = figure["usd_per_km"]
            inside = price.low <= usd <= price.high
            rows.append(
                {"at": at, "predicted": price.mean, "error": math.log(price.mean / usd), "inside": inside}
            )
    return table.join(pd.DataFrame(rows).set_index("at"), how="inner")


def main() -> None:
    """Print the prices as they stand in rates.csv, and how well sources predict each other."""
    table = observations(load_network())
    for (state, level), price in pool(table).items():
        print(f"{state or 'other':6}{level:9}{price.low:7.3f}{price.mean:7.3f}{price.high:7.3f}")
    test = leave_one_out(table)
    error = math.expm1(test["error"].abs().median())
    inside = test["inside"].mean()
    print(f"left out by source: {len(test)} figures, median error {error:.0%}, {inside:.0%} inside")


if __name__ == "__main__":
    main()
