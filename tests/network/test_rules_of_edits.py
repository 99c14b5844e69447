"""After an edit only those rules run that read what it changes; together they find what all rules find."""

from __future__ import annotations

import gc
import weakref
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from cacorridor import DataError, Edit, Scenario, UsageError, apply_scenarios, load_network, scenarios
from cacorridor.network.checks import rules
from cacorridor.network.held import Tables
from cacorridor.network.scenarios import memory
from cacorridor.network.scenarios.edits import EVENTS_OF

if TYPE_CHECKING:
    from pathlib import Path

    from cacorridor import Network

ALL_RULES: dict[Any, Any] = {**rules.RULES_OF_TABLES, **rules.RULES_OF_GROUND}


class Traced(Tables):
    """Tables that note which of them were looked at."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.seen.add(name)
        return super().__getitem__(name)

    def columns(self, name: str) -> Any:
        self.seen.add(name)
        return super().columns(name)


def named(rule: Any) -> str:
    """Name a rule; one that holds for several tables is made for each."""
    return f"{rule.func.__name__}-{rule.args[0]}" if isinstance(rule, partial) else str(rule.__name__)


@pytest.mark.parametrize("rule", ALL_RULES, ids=named)
def test_a_rule_reads_no_table_that_it_does_not_name(toy_dir: Path, rule: rules.Rule) -> None:
    network = load_network(toy_dir)
    network.derived.clear()
    traced = vars(network)["tables"] = Traced(vars(network)["tables"])
    assert list(rule(network)) == []
    assert traced.seen <= set(ALL_RULES[rule])


def test_the_rules_that_run_after_a_scenario_miss_nothing(net: Network) -> None:
    for name in scenarios(net):
        assert rules.find_faults(apply_scenarios(net, name)) == [], name


def scenario(**edit: str) -> Scenario:
    return Scenario.of("edited", pd.DataFrame([{"note": "for a test", **edit}]))


def test_an_edit_that_breaks_a_rule_is_refused(toy: Network) -> None:
    wrong = scenario(table="crossings", row="*", operation="set", column="dwell_h", value="0")
    with pytest.raises(DataError, match="no crossing is free"):
        apply_scenarios(toy, wrong)
    late = scenario(table="links", row="road:da:d1", operation="set", column="status", value="planned")
    with pytest.raises(DataError, match="the expected year of a link that is not open"):
        apply_scenarios(toy, late)
    far = scenario(table="links", row="road:da:d1", operation="set", column="length_km", value="5")
    with pytest.raises(DataError, match="at least the straight line"):
        apply_scenarios(toy, far)


def test_events_are_named_as_rules_name_them() -> None:
    named = {name for reads in ALL_RULES.values() for name in reads}
    assert {EVENTS_OF.format(table) for table in ("links", "closures")} <= named


def test_an_edited_network_is_remembered_and_freed_with_its_network(toy_dir: Path) -> None:
    network = load_network(toy_dir)
    closed = scenario(table="links", row="road:da:d1", operation="close")
    edited = apply_scenarios(network, closed)
    assert apply_scenarios(network, closed) is edited
    gone = weakref.ref(edited)
    del network, edited
    gc.collect()
    assert gone() is None


def test_those_used_last_are_remembered(toy: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "KEPT", 2)
    one, two, three = (
        scenario(table="links", row=link, operation="close")
        for link in ("road:da:d1", "road:d1:dc", "road:a1:ad")
    )
    first = apply_scenarios(toy, one)
    second = apply_scenarios(toy, two)
    assert apply_scenarios(toy, one) is first
    apply_scenarios(toy, three)
    assert apply_scenarios(toy, one) is first
    assert apply_scenarios(toy, two) is not second


def test_a_number_is_a_value_as_its_text_is() -> None:
    """Users of Python write ``0.5``; whatever else is no text is refused in one line."""
    as_text, as_number = (Edit("crossings", "*", "multiply", "dwell_h", value) for value in ("0.5", 0.5))
    assert as_text == as_number
    assert Edit("links", "road:da:d1", "set", "opened", np.int64(2030)).value == "2030"
    for cells in ({"value": None}, {"value": True}, {"row": ["road:da:d1"]}, {"column": 3}):
        with pytest.raises(UsageError, match="of an edit is text, not"):
            Edit(**{"table": "links", "row": "*", "operation": "set", **cells})


# ---------------------------------------------------------------- openings that are to come


def opening(year: int) -> Scenario:
    return scenario(table="links", row="road:da:d1", operation="set", column="opened", value=str(year))


@pytest.mark.parametrize(("year", "is_open"), [(2020, True), (2026, True), (2027, False), (2033, False)])
def test_a_link_that_is_said_to_open_later_is_shut_till_then(toy: Network, year: int, is_open: bool) -> None:  # noqa: FBT001
    edited = apply_scenarios(toy.changed(as_of="2026-11-28"), opening(year))
    assert ("road:da:d1" in edited.links_open_in()) == is_open
    assert [("road:da:d1" in edited.links_open_in(asked)) for asked in (2019, 2040)] == [False, True]
    assert rules.find_faults(edited) == []


def test_a_status_that_is_said_as_well_is_kept(toy: Network) -> None:
    cells = {"opened": "2033", "status": "construction"}
    edits = [Edit("links", "road:da:d1", "set", *cell, note="for a test") for cell in cells.items()]
    dated = toy.changed(as_of="2026-11-28")
    for order in (edits, edits[::-1]):
        said = apply_scenarios(dated, Scenario("both", tuple(order)))
        assert said.table("links")["status"]["road:da:d1"] == "construction"
