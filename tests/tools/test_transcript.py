"""Pages show what a command prints: all of it, or as much as the page says."""

from __future__ import annotations

import os

import pytest
from tools.pages.transcript import refreshed


def page(*lines: str) -> str:
    return "\n".join(["Before.", "```console", *lines, "```", "After.", ""])


def test_a_page_gets_what_its_command_prints() -> None:
    command = "$ cacorridor route A B --month 13"
    (printed,) = refreshed(page(command, "something old")).splitlines()[3:-2]
    assert printed.startswith("cacorridor route: argument --month")


def test_a_long_answer_is_cut_where_the_page_says() -> None:
    command = "$ cacorridor route --help | head -2"
    before, fence, again, *printed, end, after = refreshed(page(command)).splitlines()
    assert (before, fence, again, end, after) == ("Before.", "```console", command, "```", "After.")
    assert len(printed) == 2
    assert printed[0].startswith("usage: cacorridor route")


def test_the_width_of_the_screen_is_that_of_the_page_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    printed = refreshed(page("$ cacorridor route --help")).splitlines()
    assert 40 < max(map(len, printed)) <= 100
    assert os.environ["COLUMNS"] == "40"


def test_nothing_but_the_own_command_is_run() -> None:
    with pytest.raises(ValueError, match="allowed in a console block: cacorridor"):
        refreshed(page("$ rm -r /tmp/nothing"))
