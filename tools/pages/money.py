"""Write the page on hours, dollars and grams: ``python -m tools.pages.money docs/money.md``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor import NoRouteError, alternatives, break_even, bypass, find_route, load_network, pareto
from cacorridor.network.files import write_atomically
from cacorridor.views import text
from cacorridor.views.choices import describe_alternative
from cacorridor.views.markdown import to_markdown
from cacorridor.views.tables import TableColumn, TableView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from cacorridor import Network
    from cacorridor.routing.routes import Route

YEARS = (2026, 2031)
BEST = {"time": "quickest", "cost": "cheapest", "emissions": "cleanest"}
TO_TASHKENT, TO_ISTANBUL, TO_HAMBURG = (("Xi'an", end) for end in ("Tashkent", "Istanbul", "Hamburg"))
PAIRS = (TO_TASHKENT, TO_ISTANBUL, TO_HAMBURG)
INLAND = ["rail", "road"]
HOUR_USD = 20.0  # of a container; a round number for the page, not an estimate

WAYS: tuple[tuple[str, tuple[str, str], dict[str, Any]], ...] = (
    ("Through Kazakhstan", TO_TASHKENT, {"avoid": ["KGZ"], "allow_touch": True}),
    ("China - Kyrgyzstan - Uzbekistan", TO_TASHKENT, {"through": ["KGZ"], "avoid": ["KAZ"], "modes": INLAND}),
    (
        "Russia - Caspian - Turkmenistan - Uzbekistan - Kyrgyzstan",
        ("Moscow", "Osh"),
        {"through": ["TKM", "UZB"], "avoid": ["KAZ", "IRN"]},
    ),
    ("Russia - Kazakhstan - Kyrgyzstan", ("Moscow", "Osh"), {"through": ["KAZ"]}),
    ("Northern route", TO_HAMBURG, {"through": ["KAZ", "RUS", "BLR", "POL"]}),
    ("Trans-Caspian", TO_ISTANBUL, {"through": ["KAZ", "AZE", "GEO"], "avoid": ["RUS"]}),
    ("Southern route", TO_ISTANBUL, {"through": ["IRN"], "avoid": ["RUS"], "modes": INLAND}),
    (
        "By the ocean, to Istanbul",
        TO_ISTANBUL,
        {"via": "Shanghai", "modes": ["rail", "sea"], "avoid": ["KAZ"]},
    ),
)
FEES = ((TO_TASHKENT, "KAZ"), (TO_TASHKENT, "KGZ"), (TO_ISTANBUL, "KAZ"), (TO_ISTANBUL, "IRN"))
HEAD = ("Hours", "in 8 of 10", "USD", "in 8 of 10", "kg CO2e", "in 8 of 10")

TEXT = """\
# Money and carbon: what a shipper weighs, what a minister compares

This page is generated (`make money`). Hours, dollars and grams are those of one 40-foot container with its usual load, at the
express level; dollars are of 2025, from terminal to terminal; grams are of CO2 equivalent, well to wheel. Ranges are the 10th and 90th
percentile of what the model expects. [method.md](method.md) says how each is made, [validation.md](validation.md) how far prices are
from published through rates. The last column of the first table says how much of the dollars rests on assumed prices: where that is
much, a difference of some hundred dollars says little.

## The ways, in {year}

Each is the cheapest of its kind.

{ways}

## Quickest, cheapest, cleanest

{best}

## Ways that truly differ

Ways that no other betters in hours, dollars, grams and borders all together, of which any two share at most four fifths of their
kilometres and of their crossings and modes.

{choices}

## What can be had for what

Of Xi'an - Istanbul in {year}, the ways that no other betters, without those within 3 % of one that is shown.

{front}

## What a bypass costs

The cheapest way overland without a state, less the cheapest with it, in {year}.

{bypass}

## At which transit fee another way wins

A fee is paid for each container at each entry into the state, on top of what is paid today; overland, for generalised cost at {hour}
dollars an hour (a round number, not an estimate). Solved exactly, not searched.

{fees}
"""


def page(network: Network) -> str:
    """Write the page."""
    year = YEARS[0]
    return TEXT.format(
        year=year,
        hour=text.fixed(HOUR_USD),
        ways=ways(network, year),
        best=best(network),
        choices="\n\n".join(choices(network, pair, year) for pair in PAIRS),
        front=front(network, TO_ISTANBUL, year),
        bypass=bypasses(network, year),
        fees=fees(network),
    )


def ways(network: Network, year: int) -> str:
    """Set the named ways side by side."""
    rows = []
    for name, ends, conditions in WAYS:
        try:
            route = find_route(network, *ends, year=year, criterion="cost", **conditions)
        except NoRouteError:
            rows.append([name, " - ".join(ends), *[text.NO_ROUTE] * (len(HEAD) + 2)])
            continue
        rows.append([name, " - ".join(ends), " ".join(route.states), *_figures(route), _assumed(route)])
    return _table(["Way", "From, to", "States", *HEAD, "Dollars on assumed prices"], rows)


def best(network: Network) -> str:
    """Tell the best way by each criterion for every pair and year."""
    rows = []
    for pair in PAIRS:
        for year in YEARS:
            for criterion, word in BEST.items():
                route = find_route(network, *pair, year=year, criterion=criterion)
                manner = ", ".join(dict.fromkeys(network.families[mode] for mode in route.modes))
                rows.append(
                    [" - ".join(pair), str(year), word, manner, " ".join(route.states), *_figures(route)]
                )
    return _table(["From, to", "Year", "Best", "By", "States", *HEAD], rows)


def choices(network: Network, pair: tuple[str, str], year: int) -> str:
    """Name the alternatives of a pair, with their figures."""
    found = alternatives(network, *pair, year=year)
    rows = [[describe_alternative(network, way, found), *_figures(way.route)] for way in found]
    return _table([" - ".join(pair), *HEAD], rows)


def front(network: Network, pair: tuple[str, str], year: int) -> str:
    """Tabulate the thinned Pareto set of a pair."""
    shown = pareto(network, *pair, year=year, thin=0.03)
    rows = [
        [*_means(route), str(len(route.crossings)), " ".join(route.states), ", ".join(names)]
        for route, names in zip(shown, shown.best_at, strict=True)
    ]
    return _table(["Hours", "USD", "kg CO2e", "Borders", "States", "Best at"], rows)


def bypasses(network: Network, year: int) -> str:
    """Tell what it costs to go round each state, in dollars, grams and hours."""
    rows: list[list[str]] = []
    for pair in PAIRS:
        table = bypass(network, *pair, year=year, criterion="cost", modes=INLAND)
        rows += [
            [" - ".join(pair), network.state_name(row["states"]), *_penalties(row), str(row["detour_states"])]
            for _, row in table.fillna({"detour_states": ""}).iterrows()
        ]
    return _table(["From, to", "Without", "USD more", "kg CO2e more", "Hours more", "Instead"], rows)


def fees(network: Network) -> str:
    """Tell up to which transit fee each way is the best."""
    rows: list[list[str]] = []
    for (pair, state), year in ((each, year) for each in FEES for year in YEARS):
        table = break_even(
            network,
            *pair,
            at=state,
            what="fee",
            criterion="generalised",
            value_of_time=HOUR_USD,
            modes=INLAND,
            year=year,
        )
        for start, end, states in zip(table["from_usd"], table["to_usd"], table["states"], strict=True):
            span = (
                f"from {text.fixed(start)}"
                if end == table["to_usd"].max()
                else f"{text.fixed(start)} to {text.fixed(end)}"
            )
            rows.append([" - ".join(pair), network.state_name(state), str(year), span, states])
    return _table(["From, to", "Fee of", "Year", "Fee, USD", "Best way"], rows)


# ---------------------------------------------------------------- cells


def _figures(route: Route) -> list[str]:
    """Write hours, dollars and grams, each with its range."""
    triples = (
        (route.time_h, route.time_low_h, route.time_high_h),
        (route.cost_usd, route.cost_low_usd, route.cost_high_usd),
        (route.co2e_kg, route.co2e_low_kg, route.co2e_high_kg),
    )
    return [cell for mean, low, high in triples for cell in (text.fixed(mean), text.whole_range(low, high))]


def _means(route: Route) -> list[str]:
    return [text.fixed(value) for value in (route.time_h, route.cost_usd, route.co2e_kg)]


def _assumed(route: Route) -> str:
    """Write the share of the dollars that rests on assumed prices."""
    paid = route.costs()
    return text.per_cent(paid.loc[paid["basis"] == "assumed", "cost_usd"].sum() / route.cost_usd)


def _penalties(row: pd.Series) -> Iterable[str]:
    return (text.cell(float(row[name])) for name in ("penalty_usd", "penalty_kg", "penalty_h"))


def _table(head: Sequence[str], rows: list[list[str]]) -> str:
    return to_markdown(TableView([TableColumn(label) for label in head], rows), spaced_rule=True)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    write_atomically(target, page(load_network()))
    print(f"written: {target}")
