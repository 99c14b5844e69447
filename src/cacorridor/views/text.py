"""The text layer: figures with a unit, "not known" where there is none; ``sentences`` puts them together."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, Any, TypeGuard

from cacorridor.costs.measures import MEASURES
from cacorridor.views.words.phrases import join_parts, phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route
    from cacorridor.views.words.phrases import Phrase

NOT_KNOWN = "not known"
NO_ROUTE = "no route"
NOTHING = DASH = "\u2013"
MINUS = "\u2212"
HOURS_A_DAY = 24
SMALL = 0.05  # below which a decimal would show nothing of a figure
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
STATUS_WORDS = {"construction": "under construction", "planned": "planned"}
IN_MOST_CASES = "in 8 of 10 cases"  # between the 10th and the 90th percentile
UNIT_WORDS = {"h": "hours"}
UNITS = {"usd": "USD", "kg": "kg CO2e"}  # as they are written; the others as they are
FIGURES = {  # a figure with its unit, by the unit of its measure; money has its currency in front
    "km": "{figure} km", "h": "{figure} h", "usd": "USD {figure}", "kg": "{figure} kg CO2e"
}  # fmt: skip


# ---------------------------------------------------------------- figures


def is_missing(cell: Any) -> bool:
    """Decide whether a table has nothing in a cell, in whichever way it says so."""
    if cell is None or isinstance(cell, (str, int, float)):
        return cell is None or cell != cell  # noqa: PLR0124  # NaN alone is unlike itself
    import pandas as pd

    return bool(pd.isna(cell))


def number(amount: float) -> str:
    """Write a figure with as many digits as it deserves: 1,234 or 12 or 3.4."""
    if not math.isfinite(amount):
        return NOT_KNOWN
    if 0 < amount < 0.05:
        return "< 0.1"
    return fixed(amount) if abs(amount) >= 10 else fixed(amount, 1).removesuffix(".0")


def fixed(amount: float, digits: int = 0, unit: str = "") -> str:
    """Write a figure with a number of decimals."""
    return f"{amount:,.{digits}f} {unit}".rstrip()


def per_cent(share: float, digits: int = 0, *, signed: bool = False) -> str:
    """Write a share as per cent."""
    sign = "+" if signed else ""  # of a positive share; a negative one has its own
    return f"{share:{sign}.{digits}%}" if math.isfinite(share) else NOT_KNOWN


def unit(measure: Measure) -> str:
    """Write the unit of a measure."""
    return UNITS.get(measure.unit, measure.unit)


def amount(measure: Measure, quantity: float) -> str:
    """Write a value of a measure."""
    return str(figure(measure, quantity))


def kilometres(length_km: float) -> str:
    """Write a length."""
    return amount(MEASURES["length"], length_km)


def duration(time_h: float) -> str:
    """Write a duration."""
    return amount(MEASURES["time"], time_h)


def days(time_h: float) -> str:
    """Write a duration, given in hours, in days."""
    return f"{number(time_h / HOURS_A_DAY)} days" if math.isfinite(time_h) else NOT_KNOWN


def whole_range(low: float, high: float, dash: str = "-") -> str:
    """Write whole numbers from one to another; one number if they are the same."""
    return fixed(low) if round(low) == round(high) else f"{fixed(low)}{dash}{fixed(high)}"


def with_range(mean: float, low: float, high: float, *, unit: str = "", dash: str = "-") -> str:
    """Write an expected value in whole units, and its range in brackets."""
    return f"{fixed(mean, unit=unit)} ({fixed(low)}{dash}{fixed(high)})"


def year_cell(year: Any) -> str:
    """Write a year; nothing if it is missing."""
    return "" if is_missing(year) else str(int(year))


# ---------------------------------------------------------------- measures


def measure_headings(measure: Measure) -> tuple[str, ...]:
    """Name the columns of a measure in a table of legs: its value and, of a ranged one, its range."""
    word = UNIT_WORDS.get(measure.unit, measure.unit)
    return (word.capitalize(), "Range") if measure.ranged else (word,)


def file_headings(measure: Measure) -> tuple[str, ...]:
    """Name the same columns where nothing around them says what they are."""
    heading = UNIT_WORDS.get(measure.unit, f"{measure.label}, {measure.unit}").capitalize()
    return (heading, f"{heading} {IN_MOST_CASES}") if measure.ranged else (heading,)


def measure_cells(measure: Measure, mean: float, low: float, high: float) -> tuple[str, ...]:
    """Write a measure without its unit, for the columns of ``measure_headings``."""
    if not measure.ranged:
        return (number(mean) if mean else NOTHING,)
    return number(mean), span(low, high)


def range_note(measure: Measure, mean: float, low: float, high: float) -> Phrase:
    """Write what stands below an expected value: its range, hours in days from two days on too."""
    bounds = figure_range(measure, low, high)
    if measure.unit != "h" or not mean >= 2 * HOURS_A_DAY:  # below, hours say more than parts of a day
        return bounds
    return say("{range}; {days} days", range=bounds, days=number(mean / HOURS_A_DAY))


def figure(measure: Measure, quantity: float) -> Phrase:
    """Write a value of a measure for a page that speaks several languages."""
    return with_unit(measure, number(quantity)) if math.isfinite(quantity) else say(NOT_KNOWN)


def figure_range(measure: Measure, low: float, high: float) -> Phrase:
    """Write the 10th and 90th percentile of a measure for a page that speaks several languages."""
    known = math.isfinite(low) and math.isfinite(high)
    return with_unit(measure, span(low, high)) if known else say(NOT_KNOWN)


def figure_difference(measure: Measure, difference: float) -> Phrase:
    """Write how much more or less of a measure there is, with its sign."""
    return with_unit(measure, signed(difference))


def bare(written: str) -> Phrase:
    """Write a figure without a unit; languages part its thousands and decimals in their own ways."""
    return say("{figure}", figure=written)


def signed(difference: float) -> str:
    """Write a difference with its sign."""
    return f"{'+' if difference >= 0 else MINUS}{number(abs(difference))}"


def with_unit(measure: Measure, written: str) -> Phrase:
    """Write the unit of a measure to a figure, or to two bounds."""
    return say(FIGURES.get(measure.unit, f"{{figure}} {measure.unit}"), figure=written)


def span(low: float, high: float) -> str:
    """Write two bounds; a dash would be taken for the sign of a bound below 0."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return NOT_KNOWN
    if low >= 0:
        return f"{number(low)}{DASH}{number(high)}"
    return " \u2026 ".join(map(signed, (low, high)))


def hours_of(time_h: float) -> Phrase:
    """Write a duration for a page that speaks several languages."""
    return figure(MEASURES["time"], time_h)


# ---------------------------------------------------------------- cells


def cell(content: object) -> str:
    """Write one cell of a table in a terminal: nothing for what is missing, small numbers with a decimal."""
    if is_missing(content):
        return ""
    if isinstance(content, bool):
        return "yes" if content else "no"
    if not isinstance(content, float):
        return str(content)
    if math.isinf(content):
        return NO_ROUTE
    if 0 < abs(content) < SMALL:
        return f"{content:.2g}"  # a share of 0.005 is not 0.0
    return fixed(content, 0 if abs(content) >= 10 or content == 0 else 1)


def is_decimal(content: object) -> TypeGuard[float]:
    """Decide whether a cell holds a figure with decimals, and no way without an end."""
    return isinstance(content, float) and math.isfinite(content)


def share_cell(content: object) -> str:
    """Write one cell of a column of shares in a terminal."""
    return per_cent(content) if is_decimal(content) else cell(content)


def page_cell(content: object) -> str:
    """Write one cell of a table on a page: marks only what is true, figures as ``number`` does."""
    if isinstance(content, bool):
        return mark(content)
    if not isinstance(content, float):
        return str(content)
    if math.isnan(content):
        return ""
    return NO_ROUTE if math.isinf(content) else number(content)


def page_share(content: object) -> str:
    """Write one cell of a column of shares on a page, in tenths of per cent."""
    return per_cent(content, 1) if is_decimal(content) else page_cell(content)


def mark(condition: object) -> str:
    """Mark what is so; leave the rest empty."""
    return "yes" if condition else ""


# ---------------------------------------------------------------- words


def humanize(word: str) -> str:
    """Write a word of the tables as a reader's word."""
    return word.replace("_", " ") or NOT_KNOWN


def causes(word: str) -> tuple[str, ...]:
    """List the causes of a standing time that a table joins by semicolons."""
    named = filter(None, word.split(";"))
    return tuple(map(humanize, named))


def source_line(title: str, publisher: str, published: Any) -> str:
    """Name a source on one line: title, publisher, year."""
    return ", ".join(filter(None, (title, publisher, year_cell(published))))


def name_states(network: Network, states: Iterable[str]) -> str:
    """Name states, or say that there are none."""
    return ", ".join(map(network.state_name, states)) or "none"


def plural(count: int, noun: str) -> str:
    """Write a number of things."""
    return f"{count} {noun if count == 1 else f'{noun}s'}"


def service(level: str, network_year: int | None, month: int | None = None) -> Phrase:
    """Say which service level, year and month a route speaks of."""
    when = say("network of {year}", year=str(network_year)) if network_year else say("today")
    parts = [phrase_of(f"{level} service"), when, phrase_of(MONTHS[month - 1]) if month else ""]
    return join_parts(parts, ", ")


def service_of(route: Route) -> Phrase:
    """Say which service level and year a route speaks of."""
    return service(route.query.level, route.query.year)


def slug(name: str, taken: set[str]) -> str:
    """Make a short address of a name, unlike those taken."""
    # accents are parted from their letters and dropped; a name of another script leaves a common stem
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:60] or "route"

    # the second of a name is -2: addresses of pages must not change when a later name is added
    address, count = stem, 1
    while address in taken:
        count += 1
        address = f"{stem}-{count}"
    taken.add(address)
    return address


def __getattr__(name: str) -> Any:
    """Find the name that a sentence had in 0.1."""
    if name == "in_three_sentences":
        from cacorridor.views.report.ranking import describe_comparison

        return describe_comparison
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
