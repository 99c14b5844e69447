"""Lines that no freight crosses: towns are joined to places on their own side alone.

::

    lat 2  +----------+
           |  x |     |     the line cuts the corner of aport off;
      1.5  | aport    |     x is joined to aport alone, y to the others
           |____|  y  |
           |          |
      0.5  |  a1   a2 |
           +----------+
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shapely.geometry import LineString

from cacorridor import UsageError, find_route
from cacorridor.network.checks.rules import find_faults
from cacorridor.network.tables.closed_lines import ALLOWED, line_between, parse_course
from cacorridor.network.towns import find_town
from cacorridor.routing.ends.access import candidates
from tests.networks import toy_network, toy_rows

if TYPE_CHECKING:
    from cacorridor import Network

CORNER = "1.2 -0.5;1.2 1.0;2.5 1.0"


def parted(course: str = CORNER, **cells: str) -> Network:
    row = {"id": "line", "name": "the line of the corner", "state": "AAA", "course": course, "since": "2019"}
    return toy_network(toy_rows() | {"closed_lines": [row | cells]})


def faults(network: Network) -> list[str]:
    return [f"{fault.file} {fault.column}: {fault.allowed}" for fault in find_faults(network)]


def test_a_town_is_joined_to_places_on_its_side_alone() -> None:
    whole, network = toy_network(), parted()
    assert set(candidates(whole, find_town(whole, "1.6,0.6"))["place"]) > {"aport"}
    assert set(candidates(network, find_town(network, "1.6,0.6"))["place"]) == {"aport"}
    assert "aport" not in set(candidates(network, find_town(network, "1.1,1.2"))["place"])


def test_a_town_without_a_place_on_its_side_is_told_the_line() -> None:
    network = parted("0.4 -0.5;0.4 0.3;-0.5 0.3")
    beyond = r"0\.2,0\.1 \(AAA\) lies outside .* beyond the line of the corner, closed to freight since 2019$"
    with pytest.raises(UsageError, match=beyond):
        find_route(network, "0.2,0.1", "c1")
    with pytest.raises(UsageError, match=r"closed to freight$"):
        find_route(parted("0.4 -0.5;0.4 0.3;-0.5 0.3", since=""), "0.2,0.1", "c1")


def test_a_straight_line_that_crosses_twice_stays_on_its_side() -> None:
    network = parted()
    assert line_between(network, "AAA", LineString([(0.5, 1.5), (0.5, 0.5)])) is not None
    assert line_between(network, "AAA", LineString([(0.2, 1.0), (1.5, 1.1)])) is None
    notch = parted("1.0 -0.5;1.0 0.8;1.4 1.0;1.0 1.2;1.0 2.5")
    assert (
        line_between(notch, "AAA", LineString([(0.1, 1.2), (1.9, 1.2)])) is None
    )  # both above, the notch between
    assert line_between(notch, "AAA", LineString([(0.1, 1.2), (1.0, 1.2)])) is not None
    assert line_between(notch, "BBB", LineString([(0.1, 1.2), (1.0, 1.2)])) is None


@pytest.mark.parametrize("text", ["1 2", "1 2;", "1 2;x", "91 0;1 1", "1 181;1 1", "1,2;3,4"])
def test_what_is_no_line_is_a_fault(text: str) -> None:
    with pytest.raises(UsageError, match="two or more points"):
        parse_course(text)
    assert faults(parted(text)) == [f"closed_lines.csv course: {ALLOWED}"]


@pytest.mark.parametrize("course", ["1.2 0.5;1.2 1.0;2.5 1.0", "1.2 -0.5;1.2 1.0", "3.0 0.0;3.0 1.0"])
def test_a_line_that_could_be_walked_round_is_a_fault(course: str) -> None:
    assert faults(parted(course)) == ["closed_lines.csv course: a line through AAA that ends outside it"]


def test_a_line_of_a_state_without_an_outline_is_a_fault() -> None:
    assert faults(parted(state="ZZZ")) == ["closed_lines.csv state: a state of states.geojson"]


def test_the_line_itself_is_sound() -> None:
    assert faults(parted()) == []


# ---------------------------------------------------------------- the data


@pytest.mark.parametrize(
    ("end", "other"),
    [("Gali", "Tbilisi"), ("Sukhumi", "Poti"), ("Akhalgori", "Tbilisi"), ("Tskhinvali", "Gori")],
)
def test_nothing_passes_the_lines_of_abkhazia_and_south_ossetia(net: Network, end: str, other: str) -> None:
    assert "RUS" in find_route(net, end, other).states


@pytest.mark.parametrize(
    ("end", "other"),
    [("Zugdidi", "Poti"), ("Gori", "Tbilisi"), ("Sachkhere", "Tbilisi"), ("Dusheti", "Tbilisi")],
)
def test_towns_beside_the_lines_have_their_roads(net: Network, end: str, other: str) -> None:
    route = find_route(net, end, other)
    assert route.states == ("GEO",)
    assert route.length_km < 330
