"""The figures that hours, dollars and grams rest on: one row a figure, with its range, basis and source."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from cacorridor.costs.ranges import log_sigma
from cacorridor.vectors import column_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    import numpy as np

    from cacorridor.costs.ranges import Product, Terms
    from cacorridor.vectors import Column

KMH = "km/h"  # the unit of speeds
NO_FIGURE = -1  # where an amount rests on no figure, or on fewer than others do


class Component(NamedTuple):
    """One figure and what it says of the amounts that rest on it.

    ``key`` names the figure by table and row; ``group`` what varies together: a figure varies with itself,
    and the speeds of one mode vary together in all states, because weather and congestion do not stop at
    borders. ``low`` and ``high`` are the 10th and 90th percentile of the amount as shares of its mean;
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
    def duty_h_per_day(self) -> float:
        """Hours in 24 in which the vehicle may move at this speed; not a number where it is no speed."""
        return round(24 * self.moving, 6) if self.unit == KMH else math.nan

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
        return _groups_of(row.loadings for row in self.rows)

    @cached_property
    def numbers(self) -> Mapping[Component, int]:
        """Number of each figure."""
        return {row: number for number, row in enumerate(self.rows)}

    @cached_property
    def tables(self) -> frozenset[str]:
        """Names of the tables that the figures stand in."""
        return frozenset(row.key.partition("/")[0] for row in self.rows)

    @cached_property
    def moving(self) -> Column:
        """Share of the hours in which the vehicle moves, shape (components,)."""
        return column_of([row.moving for row in self.rows])

    def loadings(self, components: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
        """Lay out how some components vary: shape (components, groups), and the names of the groups.

        ``components`` are their numbers, of shape (components,), or (components, factors) where an amount
        rests on the product of several figures; -1 is no figure.
        """
        import numpy as np

        # a step may rest on a product of figures: one row of numbers each
        products = components.reshape(len(components), -1).tolist()
        by_group = [self.loadings_of(numbers) for numbers in products]
        groups = _groups_of(by_group)
        matrix = np.zeros((len(by_group), len(groups)))
        for row, loadings in zip(matrix, by_group, strict=True):
            row[:] = [loadings.get(group, 0.0) for group in groups]
        return matrix, groups

    def terms(self, amounts: Mapping[Product, float]) -> Terms:
        """Say how the terms of a sum vary, each an amount that rests on a product of figures."""
        varying = ((amount, self.loadings_of(numbers)) for numbers, amount in amounts.items())
        return [(amount, tuple(loadings.items())) for amount, loadings in varying if amount]

    def loadings_of(self, numbers: Sequence[int]) -> dict[str, float]:
        """Add up how the figures of a product vary: logarithms add."""
        total: dict[str, float] = {}
        for number in numbers:
            if number != NO_FIGURE:
                for group, sigma in self.rows[number].loadings.items():
                    total[group] = total.get(group, 0.0) + sigma
        return total


def _groups_of(loadings: Iterable[Mapping[str, float]]) -> tuple[str, ...]:
    """Name each group once, in the order in which they come."""
    return tuple(dict.fromkeys(itertools.chain.from_iterable(loadings)))


class Register:
    """Gives components their numbers, in the order of asking; hours, prices and factors share one."""

    def __init__(self) -> None:
        self.rows: list[Component] = []
        self._numbers: dict[Hashable, int] = {}

    @property
    def components(self) -> Components:
        """The components that steps have asked for."""
        return Components(tuple(self.rows))

    def number(self, key: Hashable, describe: Callable[[], Component]) -> int:
        """Give a component its number; one that was asked for before keeps it."""
        number = self._numbers.setdefault(key, len(self.rows))
        if number == len(self.rows):
            self.rows.append(describe())
        return number
