"""The Pareto set: every way that no other betters by all of several criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import numpy as np

from cacorridor.errors import NoRouteError
from cacorridor.routing.choice.objectives import objectives, weights
from cacorridor.routing.choice.pinning import build_choice_arcs, front_on, read_pinned, spell_pins
from cacorridor.routing.comparison import compare_routes
from cacorridor.routing.diagnosis import describe_query, diagnose
from cacorridor.routing.doors import weight
from cacorridor.routing.graph.arcs import route_on
from cacorridor.routing.routes import Route
from cacorridor.shortest_paths import thin_front

if TYPE_CHECKING:
    from typing import Unpack

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.choice.pinning import PinOptions
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.shortest_paths import Front

SHOWN = 0.03  # a table leaves out ways that are within this share of one it shows, by every criterion


@dataclass(frozen=True, eq=False)
class ParetoFront(Sequence[Route]):
    """Routes of which none betters another, in ascending order of the first criterion.

    ``amounts`` are their expected amounts by each of ``criteria``, shape (routes, criteria).

    Parameters
    ----------
    routes
        The routes.
    criteria
        What was weighed.
    amounts
        Expected amounts, shape (routes, criteria), in the units of the criteria.

    Examples
    --------
    >>> front = cc.pareto(net, "Kashgar", "Osh", criteria=["time", "borders"])
    >>> front.amounts.shape == (len(front), 2)
    True
    >>> len(front.thinned(0.2)) <= len(front)
    True

    """

    routes: tuple[Route, ...]
    criteria: tuple[str, ...]
    amounts: np.ndarray

    @overload
    def __getitem__(self, position: int) -> Route: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[Route, ...]: ...
    def __getitem__(self, position: int | slice) -> Route | tuple[Route, ...]:
        """Return the route at a position."""
        return self.routes[position]

    def __len__(self) -> int:
        """Count the routes."""
        return len(self.routes)

    def __repr__(self) -> str:
        """Count the routes and name the criteria."""
        routes = "1 route" if len(self) == 1 else f"{len(self)} routes"
        return f"<ParetoFront: {routes} by {', '.join(self.criteria)}>"

    @property
    def best_at(self) -> list[tuple[str, ...]]:
        """For each route the criteria by which it is the best."""
        # of a tie all are the best
        best = self.amounts <= self.amounts.min(axis=0)
        return [tuple(np.array(self.criteria)[marks].tolist()) for marks in best]

    def thinned(self, share: float = SHOWN) -> ParetoFront:
        """Keep routes that stand for all.

        Parameters
        ----------
        share
            A route is left out if one that is kept is worse by no more than this share by any criterion
            (epsilon-dominance). The best by each criterion is always kept.

        Returns
        -------
        ParetoFront
            The smaller front.

        """
        kept = thin_front(self.amounts, weight(share, "thin"))
        routes = tuple(self.routes[row] for row in kept)
        return ParetoFront(routes, self.criteria, self.amounts[kept])

    def table(self, thin: float = SHOWN) -> pd.DataFrame:
        """Set the routes side by side, one a row, thinned.

        Parameters
        ----------
        thin
            As in ``thinned``; 0 shows every route.

        Returns
        -------
        pd.DataFrame
            Columns as those of ``compare_routes``, behind ``best_at``: criteria by which a route is the best.

        """
        # a table of a hundred rows shows nothing: by default those that stand for all
        front = self.thinned(thin) if thin else self
        table = compare_routes(front.routes)
        table.insert(1, "best_at", [" ".join(names) for names in front.best_at])
        return table

    def _repr_html_(self) -> str:
        """Show the thinned table in a notebook; pandas escapes the names."""
        return self.table().round(1).to_html(index=False)


@spell_pins
def pareto(
    network: Network,
    origin: str,
    destination: str,
    *,
    criteria: str | Sequence[str] | None = None,
    thin: float = 0.0,
    **conditions: Unpack[PinOptions],
) -> ParetoFront:
    """Find every route that no other betters by all criteria, exactly, over expected values.

    Multi-criteria label setting led by exact distances to the destination (NAMOA*, Mandow and Perez de la
    Cruz 2010). Of routes that are equal by every criterion one is told.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by name or id.
    criteria
        What is weighed: time, length, cost, emissions, generalised, borders; by default time, cost, emissions
        and borders, as far as the data have figures.
    thin
        Leave out routes within this share of one that is kept, as ``ParetoFront.thinned`` does; by default
        none.
    via, through, corridor, scenario
        What pins the way, and the scenarios it is asked under, as ``find_route`` takes them.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, load, value_of_time, allow_touch.

    Returns
    -------
    ParetoFront
        A sequence of routes, the best by the first criterion first; ``table()`` shows a thinned front.

    Raises
    ------
    UsageError
        If a criterion is unknown or lacks figures, or the conditions contradict each other.
    NoRouteError
        If the pair has no route at all, with what blocks the way.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> import cacorridor as cc
    >>> front = cc.pareto(cc.load_network(), "Kashgar", "Osh", criteria=["time", "borders"])
    >>> front.criteria
    ('time', 'borders')

    """
    network, query = read_pinned(network, origin, destination, conditions)
    arcs = build_choice_arcs(network, query)
    names = objectives(arcs, criteria)
    # the whole front, exactly; then those that stand for it, if that is wanted
    front = search_front(network, arcs, names)
    routes = tuple(route_on(network, arcs, path) for path in front.paths)
    whole = ParetoFront(routes, names, front.cost)
    return whole.thinned(thin) if thin else whole


def search_front(network: Network, arcs: Arcs, criteria: Sequence[str]) -> Front:
    """Search the Pareto set of the arcs' query.

    Raises
    ------
    UsageError
        If the data lack a price or a factor somewhere, with where.
    NoRouteError
        With what blocks the way.

    """
    query = arcs.query
    # all cost vectors at once; no path at all is a question of its own
    front = front_on(arcs, weights(arcs, criteria))
    if not front.paths:
        raise NoRouteError(describe_query(network, query), diagnose(network, query))
    return front
