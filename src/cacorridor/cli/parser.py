"""The parser: commands register themselves with their options; errors take one line."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from cacorridor.cli.input.arrangement import AmbiguousOrderError, Part, arrange, is_option, split
from cacorridor.cli.input.readers import ListOf
from cacorridor.cli.output.printing import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Function = Callable[[argparse.Namespace], int | None]
    Options = Callable[["Parser"], object]


@dataclass(frozen=True)
class Command:
    """A command: what runs, under which names, with which options."""

    name: str
    function: Function
    options: tuple[Options, ...]
    aliases: tuple[str, ...]


LONG_DASHES = re.compile(r"-?[\u2010-\u2015\u2212][-\u2010-\u2015\u2212]?(?=[a-z])")  # instead of --
PROGRAM = "cacorridor"
ALIKE = 0.75  # share of matching letters above which an option is offered as nearest
COMMANDS: list[Command] = []
GROUPS = (
    "routes",
    "choice",
    "states",
    "whatif",
    "report",
    "lists",
    "setup",
)  # modules with commands, in the order of the help


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
    """Declare one option as argparse takes it.

    Parameters
    ----------
    *names
        What may be typed.
    **settings
        What ``argparse`` takes.

    Returns
    -------
    Options
        A function that adds the option to a parser.

    """
    return lambda parser: parser.add_argument(*names, **settings)


def list_option(*names: str, convert: Callable[[str], Any] | None = None, **settings: Any) -> Options:
    """Declare an option that takes several values, separated by spaces or commas, and may be repeated.

    Parameters
    ----------
    convert
        Makes a value of one word; text by default.
    *names
        What may be typed.
    **settings
        What ``argparse`` takes.

    Returns
    -------
    Options
        A function that adds the option to a parser.

    """
    return lambda parser: parser.add_argument(*names, nargs="+", action=ListOf, const=convert, **settings)


class Parser(argparse.ArgumentParser):
    """A parser that reports an error on one line, and lets lists stand before or between the places.

    ``places`` counts the places that a command takes. They may be left out, all of them, if
    ``places_optional``, and where the option ``places_unless`` is given.
    """

    places: int = 0
    places_optional: bool = False
    places_unless: str | None = None

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        """Add an argument; a word of a list is taken in letters of any case, as states and months are."""
        if "choices" in settings:
            settings.setdefault("type", str.casefold)
        return super().add_argument(*names, **settings)

    def error(self, message: str) -> NoReturn:
        """Print one line and leave."""
        print(f"{self.prog}: {one_line(message)}; see {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """Read the words of an argument; Python drops a word -- and would leave an option with none."""
        if action.option_strings and arg_strings == ["--"]:
            raise argparse.ArgumentError(action, "'--' is no value")
        return super()._get_values(action, arg_strings)

    def parse_known_args(  # type: ignore[override]  # argparse overloads it by the kind of namespace
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse arguments, with the places brought before the options."""
        # only the parser of a command has places; the one above it sees the command's name first
        words = [self._with_plain_dashes(word) for word in (sys.argv[1:] if args is None else args)]
        read, left = super().parse_known_args(self._arrange(words) if self.places else words, namespace)
        if left and self.prog != PROGRAM:
            self.error(f"unrecognized arguments: {' '.join(left)}{self._advice_on(left)}")
        return read, left

    def _advice_on(self, left: list[str]) -> str:
        """Say what may have been meant by words that a command has no room for."""
        # words behind an unknown option are left over because of it
        word = next(filter(is_option, left), "")
        if not word:
            via = ", places on the way behind --via" if self._action_of("--via") else ""
            return f"; a name of several words stands in quotes{via}"
        name, known = word.partition("=")[0], self._option_string_actions
        form = name.lstrip("-")
        if "--format" in known and form in (known["--format"].choices or ()):
            return f"; allowed: --format {form}"
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=1, cutoff=ALIKE)
        return f"; nearest: {near[0]}" if near else ""

    def _with_plain_dashes(self, word: str) -> str:
        """Write an option as it is meant whose two dashes an office program has made one long one."""
        begun = LONG_DASHES.match(word)
        if begun is None:
            return word
        plain = f"--{word[begun.end() :]}"
        return word if self._action_of(plain) is None else plain  # a place may begin with any sign

    def _arrange(self, words: list[str]) -> list[str]:
        """Bring the places before the options."""
        parts = list(split(words, self._action_of))
        try:
            return arrange(parts, self._lacking(parts))
        except AmbiguousOrderError as error:
            advice = "name the places first, or join lists by commas"
            self.error(f"which words are places, which belong to {error}? {advice}")

    def _action_of(self, word: str) -> argparse.Action | None:
        """Look up the option that a word names, in full or by an unambiguous beginning."""
        name = word.partition("=")[0]
        known = self._option_string_actions
        if name in known:
            return known[name]

        # as argparse does: -k4 by its letter, --corr by being the beginning of one option alone
        if not name.startswith("--"):
            return known.get(name[:2]) if len(name) == 2 else None
        begun = [action for flag, action in known.items() if flag.startswith(name)]
        return begun[0] if len(set(map(id, begun))) == 1 else None

    def _lacking(self, parts: list[Part]) -> int:
        """Count the places that are still to be named."""
        given = sum(not part.flag for part in parts)
        if any(part.flag.partition("=")[0] == self.places_unless for part in parts):
            return 0
        return 0 if given == 0 and self.places_optional else self.places - given


def build_parser(arguments: Sequence[str] | None = None) -> Parser:
    """Build the parser of all commands, or of the one that is asked for; nothing heavy is imported here.

    Parameters
    ----------
    arguments
        Words of the command line; by default those of the process.

    Returns
    -------
    Parser
        The parser.

    """
    # one command is built alone: two dozen parsers take longer than an answer
    chosen = _find_command(next(iter(sys.argv[1:] if arguments is None else arguments), ""))
    parser = Parser(
        prog=PROGRAM, description="How far, how long, whom a corridor crosses and whom it bypasses."
    )
    if not chosen:  # the word after --version is no command
        show_version = import_module("cacorridor.cli.commands.setup").ShowVersion
        parser.add_argument("--version", action=show_version, nargs=0, help="print the release and its data")
    # with the name given, argparse lays out no usage line to find it, for which it would load compressors
    commands = parser.add_subparsers(required=True, metavar="COMMAND", prog=parser.prog)
    for each in chosen or sorted(COMMANDS, key=_group):
        # the first line of the docstring is the help, in the list and on the page of the command
        line = (each.function.__doc__ or "").strip().partition("\n")[0]
        subparser: Parser = commands.add_parser(each.name, help=line, description=line, aliases=each.aliases)
        for add_to in each.options:
            add_to(subparser)
        subparser.set_defaults(command=each.function)
    return parser


def _find_command(word: str) -> list[Command]:
    """Find the command that a word names, in the first group that has it; none if no group has."""
    for group in GROUPS:
        import_module(f"cacorridor.cli.commands.{group}")  # importing it registers its commands
        named = [each for each in COMMANDS if word in {each.name, *each.aliases}]
        if named:
            return named
    return []


def _group(each: Command) -> int:
    return GROUPS.index(each.function.__module__.rpartition(".")[2])
