"""Write the page of a state: corridors, what its closure adds, crossings, posts and ports, memberships."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cacorridor.criticality.profile import GATES
from cacorridor.network.memberships import state_memberships
from cacorridor.views import text
from cacorridor.views.markup import Html, table, tag
from cacorridor.views.site.claims import claims_table
from cacorridor.views.site.crossings import crossings_table
from cacorridor.views.site.facts import CORRIDOR, Facts, asked_in_explorer
from cacorridor.views.site.shell import facts_list, number_cell, section, write_page
from cacorridor.views.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.routing.routes import Route


def write_state(facts: Facts, code: str) -> str:
    """Write the page of one state."""
    # from what a reader asks first, who runs through and what a closure adds, to what it rests on
    name = facts.network.state_name(code)
    crossings = [
        link for link, row in facts.crossings.items() if code in {row["from_state"], row["to_state"]}
    ]
    parts = [
        tag("p", _lead(facts, code), class_="lead"),
        facts_list(
            [("ISO 3166 code", code), ("Neighbours by crossings", _neighbours(facts, code, crossings))]
        ),
        _corridors_section(facts, code),
        _closure_section(facts, code),
        section("Border crossings", crossings_table(facts, f"Crossings of {name}", crossings)),
        _gates_section(facts, code),
        _memberships_section(facts, code),
        _claims_section(facts, code),
    ]
    return write_page(facts.network, name, parts)


def _lead(facts: Facts, code: str) -> str:
    """Count the corridors and the best ways that pass the state."""
    # transit alone counts: a state at the end of a journey does not lie in between
    passing = [route for route in facts.best_ways if code in route.transit_states]
    crossed = [route for route in facts.corridors.values() if code in {*route.states, *route.touches}]
    return (
        f"{len(crossed)} of {text.plural(len(facts.corridors), 'named corridor')} run through it; "
        f"it lies between the ends on {len(passing)} of the {len(facts.best_ways)} best ways of the table of "
        f"pairs."
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
            facts.link(CORRIDOR, key, route.name),
            f"{route.origin} \u2192 {route.destination}",
            "crossed" if code in route.states else "touched without a border stop",
            number_cell(text.kilometres(route.length_km)),
            number_cell(text.duration(route.time_h)),
            text.year_cell(route.query.year) or "today",
        )
        for key, route in facts.corridors.items()
        if code in {*route.states, *route.touches}
    ]
    if not rows:
        return section("Named corridors", tag("p", "No named corridor runs through it.", class_="note"))
    head = ("Corridor", "Between", "The state is", "Length", "Hours", "In")
    return section("Named corridors", table("Corridors through the state", head, rows))


def _closure_section(facts: Facts, code: str) -> Html:
    """Tell what the closure of the state adds to the best ways that pass it."""
    heading = "If it closes"
    # a row a pair whose best way crosses the state; the pairs that it cuts off stand first, at infinity
    closed = [row for row in facts.closed_states if row["states"] == code]
    if not closed:
        note = "It lies on the best way of no pair of the table: its closure adds nothing to them."
        return section(heading, tag("p", note, class_="note"))
    ordered = sorted(closed, key=lambda row: -row["penalty_h"])
    head = (
        "Pair", "Best way", "Without it", "More hours", "More km", "More USD", "More kg CO2e",
        "Way left through", "Explorer",
    )  # fmt: skip
    shown = table(
        "What the closure adds to the best ways, most first",
        head,
        [tuple(_closure_cells(facts, code, row)) for row in ordered],
    )
    note = "The quickest way between the two places with every state open, and the quickest without this one."
    return section(heading, tag("p", note, class_="note"), shown)


def _closure_cells(facts: Facts, code: str, row: dict[str, Any]) -> Iterator[Html | str]:
    # the way with every state open, what is left without this one, and the explorer to look at it
    route: Route = row["route"]
    yield f"{route.origin} \u2192 {route.destination}"
    yield number_cell(text.duration(route.time_h))
    yield number_cell("no way" if row["necessary"] else text.duration(row["time_without_h"]))
    yield number_cell("cut off" if row["necessary"] else _signed(row["penalty_h"]))
    for measure in ("km", "usd", "kg"):
        yield number_cell(_signed(row[f"penalty_{measure}"]))
    yield text.NOTHING if row["necessary"] else facts.states(row["detour_states"].split())
    yield asked_in_explorer(route.query, "In the explorer", closed=code)


def _signed(difference: float) -> str:
    """Write a difference with its sign."""
    if not math.isfinite(difference):
        return text.NOTHING
    return f"{'+' if difference >= 0 else text.MINUS}{text.number(abs(difference))}"


def _gates_section(facts: Facts, code: str) -> Html:
    """List the border posts, ports, dry ports and free zones."""
    # a position without a source has its note there instead
    rows = [
        (
            place["name"],
            text.humanize(place["kind"]),
            place["gateway"] or text.NOTHING,
            f"{place['lat']:.3f}, {place['lon']:.3f}",
            text.humanize(place["position_basis"]),
            facts.cite(place["source_id"], place["note"] or text.NOTHING),
        )
        for place in facts.network.rows("places")
        if place["state"] == code and place["kind"] in GATES
    ]
    rows.sort(key=lambda row: (row[1], row[0]))
    if not rows:
        return section("Posts and ports", tag("p", "The data hold none.", class_="note"))
    head = ("Place", "Kind", "Gateway", "Latitude, longitude", "Position", "Source")
    return section("Posts and ports", table("Border posts, ports and free zones", head, rows))


def _memberships_section(facts: Facts, code: str) -> Html:
    # past memberships too, with the year in which they ended
    memberships = state_memberships(facts.network, code)
    rows = [
        (
            name,
            kind,
            what,
            text.year_cell(since) or text.NOTHING,
            text.year_cell(until),
            facts.cite(source),
        )
        for name, kind, what, since, until, source in rows_of(
            memberships, "name", "kind", "what", "since", "until", "source_id"
        )
    ]
    if not rows:
        return section("Memberships", tag("p", "The data hold none.", class_="note"))
    head = ("Bloc or agreement", "Kind", "What", "Since", "Until", "Source")
    return section("Memberships", table("Memberships and regional agreements", head, rows))


def _claims_section(facts: Facts, code: str) -> Html:
    state_of = facts.network.state_of
    # of journeys that begin or end here; a claim does not say whom it passes
    concerned = [key for key, claim in facts.claims.items() if code in map(state_of.get, claim["ends"])]
    if not concerned:
        return Html("")
    return section(
        "Published figures", claims_table(facts, "Figures of journeys that begin or end here", concerned)
    )
