"""Write the page on states: ``python -m tools.states docs/states.md``."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cacorridor import (
    break_even,
    bypass,
    coalitions,
    find_route,
    leverage,
    load_network,
    minimal_cuts,
    vital_links,
)
from cacorridor.network.files import write_atomically
from cacorridor.views import text as words

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from cacorridor import Network, Route

BEFORE, AFTER = 2026, 2031
SHOWN = 8  # rows of a long table

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


class Road(NamedTuple):
    """A road around Kazakhstan: its name, and the links without which it is none."""

    name: str
    picks: Callable[[pd.DataFrame], pd.Series[bool]]


def _between(one: str, other: str, links: pd.DataFrame) -> pd.Series[bool]:
    ends = links["from_state"] + links["to_state"]
    return ends.isin([one + other, other + one])


def _by(mode: str, one: str, other: str, links: pd.DataFrame) -> pd.Series[bool]:
    return _between(one, other, links) & (links["mode"] == mode)


ROADS = (
    Road("the railway China - Kyrgyzstan - Uzbekistan", partial(_by, "rail_1435", "CHN", "KGZ")),
    Road("the roads China - Kyrgyzstan (Irkeshtam, Torugart)", partial(_by, "road", "CHN", "KGZ")),
    Road("all ways China - Kyrgyzstan", partial(_between, "CHN", "KGZ")),
    Road("the road China - Tajikistan (Kulma)", partial(_between, "CHN", "TJK")),
    Road("the road China - Pakistan (Khunjerab)", partial(_between, "CHN", "PAK")),
    Road("China - Mongolia - Russia", partial(_between, "CHN", "MNG")),
    Road("lines Russia - Turkmenistan on the Caspian", partial(_between, "RUS", "TKM")),
    Road("Russia - Azerbaijan", partial(_between, "RUS", "AZE")),
    Road("lines Azerbaijan - Turkmenistan on the Caspian", partial(_between, "AZE", "TKM")),
)


def page(network: Network) -> str:
    """Lay out the page in Markdown."""
    costs = _costs(network)
    return TEXT.format(
        before=BEFORE,
        after=AFTER,
        pairs="\n".join(_pair(network, *pair) for pair in PAIRS),
        roads=_roads(costs),
        roads_read=_roads_read(costs),
        maimak=_maimak(network),
        caspian=_caspian(network),
        even=_even(network),
    )


# ---------------------------------------------------------------- one pair


def _pair(network: Network, heading: str, origin: str, destination: str, extra: dict[str, Any]) -> str:
    """Tell one pair: ways round each state, leverage before and after, what is vital, what blocks."""
    ask = partial(_both_years, network, origin, destination, extra)
    parts = [f"## {heading}: {origin} - {destination}"]
    for year, table in ask(bypass).items():
        parts += [f"Best route and the ways round, {year}:", _bypass_table(network, table)]
    parts += ["Leverage, before and after:", _leverage_table(ask(leverage))]
    parts += [f"The coalitions that carry a better route than any smaller one, {AFTER}:"]
    parts += [_table(ask(coalitions)[AFTER].head(SHOWN), {"states": "states", "time_h": "hours"})]
    lost = ask(vital_links)[AFTER].head(5)
    parts += [f"The most vital links, {AFTER}:"]
    parts += [_table(lost, {"name": "link", "mode": "mode", "delta_h": "hours added", "detour_states": "detour"})]
    for of, limit in (("states", np.inf), ("crossings", 48.0)):
        sets = ask(partial(minimal_cuts, of=of, more_than_h=limit))[AFTER]
        what = "cuts the pair" if limit == np.inf else f"cuts the pair or adds more than {limit:.0f} hours"
        parts += [f"The smallest sets of {of}, up to three, whose absence {what}, {AFTER}:"]
        columns = {of: of, "size": "size", "delta_h": "hours added"}
        parts += [_table(sets.head(SHOWN), columns) if len(sets) else "There is none."]
    return "\n\n".join(parts) + "\n"


def _both_years(
    network: Network,
    origin: str,
    destination: str,
    extra: dict[str, Any],
    question: Callable[..., pd.DataFrame],
) -> dict[int, pd.DataFrame]:
    return {year: question(network, origin, destination, year=year, **extra) for year in (BEFORE, AFTER)}


def _bypass_table(network: Network, table: pd.DataFrame) -> str:
    links = network.links
    shown = table.assign(
        best=[f"{row.length_km:,.0f} km, {row.time_h:.0f} h" for row in table.itertuples()],
        hangs=[
            f"{network.place_name(links['from'][link])} - {network.place_name(links['to'][link])}"
            if link in links.index
            else ""
            for link in table.get("critical_link", [])
        ],
    )
    columns = {
        "states": "without",
        "role": "role",
        "best": "best route",
        "penalty_h": "penalty, h",
        "penalty_km": "penalty, km",
        "detour_states": "way round",
        "hangs": "hangs most on",
        "critical_link_delta_h": "its loss adds, h",
    }
    return _table(shown, columns)


def _leverage_table(by_year: dict[int, pd.DataFrame]) -> str:
    """Set the leverage of both years side by side, the largest of the later year first."""
    before, after = (by_year[year].set_index("state") for year in (BEFORE, AFTER))
    both = after[["state_name", "leverage_h", "leverage_share"]].join(
        before[["leverage_h", "leverage_share"]].add_suffix("_before"), how="outer"
    )
    both["state_name"] = both["state_name"].fillna(before["state_name"])
    both = both.fillna({column: 0.0 for column in both if column != "state_name"})
    both = both.sort_values("leverage_h", ascending=False).head(SHOWN)
    columns = {
        "state_name": "state",
        "leverage_h_before": f"{BEFORE}, h",
        "leverage_share_before": f"{BEFORE}, share",
        "leverage_h": f"{AFTER}, h",
        "leverage_share": f"{AFTER}, share",
    }
    sums = ", ".join(
        f"{year}: {table['saving_h'].iloc[0]:.0f} h saved against {table['outside_h'].iloc[0]:.0f} h by sea"
        for year, table in by_year.items()
        if len(table)
    )
    return f"{_table(both, columns)}\n\n{sums}."


# ---------------------------------------------------------------- roads around Kazakhstan


def _costs(network: Network) -> dict[str, pd.DataFrame]:
    """Compute what each road costs Kazakhstan in each pair: for each pair roads x years, hours."""
    import pandas as pd

    roads = [road.name for road in ROADS]
    costs = {name: pd.DataFrame(0.0, index=roads, columns=[BEFORE, AFTER]) for name, *_ in PAIRS}
    full = {
        (name, year): leverage(network, origin, destination, year=year, **extra)
        for name, origin, destination, extra in PAIRS
        for year in (BEFORE, AFTER)
    }
    for road in ROADS:
        fewer = _without(network, road)
        for year in (BEFORE, AFTER):
            for name, origin, destination, extra in PAIRS:
                held = full[name, year]
                outside_h = held["outside_h"].iloc[0]
                game = leverage(fewer, origin, destination, year=year, outside_h=outside_h, **extra)
                costs[name].loc[road.name, year] = _share_of(game, "KAZ") - _share_of(held, "KAZ")
    return costs


def _without(network: Network, road: Road) -> Network:
    """Take a road out of the network."""
    links, table = network.links, network.tables["links"]
    lost = set(links.index[road.picks(links)])
    return network.with_table("links", table[~table["id"].isin(lost)])


def _share_of(table: pd.DataFrame, state: str) -> float:
    return float(table.loc[table["state"] == state, "leverage_h"].sum())


def _roads(costs: dict[str, pd.DataFrame]) -> str:
    heads = [f"{name}, {year}" for name in costs for year in (BEFORE, AFTER)]
    lines = ["| road | " + " | ".join(heads) + " |", "|---|" + "---:|" * len(heads)]
    for road in ROADS:
        cells = [f"{table.loc[road.name, year]:.1f}" for table in costs.values() for year in (BEFORE, AFTER)]
        lines.append(f"| {road.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _roads_read(costs: dict[str, pd.DataFrame]) -> str:
    """Say which road costs Kazakhstan most, pair by pair."""
    lines = []
    for name, table in costs.items():
        worst = str(table[AFTER].idxmax())
        lines.append(
            f"- {name}: in {AFTER} the dearest is *{worst}*, {table.loc[worst, AFTER]:.0f} h "
            f"({table.loc[worst, BEFORE]:.0f} h in {BEFORE})."
        )
    return "\n".join(lines)


# ---------------------------------------------------------------- single questions


def _maimak(network: Network) -> str:
    """Tell whether the railway through Kazakhstan keeps out of Kyrgyzstan, and what keeping out costs."""
    conditions: dict[str, Any] = {"modes": ["rail"], "via": ["Altynkol"], "year": BEFORE}
    usual = find_route(network, "Xi'an", "Tashkent", **conditions)
    lines = [
        f"The quickest railway route Xi'an - Tashkent over Altynkol crosses {_named(network, usual.states)}"
        + (f" and touches {_named(network, usual.touches)} without a stop." if usual.touches else ".")
    ]
    touched = usual.steps.loc[usual.steps["state"] == "KGZ", "length_km"].sum()
    lines.append(f"It runs {touched:.0f} km on the ground of Kyrgyzstan, near Maimak.")
    table = bypass(network, "Xi'an", "Tashkent", states=["KGZ"], modes=["rail"], year=BEFORE)
    row = table.iloc[0]
    if np.isfinite(row["penalty_h"]):
        lines.append(
            f"Without a kilometre in Kyrgyzstan the railway needs {row['penalty_h']:.0f} h and "
            f"{row['penalty_km']:,.0f} km more, by {_named(network, row['detour_states'].split())}."
        )
    else:
        lines.append("Without a kilometre in Kyrgyzstan no railway route is left.")
    lines.append(
        "So this railway does not bypass Kyrgyzstan in the strict sense: it needs its ground, though none of its posts."
        if touched
        else "So this railway bypasses Kyrgyzstan."
    )
    return " ".join(lines)


def _caspian(network: Network) -> str:
    """Set the route over the Caspian beside those through Kazakhstan."""
    routes = [
        find_route(network, "Moscow", "Osh", corridor=key)
        for key in ("moscow-osh-caspian", "moscow-osh-kaz-road", "moscow-osh-kaz-rail")
    ]
    lines = ["| corridor | km | hours | states | assumed |", "|---|---:|---:|---|---:|"]
    for route in routes:
        shares = route.evidence_shares()
        lines.append(
            f"| {route.name} | {route.length_km:,.0f} | {_hours(route)} | {' '.join(route.states)} "
            f"| {shares['assumed']:.0%} |"
        )
    caspian, road = routes[:2]
    lines += [
        "",
        (
            f"The route over the Caspian costs {caspian.time_h - road.time_h:.0f} h more than the road through "
            f"Kazakhstan (expected values), {caspian.time_h / road.time_h:.1f} times its time, and "
            f"{caspian.length_km - road.length_km:,.0f} km more."
        ),
    ]
    return "\n".join(lines)


def _hours(route: Route) -> str:
    return f"{route.time_h:.0f} ({route.time_low_h:.0f}-{route.time_high_h:.0f})"


def _even(network: Network) -> str:
    parts = []
    for at, name in (("khorgos", "Khorgos"), ("irkeshtam-kgz", "Irkeshtam")):
        table = break_even(network, "Xi'an", "Tashkent", at=at, year=BEFORE)
        columns = {"from_h": "from, h", "to_h": "to, h", "states": "best route", "time_from_h": "hours, from"}
        columns |= {"time_to_h": "to", "is_today": "today"}
        today = table["today_h"].iloc[0]
        parts += [f"{name} (today {today:.0f} h):", _table(table, columns)]
    return "\n\n".join(parts)


# ---------------------------------------------------------------- words


def _named(network: Network, states: Any) -> str:
    return ", ".join(network.state_name(state) for state in states)


def _table(frame: pd.DataFrame, columns: dict[str, str]) -> str:
    """Write columns of a table in Markdown under other names."""
    lines = ["| " + " | ".join(columns.values()) + " |", "|" + "---|" * len(columns)]
    for _, row in frame.iterrows():
        cells = [_cell(row.get(column), share="share" in column) for column in columns]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(value: Any, *, share: bool) -> str:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else ""
    if not isinstance(value, float):
        return str(value)
    if np.isnan(value):
        return ""
    if np.isinf(value):
        return "no route"
    return f"{value:.1%}" if share else words.number(value)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    write_atomically(target, page(load_network()))
    print(f"written: {target}")
