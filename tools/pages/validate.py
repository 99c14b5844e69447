"""Set published figures beside the model: ``python -m tools.pages.validate docs`` writes two pages."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor import check_claims, check_indicators, load_network
from cacorridor.network.files import write_atomically
from cacorridor.validation.claims import AGREES, LENGTH_TOLERANCE, NOT_COMPARABLE
from cacorridor.views import text
from cacorridor.views.markdown import to_markdown
from cacorridor.views.tables import TableColumn, TableView, rows_of
from cacorridor.views.verdicts import verdicts
from tools.pages import detours, prices, two_days, unseen
from tools.pages.sources import links

if TYPE_CHECKING:
    from collections.abc import Callable

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
from the 10th to the 90th percentile; width is the ratio of the two. The chance is how many journeys of a hundred take the published
hours (of a range, its upper end) or less, by the distribution that ranges and draws come from. A promise may be optimistic or pessimistic;
beside a journey that was made only the model can be slower or quicker, by a factor.
"""
SPEEDS = """
## Speed with delay (CPMM)

The survey's speed with delay in a state beside the model's at the typical level: kilometres over all hours in the state, its own
sides of both borders included, by the figures of the tables as they stand, without what journeys teach, and with two drivers in each truck
(16 hours a day), because the survey counts rest only in part. The survey does not publish its journeys; the model's were chosen to enter and leave by real posts, partly
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
        unseen.section(network),
        SPEEDS,
        to_markdown(TableView.from_frame(check_indicators(network), SPEED_COLUMNS)),
        prices.section(network),
        detours.section(network),
        "",
    ]
    write_atomically(Path(folder) / "validation.md", "\n".join(page))
    write_atomically(Path(folder) / "two-days.md", two_days.page(network, hours))
    print(f"{length_summary(lengths)}\n\n{hour_summary(hours)}")


def compared(table: pd.DataFrame) -> pd.DataFrame:
    """Select the rows that are compared."""
    return table[table["verdict"] != NOT_COMPARABLE]


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
        cells.append((name, str(len(group)), text.per_cent(deviation.median(), 1), text.per_cent(within)))
    numbers = ("count", "median deviation", f"within {text.per_cent(LENGTH_TOLERANCE)}")
    return to_markdown(TableView([TableColumn("lengths"), *map(_right, numbers)], cells))


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
        agree = (group["verdict"] == AGREES).mean()
        width = (group["model_high"] / group["model_low"]).median()
        deviation = group["deviation"].abs().median()
        cells.append(
            (name, str(len(group)), text.per_cent(agree), text.per_cent(deviation), text.fixed(width, 1))
        )
    numbers = ("count", "agree", "median deviation", "median width")
    return to_markdown(TableView([TableColumn("hours"), *map(_right, numbers)], cells))


def _right(label: str, write: Callable[[Any], str] = str) -> TableColumn:
    return TableColumn(label, align="right", write=write)


LENGTH_COLUMNS = {
    "origin": TableColumn("from"),
    "destination": TableColumn("to"),
    "via": TableColumn("via"),
    "modes": TableColumn("modes"),
    "published": _right("published km"),
    "model": _right("model km", text.fixed),
    "deviation": _right("deviation", partial(text.per_cent, digits=1, signed=True)),
    "informed": TableColumn("informed", write=text.mark),
    "link": TableColumn("source"),
}
HOUR_COLUMNS = {
    "origin": TableColumn("from"),
    "destination": TableColumn("to"),
    "via": TableColumn("via"),
    "modes": TableColumn("modes"),
    "level": TableColumn("level"),
    "standing": TableColumn("standing"),
    "year": TableColumn("year", write=text.year_cell),
    "published": _right("published h"),
    "model": _right("model h", text.fixed),
    "range": _right("range"),
    "verdict": TableColumn("verdict"),
    "informed": TableColumn("informed", write=text.mark),
    "link": TableColumn("source"),
}
SPEED_COLUMNS = {
    "state": TableColumn("state"),
    "mode": TableColumn("mode"),
    "year": TableColumn("year"),
    "journey": TableColumn("journey of the model"),
    "swd_kmh": _right("survey km/h", partial(text.fixed, digits=1)),
    "model_swd_kmh": _right("model km/h", partial(text.fixed, digits=1)),
    "deviation": _right("deviation", partial(text.per_cent, signed=True)),
    "counts": TableColumn("counts", write=text.mark),
}


def _length_rows(table: pd.DataFrame) -> list[str]:
    rows = _described(compared(table))
    aside = _described(table[table["set_aside"] != ""])
    large = rows_of(rows[rows["verdict"] != AGREES], "title", "deviation", "note", "link")
    return [
        f"\n### Deviations over {text.per_cent(LENGTH_TOLERANCE)}, explained\n",
        *(
            f"- **{title}** ({text.per_cent(deviation, 1, signed=True)}): {note} ({link})"
            for title, deviation, note, link in large
        ),
        "\n### All lengths compared\n",
        to_markdown(TableView.from_frame(rows, LENGTH_COLUMNS)),
        "\n### Lengths set aside, with the reason\n",
        to_markdown(TableView.from_frame(aside, LENGTH_COLUMNS)),
        "",
        *(f"- **{title}**: {reason}" for title, reason in rows_of(aside, "title", "set_aside")),
    ]


def _hour_rows(table: pd.DataFrame) -> list[str]:
    rows = compared(table)
    missed = _described(rows[(rows["verdict"] != AGREES) & (rows["standing"] == "observed")])
    left = _described(table[table["verdict"] == NOT_COMPARABLE])
    shown = _described(rows).assign(verdict=verdicts(rows))
    return [
        "\n### Observed hours outside the range, discussed\n",
        *(
            f"- **{title}** ({verdict}): {note} ({link})"
            for title, verdict, note, link in rows_of(
                missed.assign(verdict=verdicts(missed)), "title", "verdict", "note", "link"
            )
        ),
        "\n### All hours compared\n",
        to_markdown(TableView.from_frame(shown, HOUR_COLUMNS)),
        "\n### Hours not compared\n",
        *(
            f"- **{title}**: {reason} ({link})"
            for title, reason, link in rows_of(left, "title", "reason", "link")
        ),
    ]


def _described(table: pd.DataFrame) -> pd.DataFrame:
    """Add what is written of a claim: ends and figure, the model's range, a link to the source."""
    spans = [text.whole_range(*span) for span in rows_of(table, "low", "high")]
    ends = rows_of(table, "origin", "destination", "what")
    return table.assign(
        published=spans,
        title=[f"{a} - {b}, {span} {unit}" for (a, b, unit), span in zip(ends, spans, strict=True)],
        range=[
            "" if text.is_missing(low) else text.whole_range(low, high)
            for low, high in rows_of(table, "model_low", "model_high")
        ],
        link=links(table),
    )


if __name__ == "__main__":
    main(sys.argv[1])
