"""Routes asked again: years, levels, months; what is told where there is no route."""

from __future__ import annotations

import pytest

from cacorridor import UsageError, find_route, map_routes
from cacorridor.routing.routes import ask_again
from cacorridor.views.explorer import conditions as variants
from cacorridor.views.explorer.conditions import Condition, Switches
from tests.views import pages
from tests.views.test_maps import answer_of, data_of


def told(route):
    return None if route is None else (route.links, route.time_h, route.time_low_h, route.length_km)


def test_conditions_are_years_by_levels_and_months_as_compared(drawn):
    routes = pages.toy_routes(drawn)
    asked = variants.conditions(drawn, routes, Switches(years=[2030], months=[7, 1]))
    assert asked == [
        Condition(),
        Condition(year=2030),
        Condition("typical"),
        Condition("typical", 2030),
        Condition(month=1),
        Condition(month=7),
    ]


def test_every_answer_is_that_of_the_search(drawn):
    routes = pages.toy_routes(drawn)
    asked = variants.conditions(drawn, routes, Switches(months=[1]))
    for condition, row in zip(asked, variants.ask_all(drawn, routes, asked), strict=True):
        for route, answer in zip(routes, row, strict=True):
            level, year, month = condition
            again = ask_again(drawn, route, level=level, year=year, month=month)
            assert told(answer) == told(again), (route.name, condition)


def test_equal_answers_are_one_object(drawn):
    routes = pages.toy_routes(drawn)
    asked = [Condition(), Condition(year=2024), Condition(month=7), Condition(month=8)]
    today, year, july, august = variants.ask_all(drawn, routes[:4], asked)
    assert all(one is other for one, other in zip(today, year, strict=True))
    assert all(one is other for one, other in zip(july, august, strict=True))
    assert [one is other for one, other in zip(today, july, strict=True)] == [True, False, True, True]


def test_ask_again_keeps_what_is_not_changed(drawn):
    route = find_route(drawn, "a1", "c1", modes=["road"], avoid=["BBB"], name="Around")
    again = ask_again(drawn, route, level="typical", year=2031)
    assert again.name == "Around"
    assert again.query.avoid == {"BBB"}
    assert (again.query.level, again.query.year) == ("typical", 2031)
    assert told(again) == told(
        find_route(drawn, "a1", "c1", modes=["road"], avoid=["BBB"], level="typical", year=2031)
    )


def test_a_route_that_is_not_open_yet_says_what_it_waits_for(drawn):
    direct = find_route(drawn, "a3", "c3", via=(), modes=["road"], year=2031, name="Direct")
    planned = [link for link in direct.links if link not in set(drawn.open_links(2024).index)]
    assert planned
    why = variants.why_not(drawn, direct, Condition(year=2024))
    assert why == "No route in 2024. Not open yet: A3 \u2013 C3; expected 2030."


def test_page_holds_an_answer_for_each_condition(map_page):
    data = data_of(map_page)
    assert data["levels"] == [None, "typical"]
    for route in data["routes"]:
        assert len(route["answers"]) == len(route["services"]) == len(data["conditions"]) == 8
    later = answer_of(data, "road", (None, 2030, None))
    assert later["links"] == answer_of(data, "road-of-2030")["links"]
    services = [data["texts"][number] for number in data["routes"][0]["services"]]
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
