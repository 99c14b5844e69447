"""The best way of each pair by each criterion, in words and in figures, for the page on money and carbon."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cacorridor import find_route, pareto
from cacorridor.views import text
from cacorridor.views.markdown import to_markdown
from cacorridor.views.tables import TableColumn, TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor import Network
    from cacorridor.routing.routes import Route

YEARS = (2026, 2031)
BEST = {"time": "quickest", "cost": "cheapest", "emissions": "cleanest"}
SUREST = "surest"  # not a criterion of searches: read off the ways that no other betters
TO_TASHKENT, TO_ISTANBUL, TO_HAMBURG = (("Xi'an", end) for end in ("Tashkent", "Istanbul", "Hamburg"))
PAIRS = (TO_TASHKENT, TO_ISTANBUL, TO_HAMBURG)
STATES_NAMED = 4
HEAD = ("Hours", "in 8 of 10", "USD", "in 8 of 10", "kg CO2e", "in 8 of 10")


def answers(network: Network) -> str:
    """Answer in words which way is the best by each criterion, for every pair and year."""
    lines = []
    for pair in PAIRS:
        # years with one answer are told together
        years_of: dict[str, list[str]] = {}
        for year in YEARS:
            told = [
                f"{word} {_manner(network, route)} ({_amount(word, route)})"
                for word, route in _best_routes(network, pair, year).items()
            ]
            years_of.setdefault("; ".join(told), []).append(str(year))
        lines += [
            f"- **{' - '.join(pair)}, {' and '.join(years)}**: {told}." for told, years in years_of.items()
        ]
    return "\n".join(lines)


def best(network: Network) -> str:
    """Tell the best way by each criterion for every pair and year, in figures."""
    rows: list[list[str]] = []
    for pair in PAIRS:
        # years with the same answer share a row
        years_of: dict[tuple[str, ...], list[str]] = {}
        for year in YEARS:
            for word, route in _best_routes(network, pair, year).items():
                cells = (word, " ".join(route.states), *figures_of(route))
                years_of.setdefault(cells, []).append(str(year))
        rows += [[" - ".join(pair), ", ".join(years), *cells] for cells, years in years_of.items()]
    return table_of(["From, to", "Year", "Best", "States", *HEAD], rows)


@cache
def _best_routes(network: Network, pair: tuple[str, str], year: int) -> dict[str, Route]:
    """Find the best route by each criterion, and the surest of those that no other betters."""
    routes = {
        word: find_route(network, *pair, year=year, criterion=criterion) for criterion, word in BEST.items()
    }
    return {**routes, SUREST: min(pareto(network, *pair, year=year), key=lambda route: route.time_high_h)}


def _manner(network: Network, route: Route) -> str:
    """Say by what and through which states a route goes between the states of its ends."""
    families = " and ".join(dict.fromkeys(network.families[mode] for mode in route.modes))
    between = [network.state_name(state) for state in route.states[1:-1]]
    shown = between[:STATES_NAMED]
    rest = [f"{len(between) - len(shown)} more"] * (len(between) > len(shown))
    return f"by {families}" + (f" through {', '.join([*shown, *rest])}" if between else "")


def _amount(word: str, route: Route) -> str:
    """Write the figure by which a route is the best."""
    if word == BEST["cost"]:
        return f"{text.fixed(route.cost_usd)} USD"
    if word == BEST["emissions"]:
        return f"{text.fixed(route.co2e_kg)} kg"
    if word == SUREST:
        return f"{text.fixed(route.time_high_h)} h in 9 of 10"
    return f"{text.fixed(route.time_h)} h"


# ---------------------------------------------------------------- cells


def figures_of(route: Route) -> list[str]:
    """Write hours, dollars and grams, each with its range."""
    triples = (
        (route.time_h, route.time_low_h, route.time_high_h),
        (route.cost_usd, route.cost_low_usd, route.cost_high_usd),
        (route.co2e_kg, route.co2e_low_kg, route.co2e_high_kg),
    )
    return [cell for mean, low, high in triples for cell in (text.fixed(mean), text.whole_range(low, high))]


def table_of(head: Sequence[str], rows: list[list[str]]) -> str:
    """Write a table of texts."""
    return to_markdown(TableView([TableColumn(label) for label in head], rows), spaced_rule=True)
