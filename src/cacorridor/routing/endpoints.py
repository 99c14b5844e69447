"""What names of links, places and gateways stand for in a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.errors import UsageError
from cacorridor.network.model import SEA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network


def border_links_at(network: Network, names: str | Sequence[str]) -> set[str]:
    """Find the border links that one or several names stand for: links, gateways or places.

    Raises
    ------
    UsageError
        If no border link lies at one of them.

    """
    links = network.links
    return _links_at(network, links[links["is_border"]], names, "border")


def sea_links_at(network: Network, names: str | Sequence[str]) -> set[str]:
    """Find the sea links in the same way.

    Raises
    ------
    UsageError
        If no sea link lies at one of them.

    """
    links = network.links
    return _links_at(network, links[links["mode"] == SEA], names, "sea")


def _links_at(network: Network, links: Any, names: str | Sequence[str], kind: str) -> set[str]:
    found: set[str] = set()
    for name in [names] if isinstance(names, str) else names:
        own = {name} if name in links.index else _links_at_place(network, links, name)
        if not own:
            raise UsageError(f"no {kind} link lies at {name!r}")
        found |= own
    return found


def _links_at_place(network: Network, links: Any, name: str) -> set[str]:
    """Find the links that end at a gateway's places, or at one place."""
    places = network.table("places")
    gateway = set(places.index[places["gateway"].str.casefold() == name.casefold()])
    ends = gateway or {network.find_place(name)}
    return set(links.index[links["from"].isin(ends) | links["to"].isin(ends)])
