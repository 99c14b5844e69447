"""Lengths on the ellipsoid."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import LineString

from cacorridor.geodesy import distance_km, line_length_km, most_km


def test_a_degree_of_the_equator_and_of_a_meridian_have_their_known_lengths() -> None:
    assert distance_km(0, 0, 1, 0) == pytest.approx(111.3195, abs=1e-3)
    assert distance_km(0, 0, 0, 1) == pytest.approx(110.5744, abs=1e-3)


def test_almaty_and_tashkent_are_as_far_apart_as_the_atlas_says() -> None:
    assert distance_km(76.945, 43.238, 69.279, 41.311) == pytest.approx(664, rel=0.02)


def test_distances_of_many_points_come_as_an_array() -> None:
    distances = distance_km([0, 0], [0, 0], [1, 2], 0)
    assert distances.shape == (2,)
    assert distances[1] == pytest.approx(2 * distances[0])


def test_no_points_have_no_distances() -> None:
    assert distance_km(np.array([]), np.array([]), np.array([]), np.array([])).shape == (0,)


def test_a_line_is_as_long_as_its_parts() -> None:
    line = LineString([(70, 40), (71, 41), (72, 40)])
    parts = distance_km([70, 71], [40, 41], [71, 72], [41, 40])
    assert line_length_km(line) == pytest.approx(parts.sum())


def test_the_bound_is_never_below_a_distance_and_hardly_above() -> None:
    random = np.random.default_rng(0)
    start = random.uniform((-180, -90), (180, 90), (20_000, 2))
    apart = random.normal(size=start.shape) * random.choice([0, 1e-4, 0.1, 1, 30], start.shape)  # degrees
    end = np.clip(start + apart, (-540, -90), (540, 90))
    exact, bound = distance_km(*start.T, *end.T), most_km(*start.T, *end.T)
    assert (bound >= exact * (1 - 1e-12)).all()
    assert (bound <= exact * 1.011).all()
