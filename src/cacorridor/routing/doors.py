"""The door of every public function: what is given is brought into one form, or refused in one line."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Any

from cacorridor.errors import UsageError, shorten
from cacorridor.network.schema import MONTHS
from cacorridor.network.years import require_year

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.network.model import Network

MAX_HOURS = 1e6  # a century and more: no journey, wait or option is longer
MAX_DRAWS = 10_000_000  # what fits into memory for a few journeys
LAST_DRAW = 2**62  # draws are numbered in 64 bits


def words(value: Any, name: str) -> tuple[str, ...]:
    """Take words: one alone or several; None means none.

    Raises
    ------
    UsageError
        If something else than words is given.

    """
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    given = several(value, name, "words")
    for each in given:
        word(each, name)
    return given


def word(value: Any, name: str) -> str:
    """Take one word.

    Raises
    ------
    UsageError
        If it is not text.

    """
    if not isinstance(value, str):
        raise UsageError(f"{name} takes words, not {_brief(value)}")
    return value


def choice(value: Any, name: str, allowed: Iterable[str]) -> str:
    """Take one of some words.

    Raises
    ------
    UsageError
        With the words that are allowed.

    """
    known = tuple(allowed)
    if not isinstance(value, str) or value not in known:
        raise UsageError(f"{name} {_brief(value)}; allowed: {', '.join(known)}")
    return value


def flag(value: Any, name: str) -> bool:
    """Take yes or no.

    Raises
    ------
    UsageError
        If it is neither True nor False.

    """
    if value is True or value is False or type(value).__name__ == "bool":  # NumPy's own, too
        return bool(value)
    raise UsageError(f"{name} {_brief(value)}; allowed: True or False")


def whole(value: Any, name: str, low: int, high: int) -> int:
    """Take a whole number within bounds.

    Raises
    ------
    UsageError
        If it is no whole number, or out of bounds.

    """
    try:
        number = None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        number = None
    if number is None or not low <= number <= high:
        raise UsageError(f"{name} {_brief(value)}; allowed: a whole number from {low} to {high}")
    return number


def hours(value: Any, name: str, *, zero: bool = False, unlimited: bool = False) -> float:
    """Take hours above 0; with ``zero`` also none, with ``unlimited`` also infinitely many.

    Raises
    ------
    UsageError
        If it is no such number.

    """
    number = _real(value)
    # not a number compares as false, and is refused here
    fits = number > 0 or (zero and number == 0)
    if fits and (number <= MAX_HOURS or (unlimited and number == math.inf)):
        return number
    least = "from 0" if zero else "above 0"
    raise UsageError(f"{name} {_brief(value)}; allowed: hours {least} to {MAX_HOURS:,.0f}")


def weight(value: Any, name: str) -> float:
    """Take a finite number that is not negative.

    Raises
    ------
    UsageError
        If it is no such number.

    """
    number = _real(value)
    if not 0 <= number < math.inf:
        raise UsageError(f"{name} {_brief(value)}; allowed: a finite number, 0 or more")
    return number


def share(value: Any, name: str) -> float:
    """Take a share, 0 to 1.

    Raises
    ------
    UsageError
        If it is none.

    """
    number = _real(value)
    if not 0 <= number <= 1:
        raise UsageError(f"{name} {_brief(value)}; allowed: a share from 0 to 1")
    return number


def year(network: Network, value: Any, name: str = "year") -> int | None:
    """Take a year of which the data speak; None means today.

    Raises
    ------
    UsageError
        With the years that are allowed.

    """
    return None if value is None else require_year(network, value, name)


def draws(number: Any, seed: Any, first: Any) -> tuple[int, int, int]:
    """Take how many draws are wanted, their seed and the number of the first.

    Raises
    ------
    UsageError
        If one is no whole number, or out of bounds.

    """
    return (
        whole(number, "draws", 1, MAX_DRAWS),
        whole(seed, "seed", 0, LAST_DRAW),
        whole(first, "first_draw", 0, LAST_DRAW),
    )


def pair(value: Any, name: str) -> tuple[str, str]:
    """Take an origin and a destination.

    Raises
    ------
    UsageError
        If it is not two words.

    """
    # a text is iterable, but no pair
    both = () if isinstance(value, str) or not hasattr(value, "__iter__") else tuple(value)
    if len(both) != 2 or not all(isinstance(end, str) for end in both):
        raise UsageError(f"{name} takes (origin, destination), not {_brief(value)}")
    return both[0], both[1]


def pairs(value: Any, name: str) -> tuple[Any, ...]:
    """List pairs: one alone or several.

    Raises
    ------
    UsageError
        If something else than a list is given.

    """
    given = several(value, name, "pairs (origin, destination)")
    return (given,) if len(given) == 2 and all(isinstance(end, str) for end in given) else given


def years(network: Network, values: Any) -> tuple[int | None, ...]:
    """Take years: one alone or several; None among them means today.

    Raises
    ------
    UsageError
        With the years that are allowed.

    """
    if values is None or isinstance(values, (int, float, str)) or hasattr(values, "__index__"):
        return (year(network, values),)
    return tuple(year(network, each) for each in several(values, "years", "years"))


def month(value: Any) -> int | None:
    """Take a month, 1 to 12; None means any.

    Raises
    ------
    UsageError
        If it is no month.

    """
    if value is None:
        return None
    try:
        return whole(value, "month", 1, len(MONTHS))
    except UsageError:
        raise UsageError(f"month {_brief(value)}; allowed: 1 to 12") from None


def several(value: Any, name: str, what: str) -> tuple[Any, ...]:
    """List what is given.

    Raises
    ------
    UsageError
        If it is no list of any kind.

    """
    if isinstance(value, (str, bytes, bytearray)) or not hasattr(value, "__iter__"):
        raise UsageError(f"{name} takes {what}, not {_brief(value)}")
    return tuple(value)


def _real(value: Any) -> float:
    """Read a number; what is not one compares as false with everything."""
    if isinstance(value, (str, bytes, bool)):
        return math.nan
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def _brief(value: Any) -> str:
    """Show a value in an error, short and on one line."""
    return shorten(repr(value).replace("\n", " "))
