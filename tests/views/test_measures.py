"""A measure is one row: it appears in sentences, tables and on pages, and nothing that was there is lost."""

from __future__ import annotations

import pytest

from cacorridor import map_routes
from cacorridor.costs import measures
from cacorridor.costs.measures import Measure
from cacorridor.views import sentences
from cacorridor.views.report.report import build_report
from tests.views import pages
from tests.views.reading import Reader, said
from tests.views.test_maps import data_of


@pytest.fixture
def tolls(monkeypatch):
    row = Measure("tolls", "toll", "tolls_toll", "Tolls", 0, lambda steps: 2 * steps.km)
    monkeypatch.setitem(measures.MEASURES, row.name, row)


@pytest.mark.usefixtures("tolls")
def test_a_new_measure_stands_in_sentences(drawn):
    route = pages.toy_routes(drawn)[0]
    assert str(sentences.describe_amounts(route)).endswith("in 8 of 10 cases), 1,196 toll.")
    names = [figure.name for figure in sentences.key_figures(route)]
    assert names == ["Length", "Transit time", "Cost", "Emissions", "Tolls", "Borders", "Hours assumed"]


@pytest.mark.usefixtures("tolls")
def test_a_new_measure_stands_on_the_map(drawn):
    data = data_of(map_routes(drawn, pages.toy_routes(drawn)).html())
    value, note = data["figures"][4]
    assert (data["rows"][value], note) == ("Tolls", None)
    row = data["answers"][data["routes"][0]["answers"][0]]["row"]
    assert said(data, data["texts"][row[value]]) == "1,196 toll"
    borders, states = data["figures"][5]
    assert data["rows"][borders] == "Border crossings"
    assert said(data, data["texts"][row[states]]) == "states crossed: 3"
    assert said(data, data["texts"][row[data["rows"].index("Bypasses")]]) == "State DDD"


@pytest.mark.usefixtures("tolls")
def test_a_new_measure_stands_in_the_report(drawn):
    shown = Reader(build_report(drawn, pages.toy_comparisons(drawn))).texts
    assert shown.count("Tolls") >= 2  # above both overviews
    assert "1,196 toll" in shown
