"""Set published figures beside the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor.costs.measures import COST
from cacorridor.costs.prices import USD, dollars
from cacorridor.costs.time import PANDEMIC_YEARS
from cacorridor.errors import NoRouteError
from cacorridor.network.schema import QUANTITIES
from cacorridor.routing import doors
from cacorridor.routing.accounts import ledger
from cacorridor.routing.finding import find_route

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

LENGTH_TOLERANCE = 0.06  # a published length within 6 % of the model's agrees with it
NAN = float("nan")
PRICED_LOADS = {"usd": "feu", "usd_truck": "truck20t"}  # the load of a price, by the quantity of the claim
CLAIM_COLUMNS = [
    "id", "origin", "destination", "via", "modes", "level", "what", "standing", "year", "claimant",
    "low", "high", "model", "model_low", "model_high", "deviation", "verdict", "informed",
    "set_aside", "source_id", "note",
]  # fmt: skip
INDICATOR_COLUMNS = [
    "id", "state", "mode", "year", "journey", "swod_kmh", "model_swod_kmh", "swd_kmh", "model_swd_kmh",
    "deviation", "source_id", "note",
]  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """What the model says to one claim."""

    model: float = NAN
    model_low: float = NAN
    model_high: float = NAN
    deviation: float = NAN
    verdict: str = "not comparable: no route"
    informed: tuple[str, ...] = ()


def check_claims(
    network: Network,
    *,
    what: Collection[str] = QUANTITIES,
    between: Collection[tuple[str, str]] | None = None,
) -> pd.DataFrame:
    """Set every published figure beside the model, one row a claim.

    ``what`` are the quantities wanted; ``between`` are pairs of places, by id or name: only claims about
    these count, in either direction.

    A length (km) is compared with the shortest route between the same places by the same modes, hours (h)
    with the quickest one at the claim's service level and its range from the 10th to the 90th percentile.
    ``verdict`` is agrees, optimistic by x, pessimistic by x, or not comparable and why. ``deviation`` is
    the model's relative to the published figure, of a range of lengths to its nearer bound, of a range
    of hours or dollars to its middle. Dollars are those of the claim's year, on the quickest route.
    ``informed`` lists the links or parameters on the route whose own figure comes from the claim's source:
    such a row cannot validate them.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    what
        Quantities wanted: km, h, usd (a 40-foot container), usd_truck.
    between
        Pairs of places; only claims about these, in either direction.

    Returns
    -------
    pd.DataFrame
        One row a claim.

    """
    links = network.tables["links"]
    authored = links[links["length_km"].notna()]
    length_sources = dict(zip(authored["id"], authored["source_id"], strict=True))
    what = [doors.choice(each, "what", QUANTITIES) for each in doors.words(what, "what")]
    wanted = None if between is None else _ends_wanted(network, between)
    claims = [
        claim
        for claim in network.rows("claims")
        if claim["what"] in what
        and (wanted is None or frozenset((claim["origin"], claim["destination"])) in wanted)
    ]
    rows = [_claim_row(network, claim, _judge(network, claim, length_sources)) for claim in claims]
    return pd.DataFrame(rows, columns=CLAIM_COLUMNS)


def _ends_wanted(network: Network, between: Collection[tuple[str, str]]) -> set[frozenset[str]]:
    """Find the places of pairs, without their direction."""
    pairs = (doors.pair(each, "between") for each in doors.pairs(between, "between"))
    return {frozenset(map(network.find_place, pair)) for pair in pairs}


def check_indicators(network: Network) -> pd.DataFrame:
    """Set surveyed speeds of trade beside the model's, one row a survey that names a journey to compare.

    The journey is taken at the typical level; ``model_swod_kmh`` and ``model_swd_kmh`` are its speeds
    without and with delay inside the state, its own sides of both borders included; ``deviation`` is the
    model's speed with delay relative to the survey's; ``counts`` marks the newest survey of a state and
    mode outside the pandemic.

    Parameters
    ----------
    network
        What exists, from ``load_network``.

    Returns
    -------
    pd.DataFrame
        One row a survey.

    """
    surveys = [row for row in network.rows("indicators") if row["origin"] and row["swd_kmh"] > 0]
    ordinary = [row for row in surveys if row["year"] not in PANDEMIC_YEARS]
    newest = {(row["state"], row["mode"]): row["id"] for row in sorted(ordinary, key=lambda row: row["year"])}
    table = pd.DataFrame([_compare_speeds(network, row) for row in surveys], columns=INDICATOR_COLUMNS)
    return table.assign(counts=table["id"].isin(newest.values()))


def _compare_speeds(network: Network, survey: dict[str, Any]) -> dict[str, object]:
    route = find_route(
        network,
        survey["origin"],
        survey["destination"],
        via=survey["via"],
        modes=[survey["mode"]],
        level="typical",
        year=survey["year"],
    )
    account = ledger(route).set_index("state").loc[survey["state"]]
    return {
        **{key: survey[key] for key in ("id", "state", "mode", "year")},
        "journey": f"{route.origin} - {route.destination}",
        "swod_kmh": survey["swod_kmh"],
        "model_swod_kmh": account["swod_kmh"],
        "swd_kmh": survey["swd_kmh"],
        "model_swd_kmh": account["swd_kmh"],
        "deviation": account["swd_kmh"] / survey["swd_kmh"] - 1,
        "source_id": survey["source_id"],
        "note": survey["note"],
    }


def _claim_row(network: Network, claim: dict[str, Any], finding: Finding) -> dict[str, object]:
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
    }


def _judge(network: Network, claim: dict[str, Any], length_sources: Mapping[str, str]) -> Finding:
    """Find the route that the claim can speak of and compare."""
    reason = _incomparable(claim)
    if reason:
        return Finding(verdict=f"not comparable: {reason}")
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
        return Finding()
    if claim["what"] == "km":
        return _judge_length(claim, route, length_sources)
    return _judge_hours(claim, route) if claim["what"] == "h" else _judge_price(network, claim, route)


def _incomparable(claim: dict[str, Any]) -> str:
    """Say why no route can be set beside a claim; nothing if one can."""
    if claim["what"] in PRICED_LOADS:
        return str(claim["set_aside"] or ("" if claim["year"] else "no year is told"))
    if claim["what"] == "h" and not claim["level"]:
        return claim["set_aside"] or "no service level is told"
    return ""


def _judge_length(claim: dict[str, Any], route: Route, length_sources: Mapping[str, str]) -> Finding:
    """Compare with the nearer bound; inside the range the deviation is zero."""
    km = route.length_km
    nearest_km = min(max(km, claim["low"]), claim["high"])
    deviation = km / nearest_km - 1
    informed = tuple(link for link in route.links if length_sources.get(link) == claim["source_id"])
    verdict = _verdict(claim, agrees=abs(deviation) <= LENGTH_TOLERANCE, deviation=deviation)
    return Finding(km, km, km, deviation, verdict, informed)


def _judge_hours(claim: dict[str, Any], route: Route) -> Finding:
    """Compare the middle of the published hours with the model's range."""
    low_h, high_h = route.time_low_h, route.time_high_h
    middle_h = (claim["low"] + claim["high"]) / 2
    deviation = route.time_h / middle_h - 1
    evidence = route.evidence()
    told = (evidence["source_id"] == claim["source_id"]) | evidence["note"].str.contains(
        claim["source_id"], regex=False
    )
    informed = tuple(evidence.loc[told, "factor"].unique())
    verdict = _verdict(claim, agrees=low_h <= middle_h <= high_h, deviation=deviation)
    return Finding(route.time_h, low_h, high_h, deviation, verdict, informed)


def _judge_price(network: Network, claim: dict[str, Any], route: Route) -> Finding:
    """Compare the middle of the published dollars with the model's range, both in dollars of 2025."""
    worth = dollars(network).get((USD, int(claim["year"])))
    if worth is None or COST not in route.measures:
        return Finding(verdict="not comparable: the data have no prices, or no price level of the year")
    middle_usd = worth * (claim["low"] + claim["high"]) / 2
    cost, low, high = (usd / worth for usd in (route.cost_usd, route.cost_low_usd, route.cost_high_usd))
    deviation = route.cost_usd / middle_usd - 1
    elements = route.costs()
    informed = tuple(elements.loc[elements["source_id"] == claim["source_id"], "figure"].unique())
    verdict = _verdict(claim, agrees=low <= middle_usd / worth <= high, deviation=deviation)
    return Finding(cost, low, high, deviation, verdict, informed)


def _verdict(claim: dict[str, Any], *, agrees: bool, deviation: float) -> str:
    """Put a comparison into words; a figure below the model's is optimistic."""
    if claim["set_aside"]:
        return f"not comparable: {claim['set_aside']}"
    if agrees:
        return "agrees"
    share = abs(1 / (1 + deviation) - 1)  # how far the claim is from the model
    return f"{'optimistic' if deviation > 0 else 'pessimistic'} by {share:.0%}"
