"""Write what a reader chooses with: route, second route, year, service level, month, language of names."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from cacorridor.views.markup import Html, tag
from cacorridor.views.text import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.views.explorer.payload import MapRoute

LANGUAGES = (("", "English"), ("ru", "\u0420\u0443\u0441\u0441\u043a\u0438\u0439"), ("zh", "\u4e2d\u6587"))


def choice(headings: Sequence[str], groups: Sequence[Sequence[MapRoute]]) -> Html:
    """Offer the routes, grouped by comparison, and a second one to set beside the first."""
    first = _select("cac-choice", "Route", _routes(headings, groups))
    if sum(map(len, groups)) == 1:
        return tag("div", first, class_="cac-choice cac-needs-script")
    none = tag("option", "no other route", value="")
    second = _select("cac-second", "Compare with", [none])  # the script adds the routes
    return tag("div", first, second, class_="cac-choice cac-needs-script")


def _routes(headings: Sequence[str], groups: Sequence[Sequence[MapRoute]]) -> list[Html]:
    numbers = itertools.count()
    options = [[tag("option", item.route.name, value=next(numbers)) for item in group] for group in groups]
    if len(groups) == 1:
        return options[0]
    return [tag("optgroup", *group, label=text) for text, group in zip(headings, options, strict=True)]


def switches(data: dict[str, Any]) -> Html:
    """Offer the conditions that were asked, and the languages that the places have names in."""
    months = list(dict.fromkeys(month for _, _, month in data["conditions"] if month is not None))
    parts = [
        _years(data["years"]) if len(data["years"]) > 1 else "",
        _levels(data["levels"], data["routes"], data["texts"]) if len(data["levels"]) > 1 else "",
        _months(months) if months else "",
        _names(data["places"]),
    ]
    return tag("div", *filter(None, parts), class_="cac-switches cac-needs-script")


def _years(years: Sequence[int | None]) -> Html:
    """Offer the years as the stops of a slider; its first stop leaves each route in its own year."""
    slider = {"id": "cac-year", "type": "range", "min": 0, "max": len(years) - 1, "step": 1, "value": 0}
    ticks = [tag("span", "own" if year is None else f"\u2019{year % 100:02d}") for year in years]
    label = tag("label", "Year: ", tag("output", id="cac-year-shown", for_="cac-year"), for_="cac-year")
    return tag(
        "div",
        label,
        tag("input", **slider, autocomplete="off"),
        tag("div", *ticks, class_="cac-ticks", aria_hidden="true"),
        class_="cac-years",
    )


def _levels(levels: Sequence[str | None], routes: Sequence[dict[str, Any]], texts: Sequence[str]) -> Html:
    """Offer the service levels; the first is the one that the routes were asked under."""
    shared = {texts[route["services"][0]].partition(" ")[0] for route in routes}
    first = shared.pop() if len(shared) == 1 else "as compared"
    options = [tag("option", level or first, value=number) for number, level in enumerate(levels)]
    return _select("cac-level", "Service", options)


def _months(months: Sequence[int]) -> Html:
    anytime = tag("option", "any", value="")
    options = [tag("option", MONTHS[month - 1], value=month) for month in months]
    return _select("cac-month", "Month", [anytime, *options])


def _names(places: Sequence[dict[str, Any]]) -> Html | None:
    """Offer the languages that some place has a name in; states have English names only."""
    known = {key for place in places for key in place}
    options = [tag("option", text, value=key) for key, text in LANGUAGES if not key or key in known]
    return _select("cac-names", "Place names", options) if len(options) > 1 else None


def _select(key: str, label: str, options: Sequence[Html]) -> Html:
    select = tag("select", *options, id=key, autocomplete="off")
    return tag("div", tag("label", label, for_=key), select, class_="cac-select")
