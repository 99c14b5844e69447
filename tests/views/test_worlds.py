"""The data of the explorer: arrays, months, borders and scenarios come out as they are in the network."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from cacorridor import UsageError, apply_scenarios, explorer, scenarios
from cacorridor.costs.measures import measures_of
from cacorridor.routing.graph.building import build_supernetwork, supernetwork_of
from cacorridor.views.atlas.borders import join_arcs, mark_from_afar, read_line, share_borders
from cacorridor.views.atlas.data import pack_data, unpack_data
from cacorridor.views.atlas.ground import FAR_TOLERANCE
from cacorridor.views.atlas.words import read_table
from cacorridor.views.atlas.worlds.amounts import factor_amounts
from cacorridor.views.atlas.worlds.changes import compare_networks
from cacorridor.views.atlas.worlds.columns import Columns
from cacorridor.views.atlas.worlds.months import monthly_changes
from cacorridor.views.atlas.worlds.pool import DIFFERENCES, KINDS, MEETINGS, PLACES, Pool
from cacorridor.views.atlas.worlds.scenarios import changes_under, describe_links_under, edited_networks
from cacorridor.views.explorer import geometry
from tests.networks import network_of, transfer
from tests.views.reading import Reader


def data_of(page):
    return unpack_data(json.loads(Reader(page).data_blocks[0]))


# ---------------------------------------------------------------- arrays and months


UNDO = {
    PLACES: lambda numbers, places: numbers[places],
    DIFFERENCES: lambda steps: np.cumsum(np.where(steps & 1, ~(steps >> 1), steps >> 1)),
    MEETINGS: lambda codes: np.where(codes == 0, np.cumsum(codes == 0) - 1, codes - (codes > 0)),
}


def read_array(pool, number):
    """Read an array of a pool as the page does."""
    kind, *rest = pool.entries[number]
    if kind < 0:
        return UNDO[kind](*(read_array(pool, each) for each in rest))
    sizes = [0 if kind < 0 else int(KINDS[kind][1]) * count for kind, count, *_ in pool.entries]
    start = sum(sizes[:number])
    content = pool.content[start : start + sizes[number]]
    count, is_sliced = rest
    if is_sliced:
        content = np.frombuffer(content, np.uint8).reshape(-1, count).T.tobytes()
    numbers = np.frombuffer(content, dtype=f"<{KINDS[kind]}")
    return numbers if KINDS[kind] == "f8" else numbers.astype(int)


@pytest.mark.parametrize(
    "values",
    [
        [1, 2, 300],
        [-5, 4],
        [0.5, 0.1, 0.5, 0.1] * 9,
        [0.1],
        [True, False],
        [],
        [*range(900)],
        [70_000 * place for place in range(50)],
        [2**31 - 1, 0] * 20,
        [0, 1, -1, 0, 2, 3, 1, 4, -1, 0, 5, 5, 6, 2, 7, 8, 3, 9] + [4, 9, 1, 7] * 30,
    ],
)
def test_an_array_comes_back_bit_by_bit(values):
    pool = Pool()
    pool.add(np.array([7, 8]))
    first, again = pool.add(np.array(values)), pool.add(np.array(values))
    assert first == again
    assert read_array(pool, first).tolist() == [
        float(value) if isinstance(value, float) else int(value) for value in values
    ]


@pytest.mark.parametrize(
    ("values", "form"),
    [(range(0, 9000, 3), DIFFERENCES), ([*range(300), *[7, 250, 31] * 9, *range(300, 900)], MEETINGS)],
)
def test_an_array_takes_the_form_that_is_short(values, form):
    pool = Pool()
    assert pool.entries[pool.add(list(values))][0] == form


def joined(factored, km, figures):
    """Multiply amounts again, as the page does."""
    keys = list(zip(*(column.tolist() for column in [km > 0, *figures]), strict=True))
    products = list(dict.fromkeys(keys))
    factors = factored.factors[[products.index(key) for key in keys]]
    amounts = factors * np.where(km > 0, km, 1.0)
    return (amounts.view(np.int64) + factored.units).view(float)


@given(st.data())
def test_amounts_are_factors_times_kilometres_to_the_last_bit(data):
    """Hours as the model has them: a length over a speed times what journeys say; standing as it is."""
    positive = st.floats(0.01, 1e4)
    figures = data.draw(st.integers(1, 4))
    speeds, learnt = (
        np.array(data.draw(st.lists(positive, min_size=figures, max_size=figures))) for _ in range(2)
    )
    steps = data.draw(st.lists(st.tuples(st.integers(0, figures - 1), st.just(0.0) | positive), min_size=1))
    figure, km = np.array([figure for figure, _ in steps]), np.array([length for _, length in steps])
    hours = np.where(km > 0, 2.4 * km / speeds[figure], speeds[figure]) * learnt[figure]
    factored = factor_amounts(hours, km, [figure])
    assert factored is not None
    assert joined(factored, km, [figure]).tolist() == hours.tolist()


def test_amounts_that_are_no_products_are_told_as_they_are():
    km, figure = np.array([10.0, 20.0, 0.0]), np.zeros(3, dtype=int)
    assert factor_amounts(np.array([1.0, 3.0, 5.0]), km, [figure]) is None
    assert factor_amounts(np.array([1.0, np.nan, 5.0]), km, [figure]) is None


def test_amounts_that_are_not_known_stay_so():
    km, figure = np.array([10.0, 20.0, 0.0]), np.array([-1, -1, 0])
    factored = factor_amounts(np.array([np.nan, np.nan, 5.0]), km, [figure])
    assert np.isnan(joined(factored, km, [figure])).tolist() == [True, True, False]


def test_packed_data_come_back_and_hold_no_letter_of_markup():
    data = {
        "names": ["<b>&amp;</b>", "\u041e\u0448", "\u2028"],
        "arrays": {"entries": [], "content": bytes(range(256))},
    }
    packed = pack_data(data)
    assert unpack_data(packed) == data
    assert not set('<>&"\\') & set(packed)
    assert packed.isascii()


def test_each_month_is_the_year_with_its_changes(net):
    whole = supernetwork_of(net, "express")
    columns = Columns(measures_of(whole.steps.components))
    changes = {
        month: change for change in monthly_changes(net, whole, "express", columns) for month in change.months
    }
    assert sorted(changes) == list(range(1, 13))
    for month in (1, 7):
        hours = whole.steps.hours.copy()
        hours[changes[month].gone] = 0
        hours[changes[month].rows] = changes[month].steps.hours
        kept = np.setdiff1d(np.arange(len(whole.tail)), changes[month].absent)
        sums = np.add.reduceat(hours, whole.arc_start[:-1])[kept]
        own = supernetwork_of(net, "express", month)
        expected = np.add.reduceat(own.steps.hours, own.arc_start[:-1])
        assert sorted(sums) == pytest.approx(sorted(expected), rel=1e-12)


# ---------------------------------------------------------------- borders


def test_borders_are_written_once_and_give_the_outlines_back(net):
    drawn = geometry.draw_states(net)
    arcs, shared = share_borders(drawn)
    written = sum(len(read_line(ring)) for state in drawn for part in state["area"] for ring in part)
    assert sum(map(len, arcs)) < 0.75 * written
    for state, outline in zip(shared, drawn, strict=True):
        for part, rings in zip(state["area"], outline["area"], strict=True):
            for chain, text in zip(part, rings, strict=True):
                ring, before = join_arcs(arcs, chain), read_line(text)
                begin = before.index(ring[0])
                assert ring == (*before[begin:-1], *before[:begin], before[begin])


def test_outlines_from_afar_are_areas_of_fewer_points_that_fit_together(net):
    drawn = geometry.draw_states(net)
    arcs, shared = share_borders(drawn)
    exact = net.states.geometry.to_numpy()
    marks = iter(mark_from_afar(arcs, geometry.simplify_together(exact, FAR_TOLERANCE)))
    few = [tuple(point for point in arc if next(marks)) for arc in arcs]
    assert sum(map(len, few)) < 0.5 * sum(map(len, arcs))
    # every ring is one that can be drawn, and neighbours leave no gap
    areas = [
        shapely.multipolygons([_polygon([join_arcs(few, chain) for chain in part]) for part in state["area"]])
        for state in shared
    ]
    assert shapely.is_valid(areas).all()
    assert shapely.coverage_is_valid(areas)
    square_degrees = shapely.area(areas) / geometry.UNITS_A_DEGREE**2
    assert square_degrees == pytest.approx(shapely.area(exact), rel=0.2, abs=0.1)


def _polygon(rings):
    return shapely.Polygon(rings[0], rings[1:])


def test_shapes_that_are_no_coverage_keep_every_point():
    apart = np.array([shapely.box(0, 0, 4, 4), shapely.box(3, 0, 8, 4)])
    line = ((0, 0), (0, 4000), (2000, 4000), (4000, 4000))
    assert mark_from_afar([line], geometry.simplify_together(apart, FAR_TOLERANCE)) == [
        True,
        True,
        False,
        True,
    ]


# ---------------------------------------------------------------- scenarios


def test_every_scenario_of_the_data_is_in_the_page_and_has_names(net):
    names = [supposed.name for supposed in edited_networks(net)]
    assert names == list(scenarios(net))
    assert set(names) == set(read_table("scenarios")), "a scenario has its name in assets/words.toml"
    assert [each["id"] for each in data_of(explorer(net).html())["network"]["scenarios"]] == names


def test_scenarios_that_only_open_and_close_leave_every_step_as_it_was(net):
    """What the page is told of them is what a comparison step by step finds."""
    whole = supernetwork_of(net, "express")
    columns = Columns(measures_of(whole.steps.components))
    kept = [supposed for supposed in edited_networks(net) if supposed.keeps_figures]
    assert {"cku-opens", "cku-late", "khorgos-closed", "iran-avoided"} <= {each.name for each in kept}
    for supposed in kept:
        found = compare_networks(whole, supernetwork_of(supposed.network, "express"), columns)
        assert len(found.rows) == len(found.gone) == 0, supposed.name
        along = found.absent[whole.link[found.absent] >= 0]  # transfers lead nowhere without their links
        (told,) = changes_under(net, supposed, "express", columns)
        assert told.absent.tolist() == along.tolist(), supposed.name
    opened = next(each for each in kept if each.name == "cku-opens")
    assert describe_links_under(net, opened.network)["in_service"].tolist() == [1] * 8


def test_a_scenario_that_is_applied_is_not_offered_again(net):
    edited = apply_scenarios(net, "khorgos-closed")
    assert "khorgos-closed" not in [supposed.name for supposed in edited_networks(edited)]


def test_a_network_with_more_ways_is_no_change_of_this_one(net):
    fewer = net.with_table("links", net.tables["links"].iloc[:-40])
    columns = Columns(measures_of(supernetwork_of(net, "express").steps.components))
    with pytest.raises(UsageError, match="ways that the network lacks"):
        compare_networks(supernetwork_of(fewer, "express"), supernetwork_of(net, "express"), columns)


def test_two_changes_of_the_same_modes_at_one_place_are_told_apart():
    """A crane and a ramp at one place: the slower one gets an hour more, and nothing else is a change."""
    states, links = (
        {"a": "AAA", "b": "AAA", "c": "AAA"},
        [
            ("rail_1435", "a", "b", {"AAA": 100}, {}),
            ("road", "b", "c", {"AAA": 100}, {}),
        ],
    )
    whole, edited = (
        build_supernetwork(
            network_of(
                states,
                links,
                transfers=[
                    transfer("b", "rail_1435", "road", 6),
                    transfer("b", "rail_1435", "road", hours, "ramp"),
                ],
            ),
            level="express",
        )
        for hours in (8, 9)
    )
    change = compare_networks(whole, edited, Columns(measures_of(whole.steps.components)))
    names, table = whole.steps.names, whole.steps
    details = [names.details[code] for code in table.detail[change.rows]]
    assert details == ["ramp", "ramp"]
    assert change.steps.hours.tolist() == [9, 9]
    assert len(change.absent) == len(change.gone) == 0
