"""Tables on a screen: folded, in blocks, with ranges behind their figures."""

from __future__ import annotations

import pandas as pd
import pytest

from cacorridor.views.terminal import display_width, fold_line, lay_out_frame

FRAME = pd.DataFrame(
    {
        "from": ["Kashgar 喀什", "Osh"],
        "note": ["one two three four five six seven", ""],
        "time_h": [30.2, float("inf")],
        "time_low_h": [12.0, float("inf")],
        "time_high_h": [54.4, float("inf")],
        "closed_share": [0.005, float("nan")],
        "lat": [39.46834, 40.5],
    }
)


def test_a_range_stands_behind_its_figure_and_a_column_holds_together() -> None:
    head, first, second = lay_out_frame(FRAME).splitlines()
    assert head.split() == ["from", "note", "time_h", "closed_share", "lat"]
    assert "30 (12-54)" in first
    assert "39.468" in first
    assert "no route" in second
    assert "(" not in second


def test_a_range_below_zero_is_written_so_that_a_minus_is_no_dash() -> None:
    penalty = {"penalty_h": [25.6], "penalty_low_h": [-95.2], "penalty_high_h": [129.5]}
    assert "26 (-95 to 130)" in lay_out_frame(pd.DataFrame(penalty))


def test_a_table_that_does_not_fit_is_folded_at_spaces_then_written_in_blocks() -> None:
    folded = lay_out_frame(FRAME, 64).splitlines()
    assert folded[0].split()[0] == "from"
    assert len(folded) > 3
    blocks = lay_out_frame(FRAME, 30).split("\n\n")
    assert len(blocks) == 2
    assert blocks[1].splitlines()[0].split() == ["from", "Osh"]
    assert "note" not in blocks[1]  # an empty cell says nothing
    assert "seven" in blocks[0]


@pytest.mark.parametrize("width", range(27, 140, 7))
def test_no_line_is_wider_than_it_may_be_and_no_word_is_lost(width: int) -> None:
    shown = lay_out_frame(FRAME, width)
    assert max(map(display_width, shown.splitlines())) <= width
    assert {*FRAME["note"][0].split(), "Kashgar", "Osh", "39.468"} <= set(shown.split())


def test_columns_of_values_are_laid_out_as_a_frame_is() -> None:
    columns = {str(name): FRAME[name].tolist() for name in FRAME}
    assert lay_out_frame(columns, 80) == lay_out_frame(FRAME, 80)


def test_letters_of_two_columns_count_twice() -> None:
    assert display_width("喀什") == 4
    assert max(map(display_width, fold_line("喀什喀什喀什", 5))) <= 5
    assert fold_line("a-b-c d", 6) == ["a-b-c", "d"]


@pytest.mark.parametrize(
    ("value", "cell"), [(0.02, "0.02"), (0.017, "0.017"), (-0.005, "-0.005"), (0.25, "0.2")]
)
def test_small_figures_keep_their_digits(value: float, cell: str) -> None:
    assert lay_out_frame(pd.DataFrame({"value": [value]})).splitlines()[1].strip() == cell


def test_hours_follow_by_hand_from_the_figures_on_the_screen() -> None:
    figures = {"length_km": [343.0], "value": [80.0], "duty_h_per_day": [9.3], "multiplier": [1.159]}
    km, speed, duty_h, multiplier = map(float, lay_out_frame(figures).splitlines()[1].split())
    assert km / speed * 24 / duty_h * multiplier == pytest.approx(343 / 80 * 24 / 9.3 * 1.159, rel=0.005)
    assert lay_out_frame({"multiplier": [None, 1.0]}).split() == ["multiplier", "1.00"]
