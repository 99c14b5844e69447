"""Tables of pairs of places, and any question asked of every pair in every year."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from cacorridor.errors import NoRouteError, UsageError
from cacorridor.network.held import NAN, HeldColumns, hold
from cacorridor.routing import doors
from cacorridor.routing.ends.access import join_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

    from cacorridor.network.held import Held
    from cacorridor.network.model import Network

ASKED = {"origin": "str", "destination": "str", "weight": "float64", "year": "Int64"}  # in front of answers
Answer: TypeAlias = "tuple[dict[str, Any], Held]"  # what was asked, and the table
Pairs: TypeAlias = "pd.DataFrame | Sequence[tuple[str, str]]"  # one pair or several, or a table of them


def for_pairs(
    question: Callable[..., pd.DataFrame],
    network: Network,
    pairs: Pairs | None = None,
    *,
    years: Sequence[int | None] = (None,),
    progress: Callable[[int, int], None] | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Ask one question of every pair in every year, and stack the answers.

    ``question`` is a function such as ``bypass``, ``leverage`` or ``vital_links``. Each answer stands
    behind the columns origin, destination, weight and year. A pair without a route gets one row, whose
    ``no_route`` says what blocks the way.

    Parameters
    ----------
    question
        A function of network, origin, destination and conditions that returns a table.
    network
        What exists, from ``load_network``.
    pairs
        Pairs (origin, destination), or a table with these columns and perhaps ``weight``; by default
        the network's own.
    years
        Years to ask; None is today.
    progress
        Called with the numbers of answers and of questions after each answer.
    **options
        Options of the question, its conditions among them.

    Returns
    -------
    pd.DataFrame
        The answers one below the other, each behind origin, destination, weight and year.

    Raises
    ------
    UsageError
        If a table lacks a column, or a question refuses its conditions.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> pairs = [("Kashgar", "Tashkent"), ("Kashgar", "Osh")]
    >>> table = cc.for_pairs(cc.vital_links, net, pairs, years=[2026], modes=["road"])
    >>> list(table)[:4]
    ['origin', 'destination', 'weight', 'year']
    >>> sorted(set(table["destination"]))
    ['Osh', 'Tashkent']

    """
    asked = _answers(question, network, pairs, years=years, progress=progress, **options)
    return _stack_frames(list(asked))


def ask_pairs(
    question: Callable[..., Held],
    network: Network,
    pairs: Pairs | None = None,
    *,
    years: Sequence[int | None] = (None,),
    progress: Callable[[int, int], None] | None = None,
    **options: Any,
) -> HeldColumns:
    """Ask as ``for_pairs`` does, a question that answers in columns; a frame is made when asked for."""
    asked = list(_answers(question, network, pairs, years=years, progress=progress, **options))
    return HeldColumns(partial(_stack_columns, asked), lambda _: _stack_frames(asked))


def _answers(
    question: Callable[..., Any],
    network: Network,
    pairs: Pairs | None,
    *,
    years: Sequence[int | None],
    progress: Callable[[int, int], None] | None,
    **options: Any,
) -> Iterator[Answer]:
    """Ask one question of every pair in every year: what was asked, with the table of the answer."""
    asked_years = doors.years(network, years)
    network, rows = join_pairs(network, pairs)
    asked = list(itertools.product(rows, asked_years))
    for done, ((ends, pair), year) in enumerate(asked, start=1):
        # a pair without a route must not end the questions of the others
        try:
            table = question(network, *ends, year=year, **options)
        except NoRouteError as error:
            table = {"no_route": [str(error)]}
        yield {**pair, "year": year}, hold(table)
        if progress is not None:
            progress(done, len(asked))


def _stack_columns(answers: Sequence[Answer]) -> dict[str, list[Any]]:
    """Stack answers behind what was asked; a cell that an answer lacks is not a number."""
    tables = [(asked, table.columns) for asked, table in answers]
    names = list(dict.fromkeys(itertools.chain.from_iterable(columns for _, columns in tables)))
    stacked: dict[str, list[Any]] = {name: [] for name in (*ASKED, *names)} if tables else {}
    for asked, columns in tables:
        length = len(next(iter(columns.values())))
        for name in ASKED:
            stacked[name] += [asked[name]] * length
        for name in names:
            stacked[name] += columns.get(name, [NAN] * length)
    return {name: _counted(cells) for name, cells in stacked.items()}


def _counted(cells: list[Any]) -> list[Any]:
    """Bring whole numbers of which some are missing into the form of numbers that may be, as a frame does."""
    is_whole = [type(cell) is int for cell in cells]
    if not any(is_whole) or not any(isinstance(cell, float) for cell in cells):
        return cells
    return [float(cell) if whole else cell for cell, whole in zip(cells, is_whole, strict=True)]


def _stack_frames(answers: Sequence[Answer]) -> pd.DataFrame:
    """Stack the frames of answers behind what was asked."""
    import pandas as pd

    if not answers:
        return pd.DataFrame()
    frames: list[pd.DataFrame] = [table.frame for _, table in answers]
    stacked = pd.concat(frames, ignore_index=True)
    # what was asked stands in front of what came out, once for each row of the answer
    lengths = list(map(len, frames))
    for position, (column, dtype) in enumerate(ASKED.items()):
        cells = [[asked[column]] * length for (asked, _), length in zip(answers, lengths, strict=True)]
        stacked.insert(position, column, pd.Series(list(itertools.chain(*cells)), dtype=dtype))
    return stacked


Ends = tuple[str, str]


def join_pairs(network: Network, pairs: Pairs | None) -> tuple[Network, list[tuple[Ends, dict[str, Any]]]]:
    """Bring the pairs into one form: the ids of both ends, and a row with English names and the weight.

    Towns among the ends are joined to the network that is returned.
    """
    table: Any = network.columns("pairs") if pairs is None else pairs
    # a frame is known by its columns: pandas need not be loaded for that
    if pairs is not None and not hasattr(pairs, "columns"):
        table = _columns_of_pairs(pairs)
    for column in ("origin", "destination"):
        if column not in table:
            raise UsageError(
                f"a table of pairs has no column {column!r}; it has: {', '.join(map(str, table))}"
            )
    # towns of either column are joined to the same network
    weights = table["weight"] if "weight" in table else [1.0] * len(table["origin"])
    network, starts = join_places(network, table["origin"])
    network, stops = join_places(network, table["destination"])
    # ids to ask with, names to show
    rows = []
    for origin, destination, weight in zip(starts, stops, weights, strict=True):
        ends = network.find_place(origin), network.find_place(destination)
        row = {"origin": network.place_name(ends[0]), "destination": network.place_name(ends[1])}
        rows.append((ends, row | {"weight": doors.weight(weight, "weight")}))
    return network, rows


def _columns_of_pairs(pairs: Any) -> dict[str, tuple[Any, ...]]:
    """Make columns of pairs, one alone or several, each perhaps with a weight."""
    # a third cell is the weight of the pair
    rows = []
    for each in doors.pairs(pairs, "pairs"):
        cells = doors.several(each, "pairs", "pairs (origin, destination)")
        rows.append((*doors.pair(cells[:2], "pairs"), *(cells[2:3] or [1.0])))
    columns = zip(*rows, strict=True) if rows else [()] * 3
    return dict(zip(("origin", "destination", "weight"), columns, strict=True))
