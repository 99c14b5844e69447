"""Up to which dwell, headway, price or value of time each route is the best, solved exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from cacorridor.costs.measures import HOUR_IN_A_TIE, MEASURES, generalised
from cacorridor.criticality.parameters import PARAMETERS, VALUE_OF_TIME, require_criterion
from cacorridor.errors import UsageError
from cacorridor.network.tables.answered import hold_rows
from cacorridor.routing.conditions import spell_out
from cacorridor.routing.doors import choice, hours, weight
from cacorridor.routing.ends.access import join_ends
from cacorridor.routing.graph.arcs import CONNECTOR, best_route, build_arcs, route_on
from cacorridor.routing.query import build_query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Unpack

    import pandas as pd

    from cacorridor.criticality.parameters import Terms
    from cacorridor.network.held import HeldColumns
    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.routing.routes import Route
    from cacorridor.shortest_paths.dijkstra import Path

SAME_H = 1e-9  # hours, or dollars, below which two values are equal


@dataclass(frozen=True)
class _Line:
    """A route whose value is ``fixed + uses * x``."""

    path: Path
    fixed: float
    uses: float


@spell_out
def break_even(  # noqa: PLR0913  # a question's places stand beside its options
    network: Network,
    origin: str,
    destination: str,
    *,
    at: str | Sequence[str] | None = None,
    what: Literal["dwell", "headway", "fee", "tariff", "carbon", "fuel", "value_of_time"] = "dwell",
    up_to: float | None = None,
    up_to_h: float | None = None,
    **conditions: Unpack[ConditionOptions],
) -> pd.DataFrame:
    """Tell which route is best for each value of one parameter, one route a row.

    The parameter is

    - ``dwell``: standing time of both sides of the crossings at ``at`` together, h;
    - ``headway``: mean time between departures of the ships at ``at``, h;
    - ``fee``: what the load pays on top of today's prices at each entry into the states ``at``, or each
      passage of the crossings ``at``, USD;
    - ``tariff``: what a kilometre in the states ``at`` costs the load, instead of today's price, USD/km;
    - ``carbon``: what a tonne of CO2 equivalent costs on top of today's prices, in the states ``at`` or
      everywhere, USD/t;
    - ``fuel``: what a litre of diesel costs on top of today's price, in the states ``at`` or everywhere,
      USD/l; all of it is passed on, and fuel is what the emission factors stand for;
    - ``value_of_time``: what an hour of the load is worth, beside what is paid, USD/h.

    Columns carry the unit of the parameter (h, usd, usd_per_km, usd_per_t, usd_per_l, usd_per_h) and of the
    criterion (by default hours; of a value of time generalised cost). From ``from_h`` to ``to_h`` a route is
    best; its time grows from ``time_from_h`` to ``time_to_h``. ``today_h`` is the present value on the best
    route of today, in its direction of travel (the mean, where several hold), or, where that route does
    without the parameter, on the route that is best at 0; ``is_today`` marks the row it lies in.
    ``length_km``, ``time_h``, ``cost_usd`` and ``co2e_kg`` are the route's own, at today's figures. The value
    of the best route is concave and piecewise linear in the parameter, so its pieces are found by
    intersecting lines (Eisner and Severance 1976).

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by name or id.
    at
        Links, places or gateways where the parameter holds; states of a tariff or a price of carbon or
        fuel; either of a fee.
    what
        The parameter. A fee, a tariff, a price of carbon or fuel, a value of time need the criterion cost or
        generalised.
    up_to
        Largest value of the parameter, in its unit; by default 1,000 h, 10,000 USD, 10 USD/km, 1,000 USD/t,
        10 USD/l, 1,000 USD/h.
    up_to_h
        The same of a parameter in hours: its name in 0.1, kept through 0.2.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, criterion, load, value_of_time, allow_touch.

    Returns
    -------
    pd.DataFrame
        One row for each route that is best for some value, in order of the parameter.

    Raises
    ------
    UsageError
        If nothing of the kind lies at ``at``, or the conditions contradict each other.
    NoRouteError
        If the pair has no route at all, with what blocks the way.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> table = cc.break_even(net, "Kashgar", "Tashkent", at="irkeshtam", modes=["road"])
    >>> list(table)[:5]
    ['from_h', 'to_h', 'time_from_h', 'time_to_h', 'states']
    >>> int(table["is_today"].sum())
    1

    """
    options: dict[str, Any] = {"at": at, "what": what, "up_to": up_to, "up_to_h": up_to_h}
    table: pd.DataFrame = ask_break_even(network, origin, destination, **options, **conditions).frame
    return table


def ask_break_even(  # noqa: PLR0913  # as of break_even
    network: Network,
    origin: str,
    destination: str,
    *,
    at: str | Sequence[str] | None = None,
    what: str = "dwell",
    up_to: float | None = None,
    up_to_h: float | None = None,
    **conditions: Unpack[ConditionOptions],
) -> HeldColumns:
    """Answer the question of ``break_even``, without a frame."""
    # what is asked, and of which arcs
    parameter = PARAMETERS[choice(what, "break-even in", PARAMETERS)]
    largest = _largest(what, up_to, up_to_h)
    network, origin, destination = join_ends(network, origin, destination)
    query = build_query(network, origin, destination, **conditions)
    require_criterion(query, what)
    arcs = build_arcs(network, query)
    best_route(network, arcs)
    # each piece of the parameter with the route that is best on it
    varying = _ParametricArcs(arcs, parameter.terms(arcs, network, at))
    today, unit = varying.today(), parameter.unit
    measure = generalised(0.0) if what == VALUE_OF_TIME else query.measure  # named for what is counted
    counted = measure.unit
    stem = measure.column.removesuffix(f"_{counted}")
    rows = []
    for line, start, end in _pieces(varying, largest):
        route = route_on(network, arcs, line.path)
        rows.append(
            {
                f"from_{unit}": start,
                f"to_{unit}": end,
                f"{stem}_from_{counted}": varying.amount_at(line.path, start),
                f"{stem}_to_{counted}": varying.amount_at(line.path, end),
                **_totals_of(route),
                "uses_it": line.uses > 0,
                f"today_{unit}": today,
                "is_today": start <= today < end,
            }
        )
    return hold_rows(rows, rows[0])


def _totals_of(route: Route) -> dict[str, object]:
    """Tell of a route its states, and its kilometres, hours, dollars and grams at today's figures."""
    totals = route.totals()
    known = {measure.column: totals[measure.column] for measure in MEASURES.values()}
    return {"states": " ".join(route.states), **known}


def _largest(what: str, up_to: float | None, up_to_h: float | None) -> float:
    """Take the largest value of a parameter, by either of its names."""
    parameter = PARAMETERS[what]
    if up_to_h is not None:
        if parameter.unit != "h" or up_to is not None:
            raise UsageError(f"up_to_h is the largest of hours: name the largest {what} as up_to")
        return hours(up_to_h, "up_to_h")
    if up_to is None:
        return parameter.up_to
    # a price may be any finite number; hours have a bound of their own
    if parameter.unit == "h":
        return hours(up_to, "up_to")
    if not weight(up_to, "up_to"):
        raise UsageError("up_to 0; allowed: a finite number above 0")
    return float(up_to)


class _ParametricArcs:
    """Arcs whose weight is ``fixed + slope * x``."""

    def __init__(self, arcs: Arcs, terms: Terms) -> None:
        self.arcs, self.terms = arcs, terms
        self.amount, self.slope = arcs.per_arc(terms.fixed), arcs.per_arc(terms.slope)
        table = arcs.supernetwork.steps
        if not np.isfinite(self.slope).all():
            raise UsageError(
                "the data lack a factor of emissions on some link: no price of carbon or fuel can count"
            )
        # of routes equally dear the quicker one
        by_time = arcs.query.criterion == "time"
        self.fixed = self.amount if by_time else self.amount + HOUR_IN_A_TIE * arcs.per_arc(table.hours)

    def today(self) -> float:
        """Return the present value, averaged over the steps that have it by how much they depend on it."""
        # a border stands otherwise on the way back: the steps of the way count, if any depends on it
        arcs, query = self.arcs, self.arcs.query
        _, best = cast("tuple[float, Path]", arcs.best(query.origin, query.destination))
        everywhere = arcs.supernetwork.steps_of(arcs.arc[arcs.arc != CONNECTOR].tolist())
        for used in (arcs.steps(best), arcs.steps(self.best(0.0).path), everywhere):
            now, slope = self.terms.now[used], self.terms.slope[used]
            has_value = np.isfinite(now)
            # a step that depends on the parameter twice as much counts twice
            if has_value.any():
                return float(np.average(now[has_value], weights=slope[has_value]))
        return float("nan")

    def amount_at(self, path: Path, x: float) -> float:
        """Return the value of a path where the parameter has a value, free of what breaks ties."""
        arcs = list(path)
        return float(self.amount[arcs].sum() + self.slope[arcs].sum() * x)

    def best(self, x: float) -> _Line:
        """Find the best route where the parameter has a value."""
        # the pair has a route, and no value takes an arc away: so there is one whatever the value
        query = self.arcs.query
        best = self.arcs.best(query.origin, query.destination, weight=self.fixed + self.slope * x)
        _, path = cast("tuple[float, Path]", best)
        arcs = list(path)
        fixed, uses = self.fixed[arcs].sum(), self.slope[arcs].sum()
        return _Line(path, float(fixed), float(uses))


def _pieces(varying: _ParametricArcs, up_to: float) -> Iterator[tuple[_Line, float, float]]:
    """Walk along the parameter from piece to piece, each with the route that is best on it."""
    # the best value is concave in the parameter: lines that only get flatter
    line, start = varying.best(0.0), 0.0
    last = varying.best(up_to)
    while start < up_to:
        end, rival = up_to, last
        while line.uses > rival.uses:  # the rival's line is flatter, so the two meet
            end = (rival.fixed - line.fixed) / (line.uses - rival.uses)
            # where they meet, is another route better than both?
            better = varying.best(end)
            if better.fixed + better.uses * end >= line.fixed + line.uses * end - SAME_H:
                break
            rival = better
        yield line, start, end
        line, start = rival, end
