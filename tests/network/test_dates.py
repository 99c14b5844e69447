"""Years of links: what is in service today opened by then; later years are for what is not open yet."""

from __future__ import annotations

from dataclasses import replace

import pytest

import cacorridor as cc
from cacorridor.network.checks.dates import links_in_service_have_opened
from tests.networks import network_of

ENDS = {"o": "AAA", "d": "AAA"}  # o --- d, in data of 2026-01-31


def road(**facts: str) -> cc.Network:
    network = network_of(ENDS, [("road", "o", "d", {"AAA": 100}, facts)])
    return replace(network, as_of="2026-01-31")


def test_a_link_in_service_today_does_not_open_later() -> None:
    """The best way of today would run over it, and that of this year would not."""
    (fault,) = links_in_service_have_opened(road(opened="2031"))
    assert (fault.column, fault.allowed) == ("opened", "a year up to 2026 of a link in service today")


def test_data_without_a_day_know_no_today() -> None:
    assert not list(links_in_service_have_opened(replace(road(opened="2031"), as_of="")))


def test_a_link_that_opens_this_year_may_be_in_service_and_a_planned_one_waits() -> None:
    assert cc.find_route(road(opened="2026"), "o", "d").length_km == 100
    planned = road(opened="2031", status="planned")
    assert not list(links_in_service_have_opened(planned))
    with pytest.raises(cc.NoRouteError):
        cc.find_route(planned, "o", "d")
    assert cc.find_route(planned, "o", "d", year=2031).length_km == 100


def test_the_network_of_a_later_year_has_what_opened_by_then() -> None:
    later = road(opened="2031", status="planned").at(2031)
    assert not list(links_in_service_have_opened(later))
    assert cc.find_route(later, "o", "d").length_km == 100
