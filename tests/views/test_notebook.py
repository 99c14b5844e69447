"""What a notebook shows of an object: a table, escaped, without a map library."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cacorridor import Edit, Scenario, alternatives, pareto, simulate, state_profile
from cacorridor.routing.corridors import Comparison
from tests.views import pages
from tests.views.reading import Reader


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return pages.hostile_pages(tmp_path_factory.mktemp("hostile") / "toy", "<b>x</b>")


def test_objects_show_themselves_as_tables(hostile):
    network, routes, comparisons = hostile
    simulation = simulate(network, routes[0], draws=20, seed=1)
    ways = alternatives(network, "A1", "C1")
    front = pareto(network, "A1", "C1", criteria=["time", "length"])
    profile = state_profile(network, "AAA", pairs=[("A1", "C1")])
    edit = Edit("places", "<b>a1</b>", "close", note="<b>why</b>")
    scenario = Scenario("<b>shut</b>", (edit,), "<b>snow</b>")
    for shown in (network, routes[0], comparisons[0], simulation, ways, front, profile, scenario):
        tags = [tag for tag, _ in Reader(shown._repr_html_()).tags]
        assert "table" in tags
        assert "b" not in tags


def test_a_comparison_of_no_routes_is_shown_too():
    assert "<table" in Comparison("Empty", [])._repr_html_()


def test_a_table_in_a_notebook_needs_no_map_library():
    code = (
        "import sys, cacorridor as cc; net = cc.load_network(); net._repr_html_(); "
        "cc.find_route(net, 'Kashgar', 'Osh')._repr_html_(); "
        "sys.exit(any(name in sys.modules for name in ('folium', 'matplotlib')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
