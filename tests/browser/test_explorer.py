"""The explorer in Chromium: places are chosen, states close, the way round appears, all comes back."""

from __future__ import annotations

import html
import io
import itertools
import json
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tools.agree.asking import run_script

from cacorridor import bypass, check_claims, explorer, find_route, load_network
from tests.browser.test_access import RUN
from tests.views import pages

pytestmark = pytest.mark.browser

BYTES = 900_000
RELATIONS = """() => Object.fromEntries([...document.querySelectorAll('path[data-state]')]
  .map(path => [path.dataset.state, path.dataset.relation]).filter(([, relation]) => relation !== 'other'))"""
ROUTE = "([origin, destination, options]) => window.cacorridor.route(origin, destination, options)"
IN_ITS_STATE = """name => { const span = [...document.querySelectorAll('.cac-label .cac-name')]
  .find(each => each.firstChild.textContent === name); const box = span.getBoundingClientRect();
  const path = document.querySelector(`path[data-state=${span.parentElement.dataset.of}]`);
  const inverse = path.getScreenCTM().inverse();
  return [[box.left + 4, box.top + 3], [box.right - 4, box.top + 3], [box.left + 4, box.bottom - 3],
    [box.right - 4, box.bottom - 3]].every(([x, y]) =>
    path.isPointInFill(new DOMPoint(x, y).matrixTransform(inverse))); }"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    return load_network(pages.write_pages_toy(tmp_path_factory.mktemp("drawn") / "toy"))


@pytest.fixture(scope="module")
def toy_html(drawn):
    return explorer(drawn, origin="a1", destination="c1").html()


@pytest.fixture(scope="module")
def real_html(net):
    return explorer(net, origin="Moscow", destination="Osh").html()


def opened(show, html, *args, **options):
    """Open a page, and wait until its data are unpacked."""
    page = show(html, *args, **options)
    page.wait_for_function("window.cacorridor")
    return page


def sentence(page):
    return page.locator("#cac-answer").inner_text()


def close(page, name):
    page.get_by_role("button", name=f"Close {name}", exact=True).first.click()


def test_page_of_all_places_stays_in_its_budget(real_html):
    assert len(real_html.encode()) <= BYTES


def test_answer_is_that_of_python(show, net, real_html):
    page = opened(show, real_html)
    route = find_route(net, "Moscow", "Osh", avoid=["KAZ"])
    answer = page.evaluate(ROUTE, ["moscow", "osh", {"closed": ["KAZ"]}])
    assert answer["hours"] == pytest.approx(route.time_h)
    assert (answer["hours_low"], answer["hours_high"]) == pytest.approx((route.time_low_h, route.time_high_h))
    assert answer["km"] == pytest.approx(route.length_km)
    assert (tuple(answer["states"]), tuple(answer["links"])) == (route.states, route.links)


def test_sentence_says_hours_range_and_states_first(show, drawn, toy_html):
    page = opened(show, toy_html)
    route = find_route(drawn, "a1", "c1")
    text = sentence(page)
    assert f"{route.time_h:.0f}\u00a0h" in text
    assert f"{route.time_low_h:.0f}\u2013{route.time_high_h:.0f} h in 8 of 10 cases" in text
    assert "Crosses: State AAA, State BBB, State CCC." in text
    assert "Express service, network of today" in text


def test_states_show_what_their_closure_adds(show, net, real_html):
    page = opened(show, real_html)
    table = bypass(net, "Moscow", "Osh")
    shown = page.locator("#cac-prices table").first.inner_text()
    for state, penalty in zip(table["states"], table["penalty_h"], strict=True):
        assert net.state_name(state) in shown
        assert f"+{penalty:,.0f}\u00a0h" in shown or f"+{penalty:.1f}\u00a0h" in shown
    relations = page.evaluate(RELATIONS)
    assert relations["RUS"] == relations["KGZ"] == "end"
    assert relations["KAZ"] == "p3"


def test_closing_a_state_shows_the_way_round_and_back_undoes(show, drawn, toy_html):
    page = opened(show, toy_html)
    before = sentence(page)
    close(page, "State BBB")
    round_it = find_route(drawn, "a1", "c1", avoid=["BBB"])
    assert f"{round_it.time_h:.0f}\u00a0h" in sentence(page)
    assert "Bypasses: State BBB." in sentence(page)
    assert page.evaluate(RELATIONS)["BBB"] == "closed"
    assert page.evaluate("location.hash") == "#a1/c1&closed=BBB"
    page.go_back()
    expect(page.locator("#cac-answer")).not_to_contain_text("Bypasses")
    assert sentence(page) == before
    assert page.evaluate(RELATIONS)["BBB"].startswith("p")
    page.go_forward()
    expect(page.locator("#cac-answer")).to_contain_text("Bypasses: State BBB.")
    page.get_by_role("button", name="Open State BBB again").click()
    assert sentence(page) == before


def test_a_tap_on_a_state_closes_it_and_a_second_opens_it(show, toy_html):
    page = opened(show, toy_html)
    before = sentence(page)
    box = page.locator("path[data-state=BBB]").bounding_box()
    spot = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.12  # away from lines and towns
    page.mouse.click(*spot)
    expect(page.locator("#cac-answer")).to_contain_text("Bypasses: State BBB.")
    moved = page.locator("path[data-state=BBB]").bounding_box()
    page.mouse.click(moved["x"] + moved["width"] / 2, moved["y"] + moved["height"] * 0.12)
    assert sentence(page) == before


def test_the_state_of_an_end_does_not_close(show, toy_html):
    page = opened(show, toy_html)
    box = page.locator("path[data-state=AAA]").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.05)
    assert "State AAA holds one end of the journey and cannot be closed." in sentence(page)


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
    text = page.locator("main").inner_text()
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


def test_conditions_change_the_answer_as_in_python(show, net, real_html):
    page = opened(show, real_html, "#kashgar/tashkent")
    page.locator("#cac-level").select_option("typical")
    page.locator("#cac-month").select_option("1")
    page.locator("#cac-criterion").select_option("length")
    route = find_route(net, "kashgar", "tashkent", level="typical", month=1, criterion="length")
    assert f"{route.length_km:,.0f}\u00a0km" in sentence(page)
    assert f"{route.time_h:.0f}\u00a0h" in sentence(page)
    page.locator("#cac-mode-road").uncheck()
    expected = find_route(
        net, "kashgar", "tashkent", level="typical", month=1, criterion="length", modes=["rail", "sea"]
    )
    assert f"{expected.length_km:,.0f}\u00a0km" in sentence(page)
    page.reload()
    page.wait_for_function("window.cacorridor")
    assert f"{expected.length_km:,.0f}\u00a0km" in sentence(page)


def test_a_leg_opens_to_its_figures_and_sources(show, toy_html):
    page = opened(show, toy_html)
    page.locator("#cac-legs summary").nth(1).click()
    figures = page.locator("#cac-legs details[open] li").first.inner_text()
    assert "assumed" in figures
    assert "toy" in figures


def test_hours_more_at_a_crossing_turn_the_way_at_the_break_even(show, toy_html):
    page = opened(show, toy_html)
    note = page.locator(".cac-delay small").first.inner_text()
    turn = float(note.split("from ")[1].split(" h")[0])
    slide = """(slider, hours) => { slider.value = hours; slider.dispatchEvent(new Event('input'));
      slider.dispatchEvent(new Event('change')); }"""
    page.locator(".cac-delay input").first.evaluate(slide, int(turn) - 1)
    assert "Crosses: State AAA, State BBB, State CCC." in sentence(page)
    page.locator(".cac-delay input").first.evaluate(slide, int(turn) + 2)
    assert "Against the open network" in sentence(page)
    assert "Bypasses" in sentence(page)


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


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(show, real_html, size, scheme):
    """In three languages, with a claim, a scenario, a place to pass and a closed state on the page."""
    fragment = "#kashgar/tashkent&via=osh&closed=KAZ&scenario=carec-one-stop&criterion=generalised"
    page = opened(
        show, real_html, fragment, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
    )
    for language in ("en", "ru", "zh"):
        page.locator("#cac-language").select_option(language)
        page.locator("#cac-legs summary").first.click()
        expect(page.locator(".cac-claim").first).to_be_attached()
        found = Axe().run(page, options=RUN).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


# ---------------------------------------------------------------- what is supposed, passed and said


def test_a_scenario_is_supposed_and_named(show, net, real_html):
    page = opened(show, real_html, "#xian/istanbul")
    page.locator("#cac-scenario").select_option("russia-avoided")
    route = find_route(net, "xian", "istanbul", scenario="russia-avoided")
    assert f"{route.time_h:.0f}\u00a0h" in sentence(page)
    assert "Supposed: No way through Russia." in sentence(page)
    assert "Bypasses: Russia" in sentence(page)
    assert page.evaluate("location.hash") == "#xian/istanbul&scenario=russia-avoided"
    shown = page.locator("#cac-take pre").all_inner_texts()
    assert 'scenario="russia-avoided"' in shown[0]
    assert shown[1] == "cacorridor route xian istanbul --scenario russia-avoided"


def test_a_scenario_that_only_quickens_the_way_says_by_how_much(show, net, real_html):
    page = opened(show, real_html, "#kashgar/tashkent&scenario=carec-one-stop")
    plain, quicker = (
        find_route(net, "kashgar", "tashkent", scenario=name) for name in (None, "carec-one-stop")
    )
    assert quicker.links == plain.links
    saved = plain.time_h - quicker.time_h
    assert f"Against the open network: \u2212{saved:.1f}\u00a0h" in sentence(page)
    page.locator("#cac-scenario").select_option("almaty-bypass-opens")
    assert "The best way stays as it is." in sentence(page)


def test_an_end_that_a_scenario_closes_has_no_way(show, real_html):
    page = opened(show, real_html, "#moscow/osh&scenario=russia-avoided")
    assert "Moscow is closed in it." in sentence(page)
    page.locator("#cac-scenario").select_option("")
    expect(page.locator("#cac-answer strong")).to_be_visible()


def test_places_are_passed_and_states_crossed(show, net, real_html):
    page = opened(show, real_html, "#moscow/osh")
    page.locator("#cac-via").fill("baku")
    page.keyboard.press("Enter")
    page.locator("#cac-through").select_option("TKM")
    relations = page.evaluate(RELATIONS)
    assert relations["AZE"] == relations["TKM"] == "end"  # asked for, so no price of a closure
    route = find_route(net, "moscow", "osh", via="baku", through="TKM")
    assert f"{route.time_h:.0f}\u00a0h" in sentence(page)
    page.get_by_role("button", name="No longer by way of Baku").click()
    page.get_by_role("button", name="No longer by way of Turkmenistan").click()
    assert page.evaluate("location.hash") == "#moscow/osh"


def test_dollars_and_hours_are_weighed_at_a_value_of_time(show, net, real_html):
    page = opened(show, real_html, "#xian/istanbul")
    page.locator("#cac-criterion").select_option("generalised")
    page.locator("#cac-worth").fill("200")
    page.keyboard.press("Tab")
    route = find_route(net, "xian", "istanbul", criterion="generalised", value_of_time=200)
    assert (
        f"{route.cost_usd:,.0f}\u00a0USD ({route.cost_low_usd:,.0f}\u2013{route.cost_high_usd:,.0f})"
        in sentence(page)
    )
    assert f"{route.cost_usd + 200 * route.time_h:,.0f}\u00a0USD" in sentence(page)
    assert "An hour is taken to be worth 200 USD." in sentence(page)


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


# ---------------------------------------------------------------- in another page


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


# ---------------------------------------------------------------- the map


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


def overlap(one, other, slack=2):
    """Tell whether two boxes cover each other by more than a hair."""
    return all(one[at] + slack < other[at + 2] and other[at] + slack < one[at + 2] for at in (0, 1))


HOSTILE = [
    "#%",
    "#%E0%A4%A/osh",
    "#<img src=x onerror=alert(1)>",
    "#moscow/moscow&closed=RUS",
    "#moscow/osh&closed=RUS,KGZ,KAZ",
    "#__proto__/constructor&level=__proto__&added=__proto__*4",
    "#moscow/osh&year=99999&month=0&modes=,,",
]


@pytest.mark.parametrize("fragment", HOSTILE)
def test_a_hostile_address_does_no_harm(show, real_html, fragment):
    page = opened(show, real_html, fragment)
    assert page.evaluate("typeof window.cacorridor.route") == "function"
    assert "undefined" not in page.locator("main").inner_text()


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
