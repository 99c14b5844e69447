"""Set every published length beside the model: ``python -m tools.validate docs/validation.md``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cacorridor.analysis.claims import check_lengths
from cacorridor.network.tables import load_network, write_atomically

if TYPE_CHECKING:
    import pandas as pd

LARGE = 0.06  # deviations beyond this are explained one by one

INTRODUCTION = """\
# Validation

This page is generated (`make validate`). Each row sets a published length (`data/geo/claims.csv`, what = km) beside the
shortest route of the model between the same places by the same modes. A length cannot validate itself: rows whose source
also set the length of a link on the route are marked *sets* and counted apart.
"""


def main(path: str) -> None:
    """Write the page and print its summary."""
    table = check_lengths(load_network())
    write_atomically(Path(path), page(table))
    print(summary(table))


def page(table: pd.DataFrame) -> str:
    """Lay out the page in Markdown."""
    table = table.sort_values("id")
    found = counted(table)
    aside = table[table["set_aside"] != ""]
    lost = table[table["deviation"].isna()]
    large = found[found["deviation"].abs() > LARGE]
    return "\n".join(
        [
            INTRODUCTION,
            summary(table),
            f"\n## Deviations over {LARGE:.0%}, explained\n",
            *(
                f"- **{row.id}** ({row.deviation:+.1%}): {row.note or 'not explained yet'}"
                for row in large.itertuples()
            ),
            "\n## All rows that count\n",
            *HEADER,
            *(_line(row) for row in found.itertuples()),
            "\n## Figures set aside\n",
            "Where sources disagree about a journey one figure is selected and the others stand here; so do figures",
            "shorter than the straight line and figures of other ends than their words suggest.\n",
            *HEADER,
            *(_line(row) for row in aside.itertuples()),
            "",
            *(f"- **{row.id}**: {row.set_aside}" for row in aside.itertuples()),
            *(["\n## No route in the model\n"] if len(lost) else []),
            *(f"- **{row.id}**: {row.note or row.source_id}" for row in lost.itertuples()),
            "",
        ]
    )


HEADER = (
    "| published figure | from | to | via | modes | published km | model km | deviation | sets |",
    "|---|---|---|---|---|---:|---:|---:|---|",
)


def counted(table: pd.DataFrame) -> pd.DataFrame:
    """Select the rows with a route that are not set aside."""
    return table[table["deviation"].notna() & (table["set_aside"] == "")]


def summary(table: pd.DataFrame) -> str:
    """Count the rows and their deviations, those that set a link's length apart."""
    found = counted(table)
    sets = found["sets_links"].map(bool)
    everything = table[table["deviation"].notna()]
    groups = (
        ("independent", found[~sets]),
        ("set a link's length", found[sets]),
        ("counted", found),
        ("with those set aside", everything),
    )
    lines = ["| rows | count | median deviation | within 6 % |", "|---|---:|---:|---:|"]
    for name, rows in groups:
        deviation = rows["deviation"].abs()
        lines.append(
            f"| {name} | {len(rows)} | {deviation.median():.1%} | {(deviation <= LARGE).mean():.0%} |"
        )
    return "\n".join(lines)


def _line(row: object) -> str:
    low, high = row.published_low_km, row.published_high_km
    published = f"{low:,.0f}" if low == high else f"{low:,.0f}-{high:,.0f}"
    cells = (
        row.id,
        row.origin,
        row.destination,
        row.via,
        row.modes,
        published,
        f"{row.model_km:,.0f}",
        f"{row.deviation:+.1%}",
        "sets" if row.sets_links else "",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main(sys.argv[1])
