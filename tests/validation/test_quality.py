"""How good the hours are, as a dataset says it of itself."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy.stats import norm
from tools.calibrate.quality import quality_table

import cacorridor as cc
from cacorridor.validation.quality import hours_quality
from tests.networks import toy_network, toy_rows


def test_a_dataset_says_how_good_its_hours_are() -> None:
    found = hours_quality(toy_network())
    assert found is not None
    assert (found.journeys, found.in_80, found.error_ratio, found.as_of) == (9, 0.75, 0.5, "2026-01-31")


def test_a_dataset_that_was_never_judged_says_nothing() -> None:
    assert hours_quality(toy_network({**toy_rows(), "quality": []})) is None
    assert hours_quality(toy_network(), journeys_of="road") is None


def test_a_test_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(cc.UsageError, match="left_out, holdout"):
        hours_quality(toy_network(), test="seen")


def test_the_embedded_dataset_was_judged_on_the_journeys_that_it_has(net: cc.Network) -> None:
    tables = (net.table("journeys"), net.table("journeys_holdout"))
    counted = sum(int(table["exclusion"].eq("").sum()) for table in tables)
    found = hours_quality(net)
    assert found is not None
    assert 0.9 * counted <= found.journeys <= counted  # some have no way in the network
    assert found.as_of == net.as_of


def test_coverage_counts_the_journeys_inside_the_range_that_promises_it() -> None:
    errors = [0.0, 0.6, -1.0, 1.5, 3.0]  # in standard deviations: two in 50 %, three in 80 %, four in 95 %
    judged = pd.DataFrame({"error": errors, "sd": 1.0, "rule_error": 2.0, "crps": 0.1, "rule_crps": 0.2})
    judged = judged.assign(mode_class="road", level="express")
    row = quality_table({"left_out": judged}, "2026-01-31").set_index("id").loc["left_out:road"]
    assert row[["in_50", "in_80", "in_95"]].tolist() == [0.4, 0.6, 0.8]
    assert (row["median_error_log"], row["error_ratio"]) == (1.0, 0.5)
    assert row["width"] == pytest.approx(12.97, abs=0.01)  # exp(2 * 1.2816)
    assert norm.ppf(0.9) == pytest.approx(1.2816, abs=1e-4)
