"""Sum up how well hours hold on journeys that took no part in the fit: the table ``quality``."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from scipy.stats import norm

from cacorridor.network.files import write_atomically
from cacorridor.network.schema import SERVICE_LEVELS
from tools.calibrate.model import CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).parents[2] / "data" / "geo" / "quality.csv"
SHARES = (50, 80, 95)  # per cent that a range promises
GROUPS = (("mode_class", CLASSES), ("level", SERVICE_LEVELS))  # of journeys, beside all of them
Row = dict[str, object]


def write_quality(tests: Mapping[str, pd.DataFrame], as_of: str) -> pd.DataFrame:
    """Write and return the table; ``tests`` are journeys as ``evaluate.judge`` returns them, by test."""
    table = quality_table(tests, as_of)
    write_atomically(FILE, table.to_csv(index=False, lineterminator="\n"))
    return table


def quality_table(tests: Mapping[str, pd.DataFrame], as_of: str) -> pd.DataFrame:
    """Lay out a row for all journeys of a test, and one for each class of modes and service level."""
    rows = []
    for test, judged in tests.items():
        parts = {"all": judged}
        for column, words in GROUPS:
            parts |= {word: judged[judged[column] == word] for word in words}
        rows += [_row(test, group, part, as_of) for group, part in parts.items() if len(part)]
    return pd.DataFrame(rows)


def _row(test: str, group: str, judged: pd.DataFrame, as_of: str) -> Row:
    """Sum up some journeys in the columns of the table."""
    size, rule_size = judged["error"].abs(), judged["rule_error"].abs()
    inside = {
        f"in_{share}": float((size <= norm.ppf(0.5 + share / 200) * judged["sd"]).mean()) for share in SHARES
    }
    measures = {
        **inside,
        "bias_log": float(judged["error"].median()),
        "median_error_log": float(size.median()),
        "rule_error_log": float(rule_size.median()),
        "error_ratio": float(size.median() / rule_size.median()),
        "crps": float(judged["crps"].mean()),
        "rule_crps": float(judged["rule_crps"].mean()),
        "width": math.exp(2 * norm.ppf(0.9) * float(judged["sd"].median())),
    }
    rounded = {name: round(number, 3) for name, number in measures.items()}
    head = {"id": f"{test}:{group}", "test": test, "journeys_of": group, "journeys": len(judged)}
    return {**head, **rounded, "as_of": as_of}
