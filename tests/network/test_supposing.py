"""What is supposed of single links and places: closed, or longer by hours that nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cacorridor import (
    DataError,
    Edit,
    Scenario,
    UnknownPlaceError,
    UsageError,
    apply_scenarios,
    find_route,
    time_by_cause,
)
from cacorridor.network.scenarios.scenarios import network_under
from cacorridor.network.scenarios.supposing import suppose

if TYPE_CHECKING:
    from cacorridor import Network

LINK = "road:irkeshtam-chn:irkeshtam-kgz"
ENDS = "Kashgar", "Tashkent"


def delay(link: str, hours: str, **more: str) -> Scenario:
    return Scenario("longer", (Edit("links", link, "delay", value=hours, note="what if", **more),))


@pytest.mark.parametrize("level", ["express", "typical"])
@pytest.mark.parametrize("month", [None, 1])
def test_a_delay_is_just_so_many_hours_and_certain(net: Network, level: str, month: int | None) -> None:
    plain = find_route(net, *ENDS, modes=["road"], level=level, month=month)
    crossing = plain.crossings[0]
    slower = find_route(net, *ENDS, modes=["road"], level=level, month=month, scenario=delay(crossing, "2.5"))
    assert slower.links == plain.links
    assert slower.time_h == pytest.approx(plain.time_h + 2.5)
    assert slower.time_low_h == pytest.approx(plain.time_low_h + 2.5)
    assert slower.time_high_h == pytest.approx(plain.time_high_h + 2.5)
    assert slower.length_km == plain.length_km
    assert slower.cost_usd > plain.cost_usd  # a load that waits pays by the hour
    assert time_by_cause([slower])["delay"].tolist() == [2.5]
    (row,) = slower.steps[slower.steps["kind"] == "delay"].to_dict("records")
    assert (row["basis"], row["note"], row["link"]) == ("assumed", "what if", crossing)


def test_a_delay_holds_both_ways_and_turns_a_route_where_it_must(net: Network) -> None:
    long = delay(LINK, "500")
    for ends in (ENDS, ENDS[::-1]):
        assert LINK in find_route(net, *ends, modes=["road"]).links
        assert LINK not in find_route(net, *ends, modes=["road"], scenario=long).links


def test_delays_of_scenarios_one_after_the_other_add_up(net: Network) -> None:
    once = apply_scenarios(net, delay(LINK, "3"))
    twice = apply_scenarios(once, delay(LINK, "4"))
    assert (once.delays[LINK].hours, twice.delays[LINK].hours) == (3, 7)
    assert dict(net.delays) == {}
    with pytest.raises(DataError, match="one edit of a cell"):
        apply_scenarios(net, delay(LINK, "3"), delay(LINK, "4"))


def test_a_figure_of_a_source_keeps_it(net: Network) -> None:
    source = net.columns("sources")["id"][0]
    route = find_route(net, *ENDS, modes=["road"], scenario=delay(LINK, "2", source_id=source))
    (row,) = route.steps[route.steps["kind"] == "delay"].to_dict("records")
    assert (row["basis"], row["source_id"]) == ("derived", source)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (Edit("crossings", "*", "delay", value="3", note="x"), "nothing else is delayed"),
        (Edit("links", LINK, "delay", value="", note="x"), "hours greater than 0"),
        (Edit("links", LINK, "delay", value="-1", note="x"), "hours greater than 0"),
        (Edit("links", LINK, "delay", value="inf", note="x"), "hours greater than 0"),
        (Edit("links", LINK, "delay", "length_km", "3", note="x"), "delay has no column"),
        (Edit("links", LINK, "delay", value="3"), "the reason of an edit"),
        (Edit("links", "road:no:where", "delay", value="3", note="x"), "unknown: 'road:no:where'"),
    ],
    ids=["table", "no hours", "less than none", "without end", "a column", "no reason", "no link"],
)
def test_a_delay_that_cannot_be_meant_is_refused(net: Network, edit: Edit, said: str) -> None:
    with pytest.raises(DataError, match=said):
        apply_scenarios(net, Scenario("x", (edit,)))


def test_links_places_and_gateways_close(net: Network) -> None:
    link = network_under(net, suppose(net, closed=[LINK]))
    assert LINK not in link.columns("links")["id"]
    gateway = network_under(net, suppose(net, closed=["khorgos"]))
    assert {"altynkol", "nur-zholy"} <= gateway.closed_places
    post = suppose(net, closed=["Irkeshtam (CHN)"])
    assert LINK not in network_under(net, post).columns("links")["id"]
    assert post.name == "Irkeshtam (CHN) closed"


def test_hours_at_a_place_are_those_of_each_border_and_ship_there_and_add_up(net: Network) -> None:
    supposed = suppose(net, delays=[("Turkmenbashi", 12), ("sea:turkmenbashi:baku", 0.5)])
    delays = network_under(net, supposed).delays
    assert delays["sea:turkmenbashi:baku"].hours == 12.5
    assert {link.partition(":")[0] for link in delays} == {"sea"}
    assert supposed.name == "Turkmenbashi 12 h longer + sea:turkmenbashi:baku 0.5 h longer"


def test_what_a_scenario_took_away_may_be_supposed_closed_beside_it(net: Network) -> None:
    shut = apply_scenarios(net, "khorgos-closed")
    gone = next(iter(set(net.columns("links")["id"]) - set(shut.columns("links")["id"])))
    both = network_under(shut, suppose(shut, closed=[gone], delays=[(gone, 5)]))
    assert both.columns("links")["id"] == shut.columns("links")["id"]


def test_what_is_no_link_and_no_place_is_refused(net: Network) -> None:
    with pytest.raises(UsageError, match="unknown link 'road:no:where'"):
        suppose(net, closed=["road:no:where"])
    with pytest.raises(UnknownPlaceError):
        suppose(net, closed=["nowhereistan"])
    with pytest.raises(UsageError, match="no border and no ship at 'Tashkent'"):
        suppose(net, delays=[("Tashkent", 3)])
