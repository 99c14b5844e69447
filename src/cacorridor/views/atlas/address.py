"""The address of a view of the explorer: written for a question, and read back as one for the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from cacorridor.costs.measures import GENERALISED
from cacorridor.errors import UsageError
from cacorridor.network.schema import CLOCKS
from cacorridor.routing.conditions import Conditions
from cacorridor.routing.finding import find_route

if TYPE_CHECKING:
    from cacorridor.network.model import Network
    from cacorridor.network.scenarios.scenarios import Scenario
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route

LISTS = ("via", "through", "modes")
NUMBERS = ("year", "month")
WORDS = ("level", "criterion", "scenario")
MOST_PINS = 6  # places to pass, and states to cross, that the page reads from an address (address.mjs)


# ---------------------------------------------------------------- writing


def address_of(query: Query) -> str | None:
    """Write the address at which the explorer answers a question as the library does.

    Parameters
    ----------
    query
        Of a route, found in the network that the page is made of.

    Returns
    -------
    str or None
        Such as ``#moscow/osh&closed=KAZ&year=2031``; None where no address puts the question: modes that
        differ by stretch, another load or clock, a survey year, an avoided state that may be touched.

    """
    usual = Conditions()
    has_no_word = (
        query.stretches
        or query.allow_touch
        or max(len(query.via), len(query.through)) > MOST_PINS
        or (query.load, query.survey_year, query.count) != (usual.load, usual.survey_year, CLOCKS[0])
    )
    if has_no_word:
        return None
    return fragment(
        (query.origin, query.destination),
        via=",".join(query.via),
        through=",".join(sorted(query.through)),
        closed=",".join(sorted(query.avoid)),
        year=query.year,
        month=query.month,
        level="" if query.level == usual.level else query.level,
        modes=",".join(sorted(query.modes)),
        criterion="" if query.criterion == usual.criterion else query.criterion,
        worth=query.value_of_time,
    )


def fragment(ends: tuple[str, str], **chosen: object) -> str:
    """Write two places, or none, and what else is chosen; the words are those of the address."""
    # the explorer reads the two places first, then name=word; what is empty is as usual
    places = "/".join(quote(place, safe="") for place in ends) if all(ends) else ""
    parts = [f"{name}={quote(str(each), safe=',')}" for name, each in chosen.items() if each]
    return f"#{'&'.join(filter(None, [places, *parts]))}"


# ---------------------------------------------------------------- reading


def route_at(network: Network, address: str) -> Route:
    """Find the route of a view of the explorer, from its address or the fragment of it.

    Parameters
    ----------
    network
        What exists, as the page was made from it.
    address
        Such as ``#moscow/osh&closed=KAZ&year=2031``, as the page shows it, also behind the address of a file.

    Returns
    -------
    Route
        That which the page shows.

    Raises
    ------
    UsageError
        If the address names no two places, or hours that a reader added at a link, which no route has.
    NoRouteError
        With what blocks the way.

    """
    ends, chosen = _split_address(address)
    # what has no counterpart in a question is refused, never dropped
    if chosen.pop("added", ""):
        raise UsageError("hours added at a link belong to no route; see break_even")
    # states that are closed are avoided
    closed = _words(chosen.pop("closed", ""))
    states = [each for each in closed if each in network.states.index]
    options = _options(network, chosen)
    # links that the reader closed are a scenario of their own, beside that which was chosen
    supposed = [options["scenario"]] if options.get("scenario") else []
    links = [each for each in closed if each not in states]
    options["scenario"] = [*supposed, *([_scenario_closing(links)] if links else [])] or None
    return find_route(network, *ends, avoid=states, **options)


def _split_address(address: str) -> tuple[list[str], dict[str, str]]:
    """Split an address into its two places and what else was chosen."""
    if not isinstance(address, str):
        raise UsageError(f"an address is text, not {type(address).__name__}")
    # also behind the address of a file, or of a site
    first, *others = address.rpartition("#")[2].split("&")
    ends = [unquote(place) for place in first.split("/")]
    if len(ends) != 2 or not all(ends):  # origin and destination
        raise UsageError(f"address {address!r} names no two places, such as #moscow/osh")
    return ends, dict(part.partition("=")[::2] for part in others)


def _options(network: Network, chosen: dict[str, str]) -> dict[str, Any]:
    """Turn what was chosen into options of ``find_route``."""
    options: dict[str, Any] = {name: _words(chosen[name]) for name in LISTS if name in chosen}
    options |= {name: unquote(chosen[name]) for name in WORDS if name in chosen}
    # numbers that a reader may have mistyped in the address
    options |= {name: _read_number(chosen[name]) for name in NUMBERS if name in chosen}
    if options.get("criterion") == GENERALISED:
        worth = chosen.get("worth")
        options["value_of_time"] = usual_worth(network) if worth is None else _read_number(worth)
    return options


def _read_number(text: str) -> float:
    """Read a number, a whole one as such."""
    try:
        return int(text) if text.isdecimal() else float(text)
    except ValueError:
        raise UsageError(f"the address has {text!r} for a number") from None


def usual_worth(network: Network) -> float:
    """Return the dollars of an hour where a reader chose none: those of general goods, else of the first."""
    from cacorridor.views.atlas.claims import describe_money

    goods = describe_money(network)["goods"]
    first = next(iter(goods.values()), 0.0)
    return float(goods.get("general", first))


def _words(text: str) -> list[str]:
    return [unquote(word) for word in text.split(",") if word]


def _scenario_closing(links: list[str]) -> Scenario:
    """Make the scenario under which some links are closed."""
    from cacorridor.network.scenarios.edits import Edit
    from cacorridor.network.scenarios.scenarios import Scenario

    note = "closed in the explorer"
    return Scenario(note, tuple(Edit("links", link, "close", note=note) for link in links))
