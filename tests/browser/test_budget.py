"""What the page of the real report costs in bytes, and how it fits; benchmarks/page.py times it."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from cacorridor import map_routes
from cacorridor.routing.corridors import compare_corridors
from cacorridor.views.report.report import build_report

pytestmark = [pytest.mark.browser, pytest.mark.maps]

MAP_BYTES, REPORT_BYTES = 700_000, 700_000
MANY, MANY_BYTES = 200, 1_500_000
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.cac-label span')].map(span => span.getBoundingClientRect());
  const within = (a, b, low, high) => a[low] < b[high] - 2 && b[low] < a[high] - 2;
  const over = (a, b) => within(a, b, 'left', 'right') && within(a, b, 'top', 'bottom');
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => over(a, b))).length; }"""


# names whose middle lies on another state than their own, unless a line leads from it
STRAYED = """() => [...document.querySelectorAll('.cac-name:not(.cac-led)')].filter(span => {
  const box = span.getBoundingClientRect();
  return [0.1, 0.5, 0.9].some(share => {
    const under = document.elementsFromPoint(box.left + share * box.width, box.top + box.height / 2);
    const state = under.find(element => element.dataset.state || element.classList.contains('cac-state'));
    return state && state.dataset.state && state.dataset.state !== span.dataset.of;
  });
}).map(span => span.textContent)"""


@pytest.fixture(scope="module")
def comparisons(net):
    return compare_corridors(net)


@pytest.fixture(scope="module")
def report(net, comparisons):
    return build_report(net, comparisons)


def renamed(route, name):
    """The route under another name, with the tables and ranges that were made of its steps before."""
    assert all(map(len, (route.totals(), route.legs, route.steps)))
    other = replace(route, name=name)
    vars(other).update({key: made for key, made in vars(route).items() if key not in vars(other)})
    return other


@pytest.fixture(scope="module")
def many(net, comparisons):
    routes = itertools.cycle(route for comparison in comparisons for route in comparison.routes)
    named = [renamed(route, f"{route.name} {n}") for n, route in enumerate(itertools.islice(routes, MANY))]
    return map_routes(net, named, years=(), levels=()).html()


def test_map_of_the_report_stays_in_its_budget(net, comparisons):
    routes = [route for comparison in comparisons for route in comparison.routes]
    page = map_routes(net, routes, months=range(1, 13)).html()
    assert len(page.encode()) <= MAP_BYTES


def test_report_stays_in_its_budget(report):
    assert len(report.encode()) <= REPORT_BYTES


def test_two_hundred_routes_stay_in_their_budget(many):
    assert len(many.encode()) <= MANY_BYTES


def test_report_fits_phone_and_paper(show, report):
    page = show(report, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    drawn, panel = (page.locator(selector).bounding_box() for selector in (".cac-map", "#cac-panel"))
    assert drawn["y"] + drawn["height"] <= panel["y"]
    assert 0.5 * 844 <= drawn["height"] <= 0.7 * 844
    answer = page.locator("#cac-status").bounding_box()
    assert answer["y"] + answer["height"] <= drawn["y"]


def test_report_is_four_pages_on_paper(show, report):
    printed = show(report).pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 4


@pytest.mark.parametrize("width", [1280, 390])
def test_names_on_the_map_do_not_collide_and_stay_in_their_states(show, report, width):
    page = show(report, viewport={"width": width, "height": 844})
    for number in range(0, page.locator("#cac-choice option").count(), 3):
        page.locator("#cac-choice").select_option(value=str(number))
        assert page.evaluate(OVERLAPS) == 0, number
        assert page.evaluate(STRAYED) == [], number
