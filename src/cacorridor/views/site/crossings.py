"""Write the page of a border crossing: posts, when it is open, what a journey stands there and why."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.costs.measures import TIME
from cacorridor.costs.ranges import HIGH, LOW
from cacorridor.network.columns import LEVELS
from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.routing.graph.steps import BORDER
from cacorridor.views import text
from cacorridor.views.markup import Html, table, tag
from cacorridor.views.site.facts import CORRIDOR, Facts, asked_in_explorer, in_explorer
from cacorridor.views.site.shell import (
    evidence_cells,
    facts_list,
    figure_value,
    number_cell,
    section,
    write_page,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cacorridor.network.model import Network

EVER = 1.0  # share of the months in which a crossing that is closed lets nothing pass
STEP_COLUMNS = ("link", "state", "what", "time_h", "value", "unit", "basis", "year", "source_id", "note")


def write_crossing(facts: Facts, link: str) -> str:
    """Write the page of one crossing."""
    # first what the crossing is and whether it is open, then the hours that the model has, then its figures
    row = facts.crossings[link]
    states = [facts.state(row[end]) for end in ("from_state", "to_state")]
    parts = [
        tag("p", "Between ", states[0], " and ", states[1], f": {status_of(facts, link)}.", class_="lead"),
        facts_list(_crossing_facts(facts, row)),
        _dwell_section(facts, link),
        _authored_section(facts, link),
        _closures_section(facts, link),
        _routes_section(facts, link),
    ]
    return write_page(facts.network, facts.crossing_name(link), parts)


def _crossing_facts(facts: Facts, row: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Tell the posts, the mode and what is known of the link."""
    # each side has its post; both may lie in one gateway, such as Khorgos
    places = {place["id"]: place for place in facts.network.rows("places")}
    for end in ("from", "to"):
        place = places[row[end]]
        gateway = f", gateway {place['gateway']}" if place["gateway"] else ""
        kind = f"{place['name']} ({text.humanize(place['kind'])}{gateway}), "
        yield "Post", tag("span", kind, facts.state(place["state"]))
    yield "Mode", facts.labels.modes[row["mode"]]
    yield "Length", f"{text.kilometres(row['length_km'])} (basis: {text.humanize(row['length_basis'])})"
    yield "Source of the link", facts.cite(row["source_id"]) if row["source_id"] else ""
    yield "Note", row["note"]


def status_of(facts: Facts, link: str) -> str:
    """Say whether a crossing is open, and since when or until when it is not."""
    # gone, not there yet, or open: a link that is closed may have been operational to the last
    row = facts.crossings[link]
    opened, closed = text.year_cell(row["opened"]), text.year_cell(row["closed"])
    if closed:
        return f"closed, last year of service {closed}"
    if row["status"] != "operational":
        expected = f", expected {opened}" if opened else ""
        return f"{text.STATUS_WORDS.get(row['status'], row['status'])}{expected}"
    since = f" since {opened}" if opened else ""
    return f"open{since}{_season(facts.network, link)}"


def _season(network: Network, link: str) -> str:
    """Name the months in which a crossing that is open is shut, altogether or at times."""
    closures = [row for row in network.rows("closures") if row["link"] == link and row["closed_share"] > 0]
    kinds = {
        "closed": [row for row in closures if row["closed_share"] >= EVER],
        "at times closed": [row for row in closures if row["closed_share"] < EVER],
    }
    return "".join(f", {kind} ({_closed_months(rows)})" for kind, rows in kinds.items() if rows)


def _closed_months(rows: Iterable[dict[str, Any]]) -> str:
    months: set[int] = set()
    for row in rows:
        months |= set(map(int, row["months"]))
    return "every month" if len(months) == len(text.MONTHS) else _name_months(sorted(months))


def _name_months(months: Iterable[int]) -> str:
    return ", ".join(text.MONTHS[month - 1] for month in months)


# ---------------------------------------------------------------- hours


def dwells_of(network: Network) -> dict[str, list[dict[str, Any]]]:
    """List the hours that the model has for each side of each crossing at each service level, by link.

    ``low`` and ``high`` are the 10th and 90th percentile, as routes have them. The network keeps the list.
    """
    # computed for all crossings at once: one supernetwork a level holds them all
    if dwells_of not in network.derived:
        by_link: dict[str, list[dict[str, Any]]] = {}
        for row in itertools.chain.from_iterable(_dwells_at(network, level) for level in LEVELS):
            by_link.setdefault(row["link"], []).append(row)
        network.derived[dwells_of] = by_link
    kept: dict[str, list[dict[str, Any]]] = network.derived[dwells_of]
    return kept


def _dwells_at(network: Network, level: str) -> Iterator[dict[str, Any]]:
    # each stand at a border is a part by itself, so that its range is its own
    steps = supernetwork_of(network, level).steps
    stands = steps.take(np.flatnonzero(steps.is_kind(BORDER)))
    if not len(stands):
        return
    low, high = stands.quantiles(TIME, (LOW, HIGH), np.eye(len(stands), dtype=bool)).tolist()

    # what a route would say of the same step: figure, basis, source
    columns = stands.columns({place: network.place_name(place) for place in stands.names.places})
    cells = zip(*(columns[name] for name in STEP_COLUMNS), strict=True)
    for row, *bounds in zip(cells, low, high, strict=True):
        yield {
            "level": level,
            **dict(zip(STEP_COLUMNS, row, strict=True)),
            "low": bounds[0],
            "high": bounds[1],
        }


def _dwell_section(facts: Facts, link: str) -> Html:
    """Tell the hours that routes take for each side, with the figure that they rest on."""
    # a row a service level, side and direction, as routes have them
    rows = [
        (
            f"{row['level']}, {row['what']}",
            facts.state(row["state"]),
            number_cell(text.duration(row["time_h"])),
            number_cell(text.hour_range(row["low"], row["high"])),
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
        return section("Hours at the border", tag("p", "No journey stands here.", class_="note"))
    note = (
        "Hours are what routes take: the figure of the data, set right by published journeys where the data "
        "have been calibrated."
    )
    return section(
        "Hours at the border", tag("p", note, class_="note"), table("What a journey stands", head, rows)
    )


def _evidence(facts: Facts, row: dict[str, Any]) -> tuple[object, ...]:
    return evidence_cells(row["basis"], row["year"], facts.cite(row["source_id"]), row["note"])


def _authored_section(facts: Facts, link: str) -> Html:
    """List every figure of the crossing itself that the data hold, of other years too."""
    # as the tables have them, before calibration: the model may use those of another year
    rows = [
        (
            f"{row['level']}, {row['direction']}",
            facts.state(row["state"]),
            number_cell(text.duration(row["dwell_h"])),
            number_cell(text.hour_range(row["dwell_low_h"], row["dwell_high_h"])),
            ", ".join(text.causes(row["cause"])),
            *_evidence(facts, row),
        )
        for row in facts.network.rows("crossings")
        if row["link"] == link
    ]
    heading = "Every figure of this crossing in the data"
    if not rows:
        note = "The data hold none of its own: it takes those of the state, or the defaults."
        return section(heading, tag("p", note, class_="note"))
    head = (
        "Service, direction", "Side of", "Hours", "Low and high", "Cause", "Basis", "Year", "Source", "Note",
    )  # fmt: skip
    return section(heading, table(heading, head, rows))


def _closures_section(facts: Facts, link: str) -> Html:
    rows = [
        (
            _closed_months([row]),
            number_cell(text.per_cent(row["closed_share"])),
            number_cell(text.duration(row["spell_h"])),
            *_evidence(facts, {"year": None, **row}),
        )
        for row in facts.network.rows("closures")
        if row["link"] == link
    ]
    if not rows:
        return Html("")
    head = ("Months", "Share closed", "Mean closed spell", "Basis", "Year", "Source", "Note")
    return section("When it is closed", table("Closures by month", head, rows))


# ---------------------------------------------------------------- who uses it


def _routes_section(facts: Facts, link: str) -> Html:
    """List the corridors and best ways that use the crossing; the explorer closes it."""
    # who would have to find another way if this crossing closed
    corridors = [
        tag("li", facts.link(CORRIDOR, key, route.name), f" ({route.origin} \u2192 {route.destination})")
        for key, route in facts.corridors.items()
        if link in route.links
    ]
    pairs = [
        tag(
            "li",
            f"{route.origin} \u2192 {route.destination}, the best way: ",
            asked_in_explorer(route.query, "close the crossing in the explorer", closed=link),
        )
        for route in facts.best_ways
        if link in route.links
    ]
    alone = tag("li", in_explorer(("", ""), "The explorer with this crossing closed", closed=link))
    return section("Ways over it", tag("ul", *corridors, *pairs, alone))


def crossings_table(facts: Facts, caption: str, links: Iterable[str]) -> Html:
    """List crossings: posts, states, whether open, hours at both sides together."""
    rows = [_crossing_row(facts, link) for link in links]
    if not rows:
        return tag("p", "The data hold none.", class_="note")
    head = ("Crossing", "States", "Open", *(f"Hours there, {level}" for level in LEVELS))
    return table(caption, head, rows)


def _crossing_row(facts: Facts, link: str) -> tuple[Html | str, ...]:
    row = facts.crossings[link]
    hours = [number_cell(_both_sides(facts, link, level)) for level in LEVELS]
    states = facts.states((row["from_state"], row["to_state"]))
    return facts.crossing(link), states, status_of(facts, link), *hours


def _both_sides(facts: Facts, link: str, level: str) -> str:
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
    return f"{text.DASH.join(shown)} h"


def write_crossings(facts: Facts) -> str:
    """Write the page that lists every crossing."""
    note = (
        f"{len(facts.crossings)} links between two states, by road, rail and sea. Hours are those at both "
        f"sides together, in the two directions."
    )
    ordered = sorted(facts.crossings, key=facts.crossing_name)
    parts = [tag("p", note), crossings_table(facts, "Every border crossing", ordered)]
    return write_page(facts.network, "Border crossings", parts)
