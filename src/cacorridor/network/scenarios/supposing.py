"""What a reader supposes of single links and places, as a scenario: that they are closed, or take longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.network.model import SEA
from cacorridor.network.scenarios.edits import Edit
from cacorridor.network.scenarios.scenarios import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.network.model import Network

NOTE = "what if"  # the reason of each edit
FILE = "what is supposed"  # stands for a file in messages


def suppose(
    network: Network, *, closed: Sequence[str] = (), delays: Iterable[tuple[str, float]] = ()
) -> Scenario:
    """Make the scenario under which links and places are closed, and others take hours more.

    A place, or a gateway with all its posts, closes with all that hangs on it; hours at it are hours at each
    link there that crosses a border or sails. Hours named twice add up.

    Raises
    ------
    UsageError
        If a name is none of a link, or no border and no ship lies at a place that is to take longer.
    UnknownPlaceError
        If a name is none of a place, with the nearest names.

    """
    delayed = list(delays)
    edits = [_edit_closing(network, name) for name in dict.fromkeys(closed)]
    # a link that several names mean takes the hours of all
    hours_at: dict[str, float] = {}
    for name, hours in delayed:
        for link in _links_of(network, name):
            hours_at[link] = hours_at.get(link, 0.0) + hours
    edits += [
        Edit("links", link, "delay", value=repr(hours), note=NOTE, file=FILE)
        for link, hours in hours_at.items()
    ]
    # its name stands in the head line of an answer: it says what was supposed
    said = [f"{name} closed" for name in closed] + [f"{name} {hours:g} h longer" for name, hours in delayed]
    return Scenario(" + ".join(said), tuple(edits))


def _edit_closing(network: Network, name: str) -> Edit:
    """Close a link, or the places that a name means."""
    if _is_link(network, name):
        return Edit("links", name, "close", note=NOTE, file=FILE)
    return Edit("places", ";".join(sorted(_places_of(network, name))), "close", note=NOTE, file=FILE)


def _links_of(network: Network, name: str) -> list[str]:
    """List the link of a name, or those over a border or by sea that end at its places."""
    links, state_of = network.columns("links"), network.state_of
    if _is_link(network, name):
        return [name]
    places = _places_of(network, name)
    ends = zip(*(links[column] for column in ("id", "mode", "from", "to")), strict=True)
    found = [
        key
        for key, mode, start, end in ends
        if places & {start, end} and (mode == SEA or state_of[start] != state_of[end])
    ]
    if not found:
        raise UsageError(f"no border and no ship at {name!r}: name a link, as `cacorridor crossings` does")
    return found


def _is_link(network: Network, name: str) -> bool:
    """Tell whether a name is that of a link, also of one that a scenario has taken away."""
    return name in network.columns("links")["id"] or name in network.known_ids.get("links", ())


def _places_of(network: Network, name: str) -> set[str]:
    """Find the posts of a gateway, which goes before a place of the same name, or the one place."""
    if ":" in name and not network.has_place(name):  # ids of links have colons, names of places have none
        raise UsageError(f"unknown link {name!r}; `cacorridor crossings` lists those over borders")
    places = network.columns("places")
    gateways = zip(places["id"], places["gateway"], strict=True)
    posts = {place for place, gateway in gateways if gateway and gateway.casefold() == name.casefold()}
    return posts or {network.find_place(name)}
