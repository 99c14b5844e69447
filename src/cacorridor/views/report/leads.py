"""A section of the report, and where its lines lead: to the map, and to the same question in the explorer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cacorridor.views.atlas.address import address_of
from cacorridor.views.markup import Html, tag
from cacorridor.views.words.phrases import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cacorridor.routing.corridors import Comparison
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route
    from cacorridor.views.explorer.payload import MapRoute
    from cacorridor.views.words.phrases import Part

SIGN = "\u2197"  # an arrow out of the page; its name says where to


class Leads(NamedTuple):
    """The addresses of routes on the map by their links, and that of the explorer, if there is one."""

    slugs: Mapping[tuple[str, ...], str]
    explorer: str | None

    def to_map(self, said: Part, route: Route | None) -> Html:
        """Write a line that leads to its route, if the map has it."""
        slug = self.slugs.get(route.links) if route else None
        return tag("a", said, href=f"#{slug}") if slug else tag("span", said)

    def to_explorer(self, said: Part, query: Query) -> Html:
        """Write a sign that leads to a question in the explorer; nothing where no address puts it."""
        where = self.address(query)
        called = say("Ask the explorer: {question}", question=said)
        return tag("a", SIGN, href=where, aria_label=called, class_="cac-ask") if where else Html("")

    def address(self, query: Query) -> str | None:
        """Write the address at which the explorer answers a question."""
        asked = address_of(query)
        return f"{self.explorer}{asked}" if self.explorer and asked else None


class Section(NamedTuple):
    """One comparison as the report tells it: its address, its heading, what was compared, what is drawn."""

    anchor: str
    heading: Part
    shown: Comparison
    group: Sequence[MapRoute]
    explorer: str | None

    @property
    def routes(self) -> list[Route]:
        """The routes that are drawn."""
        return [drawn.route for drawn in self.group]

    @property
    def leads(self) -> Leads:
        """Where lines of the section lead; of routes over the same links the first counts."""
        return Leads({drawn.route.links: drawn.slug for drawn in reversed(self.group)}, self.explorer)

    def part(self, name: str) -> str:
        """Write the address of a part of the section."""
        return f"{self.anchor}-{name}"
