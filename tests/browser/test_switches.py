"""The switches in Chromium, on the real network: what the page says is what Python says."""

from __future__ import annotations

import csv
import io

import pytest

from cacorridor import find_route, load_network, map_routes
from cacorridor.routing.corridors import compare_corridors
from cacorridor.views import text
from tests.views import pages

pytestmark = pytest.mark.browser

NEW = "#through-kyrgyzstan-by-the-new-railway-from-about-2030"
SET_YEAR = """year => { const slider = document.getElementById('cac-year');
  const ticks = [...document.querySelectorAll('.cac-ticks span')];
  slider.value = ticks.findIndex(tick => tick.textContent.endsWith(year));
  slider.dispatchEvent(new Event('input')); }"""
DASHES = """() => [...document.querySelectorAll('path.cac-rival.leaflet-interactive')]
  .filter(path => path.style.display !== 'none').map(path => path.dataset.status)"""
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
    assert status.startswith("No route in 2026. Not open yet: Kashgar \u2013 Torugart railway (CHN)")
    assert status.endswith("expected 2030.")
    assert page.locator(FIGURE).count() == 0
    assert page.locator(HOLLOW).count() > 0
    assert "c" in page.evaluate(DASHES)
    page.evaluate(SET_YEAR, "31")
    route = find_route(
        network, "kashgar", "tashkent", corridor="kashgar-tashkent-cku-rail", year=2031, level=level
    )
    assert page.locator(FIGURE).inner_text() == text.hours(route.time_h)
    assert (
        f"{text.kilometres(route.length_km)}, {text.hours(route.time_h)}"
        in page.locator("#cac-status").inner_text()
    )
    assert page.locator(HOLLOW).count() == 0
    assert "c" not in page.evaluate(DASHES)


def test_service_level_changes_hours_and_legs(show, network, real_html):
    page = show(real_html)
    before = page.locator(".cac-route:visible .cac-legs tbody").inner_text()
    page.locator("#cac-level").select_option(label="typical")
    route = find_route(network, "kashgar", "tashkent", corridor="kashgar-tashkent-kgz-road", level="typical")
    assert page.locator(FIGURE).inner_text() == text.hours(route.time_h)
    assert page.locator(".cac-route:visible .cac-legs tbody").inner_text() != before
    legs = page.locator(".cac-route:visible .cac-legs tbody tr").evaluate_all(GRID)
    assert [row[2] for row in legs] == [text.number(hours) for hours in route.legs["time_h"]]


def test_month_is_asked_of_the_routes_as_compared(show, network, real_html):
    page = show(real_html, "#through-kazakhstan-by-road-torugart-bishkek&year=2028&level=typical")
    page.locator("#cac-month").select_option(label="January")
    assert page.locator("#cac-year-shown").inner_text() == "as compared: today"
    assert page.locator("#cac-level").input_value() == "0"
    route = find_route(network, "kashgar", "tashkent", corridor="kashgar-tashkent-kaz-road", month=1)
    assert page.locator(FIGURE).inner_text() == text.hours(route.time_h)
    page.evaluate(SET_YEAR, "30")
    assert page.locator("#cac-month").input_value() == ""


def test_slider_answers_the_keyboard_and_tells_the_year(show, real_html):
    page = show(real_html)
    slider = page.locator("#cac-year")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "2024"
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "2035"


def test_two_routes_stand_side_by_side(show, kashgar, real_html):
    page = show(real_html)
    assert page.locator("#cac-compared").is_hidden()
    page.locator("#cac-second").select_option(label=kashgar[3].name)
    rows = page.locator("#cac-compared tr").evaluate_all(GRID)
    assert rows[0] == ["", kashgar[0].name, kashgar[3].name]
    assert ["Transit time", *(text.hours(kashgar[n].time_h) for n in (0, 3))] in rows
    assert ["Length", *(text.kilometres(kashgar[n].length_km) for n in (0, 3))] in rows
    assert page.locator("path.cac-second.leaflet-interactive").count() == len(kashgar[3].links)
    page.locator("#cac-choice").select_option(label=kashgar[3].name)  # the two change places
    assert page.locator("#cac-compared tr").evaluate_all(GRID)[0][2] == kashgar[0].name


def test_address_brings_back_the_whole_view(show, real_html):
    page = show(real_html)
    page.locator("#cac-choice").select_option(index=2)
    page.locator("#cac-second").select_option(index=1)
    page.evaluate(SET_YEAR, "32")
    page.locator("#cac-level").select_option(label="typical")
    page.locator("#cac-names").select_option(value="zh")
    address = page.locator("#cac-permalink").get_attribute("href")
    assert page.evaluate("location.hash") == address
    assert address.startswith(NEW + "&year=2032&level=typical&compare=")
    again = show(real_html, address)
    for key in ("#cac-choice", "#cac-second", "#cac-year", "#cac-level", "#cac-names"):
        assert again.locator(key).input_value() == page.locator(key).input_value(), key
    assert again.locator("#cac-status").inner_text() == page.locator("#cac-status").inner_text()


@pytest.mark.parametrize(
    "fragment",
    ["#nowhere&year=2031", "#road&year=1999&level=x&month=99&compare=road&names=%3Cb%3E", "#road&month=-1"],
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


def test_legs_are_saved_as_csv(show, kashgar, real_html):
    name, rows = saved(show(real_html))
    assert name == "through-kyrgyzstan-by-road-irkeshtam.csv"
    assert rows[0] == ["From", "To", "How", "Length, km", "Hours", "Hours in 8 of 10 cases"]
    legs = kashgar[0].legs
    assert [row[0] for row in rows[1:]] == list(legs["from"])
    assert [row[4] for row in rows[1:]] == [text.number(hours) for hours in legs["time_h"]]


def test_comparison_is_saved_as_csv(show, real_html):
    page = show(real_html)
    page.locator("#cac-second").select_option(index=4)
    name, rows = saved(page)
    assert name.endswith("-compared.csv")
    assert rows == page.locator("#cac-compared tr").evaluate_all(GRID)


@pytest.mark.parametrize("start", ["=1+1", "+1 x", "-1-x", "@SUM(A1)"])
def test_a_saved_cell_is_no_formula(show, tmp_path, start):
    net, routes, _ = pages.named(tmp_path / "toy", start)
    page = show(map_routes(net, routes, years=(), levels=()).html())
    _, rows = saved(page)
    assert rows[1][0] == f"'{start}A1"
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    page.locator("#cac-second").select_option(index=2)
    assert saved(page)[1][0][1:] == [f"'{start}Road", f"'{start}Southern road"]


def test_names_of_places_change_their_language(show, real_html):
    page = show(real_html)
    page.locator("#cac-names").select_option(value="ru")
    labels = page.locator(".cac-place")
    assert "\u0422\u0430\u0448\u043a\u0435\u043d\u0442" in labels.all_inner_texts()
    assert page.locator(".cac-place[lang=ru]").count() > 0
    assert "\u041a\u0430\u0448\u0433\u0430\u0440" in page.locator(".cac-legs:visible tbody").inner_text()
    page.locator("#cac-names").select_option(value="zh")
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
