"""The figures that hours rest on: one row a figure of the tables, with its range, basis and source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from cacorridor.costs.ranges import log_sigma


class Component(NamedTuple):
    """One figure and what it says of the hours that rest on it.

    ``key`` names the figure by table and row; ``group`` what varies together: a figure varies with itself,
    and the speeds of one mode vary together in all states, because weather and congestion do not stop at
    borders. ``low`` and ``high`` are the 10th and 90th percentile of the hours as shares of their mean;
    ``moving`` is the share of the hours in which the vehicle moves; ``value`` is the figure, in ``unit``.
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


@dataclass(frozen=True, eq=False)
class Components:
    """The figures of a supernetwork; steps hold the numbers of their rows."""

    rows: tuple[Component, ...]

    @cached_property
    def group(self) -> np.ndarray:
        """Number of the group of each component, in the order of ``groups``."""
        number = {group: at for at, group in enumerate(self.groups)}
        return np.array([number[row.group] for row in self.rows], dtype=np.int32)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Names of what varies together, in the order of the components."""
        return tuple(dict.fromkeys(row.group for row in self.rows))

    @cached_property
    def sigma(self) -> np.ndarray:
        """Standard deviation of the logarithm of each component, shape (components,)."""
        return np.array([log_sigma(row.low, row.high) for row in self.rows])

    @cached_property
    def moving(self) -> np.ndarray:
        """Share of the hours in which the vehicle moves, shape (components,)."""
        return np.array([row.moving for row in self.rows])
