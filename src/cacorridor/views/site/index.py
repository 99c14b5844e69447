"""Write the first page of the site: one search over all pages, and where to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.views import text
from cacorridor.views.markup import Html, json_element, tag
from cacorridor.views.offline import asset
from cacorridor.views.site.claims import claim_title
from cacorridor.views.site.corridors import corridor_title
from cacorridor.views.site.facts import CLAIM, CORRIDOR, CROSSING, STATE, Facts
from cacorridor.views.site.shell import section, write_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TITLE = "Transport corridors through Central Asia"
LEDE = (
    "How far, how long, whom a corridor crosses and whom it bypasses: a page for each state, named corridor, "
    "border crossing and published figure, each with its figures, their basis and their sources."
)
SEARCH = Html(
    '<div class="search" role="search"><label for="asked">Search states, corridors, crossings and claims'
    '</label><input type="search" id="asked" autocomplete="off" spellcheck="false">'
    '<output id="count" for="asked"></output><ul id="found" aria-label="Found"></ul>'
    "<noscript><p>The search needs its script; the lists below do not.</p></noscript></div>"
)


def write_index(facts: Facts) -> str:
    """Write the first page."""
    # one field that searches everything, then the same pages as lists for who has no script
    explorer = tag("a", "The explorer", href="explorer.html")
    crossings = tag("a", f"{len(facts.crossings)} border crossings", href="crossings.html")
    claims = tag("a", f"{len(facts.claims)} published figures", href="claims.html")
    parts = [
        tag("p", LEDE, class_="lead"),
        SEARCH,
        section(
            "Where to begin",
            tag(
                "ul",
                tag("li", explorer, " answers any two places with any set of closures"),
                tag("li", crossings, ": posts, whether open, hours with their sources"),
                tag("li", claims, ", each beside the model"),
            ),
        ),
        section("Named corridors", tag("ul", *_corridor_items(facts))),
        section("States", tag("ul", *_state_items(facts), class_="columns")),
    ]
    block = json_element(list(_entries(facts)), "data")
    return write_page(facts.network, TITLE, parts, script=asset("search.js", room="site"), block=block)


def _corridor_items(facts: Facts) -> Iterator[Html]:
    for key, route in facts.corridors.items():
        ends = f" ({route.origin} \u2192 {route.destination}): "
        amounts = f"{text.kilometres(route.length_km)}, {text.duration(route.time_h)}"
        yield tag("li", facts.link(CORRIDOR, key, route.name), ends, amounts)


def _state_items(facts: Facts) -> Iterator[Html]:
    for kind, code in facts.files:
        if kind == STATE:
            yield tag("li", facts.state(code))


def _entries(facts: Facts) -> Iterator[tuple[str, str, str, str]]:
    """List every page for the search: kind, title, file, and more words by which it is found."""
    # a page is found by its title and by the names of its places in each language, and of their states
    names = {place["id"]: place for place in facts.network.rows("places")}

    def spellings(places: Iterable[str]) -> str:
        posts = [names[place] for place in places if place in names]
        states = [facts.network.state_name(place["state"]) for place in posts]
        spelt = (" ".join((place["name"], place["name_ru"], place["name_zh"])) for place in posts)
        return " ".join([*spelt, *states])

    for (kind, key), file in facts.files.items():
        if kind == STATE:
            yield kind, facts.network.state_name(key), file, key
        elif kind == CORRIDOR:
            yield (
                kind,
                corridor_title(facts.corridors[key]),
                file,
                spellings(facts.network.corridors[key].via),
            )
        elif kind == CROSSING:
            row = facts.crossings[key]  # a crossing is a link: its ends are its posts
            yield kind, facts.crossing_name(key), file, spellings((row["from"], row["to"]))
        elif kind == CLAIM:
            claim = facts.claims[key]
            yield kind, claim_title(claim), file, f"{claim['claimant']} {spellings(claim['ends'])}"
