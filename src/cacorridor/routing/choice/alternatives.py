"""Alternatives: a few ways that truly differ, each with what it is best at and what it alone does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, overload

import numpy as np

from cacorridor.routing.choice.candidates import Way, families_of, own_crossings, own_states
from cacorridor.routing.choice.objectives import amounts, objectives
from cacorridor.routing.choice.pareto import search_front
from cacorridor.routing.choice.pinning import build_choice_arcs, read_pinned, spell_pins
from cacorridor.routing.choice.single_via import locally_optimal, single_via_paths
from cacorridor.routing.comparison import compare_routes
from cacorridor.routing.doors import flag, share, whole
from cacorridor.routing.graph.arcs import route_on
from cacorridor.shortest_paths import undominated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Unpack

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.choice.pinning import PinOptions
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.routing.routes import Route
    from cacorridor.shortest_paths.dijkstra import Path

MOST = 20  # alternatives; nobody chooses among more
NEAR = 0.25  # a way that is left out is told of if it is worse by no more than this share
TRIED = 5  # ways over a state
SHARED = 0.8  # of the kilometres of the shorter, and of crossings and modes, that two ways may share


@dataclass(frozen=True, eq=False)
class AlternativeRoute:
    """One way among several: what it is best at, and what tells it from the others.

    ``best_at`` are criteria by which none of the others is better. ``states`` are those that it crosses and
    some of the others does not, ``families`` of modes those that carry it, the longest haul first, and
    ``crossings`` the border links that it alone uses. ``shared`` is the largest share of kilometres that it
    has in common with one ranked before it, and ``dominated`` says whether another is no worse by every
    criterion.

    Parameters
    ----------
    route
        The way.
    best_at
        Criteria by which none of the others is better.
    states
        States that it crosses and some other does not.
    families
        Families of modes that carry it, the longest haul first.
    crossings
        Border links that it alone uses.
    shared
        Largest share of kilometres in common with one ranked before it, 0 to 1.
    dominated
        Whether another is no worse by every criterion.

    Examples
    --------
    >>> first = cc.alternatives(net, "Kashgar", "Tashkent", k=2)[0]
    >>> first.shared
    0.0
    >>> first.route.modes
    ('road',)

    """

    route: Route
    best_at: tuple[str, ...]
    states: tuple[str, ...]
    families: tuple[str, ...]
    crossings: tuple[str, ...]
    shared: float
    dominated: bool


@dataclass(frozen=True, eq=False)
class Alternatives(Sequence[AlternativeRoute]):
    """Ways that truly differ, the best by the question's criterion first; weighed by ``criteria``.

    Parameters
    ----------
    ranked
        The ways, the best first.
    criteria
        What was weighed.
    left_out
        States that none of the ways crosses, but a good way does that another betters in everything.

    Examples
    --------
    >>> ways = cc.alternatives(net, "Kashgar", "Tashkent", k=2)
    >>> list(ways.table())[:4]
    ['route', 'best_at', 'length_km', 'time_h']
    >>> ways.routes[0].states
    ('CHN', 'KGZ', 'UZB')

    """

    ranked: tuple[AlternativeRoute, ...]
    criteria: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    @overload
    def __getitem__(self, rank: int) -> AlternativeRoute: ...
    @overload
    def __getitem__(self, rank: slice) -> tuple[AlternativeRoute, ...]: ...
    def __getitem__(self, rank: int | slice) -> AlternativeRoute | tuple[AlternativeRoute, ...]:
        """Return the way of a rank, counted from 0."""
        return self.ranked[rank]

    def __len__(self) -> int:
        """Count the ways."""
        return len(self.ranked)

    @property
    def routes(self) -> tuple[Route, ...]:
        """The routes, by rank."""
        return tuple(each.route for each in self.ranked)

    def table(self) -> pd.DataFrame:
        """Set the ways side by side, one a row, as ``compare_routes`` does."""
        table = compare_routes(self.routes)
        table.insert(1, "best_at", [" ".join(each.best_at) for each in self.ranked])
        table["shared_share"] = [each.shared for each in self.ranked]
        table["dominated"] = [each.dominated for each in self.ranked]
        return table

    def _repr_html_(self) -> str:
        """Show the table in a notebook; pandas escapes the names."""
        return self.table().round(1).to_html(index=False)

    def __repr__(self) -> str:
        """Count the ways and tell what they are weighed by."""
        return f"<Alternatives: {len(self)} by {', '.join(self.criteria)}>"


@spell_pins
def alternatives(  # noqa: PLR0913  # a question's ends stand beside its options
    network: Network,
    origin: str,
    destination: str,
    *,
    k: int = 4,
    criteria: str | Sequence[str] | None = None,
    max_shared: float = SHARED,
    dominated: bool = False,
    **conditions: Unpack[PinOptions],
) -> Alternatives:
    """Find a few ways that truly differ, ranked by the question's criterion.

    Candidates are the Pareto set over ``criteria``, the best by each criterion first. A candidate is taken
    if with each taken before it shares at most ``max_shared`` of the kilometres of the shorter of the two,
    and of their crossings and modes together: so two ways differ by a crossing or a mode. With ``dominated``
    also ways over one more place, the best by the question's criterion: these must be locally optimal and
    their detours bounded (admissible single-via paths; Abraham, Delling, Goldberg and Werneck 2013).

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by name or id.
    k
        How many ways at most.
    criteria
        What is weighed, as in ``pareto``; that of the question always counts.
    max_shared
        Largest share that two ways have in common, 0 to 1.
    dominated
        Whether ways count that another betters by every criterion.
    via, through, corridor, scenario
        What pins the way, and the scenarios it is asked under, as ``find_route`` takes them.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, criterion, load, value_of_time, allow_touch.

    Returns
    -------
    Alternatives
        A sequence, the best by the question's criterion first; fewer than ``k`` if no more differ.

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
    >>> ways = cc.alternatives(cc.load_network(), "Kashgar", "Tashkent", k=2)
    >>> len(ways)
    2

    """
    k, max_shared = whole(k, "k", 1, MOST), share(max_shared, "max_shared")
    network, query = read_pinned(network, origin, destination, conditions)
    arcs = build_choice_arcs(network, query)
    # the question's own criterion comes first, whatever is weighed beside it
    named = objectives(arcs, criteria)
    names = (query.criterion, *(name for name in named if name != query.criterion))
    # take a candidate if it differs from all taken before
    chosen: list[Way] = []
    for candidate in _candidates(network, arcs, names, dominated=flag(dominated, "dominated")):
        if all(candidate.differs(other, max_shared) for other in chosen):
            chosen.append(candidate)
        if len(chosen) == k:
            break
    ranked = _ranked(chosen, names, network.families)
    return Alternatives(ranked, names, () if dominated else _left_out(network, arcs, chosen, max_shared))


def _candidates(network: Network, arcs: Arcs, names: Sequence[str], *, dominated: bool) -> Iterator[Way]:
    """Go through the candidates in the order in which they are to be taken."""
    front = search_front(network, arcs, names)
    # the best by each criterion, then the rest of the front
    champions = np.argmin(front.cost, axis=0).tolist()  # the first is the best by the question's criterion
    for row in dict.fromkeys([*champions, *range(len(front.paths))]):
        yield _way_along(network, arcs, front.paths[row])
    # ways that others better, but that are good in themselves
    if dominated:
        seen = set(front.paths)
        for path in single_via_paths(arcs):
            if path not in seen and locally_optimal(arcs, path):
                seen.add(path)
                yield _way_along(network, arcs, path)


def _way_along(network: Network, arcs: Arcs, path: Path) -> Way:
    return Way.of(route_on(network, arcs, path))


def _left_out(network: Network, arcs: Arcs, chosen: Sequence[Way], most: float) -> tuple[str, ...]:
    """List the states that only ways cross which another betters: a reader may look for these."""
    crossed = {state for candidate in chosen for state in candidate.route.states}
    # nodes of the other states: what crosses one stops at some of them
    nodes: dict[str, list[int]] = {}
    for node in range(arcs.size):
        place = arcs.place_of(node)
        if place and network.state_of[place] not in crossed:
            nodes.setdefault(network.state_of[place], []).append(node)

    def has_good_way(state: str) -> bool:
        """Say whether one of the best few ways over a state is good in itself and differs from the chosen."""
        over_state = single_via_paths(arcs, np.array(nodes[state]), NEAR)
        for path in islice(over_state, TRIED):
            candidate = _way_along(network, arcs, path) if locally_optimal(arcs, path) else None
            if candidate and all(candidate.differs(other, most) for other in chosen):
                return True
        return False

    return tuple(sorted(filter(has_good_way, nodes)))


def _ranked(
    candidates: list[Way], names: tuple[str, ...], families: Mapping[str, str]
) -> tuple[AlternativeRoute, ...]:
    """Rank the ways by the first criterion, and say of each what tells it from the others."""
    # worth of each way by each criterion, the best by the first one on top
    worth = np.array([_worth(candidate.route, names) for candidate in candidates])
    order = np.argsort(worth[:, 0], kind="stable")
    worth, ordered = worth[order], [candidates[row] for row in order.tolist()]
    best, kept = worth <= worth.min(axis=0), undominated(worth)
    ranked = []
    for rank, candidate in enumerate(ordered):
        before = (candidate.shared(better) for better in ordered[:rank])
        ranked.append(
            AlternativeRoute(
                route=candidate.route,
                best_at=tuple(np.array(names)[best[rank]].tolist()),
                states=own_states(candidate, ordered),
                families=families_of(candidate.route, families),
                crossings=own_crossings(candidate, ordered),
                shared=max(before, default=0.0),
                dominated=not kept[rank],
            )
        )
    return tuple(ranked)


def _worth(route: Route, names: tuple[str, ...]) -> list[float]:
    """Sum what a route is worth by each criterion."""
    return [float(amounts(route.query, name, route.table).sum()) for name in names]
