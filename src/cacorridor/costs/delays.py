"""Hours that scenarios add at links: they are what was supposed, so nothing varies and nothing is learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.costs.components import Component
from cacorridor.costs.time import StepTime

if TYPE_CHECKING:
    from cacorridor.costs.components import Register
    from cacorridor.network.model import Network


def delay_at(network: Network, link: str, register: Register) -> StepTime | None:
    """Tell the hours that scenarios add at a link in either direction; None where they add none."""
    delay = network.delays.get(link)
    if delay is None:
        return None
    key = f"delays/{link}"
    figure = Component(
        key=key,
        group=key,
        value=delay.hours,
        unit="h",
        low=1.0,
        high=1.0,
        basis="derived" if delay.source_id else "assumed",
        source_id=delay.source_id,
        year=None,
        note=delay.note,
        component="delay",
    )
    return StepTime(delay.hours, register.number(key, lambda: figure))
