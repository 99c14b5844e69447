"""The years of which the data speak."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from cacorridor.errors import UsageError, shorten

if TYPE_CHECKING:
    from cacorridor.network.model import Network

SINCE = 2000  # openings and closings since then are recorded; of older ones few are
HORIZON = 2050  # asked for also where no opening so late is expected


def known_years(network: Network) -> tuple[int, int]:
    """Return the first and the last year that may be asked for.

    They reach from 2000 to 2050, or to the last opening or closing of a link if that is later. They begin
    with the first opening only if every link has one: of a link without, the data say no more than that it
    has long been open, and the network of 1990 would be that of today.
    """
    if known_years not in network.derived:
        # every year that a link names, of opening or of closing
        links = network.columns("links")
        years = [int(year) for year in (*links["opened"], *links["closed"]) if year is not None]
        is_dated = all(year is not None for year in links["opened"])
        first = min([SINCE, *years]) if is_dated else SINCE
        network.derived[known_years] = first, max([HORIZON, *years])
    first, last = network.derived[known_years]
    return first, last


def require_year(network: Network, year: Any, name: str = "year") -> int:
    """Take a year of which the data speak.

    Raises
    ------
    UsageError
        If it is no whole number, or a year of which the data do not speak.

    """
    first, last = known_years(network)
    # whole numbers of numpy are years too, truth values are not
    try:
        number = None if isinstance(year, bool) else operator.index(year)
    except TypeError:
        number = None
    if number is None or not first <= number <= last:
        raise UsageError(f"{name} {shorten(repr(year))}; allowed: a whole number from {first} to {last}")
    return number


def is_open_in(year: int, opened: int | None, closed: int | None) -> bool:
    """Tell whether a link is open in a year: one not known bounds nothing, and its last year counts."""
    return (opened is None or opened <= year) and (closed is None or closed >= year)
