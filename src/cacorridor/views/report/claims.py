"""Set what was published about a pair beside the model: who, when, with a link, the chance of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.costs.measures import MEASURES
from cacorridor.network.schema import QUANTITIES
from cacorridor.validation.claims import NOT_COMPARABLE, check_claims
from cacorridor.views import text
from cacorridor.views.labels import mode_labels
from cacorridor.views.markup import Html, address, join, tag
from cacorridor.views.verdicts import KEY, claim_sources, judge
from cacorridor.views.words import names
from cacorridor.views.words.phrases import in_phrase, phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network
    from cacorridor.views.report.leads import Section
    from cacorridor.views.words.phrases import Phrase


def claims_of(network: Network, section: Section) -> Html:
    """Write a card for each published figure about the pair."""
    # the pair counts and not the direction: what was said of the way back stands here too
    ends = {(route.query.origin, route.query.destination) for route in section.routes}
    checked = check_claims(network, what=list(_claimed()), between=ends)
    if checked.empty:
        return tag("p", say("No figure about this pair was found published."), class_="cac-note")
    written = zip(checked.to_dict("records"), claim_sources(checked), strict=True)
    cards = [_claim_card(network, *each) for each in written]
    title = tag("h3", say("Is it true?"), id=section.part("claims"))
    label = say("{heading}: what was said", heading=section.heading)
    return join([title, tag("ul", *cards, class_="cac-claims", aria_label=label)])


def _claimed() -> dict[str, Measure]:
    """List the measures that claims speak of, by unit."""
    return {measure.unit: measure for measure in MEASURES.values() if measure.unit in QUANTITIES}


def _claim_card(network: Network, claim: Mapping[Hashable, Any], source: str) -> Html:
    """Write one claim: figure, journey, who and when, verdict, source."""
    measure = _claimed()[claim["what"]]
    who = ", ".join(filter(None, (claim["claimant"], text.year_cell(claim["year"]))))
    return tag(
        "li",
        tag("strong", _span(measure, claim["low"], claim["high"])),
        " ",
        _journey(network, claim),
        tag("p", _verdict_line(claim, measure), class_="cac-verdict"),
        tag(
            "p",
            f"{who or text.NOT_KNOWN}: ",
            tag("span", f"{source} ", class_="cac-said-in"),
            address(claim["address"]),
            class_="cac-note",
        ),
        data_standing=claim["standing"],
    )


def _journey(network: Network, claim: Mapping[Hashable, Any]) -> Phrase:
    """Tell the journey that was meant, which decides what the figure is compared with."""
    ends = [names.called(network, claim[end]) for end in ("origin", "destination")]
    journey = say("{origin} \u2192 {destination}", origin=ends[0], destination=ends[1])
    if claim["via"]:
        via = tuple(names.called(network, name) for name in claim["via"].split(", "))
        journey = say("{journey} via {places}", journey=journey, places=via)
    labels = mode_labels(network)
    modes = tuple(in_phrase(labels.get(mode, mode)) for mode in claim["modes"].split())
    return say(
        "{standing}: {journey}; {modes}",
        standing=phrase_of(claim["standing"]),
        journey=journey,
        modes=modes or say("any mode"),
    )


def _span(measure: Measure, low: float, high: float) -> Phrase:
    if low == high or low != low:  # noqa: PLR0124  # NaN is unlike itself
        return text.figure(measure, high)
    return text.figure_range(measure, low, high)


def _verdict_line(claim: Mapping[Hashable, Any], measure: Measure) -> Phrase:
    """Say what the model has and how the figure stands to it, or why that cannot be said."""
    if claim["verdict"] == NOT_COMPARABLE:
        return judge({**claim, "reason": KEY.sub("another published figure", claim["reason"])})
    model = text.figure(measure, claim["model"])
    if not measure.ranged:
        return say("Model {figure}: {verdict}", figure=model, verdict=judge(claim))
    span = _span(measure, claim["model_low"], claim["model_high"])
    return say("Model {figure} ({range}): {verdict}", figure=model, range=span, verdict=judge(claim))
