"""How good the hours are: what a judgement on journeys that were not seen came to, read from the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.network.columns import QUALITY_TESTS

if TYPE_CHECKING:
    from cacorridor.network.model import Network

LEFT_OUT = QUALITY_TESTS[0]
ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Quality:
    """One judgement of the hours on ``journeys`` published journeys that took no part in the fit.

    ``in_50``, ``in_80``, ``in_95`` are the shares of the journeys that lie in the ranges that promise these
    shares. ``bias_log`` is the median and ``median_error_log`` the median size of the logarithm of observed
    over predicted hours (positive: the journey took longer); ``error_ratio`` is that size over the one of
    the plainest rule, kilometres a day by class of modes; ``width`` the ratio of the 90th to the 10th
    percentile at the median; ``as_of`` the day of the data (YYYY-MM-DD).
    """

    test: str
    journeys_of: str
    journeys: int
    in_50: float
    in_80: float
    in_95: float
    bias_log: float
    median_error_log: float
    rule_error_log: float
    error_ratio: float
    crps: float
    rule_crps: float
    width: float
    as_of: str


def hours_quality(network: Network, *, test: str = LEFT_OUT, journeys_of: str = ALL) -> Quality | None:
    """Read how good the hours of a dataset are.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    test
        ``left_out``: each source in turn was left out of the fit; ``holdout``: journeys that took no part
        in the making at all.
    journeys_of
        ``all``, a class of modes (rail, rail+sea, road), or a service level.

    Returns
    -------
    Quality or None
        None where the dataset has no such judgement: a dataset of the user's own was never judged.

    Raises
    ------
    UsageError
        If ``test`` is another word.

    """
    if test not in QUALITY_TESTS:
        raise UsageError(f"test {test!r}; allowed: {', '.join(QUALITY_TESTS)}")
    # a folder of the user's own may lack the table: that is no error, there is only nothing to tell
    rows = network.rows("quality") if "quality" in network.tables else []
    matches = (row for row in rows if (row["test"], row["journeys_of"]) == (test, journeys_of))
    row = next(matches, None)
    return None if row is None else Quality(**{key: row[key] for key in Quality.__dataclass_fields__})
