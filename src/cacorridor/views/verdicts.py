"""Write what the model says to a published figure: a chance, a factor, and where the figure was said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cacorridor.costs.measures import TIME
from cacorridor.network.held import records
from cacorridor.validation.claims import ABOVE_BELOW, NOT_COMPARABLE
from cacorridor.views import text
from cacorridor.views.tables import TableColumn, TableView, rows_of
from cacorridor.views.words.phrases import join_parts, phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from cacorridor.network.held import Columns
    from cacorridor.views.words.phrases import Part, Phrase

    Claims = pd.DataFrame | Columns  # the table of ``check_claims``

KEY = re.compile(r"\b((?:km|h|usd)-[\w-]+)")  # the id of another claim, which says nothing to a reader
JOURNEYS = 100  # that a chance is told of
UNITS = {"usd": "USD a container", "usd_truck": "USD a truck"}  # of prices
BESIDE = {
    *ABOVE_BELOW["observed"],
    *ABOVE_BELOW["length"],
    *ABOVE_BELOW["price"],
}  # verdicts on the model, told with a factor
FINE = 1.095  # a factor below it is told in per cent


COLUMNS = {
    "origin": TableColumn("from"),
    "destination": TableColumn("to"),
    "modes": TableColumn("by"),
    "level": TableColumn("level"),
    "standing": TableColumn("standing"),
    "claimant": TableColumn("who"),
    "year": TableColumn("year", write=text.year_cell),
    "said": TableColumn("said", align="right"),
    "modelled": TableColumn("model", align="right"),
    "judged": TableColumn("verdict"),
    "source_line": TableColumn("source"),
    "address": TableColumn("address"),
}


def claims_view(claims: Claims) -> TableView:
    """Lay out claims with what the model says to them and where they were said.

    Parameters
    ----------
    claims
        The table of ``check_claims``, as a frame or as columns.

    Returns
    -------
    TableView
        One row a claim.

    """
    shown = dict(
        claims,
        said=published(claims),
        modelled=modelled(claims),
        judged=verdicts(claims),
        source_line=claim_sources(claims),
    )
    return TableView.from_frame(shown, COLUMNS)


def verdicts(claims: Claims) -> list[str]:
    """Write the verdict on each claim of ``check_claims``.

    Parameters
    ----------
    claims
        The table.

    Returns
    -------
    list of str
        Of a promise "optimistic (24 h or less: 4 of 100 journeys)", of hours that were observed "model
        slower, 1.6 times (31 h or less: 12 of 100 journeys)", of a length "model longer, 7%".

    """
    return [str(judge(claim)) for claim in records(claims)]


def published(claims: Claims) -> list[str]:
    """Write the published figures with their unit, ranges from one bound to the other."""
    spans = rows_of(claims, "low", "high", "what")
    return [f"{text.whole_range(low, high)} {UNITS.get(unit, unit)}" for low, high, unit in spans]


def modelled(claims: Claims) -> list[str]:
    """Write what the model has: a length, hours with their range, or nothing."""
    names = ("what", "model", "model_low", "model_high")
    return [_modelled(*row) for row in rows_of(claims, *names)]


def _modelled(what: str, mean: float, low: float, high: float) -> str:
    if text.is_missing(mean):
        return ""
    return f"{text.fixed(mean) if what == 'km' else text.with_range(mean, low, high)} {UNITS.get(what, what)}"


def claim_sources(claims: Claims) -> list[str]:
    """Name the source of each claim: title, publisher, year."""
    return [text.source_line(*row) for row in rows_of(claims, "source", "publisher", "published")]


def describe_chance(hours: float, chance: float) -> Phrase:
    """Say how many journeys of a hundred take so many hours or less."""
    count = round(JOURNEYS * chance)
    often = {0: say("fewer than 1"), JOURNEYS: say("more than 99")}.get(count, str(count))
    return say("{hours} or less: {count} of 100 journeys", hours=text.hours_of(hours), count=often)


def judge(claim: Mapping[Any, Any]) -> Phrase:
    """Write the verdict on one claim, a row of ``check_claims``, in the languages of the pages."""
    # a factor below 1 is turned over: the verdict says in which direction, the factor how far
    word, factor = claim["verdict"], claim["factor"]
    verdict: Part = phrase_of(word)
    if word == NOT_COMPARABLE:
        return say("{verdict}: {reason}", verdict=verdict, reason=_reason(claim["reason"]))
    if word in BESIDE:
        verdict = say("{verdict}, {factor}", verdict=verdict, factor=_times(max(factor, 1 / factor)))
    if claim["what"] == TIME.unit:
        chance = describe_chance(claim["high"], claim["chance"])
        return say("{verdict} ({chance})", verdict=verdict, chance=chance)
    return join_parts([verdict])


def _reason(reason: str) -> Part:
    """Write why a claim is set aside: a word of the tables, and what is told of it."""
    # reasons of the tables begin with what they are, such as "another service: bus"
    kind, colon, rest = reason.partition(": ")
    known = phrase_of(kind)
    return say("{kind}: {rest}", kind=known, rest=phrase_of(rest)) if colon else known


def _times(factor: float) -> Part:
    """Write a factor above 1: 7% or 1.6 times."""
    if factor < FINE:
        return text.per_cent(factor - 1)
    return say("{factor} times", factor=text.fixed(factor, 1))
