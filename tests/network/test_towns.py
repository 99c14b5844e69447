"""Towns by name in three languages, and points by latitude and longitude."""

from __future__ import annotations

from typing import Any

import pytest

from cacorridor import AmbiguousPlaceError, Network, UnknownPlaceError, UsageError, find_town
from tests.networks import toy_network


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("Perm", "Perm", "RUS"),
        ("пермь", "Perm", "RUS"),
        ("Wuxi", "Wuxi", "CHN"),  # a namesake has a fiftieth of its inhabitants
        ("无锡", "Wuxi", "CHN"),
        ("Klaipeda", "Klaipėda", "LTU"),
        ("Naxcivan", "Naxç\u0131van", "AZE"),  # letters that are no plain one with an accent
        ("Bialystok", "Białystok", "POL"),
        ("Madrid, ES", "Madrid", "ESP"),
        ("Isfara, Tajikistan", "Isfara", "TJK"),
    ],
)
def test_a_town_is_found_by_its_name(net: Network, text: str, name: str, state: str) -> None:
    if "ES" in text:  # a state of which the network knows nothing chooses nothing
        with pytest.raises(UnknownPlaceError):
            find_town(net, text)
        return
    town = find_town(net, text)
    assert (town.name, town.state) == (name, state)


def test_namesakes_are_refused_with_their_positions(net: Network) -> None:
    with pytest.raises(AmbiguousPlaceError) as caught:
        find_town(net, "Berezovka")
    assert all(find_town(net, place).state for place in caught.value.places)
    assert "inhabitants" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("43.24,76.95", "KAZ"),
        (" 41.3 , 69.3", "UZB"),
        ("41.3 69.3", "UZB"),
        ("41,3 69,3", "UZB"),
        ("-10,80", ""),
        ("+42.9;74.6", "KGZ"),
    ],
)
def test_a_point_lies_in_a_state_or_in_none(net: Network, text: str, state: str) -> None:
    town = find_town(net, text)
    assert town.state == state
    assert find_town(net, town.key).key == town.key


@pytest.mark.parametrize("text", ["91,5", "5,181", "-90.1,0", None, 5, (43.2, 76.9)])
def test_a_point_out_of_range_or_no_text_is_refused(text: Any) -> None:
    with pytest.raises(UsageError):
        find_town(toy_network(), text)


@pytest.mark.parametrize("text", ["", "!", "xyzzy", "nan,nan", "1e5,3", "43.24", "x" * 10_000])
def test_what_is_no_town_is_unknown(net: Network, text: str) -> None:
    with pytest.raises(UnknownPlaceError):
        find_town(net, text)
