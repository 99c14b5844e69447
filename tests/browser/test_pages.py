"""Pages in Chromium: the map answers, the keyboard reaches it, small screens and paper hold it."""

from __future__ import annotations

import html

import pytest
from playwright.sync_api import expect

from cacorridor import map_routes
from cacorridor.views.report.report import build_report
from tests.views import pages

pytestmark = [pytest.mark.browser, pytest.mark.maps]

RELATIONS = """() => Object.fromEntries([...document.querySelectorAll('path[data-state]')]
  .map(path => [path.dataset.state, path.dataset.relation]))"""
RIVALS = """() => [...document.querySelectorAll('path.cac-rival.leaflet-interactive')]
  .filter(path => path.style.display !== 'none')"""
FILL = "id => getComputedStyle(document.querySelector(`path[data-state=${id}]`)).fill"
FOCUS = """() => { const at = document.activeElement;
  return at.getAttribute('aria-label') || at.id || at.className; }"""
IN_SIGHT = """() => { const box = document.querySelector('.cac-map').getBoundingClientRect();
  return [...document.querySelectorAll('.cac-stop')].every(stop => { const b = stop.getBoundingClientRect();
    return b.left >= box.left && b.right <= box.right && b.top >= box.top && b.bottom <= box.bottom; }); }"""


@pytest.fixture(scope="module")
def map_html(drawn):
    return map_routes(drawn, pages.toy_routes(drawn), title="Toy map").html()


@pytest.fixture(scope="module")
def report_html(drawn):
    return build_report(drawn, pages.toy_comparisons(drawn), title="Toy report")


def test_map_shows_status_choice_legend_and_posts(show, map_html):
    page = show(map_html)
    assert (
        page.locator("#cac-status")
        .inner_text()
        .startswith("Crosses State AAA, State BBB, State CCC. Bypasses")
    )
    assert page.locator("#cac-choice option").count() == 5
    legend = page.locator(".cac-legend").inner_text()
    assert "border crossing point" in legend
    assert "port" not in legend.split()  # none is on this road
    assert page.locator(".cac-stop[data-kind=border]").count() == 4
    assert page.locator(".cac-route:visible").count() == 1
    assert page.evaluate(RELATIONS) == {
        "AAA": "crossed",
        "BBB": "crossed",
        "CCC": "crossed",
        "DDD": "bypassed",
    }


def test_choosing_a_route_recolours_the_states(show, map_html):
    page = show(map_html)
    page.locator("#cac-choice").select_option(label="Railway")
    assert page.evaluate(RELATIONS)["DDD"] == "touched"
    assert "Touches State DDD without a border stop" in page.locator("#cac-status").inner_text()
    page.locator("#cac-choice").select_option(label="By sea")
    assert page.evaluate(RELATIONS) == {
        "AAA": "crossed",
        "BBB": "bypassed",
        "CCC": "crossed",
        "DDD": "bypassed",
    }
    assert page.locator(".cac-stop[data-kind=port]").count() == 2
    assert page.evaluate("location.hash") == "#by-sea"
    assert (
        page.locator(".cac-route:visible h2, .cac-route:visible caption").last.inner_text()
        == "Legs of By sea"
    )


def test_relations_differ_by_pattern_and_not_by_colour_alone(show, map_html):
    page = show(map_html)
    page.locator("#cac-choice").select_option(label="Railway")
    assert "cac-dots" in page.evaluate(FILL, "DDD")
    page.locator("#cac-choice").select_option(label="Road")
    assert "cac-hatch" in page.evaluate(FILL, "DDD")
    assert page.evaluate(FILL, "AAA").startswith("rgb")


def test_line_has_the_look_of_its_mode_and_links_not_open_are_hollow(show, map_html):
    page = show(map_html)
    line = page.locator("path.cac-line[data-mode=road]").first
    assert (line.get_attribute("stroke"), line.get_attribute("stroke-dasharray")) == ("#3d3d3d", "8 6")
    assert page.locator("path.cac-hollow:not(.cac-legend *)").count() == 0
    page.locator("#cac-choice").select_option(label="Road of 2030")
    assert page.locator("path.cac-hollow:not(.cac-legend *)").count() == 1


def test_address_chooses_a_route(show, map_html):
    page = show(map_html, "#railway")
    assert page.locator("#cac-choice").input_value() == "2"
    page.evaluate("location.hash = '#southern-road'")
    expect(page.locator("#cac-choice")).to_have_value("1")
    assert page.evaluate(RELATIONS)["BBB"] == "bypassed"


def test_a_click_on_a_grey_line_chooses_its_route(show, map_html):
    page = show(map_html)
    page.evaluate(f"({RIVALS})()[0].dispatchEvent(new MouseEvent('click', {{ bubbles: true }}))")
    assert page.locator("#cac-choice").input_value() == "1"


def test_card_of_a_stop_tells_dwell_and_basis(show, map_html):
    page = show(map_html)
    page.locator(".leaflet-control-zoom-out").click()
    page.locator('.cac-stop[aria-label="A3, City, State AAA; B1, City, State BBB"]').click()
    card = page.locator(".cac-card")
    assert card.locator("h2").all_inner_texts() == ["A3", "B1"]
    assert "Border, outbound (State AAA)" in card.inner_text()
    assert "2 h" in card.inner_text()
    assert "assumed: toy" in card.inner_text()


def test_keyboard_reaches_choice_map_and_stops_and_escape_comes_back(show, map_html):
    page = show(map_html)
    order = []
    for _ in range(17):
        page.keyboard.press("Tab")
        order.append(page.evaluate(FOCUS))
    switches = ["cac-choice", "cac-second", "cac-play", "cac-year", "cac-level", "cac-language"]
    assert order[:10] == [
        "cac-skip",
        *switches,
        "Map; arrow keys move it, plus and minus zoom",
        "Zoom in",
        "Zoom out",
    ]
    stops = [name for name in order if "City, State" in name]
    assert len(stops) == 6
    page.locator('.cac-stop[aria-label^="A3"]').focus()
    page.keyboard.press("Enter")
    assert page.locator("[role=dialog]:visible").get_attribute("aria-label") == "A3, City, State AAA"
    assert page.evaluate(FOCUS) == "Close"
    page.keyboard.press("Escape")
    page.wait_for_selector(".cac-card", state="detached")
    assert page.evaluate(FOCUS) == "A3, City, State AAA"


def test_shapes_are_no_stops_for_the_keyboard(show, map_html):
    page = show(map_html)
    reached = "[...document.querySelectorAll('.leaflet-pane path')].filter(p => p.tabIndex >= 0).length"
    assert page.evaluate(reached) == 0


def test_targets_are_large_enough(show, map_html):
    page = show(map_html)
    page.locator('.cac-stop[aria-label^="A3"]').click()
    page.locator("#cac-second").select_option(value="1")
    page.locator('.cac-stop[aria-label^="A3"]').press("Enter")
    expect(page.locator(".leaflet-popup")).to_have_count(1)  # the old one fades away
    controls = (
        "choice",
        "second",
        "play",
        "year",
        "level",
        "language",
        "download",
        "copy",
        "cite",
        "permalink",
    )
    marks = (".cac-stop", ".leaflet-popup-close-button", ".leaflet-control-zoom-in", ".cac-origins summary")
    for selector in (*marks, *(f"#cac-{name}" for name in controls)):
        box = page.locator(selector).first.bounding_box()
        assert min(box["width"], box["height"]) >= 24, selector


def test_scale_is_metric_and_nothing_covers_it(show, map_html):
    page = show(map_html)
    assert page.locator(".leaflet-control-scale-line").count() == 1
    assert page.locator(".leaflet-control-scale-line").inner_text().endswith("m")
    assert page.locator(".leaflet-control-attribution").count() == 0  # it would cover the scale
    caption = page.locator("figcaption").inner_text()
    assert "\u00a9 OpenStreetMap contributors (ODbL)" in caption
    assert "no position on the sovereignty" in caption


def test_works_in_a_frame_without_an_address(show, map_html):
    page = show(
        f'<!DOCTYPE html><iframe srcdoc="{html.escape(map_html)}" width="1000" height="640"></iframe>'
    )
    frame = page.frame_locator("iframe")
    frame.locator("#cac-choice").select_option(label="Southern road")
    assert frame.locator("#cac-status").inner_text().startswith("Crosses State AAA, State DDD, State CCC.")


def test_the_map_fills_the_frame_of_a_notebook(show, map_html):
    page = show(map_html, "#railway", viewport={"width": 1000, "height": 640})
    assert page.locator(".cac-map").bounding_box()["height"] > 440
    assert page.locator("figcaption").inner_text().count("\u00a9 OpenStreetMap") == 1


@pytest.mark.parametrize("width", [320, 390, 768])
def test_small_screens_need_no_sideways_scroll(show, map_html, report_html, width):
    for text in (map_html, report_html):
        page = show(text, viewport={"width": width, "height": 844})
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(IN_SIGHT)


def test_print_holds_the_whole_route_and_puts_the_page_back(show, report_html):
    page = show(report_html)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".cac-map").bounding_box()["width"] == 680
    assert page.evaluate(IN_SIGHT)
    assert page.locator("#cac-choice").is_hidden()
    assert page.locator(".leaflet-control-zoom").is_hidden()
    assert page.locator(".cac-appendix").is_hidden()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.evaluate("document.documentElement.classList.add('cac-whole')")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("details:not([open])").count() == 0
    assert page.locator(".cac-appendix").is_visible()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    assert page.locator("html.cac-whole").count() == 0


def test_without_script_the_tables_are_read(show, map_html, report_html):
    page = show(map_html, java_script_enabled=False)
    assert page.locator("h1").inner_text() == "Toy map"
    assert page.locator(".cac-route:visible").count() == 5
    assert page.locator("#cac-choice").is_hidden()
    assert page.locator(".cac-map").is_hidden()
    page = show(report_html, java_script_enabled=False)
    assert page.locator(".cac-overview:visible").count() == 2
    assert page.locator(".cac-matrix:visible").count() == 2
    assert page.locator(".cac-cards > li:visible").count() == 2


def test_report_leads_to_the_map(show, report_html):
    page = show(report_html)
    page.locator(".cac-overview a[href='#railway']").click()
    expect(page.locator("#cac-choice")).to_have_value("2")
    assert page.evaluate(RELATIONS)["DDD"] == "touched"


def test_one_route_alone_is_set_against_the_best_way(show, drawn):
    page = show(map_routes(drawn, pages.toy_routes(drawn)[3]).html())
    assert page.evaluate(f"({RIVALS})().length") > 0
    assert "another route" in page.locator(".cac-legend").inner_text()
    page.evaluate(f"({RIVALS})()[0].dispatchEvent(new MouseEvent('click', {{ bubbles: true }}))")
    assert page.evaluate("location.hash").startswith("#the-best-way")


def test_only_rivals_of_the_same_comparison_are_drawn(show, report_html):
    page = show(report_html, "#road-of-2030")
    shown = page.evaluate(f"({RIVALS})().length")
    assert 0 < shown < page.locator("path.cac-rival.leaflet-interactive").count()


def test_reduced_motion_stops_the_glide(show, map_html):
    page = show(map_html, reduced_motion="reduce")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.leaflet-zoom-animated')).transitionDuration")
        == "0s"
    )


def test_hostile_names_run_nothing(show, tmp_path):
    text = " ".join(pages.HOSTILE)
    net, routes, comparisons = pages.hostile_pages(tmp_path / "toy", text)
    for page_html in (map_routes(net, routes, title=text).html(), build_report(net, comparisons, title=text)):
        page = show(page_html)
        assert page.title().split() == text.split()
        for number in range(page.locator("#cac-choice option").count()):
            page.locator("#cac-choice").select_option(value=str(number))
        page.locator("#cac-second").select_option(value="0")
        page.locator("#cac-level").select_option(value="1")
        page.locator(".cac-stop").first.hover()
        for language, start in (("ru", "R"), ("zh", "Z"), ("en", "")):
            page.locator("#cac-language").select_option(value=language)
            page.locator(".cac-stop").first.press("Enter")  # the map may still be moving under the pointer
            assert page.locator(".cac-card h2").last.text_content() == f"{start}A1{text}"
            page.keyboard.press("Escape")
        with page.expect_download() as caught:
            page.locator("#cac-download").click()
        assert f"Road{text}".replace('"', '""') in caught.value.path().read_text(encoding="utf-8")
        assert page.evaluate("window.__pwn") is None


def test_a_very_long_name_breaks_nothing(show, tmp_path):
    net, routes, comparisons = pages.hostile_pages(tmp_path / "toy", "long" * 2500)
    for page_html in (map_routes(net, routes).html(), build_report(net, comparisons)):
        page = show(page_html)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert page.evaluate(IN_SIGHT)
        page.locator("#cac-second").select_option(value="1")
        page.locator(".cac-stop").first.click()
        assert len(page.locator(".cac-card h2").first.text_content()) > 10_000


def test_posts_that_share_a_mark_part_when_the_map_comes_nearer(show, map_html):
    page = show(map_html)
    for _ in range(2):
        page.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(400)
    assert page.locator(".cac-stop[data-kind=border]").count() == 4
