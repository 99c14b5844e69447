"""Head lines: under which conditions an answer holds, so that it can be asked again."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from cacorridor.costs.loads import LOADS
from cacorridor.costs.measures import MEASURES, columns
from cacorridor.network.schema import CLOCKS
from cacorridor.routing.conditions import Conditions
from cacorridor.routing.query import Query
from cacorridor.views import text
from cacorridor.views.text import MONTHS, name_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route


def describe_conditions(
    network: Network,
    conditions: Conditions,
    years: Sequence[int | None] | None = None,
    *,
    row_by_scenario: bool = False,
) -> str:
    """List the conditions of a question: level, years, month, modes, avoided states, scenario, all else set.

    Parameters
    ----------
    network
        The network that was asked.
    conditions
        The conditions, or a whole query; of a query, its pins are listed too.
    years
        The years of a question that is asked for several.
    row_by_scenario
        Whether the answer names the scenario of each row.

    Returns
    -------
    str
        One line.

    """
    parts = [
        f"level {conditions.level}",
        describe_years(network, [conditions.year] if years is None else years),
        "any month" if conditions.month is None else f"month {MONTHS[conditions.month - 1]}",
        _describe_modes(conditions.modes),
        f"avoiding {_state_list(network, conditions.avoid) or 'no state'}",
        *_others(conditions),
        *(_pins(network, conditions) if isinstance(conditions, Query) else ()),
        _scenarios(network.applied, row_by_scenario=row_by_scenario),
    ]
    return ", ".join(parts)


def describe_years(network: Network, years: Sequence[int | None]) -> str:
    """Say of which years an answer speaks, and of which day the data are.

    Parameters
    ----------
    network
        The network that is asked.
    years
        The years; None is today.

    Returns
    -------
    str
        A few words.

    """
    # what "today" means is the day of the data, not that of the reader
    day = f"data of {network.as_of}" if network.as_of else "the data do not say of which day"
    labels = ", ".join("today" if year is None else f"year {year}" for year in years)
    return f"{labels} ({day})"


def describe_unused_month(routes: Iterable[Route], without_month: Iterable[Route | None]) -> str:
    """Say whether the month of a question changes any of its routes; nothing if it does, or none was asked.

    Parameters
    ----------
    routes
        Routes of a month.
    without_month
        The same routes, asked without a month.

    Returns
    -------
    str
        A sentence, or an empty text.

    """
    # a route that exists in this month alone is no unchanged one
    pairs = list(zip(routes, without_month, strict=True))
    if any(other is None or not _are_same(route, other) for route, other in pairs):
        return ""
    return f"the month changes nothing on {'this route' if len(pairs) == 1 else 'these routes'}"


def _are_same(route: Route, other: Route) -> bool:
    """Compare two routes step by step."""
    # the same links may take other hours: a month has its own waits
    import numpy as np

    if route.links != other.links or len(route.table) != len(other.table):
        return False
    return bool(np.allclose(route.table.hours, other.table.hours)) and route.modes == other.modes


def _describe_modes(modes: frozenset[str]) -> str:
    every = Conditions().modes  # none means every mode
    return "all modes" if not modes or modes == every else f"modes {' '.join(sorted(modes))}"


def _stretch(modes: frozenset[str] | None) -> str:
    return "any mode" if modes is None else "/".join(sorted(modes))


def _state_list(network: Network, states: Iterable[str]) -> str:
    return name_states(network, sorted(states)) if states else ""


def _scenarios(applied: Sequence[str], *, row_by_scenario: bool) -> str:
    names = f"scenario {' + '.join(applied)}" if applied else ""
    if row_by_scenario:
        return f"each row in its scenario, on top of {names}" if names else "each row in its scenario"
    return names or "no scenario"


def _others(conditions: Conditions) -> list[str]:
    """List the conditions without words of their own that differ from their defaults."""
    # a new condition is listed by its name, without a line here
    worded = {"level", "year", "month", "modes", "avoid"}
    rest = (
        each for each in fields(type(conditions)) if "meaning" in each.metadata and each.name not in worded
    )
    return [
        _setting(each.name.replace("_", " "), setting)
        for each in rest
        if (setting := getattr(conditions, each.name)) != each.default
    ]


def _setting(name: str, setting: Any) -> str:
    if setting is True:
        return name
    return f"{name} {' '.join(sorted(setting)) if isinstance(setting, frozenset) else setting}"


def _pins(network: Network, query: Query) -> list[str]:
    """List the places and states that a route is pinned to."""
    pins = [f"via {network.place_name(place)}" for place in query.via]
    if query.stretches:
        pins.append(f"by stretch {', '.join(map(_stretch, query.stretches))}")
    if query.through:
        pins.append(f"through {_state_list(network, query.through)}")
    # what the clock counts changes the hours of a route, not its way
    if query.count != CLOCKS[0]:
        pins.append("counted from terminal to terminal")
    return [*pins, *getattr(query, "notes", ())]  # how names and pins were understood


def describe_load(route: Route) -> str:
    """Say what the load of a route costs and emits, with ranges; empty where the data know neither."""
    totals = route.totals()
    amounts = []
    for measure in MEASURES.values():
        if measure.table and math.isfinite(totals[measure.column]):
            mean, low, high = (totals[name] for name in columns(measure))
            amounts.append(f"{text.amount(measure, mean)} ({text.number(low)}-{text.number(high)})")
    return f"{LOADS[route.query.load].meaning}: {', '.join(amounts)}" if amounts else ""
