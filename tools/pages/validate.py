"""Set published figures beside the model: ``python -m tools.pages.validate docs`` writes two pages and accuracy.json."""

from __future__ import annotations

import json
import math
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor import check_claims, check_indicators, load_network
from cacorridor.network.files import write_atomically
from cacorridor.network.model import records
from cacorridor.network.schema import SERVICE_LEVELS
from cacorridor.validation.claims import LENGTH_TOLERANCE
from cacorridor.views import text
from cacorridor.views.markdown import to_markdown
from cacorridor.views.tables import Column, TableView, rows_of
from tools.calibrate.__main__ import journeys_of, uncalibrated
from tools.calibrate.evaluate import CLASSES, leave_sources_out, summary
from tools.calibrate.exposures import exposures
from tools.pages import two_days

MISS = 1.96  # standard deviations: outside the 95 % range

if TYPE_CHECKING:
    from collections.abc import Callable

    from cacorridor import Network

INTRODUCTION = """\
# Validation

This page is generated (`make validate`) from `data/geo/claims.csv` and `data/geo/indicators.csv`. A figure cannot validate
itself: rows whose source also gave the length of a link on the route, or a parameter of its hours, are *informed* and counted
apart. Where sources disagree about a journey one figure is selected and the others are set aside; so are figures shorter than
the straight line, figures of other ends than their words suggest, and figures of another service than freight.
"""
ACCURACY = Path(__file__).parents[2] / "src" / "cacorridor" / "views" / "accuracy.json"
LENGTHS = """
## Lengths

The published length beside the shortest route of the model between the same places by the same modes.
"""
HOURS = """
## Hours

The published hours beside the quickest route at the same service level. A figure agrees if its middle lies in the model's range
from the 10th to the 90th percentile. Width is the ratio of the two.
"""
UNSEEN = """
## Hours on journeys that the model has not seen

Each source of `data/geo/journeys.csv` (joined with the sources that share a train with it) is left out in turn; the multipliers and
the spreads are learnt from the rest, and what was left out is judged. The plain rule is kilometres a day by class of modes, with its own
spread, fitted on the same folds. Error is the logarithm of observed over predicted hours; bias its median, |error| the median of its
size; width the ratio of the 90th to the 10th percentile. No journey is set aside for being missed; the rules of exclusion, the model and
what the data cannot tell stand in [calibration.md](calibration.md).
"""
SPEEDS = """
## Speed with delay (CPMM)

The survey's speed with delay in a state beside the model's at the typical level: kilometres over all hours in the state, its own
sides of both borders included. The survey does not publish its journeys; the model's were chosen to enter and leave by real posts, partly
after seeing the result, so this is a consistency check and not a validation. The newest survey outside the pandemic counts.
"""


def main(folder: str) -> None:
    """Write both pages and print the summaries."""
    network = load_network()
    judged = judge_unseen(network)
    claims = check_claims(network, what=("km", "h")).sort_values("id")
    lengths, hours = claims[claims["what"] == "km"], claims[claims["what"] == "h"]
    page = [
        INTRODUCTION,
        LENGTHS,
        length_summary(lengths),
        *_length_rows(lengths),
        HOURS,
        hour_summary(hours),
        *_hour_rows(hours),
        UNSEEN,
        unseen_summary(network, judged),
        SPEEDS,
        to_markdown(TableView.from_frame(check_indicators(network), SPEED_COLUMNS)),
        "",
    ]
    write_atomically(Path(folder) / "validation.md", "\n".join(page))
    write_atomically(Path(folder) / "two-days.md", two_days.page(network, hours))
    write_atomically(ACCURACY, accuracy_text(network, judged))
    print(f"{length_summary(lengths)}\n\n{hour_summary(hours)}")


def judge_unseen(network: Network) -> pd.DataFrame:
    """Judge the hours of journeys by multipliers learnt without their sources."""
    return leave_sources_out(exposures(uncalibrated(network), journeys_of(network)))


def accuracy_text(network: Network, judged: pd.DataFrame) -> str:
    """Write what pages say of how good the hours are."""
    (row,) = records(summary(judged, None, ("all",)))
    shares = {f"in_{share}": round(row[f"in_{share}"] / 100, 2) for share in (50, 80, 95)}
    others = {name: round(row[name], 2) for name in ("bias", "ratio")}
    return json.dumps({"version": network.version, "journeys": int(row["n"]), **shares, **others}) + "\n"


def unseen_summary(network: Network, judged: pd.DataFrame) -> str:
    """Sum up how the hours of journeys were judged."""
    groups = [(None, ("all",)), ("mode_class", CLASSES), ("level", SERVICE_LEVELS)]
    rows = pd.concat([summary(judged, column, words) for column, words in groups])
    cells = [
        (
            str(row["journeys of"]),
            str(row["n"]),
            *(text.share(row[f"in_{share}"] / 100) for share in (50, 80, 95)),
            *(f"{row[name]:.2f}" for name in ("bias", "median_error", "rule_median_error", "ratio")),
            *(f"{row[name]:.2f}" for name in ("crps", "rule_crps", "p90/p10")),
        )
        for row in records(rows)
    ]
    numbers = (
        "n",
        "in 50%",
        "in 80%",
        "in 95%",
        "bias",
        "|error|",
        "rule's",
        "ratio",
        "CRPS",
        "rule's CRPS",
        "width",
    )
    missed = judged[(judged["error"] / judged["sd"]).abs() > MISS]
    misses = [
        f"- **{row['id']}**: observed {text.number(math.exp(row['error']))} times the predicted hours; "
        f"{row['note'] or 'no remark in the table'}"
        for row in records(missed.merge(network.tables["journeys"][["id", "note"]], on="id"))
    ]
    table = to_markdown(TableView([Column("journeys"), *map(_right, numbers)], cells))
    heading = f"### Misses beyond the 95% range ({len(misses)} of {len(judged)})"
    return "\n".join([table, "", heading, "", *misses])


def compared(table: pd.DataFrame) -> pd.DataFrame:
    """Select the rows that are compared."""
    return table[~table["verdict"].str.startswith("not comparable")]


def length_summary(table: pd.DataFrame) -> str:
    """Count the lengths and their deviations."""
    rows = compared(table)
    informed = rows["informed"].map(bool)
    groups = {
        "independent": rows[~informed],
        "informed": rows[informed],
        "all compared": rows,
        "with those set aside": table[table["deviation"].notna()],
    }
    cells = []
    for name, group in groups.items():
        deviation = group["deviation"].abs()
        within = (deviation <= LENGTH_TOLERANCE).mean()
        cells.append((name, str(len(group)), text.share(deviation.median(), 1), text.share(within)))
    numbers = ("count", "median deviation", f"within {text.share(LENGTH_TOLERANCE)}")
    return to_markdown(TableView([Column("lengths"), *map(_right, numbers)], cells))


def hour_summary(table: pd.DataFrame) -> str:
    """Count the hours, observed and promised, informed and not."""
    rows = compared(table)
    informed = rows["informed"].map(bool)
    observed = rows["standing"] == "observed"
    groups = {
        "observed, independent": rows[observed & ~informed],
        "observed, informed": rows[observed & informed],
        "promised": rows[~observed],
    }
    cells = []
    for name, group in groups.items():
        agree = (group["verdict"] == "agrees").mean()
        width = (group["model_high"] / group["model_low"]).median()
        deviation = group["deviation"].abs().median()
        cells.append((name, str(len(group)), text.share(agree), text.share(deviation), text.fixed(width, 1)))
    numbers = ("count", "agree", "median deviation", "median width")
    return to_markdown(TableView([Column("hours"), *map(_right, numbers)], cells))


def _right(label: str, write: Callable[[Any], str] = str) -> Column:
    return Column(label, align="right", write=write)


LENGTH_COLUMNS = {
    "id": Column("claim"),
    "origin": Column("from"),
    "destination": Column("to"),
    "via": Column("via"),
    "modes": Column("modes"),
    "published": _right("published km"),
    "model": _right("model km", text.fixed),
    "deviation": _right("deviation", partial(text.share, digits=1, signed=True)),
    "informed": Column("informed", write=text.mark),
}
HOUR_COLUMNS = {
    "id": Column("claim"),
    "level": Column("level"),
    "standing": Column("standing"),
    "year": Column("year", write=text.year),
    "published": _right("published h"),
    "model": _right("model h", text.fixed),
    "range": _right("range"),
    "verdict": Column("verdict"),
    "informed": Column("informed", write=text.mark),
}
SPEED_COLUMNS = {
    "state": Column("state"),
    "mode": Column("mode"),
    "year": Column("year"),
    "journey": Column("journey of the model"),
    "swd_kmh": _right("survey km/h", partial(text.fixed, digits=1)),
    "model_swd_kmh": _right("model km/h", partial(text.fixed, digits=1)),
    "deviation": _right("deviation", partial(text.share, signed=True)),
    "counts": Column("counts", write=text.mark),
}


def _length_rows(table: pd.DataFrame) -> list[str]:
    rows = compared(table)
    aside = table[table["set_aside"] != ""]
    large = rows_of(rows[rows["verdict"] != "agrees"], "id", "deviation", "note")
    return [
        f"\n### Deviations over {text.share(LENGTH_TOLERANCE)}, explained\n",
        *(f"- **{key}** ({text.share(deviation, 1, signed=True)}): {note}" for key, deviation, note in large),
        "\n### All lengths compared\n",
        to_markdown(TableView.from_frame(_with_ranges(rows), LENGTH_COLUMNS)),
        "\n### Lengths set aside, with the reason\n",
        to_markdown(TableView.from_frame(_with_ranges(aside), LENGTH_COLUMNS)),
        "",
        *(f"- **{key}**: {reason}" for key, reason in rows_of(aside, "id", "set_aside")),
    ]


def _hour_rows(table: pd.DataFrame) -> list[str]:
    rows = compared(table)
    missed = rows[(rows["verdict"] != "agrees") & (rows["standing"] == "observed")]
    left = _with_ranges(table[table["verdict"].str.startswith("not comparable")])
    return [
        "\n### Observed hours outside the range, discussed\n",
        *(
            f"- **{key}** ({verdict}): {note}"
            for key, verdict, note in rows_of(missed, "id", "verdict", "note")
        ),
        "\n### All hours compared\n",
        to_markdown(TableView.from_frame(_with_ranges(rows), HOUR_COLUMNS)),
        "\n### Hours not compared\n",
        *(
            f"- **{key}** ({span} h): {verdict}"
            for key, span, verdict in rows_of(left, "id", "published", "verdict")
        ),
    ]


def _with_ranges(table: pd.DataFrame) -> pd.DataFrame:
    """Add the published range and that of the model, as they are written; nothing where the model has none."""
    model = [
        "" if text.is_missing(low) else text.whole_range(low, high)
        for low, high in rows_of(table, "model_low", "model_high")
    ]
    return table.assign(
        published=[text.whole_range(*span) for span in rows_of(table, "low", "high")], range=model
    )


if __name__ == "__main__":
    main(sys.argv[1])
