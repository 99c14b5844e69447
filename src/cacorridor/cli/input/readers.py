"""Turn the words of a command line into values; what cannot be one is refused in one line."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class ListOf(argparse.Action):
    """An option that takes values separated by spaces or commas, and may be repeated."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Add the values to those given before; each is of the type that ``const`` makes of a word."""
        del parser, option_string
        converted: list[Any] = []
        try:
            for word in values or ():
                converted += self._convert(str(word))
        except argparse.ArgumentTypeError as error:
            raise argparse.ArgumentError(self, str(error)) from None

        # a list that is given twice goes on; the default of the parser is never changed
        # what is named twice counts once, as it would stand twice in the answer
        named = dict.fromkeys([*(getattr(namespace, self.dest) or ()), *converted])
        setattr(namespace, self.dest, list(named))

    def takes(self, word: str) -> bool:
        """Say whether a word can be a value, or values joined by commas."""
        try:
            self._convert(word)
        except argparse.ArgumentTypeError:
            return False
        return True

    def _convert(self, word: str) -> list[Any]:
        convert: Callable[[str], Any] = self.const or str
        parts = [part.strip() for part in word.split(",")]
        if not all(parts):
            raise argparse.ArgumentTypeError(f"{word!r} holds an empty value")
        return [convert(part) for part in parts]


def word_reader(allowed: Sequence[str]) -> Callable[[str], str]:
    """Make a reader of words from a list.

    Parameters
    ----------
    allowed
        The words that are allowed.

    Returns
    -------
    Callable[[str], str]
        A function that reads a word.

    """

    def read(text: str) -> str:
        if text not in allowed:
            raise argparse.ArgumentTypeError(f"{text!r}; allowed: {', '.join(allowed)}")
        return text

    return read


def whole_reader(low: int, high: int) -> Callable[[str], int]:
    """Make a reader of whole numbers within bounds.

    Parameters
    ----------
    low
        Least value.
    high
        Largest value.

    Returns
    -------
    Callable[[str], int]
        A function that reads a word.

    """

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = high + 1  # refused below, with the same words
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"{text!r}; allowed: a whole number from {low} to {high}")
        return number

    return read


def read_price(text: str) -> float | str:
    """Read dollars, or a word that stands for them; the question says which words there are.

    Parameters
    ----------
    text
        What stood on the command line.

    Returns
    -------
    float or str
        The number, or the word.

    """
    try:
        return float(text)
    except ValueError:
        return text


def _number_or_nan(text: str) -> float:
    """Read a number; what is none is nan, which lies within no bounds."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def read_share(text: str) -> float:
    """Read a share.

    Parameters
    ----------
    text
        What was typed.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    ArgumentTypeError
        If it is none.

    """
    share = _number_or_nan(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r}; allowed: a share from 0 to 1")
    return share


def hours_reader(low: float = 0.0) -> Callable[[str], float]:
    """Make a reader of hours above a bound; nan and infinity are none.

    Parameters
    ----------
    low
        Bound that a value must exceed.

    Returns
    -------
    Callable[[str], float]
        A function that reads a word.

    """

    def read(text: str) -> float:
        hours = _number_or_nan(text)
        if not (math.isfinite(hours) and hours > low):
            raise argparse.ArgumentTypeError(f"{text!r}; allowed: hours above {low:g}")
        return hours

    return read


def read_hours_or_zero(text: str) -> float:
    """Read hours, 0 or more.

    Parameters
    ----------
    text
        What was typed.

    Returns
    -------
    float
        Hours.

    Raises
    ------
    ArgumentTypeError
        If it is no number of hours.

    """
    return 0.0 if text.strip() in {"0", "0.0"} else hours_reader()(text)


def read_delay(text: str) -> tuple[str, float]:
    """Read where hours are added, and how many.

    Parameters
    ----------
    text
        What was typed, such as ``Khorgos=24``.

    Returns
    -------
    tuple[str, float]
        A link or place, and hours.

    Raises
    ------
    ArgumentTypeError
        If it is no such pair.

    """
    name, _, hours = text.rpartition("=")
    if not name.strip():
        raise argparse.ArgumentTypeError(f"{text!r}; allowed: a link or place and hours, such as Khorgos=24")
    return name.strip(), hours_reader()(hours)


def read_year(text: str) -> int:
    """Read a year; whether the data know it is for the question to say.

    Parameters
    ----------
    text
        What was typed.

    Returns
    -------
    int
        The year.

    Raises
    ------
    ArgumentTypeError
        If it is no year.

    """
    return whole_reader(1, 9999)(text)


def read_path(text: str) -> Path:
    """Read the name of a file or a directory of this machine: no address is fetched or written.

    Parameters
    ----------
    text
        What was typed.

    Returns
    -------
    Path
        The path.

    Raises
    ------
    ArgumentTypeError
        If it is an address or no name.

    """
    if "://" in text:
        raise argparse.ArgumentTypeError(f"{text!r} is an address; allowed: a file of this machine")
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError(f"{text!r}; allowed: the name of a file")
    return Path(text)
