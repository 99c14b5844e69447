"""The legs of a route: its steps by one mode, over one border, at one transfer, on the road to a town."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from cacorridor.costs.measures import MEASURES, columns
from cacorridor.costs.ranges import HIGH, LOW
from cacorridor.network.model import SEA
from cacorridor.network.towns import is_town
from cacorridor.routing.graph.steps import BORDER, KINDS, RUN, STAY, TRANSFER

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from cacorridor.costs.measures import Measure
    from cacorridor.routing.routes import Route

COLUMNS = (
    "from", "to", "kind", "mode", "states", "length_km", "time_h", "time_low_h", "time_high_h",
    "cost_usd", "cost_low_usd", "cost_high_usd", "co2e_kg", "co2e_low_kg", "co2e_high_kg", "basis",
)  # fmt: skip

STEP_CODES = ("kind", "tail", "head", "link", "mode")
Key = tuple[str, Any]  # what the steps of a leg have in common: its kind, and the mode, border or place


def build_legs(route: Route) -> pd.DataFrame:
    """Sum the steps of a route to legs, one a row, each with the percentiles of its own figures."""
    import pandas as pd

    return pd.DataFrame(leg_columns(route))


def number_legs(route: Route) -> list[int]:
    """Assign each step to a leg, by number."""
    return _numbers(_leg_of_steps(route))


def _numbers(keys: list[Key]) -> list[int]:
    """Count the runs of equal keys: the number of each."""
    return list(itertools.accumulate((one != other for one, other in itertools.pairwise(keys)), initial=0))


def leg_columns(route: Route, names: Collection[str] | None = None) -> dict[str, list[Any]]:
    """Sum the steps of a route to legs, as columns of plain values; all, or those of some names."""
    wanted = COLUMNS if names is None else [name for name in COLUMNS if name in names]
    keys = _leg_of_steps(route)
    # which steps make which leg
    numbered = itertools.groupby(enumerate(_numbers(keys)), key=lambda step: step[1])
    parts = [[step for step, _ in steps] for _, steps in numbered]
    legs = [_leg(route, steps, keys) for steps in parts]
    cells = zip(*(leg.values() for leg in legs), strict=True)
    table: dict[str, list[Any]] = dict(zip(legs[0], map(list, cells), strict=True))
    # a measure is summed over all legs at once, and its percentiles are those of each leg alone
    for measure in MEASURES.values():
        table |= _leg_amounts(route, parts, measure, wanted)
    return {name: table[name] for name in wanted}


def _leg_of_steps(route: Route) -> list[Key]:
    """Say for each step what it has in common with the others of its leg."""
    table, borders = route.table, set(route.crossings)
    links, modes = (*table.names.links, ""), table.names.modes  # no link is the position -1
    towns = {code for code, place in enumerate(table.names.places) if is_town(place)}
    codes = zip(*(getattr(table, name).tolist() for name in STEP_CODES), strict=True)
    keys: list[Key] = []
    for kind, tail, head, link, mode in codes:
        if KINDS[kind] in {TRANSFER, STAY}:
            keys.append((KINDS[kind], tail))
        elif links[link] in borders:
            keys.append((BORDER, links[link]))
        # the road to a town is no measured one: a leg of its own
        elif tail in towns or head in towns:
            keys.append((RUN, links[link]))
        else:
            keys.append((RUN, modes[mode]))
    return keys


def _leg(route: Route, steps: list[int], keys: list[Key]) -> dict[str, Any]:
    """Say of one leg where it leads, how, through which states, on figures of which kind."""
    table, names = route.table, route.table.names
    # a leg is known by its first step, and leads to where its last one ends
    first, last = steps[0], steps[-1]
    kind, mode = keys[first][0], names.modes[table.mode[first]]
    states = (names.states[code] for code in table.state[steps].tolist())
    # a step that takes no time rests on no figure that a reader would ask for
    timed = [number for number in steps if table.hours[number] > 0]
    bases = dict.fromkeys(table.components.rows[table.component[number]].basis for number in timed)
    return {
        "from": route.place_name[names.places[table.tail[first]]],
        "to": route.place_name[names.places[table.head[last]]],
        "kind": SEA if mode == SEA and kind not in {TRANSFER, STAY} else kind,
        "mode": mode,
        "states": " ".join(state for state, _ in itertools.groupby(states)),
        "basis": ", ".join(bases),
    }


def _leg_amounts(
    route: Route, parts: list[list[int]], measure: Measure, wanted: Collection[str]
) -> dict[str, list[Any]]:
    """Sum a measure over each leg, with the percentiles of one that has a range."""
    amount = measure.amount(route.table)
    sums = [float(amount[part].sum()) for part in parts]
    name, *percentiles = columns(measure)
    if not set(percentiles).intersection(wanted):  # they take longer than all the rest
        return {name: sums}
    low, high = zip(*route.table.bounds(measure, (LOW, HIGH), parts), strict=True)
    return {name: sums, **dict(zip(percentiles, (list(low), list(high)), strict=True))}
