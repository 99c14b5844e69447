"""What journeys say of the figures: each step belongs to a component, and the table scales its hours."""

from __future__ import annotations

import pandas as pd
import pytest

from cacorridor import Network, find_route
from cacorridor.costs.calibration import Calibration
from tests.networks import toy_network


def calibrated(**multipliers: float) -> Network:
    """The toy with a table of calibration; keys are ids with __ for a colon."""
    rows = [
        {"id": key.replace("__", ":"), "group": "g", "multiplier": value, "sd_log": 0.0, "journeys": 9}
        for key, value in multipliers.items()
    ]
    return toy_network().with_table("calibration", pd.DataFrame(rows))


def test_runs_are_told_apart_by_mode_and_kind_of_line() -> None:
    of = Calibration(toy_network(), "express")
    assert [of.run("rail_1520", state) for state in ("KAZ", "CHN", "POL")] == [
        "run:rail:trunk", "run:rail:CHN", "run:rail:other",
    ]  # fmt: skip
    assert (of.run("road", "KGZ"), of.run("sea", "sea")) == ("run:road", "sail")


def test_borders_and_transfers_are_told_apart_by_what_is_done_there() -> None:
    of = Calibration(toy_network(), "express")
    assert of.border("road:a3:b1", "road", frozenset({"AAA", "BBB"})) == "border:road:customs"
    assert of.border("sea:aport:cport", "sea", frozenset({"AAA", "CCC"})) == "border:port"
    pairs = ("rail_1435", "rail_1520"), ("road", "sea"), ("road", "rail_1520")
    assert [of.transfer(*pair) for pair in pairs] == [
        "transfer:gauge", "transfer:port", "transfer:terminal",
    ]  # fmt: skip


def test_a_multiplier_scales_the_hours_that_rest_on_its_component() -> None:
    plain = find_route(toy_network(), "a1", "c1", modes=["road"])
    slower = find_route(calibrated(run__road=1.5, border__road__customs=2.0), "a1", "c1", modes=["road"])
    expected = plain.steps.groupby("kind")["time_h"].sum() * pd.Series({"run": 1.5, "border": 2.0})
    assert slower.steps.groupby("kind")["time_h"].sum().to_dict() == pytest.approx(expected.to_dict())


@pytest.mark.parametrize("mode", ["rail_1520", "road"])
def test_a_level_scales_trains_and_block_starts_from_the_figures_of_express(mode: str) -> None:
    def hours(network: Network, level: str) -> pd.Series[float]:
        return (
            find_route(network, "a1", "c1", modes=[mode], level=level).steps.groupby("kind")["time_h"].sum()
        )

    network, plain = calibrated(level__block=0.7, level__express=1.3), hours(toy_network(), "express")
    factors = (0.7, 1.3) if mode == "rail_1520" else (1.0, 1.0)
    for level, factor in zip(("block", "express"), factors, strict=True):
        scaled = hours(network, level)
        assert scaled[["run", "border"]].to_dict() == pytest.approx(
            (factor * plain[["run", "border"]]).to_dict()
        )


def test_a_truck_is_the_same_truck_at_every_level(net: Network) -> None:
    speeds = net.table("speeds")
    road = speeds[speeds["mode"] == "road"].set_index(["state", "year"])
    figures = ["speed_kmh", "speed_low_kmh", "speed_high_kmh", "duty_h_per_day"]
    express, typical = (road[road["level"] == level][figures] for level in ("express", "typical"))
    assert express.equals(typical.loc[express.index])
    learnt = {Calibration(net, level).learnt("run:road") for level in ("block", "express", "typical")}
    assert len(learnt) == 1


@pytest.mark.parametrize("mode", ["road", "rail"])
def test_a_better_level_is_no_slower_between_tashkent_and_china(net: Network, mode: str) -> None:
    block, express, typical = (
        find_route(net, "Tashkent", "Kashgar" if mode == "road" else "Urumqi", modes=[mode], level=level)
        for level in ("block", "express", "typical")
    )
    assert block.time_h <= express.time_h <= typical.time_h


def test_how_journeys_differ_widens_the_range_and_the_draws_alike() -> None:
    from cacorridor import simulate

    rows = [{"id": "journey:road", "group": "g", "multiplier": 1.0, "sd_log": 0.5, "journeys": 9}]
    network = toy_network().with_table("calibration", pd.DataFrame(rows))
    route, plain = (find_route(each, "a1", "c1", modes=["road"]) for each in (network, toy_network()))
    assert route.time_high_h / route.time_low_h > plain.time_high_h / plain.time_low_h
    row = simulate(network, [route], draws=8_000, seed=2).summary().iloc[0]
    assert (row["p10_h"], row["p90_h"]) == pytest.approx((route.time_low_h, route.time_high_h), rel=0.03)
