"""Draws of whole worlds: every dwell, ship and speed at once, each draw known by its number.

What varies together shares one normal number a draw. It comes from a stream of its own, keyed by the seed
and the name of the group, at the place of the draw: draw 17 is the same among a thousand and among a
million, and in every network that has the group, so that corridors and scenarios meet the same world.

A normal number is one of 65,536 equally likely values, the quantiles in the middle of their shares, and hours
are of 32 bits (7 digits): so that a world costs less to draw than its routes cost to find.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cacorridor.costs.ranges import sigma_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scipy.sparse import csr_array

PER_COUNT = 16  # numbers of 16 bits that Philox makes of one value of its counter
VALUES = 1 << 16


class Uncertain(NamedTuple):
    """Hours with their 10th and 90th percentile, and the name of what varies together with them."""

    mean_h: float
    low_h: float
    high_h: float
    group: str


@dataclass(frozen=True, eq=False)
class Worlds:
    """The hours of some sums of steps in each draw: lognormal steps with the means of the tables.

    ``mean_h`` has a row for each sum and a column for each factor (a group with one spread), hours.
    """

    mean_h: csr_array
    sigma: np.ndarray
    group: np.ndarray
    groups: tuple[str, ...]
    seed: int

    @classmethod
    def of(cls, sums: Sequence[Iterable[Uncertain]], seed: int) -> Worlds:
        """Lay out sums of hours, such as the arcs of a network or whole routes."""
        from scipy.sparse import csr_array

        factors: dict[tuple[str, float], int] = {}
        rows, columns, values = [], [], []
        for row, durations in enumerate(sums):
            for took in durations:
                factor = (took.group, sigma_of(took.mean_h, took.low_h, took.high_h))
                rows.append(row)
                columns.append(factors.setdefault(factor, len(factors)))
                values.append(took.mean_h)
        groups = tuple(dict.fromkeys(group for group, _ in factors))
        number = {group: at for at, group in enumerate(groups)}
        shape = len(sums), len(factors)
        return cls(
            mean_h=csr_array((np.array(values, dtype=np.float32), (rows, columns)), shape=shape),
            sigma=np.array([sigma for _, sigma in factors], dtype=np.float32),
            group=np.array([number[group] for group, _ in factors], dtype=int),
            groups=groups,
            seed=seed,
        )

    def hours(self, start: int, stop: int) -> np.ndarray:
        """Return the hours of each sum in the draws from start to stop, shape (sums, draws), 32 bits."""
        normal = np.empty((len(self.groups), stop - start), dtype=np.float32)
        for group, row in zip(self.groups, normal, strict=True):
            normals(self.seed, group, start, stop, out=row)
        sigma = self.sigma[:, None]
        factor = normal[self.group]
        np.multiply(factor, sigma, out=factor)
        np.subtract(factor, sigma**2 / 2, out=factor)  # so that the mean is 1
        return np.asarray(self.mean_h @ np.exp(factor, out=factor))


def normals(seed: int, group: str, start: int, stop: int, *, out: np.ndarray | None = None) -> np.ndarray:
    """Return a group's normal numbers of the draws from start to stop, 32 bits."""
    key = int.from_bytes(hashlib.blake2b(f"{seed}/{group}".encode(), digest_size=16).digest())
    stream = np.random.Philox(key=key)
    stream.advance(start // PER_COUNT)
    skipped = start % PER_COUNT
    count = -(-(stop - start + skipped) // 4)  # four numbers from 64 bits
    bits = stream.random_raw(count).astype("<u8", copy=False).view("<u2")
    return np.take(_quantiles(), bits[skipped : skipped + stop - start], out=out, mode="clip")


@cache
def _quantiles() -> np.ndarray:
    """Lay out the values of a normal number, scaled to the variance 1."""
    from scipy.special import ndtri

    values = ndtri((np.arange(VALUES) + 0.5) / VALUES)
    return np.asarray(values / values.std(), dtype=np.float32)
