"""The page on money and carbon is the one that the tables give."""

from __future__ import annotations

from pathlib import Path

from tools.pages.money import YEARS, fees, ways

PAGE = Path(__file__).parents[2] / "docs" / "money.md"


def test_the_page_on_money_is_up_to_date(net):
    text = PAGE.read_text(encoding="utf-8")
    for table in (ways(net, YEARS[0]), fees(net)):
        assert table in text, "run: make money"
