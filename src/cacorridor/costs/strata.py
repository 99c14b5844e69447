"""The normal numbers that uncertain figures run through: one a stratum, each group in an order of its own.

The order is a shuffle by the stream of Philox4x64-10 (Salmon et al. 2011) whose key is the name of the group,
as NumPy's generator shuffles. Without NumPy the standard library makes the same stream: the blocks of all
counters lie side by side in the lanes of one long integer, so that each round is a few operations on it.
"""

from __future__ import annotations

import hashlib
import struct
from functools import cache
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from cacorridor.vectors import Vector, has_numpy

if TYPE_CHECKING:
    from cacorridor.vectors import Column

STRATA = 2048  # sample size; a percentile of a sum of two dozen figures is then within about 1 %

WORD = (1 << 64) - 1
MULTIPLIERS = 0xD2E7470EE14C6C93, 0xCA5A826395121157  # of Philox4x64, and below what is added to its key
WEYL = 0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B
ROUNDS = 10
LANE = 16  # bytes: the product of two words
BLOCKS = 376  # of eight numbers each, made together; a shuffle of 2048 asks for about 355


def order_key(group: str) -> int:
    """Return the key of the generator that orders the strata of a group, 128 bits."""
    return int.from_bytes(hashlib.blake2b(group.encode(), digest_size=16).digest())


def stratified_normals(group: str) -> Column:
    """Return the quantiles of the normal distribution in an order that is the group's own.

    The orders of two groups are independent of each other, and those of one are the same in every process.
    """
    return _ordered_array(group) if has_numpy() else _ordered_vector(group)


@cache
def normal_strata() -> tuple[float, ...]:
    """Lay out one normal number for each stratum, the middle of its share."""
    from statistics import NormalDist

    normal = NormalDist()
    lower = [normal.inv_cdf((stratum + 0.5) / STRATA) for stratum in range(STRATA // 2)]
    return *lower, *(-number for number in reversed(lower))  # middles are exact: the halves mirror each other


@cache
def _ordered_array(group: str) -> Column:
    import numpy as np

    stream = np.random.Generator(np.random.Philox(key=order_key(group)))
    return np.array(normal_strata())[stream.permutation(STRATA)]


@cache
def _ordered_vector(group: str) -> Any:
    strata = normal_strata()
    return Vector([strata[stratum] for stratum in permutation(order_key(group), STRATA)])


def permutation(key: int, size: int) -> list[int]:
    """Shuffle the numbers below a size as the generator of NumPy does whose stream has a key."""
    # from the last place down, each changes with one at or below it; a number beyond is thrown away
    order = list(range(size))
    last = size - 1
    mask = (1 << last.bit_length()) - 1
    half = mask >> 1  # places at or below which half as many numbers do
    for number in chain.from_iterable(_draw_numbers(key, first) for first in count(1, BLOCKS)):
        other = number & mask
        if other <= last:
            order[last], order[other] = order[other], order[last]
            last -= 1
            if last <= half:
                if not half:
                    break
                mask, half = half, half >> 1
    return order


def _draw_numbers(key: int, first: int) -> list[int]:
    """Make the numbers of 32 bits that Philox makes of a key, from a counter on; numpy begins at 1."""
    # a lane for each counter: its four words in four long integers, and so the two words of the key
    counters, ones = _lanes(first)
    mask = ones * WORD
    words = counters, 0, 0, 0
    keys = ones * (key & WORD), ones * (key >> 64)
    weyl = tuple(ones * word for word in WEYL)
    for _ in range(ROUNDS):
        even, odd = words[0] * MULTIPLIERS[0], words[2] * MULTIPLIERS[1]
        high_even, high_odd = (even >> 64) & mask, (odd >> 64) & mask
        words = high_odd ^ words[1] ^ keys[0], odd & mask, high_even ^ words[3] ^ keys[1], even & mask
        keys = (keys[0] + weyl[0]) & mask, (keys[1] + weyl[1]) & mask
    # two words a lane, each as two numbers, the lower one first
    numbers = [0] * (8 * BLOCKS)
    for half, lanes in enumerate((words[0] | words[1] << 64, words[2] | words[3] << 64)):
        unpacked = struct.unpack(f"<{4 * BLOCKS}I", lanes.to_bytes(LANE * BLOCKS, "little"))
        for place in range(4):
            numbers[4 * half + place :: 8] = unpacked[place::4]
    return numbers


@cache
def _lanes(first: int) -> tuple[int, int]:
    """Lay out counters, and a one for each of them, in lanes."""
    counters = b"".join(counter.to_bytes(LANE, "little") for counter in range(first, first + BLOCKS))
    ones = (1).to_bytes(LANE, "little") * BLOCKS
    return int.from_bytes(counters, "little"), int.from_bytes(ones, "little")
