"""The explorer in Chromium: it answers as Python, states close, the way round appears, Back undoes."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import expect

from cacorridor import bypass, find_route
from cacorridor.routing.telling.closers import links_shut_lately
from cacorridor.views.explorer.conditions import service_years
from cacorridor.views.text import MINUS
from tests.browser.explorers import RELATIONS, ROUTE, close, opened, sentence, settled

pytestmark = pytest.mark.browser

BYTES = 900_000
CLOSE = """button => { button.click(); const text = id => document.getElementById(id).textContent;
  return { answer: text('cac-answer'), below: ['cac-prices', 'cac-legs', 'cac-take'].map(text),
    relation: document.querySelector('path[data-state=BBB]').dataset.relation,
    names: [...document.querySelectorAll('.cac-name')].map(each => each.textContent) }; }"""

OUTLINES = """zoom => { const map = window[document.querySelector('.folium-map').id];
  map.setZoom(zoom, { animate: false });
  let points = 0;
  map.eachLayer(layer => {
    if (layer.options.className === 'cac-state') { points += layer.getLatLngs().flat(Infinity).length; } });
  return points; }"""
LAYERS = """() => [...document.querySelectorAll('path.cac-outside')]
  .map(path => Number(getComputedStyle(path).fillOpacity))"""


def test_page_of_all_places_stays_in_its_budget(real_html):
    assert len(real_html.encode()) <= BYTES


def test_answer_is_that_of_python(show, net, real_html):
    page = opened(show, real_html)
    route = find_route(net, "Moscow", "Osh", avoid=["KAZ"])
    answer = page.evaluate(ROUTE, ["moscow", "osh", {"closed": ["KAZ"]}])
    assert answer["hours"] == pytest.approx(route.time_h)
    assert (answer["hours_low"], answer["hours_high"]) == pytest.approx((route.time_low_h, route.time_high_h))
    assert answer["km"] == pytest.approx(route.length_km)
    assert (tuple(answer["states"]), tuple(answer["links"])) == (route.states, route.links)


def test_sentence_says_hours_range_and_states_first(show, drawn, toy_html):
    page = opened(show, toy_html)
    route = find_route(drawn, "a1", "c1")
    text = sentence(page)
    assert f"{route.time_h:.0f}\u00a0h" in text
    assert f"{route.time_low_h:.0f}\u2013{route.time_high_h:.0f} h in 8 of 10 cases" in text
    assert "Crosses: State AAA, State BBB, State CCC." in text
    assert "Express service, network of today" in text


def test_states_show_what_their_closure_adds(show, net, real_html):
    page = opened(show, real_html)
    table = bypass(net, "Moscow", "Osh")
    shown = page.locator("#cac-prices table").first.inner_text()
    for state, penalty in zip(table["states"], table["penalty_h"], strict=True):
        assert net.state_name(state) in shown
        assert f"+{penalty:,.0f}\u00a0h" in shown or f"+{penalty:.1f}\u00a0h" in shown
    relations = page.evaluate(RELATIONS)
    assert relations["RUS"] == relations["KGZ"] == "end"
    assert relations["KAZ"] == "p3"


def test_closing_a_state_shows_the_way_round_and_back_undoes(show, drawn, toy_html):
    page = opened(show, toy_html)
    before = sentence(page)
    close(page, "State BBB")
    round_it = find_route(drawn, "a1", "c1", avoid=["BBB"])
    assert f"{round_it.time_h:.0f}\u00a0h" in sentence(page)
    assert "Bypasses: State BBB." in sentence(page)
    assert page.evaluate(RELATIONS)["BBB"] == "closed"
    assert page.evaluate("location.hash") == "#a1/c1&closed=BBB"
    page.go_back()
    expect(page.locator("#cac-answer")).not_to_contain_text("Bypasses")
    assert sentence(page) == before
    assert page.evaluate(RELATIONS)["BBB"].startswith("p")
    page.go_forward()
    expect(page.locator("#cac-answer")).to_contain_text("Bypasses: State BBB.")
    page.get_by_role("button", name="Open State BBB again").click()
    assert sentence(page) == before


def test_the_answer_is_there_at_once_and_nothing_of_the_one_before(show, drawn, toy_html):
    page = opened(show, toy_html)
    shown = page.get_by_role("button", name="Close State BBB").first.evaluate(CLOSE)
    assert "Bypasses: State BBB." in shown["answer"]
    assert shown["relation"] == "closed"
    assert not [name for name in shown["names"] if name.startswith("State BBB+")]  # the price of closing it
    assert shown["below"] == ["", "", ""]
    legs = settled(page).locator("#cac-legs tbody td:last-child").all_inner_texts()
    hours = sum(float(text.split()[0]) for text in legs)
    route = find_route(drawn, "a1", "c1", avoid=["BBB"])
    assert hours == pytest.approx(route.time_h, abs=0.5 * len(legs))


def test_the_focus_stays_with_its_control_or_goes_to_the_answer(show, toy_html):
    page = opened(show, toy_html)
    held = "document.activeElement.id"
    page.locator(".cac-delay input").first.focus()
    page.keyboard.press("ArrowRight")
    assert settled(page).evaluate(held).startswith("cac-delay-")
    page.get_by_role("button", name="Close State BBB").first.focus()
    page.keyboard.press("Enter")
    assert settled(page).evaluate(held) == "cac-answer"
    page.get_by_role("button", name="Open State BBB again").focus()
    page.keyboard.press("Enter")
    assert settled(page).evaluate(held) == "cac-answer"
    page.locator("#cac-mode-sea").focus()
    page.keyboard.press("Space")
    assert settled(page).evaluate(held) == "cac-mode-sea"


def test_a_tap_on_a_state_closes_it_and_a_second_opens_it(show, toy_html):
    page = opened(show, toy_html)
    before = sentence(page)
    box = page.locator("path[data-state=BBB]").bounding_box()
    spot = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.12  # away from lines and towns
    page.mouse.click(*spot)
    expect(page.locator("#cac-answer")).to_contain_text("Bypasses: State BBB.")
    moved = page.locator("path[data-state=BBB]").bounding_box()
    page.mouse.click(moved["x"] + moved["width"] / 2, moved["y"] + moved["height"] * 0.12)
    assert sentence(page) == before


def test_the_state_of_an_end_does_not_close(show, toy_html):
    page = opened(show, toy_html)
    box = page.locator("path[data-state=AAA]").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.05)
    assert "State AAA holds one end of the journey and cannot be closed." in sentence(page)


def test_conditions_change_the_answer_as_in_python(show, net, real_html):
    page = opened(show, real_html, "#kashgar/tashkent")
    page.locator("#cac-level").select_option("typical")
    page.locator("#cac-month").select_option("1")
    page.locator("#cac-criterion").select_option("length")
    route = find_route(net, "kashgar", "tashkent", level="typical", month=1, criterion="length")
    assert f"{route.length_km:,.0f}\u00a0km" in sentence(page)
    assert f"{route.time_h:.0f}\u00a0h" in sentence(page)
    page.locator("#cac-mode-road").uncheck()
    expected = find_route(
        net, "kashgar", "tashkent", level="typical", month=1, criterion="length", modes=["rail", "sea"]
    )
    assert f"{expected.length_km:,.0f}\u00a0km" in sentence(page)
    page.reload()
    settled(page)
    assert f"{expected.length_km:,.0f}\u00a0km" in sentence(page)


def test_hours_more_at_a_crossing_turn_the_way_at_the_break_even(show, toy_html):
    page = opened(show, toy_html)
    note = page.locator(".cac-delay small").first.inner_text()
    turn = float(note.split("from ")[1].split(" h")[0])
    slide = """(slider, hours) => { slider.value = hours; slider.dispatchEvent(new Event('input'));
      slider.dispatchEvent(new Event('change')); }"""
    page.locator(".cac-delay input").first.evaluate(slide, int(turn) - 1)
    assert "Crosses: State AAA, State BBB, State CCC." in sentence(page)
    page.locator(".cac-delay input").first.evaluate(slide, int(turn) + 2)
    assert "Against the open network" in sentence(page)
    assert "Bypasses" in sentence(page)


def test_a_scenario_is_supposed_and_named(show, net, real_html):
    page = opened(show, real_html, "#xian/istanbul")
    page.locator("#cac-scenario").select_option("russia-avoided")
    route = find_route(net, "xian", "istanbul", scenario="russia-avoided")
    assert f"{route.time_h:.0f}\u00a0h" in sentence(page)
    assert "Supposed: No way through Russia." in sentence(page)
    assert "Bypasses: Russia" in sentence(page)
    assert page.evaluate("location.hash") == "#xian/istanbul&scenario=russia-avoided"
    shown = settled(page).locator("#cac-take pre").all_inner_texts()
    assert 'scenario="russia-avoided"' in shown[0]
    assert shown[1] == "cacorridor route xian istanbul --scenario russia-avoided"


def test_a_scenario_that_only_quickens_the_way_says_by_how_much(show, net, real_html):
    page = opened(show, real_html, "#kashgar/tashkent&scenario=carec-one-stop")
    plain, quicker = (
        find_route(net, "kashgar", "tashkent", scenario=name) for name in (None, "carec-one-stop")
    )
    assert quicker.links == plain.links
    saved = plain.time_h - quicker.time_h
    assert f"Against the open network: \u2212{saved:.1f}\u00a0h" in sentence(page)
    page.locator("#cac-scenario").select_option("almaty-bypass-opens")
    assert "The best way stays as it is." in sentence(page)


def test_an_end_that_a_scenario_closes_has_no_way(show, real_html):
    page = opened(show, real_html, "#moscow/osh&scenario=russia-avoided")
    assert "Moscow is closed in it." in sentence(page)
    page.locator("#cac-scenario").select_option("")
    expect(page.locator("#cac-answer strong")).to_be_visible()


def test_places_are_passed_and_states_crossed(show, net, real_html):
    page = opened(show, real_html, "#moscow/osh")
    page.locator("#cac-via").fill("baku")
    page.keyboard.press("Enter")
    page.locator("#cac-through").select_option("TKM")
    relations = page.evaluate(RELATIONS)
    assert relations["AZE"] == relations["TKM"] == "end"  # asked for, so no price of a closure
    route = find_route(net, "moscow", "osh", via="baku", through="TKM")
    assert f"{route.time_h:.0f}\u00a0h" in sentence(page)
    page.get_by_role("button", name="No longer by way of Baku").click()
    page.get_by_role("button", name="No longer by way of Turkmenistan").click()
    assert page.evaluate("location.hash") == "#moscow/osh"


def test_dollars_and_hours_are_weighed_at_a_value_of_time(show, net, real_html):
    page = opened(show, real_html, "#xian/istanbul")
    page.locator("#cac-criterion").select_option("generalised")
    page.locator("#cac-worth").fill("200")
    page.keyboard.press("Tab")
    route = find_route(net, "xian", "istanbul", criterion="generalised", value_of_time=200)
    assert (
        f"{route.cost_usd:,.0f}\u00a0USD ({route.cost_low_usd:,.0f}\u2013{route.cost_high_usd:,.0f})"
        in sentence(page)
    )
    assert f"{route.cost_usd + 200 * route.time_h:,.0f}\u00a0USD" in sentence(page)
    assert "An hour is taken to be worth 200 USD." in sentence(page)


def test_the_years_that_change_the_way_are_told_and_lead_there(show, net, real_html):
    page = opened(show, real_html, "#kashgar/tashkent")
    years = service_years(net)
    ways = [find_route(net, "kashgar", "tashkent", year=year) for year in years]
    turns = [
        (year, other.time_h - one.time_h)
        for year, (one, other) in zip(years[1:], itertools.pairwise(ways), strict=True)
        if one.links != other.links or abs(other.time_h - one.time_h) >= 0.05
    ]
    assert turns
    shown = [f"{year}: {'+' if more > 0 else MINUS}{abs(more):.1f}\u00a0h" for year, more in turns]
    assert page.locator("#cac-turns button").all_inner_texts() == shown
    page.locator("#cac-turns button").first.click()
    assert f"network of {turns[0][0]}" in sentence(page)


@pytest.mark.maps
def test_years_are_played_and_back_undoes_them_together(show, net, real_html):
    page = opened(show, real_html, "#kashgar/tashkent")
    later = [year for year in service_years(net) if year > int(net.as_of[:4])]
    player = page.locator("#cac-play")
    player.click()
    assert f"network of {later[0]}" in sentence(page)
    expect(player).to_have_text("Stop")
    expect(page.locator("#cac-answer")).to_contain_text(f"network of {later[1]}")
    player.click()
    expect(player).to_have_text("Play the years")
    page.go_back()
    expect(page.locator("#cac-answer")).to_contain_text("network of today")


def test_a_link_shut_lately_is_told_with_its_reason_and_its_source(show, net, real_html):
    page = opened(show, real_html, "#kabul/lahore")
    (shut,) = links_shut_lately(find_route(net, "Kabul", "Lahore"))
    told = page.locator(".cac-shut").inner_text()
    ends = " \u2013 ".join(shut.ends)
    assert f"Not in service today: {ends}. The best way of {shut.since}" in told
    assert f"{shut.before.time_h:.0f}\u00a0h" in told
    assert shut.note in told
    assert page.locator(".cac-shut a").get_attribute("href").startswith("https://")
    year = opened(show, real_html, f"#kabul/lahore&year={shut.since}")
    expect(year.locator(".cac-shut")).to_have_count(0)


@pytest.mark.maps
def test_outlines_are_finer_near_than_afar(show, real_html):
    page = opened(show, real_html)
    before = page.evaluate(RELATIONS)
    afar, near, again = (page.evaluate(OUTLINES, zoom) for zoom in (4, 6, 4))
    assert near > 2 * afar
    assert again == afar
    assert page.evaluate(RELATIONS) == before, "colours stay"


@pytest.mark.maps
def test_the_picture_of_the_states_fades_where_it_ends(show, real_html):
    layers = opened(show, real_html).evaluate(LAYERS)
    # the outermost hides the line where the land is cut, and each further in lets as much more through
    shares = [1.0]
    for opacity in layers[::-1]:
        shares.append(shares[-1] * (1 - opacity))
    steps = [one - other for one, other in itertools.pairwise(shares)]
    assert shares[-1] == 0
    assert steps == pytest.approx([1 / len(layers)] * len(layers), rel=0.01)
