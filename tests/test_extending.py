"""What a change touches: a measure is one row, a mode is one row, a question is one function."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import cacorridor as cc
from cacorridor.costs import measures
from cacorridor.costs.measures import Measure
from tests.networks import added, toy_network, write_toy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

TOLL_USD_PER_KM = 0.25


@pytest.fixture
def tolls() -> Iterator[None]:
    """Tolls by the kilometre as a measure of its own: one row, nothing else."""
    row = Measure("tolls", "usd", "tolls_usd", "Tolls", 0, lambda steps: TOLL_USD_PER_KM * steps.km)
    measures.MEASURES[row.name] = row
    yield
    del measures.MEASURES[row.name]


@pytest.mark.usefixtures("tolls")
def test_a_new_measure_is_one_row() -> None:
    network = toy_network()
    route = cc.find_route(network, "a1", "c1", criterion="tolls")
    expected = TOLL_USD_PER_KM * cc.find_route(network, "a1", "c1", criterion="length").length_km

    assert route.totals()["tolls_usd"] == pytest.approx(expected)
    assert route.steps["tolls_usd"].sum() == pytest.approx(expected)
    assert cc.compare_routes([route])["tolls_usd"].iloc[0] == pytest.approx(expected)
    assert cc.ledger(route).set_index("state").loc["total", "tolls_usd"] == pytest.approx(expected)
    assert cc.coalitions(network, "a1", "c1", criterion="tolls")["tolls_usd"].min() == pytest.approx(expected)
    table = cc.run_scenarios(network, "a1", "c1", criterion="tolls")
    assert table["tolls_usd"].tolist() == pytest.approx([expected] * len(table))
    assert (table["delta_usd"] == 0).all()
    with pytest.raises(cc.UsageError, match="time, length, cost, emissions, tolls, generalised"):
        cc.find_route(network, "a1", "c1", criterion="beauty")


def test_a_new_question_is_one_function() -> None:
    def longest_leg(network: cc.Network, origin: str, destination: str, **conditions: object) -> pd.DataFrame:
        legs = cc.find_route(network, origin, destination, **conditions).legs  # type: ignore[arg-type]
        return legs.nlargest(1, "length_km")[["mode", "length_km"]].reset_index(drop=True)

    table = cc.for_pairs(longest_leg, toy_network(), [("a1", "c1"), ("a1", "b1")], years=[None, 2030])
    assert len(table) == 4
    assert table["length_km"].gt(0).all()


def test_a_new_mode_is_a_row_of_modes_with_its_speeds_and_dwells(tmp_path: Path) -> None:
    """A monorail joins a1 and b1 in the tables alone: no line of code knows it."""
    mode = {"id": "rail_mono", "label": "Monorail", "colour": "#123456"}
    rows = added("modes", mode)
    for table in ("speeds", "crossings"):
        like = [row for row in rows[table] if row["mode"] == "road"]
        rows[table] += [{**row, "id": f"{row['id']}-mono", "mode": "rail_mono"} for row in like]
    [link] = [row for row in rows["links"] if row["id"] == "road:a3:b1"]
    rows["links"].append({**link, "id": "rail_mono:a3:b1", "mode": "rail_mono"})
    folder = write_toy(tmp_path / "toy", rows)
    shapes = json.loads((folder / "link_shapes.geojson").read_text(encoding="utf-8"))
    [shape] = [each for each in shapes["features"] if each["properties"]["id"] == "road:a3:b1"]
    shapes["features"].append({**shape, "properties": {**shape["properties"], "id": "rail_mono:a3:b1"}})
    (folder / "link_shapes.geojson").write_text(json.dumps(shapes), encoding="utf-8")

    network = cc.load_network(folder)
    assert network.mode_words == ("rail", "rail_1435", "rail_1520", "road", "sea", "rail_mono")
    for word in ("rail_mono", "rail"):
        assert cc.find_route(network, "a3", "b1", modes=[word]).links == ("rail_mono:a3:b1",)
    with pytest.raises(cc.UsageError, match="sea, rail_mono"):
        cc.find_route(network, "a3", "b1", modes=["maglev"])
    with pytest.raises(cc.NoRouteError) as caught:
        cc.find_route(network, "a3", "b1", modes=["rail_1435"])
    assert [(each.kind, each.names) for each in caught.value.cut] == [("modes", (("rail_mono",), ("road",)))]
    assert str(caught.value).endswith("the way needs rail_mono or road besides rail_1435")
