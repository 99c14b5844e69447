"""Maps: what they carry, how they are saved, what they refuse."""

from __future__ import annotations

import pytest

from cacorridor import UsageError, find_route, load_network, map_routes
from cacorridor.views.explorer.page import ATTRIBUTION, DISCLAIMER
from cacorridor.views.labels import standing_of
from tests.views import pages
from tests.views.reading import Reader, said, unpacked


def data_of(page):
    return unpacked(Reader(page))


def answer_of(data, slug, condition=(None, None, None)):
    """Put together what the page shows of a route under a condition."""
    route = next(route for route in data["routes"] if route["slug"] == slug)
    answer = data["answers"][route["answers"][data["conditions"].index(list(condition))]]
    return answer if "why" in answer else {**data["ways"][answer["way"]], **answer, "stands": answer["facts"]}


def test_data_tell_states_of_each_route(map_page):
    data = data_of(map_page)
    assert answer_of(data, "road")["crossed"] == ["AAA", "BBB", "CCC"]
    assert answer_of(data, "road")["bypassed"] == ["DDD"]
    assert answer_of(data, "railway")["touched"] == ["DDD"]
    assert answer_of(data, "railway")["bypassed"] == []
    assert answer_of(data, "southern-road")["bypassed"] == ["BBB"]
    assert answer_of(data, "by-sea")["bypassed"] == ["BBB", "DDD"]  # the best way touches DDD


def test_a_link_of_two_routes_is_drawn_once(map_page):
    data = data_of(map_page)
    used = {index for way in data["ways"] for index in way["links"]}
    assert used == set(range(len(data["links"])))
    assert len(data["links"]) < sum(len(way["links"]) for way in data["ways"])


def test_links_that_are_not_open_say_so(map_page):
    data = data_of(map_page)
    assert data["years"] == [None, 2024, 2030, 2031]
    waiting = [link for link in data["links"] if link["status"] != "oooo"]
    assert [(link["mode"], link["km"], link["opened"], link["status"]) for link in waiting] == [
        ("road", "264", "2030", "ppoo")
    ]


def test_stops_carry_hours_range_cause_and_basis(map_page):
    data = data_of(map_page)
    road = answer_of(data, "road")
    number = next(n for n, (place, _) in enumerate(road["stops"]) if data["places"][place]["name"] == "A3")
    facts = [data["facts"][fact] for fact in road["facts"][number]]
    assert [[said(data, part) for part in fact[:4]] for fact in facts] == [
        ["Border, outbound (State AAA)", "queue, customs", "2 h", "0.2\u20134.5 h"]
    ]
    assert [said(data, data["texts"][fact[4]]) for fact in facts] == ["assumed: toy"]


def test_lines_come_back_from_their_letters(map_page):
    data = data_of(map_page)
    ends = [[data["places"][end]["id"] for end in link["ends"]] for link in data["links"]]
    line = data["links"][ends.index(["a1", "a3"])]["lines"][0]
    assert decode(line) == [(0.5, 0.5), (1.0, 1.9)]
    west = next(state for state in data["states"] if state["id"] == "AAA")
    assert (0.0, 0.0) in decode(west["area"][0][0])


def decode(text):
    """The other way round than the payload, by the published polyline algorithm."""
    numbers, shift, value = [], 0, 0
    for letter in text:
        bits = ord(letter) - 63
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            shift, value = 0, 0
    lat = lon = 0
    points = []
    for north, east in zip(numbers[::2], numbers[1::2], strict=True):
        lat, lon = lat + north, lon + east
        points.append((lat / 1000, lon / 1000))
    return points


def test_attribution_and_disclaimer_stand_on_the_map(map_page):
    shown = " ".join(Reader(map_page).texts)
    assert DISCLAIMER in shown
    assert f"Map data: {ATTRIBUTION}. Drawn with Leaflet." in shown


def test_save_writes_the_whole_page(drawn, target):
    drawing = map_routes(drawn, pages.toy_routes(drawn)[0])
    drawing.save(target)
    assert target.read_text(encoding="utf-8") == drawing.html()
    assert [path.name for path in target.parent.iterdir()] == ["page.html"]


def test_two_builds_are_the_same(drawn, map_page):
    again = map_routes(drawn, pages.toy_routes(drawn), title="Toy & map")
    assert again.html() == again.html() == map_page


def test_notebook_shows_the_page_in_a_frame(drawn, map_page):
    drawing = map_routes(drawn, pages.toy_routes(drawn), title="Toy & map")
    frame = Reader(drawing._repr_html_()).first("iframe")
    assert frame["srcdoc"] == map_page
    assert frame["height"] == "640"


def test_repr_is_text(drawn):
    routes = pages.toy_routes(drawn)
    assert repr(map_routes(drawn, routes)) == "<RouteMap A1 \u2013 C1: 5 routes; save(path) writes it>"
    assert repr(map_routes(drawn, routes[0])) == "<RouteMap Road: 1 route; save(path) writes it>"


def test_no_route_is_refused(drawn):
    with pytest.raises(UsageError, match="no routes"):
        map_routes(drawn, [])


def test_something_else_is_refused(drawn):
    with pytest.raises(UsageError, match="not str"):
        map_routes(drawn, ["a1"])


def test_a_route_of_another_network_is_refused(drawn):
    route = pages.toy_routes(drawn)[4]
    with pytest.raises(UsageError, match="another network"):
        map_routes(drawn.at(2025), route).html()


def test_what_a_route_bypasses_does_not_depend_on_what_else_is_drawn(drawn):
    routes = pages.toy_routes(drawn)
    together = data_of(map_routes(drawn, routes).html())
    for route, slug in zip(routes[:4], ("road", "southern-road", "railway", "by-sea"), strict=True):
        alone = data_of(map_routes(drawn, route).html())
        assert answer_of(alone, slug)["bypassed"] == answer_of(together, slug)["bypassed"], slug
    sentence = answer_of(alone, "by-sea")["sentence"]
    said_alone = " ".join(said(alone, alone["texts"][number]) for number in sentence)
    assert "Bypasses State BBB, State DDD: " in said_alone


def test_the_page_and_python_mean_the_same_by_bypassed(drawn):
    for route in pages.toy_routes(drawn)[:4]:
        shown = data_of(map_routes(drawn, route).html())
        assert tuple(shown["answers"][shown["routes"][0]["answers"][0]]["bypassed"]) == route.bypasses


def test_the_page_and_python_mean_the_same_by_bypassed_on_the_embedded_data():
    network = load_network()
    told = {
        ("Moscow", "Osh"): {"avoid": ["KAZ"]},
        ("Xi'an", "Tashkent"): {"through": ["KGZ"]},
        ("Urumqi", "Istanbul"): {"modes": ["rail"], "avoid": ["RUS"]},
    }
    routes = [find_route(network, *ends, **pins) for ends, pins in told.items()]
    shown = data_of(map_routes(network, routes).html())
    for route, own in zip(routes, shown["routes"], strict=True):
        assert tuple(shown["answers"][own["answers"][0]]["bypassed"]) == route.bypasses
    assert routes[0].bypasses == ("KAZ",)


def test_the_range_of_a_stop_is_that_of_its_leg(drawn):
    for route in pages.toy_routes(drawn):
        legs = route.legs[route.legs["kind"] == "transfer"]
        stops = [stop for stop in standing_of(route) if stop.kind == "transfer"]
        assert [(stop.time_low_h, stop.time_high_h) for stop in stops] == [
            pytest.approx(bounds) for bounds in zip(legs["time_low_h"], legs["time_high_h"], strict=True)
        ]


def test_unnamed_routes_are_told_apart(drawn):
    routes = [find_route(drawn, "a1", "c1", modes=[mode]) for mode in ("road", "rail")]
    named = [
        said(data, route["name"])
        for data in [data_of(map_routes(drawn, routes).html())]
        for route in data["routes"]
    ]
    assert named[0].startswith("ROAD; through State BBB; ")
    assert len(set(named)) == 2


def test_an_address_of_the_map_is_read_back(drawn):
    page = map_routes(drawn, pages.toy_routes(drawn), title="Toy")
    first, *_ = pages.toy_routes(drawn)
    assert page.route_at("") == first  # what the page shows at first
    slugs = [route["slug"] for route in data_of(page.html())["routes"]]
    shown = [page.route_at(f"toy.html#{slug}&lang=ru") for slug in slugs]
    assert [route.links for route in shown] == [route.links for route in pages.toy_routes(drawn)]
    # another level is asked again, as the page has it
    slower = page.route_at("#road&level=typical")
    answer = answer_of(data_of(page.html()), "road", ("typical", None, None))
    assert slower.time_h == pytest.approx(answer["totals"][1], abs=0.06)
    with pytest.raises(UsageError, match=r"no route at '#nowhere'; allowed: #"):
        page.route_at("#nowhere")


def test_a_widget_of_a_map_reads_the_chosen_route_back(drawn):
    pytest.importorskip("anywidget", reason="anywidget is not installed")
    routes = pages.toy_routes(drawn)
    widget = map_routes(drawn, routes, title="Toy", height=400).widget()
    assert (widget.height, widget.title, widget.route) == (400, "Toy", routes[0])
    widget.view = "#southern-road"
    assert widget.route.bypasses == ("BBB",)


def test_one_route_alone_brings_the_ways_that_it_is_set_against(drawn):
    *_, sea, _ = pages.toy_routes(drawn)
    page = map_routes(drawn, sea)
    slugs = [route["slug"] for route in data_of(page.html())["routes"]]
    without = [f"the-best-way-without-state-{state}" for state in ("bbb", "ddd")]
    assert slugs == ["by-sea", "the-best-way", *without]
    assert page.route_at("#the-best-way").links == find_route(drawn, "a1", "c1").links
    assert [route["slug"] for route in data_of(map_routes(drawn, sea, rivals=False).html())["routes"]] == [
        "by-sea"
    ]


def test_of_many_years_only_some_are_written_below_the_slider(drawn):
    page = map_routes(drawn, pages.toy_routes(drawn)[0], years=range(2024, 2050), levels=()).html()
    written = page.partition('class="cac-ticks"')[2].partition(">")[2].partition("</div>")[0]
    years = [text for text in Reader(written).texts if text.strip()]
    assert years[:2] == ["now", "2026"]
    assert years[-1] == "2049"
    assert len(years) <= 12
