"""Draws of whole worlds: every dwell, ship and speed at once, each draw known by its number.

What varies together shares one normal number a draw. It comes from a stream of its own, keyed by the seed
and the name of the group, at the place of the draw: draw 17 is the same among a thousand and among a
million, and in every network that has the group, so that corridors and scenarios meet the same world.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cacorridor.analysis.spread import sigma_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scipy.sparse import csr_array

PER_COUNT = 4  # numbers that Philox makes of one value of its counter


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
        return cls(
            mean_h=csr_array((values, (rows, columns)), shape=(len(sums), len(factors))),
            sigma=np.array([sigma for _, sigma in factors], dtype=float),
            group=np.array([number[group] for group, _ in factors], dtype=int),
            groups=groups,
            seed=seed,
        )

    def hours(self, start: int, stop: int) -> np.ndarray:
        """Return the hours of each sum in the draws from start to stop, shape (sums, draws)."""
        normal = np.array([normals(self.seed, group, start, stop) for group in self.groups])
        sigma = self.sigma[:, None]
        factor = np.exp(sigma * normal.reshape(-1, stop - start)[self.group] - sigma**2 / 2)
        return np.asarray(self.mean_h @ factor)


def normals(seed: int, group: str, start: int, stop: int) -> np.ndarray:
    """Return a group's normal numbers of the draws from start to stop."""
    from scipy.special import ndtri

    key = int.from_bytes(hashlib.blake2b(f"{seed}/{group}".encode(), digest_size=16).digest())
    stream = np.random.Philox(key=key)
    stream.advance(start // PER_COUNT)
    skipped = start % PER_COUNT
    uniform = np.random.Generator(stream).random(stop - start + skipped)[skipped:]
    return np.asarray(ndtri(np.clip(uniform, 2**-54, None)))  # 0 would be minus infinity
