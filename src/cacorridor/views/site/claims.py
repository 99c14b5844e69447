"""Write the page of a claim: who said what and when, what the model has, and the verdict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cacorridor.validation.claims import NOT_COMPARABLE
from cacorridor.views import text
from cacorridor.views.markup import Html, join, table, tag
from cacorridor.views.site.facts import CLAIM, CORRIDOR, Facts, in_explorer
from cacorridor.views.site.shell import facts_list, number_cell, section, write_page
from cacorridor.views.verdicts import describe_chance

if TYPE_CHECKING:
    from collections.abc import Collection

KEY = re.compile(r"\b((?:km|h|usd)-[\w-]+)")  # the id of another claim in the words of a verdict
CRITERIA = {"km": "length"}  # of the question in the explorer; else hours


def write_claim(facts: Facts, key: str) -> str:
    """Write the page of one claim."""
    claim = facts.claims[key]
    parts = [
        tag("p", *_verdict_pieces(facts, claim), class_="lead"),
        facts_list([*_said(facts, claim), *_model(claim)]),
        _related_to_claim(facts, key),
    ]
    return write_page(facts.network, claim_title(claim), parts)


def claim_title(claim: dict[str, Any]) -> str:
    """Name a claim: the figure and the journey."""
    return f"{claim['said']}: {claim['origin']} \u2192 {claim['destination']}"


def _verdict_pieces(facts: Facts, claim: dict[str, Any]) -> list[object]:
    """Write the verdict; another claim that it names is linked."""
    # the words name the other claim by its id, which says nothing to a reader
    pieces = KEY.split(claim["judged"])  # every second piece is an id
    linked = [
        facts.link(CLAIM, piece, "another published figure") if number % 2 else piece
        for number, piece in enumerate(pieces)
    ]
    return ["Verdict: ", *linked, "."]


def _said(facts: Facts, claim: dict[str, Any]) -> list[tuple[str, object]]:
    """Tell who said what, where, when and of which journey."""
    # what the claim leaves open is told as open: it decides how much the comparison can say
    modes = [facts.labels.modes.get(mode, mode).lower() for mode in claim["modes"].split()]
    ends = [facts.network.state_of[end] for end in claim["ends"]]
    return [
        ("Published figure", claim["said"]),
        ("Standing", claim["standing"]),
        ("Who", claim["claimant"] or text.NOT_KNOWN),
        ("When", text.year_cell(claim["year"]) or text.NOT_KNOWN),
        ("Source", facts.cite(claim["source_id"])),
        ("From", _linked_end(facts, claim["origin"], ends[0])),
        ("To", _linked_end(facts, claim["destination"], ends[1])),
        ("By way of", claim["via"]),
        ("Modes", ", ".join(modes) or "any"),
        ("Service level", claim["level"] or "not told"),
        ("Note", claim["note"]),
    ]


def _linked_end(facts: Facts, name: str, state: str) -> Html:
    return tag("span", f"{name}, ", facts.state(state))


def _model(claim: dict[str, Any]) -> list[tuple[str, object]]:
    """Tell what the model has for the same journey."""
    if text.is_missing(claim["model"]):
        return [("Model", "")]
    # a chance is known of hours alone; a source that informed the model cannot validate it
    hours = claim["what"] == "h" and not text.is_missing(claim["chance"])
    informed = "; ".join(claim["informed"])
    return [
        ("Model", claim["modelled"]),
        ("Network of", text.year_cell(claim["as_of"]) or "today"),
        ("Chance", describe_chance(claim["high"], claim["chance"]) if hours else ""),
        ("Factor", f"{text.fixed(claim['factor'], 2)} (model over published figure)"),
        ("Rests on the same source", f"{informed}: it cannot validate these" if informed else ""),
    ]


def _related_to_claim(facts: Facts, key: str) -> Html:
    """Link the explorer, the corridors and the other claims of the same two places."""
    # the explorer opens with the question that the model was asked, but for the places on the way
    claim = facts.claims[key]
    ends = claim["ends"]
    criterion = CRITERIA.get(claim["what"], "")
    level = "" if claim["level"] == "express" else claim["level"]
    chosen = {"modes": ",".join(claim["modes"].split()), "year": claim["as_of"]}
    link = in_explorer(ends, "Ask the explorer", **chosen, criterion=criterion, level=level)
    without = " (without the places on the way that the claim names)" if claim["via"] else ""

    # in either direction: a corridor is named once for both
    corridors = [
        tag("li", facts.link(CORRIDOR, corridor, route.name))
        for corridor, route in facts.corridors.items()
        if {route.query.origin, route.query.destination} == set(ends)
    ]
    others = [
        other for other, each in facts.claims.items() if other != key and set(each["ends"]) == set(ends)
    ]
    parts = [tag("p", link, without)]
    if corridors:
        parts.append(tag("ul", *corridors))
    if others:
        parts.append(claims_table(facts, "Other figures of the same two places", others))
    return section("The same two places", *parts)


def claims_table(facts: Facts, caption: str, keys: Collection[str]) -> Html:
    """List claims with what the model has and the verdict."""
    rows = [
        (
            facts.link(CLAIM, key, f"{claim['origin']} \u2192 {claim['destination']}"),
            number_cell(claim["said"]),
            claim["standing"],
            ", ".join(filter(None, (claim["claimant"], text.year_cell(claim["year"])))) or text.NOT_KNOWN,
            number_cell(claim["modelled"] or text.NOTHING),
            _word(claim),
            facts.cite(claim["source_id"]),
        )
        for key, claim in zip(keys, map(facts.claims.__getitem__, keys), strict=True)
    ]
    return table(caption, ("Claim", "Said", "Standing", "Who, when", "Model", "Verdict", "Source"), rows)


def _word(claim: dict[str, Any]) -> str:
    """Write the verdict without the reason, which stands on the page of the claim."""
    return NOT_COMPARABLE if claim["verdict"] == NOT_COMPARABLE else claim["judged"]


def write_claims(facts: Facts) -> str:
    """Write the page that lists every claim."""
    shown = [claims_table(facts, "Every published figure, beside the model", facts.claims)]
    note = tag("p", f"{len(facts.claims)} published figures, each at its own level, modes and year.")
    return write_page(facts.network, "Claims", [note, join(shown)])
