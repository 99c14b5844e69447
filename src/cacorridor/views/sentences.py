"""The sentences of the text layer: of a route, a comparison, a leg, a standing time, a missing route."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cacorridor.costs.measures import columns
from cacorridor.network.model import SEA
from cacorridor.routing.comparison import bypassed_states
from cacorridor.views import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route
    from cacorridor.views.labels import Labels, Leg, Standing

LINKS_NAMED = 3  # of those that a route waits for


# ---------------------------------------------------------------- one route


def describe_route(network: Network, route: Route, rivals: Sequence[Route]) -> str:
    """Describe a route in sentences: states, those bypassed in favour of rivals, length, hours with range.

    Parameters
    ----------
    network
        Names the states.
    route
        What is described.
    rivals
        The routes that it is compared with, itself among them.

    Returns
    -------
    str
        The sentences.

    """
    bypassed = describe_bypassed(network, bypassed_states(route, rivals), rivals)
    return " ".join(filter(None, [describe_states(network, route), bypassed, describe_amounts(route)]))


def describe_states(network: Network, route: Route) -> str:
    """Describe the states that a route crosses and touches."""
    crossed = f"Crosses {text.state_names(network, route.states)}."
    touches = route.touches
    if not touches:
        return crossed
    return f"{crossed} Touches {text.state_names(network, touches)} without a border stop."


def describe_bypassed(network: Network, bypassed: Sequence[str], rivals: Sequence[Route]) -> str:
    """Describe the states bypassed; nothing if there is no rival."""
    if bypassed:
        return f"Bypasses {text.state_names(network, bypassed)}."
    return "Bypasses no state that another route crosses." if len(rivals) > 1 else ""


def describe_amounts(route: Route) -> str:
    """Write what each measure of a route adds up to, with the range of those that have one."""
    totals, parts = route.totals(), []
    for measure in route.measures:
        value, *bounds = (totals[name] for name in columns(measure))
        span = f" ({text.amount_range(measure, *bounds)} {text.IN_MOST_CASES})" if bounds else ""
        parts.append(text.amount(measure, value) + span)
    return f"{', '.join(parts)}."


class KeyFigure(NamedTuple):
    """One of the figures that a reader looks for first, with a note."""

    name: str
    value: str
    note: str


def key_figures(route: Route, service: str = "") -> list[KeyFigure]:
    """Write each measure of a route and its border crossings; the first note is the service."""
    # the service stands below the first figure, a range below one that has it
    totals = route.totals()
    figures: list[KeyFigure] = []
    for measure in route.measures:
        value, *bounds = (totals[name] for name in columns(measure))
        note = text.range_note(measure, value, *bounds) if bounds else "" if figures else service
        figures.append(KeyFigure(measure.label, text.amount(measure, value), note))
    states = f"{text.plural(len(route.states), 'state')} crossed"
    return [*figures, KeyFigure("Borders", str(len(route.crossings)), states)]


# ---------------------------------------------------------------- routes side by side


def describe_comparison(network: Network, routes: Sequence[Route]) -> str:
    """Compare in three sentences: the quickest, the next, who is bypassed and how sure that is.

    Parameters
    ----------
    network
        Names the states.
    routes
        One or more.

    Returns
    -------
    str
        The sentences.

    """
    best, *others = sorted(routes, key=lambda route: route.time_h)
    crossed = text.state_names(network, best.states)
    sentences = [f"The quickest is {best.name}: {_length_and_hours(best)}, crossing {crossed}."]
    if others:
        sentences.append(_next(best, others[0]))
    names = ", ".join(map(network.state_name, bypassed_states(best, routes)))
    bypassed = names or "no state that another crosses"
    assumed = text.share(best.evidence_shares()["assumed"])
    sentences.append(f"The quickest bypasses {bypassed}; {assumed} of its hours rest on assumptions.")
    return " ".join(sentences)


def _next(best: Route, rival: Route) -> str:
    """Set the next route beside the quickest."""
    overlap = (
        "the ranges overlap, so either may be quicker"
        if rival.time_low_h < best.time_high_h
        else "the ranges do not overlap"
    )
    more_km = rival.length_km - best.length_km
    return (
        f"The next, {rival.name}, takes {text.fixed(rival.time_h - best.time_h)} h more and is "
        f"{text.fixed(abs(more_km))} km {'longer' if more_km >= 0 else 'shorter'}; {overlap}."
    )


def _length_and_hours(route: Route) -> str:
    span = f"{text.fixed(route.time_low_h)}{text.DASH}{text.fixed(route.time_high_h)} h {text.IN_MOST_CASES}"
    return f"{text.fixed(route.length_km)} km in {text.fixed(route.time_h)} h ({span})"


# ---------------------------------------------------------------- legs and standing times


def describe_leg(labels: Labels, leg: Leg) -> str:
    """Describe how a leg is passed, where, and on which kind of figure its time rests."""
    mode = labels.modes[leg.mode]
    manners = {"border": f"border, {mode}", "transfer": f"transfer to {mode}"}
    states = ", ".join(labels.network.state_name(state) for state in leg.states.split() if state != SEA)
    basis = ", ".join(map(text.humanize, leg.basis.split(", ")))
    return " \u00b7 ".join(filter(None, (manners.get(leg.kind, mode), states, f"{basis} figures")))


def describe_ends(start: str, end: str) -> str:
    """Name the two ends of a leg, or the one place where it is spent."""
    return start if start == end else f"{start} \u2192 {end}"


def describe_standing(labels: Labels, step: Standing) -> str:
    """Say what a journey stands for: a border and its state, a transfer, a ship."""
    if step.kind == "border":
        return f"Border, {step.what} ({labels.network.state_name(step.state)})"
    what = text.humanize(step.what)
    return f"Transfer: {what}" if step.kind == "transfer" else what.capitalize()


def describe_basis(labels: Labels, step: Standing) -> str:
    """Name the kind of a figure, its year and its source."""
    year = text.year(step.year)
    kind = f"{text.humanize(step.basis)}{f' figure of {year}' if year else ''}"
    return f"{kind}: {labels.sources.get(step.source_id) or step.note}"


# ---------------------------------------------------------------- links, and routes that are not there


def describe_link(network: Network, start: str, end: str) -> str:
    """Name a link by its places."""
    return f"{network.place_name(start)} {text.DASH} {network.place_name(end)}"


def describe_opening(years: Sequence[str], joint: str = ";") -> str:
    """Name the years in which links are expected to open; nothing if none is known."""
    return f"{joint} expected {', '.join(years)}" if years else ""


def describe_absence(
    year: int | None, month: int | None, waiting: Sequence[str], opened: Sequence[str]
) -> str:
    """Say why a route is not there: the links not open yet and when they are expected, or the month."""
    when = f"in {year}" if year else "today"
    if waiting:
        return f"No route {when}. Not open yet: {_some(waiting)}{describe_opening(opened)}."
    if month:
        return f"No route in {text.MONTHS[month - 1]}: a pass or a line on the way is closed."
    return f"No route {when} under these conditions."


def _some(links: Sequence[str]) -> str:
    """Name the first few links and count the others."""
    rest = len(links) - LINKS_NAMED
    more = [f"{rest} more {'link' if rest == 1 else 'links'}"] if rest > 0 else []
    return " and ".join([", ".join(links[:LINKS_NAMED]), *more])
