"""Put a question: names become ids, words become sets, and contradictions are refused."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, TypedDict

from cacorridor.errors import UsageError
from cacorridor.network.model import Corridor
from cacorridor.network.schema import LEVELS, MODE_WORDS, MODES, MONTHS, RAIL
from cacorridor.routing.search import Query

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from cacorridor.network.model import Network

CRITERIA = ("time", "length")


class Conditions(TypedDict, total=False):
    """Conditions that hold for a whole question; ``find_route`` tells what each means."""

    avoid: Sequence[str]
    modes: Sequence[str] | None
    level: str
    year: int | None
    month: int | None
    survey_year: int | None
    criterion: str
    allow_touch: bool


def pose(  # noqa: PLR0913  # a question's places stand beside its conditions
    network: Network,
    origin: str,
    destination: str,
    *,
    corridor: str | None = None,
    via: Sequence[str] = (),
    through: Sequence[str] = (),
    **conditions: Unpack[Conditions],
) -> Query:
    """Put a question to a network, in ids and sets.

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
    modes = conditions.get("modes")
    query = Query(
        *ends,
        via=places,
        stretches=_stretches(pins, (ends[0], *places, ends[1])),
        through=frozenset(through),
        avoid=frozenset(conditions.get("avoid", ())) | frozenset(pins.avoid),
        modes=expand_modes(modes if modes is not None else pins.modes or None),
        level=conditions.get("level", "express"),
        year=conditions.get("year") or pins.year,
        month=conditions.get("month"),
        survey_year=conditions.get("survey_year"),
        criterion=conditions.get("criterion", "time"),
        allow_touch=conditions.get("allow_touch", False),
        scenarios=network.applied,
    )
    _require_sense(network, query)
    return query


def _pins(network: Network, corridor: str | None) -> Corridor:
    """Look up a named corridor; no name pins nothing."""
    if corridor is None:
        return Corridor(name="", via=())
    if corridor not in network.corridors:
        raise UsageError(f"unknown corridor {corridor!r}; allowed: {', '.join(network.corridors)}")
    return network.corridors[corridor]


def _stretches(pins: Corridor, places: tuple[str, ...]) -> tuple[frozenset[str] | None, ...]:
    """Assign to each stretch of a route the mode that the corridor has for it."""
    if not pins.by:
        return ()
    own = dict(zip(itertools.pairwise(pins.via), pins.by, strict=True))
    modes = (own.get(stretch) for stretch in itertools.pairwise(places))
    return tuple(None if mode is None else expand_modes([mode]) for mode in modes)


def expand_modes(modes: Sequence[str] | None) -> frozenset[str]:
    """Turn words for modes into modes; "rail" means both gauges, nothing means all.

    Raises
    ------
    UsageError
        If a word is not a mode.

    """
    if modes is None:
        return frozenset(MODES)
    words = itertools.chain.from_iterable(RAIL if word == "rail" else (word,) for word in modes)
    chosen = frozenset(words)
    if not chosen or not chosen <= set(MODES):
        raise UsageError(f"modes {', '.join(modes) or 'none'}; allowed: {', '.join(MODE_WORDS)}")
    return chosen


def _require_sense(network: Network, query: Query) -> None:
    """Refuse questions that contradict themselves."""
    _require_known_words(network, query)
    if query.origin == query.destination:
        raise UsageError(f"origin and destination are the same place: {network.place_name(query.origin)}")
    for state in sorted(query.avoid & query.through):
        raise UsageError(f"{state} is both in through and in avoid")
    state_of = network.table("places")["state"]
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
    if query.criterion not in CRITERIA:
        raise UsageError(f"criterion {query.criterion!r}; allowed: {', '.join(CRITERIA)}")
    if query.month is not None and str(query.month) not in MONTHS:
        raise UsageError(f"month {query.month}; allowed: 1 to 12")
    known = set(network.states.index)
    for state in sorted((query.avoid | query.through) - known):
        raise UsageError(f"unknown state {state!r}; allowed: {', '.join(sorted(known))}")
