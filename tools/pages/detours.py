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
# What lies between, for the groups of pairs that no rule explains (general knowledge of the map, no figure
# rests on it); where the data lack a line that exists, this says so. A test asks for each group of today.
FINLAND = "Finland is joined through Russia alone, whose posts are shut; Latvia and Estonia lack in the data"
CLOSED_LINES = "the boundary lines of Abkhazia and South Ossetia are closed to freight"
LIES_BETWEEN = {
    ("road", "AZE-RUS"): "the Caucasus",
    (
        "road",
        "CHN",
    ): "the gulf of Bohai; the Tian Shan: the road Zhaosu - Wensu is not in the data, a gap",
    ("road", "CHN-KGZ"): "the Tian Shan: Kashgar is joined through Torugart and Irkeshtam alone",
    ("road", "FIN-LTU"): FINLAND,
    ("road", "FIN-RUS"): FINLAND,
    ("road", "GEO"): CLOSED_LINES,
    ("road", "GEO-TUR"): CLOSED_LINES,
    ("road", "GEO-RUS"): "the coast road through Abkhazia is shut",
    ("road", "KAZ"): "lake Balkhash: no paved road along its north shore",
    ("road", "KAZ-KGZ"): "the Trans-Ili Alatau and lake Issyk-Kul",
    ("road", "KAZ-RUS"): "the Caspian",
    ("road", "KAZ-TKM"): "the Caspian, the Aral sea",
    ("road", "KAZ-TUR"): "the Caspian",
    ("road", "KAZ-UZB"): "the Kyzylkum; the western Tian Shan between Namangan and Taraz",
    ("road", "KGZ"): "the Tian Shan; the road Suusamyr - Chaek is not in the data, a gap",
    ("road", "LTU-RUS"): "the bridge at Sovetsk and the Curonian spit carry no goods",
    ("road", "TJK"): "the Panj valley",
    ("road", "TJK-UZB"): "the Pamir",
    ("road", "TKM-UZB"): "the Kyzylkum",
    ("road", "UZB"): "the Kyzylkum",
    ("rail", "AFG-IRN"): "Herat is joined by Khaf alone",
    ("rail", "AZE-IRN"): (
        "the line to Julfa was cut with Nakhchivan; that to Astara has no railway on to Tabriz"
    ),
    ("rail", "AZE-RUS"): "the Caucasus",
    ("rail", "BGR-TUR"): "Burgas lies on a branch; the line to Turkey leaves far inland",
    ("rail", "BLR-FIN"): FINLAND,
    ("rail", "CHN"): "the gulf of Bohai, the Tian Shan",
    ("rail", "CHN-MNG"): "the Gobi: the coal railways of southern Mongolia do not join in China",
    ("rail", "CHN-RUS"): "the Altai and the Gobi; the railways to Heihe and Blagoveshchensk do not meet",
    ("rail", "DEU-FIN"): FINLAND,
    ("rail", "FIN-LTU"): FINLAND,
    ("rail", "FIN-POL"): FINLAND,
    ("rail", "FIN-RUS"): FINLAND,
    ("rail", "GEO"): "both are ends of branches from Samtredia",
    ("rail", "GEO-TUR"): "the Pontic mountains: no railway along the Black Sea",
    ("rail", "IRN"): "the Zagros and the deserts: no railway from Zahedan to the north or the south",
    ("rail", "IRN-PAK"): "the coast of Makran has no railway",
    ("rail", "IRN-RUS"): "the line to Julfa was cut with Nakhchivan",
    ("rail", "IRN-TKM"): "the Kopet Dag",
    ("rail", "IRN-TUR"): "eastern Anatolia: the line to Van leaves the one to Kars at Sivas",
    ("rail", "IRN-UZB"): "no railway joins Zahedan to the north",
    ("rail", "KAZ"): "branches; no railway from Kyzylorda to Zhezkazgan",
    ("rail", "KAZ-KGZ"): "the Tian Shan: the railways of southern Kyrgyzstan lead to Uzbekistan",
    ("rail", "KAZ-RUS"): "no railway leads from Uralsk to the north",
    ("rail", "KAZ-TJK"): "the Turkestan and Zarafshan ranges",
    ("rail", "KAZ-TKM"): "the Kyzylkum",
    ("rail", "KAZ-UZB"): "the Kyzylkum; the western Tian Shan",
    ("rail", "LTU-RUS"): "the line over Sovetsk is not in the data: no goods are told of since 2022",
    ("rail", "ROU-TUR"): "the Black Sea",
    ("rail", "RUS"): (
        "the Ural: a line from Orenburg to Ufa is not in the data, a gap; "
        "the lines to Novorossiysk and to Tuapse part at Krasnodar, which is no place here"
    ),
    ("rail", "TJK-UZB"): "the Turkestan and Zarafshan ranges",
    (
        "rail",
        "TUR",
    ): "eastern Anatolia: the lines to Van and to Kars part at Sivas; the Pontic mountains",
    ("rail", "UZB"): "the Kyzylkum; the ranges around Fergana",
}


def section(network: Network) -> str:
    """Write the section."""
    odd = grouped(network)
    return "\n".join(
        [
            INTRODUCTION,
            _by_reason(odd),
            "\n### Borders that no open line of the net crosses\n",
            _by_group(odd[odd["reason"] == BORDER], "border"),
            "\n### Not explained by closure, plan, water or border, by the states of the two ends\n",
            _by_group(odd[odd["reason"] == RELIEF], "states"),
            "\n### Without a way, by the states of the two ends\n",
            _by_group(odd[odd["reason"] == NO_WAY], "states"),
        ]
    )


def grouped(network: Network) -> pd.DataFrame:
    """List the odd pairs of all nets with their reasons, their names and the states of their ends."""
    odd = pd.concat([explain(network, name) for name in NETS], ignore_index=True)
    names, state = network.places["name"], network.places["state"]
    return odd.assign(
        ends=[f"{names[a]} - {names[b]}" for a, b in rows_of(odd, "from", "to")],
        states=["-".join(sorted({state[a], state[b]})) for a, b in rows_of(odd, "from", "to")],
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


def _by_group(odd: pd.DataFrame, column: str) -> str:
    """List the groups of pairs that share a border or a pair of states, the largest first."""
    rows = []
    for (name, group), part in sorted(odd.groupby(["net", column]), key=lambda each: -len(each[1])):
        between = () if column == "border" else (LIES_BETWEEN.get((str(name), str(group)), ""),)
        rows.append((str(name), str(group), str(len(part)), _worst(part), *between))
    head = [
        TableColumn("net"),
        TableColumn(column),
        TableColumn("pairs", align="right"),
        TableColumn("worst"),
    ]
    return to_markdown(
        TableView(head if column == "border" else [*head, TableColumn("what lies between")], rows)
    )


def _worst(odd: pd.DataFrame) -> str:
    """Name the worst pairs with their circuity; those without a way in the order of the table."""
    if (odd["reason"] == NO_WAY).all():
        return ", ".join(odd["ends"].head(SHOWN))
    worst = odd.dropna(subset=["circuity"]).sort_values("circuity", ascending=False).head(SHOWN)
    return ", ".join(f"{ends} ({text.fixed(ratio, 1)})" for ends, ratio in rows_of(worst, "ends", "circuity"))
