"""Questions of several criteria whose way is pinned to places, states or a corridor."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from cacorridor.errors import UsageError
from cacorridor.routing.choice.layers import PinnedArcs, Revisit, Wishes, build_layers
from cacorridor.routing.conditions import ConditionOptions, spell_out
from cacorridor.routing.doors import words
from cacorridor.routing.ends.access import join_places
from cacorridor.routing.finding import find_route
from cacorridor.routing.graph.arcs import Arcs, build_arcs
from cacorridor.routing.graph.search import supernetwork_for
from cacorridor.routing.query import build_query
from cacorridor.shortest_paths import Front, pareto_front, undominated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cacorridor.network.model import Network
    from cacorridor.network.scenarios.scenarios import ScenarioLike
    from cacorridor.routing.query import Query
    from cacorridor.shortest_paths.dijkstra import Path

MOST_LAYERS = 64  # each is a copy of the graph
MOST_FRONTS = 300  # searched for one question while paths that double back are split
SAME = 1e-9  # of the least amount by a criterion: amounts that differ by less are equal

F = TypeVar("F", bound="Callable[..., Any]")


class PinOptions(ConditionOptions, total=False):
    """Conditions, and what pins the way, as ``find_route`` takes them."""

    via: str | Sequence[str]
    through: str | Sequence[str]
    corridor: str | None
    scenario: ScenarioLike | Sequence[ScenarioLike] | None


PINS = ("via", "through", "corridor", "scenario")


def spell_pins(question: F) -> F:
    """Show what may pin a question, and each of its conditions, in its signature."""
    spell_out(question)
    signature, route = inspect.signature(question), inspect.signature(find_route)
    # behind what the question declares itself, before the conditions, as in find_route
    pins = [route.parameters[name] for name in PINS]
    given = list(signature.parameters.values())
    first = next(at for at, each in enumerate(given) if each.name == "avoid")
    question.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*given[:first], *pins, *given[first:]]
    )
    return question


def read_pinned(
    network: Network, origin: str, destination: str, options: PinOptions
) -> tuple[Network, Query]:
    """Read a question that may be pinned: the network under its scenario with its towns, and the query.

    Raises
    ------
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.
    UsageError
        If the conditions contradict each other or use an unknown word.

    """
    given: dict[str, Any] = dict(options)
    scenario = given.pop("scenario", None)
    if scenario is not None:
        from cacorridor.network.scenarios.scenarios import network_under

        network = network_under(network, scenario)
    # towns and points among the ends and the places of via are joined to the network
    between = words(given.pop("via", ()), "via")
    network, (start, stop, *places) = join_places(network, (origin, destination, *between))
    return network, build_query(network, start, stop, via=places, **given)


def build_choice_arcs(network: Network, query: Query) -> Arcs:
    """Select the arcs of a query, in layers where its way is pinned.

    Raises
    ------
    UsageError
        If there are more wishes than layers can be made for.

    """
    if not (query.via or query.through):
        return build_arcs(network, query)
    supernetwork = supernetwork_for(network, query)
    wishes = Wishes.of(supernetwork, query)
    if wishes.layers > MOST_LAYERS:
        raise UsageError(f"{wishes.layers} sets of wishes of via and through; allowed: {MOST_LAYERS}")
    return build_layers(supernetwork, query, wishes)


def front_on(arcs: Arcs, weight: np.ndarray) -> Front:
    """Search the Pareto set between the ends of a query, of paths that do not double back.

    ``weight`` is that of each arc by each criterion, shape (criteria, arcs).

    Raises
    ------
    UsageError
        If paths double back in more ways than can be split.

    """
    ends = arcs.start[arcs.query.origin], arcs.end[arcs.query.destination]
    if not isinstance(arcs, PinnedArcs):
        return pareto_front(arcs.tail, arcs.head, arcs.size, weight, ends)
    # a path that doubles back makes two questions of one, each without some of the arcs
    kept_paths: list[tuple[list[float], Path]] = []
    questions = [np.zeros(len(arcs.arc), dtype=bool)]
    for removed in questions:
        if len(questions) > MOST_FRONTS:
            raise UsageError(f"over {MOST_FRONTS} ways double back: pin the way to fewer places or states")
        # what is no better than a path that was found need not be searched again
        known = np.array([cost for cost, _ in kept_paths]).reshape(len(kept_paths), len(weight))
        left = np.where(removed, np.inf, weight)
        front = pareto_front(arcs.tail, arcs.head, arcs.size, left, ends, known=known)
        questions += [removed | more for more in _take(arcs, front, kept_paths)]
    return _sorted(kept_paths, len(weight))


def _take(arcs: PinnedArcs, front: Front, kept_paths: list[tuple[list[float], Path]]) -> Iterable[np.ndarray]:
    """Put the paths that do not double back to those found; say how to split the first that does."""
    doubled: tuple[Path, Revisit] | None = None
    for cost, path in zip(front.cost.tolist(), front.paths, strict=True):
        revisit = arcs.first_revisit(path)
        if revisit is None:
            kept_paths.append((cost, path))
        else:
            doubled = doubled or (path, revisit)
    return arcs.split(*doubled) if doubled else ()


def _sorted(kept_paths: Sequence[tuple[list[float], Path]], criteria: int) -> Front:
    """Keep what no other path betters, once, in ascending order."""
    cost = np.array([each for each, _ in kept_paths]).reshape(len(kept_paths), criteria)
    if not kept_paths:
        return Front(cost, ())
    kept = np.flatnonzero(undominated(cost, SAME * cost.min(axis=0)))
    rows = kept[np.lexsort(cost[kept].T[::-1])].tolist()
    return Front(cost[rows], tuple(kept_paths[row][1] for row in rows))
