"""The page on states is the one that the tables give."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.pages.states import page

from cacorridor import load_network

PAGE = Path(__file__).parents[2] / "docs" / "states.md"


@pytest.mark.docs  # every pair in every year
def test_the_page_on_states_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(load_network()), "run: make states"
