"""The page on money and carbon, and its picture, are those that the tables give."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from tools.pages.best_ways import PAIRS, YEARS
from tools.pages.fronts import draw
from tools.pages.money import PICTURE, ways
from tools.pages.turning_points import fees, worth_of_hours
from tools.pages.unit_costs import unit_costs

from cacorridor import pareto

SVG = "{http://www.w3.org/2000/svg}"
DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.docs  # fronts, fees and bypasses of every pair
def test_the_page_on_money_is_up_to_date(net):
    text = (DOCS / "money.md").read_text(encoding="utf-8")
    for part in (ways(net, YEARS[0]), fees(net), worth_of_hours(net, YEARS[0]), unit_costs(net)):
        assert part in text, "run: make money"


def test_the_page_shows_its_picture():
    assert f"]({PICTURE})" in (DOCS / "money.md").read_text(encoding="utf-8")
    ET.parse(DOCS / PICTURE)  # noqa: S314  # of our own


def test_a_picture_has_a_dot_for_every_way(net):
    pair = PAIRS[0]
    front = pareto(net, *pair, thin=0.03)
    drawn = draw({"A & B": front}, net.families)
    root = ET.fromstring(drawn)  # noqa: S314  # of our own
    dots = [dot for dot in root.iter(f"{SVG}circle") if dot.find(f"{SVG}title") is not None]
    assert len(dots) == len(front)
    assert any("A & B" in (text.text or "") for text in root.iter(f"{SVG}text"))
    # the area of a dot is its grams
    radii = sorted(float(dot.get("r")) for dot in dots)
    kg = sorted(route.co2e_kg for route in front)
    assert radii[0] / radii[-1] == pytest.approx((kg[0] / kg[-1]) ** 0.5, abs=0.02)
