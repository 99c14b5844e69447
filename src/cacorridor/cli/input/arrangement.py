"""Part places, options and lists on a command line, so that they may stand in any order."""

from __future__ import annotations

import re
import sys
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from cacorridor.cli.input.readers import ListOf

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    Find = Callable[[str], argparse.Action | None]

NUMBER = re.compile(r"-?\.?\d|-(inf|nan)", re.IGNORECASE)  # how a value may begin that is no option
Word = tuple[int, str]  # with its position on the command line


class AmbiguousOrderError(Exception):
    """Words that may be places or values of more than one list."""


class Part(NamedTuple):
    """An option with its values; or a place, which has no flag."""

    flag: str
    words: list[Word]
    is_list: bool = False


def arrange(parts: Sequence[Part], lacking: int) -> list[str]:
    """Bring the places to the front, and give back to them what a list has taken too much.

    Parameters
    ----------
    parts
        The command line, from ``split``.
    lacking
        How many places are still to be named.

    Returns
    -------
    list of str
        The words in an order that argparse understands.

    Raises
    ------
    AmbiguousOrderError
        If two lists could give the places back.

    """
    # places in the order of the command line, also those that a list took
    places = [part.words[0] for part in parts if not part.flag]
    if lacking > 0:
        places += _give_back(parts, lacking)
    front = [word for _, word in sorted(places)]

    # argparse reads places first, then every option with its words
    options: list[str] = []
    for part in parts:
        if part.flag:
            options += [part.flag, *(word for _, word in part.words)]
    if any(is_option(word) for word in front):  # they stood behind --
        return [*options, "--", *front]
    return [*front, *options]


def split(words: Sequence[str], find: Find) -> Iterator[Part]:
    """Divide a command line into its parts; ``find`` looks up the option that a flag names.

    Parameters
    ----------
    words
        The command line.
    find
        Looks up the option that a flag names.

    Returns
    -------
    Iterator[Part]
        Options with their values, and places.

    """
    queue = deque(enumerate(words))
    while queue:
        position, word = queue.popleft()
        if word == "--":  # what follows are places, whatever they look like
            yield from (Part("", [place]) for place in queue)
            return
        if not is_option(word):
            yield Part("", [(position, word)])
            continue
        action = None if "=" in word else find(word)  # --option=word has its word already
        yield Part(word, list(_take_words(queue, action)), isinstance(action, ListOf))


def is_option(word: str) -> bool:
    """Say whether a word looks like an option and not like a negative number.

    Parameters
    ----------
    word
        One word of the command line.

    Returns
    -------
    bool
        Whether it does.

    """
    return len(word) > 1 and word.startswith("-") and not NUMBER.match(word)


def _take_words(queue: deque[Word], action: argparse.Action | None) -> Iterator[Word]:
    """Take the values of an option from the words that follow it."""
    # an unknown option is taken for a flag: argparse refuses it anyway
    if isinstance(action, ListOf):
        limit = sys.maxsize
    else:
        limit = 1 if action is not None and action.nargs in {None, "?"} else 0
    count = 0
    while queue and count < limit and not is_option(queue[0][1]):
        # the first word belongs to the list, right or wrong; later ones may be places
        if count and isinstance(action, ListOf) and not action.takes(queue[0][1]):
            return
        count += 1
        yield queue.popleft()


def _give_back(parts: Sequence[Part], lacking: int) -> list[Word]:
    """Take places from the end of the one list that has words to spare; none if no list has."""
    # a list keeps one word at least
    spare = [part for part in parts if part.is_list and len(part.words) > lacking]
    if len(spare) > 1:
        raise AmbiguousOrderError(" and ".join(part.flag for part in spare))
    if not spare:
        return []
    words = spare[0].words
    taken = words[-lacking:]
    del words[-lacking:]
    return taken
