"""Set published figures beside the model: ``python -m tools.validate docs`` writes two pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cacorridor import check_claims, check_indicators, load_network
from cacorridor.network.files import write_atomically
from cacorridor.validation.claims import LENGTH_TOLERANCE
from cacorridor.views import text as words
from tools import two_days

if TYPE_CHECKING:
    import pandas as pd

INTRODUCTION = """\
# Validation

This page is generated (`make validate`) from `data/geo/claims.csv` and `data/geo/indicators.csv`. A figure cannot validate
itself: rows whose source also gave the length of a link on the route, or a parameter of its hours, are *informed* and counted
apart. Where sources disagree about a journey one figure is selected and the others are set aside; so are figures shorter than
the straight line, figures of other ends than their words suggest, and figures of another service than freight.
"""
LENGTHS = """
## Lengths

The published length beside the shortest route of the model between the same places by the same modes.
"""
HOURS = """
## Hours

The published hours beside the quickest route at the same service level. A figure agrees if its middle lies in the model's range
from the 10th to the 90th percentile. Width is the ratio of the two.
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
        SPEEDS,
        *_speed_rows(check_indicators(network)),
        "",
    ]
    write_atomically(Path(folder) / "validation.md", "\n".join(page))
    write_atomically(Path(folder) / "two-days.md", two_days.page(network, hours))
    print(f"{length_summary(lengths)}\n\n{hour_summary(hours)}")


def compared(table: pd.DataFrame) -> pd.DataFrame:
    """Select the rows that are compared."""
    return table[~table["verdict"].str.startswith("not comparable")]


def length_summary(table: pd.DataFrame) -> str:
    """Count the lengths and their deviations."""
    rows = compared(table)
    informed = rows["informed"].map(bool)
    everything = table[table["deviation"].notna()]
    groups = {
        "independent": rows[~informed],
        "informed": rows[informed],
        "all compared": rows,
        "with those set aside": everything,
    }
    lines = [
        f"| lengths | count | median deviation | within {LENGTH_TOLERANCE:.0%} |",
        "|---|---:|---:|---:|",
    ]
    for name, group in groups.items():
        deviation = group["deviation"].abs()
        within = (deviation <= LENGTH_TOLERANCE).mean()
        lines.append(f"| {name} | {len(group)} | {deviation.median():.1%} | {within:.0%} |")
    return "\n".join(lines)


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
    lines = ["| hours | count | agree | median deviation | median width |", "|---|---:|---:|---:|---:|"]
    for name, group in groups.items():
        agree = (group["verdict"] == "agrees").mean()
        width = (group["model_high"] / group["model_low"]).median()
        deviation = group["deviation"].abs().median()
        lines.append(f"| {name} | {len(group)} | {agree:.0%} | {deviation:.0%} | {width:.1f} |")
    return "\n".join(lines)


def _length_rows(table: pd.DataFrame) -> list[str]:
    rows = compared(table)
    aside = table[table["set_aside"] != ""]
    large = rows[rows["verdict"] != "agrees"]
    header = [
        "| claim | from | to | via | modes | published km | model km | deviation | informed |",
        "|---|---|---|---|---|---:|---:|---:|---|",
    ]
    return [
        f"\n### Deviations over {LENGTH_TOLERANCE:.0%}, explained\n",
        *(f"- **{row.id}** ({row.deviation:+.1%}): {row.note}" for row in large.itertuples()),
        "\n### All lengths compared\n",
        *header,
        *map(_length_line, rows.itertuples()),
        "\n### Lengths set aside, with the reason\n",
        *header,
        *map(_length_line, aside.itertuples()),
        "",
        *(f"- **{row.id}**: {row.set_aside}" for row in aside.itertuples()),
    ]


def _length_line(row: object) -> str:
    cells = (row.id, row.origin, row.destination, row.via, row.modes, _range(row.low, row.high))
    return (
        f"| {' | '.join(cells)} | {row.model:,.0f} | {row.deviation:+.1%} | {'yes' if row.informed else ''} |"
    )


def _hour_rows(table: pd.DataFrame) -> list[str]:
    rows = compared(table)
    missed = rows[(rows["verdict"] != "agrees") & (rows["standing"] == "observed")]
    left = table[table["verdict"].str.startswith("not comparable")]
    return [
        "\n### Observed hours outside the range, discussed\n",
        *(f"- **{row.id}** ({row.verdict}): {row.note}" for row in missed.itertuples()),
        "\n### All hours compared\n",
        "| claim | level | standing | year | published h | model h | range | verdict | informed |",
        "|---|---|---|---|---:|---:|---:|---|---|",
        *map(_hour_line, rows.itertuples()),
        "\n### Hours not compared\n",
        *(f"- **{row.id}** ({_range(row.low, row.high)} h): {row.verdict}" for row in left.itertuples()),
    ]


def _hour_line(row: object) -> str:
    cells = (
        row.id,
        row.level,
        row.standing,
        words.year(row.year),
        _range(row.low, row.high),
        f"{row.model:,.0f}",
    )
    span = _range(row.model_low, row.model_high)
    return f"| {' | '.join(cells)} | {span} | {row.verdict} | {'yes' if row.informed else ''} |"


def _speed_rows(table: pd.DataFrame) -> list[str]:
    lines = [
        "| state | mode | year | journey of the model | survey km/h | model km/h | deviation | counts |",
        "|---|---|---|---|---:|---:|---:|---|",
    ]
    for row in table.itertuples():
        cells = (
            row.state,
            row.mode,
            str(row.year),
            row.journey,
            f"{row.swd_kmh:.1f}",
            f"{row.model_swd_kmh:.1f}",
        )
        lines.append(f"| {' | '.join(cells)} | {row.deviation:+.0%} | {'yes' if row.counts else ''} |")
    return lines


def _range(low: float, high: float) -> str:
    return f"{low:,.0f}" if round(low) == round(high) else f"{low:,.0f}-{high:,.0f}"


if __name__ == "__main__":
    main(sys.argv[1])
