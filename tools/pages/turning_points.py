"""Where another way becomes the best: fees, prices of fuel, values of time; for the page on money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor import Scenario, apply_scenarios, break_even, find_route
from cacorridor.costs.prices import value_of_goods_time
from cacorridor.network.model import SEA
from cacorridor.views import text
from tools.pages.best_ways import PAIRS, TO_HAMBURG, TO_ISTANBUL, TO_TASHKENT, YEARS, table_of

if TYPE_CHECKING:
    from cacorridor import Network

FUEL_USD = 3.0  # a litre more: four times what diesel cost in most of the states
HOUR_USD = 20.0  # of a container; a round number for the page, not an estimate
MOST_HOUR_USD = 300.0  # of a container: above that of any goods in the data
FEES = (  # the states that compete for a pair
    (TO_TASHKENT, "KAZ"),
    (("Kashgar", "Tashkent"), "KGZ"),
    (("Moscow", "Osh"), "KAZ"),
    (TO_ISTANBUL, "KAZ"),
    (TO_ISTANBUL, "RUS"),
    (TO_HAMBURG, "KAZ"),
    (TO_HAMBURG, "RUS"),
)
OCEANS_FROM = "shanghai"
LOAD = "feu"
WAY = ("Best way", "Hours", "USD", "kg CO2e")  # at today's prices


def without_ocean(network: Network) -> Network:
    """Take the ocean lanes away, so that ways lead over land, the Caspian and the Black Sea."""
    lanes = [
        row["id"]
        for row in network.rows("links")
        if row["mode"] == SEA and OCEANS_FROM in row["id"].split(":")
    ]
    edit = {"table": "links", "row": ";".join(lanes), "operation": "close", "column": "", "value": ""}
    return apply_scenarios(network, Scenario.of("no ocean", pd.DataFrame([{**edit, "note": "no ocean"}])))


def fees(network: Network) -> str:
    """Tell up to which transit fee each way is the best."""
    rows: list[list[str]] = []
    for pair, state in FEES:
        # years with the same answer are told together
        years_of: dict[tuple[tuple[str, ...], ...], list[str]] = {}
        for year in YEARS:
            options: dict[str, Any] = {"criterion": "generalised", "value_of_time": HOUR_USD, "year": year}
            table = break_even(network, *pair, at=state, what="fee", **options)
            pieces = tuple(map(tuple, _pieces(table, "usd", digits=0)))
            years_of.setdefault(pieces, []).append(str(year))
        named = " - ".join(pair), network.state_name(state)
        rows += [[*named, ", ".join(years), *cells] for pieces, years in years_of.items() for cells in pieces]
    return table_of(["From, to", "Fee of", "Year", "Fee, USD", *WAY], rows)


def fuel(network: Network, year: int) -> str:
    """Tell up to which rise of the price of fuel each way is the cheapest."""
    rows: list[list[str]] = []
    for means, under in (("no ocean", without_ocean(network)), ("with the ocean", network)):
        for pair in PAIRS:
            table = break_even(under, *pair, what="fuel", up_to=FUEL_USD, criterion="cost", year=year)
            rows += [[" - ".join(pair), means, *cells] for cells in _pieces(table, "usd_per_l", digits=2)]
    return table_of(["From, to", "By", "USD a litre more", *WAY], rows)


def worth_of_hours(network: Network, year: int) -> str:
    """Tell from which value of an hour each way is the best."""
    rows: list[list[str]] = []
    for pair in PAIRS:
        options: dict[str, Any] = {"up_to": MOST_HOUR_USD, "criterion": "cost", "year": year}
        table = break_even(network, *pair, what="value_of_time", **options)
        rows += [[" - ".join(pair), *cells] for cells in _pieces(table, "usd_per_h", digits=1)]
    return table_of(["From, to", "USD an hour", *WAY], rows)


def goods(network: Network, year: int) -> str:
    """Tell which way is the best for each kind of goods, by what an hour of it is worth."""
    kinds = sorted(
        (value_of_goods_time(network, row["goods"], LOAD), row["goods"])
        for row in network.rows("rates")
        if row["what"] == "time"
    )
    rows = []
    for pair in PAIRS:
        for hour_usd, kind in kinds:
            route = find_route(network, *pair, criterion="generalised", value_of_time=hour_usd, year=year)
            amounts = (route.time_h, route.cost_usd, route.co2e_kg)
            figures = [" ".join(route.states), *map(text.fixed, amounts)]
            rows.append([" - ".join(pair), kind, text.fixed(hour_usd, 1), *figures])
    return table_of(["From, to", "Goods", "USD an hour", *WAY], rows)


def _pieces(table: pd.DataFrame, unit: str, digits: int) -> list[list[str]]:
    """Write each piece of a break-even: from where to where, and the way that is best there."""
    last = table[f"to_{unit}"].max()
    rows = []
    for _, row in table.iterrows():
        start, end = (text.fixed(row[f"{side}_{unit}"], digits) for side in ("from", "to"))
        span = f"from {start}" if row[f"to_{unit}"] == last else f"{start} to {end}"
        amounts = (row[column] for column in ("time_h", "cost_usd", "co2e_kg"))
        rows.append([span, str(row["states"]), *map(text.fixed, amounts)])
    return rows
