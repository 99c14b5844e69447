"""The report in Chromium, on the real network: every word in three languages, every click an answer."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from cacorridor import load_network
from cacorridor.routing.corridors import compare_corridors
from cacorridor.views.explorer.conditions import MapOptions
from cacorridor.views.report.report import build_report
from tests.browser.test_access import violations
from tests.browser.test_pages import RELATIONS
from tests.browser.test_switches import CREDITS, VERSIONS

pytestmark = pytest.mark.browser

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
def report(network):
    return build_report(network, compare_corridors(network), options=MapOptions((), ()))


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
