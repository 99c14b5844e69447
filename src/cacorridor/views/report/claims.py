"""Set what was published about a pair beside the model: who, when, with a link, the chance of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.costs.measures import MEASURES
from cacorridor.errors import NoRouteError
from cacorridor.network.model import records
from cacorridor.network.schema import QUANTITIES
from cacorridor.routing.finding import find_route
from cacorridor.validation.claims import check_claims
from cacorridor.views import text
from cacorridor.views.markup import Html, address, join, tag

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

CHANCES = np.linspace(0.005, 0.995, 199)  # at which the hours of a route are read
KEY = re.compile(r"\b(km|h|usd)-[\w-]+")  # an id, which says nothing to a reader


def claims_of(network: Network, heading: str, routes: Sequence[Route]) -> Html:
    """Write a card for each published figure about the pair."""
    ends = {(route.query.origin, route.query.destination) for route in routes}
    checked = check_claims(network, what=list(_claimed()), between=ends)
    if checked.empty:
        return tag("p", "No figure about this pair was found published.", class_="cac-note")
    addresses = network.table("sources")["address"]
    cards = [_card(network, claim, addresses) for claim in checked.to_dict("records")]
    return join(
        [
            tag("h3", "Is it true?"),
            tag("ul", *cards, class_="cac-claims", aria_label=f"{heading}: what was said"),
        ]
    )


def _claimed() -> dict[str, Measure]:
    """List the measures that claims speak of, by unit."""
    return {measure.unit: measure for measure in MEASURES.values() if measure.unit in QUANTITIES}


def _card(network: Network, claim: Mapping[Hashable, Any], addresses: Any) -> Html:
    """Write one claim: figure, journey, who and when, verdict, source."""
    measure = _claimed()[claim["what"]]
    said = _span(measure, claim["low"], claim["high"])
    via = f" by {claim['via']}" if claim["via"] else ""
    journey = f"{claim['origin']} \u2192 {claim['destination']}{via}, {_modes(network, claim['modes'])}"
    who = ", ".join(filter(None, (claim["claimant"] or text.NOT_KNOWN, text.year(claim["year"]))))
    source = addresses.get(claim["source_id"], "")
    return tag(
        "li",
        tag("strong", said),
        tag("span", f" {claim['standing']}: {journey}"),
        tag("p", _verdict(network, claim, measure), class_="cac-verdict"),
        tag("p", f"{who}. ", address(source) if source else "", class_="cac-note"),
        data_standing=claim["standing"],
    )


def _modes(network: Network, modes: str) -> str:
    labels = dict(zip(network.tables["modes"]["id"], network.tables["modes"]["label"], strict=True))
    return " and ".join(str(labels.get(mode, mode)).lower() for mode in modes.split()) or "any mode"


def _span(measure: Measure, low: float, high: float) -> str:
    if low == high or low != low:  # noqa: PLR0124  # NaN is unlike itself
        return text.amount(measure, low)
    return f"{text.number(low)}{text.DASH}{text.amount(measure, high)}"


def _verdict(network: Network, claim: Mapping[Hashable, Any], measure: Measure) -> str:
    """Say how a claim stands to the model: the chance of a promise, the factor of an observation."""
    verdict = str(claim["verdict"])
    if verdict.startswith("not comparable"):
        return KEY.sub("another published figure", verdict).capitalize()
    model = f"model {text.amount(measure, claim['model'])}"
    if not measure.ranged:
        return f"{model}: {text.share(claim['deviation'], 1, signed=True)} against the figure"
    model = f"{model} ({_span(measure, claim['model_low'], claim['model_high'])})"
    kept = text.fixed(100 * kept_share(network, claim["id"], claim["high"]))
    chance = f"{kept} of 100 journeys are as quick or quicker"
    ratio = (claim["low"] + claim["high"]) / 2 / claim["model"]
    if claim["standing"] == "observed" and verdict != "agrees":
        slower = f"{text.fixed(max(ratio, 1 / ratio), 1)} times {'slower' if ratio > 1 else 'quicker'}"
        return f"{model}: observed {slower} than the model expects; {chance}"
    return f"{model}: {chance}"


def kept_share(network: Network, claim: str, hours: float) -> float:
    """Compute the share of journeys of the model that take no longer than hours that were published.

    Parameters
    ----------
    network
        What exists, with its claims.
    claim
        Key of the claim, whose ends, modes, level and year are asked.
    hours
        The hours.

    Returns
    -------
    float
        From 0 to 1; not a number where there is no route.

    """
    table = network.tables["claims"]
    (row,) = records(table[table["id"] == claim])
    try:
        route = find_route(
            network,
            row["origin"],
            row["destination"],
            **{name: row[name] for name in ("via", "modes", "level")},
            year=row["as_of"],
        )
    except NoRouteError:
        return float("nan")
    quantiles_h = route.quantiles_h(CHANCES.tolist())[:, 0]
    return float(np.interp(hours, quantiles_h, CHANCES, left=0.0, right=1.0))
