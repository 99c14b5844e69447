"""Write the page of a claim: who said what and when, what the model has, and the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.validation.claims import NOT_COMPARABLE
from cacorridor.views import text
from cacorridor.views.markup import Html, join, tag
from cacorridor.views.site.facts import CLAIM, CORRIDOR, Facts, in_explorer
from cacorridor.views.site.figures import name_figure
from cacorridor.views.site.shell import between, facts_list, number_cell, section, site_table, write_page
from cacorridor.views.verdicts import KEY, describe_chance, judge
from cacorridor.views.words import names
from cacorridor.views.words.phrases import in_phrase, join_parts, phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Collection

    from cacorridor.views.words.phrases import Part, Phrase

FIGURES = {**text.FIGURES, "usd": "USD {figure} a container", "usd_truck": "USD {figure} a truck"}
CRITERIA = {"km": "length"}  # of the question in the explorer; else hours


def write_claim(facts: Facts, key: str) -> str:
    """Write the page of one claim."""
    claim = facts.claims[key]
    parts = [
        _lead_verdict(facts, claim),
        facts_list([*_said(facts, claim), *_model(facts, claim)]),
        _related_to_claim(facts, key),
    ]
    title = claim_title(facts, claim)
    return write_page(facts.network, title, parts, about=join_parts([title, _word(claim)], ": "))


def claim_title(facts: Facts, claim: dict[str, Any]) -> Phrase:
    """Name a claim: the figure and the journey."""
    return say("{figure}: {journey}", figure=_figure_said(claim), journey=_journey_of(facts, claim))


def _journey_of(facts: Facts, claim: dict[str, Any]) -> Phrase:
    start, end = (names.place(facts.network, place) for place in claim["ends"])
    return say("{origin} \u2192 {destination}", origin=start, destination=end)


def _figure_said(claim: dict[str, Any]) -> Part:
    """Write what was published; a price says of which load it is."""
    span = text.whole_range(claim["low"], claim["high"], text.DASH)
    return say(FIGURES[claim["what"]], figure=span)


def _figure_modelled(claim: dict[str, Any]) -> Part:
    """Write what the model has, with its range if it has one."""
    if text.is_missing(claim["model"]):
        return ""
    model = say(FIGURES[claim["what"]], figure=text.number(claim["model"]))
    if claim["what"] == "km":
        return model
    span = f"{text.number(claim['model_low'])}{text.DASH}{text.number(claim['model_high'])}"
    return say("{amount} ({range})", amount=model, range=span)


def _lead_verdict(facts: Facts, claim: dict[str, Any]) -> Html:
    """Write the verdict; another claim that it names is linked."""
    # a reason names the other claim by its id, which says nothing to a reader
    key = KEY.search(claim["reason"])
    judged = judge({**claim, "reason": KEY.sub("another published figure", claim["reason"])})
    link = [between(" "), facts.link(CLAIM, key[1], say("See it."))] if key else []
    return tag("p", say("Verdict: {verdict}.", verdict=judged), *link, class_="lead")


def _said(facts: Facts, claim: dict[str, Any]) -> list[tuple[str, object]]:
    """Tell who said what, where, when and of which journey."""
    # what the claim leaves open is told as open: it decides how much the comparison can say
    modes = tuple(in_phrase(facts.labels.modes.get(mode, mode)) for mode in claim["modes"].split())
    ends = [facts.network.state_of[end] for end in claim["ends"]]
    return [
        ("Published figure", tag("span", _figure_said(claim))),
        ("Standing", tag("span", phrase_of(claim["standing"]))),
        ("Who", claim["claimant"] or say("not known")),
        ("When", text.year_cell(claim["year"]) or say("not known")),
        ("Source", facts.cite(claim["source_id"])),
        ("From", _linked_end(facts, claim["ends"][0], ends[0])),
        ("To", _linked_end(facts, claim["ends"][1], ends[1])),
        ("By way of", tuple(names.called(facts.network, name) for name in claim["via"].split(", ") if name)),
        ("Modes", modes or say("any")),
        ("Service level", tag("span", phrase_of(claim["level"])) if claim["level"] else say("not told")),
        ("Note", tag("span", facts.remark(claim["note"]), lang="en") if claim["note"] else ""),
    ]


def _linked_end(facts: Facts, place: str, state: str) -> Html:
    return tag("span", say("{place}, ", place=names.place(facts.network, place)), facts.state(state))


def _model(facts: Facts, claim: dict[str, Any]) -> list[tuple[str, object]]:
    """Tell what the model has for the same journey."""
    if text.is_missing(claim["model"]):
        return [("Model", "")]
    # a chance is known of hours alone; a source that informed the model cannot validate it
    hours = claim["what"] == "h" and not text.is_missing(claim["chance"])
    informed = join_parts([name_figure(facts.labels, key) for key in claim["informed"].split()], "; ")
    return [
        ("Model", _figure_modelled(claim)),
        ("Network of", text.year_cell(claim["as_of"]) or say("today")),
        ("Chance", describe_chance(claim["high"], claim["chance"]) if hours else ""),
        ("Factor", say("{factor} (model over published figure)", factor=text.fixed(claim["factor"], 2))),
        (
            "Rests on the same source",
            say("{figures}: it cannot validate these", figures=informed) if claim["informed"] else "",
        ),
    ]


def _related_to_claim(facts: Facts, key: str) -> Html:
    """Link the explorer, the corridors and the other claims of the same two places."""
    # the explorer opens with the question that the model was asked, but for the places on the way
    claim = facts.claims[key]
    ends = claim["ends"]
    criterion = CRITERIA.get(claim["what"], "")
    level = "" if claim["level"] == "express" else claim["level"]
    chosen = {"modes": ",".join(claim["modes"].split()), "year": claim["as_of"]}
    link = in_explorer(ends, say("Ask the explorer"), **chosen, criterion=criterion, level=level)
    without = say("(without the places on the way that the claim names)") if claim["via"] else ""

    # in either direction: a corridor is named once for both
    corridors = [
        tag("li", facts.link(CORRIDOR, corridor, phrase_of(route.name)))
        for corridor, route in facts.corridors.items()
        if {route.query.origin, route.query.destination} == set(ends)
    ]
    others = [
        other for other, each in facts.claims.items() if other != key and set(each["ends"]) == set(ends)
    ]
    parts = [tag("p", link, between(" "), without)]
    if corridors:
        parts.append(tag("ul", *corridors))
    if others:
        parts.append(claims_table(facts, "Other figures of the same two places", others))
    return section("The same two places", *parts)


def claims_table(facts: Facts, caption: str, keys: Collection[str]) -> Html:
    """List claims with what the model has and the verdict."""
    rows = [
        (
            facts.link(CLAIM, key, _journey_of(facts, claim)),
            number_cell(_figure_said(claim), wraps=True),
            phrase_of(claim["standing"]),
            join_parts([claim["claimant"] or say("not known"), text.year_cell(claim["year"])], ", "),
            number_cell(_figure_modelled(claim) or text.NOTHING, wraps=True),
            _word(claim),
            facts.cite(claim["source_id"]),
        )
        for key, claim in zip(keys, map(facts.claims.__getitem__, keys), strict=True)
    ]
    head = ("Claim", "Said", "Standing", "Who, when", "Model", "Verdict", "Source")
    return site_table(caption, head, rows)


def _word(claim: dict[str, Any]) -> Part:
    """Write the verdict without the reason, which stands on the page of the claim."""
    return phrase_of(NOT_COMPARABLE) if claim["verdict"] == NOT_COMPARABLE else judge(claim)


def write_claims(facts: Facts) -> str:
    """Write the page that lists every claim."""
    shown = [claims_table(facts, "Every published figure, beside the model", facts.claims)]
    about = say(
        "Published figures, each at its own level, modes and year: {count}.", count=str(len(facts.claims))
    )
    return write_page(facts.network, say("Claims"), [tag("p", about), join(shown)], about=about)
