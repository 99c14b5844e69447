"""Accounts of a route: by state, along the way, and by what the hours are spent on."""

from __future__ import annotations

import functools
import operator
from collections import Counter
from typing import TYPE_CHECKING, Any

from cacorridor.costs.measures import MEASURES
from cacorridor.network.held import NAN, frame_of
from cacorridor.network.model import SEA
from cacorridor.routing.graph.steps import BOARD, BORDER, DELAY, RUN, STAY, TRANSFER, WAIT
from cacorridor.routing.routes import list_routes, require_route
from cacorridor.vectors import Vector

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from cacorridor.network.held import Columns
    from cacorridor.routing.routes import Route

STANDING = {BORDER: "border", TRANSFER: "transfer", BOARD: "wait for a ship", WAIT: "wait for a pass"}
SELDOM = {STAY: "stay at a terminal", DELAY: "delay"}  # only where the clock or a scenario counts it
RUNNING = {"rail": "run by rail", "road": "run by road", SEA: "sail"}  # by the family of the mode
CAUSES = (*RUNNING.values(), *STANDING.values())
TOTAL = "total"  # stands for a state in the row of the whole route


def ledger(route: Route) -> pd.DataFrame:
    """Account for a route by state, in order of travel, with a last row for the whole route.

    ``moving_h`` and ``standing_h`` are hours; ``swod_kmh`` is the speed without delay, length over hours
    moving, ``swd_kmh`` the speed with delay, length over all hours, as the corridor surveys of CAREC define
    them; ``posts`` counts the border posts passed in a state; ``role`` tells a state crossed with a border
    stop from one only touched.

    Parameters
    ----------
    route
        The route to account for.

    Returns
    -------
    pd.DataFrame
        One row a state in order of travel, and a last row whose ``state`` is "total" and whose ``role`` is
        empty; leave it out before summing: ``table[table["state"] != "total"]``.

    Raises
    ------
    UsageError
        If something else than a route is given.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> cc.ledger(route)["state"].tolist()
    ['CHN', 'KGZ', 'UZB', 'total']

    """
    return frame_of(ledger_columns(route))


def ledger_columns(route: Route) -> Columns:
    """Account for a route as ``ledger`` does, in columns of plain values."""
    accounts, steps = _sums_by_state(require_route(route)), route.table
    posts = Counter(steps.names.states[code] for code in steps.state[steps.is_kind(BORDER)].tolist())
    # a whole is known only if all its parts are
    parts = list(accounts.values())
    accounts[TOTAL] = {name: Vector([part[name] for part in parts]).sum() for name in parts[0]}
    posts[TOTAL] = posts.total()
    rows = [_ledger_row(route, state, sums, posts[state]) for state, sums in accounts.items()]
    return {name: [row[name] for row in rows] for name in rows[0]}


def _ledger_row(route: Route, state: str, sums: dict[str, float], posts: int) -> dict[str, Any]:
    """Lay out what a route does in a state, or as a whole."""
    length_km, time_h, moving_h = (sums[name] for name in ("length_km", "time_h", "moving_h"))
    return {
        "state": state,
        **sums,
        "posts": posts,
        "standing_h": time_h - moving_h,
        # speeds of the surveys: without delay over moving hours, with delay over all
        "swod_kmh": _speed(length_km, moving_h),
        "swd_kmh": _speed(length_km, time_h),
        "role": _role_along(route, state),
    }


def _speed(length_km: float, hours: float) -> float:
    """Divide kilometres by hours; who stands in a state alone has no speed there."""
    return length_km / hours if hours else NAN


def account_of_state(route: Route, state: str) -> dict[str, object]:
    """Account for a route in one state, which it meets: the role, each measure, the hours standing.

    As the row of the state in ``ledger``, of which a loop over many routes needs no other.
    """
    sums = _sums_by_state(route)[state]
    worth = {measure.column: sums[measure.column] for measure in MEASURES.values()}
    return {"role": _role_along(route, state), **worth, "standing_h": sums["time_h"] - sums["moving_h"]}


def _sums_by_state(route: Route) -> dict[str, dict[str, float]]:
    """Sum each measure, and the hours moving, in each state, in order of travel."""
    # what stands is the rest of what moves, so only one of the two is summed
    steps = route.table
    amounts = {measure.column: measure.amount(steps).tolist() for measure in MEASURES.values()}
    amounts["moving_h"] = steps.moving_h.tolist()
    # the steps of each state, wherever on the way; not known stays so
    steps_in: dict[str, list[int]] = {}
    for step, code in enumerate(steps.state.tolist()):
        steps_in.setdefault(steps.names.states[code], []).append(step)
    return {state: _sums_over(amounts, numbers) for state, numbers in steps_in.items()}


def _sums_over(amounts: dict[str, list[float]], steps: Sequence[int]) -> dict[str, float]:
    return {name: sum_in_order(map(cells.__getitem__, steps)) for name, cells in amounts.items()}


def sum_in_order(amounts: Iterable[float]) -> float:
    """Add amounts up one by one; some releases of Python do otherwise, and half a kilometre is rounded."""
    return functools.reduce(operator.add, amounts, 0.0)


def _role_along(route: Route, state: str) -> str:
    if state in route.states:
        return "crossed"
    if state in route.touches:
        return "touched"
    return "at sea" if state == SEA else ""


def time_distance(route: Route) -> pd.DataFrame:
    """Follow a route from the origin, one row a step: what was run, taken, paid, emitted before and after it.

    Kilometres, hours, dollars and kg of CO2 equivalent, as the time/cost-distance method of UNESCAP follows
    a journey. ``low_h`` and ``high_h`` are the 10th and 90th percentile of the hours up to the end of the
    step.

    Parameters
    ----------
    route
        The route to follow.

    Returns
    -------
    pd.DataFrame
        One row a step: ``km_from``, ``km_to``, and so for ``h``, ``usd`` and ``kg``; ``low_h``, ``high_h``.

    Raises
    ------
    UsageError
        If something else than a route is given.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> steps = cc.time_distance(route)
    >>> bool(abs(steps["h_to"].iloc[-1] - route.time_h) < 1e-6)
    True

    """
    import numpy as np

    steps = require_route(route).steps
    table = steps[["kind", "mode", "state", "from", "to"]].copy()
    for measure in MEASURES.values():
        of_step = steps[measure.column]
        table[f"{measure.unit}_to"] = of_step.cumsum(skipna=False)  # not known stays so
        table[f"{measure.unit}_from"] = table[f"{measure.unit}_to"] - of_step
    # the range of every prefix of the route, in one call
    up_to_here = np.tri(len(steps), dtype=bool)
    table["low_h"], table["high_h"] = route.ranges_h(up_to_here)
    return table


def time_by_cause(routes: Sequence[Route]) -> pd.DataFrame:
    """Sum the hours of each route by what they are spent on: routes x causes, hours.

    The causes are ``CAUSES``, in this order, then stays at terminals and delays if counted, and modes without
    a name.

    Parameters
    ----------
    routes
        The routes whose hours are divided.

    Returns
    -------
    pd.DataFrame
        A row a route, a column a cause, hours.

    Raises
    ------
    UsageError
        If something else than a route is given.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> list(cc.time_by_cause([route]))
    ['run by rail', 'run by road', 'sail', 'border', 'transfer', 'wait for a ship', 'wait for a pass']

    """
    import pandas as pd

    routes = list_routes(routes)
    rows = [route.steps["time_h"].groupby(_causes_of_steps(route)).sum() for route in routes]
    table = pd.DataFrame(rows, index=[route.name for route in routes])
    # stays, delays and a family of modes without a name of its own, stand last, not nowhere
    others = [cause for cause in table if cause not in CAUSES]
    return table.reindex(columns=[*CAUSES, *others]).fillna(0.0)


def _causes_of_steps(route: Route) -> list[str]:
    """Name what each step of a route spends its hours on."""
    steps = route.steps
    return [
        _running_cause(mode) if kind == RUN else (STANDING | SELDOM)[kind]
        for kind, mode in zip(steps["kind"], steps["mode"], strict=True)
    ]


def _running_cause(mode: str) -> str:
    family = mode.partition("_")[0]
    return RUNNING.get(family, f"run by {family}")
