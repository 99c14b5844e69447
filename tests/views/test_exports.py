"""Answers in files, read back by the libraries that other programs use."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

import cacorridor as cc
from cacorridor.network.checks import rules

if TYPE_CHECKING:
    from pathlib import Path

    from cacorridor import Network, Route

OGRINFO = shutil.which("ogrinfo")
HOSTILE = ["=1+1", '<b onclick="x">', "a\x1bb"]


@pytest.fixture
def route(toy: Network) -> Route:
    return cc.find_route(toy, "a1", "c1")


def test_json_is_read_back_by_jq(route: Route, tmp_path: Path) -> None:
    path = tmp_path / "route.json"
    cc.export(route, path)
    read = json.loads(path.read_text(encoding="utf-8"))
    assert read["tables"]["legs"][0]["from"] == "A1"
    assert read["conditions"]["origin"] == "a1"
    assert sum(row["time_h"] for row in read["tables"]["legs"]) == pytest.approx(route.time_h)
    jq = shutil.which("jq")
    if jq is not None:
        question = "[.tables.legs[].time_h] | add"
        done = subprocess.run([jq, question, str(path)], capture_output=True, text=True, check=True)
        assert float(done.stdout) == pytest.approx(route.time_h)


def test_figures_in_text_end_where_they_say_nothing_more(toy: Network, tmp_path: Path) -> None:
    sums = pd.DataFrame({"length_km": [0.1 + 0.2, 1e-7 / 3, float("inf")], "links": [1, 2, 3]})
    cc.export(sums, tmp_path / "sums.csv", network=toy)
    cc.export(sums, tmp_path / "sums.json", network=toy)
    lines = (tmp_path / "sums.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [
        ["0.3", "1"],
        ["3.33333333333e-08", "2"],
        ["inf", "3"],
    ]
    rows = json.loads((tmp_path / "sums.json").read_text(encoding="utf-8"))["tables"]["answer"]
    assert [row["length_km"] for row in rows] == [0.3, 3.33333333333e-08, None]


def test_a_geopackage_holds_layers_tables_and_what_they_rest_on(route: Route, tmp_path: Path) -> None:
    path = tmp_path / "route.gpkg"
    cc.export(route, path)
    layers = dict(pyogrio.list_layers(path).tolist())
    assert layers == {
        "routes": "LineString",
        "legs": "LineString",
        "stops": "Point",
        "evidence": None,
        "layer_styles": None,
    }
    legs = gpd.read_file(path, layer="legs")
    assert legs.crs == "EPSG:4326"
    running = route.legs[route.legs["kind"] != "transfer"]
    assert legs["length_km"].tolist() == pytest.approx(running["length_km"].tolist())
    told = json.loads(pyogrio.read_info(path, layer="legs")["dataset_metadata"]["CACORRIDOR"])
    assert told["conditions"]["level"] == "express"
    assert told["data"]["sha256"] == route.network.sha256


def test_styles_of_a_geopackage_are_found_as_qgis_looks_for_them(route: Route, tmp_path: Path) -> None:
    path = tmp_path / "route.gpkg"
    cc.export(route, path)
    with sqlite3.connect(path) as file:
        rows = file.execute(
            "SELECT f_table_name, styleQML FROM layer_styles WHERE f_table_schema = '' AND useAsDefault = 1 "
            "AND f_geometry_column = "
            "(SELECT column_name FROM gpkg_geometry_columns WHERE table_name = f_table_name)"
        ).fetchall()
    file.close()
    assert [name for name, _ in rows] == ["routes", "legs", "stops"]
    legs = ET.fromstring(dict(rows)["legs"])  # noqa: S314  # our own text
    category = legs.find(".//category")
    assert category is not None
    assert category.get("value") == "rail_1520"
    assert legs.find(".//Option[@name='line_color']").get("value") == "18,52,86,255"  # type: ignore[union-attr]
    stops = ET.fromstring(dict(rows)["stops"])  # noqa: S314
    assert stops.get("labelsEnabled") == "1"
    assert stops.find("labeling/settings/text-style").get("fieldName") == "name"  # type: ignore[union-attr]


@pytest.mark.skipif(OGRINFO is None, reason="needs the programs of GDAL")
def test_the_programs_of_gdal_read_a_geopackage_without_a_warning(route: Route, tmp_path: Path) -> None:
    path = tmp_path / "route.gpkg"
    cc.export(route, path)
    for layer in ("routes", "legs", "stops", "layer_styles"):
        done = subprocess.run(
            [str(OGRINFO), "-ro", "-al", str(path), layer], capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
    assert "categorizedSymbol" in done.stdout


def test_a_table_lies_where_its_rows_are(toy: Network, tmp_path: Path) -> None:
    path = tmp_path / "bypass.geojson"
    cc.export(cc.bypass(toy, "a1", "c1", states="BBB"), path, network=toy)
    frame = gpd.read_file(path)
    assert frame.geometry.iloc[0].equals(toy.states.geometry["BBB"])
    cc.export(cc.vital_links(toy, "a1", "c1"), path, network=toy)
    frame = gpd.read_file(path)
    assert frame.geometry.iloc[0].equals(toy.links.geometry[frame["link"].iloc[0]])
    cc.export(pd.DataFrame({"what": ["nothing"]}), path, network=toy)
    assert json.loads(path.read_text(encoding="utf-8"))["features"][0]["geometry"] is None


def test_several_routes_tell_their_own_conditions(toy: Network, tmp_path: Path) -> None:
    routes = [cc.find_route(toy, "a1", "c1"), cc.find_route(toy, "a1", "c1", avoid="BBB", modes="road")]
    path = tmp_path / "routes.json"
    cc.export(routes, path)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert [each["conditions"]["avoid"] for each in told["routes"]] == [[], ["BBB"]]
    assert len(told["tables"]["comparison"]) == 2
    cc.export(routes, tmp_path / "routes.html")
    assert (tmp_path / "routes.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_every_format_tells_whom_a_route_bypasses_and_on_what_it_rests(toy: Network, tmp_path: Path) -> None:
    route = cc.find_route(toy, "a1", "c1", avoid="BBB", modes="road")
    assert route.bypasses == ("BBB",)
    for ending in ("json", "geojson", "csv", "gpkg"):
        cc.export(route, tmp_path / f"route.{ending}")
    told = json.loads((tmp_path / "route.json").read_text(encoding="utf-8"))
    assert told["route"]["bypasses"] == ["BBB"]
    told = json.loads((tmp_path / "route.geojson").read_text(encoding="utf-8"))
    assert told["cacorridor"]["route"]["bypasses"] == ["BBB"]
    assert told["cacorridor"]["data"]["sha256"] == toy.sha256
    (layer,) = gpd.read_file(tmp_path / "route.gpkg", layer="routes").to_dict("records")
    assert layer["bypasses"] == "BBB"
    legs = pd.read_csv(tmp_path / "route.csv")
    assert set(legs["bypasses"]) == {"BBB"}
    assert legs["conditions"].str.contains("avoiding").all()
    assert legs["data"].str.endswith(toy.sha256[:12]).all()
    cc.export([route, cc.find_route(toy, "a1", "c1")], tmp_path / "routes.csv")
    rows = pd.read_csv(tmp_path / "routes.csv", keep_default_na=False)
    assert rows["bypasses"].tolist() == ["BBB", ""]
    assert rows["conditions"].nunique() == 2


def test_excel_takes_text_for_text(toy: Network, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    path = tmp_path / "names.xlsx"
    table = pd.DataFrame({"name": HOSTILE, "time_h": [1.5, float("inf"), float("nan")]})
    cc.export({"a/name: with [marks] that is much too long": table}, path, network=toy)
    book = openpyxl.load_workbook(path)
    sheet, about = book.worksheets
    assert [cell.value for cell in sheet["A"]] == ["name", "=1+1", '<b onclick="x">', "a\\x1bb"]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert [cell.value for cell in sheet["B"]] == ["time_h", 1.5, None, None]
    assert ("data sha256", toy.sha256) in {(row[0].value, row[1].value) for row in about.rows}


def test_geoparquet_is_read_back_by_geopandas(route: Route, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "route.parquet"
    cc.export(route, path)
    frame = gpd.read_parquet(path)
    assert frame["time_h"].sum() == pytest.approx(route.time_h)
    assert frame.geometry.iloc[0].equals(route.to_geodataframe().geometry.iloc[0])
    told = json.loads(pq.read_metadata(path).metadata[b"cacorridor"])
    assert told["route"]["name"] == route.name


@pytest.mark.parametrize(("ending", "extra"), [("xlsx", "excel"), ("parquet", "parquet")])
def test_a_library_that_is_lacking_is_named_with_its_extra(
    route: Route, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, extra: str
) -> None:
    monkeypatch.setattr("cacorridor.extras.find_spec", lambda _: None)
    with pytest.raises(cc.UsageError, match=rf'install "cacorridor\[{extra}\]"'):
        cc.export(route, tmp_path / f"x.{ending}")
    assert not list(tmp_path.glob("x*"))


def test_what_cannot_be_written_is_refused(route: Route, toy: Network, tmp_path: Path) -> None:
    with pytest.raises(cc.UsageError, match=r"allowed: a name that ends in \.csv or"):
        cc.export(route, tmp_path / "x.shp")
    with pytest.raises(cc.UsageError, match=r"x\.html: not written"):
        cc.export(pd.DataFrame({"a": [1]}), tmp_path / "x.html", network=toy)
    with pytest.raises(cc.UsageError, match="name the network"):
        cc.export(pd.DataFrame({"a": [1]}), tmp_path / "x.csv")
    with pytest.raises(cc.UsageError, match="one route or more"):
        cc.export([], tmp_path / "x.csv")
    (tmp_path / "x.gpkg").mkdir()
    with pytest.raises(cc.UsageError, match="a directory"):
        cc.export(route, tmp_path / "x.gpkg")


def test_a_file_that_fails_leaves_the_old_one(
    route: Route, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "route.gpkg"
    cc.export(route, path)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left")

    monkeypatch.setattr("cacorridor.views.exports.geopackage._add_styles", fail)
    with pytest.raises(OSError, match="No space"):
        cc.export(route, path)
    assert path.read_bytes() == before
    assert list(tmp_path.glob(".*")) == []


# ---------------------------------------------------------------- the network's own frames


@pytest.mark.parametrize("ending", ["geojson", "gpkg"])
@pytest.mark.parametrize("name", ["places", "links", "states"])
def test_frames_of_a_network_are_written_and_read_again(
    toy: Network, tmp_path: Path, name: str, ending: str
) -> None:
    frame = getattr(toy, name)
    path = tmp_path / f"{name}.{ending}"
    frame.to_file(path)
    read = gpd.read_file(path)
    assert read[frame.index.name].tolist() == frame.index.tolist()
    assert frame.reset_index().index.tolist() == list(range(len(frame)))
    if name == "links":
        km = read["state_km"].map(lambda cell: json.loads(cell) if isinstance(cell, str) else cell)
        assert {key: km_ for key, km_ in km.iloc[0].items() if km_} == frame["state_km"].iloc[0]
    rules.validate(toy)


def test_the_version_of_the_data_is_that_of_their_content(toy_dir: Path) -> None:
    first = cc.data_version(cc.load_network(toy_dir))
    assert first == cc.data_version(cc.load_network(toy_dir))
    assert (len(first.sha256), first.edited) == (64, False)
    sources = toy_dir / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8").replace("A survey", "B survey"), encoding="utf-8")
    network = cc.load_network(toy_dir)
    assert cc.data_version(network).sha256 != first.sha256
    assert cc.data_version(cc.apply_scenarios(network, "slow")).edited
    assert str(first).startswith("data (sha256 ")
    assert str(cc.DataVersion("", "", "")) == "data without a version"


def test_json_and_geojson_tell_a_link_shut_lately(net: Network, tmp_path: Path) -> None:
    for name, member in (("route.json", None), ("route.geojson", "cacorridor")):
        cc.export(cc.find_route(net, "Kabul", "Peshawar"), tmp_path / name)
        read = json.loads((tmp_path / name).read_text(encoding="utf-8"))
        (told,) = (read[member] if member else read)["route"]["shut_lately"]
        assert (told["link"], told["last_year"]) == ("road:torkham-afg:torkham-pak", 2025)
        assert told["note"].startswith("Closed to trade since 12 October 2025")
        assert told["time_low_h"] < told["time_h"] < 50
    cc.export(cc.find_route(net, "Kashgar", "Tashkent"), tmp_path / "open.json")
    assert json.loads((tmp_path / "open.json").read_text(encoding="utf-8"))["route"]["shut_lately"] == []
