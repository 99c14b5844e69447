"""The legend of maps and reports in Chromium: an entry that is pressed says what it stands for."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from cacorridor import map_routes
from tests.views import pages

pytestmark = [pytest.mark.browser, pytest.mark.maps]


@pytest.fixture(scope="module")
def map_html(drawn):
    return map_routes(drawn, pages.toy_routes(drawn), title="Toy map").html()


def test_the_legend_says_what_an_entry_stands_for(show, map_html):
    page = show(map_html)
    entry = page.locator(".cac-legend li[data-sign=crossed] button")
    entry.click()
    expect(entry).to_have_attribute("aria-pressed", "true")
    assert page.locator(".cac-told").inner_text() == "State AAA, State BBB, State CCC"
    assert "DDD" in page.locator("path[data-state].cac-dim").evaluate_all(
        "all => all.map(each => each.dataset.state)"
    )
    page.locator(".cac-legend li[data-sign=border] button").click()
    assert page.locator(".cac-told").inner_text().count(",") == 3  # the four posts
    assert page.locator(".cac-stop.cac-dim").count() > 0
    assert page.locator("path[data-state].cac-dim").count() == 0
    page.locator("#cac-choice").select_option(index=1)  # what was pressed for another route no longer is
    assert page.locator(".cac-dim").count() == 0
    assert page.locator(".cac-told").inner_text() == ""


def test_chinese_sentences_stand_together(show, map_html):
    page = show(map_html)
    page.locator("#cac-language").select_option("zh")
    assert not re.search("[\u3002\uff0c\uff1b] ", page.locator("#cac-status").inner_text())
    assert "\u3002 " not in page.locator(".cac-figure figcaption > p:last-child").inner_text()
