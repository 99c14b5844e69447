"""What names mean: ids, names in three languages, aliases, gateways, states; ambiguous ones are refused."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

from cacorridor import AmbiguousPlaceError, DataError, Network, UnknownPlaceError, UsageError, load_network
from cacorridor.network.gazetteer import gazetteer_of
from tests.networks import network_of, toy_network, toy_rows, write_toy

if TYPE_CHECKING:
    from pathlib import Path


def places_of(*names: dict[str, str]) -> Network:
    """Places a, b, c ... in the states AAA, BBB, AAA, BBB ... with the cells given."""
    states = {chr(ord("a") + at): ("AAA", "BBB")[at % 2] for at in range(len(names))}
    plain = toy_rows()["places"][0]
    rows = [
        {**plain, "id": key, "name": f"Place {key}", "state": state, **cells}
        for (key, state), cells in zip(states.items(), names, strict=True)
    ]
    return network_of(states, [], places=rows)


@pytest.fixture
def border() -> Network:
    """Two posts of one gateway, a town that two states have, a post with a qualifier."""
    return places_of(
        {"name": "Torkham (AAA)", "name_ru": "Торхам", "gateway": "Torkham"},
        {"name": "Torkham (BBB)", "name_ru": "Торхам", "gateway": "Torkham"},
        {"name": "Merke (post)", "name_ru": "Мерке"},
        {"name": "Samur", "name_ru": "Самур"},
        {"name": "Merke (station)", "name_ru": "Мерке"},
    )


@pytest.mark.parametrize("name", ["Торхам", "торхам", "Torkham", "Merke", "Мерке"])
def test_what_several_places_share_is_refused_with_all_of_them(border: Network, name: str) -> None:
    with pytest.raises(AmbiguousPlaceError) as caught:
        border.find_place(name)
    shared = ("a", "b") if name[0] in "TТт" else ("c", "e")  # noqa: RUF001  # in both scripts
    assert caught.value.places == shared
    assert all(border.place_name(place) in str(caught.value) for place in shared)
    assert "(AAA)" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_ambiguous_name_survives_the_way_between_processes(border: Network) -> None:
    with pytest.raises(AmbiguousPlaceError) as caught:
        border.find_place("Merke")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # our own
    assert (again.name, again.places, again.labels) == (
        "Merke",
        ("c", "e"),
        ("Merke (post) (AAA)", "Merke (station) (AAA)"),
    )


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Torkham, AAA", "a"),
        ("Torkham (bbb)", "b"),
        ("Торхам, State BBB", "b"),
        ("samur,BBB", "d"),
        ("Samur", "d"),
    ],
)
def test_a_state_behind_a_name_chooses(border: Network, name: str, place: str) -> None:
    assert border.find_place(name) == place


@pytest.mark.parametrize("name", ["Samur, AAA", "Samur, Nowhere", "Torkham, CCC", ", AAA", "(AAA)"])
def test_a_state_in_which_the_place_is_not_chooses_nothing(border: Network, name: str) -> None:
    with pytest.raises(UnknownPlaceError):
        border.find_place(name)


def test_a_journey_may_end_at_any_post_of_a_gateway(border: Network) -> None:
    gazetteer = gazetteer_of(border)
    assert gazetteer.ends("torkham") == ("a", "b")
    assert gazetteer.ends("Samur") == ("d",)
    with pytest.raises(AmbiguousPlaceError):
        gazetteer.ends("Торхам")


def test_a_name_of_a_place_is_no_gateway() -> None:
    network = places_of({"name": "Khorgos", "gateway": "Khorgos"}, {"name": "Altynkol", "gateway": "Khorgos"})
    assert gazetteer_of(network).ends("Khorgos") == ("a",)


def test_an_id_is_an_id_whatever_names_say() -> None:
    network = places_of({"name": "B"}, {"name": "Elsewhere"})
    assert network.find_place("b") == "b"
    with pytest.raises(AmbiguousPlaceError) as caught:
        network.find_place("B")  # the name of one and the id of the other
    assert set(caught.value.places) == {"a", "b"}


def test_what_folds_to_nothing_names_nothing() -> None:
    network = places_of({"name": "!!!"}, {"name": "Elsewhere", "name_zh": "?"})
    for text in ("!!!", "...", "", "?"):
        with pytest.raises(UnknownPlaceError, match="not in this network"):
            network.find_place(text)


@pytest.mark.parametrize("name", [None, 5, ("a", "b"), b"a", float("nan")])
def test_a_name_is_text(border: Network, name: Any) -> None:
    with pytest.raises(UsageError, match="named by text"):
        border.find_place(name)


def test_an_alias_is_a_name() -> None:
    assert toy_network().find_place("alpha") == "a1"


@pytest.mark.parametrize(
    ("table", "key", "cell", "fault"),
    [
        ("places", "a1", {"name": "A2"}, "a name that"),
        ("places", "a1", {"name": "!!!"}, "a letter or a digit"),
        ("places", "a2", {"name": "a-3"}, "no other place has|not the id of another"),
        ("places", "a3", {"name": "B1"}, "a name that"),
        ("aliases", "a1:1", {"alias": "..."}, "a letter or a digit"),
    ],
)
def test_clashing_names_are_faults(
    tmp_path: Path, table: str, key: str, cell: dict[str, str], fault: str
) -> None:
    rows = toy_rows()
    next(row for row in rows[table] if row["id"] == key).update(cell)
    with pytest.raises(DataError, match=fault):
        load_network(write_toy(tmp_path / "toy", rows))


def test_a_name_equal_to_the_id_of_another_place_is_a_fault(tmp_path: Path) -> None:
    rows = toy_rows()
    rows["places"][0]["name"], rows["places"][1]["name"] = "A2", "Elsewhere"
    with pytest.raises(DataError, match="not the id of another place"):
        load_network(write_toy(tmp_path / "toy", rows))


def test_a_directory_without_aliases_is_a_network_without_them(tmp_path: Path) -> None:
    folder = write_toy(tmp_path / "toy")
    (folder / "aliases.csv").unlink()
    network = load_network(folder)
    assert network.tables["aliases"].empty
    assert network.find_place("A1") == "a1"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Kashi", "kashgar"),
        ("Horgos", "khorgos"),
        ("Urumchi", "urumqi"),
        ("Toshkent", "tashkent"),
        ("Alma-Ata", "almaty"),
        ("Nur-Sultan", "astana"),
        ("Buxoro", "bukhara"),
        ("Farg'ona", "fergana"),
        ("Qaraghandy", "karaganda"),
        ("Qashqar", "kashgar"),
        ("Torkham, Pakistan", "torkham-pak"),
        ("Astara (IRN)", "astara-irn"),
        ("Astara, Iran", "astara-irn"),
        ("Ташкент, Узбекистан", "tashkent"),
    ],
)
def test_people_find_their_spellings(net: Network, name: str, place: str) -> None:
    assert net.find_place(name) == place


def test_a_name_as_it_is_written_wins_over_one_that_folds_alike() -> None:
    rows = [
        {**toy_rows()["places"][0], "id": key, "name": name, "state": state}
        for key, name, state in [("bekabad", "Bekabad", "AAA"), ("bek-abad", "Bek-Abad (BBB)", "BBB")]
    ]
    network = network_of({"bekabad": "AAA", "bek-abad": "BBB"}, [], places=rows)
    assert network.find_place("Bekabad") == "bekabad"
    assert network.find_place("bek-abad") == "bek-abad"  # an id
    with pytest.raises(AmbiguousPlaceError):
        network.find_place("Bek-Abad")
