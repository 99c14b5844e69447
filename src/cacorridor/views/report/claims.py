"""Set what was published about a pair beside the model: who, when, with a link, the chance of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cacorridor.costs.measures import MEASURES
from cacorridor.network.schema import QUANTITIES
from cacorridor.validation.claims import NOT_COMPARABLE, check_claims
from cacorridor.views import text
from cacorridor.views.labels import mode_labels
from cacorridor.views.markup import Html, address, join, tag
from cacorridor.views.verdicts import claim_sources, verdicts

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

KEY = re.compile(r"\b(km|h|usd)-[\w-]+")  # an id, which says nothing to a reader


def claims_of(network: Network, heading: str, routes: Sequence[Route]) -> Html:
    """Write a card for each published figure about the pair."""
    # the pair counts and not the direction: what was said of the way back stands here too
    ends = {(route.query.origin, route.query.destination) for route in routes}
    checked = check_claims(network, what=list(_claimed()), between=ends)
    if checked.empty:
        return tag("p", "No figure about this pair was found published.", class_="cac-note")
    written = zip(checked.to_dict("records"), verdicts(checked), claim_sources(checked), strict=True)
    cards = [_claim_card(network, *each) for each in written]
    return join(
        [
            tag("h3", "Is it true?"),
            tag("ul", *cards, class_="cac-claims", aria_label=f"{heading}: what was said"),
        ]
    )


def _claimed() -> dict[str, Measure]:
    """List the measures that claims speak of, by unit."""
    return {measure.unit: measure for measure in MEASURES.values() if measure.unit in QUANTITIES}


def _claim_card(network: Network, claim: Mapping[Hashable, Any], judged: str, source: str) -> Html:
    """Write one claim: figure, journey, who and when, verdict, source."""
    measure = _claimed()[claim["what"]]
    said = _span(measure, claim["low"], claim["high"])

    # the journey that was meant decides what the figure is compared with
    via = f" by {claim['via']}" if claim["via"] else ""
    journey = f"{claim['origin']} \u2192 {claim['destination']}{via}, {_name_modes(network, claim['modes'])}"
    who = ", ".join(filter(None, (claim["claimant"] or text.NOT_KNOWN, text.year_cell(claim["year"]))))
    return tag(
        "li",
        tag("strong", said),
        tag("span", f" {claim['standing']}: {journey}"),
        tag("p", _verdict_line(claim, measure, judged), class_="cac-verdict"),
        tag(
            "p",
            f"{who}: ",
            tag("span", f"{source} ", class_="cac-said-in"),
            address(claim["address"]),
            class_="cac-note",
        ),
        data_standing=claim["standing"],
    )


def _name_modes(network: Network, modes: str) -> str:
    labels = mode_labels(network)
    return " and ".join(labels.get(mode, mode).lower() for mode in modes.split()) or "any mode"


def _span(measure: Measure, low: float, high: float) -> str:
    if low == high or low != low:  # noqa: PLR0124  # NaN is unlike itself
        return text.amount(measure, low)
    return f"{text.number(low)}{text.DASH}{text.amount(measure, high)}"


def _verdict_line(claim: Mapping[Hashable, Any], measure: Measure, judged: str) -> str:
    """Say what the model has and how the figure stands to it, or why that cannot be said."""
    if claim["verdict"] == NOT_COMPARABLE:
        return KEY.sub("another published figure", judged).capitalize()
    model = f"Model {text.amount(measure, claim['model'])}"
    if measure.ranged:
        model = f"{model} ({_span(measure, claim['model_low'], claim['model_high'])})"
    return f"{model}: {judged}"
