"""The parser: commands register themselves with their options; errors take one line."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from cacorridor.cli.output import visible
from cacorridor.cli.values import ListOf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Function = Callable[[argparse.Namespace], int | None]
    Options = Callable[["Parser"], object]

NUMBER = re.compile(r"-?\.?\d|-(inf|nan)", re.IGNORECASE)  # how a value may begin that is no option
LONG_WORD = re.compile(r"\S{120,}")
KEPT_LETTERS = 100


@dataclass(frozen=True)
class Command:
    """A command: what runs, under which names, with which options."""

    name: str
    function: Function
    options: tuple[Options, ...]
    aliases: tuple[str, ...]


COMMANDS: list[Command] = []


def command(name: str, *options: Options, aliases: tuple[str, ...] = ()) -> Callable[[Function], Function]:
    """Register a function as a command; its docstring is the help.

    Parameters
    ----------
    name
        What is typed.
    options
        Functions that add options to a parser; see ``option``.
    aliases
        Names of 0.1, kept through 0.2.

    Returns
    -------
    Callable
        A decorator that returns the function as it is.

    """

    def register(function: Function) -> Function:
        COMMANDS.append(Command(name, function, options, aliases))
        return function

    return register


def option(*names: str, **settings: Any) -> Options:
    """Declare one option as argparse takes it."""
    return lambda parser: parser.add_argument(*names, **settings)


def list_option(*names: str, convert: Callable[[str], Any] | None = None, **settings: Any) -> Options:
    """Declare an option that takes several values, separated by spaces or commas, and may be repeated."""
    return lambda parser: parser.add_argument(*names, nargs="+", action=ListOf, const=convert, **settings)


class _Run(NamedTuple):
    """Words that a list option takes, with their positions on the command line."""

    flag: str
    words: list[tuple[int, str]]


class Parser(argparse.ArgumentParser):
    """A parser that reports an error on one line, and lets lists stand before or between the places.

    ``places`` counts the places that must be given; after 0 of them they may be left out as a whole where
    ``places_optional``, or where the option ``places_unless`` is given.
    """

    places: int = 0
    places_optional: bool = False
    places_unless: str | None = None

    def error(self, message: str) -> NoReturn:
        """Print one line and leave."""
        line = LONG_WORD.sub(lambda word: f"{word[0][:KEPT_LETTERS]}...", " ".join(message.split()))
        print(visible(f"{self.prog}: {line}; see {self.prog} --help"), file=sys.stderr)
        raise SystemExit(2)

    def parse_known_args(  # type: ignore[override]  # argparse overloads it by the kind of namespace
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse arguments, with the places brought before the options."""
        words = list(sys.argv[1:] if args is None else args)
        return super().parse_known_args(self._arrange(words) if self.places else words, namespace)

    # ------------------------------------------------------------ places and lists

    def _arrange(self, words: list[str]) -> list[str]:
        """Bring the places to the front, and give back to them what a list has taken too much."""
        places: list[tuple[int, str]] = []
        parts: list[_Run | str] = []
        for item in self._split(words):
            if isinstance(item, tuple) and not isinstance(item, _Run):
                places.append(item)
            else:
                parts.append(item)
        lacking = self._lacking(len(places), parts)
        if lacking > 0:
            places += self._give_back([part for part in parts if isinstance(part, _Run)], lacking)
        options: list[str] = []
        for part in parts:
            options += [part] if isinstance(part, str) else [part.flag, *(word for _, word in part.words)]
        front = [word for _, word in sorted(places)]
        if any(word.startswith("-") and not NUMBER.match(word) for word in front):
            return [*options, "--", *front]
        return [*front, *options]

    def _split(self, words: list[str]) -> Iterator[_Run | str | tuple[int, str]]:
        """Tell options, their values, lists and places apart; a place stands with its position."""
        at = 0
        while at < len(words):
            word = words[at]
            at += 1
            if word == "--":
                yield from enumerate(words[at:], start=at)
                return
            if not _is_option(word):
                yield at - 1, word
                continue
            action = self._action_of(word)
            if isinstance(action, ListOf) and "=" not in word:
                run = _Run(word, [])
                while at < len(words) and _fits(words[at], action):
                    run.words.append((at, words[at]))
                    at += 1
                yield run
                continue
            yield word
            takes_one = action is not None and action.nargs in {None, "?"} and "=" not in word
            if takes_one and at < len(words) and not _is_option(words[at]):
                yield words[at]
                at += 1

    def _action_of(self, word: str) -> argparse.Action | None:
        """Look up the option that a word names, in full or by an unambiguous beginning."""
        name = word.partition("=")[0]
        known = self._option_string_actions
        if name in known:
            return known[name]
        if not name.startswith("--"):
            return known.get(name[:2]) if len(name) == 2 else None
        begun = [action for flag, action in known.items() if flag.startswith(name)]
        return begun[0] if len(set(map(id, begun))) == 1 else None

    def _lacking(self, given: int, parts: list[_Run | str]) -> int:
        """Count the places that are still to be named."""
        flags = [part for part in parts if isinstance(part, str)]
        unless = self.places_unless
        if unless is not None and any(flag.partition("=")[0] == unless for flag in flags):
            return 0
        return 0 if given == 0 and self.places_optional else self.places - given

    def _give_back(self, runs: list[_Run], lacking: int) -> list[tuple[int, str]]:
        """Take places from the end of the one list that has words to spare; none if no list has."""
        spare = [run for run in runs if len(run.words) > lacking]
        if len(spare) > 1:
            flags = " and ".join(run.flag for run in spare)
            self.error(
                f"which words are places, which belong to {flags}? name the places first, or join lists by commas"
            )
        if not spare:
            return []
        taken = spare[0].words[-lacking:]
        del spare[0].words[-lacking:]
        return taken


def _is_option(word: str) -> bool:
    return len(word) > 1 and word.startswith("-") and not NUMBER.match(word)


def _fits(word: str, action: argparse.Action) -> bool:
    """Say whether a list may take a word: no option and, for a list of numbers, a number."""
    return not _is_option(word) and (action.const is None or bool(NUMBER.match(word)))


def build() -> Parser:
    """Build the parser of all commands; nothing heavy is imported here."""
    from cacorridor.cli import lists, report, routes, states, whatif  # noqa: F401  # they register commands

    parser = Parser(
        prog="cacorridor", description="How far, how long, whom a corridor crosses and whom it bypasses."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for each in COMMANDS:
        line = (each.function.__doc__ or "").strip().partition("\n")[0]
        own: Parser = commands.add_parser(
            each.name, help=line, description=line, aliases=each.aliases
        )
        for add_to in each.options:
            add_to(own)
        own.set_defaults(command=each.function)
    return parser


def _version() -> str:
    from cacorridor import __version__

    return __version__
