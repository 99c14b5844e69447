"""What the pages of the site speak of, computed once, and the links between them."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping  # noqa: TC003  # of the fields of a dataclass
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from cacorridor.criticality.bypass import bypass
from cacorridor.criticality.leverage import leverage
from cacorridor.errors import NoRouteError
from cacorridor.network.held import records
from cacorridor.routing.corridors import corridor_routes
from cacorridor.routing.finding import find_route
from cacorridor.validation.claims import check_claims
from cacorridor.views import text
from cacorridor.views.atlas.address import fragment
from cacorridor.views.labels import Labels
from cacorridor.views.markup import Html, address, tag
from cacorridor.views.site.shell import joined
from cacorridor.views.tables import rows_of
from cacorridor.views.words import names
from cacorridor.views.words.notes import WORD, may_be_id, publication
from cacorridor.views.words.phrases import in_phrase, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route
    from cacorridor.views.words.phrases import Part, Phrase

STATE, CORRIDOR, CROSSING, CLAIM = KINDS = ("state", "corridor", "crossing", "claim")
Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Facts:
    """The answers that the pages tell, and the file of each page by kind and key."""

    network: Network
    labels: Labels
    corridors: Mapping[str, Route]
    best_ways: tuple[Route, ...]  # of the table of pairs
    closed_states: tuple[Row, ...]  # a pair and a state on its best way: what the closure adds
    leverage: Mapping[tuple[str, str, str], float]  # share, by origin, destination and state
    crossings: Mapping[str, Row]  # links between two states, by id
    claims: Mapping[str, Row]
    sources: Mapping[str, Row]
    files: Mapping[tuple[str, str], str]

    def link(self, kind: str, key: str, label: object) -> Html:
        """Link a page, or write the label alone where there is none."""
        file = self.files.get((kind, key))
        return tag("a", label, href=file) if file else tag("span", label)

    def state(self, code: str) -> Html:
        """Link the page of a state by its name."""
        return self.link(STATE, code, names.state(self.network, code))

    def states(self, codes: Iterable[str]) -> Html:
        """Link the pages of several states."""
        return joined(map(self.state, codes))

    def crossing(self, link: str) -> Html:
        """Link the page of a crossing by its two posts."""
        return self.link(CROSSING, link, self.crossing_name(link))

    def crossing_name(self, link: str) -> Phrase:
        """Name a crossing by its two posts and its mode."""
        row = self.crossings[link]
        start, end = (names.place(self.network, row[end]) for end in ("from", "to"))
        mode = in_phrase(self.labels.modes[row["mode"]])
        return say(f"{{start}} {text.DASH} {{end}}, {{mode}}", start=start, end=end, mode=mode)

    def ends(self, query: Query) -> Phrase:
        """Name the ends of a question, in the direction of travel."""
        start, end = (names.place(self.network, key) for key in (query.origin, query.destination))
        return say("{origin} \u2192 {destination}", origin=start, destination=end)

    def remark(self, note: str) -> Html | str:
        """Write a note; the sources and claims that it names by id are linked by who published them."""
        words = WORD.split(note or "")
        pieces = [self._named_in_note(word) or word for word in words]
        if pieces == words:
            return note
        return Html("".join(piece if isinstance(piece, Html) else escape(piece) for piece in pieces))

    def _named_in_note(self, word: str) -> Html | None:
        source = self.sources.get(word) if may_be_id(word) else None
        if source is not None:
            line = publication(source)
            return address(source["address"], line) if source["address"] else tag("span", line)
        if word in self.claims and may_be_id(word):
            return self.link(CLAIM, word, say("another published figure"))
        return None

    def cite(self, source_id: str, lacking: object = text.NOTHING) -> Html:
        """Link a source by its title, publisher and year; what has none says so."""
        source = self.sources.get(source_id)
        if source is None:
            return tag("span", lacking)
        line = self.labels.sources[source_id]
        return address(source["address"], line) if source["address"] else tag("span", line)


def in_explorer(ends: tuple[str, str], label: Part, **chosen: object) -> Html:
    """Link the explorer with two places and conditions chosen; the words are those of its address."""
    return tag("a", label, href=f"explorer.html{fragment(ends, **chosen)}")


def asked_in_explorer(query: Query, label: Part, **chosen: object) -> Html:
    """Link the explorer with the question of a route, without the places that it is pinned to."""
    conditions = {"modes": ",".join(sorted(query.modes)), "year": query.year}
    level = "" if query.level == "express" else query.level
    return in_explorer((query.origin, query.destination), label, **conditions, level=level, **chosen)


def collect_facts(network: Network) -> Facts:
    """Compute what the pages speak of."""
    # computed once, since every page links to others and tells the same figures
    best_ways, closed_states = _best_ways(network)
    links = network.link_columns
    corridors = dict(corridor_routes(network))
    crossings = {row["id"]: row for row in records(links) if row["is_border"]}
    claims = _claim_rows(network)

    # only a state that has a place gets a page; its name orders them as a reader looks for them
    keys = {
        STATE: sorted(set(network.state_of.values()), key=network.state_name),
        CORRIDOR: corridors,
        CROSSING: crossings,
        CLAIM: claims,
    }
    return Facts(
        network,
        Labels.of(network),
        corridors=corridors,
        best_ways=tuple(best_ways),
        closed_states=tuple(closed_states),
        leverage=_leverage(network, best_ways),
        crossings=crossings,
        claims=claims,
        sources={row["id"]: row for row in network.rows("sources")},
        files=_files(keys),
    )


def _files(keys: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], str]:
    """Name the file of each page; every name is of small letters, digits and hyphens."""
    taken: set[str] = set()
    return {(kind, key): f"{text.slug(f'{kind}-{key}', taken)}.html" for kind in KINDS for key in keys[kind]}


def _best_ways(network: Network) -> tuple[list[Route], list[Row]]:
    """Find the best way of each pair of the table, and what the closure of each state on it adds."""
    routes: list[Route] = []
    closed: list[Row] = []
    for pair in network.rows("pairs"):
        with contextlib.suppress(NoRouteError):  # a pair may be cut off
            ends = pair["origin"], pair["destination"]
            route = find_route(network, *ends)
            routes.append(route)
            closed += [{**row, "route": route} for row in records(bypass(network, *ends))]
    return routes, closed


def _leverage(network: Network, best_ways: Iterable[Route]) -> dict[tuple[str, str, str], float]:
    """Find the share of each transit state in what all of them save against the ocean, for each pair."""
    shares: dict[tuple[str, str, str], float] = {}
    for route in best_ways:
        ends = route.query.origin, route.query.destination
        with contextlib.suppress(NoRouteError):  # a network without an ocean route has no outside option
            table = leverage(network, *ends)
            shares |= {(*ends, state): share for state, share in rows_of(table, "state", "leverage_share")}
    return shares


def _claim_rows(network: Network) -> dict[str, Row]:
    """Set the claims beside the model, with the ids of their ends."""
    # the checked table has names of places; ids and the year asked stand in the authored one
    checked = check_claims(network)
    ends = {row["id"]: (row["origin"], row["destination"], row["as_of"]) for row in network.rows("claims")}
    rows: dict[str, Row] = {}
    for row in records(checked):
        origin, destination, as_of = ends[row["id"]]
        rows[row["id"]] = {**row, "ends": (origin, destination), "as_of": as_of}
    return rows
