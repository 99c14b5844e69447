"""The question: conditions that hold for a whole journey, two ends, and what pins the way between them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from cacorridor.costs.loads import LOADS
from cacorridor.costs.measures import GENERALISED, criteria
from cacorridor.costs.prices import value_of_goods_time
from cacorridor.errors import UsageError
from cacorridor.network.schema import CLOCKS, SERVICE_LEVELS
from cacorridor.network.states import resolve_state
from cacorridor.network.tables.named import Corridor
from cacorridor.routing import doors
from cacorridor.routing.conditions import ConditionOptions, Conditions
from cacorridor.routing.doors import words
from cacorridor.routing.ends.endpoints import nearer_posts, resolve_end
from cacorridor.routing.ends.pins import fit_corridor, places_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Unpack

    from cacorridor.network.model import Network

# what holds where nothing is said
UNASKED = {each.name: each.default for each in fields(Conditions)} | {"modes": None}
NO_PINS = Corridor(name="", via=())


@dataclass(frozen=True, kw_only=True)
class Query(Conditions):
    """A question to the network: two ends, the conditions of ``Conditions``, and pins.

    Parameters
    ----------
    origin, destination
        Ids of the ends.
    via
        Ids of places to pass, in this order.
    stretches
        Modes up to each place of ``via``, then to the end; none if ``modes`` hold for all.
    through
        States to cross, in no order.
    scenarios
        Names of the scenarios that the network stands under.
    count
        What the clock counts: from departure to arrival, or from terminal to terminal.
    notes
        How names and pins were understood where it is not plain.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> route.query.origin, route.query.destination
    ('kashgar', 'tashkent')

    """

    origin: str
    destination: str
    via: tuple[str, ...] = ()
    stretches: tuple[frozenset[str] | None, ...] = ()
    through: frozenset[str] = frozenset()
    scenarios: tuple[str, ...] = ()
    count: str = CLOCKS[0]
    notes: tuple[str, ...] = field(default=(), compare=False)  # how names and pins were understood

    def modes_on(self, stretch: int) -> frozenset[str]:
        """Return the modes allowed on the stretch before a place of ``via``, or on the last one."""
        # a stretch without a mode of its own is open to those of the whole journey
        of_stretch = self.stretches[stretch] if self.stretches else None
        return self.modes if of_stretch is None else of_stretch


def build_query(  # noqa: PLR0913  # a question's ends stand beside what pins the way
    network: Network,
    origin: str,
    destination: str,
    *,
    corridor: str | None = None,
    via: str | Sequence[str] = (),
    through: str | Sequence[str] = (),
    count: str = CLOCKS[0],
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
    # what pins the way: a corridor, states, places
    pins = _pins_of(network, corridor)
    conditions = _conditions_of(network, options, pins)
    conditions["count"] = doors.choice(count, "count", CLOCKS)
    conditions["through"] = frozenset(resolve_state(network, state) for state in words(through, "through"))
    places = tuple(network.find_place(place) for place in words(via, "via"))
    starts, stops = resolve_end(network, origin), resolve_end(network, destination)

    # a gateway has several posts: the question is asked between each two
    def between(start: str, stop: str) -> Query:
        return _query_between(network, (start, stop), pins, places, conditions)

    if len(starts.places) == len(stops.places) == 1:
        return between(starts.places[0], stops.places[0])
    return nearer_posts(network, starts, stops, between)


def build_open_query(
    network: Network, origin: str, destination: str, **options: Unpack[ConditionOptions]
) -> Query:
    """Build a query whose ends, ids of places, stand for many: conditions are read, ends are not judged.

    Raises
    ------
    UsageError
        If a condition is an unknown word.

    """
    conditions = _conditions_of(network, options, _pins_of(network, None))
    return Query(origin=origin, destination=destination, scenarios=network.applied, **conditions)


def _query_between(
    network: Network, ends: tuple[str, str], pins: Corridor, via: tuple[str, ...], conditions: dict[str, Any]
) -> Query:
    """Build the query between two places."""
    # the corridor as this pair meets it: its direction and its part hang on the ends
    pins, notes = fit_corridor(network, pins, ends)
    places, left_out = places_between(network, ends, via, pins)
    query = Query(
        origin=ends[0],
        destination=ends[1],
        via=places,
        stretches=_stretches(network, pins, (ends[0], *places, ends[1])),
        scenarios=network.applied,
        notes=(*notes, *left_out),
        **conditions,
    )
    _validate(network, query)
    return query


def _conditions_of(network: Network, options: Mapping[str, Any], pins: Corridor) -> dict[str, Any]:
    """Turn options into the fields of ``Conditions``; what a corridor pins fills the gaps."""
    # a condition that is misspelt must not be ignored
    if not options.keys() <= UNASKED.keys():
        unknown = sorted(set(options) - set(UNASKED))
        raise UsageError(f"unknown condition {unknown[0]!r}; allowed: {', '.join(sorted(UNASKED))}")
    given = {**UNASKED, **options}
    # what is asked goes before what the corridor says; bans add up
    avoid = frozenset(resolve_state(network, state) for state in words(given["avoid"], "avoid"))
    modes = given["modes"] if given["modes"] is not None else pins.modes or None
    year = doors.year(network, given["year"])
    return {
        "avoid": avoid | frozenset(pins.avoid),
        "allow_touch": doors.flag(given["allow_touch"], "allow_touch"),
        "modes": expand_modes(network, modes),
        "level": doors.choice(given["level"], "level", SERVICE_LEVELS),
        "year": pins.year if year is None else year,
        "month": doors.month(given["month"]),
        "survey_year": doors.year(network, given["survey_year"], "survey_year"),
        "criterion": doors.choice(given["criterion"], "criterion", criteria()),
        "load": doors.choice(given["load"], "load", LOADS),
        "value_of_time": _value_of_time(network, given),
    }


def _value_of_time(network: Network, given: Mapping[str, Any]) -> float | None:
    """Take dollars an hour, or look up what an hour is worth to some goods; generalised cost needs one."""
    worth, load = given["value_of_time"], doors.choice(given["load"], "load", LOADS)
    if worth is None:
        if given["criterion"] == GENERALISED:
            raise UsageError(
                "criterion generalised needs value_of_time: dollars an hour, or a word for goods"
            )
        return None
    if isinstance(worth, str):
        return value_of_goods_time(network, worth, load)
    return doors.weight(worth, "value_of_time")


def _pins_of(network: Network, corridor: str | None) -> Corridor:
    """Look up a named corridor; no name pins nothing."""
    if corridor is None:
        return NO_PINS
    if not isinstance(corridor, str) or corridor not in network.corridors:
        raise UsageError(f"unknown corridor {corridor!r}; allowed: {', '.join(network.corridors)}")
    return network.corridors[corridor]


def _stretches(
    network: Network, pins: Corridor, places: tuple[str, ...]
) -> tuple[frozenset[str] | None, ...]:
    """Assign to each stretch of a route the mode that the corridor has for it."""
    if not pins.by:
        return ()
    mode_of = dict(zip(itertools.pairwise(pins.via), pins.by, strict=True))
    # a stretch that the corridor does not have, such as the way to it, takes any mode
    stretches: list[frozenset[str] | None] = []
    for stretch in itertools.pairwise(places):
        mode = mode_of.get(stretch)
        stretches.append(None if mode is None else expand_modes(network, [mode]))
    return tuple(stretches)


def expand_modes(network: Network, modes: str | Iterable[str] | None) -> frozenset[str]:
    """Turn words for modes into modes of the network; "rail" means every gauge.

    No words, and all modes by name, become the empty set: no mode is ruled out.

    Raises
    ------
    UsageError
        If a word is not a mode.

    """
    if modes is None:
        return frozenset()
    given = words(modes, "modes")
    families = network.families
    # a word is a mode or a family of modes, in letters of any case
    named = {word.casefold() for word in given}
    chosen = frozenset(mode for mode, family in families.items() if not named.isdisjoint({mode, family}))
    if not chosen or not named <= set(network.mode_words):
        raise UsageError(f"modes {', '.join(given) or 'none'}; allowed: {', '.join(network.mode_words)}")
    return frozenset() if len(chosen) == len(families) else chosen


def endpoint_states(network: Network, query: Query) -> tuple[str, str]:
    """Return the states of origin and destination, which no journey between them can lack."""
    state_of = network.state_of
    return state_of[query.origin], state_of[query.destination]


def _validate(network: Network, query: Query) -> None:
    """Refuse questions that contradict themselves."""
    if query.origin == query.destination:
        raise UsageError(f"origin and destination are the same place: {network.place_name(query.origin)}")
    # a question that no journey can answer, whatever the network
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
