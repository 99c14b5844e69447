"""Write the first page of the site: one search over all pages, and where to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.costs.measures import LENGTH
from cacorridor.views import text
from cacorridor.views.atlas.shell import scope
from cacorridor.views.markup import Html, json_element, tag
from cacorridor.views.offline import asset
from cacorridor.views.site.claims import claim_title
from cacorridor.views.site.corridors import corridor_title
from cacorridor.views.site.facts import CLAIM, CORRIDOR, CROSSING, KINDS, STATE, Facts
from cacorridor.views.site.shell import LEDE, between, file_in, section, write_page
from cacorridor.views.words import names, translation
from cacorridor.views.words.phrases import as_data, join_parts, phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cacorridor.views.words.phrases import Part

TITLE = "Transport corridors through Central Asia"
FOUND = ("{count} found", "{count} found, the first {shown} are shown")  # what the search says


def write_index(facts: Facts, language: str = "en") -> str:
    """Write the first page; what the search finds is told in a language."""
    # one field that searches everything, then the same pages as lists for who has no script
    explorer = tag("a", say("The explorer"), href="explorer.html")
    crossings = tag(
        "a", say("Border crossings: {count}", count=str(len(facts.crossings))), href="crossings.html"
    )
    claims = tag("a", say("Published figures: {count}", count=str(len(facts.claims))), href="claims.html")
    parts = [
        tag("p", phrase_of(LEDE), class_="lead"),
        _search_field(),
        section(
            "Where to begin",
            tag(
                "ul",
                tag("li", explorer, between(" "), say("(any two places, with any set of closures)")),
                tag("li", crossings, between(" "), say("(posts, whether open, hours with their sources)")),
                tag("li", claims, between(" "), say("(each beside the model)")),
            ),
        ),
        section("Named corridors", *_corridors_by_ends(facts)),
        section("States", tag("ul", *_state_items(facts), class_="columns")),
    ]
    kinds = {kind: translation.say_data({"t": kind}, language, facts.network) for kind in KINDS}
    # the script fills in the counts: the fields stand for themselves
    unfilled = {"count": "{count}", "shown": "{shown}"}
    counted = [
        translation.say_data({"t": template, **unfilled}, language, facts.network) for template in FOUND
    ]
    entries = [
        (
            kinds[kind],
            translation.say_data(as_data(title), language, facts.network),
            file_in(file, language),
            words,
        )
        for kind, title, file, words in _entries(facts)
    ]
    block = json_element({"entries": entries, "found": counted}, "data")
    folding = scope("fold", asset("fold.mjs", room="atlas"))
    script = folding + asset("search.js", room="site")
    return write_page(facts.network, phrase_of(TITLE), parts, script=script, block=block)


def _search_field() -> Html:
    """Write the field of the search; what it finds is listed below it."""
    return tag(
        "div",
        tag("label", say("Search states, corridors, crossings and claims"), for_="asked"),
        Html('<input type="search" id="asked" autocomplete="off" spellcheck="false">'),
        Html('<output id="count" for="asked"></output>'),
        tag("ul", id="found", aria_label=say("Found")),
        tag("noscript", tag("p", say("The search needs its script; the lists below do not."))),
        class_="search",
        role="search",
    )


def _corridors_by_ends(facts: Facts) -> Iterator[Html]:
    """List the corridors below the two places that they join, as a reader compares them."""
    groups: dict[str, list[str]] = {}
    for key, route in facts.corridors.items():
        groups.setdefault(str(facts.ends(route.query)), []).append(key)
    for keys in groups.values():
        yield tag("h3", facts.ends(facts.corridors[keys[0]].query))
        yield tag("ul", *(_corridor_item(facts, key) for key in keys))


def _corridor_item(facts: Facts, key: str) -> Html:
    route = facts.corridors[key]
    amounts = [text.figure(LENGTH, route.length_km), text.hours_of(route.time_h)]
    year = route.query.year
    opening = [say("network of {year}", year=text.year_cell(year))] if year else []
    summary = join_parts([*amounts, *opening], ", ")
    return tag("li", facts.link(CORRIDOR, key, phrase_of(route.name)), between(": "), summary)


def _state_items(facts: Facts) -> Iterator[Html]:
    for kind, code in facts.files:
        if kind == STATE:
            yield tag("li", facts.state(code))


def _entries(facts: Facts) -> Iterator[tuple[str, Part, str, str]]:
    """List every page for the search: kind, title, file, and more words by which it is found."""
    # a page is found by its title and by the names of its places in each language, and of their states
    known = {place["id"]: place for place in facts.network.rows("places")}

    def spellings(places: Iterable[str]) -> str:
        posts = [known[place] for place in places if place in known]
        states = [spell_state(place["state"]) for place in posts]
        spelt = (" ".join((place["name"], place["name_ru"], place["name_zh"])) for place in posts)
        return " ".join([*spelt, *dict.fromkeys(states)])

    def spell_state(code: str) -> str:
        return " ".join(names.state(facts.network, code)[:3])

    for (kind, key), file in facts.files.items():
        if kind == STATE:
            yield kind, names.state(facts.network, key), file, f"{key} {spell_state(key)}"
        elif kind == CORRIDOR:
            title = corridor_title(facts, facts.corridors[key])
            yield kind, title, file, f"{title} {spellings(facts.network.corridors[key].via)}"
        elif kind == CROSSING:
            row = facts.crossings[key]  # a crossing is a link: its ends are its posts
            yield kind, facts.crossing_name(key), file, spellings((row["from"], row["to"]))
        elif kind == CLAIM:
            claim = facts.claims[key]
            yield kind, claim_title(facts, claim), file, f"{claim['claimant']} {spellings(claim['ends'])}"
