"""Everybody can use the explorer: axe finds nothing in three languages, and names stand where they belong."""

from __future__ import annotations

import itertools
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.explorers import WHERE, opened, sentence, settled
from tests.browser.test_access import RUN

pytestmark = pytest.mark.browser

IN_ITS_STATE = """name => { const span = [...document.querySelectorAll('.cac-label .cac-name')]
  .find(each => each.firstChild.textContent === name); const box = span.getBoundingClientRect();
  const path = document.querySelector(`path[data-state=${span.parentElement.dataset.of}]`);
  const inverse = path.getScreenCTM().inverse();
  return [[box.left + 4, box.top + 3], [box.right - 4, box.top + 3], [box.left + 4, box.bottom - 3],
    [box.right - 4, box.bottom - 3]].every(([x, y]) =>
    path.isPointInFill(new DOMPoint(x, y).matrixTransform(inverse))); }"""


def overlap(one, other, slack=2):
    """Tell whether two boxes cover each other by more than a hair."""
    return all(one[at] + slack < other[at + 2] and other[at] + slack < one[at + 2] for at in (0, 1))


VISITS = [  # each language on a screen and a phone, by day and at night
    ((1280, 800), "light", ("en",)),
    pytest.param((1280, 800), "light", ("ru", "zh"), marks=pytest.mark.access),
    pytest.param((390, 844), "dark", ("en", "ru", "zh"), marks=pytest.mark.access),
    pytest.param((1280, 800), "dark", ("zh",), marks=pytest.mark.access),
    pytest.param((390, 844), "light", ("ru",), marks=pytest.mark.access),
]


@pytest.mark.parametrize(("size", "scheme", "languages"), VISITS)
def test_axe_finds_nothing(show, real_html, size, scheme, languages):
    """In three languages, with a claim, a scenario, a place to pass and a closed state on the page."""
    fragment = "#kashgar/tashkent&via=osh&closed=KAZ&scenario=carec-one-stop&criterion=generalised"
    page = opened(
        show, real_html, fragment, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
    )
    for language in languages:
        page.locator("#cac-language").select_option(language)
        page.locator("#cac-legs summary").first.click()
        expect(page.locator(".cac-claim").first).to_be_attached()
        found = Axe().run(page, options=RUN).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.maps
def test_on_a_phone_a_town_is_asked_at_the_foot_of_the_screen(show, net, real_html):
    page = opened(
        show,
        real_html,
        "#kashgar/tashkent",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    town = net.tables["places"].set_index("id").loc["khujand"]
    page.touchscreen.tap(*page.evaluate(WHERE, [town["lat"], town["lon"]]))
    card = page.get_by_role("dialog", name="Khujand")
    box = card.bounding_box()
    assert (box["x"], box["width"]) == (0, 390)  # nothing of it is cut off
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    assert Axe().run(page, options=RUN).response["violations"] == []
    page.keyboard.press("Escape")
    assert card.count() == 0
    page.touchscreen.tap(*page.evaluate(WHERE, [town["lat"], town["lon"]]))
    card.get_by_role("button", name="By way of here").click()
    assert card.count() == 0
    assert page.evaluate("location.hash") == "#kashgar/tashkent&via=khujand"


def test_places_are_found_in_three_languages(show, real_html):
    page = opened(show, real_html, "#")
    for typed, option in [
        ("\u0442\u0430\u0448\u043a", "Tashkent"),
        ("\u963f\u62c9\u6728", "Almaty"),
        ("dushan", "Dushanbe"),
    ]:
        page.locator("#cac-to").fill(typed)
        expect(page.locator("#cac-to-list [role=option]").first).to_contain_text(option)
    page.locator("#cac-from").fill("kashgar")
    page.keyboard.press("Enter")
    page.locator("#cac-to").fill("osh")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#kashgar/osh"
    assert "Crosses: China, Kyrgyzstan." in sentence(page)


def test_languages_change_every_word(show, real_html):
    page = opened(show, real_html)
    page.locator("#cac-language").select_option("ru")
    text = settled(page).locator("main").inner_text()
    assert (
        "\u041f\u0440\u043e\u0445\u043e\u0434\u0438\u0442 \u0447\u0435\u0440\u0435\u0437:" in text
    )  # it crosses
    assert "\u041a\u044b\u0440\u0433\u044b\u0437\u0441\u0442\u0430\u043d" in text
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert not [
        word for word in ("Crosses", "Close", "Kazakhstan", "hours") if word in text.split("Python")[0]
    ]
    page.locator("#cac-language").select_option("zh")
    assert "\u54c8\u8428\u514b\u65af\u5766" in sentence(page)
    assert page.evaluate("location.hash").endswith("lang=zh")


@pytest.mark.maps
def test_names_stand_in_their_states_and_do_not_collide(show, real_html):
    page = opened(show, real_html)
    labels = page.locator(".cac-label span").evaluate_all(
        "spans => spans.map(span => { const b = span.getBoundingClientRect();"
        " return [b.left, b.top, b.right, b.bottom]; })"
    )
    assert len(labels) > 5
    assert not [pair for pair in itertools.combinations(labels, 2) if overlap(*pair)]
    shown = page.locator(".cac-label .cac-name:not(.cac-led) b").all_inner_texts()
    assert {"Russia", "Kazakhstan", "Uzbekistan"} <= set(shown)
    for name in shown:
        assert page.evaluate(IN_ITS_STATE, name), name


@pytest.mark.maps
def test_a_name_without_room_in_its_state_has_a_line_to_it(show, real_html):
    page = opened(show, real_html, "#xian/istanbul&scenario=russia-avoided")
    led = page.locator(".cac-label .cac-led")
    assert led.count() > 0
    assert page.locator("path.cac-leader").count() == 2 * led.count()  # a line and its halo
    ends = page.locator("path.cac-leader").evaluate_all("""paths => paths.map(path => {
      const point = path.getPointAtLength(path.getTotalLength()).matrixTransform(path.getScreenCTM());
      return [...document.querySelectorAll('path[data-state]')].filter(state => {
        const inside = point.matrixTransform(state.getScreenCTM().inverse());
        return state.isPointInFill(inside); }).map(state => state.dataset.state); })""")
    owners = page.locator(".cac-label:has(.cac-led) [data-of]").evaluate_all(
        "all => all.map(each => each.dataset.of)"
    )
    assert {state for states in ends for state in states} == set(owners)


PHONE = {"width": 390, "height": 844}
BOXES = """nodes => nodes.map(node => { const box = node.getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom]; })"""
SIX = "#kashgar/tashkent&closed=KGZ,TJK,AFG,PAK,IRN,TKM"


@pytest.mark.maps
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_on_a_phone_what_is_closed_stays_in_sight_and_nothing_is_cut(show, real_html, language):
    page = opened(show, real_html, f"{SIX}&criterion=generalised&lang={language}", viewport=PHONE)
    head, first = page.locator(".cac-head").bounding_box(), page.locator(".cac-chip").first.bounding_box()
    assert first["y"] + first["height"] <= head["y"] + head["height"]
    page.locator(".cac-head").evaluate("head => { head.scrollTop = head.scrollHeight; }")
    assert page.locator(".cac-chip").first.bounding_box()["y"] == pytest.approx(first["y"], abs=60)
    for part in (".cac-head", ".cac-sheet"):
        assert page.locator(part).evaluate("node => node.scrollWidth - node.clientWidth") <= 0, part


@pytest.mark.maps
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
@pytest.mark.parametrize("fragment", ["#kashgar/tashkent", "#moscow/osh&closed=KAZ", "#kabul/lahore"])
def test_buttons_and_scale_cover_neither_names_nor_stops(show, real_html, fragment, language):
    page = opened(show, real_html, f"{fragment}&lang={language}", viewport=PHONE)
    fixed = page.locator(".leaflet-control-zoom, .leaflet-control-scale-line").evaluate_all(BOXES)
    marks = page.locator(".cac-label span, .cac-stop").evaluate_all(BOXES)
    assert len(fixed) == 2
    assert not [(one, other) for one in fixed for other in marks if overlap(one, other)]
    unit = {"en": "km", "ru": "км", "zh": "公里"}[language]
    assert page.locator(".leaflet-control-scale-line").inner_text().endswith(unit)


DRAWN = """() => { const map = document.querySelector('.cac-map').getBoundingClientRect();
  const boxes = [...document.querySelectorAll('path[data-state]')].map(path => path.getBoundingClientRect());
  return [(Math.max(...boxes.map(box => box.right)) - Math.min(...boxes.map(box => box.left))) / map.width,
    (Math.max(...boxes.map(box => box.bottom)) - Math.min(...boxes.map(box => box.top))) / map.height]; }"""


@pytest.mark.maps
@pytest.mark.parametrize("width", [1280, 390])
def test_the_map_goes_no_farther_out_than_what_is_drawn(show, real_html, width):
    page = opened(show, real_html, viewport={"width": width, "height": 844})
    farther = page.locator(".leaflet-control-zoom-out")
    page.evaluate(
        "const map = window[document.querySelector('.folium-map').id]; map.setZoom(0, { animate: false })"
    )
    expect(farther).to_have_attribute("aria-disabled", "true")
    assert max(page.evaluate(DRAWN)) > 0.6
    page.set_viewport_size({"width": 390, "height": 500})  # all of it still goes on a smaller map
    expect(farther).to_have_attribute("aria-disabled", "true" if width == 390 else "false")


@pytest.mark.maps
def test_an_answer_with_its_claims_is_four_pages_on_paper(show, real_html):
    page = opened(show, real_html, "#kashgar/tashkent")
    expect(page.locator(".cac-claim").first).to_be_attached()
    printed = page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 4
