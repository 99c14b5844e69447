"""The figures that hours rest on: one row a figure of the tables, with its range, basis and source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cacorridor.costs.ranges import log_sigma

if TYPE_CHECKING:
    from collections.abc import Mapping


class Component(NamedTuple):
    """One figure and what it says of the hours that rest on it.

    ``key`` names the figure by table and row; ``group`` what varies together: a figure varies with itself,
    and the speeds of one mode vary together in all states, because weather and congestion do not stop at
    borders. ``low`` and ``high`` are the 10th and 90th percentile of the hours as shares of their mean;
    ``moving`` is the share of the hours in which the vehicle moves; ``value`` is the figure, in ``unit``.
    ``component`` is the kind of time that journeys inform, ``multiplier`` what they say of it, and ``shared``
    what varies beyond the figure itself: names and standard deviations of the logarithm.
    """

    key: str
    group: str
    value: float
    unit: str
    low: float
    high: float
    basis: str
    source_id: str
    year: int | None
    note: str
    moving: float = 0.0
    component: str = ""
    multiplier: float = 1.0
    spread: float = 1.0  # scale of the figure's own spread
    shared: tuple[tuple[str, float], ...] = ()

    @property
    def loadings(self) -> dict[str, float]:
        """Standard deviations of the logarithm by what they come from."""
        return {self.group: self.spread * log_sigma(self.low, self.high), **dict(self.shared)}


@dataclass(frozen=True, eq=False)
class Components:
    """The figures of a supernetwork; steps hold the numbers of their rows."""

    rows: tuple[Component, ...]

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Names of what varies together, in the order of the components."""
        return tuple(dict.fromkeys(group for row in self.rows for group in row.loadings))

    @cached_property
    def numbers(self) -> Mapping[Component, int]:
        """Number of each figure."""
        return {row: number for number, row in enumerate(self.rows)}

    @cached_property
    def moving(self) -> np.ndarray:
        """Share of the hours in which the vehicle moves, shape (components,)."""
        return np.array([row.moving for row in self.rows])

    def loadings(self, components: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
        """Lay out how some components vary: shape (components, groups), and the names of the groups."""
        own = [self.rows[number].loadings for number in components.tolist()]
        groups = tuple(dict.fromkeys(group for row in own for group in row))
        return np.array([[row.get(group, 0.0) for group in groups] for row in own]), groups
