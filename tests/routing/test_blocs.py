"""Blocs, customs territories and lenses on the toy's states."""

from __future__ import annotations

import pytest

from cacorridor import (
    crossing_matrix,
    find_route,
    load_network,
    region_shares,
    route_blocs,
    state_memberships,
)
from cacorridor.network.memberships import customs_territory, members
from tests.networks import toy_network, toy_rows

MEMBERSHIPS = (  # state, bloc, since, until, status
    ("AAA", "EAEU", "2015", "", "member"),
    ("BBB", "EAEU", "2020", "", "member"),
    ("CCC", "EAEU", "2015", "", "observer"),
    ("AAA", "Club", "2000", "", "member"),
    ("BBB", "Club", "2000", "2010", "member"),
)


@pytest.fixture
def toy():
    rows = toy_rows()
    rows["memberships"] = [
        {
            "id": f"{state}-{bloc}-{since}".lower(),
            "state": state,
            "bloc": bloc,
            "since": since,
            "until": until,
            "status": status,
            "source_id": "s1",
        }
        for state, bloc, since, until, status in MEMBERSHIPS
    ]
    return toy_network(rows)


def test_only_full_members_in_force_count(toy):
    assert members(toy, "EAEU", 2026) == {"AAA", "BBB"}
    assert members(toy, "EAEU", 2016) == {"AAA"}
    assert members(toy, "EAEU", 2010) == set()


def test_a_membership_ends_in_the_year_it_names(toy):
    assert members(toy, "Club", 2009) == {"AAA", "BBB"}
    assert members(toy, "Club", 2010) == {"AAA"}


def test_without_a_year_the_newest_in_the_data_counts(toy):
    assert members(toy, "EAEU") == {"AAA", "BBB"}


def test_a_customs_union_is_one_territory_and_any_other_state_its_own(toy):
    assert customs_territory(toy, "AAA", 2026) == "EAEU"
    assert customs_territory(toy, "BBB", 2016) == "BBB"
    assert customs_territory(toy, "CCC", 2026) == "CCC"


def test_a_route_through_a_customs_union_passes_one_customs_border(toy):
    route = find_route(toy, "A1", "C1", modes=["road"], avoid=["DDD"], year=2026)
    row = route_blocs(toy, [route]).iloc[0]
    assert route.states == ("AAA", "BBB", "CCC")
    assert (row["border_crossings"], row["customs_borders"]) == (2, 1)
    assert row["customs_territories"] == "EAEU CCC"


def test_before_the_union_grew_the_same_route_passed_two(toy):
    route = find_route(toy, "A1", "C1", modes=["road"], avoid=["DDD"], year=2016)
    assert route_blocs(toy, [route])["customs_borders"].iloc[0] == 2


def test_a_route_stays_inside_a_bloc_only_if_no_state_it_touches_is_outside(toy):
    inside = find_route(toy, "A1", "B1", modes=["road"], year=2026)
    touching = find_route(toy, "A1", "C1", modes=["rail_1520"], year=2026)
    table = route_blocs(toy, [inside, touching])
    assert list(table["stays_inside"]) == ["EAEU", ""]


def test_a_lens_tells_the_share_inside_and_who_is_bypassed(toy):
    through = find_route(toy, "A1", "C1", modes=["road"], avoid=["DDD"], name="through BBB")
    around = find_route(toy, "A1", "C1", modes=["road"], avoid=["BBB"], name="around")
    table = region_shares(toy, [through, around]).set_index("route")
    assert table.loc["through BBB", "crossed"] == "BBB"
    assert table.loc["through BBB", "bypassed"] == "DDD"
    assert table.loc["around", "bypassed"] == "BBB"
    inside = through.steps.query("state == 'BBB'")["length_km"].sum()
    assert table.loc["through BBB", "km_share"] == pytest.approx(inside / through.length_km)


def test_the_matrix_tells_crossed_touched_bypassed_and_neither(toy):
    routes = [
        find_route(toy, "A1", "C1", modes=["rail_1520"], name="rail"),
        find_route(toy, "A1", "C1", modes=["road"], avoid=["BBB"], name="south"),
        find_route(toy, "A1", "C1", modes=["road"], avoid=["DDD"], name="middle"),
    ]
    matrix = crossing_matrix(routes)
    assert matrix.loc["rail", "DDD"] == "touches"
    assert matrix.loc["south", "DDD"] == "crosses"
    assert matrix.loc["middle", "DDD"] == "bypasses"
    assert matrix.loc["south", "BBB"] == "bypasses"
    assert crossing_matrix([routes[2]]).loc["middle", "DDD"] == "bypasses"  # the best way touches it
    away = find_route(toy, "A1", "B1", modes=["road"], name="away")
    assert crossing_matrix([routes[1], away]).loc["away", "DDD"] == "neither"


def test_a_state_lists_memberships_and_the_agreements_that_name_its_code(toy):
    rows = toy_rows()
    rows["agreements"] = [
        {"id": key, "year": "2001", "name": key, "parties": parties, "what": "w", "source_id": "s1"}
        for key, parties in (("named", "AAA;BBB"), ("words", "12 states"), ("part", "AAAB"))
    ]
    table = state_memberships(toy.with_table("agreements", toy_network(rows).tables["agreements"]), "AAA")
    assert list(table["name"]) == ["Club", "named", "EAEU"]


def test_the_embedded_dataset_knows_the_unions():
    network = load_network()
    assert members(network, "EAEU", 2026) == {"ARM", "BLR", "KAZ", "KGZ", "RUS"}
    assert {"POL", "DEU"} <= members(network, "EU", 2026)
    north = find_route(network, "Xi'an", "Hamburg")
    assert route_blocs(network, [north])["customs_territories"].iloc[0] == "CHN EAEU EU"
    assert set(network.regions) == {"five", "five-azerbaijan", "five-mongolia", "five-afghanistan"}
