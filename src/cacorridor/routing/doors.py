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


def require_network(given: Any) -> None:
    """Refuse what is no network, such as the path of its folder.

    Raises
    ------
    UsageError
        If something else is given.

    """
    from cacorridor.network.model import Network

    if not isinstance(given, Network):
        raise UsageError(f"a network from load_network is needed, not {_brief(given)}")


def words(given: Any, name: str) -> tuple[str, ...]:
    """Take words: one alone or several; None means none.

    Raises
    ------
    UsageError
        If something else than words is given.

    """
    if given is None:
        return ()
    if isinstance(given, str):
        return (given,)
    # a list with a number in it must not be taken for names
    listed = several(given, name, "words")
    for each in listed:
        word(each, name)
    return listed


def word(given: Any, name: str) -> str:
    """Take one word.

    Raises
    ------
    UsageError
        If it is not text.

    """
    if not isinstance(given, str):
        raise UsageError(f"{name} takes words, not {_brief(given)}")
    return given


def choice(given: Any, name: str, allowed: Iterable[str]) -> str:
    """Take one of some words.

    Raises
    ------
    UsageError
        With the words that are allowed.

    """
    known = tuple(allowed)
    if not isinstance(given, str) or given not in known:
        raise UsageError(f"{name} {_brief(given)}; allowed: {', '.join(known)}")
    return given


def flag(given: Any, name: str) -> bool:
    """Take yes or no.

    Raises
    ------
    UsageError
        If it is neither True nor False.

    """
    if given is True or given is False or type(given).__name__ == "bool":  # NumPy's own, too
        return bool(given)
    raise UsageError(f"{name} {_brief(given)}; allowed: True or False")


def whole(given: Any, name: str, low: int, high: int) -> int:
    """Take a whole number within bounds.

    Raises
    ------
    UsageError
        If it is no whole number, or out of bounds.

    """
    # NumPy's whole numbers count, a float does not; True is no number, though Python says so
    try:
        number = None if isinstance(given, bool) else operator.index(given)
    except TypeError:
        number = None
    if number is None or not low <= number <= high:
        raise UsageError(f"{name} {_brief(given)}; allowed: a whole number from {low} to {high}")
    return number


def hours(given: Any, name: str, *, zero: bool = False, unlimited: bool = False) -> float:
    """Take hours above 0; with ``zero`` also none, with ``unlimited`` also infinitely many.

    Raises
    ------
    UsageError
        If it is no such number.

    """
    number = _real(given)
    # not a number compares as false, and is refused here
    fits = number > 0 or (zero and number == 0)
    if fits and (number <= MAX_HOURS or (unlimited and number == math.inf)):
        return number
    least = "from 0" if zero else "above 0"
    raise UsageError(f"{name} {_brief(given)}; allowed: hours {least} to {MAX_HOURS:,.0f}")


def weight(given: Any, name: str) -> float:
    """Take a finite number that is not negative.

    Raises
    ------
    UsageError
        If it is no such number.

    """
    number = _real(given)
    if not 0 <= number < math.inf:
        raise UsageError(f"{name} {_brief(given)}; allowed: a finite number, 0 or more")
    return number


def share(given: Any, name: str) -> float:
    """Take a share, 0 to 1.

    Raises
    ------
    UsageError
        If it is none.

    """
    number = _real(given)
    if not 0 <= number <= 1:
        raise UsageError(f"{name} {_brief(given)}; allowed: a share from 0 to 1")
    return number


def year(network: Network, given: Any, name: str = "year") -> int | None:
    """Take a year of which the data speak; None means today.

    Raises
    ------
    UsageError
        With the years that are allowed.

    """
    return None if given is None else require_year(network, given, name)


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


def pair(given: Any, name: str) -> tuple[str, str]:
    """Take an origin and a destination.

    Raises
    ------
    UsageError
        If it is not two words.

    """
    # a text is iterable, but no pair
    both = () if isinstance(given, str) or not hasattr(given, "__iter__") else tuple(given)
    if len(both) != 2 or not all(isinstance(end, str) for end in both):
        raise UsageError(f"{name} takes (origin, destination), not {_brief(given)}")
    return both[0], both[1]


def pairs(given: Any, name: str) -> tuple[Any, ...]:
    """List pairs: one alone or several.

    Raises
    ------
    UsageError
        If something else than a list is given.

    """
    # two words are one pair, not two
    listed = several(given, name, "pairs (origin, destination)")
    return (listed,) if len(listed) == 2 and all(isinstance(end, str) for end in listed) else listed


def years(network: Network, given: Any) -> tuple[int | None, ...]:
    """Take years: one alone or several; None among them means today.

    Raises
    ------
    UsageError
        With the years that are allowed.

    """
    # one alone; whether it is a year is for ``year`` to say
    if given is None or isinstance(given, (int, float, str)) or hasattr(given, "__index__"):
        return (year(network, given),)
    return tuple(year(network, each) for each in several(given, "years", "years"))


def month(given: Any) -> int | None:
    """Take a month, 1 to 12; None means any.

    Raises
    ------
    UsageError
        If it is no month.

    """
    if given is None:
        return None
    # a month is said shorter than any whole number
    try:
        return whole(given, "month", 1, len(MONTHS))
    except UsageError:
        raise UsageError(f"month {_brief(given)}; allowed: 1 to 12") from None


def several(given: Any, name: str, what: str) -> tuple[Any, ...]:
    """List what is given.

    Raises
    ------
    UsageError
        If it is no list of any kind.

    """
    # a text is iterable too, but its letters are nothing that was meant
    if isinstance(given, (str, bytes, bytearray)) or not hasattr(given, "__iter__"):
        raise UsageError(f"{name} takes {what}, not {_brief(given)}")
    return tuple(given)


def _real(given: Any) -> float:
    """Read a number; what is not one compares as false with everything."""
    # "12" would pass as 12.0, and True as 1.0
    if isinstance(given, (str, bytes, bool)):
        return math.nan
    try:
        return float(given)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def _brief(given: Any) -> str:
    """Show what is given in an error, short and on one line."""
    return shorten(repr(given).replace("\n", " "))
