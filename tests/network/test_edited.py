"""Scenarios on a network that a scenario or a year has edited already: no fault that is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from cacorridor import DataError, Scenario, apply_scenarios, load_network, run_scenarios, scenarios
from cacorridor.network.scenarios.scenarios import scenario_faults
from tests.networks import added, write_toy

if TYPE_CHECKING:
    from pathlib import Path

    from cacorridor import Network

NO_VALUE = {"column": "", "value": ""}
CHANGES = {
    "south-closed": ("links", "road:da:d1", "close"),
    "states-closed": ("states", "DDD", "close"),
    "new-road": ("links", "road:a3:c3", "open"),
    "sea-closed": ("links", "mode=sea", "close"),
    "no-snow": ("closures", "snow", "close"),
    "late": ("links", "road:da:d1", "delay"),
}


@pytest.fixture
def network(tmp_path: Path) -> Network:
    edits = [
        {
            "id": name,
            "scenario": name,
            "table": table,
            "row": row,
            "operation": operation,
            "column": "",
            "value": "4" if operation == "delay" else "",
        }
        for name, (table, row, operation) in CHANGES.items()
    ]
    return load_network(write_toy(tmp_path / "toy", added("scenarios", *edits)))


@pytest.mark.parametrize("first", CHANGES)
def test_every_scenario_can_be_asked_for_under_every_other(network: Network, first: str) -> None:
    under = apply_scenarios(network, first)
    table = run_scenarios(under, "a1", "c1")
    assert set(table["scenario"]) == {"base", *scenarios(network)} - {first}
    again = run_scenarios(under, "a1", "c1", scenarios=[first])
    assert again["delta_h"].tolist() == [0, 0]


@pytest.mark.parametrize("year", [2029, 2030, 2031])
def test_every_scenario_can_be_asked_for_in_every_year(network: Network, year: int) -> None:
    table = run_scenarios(network.at(year), "a1", "c1").set_index("scenario")
    assert len(table) == 1 + len(scenarios(network))
    assert (table.loc["new-road", "delta_h"] == 0) == (year >= 2030) or table.loc["new-road", "delta_km"] == 0


def test_a_name_that_never_was_is_a_fault_on_an_edited_network_too(network: Network) -> None:
    edit = {"table": "links", "row": "road:no:where", "operation": "close", "note": "a slip"}
    slip = Scenario.of("slip", pd.DataFrame([edit]))
    for each in (network, network.at(2030), apply_scenarios(network, "south-closed")):
        with pytest.raises(DataError, match="unknown: 'road:no:where'"):
            apply_scenarios(each, slip)


def test_scenarios_are_checked_when_asked_for_and_not_at_each_load(tmp_path: Path) -> None:
    wrong = added("scenarios", {"id": "wrong", "scenario": "wrong", "row": "nowhere"})
    network = load_network(write_toy(tmp_path / "toy", wrong))
    [fault] = scenario_faults(network)
    assert (fault.file, fault.row, fault.column) == ("scenarios.csv", 3, "row")
    with pytest.raises(DataError, match=r"scenarios\.csv row 3, row: 'nowhere'"):
        apply_scenarios(network, "wrong")
