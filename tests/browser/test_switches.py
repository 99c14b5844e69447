"""The switches in Chromium, on the real network: what the page says is what Python says."""

from __future__ import annotations

import csv
import html
import io
import re

import pandas as pd
import pytest
from playwright.sync_api import expect

from cacorridor import find_route, load_network, map_routes
from cacorridor.routing.corridors import Comparison, compare_corridors
from cacorridor.routing.finding import reroute
from cacorridor.views import text
from cacorridor.views.explorer.conditions import MapOptions
from cacorridor.views.report.report import build_report
from tests.views import pages

pytestmark = [pytest.mark.browser, pytest.mark.maps]

NEW = "#through-kyrgyzstan-by-the-new-railway-from-about-2030"
SET_YEAR = """year => { const slider = document.getElementById('cac-year');
  const ticks = [...document.querySelectorAll('.cac-ticks > span')];
  slider.value = ticks.findIndex(tick => tick.textContent.endsWith(year));
  slider.dispatchEvent(new Event('input')); }"""
FIGURE = ".cac-route:visible .cac-figures div:nth-child(2) strong"
HOLLOW = "path.cac-hollow:not(.cac-legend *)"
GRID = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"


@pytest.fixture(scope="module")
def network():
    return load_network()


@pytest.fixture(scope="module")
def kashgar(network):
    """The five routes of the comparison Kashgar - Tashkent."""
    return next(item.routes for item in compare_corridors(network) if item.heading.startswith("Kashgar"))


@pytest.fixture(scope="module")
def real_html(network, kashgar):
    return map_routes(network, kashgar, months=[1, 7]).html()


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    return load_network(pages.write_pages_toy(tmp_path_factory.mktemp("drawn") / "toy"))


@pytest.fixture(scope="module")
def toy_html(toy):
    return map_routes(toy, pages.toy_routes(toy)).html()


@pytest.mark.parametrize("level", ["express", "typical"])
def test_new_railway_opens_with_the_hours_that_python_finds(show, network, real_html, level):
    page = show(real_html, NEW)
    page.locator("#cac-level").select_option(label=level)
    page.evaluate(SET_YEAR, "26")
    assert page.locator("#cac-year-shown").inner_text() == "2026"
    status = page.locator("#cac-status").inner_text()
    assert status.startswith("No route in 2026: links on the way are not open yet (Kashgar \u2013 Torugart")
    assert "; expected 2030. The best way then takes " in status
    assert page.locator(FIGURE).count() == 0
    assert page.locator(HOLLOW).count() > 0
    assert "not open yet (hollow)" in page.locator(".cac-legend").inner_text()
    page.evaluate(SET_YEAR, "31")
    route = find_route(
        network, "kashgar", "tashkent", corridor="kashgar-tashkent-cku-rail", year=2031, level=level
    )
    assert page.locator(FIGURE).inner_text() == text.duration(route.time_h)
    assert (
        f"{text.kilometres(route.length_km)}, {text.duration(route.time_h)}"
        in page.locator("#cac-status").inner_text()
    )
    assert page.locator(HOLLOW).count() == 0
    assert "not open yet (hollow)" not in page.locator(".cac-legend").inner_text()


def test_service_level_changes_hours_and_legs(show, network, real_html):
    page = show(real_html)
    before = page.locator(".cac-route:visible .cac-legs tbody").inner_text()
    page.locator("#cac-level").select_option(label="typical")
    route = find_route(network, "kashgar", "tashkent", corridor="kashgar-tashkent-kgz-road", level="typical")
    assert page.locator(FIGURE).inner_text() == text.duration(route.time_h)
    assert page.locator(".cac-route:visible .cac-legs tbody").inner_text() != before
    legs = page.locator(".cac-route:visible .cac-legs tbody tr").evaluate_all(GRID)
    assert [row[2] for row in legs] == [text.number(hours) for hours in route.legs["time_h"]]


def test_month_is_asked_of_the_routes_as_compared(show, network, real_html):
    page = show(real_html, "#through-kazakhstan-by-road-torugart-bishkek&year=2028&level=typical")
    page.locator("#cac-month").select_option(label="January")
    assert page.locator("#cac-year-shown").inner_text() == "2026 (today)"
    assert "Year and service are set back" in page.locator("#cac-note").inner_text()
    assert page.locator("#cac-level").input_value() == "0"
    route = find_route(network, "kashgar", "tashkent", corridor="kashgar-tashkent-kaz-road", month=1)
    assert page.locator(FIGURE).inner_text() == text.duration(route.time_h)
    page.evaluate(SET_YEAR, "30")
    assert page.locator("#cac-month").input_value() == ""
    assert "The month is set back to any" in page.locator("#cac-note").inner_text()


def test_slider_answers_the_keyboard_and_tells_the_year(show, real_html):
    page = show(real_html)
    slider = page.locator("#cac-year")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "2024"
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "2035"


def test_years_are_played_to_the_end(show, toy_html):
    page = show(toy_html)
    page.clock.install()
    player, shown = page.locator("#cac-play"), page.locator("#cac-year-shown")
    assert page.locator(".cac-ticks > span").all_inner_texts() == ["now", "2024", "2030", "2031"]
    player.click()
    assert (shown.inner_text(), player.inner_text()) == ("2024", "Stop")
    page.clock.run_for(1600)
    assert shown.inner_text() == "2030"
    page.locator("#cac-language").select_option(value="ru")
    assert player.inner_text() == "\u041e\u0441\u0442\u0430\u043d\u043e\u0432\u0438\u0442\u044c"
    page.clock.run_for(1600)
    page.clock.run_for(1600)
    assert (shown.inner_text(), page.evaluate("location.hash")) == ("2031", "#road&year=2031&lang=ru")
    page.locator("#cac-language").select_option(value="en")
    assert player.inner_text() == "Play the years"


def test_a_year_that_the_reader_chooses_ends_the_play(show, toy_html):
    page = show(toy_html)
    page.clock.install()
    page.locator("#cac-play").click()
    page.evaluate(SET_YEAR, "2031")
    page.clock.run_for(5000)
    assert page.locator("#cac-year-shown").inner_text() == "2031"
    assert page.locator("#cac-play").inner_text() == "Play the years"


def test_with_reduced_motion_years_go_step_by_step(show, toy_html):
    page = show(toy_html, reduced_motion="reduce")
    page.clock.install()
    player = page.locator("#cac-play")
    assert player.inner_text() == "Next year"
    player.click()
    page.clock.run_for(5000)
    assert page.locator("#cac-year-shown").inner_text() == "2024"
    player.click()
    assert page.locator("#cac-year-shown").inner_text() == "2030"


def test_two_routes_stand_side_by_side(show, kashgar, real_html):
    page = show(real_html)
    assert page.locator("#cac-compared").is_hidden()
    page.locator("#cac-second").select_option(label=kashgar[3].name)
    rows = page.locator("#cac-compared tr").evaluate_all(GRID)
    assert rows[0] == ["", kashgar[0].name, kashgar[3].name, "Difference"]
    more_h, more_km = (
        getattr(kashgar[3], name) - getattr(kashgar[0], name) for name in ("time_h", "length_km")
    )
    hours = ["Transit time", *(text.duration(kashgar[n].time_h) for n in (0, 3)), f"+{more_h:.0f} h"]
    assert hours in rows
    lengths = ["Length", *(text.kilometres(kashgar[n].length_km) for n in (0, 3)), f"+{more_km:,.0f} km"]
    assert lengths in rows
    assert page.locator("path.cac-second.leaflet-interactive").count() == len(kashgar[3].links)
    page.locator("#cac-choice").select_option(label=kashgar[3].name)  # the two change places
    assert page.locator("#cac-compared tr").evaluate_all(GRID)[0][2] == kashgar[0].name


def test_address_brings_back_the_whole_view(show, real_html):
    page = show(real_html)
    page.locator("#cac-choice").select_option(index=2)
    page.locator("#cac-second").select_option(index=1)
    page.evaluate(SET_YEAR, "32")
    page.locator("#cac-level").select_option(label="typical")
    page.locator("#cac-language").select_option(value="zh")
    address = page.locator("#cac-permalink").get_attribute("href")
    assert page.evaluate("location.hash") == address
    assert address.startswith(NEW + "&year=2032&level=typical&compare=")
    again = show(real_html, address)
    for key in ("#cac-choice", "#cac-second", "#cac-year", "#cac-level", "#cac-language"):
        assert again.locator(key).input_value() == page.locator(key).input_value(), key
    assert again.locator("#cac-status").inner_text() == page.locator("#cac-status").inner_text()


@pytest.mark.parametrize(
    "fragment",
    ["#nowhere&year=2031", "#road&year=1999&level=x&month=99&compare=road&lang=%3Cb%3E", "#road&month=-1"],
)
def test_a_wrong_address_shows_the_routes_as_compared(show, toy_html, fragment):
    page = show(toy_html, fragment)
    assert page.locator("#cac-status").inner_text().startswith("Crosses State AAA")
    assert page.locator("#cac-year").input_value() == "0"


def saved(page):
    with page.expect_download() as caught:
        page.locator("#cac-download").click()
    text = caught.value.path().read_text(encoding="utf-8-sig")
    return caught.value.suggested_filename, list(csv.reader(io.StringIO(text)))


def test_legs_are_saved_as_numbers_with_their_conditions(show, network, kashgar, real_html):
    page = show(real_html)
    page.evaluate(SET_YEAR, "30")
    page.locator("#cac-language").select_option(value="ru")
    name, rows = saved(page)
    assert name == "through-kyrgyzstan-by-road-irkeshtam-2030.csv"
    table = pd.DataFrame(rows[1:], columns=rows[0])
    route = reroute(network, kashgar[0], year=2030)
    assert list(table["from"]) == list(route.legs["from"])
    assert set(table["year"]) == {"2030"}
    assert set(table["service"]) == {"express"}
    for column in ("length_km", "time_h", "time_low_h", "time_high_h"):
        assert table[column].astype(float).to_numpy() == pytest.approx(route.legs[column], abs=0.006)


def test_two_routes_are_saved_one_below_the_other(show, kashgar, real_html):
    page = show(real_html)
    page.locator("#cac-second").select_option(index=4)
    name, rows = saved(page)
    assert name.endswith("-compared.csv")
    assert list(dict.fromkeys(row[0] for row in rows[1:])) == [kashgar[0].name, kashgar[3].name]


@pytest.mark.parametrize("start", ["=1+1", "+1 x", "-1-x", "@SUM(A1)"])
def test_a_saved_cell_is_no_formula(show, tmp_path, start):
    net, routes, _ = pages.named(tmp_path / "toy", start)
    page = show(map_routes(net, routes, years=(), levels=()).html())
    _, rows = saved(page)
    assert (rows[1][0], rows[1][3]) == (f"'{start}Road", f"'{start}A1")
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


LATIN = """() => {
  const walk = document.createTreeWalker(document.querySelector('.cac-app'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const own = walk.currentNode.parentElement;
    const counts = own.checkVisibility() && !own.closest('.cac-origins li, script, #cac-language');
    if (counts) { found.push(walk.currentNode.textContent); }
  }
  return found.filter(text => /[A-Za-z]{3,}/.test(text)); }"""
CREDITS = (
    "OpenStreetMap contributors (ODbL) via scgraph_data and timezone-boundary-builder", "GeoNames",
    "cacorridor", "Leaflet", "CSV",
)  # fmt: skip
VERSIONS = (r"\.dev\d+", r"sha256 [0-9a-f]+")  # of the package and the data: the same in every language


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_the_whole_page_changes_its_language(show, network, real_html, language):
    page = show(
        real_html,
        "#through-kyrgyzstan-by-the-new-railway-from-about-2030&compare=through-kazakhstan-by-rail-khorgos",
    )
    page.locator("#cac-language").select_option(value=language)
    page.evaluate(SET_YEAR, "28")
    names = {
        name for name in network.places["name"] if name.isascii()
    }  # of places without one in the language
    known = sorted((*names, *CREDITS), key=len, reverse=True)
    expected = re.compile("|".join([*map(re.escape, known), *VERSIONS]))
    left = [expected.sub("", shown) for shown in page.evaluate(LATIN)]
    assert [shown for shown in left if re.search("[A-Za-z]{3,}", shown)] == []
    assert page.locator("html").get_attribute("lang") == language
    assert not re.search("[A-Za-z]{3,}", page.title())


def test_names_of_places_change_their_language(show, real_html):
    page = show(real_html)
    page.locator("#cac-language").select_option(value="ru")
    labels = page.locator(".cac-place")
    assert "\u0422\u0430\u0448\u043a\u0435\u043d\u0442" in labels.all_inner_texts()
    assert page.locator(".cac-place[lang=ru]").count() > 0
    assert "\u041a\u0430\u0448\u0433\u0430\u0440" in page.locator(".cac-legs:visible tbody").inner_text()
    page.locator("#cac-language").select_option(value="zh")
    assert "\u5580\u4ec0" in page.locator(".cac-legs:visible tbody").inner_text()


def test_lines_that_share_a_link_stand_apart(show, kashgar, real_html):
    page = show(real_html)
    page.locator("#cac-second").select_option(label=kashgar[1].name)
    lines = (page.locator(f".leaflet-pane path.{name}").first for name in ("cac-line", "cac-second"))
    chosen, second = (line.get_attribute("d") for line in lines)
    assert set(kashgar[0].links) & set(kashgar[1].links)
    assert chosen != second


def test_card_of_a_border_names_cause_year_and_source(show, real_html):
    page = show(real_html)
    page.locator(".cac-stop[data-kind=border]").first.click()
    card = page.locator(".cac-card")
    assert "for " in card.locator(".cac-cause").first.inner_text()
    assert " h" in card.locator("td").first.inner_text()


def test_a_click_on_a_state_tells_its_share_and_who_keeps_out(show, real_html):
    page = show(real_html, "#through-kazakhstan-by-rail-khorgos")
    state = page.locator("path[data-state=KAZ]").first
    state.evaluate("path => path.dispatchEvent(new MouseEvent('click', { bubbles: true }))")
    card = page.locator(".cac-card")
    assert card.locator("h2").inner_text() == "Kazakhstan"
    assert re.search(r"[\d,]+ km and [\d,]+ h of this route", card.inner_text())
    card.locator("button").first.click()
    assert page.locator("#cac-choice").input_value() == "0"


def test_the_wheel_scrolls_a_report_and_not_its_map(show, network, kashgar):
    page = show(build_report(network, [Comparison("Ways", kashgar[:2])], options=MapOptions((), ())))
    page.locator(".cac-map").hover()
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 300)
    page.wait_for_function("before => scrollY > before", arg=before)


def test_one_finger_scrolls_past_the_map(show, real_html):
    page = show(real_html, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    touch = page.locator(".leaflet-container").evaluate("map => getComputedStyle(map).touchAction")
    assert touch == "pan-x pan-y"


def test_the_link_and_a_citation_are_copied(show, real_html):
    page = show(real_html)
    page.locator("#cac-copy").click()
    expect(page.locator("#cac-copied")).to_have_text("Copied.")


def test_a_map_in_a_frame_tells_its_view(show, drawn):
    inner = map_routes(drawn, pages.toy_routes(drawn), title="Toy").html()
    page = show(
        "<!DOCTYPE html><title>Outer</title><script>window.views = [];"
        "addEventListener('message', event => window.views.push(event.data.cacorridor));</script>"
        f'<iframe srcdoc="{html.escape(inner)}" title="x" style="width: 1000px; height: 700px"></iframe>'
    )
    frame = page.frame_locator("iframe")
    frame.locator("#cac-language").select_option(value="ru")
    page.wait_for_function("window.views.length > 0")
    assert page.evaluate("window.views.at(-1)") == "#road&lang=ru"
