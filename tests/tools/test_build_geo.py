"""The pure pieces of the geo build on hand-made graphs; one degree of longitude is 111.3 km."""

import numpy as np
import pytest

pytest.importorskip("scipy", reason="group geo-build")

import shapely
from tools.build_geo import geodesic, overlay, repair, states, stations, tables, via
from tools.build_geo.carriers import Town
from tools.build_geo.drawing import Drawn, NoTrackError, road_circuity, shortest_path
from tools.build_geo.railgraph import RailGraph, split_edges

KM = 1 / 111.32  # degrees of longitude on the equator


def railway(*edges, nodes):
    """Make a graph on the equator from positions in km and ``(from, to, km)``."""
    points = np.array(nodes, dtype=float) * KM
    ends = np.array([edge[:2] for edge in edges])
    return RailGraph(points, ends, np.array([edge[2] for edge in edges], dtype=float))


def way_km(graph, start, end):
    return shortest_path(graph.matrix(), start, end, 1e4)[1]


class TestSplitEdges:
    def test_two_nodes_on_one_edge_share_its_length(self):
        #  0 ------x---x- 1        40 km of track over a chord of 30 km, cut at 1/4 and 3/4
        graph = railway((0, 1, 40), nodes=[(0, 0), (30, 0)])
        points = np.array([(22, 0), (8, 0)]) * KM
        cut, numbers = split_edges(graph, np.array([0, 0]), np.array([0.75, 0.25]), points)
        assert numbers.tolist() == [2, 3]
        assert cut.km.sum() == pytest.approx(40)
        assert way_km(cut, 0, 3) == pytest.approx(10)
        assert way_km(cut, 3, 2) == pytest.approx(20)

    def test_other_edges_stay(self):
        graph = railway((0, 1, 10), (1, 2, 10), nodes=[(0, 0), (10, 0), (20, 0)])
        cut, _ = split_edges(graph, np.array([1]), np.array([0.5]), np.array([(15, 0)]) * KM)
        assert cut.ends.tolist() == [[0, 1], [1, 3], [3, 2]]


class TestBridges:
    def test_gap_is_closed(self):
        #  0 ---- 1   2 ---- 3      a gap of 2 km
        graph = railway((0, 1, 10), (2, 3, 10), nodes=[(0, 0), (10, 0), (12, 0), (22, 0)])
        bridged = repair.bridge_dead_ends(graph)
        assert way_km(bridged, 0, 3) == pytest.approx(22, abs=0.05)

    def test_wide_gap_stays(self):
        graph = railway((0, 1, 10), (2, 3, 10), nodes=[(0, 0), (10, 0), (14, 0), (24, 0)])
        assert len(repair.bridge_dead_ends(graph).km) == 2

    def test_dead_end_meets_the_middle_of_a_line(self):
        #        2
        #        |                  1 km short of the line
        #  0 ------------ 1
        graph = railway((0, 1, 20), (2, 3, 5), nodes=[(0, 0), (20, 0), (10, 1), (10, 6)])
        bridged = repair.bridge_dead_ends(graph)
        assert way_km(bridged, 0, 2) == pytest.approx(11, abs=0.05)

    def test_double_track_is_led_on_past_its_twin(self):
        #  0 ===== 1                both tracks end; each end lies nearest to the other one
        #  0 ===== 2   3 ---- 4
        graph = railway((0, 1, 9), (0, 2, 9), (3, 4, 9), nodes=[(0, 0), (9, 0.1), (9, 0), (11, 0), (20, 0)])
        assert way_km(repair.bridge_dead_ends(graph), 0, 4) == pytest.approx(20, abs=0.2)

    def test_named_gap_stays_open(self):
        graph = railway((0, 1, 10), (2, 3, 10), nodes=[(0, 0), (10, 0), (12, 0), (22, 0)])
        bridged = repair.bridge_dead_ends(graph, keep_open=np.array([(11, 0)]) * KM)
        assert len(bridged.km) == 2


class TestEllipses:
    #         2 --- 3             station 2 lies 3 km beside the chord 0-1 of a line of 62 km
    #  0 ------------------ 1
    nodes = ((0, 0), (60, 0), (30, 3), (30, 20))

    def test_dead_end_becomes_a_station_of_a_contracted_edge(self):
        joined = repair.join_on_ellipses(railway((0, 1, 62), (2, 3, 18), nodes=self.nodes))
        assert way_km(joined, 0, 3) == pytest.approx(31 + 18, abs=0.1)

    def test_dead_end_with_a_short_way_to_the_edge_stays(self):
        graph = railway((0, 1, 62), (2, 3, 18), (3, 1, 40), nodes=self.nodes)
        assert len(repair.join_on_ellipses(graph).km) == 3


class TestPatches:
    def test_patch_joins_the_nearest_nodes(self):
        graph = railway((0, 1, 10), (2, 3, 10), nodes=[(0, 0), (10, 0), (50, 0), (60, 0)])
        patch = tables.Patch("gap", "join", (10.5 * KM, 0.0), (50 * KM, 0.0), 44.0)
        assert way_km(repair.apply_patches(graph, [patch]), 0, 3) == pytest.approx(64)


class TestStations:
    def test_station_bends_a_contracted_edge(self):
        #         p                   10 km beside a chord of 100 km that stands for 105 km of track
        #  0 ------------ 1
        graph = railway((0, 1, 105), nodes=[(0, 0), (100, 0)])
        point = (25 * KM, 10 * KM)
        bent, stops = stations.insert_stations(graph, [point])
        stop = stops[point]
        assert bent.nodes[stop.node] == pytest.approx(point)
        assert way_km(bent, 0, stop.node) + way_km(bent, stop.node, 1) == pytest.approx(105)

    def test_station_out_of_the_way_is_left_out(self):
        graph = railway((0, 1, 105), nodes=[(0, 0), (100, 0)])
        _, stops = stations.insert_stations(graph, [(50 * KM, 40 * KM)])
        assert not stops

    def test_several_stations_share_one_chord(self):
        graph = railway((0, 1, 105), nodes=[(0, 0), (100, 0)])
        points = [(25 * KM, 5 * KM), (75 * KM, 5 * KM)]
        bent, stops = stations.insert_stations(graph, points)
        assert way_km(bent, *(stops[point].node for point in points)) == pytest.approx(52, abs=1)

    def test_station_beside_the_track_snaps_to_it(self):
        #     p     2 km beside a track that is drawn true
        #  0-1-2-3-4-5-6-7-8-9-..
        count = 21
        edges = [(i, i + 1, 4) for i in range(count - 1)]
        graph = railway(*edges, nodes=[(4 * i, 0) for i in range(count)])
        snapped, stops = stations.insert_stations(graph, [(22 * KM, 2 * KM)])
        (stop,) = stops.values()
        assert stop.gap_km == pytest.approx(2, abs=0.05)
        assert way_km(snapped, 0, stop.node) == pytest.approx(22, abs=0.01)


def link(**changes):
    row = {
        "id": "road:a:b",
        "start": "a",
        "end": "b",
        "mode": "road",
        "drawn": "towns",
        "via": (),
        "touches": (),
        "length_km": None,
        "length_basis": "",
    }
    return tables.Link(**(row | changes))


def network(*links, states_of=("AAA", "CCC")):
    places = {
        "a": tables.Place("a", "A", states_of[0], (0.5, 0.0)),
        "b": tables.Place("b", "B", states_of[1], (3.5, 0.0)),
    }
    return tables.Tables(places, {one.id: one for one in links}, (), {})


def drawn(one, *points, measured_km=None):
    line = np.array(points, dtype=float)
    km = geodesic.line_km(line)
    return Drawn(one, line, km, km, measured_km or km, "line")


#  AAA | BBB | CCC     three states side by side, two degrees, a sliver and two degrees wide
WIDE = states.States(
    ("AAA", "BBB", "CCC"),
    (shapely.box(0, -1, 2, 1), shapely.box(2, -1, 2.005, 1), shapely.box(2.005, -1, 4, 1)),
)


class TestOverlay:
    def test_line_is_cut_at_the_borders_in_order_of_travel(self):
        pieces = overlay.pieces_in_states(drawn(link(), (3.5, 0), (0.5, 0)), WIDE)
        assert [code for code, _ in pieces] == ["CCC", "BBB", "AAA"]
        assert sum(km for _, km in pieces) == pytest.approx(3 * 111.32, abs=0.1)

    def test_sliver_of_a_foreign_state_goes_to_the_neighbour(self):
        one = drawn(link(), (0.5, 0), (3.5, 0))
        (measured,) = overlay.measure_links([one], network(one.link), WIDE)
        assert list(measured.km) == ["AAA", "CCC"]

    def test_touched_state_keeps_its_sliver(self):
        one = drawn(link(touches=("BBB",)), (0.5, 0), (3.5, 0))
        (measured,) = overlay.measure_links([one], network(one.link), WIDE)
        assert list(measured.km) == ["AAA", "BBB", "CCC"]

    def test_part_in_no_state_is_told(self):
        one = drawn(link(), (0.5, 0), (0.5, 2), (0.6, 0))
        assert "none" in dict(overlay.pieces_in_states(one, WIDE))

    def test_sea_counts_as_sea(self):
        one = drawn(link(mode="sea", drawn="sea"), (0.5, 0), (3.5, 0))
        (measured,) = overlay.measure_links([one], network(one.link), WIDE)
        assert measured.km == {"sea": measured.measured_km}


class TestShares:
    @pytest.mark.parametrize("total", [0.1, 1.0, 99.9, 100.0, 1234.5])
    def test_shares_sum_to_the_measured_length(self, total):
        shares = overlay.shares([("AAA", 1.0), ("BBB", 1.0), ("CCC", 1.0), ("AAA", 0.5)], total)
        assert round(sum(shares.values()), 6) == total

    def test_first_slivers_go_to_the_piece_after(self):
        pieces = overlay.drop_slivers([("XXX", 0.4), ("AAA", 5.0), ("XXX", 0.3)], {"AAA"})
        assert pieces == [("AAA", pytest.approx(5.7))]


class TestStates:
    def test_area_drawn_twice_goes_to_the_smaller_state(self):
        zones = {"BIG": [shapely.box(0, 0, 10, 10)], "SML": [shapely.box(9, 0, 12, 2)]}
        dissolved = states.dissolve(zones)
        assert dissolved.shape("BIG").area == pytest.approx(98)
        assert dissolved.shape("SML").area == pytest.approx(6)

    def test_display_is_a_coverage(self):
        shown = states.for_display(WIDE, window=(0.5, -0.5, 3.5, 0.5))
        assert states.coverage_faults(shown) == []

    def test_state_at_sea_is_none(self):
        assert states.states_at(WIDE, [(1, 0), (9, 9)]) == ["AAA", None]

    def test_distance_to_the_own_state(self):
        assert states.distance_to_state_km(WIDE, "CCC", (1.005, 0)) == pytest.approx(111.3, abs=0.1)


class TestVia:
    def test_namesake_far_off_is_not_taken_for_its_size(self):
        towns = [Town("KZ", (1.0, 0.1), 900), Town("KZ", (40.0, 0.0), 900_000)]
        assert via.choose_town(towns, (0, 0), (2, 0)).population == 900

    def test_coordinates_are_lat_lon(self):
        one = link(via=("0.5 1.25",))
        assert via.points_of(one, network(one))[1] == (1.25, 0.5)

    def test_place_id_is_a_point(self):
        one = link(via=("b",))
        assert via.points_of(one, network(one))[1] == (3.5, 0.0)

    def test_nonsense_is_refused(self):
        one = link(via=("somewhere",))
        with pytest.raises(via.UnknownViaError, match="somewhere"):
            via.points_of(one, network(one))


class TestCircuity:
    def test_only_sourced_roads_count(self):
        km = geodesic.line_km([(0.5, 0.0), (3.5, 0.0)])
        roads = [
            link(id="road:1", length_km=1.2 * km, length_basis="published"),
            link(id="road:2", length_km=9 * km, length_basis="assumed"),
        ]
        ways = {one.id: [(0.5, 0.0), (3.5, 0.0)] for one in roads}
        assert road_circuity(network(*roads), ways) == pytest.approx(1.2)

    def test_shares_of_one_figure_count_once(self):
        km = geodesic.line_km([(0.5, 0.0), (3.5, 0.0)])
        lengths = {"a": ("one", 1.4), "b": ("one", 1.4), "c": ("one", 1.4), "d": ("two", 1.1), "e": ("", 1.2)}
        roads = [
            link(id=key, length_km=ratio * km, length_basis="derived", source_id=source)
            for key, (source, ratio) in lengths.items()
        ]
        ways = {one.id: [(0.5, 0.0), (3.5, 0.0)] for one in roads}
        assert road_circuity(network(*roads), ways) == pytest.approx(1.2)


def test_no_way_within_the_limit():
    graph = railway((0, 1, 10), (1, 2, 10), nodes=[(0, 0), (10, 0), (20, 0)])
    assert shortest_path(graph.matrix(), 0, 2, 15) == ([], float("inf"))
    assert issubclass(NoTrackError, ValueError)
