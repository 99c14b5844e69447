"""What if: edits of the tables, and one question asked under each."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pandas as pd
import pytest

from cacorridor import (
    DataError,
    Network,
    NoRouteError,
    Scenario,
    UsageError,
    apply_scenarios,
    find_route,
    load_network,
    run_scenarios,
    scenarios,
    sweep,
    write_network,
)
from tests.networks import added, toy_network, toy_rows, write_toy

DWELL = "dwell_h;dwell_low_h;dwell_high_h"
CUT = {"table": "links", "row": "rail_1520:a2:b2", "operation": "close"}
FERRY = {"table": "services", "row": "link=sea:aport:cport", "operation": "multiply", "column": "headway_h"}


@pytest.fixture(scope="module")
def toy() -> Network:
    return toy_network()


@pytest.fixture(scope="module")
def embedded() -> Network:
    return load_network()


def what_if(*edits: dict[str, str], name: str = "test") -> Scenario:
    return Scenario.of(name, pd.DataFrame([{"note": "toy", **edit} for edit in edits]).fillna(""))


def fault_of(network: Network, **edit: str) -> tuple[str, str]:
    with pytest.raises(DataError) as caught:
        apply_scenarios(network, what_if(edit))
    (fault,) = caught.value.faults
    assert (fault.file, fault.row) == ("scenario test", 1)
    return fault.column, fault.value


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"table": "claims"}, "table"),
        ({"operation": "add"}, "operation"),
        ({"row": "rail_1520:a2:b9"}, "row"),
        ({"row": "road=yes"}, "row"),
        ({"row": "state=XXX"}, "row"),
        ({"row": "state=AAA&from=c1"}, "row"),
        ({"note": ""}, "note"),
        ({"source_id": "nobody"}, "source_id"),
        ({"value": "1"}, "value"),
        ({"column": "status"}, "column"),
        ({"operation": "open"}, "row"),
        ({"operation": "set", "column": "mode", "value": "road"}, "column"),
        ({"operation": "set", "column": "length", "value": "1"}, "column"),
        ({"operation": "set", "column": "opened", "value": "soon"}, "value"),
        ({"operation": "set", "column": "status", "value": "broken"}, "value"),
        ({"operation": "multiply", "column": "opened", "value": "2"}, "column"),
        ({"table": "services", "row": "*"}, "table"),
        ({"table": "states", "row": "XXX"}, "row"),
        ({"table": "places", "row": "*", "operation": "open"}, "table"),
        ({**FERRY, "value": "0"}, "value"),
        ({**FERRY, "value": "-1"}, "value"),
        ({**FERRY, "value": "nan"}, "value"),
        ({**FERRY, "value": "x2"}, "value"),
        ({**FERRY, "value": "1000"}, "value"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused_with_its_cell(
    toy: Network, change: dict[str, str], column: str
) -> None:
    edit = {**CUT, **change}
    assert fault_of(toy, **edit) == (column, edit.get(column, ""))


def test_all_faults_are_told_at_once(toy: Network) -> None:
    with pytest.raises(DataError) as caught:
        apply_scenarios(toy, what_if({**CUT, "row": "x"}, {**CUT, "table": "y"}, CUT))
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [(1, "row"), (2, "table")]


def test_a_table_of_edits_needs_its_columns() -> None:
    with pytest.raises(DataError) as caught:
        Scenario.of("mine", pd.DataFrame({"table": ["links"], "row": ["x"], "colour": ["red"]}))
    assert {fault.column for fault in caught.value.faults} == {"operation", "colour"}


def test_an_edit_that_breaks_a_rule_of_the_tables_is_refused(toy: Network) -> None:
    slow = {"table": "crossings", "row": "road-outbound-express", "operation": "set", "column": "dwell_h"}
    with pytest.raises(DataError, match="dwell_low_h to dwell_high_h"):
        apply_scenarios(toy, what_if({**slow, "value": "100"}))


def test_scenarios_of_the_file_are_judged_when_they_are_applied(tmp_path) -> None:
    rows = toy_rows()
    rows["scenarios"] = [{"id": "cut:1", "scenario": "cut", **CUT, "row": "nowhere", "note": "toy"}]
    network = load_network(write_toy(tmp_path, rows))
    with pytest.raises(DataError, match=r"scenarios.csv row 2, row: 'nowhere'"):
        apply_scenarios(network, "cut")


def test_scenarios_of_the_file_are_asked_by_name(tmp_path) -> None:
    rows = toy_rows()
    rows["scenarios"] = [{"id": "cut:1", "scenario": "cut", **CUT, "note": "no train"}]
    network = load_network(write_toy(tmp_path / "a", rows))
    assert scenarios(network)["cut"].text == "no train"
    edited = apply_scenarios(network, "cut")
    assert edited.applied == ("cut",)
    with pytest.raises(UsageError, match="unknown scenario 'war'; allowed: cut"):
        apply_scenarios(network, "war")
    assert find_route(edited, "a1", "c1").query.scenarios == ("cut",)


def test_a_written_network_keeps_the_scenarios_that_still_fit(tmp_path) -> None:
    rows = toy_rows()
    opens = {"table": "links", "row": "road:a3:c3", "operation": "open", "note": "toy"}
    rows["scenarios"] += [
        {"id": "cut:1", "scenario": "cut", **CUT, "note": "toy"},
        {"id": "opens:1", "scenario": "opens", **opens},
    ]
    network = load_network(write_toy(tmp_path / "a", rows))
    for name, edited, kept in (
        ("b", apply_scenarios(network, "cut"), {"slow", "opens"}),
        ("c", network.at(2031), {"slow", "cut"}),
    ):
        write_network(edited, tmp_path / name)
        assert set(scenarios(load_network(tmp_path / name))) == kept


def test_nothing_is_changed_in_place(toy: Network) -> None:
    before = {name: frame.copy() for name, frame in toy.tables.items()}
    scenario = what_if(CUT, {**FERRY, "value": "0.5"})
    apply_scenarios(toy, scenario)
    for name, frame in toy.tables.items():
        pd.testing.assert_frame_equal(frame, before[name])
    with pytest.raises(FrozenInstanceError):
        scenario.name = "other"  # type: ignore[misc]


def test_two_edits_of_one_cell_are_refused(toy: Network) -> None:
    with pytest.raises(DataError, match="one edit of a cell"):
        apply_scenarios(
            toy, what_if(CUT, name="a"), what_if({**CUT, "row": "state=AAA&mode=rail_1520"}, name="b")
        )


def test_scenarios_compose_in_any_order(toy: Network) -> None:
    cut, ferry = what_if(CUT, name="cut"), what_if({**FERRY, "value": "0.5"}, name="ferry")
    both, other = apply_scenarios(toy, cut, ferry), apply_scenarios(apply_scenarios(toy, ferry), cut)
    assert both.applied == ("cut", "ferry")
    assert other.applied == ("ferry", "cut")
    for name, frame in both.tables.items():
        pd.testing.assert_frame_equal(frame, other.tables[name])


def test_an_edited_figure_tells_its_evidence(toy: Network) -> None:
    faster = apply_scenarios(toy, what_if({**FERRY, "value": "0.5"})).table("services").loc["ferry-express"]
    assert (faster["headway_h"], faster["basis"], faster["source_id"]) == (24, "assumed", "")
    assert faster["note"] == "scenario: toy"
    sourced = apply_scenarios(toy, what_if({**FERRY, "value": "0.5", "source_id": "s1"})).table("services")
    assert sourced["basis"].tolist() == ["derived", "derived"]


def test_a_closed_link_is_absent_and_an_opened_one_is_there_in_every_year(toy: Network) -> None:
    assert CUT["row"] not in apply_scenarios(toy, what_if(CUT)).links.index
    opened = apply_scenarios(toy, what_if({"table": "links", "row": "road:a3:c3", "operation": "open"}))
    assert "road:a3:c3" in opened.open_links().index
    assert "road:a3:c3" in opened.open_links(2020).index


def test_a_closed_place_has_no_links_and_no_transfers(toy: Network) -> None:
    closed = apply_scenarios(toy, what_if({"table": "places", "row": "aport", "operation": "close"}))
    assert not (closed.links[["from", "to"]] == "aport").any(axis=None)
    assert "aport" not in set(closed.tables["transfers"]["place"])
    with pytest.raises(UsageError, match=r"APORT .* is closed by scenario test"):
        find_route(closed, "aport", "c1")


def test_a_state_is_banned_to_the_last_kilometre(toy: Network) -> None:
    banned = apply_scenarios(toy, what_if({"table": "states", "row": "DDD", "operation": "close"}))
    assert find_route(toy, "a1", "c1").touches == ("DDD",)
    assert find_route(banned, "a1", "c1").touches == ()
    assert find_route(banned, "a1", "c1").time_h == find_route(toy, "a1", "c1", avoid=["DDD"]).time_h
    with pytest.raises(UsageError, match="closed by scenario test"):
        find_route(banned, "d1", "c1")


def test_a_crossing_leaning_on_an_average_gets_figures_of_its_own(toy: Network) -> None:
    edit = {"table": "crossings", "row": "link=road:a3:b1", "operation": "multiply", "column": DWELL}
    faster = apply_scenarios(toy, what_if({**edit, "value": "0.5"}))
    north, south = ({"modes": ["road"], "via": [via]} for via in ("b1", "d1"))
    gain = find_route(toy, "a1", "c1", **north).time_h - find_route(faster, "a1", "c1", **north).time_h
    assert gain == pytest.approx(2)  # 1 h on each side of one border
    assert find_route(faster, "a1", "c1", **south).time_h == find_route(toy, "a1", "c1", **south).time_h


def test_borders_inside_a_bloc_are_those_of_two_members() -> None:
    network = toy_network(added("memberships", {"id": "bbb-union", "state": "BBB"}))
    edit = {"table": "crossings", "row": "bloc=Union", "operation": "multiply", "column": DWELL}
    own = apply_scenarios(network, what_if({**edit, "value": "0.5"})).tables["crossings"]
    assert set(own["link"]) - {""} == {"road:a3:b1", "rail_1520:a2:b2"}


def test_a_run_without_edits_is_the_base(toy: Network) -> None:
    table = run_scenarios(toy, "a1", "c1", scenarios=[Scenario("nothing")])
    assert table["scenario"].tolist() == ["base", "nothing"]
    assert table["delta_h"].tolist() == [0, 0]
    assert table["time_h"].tolist() == [find_route(toy, "a1", "c1").time_h] * 2


def test_no_route_names_the_cut(toy: Network) -> None:
    table = run_scenarios(toy, "a1", "c1", scenarios=[what_if(CUT)], modes=["rail"]).set_index("scenario")
    assert table.loc["test", "no_route"] == "closed: links rail_1520:a2:b2"
    assert table.loc["test", "delta_h"] == float("inf")
    with pytest.raises(NoRouteError, match="under scenario test"):
        find_route(apply_scenarios(toy, what_if(CUT)), "a1", "c1", modes=["rail"])


def test_a_run_tells_a_closed_end(toy: Network) -> None:
    closed = what_if({"table": "states", "row": "AAA", "operation": "close"})
    table = run_scenarios(toy, "a1", "c1", scenarios=[closed])
    assert table["no_route"].tolist() == ["", "closed: A1"]


def test_a_sweep_asks_every_pair_year_and_scenario(toy: Network) -> None:
    told: list[tuple[int, int]] = []
    table = sweep(
        toy,
        [("a1", "c1"), ("c1", "a1")],
        years=(2025, 2030),
        scenarios=[what_if(CUT)],
        progress=lambda done, total: told.append((done, total)),
        modes=["road"],
    )
    assert len(table) == 8
    assert told == [(number, 8) for number in range(1, 9)]
    assert table.attrs["complete"]
    assert (table["delta_h"] == 0).all()  # the cut is on the railway
    hours = table.groupby("year")["time_h"].min()
    assert hours[2030] < hours[2025]


def test_an_interrupted_sweep_keeps_what_is_done(toy: Network) -> None:
    def stop(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    table = sweep(toy, [("a1", "c1"), ("c1", "a1")], scenarios=[what_if(CUT)], progress=stop)
    assert len(table) == 3
    assert not table.attrs["complete"]


TELLING = {  # where each embedded scenario changes the answer: ends and conditions
    "cku-opens": ("Kashgar", "Tashkent", {"modes": ["rail"]}),
    "cku-late": ("Kashgar", "Tashkent", {"modes": ["rail"], "year": 2031}),
    "khorgos-closed": ("Xi'an", "Tashkent", {}),
    "bakhty-opens": ("Tacheng", "Astana", {"modes": ["rail"]}),
    "moyynty-kyzylzhar-opens": ("Dostyk", "Aktau", {"modes": ["rail"]}),
    "almaty-bypass-opens": ("Altynkol", "Tashkent", {"modes": ["rail"]}),
    "caspian-storm": ("Aktau", "Baku", {"avoid": ["RUS"]}),
    "caspian-storm-season": ("Aktau", "Baku", {"avoid": ["RUS"]}),
    "russia-avoided": ("Xi'an", "Hamburg", {}),
    "iran-avoided": ("Tashkent", "Istanbul", {}),
    "torugart-winter": ("Kashgar", "Bishkek", {}),
    "poland-belarus-closed": ("Xi'an", "Hamburg", {}),
    "kuryk-doubled": ("Kuryk", "Alat", {"avoid": ["RUS"]}),
    "carec-one-stop": ("Xi'an", "Tashkent", {}),
    "dostyk-autumn-2024": ("Urumqi", "Astana", {"modes": ["rail"], "via": ["dostyk"]}),
    "malaszewicze-2021": ("Moscow", "Warsaw", {"modes": ["rail"]}),
    "wagon-shortage": ("Xi'an", "Tashkent", {"modes": ["rail"]}),
    "cape": ("Shanghai", "Hamburg", {"modes": ["sea"]}),
    "afghan-pakistan-open": ("Kabul", "Peshawar", {}),
    "iran-blockade": ("Shanghai", "Bandar Abbas", {"modes": ["sea"]}),
    "north-south-opens": ("Balykchy", "Jalal-Abad", {"modes": ["road"]}),
}


@pytest.mark.parametrize("name", sorted(TELLING))
def test_an_embedded_scenario_changes_something(embedded: Network, name: str) -> None:
    origin, destination, conditions = TELLING[name]
    table = run_scenarios(embedded, origin, destination, scenarios=[name], **conditions)

    assert table["delta_h"].iloc[1] != 0
    assert table["time_h"].notna().iloc[0]


def test_every_embedded_scenario_has_a_telling_pair(embedded: Network) -> None:
    assert set(scenarios(embedded)) == set(TELLING)
    for scenario in scenarios(embedded).values():
        assert scenario.text


def test_a_storm_on_the_caspian_stops_every_sailing_there(embedded: Network) -> None:
    places = embedded.tables["places"].set_index("id")
    on_the_caspian = places.index[places["lon"].between(46, 55) & places["lat"].between(36, 48)]

    def sailings(network: Network) -> set[str]:
        links = network.tables["links"].query("mode == 'sea'")
        return set(links["id"][links["from"].isin(on_the_caspian) & links["to"].isin(on_the_caspian)])

    assert len(sailings(embedded)) > 10
    assert not sailings(apply_scenarios(embedded, "caspian-storm"))
