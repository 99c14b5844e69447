"""What a way around a state costs it, where the answer is known by hand.

::

        a1 (AAA) ---100 km--- b1 (BBB) ---100 km--- c1 (CCC)      the middle: 200 km, 13 h
           |                                         |
           |------150 km---- d1 (DDD) ----150 km-----|            the south: 300 km, 15.5 h
           |                                         |
           `------------- 3500 km by sea ------------'            the outside option

Alone, the middle saves outside - 13 and the south outside - 15.5; two that stand in for each other share.
"""

from __future__ import annotations

import pytest

from cacorridor import UsageError, leverage
from cacorridor.criticality.counterfactuals import bypass_costs
from tests.criticality.test_state_questions import MIDDLE, OCEAN, SOUTH, STATES
from tests.networks import network_of, toy_rows


@pytest.fixture
def square():
    services = [{**row, "link": "sea:a1:c1"} for row in toy_rows()["services"]]
    return network_of(STATES, [*MIDDLE, *SOUTH, OCEAN], services=services)


def links_between(network, *places):
    links = network.links
    return links.index[links["from"].isin(places) & links["to"].isin(places) & (links["mode"] != "sea")]


def test_a_way_costs_a_state_what_it_would_hold_without_it(square):
    ways = {"south": links_between(square, "a1", "d1", "c1")}
    row = bypass_costs(square, "a1", "c1", state="BBB", detours=ways).iloc[0]
    outside_h = leverage(square, "a1", "c1")["outside_h"].iloc[0]
    middle, south = outside_h - 13.0, outside_h - 15.5
    assert row["way"] == "south"
    assert row["leverage_h"] == pytest.approx(middle - south / 2)  # mean over both orders of joining
    assert row["leverage_without_h"] == pytest.approx(middle)
    assert row["cost_h"] == pytest.approx(south / 2)


def test_a_way_that_carries_nothing_costs_nothing(square):
    [cost_h] = bypass_costs(square, "a1", "c1", state="BBB", detours={"nothing": []})["cost_h"]
    assert cost_h == 0


@pytest.mark.parametrize(
    ("state", "links", "named"), [("XXX", [], "state 'XXX'"), ("BBB", ["no-link"], "link 'no-link'")]
)
def test_what_is_not_there_is_refused(square, state, links, named):
    with pytest.raises(UsageError, match=named):
        bypass_costs(square, "a1", "c1", state=state, detours={"way": links})
