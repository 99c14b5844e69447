"""Random sequences of taps on the explorer of the real network: no error, no wrong sum, no stale word."""

from __future__ import annotations

import os

import pytest

from tests.browser.explorers import opened
from tests.views.atlas import SCRIPTS

pytestmark = pytest.mark.browser

BATCH = 25  # sequences between two looks at the console
SEQUENCES = int(os.environ.get("SEQUENCES", "10000"))  # of ``make taps``
MOST = 4  # acts in a sequence


def walk(show, html, sequences, seed):
    """Walk through sequences; the fixture fails the test if the console said anything."""
    page = opened(show, html)
    script = (SCRIPTS / "taps.js").read_text(encoding="utf-8")
    for first in range(0, sequences, BATCH):
        count = min(BATCH, sequences - first)
        wrong = page.evaluate(script, {"seed": seed + first, "sequences": count, "most": MOST})
        assert wrong == []


def test_a_few_sequences_of_taps(show, real_html):
    walk(show, real_html, 12, seed=20261128)


@pytest.mark.taps
def test_ten_thousand_sequences_of_taps(show, real_html):
    walk(show, real_html, SEQUENCES, seed=1)
