"""What stands beside the answer of the explorer: its figures, claims and files, and pages that embed it."""

from __future__ import annotations

import html
import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect
from tools.agree.asking import run_script

from cacorridor import check_claims, explorer, find_route, load_network
from tests.browser.explorers import close, opened, sentence
from tests.views import pages

pytestmark = pytest.mark.browser

HOSTILE = [
    "#%",
    "#%E0%A4%A/osh",
    "#<img src=x onerror=alert(1)>",
    "#moscow/moscow&closed=RUS",
    "#moscow/osh&closed=RUS,KGZ,KAZ",
    "#__proto__/constructor&level=__proto__&added=__proto__*4",
    "#moscow/osh&year=99999&month=0&modes=,,",
]


def test_a_leg_opens_to_its_figures_and_sources(show, toy_html):
    page = opened(show, toy_html)
    page.locator("#cac-legs summary").nth(1).click()
    figures = page.locator("#cac-legs details[open] li").first.inner_text()
    assert "assumed" in figures
    assert "toy" in figures


def test_an_answer_is_taken_away_as_files(show, net, real_html):
    page = opened(show, real_html, "#moscow/osh&closed=KAZ")
    files = {}
    for name in ("CSV", "GeoJSON", "SVG", "PNG"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name, exact=True).click()
        files[name] = Path(waiting.value.path()).read_bytes()
    route = find_route(net, "Moscow", "Osh", avoid=["KAZ"])
    steps = pd.read_csv(io.BytesIO(files["CSV"]))
    assert steps["time_h"].sum() == pytest.approx(route.time_h)
    assert steps["length_km"].sum() == pytest.approx(route.length_km)
    assert set(steps["closed"]) == {"KAZ"}
    assert steps["from_id"].iloc[0] == "moscow"
    lines = json.loads(files["GeoJSON"])
    assert [each["properties"]["link"] for each in lines["features"]] == list(route.links)
    picture = files["SVG"].decode()
    assert "Bypasses: Kazakhstan." in picture
    assert "OpenStreetMap contributors" in picture
    assert files["PNG"].startswith(b"\x89PNG")
    shown = page.locator("#cac-take pre").all_inner_texts()
    assert 'cc.find_route(net, "moscow", "osh", avoid=["KAZ"])' in shown[0]
    assert shown[1] == "cacorridor route moscow osh --avoid KAZ"


def test_a_claim_is_a_card_with_its_chance_and_its_source(show, net, real_html):
    page = opened(show, real_html, "#tashkent/kashgar")
    told = check_claims(net, what=["h"], between=[("tashkent", "kashgar")]).set_index("id")
    cards = page.locator(".cac-claim")
    expect(cards.first).to_be_attached()
    texts = cards.all_inner_texts()
    for row in told.itertuples():
        figure = (
            f"{row.high:.0f}\u00a0h" if row.low == row.high else f"{row.low:.0f}\u2013{row.high:.0f}\u00a0h"
        )
        text = next(each for each in texts if each.startswith(figure) and row.claimant in each)
        if row.verdict != "not comparable":
            assert (
                f"The model has {row.model:.0f}\u00a0h ({row.model_low:.0f}\u2013{row.model_high:.0f})"
                in text
            )
            chance = round(100 * row.chance)
            assert f"Kept by {chance} of 100 journeys" in text or chance in {0, 100}
    assert cards.first.locator("a[href^=http]").count() == 1
    cards.first.get_by_role("button", name="Show this way").click()
    assert "via=" in page.evaluate("location.hash")


def test_page_and_python_judge_every_claim_alike(net):
    told = check_claims(net).set_index("id")
    judged = {each["id"]: each for each in run_script("judge.mjs", net, None)}
    assert set(judged) == set(told.index)
    words = {"slower": "model slower", "quicker": "model quicker", "none": "not comparable"}
    words |= {word: f"model {word}" for word in ("longer", "shorter", "dearer", "cheaper")}
    for key, row in told[told["what"] != "usd_truck"].iterrows():
        said = judged[key]
        assert words.get(said["kind"], said["kind"]) == row["verdict"], key
        if row["model"] == row["model"]:  # NaN
            assert said["model"] == pytest.approx(row["model"]), key
            assert (said["low"], said["high"]) == pytest.approx((row["model_low"], row["model_high"])), key
        if row["chance"] == row["chance"]:  # NaN
            assert said["chance"] == pytest.approx(row["chance"]), key


@pytest.mark.maps
def test_an_embedded_page_shows_answer_and_map_alone(show, real_html):
    page = opened(show, real_html, "#moscow/osh&embed=1", viewport={"width": 600, "height": 500})
    assert page.locator(".cac-sheet").is_hidden()
    assert page.locator(".cac-map").bounding_box()["height"] > 150  # enough to see a way
    link = page.locator("#cac-whole")
    assert link.is_visible()
    assert link.get_attribute("href") == "#moscow/osh"
    whole = opened(show, real_html, "#moscow/osh")
    line = whole.locator("#cac-take pre").last.inner_text()
    assert line.startswith("<iframe src=")
    assert "#moscow/osh&amp;embed=1" in line


def test_a_frame_lets_the_wheel_scroll_and_tells_its_view(show, toy_html):
    outer = (
        "<!DOCTYPE html><title>Outer</title><script>window.views = [];"
        "addEventListener('message', event => window.views.push(event.data.cacorridor));</script>"
        f'<iframe srcdoc="{html.escape(toy_html)}" title="x" style="width: 1000px; height: 600px"></iframe>'
    )
    page = show(outer)
    frame = page.frame_locator("iframe")
    expect(frame.locator("#cac-answer strong")).to_be_visible()
    frame.locator("#cac-prices button").first.click()
    assert page.evaluate("window.views.at(-1)") == "#a1/c1&closed=BBB"
    frame.locator(".cac-map").hover()
    page.mouse.wheel(0, 100)
    expect(frame.locator(".cac-hint")).to_have_class("cac-hint cac-shown")
    assert frame.locator(".cac-hint").inner_text() == "Hold Ctrl to zoom the map with the wheel"


@pytest.mark.parametrize("text", pages.HOSTILE)
def test_hostile_names_are_shown_and_do_nothing(show, tmp_path, text):
    net = load_network(pages.write_pages_toy(tmp_path / "toy", text))
    page = opened(show, explorer(net, origin="a1", destination="c1", title=f"Title{text}").html())
    page.locator("#cac-legs summary").nth(1).click()
    assert page.evaluate("window.__pwn") is None
    assert f"State BBB{text}" in page.locator("#cac-prices").inner_text()
    assert page.locator("#cac-title").inner_text() == f"Title{text}".strip()
    close(page, f"State BBB{text}")
    assert f"Bypasses: State BBB{text}" in sentence(page)


@pytest.mark.parametrize("fragment", HOSTILE)
def test_a_hostile_address_does_no_harm(show, real_html, fragment):
    page = opened(show, real_html, fragment)
    assert page.evaluate("typeof window.cacorridor.route") == "function"
    assert "undefined" not in page.locator("main").inner_text()


def test_the_legend_says_what_an_entry_stands_for(show, toy_html):
    page = opened(show, toy_html)
    entry = page.locator("#cac-key li[data-key=end] button")
    entry.click()
    expect(entry).to_have_attribute("aria-pressed", "true")
    assert page.locator("#cac-told").inner_text() == "State AAA, State CCC"
    states = "paths => paths.map(path => path.dataset.state)"
    stepped_back = set(page.locator("path[data-state].cac-dim").evaluate_all(states))
    assert "BBB" in stepped_back
    assert not {"AAA", "CCC"} & stepped_back
    page.locator("#cac-language").select_option("ru")  # what is pressed stays so in another language
    expect(entry).to_have_attribute("aria-pressed", "true")
    page.locator("#cac-language").select_option("en")
    page.locator("#cac-key li[data-mode] button").first.click()
    assert page.locator("#cac-told").inner_text().endswith("km")
    close(page, "State BBB")  # what was pressed for another answer no longer is
    assert page.locator("#cac-told").inner_text() == ""
    assert page.locator(".cac-dim").count() == 0


def test_the_legend_is_there_on_paper(show, toy_html):
    page = opened(show, toy_html)
    page.emulate_media(media="print")
    expect(page.locator("#cac-key li[data-key=end]")).to_contain_text("state of an end")
    expect(page.locator("#cac-key li[data-key=end] button")).to_be_visible()
    expect(page.locator("#cac-play")).to_be_hidden()


@pytest.mark.maps
@pytest.mark.parametrize("language", ["ru", "zh"])
def test_no_id_and_no_english_unit_stands_in_the_evidence(show, real_html, language):
    page = opened(show, real_html, f"#kashgar/tashkent&lang={language}")
    expect(page.locator(".cac-claim").first).to_be_attached()
    assert not re.search(r"\b(km|h|usd)-[a-z]", page.locator("#cac-claims").inner_text())
    page.locator("#cac-legs details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    expect(page.locator("#cac-legs li").first).to_be_attached()
    own = page.locator("#cac-legs li").evaluate_all("all => all.map(each => each.firstChild.textContent)")
    assert not [line for line in own if "km/h" in line or "share closed" in line]
