"""The hours of an answer: under way and standing, delayed by the reader, the figures that they rest on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from cacorridor import find_route, time_by_cause
from cacorridor.views.atlas.words import LANGUAGES, read_words
from tests.browser.explorers import opened, sentence

pytestmark = pytest.mark.browser

MARKS = """all => all.map(each => [each.getAttribute('aria-label'),
  each.className.match(/cac-(hub|port|border|transfer)/)[1]])"""
LINK = "road:irkeshtam-chn:irkeshtam-kgz"


def number(text):
    return float(re.sub(r"[^\d.]", "", text.replace(",", ".")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_under_way_and_standing_are_drawn_and_told(show, net, real_html, language):
    page = opened(show, real_html, f"#moscow/osh&closed=KAZ&lang={language}")
    causes = time_by_cause([find_route(net, "Moscow", "Osh", avoid=["KAZ"])]).iloc[0]
    stands = [causes["border"], causes["transfer"], causes["wait for a ship"] + causes["wait for a pass"]]
    text = page.locator(".cac-split").inner_text().replace("\u00a0", " ")
    words = {key: phrases[LANGUAGES.index(language)] for key, phrases in read_words().items()}
    hour = rf"([\d.,]+)\s?{words['h']}"
    moving, standing = map(
        number, re.search(words["split"].format(moving=hour, standing=hour), text).groups()
    )
    assert moving == pytest.approx(causes.sum() - sum(stands), abs=0.5)
    assert standing == pytest.approx(sum(stands), abs=0.5)
    for part, hours in zip(("border", "transfer", "wait"), stands, strict=True):
        told = re.search(rf"{words[f'split_{part}']} {hour}", text)
        assert number(told[1]) == pytest.approx(hours, abs=0.5)
    # the bar says the same to the eye, and nothing to the ear
    bar = page.locator(".cac-bar")
    assert bar.get_attribute("aria-hidden") == "true"
    widths = bar.locator("i").evaluate_all("all => all.map(each => each.getBoundingClientRect().width)")
    assert widths[0] / sum(widths) == pytest.approx(1 - sum(stands) / causes.sum(), abs=0.03)


def test_a_delay_is_named_beside_the_answer_and_taken_back(show, net, real_html):
    page = opened(show, real_html, f"#kashgar/tashkent&added={LINK}*24")
    plain = find_route(net, "kashgar", "tashkent")
    assert f"{plain.time_h + 24:.0f}\u00a0h" in sentence(page)
    assert "Against the open network: +24\u00a0h, +" in sentence(page)  # what does not differ is not told
    assert " 0\u00a0k" not in sentence(page)
    chip = page.get_by_role("button", name="No longer delayed: Irkeshtam")
    assert "+24\u00a0h" in chip.inner_text()
    chip.click()
    assert page.evaluate("window.cacorridor.view()") == "#kashgar/tashkent"
    assert f"{plain.time_h:.0f}\u00a0h" in sentence(page)


def test_hours_added_are_told_apart_in_the_leg_where_they_stand(show, real_html):
    page = opened(show, real_html, f"#kashgar/tashkent&added={LINK}*24&criterion=generalised")
    told = page.locator("#cac-legs small", has_text="added by you: 24 h")
    expect(told).to_have_count(1)
    assert "USD with the hours. " in sentence(page)  # of two differences in dollars each has a name


def test_a_figure_of_a_state_stands_once_in_its_leg_with_all_its_hours(show, net, real_html):
    page = opened(show, real_html, "#moscow/osh&closed=KAZ")
    page.locator("#cac-legs summary").first.click()
    lines = page.locator("#cac-legs details[open] li").evaluate_all(
        "all => all.map(each => each.firstChild.textContent)"
    )
    (russia,) = [line for line in lines if line.startswith("Russia")]
    route = find_route(net, "Moscow", "Osh", avoid=["KAZ"])
    hours = route.legs.iloc[0]["time_h"]
    assert f"{hours:.0f}\u00a0h (figure: " in russia


@pytest.mark.maps
def test_a_port_is_drawn_as_one_and_before_a_border_beside_it(show, real_html):
    page = opened(show, real_html, "#moscow/osh&closed=KAZ&through=TKM")
    kinds = dict(page.locator(".cac-stop").evaluate_all(MARKS))
    assert kinds["Close Turkmenbashi"] == kinds["Close Alat"] == "port"
    assert "border" in kinds.values()
    # far out marks overlap: of a port and a border the port stays
    page.evaluate("window[document.querySelector('.folium-map').id].setMinZoom(0).setZoom(1)")
    expect(page.locator(".cac-stop.cac-border")).to_have_count(0)
    left = dict(page.locator(".cac-stop").evaluate_all(MARKS))
    assert "port" in left.values()
