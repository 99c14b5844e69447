"""Towns of the name of a place: what is meant, and what is refused with both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tools.build_geo.namesakes import APART_KM, LEAST_PLACE, find_namesakes

from cacorridor import AmbiguousPlaceError, Network, find_route
from cacorridor.geodesy import distance_km
from cacorridor.network.gazetteer import gazetteer_of
from cacorridor.network.spelling import fold_name, spell_plainly
from cacorridor.network.towns import FAR_LARGER, Town, gazetteer_towns, namesakes_of
from cacorridor.routing.ends.access import join_end
from tests.networks import network_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Jalalabad", {"jalal-abad", "jalalabad-afg"}),
        ("Джалалабад", {"jalal-abad", "jalalabad-afg"}),
        ("贾拉拉巴德", {"jalal-abad", "jalalabad-afg"}),
        ("Alexandria", {"mashhad", "31.202,29.916"}),
        ("Cali", {"derbent", "3.431,-76.520"}),
        ("Dimitrovgrad", {"dimitrovgrad", "54.214,49.618", "42.050,25.600"}),
        ("Khanabad", {"cku-border-uzb", "jalal-abad-border", "36.683,69.113"}),  # a gateway
        ("Mikhaylovka, Russia", {"mikhaylovka", "50.062,43.233"}),
    ],
)
def test_a_name_in_doubt_is_refused_with_all_that_it_may_mean(
    net: Network, text: str, meant: set[str]
) -> None:
    with pytest.raises(AmbiguousPlaceError) as caught:
        find_route(net, text, "tashkent")
    assert set(caught.value.places) == meant
    assert all("(" in label for label in caught.value.labels)  # the state of each


@pytest.mark.parametrize("text", ["Alexandria", "Khanabad", "Talas"])
def test_what_a_refusal_offers_can_be_asked(net: Network, text: str) -> None:
    with pytest.raises(AmbiguousPlaceError) as caught:
        join_end(net, text)
    for offer in caught.value.places:
        if not offer.startswith(("31.", "3.", "38.")):  # Egypt, Colombia: outside the network
            join_end(net, offer)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Jalal-Abad", "jalal-abad"),  # spelled so by the place alone
        ("Джалал-Абад", "jalal-abad"),
        ("Джелалабад", "jalalabad-afg"),
        ("Kirov", "kirov"),  # its own name, and the larger of the two
        ("Changsha", "changsha"),
        ("Kuybyshev", "samara"),  # an alias, of a town twenty times larger
        ("Turpan", "turpan"),  # the town is an hour's drive from its station
    ],
)
def test_a_name_beyond_doubt_is_the_place(net: Network, text: str, place: str) -> None:
    assert join_end(net, text) is None
    assert net.find_place(text) == place


def test_a_town_with_its_state_is_the_town(net: Network) -> None:
    access = join_end(net, "Talas, KGZ")
    assert access is not None
    assert access.place == "42.523,72.242"


def test_an_id_wins_and_says_so(net: Network) -> None:
    (note,) = find_route(net, "dimitrovgrad", "sofia").notes
    assert note.startswith("dimitrovgrad is the id of Dimitrovgrad (SRB), not Dimitrovgrad (RUS, 132,226")


def test_words_are_kept_apart_and_marks_are_not() -> None:
    assert spell_plainly("Jalal-Abad") == spell_plainly("jalal abad") == "jalal abad"
    assert spell_plainly("Jalālābād") == "jalalabad"
    assert spell_plainly("Xi\u2019an") == spell_plainly("xian") == "xian"
    assert spell_plainly("Farg\u02bbona") == "fargona"


# ---------------------------------------------------------------- the rule, on a toy: m (AAA) at 0,0


def towns_of(*towns: Town) -> Mapping[str, tuple[Town, ...]]:
    index: dict[str, list[Town]] = {}
    for town in towns:
        for name in town.spellings:
            index.setdefault(fold_name(name), []).append(town)
    return {folded: tuple(named) for folded, named in index.items()}


def far(name: str, population: int) -> Town:
    return Town(name, "BBB", 50.0, 50.0, population)


@pytest.mark.parametrize(
    ("here", "there", "is_rival"),
    [
        (300_000, far("M", 299_999), False),  # its own name: the larger one is meant
        (300_000, far("M", 300_001), True),
        (300_000, far("Mu", 300_000 // FAR_LARGER), False),  # an alias: only a far larger one is
        (300_000, far("Mu", 300_000 // FAR_LARGER + 1), True),
        (300_000, far("M u", 300_000 // FAR_LARGER + 1), True),  # alike when folded
        (0, far("M", LEAST_PLACE), False),  # a village does not rival a place
        (0, far("M", LEAST_PLACE + 1), True),
        (0, Town("M", "AAA", 0.0, 0.5, 10**7), False),  # near: the place itself
    ],
)
def test_the_rule_goes_by_spelling_inhabitants_and_distance(
    here: int, there: Town, *, is_rival: bool
) -> None:
    alias = {"id": "m:1", "place": "m", "alias": "Mu"}
    network = network_of({"m": "AAA", "n": "AAA"}, [], aliases=[alias])
    position = network.tables["places"].set_index("id").loc["m"]
    own = Town("M", "AAA", position["lat"], position["lon"], here)
    if there.state == "AAA":
        there = Town("M", "AAA", position["lat"], position["lon"] + 0.5, there.population)
    assert bool(find_namesakes(network, towns_of(own, there))) == is_rival


# ---------------------------------------------------------------- every name of the gazetteer


def test_the_table_of_namesakes_is_that_of_the_rule(net: Network) -> None:
    found = find_namesakes(net, gazetteer_towns())
    listed = {
        (f"{town.lat:.3f}:{town.lon:.3f}", ";".join(spellings), town.state, town.population)
        for town, spellings in found
    }
    rows = net.rows("namesakes")
    assert {(row["id"], row["spellings"], row["state"], row["population"]) for row in rows} == listed


def test_no_name_of_a_town_is_taken_for_a_far_place_that_is_smaller(net: Network) -> None:
    """Ask the names of all towns that a place has too: near, larger, or refused with the town."""
    gazetteer, towns = gazetteer_of(net), gazetteer_towns()
    places = net.table("places")
    ids, inhabitants = set(places.index), inhabitants_by_place(net, towns)
    for folded, named in towns.items():
        if not gazetteer.known(folded):
            continue
        for town in named:
            for text in (name for name in town.spellings if fold_name(name) == folded and name not in ids):
                try:
                    meant = gazetteer.ends(text)
                except AmbiguousPlaceError:
                    continue
                if any(each.key == town.key for each in namesakes_of(net, text)):
                    continue
                km = [
                    distance_km(places["lon"][place], places["lat"][place], town.lon, town.lat)
                    for place in meant
                ]
                assert min(km) <= APART_KM or max(map(inhabitants.__getitem__, meant)) >= town.population, (
                    text
                )


def inhabitants_by_place(net: Network, towns: Mapping[str, tuple[Town, ...]]) -> dict[str, int]:
    """Count the inhabitants of the largest town near each place that shares a name with it."""
    places, counted = net.table("places"), dict.fromkeys(net.state_of, LEAST_PLACE)
    aliases = net.table("aliases").groupby("place")["alias"].apply(list)
    for place, row in places.iterrows():
        names = [row["name"].split(" (")[0], row["name_ru"], row["name_zh"], *aliases.get(place, [])]
        for town in {town for name in names if name for town in towns.get(fold_name(name), ())}:
            if distance_km(row["lon"], row["lat"], town.lon, town.lat) <= APART_KM:
                counted[place] = max(counted[place], town.population)
    return counted
