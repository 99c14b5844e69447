"""Routes asked again: years, levels, months; what is said where there is no route."""

from __future__ import annotations

import pytest

from cacorridor import UsageError, find_route, map_routes
from cacorridor.routing.finding import reroute, route_of_query
from cacorridor.routing.telling.bypassed import best_way
from cacorridor.views.explorer import conditions
from cacorridor.views.explorer.conditions import Condition, MapOptions
from cacorridor.views.explorer.rivals import ways_round
from tests.views import pages
from tests.views.reading import said
from tests.views.test_maps import answer_of, data_of


def identity(route):
    return None if route is None else (route.links, route.time_h, route.time_low_h, route.length_km)


def test_conditions_are_years_by_levels_and_months_as_compared(drawn):
    routes = pages.toy_routes(drawn)
    listed = conditions.list_conditions(drawn, routes, MapOptions(years=[2030], months=[7, 1]))
    assert listed == [
        Condition(),
        Condition(year=2030),
        Condition("typical"),
        Condition("typical", 2030),
        Condition(month=1),
        Condition(month=7),
    ]


def test_every_answer_is_that_of_the_search(drawn):
    routes = pages.toy_routes(drawn)
    listed = conditions.list_conditions(drawn, routes, MapOptions(months=[1]))
    for condition, row in zip(listed, conditions.solve_all(drawn, routes, listed), strict=True):
        for route, answer in zip(routes, row, strict=True):
            level, year, month = condition
            again = reroute(drawn, route, level=level, year=year, month=month)
            assert identity(answer) == identity(again), (route.name, condition)


def states_kept_out(net, origin, destination):
    """The best way of a pair, and the best without each state on it: what a map of one route shows."""
    best = find_route(net, origin, destination)
    return [best, *ways_round(net, [best]), find_route(net, origin, destination, via=["almaty"])]


@pytest.mark.parametrize("pair", [("xian", "tashkent"), ("urumqi", "baku")])
def test_what_follows_from_another_answer_is_what_a_search_finds(net, pair, monkeypatch):
    routes = states_kept_out(net, *pair)
    listed = conditions.list_conditions(net, routes, MapOptions(months=[1, 7]))
    searched = []
    monkeypatch.setattr(
        conditions, "route_of_query", lambda *asked: searched.append(asked) or route_of_query(*asked)
    )
    answers = conditions.FrugalSearch(net, listed)
    best, found = (list(map(ask, routes)) for ask in (answers.best_beside, answers.of_route))
    assert len(searched) < len(listed) * len(routes) / 2
    for route, own, free in zip(routes, found, best, strict=True):
        for condition in listed[1:]:
            asked = conditions.asked_under(route, condition)
            assert identity(own[condition]) == identity(route_of_query(net, asked)), (asked, condition)
            assert identity(free[condition]) == identity(best_way(net, asked)), (asked, condition)


def test_an_answer_that_follows_from_another_keeps_its_own_name_and_ban(net):
    best, *others = states_kept_out(net, "xian", "tashkent")
    listed = conditions.list_conditions(net, [best], MapOptions())
    answers = conditions.FrugalSearch(net, listed)
    assert answers.of_route(best)[listed[-1]] is not None
    for route in others:
        for answer in filter(None, answers.of_route(route).values()):
            assert (answer.name, answer.query.avoid, answer.query.via) == (
                route.name,
                route.query.avoid,
                route.query.via,
            )


def test_equal_answers_are_one_object(drawn):
    routes = pages.toy_routes(drawn)
    listed = [Condition(), Condition(year=2024), Condition(month=7), Condition(month=8)]
    today, year, july, august = conditions.solve_all(drawn, routes[:4], listed)
    assert all(one is other for one, other in zip(today, year, strict=True))
    assert all(one is other for one, other in zip(july, august, strict=True))
    assert [one is other for one, other in zip(today, july, strict=True)] == [True, False, True, True]


def test_asking_again_keeps_what_is_not_changed(drawn):
    route = find_route(drawn, "a1", "c1", modes=["road"], avoid=["BBB"], name="Around")
    again = reroute(drawn, route, level="typical", year=2031)
    assert again.name == "Around"
    assert again.query.avoid == {"BBB"}
    assert (again.query.level, again.query.year) == ("typical", 2031)
    assert identity(again) == identity(
        find_route(drawn, "a1", "c1", modes=["road"], avoid=["BBB"], level="typical", year=2031)
    )


def test_a_route_that_is_not_open_yet_says_what_it_waits_for(drawn):
    direct = find_route(drawn, "a3", "c3", via=(), modes=["road"], year=2031, name="Direct")
    planned = [link for link in direct.links if link not in set(drawn.open_links(2024).index)]
    assert planned
    why, instead = conditions.explain_absence(
        drawn, direct, Condition(year=2024), find_route(drawn, "a3", "c3", year=2024)
    )
    assert str(why) == ("No route in 2024: links on the way are not open yet (A3 \u2013 C3); expected 2030.")
    assert str(instead).startswith("The best way then takes ")


def test_page_holds_an_answer_for_each_condition(map_page):
    data = data_of(map_page)
    assert data["levels"] == [None, "typical"]
    for route in data["routes"]:
        assert len(route["answers"]) == len(route["services"]) == len(data["conditions"]) == 8
    later = answer_of(data, "road", (None, 2030, None))
    assert later["links"] == answer_of(data, "road-of-2030")["links"]
    services = [said(data, data["texts"][number]) for number in data["routes"][0]["services"]]
    assert services[1:3] == ["express service, network of 2024", "express service, network of 2030"]


def test_a_map_without_switches_asks_nothing_again(drawn):
    data = data_of(map_routes(drawn, pages.toy_routes(drawn), years=(), levels=()).html())
    assert data["conditions"] == [[None, None, None]]


@pytest.mark.parametrize(
    ("options", "named"), [({"levels": ["slow"]}, "level 'slow'"), ({"months": [13]}, "month 13")]
)
def test_unknown_switches_are_refused(drawn, options, named):
    with pytest.raises(UsageError, match=named):
        map_routes(drawn, pages.toy_routes(drawn), **options)
