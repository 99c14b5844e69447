"""Write the page of a state: corridors, what its closure adds, crossings, posts and ports, memberships."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cacorridor.costs.measures import LENGTH
from cacorridor.criticality.profile import GATES
from cacorridor.network.memberships import state_memberships
from cacorridor.views import text
from cacorridor.views.markup import Html, tag
from cacorridor.views.site.claims import claims_table
from cacorridor.views.site.crossings import crossings_table
from cacorridor.views.site.facts import CORRIDOR, Facts, asked_in_explorer
from cacorridor.views.site.shell import facts_list, note, number_cell, section, site_table, write_page
from cacorridor.views.tables import rows_of
from cacorridor.views.words import names
from cacorridor.views.words.phrases import phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.routing.routes import Route
    from cacorridor.views.words.phrases import Phrase

CLOSURE_NOTE = (
    "The quickest way between the two places with every state open, and the quickest without this one; below "
    "a difference its range in 8 of 10 cases, with both ways in the same draws."
)
LEVERAGE_NOTE = (
    "Leverage is the Shapley value: the share of this state in the hours that all transit states together "
    "save against the best way over an ocean. An index of the model, not a forecast."
)


def write_state(facts: Facts, code: str) -> str:
    """Write the page of one state."""
    # from what a reader asks first, who runs through and what a closure adds, to what it rests on
    name = names.state(facts.network, code)
    crossings = [
        link for link, row in facts.crossings.items() if code in {row["from_state"], row["to_state"]}
    ]
    lead = _lead(facts, code)
    parts = [
        tag("p", lead, class_="lead"),
        facts_list(
            [("ISO 3166 code", code), ("Neighbours by crossings", _neighbours(facts, code, crossings))]
        ),
        _corridors_section(facts, code),
        _closure_section(facts, code),
        section(
            "Border crossings", crossings_table(facts, say("{state}: its crossings", state=name), crossings)
        ),
        _gates_section(facts, code),
        _memberships_section(facts, code),
        _claims_section(facts, code),
    ]
    return write_page(facts.network, name, parts, about=lead)


def _lead(facts: Facts, code: str) -> Phrase:
    """Count the corridors and the best ways that pass the state."""
    # transit alone counts: a state at the end of a journey does not lie in between
    passing = [route for route in facts.best_ways if code in route.transit_states]
    crossed = [route for route in facts.corridors.values() if code in {*route.states, *route.touches}]
    return say(
        "Named corridors through it: {corridors} of {all}. Best ways between the chosen pairs of places that "
        "pass it in transit: {ways} of {pairs}.",
        corridors=str(len(crossed)),
        all=str(len(facts.corridors)),
        ways=str(len(passing)),
        pairs=str(len(facts.best_ways)),
    )


def _neighbours(facts: Facts, code: str, crossings: list[str]) -> Html | str:
    ends = [{facts.crossings[link]["from_state"], facts.crossings[link]["to_state"]} for link in crossings]
    # in the order of names, which a reader scans
    met = sorted(set().union(*ends) - {code}, key=facts.network.state_name)
    return facts.states(met) if met else ""


def _corridors_section(facts: Facts, code: str) -> Html:
    """List the named corridors that cross or touch the state."""
    # crossed at a border post, or only run through: the map draws the two in different colours
    rows = [
        (
            facts.link(CORRIDOR, key, phrase_of(route.name)),
            facts.ends(route.query),
            say("crossed") if code in route.states else say("touched without a border stop"),
            number_cell(text.figure(LENGTH, route.length_km)),
            number_cell(text.hours_of(route.time_h)),
            text.year_cell(route.query.year) or say("today"),
        )
        for key, route in facts.corridors.items()
        if code in {*route.states, *route.touches}
    ]
    if not rows:
        return section("Named corridors", note("No named corridor runs through it."))
    head = ("Corridor", "Between", "The state is", "Length", "Hours", "In")
    return section("Named corridors", site_table("Corridors through the state", head, rows))


def _closure_section(facts: Facts, code: str) -> Html:
    """Tell what the closure of the state adds to the best ways that pass it."""
    heading = "If it closes"
    # a row a pair whose best way crosses the state; the pairs that it cuts off stand first, at infinity
    closed = [row for row in facts.closed_states if row["states"] == code]
    if not closed:
        return section(
            heading,
            note(
                "It lies on none of the best ways between the chosen pairs of places: its closure adds "
                "nothing to them."
            ),
        )
    # what differs by rounding alone stays in the order of the pairs
    ordered = sorted(closed, key=lambda row: -round(row["penalty_h"], 6))
    head = (
        "Pair", "Best way", "Without it", "More hours", "Leverage", "More km", "More USD", "More kg CO2e",
        "Way left through", "Explorer",
    )  # fmt: skip
    rows = [tuple(_closure_cells(facts, code, row)) for row in ordered]
    shown = site_table("What the closure adds to the best ways, most first", head, rows)
    return section(heading, note(CLOSURE_NOTE), note(LEVERAGE_NOTE), shown)


def _closure_cells(facts: Facts, code: str, row: dict[str, Any]) -> Iterator[object]:
    # the way with every state open, what is left without this one, and the explorer to look at it
    route: Route = row["route"]
    yield facts.ends(route.query)
    yield number_cell(text.hours_of(route.time_h))
    yield number_cell(say("no way") if row["necessary"] else text.hours_of(row["time_without_h"]))
    yield number_cell(say("cut off")) if row["necessary"] else _penalty_cell(row, "h")
    share = facts.leverage.get((*_ends(route), code))
    yield number_cell(text.NOTHING if share is None else text.per_cent(share))
    for unit in ("km", "usd", "kg"):
        yield _penalty_cell(row, unit)
    yield text.NOTHING if row["necessary"] else facts.states(row["detour_states"].split())
    yield asked_in_explorer(route.query, say("In the explorer"), closed=code)


def _ends(route: Route) -> tuple[str, str]:
    return route.query.origin, route.query.destination


def _penalty_cell(row: dict[str, Any], unit: str) -> Html:
    """Write how much more the way round takes, and below it the range where there is one."""
    penalty = row[f"penalty_{unit}"]
    if not math.isfinite(penalty):
        return number_cell(text.NOTHING)
    bounds = [row[name] for name in (f"penalty_low_{unit}", f"penalty_high_{unit}") if name in row]
    span = tag("small", text.bare(text.span(*bounds))) if bounds else ""
    return tag("td", text.bare(text.signed(penalty)), " ", span, class_="number")


def _gates_section(facts: Facts, code: str) -> Html:
    """List the border posts, ports, dry ports and free zones."""
    # a position without a source has its note there instead
    rows = [
        (
            names.place(facts.network, place["id"]),
            phrase_of(text.humanize(place["kind"]).capitalize()),
            names.gateway(facts.network, place["gateway"]) if place["gateway"] else text.NOTHING,
            say("{lat}, {lon}", lat=text.fixed(place["lat"], 3), lon=text.fixed(place["lon"], 3)),
            phrase_of(text.humanize(place["position_basis"])),
            facts.cite(place["source_id"], facts.remark(place["note"]) or text.NOTHING),
        )
        for place in facts.network.rows("places")
        if place["state"] == code and place["kind"] in GATES
    ]
    rows.sort(key=lambda row: (str(row[1]), str(row[0])))
    if not rows:
        return section("Posts and ports", note("The data hold none."))
    head = ("Place", "Kind", "Gateway", "Latitude, longitude", "Position", "Source")
    return section("Posts and ports", site_table("Border posts, ports and free zones", head, rows))


def _memberships_section(facts: Facts, code: str) -> Html:
    # past memberships too, with the year in which they ended
    memberships = state_memberships(facts.network, code)
    rows = [
        (
            name,
            phrase_of(kind),
            phrase_of(what),
            text.year_cell(since) or text.NOTHING,
            text.year_cell(until),
            facts.cite(source),
        )
        for name, kind, what, since, until, source in rows_of(
            memberships, "name", "kind", "what", "since", "until", "source_id"
        )
    ]
    if not rows:
        return section("Memberships", note("The data hold none."))
    head = ("Bloc or agreement", "Kind", "What", "Since", "Until", "Source")
    return section("Memberships", site_table("Memberships and regional agreements", head, rows))


def _claims_section(facts: Facts, code: str) -> Html:
    state_of = facts.network.state_of
    # of journeys that begin or end here; a claim does not say whom it passes
    concerned = [key for key, claim in facts.claims.items() if code in map(state_of.get, claim["ends"])]
    if not concerned:
        return Html("")
    return section(
        "Published figures", claims_table(facts, "Figures of journeys that begin or end here", concerned)
    )
