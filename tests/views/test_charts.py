"""Charts: what they draw, and the markup that a page takes."""

from __future__ import annotations

import importlib
import re
import sys

import pandas as pd
import pytest
from matplotlib.axes import Axes

from cacorridor import UsageError, find_route
from cacorridor.routing import accounts
from cacorridor.routing.accounts import time_by_cause, time_distance
from cacorridor.routing.corridors import openings
from cacorridor.views.charts import bars as charts
from tests.networks import edited, toy_network

HOSTILE = "$x^$ <script>alert(1)</script> {{7*191}} \U0001f600 & ]]>"


@pytest.fixture
def routes():
    toy = toy_network()
    return [
        find_route(toy, "A1", "C1", modes=["rail"], name="rail"),
        find_route(toy, "A1", "C1", modes=["road"], name="road"),
        find_route(toy, "A1", "C1", modes=["road"], avoid=["BBB"], name="south"),
    ]


def test_hours_and_kilometres_grow_to_those_of_the_route(routes):
    for route in routes:
        table = time_distance(route)
        assert table["km_to"].iloc[-1] == pytest.approx(route.length_km)
        assert table["h_to"].iloc[-1] == pytest.approx(route.time_h)
        bounds = table["low_h"].iloc[-1], table["high_h"].iloc[-1]
        assert bounds == pytest.approx((route.time_low_h, route.time_high_h))
        assert table["h_from"].iloc[1:].to_numpy() == pytest.approx(table["h_to"].iloc[:-1].to_numpy())


def test_causes_sum_to_the_hours(routes):
    assert list(time_by_cause(routes).sum(axis=1)) == pytest.approx([route.time_h for route in routes])


def test_a_corridor_opens_with_the_last_of_its_links():
    toy = toy_network()
    table = openings(toy)
    assert set(table.columns) == {"corridor", "pair", "year", "status"}


def test_every_chart_returns_axes_with_units_on_them(routes):
    leverage = pd.DataFrame({"state": ["BBB"], "state_name": ["B"], "leverage_h": [3.0]})
    drawn = [
        charts.plot_tcd(routes),
        charts.plot_tcd(routes[0]),
        charts.plot_time_by_cause(routes),
        charts.plot_ranges(routes),
        charts.plot_leverage(leverage, leverage, labels=("2026", "2031")),
        charts.plot_openings(toy_network()),
    ]
    for axes in drawn:
        assert isinstance(axes, Axes)
        assert re.search(r"km|[Hh]ours|Year", axes.get_xlabel())


def test_hours_of_a_mode_that_is_not_known_are_drawn_too(routes, monkeypatch):
    monkeypatch.delitem(accounts.RUNNING, "rail")
    axes = charts.plot_time_by_cause(routes)
    _, names = axes.get_legend_handles_labels()
    assert "run by rail" in names
    drawn_h = sum(bar.get_width() for bar in axes.patches)
    assert drawn_h == pytest.approx(sum(route.time_h for route in routes))


def test_causes_that_are_not_known_are_told_apart():
    others = [f"run by {mode}" for mode in ("air", "barge", "pipe", "tram", "camel", "mule")]
    looks = charts.cause_looks(pd.DataFrame(1.0, index=["route"], columns=[*accounts.CAUSES, *others]))
    assert list(looks) == [*accounts.CAUSES, *others]
    assert len({tuple(sorted(look.items())) for look in looks.values()}) == len(looks)


def test_a_diagram_draws_one_line_a_route_that_ends_at_its_hours(routes):
    axes = charts.plot_tcd(routes)
    ends = [line.get_xydata()[-1].tolist() for line in axes.get_lines()]
    assert ends == [pytest.approx([route.length_km, route.time_h]) for route in routes]


def test_charts_can_be_drawn_into_axes_of_ones_own(routes):
    from matplotlib.figure import Figure

    own = Figure().add_subplot()
    assert charts.plot_ranges(routes, ax=own) is own


def test_a_chart_shows_itself_once_in_a_notebook(routes, monkeypatch):
    monkeypatch.delitem(sys.modules, "matplotlib.pyplot", raising=False)
    png, size = charts.plot_ranges(routes)._repr_png_()
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == pytest.approx(2 * size["width"], abs=2)  # sharp on any screen

    pyplot = importlib.import_module("matplotlib.pyplot")
    known = charts.plot_tcd(routes)
    assert known.figure.number in pyplot.get_fignums(), "pyplot.show() shows it"
    assert known._repr_png_()
    assert known.figure.number not in pyplot.get_fignums(), "the end of the cell would show it again"


def test_leverage_is_drawn_in_its_own_unit():
    table = pd.DataFrame({"state": ["BBB"], "state_name": ["Beta"], "leverage_usd": [40.0]})
    assert "US dollars" in charts.plot_leverage(table).get_xlabel()
    with pytest.raises(UsageError, match="same criterion"):
        charts.plot_leverage(table, table.rename(columns={"leverage_usd": "leverage_h"}))


def test_nothing_to_draw_is_refused():
    with pytest.raises(UsageError, match="one route or more"):
        charts.plot_tcd([])


def test_the_markup_is_the_same_every_time_and_names_itself(routes):
    one, two = (charts.svg(charts.plot_tcd(routes), "a <title>") for _ in range(2))
    assert one == two
    assert 'role="img"' in one
    assert "a &lt;title&gt;</title>" in one
    assert "<style" not in one
    assert "<metadata" not in one


def test_two_charts_on_a_page_share_no_id(routes):
    one = charts.svg(charts.plot_tcd(routes), "one")
    two = charts.svg(charts.plot_tcd(routes), "two")
    ids = [set(re.findall(r'\bid="([^"]+)"', drawing)) for drawing in (one, two)]
    assert not ids[0] & ids[1]
    for drawing, own in zip((one, two), ids, strict=True):
        assert set(re.findall(r'(?:xlink:href="#|url\(#)([^")]+)', drawing)) <= own


def test_hostile_names_are_shown_as_written(routes):
    toy = toy_network(edited("places", "b2", name=HOSTILE))
    route = find_route(toy, "A1", "C1", modes=["rail"], name=HOSTILE)
    for axes in (charts.plot_tcd([route, routes[1]]), charts.plot_tcd(route), charts.plot_ranges(route)):
        drawing = charts.svg(axes, HOSTILE)
        assert "<script" not in drawing
        assert "{{7*191}}" in drawing
        assert "$x^$" in drawing
