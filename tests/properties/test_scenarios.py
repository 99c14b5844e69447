"""What holds for any scenario."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from cacorridor import Scenario, apply_scenarios, run_scenarios
from tests.networks import PLACES, toy_network

TOY = toy_network()
LINKS = sorted(TOY.tables["links"]["id"])
INNER = sorted(set(PLACES) - {"a1", "c1"})


def closing(table: str, keys: set[str]) -> Scenario:
    edits = [{"table": table, "row": key, "operation": "close", "note": "drawn"} for key in sorted(keys)]
    return Scenario.of(table, pd.DataFrame(edits, columns=["table", "row", "operation", "note"]))


@settings(max_examples=25, deadline=None)
@given(links=st.sets(st.sampled_from(LINKS), max_size=4), places=st.sets(st.sampled_from(INNER), max_size=2))
def test_a_closure_never_makes_the_best_time_shorter(links: set[str], places: set[str]) -> None:
    drawn = [closing("links", links), closing("places", places)]
    table = run_scenarios(TOY, "a1", "c1", scenarios=drawn)
    assert (table["delta_h"] >= 0).all()
    both = run_scenarios(apply_scenarios(TOY, *drawn), "a1", "c1", scenarios=[])["time_h"].fillna(
        float("inf")
    )
    assert both.iloc[0] >= table["time_h"].max()


@settings(max_examples=15, deadline=None)
@given(factor=st.floats(0.25, 4))
def test_slower_borders_never_make_the_best_time_shorter(factor: float) -> None:
    columns = "dwell_h;dwell_low_h;dwell_high_h"
    cells = ["crossings", "*", "multiply", columns, str(factor), "drawn"]
    names = ["table", "row", "operation", "column", "value", "note"]
    scenario = Scenario.of("borders", pd.DataFrame([cells], columns=names))
    delta = run_scenarios(TOY, "a1", "c1", scenarios=[scenario])["delta_h"].iloc[1]
    assert delta >= 0 if factor >= 1 else delta <= 0
