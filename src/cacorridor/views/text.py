"""Put figures and states into words: always a unit, and "not known" where there is no figure."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor.routing.comparison import bypassed_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

NOT_KNOWN = "not known"
HOURS_A_DAY = 24
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
COMPARED = (  # what the explorer sets side by side
    "Length", "Transit time", "In 8 of 10 cases", "Border crossings", "States", "Crosses", "Touches",
    "Bypasses", "Changes of mode or gauge", "Gauge breaks", "Hours assumed",
)  # fmt: skip
STATUS_WORDS = {"construction": "under construction", "planned": "planned"}


def number(value: float) -> str:
    """Write a figure with as many digits as it deserves: 1,234 or 12 or 3.4."""
    if not math.isfinite(value):
        return NOT_KNOWN
    if 0 < value < 0.05:
        return "< 0.1"
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.1f}".removesuffix(".0")


def kilometres(value: float) -> str:
    """Write a length."""
    return f"{number(value)} km" if math.isfinite(value) else NOT_KNOWN


def hours(value: float) -> str:
    """Write a duration."""
    return f"{number(value)} h" if math.isfinite(value) else NOT_KNOWN


def days(value: float) -> str:
    """Write a duration, given in hours, in days."""
    return f"{number(value / HOURS_A_DAY)} days" if math.isfinite(value) else NOT_KNOWN


def hour_range(low_h: float, high_h: float) -> str:
    """Write the 10th and 90th percentile of a duration."""
    if not (math.isfinite(low_h) and math.isfinite(high_h)):
        return NOT_KNOWN
    return f"{number(low_h)}\u2013{number(high_h)} h"


def share(value: float) -> str:
    """Write a share as per cent."""
    return f"{value:.0%}" if math.isfinite(value) else NOT_KNOWN


def year(value: Any) -> str:
    """Write a year; nothing if it is missing, in whichever way a table says so."""
    return "" if pd.isna(value) else str(int(value))


def plain(word: str) -> str:
    """Write a word of the tables as a reader's word."""
    return word.replace("_", " ") or NOT_KNOWN


def causes(word: str) -> str:
    """List the causes of a standing time that a table joins by semicolons."""
    return ", ".join(map(plain, filter(None, word.split(";"))))


def source_line(source: Mapping[Any, Any] | None) -> str:
    """Name a source on one line: title, publisher, year; nothing if there is none."""
    if source is None:
        return ""
    parts = (source["title"], source["publisher"], year(source["year"]))
    return ", ".join(str(part) for part in parts if part)


def state_names(network: Network, states: Iterable[str]) -> str:
    """Name states, or say that there are none."""
    return ", ".join(map(network.state_name, states)) or "none"


def service(route: Route) -> str:
    """Say which service level and year a route speaks of."""
    return f"{route.query.level} service, {f'network of {route.query.year}' if route.query.year else 'today'}"


def told(network: Network, route: Route, rivals: Sequence[Route]) -> str:
    """Tell a route in sentences: states, those bypassed in favour of rivals, length, hours with range."""
    bypassed = bypassing(network, bypassed_states(route, rivals), rivals)
    return " ".join(filter(None, [crossing(network, route), bypassed, figures(route)]))


def crossing(network: Network, route: Route) -> str:
    """Tell the states that a route crosses and touches."""
    crossed = f"Crosses {state_names(network, route.states)}."
    touches = route.touches
    if not touches:
        return crossed
    return f"{crossed} Touches {state_names(network, touches)} without a border stop."


def bypassing(network: Network, bypassed: Sequence[str], rivals: Sequence[Route]) -> str:
    """Tell the states bypassed; nothing if there is no rival."""
    if bypassed:
        return f"Bypasses {state_names(network, bypassed)}."
    return "Bypasses no state that another route crosses." if len(rivals) > 1 else ""


def figures(route: Route) -> str:
    """Tell the length and the hours of a route with their range."""
    span = hour_range(route.time_low_h, route.time_high_h)
    return f"{kilometres(route.length_km)}, {hours(route.time_h)} ({span} in 8 of 10 cases)."


def slug(text: str, taken: set[str]) -> str:
    """Make a short address of a name, unlike those taken."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:60] or "route"
    found, count = stem, 1
    while found in taken:
        count += 1
        found = f"{stem}-{count}"
    taken.add(found)
    return found


def in_three_sentences(network: Network, routes: Sequence[Route]) -> str:
    """Answer a comparison from its numbers: the quickest, the next, who is bypassed and how sure that is."""
    ordered = sorted(routes, key=lambda route: route.time_h)
    best, *others = ordered
    crossed = ", ".join(map(network.state_name, best.states))
    sentences = [
        f"The quickest is {best.name}: {_figures_in_short(best)}, crossing {crossed}.",
    ]
    if others:
        rival = others[0]
        more_km = rival.length_km - best.length_km
        overlap = (
            "the ranges overlap, so either may be quicker"
            if rival.time_low_h < best.time_high_h
            else "the ranges do not overlap"
        )
        sentences.append(
            f"The next, {rival.name}, takes {rival.time_h - best.time_h:.0f} h more and is "
            f"{abs(more_km):,.0f} km {'longer' if more_km >= 0 else 'shorter'}; {overlap}."
        )
    names = ", ".join(map(network.state_name, bypassed_states(best, routes)))
    bypassed = names or "no state that another crosses"
    assumed = best.evidence_shares()["assumed"]
    sentences.append(f"The quickest bypasses {bypassed}; {assumed:.0%} of its hours rest on assumptions.")
    return " ".join(sentences)


def _figures_in_short(route: Route) -> str:
    span = f"{route.time_low_h:.0f}\u2013{route.time_high_h:.0f} h in 8 of 10 cases"
    return f"{route.length_km:,.0f} km in {route.time_h:.0f} h ({span})"
