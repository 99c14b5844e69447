"""How long a crossing or a ship may take before another route wins, solved exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
import pandas as pd

from cacorridor.routing.conditions import spell_out
from cacorridor.routing.doors import choice, hours
from cacorridor.routing.ends.access import join_ends
from cacorridor.routing.ends.endpoints import border_links_at, sea_links_at
from cacorridor.routing.graph.arcs import best_route, build_arcs, route_on
from cacorridor.routing.graph.steps import BOARD, BORDER
from cacorridor.routing.query import build_query, require_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.shortest_paths.dijkstra import Path

PARAMETERS = {"dwell": BORDER, "headway": BOARD}  # what varies: the kind of step it lengthens
SAME_H = 1e-9  # hours below which two times are equal


@dataclass(frozen=True)
class _Line:
    """A route whose time is ``fixed_h + uses * x``."""

    path: Path
    fixed_h: float
    uses: float


@spell_out
def break_even(  # noqa: PLR0913  # a question's places stand beside its options
    network: Network,
    origin: str,
    destination: str,
    *,
    at: str | Sequence[str],
    what: Literal["dwell", "headway"] = "dwell",
    up_to_h: float = 1000.0,
    **conditions: Unpack[ConditionOptions],
) -> pd.DataFrame:
    """Tell which route is best for each dwell at a crossing, or each headway of a ship, one route a row.

    ``at`` is a link, a place or a gateway, or several: every border link (for ``headway``: sea link) there.
    ``dwell`` is the standing time of both sides together, hours; ``headway`` the mean time between
    departures, hours. From ``from_h`` to ``to_h`` a route is best; its time grows from ``time_from_h`` to
    ``time_to_h``. ``today_h`` is the present value (the mean, where ``at`` names several links), and
    ``is_today`` marks the row it lies in. The time of the best route is concave and piecewise linear in
    the parameter, so its pieces are found by intersecting lines (Eisner and Severance 1976).

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by name or id.
    at
        Links, places or gateways where the parameter holds.
    what
        The parameter: dwell or headway.
    up_to_h
        Largest value of the parameter, hours.
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

    """
    network, origin, destination = join_ends(network, origin, destination)
    query = build_query(network, origin, destination, **conditions)
    require_time(query, "a break-even")
    up_to_h = hours(up_to_h, "up_to_h")
    arcs = build_arcs(network, query)
    best_route(network, arcs)
    varying = _ParametricArcs(arcs, resolve_links(network, at, what), PARAMETERS[what])
    today_h = varying.today_h()
    pieces = list(_pieces(varying, up_to_h))
    rows = [
        {
            "from_h": start,
            "to_h": end,
            "time_from_h": line.fixed_h + line.uses * start,
            "time_to_h": line.fixed_h + line.uses * end,
            "states": " ".join(route_on(network, arcs, line.path).states),
            "uses_it": line.uses > 0,
            "today_h": today_h,
            "is_today": start <= today_h < end,
        }
        for line, start, end in pieces
    ]
    return pd.DataFrame(rows)


def resolve_links(network: Network, at: str | Sequence[str], what: str = "dwell") -> set[str]:
    """Find the border or sea links that one or several names stand for: links, gateways or places."""
    choice(what, "break-even in", PARAMETERS)
    return sea_links_at(network, at) if what == "headway" else border_links_at(network, at)


class _ParametricArcs:
    """Arcs whose weight is ``fixed + slope * x``: steps of one kind on some links have x hours."""

    def __init__(self, arcs: Arcs, links: set[str], kind: str) -> None:
        self.arcs = arcs
        table = arcs.supernetwork.steps
        codes = [code for code, link in enumerate(table.names.links) if link in links]
        own = table.is_kind(kind) & np.isin(table.link, codes)
        values = np.array([row.value for row in table.components.rows])[table.component]
        # a step grows by the parameter itself: one side of a crossing by its share of both, a wait by the
        # hours that an hour of headway costs
        own_h = arcs.per_arc(np.where(own, table.hours, 0.0))
        with np.errstate(invalid="ignore", divide="ignore"):
            per_unit = np.where(own, table.hours / values, 0.0)
            self.slope = np.sign(own_h) if kind == BORDER else arcs.per_arc(per_unit)
            self.now_h = np.where(self.slope > 0, own_h / self.slope, np.nan)
        self.fixed = arcs.weight - own_h

    def today_h(self) -> float:
        """Return the present value, averaged over the arcs that have it."""
        return float(np.nanmean(self.now_h)) if (self.slope > 0).any() else float("nan")

    def best(self, x: float) -> _Line:
        """Find the best route where the parameter has a value."""
        query = self.arcs.query
        answer = self.arcs.best(query.origin, query.destination, weight=self.fixed + self.slope * x)
        _, path = cast("tuple[float, Path]", answer)  # there is one whatever the hours
        arcs = list(path)
        return _Line(path, float(self.fixed[arcs].sum()), float(self.slope[arcs].sum()))


def _pieces(varying: _ParametricArcs, up_to_h: float) -> Iterator[tuple[_Line, float, float]]:
    """Walk along the parameter from piece to piece, each with the route that is best on it."""
    line, at = varying.best(0.0), 0.0
    last = varying.best(up_to_h)
    while at < up_to_h:
        end, rival = up_to_h, last
        while line.uses > rival.uses:  # the rival's line is flatter, so the two meet
            end = (rival.fixed_h - line.fixed_h) / (line.uses - rival.uses)
            better = varying.best(end)
            if better.fixed_h + better.uses * end >= line.fixed_h + line.uses * end - SAME_H:
                break
            rival = better
        yield line, at, end
        line, at = rival, end
