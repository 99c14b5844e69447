"""The order in which groups run through their normal numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from cacorridor.costs.strata import STRATA, normal_strata, order_key, permutation


@given(st.integers(0, 2**128 - 1), st.integers(2, 3000))
@example(0, STRATA)
@example(2**128 - 1, STRATA)
@example(7, 9000)  # more numbers than are made at once
def test_the_shuffle_is_that_of_numpy(key: int, size: int) -> None:
    generator = np.random.Generator(np.random.Philox(key=key))
    assert permutation(key, size) == generator.permutation(size).tolist()


def test_strata_are_the_middles_of_equal_shares() -> None:
    strata = normal_strata()
    assert len(strata) == STRATA
    assert list(strata) == sorted(strata)
    assert strata == tuple(-number for number in reversed(strata))


def test_groups_have_keys_of_their_own() -> None:
    assert order_key("speeds/road") != order_key("speeds/rail_1520")
    assert 0 <= order_key("speeds/road") < 2**128
