"""The site from a disk: the search leads to a crossing, its link into the explorer, and axe finds nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cacorridor import find_route, load_network, write_site
from cacorridor.network.tables.named import Corridor
from tests.browser.test_access import violations
from tests.views import pages

pytestmark = [pytest.mark.browser, pytest.mark.maps]

PAGES = (
    "index", "state-bbb", "corridor-through", "crossing-road-a3-b1", "claim-km-a1-c1", "crossings", "claims",
)  # fmt: skip


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    toy = load_network(pages.write_pages_toy(tmp_path_factory.mktemp("toy") / "toy"))
    return toy.changed(corridors={"through": Corridor("Through", ("a1", "b1", "c1"), modes=("road",))})


@pytest.fixture(scope="module")
def folder(network, tmp_path_factory):
    public = tmp_path_factory.mktemp("public") / "site"
    write_site(network, public)
    return public


@pytest.fixture
def visit(browser, folder):
    """Open a page of the site; at the end nothing but its files was asked for, and no message was heard."""
    heard, contexts = [], []

    def open_page(name, **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        page = context.new_page()
        own = (folder.as_uri(), "data:")
        page.on("request", lambda asked: None if asked.url.startswith(own) else heard.append(asked.url))
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto((folder / f"{name}.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


def test_the_search_finds_a_crossing_by_its_russian_name_and_leads_into_the_explorer(visit, network):
    page = visit("index")
    page.get_by_label("Search states").fill("ra3 rb1")
    expect(page.locator("#count")).to_have_text("1 found")
    assert violations(page) == []
    page.locator("#found a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A3 \u2013 B1, ROAD")  # the label of the mode
    left = find_route(network, "a1", "c1", avoid=["BBB"])
    page.get_by_role("link", name="State BBB").first.click()
    page.get_by_role("link", name="In the explorer").first.click()
    expect(page.locator("#cac-answer")).to_contain_text(f"{left.time_h:,.0f}")
    answer = page.evaluate("window.cacorridor.route('a1', 'c1', {closed: ['BBB']})")
    assert answer["hours"] == pytest.approx(left.time_h)
    assert page.evaluate("location.hash") == "#a1/c1&closed=BBB"


def test_the_search_says_that_it_finds_nothing(visit):
    page = visit("index")
    page.get_by_label("Search states").fill("atlantis")
    expect(page.locator("#count")).to_have_text("0 found")
    page.get_by_label("Search states").fill("")
    expect(page.locator("#count")).to_have_text("")


EVERY_PAGE = pytest.param("light", PAGES[2:], marks=pytest.mark.access)
AT_NIGHT = pytest.param("dark", PAGES[:2], marks=pytest.mark.access)


@pytest.mark.parametrize(("scheme", "names"), [("light", PAGES[:2]), EVERY_PAGE, AT_NIGHT])
def test_axe_finds_nothing_and_a_phone_scrolls_no_page_sideways(visit, scheme, names):
    for name in names:
        page = visit(name, color_scheme=scheme, viewport={"width": 390, "height": 844})
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
