"""An edited network laid out beside its original is the one that building from scratch gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from cacorridor import Scenario, apply_scenarios, scenarios
from cacorridor.network.scenarios.memory import original_of
from cacorridor.routing.graph import building
from cacorridor.routing.graph.building import build_supernetwork, supernetwork_of
from cacorridor.routing.graph.steps import COLUMNS, FIGURES, KINDS

if TYPE_CHECKING:
    from cacorridor import Network, Supernetwork

CONDITIONS: list[dict[str, Any]] = [
    {"level": "express"},
    {"level": "typical", "month": 1},
    {"level": "express", "month": 7, "survey_year": 2019},
]
DWELLS = "dwell_h;dwell_low_h;dwell_high_h"
PRICES = "low;mean;high"
SPEEDS = "speed_kmh;speed_low_kmh;speed_high_kmh"
EDITS = {
    "a link closed": ("links", "road:da:d1", "close", "", ""),
    "a state closed": ("states", "DDD", "close", "", ""),
    "a link delayed": ("links", "road:da:d1", "delay", "", "7"),
    "links delayed": ("links", "mode=sea", "delay", "", "0.5"),
    "a link opened": ("links", "road:a3:c3", "open", "", ""),
    "a length": ("links", "road:da:d1", "set", "length_km", "331"),
    "a pass without snow": ("closures", "snow", "close", "", ""),
    "snow in other months": ("closures", "snow", "set", "months", "6;7"),
    "all dwells": ("crossings", "*", "multiply", DWELLS, "2"),
    "a crossing of its own": ("crossings", "link=road:ad:da", "multiply", DWELLS, "2"),
    "speeds of a mode": ("speeds", "mode=road", "multiply", SPEEDS, "1.1"),
    "ships": ("services", "*", "multiply", "headway_h", "0.5"),
    "transfers": ("transfers", "*", "multiply", "handling_h;handling_low_h;handling_high_h", "2"),
    "prices of all runs": ("rates", "what=run", "multiply", PRICES, "2"),
    "prices of crossings": ("rates", "what=crossing", "multiply", PRICES, "2"),
    "prices of handling": ("rates", "what=port", "multiply", PRICES, "2"),
    "a price of time": ("rates", "what=time", "multiply", PRICES, "2"),
    "factors of roads": ("emissions", "what=direct&mode=road", "multiply", PRICES, "2"),
    "energy of trains": ("emissions", "what=energy", "multiply", PRICES, "2"),
    "carbon of a carrier": ("emissions", "grid", "multiply", PRICES, "2"),
    "factors of handling": ("emissions", "what=port", "multiply", PRICES, "2"),
    "transfers closed": ("transfers", "*", "close", "", ""),
}
PRICED = (
    "what=crossing&state=KAZ", "what=sailing", "what=union", "what=run&mode=rail", "what=run&mode=road",
    "what=run&mode=sea", "what=gauge", "what=terminal",
)  # fmt: skip


def apply(network: Network, *edits: tuple[str, ...]) -> Network:
    names = ("table", "row", "operation", "column", "value")
    rows = [{**dict(zip(names, edit, strict=True)), "note": "for a test"} for edit in edits]
    return apply_scenarios(network, Scenario.of("edited", pd.DataFrame(rows)))


def require_same(one: Supernetwork, other: Supernetwork) -> None:
    """Compare by meaning: a code may stand at another place among the names."""
    assert one.nodes == other.nodes
    assert one.steps.names.links == other.steps.names.links
    for name in ("arc_start", "tail", "head", "link"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    is_link = one.link >= 0
    for name in ("opened", "closed", "in_service"):
        assert np.array_equal(getattr(one, name)[is_link], getattr(other, name)[is_link]), name
    for name in COLUMNS:
        assert meant(one, name) == meant(other, name), name


def meant(sn: Supernetwork, column: str) -> list[Any]:
    names = sn.steps.names
    words = {"kind": KINDS, "mode": names.modes, "state": names.states, "detail": names.details}
    words |= {"tail": names.places, "head": names.places}
    words |= dict.fromkeys(FIGURES, (*sn.steps.components.rows, None))  # -1 is no figure
    codes = getattr(sn.steps, column).tolist()
    if column in words:
        return [words[column][code] for code in codes]
    return [None if code != code else code for code in codes]  # noqa: PLR0124  # a number that is none


@pytest.mark.parametrize("conditions", CONDITIONS, ids=str)
@pytest.mark.parametrize("edit", EDITS)
def test_each_kind_of_edit_is_followed(toy: Network, edit: str, conditions: dict[str, Any]) -> None:
    before = supernetwork_of(toy, **conditions)
    changed = apply(toy, EDITS[edit])
    beside, scratch = supernetwork_of(changed, **conditions), build_supernetwork(changed, **conditions)
    require_same(beside, scratch)
    require_same(supernetwork_of(toy, **conditions), before)  # nothing changes in place


def test_edits_together_are_followed(toy: Network) -> None:
    supernetwork_of(toy, "express")
    changed = apply(toy, EDITS["ships"], EDITS["a state closed"], EDITS["all dwells"], EDITS["a length"])
    require_same(supernetwork_of(changed, "express"), build_supernetwork(changed, level="express"))


@pytest.mark.parametrize("selection", PRICED)
def test_a_price_is_followed_to_the_steps_that_pay_it(net: Network, selection: str) -> None:
    before = supernetwork_of(net, "express")
    changed = apply(net, ("rates", selection, "multiply", PRICES, "2"))
    beside = supernetwork_of(changed, "express")
    require_same(beside, build_supernetwork(changed, level="express"))
    assert meant(beside, "usd") != meant(before, "usd")  # the edit is felt


@pytest.mark.parametrize(
    "selection", ["what=direct&mode=sea", "what=energy", "what=carbon&state=KAZ", "what=terminal"]
)
def test_a_factor_is_followed_to_the_steps_that_emit_by_it(net: Network, selection: str) -> None:
    before = supernetwork_of(net, "express")
    changed = apply(net, ("emissions", selection, "multiply", PRICES, "2"))
    beside = supernetwork_of(changed, "express")
    require_same(beside, build_supernetwork(changed, level="express"))
    assert meant(beside, "grams") != meant(before, "grams")  # the edit is felt


@pytest.mark.parametrize("month", [None, 1, 7])
@pytest.mark.parametrize("survey_year", [None, 2019, 2021])
def test_a_month_and_the_surveys_of_a_year_are_followed(
    net: Network, month: int | None, survey_year: int | None
) -> None:
    conditions: dict[str, Any] = {"level": "typical", "month": month, "survey_year": survey_year}
    require_same(supernetwork_of(net, **conditions), build_supernetwork(net, **conditions))


@pytest.mark.parametrize("edit", EDITS)
def test_no_edit_makes_the_layout_anew(toy: Network, edit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    supernetwork_of(toy, "express")
    monkeypatch.setattr(building, "build_supernetwork", None)  # calling it would fail
    assert supernetwork_of(apply(toy, EDITS[edit]), "express").nodes


def test_a_layout_is_taken_over_and_not_made_twice(toy: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    supernetwork_of(toy, "express")
    changed = apply(toy, EDITS["a link closed"])
    assert original_of(changed) is toy
    monkeypatch.setattr(building, "build_supernetwork", None)  # calling it would fail
    assert len(supernetwork_of(changed, "express").tail) == len(supernetwork_of(toy, "express").tail) - 2


@pytest.mark.parametrize("turn", [0, 1])
def test_the_scenarios_of_the_dataset_are_followed(net: Network, turn: int) -> None:
    # by turns under one set of conditions and the other: laying out afresh takes a third of a second
    conditions = CONDITIONS[turn]
    supernetwork_of(net, **conditions)
    for name in list(scenarios(net))[turn::2]:
        changed = apply_scenarios(net, name)
        require_same(supernetwork_of(changed, **conditions), build_supernetwork(changed, **conditions))
