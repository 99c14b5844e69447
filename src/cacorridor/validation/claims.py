"""Set published figures beside the model."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cacorridor.costs.measures import COST
from cacorridor.costs.prices import USD, dollars
from cacorridor.errors import NoRouteError
from cacorridor.network.schema import QUANTITIES
from cacorridor.network.tables.answered import hold_rows
from cacorridor.routing import doors
from cacorridor.routing.finding import find_route
from cacorridor.routing.sums.elements import cost_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import pandas as pd

    from cacorridor.costs.loads import LoadName
    from cacorridor.network.held import HeldColumns
    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

LENGTH_TOLERANCE = 0.06  # a published length within 6 % of the model's agrees with it
NAN = float("nan")
# the load of a price, by the quantity of the claim
PRICED_LOADS: dict[str, LoadName] = {"usd": "feu", "usd_truck": "truck20t"}
AGREES, NOT_COMPARABLE = "agrees", "not comparable"
# What the model is beside a figure that it does not meet: above it, below it. A journey that was made
# cannot be wrong about itself, so of an observation only the model is judged.
ABOVE_BELOW = {
    "promised": ("optimistic", "pessimistic"),
    "observed": ("model slower", "model quicker"),
    "length": ("model longer", "model shorter"),
    "price": ("model dearer", "model cheaper"),
}
CLAIM_COLUMNS = [
    "id", "origin", "destination", "via", "modes", "level", "what", "standing", "year", "claimant",
    "low", "high", "model", "model_low", "model_high", "chance", "factor", "deviation", "verdict", "reason",
    "informed", "set_aside", "source_id", "source", "publisher", "published", "address", "note",
]  # fmt: skip
NUMBERS = {"low", "high", "model", "model_low", "model_high", "chance", "factor", "deviation"}
YEARS = {"year", "published"}
CLAIM_TYPES = {  # the same whatever rows there are, also none
    name: "Int64" if name in YEARS else "float64" if name in NUMBERS else "str" for name in CLAIM_COLUMNS
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the model says to one claim."""

    model: float = NAN
    model_low: float = NAN
    model_high: float = NAN
    chance: float = NAN
    factor: float = NAN
    deviation: float = NAN
    verdict: str = NOT_COMPARABLE
    reason: str = ""
    informed: str = ""  # ids, joined by spaces


def check_claims(
    network: Network,
    *,
    what: Collection[str] = QUANTITIES,
    between: Collection[tuple[str, str]] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Set every published figure beside the model, one row a claim.

    ``what`` are the quantities wanted; ``between`` are pairs of places, by id or name: only claims about
    these count, in either direction.

    A length (km) is compared with the shortest route between the same places by the same modes, hours (h)
    with the quickest one at the claim's service level and its range from the 10th to the 90th percentile.
    Dollars (usd, usd_truck) are those of the claim's year, for its load, on the quickest route.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    what
        Quantities wanted: km, h, usd (a 40-foot container), usd_truck.
    between
        Pairs of places; only claims about these, in either direction.
    progress
        Called with the numbers of claims judged and to be judged after each.

    Returns
    -------
    pd.DataFrame
        One row a claim. ``chance`` is the share of journeys that take the published hours (of a range, its
        upper end) or less, 0 to 1, from the distribution that ranges and draws come from. ``factor`` is the
        model's figure over the published one, of a range of hours over its middle, of a range of lengths
        over its nearer bound, and ``deviation`` is the same less 1. ``verdict`` is one of: agrees;
        optimistic or pessimistic, of a promise; model slower or quicker, of hours that were observed; model
        longer or shorter, of a length; model dearer or cheaper, of a price; not comparable, and then
        ``reason`` says why. ``informed`` lists, joined by spaces, the links or parameters on the route whose
        own figure comes from the claim's source: such a row cannot validate them. ``source``, ``publisher``,
        ``published`` (year) and ``address`` name the source.

    Raises
    ------
    UsageError
        If a quantity is unknown.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> claims = cc.check_claims(net, what=["h"], between=[("Kashgar", "Tashkent")])
    >>> {"low", "high", "model", "chance", "factor", "verdict"} <= set(claims)
    True

    """
    table: pd.DataFrame = ask_claims(network, what=what, between=between, progress=progress).frame
    return table


def ask_claims(
    network: Network,
    *,
    what: Collection[str] = QUANTITIES,
    between: Collection[tuple[str, str]] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> HeldColumns:
    """Answer the question of ``check_claims``, without a frame."""
    claims = _claims_asked(network, what, between)
    length_sources = _length_sources(network)
    sources = {row["id"]: row for row in network.rows("sources")}
    rows: list[dict[str, Any]] = []
    for claim in claims:
        finding = _judge(network, claim, length_sources)
        rows.append(_claim_row(network, claim, finding, sources[claim["source_id"]]))
        if progress is not None:
            progress(len(rows), len(claims))
    return hold_rows(rows, CLAIM_COLUMNS, CLAIM_TYPES)


def _claims_asked(
    network: Network, what: Collection[str], between: Collection[tuple[str, str]] | None
) -> list[dict[str, Any]]:
    """List the claims of some quantities, about some pairs or all."""
    what = [doors.choice(each, "what", QUANTITIES) for each in doors.words(what, "what")]
    claims = [claim for claim in network.rows("claims") if claim["what"] in what]
    if between is None:
        return claims
    ends = _unordered_ends(network, between)
    return [claim for claim in claims if frozenset((claim["origin"], claim["destination"])) in ends]


def _length_sources(network: Network) -> dict[str, str]:
    """Tell from which source the data took the length of a link: it cannot be checked against the same."""
    links = network.columns("links")
    lengths = zip(*(links[name] for name in ("id", "length_km", "source_id")), strict=True)
    return {link: source for link, km, source in lengths if not math.isnan(km)}


def _unordered_ends(network: Network, between: Collection[tuple[str, str]]) -> set[frozenset[str]]:
    """Find the places of pairs, without their direction."""
    pairs = (doors.pair(each, "between") for each in doors.pairs(between, "between"))
    return {frozenset(map(network.find_place, pair)) for pair in pairs}


def _claim_row(
    network: Network, claim: dict[str, Any], finding: Finding, source: dict[str, Any]
) -> dict[str, object]:
    """Lay out one row."""
    return {
        "id": claim["id"],
        "origin": network.place_name(claim["origin"]),
        "destination": network.place_name(claim["destination"]),
        "via": ", ".join(map(network.place_name, claim["via"])),
        "modes": " ".join(claim["modes"]),
        **{key: claim[key] for key in ("level", "what", "standing", "year", "claimant", "low", "high")},
        **vars(finding),
        **{key: claim[key] for key in ("set_aside", "source_id", "note")},
        "source": source["title"],
        "published": source["year"],
        **{key: source[key] for key in ("publisher", "address")},
    }


def _judge(network: Network, claim: dict[str, Any], length_sources: Mapping[str, str]) -> Finding:
    """Find the route that the claim can speak of and compare."""
    reason = _incomparable(claim)
    if reason:
        return Finding(reason=reason)
    try:
        route = find_route(
            network,
            claim["origin"],
            claim["destination"],
            via=claim["via"],
            modes=claim["modes"],
            level=claim["level"] or "express",
            year=claim["as_of"],
            criterion="length" if claim["what"] == "km" else "time",
            load=PRICED_LOADS.get(claim["what"], "feu"),
        )
    except NoRouteError:
        return Finding(reason="no route")
    if claim["what"] == "km":
        return _judge_length(claim, route, length_sources)
    return _judge_hours(claim, route) if claim["what"] == "h" else _judge_price(network, claim, route)


def _incomparable(claim: dict[str, Any]) -> str:
    """Say why no route can be set beside a claim; nothing if one can."""
    # dollars without a year cannot be brought to the price level of the model
    if claim["what"] in PRICED_LOADS:
        return str(claim["set_aside"] or ("" if claim["year"] else "no year is told"))
    if claim["what"] == "h" and not claim["level"]:
        return claim["set_aside"] or "no service level is told"
    return ""


def _judge_length(claim: dict[str, Any], route: Route, length_sources: Mapping[str, str]) -> Finding:
    """Compare with the nearer bound; inside the range the factor is 1."""
    km = route.length_km
    factor = km / min(max(km, claim["low"]), claim["high"])
    return Finding(
        model=km,
        model_low=km,
        model_high=km,
        factor=factor,
        deviation=factor - 1,
        verdict=_verdict(claim, agrees=abs(factor - 1) <= LENGTH_TOLERANCE, factor=factor),
        reason=claim["set_aside"],
        informed=" ".join(link for link in route.links if length_sources.get(link) == claim["source_id"]),
    )


def _judge_hours(claim: dict[str, Any], route: Route) -> Finding:
    """Compare the middle of the published hours with the model's range."""
    # the middle of a published range, not its bounds, must lie in the model's: bounds are of rare journeys
    low_h, high_h = route.time_low_h, route.time_high_h
    middle_h = (claim["low"] + claim["high"]) / 2
    factor = route.time_h / middle_h
    return Finding(
        model=route.time_h,
        model_low=low_h,
        model_high=high_h,
        chance=route.chance_within(claim["high"]),
        factor=factor,
        deviation=factor - 1,
        verdict=_verdict(claim, agrees=low_h <= middle_h <= high_h, factor=factor),
        reason=claim["set_aside"],
        informed=" ".join(_figures_of(claim["source_id"], route.columns("evidence"))),
    )


def _figures_of(source: str, evidence: dict[str, list[Any]]) -> list[str]:
    """List the figures of a source among those that hours rest on, each once."""
    # a figure may rest on several sources: one in its column, the others named in its note
    figures = zip(*(evidence[name] for name in ("factor", "source_id", "note")), strict=True)
    return list(dict.fromkeys(factor for factor, own, note in figures if own == source or source in note))


def _judge_price(network: Network, claim: dict[str, Any], route: Route) -> Finding:
    """Compare the middle of the published dollars with the model's range, both in dollars of the year."""
    worth = dollars(network).get((USD, int(claim["year"])))
    if worth is None or COST not in route.measures:
        return Finding(reason="the data have no prices, or no price level of the year")
    # the model counts in dollars of its own year; the claim stays as it was published
    middle_usd = (claim["low"] + claim["high"]) / 2
    cost, low, high = (usd / worth for usd in (route.cost_usd, route.cost_low_usd, route.cost_high_usd))
    factor = cost / middle_usd
    figures = dict.fromkeys(
        row["figure"] for row in cost_rows(route) if row.get("source_id") == claim["source_id"]
    )
    return Finding(
        model=cost,
        model_low=low,
        model_high=high,
        factor=factor,
        deviation=factor - 1,
        verdict=_verdict(claim, agrees=low <= middle_usd <= high, factor=factor),
        informed=" ".join(figures),
    )


def _verdict(claim: dict[str, Any], *, agrees: bool, factor: float) -> str:
    """Name what a comparison comes to."""
    if claim["set_aside"]:
        return NOT_COMPARABLE
    if agrees:
        return AGREES
    kinds = {"km": "length", "h": claim["standing"]}
    kind = kinds.get(claim["what"], "price")
    above, below = ABOVE_BELOW[kind]
    return above if factor > 1 else below
