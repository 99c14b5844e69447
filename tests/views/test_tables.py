"""One view of a table, written as Markdown, as HTML and for a terminal."""

from __future__ import annotations

import pandas as pd
import pytest

from cacorridor.views import text
from cacorridor.views.markdown import to_markdown
from cacorridor.views.markup import table_of
from cacorridor.views.tables import TableColumn, TableView
from cacorridor.views.terminal import NOTHING_TO_LIST, lay_out, lay_out_frame

FRAME = pd.DataFrame(
    {"way": ["by | rail", "by road"], "time_h": [118.4, float("nan")], "year": [2031, pd.NA]}
)
COLUMNS = {
    "way": TableColumn("way"),
    "time_h": TableColumn("time", "h", "right", text.page_cell),
    "year": TableColumn("open", write=text.year_cell),
}


@pytest.fixture
def view():
    return TableView.from_frame(FRAME, COLUMNS, "Two ways")


def test_cells_are_written_once_for_all_forms(view):
    assert view.headings == ["way", "time, h", "open"]
    assert view.rows == [("by | rail", "118", "2031"), ("by road", "", "")]


def test_markdown_keeps_a_bar_in_its_cell(view):
    assert to_markdown(view).splitlines() == [
        "| way | time, h | open |",
        "|---|---:|---|",
        "| by \\| rail | 118 | 2031 |",
        "| by road |  |  |",
    ]


def test_html_marks_figures_and_escapes_texts(view):
    page = table_of(TableView(view.columns, [("<b>", "1", "")], "A <caption>"))
    assert "<caption>A &lt;caption&gt;</caption>" in page
    assert '<th scope="row">&lt;b&gt;</th><td class="cac-number">1</td><td></td>' in page


def test_a_terminal_shows_headings_and_cells(view):
    head, first, _ = lay_out(view).splitlines()
    assert head.split() == ["way", "time,", "h", "open"]
    assert first.split() == ["by", "|", "rail", "118", "2031"]


def test_a_column_that_the_table_lacks_stays_empty():
    assert TableView.from_frame(FRAME[["way"]], COLUMNS).rows[0] == ("by | rail", "", "")


def test_a_terminal_writes_what_tables_hold():
    frame = pd.DataFrame(
        {"km": [1234.5, float("inf")], "share": [0.125, float("nan")], "open": [True, False]}
    )
    lines = [line.split() for line in lay_out_frame(frame).splitlines()]
    assert lines == [["km", "share", "open"], ["1,234", "12%", "yes"], ["no", "route", "no"]]
    assert lay_out_frame(frame.head(0)) == NOTHING_TO_LIST
