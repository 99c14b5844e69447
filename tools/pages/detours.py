"""The section on ways much longer than the straight line: counted by reason, with the worst pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cacorridor.views import text
from cacorridor.views.markdown import to_markdown
from cacorridor.views.tables import TableColumn, TableView, rows_of
from tools.circuity import LIMIT, NEAR_KM, NETS
from tools.detours import BORDER, NO_WAY, REASONS, RELIEF, explain

if TYPE_CHECKING:
    from cacorridor import Network

SHOWN = 3  # worst pairs of a group
INTRODUCTION = f"""
## Ways much longer than the straight line

All pairs of cities and ports that are at least {NEAR_KM:.0f} km apart, by road and by rail of all gauges, in
the network of today without ships (`python -m tools.circuity`). Where the way is over {LIMIT:g} times the
straight line, the reason is looked for in this order, and the first that holds is told.
"""
# What lies between, for the groups of two or more pairs that no rule explains (general knowledge of the map,
# no figure rests on it); where the data lack a line that exists, this says so.
LIES_BETWEEN = {
    ("road", "CHN"): "the gulf of Bohai; the Tian Shan between Aksu and Yining",
    ("road", "CHN-RUS"): "the roads over Suifenhe and over Heihe are not in the data: a gap",
    ("road", "KAZ-UZB"): "the Kyzylkum",
    ("road", "UZB"): "the Kyzylkum",
    ("road", "TJK-UZB"): "the Pamir",
    ("road", "RUS"): "direct roads Kurgan - Tyumen and Kazan - Kirov are not in the data: a gap",
    ("road", "KAZ-TKM"): "the Caspian, the Aral sea",
    ("road", "KAZ-TUR"): "the Caspian",
    (
        "rail",
        "CHN",
    ): "the gulf of Bohai, the Tian Shan; Taiyuan has one line in the data: a gap",
    ("rail", "TUR"): "eastern Anatolia: the line to Van leaves the one to Kars at Sivas",
    ("rail", "GEO-TUR"): "the Pontic mountains: no railway along the Black Sea",
    ("rail", "TJK-UZB"): "the Turkestan and Zarafshan ranges",
    ("rail", "KAZ-UZB"): "the Kyzylkum",
    ("rail", "UZB"): "the Kyzylkum; the ranges around Fergana",
    ("rail", "RUS"): "lines from Kazan to the north and west are not all in the data: a gap",
    ("rail", "KAZ-RUS"): "lines Kurgan, Omsk and Samara end on the trunks: part of them a gap",
    ("rail", "BGR-TUR"): "Burgas lies on a branch; the line to Turkey leaves far inland",
    ("rail", "ROU-TUR"): "the Black Sea",
    ("rail", "KAZ-KGZ"): "the Tian Shan: the railways of southern Kyrgyzstan lead to Uzbekistan",
    ("rail", "KAZ"): "branches",
    (
        "rail",
        "AZE-IRN",
    ): "the line to Julfa was cut with Nakhchivan; that to Astara has no railway on to Tabriz",
    ("rail", "IRN"): "the Zagros and the deserts",
    ("rail", "AZE-RUS"): "the Caucasus",
    ("rail", "CHN-RUS"): "the Altai and the Gobi",
    ("rail", "AFG-IRN"): "Herat is joined by Khaf alone",
}


def section(network: Network) -> str:
    """Write the section."""
    odd = pd.concat([explain(network, name) for name in NETS], ignore_index=True)
    names = network.places["name"]
    state = network.places["state"]
    odd = odd.assign(
        ends=[f"{names[a]} - {names[b]}" for a, b in rows_of(odd, "from", "to")],
        states=["-".join(sorted({state[a], state[b]})) for a, b in rows_of(odd, "from", "to")],
    )
    return "\n".join(
        [
            INTRODUCTION,
            _by_reason(odd),
            "\n### Borders that no open line of the net crosses\n",
            _by_group(odd[odd["reason"] == BORDER], "border", "border"),
            "\n### Not explained by closure, plan, water or border, by the states of the two ends\n",
            _by_group(odd[odd["reason"] == RELIEF], "states", "states"),
        ]
    )


def _by_reason(odd: pd.DataFrame) -> str:
    rows = [
        (name, reason, str(len(part)), meaning, _worst(part))
        for name in NETS
        for reason, meaning in REASONS.items()
        for part in [odd[(odd["net"] == name) & (odd["reason"] == reason)]]
        if len(part)
    ]
    columns = [
        TableColumn("net"),
        TableColumn("reason"),
        TableColumn("pairs", align="right"),
        TableColumn("what holds"),
    ]
    return to_markdown(TableView([*columns, TableColumn("worst")], rows))


def _by_group(odd: pd.DataFrame, column: str, heading: str) -> str:
    """List the groups of pairs that share a border or a pair of states, the largest first."""
    rows = []
    for (name, group), part in sorted(odd.groupby(["net", column]), key=lambda each: -len(each[1])):
        between = "" if heading == "border" else LIES_BETWEEN.get((str(name), str(group)), "")
        rows.append((str(name), str(group), str(len(part)), _worst(part), between))
    head = [
        TableColumn("net"),
        TableColumn(heading),
        TableColumn("pairs", align="right"),
        TableColumn("worst"),
    ]
    if heading == "border":
        return to_markdown(TableView(head, [row[:-1] for row in rows]))
    return to_markdown(TableView([*head, TableColumn("what lies between")], rows))


def _worst(odd: pd.DataFrame) -> str:
    """Name the worst pairs with their circuity; those without a way in the order of the table."""
    if (odd["reason"] == NO_WAY).all():
        return ", ".join(odd["ends"].head(SHOWN))
    worst = odd.dropna(subset=["circuity"]).sort_values("circuity", ascending=False).head(SHOWN)
    return ", ".join(f"{ends} ({text.fixed(ratio, 1)})" for ends, ratio in rows_of(worst, "ends", "circuity"))
