"""Write the page on states: ``python -m tools.pages.states docs/states.md``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cacorridor import break_even, bypass, find_route, load_network
from cacorridor.criticality.counterfactuals import bypass_costs
from cacorridor.network.io import write_atomically
from cacorridor.views import text
from cacorridor.views.markdown import to_markdown
from cacorridor.views.tables import TableColumn, TableView
from tools.pages.state_pairs import AFTER, BEFORE, markdown_table, pair_section

if TYPE_CHECKING:
    from cacorridor import Network

TEXT = """\
# States: who is crossed, who is bypassed, who holds the keys

This page is generated (`make states`). All figures are those of the express level unless a table says otherwise; {before} is the
network before the China-Kyrgyzstan-Uzbekistan railway and the new lines on the Caspian, {after} the one after, both with
the opening years in `data/geo/links.csv`, several of which are expected or assumed. How the figures are made, and what they do
not say, stands in [method.md](method.md).

{pairs}
## What each road around Kazakhstan costs it

Kazakhstan's leverage (hours saved that fall to it) if a road around it were not there, less its leverage as it is: what the road
costs Kazakhstan. The outside option is held at that of the full network of the year. Roads that stand in for each other cost little
one by one and much together: the railway and the roads through Kyrgyzstan are such a pair.

{roads}

{roads_read}

## Is Kyrgyzstan bypassed by the railway through Kazakhstan?

{maimak}

## Over the Caspian, or through Kazakhstan?

{caspian}

## How much waiting the ways through Kazakhstan and Kyrgyzstan bear

Xi'an - Tashkent, {before}: the standing time of both sides of the border together, and the route that is best at it. Today's value is the
mean over the crossings named.

{even}
"""

PAIRS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("China - Uzbekistan", "Xi'an", "Tashkent", {}),
    ("China - Uzbekistan by rail alone", "Xi'an", "Tashkent", {"modes": ["rail"]}),
    ("China - Turkey", "Xi'an", "Istanbul", {}),
    ("Russia - Kyrgyzstan", "Moscow", "Osh", {}),
)


Links = Callable[[pd.DataFrame], "pd.Series[bool]"]


def _between(one: str, other: str, links: pd.DataFrame) -> pd.Series[bool]:
    ends = links["from_state"] + links["to_state"]
    return ends.isin([one + other, other + one])


def _by(mode: str, one: str, other: str, links: pd.DataFrame) -> pd.Series[bool]:
    return _between(one, other, links) & (links["mode"] == mode)


ROADS: dict[str, Links] = {  # around Kazakhstan, and the links without which each is none
    "the railway China - Kyrgyzstan - Uzbekistan": partial(_by, "rail_1435", "CHN", "KGZ"),
    "the roads China - Kyrgyzstan (Irkeshtam, Torugart)": partial(_by, "road", "CHN", "KGZ"),
    "all ways China - Kyrgyzstan": partial(_between, "CHN", "KGZ"),
    "the road China - Tajikistan (Kulma)": partial(_between, "CHN", "TJK"),
    "the road China - Pakistan (Khunjerab)": partial(_between, "CHN", "PAK"),
    "China - Mongolia - Russia": partial(_between, "CHN", "MNG"),
    "lines Russia - Turkmenistan on the Caspian": partial(_between, "RUS", "TKM"),
    "Russia - Azerbaijan": partial(_between, "RUS", "AZE"),
    "lines Azerbaijan - Turkmenistan on the Caspian": partial(_between, "AZE", "TKM"),
}


def page(network: Network) -> str:
    """Lay out the page in Markdown."""
    costs = _costs(network)
    return TEXT.format(
        before=BEFORE,
        after=AFTER,
        pairs="\n".join(pair_section(network, *pair) for pair in PAIRS),
        roads=_roads(costs),
        roads_read=_roads_read(costs),
        maimak=_maimak(network),
        caspian=_caspian(network),
        even=_even(network),
    )


# ---------------------------------------------------------------- roads around Kazakhstan


def _costs(network: Network) -> dict[str, pd.DataFrame]:
    """Compute what each road costs Kazakhstan in each pair: for each pair roads x years, hours."""
    links = network.links
    ways = {road: links.index[picks(links)] for road, picks in ROADS.items()}
    ask = partial(bypass_costs, network, state="KAZ", detours=ways)
    return {
        name: pd.DataFrame(
            {
                year: ask(origin, destination, year=year, **extra).set_index("way")["cost_h"]
                for year in (BEFORE, AFTER)
            }
        )
        for name, origin, destination, extra in PAIRS
    }


def _roads(costs: dict[str, pd.DataFrame]) -> str:
    hours = {f"{name}, {year}": table[year] for name, table in costs.items() for year in table}
    columns = {"way": TableColumn("road")}
    columns |= {head: TableColumn(head, align="right", write=partial(text.fixed, digits=1)) for head in hours}
    return to_markdown(TableView.from_frame(pd.DataFrame(hours).reset_index(), columns))


def _roads_read(costs: dict[str, pd.DataFrame]) -> str:
    """Say which road costs Kazakhstan most, pair by pair."""
    lines = []
    for name, table in costs.items():
        worst = str(table[AFTER].idxmax())
        before, after = (text.fixed(table.loc[worst, year], unit="h") for year in (BEFORE, AFTER))
        lines.append(f"- {name}: in {AFTER} the dearest is *{worst}*, {after} ({before} in {BEFORE}).")
    return "\n".join(lines)


# ---------------------------------------------------------------- single questions


def _maimak(network: Network) -> str:
    """Say whether the railway through Kazakhstan keeps out of Kyrgyzstan, and what keeping out costs."""
    conditions: dict[str, Any] = {"modes": ["rail"], "via": ["Altynkol"], "year": BEFORE}
    usual = find_route(network, "Xi'an", "Tashkent", **conditions)
    lines = [
        f"The quickest railway route Xi'an - Tashkent over Altynkol crosses {text.name_states(network, usual.states)}"
        + (
            f" and touches {text.name_states(network, usual.touches)} without a stop."
            if usual.touches
            else "."
        )
    ]
    touched = usual.steps.loc[usual.steps["state"] == "KGZ", "length_km"].sum()
    lines.append(f"It runs {text.fixed(touched)} km on the ground of Kyrgyzstan, near Maimak.")
    table = bypass(network, "Xi'an", "Tashkent", states=["KGZ"], modes=["rail"], year=BEFORE)
    row = table.iloc[0]
    if np.isfinite(row["penalty_h"]):
        lines.append(
            f"Without a kilometre in Kyrgyzstan the railway needs {text.fixed(row['penalty_h'])} h and "
            f"{text.fixed(row['penalty_km'])} km more, by {text.name_states(network, row['detour_states'].split())}."
        )
    else:
        lines.append("Without a kilometre in Kyrgyzstan no railway route is left.")
    lines.append(
        "So this railway does not bypass Kyrgyzstan in the strict sense: it needs its ground, though none of its posts."
        if touched
        else "So this railway keeps out of Kyrgyzstan."
    )
    return " ".join(lines)


def _caspian(network: Network) -> str:
    """Set the route over the Caspian beside those through Kazakhstan."""
    routes = [
        find_route(network, "Moscow", "Osh", corridor=key)
        for key in ("moscow-osh-caspian", "moscow-osh-kaz-road", "moscow-osh-kaz-rail")
    ]
    columns = (
        TableColumn("corridor"),
        TableColumn("km", align="right"),
        TableColumn("hours", align="right"),
        TableColumn("states"),
        TableColumn("assumed", align="right"),
    )
    rows = [
        (
            route.name,
            text.fixed(route.length_km),
            text.with_range(route.time_h, route.time_low_h, route.time_high_h),
            " ".join(route.states),
            text.per_cent(route.evidence_shares()["assumed"]),
        )
        for route in routes
    ]
    caspian, road = routes[:2]
    more_h, more_km = caspian.time_h - road.time_h, caspian.length_km - road.length_km
    return (
        f"{to_markdown(TableView(columns, rows))}\n\n"
        f"The route over the Caspian costs {text.fixed(more_h)} h more than the road through Kazakhstan (expected "
        f"values), {text.fixed(caspian.time_h / road.time_h, 1)} times its time, and {text.fixed(more_km)} km more."
    )


def _even(network: Network) -> str:
    parts = []
    for at, name in (("khorgos", "Khorgos"), ("irkeshtam-kgz", "Irkeshtam")):
        table = break_even(network, "Xi'an", "Tashkent", at=at, year=BEFORE)
        columns = {"from_h": "from, h", "to_h": "to, h", "states": "best route", "time_from_h": "hours, from"}
        columns |= {"time_to_h": "to", "is_today": "today"}
        today = table["today_h"].iloc[0]
        parts += [f"{name} (today {text.fixed(today)} h):", markdown_table(table, columns)]
    return "\n\n".join(parts)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    write_atomically(target, page(load_network()))
    print(f"written: {target}")
