"""What a name means: a place by id, by name in three languages, by alias, or the posts of a gateway.

An id is an id and wins as it is written. All other spellings are folded, and one that several places share is
refused with all of them, because nothing ambiguous is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cacorridor.errors import AmbiguousPlaceError, UnknownPlaceError, UsageError
from cacorridor.network.scenarios.memory import original_of
from cacorridor.network.spelling import fold_name
from cacorridor.network.states import match_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cacorridor.network.model import Network

LANGUAGES = ("name", "name_ru", "name_zh")  # columns of places
NAMED = ("places", "aliases")  # tables that names stand in
SIMILAR = 0.7  # share of matching letters above which a name is offered as nearest
NEAREST = 3
QUALIFIED = re.compile(r"(?P<name>.+?)\s*(?:,\s*(?P<after>[^,()]+)|\((?P<within>[^()]+)\))\s*")
QUALIFIER = re.compile(r"\s*\([^()]*\)\s*$")  # "(KAZ)" or "(post)" behind a name

Places = tuple[str, ...]  # ids


@dataclass(frozen=True)
class Gateway:
    """Places that share one border gateway."""

    name: str
    posts: Places


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The names of the places of one network."""

    network: Network = field(repr=False)

    def find(self, name: str) -> str:
        """Find the one place that a name means.

        Returns
        -------
        str
            The id of the place.

        Raises
        ------
        UnknownPlaceError
            With the names most like it, if any are.
        AmbiguousPlaceError
            With every place that the name may mean; of a gateway its posts.
        UsageError
            If the name is not text.

        """
        places = self.meanings(name)
        if len(places) > 1:
            raise AmbiguousPlaceError(name, places, self.labels(places))
        return places[0]

    def ends(self, name: str) -> Places:
        """List the places at which a journey to or from a name may end: one, or the posts of a gateway.

        Raises
        ------
        UnknownPlaceError
            With the names most like it, if any are.
        AmbiguousPlaceError
            With every place that the name may mean, if they are not posts of a gateway of this name.
        UsageError
            If the name is not text.

        """
        gateway = self.gateway(name)
        return (self.find(name),) if gateway is None else gateway.posts

    def gateway(self, name: str) -> Gateway | None:
        """Return the gateway that a name means, unless a place has the name."""
        if not isinstance(name, str) or self.network.has_place(name):
            return None
        gateway = self._gateways.get(fold_name(name))
        return None if gateway is not None and fold_name(name) in self._names else gateway

    def meanings(self, name: str) -> Places:
        """List the places that a name may mean, one or more.

        Raises
        ------
        UnknownPlaceError
            If it is none.
        UsageError
            If the name is not text.

        """
        if not isinstance(name, str):
            raise UsageError(f"a place is named by text, not by {type(name).__name__} {str(name)[:40]!r}")
        if self.network.has_place(name):
            return (name,)
        # from the narrowest reading to the widest: as written, folded, with a state behind it
        places = self._plain(name) or self._folded(fold_name(name)) or self._in_state(name)
        if not places:
            raise UnknownPlaceError(name, self.nearest(name))
        return places

    def nearest(self, name: str) -> tuple[str, ...]:
        """List English names of places whose spelling is much like a name, at most three."""
        import difflib

        # a state behind the name is not part of its spelling
        qualified = QUALIFIED.fullmatch(name)
        folded = fold_name(name if qualified is None else qualified["name"])
        close = difflib.get_close_matches(folded, self._all_spellings, n=12, cutoff=SIMILAR)
        places = (place for spelling in close for place in self._all_spellings[spelling])
        return tuple(dict.fromkeys(map(self.network.place_name, places)))[:NEAREST]

    def known(self, folded: str) -> Places:
        """List the places of a folded spelling: named by it, of a gateway of this name, or none."""
        return self._folded(folded)

    def spellings_of(self, places: Places) -> tuple[str, ...]:
        """List the folded spellings of places: names, aliases, ids, and names without brackets."""
        return tuple(
            spelling for spelling, named in self._all_spellings.items() if not set(named).isdisjoint(places)
        )

    def labels(self, places: Iterable[str]) -> tuple[str, ...]:
        """Name places in English with their states."""
        return tuple(map(self._label, places))

    # ------------------------------------------------------------ spellings

    def _plain(self, name: str) -> Places:
        """List the one place that is spelled just so, if that is its own name or its id says the same."""
        written, folded = name.strip().casefold(), fold_name(name)
        place = self._written.get(written) if folded else None
        if place is None:
            return ()
        if fold_name(place) == folded:
            return (place,)
        # an alias alone chooses nobody, and a name does not go before another place's id
        is_own = written in self._own[place]
        return (place,) if is_own and set(self._by_id.get(folded, ())) <= {place} else ()

    @cached_property
    def _own(self) -> Mapping[str, set[str]]:
        """How each place spells its names, but for capitals."""
        own: dict[str, set[str]] = {place: set() for place in self.network.columns("places")["id"]}
        for column in LANGUAGES:
            for text, place in self._spelled[column]:
                own[place].add(text.strip().casefold())
        return own

    @cached_property
    def _written(self) -> Mapping[str, str | None]:
        """The place of each spelling as it is written, but for capitals; None of one that several share."""
        # the last place of each spelling; then, wherever a spelling has another place, none
        pairs = [pair for column, spelled in self._spelled.items() if column != "id" for pair in spelled]
        spellings = [text.strip().casefold() for text, _ in pairs]
        last: dict[str, str | None] = dict(zip(spellings, (place for _, place in pairs), strict=True))
        for spelling, (_, place) in zip(spellings, pairs, strict=True):
            if last[spelling] != place:
                last[spelling] = None
        return last

    def _folded(self, folded: str) -> Places:
        """List the places of a folded name; an id written otherwise counts beside the names."""
        ids = self._by_id.get(folded, ())
        # names before gateways, gateways before ids and names without their brackets
        if folded in self._names:
            return _merged(self._names[folded], ids)
        if folded in self._gateways:
            return self._gateways[folded].posts
        return _merged(ids, self._bare.get(folded, ()))

    def _in_state(self, text: str) -> Places:
        """Understand "Torkham, Pakistan" and "Astara (IRN)"."""
        qualified = QUALIFIED.fullmatch(text)
        if qualified is None:
            return ()
        state = match_state(self.network, qualified["after"] or qualified["within"])
        folded = fold_name(qualified["name"])
        places = _merged(self._folded(folded), self._bare.get(folded, ()))
        return tuple(place for place in places if self.network.state_of[place] == state)

    @cached_property
    def _spelled(self) -> Mapping[str, list[tuple[str, str]]]:
        """Spellings with their places, for each kind of spelling."""
        network = self.network
        places = network.columns("places")
        spelled = {
            column: list(zip(places[column], places["id"], strict=True)) for column in (*LANGUAGES, "id")
        }
        if "aliases" in network.tables:
            aliases = network.columns("aliases")
            spelled["alias"] = list(zip(aliases["alias"], aliases["place"], strict=True))
        known = set(places["id"])  # an alias of a place that is not there means nothing
        return {column: _of_known(pairs, known) for column, pairs in spelled.items()}

    @cached_property
    def _by_column(self) -> Mapping[str, Mapping[str, Places]]:
        """Places by folded spelling, for each kind of name."""
        return {column: _index(pairs) for column, pairs in self._spelled.items() if column != "id"}

    @cached_property
    def _by_id(self) -> Mapping[str, Places]:
        """Places by folded id: apart, because most names of a question ask for no other spelling."""
        return _index(self._spelled["id"])

    @cached_property
    def _names(self) -> Mapping[str, Places]:
        """Places by every spelling that is a name or an alias."""
        return _union(self._by_column.values())

    @cached_property
    def _bare(self) -> Mapping[str, Places]:
        """Places by their names without what stands in brackets behind them."""
        places = self.network.columns("places")
        pairs = [
            (QUALIFIER.sub("", text), place)
            for column in LANGUAGES
            for text, place in zip(places[column], places["id"], strict=True)
        ]
        return _index(pairs)

    @cached_property
    def _gateways(self) -> Mapping[str, Gateway]:
        """Gateways by folded name."""
        places = self.network.columns("places")
        named = [(name, place) for name, place in zip(places["gateway"], places["id"], strict=True) if name]
        # of several spellings of a gateway the first one is shown
        shown = {fold_name(name): name for name, _ in reversed(named)}
        return {folded: Gateway(shown[folded], posts) for folded, posts in _index(named).items()}

    @cached_property
    def _all_spellings(self) -> Mapping[str, Places]:
        return _union([self._by_id, self._bare, self._names])

    def _label(self, place: str) -> str:
        name, state = self.network.place_name(place), self.network.state_of[place]
        return name if f"({state})" in name else f"{name} ({state})"


def gazetteer_of(network: Network) -> Gazetteer:
    """Return the gazetteer of a network, which keeps it; a scenario that names no place anew shares one."""
    if Gazetteer not in network.derived:
        # tables that an edit has not touched are the very same columns
        original = original_of(network)
        is_alike = original is not None and all(
            name in original.tables and network.columns(name) is original.columns(name)
            for name in NAMED
            if name in network.tables
        )
        network.derived[Gazetteer] = (
            gazetteer_of(original) if original is not None and is_alike else Gazetteer(network)
        )
    kept: Gazetteer = network.derived[Gazetteer]
    return kept


def _of_known(pairs: list[tuple[str, str]], known: set[str]) -> list[tuple[str, str]]:
    """Keep the spellings of known places."""
    return [(text, place) for text, place in pairs if text and place in known]


def _index(pairs: Iterable[tuple[Any, str]]) -> dict[str, Places]:
    """Collect the places of each folded text; what folds to nothing names nothing."""
    folded = ((fold_name(str(text)), place) for text, place in pairs)
    return _collected((spelling, place) for spelling, place in folded if spelling)


def _collected(pairs: Iterable[tuple[str, str]]) -> dict[str, Places]:
    """Collect the places of each spelling, each once."""
    index: dict[str, dict[str, None]] = {}
    for spelling, place in pairs:
        index.setdefault(spelling, {})[place] = None
    return {spelling: tuple(places) for spelling, places in index.items()}


def _union(indexes: Iterable[Mapping[str, Places]]) -> dict[str, Places]:
    """Put several indexes into one."""
    joined: dict[str, Places] = {}
    for index in indexes:
        for folded, places in index.items():
            joined[folded] = _merged(joined.get(folded, ()), places)
    return joined


def _merged(*several: Iterable[str]) -> Places:
    """Put lists of places into one, each once."""
    return tuple(dict.fromkeys(place for places in several for place in places))
