"""Set published figures beside the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor.analysis.routes import find_route
from cacorridor.errors import NoRouteError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cacorridor.analysis.routes import Route
    from cacorridor.network.model import Network


def check_lengths(network: Network) -> pd.DataFrame:
    """Set every published length beside the shortest route between the same places by the same modes.

    One row a claim: ``published_low_km``, ``published_high_km``, ``model_km``, ``deviation`` (relative,
    from the nearer bound, NaN where no route exists) and ``sets_links``: links on the route whose own
    length comes from the claim's source, so that the row cannot validate them. ``set_aside`` says why a
    figure does not count: another one is selected, or it cannot be the length between these places.
    """
    claims = [claim for claim in network.rows("claims") if claim["what"] == "km"]
    links = network.tables["links"]
    authored = links[links["length_km"].notna()]
    length_sources = dict(zip(authored["id"], authored["source_id"], strict=True))
    return pd.DataFrame([_check_length(network, claim, length_sources) for claim in claims])


def _check_length(
    network: Network, claim: dict[str, Any], length_sources: Mapping[str, str]
) -> dict[str, object]:
    route = _route_of(network, claim)
    return {
        "id": claim["id"],
        "origin": network.place_name(claim["origin"]),
        "destination": network.place_name(claim["destination"]),
        "via": ", ".join(map(network.place_name, claim["via"])),
        "modes": " ".join(claim["modes"]),
        "published_low_km": claim["low"],
        "published_high_km": claim["high"],
        "model_km": route.length_km if route else float("nan"),
        "deviation": _deviation(route.length_km, claim["low"], claim["high"]) if route else float("nan"),
        "sets_links": _links_set_by(route, length_sources, claim["source_id"]),
        "set_aside": claim["set_aside"],
        "source_id": claim["source_id"],
        "note": claim["note"],
    }


def _route_of(network: Network, claim: dict[str, Any]) -> Route | None:
    """Find the shortest route that the claim can speak of."""
    try:
        return find_route(
            network,
            claim["origin"],
            claim["destination"],
            via=claim["via"],
            modes=claim["modes"],
            year=claim["as_of"],
            criterion="length",
        )
    except NoRouteError:
        return None


def _deviation(model_km: float, low_km: float, high_km: float) -> float:
    """Compare with the nearer bound; inside the range the deviation is zero."""
    nearest_km = min(max(model_km, low_km), high_km)
    return model_km / nearest_km - 1


def _links_set_by(route: Route | None, length_sources: Mapping[str, str], source_id: str) -> tuple[str, ...]:
    """List the links of a route whose authored length comes from a source."""
    return tuple(link for link in (route.links if route else ()) if length_sources.get(link) == source_id)
