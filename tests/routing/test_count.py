"""The clock: from departure to arrival, or from terminal to terminal."""

from __future__ import annotations

import pytest

import cacorridor as cc
from cacorridor.routing.finding import reroute
from cacorridor.routing.telling.provenance import provenance
from cacorridor.views.headings import describe_conditions


def ends(route: cc.Route) -> list[tuple[str, str, float]]:
    """The first and the last leg: what it is, where, for how long."""
    legs = route.legs.iloc[[0, -1]]
    return list(zip(legs["kind"], legs["from"], legs["time_h"], strict=True))


def test_terminals_add_the_stays_at_both_ends_and_nothing_else(toy: cc.Network) -> None:
    way = cc.find_route(toy, "a1", "c1", modes=["rail"])
    whole = cc.find_route(toy, "a1", "c1", modes=["rail"], count="terminal")
    assert ends(whole) == [("stay", "A1", 10.0), ("stay", "C1", 5.0)]
    assert whole.time_h == pytest.approx(way.time_h + 15)
    assert whole.time_low_h > way.time_low_h
    assert (whole.links, whole.crossings, whole.length_km) == (way.links, way.crossings, way.length_km)
    assert (whole.cost_usd, whole.co2e_kg) == pytest.approx((way.cost_usd, way.co2e_kg))


def test_the_clock_runs_from_departure_unless_asked(toy: cc.Network) -> None:
    way = cc.find_route(toy, "a1", "c1", modes=["rail"])
    assert way.table.same_as(cc.find_route(toy, "a1", "c1", modes=["rail"], count="departure").table)
    assert "stay" not in set(way.steps["kind"])
    assert "stay at a terminal" not in cc.time_by_cause([way])


def test_accounts_know_the_stays(toy: cc.Network) -> None:
    route = cc.find_route(toy, "a1", "c1", modes=["rail"], count="terminal")
    assert cc.time_by_cause([route])["stay at a terminal"].item() == 15
    total = cc.ledger(route).set_index("state").loc["total"]
    assert total["time_h"] == pytest.approx(route.time_h)
    assert "terminals/rail_1520:departure:express" in set(route.evidence()["factor"])


def test_an_answer_tells_its_clock_and_keeps_it_when_it_is_asked_again(toy: cc.Network) -> None:
    route = cc.find_route(toy, "a1", "c1", modes=["rail"], count="terminal")
    assert "counted from terminal to terminal" in describe_conditions(toy, route.query)
    assert provenance(toy, route.query)["conditions"]["count"] == "terminal"
    slower = reroute(toy, route, level="typical")
    assert slower is not None
    assert ends(slower)[0] == ("stay", "A1", 10.0)


def test_a_mode_without_terminals_and_an_unknown_clock_are_refused(toy: cc.Network) -> None:
    with pytest.raises(cc.UsageError, match=r"terminals.csv has no row for road, departure, level express"):
        cc.find_route(toy, "a1", "c1", modes=["road"], count="terminal")
    with pytest.raises(cc.UsageError, match="departure, terminal"):
        cc.find_route(toy, "a1", "c1", count="door")


def test_stays_are_not_learnt_from_journeys(net: cc.Network) -> None:
    route = cc.find_route(net, "Vladivostok", "Moscow", modes=["rail_1520"], count="terminal")
    table = net.table("terminals")["stay_h"]
    stays = [table[f"rail_1520:{side}:express"] for side in ("departure", "arrival")]
    assert [hours for _, _, hours in ends(route)] == pytest.approx(stays)
