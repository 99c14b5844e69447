"""The explorer by the keyboard alone: a whole task, the way past the head, a box that is left undecided."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from playwright.sync_api import expect

from cacorridor import find_route
from tests.browser.explorers import WHERE, opened, sentence, settled

pytestmark = pytest.mark.browser

MOST_TABS = 120  # more than the page has stops


def tab_to(page, locator):
    """Press Tab until the focus is there, as a reader without a mouse does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if locator.evaluate("node => node === document.activeElement"):
            return
    pytest.fail(f"no stop of the keyboard: {locator}")


def choose(page, box, typed):
    tab_to(page, page.locator(box))
    page.keyboard.type(typed)  # the text of before is selected, so it goes
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    settled(page)


def test_a_whole_task_is_done_by_the_keyboard(show, net, real_html):
    page = opened(show, real_html)
    choose(page, "#cac-from", "kashgar")
    choose(page, "#cac-to", "tashkent")
    asked = "#kashgar/tashkent"
    assert page.evaluate("location.hash") == asked

    # a state closes, and opens again
    tab_to(page, page.get_by_role("button", name="Close Kyrgyzstan", exact=True).first)
    page.keyboard.press("Enter")
    assert "Bypasses: Kyrgyzstan." in sentence(settled(page))
    tab_to(page, page.get_by_role("button", name="Undo", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator("#cac-answer")).not_to_contain_text("Bypasses")
    assert page.evaluate("location.hash") == asked

    # the last year of the slider
    tab_to(page, page.locator("#cac-year"))
    page.keyboard.press("End")
    year = int(settled(page).locator("#cac-year").get_attribute("aria-valuetext"))
    assert f"network of {year}" in sentence(page)

    # a figure opens to its source, and the steps are saved
    tab_to(page, page.locator("#cac-legs summary").first)
    page.keyboard.press("Enter")
    source = page.locator("#cac-legs details[open] a").first
    tab_to(page, source)
    assert source.get_attribute("href").startswith("http")
    tab_to(page, page.get_by_role("button", name="CSV", exact=True))
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    steps = pd.read_csv(io.BytesIO(waiting.value.path().read_bytes()))
    route = find_route(net, "kashgar", "tashkent", year=year)
    assert steps["time_h"].sum() == pytest.approx(route.time_h)
    assert set(steps["asked_year"]) == {year}


def test_skipping_to_the_answer_keeps_the_question(show, toy_html):
    page = opened(show, toy_html, "#a1/c1&closed=BBB")
    before = sentence(page)
    tab_to(page, page.locator(".cac-skip"))
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "cac-answer"
    assert sentence(page) == before
    assert page.evaluate("location.hash") == "#a1/c1&closed=BBB"


@pytest.mark.parametrize("key", ["Escape", "Tab"])
def test_a_box_that_is_left_says_what_is_chosen(show, toy_html, key):
    page = opened(show, toy_html)
    box = page.locator("#cac-from")
    chosen = box.input_value()
    box.focus()
    page.keyboard.type("nowhere")
    page.keyboard.press(key)
    assert box.input_value() == chosen
    assert page.locator("#cac-from-list").is_hidden()


def test_a_town_that_is_tapped_asks_at_once_and_escape_leaves_it(show, net, real_html):
    page = opened(show, real_html, "#moscow/osh")
    town = net.table("places").loc["almaty"]
    page.mouse.click(*page.evaluate(WHERE, [town["lat"], town["lon"]]))
    asked = page.get_by_role("group", name="Almaty")
    expect(asked.get_by_role("button", name="From here")).to_be_focused()
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(page.locator(".leaflet-container")).to_be_focused()


def test_zoom_comes_before_the_stops_and_these_in_the_order_of_travel(show, net, real_html):
    page = opened(show, real_html, "#moscow/osh&closed=KAZ")
    reached = page.locator(".leaflet-container a[href], .leaflet-container [tabindex='0']")
    order = reached.evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    stops = [name.removeprefix("Close ") for name in order if name.startswith("Close ")]
    assert order[:2] == ["Zoom in", "Zoom out"]
    route = find_route(net, "Moscow", "Osh", avoid=["KAZ"])
    passed = list(dict.fromkeys(route.steps["from"]))
    assert len(stops) > 2
    assert stops == sorted(stops, key=passed.index)
    tab_to(page, page.locator(".leaflet-control-zoom-in"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Close {stops[0]}"
