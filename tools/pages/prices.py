"""The section on prices in docs/validation.md: through rates beside the model and dollars a kilometre."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cacorridor import check_claims, find_route
from cacorridor.costs.prices import USD, dollars
from cacorridor.validation.claims import PRICED_LOADS
from cacorridor.views import text
from cacorridor.views.markdown import to_markdown
from cacorridor.views.tables import TableColumn, TableView, rows_of

if TYPE_CHECKING:
    from cacorridor import Network

FACTOR = 1.5  # a price within this factor of a published one is near
GOALS = {"near": 0.7, "bias": 0.15}  # share within the factor, and size of the median deviation
PRICES = """
## Prices

Published through rates (`usd` and `usd_truck` in `data/geo/claims.csv`) beside the cost of the quickest route by the same modes at
level express, for a 40-foot container or a truck of 20 t, both in dollars of 2025. A through rate never sets a rate: `data/geo/rates.csv`
rests on tariffs, fares and surveys of parts of a journey; nothing is fitted. A figure agrees if its middle lies in the model's range from
the 10th to the 90th percentile.

The rules of exclusion were fixed before the first comparison, though how prices are chosen was revised twice after it: promised and not paid; no year told; a 20-foot container; there and
back; the pandemic's container market (October 2020 to 2022); the first weeks of the Red Sea diversions (January 2024); ends that are not
told to within a tenth of the way (from "China" to "Europe" by rail). A rate per TEU of an index counts as half of a 40-foot container.
A row whose source also set a rate on its route is *informed* and counted apart: it cannot validate the rate.

The first comparison was made with rates that mixed tariffs of container trains with the survey of 20 tonnes in wagons: railways came out
57 to 117 % too dear. As for hours, the two are different services, so the survey's rates by rail now hold for the level typical alone.
Later the payments at borders inside a customs union were told apart from those at customs borders, which made railways cheaper again and
the agreement worse. The figures below were therefore not blind for railways; no rate was set by a through rate.

Likely reasons of the misses: the ocean is a floor of costs, without margin and without the empty way back that a full box pays for; container
trains lack the margin of their operators; the survey's road haulage is dearer than the one price by road that was found.

The plain rule is dollars a kilometre of the same length: the median of its class (rail, road, sea, rail and sea), learnt from the other
sources alone; a class of one source takes the median of all. Goals: within a factor of 1.5 for 70 %, bias within 15 %.
"""


def section(network: Network) -> str:
    """Write the section: summary beside the plain rule, every rate compared, those set aside with the reason."""
    claims = check_claims(network, what=tuple(PRICED_LOADS)).sort_values("id")
    rates = _with_rule(network, claims[claims["deviation"].notna() & (claims["set_aside"] == "")])
    aside = claims[~claims["id"].isin(rates["id"])]
    own = rates[~rates["informed"].map(bool)]
    return "\n".join(
        [
            PRICES,
            _summary({"independent": own, "informed": rates[rates["informed"].map(bool)], "all": rates}),
            "",
            _verdict(own),
            "\n### All rates compared\n",
            to_markdown(TableView.from_frame(rates, COLUMNS)),
            "\n### Rates set aside, with the reason\n",
            *(f"- **{key}**: {reason}" for key, reason in rows_of(aside, "id", "reason")),
            "",
        ]
    )


def _with_rule(network: Network, claims: pd.DataFrame) -> pd.DataFrame:
    """Add the length of each route, dollars of 2025 and what dollars a kilometre of other sources predict."""
    worth = dollars(network)
    middle = (claims["low"] + claims["high"]) / 2
    table = claims.assign(
        usd_2025=[usd * worth[USD, int(year)] for usd, year in zip(middle, claims["year"], strict=True)],
        model_2025=[
            usd * worth[USD, int(year)] for usd, year in zip(claims["model"], claims["year"], strict=True)
        ],
        km=[_length_km(network, claim) for claim in claims["id"]],
        kind=[
            "+".join(sorted({mode.partition("_")[0] for mode in modes.split()})) for modes in claims["modes"]
        ],
        published=[
            text.whole_range(low, high, dash=text.DASH)
            for low, high in zip(claims["low"], claims["high"], strict=True)
        ],
    )
    per_km = table["usd_2025"] / table["km"]
    rule = [
        per_km[_others(table, kind, source)].median() * km
        for kind, source, km in zip(table["kind"], table["source_id"], table["km"], strict=True)
    ]
    return table.assign(rule_2025=rule)


def _others(table: pd.DataFrame, kind: str, source: str) -> pd.Series[bool]:
    """Mark the rates of other sources of the same class, or of all classes where there are none."""
    others = table["source_id"] != source
    same = others & (table["kind"] == kind)
    return same if same.any() else others


def _length_km(network: Network, key: str) -> float:
    claim = next(row for row in network.rows("claims") if row["id"] == key)
    return find_route(
        network,
        claim["origin"],
        claim["destination"],
        via=claim["via"],
        modes=claim["modes"],
        level="express",
    ).length_km


def _summary(groups: dict[str, pd.DataFrame]) -> str:
    """Count how near the model and the rule come."""
    cells = [(name, str(len(rows)), *_scores(rows)) for name, rows in groups.items() if len(rows)]
    names = (
        "count", f"within {FACTOR}", "rule's", "bias", "rule's", "|error|", "rule's", "in the range",
    )  # fmt: skip
    return to_markdown(
        TableView([TableColumn("rates"), *(TableColumn(name, align="right") for name in names)], cells)
    )


def _scores(rows: pd.DataFrame) -> list[str]:
    model, rule = (_errors(rows, column) for column in ("model_2025", "rule_2025"))
    return [
        *(text.per_cent(float((error.abs() <= math.log(FACTOR)).mean())) for error in (model, rule)),
        *(text.per_cent(math.expm1(error.median()), signed=True) for error in (model, rule)),
        *(text.per_cent(math.expm1(error.abs().median())) for error in (model, rule)),
        text.per_cent(float((rows["verdict"] == "agrees").mean())),
    ]


def _errors(rows: pd.DataFrame, column: str) -> pd.Series[float]:
    """Logarithm of predicted over published dollars."""
    return pd.Series(np.log(rows[column] / rows["usd_2025"]))


def _verdict(rows: pd.DataFrame) -> str:
    """Say whether the goals are reached."""
    error = _errors(rows, "model_2025")
    near = float((error.abs() <= math.log(FACTOR)).mean())
    bias = math.expm1(error.median())
    reached = near >= GOALS["near"] and abs(bias) <= GOALS["bias"]
    word = "reached" if reached else "missed"
    return (
        f"The goals are {word}: {text.per_cent(near)} of {len(rows)} independent rates lie within a factor of {FACTOR}, "
        f"and the median deviation is {text.per_cent(bias, signed=True)}."
    )


def _figure(label: str, write: Any = text.fixed) -> TableColumn:
    return TableColumn(label, align="right", write=write)


COLUMNS = {
    "id": TableColumn("claim"),
    "kind": TableColumn("class"),
    "year": TableColumn("year", write=text.year_cell),
    "published": _figure("published USD", str),
    "model": _figure("model USD"),
    "model_low": _figure("low"),
    "model_high": _figure("high"),
    "deviation": _figure("deviation", partial(text.per_cent, signed=True)),
    "verdict": TableColumn("verdict"),
    "informed": TableColumn("informed", write=text.mark),
}
