"""The question: conditions that hold for a whole journey, two ends, and what pins the way between them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, cast

from cacorridor.costs.measures import criteria
from cacorridor.errors import UsageError
from cacorridor.network.model import Corridor
from cacorridor.network.schema import LEVELS, MONTHS
from cacorridor.routing.conditions import ConditionOptions, Conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network


@dataclass(frozen=True, kw_only=True)
class Query(Conditions):
    """A question to the network: two ends, conditions, and pins; ``through`` in no order, ``via`` in order.

    ``stretches`` are the modes up to each place of ``via``, then to the end; none if the modes hold for all.
    ``scenarios`` are those that the network stands under.
    """

    origin: str
    destination: str
    via: tuple[str, ...] = ()
    stretches: tuple[frozenset[str] | None, ...] = ()
    through: frozenset[str] = frozenset()
    scenarios: tuple[str, ...] = ()

    def modes_on(self, stretch: int) -> frozenset[str]:
        """Return the modes allowed on the stretch before a place of ``via``, or on the last one."""
        own = self.stretches[stretch] if self.stretches else None
        return self.modes if own is None else own


def build_query(  # noqa: PLR0913  # a question's ends stand beside what pins the way
    network: Network,
    origin: str,
    destination: str,
    *,
    corridor: str | None = None,
    via: Sequence[str] = (),
    through: Sequence[str] = (),
    **options: Unpack[ConditionOptions],
) -> Query:
    """Build a query from names and words.

    Raises
    ------
    UnknownPlaceError
        With the three nearest names.
    UsageError
        If the conditions contradict each other or use an unknown word.

    """
    pins = _pins(network, corridor)
    ends = network.find_place(origin), network.find_place(destination)
    places = tuple(place for place in map(network.find_place, [*via, *pins.via]) if place not in ends)
    query = Query(
        origin=ends[0],
        destination=ends[1],
        via=places,
        stretches=_stretches(network, pins, (ends[0], *places, ends[1])),
        through=frozenset(through),
        scenarios=network.applied,
        **_conditions(network, options, pins),
    )
    _validate(network, query)
    return query


def _conditions(network: Network, options: Mapping[str, Any], pins: Corridor) -> dict[str, Any]:
    """Turn options into the fields of ``Conditions``; what a corridor pins fills the gaps."""
    known = {each.name for each in fields(Conditions)}
    unknown = sorted(set(options) - known)
    if unknown:
        raise UsageError(f"unknown condition {unknown[0]!r}; allowed: {', '.join(sorted(known))}")
    modes = options.get("modes")
    return {
        **options,
        "avoid": frozenset(options.get("avoid", ())) | frozenset(pins.avoid),
        "modes": expand_modes(network, modes if modes is not None else pins.modes or None),
        "year": options.get("year") or pins.year,
    }


def _pins(network: Network, corridor: str | None) -> Corridor:
    """Look up a named corridor; no name pins nothing."""
    if corridor is None:
        return Corridor(name="", via=())
    if corridor not in network.corridors:
        raise UsageError(f"unknown corridor {corridor!r}; allowed: {', '.join(network.corridors)}")
    return network.corridors[corridor]


def _stretches(
    network: Network, pins: Corridor, places: tuple[str, ...]
) -> tuple[frozenset[str] | None, ...]:
    """Assign to each stretch of a route the mode that the corridor has for it."""
    if not pins.by:
        return ()
    own = dict(zip(itertools.pairwise(pins.via), pins.by, strict=True))
    modes = (own.get(stretch) for stretch in itertools.pairwise(places))
    return tuple(None if mode is None else expand_modes(network, [mode]) for mode in modes)


def expand_modes(network: Network, modes: Iterable[str] | None) -> frozenset[str]:
    """Turn words for modes into modes of the network; "rail" means every gauge.

    No words, and all modes by name, become the empty set: no mode is ruled out.

    Raises
    ------
    UsageError
        If a word is not a mode.

    """
    if modes is None:
        return frozenset()
    words = list(modes)
    families = network.families
    chosen = frozenset(mode for mode, family in families.items() if mode in words or family in words)
    if not chosen or not set(words) <= set(network.mode_words):
        raise UsageError(f"modes {', '.join(words) or 'none'}; allowed: {', '.join(network.mode_words)}")
    return frozenset() if len(chosen) == len(families) else chosen


def endpoint_states(network: Network, query: Query) -> tuple[str, str]:
    """Return the states of origin and destination, which no journey between them can lack."""
    state_of = network.state_of
    return state_of[query.origin], state_of[query.destination]


def require_time(query: Query, question: str) -> None:
    """Refuse a criterion other than time where a question is counted in hours.

    Raises
    ------
    UsageError
        Saying that the criterion must be time.

    """
    if query.criterion != "time":
        raise UsageError(f"{question} is counted in hours: the criterion must be time")


def _validate(network: Network, query: Query) -> None:
    """Refuse questions that contradict themselves."""
    _require_known_words(network, query)
    if query.origin == query.destination:
        raise UsageError(f"origin and destination are the same place: {network.place_name(query.origin)}")
    for state in sorted(query.avoid & query.through):
        raise UsageError(f"{state} is both in through and in avoid")
    state_of = network.state_of
    for place in (query.origin, query.destination, *query.via):
        if state_of[place] in query.avoid:
            raise UsageError(f"{network.place_name(place)} lies in {state_of[place]}, which is avoided")
        if place in network.closed_places:
            closers = ", ".join(network.applied)
            raise UsageError(
                f"{network.place_name(place)} ({state_of[place]}) is closed by scenario {closers}"
            )


def _require_known_words(network: Network, query: Query) -> None:
    """Refuse levels, criteria, months and states that do not exist."""
    if query.level not in LEVELS:
        raise UsageError(f"level {query.level!r}; allowed: {', '.join(LEVELS)}")
    if query.criterion not in criteria():
        raise UsageError(f"criterion {query.criterion!r}; allowed: {', '.join(criteria())}")
    if query.month is not None and str(query.month) not in MONTHS:
        raise UsageError(f"month {query.month}; allowed: 1 to 12")
    known = set(cast("Iterable[str]", network.state_shapes.index))
    for state in sorted((query.avoid | query.through) - known):
        raise UsageError(f"unknown state {state!r}; allowed: {', '.join(sorted(known))}")
