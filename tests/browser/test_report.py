"""The report in Chromium, on the real network: every word in three languages, every click an answer."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from cacorridor import explorer, find_route, load_network
from cacorridor.routing.accounts import ledger
from cacorridor.routing.corridors import Comparison, compare_corridors
from cacorridor.routing.finding import reroute
from cacorridor.views import text
from cacorridor.views.explorer.conditions import MapOptions
from cacorridor.views.report.report import build_report
from tests.browser.test_access import violations
from tests.browser.test_pages import RELATIONS
from tests.browser.test_switches import CREDITS, VERSIONS
from tests.views import pages

pytestmark = [pytest.mark.browser, pytest.mark.maps]

# what is quoted from a source, such as titles, notes and claimants, stands as it has them
SPOKEN = """() => {
  const quoted = ['.cac-sources td', '.cac-sources tbody th', '.cac-evidence td:nth-last-child(-n+2)',
    'script', '.cac-claims .cac-note', '.cac-assumed td:last-child', '.cac-languages', '#cac-language',
    '.cac-sentence', '.cac-route[hidden]'].join(', ');
  const walk = document.createTreeWalker(document.querySelector('.cac-report'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    if (!walk.currentNode.parentElement.closest(quoted)) { found.push(walk.currentNode.textContent); }
  }
  return found; }"""


@pytest.fixture(scope="module")
def network():
    return load_network()


@pytest.fixture(scope="module")
def comparisons(network):
    return compare_corridors(network)


@pytest.fixture(scope="module")
def report(network, comparisons):
    return build_report(network, comparisons, options=MapOptions((), ()), explorer="explorer.html")


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_the_whole_report_changes_its_language(show, network, report, language):
    page = show(report)
    page.locator(f".cac-languages [data-language={language}]").click()
    assert page.locator("html").get_attribute("lang") == language
    names = {name for name in network.places["name"] if name.isascii()}  # of places without one of their own
    known = sorted((*names, *CREDITS, "TIR", "CO"), key=len, reverse=True)
    expected = re.compile("|".join([*map(re.escape, known), *VERSIONS]))
    left = [expected.sub("", text) for text in page.evaluate(SPOKEN)]
    latin = [text for text in left if re.search("[A-Za-z]{3,}", text)]
    assert latin == []
    assert not re.search("[A-Za-z]{3,}", page.title())
    labels = page.locator(".cac-report [aria-label]").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label'))"
    )
    assert [label for label in labels if re.search("[A-Za-z]{3,}", expected.sub("", label))] == []


@pytest.mark.access
@pytest.mark.parametrize(("scheme", "languages"), [("light", ("en", "zh")), ("dark", ("ru",))])
def test_axe_finds_nothing_in_three_languages(show, report, scheme, languages):
    page = show(report, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('.cac-leverage').forEach(fold => { fold.open = true; })")
    for language in languages:
        page.locator(f".cac-languages [data-language={language}]").click()
        assert violations(page) == [], language


def test_lines_of_a_card_are_views_of_the_map(show, report):
    page = show(report)
    line = page.locator(".cac-cards a", has_text="Without Kyrgyzstan").first
    hours = re.search(r"\+([\d,]+) h \(", line.inner_text())[1]
    line.click()
    expect(page.locator("#cac-status")).to_contain_text(
        f"Bypasses Kyrgyzstan: {hours} h more than the best way."
    )
    assert page.evaluate(RELATIONS)["KGZ"] == "bypassed"


def test_a_cell_of_the_matrix_chooses_its_route_and_opens_its_state(show, report):
    page = show(report)
    row = page.locator(".cac-matrix tbody tr").nth(1)
    column = (
        page.locator(".cac-matrix")
        .first.locator("thead th [data-of]")
        .all_text_contents()
        .index("Kyrgyzstan")
    )
    row.locator("td").nth(column).click()
    assert page.locator("#cac-choice").input_value() == "1"
    card = page.locator(".cac-card")
    expect(card.locator("h2")).to_have_text("Kyrgyzstan")
    assert re.search(r"\d h, [+\u2212][\d,.]+ h", card.locator("button").first.inner_text())


def test_the_chart_of_the_chosen_route_is_marked(show, report):
    page = show(report)
    for number in (3, 7):
        page.locator("#cac-choice").select_option(value=str(number))
        marked = page.locator("figure.cac-chosen")
        expect(marked).to_have_count(1)
        assert f"#{marked.get_attribute('data-slug')}" == page.evaluate("location.hash")


def test_a_leg_is_shown_on_the_map(show, report):
    page = show(report)
    before = page.locator(".leaflet-control-scale-line").inner_text()
    page.locator(".cac-route:visible .cac-leg").nth(1).click()
    expect(page.locator(".leaflet-control-scale-line")).not_to_have_text(before)


def test_saved_legs_name_their_sources_and_where_to_read_them(show, network, report):
    page = show(report)
    with page.expect_download() as caught:
        page.locator("#cac-download").click()
    rows = list(csv.DictReader(io.StringIO(caught.value.path().read_text(encoding="utf-8-sig"))))
    sources = network.table("sources")
    cited = {key for row in rows for key in row["source_ids"].split("; ") if key}
    assert cited <= set(sources.index)
    assert len(cited) > 2
    addresses = {address for row in rows for address in row["source_addresses"].split("; ") if address}
    assert addresses == {address for address in sources.loc[sorted(cited), "address"] if address}


def test_a_line_to_embed_is_copied(show, report):
    page = show(report, "#through-kazakhstan-by-rail-khorgos")
    page.evaluate("document.execCommand = () => { window.kept = document.activeElement.value; return true; }")
    page.locator("#cac-embed").click()
    expect(page.locator("#cac-copied")).to_have_text("Copied.")
    kept = page.evaluate("window.kept")
    assert kept.startswith("<iframe src=")
    assert "#through-kazakhstan-by-rail-khorgos" in kept


def test_the_future_stands_apart(show, report):
    page = show(report)
    overview = page.locator(".cac-overview").first
    parted = overview.locator("tbody tr").all_inner_texts()
    at = next(n for n, row in enumerate(parted) if row.startswith("Later"))
    assert not any("not before" in row for row in parted[:at])
    assert all("not before" in row for row in parted[at + 1 :])
    assert page.locator(".cac-later").first.inner_text().startswith("LATER")


# ---------------------------------------------------------------- asking on in the explorer


def test_a_card_leads_to_its_question_in_the_explorer(browser, tmp_path, network, report):
    (tmp_path / "report.html").write_text(report, encoding="utf-8")
    explorer(network).save(tmp_path / "explorer.html")
    page = browser.new_context().new_page()
    page.goto((tmp_path / "report.html").as_uri())
    cards = page.locator(".cac-cards > li")
    hours = cards.locator(".cac-lead strong").all_inner_texts()
    assert len(hours) > 2
    for number, expected in enumerate(hours):
        cards.nth(number).locator(".cac-ways-on .cac-ask").click()
        expect(page.locator("#cac-answer")).to_contain_text(expected.replace(" ", "\u00a0"))
        page.go_back()

    # a line closes its state: the hours of the way round, in the language of the report
    page.locator(".cac-languages [data-language=ru]").click()
    line = page.locator(".cac-cards .cac-ask[href*='closed=KAZ']").last
    assert "lang=ru" in line.get_attribute("href")
    line.click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    round_it = find_route(network, "moscow", "osh", avoid=["KAZ"])
    assert page.evaluate("location.hash") == "#moscow/osh&closed=KAZ&lang=ru"
    expect(page.locator("#cac-answer")).to_contain_text(f"{round_it.time_h:,.0f}\u00a0")
    page.context.close()


def test_a_section_is_reached_by_its_address_and_kept(show, report):
    page = show(report, "#comparison-3-closures")
    heading = page.locator("#comparison-3-closures")
    page.wait_for_selector("html.cac-live")
    page.wait_for_function(
        "Math.abs(document.getElementById('comparison-3-closures').getBoundingClientRect().top) < 60"
    )
    assert page.evaluate("location.hash") == "#comparison-3-closures"
    assert heading.inner_text() == "If a state closes"


# ---------------------------------------------------------------- what follows the choice


def test_routes_are_found_by_their_names_in_any_language(show, report):
    page = show(report)
    search, options = page.locator("#cac-filter"), page.locator("#cac-choice option")
    every = options.count()
    search.fill("\u043c\u043e\u0441\u043a\u0432\u0430 \u043a\u0430\u0441\u043f\u0438")  # Moscow, Caspian
    expect(page.locator("#cac-found")).to_have_text(f"1 of {every} routes")
    assert options.count() == 2  # with the one that is chosen
    search.press("Enter")
    assert page.evaluate("location.hash") == "#over-the-caspian-turkmenistan-and-uzbekistan"
    assert options.count() == 1
    page.locator(".cac-languages [data-language=zh]").click()
    assert page.locator("#cac-choice option:checked").inner_text().startswith("\u7ecf\u91cc\u6d77")
    page.locator(".cac-languages [data-language=en]").click()
    search.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "cac-choice"
    search.fill("")
    assert options.count() == every
    assert page.locator("#cac-second").input_value() == ""


LINES = """() => [...document.querySelectorAll('.cac-charts')[0].querySelectorAll('svg')].map(svg => [
  svg.querySelector('title').textContent, svg.querySelector('.cac-end').textContent,
  ...['.cac-hours-line', '.cac-ribbon'].map(look => svg.querySelector(look).getAttribute('d')),
  [...svg.querySelectorAll('text')].map(text => text.textContent).sort().join('|')])"""


def corners(line):
    """The points of a line of a diagram, pixels."""
    return [tuple(map(int, point.split())) for point in line.strip("MZ").split("L")]


def test_the_script_draws_a_diagram_as_python_does(show, drawn):
    """In the year 2024 the toy has the ways of today, so that both draw the same."""
    named = [Comparison("Ways", pages.toy_routes(drawn)[:4])]
    page = show(build_report(drawn, named, options=MapOptions(years=(2024,), levels=())))
    written = page.evaluate(LINES)
    page.locator("#cac-year").press("End")
    assert "2024" in page.locator(".cac-charts .cac-service").first.inner_text()
    for (*said, line, ribbon, texts), (*told, own_line, own_ribbon, own_texts) in zip(
        written, page.evaluate(LINES), strict=True
    ):
        assert (said, texts) == (told, own_texts)
        for one, other in ((line, own_line), (ribbon, own_ribbon)):
            for points, others in ((one, other), (other, one)):
                near = corners(others)
                assert all(any(abs(x - a) + abs(y - b) < 3 for a, b in near) for x, y in corners(points))


def test_diagrams_follow_the_service_level(show, network, comparisons):
    compared = comparisons[0].routes[:2]
    page = show(build_report(network, [Comparison("Ways", compared)], options=MapOptions(years=())))
    fast = page.evaluate(LINES)
    page.locator("#cac-level").select_option(label="typical")
    slower = [reroute(network, route, level="typical") for route in compared]
    assert [line[1] for line in page.evaluate(LINES)[:2]] == [text.duration(route.time_h) for route in slower]
    services = page.locator(".cac-charts .cac-service").all_inner_texts()
    assert set(services) == {"typical service, today"}
    page.locator("#cac-level").select_option(value="0")
    assert page.evaluate(LINES) == fast


def test_hours_moving_and_standing_are_those_of_the_account(show, comparisons, report):
    page = show(report)
    for route in comparisons[0].routes[:2]:
        whole = ledger(route).iloc[-1]
        row = page.locator(".cac-overview tbody tr", has_text=route.name).first
        told = f"moving {whole['moving_h']:.0f} h, standing {whole['standing_h']:.0f} h"
        assert told in row.locator(".cac-time").first.inner_text()
