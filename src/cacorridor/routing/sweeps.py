"""One question for many pairs of places and many years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor.errors import NoRouteError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cacorridor.network.model import Network


def for_pairs(
    question: Callable[..., pd.DataFrame],
    network: Network,
    pairs: pd.DataFrame | Sequence[tuple[str, str]] | None = None,
    *,
    years: Sequence[int | None] = (None,),
    **conditions: Any,
) -> pd.DataFrame:
    """Ask one question of every pair in every year, and stack the answers.

    ``question`` is a function such as ``bypass``, ``leverage`` or ``vital``; ``pairs`` are (origin,
    destination) or a table with these columns and perhaps ``weight``; by default the table of pairs of
    the network. Each answer stands behind the columns origin, destination, weight and year. A pair without a
    route gets one row, whose ``no_route`` says what blocks the way.

    Raises
    ------
    UsageError
        If a table lacks a column, or a question refuses its conditions.

    """
    answers = []
    for pair in _rows(network, pairs):
        for year in years:
            key = {**pair, "year": year}
            try:
                answer = question(network, pair["origin"], pair["destination"], year=year, **conditions)
            except NoRouteError as error:
                answer = pd.DataFrame({"no_route": [str(error)]})
            for at, (column, value) in enumerate(key.items()):
                answer.insert(at, column, value)
            answers.append(answer)
    stacked = pd.concat(answers, ignore_index=True) if answers else pd.DataFrame()
    return stacked.astype({"year": "Int64"}) if answers else stacked


def _rows(network: Network, pairs: pd.DataFrame | Sequence[tuple[str, str]] | None) -> list[dict[str, Any]]:
    """Bring the pairs into one form, with English names."""
    if pairs is None:
        pairs = network.table("pairs")
    if not isinstance(pairs, pd.DataFrame):
        pairs = pd.DataFrame(
            [(*pair, 1.0)[:3] for pair in pairs], columns=["origin", "destination", "weight"]
        )
    for column in ("origin", "destination"):
        if column not in pairs:
            raise UsageError(
                f"a table of pairs has no column {column!r}; it has: {', '.join(map(str, pairs))}"
            )
    weights = pairs["weight"] if "weight" in pairs else [1.0] * len(pairs)
    return [
        {
            "origin": network.place_name(network.find_place(origin)),
            "destination": network.place_name(network.find_place(destination)),
            "weight": float(weight),
        }
        for origin, destination, weight in zip(pairs["origin"], pairs["destination"], weights, strict=True)
    ]
