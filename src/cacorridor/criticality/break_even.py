"""How long a crossing or a ship may take before another route wins, solved exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
import pandas as pd

from cacorridor.criticality.bypass import best_route
from cacorridor.errors import UsageError
from cacorridor.network.model import SEA
from cacorridor.routing import arcs as arrays
from cacorridor.routing.query import pose
from cacorridor.routing.routes import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.routing.arcs import Arcs
    from cacorridor.routing.query import Conditions
    from cacorridor.routing.search import Query
    from cacorridor.routing.supernetwork import Edge
    from cacorridor.shortest_paths.dijkstra import Path

PARAMETERS = {"dwell": "border", "headway": "board"}  # what varies: the kind of step it lengthens
SAME_H = 1e-9  # hours below which two times are equal


@dataclass(frozen=True)
class _Line:
    """A route whose time is ``fixed_h + uses * x``."""

    path: Path
    fixed_h: float
    uses: float


def break_even(  # noqa: PLR0913  # a question's places stand beside its options
    network: Network,
    origin: str,
    destination: str,
    *,
    at: str | Sequence[str],
    what: Literal["dwell", "headway"] = "dwell",
    up_to_h: float = 1000.0,
    **conditions: Unpack[Conditions],
) -> pd.DataFrame:
    """Tell which route is best for each dwell at a crossing, or each headway of a ship, one route a row.

    ``at`` is a link, a place or a gateway, or several: every border link (for ``headway``: sea link) there.
    ``dwell`` is the standing time of both sides together, hours; ``headway`` the mean time between
    departures, hours. From ``from_h`` to ``to_h`` a route is best; its time grows from ``time_from_h`` to
    ``time_to_h``. ``today_h`` is the present value (the mean, where ``at`` names several links), and
    ``is_today`` marks the row it lies in. The time of the best route is concave and piecewise linear in
    the parameter, so its pieces are found by intersecting lines (Eisner and Severance 1976).

    Raises
    ------
    UsageError
        If nothing of the kind lies at ``at``, or the conditions contradict each other.
    NoRouteError
        If the pair has no route at all, with what blocks the way.

    """
    query = pose(network, origin, destination, **conditions)
    if query.criterion != "time":
        raise UsageError("a break-even is counted in hours: the criterion must be time")
    arcs = arrays.lay_out(network, query)
    best_route(network, query, arcs)
    links = links_at(network, at, what)
    varying = _Varying(arcs, links, PARAMETERS[what])
    today_h = varying.today_h()
    pieces = list(_pieces(query, varying, up_to_h))
    rows = [
        {
            "from_h": start,
            "to_h": end,
            "time_from_h": line.fixed_h + line.uses * start,
            "time_to_h": line.fixed_h + line.uses * end,
            "states": " ".join(tell(network, query, arcs.steps(line.path)).states),
            "uses_it": line.uses > 0,
            "today_h": today_h,
            "is_today": start <= today_h < end,
        }
        for line, start, end in pieces
    ]
    return pd.DataFrame(rows)


def links_at(network: Network, at: str | Sequence[str], what: str = "dwell") -> set[str]:
    """Find the border or sea links that one or several names stand for: links, gateways or places."""
    if what not in PARAMETERS:
        raise UsageError(f"break-even in {what!r}; allowed: {', '.join(PARAMETERS)}")
    return set().union(
        *(_links_at_one(network, name, what) for name in ([at] if isinstance(at, str) else at))
    )


def _links_at_one(network: Network, at: str, what: str) -> set[str]:
    links, places = network.links, network.table("places")
    fitting = links[links["mode"] == SEA] if what == "headway" else links[links["is_border"]]
    if at in fitting.index:
        return {at}
    gateway = set(places.index[places["gateway"].str.casefold() == at.casefold()])
    wanted = gateway or {network.find_place(at)}
    found = set(fitting.index[fitting["from"].isin(wanted) | fitting["to"].isin(wanted)])
    if not found:
        raise UsageError(f"no {'sea' if what == 'headway' else 'border'} link lies at {at!r}")
    return found


class _Varying:
    """Arcs whose weight is ``fixed + slope * x``: steps of one kind on some links have x hours."""

    def __init__(self, arcs: Arcs, links: set[str], kind: str) -> None:
        self.arcs = arcs
        steps = [
            [step for step in chain.steps if step.link in links and step.kind == kind]
            for chain in arcs.chains
        ]
        own_h = np.array([sum(step.duration.mean_h for step in own) for own in steps])
        self.slope = np.array([_slope(own) for own in steps])
        self.fixed = arcs.weight - own_h
        with np.errstate(invalid="ignore", divide="ignore"):
            self.now_h = np.where(self.slope > 0, own_h / self.slope, np.nan)

    def today_h(self) -> float:
        """Return the present value, averaged over the arcs that have it."""
        return float(np.nanmean(self.now_h)) if (self.slope > 0).any() else float("nan")

    def best(self, query: Query, x: float) -> _Line:
        """Find the best route where the parameter has a value."""
        answer = self.arcs.best(query.origin, query.destination, weight=self.fixed + self.slope * x)
        _, path = cast("tuple[float, Path]", answer)  # there is one whatever the hours
        arcs = list(path)
        return _Line(path, float(self.fixed[arcs].sum()), float(self.slope[arcs].sum()))


def _slope(steps: list[Edge]) -> float:
    """Tell how many hours a step takes for each hour of the parameter: 1 a crossing, a share a headway."""
    if not steps:
        return 0.0
    if steps[0].kind == "border":
        return 1.0
    return steps[0].duration.mean_h / steps[0].duration.value  # the wait is proportional to the headway


def _pieces(query: Query, varying: _Varying, up_to_h: float) -> Iterator[tuple[_Line, float, float]]:
    """Walk along the parameter from piece to piece, each with the route that is best on it."""
    line, at = varying.best(query, 0.0), 0.0
    last = varying.best(query, up_to_h)
    while at < up_to_h:
        end, rival = up_to_h, last
        while line.uses > rival.uses:  # the rival's line is flatter, so the two meet
            end = (rival.fixed_h - line.fixed_h) / (line.uses - rival.uses)
            better = varying.best(query, end)
            if better.fixed_h + better.uses * end >= line.fixed_h + line.uses * end - SAME_H:
                break
            rival = better
        yield line, at, end
        line, at = rival, end
