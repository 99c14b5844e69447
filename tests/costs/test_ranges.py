"""The range of a sum of uncertain hours."""

from __future__ import annotations

import numpy as np
import pytest

from cacorridor.costs.components import Component, Components
from cacorridor.costs.ranges import HIGH, LOW, Z90, log_sigma, quantiles
from cacorridor.routing.graph.steps import COLUMNS, Names, StepTable

Step = tuple[float, float, float, str]  # mean, 10th and 90th percentile, hours; what it varies together with


def table_of(*steps: Step) -> StepTable:
    """A table of steps that are nothing but hours."""
    rows = [
        Component(
            f"figure-{number}", group, mean, "h", low / mean if mean else 1, high / mean if mean else 1,
            "assumed", "", None, "drawn",
        )
        for number, (mean, low, high, group) in enumerate(steps)
    ]  # fmt: skip
    columns = {name: np.zeros(len(steps), dtype=int) for name in COLUMNS}
    columns |= {"hours": np.array([step[0] for step in steps]), "component": np.arange(len(steps))}
    return StepTable(**columns, names=Names((), (), (), (), ()), components=Components(tuple(rows)))


def spread(*steps: Step) -> tuple[float, float]:
    table = table_of(*steps)
    laid_out = table.components.loadings(table.component)
    low, high = quantiles(table.hours[None, :], *laid_out, (LOW, HIGH))[:, 0].tolist()
    return low, high


def lognormal(mean: float, variation: float, group: str) -> Step:
    """A step with the 10th and 90th percentile of a lognormal."""
    sigma = np.sqrt(np.log1p(variation**2))
    median = mean * np.exp(-(sigma**2) / 2)
    return mean, float(median * np.exp(-Z90 * sigma)), float(median * np.exp(Z90 * sigma)), group


def drawn(*steps: Step, draws: int = 400_000) -> tuple[float, float]:
    """The range that plain random numbers give."""
    random = np.random.default_rng(1)
    normal = {group: random.standard_normal(draws) for *_, group in steps}
    hours = sum(
        mean * np.exp(sigma * normal[group] - sigma**2 / 2)
        for mean, low, high, group in steps
        for sigma in [log_sigma(low / mean, high / mean)]
    )
    low, high = np.quantile(hours, [0.1, 0.9])
    return float(low), float(high)


def test_certain_hours_have_no_width() -> None:
    assert spread((3, 3, 3, "a"), (4, 4, 4, "b")) == pytest.approx((7, 7))


def test_one_step_keeps_its_range() -> None:
    step = lognormal(10, 0.5, "a")
    assert spread(step) == pytest.approx(step[1:3], rel=0.003)


def test_steps_on_the_same_figure_vary_together() -> None:
    step = lognormal(10, 0.5, "a")
    assert spread(step, step) == pytest.approx((2 * step[1], 2 * step[2]), rel=0.003)


def test_steps_on_different_figures_vary_apart() -> None:
    together = spread(lognormal(10, 0.5, "a"), lognormal(10, 0.5, "a"))
    apart = spread(lognormal(10, 0.5, "a"), lognormal(10, 0.5, "b"))
    assert together[0] < apart[0] < apart[1] < together[1]


@pytest.mark.parametrize(
    "steps",
    [
        [(30, 0.2, "a"), (10, 0.8, "b")],
        [(50, 0.1, "a"), (5, 1.5, "b"), (5, 1.5, "c")],
        [(20, 0.6, name) for name in "abcdefgh"],
        [(100, 0.15, "a"), (40, 1.2, "b"), (10, 0.5, "a"), (3, 2.0, "c")],
    ],
    ids=["two", "rare waits", "eight alike", "a long journey"],
)
def test_a_range_is_what_drawing_gives(steps: list[tuple[float, float, str]]) -> None:
    terms = [lognormal(*step) for step in steps]
    assert spread(*terms) == pytest.approx(drawn(*terms), rel=0.03)


def test_splitting_a_step_does_not_change_the_range() -> None:
    whole = lognormal(10, 0.4, "a")
    parts = [(share * whole[0], share * whole[1], share * whole[2], "a") for share in (0.2, 0.3, 0.5)]
    assert spread(*parts) == pytest.approx(spread(whole))


def test_the_order_of_steps_does_not_matter() -> None:
    steps = [lognormal(5, 0.3, "a"), lognormal(9, 0.6, "b"), lognormal(2, 1.0, "a")]
    assert spread(*steps) == pytest.approx(spread(*steps[::-1]))


def test_a_lower_bound_of_zero_gives_a_finite_range() -> None:
    low, high = spread((10, 0, 20, "a"))
    assert 0 < low < 10 < high < np.inf


def test_steps_that_take_no_time_add_nothing() -> None:
    step = lognormal(10, 0.5, "a")
    assert spread(step, (0, 0, 0, "b")) == pytest.approx(spread(step))
    assert spread((0, 0, 0, "b")) == (0, 0)
