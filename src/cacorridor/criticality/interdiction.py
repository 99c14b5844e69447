"""What would cut a journey: single links and crossings, and the smallest sets of states or crossings."""

from __future__ import annotations

import itertools
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cacorridor.costs.measures import difference_columns, without_column
from cacorridor.criticality.losses import in_unit, losses, measures_compared
from cacorridor.network.tables.answered import hold_rows, hold_tuples
from cacorridor.routing.conditions import spell_out
from cacorridor.routing.doors import choice, hours, whole
from cacorridor.routing.ends.access import join_ends
from cacorridor.routing.graph.arcs import best_route, build_arcs, route_on
from cacorridor.routing.query import build_query, endpoint_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Unpack

    import pandas as pd

    from cacorridor.network.held import HeldColumns
    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.routing.query import Query
    from cacorridor.shortest_paths.dijkstra import Path

SETS_OF = ("states", "crossings")
MAX_SIZE = 10  # members of a cut; the search grows with the power of the size
Cut = frozenset[str]


@spell_out
def vital_links(
    network: Network, origin: str, destination: str, **conditions: Unpack[ConditionOptions]
) -> pd.DataFrame:
    """Remove each link of the best route in turn, one link a row, the most vital first.

    For every measure there are the value with and without the link, and the difference: ``delta_h`` (hours),
    ``delta_km``, ``delta_usd``, ``delta_kg``, infinite where no route is left. The most vital link adds most
    by the criterion; ``is_crossing`` marks border links; ``detour_states`` are the states of the route that
    remains, in order of travel. Other links add nothing when lost.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by name or id.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, criterion, load, value_of_time, allow_touch.

    Returns
    -------
    pd.DataFrame
        One row a link of the best route: value, value without and difference by every measure,
        ``detour_states``.

    Raises
    ------
    UsageError
        If the conditions contradict each other.
    NoRouteError
        If the pair has no route at all, with what blocks the way.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> links = cc.vital_links(net, "Kashgar", "Tashkent", modes=["road"])
    >>> bool((links["delta_h"] >= 0).all())
    True

    """
    table: pd.DataFrame = ask_vital_links(network, origin, destination, **conditions).frame
    return table


def ask_vital_links(
    network: Network, origin: str, destination: str, **conditions: Unpack[ConditionOptions]
) -> HeldColumns:
    """Answer the question of ``vital_links``, without a frame."""
    network, origin, destination = join_ends(network, origin, destination)
    query = build_query(network, origin, destination, **conditions)
    arcs = build_arcs(network, query)
    best = best_route(network, arcs)
    lost = network.columns_of_links(best.links)
    known = zip(*(lost[name] for name in ("id", "from", "to", "mode", "is_border")), strict=True)
    links = {key: cells for key, *cells in known}
    # the best route without each of its links
    rows: list[dict[str, Any]] = []
    for link in best.links:
        detour = arcs.best(query.origin, query.destination, arcs.of_links([link]))
        without = None if detour is None else route_on(network, arcs, detour[1])
        start, end, mode, is_border = links[link]
        rows.append(
            {
                "link": link,
                "name": f"{network.place_name(start)} - {network.place_name(end)}",
                "mode": mode,
                "is_crossing": is_border,
                **losses(query, best, without, "delta"),
                "detour_states": "" if without is None else " ".join(without.states),
            }
        )
    # the most vital first, by what the question counts
    most_vital = difference_columns("delta", measures_compared(query))[query.measure.column]
    rows.sort(key=itemgetter(most_vital), reverse=True)  # of a tie the one met first stays first
    return hold_rows(rows, rows[0])


@spell_out
def minimal_cuts(  # noqa: PLR0913  # a question's places stand beside its options
    network: Network,
    origin: str,
    destination: str,
    *,
    of: Literal["states", "crossings"] = "states",
    more_than: float | None = None,
    more_than_h: float | None = None,
    largest: int = 3,
    **conditions: Unpack[ConditionOptions],
) -> pd.DataFrame:
    """Find all minimal sets of states, or of crossings, whose absence cuts a pair, the smallest first.

    With ``more_than`` also those whose absence adds more by the criterion. ``largest`` bounds the size of
    a set; no rows mean that no set of that size suffices. A set is minimal if no smaller one in it
    does. Crossings are border links.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by name or id.
    of
        What is missing: states or crossings.
    more_than
        Also sets that add more than this, in the unit of the criterion (time: h).
    more_than_h
        The same in hours, where the criterion is time.
    largest
        Largest size of a set to look for.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, criterion, load, value_of_time, allow_touch.

    Returns
    -------
    pd.DataFrame
        One row a set, the smallest first: members, ``size`` and, by the criterion, the value without and the
        difference: ``time_without_h``, ``delta_h``.

    Raises
    ------
    UsageError
        If ``of`` is unknown or the conditions contradict each other.
    NoRouteError
        If the pair has no route at all, with what blocks the way.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> cuts = cc.minimal_cuts(net, "Kashgar", "Tashkent", modes=["rail"], year=2026, largest=2)
    >>> "KAZ RUS" in set(cuts["states"])
    True

    """
    options: dict[str, Any] = {"more_than": more_than, "more_than_h": more_than_h, "largest": largest}
    table: pd.DataFrame = ask_minimal_cuts(network, origin, destination, of=of, **options, **conditions).frame
    return table


def ask_minimal_cuts(  # noqa: PLR0913  # as of minimal_cuts
    network: Network,
    origin: str,
    destination: str,
    *,
    of: Literal["states", "crossings"] = "states",
    more_than: float | None = None,
    more_than_h: float | None = None,
    largest: int = 3,
    **conditions: Unpack[ConditionOptions],
) -> HeldColumns:
    """Answer the question of ``minimal_cuts``, without a frame."""
    # what is asked
    choice(of, "minimal cuts of", SETS_OF)
    largest = whole(largest, "largest", 1, MAX_SIZE)
    if more_than_h is not None:
        more_than_h = hours(more_than_h, "more_than_h", zero=True, unlimited=True)
    network, origin, destination = join_ends(network, origin, destination)
    query = build_query(network, origin, destination, **conditions)
    more = in_unit(query, "more_than", more_than, more_than_h)
    arcs = build_arcs(network, query)
    # a cut adds more than that to the best value, or leaves no route
    best = float(query.measure.amount(best_route(network, arcs).table).sum())
    kind = _States(network, query, arcs) if of == "states" else _Crossings(network, arcs)
    limit = np.inf if more is None else best + more
    without, delta = without_column(query.measure), f"delta_{query.measure.unit}"
    types = {of: "str", "size": "int64", without: "float64", delta: "float64"}  # also where there is no row
    rows = [
        (" ".join(sorted(cut)), len(cut), left, left - best)
        for cut, left in _cuts_by_size(query, arcs, kind, limit, largest)
    ]
    return hold_tuples(rows, types, types)


def _cuts_by_size(
    query: Query, arcs: Arcs, kind: _States | _Crossings, limit: float, largest: int
) -> Iterator[tuple[Cut, float]]:
    """Find the minimal cuts by size, with what the route that each leaves is worth.

    Whatever blocks every route blocks the best one, so each cut holds something that lies on the best
    route of what it leaves when one of its members is taken out: it is enough to try those.
    """
    cuts: list[Cut] = []
    layer: set[Cut] = {frozenset()}
    # a cut must hit every route: extend a set by the members of the route that it leaves
    for _ in range(largest + 1):
        wider: set[Cut] = set()
        for cut in sorted(layer, key=sorted):
            if any(smaller <= cut for smaller in cuts):
                continue
            detour = arcs.best(query.origin, query.destination, kind.removed(cut))
            without = np.inf if detour is None else arcs.amount(detour[1])
            if detour is None or without > limit:
                cuts.append(cut)
                yield cut, without
            else:
                wider |= {cut | {member} for member in kind.on(detour[1])}
        layer = wider


class _States:
    """States as members of a cut; those of the two ends cannot be missing."""

    def __init__(self, network: Network, query: Query, arcs: Arcs) -> None:
        self.arcs = arcs
        self.ends = set(endpoint_states(network, query))

    def removed(self, cut: Cut) -> np.ndarray:
        return self.arcs.in_states(self.arcs.state_mask(cut))

    def on(self, path: Path) -> Iterable[str]:
        mask = self.arcs.path_mask(path)
        return set(self.arcs.states_in(mask)) - self.ends


class _Crossings:
    """Border links as members of a cut."""

    def __init__(self, network: Network, arcs: Arcs) -> None:
        self.arcs = arcs
        links = network.link_columns
        self.borders = set(itertools.compress(links["id"], links["is_border"]))

    def removed(self, cut: Cut) -> np.ndarray:
        return self.arcs.of_links(cut)

    def on(self, path: Path) -> Iterable[str]:
        return set(self.arcs.links_on(path)) & self.borders
