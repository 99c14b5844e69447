"""Properties of names: whatever a place is called, it is the answer, or it is listed by the refusal."""

from __future__ import annotations

import string
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cacorridor import AmbiguousPlaceError, CacorridorError, Network, UnknownPlaceError
from cacorridor.network.gazetteer import gazetteer_of
from cacorridor.network.states import resolve_state
from tests.networks import network_of, toy_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTERS = "abAB éЖ西'- !,()"
NAMES = st.text(LETTERS, min_size=1, max_size=6).filter(lambda text: text.strip() == text)
LANGUAGES = ("name", "name_ru", "name_zh")


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """A few places with names, aliases and gateways of few letters, so that they clash."""
    keys = draw(st.lists(st.text("ab1", min_size=1, max_size=3), min_size=1, max_size=5, unique=True))
    states = {key: draw(st.sampled_from(["AAA", "BBB"])) for key in keys}
    plain = toy_rows()["places"][0]
    optional = st.one_of(st.just(""), NAMES)
    rows = [
        {
            **plain,
            "id": key,
            "state": state,
            "name": draw(NAMES),
            "name_ru": draw(optional),
            "name_zh": draw(optional),
            "gateway": draw(st.sampled_from(["", "", "A", "Ба"])),
        }
        for key, state in states.items()
    ]
    aliases = [
        {"id": f"alias{at}", "place": draw(st.sampled_from(keys)), "alias": draw(NAMES)}
        for at in range(draw(st.integers(0, 2)))
    ]
    return network_of(states, [], places=rows, aliases=aliases)


def spellings(network: Network) -> Iterator[tuple[str, str]]:
    """Every spelling in the tables, with its place."""
    places, aliases = network.tables["places"], network.tables["aliases"]
    for column in LANGUAGES:
        yield from ((text, place) for text, place in zip(places[column], places["id"], strict=True) if text)
    yield from zip(aliases["alias"], aliases["place"], strict=True)


@settings(max_examples=60, deadline=None)
@given(networks())
def test_every_spelling_is_the_place_or_a_refusal_that_lists_it(network: Network) -> None:
    ids = set(network.tables["places"]["id"])
    for text, place in spellings(network):
        try:
            answer = network.find_place(text)
        except AmbiguousPlaceError as refusal:
            assert place in refusal.places  # noqa: PT017  # either answer is right
            assert len(refusal.places) > 1  # noqa: PT017  # either answer is right
        except UnknownPlaceError:
            assert not any(map(str.isalnum, unicodedata.normalize("NFKD", text)))
        else:
            assert answer == place or (text in ids and answer == text)  # an id is an id


@settings(max_examples=40, deadline=None)
@given(networks())
def test_every_id_is_its_place(network: Network) -> None:
    for place in network.tables["places"]["id"]:
        assert network.find_place(place) == place
        assert gazetteer_of(network).ends(place) == (place,)


@settings(max_examples=50, deadline=None)
@given(networks(), st.one_of(NAMES, st.text(max_size=30), st.text(string.punctuation, max_size=5)))
def test_any_text_is_a_place_or_a_refusal_in_one_line(network: Network, text: str) -> None:
    for find in (network.find_place, gazetteer_of(network).ends):
        try:
            answer = find(text)
        except CacorridorError as refusal:
            assert len(str(refusal).splitlines()) == 1  # noqa: PT017  # either answer is right
        else:
            assert set([answer] if isinstance(answer, str) else answer) <= set(network.state_of)


@settings(max_examples=40, deadline=None)
@given(networks())
def test_the_order_of_rows_does_not_choose(network: Network) -> None:
    backwards = network.with_table("places", network.tables["places"].iloc[::-1])
    for text, _ in spellings(network):
        answers = []
        for each in (network, backwards):
            try:
                answers.append({each.find_place(text)})
            except AmbiguousPlaceError as refusal:
                answers.append(set(refusal.places))
            except UnknownPlaceError:
                answers.append(set())
        assert answers[0] == answers[1]


def test_every_spelling_of_the_dataset_is_its_place_or_a_refusal_that_lists_it(net: Network) -> None:
    for text, place in spellings(net):
        try:
            assert net.find_place(text) == place
        except AmbiguousPlaceError as refusal:
            assert place in refusal.places  # noqa: PT017  # either answer is right


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_every_state_is_found_by_its_name_in_each_language(net: Network, language: str) -> None:
    babel = pytest.importorskip("babel")
    names = babel.Locale.parse(language).territories
    alpha2 = babel.core.get_global("territory_aliases")
    for state in net.states.index:
        (code,) = alpha2[state]
        assert resolve_state(net, names[code]) == state
        assert resolve_state(net, code) == state
        assert resolve_state(net, code.lower()) == state
