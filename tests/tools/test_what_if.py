"""The page on who wins when is the one that the tables give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tools.pages.what_if import SECTIONS, Lines, section

from cacorridor import load_network

PAGE = Path(__file__).parents[2] / "docs" / "what_if.md"


@pytest.mark.docs
@pytest.mark.parametrize("heading", ["By rail alone"])  # a third of the page, and all of its kinds of text
def test_the_page_on_who_wins_is_up_to_date(heading):
    text = "\n\n".join(section(load_network(), dict(SECTIONS)[heading]))
    assert text in PAGE.read_text(encoding="utf-8"), "run: make what-if"


def test_a_dwell_is_found_from_the_hours_it_leads_to():
    lines = Lines(((0.0, 10.0, 100.0, 110.0, "A B"), (10.0, 1000.0, 110.0, 110.0, "A C")), 4.0)
    assert lines.time_h(4.0) == 104
    assert lines.dwell_h(104.0) == pytest.approx(4.0)
    assert np.isnan(lines.dwell_h(99.0))
    assert np.isinf(lines.dwell_h(111.0))
    assert lines.time_h(500.0) == 110
    assert Lines((), np.inf).time_h(3.0) == np.inf
