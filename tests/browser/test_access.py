"""Everybody can use the pages: axe finds nothing, and what axe cannot judge is computed."""

from __future__ import annotations

import itertools
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from cacorridor import map_routes
from cacorridor.views.offline import asset
from cacorridor.views.report.report import build_report
from tests.views import pages

pytestmark = [pytest.mark.browser, pytest.mark.maps]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = {"runOnly": {"type": "tag", "values": TAGS}}
TEXT, SHAPE = 4.5, 3.0  # the contrast that WCAG asks of text and of what is no text


def violations(page):
    """List what axe finds: the rule, and the first element that breaks it."""
    page.wait_for_timeout(500)  # a card fades in; half faded, its text has less contrast
    found = Axe().run(page, options=RUN).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found]


@pytest.mark.parametrize("kind", ["report", pytest.param("map", marks=pytest.mark.access)])
def test_axe_finds_nothing(show, drawn, kind):
    text = (
        map_routes(drawn, pages.toy_routes(drawn), title="Toy").html()
        if kind == "map"
        else build_report(drawn, pages.toy_comparisons(drawn), title="Toy")
    )
    page = show(text)
    page.locator("#cac-second").select_option(value="1")
    page.locator("#cac-language").select_option(value="zh")
    page.locator(".cac-stop").first.click()
    assert violations(page) == []
    page = show(text, viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.locator("#cac-language").select_option(value="ru")
    page.locator(".cac-stop").first.click()
    assert page.locator(".cac-sheet").is_visible()
    assert violations(page) == []


# ---------------------------------------------------------------- contrast


def luminance(colour):
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """Contrast of two colours, 1 to 21."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(scope="module", params=["light", "dark"])
def paint(request):
    """The colours that the style names, in both schemes."""
    light, dark = re.split(r"@media screen and \(prefers-color-scheme: ?dark\)", asset("explorer.css"))[:2]
    read = re.compile(r"--([\w-]+): ?(#[0-9a-f]{6})").findall
    return dict(read(light)) | (dict(read(dark)) if request.param == "dark" else {})


def test_labels_can_be_read_on_every_ground(paint):
    grounds = [paint[name] for name in ("crossed", "touched", "bypassed", "land", "sea")]
    for text, ground in itertools.product((paint["name"], paint["place"]), grounds):
        assert contrast(text, ground) >= TEXT, (text, ground)


def test_lines_can_be_seen(net, paint):
    for colour in net.table("modes")["colour"]:
        assert contrast(colour, "#ffffff") >= SHAPE, colour  # the halo is white in both schemes
    for name, ground in itertools.product(("rival", "second"), ("crossed", "land")):
        assert contrast(paint[name], paint[ground]) >= SHAPE, (name, ground)


def test_marks_can_be_seen(paint):
    for name in ("border", "port", "ink"):
        for ground in ("crossed", "land", "sea"):
            assert contrast(paint[name], paint[ground]) >= SHAPE, (name, ground)


def test_land_and_sea_are_told_apart_without_colour(paint):
    assert contrast(paint["crossed"], paint["land"]) >= 1.3
    assert contrast(paint["sea"], paint["land"]) >= 1.15
    assert contrast(paint["coast"], paint["land"]) >= SHAPE
    for name in ("crossed", "touched", "bypassed"):
        assert contrast(paint[f"{name}-ink"], paint[name]) >= 1.9, name


@pytest.mark.parametrize("deficiency", ["deuteranopia", "protanopia", "tritanopia", "achromatopsia"])
def test_relations_and_lines_differ_without_colour(show, drawn, deficiency):
    page = show(map_routes(drawn, pages.toy_routes(drawn)).html(), "#road&year=2024")
    page.context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", {"type": deficiency})
    fills = page.locator("path[data-relation]").evaluate_all(
        "paths => Object.fromEntries(paths.map(p => [p.dataset.relation, getComputedStyle(p).fill]))"
    )
    assert fills["bypassed"].startswith("url(")
    assert not fills["crossed"].startswith("url(")
    modes = drawn.table("modes")["dash"]
    assert modes.nunique() == len(modes)
    assert page.locator(".cac-figure").screenshot()


def test_forced_colours_leave_the_map_alone(show, drawn):
    page = show(map_routes(drawn, pages.toy_routes(drawn)).html(), forced_colors="active")
    fill = page.locator("path[data-relation=crossed]").first.evaluate("path => getComputedStyle(path).fill")
    assert fill == "rgb(195, 220, 162)"
