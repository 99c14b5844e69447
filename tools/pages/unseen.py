"""The section on hours of journeys that the model has not seen."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cacorridor.costs.calibration import uncalibrated
from cacorridor.network.held import records
from cacorridor.views import text
from cacorridor.views.markdown import to_markdown
from cacorridor.views.tables import TableColumn, TableView
from tools.calibrate.__main__ import all_journeys, judge_all
from tools.calibrate.evaluate import other_reports
from tools.calibrate.exposures import exposures
from tools.calibrate.model import CLASSES
from tools.calibrate.quality import write_quality
from tools.pages.sources import link

if TYPE_CHECKING:
    from collections.abc import Callable

    from cacorridor import Network

MISS = 1.96  # standard deviations: outside the 95 % range
Z80 = 1.2816  # and outside the 80 % range
LEFT_OUT = """
## Hours on journeys that the model has not seen

Each source of `data/geo/journeys.csv` and `journeys_holdout.csv` (joined with the sources that share a
train with it) is left out in turn; the multipliers and the spreads are learnt from the rest, and what was
left out is judged. The plain rule is kilometres a day by class of modes, with its own spread, fitted on the
same folds. Error is the logarithm of observed over predicted hours; bias its median, |error| the median of
its size; width the ratio of the 90th to the 10th percentile. No journey is set aside for being missed; the
rules of exclusion, the model and what the data cannot tell stand in [calibration.md](calibration.md). Some
seventy forms of the model were compared on the folds of `journeys.csv`, so the figures flatter; the holdout
below does not.
"""
HOLDOUT = """
## Hours on a holdout

`data/geo/journeys_holdout.csv` was gathered by a rule and a list of searches written before
([holdouts.md](holdouts.md)), by somebody who did not ask the model, and judged once, when the form of the
model was final. Model and plain rule are fitted on `journeys.csv` alone here; the hours of routes are learnt
from both tables. The counts are small: with 41 journeys the share in an 80 % range has a standard error of 6
points, with 6 one of 16. It is the third holdout: the first two are part of `journeys.csv` now.
"""
OTHERS = """
### Beside other reports of the same way

How near can hours of a way be to one journey on it? Where sources that share nothing tell of the same way
(the same ends in either order, the same class of modes and level), each journey is predicted by the mean of
what the others tell, and by the model and the plain rule, which have seen no journey of its source. The
mean of n others has an error of its own; divided by `sqrt(1 + 1/n)` it is taken out, and what is left is how
journeys on one way differ: no model of the way can be expected to come nearer. That it and the rule do so
here says how little 43 journeys can tell.
"""
CLOCK = """
### By what the clock counts

Observed over predicted hours by the word that the table has for the clock, in the logarithm, with the
standard error of the mean. A clock of the word `terminal` is compared with hours that count the stays of
`terminals.csv`; if those were too long, `terminal` would lie below `departure`.
"""


def section(network: Network) -> str:
    """Judge the hours on left-out sources and on the holdout; write the tables and quality.csv."""
    journeys = exposures(uncalibrated(network), all_journeys(network))
    tests = judge_all(network, journeys)
    quality = write_quality(tests, network.as_of)
    left_out, holdout = (quality[quality["test"] == test] for test in ("left_out", "holdout"))
    return "\n".join(
        [
            LEFT_OUT,
            to_markdown(TableView.from_frame(left_out, QUALITY_COLUMNS)),
            _misses(network, tests["left_out"]),
            OTHERS,
            _beside_others(tests["left_out"], other_reports(journeys)),
            HOLDOUT,
            to_markdown(TableView.from_frame(holdout, QUALITY_COLUMNS)),
            "\n### Each journey of the holdout\n",
            _journeys(network, tests["holdout"]),
            CLOCK,
            _by_clock(tests),
        ]
    )


def _misses(network: Network, judged: pd.DataFrame) -> str:
    missed = judged[(judged["error"] / judged["sd"]).abs() > MISS]
    lines = [
        f"- **{_ends(network, row)}**: observed {text.number(math.exp(row['error']))} times the predicted "
        f"hours; {row['note'] or 'no remark in the table'}"
        for row in records(missed.merge(_facts(network, "journeys", "journeys_holdout"), on="id"))
    ]
    heading = f"\n### Misses beyond the 95% range ({len(missed)} of {len(judged)})\n"
    return "\n".join([heading, *lines])


def _beside_others(judged: pd.DataFrame, reports: pd.DataFrame) -> str:
    """Set the errors of the model and of the rule beside those of other reports."""
    both = judged.merge(reports, on="id", suffixes=("", "_others"))
    both["journey_error"] = both["error_others"] / np.sqrt(1 + 1 / both["others"])
    errors = ("error_others", "journey_error", "error", "rule_error")
    rows = []
    for name in ("all", *CLASSES):
        part = both if name == "all" else both[both["mode_class"] == name]
        if len(part):
            sizes = [f"{part[error].abs().median():.2f}" for error in errors]
            rows.append((name, str(len(part)), *sizes))
    heads = ("n", "other reports", "journeys differ", "model", "rule")
    return to_markdown(TableView([TableColumn("median |error|"), *map(right, heads)], rows))


def _journeys(network: Network, judged: pd.DataFrame) -> str:
    """List the journeys with observed over predicted hours, and whether their 80 % range holds them."""
    sources = network.table("sources")
    rows = []
    for row in records(judged.merge(_facts(network, "journeys_holdout"), on="id")):
        source = sources.loc[row["source_id"]]
        days = text.number(math.sqrt(row["days_low"] * row["days_high"]))
        rows.append(
            (
                _ends(network, row),
                text.year_cell(row["year"]),
                row["mode_class"],
                row["level"],
                days,
                f"{math.exp(row['error']):.2f}",
                f"{math.exp(row['rule_error']):.2f}",
                text.mark(abs(row["error"]) <= Z80 * row["sd"]),
                link(source["title"], source["publisher"], source["year"], source["address"]),
            )
        )
    heads = ("days", "over the model's", "over the rule's")
    columns = [*map(TableColumn, ("journey", "year", "class", "level")), *map(right, heads)]
    return to_markdown(TableView([*columns, TableColumn("in 80%"), TableColumn("source")], rows))


def _by_clock(tests: dict[str, pd.DataFrame]) -> str:
    """Compare the errors of journeys by what their clock counts."""
    rows = []
    for test, judged in tests.items():
        for clock, part in judged.groupby("counting"):
            mean, count = float(part["error"].mean()), len(part)
            spread = f"{float(part['error'].std()) / math.sqrt(count):.2f}" if count > 1 else ""
            rows.append((text.humanize(test), str(clock), str(count), f"{mean:+.2f}", spread))
    heads = ("n", "mean", "standard error")
    return to_markdown(TableView([TableColumn("test"), TableColumn("clock"), *map(right, heads)], rows))


def _facts(network: Network, *names: str) -> pd.DataFrame:
    columns = ["id", "origin", "destination", "days_low", "days_high", "year", "source_id", "note"]
    return pd.concat([network.tables[name][columns] for name in names])


def _ends(network: Network, row: dict[str, Any]) -> str:
    return f"{network.place_name(row['origin'])} - {network.place_name(row['destination'])}"


def right(label: str, write: Callable[[Any], str] = str) -> TableColumn:
    """Describe a column of figures."""
    return TableColumn(label, align="right", write=write)


QUALITY_COLUMNS = {
    "journeys_of": TableColumn("journeys"),
    "journeys": right("n"),
    "in_50": right("in 50%", text.per_cent),
    "in_80": right("in 80%", text.per_cent),
    "in_95": right("in 95%", text.per_cent),
    "bias_log": right("bias", partial(text.fixed, digits=2)),
    "median_error_log": right("|error|", partial(text.fixed, digits=2)),
    "rule_error_log": right("rule's", partial(text.fixed, digits=2)),
    "error_ratio": right("ratio", partial(text.fixed, digits=2)),
    "crps": right("CRPS", partial(text.fixed, digits=2)),
    "rule_crps": right("rule's CRPS", partial(text.fixed, digits=2)),
    "width": right("width", partial(text.fixed, digits=2)),
}
