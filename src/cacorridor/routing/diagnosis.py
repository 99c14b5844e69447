"""Why there is no route: the smallest easing of each condition that would open one."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import TYPE_CHECKING

from cacorridor.errors import Obstacle
from cacorridor.routing.graph.search import best_path, supernetwork_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query

HORIZON = 2050  # the last expected opening that "not open yet" looks for


def describe_query(network: Network, query: Query) -> str:
    """Put a question into words."""
    words = [f"from {network.place_name(query.origin)} to {network.place_name(query.destination)}"]
    if query.via:
        words.append(f"via {', '.join(map(network.place_name, query.via))}")
    if query.through:
        words.append(f"through {', '.join(sorted(query.through))}")
    if query.avoid:
        words.append(f"avoiding {', '.join(sorted(query.avoid))}")
    if query.modes:
        words.append(f"by {', '.join(sorted(query.modes))}")
    if query.year:
        words.append(f"in {query.year}")
    if query.month:
        words.append(f"in month {query.month}")
    if query.scenarios:
        words.append(f"under scenario {', '.join(query.scenarios)}")
    return " ".join(words)


def diagnose(network: Network, query: Query) -> list[Obstacle]:
    """Name what blocks the way: the smallest easing of each kind that would open it."""
    # a state of which the network has nothing can be crossed by no way
    if absent := _states_without_ways(network, query):
        return [Obstacle("absent", (absent,), (_state_labels(network, absent),))]
    # a way that only doubles back is a way: say so first
    pinned = bool(query.through or query.via)
    if pinned and best_path(network, query, doubling=True) is not None:
        return [_doubles_back(network, query)]
    # each condition by itself
    reasons = [
        *_blocked_by_states(network, query),
        *_blocked_by_modes(network, query),
        *_blocked_by_years(network, query),
        *_blocked_by_shut_links(network, query),
        *_blocked_by_months(network, query),
    ]
    if reasons:
        return reasons
    # no condition is to blame alone: the pins are, or nothing joins the two ends
    unpinned = replace(query, through=frozenset(), via=(), stretches=())
    if pinned and best_path(network, unpinned) is not None:
        return [_doubles_back(network, query)]
    return [Obstacle("unconnected")]


def _states_without_ways(network: Network, query: Query) -> tuple[str, ...]:
    """List the states to be crossed in which the network has no place."""
    known = set(network.state_of.values())
    return tuple(sorted(query.through - known))


def _doubles_back(network: Network, query: Query) -> Obstacle:
    through = sorted(query.through)
    names, labels = (*through, *query.via), (*through, *map(network.place_name, query.via))
    return Obstacle("pins", (names,), (labels,))


def _blocked_by_states(network: Network, query: Query) -> list[Obstacle]:
    """Find the smallest sets of avoided states of which one must be crossed."""
    # the gentlest easing: a train may run through unstopped
    touching = replace(query, allow_touch=True)
    if query.avoid and not query.allow_touch and best_path(network, touching) is not None:
        return [Obstacle("touch", (tuple(sorted(query.avoid)),))]
    sets = _smallest_sets(
        sorted(query.avoid),
        lambda states: best_path(network, replace(query, avoid=query.avoid - states)) is not None,
    )
    labels = tuple(_state_labels(network, states) for states in sets)
    return [Obstacle("states", sets, labels)] if sets else []


def _state_labels(network: Network, states: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{network.state_name(state)} ({state})" for state in states)


def _blocked_by_modes(network: Network, query: Query) -> list[Obstacle]:
    """Find the smallest additions of modes that open a way."""
    lacking = sorted(set(network.modes) - query.modes) if query.modes else []
    sets = _smallest_sets(
        lacking, lambda modes: best_path(network, replace(query, modes=query.modes | modes)) is not None
    )
    asked_modes = ", ".join(sorted(query.modes))
    return [Obstacle("modes", sets, context=asked_modes)] if sets else []


def _smallest_sets(
    names: Sequence[str], opens: Callable[[frozenset[str]], bool]
) -> tuple[tuple[str, ...], ...]:
    """List the sets of names that open a way and of which none smaller does; none if not even all do."""
    # one name more each time, so that those that open first are the smallest
    for size in range(1, len(names) + 1):
        sets = [chosen for chosen in itertools.combinations(names, size) if opens(frozenset(chosen))]
        if sets:
            return tuple(sets)
    return ()


def _blocked_by_years(network: Network, query: Query) -> list[Obstacle]:
    """Name the links that open later than asked and without which there is no way."""
    later = best_path(network, replace(query, year=HORIZON))
    if later is None:
        return []
    # the links of the later way that are not there yet
    open_now = network.links_open_in(query.year)
    waiting = [link for link in _links_on(network, query, later) if link not in open_now]
    opened = network.table("links")["opened"]
    labels = tuple(f"{link} ({opened[link]})" for link in waiting)
    return [Obstacle("years", (tuple(waiting),), (labels,))] if waiting else []


def _blocked_by_shut_links(network: Network, query: Query) -> list[Obstacle]:
    """Name the links in service no more on the way of the last year in which there was one."""
    open_now = network.links_open_in(query.year)
    # a way can only have gone with a link, so the last years of links are all there is to try
    last_years = {year for year in network.columns("links")["closed"] if year is not None}
    asked = math.inf if query.year is None else query.year
    for year in sorted((year for year in last_years if year < asked), reverse=True):
        before = best_path(network, replace(query, year=year))
        if before is not None:
            shut = tuple(link for link in _links_on(network, query, before) if link not in open_now)
            return [Obstacle("shut", (shut,), (_last_years(network, shut),), context=str(year))]
    return []


def _last_years(network: Network, links: tuple[str, ...]) -> tuple[str, ...]:
    """Name links by their places, with the last year of service, or that in which one is expected."""
    rows = {row["id"]: row for row in network.rows("links") if row["id"] in links}
    labels = []
    for row in map(rows.__getitem__, links):
        ends = f"{network.place_name(row['from'])} - {network.place_name(row['to'])}"
        when = f"expected {row['opened']}" if row["closed"] is None else f"last in service {row['closed']}"
        labels.append(f"{ends} ({when})")
    return tuple(labels)


def _blocked_by_months(network: Network, query: Query) -> list[Obstacle]:
    """Name the closed links of the best way of another month."""
    if query.month is None:
        return []
    open_way = best_path(network, replace(query, month=None))
    if open_way is None:
        return []
    # closed all month; a share of a month is a wait, no closure
    closed = set()
    for row in network.rows("closures"):
        if row["closed_share"] == 1 and str(query.month) in row["months"]:
            closed.add(row["link"])
    links = _links_on(network, replace(query, month=None), open_way)
    names = tuple(link for link in links if link in closed)
    return [Obstacle("months", (names,), context=str(query.month))]


def _links_on(network: Network, query: Query, path: list[int]) -> list[str]:
    """List the links of a path, in order of travel."""
    supernetwork = supernetwork_for(network, query)
    return [supernetwork.steps.names.links[code] for code in supernetwork.link[path].tolist() if code >= 0]
