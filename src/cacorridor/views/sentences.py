"""The sentences of the text layer: of a route, a comparison, a leg, a standing time, a missing route."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cacorridor.costs.measures import columns
from cacorridor.network.model import SEA
from cacorridor.routing.telling.bypassed import bypassed_states
from cacorridor.views import text
from cacorridor.views.words import names
from cacorridor.views.words.phrases import in_phrase, join_parts, phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route
    from cacorridor.views.labels import Labels, Leg, Standing
    from cacorridor.views.words.phrases import Part, Phrase

LINKS_NAMED = 3  # of those that a route waits for
SAME_H, SAME_SHARE = 1.0, 0.02  # routes that differ by less are as fast as each other


# ---------------------------------------------------------------- one route


def describe_route(network: Network, route: Route, best: Route | None) -> Phrase:
    """Describe a route in sentences: states, those that it bypasses, length, hours with range.

    Parameters
    ----------
    network
        Names the states.
    route
        What is described.
    best
        The best way between its ends, see ``routing.telling.bypassed``.

    Returns
    -------
    Phrase
        The sentences.

    """
    return join_parts(
        [describe_crossed(network, route), describe_bypassed(network, route, best), describe_amounts(route)]
    )


def describe_crossed(network: Network, route: Route) -> Phrase:
    """Describe the states that a route crosses and touches."""
    crossed = say("Crosses {states}.", states=names.states(network, route.states))
    touches = route.touches
    if not touches:
        return crossed
    touched = say("Touches {states} without a border stop.", states=names.states(network, touches))
    return join_parts([crossed, touched])


def describe_bypassed(network: Network, route: Route, best: Route | None) -> Part:
    """Describe the states that a route bypasses, and what that costs against the best way."""
    bypassed = bypassed_states(route, best)
    if best is None:
        return ""
    if bypassed:
        states = names.states(network, bypassed)
        more_h = route.time_h - best.time_h
        if are_as_fast(route, best):
            return say("Bypasses {states}, and is as fast as the best way.", states=states)
        if more_h > 0:
            hours = text.hours_of(more_h)
            return say("Bypasses {states}: {hours} more than the best way.", states=states, hours=hours)
        return say("Bypasses {states}.", states=states)  # the best by another criterion than hours
    if route.links == best.links:
        return say("The best way there is; it bypasses no state.")
    return say("Bypasses no state on the best way.")


def are_as_fast(one: Route, other: Route) -> bool:
    """Decide whether the hours of two routes are the same to a reader."""
    return abs(one.time_h - other.time_h) < max(SAME_H, SAME_SHARE * min(one.time_h, other.time_h))


def describe_amounts(route: Route) -> Phrase:
    """Write what each measure of a route adds up to, with the range of those that have one."""
    totals, parts = route.totals(), []
    for measure in route.measures:
        # a measure without a range has one column, its mean
        mean, *bounds = (totals[name] for name in columns(measure))
        amount = text.figure(measure, mean)
        if bounds:
            amount = say(
                "{amount} ({range} in 8 of 10 cases)",
                amount=amount,
                range=text.figure_range(measure, *bounds),
            )
        parts.append(amount)
    return say("{amounts}.", amounts=tuple(parts))


class KeyFigure(NamedTuple):
    """One of the figures that a reader looks for first, with a note."""

    name: str
    amount: Part
    note: Part


def key_figures(route: Route, service: Part = "") -> list[KeyFigure]:
    """Write each measure of a route, its borders and what is assumed; the first note is the service."""
    # the service stands below the first figure, a range below one that has it
    totals = route.totals()
    figures: list[KeyFigure] = []
    for measure in route.measures:
        mean, *bounds = (totals[name] for name in columns(measure))
        note = text.range_note(measure, mean, *bounds) if bounds else "" if figures else service
        figures.append(KeyFigure(measure.label, text.figure(measure, mean), note))
    states = say("states crossed: {count}", count=str(len(route.states)))
    assumed = text.per_cent(route.evidence_shares()["assumed"])
    return [
        *figures,
        KeyFigure("Borders", str(len(route.crossings)), states),
        KeyFigure("Hours assumed", assumed, ""),
    ]


# ---------------------------------------------------------------- legs and standing times


def describe_leg(labels: Labels, leg: Leg) -> Phrase:
    """Describe how a leg is passed, where, how long it stands, and on which kind of figure its time rests."""
    label = labels.modes[leg.mode]
    manners = {"border": "border by {mode}", "transfer": "transfer to {mode}"}
    manner = say(manners[leg.kind], mode=in_phrase(label)) if leg.kind in manners else phrase_of(label)

    # at sea a leg lies in no state; a border or a transfer is all standing, which is not told again
    states = names.states(labels.network, [state for state in leg.states.split() if state != SEA])
    bases = map(text.humanize, leg.basis.split(", "))
    basis = say("figures: {bases}", bases=tuple(map(phrase_of, bases)))
    standing = (
        say("{hours} of it standing", hours=text.hours_of(leg.standing_h))
        if leg.kind not in manners and leg.standing_h >= 0.5
        else ""
    )
    return join_parts([manner, states, standing, basis], " \u00b7 ")


def describe_ends(start: str, end: str) -> str:
    """Name the two ends of a leg, or the one place where it is spent."""
    return start if start == end else f"{start} \u2192 {end}"


def describe_standing(labels: Labels, step: Standing) -> Part:
    """Say what a journey stands for: a border and its state, a transfer, a ship, a pass."""
    if step.kind == "border":
        state = names.state(labels.network, step.state)
        return say("Border, {direction} ({state})", direction=phrase_of(step.what), state=state)
    what = text.humanize(step.what)
    if step.kind == "transfer":
        return say("Transfer: {what}", what=in_phrase(what))
    return phrase_of(what.capitalize())


def describe_basis(labels: Labels, step: Standing) -> Phrase:
    """Name the kind of a figure, its year and its source."""
    # what no source states has a note instead of one: the reason of the assumption
    year, kind = text.year_cell(step.year), phrase_of(text.humanize(step.basis))
    dated = say("{kind}, figure of {year}", kind=kind, year=year) if year else kind
    return say("{kind}: {source}", kind=dated, source=labels.sources.get(step.source_id) or step.note)


# ---------------------------------------------------------------- links, and routes that are not there


def describe_link(network: Network, start: str, end: str) -> Phrase:
    """Name a link by its places."""
    return join_parts([names.place(network, start), names.place(network, end)], f" {text.DASH} ")


def describe_absence(
    network: Network, year: int | None, month: int | None, waiting: Waiting, best: Route | None
) -> list[Phrase]:
    """Say why a route is not there, the links not open yet or the month; and what the best way is instead."""
    # the nearest reason is told: links that are not open yet, then the month, then nothing more
    if waiting.links:
        when = say("in {year}", year=str(year)) if year else say("today")
        why = say(
            "No route {when}: links on the way are not open yet ({links}){expected}.",
            when=when,
            links=_some(waiting.links),
            expected=say("; expected {years}", years=tuple(waiting.years)) if waiting.years else "",
        )
    elif month:
        why = say("No route in this month: a pass or a line on the way is closed.")
    else:
        why = say("No route under these conditions.")
    if best is None:
        return [why]
    instead = say(
        "The best way then takes {hours} and crosses {states}.",
        hours=text.hours_of(best.time_h),
        states=names.states(network, best.states),
    )
    return [why, instead]


class Waiting(NamedTuple):
    """The links that a route waits for, and the years in which they are expected."""

    links: Sequence[Phrase]
    years: Sequence[str]


def _some(links: Sequence[Phrase]) -> Part:
    """Name the first few links and count the others."""
    rest = len(links) - LINKS_NAMED
    named = tuple(links[:LINKS_NAMED])
    return say("{links} and {count} more", links=named, count=str(rest)) if rest > 0 else named
