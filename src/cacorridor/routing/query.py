"""The question: conditions that hold for a whole journey, two ends, and what pins the way between them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypedDict

from cacorridor.costs.measures import criteria
from cacorridor.errors import UsageError
from cacorridor.network.model import Corridor
from cacorridor.network.schema import LEVELS, MODE_WORDS, MODES, RAIL
from cacorridor.network.states import resolve_state
from cacorridor.routing import doors
from cacorridor.routing.doors import words
from cacorridor.routing.endpoints import nearer_posts, resolve_end
from cacorridor.routing.pins import fit_corridor, places_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network


class ConditionOptions(TypedDict, total=False):
    """The conditions as keyword options; ``Conditions`` says what each means."""

    avoid: str | Sequence[str] | None
    modes: str | Sequence[str] | None
    level: str
    year: int | None
    month: int | None
    survey_year: int | None
    criterion: str
    allow_touch: bool


def _condition(default: Any, meaning: str, metavar: str = "") -> Any:
    """Declare a condition: its default and, for command lines and pages, what it means."""
    return field(default=default, metadata={"meaning": meaning, "metavar": metavar})


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What holds for a whole question, in ids and sets; options, switches and headings are made from the fields."""

    avoid: frozenset[str] = _condition(frozenset(), "keep out of this state", "ISO3")
    allow_touch: bool = _condition(
        default=False, meaning="let a train run through an avoided state unstopped"
    )
    modes: frozenset[str] = _condition(frozenset(MODES), ", ".join(MODE_WORDS), "MODE")
    level: str = _condition("express", "service level (express)")
    year: int | None = _condition(None, "ask the network of that year", "YEAR")
    month: int | None = _condition(
        None, "month of the journey, 1 to 12: passes close, storms stop ferries", "MONTH"
    )
    survey_year: int | None = _condition(None, "prefer border surveys and speeds of that year", "SURVEY_YEAR")
    criterion: str = _condition("time", "what is best (time)")

    def given(self) -> dict[str, Any]:
        """List the conditions that differ from their defaults."""
        return {
            each.name: getattr(self, each.name)
            for each in fields(Conditions)
            if getattr(self, each.name) != each.default
        }


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
    notes: tuple[str, ...] = field(default=(), compare=False)  # how names and pins were understood

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
    via: str | Sequence[str] = (),
    through: str | Sequence[str] = (),
    **options: Unpack[ConditionOptions],
) -> Query:
    """Build a query from names and words.

    An end may be a gateway: the journey then begins or ends at the post to which its best route leads, and
    the query's ``notes`` say so.

    Raises
    ------
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.
    UsageError
        If the conditions contradict each other or use an unknown word.

    """
    pins = _pins(network, corridor)
    conditions = _conditions(network, options, pins)
    conditions["through"] = frozenset(resolve_state(network, state) for state in words(through, "through"))
    places = tuple(network.find_place(place) for place in words(via, "via"))
    starts, stops = resolve_end(network, origin), resolve_end(network, destination)

    def between(start: str, stop: str) -> Query:
        return _query_between(network, (start, stop), pins, places, conditions)

    if len(starts.places) == len(stops.places) == 1:
        return between(starts.places[0], stops.places[0])
    return nearer_posts(network, starts, stops, between)


def _query_between(
    network: Network, ends: tuple[str, str], pins: Corridor, via: tuple[str, ...], conditions: dict[str, Any]
) -> Query:
    """Build the query between two places."""
    pins, notes = fit_corridor(network, pins, ends)
    places, left_out = places_between(network, ends, via, pins)
    query = Query(
        origin=ends[0],
        destination=ends[1],
        via=places,
        stretches=_stretches(pins, (ends[0], *places, ends[1])),
        scenarios=network.applied,
        notes=(*notes, *left_out),
        **conditions,
    )
    _validate(network, query)
    return query


def _conditions(network: Network, options: Mapping[str, Any], pins: Corridor) -> dict[str, Any]:
    """Turn options into the fields of ``Conditions``; what a corridor pins fills the gaps."""
    known = {each.name: each.default for each in fields(Conditions)}
    unknown = sorted(set(options) - set(known))
    if unknown:
        raise UsageError(f"unknown condition {unknown[0]!r}; allowed: {', '.join(sorted(known))}")
    given = {**known, "modes": None, **options}
    avoid = frozenset(resolve_state(network, state) for state in words(given["avoid"], "avoid"))
    modes = given["modes"] if given["modes"] is not None else pins.modes or None
    year = doors.year(network, given["year"])
    return {
        "avoid": avoid | frozenset(pins.avoid),
        "allow_touch": doors.flag(given["allow_touch"], "allow_touch"),
        "modes": expand_modes(modes),
        "level": doors.choice(given["level"], "level", LEVELS),
        "year": pins.year if year is None else year,
        "month": doors.month(given["month"]),
        "survey_year": doors.year(network, given["survey_year"], "survey_year"),
        "criterion": doors.choice(given["criterion"], "criterion", criteria()),
    }


def _pins(network: Network, corridor: str | None) -> Corridor:
    """Look up a named corridor; no name pins nothing."""
    if corridor is None:
        return Corridor(name="", via=())
    if not isinstance(corridor, str) or corridor not in network.corridors:
        raise UsageError(f"unknown corridor {corridor!r}; allowed: {', '.join(network.corridors)}")
    return network.corridors[corridor]


def _stretches(pins: Corridor, places: tuple[str, ...]) -> tuple[frozenset[str] | None, ...]:
    """Assign to each stretch of a route the mode that the corridor has for it."""
    if not pins.by:
        return ()
    own = dict(zip(itertools.pairwise(pins.via), pins.by, strict=True))
    modes = (own.get(stretch) for stretch in itertools.pairwise(places))
    return tuple(None if mode is None else expand_modes([mode]) for mode in modes)


def expand_modes(modes: str | Iterable[str] | None) -> frozenset[str]:
    """Turn words for modes into modes; "rail" means every gauge, nothing means all.

    Raises
    ------
    UsageError
        If a word is not a mode.

    """
    if modes is None:
        return frozenset(MODES)
    given = words(modes, "modes")
    chosen = frozenset(itertools.chain.from_iterable(RAIL if word == "rail" else (word,) for word in given))
    if not chosen or not chosen <= set(MODES):
        raise UsageError(f"modes {', '.join(given) or 'none'}; allowed: {', '.join(MODE_WORDS)}")
    return chosen


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
