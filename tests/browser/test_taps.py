"""Random sequences of taps on the explorer of the real network: no error, no wrong sum, no stale word.

``make taps`` walks through 10,000 of them in parts, on all cores. A fault names the seed of its sequence:
``SEED=4711 make taps`` repeats that sequence alone, on the same screen.
"""

from __future__ import annotations

import os
import re

import pytest

from cacorridor.views.atlas.data import unpack_data
from tests.browser.explorers import opened
from tests.views.atlas import SCRIPTS

pytestmark = pytest.mark.browser

SEQUENCES = int(os.environ.get("SEQUENCES", "10000"))  # of ``make taps``
SEED = int(os.environ.get("SEED", "0"))  # of the one sequence to repeat
PART = 250  # sequences on one page
BATCH = 25  # between two looks at the console
MOST = 4  # acts in a sequence
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DARK = {"color_scheme": "dark"}
SCREENS = {"desktop": {}, "phone": PHONE, "dark desktop": DARK, "dark phone": {**PHONE, **DARK}}
PAINTED = 10  # of so many parts one fills its pixels
CLEAR = "() => { document.body.style.opacity = 0; }"  # laid out and hit as ever, but no pixel is filled
CARRIED = re.compile(r'id="cac-data">"([^"]*)"')


def parts():
    """First seed and count of each part."""
    if SEED:
        return [(SEED, 1)]
    return [(first, min(PART, SEQUENCES - first + 1)) for first in range(1, SEQUENCES + 1, PART)]


def screen_of(seed):
    """The screen on which a seed is walked, and whether it is painted: those of a part share both."""
    part = (seed - 1) // PART
    return list(SCREENS)[part % len(SCREENS)], part % PAINTED == 0


def described(part):
    """Name a part for those who watch the progress."""
    first, count = part
    screen, is_painted = screen_of(first)
    return f"seeds {first} to {first + count - 1}, {'painted ' if is_painted else ''}{screen}"


@pytest.fixture(scope="module")
def carried(net, real_html):
    """What the page carries: words, names, places, years."""
    page = unpack_data(CARRIED.search(real_html)[1])
    names = ("words", "states", "places", "modes", "years", "money", "network", "about")
    state_of = dict(net.tables["places"][["id", "state"]].itertuples(index=False))
    return {**{name: page[name] for name in names}, "state_of": state_of}


def walk(page, carried, first, count):
    """Walk through sequences; the fixture of the page fails the test if the console said anything."""
    look, tap = ((SCRIPTS / f"{name}.js").read_text(encoding="utf-8") for name in ("looking", "taps"))
    page.evaluate(look, carried)
    for seed in range(first, first + count, BATCH):
        sequences = min(BATCH, first + count - seed)
        assert page.evaluate(tap, {"seed": seed, "sequences": sequences, "most": MOST}) == []


@pytest.mark.parametrize("screen", ["desktop", "dark phone"])
def test_a_few_sequences_of_taps(show, real_html, carried, screen):
    walk(opened(show, real_html, **SCREENS[screen]), carried, first=20261128, count=4)


@pytest.mark.taps
@pytest.mark.parametrize("part", parts(), ids=described)
def test_ten_thousand_sequences_of_taps(show, real_html, carried, part):
    screen, is_painted = screen_of(part[0])
    page = opened(show, real_html, **SCREENS[screen])
    if not is_painted:
        page.evaluate(CLEAR)
    walk(page, carried, *part)
