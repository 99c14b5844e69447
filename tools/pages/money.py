"""Write the page on hours, dollars and grams: ``python -m tools.pages.money docs/money.md``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor import NoRouteError, alternatives, bypass, find_route, load_network, pareto
from cacorridor.network.files import write_atomically
from cacorridor.views import text
from cacorridor.views.choices import describe_alternative
from tools.pages.best_ways import (
    HEAD,
    PAIRS,
    TO_HAMBURG,
    TO_ISTANBUL,
    TO_TASHKENT,
    YEARS,
    answers,
    best,
    figures_of,
    table_of,
)
from tools.pages.fronts import draw
from tools.pages.turning_points import HOUR_USD, fees, fuel, goods, without_ocean, worth_of_hours
from tools.pages.unit_costs import unit_costs

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from cacorridor import Network
    from cacorridor.routing.routes import Route

PICTURE = "money-fronts.svg"
INLAND = ["rail", "road"]
MOSCOW_OSH = ("Moscow", "Osh")
OCEAN = {"via": "Shanghai", "modes": ["rail", "sea"], "avoid": ["KAZ"]}

WAYS: tuple[tuple[str, tuple[str, str], dict[str, Any]], ...] = (
    ("Through Kazakhstan", TO_TASHKENT, {"avoid": ["KGZ"], "allow_touch": True}),
    ("China - Kyrgyzstan - Uzbekistan", TO_TASHKENT, {"through": ["KGZ"], "avoid": ["KAZ"], "modes": INLAND}),
    (
        "Russia - Caspian - Turkmenistan - Uzbekistan - Kyrgyzstan",
        MOSCOW_OSH,
        {"through": ["TKM", "UZB"], "avoid": ["KAZ", "IRN"]},
    ),
    ("Russia - Kazakhstan - Kyrgyzstan", MOSCOW_OSH, {"through": ["KAZ"]}),
    ("Northern route", TO_HAMBURG, {"through": ["KAZ", "RUS", "BLR", "POL"]}),
    ("Trans-Caspian", TO_ISTANBUL, {"through": ["KAZ", "AZE", "GEO"], "avoid": ["RUS"]}),
    ("Southern route", TO_ISTANBUL, {"through": ["IRN"], "avoid": ["RUS"], "modes": INLAND}),
    ("By the ocean and Iran", TO_TASHKENT, OCEAN),
    *(
        (f"By the ocean {how}", ends, {**OCEAN, "scenario": scenario})
        for ends in (TO_ISTANBUL, TO_HAMBURG)
        for how, scenario in (("through Suez", None), ("round the Cape", "cape"))
    ),
)
ASSUMED = ("Hours assumed", "USD assumed", "kg assumed")

TEXT = """\
# Money and carbon: what a shipper weighs, what a minister compares

This page is generated (`make money`). Hours, dollars and grams are those of one 40-foot container with its usual load, at the
express level; dollars are of 2025, from terminal to terminal, without the container, its lifts at both ends and most of what a
forwarder adds; grams are of CO2 equivalent, well to wheel. Ranges are the 10th and 90th percentile of what the model expects.
[method.md](method.md) says how each is made, [validation.md](validation.md) how far prices are from published through rates.

## Which way?

{answers}

Quickest, cheapest and cleanest are the best routes by that criterion alone; surest is, of all ways that no other betters in hours,
dollars, grams and borders, the one that keeps the least hours in 9 of 10 journeys.

{best}

## The ways, in {year}

Each is the cheapest of its kind. The last three columns say how much of the hours, the dollars and the grams rests on figures that are
assumed: where that is much, a small difference says little.

{ways}

## Ways that truly differ

Ways that no other betters in hours, dollars, grams and borders all together, of which any two share at most four fifths of their
kilometres and of their crossings and modes.

{choices}

## What can be had for what

![Ways that no other betters: hours against dollars]({picture})

Every dot is a way that no other betters in hours, dollars, grams and borders, without those within 3 % of one that is shown ({year}). Of
Xi'an - Istanbul, in figures:

{front}

## What a bypass costs

The cheapest way without a state, less the cheapest with it, in {year}, over land, the Caspian and the Black Sea but not over the ocean
(which is cheaper than most of them); both in the same worlds, so that a range below 0 means that the way round may well be the better one.

{bypass}

## Whose goods go which way?

What an hour is worth decides between the ocean, the railway and the truck. First by kind of goods: the value of time of a container of each
(`time` in `data/geo/rates.csv`; the value of bulk and of general goods is assumed within sourced bounds), and the way that is best by
dollars and hours together, in {year}.

{goods}

Then the same without naming goods: from which value of an hour another way is the best, solved exactly. Through rates by rail stand above
the model by what it leaves out ([validation.md](validation.md)): each dollar more by rail moves the bound between the ocean and the
railway up by one over the hours that lie between them.

{worth}

## At which transit fee another way wins

A fee is paid for each container at each entry into the state, on top of what is paid today; all modes, the ocean as the outside option,
for generalised cost at {hour} dollars an hour (a round number, not an estimate). Solved exactly, not searched. A fee that ends where another
way wins is the most that the state can take: with it all gain of its way is gone. Figures of a way are those without the fee.

{fees}

## At which price of fuel another way wins

What a litre of diesel costs on top of today's price, all of it passed on; the cheapest way, all modes. Electric railways pay none of it.
Figures of a way are those of today's price.

{fuel}

## What a tonne-kilometre costs and emits

The runs of today's network, express, a 40-foot container with 20 t: the median and what 8 of 10 lie in. Borders, handling, waits and
the empty return of the container are not in it.

{unit_costs}
"""


def page(network: Network) -> str:
    """Write the page."""
    year = YEARS[0]
    return TEXT.format(
        year=year,
        hour=text.fixed(HOUR_USD),
        picture=PICTURE,
        answers=answers(network),
        ways=ways(network, year),
        best=best(network),
        choices="\n\n".join(choices(network, pair, year) for pair in PAIRS),
        front=front(network, TO_ISTANBUL, year),
        bypass=bypasses(network, year),
        goods=goods(network, year),
        worth=worth_of_hours(network, year),
        fees=fees(network),
        fuel=fuel(network, year),
        unit_costs=unit_costs(network),
    )


def ways(network: Network, year: int) -> str:
    """Set the named ways side by side."""
    rows = []
    for name, ends, conditions in WAYS:
        try:
            route = find_route(network, *ends, year=year, criterion="cost", **conditions)
        except NoRouteError:
            rows.append([name, " - ".join(ends), *[text.NO_ROUTE] * (len(HEAD) + 4)])
            continue
        rows.append([name, " - ".join(ends), " ".join(route.states), *figures_of(route), *_assumed(route)])
    return table_of(["Way", "From, to", "States", *HEAD, *ASSUMED], rows)


def choices(network: Network, pair: tuple[str, str], year: int) -> str:
    """Name the alternatives of a pair, with their figures."""
    found = alternatives(network, *pair, year=year)
    rows = [[describe_alternative(network, way, found), *figures_of(way.route)] for way in found]
    return table_of([" - ".join(pair), *HEAD], rows)


def picture(network: Network, year: int) -> str:
    """Draw the thinned Pareto sets of all pairs."""
    fronts = {" - ".join(pair): pareto(network, *pair, year=year, thin=0.03) for pair in PAIRS}
    return draw(fronts, network.families)


def front(network: Network, pair: tuple[str, str], year: int) -> str:
    """Tabulate the thinned Pareto set of a pair."""
    shown = pareto(network, *pair, year=year, thin=0.03)
    rows = [
        [*_means(route), str(len(route.crossings)), " ".join(route.states), ", ".join(names)]
        for route, names in zip(shown, shown.best_at, strict=True)
    ]
    return table_of(["Hours", "USD", "kg CO2e", "Borders", "States", "Best at"], rows)


def bypasses(network: Network, year: int) -> str:
    """Tell what it costs to go round each state, in dollars, grams and hours."""
    rows: list[list[str]] = []
    over_land = without_ocean(network)
    for pair in (*PAIRS, MOSCOW_OSH):
        table = bypass(over_land, *pair, year=year, criterion="cost")
        rows += [
            [" - ".join(pair), network.state_name(row["states"]), *_penalties(row), str(row["detour_states"])]
            for _, row in table.fillna({"detour_states": ""}).iterrows()
        ]
    more = [cell for unit in ("USD", "kg CO2e", "Hours") for cell in (f"{unit} more", "in 8 of 10")]
    return table_of(["From, to", "Without", *more, "Instead"], rows)


# ---------------------------------------------------------------- cells


def _means(route: Route) -> list[str]:
    return [text.fixed(value) for value in (route.time_h, route.cost_usd, route.co2e_kg)]


def _assumed(route: Route) -> list[str]:
    """Write the shares of hours, dollars and grams that rest on assumed figures."""
    paid, emitted = route.costs(), route.emissions()
    usd = paid.loc[paid["basis"] == "assumed", "cost_usd"].sum() / route.cost_usd
    kg = emitted.loc[emitted["basis"].str.contains("assumed"), "co2e_kg"].sum() / route.co2e_kg
    return [text.per_cent(each) for each in (route.evidence_shares().get("assumed", 0.0), usd, kg)]


def _penalties(row: pd.Series) -> Iterable[str]:
    """Write what a bypass costs in dollars, grams and hours, each with its range."""
    for unit in ("usd", "kg", "h"):
        yield text.cell(float(row[f"penalty_{unit}"]))
        low, high = (float(row[f"penalty_{end}_{unit}"]) for end in ("low", "high"))
        yield text.whole_range(low, high, dash=" to ")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    everything = load_network()
    write_atomically(target, page(everything))
    write_atomically(target.with_name(PICTURE), picture(everything, YEARS[0]))
    print(f"written: {target}")
