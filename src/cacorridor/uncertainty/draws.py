"""Draws of hours: every dwell, ship and speed at once, each draw known by its number.

What varies together shares one normal number a draw. It comes from a stream of its own, keyed by the seed
and the name of the group, at the place of the draw: draw 17 is the same among a thousand and among a
million, and in every network that has the group, so that corridors and scenarios meet the same draw.

A normal number is one of 65,536 equally likely values, the quantiles in the middle of their shares, and hours
are of 32 bits (7 digits): so that a draw costs less than the search for its routes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from cacorridor.costs.components import NO_FIGURE
from cacorridor.costs.measures import TIME, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scipy.sparse import csr_array

    from cacorridor.costs.measures import Measure
    from cacorridor.routing.graph.steps import StepTable

NUMBERS_A_COUNT = 16  # numbers of 16 bits that Philox makes of one value of its counter
QUANTILE_STEPS = 1 << 16


@dataclass(frozen=True, eq=False)
class HourDraws:
    """The hours of some sums of steps in each draw: lognormal figures with the means of the tables.

    ``exposure`` has a row for each sum and a column for each figure, hours; ``loadings`` has a row for each
    figure and a column for each of ``groups``: how much of its logarithm varies with the group.
    """

    exposure: csr_array
    loadings: csr_array
    groups: tuple[str, ...]
    seed: int

    @classmethod
    def of(
        cls,
        tables: Sequence[tuple[StepTable, np.ndarray]],
        sums: int,
        seed: int,
        measure: Measure = TIME,
    ) -> HourDraws:
        """Lay out sums of steps: tables, each with the sum that each of its steps belongs to.

        Steps that belong to the sum -1 count nowhere. Figures that vary alike share a column. A measure other
        than hours is laid out in the same way: each of its terms rests on the product of its figures.
        """
        from scipy.sparse import csr_array

        columns: dict[tuple[tuple[str, float], ...], int] = {}
        nothing = np.zeros(0), np.zeros(0, dtype=int), np.zeros(0, dtype=int)
        parts = [nothing]
        # each step adds hours to its sum, by the product of figures that it rests on
        for table, sum_of_step in tables:
            counted = np.flatnonzero(sum_of_step >= 0)
            for term in terms_of(measure, table):
                figures = np.column_stack(term.figures)[counted]
                products, product_of_step = np.unique(figures, axis=0, return_inverse=True)
                # products that vary alike share a column, whatever their figures are
                column_of = np.zeros(len(products), dtype=int)
                for number, product in enumerate(products.tolist()):
                    loadings = tuple(table.components.loadings_of(product).items())
                    column_of[number] = columns.setdefault(loadings, len(columns))
                column = column_of[product_of_step.reshape(-1)]
                parts.append((term.amount[counted], sum_of_step[counted], column))
        # all parts as one sparse matrix, sums by products of figures
        amounts, rows, figures_of = (np.concatenate(each) for each in zip(*parts, strict=True))
        varying, groups = _loadings(columns)
        return cls(
            exposure=csr_array((amounts.astype(np.float32), (rows, figures_of)), shape=(sums, len(columns))),
            loadings=varying,
            groups=groups,
            seed=seed,
        )

    def hours(self, start: int, stop: int) -> np.ndarray:
        """Return the hours of each sum in the draws from start to stop, shape (sums, draws), 32 bits."""
        # one normal number a group and draw; logarithms add, then each sum is one product
        normal = np.empty((len(self.groups), stop - start), dtype=np.float32)
        for group, row in zip(self.groups, normal, strict=True):
            normals(self.seed, group, start, stop, out=row)
        factor = np.asarray(self.loadings @ normal)
        del normal  # before the largest array is made
        np.subtract(factor, self._half_variance, out=factor)  # so that the mean is 1
        return np.asarray(self.exposure @ np.exp(factor, out=factor))

    @cached_property
    def _half_variance(self) -> np.ndarray:
        return np.asarray((self.loadings.multiply(self.loadings)).sum(axis=1)[:, None] / 2, dtype=np.float32)


def terms_of(measure: Measure, table: StepTable) -> tuple[Term, ...]:
    """List the terms of a measure; what has no range rests on no figure."""
    # a length, say: the same in every draw
    if measure.terms is not None:
        return measure.terms(table)
    return (Term(measure.amount(table), (np.full(len(table), NO_FIGURE),)),)


def _loadings(columns: Iterable[tuple[tuple[str, float], ...]]) -> tuple[csr_array, tuple[str, ...]]:
    """Lay out how much each figure varies with each group."""
    from scipy.sparse import csr_array

    # a row a figure: its groups in order, each with the standard deviation of its logarithm
    figures = list(columns)
    groups = tuple(dict.fromkeys(group for figure in figures for group, _ in figure))
    number = {group: position for position, group in enumerate(groups)}
    sds = np.array([sd for figure in figures for _, sd in figure], dtype=np.float32)
    codes = [number[group] for figure in figures for group, _ in figure]
    bounds = np.cumsum([0, *map(len, figures)])
    return csr_array((sds, codes, bounds), shape=(len(figures), len(groups))), groups


def normals(seed: int, group: str, start: int, stop: int, *, out: np.ndarray | None = None) -> np.ndarray:
    """Return a group's normal numbers of the draws from start to stop, 32 bits."""
    # the stream of a group is known by its name, and can be entered at any draw
    key = int.from_bytes(hashlib.blake2b(f"{seed}/{group}".encode(), digest_size=16).digest())
    stream = np.random.Philox(key=key)
    stream.advance(start // NUMBERS_A_COUNT)
    skipped = start % NUMBERS_A_COUNT
    count = -(-(stop - start + skipped) // 4)  # four numbers from 64 bits
    bits = stream.random_raw(count).astype("<u8", copy=False).view("<u2")
    return np.take(_quantiles(), bits[skipped : skipped + stop - start], out=out, mode="clip")


@cache
def _quantiles() -> np.ndarray:
    """Lay out the values of a normal number, scaled to the variance 1."""
    from scipy.special import ndtri

    quantiles = ndtri((np.arange(QUANTILE_STEPS) + 0.5) / QUANTILE_STEPS)
    return np.asarray(quantiles / quantiles.std(), dtype=np.float32)
