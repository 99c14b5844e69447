"""Write the page of a border crossing: posts, when it is open, what a journey stands there and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.costs.measures import LENGTH, TIME
from cacorridor.network.columns import LEVELS
from cacorridor.views import text
from cacorridor.views.markup import Html, tag
from cacorridor.views.site.dwells import dwells_of
from cacorridor.views.site.facts import CORRIDOR, Facts, asked_in_explorer, in_explorer
from cacorridor.views.site.shell import (
    between,
    evidence_cells,
    facts_list,
    figure_value,
    joined,
    note,
    number_cell,
    section,
    site_table,
    write_page,
)
from cacorridor.views.words import names
from cacorridor.views.words.phrases import in_phrase, join_parts, phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cacorridor.network.model import Network
    from cacorridor.views.words.phrases import Part, Phrase

EVER = 1.0  # share of the months in which a crossing that is closed lets nothing pass
POST = "border_point"  # the kind of place that needs no word beside its name
MEASURED = {  # how a length that nobody published was measured
    "line": say("measured along a line through towns"),
    "track": say("measured along the track"),
}


def write_crossing(facts: Facts, link: str) -> str:
    """Write the page of one crossing."""
    # first what the crossing is and whether it is open, then the hours that the model has, then its figures
    row = facts.crossings[link]
    states = [facts.state(row[end]) for end in ("from_state", "to_state")]
    parts = [
        tag("p", joined(states, " \u2013 "), between(": "), status_of(facts, link), class_="lead"),
        facts_list(_crossing_facts(facts, row)),
        _dwell_section(facts, link),
        _authored_section(facts, link),
        _closures_section(facts, link),
        _routes_section(facts, link),
    ]
    title = facts.crossing_name(link)
    return write_page(facts.network, title, parts, about=join_parts([title, status_of(facts, link)], ": "))


def _crossing_facts(facts: Facts, row: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Tell the posts, the mode and what is known of the link."""
    # each side has its post; both may lie in one gateway, such as Khorgos
    places = {place["id"]: place for place in facts.network.rows("places")}
    for end in ("from", "to"):
        place = places[row[end]]
        told = [_kind_of(place), _gateway_of(facts, place)]
        kind = [between(" "), say("({kind})", kind=join_parts(told, ", "))] if any(told) else []
        post = say("{place}, ", place=names.place(facts.network, place["id"]))
        yield "Post", tag("span", post, facts.state(place["state"]), *kind)
    yield "Mode", tag("span", phrase_of(facts.labels.modes[row["mode"]]))
    yield (
        "Length",
        say(
            "{length} (basis: {basis})",
            length=text.figure(LENGTH, row["length_km"]),
            basis=MEASURED.get(row["length_basis"]) or phrase_of(text.humanize(row["length_basis"])),
        ),
    )
    yield "Source of the link", facts.cite(row["source_id"]) if row["source_id"] else ""
    yield "Note", tag("span", facts.remark(row["note"]), lang="en") if row["note"] else ""


def _kind_of(place: dict[str, Any]) -> Part:
    """Say what else than a border point a post is, such as a port."""
    kind = place["kind"]
    return "" if kind == POST else in_phrase(text.humanize(kind).capitalize())


def _gateway_of(facts: Facts, place: dict[str, Any]) -> Part:
    """Name the gateway of a post, such as Khorgos, unless the post is called so itself."""
    gateway = place["gateway"]
    if not gateway or place["name"].partition(" (")[0] == gateway:
        return ""
    return say("gateway {name}", name=names.gateway(facts.network, gateway))


def status_of(facts: Facts, link: str) -> Phrase:
    """Say whether a crossing is open, and since when or until when it is not."""
    # gone, not there yet, or open: a link that is closed may have been operational to the last
    row = facts.crossings[link]
    opened, closed = text.year_cell(row["opened"]), text.year_cell(row["closed"])
    if closed:
        return say("closed, last year of service {year}", year=closed)
    if row["status"] != "operational":
        status = phrase_of(text.STATUS_WORDS.get(row["status"], str(row["status"])))
        return join_parts([status, say("expected {year}", year=opened) if opened else ""], ", ")
    since = say("open since {year}", year=opened) if opened else say("open")
    return join_parts([since, *_season(facts.network, link)], ", ")


def _season(network: Network, link: str) -> Iterator[Phrase]:
    """Name the months in which a crossing that is open is shut, altogether or at times."""
    closures = [row for row in network.rows("closures") if row["link"] == link and row["closed_share"] > 0]
    shut = [row for row in closures if row["closed_share"] >= EVER]
    if shut:
        yield say("seasonally closed ({months})", months=_closed_months(shut))
    at_times = [row for row in closures if row["closed_share"] < EVER]
    if at_times:
        yield say("at times closed ({months})", months=_closed_months(at_times))


def _closed_months(rows: Iterable[dict[str, Any]]) -> Part:
    months: set[int] = set()
    for row in rows:
        months |= set(map(int, row["months"]))
    if len(months) == len(text.MONTHS):
        return say("every month")
    return tuple(phrase_of(text.MONTHS[month - 1]) for month in sorted(months))


# ---------------------------------------------------------------- hours


def _dwell_section(facts: Facts, link: str) -> Html:
    """Tell the hours that routes take for each side, with the figure that they rest on."""
    # a row a service level, side and direction, as routes have them
    rows = [
        (
            join_parts([phrase_of(row["level"]), phrase_of(row["what"])], ", "),
            facts.state(row["state"]),
            number_cell(text.hours_of(row["time_h"])),
            number_cell(text.figure_range(TIME, row["low"], row["high"])),
            number_cell(figure_value(row["value"], row["unit"])),
            *_evidence(facts, row),
        )
        for row in dwells_of(facts.network).get(link, ())
    ]
    head = (
        "Service, direction", "Side of", "Hours", "In 8 of 10 cases", "Figure", "Basis", "Year", "Source",
        "Note",
    )  # fmt: skip
    if not rows:
        return section("Hours at the border", note("No journey stands here."))
    about = note(
        "Hours are what routes take: the figure of the data, set right by published journeys where the data "
        "have been calibrated."
    )
    return section("Hours at the border", about, site_table("What a journey stands", head, rows))


def _evidence(facts: Facts, row: dict[str, Any]) -> tuple[object, ...]:
    return evidence_cells(row["basis"], row["year"], facts.cite(row["source_id"]), facts.remark(row["note"]))


def _authored_section(facts: Facts, link: str) -> Html:
    """List every figure of the crossing itself that the data hold, of other years too."""
    # as the tables have them, before calibration: the model may use those of another year
    rows = [
        (
            join_parts([phrase_of(row["level"]), phrase_of(row["direction"])], ", "),
            facts.state(row["state"]),
            number_cell(text.hours_of(row["dwell_h"])),
            number_cell(text.figure_range(TIME, row["dwell_low_h"], row["dwell_high_h"])),
            tuple(map(phrase_of, text.causes(row["cause"]))),
            *_evidence(facts, row),
        )
        for row in facts.network.rows("crossings")
        if row["link"] == link
    ]
    heading = "Every figure of this crossing in the data"
    if not rows:
        return section(
            heading, note("The data hold none of its own: it takes those of the state, or the defaults.")
        )
    head = (
        "Service, direction", "Side of", "Hours", "Low and high", "Cause", "Basis", "Year", "Source", "Note",
    )  # fmt: skip
    return section(heading, site_table("As the tables have them, before calibration", head, rows))


def _closures_section(facts: Facts, link: str) -> Html:
    rows = [
        (
            _closed_months([row]),
            number_cell(text.per_cent(row["closed_share"])),
            number_cell(text.hours_of(row["spell_h"])),
            *_evidence(facts, {"year": None, **row}),
        )
        for row in facts.network.rows("closures")
        if row["link"] == link
    ]
    if not rows:
        return Html("")
    head = ("Months", "Share closed", "Mean closed spell", "Basis", "Year", "Source", "Note")
    return section("When it is closed", site_table("Closures by month", head, rows))


# ---------------------------------------------------------------- who uses it


def _routes_section(facts: Facts, link: str) -> Html:
    """List the corridors and best ways that use the crossing; the explorer closes it."""
    # who would have to find another way if this crossing closed
    corridors = [
        tag(
            "li",
            facts.link(CORRIDOR, key, phrase_of(route.name)),
            between(" "),
            say("({ends})", ends=facts.ends(route.query)),
        )
        for key, route in facts.corridors.items()
        if link in route.links
    ]
    pairs = [
        tag(
            "li",
            say("{ends}, the best way:", ends=facts.ends(route.query)),
            between(" "),
            asked_in_explorer(route.query, say("close the crossing in the explorer"), closed=link),
        )
        for route in facts.best_ways
        if link in route.links
    ]
    alone = tag("li", in_explorer(("", ""), say("The explorer with this crossing closed"), closed=link))
    return section("Ways over it", tag("ul", *corridors, *pairs, alone))


def crossings_table(facts: Facts, caption: Part, links: Iterable[str]) -> Html:
    """List crossings: posts, states, whether open, hours at both sides together."""
    rows = [_crossing_row(facts, link) for link in links]
    if not rows:
        return note("The data hold none.")
    head = ("Crossing", "States", "Open", *(f"Hours there, {level}" for level in LEVELS))
    return site_table(caption, head, rows)


def _crossing_row(facts: Facts, link: str) -> tuple[object, ...]:
    row = facts.crossings[link]
    hours = [number_cell(_both_sides(facts, link, level)) for level in LEVELS]
    states = facts.states((row["from_state"], row["to_state"]))
    return facts.crossing(link), states, status_of(facts, link), *hours


def _both_sides(facts: Facts, link: str, level: str) -> Part:
    """Add the hours at both sides, by direction of travel the lower and the higher sum."""
    start = facts.crossings[link]["from_state"]
    sums: dict[bool, float] = {}
    for row in dwells_of(facts.network).get(link, ()):
        if row["level"] == level:
            # leaving the first state and entering the second go one way, the other two the other
            onward = (row["state"] == start) == (row["what"] == "outbound")
            sums[onward] = sums.get(onward, 0.0) + row["time_h"]
    if not sums:
        return text.NOTHING
    low, high = min(sums.values()), max(sums.values())
    shown = dict.fromkeys(map(text.number, (low, high)))
    return text.with_unit(TIME, text.DASH.join(shown))


def write_crossings(facts: Facts) -> str:
    """Write the page that lists every crossing."""
    about = say(
        "Links between two states by road, rail and sea: {count}. Hours are those at both sides together, in "
        "the two directions.",
        count=str(len(facts.crossings)),
    )
    ordered = sorted(facts.crossings, key=lambda link: str(facts.crossing_name(link)))
    parts = [tag("p", about), crossings_table(facts, "Every border crossing", ordered)]
    return write_page(facts.network, say("Border crossings"), parts, about=about)
